"""As-of days: a village merges, one is renamed, leaders move; each day has its own truth."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop import figures
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import RECORD_TYPES, Activity
from desktop.records.identity import place_id
from desktop.work.registers import Registers, post_on
from tests.county_year.conftest import Made
from tests.county_year.filling import person_id
from tests.county_year.oracle import Scope, count
from tests.county_year.rows import FIRST, MERGED_ON, NO_RANKS, RENAMED_ON

A_DAY = dt.timedelta(days=1)
DAYS = [dt.date(2026, 6, 29), dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2026, 12, 31)]
STOCK = ("villages", "leaders_county_rank", "leaders_township_rank")


def stock(county: Ledger, day: dt.date, office: str = "") -> tuple[object, ...]:
    found = figures.compute(county, day, day, office, only=STOCK)
    return tuple(found[i].value for i in STOCK)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_places_and_leaders_on_a_day(made: Made, county: Ledger, day: dt.date) -> None:
    whole = (132, 30, 146) if day < MERGED_ON else (131, 31, 145)
    assert stock(county, day) == whole
    township = (26 if day < MERGED_ON else 25, 0, 11)
    assert stock(county, day, "990821101000") == township
    slow = count(made.year, Scope(day, day))
    assert whole == tuple(slow[i] for i in STOCK)


@pytest.mark.parametrize("last", DAYS, ids=str)
def test_figures_up_to_a_day(made: Made, county: Ledger, last: dt.date) -> None:
    for office in ("", "990821101000"):
        slow = count(made.year, Scope(FIRST, last, office))
        fast = figures.compute(county, FIRST, last, office)
        assert {i: r.value for i, r in fast.items()} == {i: slow[i] for i in fast}


def test_a_renamed_village_is_one_village_under_both_names(made: Made, county: Ledger) -> None:
    (village,) = [v for v in made.year.villages if v.former_name]
    registers = Registers(county)
    for name in (village.name, village.former_name):
        assert registers.place(name, village.township) == place_id(village.code)
    assert village.name_on(RENAMED_ON - A_DAY) == village.former_name
    assert village.name_on(RENAMED_ON) == village.name


def test_a_merged_village_is_still_found_by_those_who_write_it(made: Made, county: Ledger) -> None:
    (village,) = [v for v in made.year.villages if v.gone]
    assert Registers(county).place(village.name, village.township) == place_id(village.code)


def test_posts_are_those_of_the_day(made: Made, county: Ledger) -> None:
    movers = [p for p in made.year.people if len(p.posts) > 1]
    assert len(movers) == 8
    for person in movers:
        day = person.posts[1].start
        for on in (day - A_DAY, day):
            post = person.post_on(on)
            assert post
            assert post_on(county, person_id(person), on)[:2] == (post.title, post.rank)


def test_a_ledger_without_ranks_takes_the_ranks_of_the_day(made: Made, county: Ledger) -> None:
    people = {person_id(p): p for p in made.year.people}
    trips = [
        t
        for t in county.find(Query(RECORD_TYPES["activity"]))
        if isinstance(t, Activity) and t.office in NO_RANKS and t.leader in people
    ]
    assert len(trips) > 10
    for trip in trips:
        assert trip.date
        assert trip.leader_rank == people[trip.leader].rank_on(trip.date)
