"""Every figure of every office, month and of the year against the slow count; paper agrees."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from desktop import figures
from desktop.jobs.make_report import compose, make_report
from desktop.jobs.show_records import write_xlsx
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import RECORD_TYPES
from desktop.reports.document import Paragraph, text_of
from tests.county_year.conftest import SCOPES, Made, computed
from tests.county_year.dirt import NOT_IMPORTED
from tests.county_year.oracle import Number, Scope
from tests.county_year.rows import FIRST, LAST, OFFICES, TOWNSHIPS, CountyYear
from tests.unit.jobs.books import sheet_cells
from tests.unit.reports.reading import page_texts

YEAR = Scope(FIRST, LAST)


@pytest.mark.parametrize("figure", figures.FIGURES, ids=lambda f: f.id)
def test_a_figure_is_what_the_rows_add_up_to(made: Made, figure: figures.Figure) -> None:
    assert figure.id in made.slow[YEAR], "nobody counts this figure slowly: see oracle.py"
    wrong = [
        (scope, made.fast[scope][figure.id].value, made.slow[scope][figure.id])
        for scope in SCOPES
        if made.fast[scope][figure.id].value != made.slow[scope][figure.id]
    ]
    assert wrong == []


def test_the_year_is_large_enough_to_tell_figures_apart(made: Made) -> None:
    values = made.slow[YEAR]
    empty = {k for k, v in values.items() if not v}
    assert empty == set()
    assert len({str(v) for v in values.values()}) > len(values) / 2


@pytest.mark.parametrize("office", ["", *OFFICES], ids=["all", *OFFICES.values()])
def test_the_rows_behind_a_figure_are_as_many_as_it_says(
    made: Made, county: Ledger, office: str
) -> None:
    for one, result in made.fast[Scope(FIRST, LAST, office)].items():
        assert len(figures.rows(county, one, FIRST, LAST, office)) == result.rows, one


# --- lists --------------------------------------------------------------------------------------

LISTS = {
    "activity": "trips",
    "problem": "problems",
    "dispute": "disputes",
    "visit": "reception_visits",
    "reception": "reception_sessions",
    "onsite": "onsite_sessions",
    "fieldwork": "fieldwork_visits",
    "case": "cases",
    "topic": "topics",
    "typical_case": "typical_cases",
    "film": "films",
    "mechanism": "mechanisms",
    "study_event": "study_events",
}


@pytest.mark.parametrize("of", LISTS)
def test_a_list_is_as_long_as_its_figure(made: Made, county: Ledger, of: str) -> None:
    from desktop.gui.list_source import source_of

    kind = RECORD_TYPES[of]
    for scope in SCOPES:
        query = source_of(kind).query.dated(kind.dated_by, scope.first, scope.last)
        listed = county.count(query.of_office(scope.office))
        assert listed == (made.slow[scope][LISTS[of]] or 0), scope


def test_lists_by_state_agree(made: Made, county: Ledger) -> None:
    problems = Query(RECORD_TYPES["problem"]).dated("onsite.activity.date|date", FIRST, LAST)
    for field, figure in (("decision", "problems_by_decision"), ("status", "problems_by_status")):
        classes = made.slow[YEAR][figure]
        assert isinstance(classes, dict)
        for label, number in classes.items():
            value = "" if label == "未填" else label
            assert county.count(problems.having(Condition(field, "=", value))) == number


# --- paper and Excel ----------------------------------------------------------------------------


@pytest.mark.parametrize("office", ["", *list(TOWNSHIPS)], ids=["county", *TOWNSHIPS.values()])
def test_the_summary_prints_the_numbers_of_the_rows(
    made: Made, county: Ledger, office: str, tmp_path: Path
) -> None:
    slow = made.slow[Scope(FIRST, LAST, office)]
    document, rows = compose(county, "summary", FIRST, LAST, office)
    for row in rows:
        assert Counter(row.value.split("、")) == Counter(words_of(slow[row.figure]).split("、"))
    assert len(rows) > 20
    printed = make_report(county, "summary", FIRST, LAST, office, tmp_path / "总结.pdf")
    text = _bare("".join(page_texts(printed.path)))
    for block in document.blocks:
        for clause in re.split(
            "[，。；]", text_of(block.content) if isinstance(block, Paragraph) else ""
        ):
            assert _bare(clause) in text, clause
    for name in (row.figure for row in rows):
        value = slow[name]
        for number in value.values() if isinstance(value, dict) else [value]:
            if number:
                assert re.search(rf"(?<![0-9.]){_plain(number)}(?![0-9])", text), name


def _plain(number: float) -> str:
    return f"{number:g}" if isinstance(number, float) else str(number)


def words_of(value: Number) -> str:
    """A number as the check sheet prints it, classes in any order."""
    if isinstance(value, dict):
        return "、".join(f"{label}{number}" for label, number in value.items()) or "——"
    return "——" if value is None else str(value)


def _bare(text: str) -> str:
    return re.sub(r"—\d+—", "", re.sub(r"\s", "", text))


@pytest.mark.parametrize("of", ["dispute", "problem", "visit", "lecture", "suggestion"])
def test_excel_holds_the_same_rows(made: Made, county: Ledger, of: str, tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    kind = RECORD_TYPES[of]
    written = write_xlsx(county, Query(kind).dated(kind.dated_by, FIRST, LAST), path)
    (cells,) = sheet_cells(path).values()
    head = next(i for i, row in enumerate(cells) if kind.fields[-1].label in row)
    rows = [dict(zip(cells[head], row, strict=True)) for row in cells[head + 1 :]]
    assert len(rows) == written
    slow = made.slow[YEAR]
    sums = {
        "visit": ("来访人数", "reception_visitors"),
        "lecture": ("受众", "lecture_heads"),
        "problem": ("", "problems"),
        "dispute": ("", "disputes"),
    }
    if of in sums:
        column, figure = sums[of]
        assert sum(int(r[column]) if column else 1 for r in rows) == slow[figure]
    told = {str(r[_text_column(of)]) for r in rows}
    assert told == expected_texts(made.year, of)


def _text_column(of: str) -> str:
    names = {"dispute": "简要情况", "problem": "问题", "visit": "诉求", "lecture": "宣讲主题"}
    return names.get(of, "内容")


def expected_texts(year: CountyYear, of: str) -> set[str]:
    rows = {
        "dispute": [(r, r.summary) for r in year.disputes],
        "problem": [(r, r.title) for r in year.problems],
        "visit": [(r, r.matter) for r in year.visits],
        "lecture": [(r, r.theme) for r in year.lectures],
        "suggestion": [(r, r.content) for r in year.suggestions if not r.main],
    }
    return {text for row, text in rows[of] if row.dirt not in NOT_IMPORTED}


# --- order --------------------------------------------------------------------------------------


def test_any_order_and_twice_gives_the_same_figures(made: Made) -> None:
    paths = made.paths
    dice = random.Random(7)
    dice.shuffle(paths)
    ledger, _ = made.fill(f"乱序{len(made.year.visits)}", paths)
    dice.shuffle(paths)
    with ledger:
        again = made_again(ledger, paths)
        assert again == 0
        found = computed(ledger)
    differing = {
        (one, scope)
        for scope in SCOPES
        for one, result in found[scope].items()
        if result.value != made.fast[scope][one].value
    }
    assert differing == set()


def made_again(ledger: Ledger, paths: list[Path]) -> int:
    """How many rows another import of the same files adds."""
    from tests.county_year.filling import fill_books

    return fill_books(ledger, paths).added
