"""The slow count of places, leaders, trips, lectures and research."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from tests.county_year import words
from tests.county_year.counting import (
    Counting,
    Number,
    anything,
    by_county,
    by_township,
    office_of,
    percent,
    ranked,
    trip_of,
)
from tests.county_year.rows import COUNTY, TOWNSHIPS, Area, Lecture, Person, Trip, Village

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


class TripCount(Counting):
    """Places, leaders, trips, lectures, research."""

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
            "communities": self.counted(places, sum(v.name.endswith("社区") for v in places)),
            "leaders_county_rank": self.counted(posts, ranked(posts, "县处级")),
            "leaders_township_rank": self.counted(posts, ranked(posts, "乡科级")),
            "areas": len(areas) or None,
            "areas_with_mechanism": self.counted(areas, sum(a.mechanism for a in areas)),
            "service_stations": self.counted(
                areas, sum(bool(a.station_on and a.station_on <= last) for a in areas)
            ),
            "service_stations_new": self._new_stations(areas),
        }

    def _new_stations(self, areas: list[Area]) -> Number:
        new = [
            a for a in areas if a.station_on and self.scope.first <= a.station_on <= self.scope.last
        ]
        # Areas without a day bear the list's year: in the whole year they could have counted.
        return self.counted(areas if self.scope.whole_year else new, len(new))

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
            f"trips_with_{kind}": len({trip_of(r) for r in rows}) or None
            for kind, rows in kinds.items()
        }
        return found | {
            "trips": len(trips) or None,
            "trips_county_rank": self.some(trips, by_county),
            "trips_township_rank": self.some(trips, by_township),
            "trip_leaders": self.many(trips, (t.leader for t in trips)),
            "trip_leaders_county_rank": self.many(trips, (t.leader for t in trips if by_county(t))),
            "trip_leaders_township_rank": self.many(
                trips, (t.leader for t in trips if by_township(t))
            ),
            "trip_participants": self.many(trips, (p for p, _ in people)),
            "trip_participants_county_rank": self.many(
                trips, (p for p, rank in people if rank.startswith("县处级"))
            ),
            "trips_by_campaign": self.classes(trips, lambda t: t.campaign),
            "trips_by_rank": self.classes(trips, lambda t: t.rank),
            "trips_by_township": self.classes(trips, office_of),
        }

    def _who_went(self, trip: Trip) -> Iterator[tuple[Person, str]]:
        """The leader, and those who went along on any part of the trip, with their ranks."""
        yield trip.leader, trip.rank
        for row in self.of_trips():
            if trip_of(row) == trip_of(trip):
                for person in row.companions:
                    yield person, person.rank_on(row.date or dt.date(2026, 12, 31))

    def _coverage(self) -> dict[str, Number]:
        parts = [*self.lectures, *self.fieldworks, *self.sessions, *self.onsites]
        villages = {self.place(r) for r in parts if isinstance(r.place, Village)}
        stand = self._registers()
        covered = self.counted(parts, len(villages))
        reached = self.counted(parts, len({v.township for v in villages}))  # type: ignore[union-attr]
        return {
            "villages_covered": covered,
            "villages_reached": covered,  # every village of the year is in the register
            "villages_covered_rate": percent(covered, stand["villages"]),
            "townships_covered": reached,
            "townships_covered_rate": percent(reached, stand["townships"]),
            "county_units_covered": self.many(
                parts, (r.place for r in parts if r.place in words.UNITS)
            ),
            "enterprises_served": self.many(
                parts, (r.place for r in parts if r.place in words.ENTERPRISES)
            ),
        }

    # ---- lectures --------------------------------------------------------------------------------

    def _lecture_figures(self) -> dict[str, Number]:
        rows = self.lectures

        def held(which: Callable[[Lecture], bool]) -> Number:
            return self.counted(rows, sum(r.sessions for r in rows if which(r)))

        def heard(which: Callable[[Lecture], bool]) -> Number:
            return self.counted(rows, sum(r.heads for r in rows if which(r)))

        def spoke(which: Callable[[Lecture], bool]) -> Number:
            return self.many(rows, (r.speaker or r.leader for r in rows if which(r)))

        def added(name: str) -> Number:
            return self.said(rows, name, sum(getattr(r, name) or 0 for r in rows))

        def by(label: Callable[[Lecture], str]) -> Number:
            return self.classes(rows, label, lambda r: r.sessions)

        teams = [t for t in self.year.teams if t.founded <= self.scope.last]
        mine = self.scope.office in ("", COUNTY)  # the county keeps its groups
        new = [t for t in teams if t.founded >= self.scope.first]
        return {
            "lecture_sessions": held(anything),
            "lecture_heads": heard(anything),
            "lecture_leaders": spoke(anything),
            "lecture_leaders_county_rank": spoke(by_county),
            "lecture_sessions_county_rank": held(by_county),
            "lecture_heads_county_rank": heard(by_county),
            "lecture_leaders_township_rank": spoke(by_township),
            "lecture_sessions_township_rank": held(by_township),
            "lecture_heads_township_rank": heard(by_township),
            "lecture_by_theme": by(lambda r: r.theme),
            "lecture_by_form": by(lambda r: r.form),
            "lecture_by_official_theme": by(lambda r: OFFICIAL_THEMES.get(r.theme, r.theme)),
            "lecture_by_official_form": by(lambda r: OFFICIAL_FORMS.get(r.form, r.form)),
            "lecture_by_rank": by(lambda r: r.rank),
            "lecture_by_campaign": by(lambda r: r.campaign),
            "lecture_by_township": by(office_of),
            "lecture_villages": self.many(rows, map(self.place, rows)),
            # Occasions, not 场次: a series of three is one occasion.
            "law_lectures_with_dispute_screening": self.some(
                rows, lambda r: r.theme == words.LAW and r.screening
            ),
            "lecture_party_heads": added("party_heads"),
            "lecture_online_views": added("online_views"),
            "lecture_materials": added("materials"),
            "lecture_answers": added("answers"),
            "lecture_party_classes": held(lambda r: r.party_class) or None,
            "lecture_sessions_by_teams": held(lambda r: r.team is not None) or None,
            "lecture_teams": self.many(rows, (r.team for r in rows)) or None,
            "speaker_teams": self.counted(self.year.teams if mine else [], len(teams)),
            "speaker_team_members": self.counted(
                self.year.teams if mine else [], sum(t.members for t in teams)
            ),
            "speaker_teams_new": (len(new) or None) if mine else None,
        }

    # ---- research --------------------------------------------------------------------------------

    def _research(self) -> dict[str, Number]:
        rows = self.fieldworks

        def many(values: Iterable[Hashable]) -> Number:
            return self.many(rows, values, research=True)

        def added(name: str) -> Number:
            number = sum(getattr(r, name) or 0 for r in rows)
            said = self.said(rows, name, number)
            return 0 if said is None and self.zero and not rows else said

        found = {
            "fieldwork_visits": self.some(rows, anything, research=True),
            "fieldwork_days": many((r.leader, r.date) for r in rows),
            "fieldwork_leaders": many(r.leader for r in rows),
            "fieldwork_leaders_county_rank": many(r.leader for r in rows if by_county(r)),
            "fieldwork_villages": many(self.place(r) for r in rows if isinstance(r.place, Village)),
            "fieldwork_interviewees": added("interviewees"),
            "fieldwork_meetings": added("meetings"),
            "fieldwork_unannounced": self.some(rows, lambda r: r.unannounced, research=True),
        }
        return found | self._topics()

    def _topics(self) -> dict[str, Number]:
        rows = self.rows(self.year.topics)
        last = self.scope.last
        mine = [t for t in self.year.topics if self.scope.office in ("", t.office)]
        reported = self.rows(mine, lambda t: t.reported)
        uses = [kind for t in mine for day, kind in t.uses if self.scope.first <= day <= last]
        cases = self.rows(self.year.typical_cases)

        def some(which: Callable[[Any], bool]) -> Number:
            return self.some(rows, which, research=True)

        def done(t: Any) -> bool:
            # Said to be done without a day: done. Done on a later day: also, by its state.
            return t.state == "完成" or bool(t.finished and t.finished <= last)

        topics, finished, turned = some(anything), some(done), some(lambda t: t.result == "已转化")
        nothing = {} if self.zero else None
        return {
            "topics": topics,
            "topic_leaders": self.many(rows, (t.leader for t in rows), research=True),
            "topics_with_results": turned,
            "topics_with_results_rate": percent(turned, topics),
            "topics_county_rank": some(lambda t: t.rank.startswith("县处级")),
            "topics_done": finished,
            "topics_done_rate": percent(finished, topics),
            "topics_by_state": self.classes(rows, lambda t: t.state) or nothing,
            "topics_by_source": self.classes(rows, lambda t: t.source) or nothing,
            "topic_reports": self.counted(reported, len(reported), research=True),
            "topic_uses": self.counted(uses, len(uses), research=True),
            "topic_uses_by_kind": self.tally(uses) or nothing,
            "problems_from_research": sum(p.source is not None for p in self.problems)
            or (0 if self.zero else None),
            "typical_cases": self.counted(cases, len(cases), research=True),
            "typical_cases_good": self.some(cases, lambda c: c.kind == "正面", research=True),
            "typical_cases_bad": self.some(cases, lambda c: c.kind == "反面", research=True),
        }
