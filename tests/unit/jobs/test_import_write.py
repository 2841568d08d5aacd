"""What is written, what is set aside, and what is never kept: bad rows, citizens, hostile files."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import SheetProblem
from desktop.jobs.import_ledgers import import_ledgers
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Case, Lecture, Petitioner, Visit
from tests.sample_year import SAMPLE, content, counts, records
from tests.unit.jobs.books import LECTURE, SUGGESTION, VISIT, book, sheet_cells, write
from tests.unit.sheets.foreign import ole, xlsx, xlsx_of_xml

GOOD = "柳河镇宣讲活动台账.xlsx"


# --- bad rows ----------------------------------------------------------------------------------


def test_bad_rows_go_into_a_workbook_that_imports_once_corrected(
    registered: Ledger, tmp_path: Path
) -> None:
    bad = {**LECTURE, "heads": "几十人", "place": "马家坡村"}
    worse = {**LECTURE, "date": "2023年13月5日"}
    path = book(
        tmp_path / "宣讲.xlsx", "lectures", [bad, LECTURE, worse], above=[["2023年宣讲活动台账"]]
    )
    errors = tmp_path / "问题行.xlsx"
    report = import_ledgers(registered, [path], errors=errors)
    assert (report.added, report.bad_count) == (1, 2)
    assert sorted(f.row for f in report.findings) == [3, 5]
    (cells,) = sheet_cells(errors).values()
    assert [row[cells[1].index("受众人次")] for row in cells[2:]] == ["几十人", "30"]
    corrected = [
        ["30" if c == "几十人" else "2023-03-08" if c == "2023年13月5日" else c for c in row]
        for row in cells
    ]
    again = import_ledgers(registered, [write(tmp_path / "改好.xlsx", corrected)])
    assert (again.added, again.bad_count, again.findings) == (2, 0, [])
    assert counts(registered)["lecture"] == 3


def test_no_errors_workbook_without_bad_rows(registered: Ledger, tmp_path: Path) -> None:
    path = book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE])
    import_ledgers(registered, [path], errors=tmp_path / "问题行.xlsx")
    assert not (tmp_path / "问题行.xlsx").exists()


def test_bad_rows_of_a_trial_run_are_written_too(registered: Ledger, tmp_path: Path) -> None:
    path = book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE, {**LECTURE, "heads": "很多"}])
    before = content(registered)
    report = import_ledgers(registered, [path], errors=tmp_path / "问题行.xlsx", dry_run=True)
    assert (report.bad_count, content(registered)) == (1, before)
    assert (tmp_path / "问题行.xlsx").exists()


def test_a_formula_error_is_a_finding_of_its_row(registered: Ledger, tmp_path: Path) -> None:
    titles = ("日期", "宣讲主题", "宣讲人", "受众人次")
    rows = [("2023-03-05", "移风易俗", "康建玥", "30"), ("2023-03-06", "移风易俗", "康建玥", "")]
    lines = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{"ABCD"[i]}{n}" t="inlineStr"><is><t>{c}</t></is></c>'
            if c
            else f'<c r="{"ABCD"[i]}{n}" t="e"><f>D1/0</f><v>#DIV/0!</v></c>'
            for i, c in enumerate(row)
        )
        + "</row>"
        for n, row in enumerate((titles, *rows), 1)
    )
    path = xlsx_of_xml(tmp_path / "宣讲.xlsx", f"<sheetData>{lines}</sheetData>")
    report = import_ledgers(registered, [path])
    assert [(f.row, "DIV" in f.value or "DIV" in f.text) for f in report.findings] == [(3, True)]


# --- citizens ----------------------------------------------------------------------------------


def everything(ledger: Ledger) -> str:
    """All that the ledger's own tables hold, as one text."""
    return "\n".join(line for lines in content(ledger).values() for line in lines)


def test_identity_numbers_are_not_stored(registered: Ledger, tmp_path: Path) -> None:
    number = "990821196304258038"
    path = book(tmp_path / "接访.xlsx", "receptions", [{**VISIT, "identity": number}])
    report = import_ledgers(registered, [path])
    assert (report.added, report.findings) == (1, [])
    assert any("身份证号" in note for note in report.files[0].notes)
    assert number not in everything(registered)


def test_identity_numbers_are_stored_once_switched_on(registered: Ledger, tmp_path: Path) -> None:
    number = "990821196304258038"
    path = book(tmp_path / "接访.xlsx", "receptions", [{**VISIT, "identity": number}])
    registered._set_meta("keep_identity", "1")
    import_ledgers(registered, [path])
    (citizen,) = registered.find(Query(Petitioner.type))
    assert citizen.identity == number  # type: ignore[attr-defined]


def test_identity_numbers_are_no_part_of_a_rows_identity(
    registered: Ledger, tmp_path: Path
) -> None:
    row = {**VISIT, "identity": "990821196304258038"}
    path = book(tmp_path / "接访.xlsx", "receptions", [row])
    import_ledgers(registered, [path])
    registered._set_meta("keep_identity", "1")
    assert import_ledgers(registered, [path]).known == 1


def test_names_and_phones_stand_in_petitioner_records_only(
    registered: Ledger, tmp_path: Path
) -> None:
    rows = [{**VISIT, "outcome": "交办", "unit": "县水利局"}]
    paths = [
        book(tmp_path / "接访.xlsx", "receptions", rows),
        book(tmp_path / "建议.xlsx", "suggestions", [{**SUGGESTION, "name": "王大山"}]),
    ]
    import_ledgers(registered, paths)
    found = content(registered)
    for table, lines in found.items():
        text = "\n".join(lines)
        if table in ("petitioner", "entry"):  # entry: the record's own title, never printed
            continue
        assert "王大山" not in text, table
        assert VISIT["phone"] not in text, table
    assert counts(registered)["petitioner"] == 2


@pytest.mark.parametrize("name", ["群众", "匿名", "不愿留名", ""])
def test_who_gave_no_name_is_no_record(registered: Ledger, tmp_path: Path, name: str) -> None:
    path = book(tmp_path / "接访.xlsx", "receptions", [{**VISIT, "name": name, "phone": ""}])
    import_ledgers(registered, [path])
    assert "petitioner" not in counts(registered)


# --- visits and cases --------------------------------------------------------------------------


def test_a_visit_finished_on_the_spot_makes_no_case(registered: Ledger, tmp_path: Path) -> None:
    passed_on = {
        **VISIT,
        "matter": "工资被拖欠",
        "outcome": "交办",
        "unit": "县水利局",
        "people": "6",
        "due": "2023-05-05",
    }
    path = book(tmp_path / "接访.xlsx", "receptions", [{**VISIT, "closed": "3月5日"}, passed_on])
    import_ledgers(registered, [path], year=2023)
    (case,) = registered.find(Query(Case.type))
    assert isinstance(case, Case)
    visits = {v.matter: v for v in registered.find(Query(Visit.type)) if isinstance(v, Visit)}
    assert (visits[VISIT["matter"]].case, visits["工资被拖欠"].case) == ("", case.id)
    assert [v.collective for v in visits.values()].count(True) == 1
    assert str(visits[VISIT["matter"]].closed) == "2023-03-05"
    assert (case.origin, case.status, str(case.due)) == (
        visits["工资被拖欠"].id,
        "在办",
        "2023-05-05",
    )


def test_an_imported_case_has_no_invented_dates(registered: Ledger, tmp_path: Path) -> None:
    row = {**VISIT, "date": "", "outcome": "交办"}
    import_ledgers(registered, [book(tmp_path / "接访.xlsx", "receptions", [row])], year=2023)
    (case,) = registered.find(Query(Case.type))
    assert isinstance(case, Case)
    assert (case.received, case.due, case.closed, case.year) == (None, None, None, 2023)


# --- what was worked on since ------------------------------------------------------------------


def test_a_record_that_is_there_already_is_not_overwritten(
    registered: Ledger, tmp_path: Path
) -> None:
    """Say, received in a package and worked on, before the paper ledger came."""
    path = book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE])
    import_ledgers(registered, [path])
    (lecture,) = registered.find(Query(Lecture.type))
    with registered.write("改") as rows:
        rows.save(_with(lecture, heads=99))
    registered.db.execute("DELETE FROM imported_row")
    import_ledgers(registered, [path])
    (held,) = registered.find(Query(Lecture.type))
    assert held.heads == 99  # type: ignore[attr-defined]


def test_what_a_person_made_void_stays_void(registered: Ledger, tmp_path: Path) -> None:
    path = book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE, {**LECTURE, "heads": "31"}])
    import_ledgers(registered, [path])
    before = registered.find(Query(Lecture.type))[0]
    with registered.write("作废") as rows:
        rows.remove(Lecture.type, before.id, "重复登记")
    import_ledgers(registered, [path])
    held = registered.get(Lecture, before.id)
    assert held is not None
    assert held.removed == "重复登记"


def test_undo_keeps_what_somebody_worked_on(registered: Ledger, tmp_path: Path) -> None:
    path = book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE, {**LECTURE, "heads": "31"}])
    import_ledgers(registered, [path])
    edited = registered.find(Query(Lecture.type))[0]
    registered.undo()
    assert "lecture" not in counts(registered)
    import_ledgers(registered, [path])
    with registered.write("改") as rows:
        rows.save(_with(edited, note="手工"))
    before = records(registered)
    import_ledgers(registered, [path])
    assert records(registered) == before


def _with(record: Any, **fields: Any) -> Any:
    from dataclasses import replace

    return replace(record, **fields)


# --- hostile files -----------------------------------------------------------------------------


def zip_bomb(path: Path) -> Path:
    xlsx(path, {"Sheet1": [["x"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * (64 << 20))
    return path


def far_cell(path: Path) -> Path:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
    return xlsx_of_xml(path, f"<sheetData>{cells}</row></sheetData>")


def text_file(path: Path) -> Path:
    path.write_text("日期,领导,主题\n2023-03-05,康建玥,移风易俗\n", "utf-8")
    return path


HOSTILE = {
    "文本": text_file,
    "远格": far_cell,
    "加密": lambda path: ole(path, "EncryptedPackage"),
    "炸弹": zip_bomb,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(
    registered: Ledger, tmp_path: Path, name: str
) -> None:
    path = HOSTILE[name](tmp_path / f"{name}.xlsx")
    before = content(registered)
    with pytest.raises(SheetProblem, match=f"「{name}.xlsx」.*没有从中导入任何内容") as caught:
        import_ledgers(registered, [path])
    assert str(caught.value).endswith("。")
    assert content(registered) == before


def test_in_a_folder_the_others_go_in(registered: Ledger, tmp_path: Path) -> None:
    for name in ("文本", "远格", "加密"):
        HOSTILE[name](tmp_path / f"{name}.xlsx")
    shutil.copy(SAMPLE / "柳河镇" / GOOD, tmp_path)
    report = import_ledgers(registered, [tmp_path])
    assert report.added == 55
    assert sorted(f.file for f in report.findings) == ["加密.xlsx", "文本.xlsx", "远格.xlsx"]
    assert [f.refused == "" for f in report.files].count(True) == 1


def test_a_file_marked_secret_is_not_taken(registered: Ledger, tmp_path: Path) -> None:
    path = book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE], above=[["机密★1年"]])
    before = content(registered)
    with pytest.raises(SheetProblem, match="不得录入国家秘密"):
        import_ledgers(registered, [path])
    assert content(registered) == before
