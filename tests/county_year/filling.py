"""Puts the year into a ledger: registers, the clerks' ledgers, then what no ledger can carry."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from desktop.core.progress import Silent
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.import_report import ImportReport
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import RECORD_TYPES, FormerName, SameAs, Unit
from desktop.records.identity import cadre_id, place_id, unit_id
from tests.county_year import words
from tests.county_year.books import write_registers
from tests.county_year.dirt import NOT_IMPORTED
from tests.county_year.rows import (
    CAMPAIGN,
    CAMPAIGN_FROM,
    COUNTY,
    COUNTY_NAME,
    OFFICES,
    RENAMED_ON,
    YEAR,
    CountyYear,
    Lecture,
    Person,
    Row,
    Trip,
    Village,
)
from tests.sample_year import make_ledger

_SUGGESTION = ("assigned", "due", "rating", "converted", "use", "result_class")
_LECTURE = ("party_heads", "online_views", "answers", "speaker")
A_DAY = dt.timedelta(days=1)


def fill_registers(year: CountyYear, ledger: Ledger, folder: Path) -> None:
    """The county's lists of January, then what happened to places and leaders in the year."""
    ledger._set_meta("keep_identity", "1")
    with ledger.write("单位") as rows:
        rows.save(
            *(
                Unit(id=unit_id(COUNTY, name), name=name, aliases=alias)
                for name, alias in words.UNITS.items()
            ),
            *(Unit(id=unit_id(COUNTY, name), name=name, kind="企业") for name in words.ENTERPRISES),
        )
    report = import_ledgers(ledger, write_registers(year, folder), progress=Silent())
    assert report.findings == []
    with ledger.write("区划变动") as rows:
        for village in year.villages:
            held = ledger.get(_cls("place"), place_id(village.code))
            if village.gone and village.successor:
                successor = place_id(village.successor.code)
                rows.save(dataclasses.replace(held, valid_to=village.gone, successor=successor))
            if village.former_name:
                rows.save(dataclasses.replace(held, name=village.name))
                rows.save(
                    FormerName(place=held.id, name=village.former_name, until=RENAMED_ON - A_DAY)
                )
    with ledger.write("职务变动") as rows:
        for person in (p for p in year.people if len(p.posts) > 1):
            post = RECORD_TYPES["post"]
            held = ledger.find(Query(post, (Condition("cadre", "=", person_id(person)),)))[0]
            rows.save(dataclasses.replace(held, end=person.posts[0].end))
            later = person.posts[1]
            rows.save(
                _cls("post")(
                    cadre=person_id(person),
                    unit=place_id(later.unit) if later.unit in OFFICES else later.unit,
                    title=later.title,
                    rank=later.rank,
                    start=later.start,
                )
            )


def fill_books(ledger: Ledger, paths: Iterable[Path], errors: Path | None = None) -> ImportReport:
    """Import the ledgers of all offices."""
    return import_ledgers(ledger, paths, progress=Silent(), errors=errors)


def new_county(folder: Path) -> Ledger:
    """An empty ledger of the county."""
    return make_ledger(folder, COUNTY_NAME, COUNTY)


def person_id(person: Person) -> str:
    """The id of a leader of the roster, or the name of another."""
    return cadre_id(COUNTY, person.number, person.name, "") if person.number else person.name


def place_of(place: Village | str) -> str:
    """The id of a village or unit, or words."""
    if isinstance(place, Village):
        return place_id(place.code)
    known = place in words.UNITS or place in words.ENTERPRISES
    return unit_id(COUNTY, place) if known else place


def _cls(name: str) -> Any:
    return RECORD_TYPES[name].cls


def imported(rows: Sequence[Any]) -> list[Any]:
    """The rows that a ledger could bring in."""
    return [r for r in rows if r.dirt not in NOT_IMPORTED]


# ---- what no ledger can carry ------------------------------------------------------------------


def fill_rest(year: CountyYear, ledger: Ledger) -> None:
    """All else of the year, as clerks enter it by form."""
    _Rest(year, ledger).write()


class _Rest:
    """Finds the records of rows by words that no other row has, and completes them."""

    def __init__(self, year: CountyYear, ledger: Ledger) -> None:
        self.year = year
        self.ledger = ledger

    def write(self) -> None:
        with self.ledger.write("补充录入") as rows:
            self.rows = rows
            self._causes()
            self._cases()
            self._visits()
            self._suggestions()
            self._lectures()
            self._research()
            self._problems()
            self._campaign()
            self._services()
            self._doubles()
            self._declarations()

    def _told(self, of: str, field: str) -> dict[str, Any]:
        return {getattr(r, field): r for r in self.ledger.find(Query(RECORD_TYPES[of]))}

    def _causes(self) -> None:
        self.causes = {}
        for row in self.year.causes:
            made = _cls("root_cause")(
                office=row.office, name=row.name, opened=row.date, closed=row.closed
            )
            self.causes[id(row)] = self.rows.save(made)[0].id

    def _problems(self) -> None:
        held = self._told("problem", "title")
        for row in self.year.problems:
            if row.onsite is None:
                same = ("office", "date", "title", "decision", "due", "status", "closed")
                record = _cls("problem")(
                    **{n: getattr(row, n) for n in same}, unit=place_of(row.unit)
                )
            else:
                record = held[row.title]
            cause = self.causes[id(row.cause)] if row.cause else ""
            record = dataclasses.replace(
                record,
                satisfaction=row.satisfaction,
                root_cause=cause,
                field=row.area,
                source=self.fieldworks[id(row.source)] if row.source else "",
            )
            saved = self.rows.save(record)[0]
            for day, text in row.notes:
                note = _cls("progress_note")(
                    office=row.office, problem=saved.id, date=day, kind="进展", text=text
                )
                self.rows.save(note)

    def _cases(self) -> None:
        self.cases = {}
        for row in self.year.cases:
            same = ("office", "matter", "form", "people", "due", "closed", "satisfaction")
            record = _cls("case")(
                **{n: getattr(row, n) for n in same},
                received=row.date,
                status="办结" if row.closed else "在办",
                backlog=row.backlog,
                lead_cadre=person_id(row.lead) if row.lead else "",
                lead_rank=row.lead_rank,
                co_lead=person_id(row.co_lead) if row.co_lead else "",
                co_lead_rank=row.co_lead_rank,
            )
            self.cases[id(row)] = self.rows.save(record)[0].id

    def _visits(self) -> None:
        held = self._told("case", "matter")
        for row in imported(self.year.visits):
            if row.co_lead:
                record = dataclasses.replace(
                    held[row.matter],
                    co_lead=person_id(row.co_lead),
                    co_lead_rank=row.co_lead.rank_on(row.date),
                )
                self.rows.save(record)

    def _suggestions(self) -> None:
        held = self._told("suggestion", "content")
        for row in imported(self.year.suggestions):
            fresh = {n: getattr(row, n) for n in _SUGGESTION}
            if row.became:
                fresh["became"] = self.cases[id(row.became)]
            self.rows.save(dataclasses.replace(held[row.content], **fresh))
            if row.main:
                self._join(held[row.content], held[row.main.content], "说的是同一件事")

    def _join(self, double: Any, main: Any, reason: str) -> None:
        made = SameAs(office=double.office, duplicate=double.id, main=main.id, reason=reason)
        self.rows.save(made)

    def _research(self) -> None:
        topics = self._told("topic", "name")
        for row in self.year.topics:
            held = topics[row.name]
            fresh = {n: getattr(row, n) for n in ("state", "reported", "finished")}
            self.rows.save(dataclasses.replace(held, leader_rank=row.rank, **fresh))
            for day, kind in row.uses:
                use = _cls("topic_use")(
                    office=COUNTY, topic=held.id, date=day, kind=kind, what=f"{row.name}转化"
                )
                self.rows.save(use)
        self.fieldworks = {}
        for trip in self.year.fieldworks:
            made = _cls("fieldwork")(
                office=trip.office,
                activity=self._trip(trip),
                place=place_of(trip.place),
                place_kind="企业" if trip.place in words.ENTERPRISES else "村（社区）",
                methods=("四不两直",) if trip.unannounced else ("座谈",),
                meetings=trip.meetings,
                topic=topics[trip.topic.name].id if trip.topic else "",
                interviewees=trip.interviewees,
            )
            self.fieldworks[id(trip)] = self.rows.save(made)[0].id

    def _trip(self, row: Trip) -> str:
        """The trip of that day and leader, entered before or new."""
        known = self._trips()
        key = (row.office, row.date, person_id(row.leader))
        if key not in known:
            made = _cls("activity")(
                office=row.office,
                date=row.date,
                leader=key[2],
                leader_rank=row.rank,
                places=(place_of(row.place),) if row.place else (),
            )
            known[key] = self.rows.save(made)[0].id
        return str(known[key])

    def _trips(self) -> dict[tuple[Any, ...], str]:
        if not hasattr(self, "_known"):
            every = self.ledger.find(Query(RECORD_TYPES["activity"]))
            self._known = {(a.office, a.date, a.leader): a.id for a in every}  # type: ignore[attr-defined]
        return self._known

    def _lectures(self) -> None:
        teams = {
            id(t): self.rows.save(
                _cls("speaker_team")(name=t.name, members=t.members, founded=t.founded)
            )[0].id
            for t in self.year.teams
        }
        held = self._lecture_parts()
        for row in imported(self.year.lectures):
            fresh = {n: getattr(row, n) for n in _LECTURE}
            if row.party_class:
                fresh["party_class"] = True
            if row.team:
                fresh["team"] = teams[id(row.team)]
            self.rows.save(dataclasses.replace(held[_row_key(row)].pop()[0], **fresh))

    def _lecture_parts(self) -> dict[tuple[Any, ...], list[tuple[Any, Any]]]:
        parts: list[Any] = self.ledger.find(Query(RECORD_TYPES["lecture"], doubles=True))
        trips = {a.id: a for a in self.ledger.fetch(_cls("activity"), {p.activity for p in parts})}
        found: dict[tuple[Any, ...], list[tuple[Any, Any]]] = {}
        for part in parts:
            trip = trips[part.activity]
            found.setdefault(_lecture_key(part, trip), []).append((part, trip))
        return found

    def _campaign(self) -> None:
        campaign = self.rows.save(_cls("campaign")(name=CAMPAIGN, start=CAMPAIGN_FROM))[0].id
        for trip in self.ledger.find(Query(RECORD_TYPES["activity"], doubles=True)):
            if trip.date and trip.date >= CAMPAIGN_FROM:  # type: ignore[attr-defined]
                self.rows.save(dataclasses.replace(trip, campaign=campaign))  # type: ignore[call-arg]

    def _services(self) -> None:
        held: dict[tuple[Any, ...], list[Any]] = {}
        for one in self.ledger.find(Query(RECORD_TYPES["check_in"])):
            key = (one.person, one.unit, self.ledger.titles.words(one.area), one.date)  # type: ignore[attr-defined]
            held.setdefault(key, []).append(one)
        for row in self.year.check_ins:
            area = row.area.name if row.area else ""
            record = held[row.person, place_of(row.unit), area, row.date].pop()
            for day, kind, hours in row.services:
                service = _cls("volunteer_service")(
                    office=COUNTY, check_in=record.id, date=day, kind=kind, hours=hours
                )
                self.rows.save(service)

    def _doubles(self) -> None:
        held = self._lecture_parts()
        for row in (r for r in self.year.lectures if r.double_of):
            main = row.double_of
            assert isinstance(main, Lecture)
            for double, kept in zip(held[_row_key(row)][0], held[_row_key(main)][0], strict=True):
                self._join(double, kept, "县、镇都记了")

    def _declarations(self) -> None:
        for row in self.year.zero_reports:
            self.rows.save(
                _cls("zero_report")(
                    office=row.office,
                    kind=row.kind,
                    first=row.first,
                    last=row.date,
                    reporter="李明",
                )
            )
        for number in self.year.declared:
            self.rows.save(
                _cls("declared_count")(
                    office=number.office,
                    figure=number.figure,
                    first=number.first,
                    last=number.date,
                    value=number.value,
                    source="电话报送",
                )
            )


def _lecture_key(part: Any, trip: Any) -> tuple[Any, ...]:
    return (part.office, trip.date, trip.leader, part.place, part.theme, part.heads)


def _row_key(row: Lecture) -> tuple[Any, ...]:
    leader, place = person_id(row.leader), place_of(row.place)
    return (row.office, row.date, leader, place, row.theme, row.heads)


__all__ = ["YEAR", "Row", "fill_books", "fill_registers", "fill_rest", "new_county"]
