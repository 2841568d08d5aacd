"""A trip with all that was done on it, as one sheet: read whole, saved whole in one operation.

The form thinks in rows with a place (a visitor in one village, a problem in another); the ledger
thinks in sessions, one a place, that rows belong to. Here the one becomes the other. What a child
takes over from its trip (day, place, speaker) follows the trip, unless somebody changed it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from desktop.core.fields import Link, Named, NamedList, is_id
from desktop.core.ids import new_id
from desktop.core.record import Record, RecordType
from desktop.gui import edits
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
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
from desktop.work.registers import place_kind, post_on

REMOVED = "从活动中删去"

S = TypeVar("S", Reception, Onsite)
T = TypeVar("T", bound=Record)
P = TypeVar("P", Lecture, Fieldwork, Reception, Onsite)


@dataclass(frozen=True)
class VisitEntry:
    """A visit with its place, who came, and the matter that it became."""

    visit: Visit
    place: str = ""
    person: Petitioner | None = None
    case: Case | None = None


@dataclass(frozen=True)
class ProblemEntry:
    """A problem with its place."""

    problem: Problem
    place: str = ""


@dataclass(frozen=True)
class TripSheet:
    """A trip and its parts; sessions are told apart by their place."""

    activity: Activity
    companions: tuple[Participation, ...] = ()
    lectures: tuple[Lecture, ...] = ()
    fieldworks: tuple[Fieldwork, ...] = ()
    receptions: tuple[Reception, ...] = ()
    visits: tuple[VisitEntry, ...] = ()
    onsites: tuple[Onsite, ...] = ()
    problems: tuple[ProblemEntry, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict, compare=False)

    def records(self) -> Iterator[Record]:
        """All records of the sheet, wholes before parts."""
        yield self.activity
        for group in (self.companions, self.lectures, self.fieldworks, self.receptions):
            yield from group
        yield from self.onsites
        yield from self.suggestions
        yield from (entry.problem for entry in self.problems)
        for entry in self.visits:
            yield entry.visit
            yield from (r for r in (entry.person, entry.case) if r is not None)


# ---- reading ----------------------------------------------------------------------------------


def read(ledger: Ledger, trip_id: str) -> TripSheet | None:
    """The sheet of a trip, also of a void one; None if there is no such trip."""
    activity = ledger.get(Activity, trip_id)
    if activity is None:
        return None

    def parts(cls: type[T], name: str, ids: Iterable[str]) -> tuple[T, ...]:
        wanted = tuple(ids)
        if not wanted:
            return ()
        query = Query(cls.type, (Condition(name, "in", wanted),), removed=bool(activity.removed))
        # In the order in which they were written: ids of people's records are ordered by time.
        return tuple(ledger.fetch(cls, ledger.ids(query)))

    here = (trip_id,)
    receptions, onsites = parts(Reception, "activity", here), parts(Onsite, "activity", here)
    visits = parts(Visit, "reception", (r.id for r in receptions))
    persons = {p.of: p for p in parts(Petitioner, "of", (v.id for v in visits))}
    cases = {c.id: c for c in ledger.fetch(Case, (v.case for v in visits if v.case))}
    places = {r.id: r.place for r in receptions} | {o.id: o.place for o in onsites}
    problems = parts(Problem, "onsite", (o.id for o in onsites))
    sheet = TripSheet(
        activity,
        parts(Participation, "activity", here),
        parts(Lecture, "activity", here),
        parts(Fieldwork, "activity", here),
        receptions,
        tuple(
            VisitEntry(v, places[v.reception], persons.get(v.id), cases.get(v.case)) for v in visits
        ),
        onsites,
        tuple(ProblemEntry(p, places[p.onsite]) for p in problems),
        parts(Suggestion, "source", here),
    )
    return dataclasses.replace(sheet, words=ledger.titles.of(_ids(sheet.records())))


def last_of(ledger: Ledger, office: str) -> TripSheet | None:
    """The newest trip of an office."""
    query = Query(Activity.type, order=(("date", True), ("id", True)), limit=1).of_office(office)
    ids = ledger.ids(query)
    return read(ledger, ids[0]) if ids else None


def _ids(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        for one in record.type.fields:
            value = getattr(record, one.name)
            if isinstance(one.kind, Named | Link) and is_id(value):
                yield value
            elif isinstance(one.kind, NamedList):
                yield from filter(is_id, value)


# ---- saving -----------------------------------------------------------------------------------


def write(ledger: Ledger, title: str, before: TripSheet | None, after: TripSheet) -> TripSheet:
    """Save what differs, in one operation; gives the sheet as it is then."""
    wanted = _sorted(ledger, _arranged(before, _frozen(ledger, _settled(ledger, after))))
    former = {r.id: r for r in before.records()} if before else {}
    kept = list(wanted.records())
    gone = former.keys() - {r.id for r in kept}
    # A matter that a visit became has a life of its own: it stays when the visit goes.
    lost = [r for r in former.values() if r.id in gone and not isinstance(r, Case)]
    changed = [edits.carried(ledger, former.get(r.id), r) for r in kept if former.get(r.id) != r]
    with ledger.write(title) as rows:
        edits.save(ledger, rows, changed)
        for record in lost:
            rows.remove(record.type, record.id, REMOVED)
    found = read(ledger, wanted.activity.id)
    assert found is not None
    return found


def _settled(ledger: Ledger, sheet: TripSheet) -> TripSheet:
    """Places typed in full become the register's, so that two ways of writing are one session."""
    return dataclasses.replace(
        sheet,
        activity=edits.settled(ledger, sheet.activity),
        companions=tuple(edits.settled(ledger, p) for p in sheet.companions),
        lectures=tuple(edits.settled(ledger, one) for one in sheet.lectures),
        receptions=tuple(edits.settled(ledger, one) for one in sheet.receptions),
        onsites=tuple(edits.settled(ledger, one) for one in sheet.onsites),
        visits=tuple(dataclasses.replace(e, place=_place(ledger, e.place)) for e in sheet.visits),
        problems=tuple(
            dataclasses.replace(e, place=_place(ledger, e.place)) for e in sheet.problems
        ),
    )


def _place(ledger: Ledger, words: str) -> str:
    return edits.settled(ledger, Onsite(place=words)).place


def _frozen(ledger: Ledger, sheet: TripSheet) -> TripSheet:
    """Post and rank of that day, for whoever is on the roster and has none written."""
    trip = sheet.activity
    if is_id(trip.leader) and not trip.leader_post and not trip.leader_rank:
        title, rank, _ = post_on(ledger, trip.leader, trip.date)
        trip = dataclasses.replace(trip, leader_post=title, leader_rank=rank)
    companions = []
    for one in sheet.companions:
        if is_id(one.person) and not one.post and not one.rank:
            title, rank, _ = post_on(ledger, one.person, trip.date)
            one = dataclasses.replace(one, post=title, rank=rank)
        companions.append(one)
    return dataclasses.replace(sheet, activity=trip, companions=tuple(companions))


def _arranged(before: TripSheet | None, sheet: TripSheet) -> TripSheet:
    """Give every row its whole, and what it takes over from the trip."""
    trip = sheet.activity
    first = trip.places[0] if trip.places else ""
    visits = tuple(dataclasses.replace(e, place=e.place or first) for e in sheet.visits)
    problems = tuple(dataclasses.replace(e, place=e.place or first) for e in sheet.problems)
    was = before or TripSheet(trip)
    receptions = _sessions(
        Reception, was.receptions, sheet.receptions, (e.place for e in visits), trip.id
    )
    onsites = _sessions(Onsite, was.onsites, sheet.onsites, (e.place for e in problems), trip.id)
    received = {r.place: r.id for r in receptions}
    worked = {o.place: o.id for o in onsites}
    old = {e.visit.id: e for e in was.visits}
    put = dataclasses.replace
    return put(
        sheet,
        companions=tuple(put(p, activity=trip.id) for p in sheet.companions),
        lectures=tuple(
            put(
                x,
                activity=trip.id,
                place=x.place or first,
                # Nothing said means the trip's leader, whoever that will be after a correction.
                speaker="" if x.speaker in (trip.leader, was.activity.leader) else x.speaker,
            )
            for x in sheet.lectures
        ),
        fieldworks=tuple(
            put(x, activity=trip.id, place=x.place or first) for x in sheet.fieldworks
        ),
        receptions=receptions,
        onsites=onsites,
        problems=tuple(
            put(
                e,
                problem=put(
                    e.problem, onsite=worked[e.place], place=_problem_place(before, e) or e.place
                ),
            )
            for e in problems
        ),
        visits=tuple(
            _linked(put(e, visit=put(e.visit, reception=received[e.place])), trip, old, before)
            for e in visits
        ),
        suggestions=tuple(
            put(
                x,
                source=trip.id,
                date=_following(x.date, before and before.activity.date, trip.date),
                place=x.place or first,
            )
            for x in sheet.suggestions
        ),
    )


def _sorted(ledger: Ledger, sheet: TripSheet) -> TripSheet:
    """What kind of place each part was at, where nobody said it: figures of villages ask for it."""

    def said(part: P) -> P:
        if part.place_kind or not part.place:
            return part
        return dataclasses.replace(part, place_kind=place_kind(ledger, part.place))

    return dataclasses.replace(
        sheet,
        lectures=tuple(map(said, sheet.lectures)),
        fieldworks=tuple(map(said, sheet.fieldworks)),
        receptions=tuple(map(said, sheet.receptions)),
        onsites=tuple(map(said, sheet.onsites)),
    )


def _problem_place(before: TripSheet | None, entry: ProblemEntry) -> str:
    former = [e for e in before.problems if e.problem.id == entry.problem.id] if before else []
    same = not former or entry.problem.place in ("", former[0].place)
    return "" if same else entry.problem.place


def _following(value: Any, source_before: Any, source: Any) -> Any:
    """What was taken over follows its source; what somebody changed stays."""
    return source if value in (None, "", source_before) else value


def _sessions(
    cls: type[S], former: Iterable[S], wanted: Iterable[S], places: Iterable[str], trip: str
) -> tuple[S, ...]:
    """One session a place, in order; a session whose place was corrected stays the same one."""
    details: dict[str, S] = {session.place: session for session in wanted}
    known: dict[str, S] = {session.place: session for session in former}
    names = list(dict.fromkeys([*details, *places]))
    spare = [session for place, session in known.items() if place not in names]
    found: list[S] = []
    for name in names:
        had = known.get(name) or (spare.pop(0) if spare else None)
        session = details.get(name) or had or cls()
        one_id = had.id if had else session.id or new_id()
        found.append(dataclasses.replace(session, id=one_id, activity=trip, place=name))
    return tuple(found)


def _linked(
    entry: VisitEntry, trip: Activity, old: Mapping[str, VisitEntry], before: TripSheet | None
) -> VisitEntry:
    """The visit with its person and its matter pointing to each other."""
    visit, person, case = entry.visit, entry.person, entry.case
    if person is not None:
        person = dataclasses.replace(person, of=visit.id)
    if case is not None:
        former = old.get(visit.id)
        was = former.visit if former and former.case else None
        shared: dict[str, Any] = {
            name: _following(
                getattr(case, name), getattr(was, name) if was else None, getattr(visit, name)
            )
            for name in ("matter", "people", "category", "purpose")
        }
        if was is None:
            shared["people"] = visit.people
        shared["received"] = _following(case.received, before and before.activity.date, trip.date)
        shared["place"] = _following(case.place, former.place if former else "", entry.place)
        case = dataclasses.replace(case, origin=case.origin or visit.id, **shared)
        visit = dataclasses.replace(visit, case=case.id)
    return VisitEntry(visit, entry.place, person, case)


def types_of(sheet: TripSheet) -> list[tuple[RecordType, str]]:
    """Type and id of every record of the sheet."""
    return [(record.type, record.id) for record in sheet.records()]
