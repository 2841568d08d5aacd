"""A trip read and saved as one sheet."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from desktop.gui.forms import trip_sheet
from desktop.gui.forms.trip_sheet import ProblemEntry, TripSheet, VisitEntry
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import (
    Activity,
    Case,
    Fieldwork,
    Lecture,
    Onsite,
    Participation,
    Petitioner,
    Problem,
    Reception,
    Suggestion,
    Visit,
)
from tests import fakes

DAY = dt.date(2026, 11, 20)
FRONT, BACK = fakes.place("前沟村"), fakes.place("后塬村")
TRIP = "0" * 31 + "1"
put = dataclasses.replace


def ident(number: int) -> str:
    return f"{number:032x}"


@pytest.fixture
def sheet() -> TripSheet:
    return TripSheet(
        Activity(id=TRIP, date=DAY, leader=fakes.cadre("李明"), places=(FRONT, BACK)),
        companions=(Participation(id=ident(2), person=fakes.cadre("王丽")),),
        lectures=(Lecture(id=ident(3), theme="法律法规", form="座谈会", heads=58),),
        fieldworks=(Fieldwork(id=ident(4), interviewees=3),),
        receptions=(Reception(place=FRONT, kind="上门回访"),),
        visits=(
            VisitEntry(
                Visit(id=ident(5), matter="租金未付", outcome="受理并交办"),
                FRONT,
                Petitioner(id=ident(6), name="王某"),
                Case(id=ident(7), unit=fakes.unit("县水利局")),
            ),
            VisitEntry(Visit(id=ident(8), matter="修路", outcome="现场解释答复"), BACK),
        ),
        onsites=(Onsite(place=FRONT),),
        problems=(
            ProblemEntry(Problem(id=ident(9), title="路灯", decision="现场解决"), FRONT),
            ProblemEntry(Problem(id=ident(10), title="水渠", decision="限期解决"), FRONT),
        ),
        suggestions=(Suggestion(id=ident(11), content="加一班车"),),
    )


def write(ledger: Ledger, before: TripSheet | None, after: TripSheet) -> TripSheet:
    return trip_sheet.write(ledger, "存", before, after)


def count(ledger: Ledger, cls: Any) -> int:
    return ledger.count(Query(cls.type))


def test_all_is_one_operation_and_reads_back(ledger: Ledger, sheet: TripSheet) -> None:
    before = ledger.counter
    saved = write(ledger, None, sheet)
    assert ledger.counter == before + 1
    assert trip_sheet.read(ledger, TRIP) == saved
    assert write(ledger, saved, saved) == saved
    assert ledger.counter == before + 1, "nothing changed, nothing written"


def test_children_take_over_day_place_and_source(ledger: Ledger, sheet: TripSheet) -> None:
    saved = write(ledger, None, sheet)
    assert saved.lectures[0].speaker == ""  # the leader speaks, whoever that is after a correction
    assert saved.lectures[0].place == saved.fieldworks[0].place == FRONT
    [suggestion] = saved.suggestions
    assert (suggestion.date, suggestion.place, suggestion.source) == (DAY, FRONT, TRIP)
    assert [e.problem.place for e in saved.problems] == [FRONT, FRONT]


def test_post_and_rank_are_frozen_for_that_day(ledger: Ledger, sheet: TripSheet) -> None:
    saved = write(ledger, None, sheet)
    assert (saved.activity.leader_post, saved.activity.leader_rank) == (
        "党委副书记、镇长",
        "乡科级正职",
    )
    assert saved.companions[0].rank == "乡科级副职"


def test_who_is_not_on_the_roster_gets_no_rank(ledger: Ledger, sheet: TripSheet) -> None:
    saved = write(ledger, None, put(sheet, activity=put(sheet.activity, leader="赵镇长")))
    assert (saved.activity.leader, saved.activity.leader_rank) == ("赵镇长", "")


def test_one_session_a_place(ledger: Ledger, sheet: TripSheet) -> None:
    saved = write(ledger, None, sheet)
    assert {(r.place, r.kind) for r in saved.receptions} == {(FRONT, "上门回访"), (BACK, "")}
    assert [o.place for o in saved.onsites] == [FRONT]
    assert {e.problem.onsite for e in saved.problems} == {saved.onsites[0].id}


def test_a_place_written_in_full_is_no_second_session(ledger: Ledger, sheet: TripSheet) -> None:
    first, second = sheet.problems
    saved = write(ledger, None, put(sheet, problems=(first, put(second, place="前沟村"))))
    assert [o.place for o in saved.onsites] == [FRONT]


def test_what_is_handed_over_becomes_a_matter(ledger: Ledger, sheet: TripSheet) -> None:
    saved = write(ledger, None, sheet)
    first, second = saved.visits
    case = first.case
    assert case is not None
    assert (case.received, case.matter, case.place, case.people) == (DAY, "租金未付", FRONT, 1)
    assert (case.origin, first.visit.case) == (first.visit.id, case.id)
    assert first.person is not None
    assert first.person.of == first.visit.id
    assert (second.case, second.person) == (None, None)


def test_children_follow_the_trip_unless_somebody_changed_them(
    ledger: Ledger, sheet: TripSheet
) -> None:
    saved = write(ledger, None, sheet)
    own = put(saved.suggestions[0], date=dt.date(2026, 11, 1))
    later = DAY + dt.timedelta(1)
    after = put(saved, activity=put(saved.activity, date=later), suggestions=(own,))
    moved = write(ledger, saved, after)
    assert moved.suggestions[0].date == dt.date(2026, 11, 1)
    assert moved.visits[0].case is not None
    assert moved.visits[0].case.received == later


def test_a_corrected_place_is_the_same_session(ledger: Ledger, sheet: TripSheet) -> None:
    saved = write(ledger, None, sheet)
    problems = tuple(put(e, place=BACK) for e in saved.problems)
    onsites = tuple(put(o, place=BACK, id="") for o in saved.onsites)
    moved = write(ledger, saved, put(saved, problems=problems, onsites=onsites))
    assert [(o.id, o.place) for o in moved.onsites] == [(saved.onsites[0].id, BACK)]
    assert [e.problem.place for e in moved.problems] == [BACK, BACK]


def test_a_visitor_moves_to_another_place(ledger: Ledger, sheet: TripSheet) -> None:
    saved = write(ledger, None, sheet)
    visits = tuple(put(e, place=FRONT) for e in saved.visits)
    front = tuple(r for r in saved.receptions if r.place == FRONT)
    moved = write(ledger, saved, put(saved, visits=visits, receptions=front))
    assert [r.place for r in moved.receptions] == [FRONT]
    assert count(ledger, Visit) == 2


def test_what_is_crossed_out_is_void_with_a_reason(ledger: Ledger, sheet: TripSheet) -> None:
    saved = write(ledger, None, sheet)
    after = put(saved, lectures=(), visits=(), receptions=(), suggestions=())
    less = write(ledger, saved, after)
    assert (less.lectures, less.visits, less.receptions, less.suggestions) == ((), (), (), ())
    for cls in (Lecture, Reception, Visit, Petitioner, Suggestion):
        assert count(ledger, cls) == 0
        [gone] = {r.removed for r in ledger.find(Query(cls.type, removed=True))}
        assert gone == trip_sheet.REMOVED
    assert count(ledger, Case) == 1, "the matter goes its own way"


def test_one_undo_takes_it_all_back(ledger: Ledger, sheet: TripSheet) -> None:
    write(ledger, None, sheet)
    ledger.undo()
    for record in sheet.records():
        assert count(ledger, type(record)) == 0


def test_what_others_changed_meanwhile_stays(ledger: Ledger, sheet: TripSheet) -> None:
    saved = write(ledger, None, sheet)
    first, second = saved.problems
    with ledger.write("别处") as rows:
        rows.save(put(second.problem, status="已销号"))
    mine = put(second, problem=put(second.problem, title="水渠淤堵"))
    after = write(ledger, saved, put(saved, problems=(first, mine)))
    assert (after.problems[1].problem.title, after.problems[1].problem.status) == (
        "水渠淤堵",
        "已销号",
    )


def test_a_void_trip_is_shown_with_what_went_with_it(ledger: Ledger, sheet: TripSheet) -> None:
    write(ledger, None, sheet)
    with ledger.write("作废") as rows:
        rows.remove(Activity.type, TRIP, "重复")
    found = trip_sheet.read(ledger, TRIP)
    assert found is not None
    assert len(found.lectures) == 1
    assert len(found.problems) == 2


def test_the_last_trip(ledger: Ledger, sheet: TripSheet) -> None:
    assert trip_sheet.last_of(ledger, fakes.TOWNSHIP) is None
    write(ledger, None, sheet)
    found = trip_sheet.last_of(ledger, fakes.TOWNSHIP)
    assert found is not None
    assert found.activity.id == TRIP
    assert trip_sheet.last_of(ledger, fakes.COUNTY) is None
