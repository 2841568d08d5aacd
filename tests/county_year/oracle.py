"""The slow count: every figure of the year by plain loops over its rows, as the rules say in words.

It knows nothing of the program: no queries, no declarations, no code lists. Where a rule is open,
the reading that was chosen stands beside the count. `None` is no data, which is not 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.county_year import words
from tests.county_year.rows import (
    COUNTY,
    OFFICES,
    TOWNSHIPS,
    Area,
    CountyYear,
    Fieldwork,
    Lecture,
    Onsite,
    Person,
    Problem,
    Row,
    Suggestion,
    Trip,
    Village,
    Visit,
)

Number = int | float | dict[str, int] | None
R = TypeVar("R", bound=Row)

# Rows that could not be read; the import says so, and nobody may count them.
NOT_IMPORTED = ("month_only", "some_heads")
NOT_SAID = "未填"

OFFICIAL_THEMES = {
    "党的二十大精神": "党的二十大及历次全会精神",
    "惠农补贴政策": "惠农惠民政策",
    "防范电信网络诈骗": "防电信网络诈骗",
    "医保参保政策": "医保社保养老",
    "森林防火知识": "安全生产、消防、防火防汛",
    "安全生产": "安全生产、消防、防火防汛",
    "法律法规知识普及": "法律法规",
    "土地延包政策": "其他",  # nobody has said what it counts as
}
OFFICIAL_FORMS = {"交流会": "座谈会"}
SATISFIED = ("满意", "基本满意")
ON_SPOT = "现场解决"
SCHEDULED = ("限期解决", "列入计划", "提请上级协调")
DONE = "已完成"


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


def count(year: CountyYear, scope: Scope) -> dict[str, Number]:
    """All figures of a scope."""
    return _Count(year, scope).figures()


def percent(above: Number, below: Number) -> float | None:
    """A share with one decimal, halves up; none of nothing."""
    if not isinstance(above, int) or not isinstance(below, int) or below == 0:
        return None
    tenths, rest = divmod(above * 1000, below)
    return (tenths + (2 * rest >= below)) / 10


class _Count:
    """The rows of one scope, and what they add up to."""

    def __init__(self, year: CountyYear, scope: Scope) -> None:
        self.year = year
        self.scope = scope
        self.zero = self._zero_reported()
        self.lectures = [r for r in self._rows(year.lectures) if not r.double_of]
        self.fieldworks = self._rows(year.fieldworks)
        self.onsites = self._rows(year.onsites)
        self.visits = self._rows(year.visits)
        self.sessions = list({_session(v): v for v in self.visits}.values())
        self.trips = list({_trip(r): r for r in self._of_trips()}.values())
        self.problems = self._rows(year.problems)
        self.disputes = self._rows(year.disputes)
        self.suggestions = self._rows(year.suggestions)

    def figures(self) -> dict[str, Number]:
        found: dict[str, Number] = {}
        for part in (
            self._registers,
            self._trip_figures,
            self._coverage,
            self._lecture_figures,
            self._research,
            self._onsite_figures,
            self._problem_figures,
            self._visit_figures,
            self._backlog,
            self._cases,
            self._dispute_figures,
            self._suggestion_figures,
            self._members,
            self._papers,
        ):
            found |= part()
        return found

    # ---- what all counts share -------------------------------------------------------------------

    def _rows(self, rows: Iterable[R], day: Callable[[R], dt.date | None] | None = None) -> list[R]:
        """The rows of the scope, by their own day or another one."""
        return [
            r
            for r in rows
            if r.dirt not in NOT_IMPORTED
            and self.scope.office in ("", r.office)
            and self.scope.holds(day(r) if day else r.date, undated=r.date is None)
        ]

    def _of_trips(self) -> Iterator[Trip]:
        yield from self.lectures
        yield from self.fieldworks
        yield from self.onsites
        yield from self.visits

    def _zero_reported(self) -> bool:
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

    def _counted(self, base: Iterable[Any], number: int, *, research: bool = False) -> Number:
        """A number; without rows that could have counted there is none, or a reported zero."""
        if any(True for _ in base):
            return number
        return 0 if research and self.zero else None

    def _some(self, base: list[R], which: Callable[[R], bool], *, research: bool = False) -> Number:
        return self._counted(base, sum(map(which, base)), research=research)

    def _said(self, rows: list[R], name: str, number: Number) -> Number:
        """A number of something that forms needn't ask: nobody wrote it down, no data."""
        return number if any(getattr(r, name) not in ("", None) for r in rows) else None

    def _many(
        self, base: list[Any], values: Iterable[Hashable], *, research: bool = False
    ) -> Number:
        """How many different values there are; empty ones don't count."""
        return self._counted(base, len({v for v in values if v}), research=research)

    def _classes(
        self, rows: Iterable[R], label: Callable[[R], str], weight: Callable[[R], int] | None = None
    ) -> dict[str, int] | None:
        found: dict[str, int] = {}
        for row in rows:
            name = label(row) or NOT_SAID
            found[name] = found.get(name, 0) + (weight(row) if weight else 1)
        return found or None

    def _place(self, row: Any) -> Hashable:
        """What a place counts as on the last day; words mean another place in another office."""
        place = row.place
        if isinstance(place, Village):
            if place.gone and place.gone <= self.scope.last:
                place = place.successor
            return place
        return (row.office, place) if place else None

    # ---- registers: stock as of the last day -----------------------------------------------------

    def _registers(self) -> dict[str, Number]:
        last, office = self.scope.last, self.scope.office
        township = office if office in TOWNSHIPS else ""
        places = [v for v in self.year.villages if v.stands_on(last)]
        if township:
            places = [v for v in places if v.township == township]
        posts = [
            (person, post)
            for person in self.year.people
            if (post := person.post_on(last)) and township in ("", post.unit)
        ]
        areas = [a for a in self.year.areas if township in ("", a.township)]
        return {
            # Townships are the county's records: a township's own count has none.
            "townships": None if township else len(TOWNSHIPS),
            "villages": len(places) or None,
            "communities": self._counted(places, sum(v.name.endswith("社区") for v in places)),
            "leaders_county_rank": self._counted(posts, _ranked(posts, "县处级")),
            "leaders_township_rank": self._counted(posts, _ranked(posts, "乡科级")),
            "areas": len(areas) or None,
            "areas_with_mechanism": self._counted(areas, sum(a.mechanism for a in areas)),
            "service_stations": self._counted(
                areas, sum(bool(a.station_on and a.station_on <= last) for a in areas)
            ),
            "service_stations_new": self._new_stations(areas),
        }

    def _new_stations(self, areas: list[Area]) -> Number:
        new = [
            a for a in areas if a.station_on and self.scope.first <= a.station_on <= self.scope.last
        ]
        # Areas without a day bear the list's year: in the whole year they could have counted.
        return self._counted(areas if self.scope.whole_year else new, len(new))

    # ---- trips -----------------------------------------------------------------------------------

    def _trip_figures(self) -> dict[str, Number]:
        trips = self.trips
        people = [p for t in trips for p in self._who_went(t)]
        kinds = {
            "lecture": self.lectures,
            "fieldwork": self.fieldworks,
            "reception": self.visits,
            "onsite": self.onsites,
        }
        found: dict[str, Number] = {
            f"trips_with_{kind}": len({_trip(r) for r in rows}) or None
            for kind, rows in kinds.items()
        }
        return found | {
            "trips": len(trips) or None,
            "trips_county_rank": self._some(trips, _county),
            "trips_township_rank": self._some(trips, _township),
            "trip_leaders": self._many(trips, (t.leader for t in trips)),
            "trip_leaders_county_rank": self._many(trips, (t.leader for t in trips if _county(t))),
            "trip_leaders_township_rank": self._many(
                trips, (t.leader for t in trips if _township(t))
            ),
            "trip_participants": self._many(trips, (p for p, _ in people)),
            "trip_participants_county_rank": self._many(
                trips, (p for p, rank in people if rank.startswith("县处级"))
            ),
            "trips_by_campaign": self._classes(trips, lambda t: t.campaign),
            "trips_by_rank": self._classes(trips, lambda t: t.rank),
            "trips_by_township": self._classes(trips, _office),
        }

    def _who_went(self, trip: Trip) -> Iterator[tuple[Person, str]]:
        """The leader, and those who went along on any part of the trip, with their ranks."""
        yield trip.leader, trip.rank
        for row in self._of_trips():
            if _trip(row) == _trip(trip):
                for person in row.companions:
                    yield person, person.rank_on(row.date or dt.date(2026, 12, 31))

    def _coverage(self) -> dict[str, Number]:
        parts = [*self.lectures, *self.fieldworks, *self.sessions, *self.onsites]
        villages = {self._place(r) for r in parts if isinstance(r.place, Village)}
        stand = self._registers()
        covered = self._counted(parts, len(villages))
        reached = self._counted(parts, len({v.township for v in villages}))  # type: ignore[union-attr]
        return {
            "villages_covered": covered,
            "villages_covered_rate": percent(covered, stand["villages"]),
            "townships_covered": reached,
            "townships_covered_rate": percent(reached, stand["townships"]),
            "county_units_covered": self._many(
                parts, (r.place for r in parts if r.place in words.UNITS)
            ),
            "enterprises_served": self._many(
                parts, (r.place for r in parts if r.place in words.ENTERPRISES)
            ),
        }

    # ---- lectures --------------------------------------------------------------------------------

    def _lecture_figures(self) -> dict[str, Number]:
        rows = self.lectures

        def held(which: Callable[[Lecture], bool]) -> Number:
            return self._counted(rows, sum(r.sessions for r in rows if which(r)))

        def heard(which: Callable[[Lecture], bool]) -> Number:
            return self._counted(rows, sum(r.heads for r in rows if which(r)))

        def spoke(which: Callable[[Lecture], bool]) -> Number:
            return self._many(rows, (r.speaker or r.leader for r in rows if which(r)))

        def added(name: str) -> Number:
            return self._said(rows, name, sum(getattr(r, name) or 0 for r in rows))

        def by(label: Callable[[Lecture], str]) -> Number:
            return self._classes(rows, label, lambda r: r.sessions)

        teams = [t for t in self.year.teams if t.founded <= self.scope.last]
        mine = self.scope.office in ("", COUNTY)  # the county keeps its groups
        new = [t for t in teams if t.founded >= self.scope.first]
        return {
            "lecture_sessions": held(_any),
            "lecture_heads": heard(_any),
            "lecture_leaders": spoke(_any),
            "lecture_leaders_county_rank": spoke(_county),
            "lecture_sessions_county_rank": held(_county),
            "lecture_heads_county_rank": heard(_county),
            "lecture_leaders_township_rank": spoke(_township),
            "lecture_sessions_township_rank": held(_township),
            "lecture_heads_township_rank": heard(_township),
            "lecture_by_theme": by(lambda r: r.theme),
            "lecture_by_form": by(lambda r: r.form),
            "lecture_by_official_theme": by(lambda r: OFFICIAL_THEMES.get(r.theme, r.theme)),
            "lecture_by_official_form": by(lambda r: OFFICIAL_FORMS.get(r.form, r.form)),
            "lecture_by_rank": by(lambda r: r.rank),
            "lecture_by_campaign": by(lambda r: r.campaign),
            "lecture_by_township": by(_office),
            "lecture_villages": self._many(rows, map(self._place, rows)),
            # Occasions, not 场次: a series of three is one occasion.
            "law_lectures_with_dispute_screening": self._some(
                rows, lambda r: r.theme == words.LAW and r.screening
            ),
            "lecture_party_heads": added("party_heads"),
            "lecture_online_views": added("online_views"),
            "lecture_materials": added("materials"),
            "lecture_answers": added("answers"),
            "lecture_party_classes": held(lambda r: r.party_class) or None,
            "lecture_sessions_by_teams": held(lambda r: r.team is not None) or None,
            "lecture_teams": self._many(rows, (r.team for r in rows)) or None,
            "speaker_teams": self._counted(self.year.teams if mine else [], len(teams)),
            "speaker_team_members": self._counted(
                self.year.teams if mine else [], sum(t.members for t in teams)
            ),
            "speaker_teams_new": (len(new) or None) if mine else None,
        }

    # ---- research --------------------------------------------------------------------------------

    def _research(self) -> dict[str, Number]:
        rows = self.fieldworks

        def many(values: Iterable[Hashable]) -> Number:
            return self._many(rows, values, research=True)

        def added(name: str) -> Number:
            number = sum(getattr(r, name) or 0 for r in rows)
            said = self._said(rows, name, number)
            return 0 if said is None and self.zero and not rows else said

        found = {
            "fieldwork_visits": self._some(rows, _any, research=True),
            "fieldwork_days": many((r.leader, r.date) for r in rows),
            "fieldwork_leaders": many(r.leader for r in rows),
            "fieldwork_leaders_county_rank": many(r.leader for r in rows if _county(r)),
            "fieldwork_villages": many(
                self._place(r) for r in rows if isinstance(r.place, Village)
            ),
            "fieldwork_interviewees": added("interviewees"),
            "fieldwork_meetings": added("meetings"),
            "fieldwork_unannounced": self._some(rows, lambda r: r.unannounced, research=True),
        }
        return found | self._topics()

    def _topics(self) -> dict[str, Number]:
        rows = self._rows(self.year.topics)
        last = self.scope.last
        mine = [t for t in self.year.topics if self.scope.office in ("", t.office)]
        reported = self._rows(mine, lambda t: t.reported)
        uses = [kind for t in mine for day, kind in t.uses if self.scope.first <= day <= last]
        cases = self._rows(self.year.typical_cases)

        def some(which: Callable[[Any], bool]) -> Number:
            return self._some(rows, which, research=True)

        def done(t: Any) -> bool:
            # Said to be done without a day: done. Done on a later day: also, by its state.
            return t.state == "完成" or bool(t.finished and t.finished <= last)

        topics, finished, turned = some(_any), some(done), some(lambda t: t.result == "已转化")
        nothing = {} if self.zero else None
        return {
            "topics": topics,
            "topic_leaders": self._many(rows, (t.leader for t in rows), research=True),
            "topics_with_results": turned,
            "topics_with_results_rate": percent(turned, topics),
            "topics_county_rank": some(lambda t: t.rank.startswith("县处级")),
            "topics_done": finished,
            "topics_done_rate": percent(finished, topics),
            "topics_by_state": self._classes(rows, lambda t: t.state) or nothing,
            "topics_by_source": self._classes(rows, lambda t: t.source) or nothing,
            "topic_reports": self._counted(reported, len(reported), research=True),
            "topic_uses": self._counted(uses, len(uses), research=True),
            "topic_uses_by_kind": self._tally(uses) or nothing,
            "problems_from_research": sum(p.source is not None for p in self.problems)
            or (0 if self.zero else None),
            "typical_cases": self._counted(cases, len(cases), research=True),
            "typical_cases_good": self._some(cases, lambda c: c.kind == "正面", research=True),
            "typical_cases_bad": self._some(cases, lambda c: c.kind == "反面", research=True),
        }

    def _tally(self, labels: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for label in labels:
            found[label] = found.get(label, 0) + 1
        return found

    # ---- on-site work and problems ---------------------------------------------------------------

    def _onsite_figures(self) -> dict[str, Number]:
        rows = self.onsites
        found = [p for p in self.problems if p.onsite]
        problems = len(found) or None
        on_spot = self._some(found, lambda p: p.decision == ON_SPOT)
        # By what the ledger says of it; the day is asked by `problems_solved`.
        done = self._some(found, lambda p: p.status == DONE)
        return {
            "onsite_sessions": len(rows) or None,
            "onsite_sessions_county_rank": self._some(rows, _county),
            "onsite_sessions_township_rank": self._some(rows, _township),
            "onsite_by_campaign": self._classes(rows, lambda r: r.campaign),
            "onsite_by_township": self._classes(rows, _office),
            "onsite_villages": self._many(
                rows, (self._place(r) for r in rows if r.office != COUNTY)
            ),
            "onsite_county_units": self._many(rows, (r.place for r in rows if r.office == COUNTY)),
            "onsite_leaders": self._many(rows, (r.leader for r in rows)),
            "onsite_leaders_county_rank": self._many(rows, (r.leader for r in rows if _county(r))),
            "onsite_leaders_township_rank": self._many(
                rows, (r.leader for r in rows if _township(r))
            ),
            "onsite_problems": problems,
            "onsite_solved_on_spot": on_spot,
            "onsite_solved_on_spot_rate": percent(on_spot, problems),
            "onsite_scheduled": self._some(found, lambda p: p.decision in SCHEDULED),
            "onsite_problems_done": done,
            "onsite_problems_done_rate": percent(done, problems),
        }

    def _solved(self, problem: Problem) -> bool:
        """By the last day: on its day of closing, or said to be done while nobody said when."""
        if problem.closed:
            return problem.closed <= self.scope.last
        return problem.status == DONE or problem.decision == ON_SPOT

    def _problem_figures(self) -> dict[str, Number]:
        rows, last = self.problems, self.scope.last

        def some(which: Callable[[Problem], bool]) -> Number:
            return self._some(rows, which)

        number, solved = some(_any), some(self._solved)
        rated = some(lambda p: bool(p.satisfaction)) or None
        satisfied = self._said(rows, "satisfaction", some(lambda p: p.satisfaction in SATISFIED))
        causes = self._rows(self.year.causes)
        ended = self._rows(self.year.causes, lambda c: c.closed)
        grouped = self._rows(self.year.problems, lambda p: p.cause.closed if p.cause else None)
        return {
            "problems": number,
            "problems_solved": solved,
            "problems_solved_rate": percent(solved, number),
            "problems_open": some(lambda p: not self._solved(p)),
            "problems_assigned": self._said(rows, "unit", some(lambda p: bool(p.unit))),
            "problems_closed": some(lambda p: p.closed <= last if p.closed else p.status == DONE),
            "problems_overdue": self._said(
                rows,
                "due",
                some(lambda p: bool(p.due and p.due < last) and not self._solved(p)),
            ),
            "problems_closed_late": self._said(
                rows,
                "closed",
                some(lambda p: bool(p.closed and p.due and p.due < p.closed <= last)),
            ),
            "problems_by_field": self._classes(rows, lambda p: p.area),
            "problems_by_decision": self._classes(rows, lambda p: p.decision),
            "problems_by_status": self._classes(rows, lambda p: p.status),
            "problems_by_unit": self._classes(rows, lambda p: p.unit),
            "problems_by_township": self._classes(rows, _office),
            "problems_rated": rated,
            "problems_satisfied": satisfied,
            "problems_satisfaction_rate": percent(satisfied, rated),
            "root_causes": len(causes) or None,
            "root_causes_solved": len(ended) or None,
            "root_cause_problems": len(grouped) or None,
        }

    # ---- visits, petitions, disputes -------------------------------------------------------------

    def _closed(self, row: Any) -> bool:
        return bool(row.closed and row.closed <= self.scope.last)

    def _visit_figures(self) -> dict[str, Number]:
        rows, sessions = self.visits, self.sessions

        def some(which: Callable[[Visit], bool]) -> Number:
            return self._some(rows, which)

        def late(v: Visit) -> bool:
            return bool(self._closed(v) and v.due and v.closed and v.closed > v.due)

        visits, closed = some(_any), some(self._closed)
        in_time = some(lambda v: self._closed(v) and not late(v))
        rated = some(lambda v: bool(v.satisfaction)) or None
        satisfied = self._said(rows, "satisfaction", some(lambda v: v.satisfaction in SATISFIED))

        def asked(how: str) -> Number:
            return self._said(rows, "follow_up", some(lambda v: v.follow_up == how))

        return {
            "reception_sessions": len(sessions) or None,
            "reception_sessions_county_rank": self._some(sessions, _county),
            "reception_sessions_township_rank": self._some(sessions, _township),
            "reception_leaders": self._many(sessions, (s.leader for s in sessions)),
            "reception_leaders_county_rank": self._many(
                sessions, (s.leader for s in sessions if _county(s))
            ),
            "reception_leaders_township_rank": self._many(
                sessions, (s.leader for s in sessions if _township(s))
            ),
            "reception_villages": self._many(sessions, map(self._place, sessions)),
            "reception_by_kind": self._classes(sessions, lambda s: ""),
            "reception_by_township": self._classes(sessions, _office),
            "reception_visits": visits,
            "reception_visitors": self._counted(rows, sum(v.people for v in rows)),
            "reception_group_visits": some(lambda v: v.people >= 5),
            "reception_answered_on_spot": some(lambda v: v.outcome == "现场答复"),
            "reception_assigned": some(lambda v: v.outcome == "交办"),
            "reception_by_outcome": self._classes(rows, lambda v: v.outcome),
            "reception_by_category": self._classes(rows, lambda v: v.category),
            "reception_closed": closed,
            "reception_closed_rate": percent(closed, visits),
            "reception_open": some(lambda v: not self._closed(v)),
            "reception_closed_late": some(late),
            "reception_closed_in_time": in_time,
            "reception_in_time_rate": percent(in_time, closed),
            "reception_follow_up_by": self._classes(
                [v for v in rows if v.follow_up], lambda v: v.follow_up
            ),
            "follow_ups_by_phone": asked("电话回访"),
            "follow_ups_at_home": asked("入户回访"),
            "satisfaction": self._classes(
                [v for v in rows if v.satisfaction], lambda v: v.satisfaction
            ),
            "satisfaction_rated": rated,
            "satisfaction_satisfied": satisfied,
            "satisfaction_rate": percent(satisfied, rated),
        }

    def _backlog(self) -> dict[str, Number]:
        """F28, F30: backlog is resolved in the period in which it was closed; each case once."""
        visits = [v for v in self.year.visits if v.dirt not in NOT_IMPORTED]
        every = [
            *(
                (v, v.rank, v.co_lead.rank_on(v.date) if v.co_lead and v.date else "")
                for v in visits
            ),
            *((c, c.lead_rank, c.co_lead_rank) for c in self.year.cases),
        ]
        mine = [x for x in every if self.scope.office in ("", x[0].office)]
        ended = [x for x in mine if self.scope.holds(x[0].closed, undated=x[0].date is None)]
        resolved = [x for x in ended if x[0].backlog and x[0].closed]
        stock = [x for x in mine if self.scope.holds(x[0].date, undated=x[0].date is None)]
        backlog = [x for x in stock if x[0].backlog]

        def led(*groups: str) -> Number:
            return self._counted(
                ended, sum(any(r.startswith(groups) for r in x[1:] if r) for x in resolved)
            )

        closed = [v for v in self.visits if v.backlog and self._closed(v)]
        return {
            "backlog": self._counted(stock, len(backlog)),
            "backlog_open": self._counted(stock, sum(not self._closed(x[0]) for x in backlog)),
            "backlog_resolved": self._counted(ended, len(resolved)),
            "backlog_resolved_county_rank": led("县处级"),
            "backlog_resolved_township_rank": led("乡科级"),
            "backlog_resolved_by_leaders": led("县处级", "乡科级"),
            "backlog_leaders_county_rank": self._many(
                self.visits, (v.leader for v in closed if _county(v))
            ),
            "backlog_leaders_township_rank": self._many(
                self.visits, (v.leader for v in closed if _township(v))
            ),
        }

    def _cases(self) -> dict[str, Number]:
        """What is on the register: assigned or passed on at a visit, or come in otherwise."""
        gone_on = [v for v in self.visits if v.outcome in ("交办", "转送")]
        rows = [*gone_on, *self._rows(self.year.cases)]
        number, closed = self._counted(rows, len(rows)), self._some(rows, self._closed)
        return {
            "cases": number,
            "cases_closed": closed,
            "cases_open": self._some(rows, lambda c: not self._closed(c)),
            "cases_closed_rate": percent(closed, number),
            "cases_by_category": self._classes(rows, lambda c: getattr(c, "category", "")),
            "cases_by_form": self._classes(rows, lambda c: getattr(c, "form", "来访")),
            "cases_by_township": self._classes(rows, _office),
        }

    def _dispute_figures(self) -> dict[str, Number]:
        rows = self.disputes
        number = len(rows) or None
        settled = self._some(rows, lambda d: d.result == "调解成功")
        return {
            "disputes": number,
            "disputes_settled": settled,
            "disputes_settled_rate": percent(settled, number),
            "disputes_open": self._some(rows, lambda d: d.result != "调解成功"),
            "disputes_by_kind": self._classes(rows, lambda d: d.kind),
            "disputes_by_result": self._classes(rows, lambda d: d.result),
            "disputes_by_township": self._classes(rows, _office),
        }

    # ---- suggestions -----------------------------------------------------------------------------

    def _suggestion_figures(self) -> dict[str, Number]:
        """Rows as collected, merged ones too; what became a petition left on that day."""
        last = self.scope.last
        base = self.suggestions
        rows = [s for s in base if not (s.converted and s.converted <= last)]

        def some(which: Callable[[Suggestion], bool]) -> Number:
            return self._counted(base, sum(map(which, rows)))

        def by(label: Callable[[Suggestion], str]) -> Number:
            return self._classes(rows, label)

        def said(name: str, number: Number) -> Number:
            return self._said(base, name, number)

        def handled(number: Number) -> Number:
            # Without any day of passing on or answering, nobody kept track of them.
            return number if any(s.assigned or s.replied for s in base) else None

        def replied(s: Suggestion) -> bool:
            return bool(s.replied and s.replied <= last)

        def due(s: Suggestion) -> bool:
            return bool(s.due and (s.due < last or replied(s)))

        number, answered = some(_any), handled(some(replied))
        adopted = some(lambda s: s.adoption in ("采纳", "部分采纳"))
        judged = some(lambda s: s.adoption in ("采纳", "部分采纳", "不采纳", "留作参考"))
        expected = said("due", some(due))
        in_time = some(lambda s: bool(replied(s) and s.due and s.replied and s.replied <= s.due))
        in_time = said("due", in_time)
        rated = said("rating", some(lambda s: bool(s.rating)))
        satisfied = said("rating", some(lambda s: s.rating in SATISFIED))
        mains = [s for s in base if not s.main]
        mains_left = [s for s in rows if not s.main]
        converted = self._rows(
            [s for s in self.year.suggestions if not s.main], lambda s: s.converted
        )
        return {
            "suggestions": number,
            "suggestions_main": self._counted(mains, len(mains_left)),
            "suggestions_by_kind": by(lambda s: s.kind),
            "suggestions_by_official_kind": by(lambda s: s.kind),
            "suggestions_by_adoption": by(lambda s: s.adoption),
            "suggestions_by_channel": by(lambda s: s.channel),
            "suggestions_by_township": by(_office),
            "suggestions_by_result_class": self._classes(
                [s for s in rows if s.result_class], lambda s: s.result_class
            ),
            "suggestions_by_use": self._classes([s for s in rows if s.use], lambda s: s.use),
            "suggestions_assigned": handled(
                some(lambda s: bool(s.assigned and s.assigned <= last))
            ),
            "suggestions_replied": answered,
            "suggestions_replied_rate": percent(answered, number),
            "suggestions_due": expected,
            "suggestions_replied_in_time": in_time,
            "suggestions_in_time_rate": percent(in_time, expected),
            "suggestions_overdue": said(
                "due", some(lambda s: bool(s.due and s.due < last) and not replied(s))
            ),
            "suggestions_adopted": adopted,
            "suggestions_judged": judged,
            "suggestions_adoption_rate": percent(adopted, judged),
            "suggestions_used": said("use", some(lambda s: bool(s.use))),
            "suggestions_from_members": some(lambda s: s.channel == "党员报到"),
            "suggestions_rated": rated,
            "suggestions_satisfied": satisfied,
            "suggestions_satisfaction_rate": percent(satisfied, rated),
            "suggestions_converted": self._counted(
                converted, sum(s.converted is not None for s in converted)
            ),
        }

    # ---- party members, registers of papers ------------------------------------------------------

    def _members(self) -> dict[str, Number]:
        rows = self._rows(self.year.check_ins)
        mine = [c for c in self.year.check_ins if self.scope.office in ("", c.office)]
        services = [
            (c, kind, hours)
            for c in mine
            for day, kind, hours in c.services
            if self.scope.first <= day <= self.scope.last
        ]
        reported = self._many(rows, ((c.person, c.unit) for c in rows))
        serving = self._many(rows, ((c.person, c.unit) for c in rows if c.volunteering))
        models = self._models()
        return {
            "members_checked_in": reported,
            "members_volunteering": serving,
            "members_volunteering_rate": percent(serving, reported),
            "measures": self._with_declared("measures", rows, sum(c.measures for c in rows)),
            "volunteer_services": len(services) or None,
            "volunteer_hours": self._counted(services, sum(h for *_, h in services)),
            "volunteer_services_by_kind": self._tally(k for _, k, _ in services) or None,
            "members_served": self._many(services, ((c.person, c.unit) for c, *_ in services)),
            "role_models": len(models) or None,
            "role_models_by_kind": self._classes(models, lambda m: m.kind),
        }

    def _models(self) -> list[Any]:
        township = self.scope.office if self.scope.office in TOWNSHIPS else ""
        return [
            m
            for m in self.year.role_models
            if township in ("", m.township) and self.scope.holds(m.date, undated=False)
        ]

    def _with_declared(self, figure: str, rows: list[Any], number: int) -> Number:
        """Where an office has no rows, what it reported for a time inside the period counts."""
        stated = [
            d.value
            for d in self.year.declared
            if d.figure == figure
            and self.scope.office in ("", d.office)
            and self.scope.first <= d.first
            and d.date
            and d.date <= self.scope.last
        ]
        return self._counted([*rows, *stated], number + sum(stated))

    def _papers(self) -> dict[str, Number]:
        events = self._rows(self.year.study_events)
        return {
            "films": len(self._rows(self.year.films)) or None,
            "mechanisms": len(self._rows(self.year.mechanisms)) or None,
            "study_events": len(events) or None,
            "study_events_by_kind": self._classes(events, lambda e: e.kind),
        }


# ---- what a row says ---------------------------------------------------------------------------


def _any(row: Any) -> bool:
    return True


def _county(row: Trip) -> bool:
    return row.rank.startswith("县处级")


def _township(row: Trip) -> bool:
    return row.rank.startswith("乡科级")


def _office(row: Row) -> str:
    return OFFICES[row.office]


def _trip(row: Trip) -> Hashable:
    """Office, day and leader are one trip; a row without a day stands for itself."""
    return (row.office, row.date, row.leader) if row.date else row


def _session(row: Visit) -> Hashable:
    """One leader's reception at one place on one day."""
    return (row.office, row.date, row.leader, row.place) if row.date else row


def _ranked(posts: list[tuple[Person, Any]], group: str) -> int:
    return len({person for person, post in posts if post.rank.startswith(group)})


__all__ = ["Fieldwork", "Onsite", "Scope", "count", "percent"]
