"""What a record came from, and what came of it."""

from __future__ import annotations

import datetime as dt

from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Case, Problem, Reception, Suggestion, Topic, Visit
from desktop.work.links import Course, linked
from tests import fakes

DAY = dt.date(2026, 11, 20)


def types(links: tuple[object, ...]) -> list[str]:
    return [one.type for one in links]  # type: ignore[attr-defined]


def test_case_visit_trip_and_problem(ledger: Ledger) -> None:
    with ledger.write("登记") as rows:
        (trip,) = rows.save(fakes.make(Activity, date=DAY, leader="李明"))
        (session,) = rows.save(fakes.make(Reception, activity=trip.id))
        (visit,) = rows.save(fakes.make(Visit, reception=session.id, matter="租金未付"))
        (case,) = rows.save(fakes.make(Case, matter="租金未付", origin=visit.id))
        rows.save(
            Visit(**{**vars(visit), "case": case.id}),
            Problem(title="合同没有备案", source=case.id),
        )
    course = linked(ledger, "case", case.id)
    assert types(course.sources) == ["activity", "visit"]
    assert types(course.outcomes) == ["problem"]
    assert course.sources[0].id == trip.id
    assert course.outcomes[0].title == "合同没有备案"
    (problem,) = course.outcomes
    back = linked(ledger, "problem", problem.id)
    assert (types(back.sources), types(back.outcomes)) == (["case"], [])
    assert types(linked(ledger, "visit", visit.id).sources) == ["activity"]
    assert types(linked(ledger, "visit", visit.id).outcomes) == ["case"]


def test_what_a_suggestion_became_and_what_is_void(ledger: Ledger) -> None:
    with ledger.write("登记") as rows:
        (problem,) = rows.save(Problem(title="没有班车"))
        (idea,) = rows.save(fakes.make(Suggestion, date=DAY, content="增开班车", became=problem.id))
    assert types(linked(ledger, "suggestion", idea.id).outcomes) == ["problem"]
    assert types(linked(ledger, "problem", problem.id).sources) == ["suggestion"]
    with ledger.write("作废") as rows:
        rows.remove(Suggestion.type, idea.id, "重复录入")
    assert linked(ledger, "problem", problem.id) == Course()


def test_a_register_lists_no_course_of_its_own(ledger: Ledger) -> None:
    with ledger.write("登记") as rows:
        (topic,) = rows.save(Topic(name="农村养老"))
        (problem,) = rows.save(Problem(title="没有食堂", source=topic.id))
    assert types(linked(ledger, "problem", problem.id).sources) == ["topic"]
    assert linked(ledger, "topic", topic.id) == Course()
    assert linked(ledger, "problem", "0" * 32) == Course()
