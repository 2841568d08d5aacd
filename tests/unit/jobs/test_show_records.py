"""Records as rows, as Excel and on paper: whole, in order, citizens masked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop.core.errors import WrongUsage
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.show_records import list_query, record_rows, type_named, write_pdf, write_xlsx
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import RECORD_TYPES, Activity, Case, Lecture, Petitioner, Suggestion
from tests import fakes
from tests.sample_year import FIRST, LAST
from tests.unit.jobs.books import VISIT, book
from tests.unit.reports.reading import page_texts


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_rows_of_every_type_are_plain_json(county: Ledger, name: str) -> None:
    of = type_named(county, name)
    ids = county.ids(Query(of))
    rows = list(record_rows(county, of, ids))
    assert [r["id"] for r in rows] == ids
    assert json.loads(json.dumps(rows)) == rows
    for row in rows:
        assert list(row)[:5] == ["id", "type", "office", "number", "title"]
        assert {f.name for f in of.fields} <= set(row)
        assert not row["office"].isdigit() or of.name in ("unit", "cadre")


def test_links_are_words_and_numbers_are_numbers(county: Ledger) -> None:
    query = list_query(county, Lecture.type, ["theme=移风易俗"], (FIRST, LAST))
    row = next(record_rows(county, Lecture.type, county.ids(query)))
    assert isinstance(row["heads"], int)
    assert row["place"].endswith(("村", "社区"))
    trip = next(record_rows(county, Activity.type, county.ids(Query(Activity.type))))
    assert len(trip["date"]) == 10
    assert 1 < len(trip["leader"]) < 5


def test_rows_come_in_order_of_days(county: Ledger) -> None:
    query = list_query(county, Suggestion.type, [], (FIRST, LAST))
    days = [r["date"] for r in record_rows(county, Suggestion.type, county.ids(query))]
    assert len(days) == 93
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("of", "condition", "least"),
    [
        ("lecture", "place=小寨村", 1),
        ("activity", "places=小寨村", 1),
        ("activity", "leader=康建玥", 1),
        ("activity", "leader_role=接访", 1),
        ("activity", "date=2023.1.19", 1),
        ("lecture", "heads=30", 1),
        ("lecture", "screening=是", 18),
        ("lecture", "note=", 1),
        ("case", "status=在办", 1),
        ("case", "closed=", 11),
        ("case", "unit=县水利局", 0),
        ("lecture", "office=990821101000", 55),
    ],
)
def test_conditions(county: Ledger, of: str, condition: str, least: int) -> None:
    kind = type_named(county, of)
    found = county.ids(list_query(county, kind, [condition], None))
    assert len(found) >= least
    assert len(found) < county.count(Query(kind)) or condition in ("note=",)


@pytest.mark.parametrize("condition", ["", "heads", "nothing=1", "heads=很多", "screening=也许"])
def test_wrong_conditions(county: Ledger, condition: str) -> None:
    with pytest.raises(WrongUsage):
        list_query(county, Lecture.type, [condition], None)


def test_citizens_are_masked_everywhere(registered: Ledger, tmp_path: Path) -> None:
    rows = [VISIT, {**VISIT, "name": "欧阳海", "phone": "19900009676"}]
    import_ledgers(registered, [book(tmp_path / "接访.xlsx", "receptions", rows)])
    query = Query(Petitioner.type)
    said = json.dumps(
        list(record_rows(registered, Petitioner.type, registered.ids(query))), ensure_ascii=False
    )
    write_xlsx(registered, query, tmp_path / "人.xlsx")
    said += str(CalamineWorkbook.from_path(tmp_path / "人.xlsx").get_sheet_by_index(0).to_python())
    write_pdf(registered, query, tmp_path / "人.pdf")
    said += "".join(page_texts(tmp_path / "人.pdf"))
    for secret in ("王大山", "欧阳海", "19900004865", "19900009676"):
        assert secret not in said
    assert said.count("199****4865") == 3


def test_excel_holds_what_the_list_holds(county: Ledger, tmp_path: Path) -> None:
    query = list_query(county, Case.type, [], (FIRST, LAST))
    assert write_xlsx(county, query, tmp_path / "事项.xlsx") == 91
    sheet = CalamineWorkbook.from_path(tmp_path / "事项.xlsx").get_sheet_by_index(0).to_python()
    header = next(i for i, row in enumerate(sheet) if "诉求" in row)
    labels = [f.label for f in Case.type.fields]
    assert sheet[header] == labels
    rows = list(record_rows(county, Case.type, county.ids(query)))
    assert [r[labels.index("诉求")] for r in sheet[header + 1 :]] == [r["matter"] for r in rows]
    days = [r[labels.index("登记日期")] for r in sheet[header + 1 :]]
    assert [str(d) for d in days] == [r["received"] for r in rows]


def test_a_ledger_on_paper(county: Ledger, tmp_path: Path) -> None:
    query = list_query(county, Case.type, [], (FIRST, LAST))
    pages = write_pdf(county, query, tmp_path / "事项.pdf")
    texts = page_texts(tmp_path / "事项.pdf")
    assert len(texts) == pages > 1
    assert "信访事项台账" in texts[0]
    assert all("序号" in text for text in texts)
    assert "None" not in "".join(texts)


def test_an_empty_list_is_a_sheet_and_a_page(township: Ledger, tmp_path: Path) -> None:
    query = Query(Case.type)
    assert write_xlsx(township, query, tmp_path / "x.xlsx") == 0
    assert write_pdf(township, query, tmp_path / "x.pdf") == 1


def test_an_unknown_type(township: Ledger) -> None:
    with pytest.raises(WrongUsage, match="--types"):
        type_named(township, "nothing")


def test_numbers_of_citizens_in_long_texts_are_masked(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.write("记") as rows:
        rows.save(fakes.make(Suggestion, content="修路，电话13812341234，身份证990822198001010018"))
    query = Query(Suggestion.type)
    shown = json.dumps(list(record_rows(ledger, Suggestion.type, ledger.ids(query))))
    write_xlsx(ledger, query, tmp_path / "a.xlsx")
    write_pdf(ledger, query, tmp_path / "a.pdf")
    sheet = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    paper = "".join("".join(page_texts(tmp_path / "a.pdf")).split())
    for words in (shown, repr(sheet), paper):
        assert "138****1234" in words
        assert "13812341234" not in words
        assert "990822198001010018" not in words
