"""Trips entered twice: offered, joined, counted once, parted again."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.core.errors import UserError
from desktop.figures import compute
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Lecture, Onsite, Problem, Reception, Suggestion, Visit
from desktop.work import double_trips, doubles
from tests import fakes

DAY = dt.date(2026, 11, 20)
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    with ledger.write("名册") as rows:
        rows.save(*fakes.register())
    return ledger


def save_trip(ledger: Ledger, theme: str = "移风易俗", **over: object) -> str:
    trip = {"date": DAY, "leader": fakes.cadre("李明"), "places": (fakes.place("前沟村"),)} | over
    with ledger.write("新建活动") as rows:
        (one,) = rows.save(fakes.make(Activity, **trip))
        place = one.places[0]
        (onsite,) = rows.save(fakes.make(Onsite, activity=one.id, place=place))
        (session,) = rows.save(fakes.make(Reception, activity=one.id, place=place))
        rows.save(
            fakes.make(Lecture, activity=one.id, theme=theme, heads=30, place=place),
            fakes.make(Problem, onsite=onsite.id, title="路灯损坏", decision="现场解决"),
            fakes.make(Visit, reception=session.id, matter="租金未付", people=2),
        )
    return str(one.id)


def numbers(ledger: Ledger) -> dict[str, object]:
    only = ("trips", "lecture_sessions", "lecture_heads", "onsite_sessions", "onsite_problems",
            "reception_sessions", "reception_visits", "reception_visitors")  # fmt: skip
    return {i: r.value for i, r in compute(ledger, *YEAR, only=only).items()}


def test_a_trip_entered_twice_is_offered_and_counts_once(ledger: Ledger) -> None:
    save_trip(ledger)
    once = numbers(ledger)
    save_trip(ledger, leader="李明")  # the same man, typed
    (pair,) = double_trips.trip_pairs(ledger)
    assert pair.reason == "同一天、同一领导、同在前沟村，都有宣讲、接访、现场办公"
    assert numbers(ledger)["trips"] == 2
    assert double_trips.join_trips(ledger, pair.main.id, pair.duplicate.id) == 6
    assert numbers(ledger) == once
    assert double_trips.trip_pairs(ledger) == []
    assert doubles.main_of(ledger, pair.duplicate.id) == pair.main.id
    ledger.undo()
    assert numbers(ledger)["trips"] == 2


def test_what_only_the_duplicate_tells_goes_on_counting(ledger: Ledger) -> None:
    main, other = save_trip(ledger), save_trip(ledger)
    onsite = ledger.rows("SELECT id FROM onsite WHERE activity = ?", [other])[0][0]
    with ledger.write("补记") as rows:
        rows.save(fakes.make(Problem, onsite=onsite, title="水渠淤堵"))
    double_trips.join_trips(ledger, main, other)
    assert numbers(ledger)["onsite_problems"] == 2


def test_the_one_lecture_at_a_place_is_the_same_in_other_words(ledger: Ledger) -> None:
    main, other = save_trip(ledger, theme="防电信网络诈骗"), save_trip(ledger, theme="防范诈骗")
    double_trips.join_trips(ledger, main, other)
    assert numbers(ledger)["lecture_heads"] == 30


def test_two_lectures_against_one_stay_as_they_are(ledger: Ledger) -> None:
    main, other = save_trip(ledger, theme="防电信网络诈骗"), save_trip(ledger, theme="防范诈骗")
    with ledger.write("补记") as rows:
        rows.save(
            fakes.make(
                Lecture, activity=other, theme="移风易俗", heads=5, place=fakes.place("前沟村")
            )
        )
    double_trips.join_trips(ledger, main, other)
    assert numbers(ledger)["lecture_heads"] == 65


@pytest.mark.parametrize(
    "over",
    [
        {"date": DAY + dt.timedelta(1)},
        {"leader": fakes.cadre("王丽")},
        {"places": (fakes.place("后塬村"),)},
        {"removed": "录错"},
    ],
)
def test_what_differs_is_not_offered(ledger: Ledger, over: dict[str, object]) -> None:
    save_trip(ledger)
    save_trip(ledger, **over)
    assert double_trips.trip_pairs(ledger) == []


def test_other_days_are_not_looked_at_when_a_day_is_asked_for(ledger: Ledger) -> None:
    save_trip(ledger)
    save_trip(ledger)
    assert len(double_trips.trip_pairs(ledger, DAY)) == 1
    assert double_trips.trip_pairs(ledger, DAY + dt.timedelta(1)) == []


def test_what_a_person_says_is_not_the_same_is_not_offered_again(ledger: Ledger) -> None:
    one, other = save_trip(ledger), save_trip(ledger)
    double_trips.keep_apart(ledger, one, other)
    assert double_trips.trip_pairs(ledger) == []
    assert numbers(ledger)["trips"] == 2
    assert doubles.mains(ledger, (one, other)) == {}


def test_joined_trips_can_be_parted(ledger: Ledger) -> None:
    one, other = save_trip(ledger), save_trip(ledger)
    twice = numbers(ledger)
    joined = double_trips.join_trips(ledger, one, other)
    assert double_trips.part_trips(ledger, other) == joined
    assert numbers(ledger) == twice


def test_joining_again_leaves_one_record_of_each_pair(ledger: Ledger) -> None:
    one, other = save_trip(ledger), save_trip(ledger)
    joined = double_trips.join_trips(ledger, one, other)
    double_trips.part_trips(ledger, other)
    assert double_trips.trip_pairs(ledger) == []  # a person has said that they are two
    assert double_trips.join_trips(ledger, one, other) == joined
    assert ledger.rows("SELECT count(*) FROM same_as") == [(joined,)]
    assert numbers(ledger)["trips"] == 1


def test_an_undone_join_is_offered_again(ledger: Ledger) -> None:
    one, other = save_trip(ledger), save_trip(ledger)
    double_trips.join_trips(ledger, one, other)
    ledger.undo()
    assert len(double_trips.trip_pairs(ledger)) == 1


def test_a_suggestion_that_was_joined_before_goes_with_its_trip(ledger: Ledger) -> None:
    one, other = save_trip(ledger), save_trip(ledger)
    with ledger.write("记建议") as rows:
        mine, theirs = rows.save(
            *(fakes.make(Suggestion, source=trip, content="增开赶集班车") for trip in (one, other))
        )
        doubles.join(ledger, rows, Suggestion.type, mine.id, theirs.id)
    assert double_trips.join_trips(ledger, one, other) == 6
    assert doubles.mains(ledger, (mine.id, theirs.id)) == {mine.id: theirs.id}


def test_three_of_one_are_joined_to_the_same(ledger: Ledger) -> None:
    one, *others = (save_trip(ledger) for _ in range(3))
    once = {"trips": 1, "lecture_heads": 30}
    for other in others:
        double_trips.join_trips(ledger, one, other)
    assert {k: numbers(ledger)[k] for k in once} == once


def test_a_joined_trip_is_not_joined_again(ledger: Ledger) -> None:
    one, other, third = (save_trip(ledger) for _ in range(3))
    double_trips.join_trips(ledger, one, other)
    with pytest.raises(UserError, match="已经并入"):
        double_trips.join_trips(ledger, third, other)
    with pytest.raises(UserError, match="已经并入"):
        double_trips.join_trips(ledger, other, third)
    with ledger.write("作废") as rows:
        rows.remove(Activity.type, third, "录错")
    with pytest.raises(UserError, match="作废"):
        double_trips.join_trips(ledger, one, third)
    assert len(ledger.rows("SELECT 1 FROM same_as")) == 6


def test_a_suggestion_that_was_joined_to_another_one_stays_joined(ledger: Ledger) -> None:
    with ledger.write("记") as rows:
        main, other = rows.save(*(fakes.make(Activity, leader="李明") for _ in range(2)))
        here, there = rows.save(
            *(fakes.make(Suggestion, content="修路", source=t.id) for t in (main, other))
        )
        elsewhere = rows.save(fakes.make(Suggestion, content="把路修好"))[0]
    with ledger.write("并为一条") as rows:
        doubles.join(ledger, rows, Suggestion.type, there.id, elsewhere.id)
    assert double_trips.join_trips(ledger, main.id, other.id) == 1
    assert doubles.mains(ledger, [there.id]) == {there.id: elsewhere.id}
    assert double_trips.part_trips(ledger, other.id) == 1
    assert doubles.mains(ledger, [here.id, there.id]) == {there.id: elsewhere.id}
