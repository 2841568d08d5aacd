"""Trips as a list shows them: what was done on each, and what they add up to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.fields import is_id
from desktop.ledger.ledger import Ledger
from desktop.records.activity import Activity
from desktop.work import lists
from desktop.work.codes import code_lists
from desktop.work.places import names_on

PARTS = ("lecture", "fieldwork", "onsite", "reception", "visit", "problem", "participation")
"""The record types whose changes make a list of trips stale."""


@dataclass(frozen=True)
class TripRow:
    """One trip in a list: who and where in words, what was done in numbers."""

    id: str
    date: dt.date | None
    leader: str
    places: str
    lectures: int = 0
    heads: int = 0
    fieldworks: int = 0
    onsites: int = 0
    receptions: int = 0
    problems: int = 0
    solved: int = 0
    visits: int = 0
    people: int = 0
    subjects: str = ""  # themes of lectures, problems, matters of visitors


@dataclass(frozen=True)
class TripTotals:
    """What trips add up to; the sum of heads is None where no lecture says how many came."""

    trips: int
    lectures: int
    heads: int | None
    onsites: int
    problems: int
    solved: int
    visits: int
    people: int


# Each part once, so that no join multiplies another one's rows.
_COUNTS = {
    "lecture": "SELECT p.activity, coalesce(sum(p.sessions), 0), sum(p.heads) FROM lecture p"
    " WHERE p.removed = '' AND p.activity IN (SELECT value FROM json_each(?)) GROUP BY 1",
    "fieldwork": "SELECT p.activity, count(*) FROM fieldwork p"
    " WHERE p.removed = '' AND p.activity IN (SELECT value FROM json_each(?)) GROUP BY 1",
    "onsite": "SELECT p.activity, count(DISTINCT p.id), count(b.id),"
    " coalesce(sum(coalesce(b.closed, '') <> ''"
    "   OR b.decision IN (SELECT value FROM json_each(?))"
    "   OR b.status IN (SELECT value FROM json_each(?))), 0)"
    " FROM onsite p LEFT JOIN problem b ON b.onsite = p.id AND b.removed = ''"
    " WHERE p.removed = '' AND p.activity IN (SELECT value FROM json_each(?)) GROUP BY 1",
    "reception": "SELECT p.activity, count(DISTINCT p.id), count(v.id), coalesce(sum(v.people), 0)"
    " FROM reception p LEFT JOIN visit v ON v.reception = p.id AND v.removed = ''"
    " WHERE p.removed = '' AND p.activity IN (SELECT value FROM json_each(?)) GROUP BY 1",
}


_SUBJECTS = (
    "SELECT p.activity, p.theme FROM lecture p"
    " WHERE p.removed = '' AND p.activity IN (SELECT value FROM json_each(?))"
    " UNION ALL SELECT p.activity, b.title FROM onsite p JOIN problem b ON b.onsite = p.id"
    " WHERE b.removed = '' AND p.activity IN (SELECT value FROM json_each(?))"
    " UNION ALL SELECT p.activity, v.matter FROM reception p JOIN visit v ON v.reception = p.id"
    " WHERE v.removed = '' AND p.activity IN (SELECT value FROM json_each(?))"
)


def trip_rows(ledger: Ledger, ids: Iterable[str]) -> dict[str, TripRow]:
    """Id -> row, for a page of trips."""
    trips = ledger.fetch(Activity, ids)
    page = json.dumps([t.id for t in trips])
    found = {name: {row[0]: row[1:] for row in _counted(ledger, name, page)} for name in _COUNTS}
    subjects = _subjects(ledger, page)
    leaders = ledger.titles.of(t.leader for t in trips)
    # A village that was renamed since is called what it was called on the day of the trip.
    names = names_on(ledger, ((place, t.date) for t in trips for place in t.places))
    rows = {}
    for trip in trips:
        lectures, heads = found["lecture"].get(trip.id, (0, 0))
        onsites, problems, solved = found["onsite"].get(trip.id, (0, 0, 0))
        receptions, visits, people = found["reception"].get(trip.id, (0, 0, 0))
        rows[trip.id] = TripRow(
            id=trip.id,
            date=trip.date,
            leader=leaders.get(trip.leader, "" if is_id(trip.leader) else trip.leader),
            places="、".join(filter(None, (names[place, trip.date] for place in trip.places))),
            lectures=lectures,
            heads=heads or 0,
            fieldworks=found["fieldwork"].get(trip.id, (0,))[0],
            onsites=onsites,
            receptions=receptions,
            problems=problems,
            solved=solved,
            visits=visits,
            people=people,
            subjects="；".join(subjects.get(trip.id, ())),
        )
    return rows


def _subjects(ledger: Ledger, page: str) -> dict[str, dict[str, None]]:
    # Keys of a dict: each subject once, in order.
    found: dict[str, dict[str, None]] = {}
    for trip, words in ledger.rows(_SUBJECTS, [page, page, page]):
        found.setdefault(trip, {})[" ".join(words.split())] = None
    return found


def _counted(ledger: Ledger, name: str, page: str) -> list[tuple[Any, ...]]:
    values = [page]
    if name == "onsite":
        known = code_lists(ledger)
        solved = known["problem_decision"].meaning(("01",))
        done = known["problem_status"].meaning(group="办结")
        values = [json.dumps(solved), json.dumps(done), page]
    return ledger.rows(_COUNTS[name], values)


def trip_totals(ledger: Ledger, ids: Sequence[str]) -> TripTotals:
    """What the trips of a list add up to."""
    page = json.dumps(list(ids))

    def summed(name: str, columns: int) -> list[int | None]:
        rows = _counted(ledger, name, page)
        totals: list[int | None] = []
        for at in range(1, columns + 1):
            values = [row[at] for row in rows if row[at] is not None]
            totals.append(sum(values) if values else None)
        return totals

    lectures, heads = summed("lecture", 2)
    onsites, problems, solved = summed("onsite", 3)
    _, visits, people = summed("reception", 3)
    return TripTotals(
        trips=len(ids),
        lectures=lectures or 0,
        heads=heads,
        onsites=onsites or 0,
        problems=problems or 0,
        solved=solved or 0,
        visits=visits or 0,
        people=people or 0,
    )


def trips_holding(ledger: Ledger, words: str) -> list[str]:
    """The trips that hold every word themselves, or one of whose parts does."""
    found = dict.fromkeys(lists.holding(ledger, Activity.type, words))
    parts: dict[str, list[str]] = {}
    for hit in ledger.search(words, PARTS, lists.MANY):
        parts.setdefault(hit.type, []).append(hit.id)
    for name, ids in parts.items():
        found.update(dict.fromkeys(_trips_of(ledger, name, ids)))
    found.update(dict.fromkeys(_under_former_names(ledger, words)))
    return list(found)


def _under_former_names(ledger: Ledger, words: str) -> list[str]:
    """Trips to a village that has another name now: they are listed, and so found, by the old."""
    rows = ledger.rows(
        "SELECT a.id FROM former_name f"
        " JOIN (SELECT t.id, t.date, v.value AS place FROM activity t,"
        " json_each(NULLIF(t.places, '')) v WHERE t.removed = '') a ON a.place = f.place"
        " WHERE f.removed = '' AND instr(f.name, ?) > 0 AND a.date <= f.until",
        [words.strip()],
    )
    return [row[0] for row in rows] if words.strip() else []


def _trips_of(ledger: Ledger, part: str, ids: Sequence[str]) -> list[str]:
    above = {
        "visit": "SELECT r.activity FROM visit p JOIN reception r ON r.id = p.reception",
        "problem": "SELECT o.activity FROM problem p JOIN onsite o ON o.id = p.onsite",
    }.get(part, f'SELECT p.activity FROM "{part}" p')
    rows = ledger.rows(f"{above} WHERE p.id IN (SELECT value FROM json_each(?))", [json.dumps(ids)])
    return [row[0] for row in rows]


_MARKED = (
    "SELECT p.id, p.marks, 'activity' FROM activity p"
    " WHERE p.removed = '' AND p.marks <> ''{0}"
    " UNION ALL SELECT p.activity, p.marks, 'lecture' FROM lecture p"
    " WHERE p.removed = '' AND p.marks <> ''{1}"
    " UNION ALL SELECT p.activity, p.marks, 'fieldwork' FROM fieldwork p"
    " WHERE p.removed = '' AND p.marks <> ''{1}"
    " UNION ALL SELECT p.activity, b.marks, 'problem' FROM onsite p"
    " JOIN problem b ON b.onsite = p.id WHERE b.removed = '' AND b.marks <> ''{1}"
    " UNION ALL SELECT p.activity, v.marks, 'visit' FROM reception p"
    " JOIN visit v ON v.reception = p.id WHERE v.removed = '' AND v.marks <> ''{1}"
)


def trip_doubts(ledger: Ledger, ids: Iterable[str]) -> dict[str, str]:
    """Id -> what a person should look at on a trip or one of its parts."""
    page = json.dumps(list(ids))
    some = [f" AND p.{n} IN (SELECT value FROM json_each(?))" for n in ("id", "activity")]
    found: dict[str, list[str]] = {}
    for trip, marks, of in ledger.rows(_MARKED.format(*some), [page] * 5):
        words = lists.marks_in_words(ledger.types[of], json.loads(marks))
        found.setdefault(trip, []).append(words)
    return {trip: "；".join(words) for trip, words in found.items()}


def doubtful_trips(ledger: Ledger) -> list[str]:
    """The trips that bear a mark, or one of whose parts does."""
    return list(dict.fromkeys(row[0] for row in ledger.rows(_MARKED.format("", ""))))


def newest_trips(ledger: Ledger, limit: int) -> list[str]:
    """The ids of the newest trips."""
    rows = ledger.rows(
        "SELECT id FROM activity WHERE removed = '' ORDER BY date DESC, id DESC LIMIT ?", [limit]
    )
    return [row[0] for row in rows]


def last_trip_day(ledger: Ledger) -> dt.date | None:
    """The day of the newest trip; None if there is none."""
    day = ledger.rows("SELECT max(date) FROM activity WHERE removed = ''")[0][0]
    return dt.date.fromisoformat(day) if day else None
