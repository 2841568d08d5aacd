"""Periods beside each other, words for a difference, months, offices, villages."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import figures
from desktop.figures import series
from desktop.figures.visited import visited
from desktop.ledger.ledger import Ledger
from desktop.records import Lecture
from tests import fakes
from tests.sample_year import COUNTY_CODE, FIRST, LAST, TOWNSHIPS
from tests.unit.figures.test_mechanisms import at, trip

D = dt.date


def span(words: str) -> tuple[D, D]:
    first, last = words.split()
    return D.fromisoformat(first), D.fromisoformat(last)


@pytest.mark.parametrize(
    ("asked", "before", "year_before"),
    [
        ("2026-03-01 2026-03-31", "2026-02-01 2026-02-28", "2025-03-01 2025-03-31"),
        ("2026-01-01 2026-03-31", "2025-10-01 2025-12-31", "2025-01-01 2025-03-31"),
        ("2026-01-01 2026-12-31", "2025-01-01 2025-12-31", "2025-01-01 2025-12-31"),
        ("2026-03-05 2026-03-09", "2026-02-28 2026-03-04", "2025-03-05 2025-03-09"),
        ("2024-02-01 2024-02-29", "2024-01-01 2024-01-31", "2023-02-01 2023-02-28"),
        ("2025-02-01 2025-02-28", "2025-01-01 2025-01-31", "2024-02-01 2024-02-29"),
        ("2024-02-29 2024-02-29", "2024-02-28 2024-02-28", "2023-02-28 2023-02-28"),
    ],
)
def test_the_periods_before(asked: str, before: str, year_before: str) -> None:
    assert series.previous(*span(asked)) == span(before)
    assert series.year_before(*span(asked)) == span(year_before)


@given(st.dates(D(2000, 1, 1), D(2050, 1, 1)), st.integers(0, 800))
def test_months_cut_a_period_into_pieces(first: D, days: int) -> None:
    last = first + dt.timedelta(days)
    found = series.months(first, last)
    assert (found[0][0], found[-1][1]) == (first, last)
    for (_, end), (start, _) in itertools.pairwise(found):
        assert start - end == dt.timedelta(1)
        assert start.day == 1
    before = series.previous(first, last)
    assert before[1] == first - dt.timedelta(1)


@pytest.mark.parametrize(
    ("now", "base", "share", "words"),
    [
        (12, 10, False, "比上期增长20%"),
        (10, 12, False, "比上期下降16.7%"),
        (10, 10, False, "与上期持平"),
        (5, 0, False, "上期为0"),
        (5, None, False, "上期无数据"),
        (0, None, False, "上期无数据"),
        (None, 5, False, ""),
        ({"甲": 1}, {"甲": 2}, False, ""),
        (66.7, 60.0, True, "比上期提高6.7个百分点"),
        (60.0, 66.7, True, "比上期下降6.7个百分点"),
    ],
)
def test_a_difference_in_words(now: object, base: object, share: bool, words: str) -> None:
    assert series.change(now, base, share=share) == words  # type: ignore[arg-type]


def test_a_figure_beside_what_came_before(small: Ledger) -> None:
    for day, heads in ((D(2026, 5, 6), 30), (D(2026, 4, 6), 20), (D(2025, 5, 6), 10)):
        trip(small, at(Lecture, "甲村", heads=heads), day=day)
    found = series.compare(small, D(2026, 5, 1), D(2026, 5, 31), only=["lecture_heads", "disputes"])
    one = found["lecture_heads"]
    values = [r.value for r in (one.now, one.before, one.year_before, one.year)]
    assert values == [30, 20, 10, 50]
    assert found["disputes"].before.value is None


def test_months_of_the_sample_year_add_up(county: Ledger) -> None:
    sums = ["lecture_heads", "trips", "reception_visitors", "disputes", "suggestions"]
    months = series.monthly(county, FIRST, LAST, only=sums)
    whole = figures.compute(county, FIRST, LAST, only=sums)
    assert len(months) == 12
    for name in sums:
        assert sum(r[name].value or 0 for r in months.values()) == whole[name].value  # type: ignore[misc]


def test_offices_stand_in_order_of_code_and_add_up(county: Ledger) -> None:
    found = series.by_office(county, FIRST, LAST, ["trips", "lecture_heads", "villages"])
    assert list(found) == sorted([COUNTY_CODE, *TOWNSHIPS.values()])
    assert "villages" not in found[COUNTY_CODE]  # the county keeps that register for all
    whole = figures.compute(county, FIRST, LAST, only=["trips", "lecture_heads"])
    for name, result in whole.items():
        assert sum(r[name].value or 0 for r in found.values()) == result.value


def test_a_village_and_the_months_in_which_it_was_reached(small: Ledger) -> None:
    ditch = fakes.place("前沟村")
    one = trip(small, at(Lecture, ditch), at(Lecture, ditch), day=D(2026, 5, 6))
    months, villages = visited(small, D(2026, 4, 1), D(2026, 6, 30))
    assert [m.month for m, _ in months] == [4, 5, 6]
    assert [v.name for v in villages] == ["柳河社区", "前沟村", "后塬村"]
    by_name = {v.name: v.trips for v in villages}
    assert by_name["前沟村"] == ((), (one.id,), ())
    assert by_name["后塬村"] == ((), (), ())


def test_villages_reached_are_those_of_the_figure(county: Ledger) -> None:
    _, villages = visited(county, FIRST, LAST)
    reached = sum(any(v.trips) for v in villages)
    covered = figures.compute(county, FIRST, LAST, only=["villages_covered"])["villages_covered"]
    assert len(villages) == 131
    assert reached == covered.value
