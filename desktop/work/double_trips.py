"""Trips that were entered twice (同一次活动记了两遍): found, joined by a person, parted again.

A county office and a township both keep a leader's trip; the figures shall count it once. Two trips
are offered as one if they agree in day, leader, a place and a kind of work. Nothing is joined
without a person, nothing is deleted: a trip is joined as any other record (`doubles`), and the
parts that agree are joined with it. A part that only the duplicate has goes on counting.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from desktop.core.errors import UserError
from desktop.core.fields import Link, Named, NamedList, is_id
from desktop.core.record import Record, RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.ledger.search_text import fold
from desktop.records import (
    Activity,
    Fieldwork,
    Lecture,
    Onsite,
    Problem,
    Reception,
    Suggestion,
    Visit,
)
from desktop.work import doubles

KINDS: dict[type[Record], str] = {
    Lecture: "宣讲",
    Fieldwork: "调研",
    Reception: "接访",
    Onsite: "现场办公",
}

_AGREE: dict[type[Record], tuple[str, ...]] = {
    Lecture: ("place", "theme"),
    Fieldwork: ("place", "topic"),
    Reception: ("place",),
    Visit: ("matter",),
    Onsite: ("place",),
    Problem: ("title",),
    Suggestion: ("content",),
}
"""What two parts of two such trips must agree in to be one; wholes stand before their parts."""


@dataclass(frozen=True)
class Trip:
    """What of a trip tells it from another one: day, leader and places in words, kinds of work."""

    id: str
    office: str
    date: dt.date | None
    leader: str
    places: frozenset[str]
    kinds: frozenset[str]
    parts: int


@dataclass(frozen=True)
class Pair:
    """Two trips that may be one; `main` is the one that would count."""

    main: Trip
    duplicate: Trip
    reason: str = field(default="")


def trip_pairs(ledger: Ledger, on: dt.date | None = None) -> list[Pair]:
    """The pairs of trips that may be one, newest first; `on` limits them to a day."""
    day = "AND a.date = ?" if on else ""
    groups = ledger.rows(
        "SELECT json_group_array(a.id) FROM activity a LEFT JOIN entry e ON e.id = a.leader"
        f" WHERE a.removed = '' AND a.leader <> '' AND a.date IS NOT NULL {day}"
        " AND NOT EXISTS (SELECT 1 FROM same_as s WHERE s.duplicate = a.id AND s.removed = '')"
        " GROUP BY a.date, coalesce(e.title, a.leader) HAVING count(*) > 1 ORDER BY a.date DESC",
        [on.isoformat()] if on else [],
    )
    apart = doubles.kept_apart(ledger)
    found: list[Pair] = []
    for (ids,) in groups:
        trips = _trips(ledger, json.loads(ids))
        for one, other in combinations(trips, 2):
            if frozenset((one.id, other.id)) in apart:
                continue
            if reason := _reason(one, other):
                found.append(Pair(*_ranked(one, other), reason))
    return found


def join_trips(ledger: Ledger, main: str, duplicate: str) -> int:
    """Let two trips count as one, with the parts that agree; returns how many were joined.

    Raises:
        UserError: one of them is gone, or was joined to another trip already.
    """
    trips = ledger.fetch(Activity, (main, duplicate))
    if len(trips) < 2 or any(t.removed for t in trips):
        raise UserError("其中一次活动已经作废或不在本台账里，没有并。请刷新后再看。")
    if main == duplicate or doubles.mains(ledger, (main, duplicate)):
        raise UserError("其中一次活动已经并入另一次，没有再并。请先把它重新分开。")
    reason = _reason(*_trips(ledger, (main, duplicate))) or "经办人认定为同一次活动"
    alike = agreeing_parts(ledger, main, duplicate)
    # A suggestion that a person joined to another one before stays where he put it.
    joined = doubles.mains(ledger, [part.id for both in alike for part in both])
    parts = [
        (kept.type, kept.id, other.id)
        for kept, other in alike
        if joined.keys().isdisjoint((kept.id, other.id))
    ]
    with ledger.write("两次活动并为一次") as rows:
        for of, kept, other in [(Activity.type, main, duplicate), *parts]:
            doubles.join(ledger, rows, of, other, kept, reason)
    return 1 + len(parts)


def keep_apart(ledger: Ledger, one: str, other: str) -> None:
    """Remember that two trips are not the same, so that they are not offered again."""
    with ledger.write("不是同一次活动") as rows:
        doubles.keep_apart(ledger, rows, Activity.type, other, one)


def part_trips(ledger: Ledger, duplicate: str) -> int:
    """Let a joined trip and its parts count on their own again; returns how many were parted."""
    ids = [duplicate, *(part.id for part in parts_of(ledger, duplicate))]
    joined = doubles.mains(ledger, ids)
    # Only what went with the trip: a part may be joined to something else besides.
    main = joined.get(duplicate, "")
    theirs = {main, *(part.id for part in parts_of(ledger, main))}
    joined = {one: kept for one, kept in joined.items() if kept in theirs}
    with ledger.write("两次活动重新分开") as rows:
        for one in joined:
            doubles.part(ledger, rows, one)
    return len(joined)


def joined_trips(ledger: Ledger) -> list[tuple[str, str]]:
    """The trips that were joined: (duplicate, main), the newest first."""
    rows = ledger.rows(
        "SELECT s.duplicate, s.main FROM same_as s JOIN activity a ON a.id = s.duplicate"
        " WHERE s.removed = '' AND a.removed = '' ORDER BY a.date DESC, s.id"
    )
    return [(duplicate, main) for duplicate, main in rows]


# ---- how it is done ----------------------------------------------------------------------------


def _trips(ledger: Ledger, ids: Iterable[str]) -> list[Trip]:
    trips = ledger.fetch(Activity, ids)
    page = json.dumps([t.id for t in trips])
    kinds: dict[str, set[str]] = {}
    parts: dict[str, int] = {}
    places: dict[str, set[str]] = {}
    for cls, label in KINDS.items():
        rows = ledger.rows(
            f'SELECT activity, place FROM "{cls.type.name}"'
            " WHERE removed = '' AND activity IN (SELECT value FROM json_each(?))",
            [page],
        )
        for trip, place in rows:
            kinds.setdefault(trip, set()).add(label)
            parts[trip] = parts.get(trip, 0) + 1
            places.setdefault(trip, set()).add(place)

    def words(value: str) -> str:
        return ledger.titles.words(value) or value

    return [
        Trip(
            trip.id,
            trip.office,
            trip.date,
            words(trip.leader),
            frozenset(filter(None, map(words, places.get(trip.id, set()).union(trip.places)))),
            frozenset(kinds.get(trip.id, ())),
            parts.get(trip.id, 0),
        )
        for trip in trips
    ]


def _reason(one: Trip, other: Trip) -> str:
    """Why two trips may be one, in the clerk's words; '' if they can't be."""
    places = sorted(one.places & other.places)
    kinds = [k for k in KINDS.values() if k in one.kinds & other.kinds]
    if (one.date, one.leader) != (other.date, other.leader) or not places or not kinds:
        return ""
    return f"同一天、同一领导、同在{'、'.join(places)}，都有{'、'.join(kinds)}"


def _ranked(one: Trip, other: Trip) -> tuple[Trip, Trip]:
    """The fuller one first; of equals the township's own, then the one entered first."""
    first, second = sorted(
        (one, other), key=lambda t: (-t.parts, t.office.endswith("000000"), t.id)
    )
    return first, second


def parts_of(ledger: Ledger, trip: str) -> Iterator[Record]:
    """All parts of a trip, and the suggestions made on it."""

    def of(cls: type[Record], name: str, above: Iterable[str]) -> list[Record]:
        wanted = tuple(above)
        query = Query(cls.type, (Condition(name, "in", wanted),), doubles=True)
        return ledger.fetch(cls, ledger.ids(query)) if wanted else []

    for cls in KINDS:
        parts = of(cls, "activity", (trip,))
        yield from parts
        if cls is Reception:
            yield from of(Visit, "reception", (p.id for p in parts))
        if cls is Onsite:
            yield from of(Problem, "onsite", (p.id for p in parts))
    yield from of(Suggestion, "source", (trip,))


def agreeing_parts(ledger: Ledger, main: str, duplicate: str) -> list[tuple[Record, Record]]:
    """Parts of the two trips that are one: (kept, duplicate), each in one pair at most.

    Those that say the same come first. Of lectures and fieldwork the one that is left at a place on
    either side is the same too, only told in other words.
    """
    kept, other = list(parts_of(ledger, main)), list(parts_of(ledger, duplicate))
    pairs: list[tuple[Record, Record]] = []
    for said in (_said, _where):
        by_words: dict[tuple[Any, ...], list[Record]] = {}
        for part in kept:
            by_words.setdefault(said(ledger, part), []).append(part)
        alike: dict[tuple[Any, ...], list[Record]] = {}
        for part in other:
            alike.setdefault(said(ledger, part), []).append(part)
        for words, parts in alike.items():
            there = by_words.get(words, []) if words else []
            if said is _said or len(there) == len(parts) == 1:
                pairs += zip(there, parts, strict=False)
        taken = {part.id for pair in pairs for part in pair}
        kept, other = ([p for p in side if p.id not in taken] for side in (kept, other))
    return pairs


def _where(ledger: Ledger, part: Record) -> tuple[Any, ...]:
    """Kind and place of what happens once at a place; () for what may happen often."""
    if not isinstance(part, Lecture | Fieldwork) or not part.place:
        return ()
    return part.type.name, _plain(ledger, part, "place")


def _said(ledger: Ledger, part: Record) -> tuple[Any, ...]:
    """What a part says, as words that don't depend on how they were entered."""
    of: RecordType = part.type
    return (of.name, *(_plain(ledger, part, name) for name in _AGREE[type(part)]))


def _plain(ledger: Ledger, part: Record, name: str) -> str:
    value, kind = getattr(part, name), part.type.field(name).kind
    if isinstance(kind, Named | Link | NamedList) and is_id(str(value)):
        value = ledger.titles.words(value)
    return "".join(fold(str(value)).split())
