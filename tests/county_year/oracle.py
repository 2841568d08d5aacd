"""The slow count: every figure of the year by plain loops over its rows, as the rules say in words.

It knows nothing of the program: no queries, no declarations, no code lists. Where a rule is open,
the reading that was chosen stands beside the count. `None` is no data, which is not 0.
"""

from __future__ import annotations

from tests.county_year.count_matters import MatterCount
from tests.county_year.count_trips import TripCount
from tests.county_year.counting import Number, Scope
from tests.county_year.rows import CountyYear


def count(year: CountyYear, scope: Scope) -> dict[str, Number]:
    """All figures of a scope."""
    return _Count(year, scope).figures()


class _Count(TripCount, MatterCount):
    """The rows of one scope, and what they add up to."""

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


__all__ = ["Number", "Scope", "count"]
