"""desktop/work/zero_reports.py: a declared zero, and the rows that speak against it."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.ledger.ledger import Ledger
from desktop.records import (
    RECORD_TYPES,
    Activity,
    CheckIn,
    Dispute,
    Fieldwork,
    Lecture,
    Onsite,
    Reception,
    Suggestion,
    Visit,
    ZeroReport,
)
from desktop.records.codes import official
from desktop.work.zero_reports import SUBJECTS, contradiction, marked, rows_against
from tests import fakes
from tests.ledgers import TOWNSHIP

MAY = (dt.date(2026, 5, 1), dt.date(2026, 5, 31))
JUNE = (dt.date(2026, 6, 1), dt.date(2026, 6, 30))
DAY = dt.date(2026, 5, 31)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """One of each kind, on the last day of May."""
    with ledger.write("记录") as rows:
        (trip,) = rows.save(Activity(date=DAY, leader="李明"))
        (reception,) = rows.save(Reception(activity=trip.id))
        rows.save(
            Lecture(activity=trip.id, theme="移风易俗"),
            Fieldwork(activity=trip.id),
            Onsite(activity=trip.id),
            fakes.make(Visit, reception=reception.id, case=""),
            fakes.make(Dispute, date=DAY),
            fakes.make(Suggestion, date=DAY),
            CheckIn(person="张伟", date=DAY),
        )
    return ledger


def test_every_official_subject_is_looked_at() -> None:
    items = official()["report_subject"].items
    assert {i.code for i in items} == set(SUBJECTS)
    assert set(SUBJECTS.values()) <= set(RECORD_TYPES)


@pytest.mark.parametrize("label", [i.label for i in official()["report_subject"].items])
def test_rows_of_the_period_are_counted(filled: Ledger, label: str) -> None:
    assert rows_against(filled, label, *MAY, TOWNSHIP) == 1
    assert rows_against(filled, label, *JUNE, TOWNSHIP) == 0
    assert rows_against(filled, label, *MAY, "990801102000") == 0


def test_who_says_too_little_is_not_contradicted(filled: Ledger) -> None:
    assert rows_against(filled, "别的", *MAY, TOWNSHIP) == 0
    assert rows_against(filled, "宣讲", None, MAY[1], TOWNSHIP) == 0
    assert rows_against(filled, "宣讲", MAY[1], MAY[0], TOWNSHIP) == 0
    assert contradiction("宣讲", 0) == ""


def test_the_mark_comes_and_goes(filled: Ledger) -> None:
    wrong = marked(filled, ZeroReport(kind="宣讲", first=MAY[0], last=MAY[1]))
    assert wrong.marks == {"kind": contradiction("宣讲", 1)}
    moved = marked(filled, ZeroReport(kind="宣讲", first=JUNE[0], last=JUNE[1], marks=wrong.marks))
    assert moved.marks == {}
    other = marked(filled, ZeroReport(kind="宣讲", first=JUNE[0], marks={"kind": "别的"}))
    assert other.marks == {"kind": "别的"}
