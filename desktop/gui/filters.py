"""What a person narrowed a list to: the question it becomes, and how it is kept under a name."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.gui.list_source import PARTS, ListSource
from desktop.gui.period import Period, everything, month_of, quarter_of, year_of
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.work import lists

ANY, DAYS, FILLED = "any", "days", "filled"
MANY_ROWS = 100_000  # above it a list isn't sorted by a day that lies in other records

_NAMED = {"month": month_of, "quarter": quarter_of, "year": year_of}


def day_ranges() -> tuple[tuple[str, str], ...]:
    """What a day may be narrowed to, counted from today whenever the list is looked at."""
    return (
        ("past", tr("今天以前")),
        ("today", tr("今天")),
        ("week", tr("今天起 7 天内")),
        ("month", tr("本月")),
        ("quarter", tr("本季度")),
        ("year", tr("今年")),
    )


@dataclass(frozen=True)
class Chosen:
    """One field and what it may be: any of some values (None: empty), some days, or anything."""

    path: str
    values: tuple[Any, ...] = ()
    words: str = ""
    op: str = ANY

    def conditions(self, ledger: Ledger, source: ListSource, today: dt.date) -> list[Condition]:
        """What it asks; on a thread that reads."""
        if self.path == PARTS:
            return [Condition("id", "parts", self.values)]
        if self.op == FILLED:
            return [Condition(self.path, "filled")]
        if self.op == DAYS:
            first, last = _days(str(self.values[0]), today)
            low = [Condition(self.path, ">=", first)] if first else []
            return [*low, Condition(self.path, "<=", last)]
        values = lists.below(ledger, source.of, self.path, self.values)
        return [Condition(self.path, "any", values)]


def _days(name: str, today: dt.date) -> tuple[dt.date | None, dt.date]:
    if name in _NAMED:
        period = _NAMED[name](today)
        return period.first, period.last
    if name == "past":
        return None, today - dt.timedelta(days=1)
    return today, today + dt.timedelta(days=6 if name == "week" else 0)


@dataclass(frozen=True)
class Filters:
    """Everything that narrows a list."""

    period: Period
    today: dt.date
    words: str = ""
    chosen: tuple[Chosen, ...] = ()
    doubtful: bool = False  # only what somebody should look at

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.chosen or self.doubtful or not self.period.whole)

    def query(
        self, ledger: Ledger, source: ListSource, order: tuple[tuple[str, bool], ...], limit: int
    ) -> Query:
        """The question that the list asks; runs on a thread that reads."""
        query = source.query
        if source.narrow is not None:
            query = query.having(*source.narrow(ledger))
        if source.of.dated_by and not self.period.whole:
            query = query.dated(source.of.dated_by, self.period.first, self.period.last)
        for one in self.chosen:
            query = query.having(*one.conditions(ledger, source, self.today))
        if self.doubtful and source.doubtful is not None:
            query = query.having(Condition("id", "any", source.doubtful(ledger)))
        elif self.doubtful:
            query = query.having(Condition("marks", "filled"))
        if self.words and source.holding is not None:
            query = query.having(Condition("id", "any", source.holding(ledger, self.words)))
        usual = query.order
        if not order and usual and not self.narrow and not usual[0][0].isidentifier():
            # To sort a million problems by the days of their trips takes seconds: of so many the
            # newest entered come first, which needs no sorting.
            usual = () if ledger.extent(source.of) > MANY_ROWS else usual
        # An order of one's own stands alone, so that an index may give it.
        return dataclasses.replace(query, order=order or usual, limit=limit)


def kept(filters: Filters) -> dict[str, Any]:
    """A filter fit for JSON; 本月 stays 本月, days that somebody wrote stay those days."""
    period: Any = [filters.period.first.isoformat(), filters.period.last.isoformat()]
    if filters.period.whole:
        period = "all"
    for name, of_day in _NAMED.items():
        if filters.period == of_day(filters.today):
            period = name
            break
    return {
        "period": period,
        "words": filters.words,
        "doubtful": filters.doubtful,
        "chosen": [
            {"path": c.path, "values": list(c.values), "words": c.words, "op": c.op}
            for c in filters.chosen
        ],
    }


def restored(state: Mapping[str, Any], today: dt.date) -> Filters:
    """The filter of what was kept; what can't be read leaves nothing out."""
    period = everything()
    named = state.get("period", "all")
    if named in _NAMED if isinstance(named, str) else False:
        period = _NAMED[named](today)
    elif isinstance(named, list) and len(named) == 2:
        period = Period(*(dt.date.fromisoformat(d) for d in named))
    chosen = tuple(
        Chosen(c["path"], tuple(c["values"]), c["words"], c["op"]) for c in state.get("chosen", ())
    )
    doubtful = bool(state.get("doubtful"))
    return Filters(period, today, state.get("words", ""), chosen, doubtful)
