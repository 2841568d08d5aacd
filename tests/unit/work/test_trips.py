"""Trips as a list shows them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import (
    Activity,
    Fieldwork,
    Lecture,
    Onsite,
    Problem,
    Reception,
    Visit,
)
from desktop.work import trips
from tests import fakes

DAY = dt.date(2026, 11, 20)


def save_trip(ledger: Ledger, **over: object) -> str:
    """A trip with everything: two lectures, two problems on one place, two visits."""
    with ledger.write("新建活动") as rows:
        (trip,) = rows.save(
            fakes.make(Activity, date=DAY, leader="李明", places=("前沟村", "后塬村"), **over)
        )
        (onsite,) = rows.save(fakes.make(Onsite, activity=trip.id))
        (session,) = rows.save(fakes.make(Reception, activity=trip.id))
        rows.save(
            fakes.make(Lecture, activity=trip.id, theme="移风易俗", heads=30, sessions=2),
            fakes.make(Lecture, activity=trip.id, theme="移风易俗", heads=None),
            fakes.make(Fieldwork, activity=trip.id),
            fakes.make(Problem, onsite=onsite.id, title="路灯损坏", decision="现场解决"),
            fakes.make(Problem, onsite=onsite.id, title="水渠淤堵", decision="限期解决"),
            fakes.make(Visit, reception=session.id, matter="租金未付", people=6),
            fakes.make(Visit, reception=session.id, matter="低保", people=1),
        )
    return trip.id


def test_parts_are_counted_without_multiplying_each_other(ledger: Ledger) -> None:
    trip = save_trip(ledger)
    row = trips.trip_rows(ledger, [trip])[trip]
    assert (row.lectures, row.heads) == (3, 30)
    assert (row.onsites, row.problems, row.solved) == (1, 2, 1)
    assert (row.receptions, row.visits, row.people) == (1, 2, 7)
    assert row.fieldworks == 1
    assert (row.leader, row.places) == ("李明", "前沟村、后塬村")


def test_subjects_stand_once_and_in_order(ledger: Ledger) -> None:
    trip = save_trip(ledger)
    row = trips.trip_rows(ledger, [trip])[trip]
    assert row.subjects == "移风易俗；路灯损坏；水渠淤堵；租金未付；低保"


def test_a_closed_problem_is_solved(ledger: Ledger) -> None:
    trip = save_trip(ledger)
    problem = next(p for p in ledger.find(Query(Problem.type)) if p.title == "水渠淤堵")
    with ledger.write("销号") as rows:
        rows.save(dataclasses.replace(problem, closed=DAY))
    assert trips.trip_rows(ledger, [trip])[trip].solved == 2


def test_void_parts_do_not_count(ledger: Ledger) -> None:
    trip = save_trip(ledger)
    with ledger.write("作废") as rows:
        for one in ledger.find(Query(Onsite.type)):
            rows.remove(Onsite.type, one.id, "录错了")
    row = trips.trip_rows(ledger, [trip])[trip]
    assert (row.onsites, row.problems) == (0, 0)
    assert "路灯" not in row.subjects


def test_totals_are_the_sum_of_the_rows(ledger: Ledger) -> None:
    ids = [save_trip(ledger), save_trip(ledger)]
    total = trips.trip_totals(ledger, ids)
    assert (total.trips, total.lectures, total.heads) == (2, 6, 60)
    assert (total.problems, total.solved, total.visits, total.people) == (4, 2, 4, 14)


def test_no_heads_is_no_number(ledger: Ledger) -> None:
    with ledger.write("新建活动") as rows:
        (trip,) = rows.save(fakes.make(Activity, date=DAY))
    assert trips.trip_totals(ledger, [trip.id]).heads is None


def test_a_trip_is_found_by_what_was_done_on_it(ledger: Ledger) -> None:
    trip = save_trip(ledger)
    for words in ("李明", "路灯", "租金", "移风易俗", "yfys"):
        assert trips.trips_holding(ledger, words) == [trip], words
    assert trips.trips_holding(ledger, "没有这样的词") == []


def test_the_newest_trips(ledger: Ledger) -> None:
    assert trips.last_trip_day(ledger) is None
    older = save_trip(ledger)
    with ledger.write("新建活动") as rows:
        (newer,) = rows.save(fakes.make(Activity, date=DAY + dt.timedelta(days=1)))
    assert trips.newest_trips(ledger, 5) == [newer.id, older]
    assert trips.last_trip_day(ledger) == DAY + dt.timedelta(days=1)
