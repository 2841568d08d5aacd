"""From cells to values: each column by its kind; what identifies a row; what is never read."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.jobs.import_plan import kind_of
from desktop.sheets.interpret import RowRead, as_words, read_rows
from tests.unit.jobs.books import KINDS, LECTURE, VISIT

LECTURES, RECEPTIONS = KINDS["lectures"], KINDS["receptions"]


def read(
    kind: Any, *rows: dict[str, Any], year: int | None = 2023, **options: Any
) -> list[RowRead]:
    numbered = list(enumerate(rows, 2))
    return read_rows(kind, numbered, year, partial(kind_of, kind), {}, **options)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        ("  柳河镇 ", "柳河镇"),
        (30.0, "30"),
        (2.5, "2.5"),
        (True, "是"),
        (False, "否"),
        (dt.date(2023, 9, 5), "2023-09-05"),
        (dt.datetime(2023, 9, 5), "2023-09-05"),
    ],
)
def test_a_cell_as_words(cell: object, words: str) -> None:
    assert as_words(cell) == words


def test_values_marks_and_problems() -> None:
    row = {**LECTURE, "date": "9月5日", "heads": "约50人", "sessions": "几"}
    (found,) = read(LECTURES, row)
    assert (found.values["date"], found.values["heads"]) == (dt.date(2023, 9, 5), 50)
    assert found.marks == {"heads": "台账写的是「约50人」"}
    assert list(found.problems) == ["sessions"]
    assert "sessions" not in found.values
    assert found.raw["heads"] == "约50人"


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("date", "2023.9.5", dt.date(2023, 9, 5)),
        ("date", "二〇二三年九月五日", 45174.0),
        ("heads", "30", 30.0),
        ("heads", "３０人次", "30"),
        ("leader", "康 建玥", "康建玥"),
        ("theme", " 移风 易俗", "移风易俗"),
        ("serial", "1", "2"),
    ],
)
def test_the_same_fact_is_the_same_content(key: str, one: object, other: object) -> None:
    first, second = read(LECTURES, {**LECTURE, key: one}, {**LECTURE, key: other})
    assert first.canonical == second.canonical
    assert (first.ordinal, second.ordinal) == (1, 2)


@pytest.mark.parametrize(
    ("key", "other"), [("date", "2023-03-06"), ("heads", "31"), ("place", ""), ("note", "雨")]
)
def test_another_fact_is_another_content(key: str, other: str) -> None:
    first, second = read(LECTURES, LECTURE, {**LECTURE, key: other})
    assert first.canonical != second.canonical


def test_citizens_are_in_the_content_as_hashes_only() -> None:
    (found,) = read(RECEPTIONS, {**VISIT, "identity": "990821196304258038"})
    for secret in (VISIT["name"], VISIT["phone"], "990821196304258038"):
        assert secret not in found.canonical
    (other,) = read(RECEPTIONS, {**VISIT, "name": "王小山"})
    assert other.canonical != found.canonical


def test_hidden_columns_are_not_read_at_all() -> None:
    row = {**VISIT, "identity": "990821196304258038"}
    (found,) = read(RECEPTIONS, row, hidden=frozenset({"identity"}))
    assert "990821196304258038" not in repr(found)
    (whole,) = read(RECEPTIONS, row)
    assert whole.values["identity"] == "990821196304258038"
    assert whole.canonical == found.canonical


def test_a_number_that_lost_its_digits_is_refused() -> None:
    (found,) = read(RECEPTIONS, {**VISIT, "identity": 9.90821196304258e17})
    assert "identity" in found.problems
    assert "identity" not in found.values


def test_a_phone_in_a_number_cell_is_read() -> None:
    (found,) = read(RECEPTIONS, {**VISIT, "phone": 19900004865.0})
    assert found.values["phone"] == "19900004865"


def test_a_later_day_leans_on_the_rows_own() -> None:
    (found,) = read(RECEPTIONS, {**VISIT, "date": "2023-12-20", "due": "1月15日"})
    assert found.values["due"] == dt.date(2024, 1, 15)


def test_a_row_of_a_number_only_is_none() -> None:
    assert read(LECTURES, {"serial": "7"}) == []


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                k: st.sampled_from(("", None, "2023-3-5", "约3人", 7.0, "移风易俗", True))
                for k in LECTURE
            }
        ),
        max_size=6,
    )
)
def test_any_cells_are_read_or_refused(rows: list[dict[str, Any]]) -> None:
    """No cell is lost: it is a value, or a problem, or empty."""
    found = read(LECTURES, *rows)
    for row in found:
        cells = rows[row.number - 2]
        filled = {k for k, v in cells.items() if as_words(v)}
        assert filled == set(row.raw)
        assert row.problems.keys() <= filled
        assert filled == row.values.keys() | row.problems.keys()
    seen: dict[str, list[int]] = {}
    for row in found:
        seen.setdefault(row.canonical, []).append(row.ordinal)
    assert all(ordinals == list(range(1, len(ordinals) + 1)) for ordinals in seen.values())
