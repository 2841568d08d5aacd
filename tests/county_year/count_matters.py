"""The slow count of problems, visits, petitions, disputes, suggestions, members, papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.county_year.counting import (
    NOT_IMPORTED,
    Counting,
    Number,
    anything,
    by_county,
    by_township,
    office_of,
    percent,
)
from tests.county_year.rows import COUNTY, TOWNSHIPS, Problem, Suggestion, Visit

SATISFIED = ("满意", "基本满意")
ON_SPOT = "现场解决"
SCHEDULED = ("限期解决", "列入计划", "提请上级协调")
DONE = "已完成"


class MatterCount(Counting):
    """Problems, visits, petitions, disputes, suggestions, members, papers."""

    # ---- on-site work and problems ---------------------------------------------------------------

    def _onsite_figures(self) -> dict[str, Number]:
        rows = self.onsites
        found = [p for p in self.problems if p.onsite]
        problems = len(found) or None
        on_spot = self.some(found, lambda p: p.decision == ON_SPOT)
        # By what the ledger says of it; the day is asked by `problems_solved`.
        done = self.some(found, lambda p: p.status == DONE)
        return {
            "onsite_sessions": len(rows) or None,
            "onsite_sessions_county_rank": self.some(rows, by_county),
            "onsite_sessions_township_rank": self.some(rows, by_township),
            "onsite_by_campaign": self.classes(rows, lambda r: r.campaign),
            "onsite_by_township": self.classes(rows, office_of),
            "onsite_villages": self.many(rows, (self.place(r) for r in rows if r.office != COUNTY)),
            "onsite_county_units": self.many(rows, (r.place for r in rows if r.office == COUNTY)),
            "onsite_leaders": self.many(rows, (r.leader for r in rows)),
            "onsite_leaders_county_rank": self.many(rows, (r.leader for r in rows if by_county(r))),
            "onsite_leaders_township_rank": self.many(
                rows, (r.leader for r in rows if by_township(r))
            ),
            "onsite_problems": problems,
            "onsite_solved_on_spot": on_spot,
            "onsite_solved_on_spot_rate": percent(on_spot, problems),
            "onsite_scheduled": self.some(found, lambda p: p.decision in SCHEDULED),
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
            return self.some(rows, which)

        number, solved = some(anything), some(self._solved)
        rated = some(lambda p: bool(p.satisfaction)) or None
        satisfied = self.said(rows, "satisfaction", some(lambda p: p.satisfaction in SATISFIED))
        causes = self.rows(self.year.causes)
        ended = self.rows(self.year.causes, lambda c: c.closed)
        grouped = self.rows(self.year.problems, lambda p: p.cause.closed if p.cause else None)
        return {
            "problems": number,
            "problems_solved": solved,
            "problems_solved_rate": percent(solved, number),
            "problems_open": some(lambda p: not self._solved(p)),
            "problems_assigned": self.said(rows, "unit", some(lambda p: bool(p.unit))),
            "problems_closed": some(lambda p: p.closed <= last if p.closed else p.status == DONE),
            "problems_overdue": self.said(
                rows,
                "due",
                some(lambda p: bool(p.due and p.due < last) and not self._solved(p)),
            ),
            "problems_closed_late": self.said(
                rows,
                "closed",
                some(lambda p: bool(p.closed and p.due and p.due < p.closed <= last)),
            ),
            "problems_by_field": self.classes(rows, lambda p: p.area),
            "problems_by_decision": self.classes(rows, lambda p: p.decision),
            "problems_by_status": self.classes(rows, lambda p: p.status),
            "problems_by_unit": self.classes(rows, lambda p: p.unit),
            "problems_by_township": self.classes(rows, office_of),
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
            return self.some(rows, which)

        def late(v: Visit) -> bool:
            return bool(self._closed(v) and v.due and v.closed and v.closed > v.due)

        visits, closed = some(anything), some(self._closed)
        in_time = some(lambda v: self._closed(v) and not late(v))
        rated = some(lambda v: bool(v.satisfaction)) or None
        satisfied = self.said(rows, "satisfaction", some(lambda v: v.satisfaction in SATISFIED))

        def asked(how: str) -> Number:
            return self.said(rows, "follow_up", some(lambda v: v.follow_up == how))

        return {
            "reception_sessions": len(sessions) or None,
            "reception_sessions_county_rank": self.some(sessions, by_county),
            "reception_sessions_township_rank": self.some(sessions, by_township),
            "reception_leaders": self.many(sessions, (s.leader for s in sessions)),
            "reception_leaders_county_rank": self.many(
                sessions, (s.leader for s in sessions if by_county(s))
            ),
            "reception_leaders_township_rank": self.many(
                sessions, (s.leader for s in sessions if by_township(s))
            ),
            "reception_villages": self.many(sessions, map(self.place, sessions)),
            "reception_by_kind": self.classes(sessions, lambda s: ""),
            "reception_by_township": self.classes(sessions, office_of),
            "reception_visits": visits,
            "reception_visitors": self.counted(rows, sum(v.people for v in rows)),
            "reception_group_visits": some(lambda v: v.people >= 5),
            "reception_answered_on_spot": some(lambda v: v.outcome == "现场答复"),
            "reception_assigned": some(lambda v: v.outcome == "交办"),
            "reception_by_outcome": self.classes(rows, lambda v: v.outcome),
            "reception_by_category": self.classes(rows, lambda v: v.category),
            "reception_closed": closed,
            "reception_closed_rate": percent(closed, visits),
            "reception_open": some(lambda v: not self._closed(v)),
            "reception_closed_late": some(late),
            "reception_closed_in_time": in_time,
            "reception_in_time_rate": percent(in_time, closed),
            "reception_follow_up_by": self.classes(
                [v for v in rows if v.follow_up], lambda v: v.follow_up
            ),
            "follow_ups_by_phone": asked("电话回访"),
            "follow_ups_at_home": asked("入户回访"),
            "satisfaction": self.classes(
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
        # What ended in the period could have been backlog, and so could what came in it.
        based = [*(x[0] for x in ended), *self.visits]
        resolved = [x for x in ended if x[0].backlog and x[0].closed]
        stock = [x for x in mine if self.scope.holds(x[0].date, undated=x[0].date is None)]
        backlog = [x for x in stock if x[0].backlog]

        def led(*groups: str) -> Number:
            return self.counted(
                based, sum(any(r.startswith(groups) for r in x[1:] if r) for x in resolved)
            )

        closed = [v for v in self.visits if v.backlog and self._closed(v)]
        return {
            "backlog": self.counted(stock, len(backlog)),
            "backlog_open": self.counted(stock, sum(not self._closed(x[0]) for x in backlog)),
            "backlog_resolved": self.counted(based, len(resolved)),
            "backlog_resolved_county_rank": led("县处级"),
            "backlog_resolved_township_rank": led("乡科级"),
            "backlog_resolved_by_leaders": led("县处级", "乡科级"),
            "backlog_leaders_county_rank": self.many(
                self.visits, (v.leader for v in closed if by_county(v))
            ),
            "backlog_leaders_township_rank": self.many(
                self.visits, (v.leader for v in closed if by_township(v))
            ),
        }

    def _cases(self) -> dict[str, Number]:
        """What is on the register: assigned or passed on at a visit, or come in otherwise."""
        gone_on = [v for v in self.visits if v.outcome in ("交办", "转送")]
        rows = [*gone_on, *self.rows(self.year.cases)]
        number, closed = self.counted(rows, len(rows)), self.some(rows, self._closed)
        return {
            "cases": number,
            "cases_closed": closed,
            "cases_open": self.some(rows, lambda c: not self._closed(c)),
            "cases_closed_rate": percent(closed, number),
            "cases_by_category": self.classes(rows, lambda c: getattr(c, "category", "")),
            "cases_by_form": self.classes(rows, lambda c: getattr(c, "form", "来访")),
            "cases_by_township": self.classes(rows, office_of),
        }

    def _dispute_figures(self) -> dict[str, Number]:
        rows = self.disputes
        number = len(rows) or None
        settled = self.some(rows, lambda d: d.result == "调解成功")
        return {
            "disputes": number,
            "disputes_settled": settled,
            "disputes_settled_rate": percent(settled, number),
            "disputes_open": self.some(rows, lambda d: d.result != "调解成功"),
            "disputes_by_kind": self.classes(rows, lambda d: d.kind),
            "disputes_by_result": self.classes(rows, lambda d: d.result),
            "disputes_by_township": self.classes(rows, office_of),
        }

    # ---- suggestions -----------------------------------------------------------------------------

    def _suggestion_figures(self) -> dict[str, Number]:
        """Rows as collected, merged ones too; what became a petition left on that day."""
        last = self.scope.last
        base = self.suggestions
        rows = [s for s in base if not (s.converted and s.converted <= last)]

        def some(which: Callable[[Suggestion], bool]) -> Number:
            return self.counted(base, sum(map(which, rows)))

        def by(label: Callable[[Suggestion], str]) -> Number:
            return self.classes(rows, label)

        def said(name: str, number: Number) -> Number:
            return self.said(base, name, number)

        def handled(number: Number) -> Number:
            # Without any day of passing on or answering, nobody kept track of them.
            return number if any(s.assigned or s.replied for s in base) else None

        def replied(s: Suggestion) -> bool:
            return bool(s.replied and s.replied <= last)

        def due(s: Suggestion) -> bool:
            return bool(s.due and (s.due < last or replied(s)))

        number, answered = some(anything), handled(some(replied))
        adopted = some(lambda s: s.adoption in ("采纳", "部分采纳"))
        judged = some(lambda s: s.adoption in ("采纳", "部分采纳", "不采纳", "留作参考"))
        expected = said("due", some(due))
        in_time = some(lambda s: bool(replied(s) and s.due and s.replied and s.replied <= s.due))
        in_time = said("due", in_time)
        rated = said("rating", some(lambda s: bool(s.rating)))
        satisfied = said("rating", some(lambda s: s.rating in SATISFIED))
        mains = [s for s in base if not s.main]
        mains_left = [s for s in rows if not s.main]
        converted = self.rows(
            [s for s in self.year.suggestions if not s.main], lambda s: s.converted
        )
        return {
            "suggestions": number,
            "suggestions_main": self.counted(mains, len(mains_left)),
            "suggestions_by_kind": by(lambda s: s.kind),
            "suggestions_by_official_kind": by(lambda s: s.kind),
            "suggestions_by_adoption": by(lambda s: s.adoption),
            "suggestions_by_channel": by(lambda s: s.channel),
            "suggestions_by_township": by(office_of),
            "suggestions_by_result_class": self.classes(
                [s for s in rows if s.result_class], lambda s: s.result_class
            ),
            "suggestions_by_use": self.classes([s for s in rows if s.use], lambda s: s.use),
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
            "suggestions_converted": self.counted(
                converted, sum(s.converted is not None for s in converted)
            ),
        }

    # ---- party members, registers of papers ------------------------------------------------------

    def _members(self) -> dict[str, Number]:
        rows = self.rows(self.year.check_ins)
        mine = [c for c in self.year.check_ins if self.scope.office in ("", c.office)]
        services = [
            (c, kind, hours)
            for c in mine
            for day, kind, hours in c.services
            if self.scope.first <= day <= self.scope.last
        ]
        reported = self.many(rows, ((c.person, c.unit) for c in rows))
        serving = self.many(rows, ((c.person, c.unit) for c in rows if c.volunteering))
        models = self._models()
        return {
            "members_checked_in": reported,
            "members_volunteering": serving,
            "members_volunteering_rate": percent(serving, reported),
            "measures": self._with_declared("measures", rows, sum(c.measures for c in rows)),
            "volunteer_services": len(services) or None,
            "volunteer_hours": self.counted(services, sum(h for *_, h in services)),
            "volunteer_services_by_kind": self.tally(k for _, k, _ in services) or None,
            "members_served": self.many(services, ((c.person, c.unit) for c, *_ in services)),
            "role_models": len(models) or None,
            "role_models_by_kind": self.classes(models, lambda m: m.kind),
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
        return self.counted([*rows, *stated], number + sum(stated))

    def _papers(self) -> dict[str, Number]:
        events = self.rows(self.year.study_events)
        return {
            "films": len(self.rows(self.year.films)) or None,
            "mechanisms": len(self.rows(self.year.mechanisms)) or None,
            "study_events": len(events) or None,
            "study_events_by_kind": self.classes(events, lambda e: e.kind),
        }
