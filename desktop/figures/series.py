"""Figures side by side: month by month, with the period and the year before, by office.

A comparison needs a base: where the earlier period has no data, that is said, and there is no
percentage; from nothing to something is no growth of 100 %.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.core.offices import COUNTY, level_of
from desktop.figures.compute import compute, figure_of
from desktop.figures.declared import FIGURES
from desktop.figures.figure import Figure, Result, Value
from desktop.ledger.ledger import Ledger
from desktop.work.registers import offices

Period = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Compared:
    """A figure of a period beside what it was compared with."""

    now: Result
    before: Result  # the period before (环比)
    year_before: Result  # the same days of the year before (同比)
    year: Result  # from the first day of the year on (累计)

    @property
    def figure(self) -> Figure:
        """What was computed."""
        return self.now.figure


def previous(first: dt.date, last: dt.date) -> Period:
    """The period before: as many whole months if it is made of whole months, else of days."""
    end = first - dt.timedelta(days=1)
    if first.day == 1 and last == _month_end(last.year, last.month):
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
        return dt.date(year, month + 1, 1), end
    return end - (last - first), end


def year_before(first: dt.date, last: dt.date) -> Period:
    """The same days of the year before; the last day of a February stays the last one."""
    return _a_year_back(first, False), _a_year_back(last, True)


def _a_year_back(day: dt.date, end: bool) -> dt.date:
    at_end = _month_end(day.year - 1, day.month)
    if end and day == _month_end(day.year, day.month):
        return at_end
    return dt.date(day.year - 1, day.month, min(day.day, at_end.day))


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def year_so_far(last: dt.date) -> Period:
    """From the first day of the year to a day."""
    return dt.date(last.year, 1, 1), last


def months(first: dt.date, last: dt.date) -> list[Period]:
    """The months of a period, the first and the last cut to it."""
    found: list[Period] = []
    day = first
    while day <= last:
        end = _month_end(day.year, day.month)
        found.append((day, min(end, last)))
        day = end + dt.timedelta(days=1)
    return found


def compare(
    ledger: Ledger,
    first: dt.date,
    last: dt.date,
    office: str = "",
    only: Iterable[str] | None = None,
    *,
    campaign: str = "",
    rank: str = "",
    now: Mapping[str, Result] | None = None,
) -> dict[str, Compared]:
    """Figures with the period before, the same period of the year before, and the year so far.

    `now` are the figures of the period itself, where they have been computed already.
    """
    if now is None:
        now = compute(ledger, first, last, office, only, campaign=campaign, rank=rank)
    before, a_year, year = (
        compute(ledger, *period, office, list(now), campaign=campaign, rank=rank)
        for period in (previous(first, last), year_before(first, last), year_so_far(last))
    )
    return {i: Compared(now[i], before[i], a_year[i], year[i]) for i in now}


def monthly(
    ledger: Ledger,
    first: dt.date,
    last: dt.date,
    office: str = "",
    only: Iterable[str] | None = None,
    *,
    campaign: str = "",
    rank: str = "",
) -> dict[Period, dict[str, Result]]:
    """Month -> figures."""
    chosen = None if only is None else list(only)
    return {
        month: compute(ledger, *month, office, chosen, campaign=campaign, rank=rank)
        for month in months(first, last)
    }


def by_office(
    ledger: Ledger,
    first: dt.date,
    last: dt.date,
    only: Iterable[str] | None = None,
    *,
    campaign: str = "",
    rank: str = "",
) -> dict[str, dict[str, Result]]:
    """Office -> figures of its own records; offices in code order, never ranked.

    Registers that the county keeps for all are no records of its own: it has no figures of them.
    """
    chosen = [f.id for f in FIGURES] if only is None else list(only)
    own = ledger.office
    asked = sorted(offices(ledger)) if level_of(own.code) == COUNTY else [own.code]
    of_county = [i for i in chosen if not _of_townships(i)]
    return {
        code: compute(
            ledger,
            first,
            last,
            code,
            of_county if level_of(code) == COUNTY else chosen,
            campaign=campaign,
            rank=rank,
        )
        for code in asked
    }


def _of_townships(figure_id: str) -> bool:
    figure = figure_of(figure_id)
    return bool(figure.own) or any(map(_of_townships, figure.rate or ()))


def change(now: Value, base: Value, called: str = "上期", *, share: bool = False) -> str:
    """How a number differs from its base, in words; '' for numbers by class.

    `called` names the base (上期, 上年同期); a share (率) differs by 百分点.
    """
    if isinstance(now, dict) or isinstance(base, dict) or now is None:
        return ""
    if base is None:
        return f"{called}无数据"
    if now == base:
        return f"与{called}持平"
    if share:
        points = round(abs(now - base), 1)
        return f"比{called}{'提高' if now > base else '下降'}{points:g}个百分点"
    if base == 0:
        return f"{called}为0"
    percent = round(abs(now - base) * 100 / base, 1)
    return f"比{called}{'增长' if now > base else '下降'}{percent:g}%"
