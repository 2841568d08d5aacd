"""What the slow count needs everywhere: the rows of a scope, and loops that count them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.county_year.rows import (
    OFFICES,
    CountyYear,
    Person,
    Row,
    Trip,
    Village,
    Visit,
)

Number = int | float | dict[str, int] | None
R = TypeVar("R", bound=Row)

# Rows that could not be read; the import says so, and nobody may count them.
NOT_IMPORTED = ("month_only", "some_heads")
NOT_SAID = "未填"


@dataclass(frozen=True)
class Scope:
    """What is asked for: a period, and an office or '' for all."""

    first: dt.date
    last: dt.date
    office: str = ""

    def holds(self, day: dt.date | None, *, undated: bool) -> bool:
        """Whether a day counts; what nobody dated counts if the whole year is asked for."""
        if day is None:
            return undated and self.whole_year
        return self.first <= day <= self.last

    @property
    def whole_year(self) -> bool:
        """Whether the period covers the year whole."""
        return self.first <= dt.date(2026, 1, 1) and self.last >= dt.date(2026, 12, 31)


def percent(above: Number, below: Number) -> float | None:
    """A share with one decimal, halves up; none of nothing."""
    if not isinstance(above, int) or not isinstance(below, int) or below == 0:
        return None
    tenths, rest = divmod(above * 1000, below)
    return (tenths + (2 * rest >= below)) / 10


class Counting:
    """The rows of one scope, and how they are counted."""

    def __init__(self, year: CountyYear, scope: Scope) -> None:
        self.year = year
        self.scope = scope
        self.zero = self.zero_reported()
        self.lectures = [r for r in self.rows(year.lectures) if not r.double_of]
        self.fieldworks = self.rows(year.fieldworks)
        self.onsites = self.rows(year.onsites)
        self.visits = self.rows(year.visits)
        self.sessions = list({session_of(v): v for v in self.visits}.values())
        self.trips = list({trip_of(r): r for r in self.of_trips()}.values())
        self.problems = self.rows(year.problems)
        self.disputes = self.rows(year.disputes)
        self.suggestions = self.rows(year.suggestions)

    def rows(self, rows: Iterable[R], day: Callable[[R], dt.date | None] | None = None) -> list[R]:
        """The rows of the scope, by their own day or another one."""
        return [
            r
            for r in rows
            if r.dirt not in NOT_IMPORTED
            and self.scope.office in ("", r.office)
            and self.scope.holds(day(r) if day else r.date, undated=r.date is None)
        ]

    def of_trips(self) -> Iterator[Trip]:
        yield from self.lectures
        yield from self.fieldworks
        yield from self.onsites
        yield from self.visits

    def zero_reported(self) -> bool:
        """Whether all offices of the scope reported no research for its months, without a gap."""
        offices = [self.scope.office] if self.scope.office else list(OFFICES)
        for office in offices:
            day = self.scope.first
            spans = [(r.first, r.date) for r in self.year.zero_reports if r.office == office]
            while day <= self.scope.last:
                if not any(first <= day <= last for first, last in spans if last):
                    return False
                day += dt.timedelta(1)
        return True

    def counted(self, base: Iterable[Any], number: int, *, research: bool = False) -> Number:
        """A number; without rows that could have counted there is none, or a reported zero."""
        if any(True for _ in base):
            return number
        return 0 if research and self.zero else None

    def some(self, base: list[R], which: Callable[[R], bool], *, research: bool = False) -> Number:
        return self.counted(base, sum(map(which, base)), research=research)

    def said(self, rows: list[R], name: str, number: Number) -> Number:
        """A number of something that forms needn't ask: nobody wrote it down, no data."""
        return number if any(getattr(r, name) not in ("", None) for r in rows) else None

    def many(
        self, base: list[Any], values: Iterable[Hashable], *, research: bool = False
    ) -> Number:
        """How many different values there are; empty ones don't count."""
        return self.counted(base, len({v for v in values if v}), research=research)

    def classes(
        self, rows: Iterable[R], label: Callable[[R], str], weight: Callable[[R], int] | None = None
    ) -> dict[str, int] | None:
        found: dict[str, int] = {}
        for row in rows:
            name = label(row) or NOT_SAID
            found[name] = found.get(name, 0) + (weight(row) if weight else 1)
        return found or None

    def place(self, row: Any) -> Hashable:
        """What a place counts as on the last day; words mean another place in another office."""
        place = row.place
        if isinstance(place, Village):
            if place.gone and place.gone <= self.scope.last:
                place = place.successor
            return place
        return (row.office, place) if place else None

    def tally(self, labels: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for label in labels:
            found[label] = found.get(label, 0) + 1
        return found


def anything(row: Any) -> bool:
    return True


def by_county(row: Trip) -> bool:
    return row.rank.startswith("县处级")


def by_township(row: Trip) -> bool:
    return row.rank.startswith("乡科级")


def office_of(row: Row) -> str:
    return OFFICES[row.office]


def trip_of(row: Trip) -> Hashable:
    """Office, day and leader are one trip; a row without a day stands for itself."""
    return (row.office, row.date, row.leader) if row.date else row


def session_of(row: Visit) -> Hashable:
    """One leader's reception at one place on one day."""
    return (row.office, row.date, row.leader, row.place) if row.date else row


def ranked(posts: list[tuple[Person, Any]], group: str) -> int:
    return len({person for person, post in posts if post.rank.startswith(group)})
