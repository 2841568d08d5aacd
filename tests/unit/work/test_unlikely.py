"""What is unlikely is marked, never refused, and the mark goes with its reason."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from desktop.core.record import Record
from desktop.records import (
    RECORD_TYPES,
    Activity,
    Case,
    CheckIn,
    Dispute,
    Fieldwork,
    Lecture,
    Problem,
    StudyEvent,
    Suggestion,
    Visit,
)
from desktop.work.unlikely import CHECK, marked, unlikely

TODAY = dt.date(2026, 11, 23)
DAY = dt.date(2026, 11, 20)
EARLIER, LATER = dt.date(2026, 11, 19), dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        (Activity(date=LATER), {"date"}),
        (Activity(date=dt.date(2009, 12, 31)), {"date"}),
        (Activity(date=dt.date(2010, 1, 1)), set()),
        (Activity(date=TODAY, start=dt.time(11), end=dt.time(9)), {"end"}),
        (Activity(date=TODAY, attendance=0), {"attendance"}),
        (Lecture(heads=0), {"heads"}),
        (Lecture(heads=2000), {"heads"}),
        (Lecture(heads=2000, sessions=4), set()),
        (Lecture(heads=58), set()),
        (Lecture(heads=None), set()),
        (Lecture(heads=20, party_heads=21), {"party_heads"}),
        (Lecture(sessions=40), {"sessions"}),
        (Fieldwork(interviewees=0), {"interviewees"}),
        (Visit(people=300), {"people"}),
        (Visit(people=3, collective=True), {"collective"}),
        (Visit(people=1, representatives=2), {"representatives"}),
        (Visit(closed=EARLIER), {"closed"}),
        (Visit(due=EARLIER), {"due"}),
        (Problem(due=EARLIER), {"due"}),
        (Problem(due=dt.date(2030, 1, 1)), {"due"}),
        (Problem(closed=EARLIER), {"closed"}),
        (Problem(due=DAY, closed=DAY), set()),
        (Case(received=DAY, due=EARLIER), {"due"}),
        (Case(received=LATER), {"received"}),
        (Suggestion(date=DAY, replied=EARLIER), {"replied"}),
        (Suggestion(date=LATER), {"date"}),
        (Dispute(date=DAY, settled=EARLIER), {"settled"}),
        (CheckIn(date=LATER, measures=60), {"date", "measures"}),
        (StudyEvent(date=LATER), {"date"}),
    ],
)
def test_the_rules(record: Record, fields: set[str]) -> None:
    found = unlikely(record, TODAY, DAY)
    assert found.keys() == fields
    assert all(words.endswith(CHECK) for words in found.values())


def test_a_mark_goes_when_the_value_is_likely_again() -> None:
    odd = marked(Lecture(heads=0), TODAY)
    assert odd.marks == {"heads": "填了0，请核对"}
    mended = marked(dataclasses.replace(odd, heads=58), TODAY)
    assert mended.marks == {}


def test_a_mark_of_an_import_stays() -> None:
    guessed = Lecture(heads=50, marks={"heads": "台账写的是「约50人」", "theme": "x，请核对"})
    assert marked(guessed, TODAY).marks == guessed.marks


@pytest.mark.parametrize("of", RECORD_TYPES.values(), ids=lambda of: of.name)
def test_every_type_may_be_asked_about_an_empty_record(of: Any) -> None:
    assert unlikely(of.cls(), TODAY) == {}
