"""What clerks spoil is read as meant, or goes in marked, or is refused; each time it is said."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import RECORD_TYPES
from desktop.records.identity import unit_id
from tests.county_year.conftest import Made
from tests.county_year.dirt import DIRT, LOST, MARKED, NOT_IMPORTED, REFUSED
from tests.county_year.filling import person_id, place_of
from tests.county_year.rows import (
    COUNTY,
    Dispute,
    Lecture,
    Problem,
    Row,
    Suggestion,
    Trip,
    Village,
    Visit,
)

TEXTS = {"problem": "title", "visit": "matter", "dispute": "summary", "suggestion": "content"}


def spoilt(made: Made) -> list[Row]:
    year = made.year
    rows: list[Row] = [*year.lectures, *year.problems, *year.visits, *year.disputes]
    return [r for r in [*rows, *year.suggestions] if r.dirt]


def where(made: Made, row: Row) -> tuple[str, int]:
    (book,) = [b for b in made.books if b.holds(row)]
    return book.path.name, book.numbers[id(row)]


def test_clerks_spoil_five_rows_of_a_hundred_in_every_way(made: Made) -> None:
    year = made.year
    rows = [year.lectures, year.problems, year.visits, year.disputes, year.suggestions]
    share = len(spoilt(made)) / sum(map(len, rows))
    assert 0.04 < share < 0.06
    assert {r.dirt for r in spoilt(made)} == set(DIRT)


def test_rows_that_cannot_be_read_stand_in_the_errors_workbook(made: Made) -> None:
    assert made.report
    wanted = {where(made, r) for r in spoilt(made) if DIRT[r.dirt].outcome == REFUSED}
    bad = {(table.file, number) for table, rows in made.report.bad for number in rows}
    assert wanted
    assert bad == wanted
    assert len(NOT_IMPORTED) == 2
    workbook = made.folder / "清岚县-问题行.xlsx"
    assert workbook.exists()


def test_what_was_lost_or_refused_is_a_finding(made: Made) -> None:
    assert made.report
    found = {(f.file, f.row) for f in made.report.findings}
    for row in spoilt(made):
        if DIRT[row.dirt].outcome in (LOST, REFUSED):
            assert where(made, row) in found, row.dirt


def test_nothing_else_is_said_of_clean_rows(made: Made) -> None:
    """Findings speak of spoilt rows, of leaders who are on no roster, of one unknown theme."""
    assert made.report
    known = {where(made, r) for r in spoilt(made)}
    others = [
        f
        for f in made.report.findings
        if (f.file, f.row) not in known
        and f.value not in {p.name for p in made.year.strangers}
        and f.value != "土地延包政策"
    ]
    assert others == []


def record_of(row: Row, county: Ledger) -> Any:
    """The record that a spoilt row became."""
    if isinstance(row, Lecture):
        trips = {a.id: a for a in county.find(Query(RECORD_TYPES["activity"], doubles=True))}
        place, leader = place_of(row.place), person_id(row.leader)
        for part in county.find(Query(RECORD_TYPES["lecture"])):
            trip: Any = trips[part.activity]  # type: ignore[attr-defined]
            same = (part.office, part.place, part.theme, trip.date)  # type: ignore[attr-defined]
            if same == (row.office, place, row.theme, row.date) and trip.leader == leader:
                return part
        return None
    of = type(row).__name__.lower()
    field = TEXTS[of]
    return {getattr(r, field): r for r in county.find(Query(RECORD_TYPES[of]))}.get(
        getattr(row, field)
    )


def test_spoilt_rows_are_read_as_they_were_meant(made: Made, county: Ledger) -> None:
    for row in spoilt(made):
        record = record_of(row, county)
        assert (record is None) == (DIRT[row.dirt].outcome == REFUSED), row.dirt
        if record is None:
            continue
        if isinstance(row, Lecture):
            assert record.heads == row.heads, row.dirt
        if isinstance(row, Dispute | Suggestion):
            assert record.date == row.date, row.dirt
            assert record.place == place_of(row.place), row.dirt
        if isinstance(row, Suggestion | Problem):
            assert record.unit == unit_id(COUNTY, row.unit), row.dirt
        if isinstance(row, Visit):
            assert record.people == row.people, row.dirt


def test_what_was_guessed_or_lost_is_marked(made: Made, county: Ledger) -> None:
    marks: dict[str, str] = {}
    for of in ("activity", "lecture", "visit", "case", "problem", "suggestion", "dispute"):
        for record in county.find(Query(RECORD_TYPES[of], doubles=True)):
            marks[record.id] = " ".join(record.marks)
    trips: list[Any] = county.find(Query(RECORD_TYPES["activity"]))
    citizens = {p.of: p for p in county.find(Query(RECORD_TYPES["petitioner"]))}  # type: ignore[attr-defined]
    cases: dict[str, Any] = {c.origin: c for c in county.find(Query(RECORD_TYPES["case"]))}  # type: ignore[attr-defined]
    for row in spoilt(made):
        way = DIRT[row.dirt]
        record = record_of(row, county)
        if way.outcome not in (MARKED, LOST) or record is None:
            continue
        if way.key == "identity":
            assert "identity" in citizens[record.id].marks, row.dirt
        elif way.key == "date" and isinstance(row, Trip):
            assert row.date is None
            assert any("date" in marks[t.id] and t.date is None for t in trips), row.dirt
        elif way.key in ("due", "closed") and isinstance(row, Visit):
            assert way.key in cases[record.id].marks, row.dirt
        else:
            assert way.key in marks[record.id], row.dirt


@pytest.mark.parametrize("way", ["id_17", "id_19", "id_check", "spaced_phone"])
def test_numbers_of_citizens(made: Made, county: Ledger, way: str) -> None:
    citizens = {p.of: p for p in county.find(Query(RECORD_TYPES["petitioner"]))}  # type: ignore[attr-defined]
    for row in (r for r in spoilt(made) if r.dirt == way):
        citizen: Any = citizens[record_of(row, county).id]
        assert isinstance(row, Visit)
        assert citizen.phone == row.phone
        kept = {"id_check": "990821198001010011", "spaced_phone": row.identity}
        assert citizen.identity == kept.get(way, "")


def test_a_petition_of_6000_characters_is_kept_whole(made: Made, county: Ledger) -> None:
    longest = max(made.year.visits, key=lambda v: len(v.matter))
    assert 5900 < len(longest.matter) < 6100
    assert record_of(longest, county).matter == longest.matter


def test_the_same_trip_of_two_offices_counts_once(made: Made, county: Ledger) -> None:
    doubles = [r for r in made.year.lectures if r.double_of]
    assert doubles
    for of, number in (("lecture", len(doubles)), ("activity", len(doubles))):
        query = Query(RECORD_TYPES[of])
        twice = county.count(Query(RECORD_TYPES[of], doubles=True))
        assert twice - county.count(query) == number


def test_names_with_rare_characters_and_dots(made: Made, county: Ledger) -> None:
    names = {p.name for p in made.year.people}
    assert sum(unicodedata.category(c) == "Lo" and ord(c) > 0xFFFF for n in names for c in n) >= 3
    assert {"欧阳明月", "阿依古丽·买买提"} <= names
    doubled = [p for p in made.year.people if p.name == "赵建军"]
    assert len(doubled) == 2
    led = {t.leader for t in county.find(Query(RECORD_TYPES["activity"]))}  # type: ignore[attr-defined]
    strangers = {p.name for p in made.year.strangers}
    assert {one for one in led if len(one) != 32} <= strangers


def test_village_names_recur(made: Made) -> None:
    names = [v.name for v in made.year.villages]
    assert sum(names.count(n) > 1 for n in set(names)) == 6
    within = [(v.township, v.name.removesuffix("村")) for v in made.year.villages]
    assert len(set(within)) == len(within)
    assert all(isinstance(v, Village) and v.code.startswith("99") for v in made.year.villages)
