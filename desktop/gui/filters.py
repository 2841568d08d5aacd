"""What a person narrowed a list to: the question it becomes, and how it is kept under a name."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.core.fields import Choices, Day, Link, NamedList
from desktop.gui.list_source import PARTS, ListSource
from desktop.gui.period import Period, everything, month_of, quarter_of, year_of
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query, Sql
from desktop.records import RECORD_TYPES
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


def restored(state: object, today: dt.date, source: ListSource | None = None) -> Filters:
    """The filter of what was kept; what can't be read leaves nothing out.

    Given the list, what doesn't fit it is left aside too: another version may have kept it, with
    fields that there are no more.
    """
    said: Mapping[str, Any] = state if isinstance(state, Mapping) else {}
    listed = said.get("chosen")
    chosen = [_read(one) for one in (listed if isinstance(listed, list) else ())]
    fitting = tuple(c for c in chosen if c and (source is None or _fits(c, source)))
    words = said.get("words", "")
    return Filters(
        _period(said.get("period", "all"), today),
        today,
        words if isinstance(words, str) else "",
        fitting,
        bool(said.get("doubtful")),
    )


def _period(kept_as: object, today: dt.date) -> Period:
    if isinstance(kept_as, str) and kept_as in _NAMED:
        return _NAMED[kept_as](today)
    if isinstance(kept_as, list) and len(kept_as) == 2:
        try:
            return Period(*map(dt.date.fromisoformat, kept_as))
        except (TypeError, ValueError):
            pass
    return everything()


def _read(one: object) -> Chosen | None:
    """One field of what was kept; None if it isn't one."""
    if not isinstance(one, Mapping):
        return None
    path, words, op, values = (one.get(name) for name in ("path", "words", "op", "values"))
    if not isinstance(path, str) or not isinstance(words, str) or not isinstance(values, list):
        return None
    if not all(v is None or isinstance(v, str | int | float) for v in values):
        return None
    days = op == DAYS and len(values) == 1 and values[0] in {name for name, _ in day_ranges()}
    if not days and op not in (ANY, FILLED):
        return None
    return Chosen(path, tuple(values), words, str(op))


def _fits(one: Chosen, source: ListSource) -> bool:
    of = source.of
    if one.path == PARTS:
        above = (RECORD_TYPES[n].parent for n in one.values if n in RECORD_TYPES)
        whole = [isinstance(f.kind, Link) and f.kind.targets == (of.name,) for f in above if f]
        return bool(whole) and all(whole) and len(whole) == len(one.values)
    try:
        sql = Sql(of, RECORD_TYPES)
        sql.column(one.path)
        kind = sql.field(one.path).kind
        for value in one.values if one.op == ANY else ():
            if value is not None:
                kind.stored((value,) if isinstance(kind, Choices | NamedList) else value)
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    return one.op != DAYS or isinstance(kind, Day)
