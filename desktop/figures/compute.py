"""Compute figures, and find the rows behind them: one query for both.

Figures of the same rows are computed in one pass over them: each is a column whose value counts
only where the terms of the figure hold.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from desktop.core.errors import WrongUsage
from desktop.core.fields import Choice, Link, Named, is_id
from desktop.core.offices import COUNTY, level_of
from desktop.figures.declared import BY_ID, FIGURES
from desktop.figures.figure import Figure, Result, Source
from desktop.figures.moved import moved, townships, villages
from desktop.figures.stated import (
    Span,
    Stated,
    declared_zero,
    standing_in,
    stated_numbers,
    zero_spans,
)
from desktop.figures.terms import Scope, Words, begin, demand, expression, trip_path
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Sql
from desktop.work.registers import offices

UNSAID = "未填"
"""The class of rows whose class nobody recorded."""

STATED = "declared_count"
"""The type of a reported number, which stands among the rows of a figure."""

TRIPS = "活动"
"""The subject of a zero report that speaks of all kinds of trips."""

_APART = "\x1f"

DISTINCT = ("distinct", "townships", "villages")
"""The ways of counting that count values, not rows."""


def compute(
    ledger: Ledger,
    first: dt.date,
    last: dt.date,
    office: str = "",
    only: Iterable[str] | None = None,
    *,
    campaign: str = "",
    rank: str = "",
) -> dict[str, Result]:
    """All figures (or `only` some) of a period, of one office's own records or of all ('').

    With a campaign's id or a group of ranks (县处级), only figures of trips and their parts are
    computed, over the trips of that campaign or of leaders of that rank.

    Raises:
        WrongUsage: the period ends before it begins, or an id is unknown.
    """
    if last < first:
        raise WrongUsage("期间的结束日期早于开始日期。")
    asked = _Asked(ledger, Scope(first, last, office, campaign, rank))
    chosen = FIGURES if only is None else [figure_of(i) for i in only]
    chosen = [f for f in chosen if asked.takes_in(f)]
    needed = dict.fromkeys(f for one in chosen for f in _needed(one))
    found = _plain(asked, [f for f in needed if not f.by and not f.rate])
    found |= _by_class(asked, [f for f in needed if f.by])
    found |= {f.id: _rate(f, found) for f in needed if f.rate}
    return {f.id: found[f.id] for f in chosen}


def figure_of(figure_id: str) -> Figure:
    """The figure of that id.

    Raises:
        WrongUsage: there is none.
    """
    if figure_id not in BY_ID:
        raise WrongUsage(f"没有叫「{figure_id}」的数字。用 sixia figures 看全部。")
    return BY_ID[figure_id]


def rows(
    ledger: Ledger,
    figure_id: str,
    first: dt.date,
    last: dt.date,
    office: str = "",
    *,
    campaign: str = "",
    rank: str = "",
    label: str | None = None,
) -> list[tuple[str, str]]:
    """The rows behind a figure: (record type, id), in order of date; of one class, if given.

    Reported numbers that stand in for rows come last. Behind a rate stand the rows of its
    denominator.
    """
    figure = figure_of(figure_id)
    if figure.rate:
        whole = compute(ledger, first, last, office, [figure_id], campaign=campaign, rank=rank)
        if figure_id not in whole or whole[figure_id].value is None:
            return []
        figure = figure_of(figure.rate[1])
    asked = _Asked(ledger, Scope(first, last, office, campaign, rank))
    if not asked.takes_in(figure):
        return []
    found: list[tuple[str, str, str]] = []
    for source in figure.sources:
        sql = begin(asked.words, figure, source, asked.scope)
        demand(sql, asked.words, source.where, last)
        day = sql.column(source.dated) if source.dated else "''"
        by = sql.column(figure.by) if figure.by else "''"
        text = f'SELECT t."id", {day}, {by} {sql.tail()} ORDER BY 2, 1'
        shown = _class_names(asked, figure, sql)
        found += [
            (on or "", source.of, one)
            for one, on, recorded in ledger.rows(text, sql.values)
            if label is None or shown(recorded) == label
        ]
    if figure.also:
        found.sort(key=lambda row: row[0])
    stated = [] if label is not None else asked.standing_in(figure)
    return [(of, one) for _, of, one in found] + [(STATED, n.id) for n in stated]


def _needed(figure: Figure) -> list[Figure]:
    """The figure, and before it those that it is made of or based on."""
    others = figure.rate or ((figure.based,) if figure.based else ())
    return [*map(figure_of, others), figure]


@dataclass
class _Tally:
    """What the passes over the rows found of one figure."""

    rows: int = 0
    number: int = 0
    values: set[str] = field(default_factory=set)
    based: bool = False  # whether there are rows that could have counted


class _Asked:
    """A ledger, a scope, and what a computation reads of both once."""

    def __init__(self, ledger: Ledger, scope: Scope) -> None:
        self.ledger = ledger
        self.scope = scope
        self.words = Words(ledger)

    @cached_property
    def moved(self) -> dict[str, str]:
        return moved(self.ledger, self.scope.last)

    @cached_property
    def townships(self) -> dict[str, str]:
        return townships(self.ledger, self.words.codes)

    @cached_property
    def villages(self) -> dict[str, str]:
        return villages(self.ledger, self.words.codes)

    @cached_property
    def offices(self) -> dict[str, str]:
        return offices(self.ledger)

    @cached_property
    def stated(self) -> dict[str, list[Stated]]:
        return stated_numbers(self.ledger, self.scope.last)

    @cached_property
    def zeros(self) -> Mapping[str, Mapping[str, list[Span]]]:
        return zero_spans(self.ledger, self.words.codes["report_subject"])

    def within(self, scope: Scope) -> _Asked:
        """The same ledger, asked for another scope."""
        other = _Asked.__new__(_Asked)
        other.ledger, other.words, other.scope = self.ledger, self.words, scope
        return other

    def takes_in(self, figure: Figure) -> bool:
        """Whether the scope says anything about a figure: campaigns and ranks are of trips."""
        if not self.scope.narrowed:
            return True
        return all(
            trip_path(self.words.types, source.of) is not None
            for one in _needed(figure)
            if not one.rate
            for source in one.sources
        )

    def reporters(self) -> list[str]:
        """The offices whose zero reports together make a zero of the scope."""
        if self.scope.office:
            return [self.scope.office]
        own = self.ledger.office
        return list(self.offices) if level_of(own.code) == COUNTY else [own.code]

    def declared_zero(self, figure: Figure) -> bool:
        """Whether every office that could have had rows reported that there were none.

        Who had no trips at all (活动) had no lectures and no visits either.
        """
        if self.scope.narrowed or not figure.dated or not self.zeros:
            return False
        subjects = [figure.group]
        if all(trip_path(self.words.types, one.of) is not None for one in figure.sources):
            subjects.append(TRIPS)
        spans = {
            office: sorted(s for one in subjects for s in self.zeros.get(one, {}).get(office, ()))
            for office in self.reporters()
        }
        return declared_zero(spans, self.scope.first, self.scope.last)

    def standing_in(self, figure: Figure) -> list[Stated]:
        """The reported numbers that count for a figure, where it has no rows."""
        numbers = self.stated.get(figure.id)
        if not numbers or self.scope.narrowed or figure.by or figure.rate:
            return []
        scope = self.scope
        return standing_in(
            numbers,
            scope.first,
            scope.last,
            scope.office,
            lambda one: self._has_rows(figure, one),
            stock=not figure.dated,
        )

    def _has_rows(self, figure: Figure, number: Stated) -> bool:
        whole_county = level_of(number.office) == COUNTY and not self.scope.office
        office = "" if whole_county else number.office
        asked = self.within(Scope(number.first, number.last, office))
        for source in figure.sources:
            sql = begin(asked.words, figure, source, asked.scope)
            demand(sql, asked.words, source.where, number.last)
            if number.area and "area" in sql.of.by_name:
                sql.add(Condition("area", "=", number.area))
            if self.ledger.rows(f"SELECT 1 {sql.tail()} LIMIT 1", sql.values):
                return True
        return False


# --- one number a figure ------------------------------------------------------------------------


def _plain(asked: _Asked, chosen: Sequence[Figure]) -> dict[str, Result]:
    tallies = {f.id: _Tally() for f in chosen}
    passes: dict[tuple[Any, ...], list[tuple[Figure, Source]]] = {}
    for figure in chosen:
        for source in figure.sources:
            own = figure.own if asked.scope.office else ""
            key = (source.of, source.dated, own, figure.doubles)
            passes.setdefault(key, []).append((figure, source))
    for members in passes.values():
        for at in range(0, len(members), _AT_ONCE):
            _pass(asked, members[at : at + _AT_ONCE], tallies)
    for figure in chosen:
        if figure.based:
            tallies[figure.id].based |= tallies[figure.based].rows > 0
    return {f.id: _finished(asked, f, tallies[f.id]) for f in chosen}


_AT_ONCE = 60  # figures a pass: three columns each, well below what SQLite allows


def _pass(
    asked: _Asked, members: Sequence[tuple[Figure, Source]], tallies: Mapping[str, _Tally]
) -> None:
    """One pass over the rows that several figures share."""
    last = asked.scope.last
    figure, source = members[0]
    sql = begin(asked.words, figure, source, asked.scope)
    columns: list[str] = []
    values: list[Any] = []
    for figure, source in members:
        test, given = expression(sql, asked.words, source.where, last)
        terms = figure.base if source.of == figure.of else ()
        base, base_given = expression(sql, asked.words, terms, last)
        value = _counted(sql, figure, source)
        columns += [
            f"count(CASE WHEN {test} THEN 1 END)",
            value.format(test),
            f"max({base})",
        ]
        # A plain count is the number of rows: it has no value of its own.
        values += [*given, *(given if "{" in value else ()), *base_given]
    found = asked.ledger.rows(f"SELECT {', '.join(columns)} {sql.tail()}", [*values, *sql.values])[
        0
    ]
    for n, (figure, _) in enumerate(members):
        count, value, based = found[3 * n : 3 * n + 3]
        tally = tallies[figure.id]
        tally.rows += count
        tally.based = tally.based or bool(based)
        _take(asked, figure, tally, count, value)


def _counted(sql: Sql, figure: Figure, source: Source) -> str:
    """The aggregate that a rule makes, with a place for the test of each row."""
    how = figure.count.how
    if how == "count":
        return "0"
    if how == "sum":
        return f"sum(CASE WHEN {{0}} THEN {sql.column(figure.count.path)} END)"
    return f"json_group_array(DISTINCT CASE WHEN {{0}} THEN {_key(sql, source.path)} END)"


def _key(sql: Sql, paths: str) -> str:
    """What is told apart: the values of one or several paths, with the office where words are."""
    columns = [sql.column(one) for one in paths.split(",")]
    kinds = [sql.field(one).kind for one in paths.split(",")]
    # Words that no register knows may mean two things in two offices.
    apart = [c for c, k in zip(columns, kinds, strict=True) if isinstance(k, Named) and k.apart]
    office = f"CASE WHEN length({apart[0]}) = 32 THEN '' ELSE t.\"office\" END" if apart else "''"
    whole = [office, f"NULLIF({columns[0]}, '')", *(f"COALESCE({c}, '')" for c in columns[1:])]
    return " || char(31) || ".join(whole)


def _take(asked: _Asked, figure: Figure, tally: _Tally, count: int, value: Any) -> None:
    how = figure.count.how
    if how == "count":
        tally.number += count
    elif how == "sum":
        tally.number += value or 0
    else:
        keys = (key for key in json.loads(value or "[]") if key is not None)
        tally.values.update(_resolved(asked, keys, how))


def _resolved(asked: _Asked, keys: Iterable[str], how: str) -> Iterable[str]:
    """The values as they count on the last day: successors, joined records, places they lie in."""
    for key in keys:
        office, *parts = key.split(_APART)
        counted = [asked.moved.get(one, one) for one in parts]
        if how == "distinct":
            yield _APART.join([office, *counted])
        elif counted[0] in (within := asked.townships if how == "townships" else asked.villages):
            yield within[counted[0]]


def _finished(asked: _Asked, figure: Figure, tally: _Tally) -> Result:
    distinct = figure.count.how in DISTINCT
    number = len(tally.values) if distinct else tally.number
    stated = asked.standing_in(figure)
    if tally.rows or stated:
        number += sum(one.value for one in stated)
        return Result(figure, number, tally.rows + len(stated), len(stated))
    if tally.based:
        return Result(figure, 0, 0)
    zero = asked.declared_zero(figure)
    return Result(figure, 0 if zero else None, 0, zero=zero)


def _rate(figure: Figure, found: Mapping[str, Result]) -> Result:
    """A percentage with one decimal; without a denominator there is none."""
    assert figure.rate
    above, below = (found[i].value for i in figure.rate)
    count = found[figure.rate[1]].rows
    declared = found[figure.rate[1]].declared
    if not isinstance(above, int) or not isinstance(below, int) or not below:
        return Result(figure, None, 0)
    return Result(figure, percent(above, below), count, declared)


def percent(above: int, below: int) -> float:
    """A share in percent with one decimal, halves rounded up as clerks do."""
    return (above * 2000 + below) // (2 * below) / 10


# --- numbers by class ---------------------------------------------------------------------------


def _by_class(asked: _Asked, chosen: Sequence[Figure]) -> dict[str, Result]:
    """Numbers by class; those of the same rows in one pass, grouped by all their classes."""
    passes: dict[tuple[Any, ...], list[Figure]] = {}
    for figure in chosen:
        source = figure.sources[0]
        own = figure.own if asked.scope.office else ""
        passes.setdefault((source.of, source.dated, own, figure.doubles), []).append(figure)
    found: dict[str, Result] = {}
    for members in passes.values():
        found |= _class_pass(asked, members)
    return {figure.id: found[figure.id] for figure in chosen}


def _class_pass(asked: _Asked, members: Sequence[Figure]) -> dict[str, Result]:
    first = members[0]
    sql = begin(asked.words, first, first.sources[0], asked.scope)
    columns: list[str] = []
    values: list[Any] = []
    for figure in members:
        test, given = expression(sql, asked.words, figure.where, asked.scope.last)
        columns += [sql.column(figure.by), f"COALESCE({test}, 0)"]
        values += given
    measures = [_measure(sql, figure) for figure in members]
    sums = list(dict.fromkeys(one for one in measures if one))
    groups = ", ".join(str(n + 1) for n in range(len(columns)))
    found = asked.ledger.rows(
        f"SELECT {', '.join([*columns, 'count(*)', *sums])} {sql.tail()} GROUP BY {groups}",
        [*values, *sql.values],
    )
    results: dict[str, Result] = {}
    for n, figure in enumerate(members):
        at = len(columns)
        measure = at + 1 + sums.index(measures[n]) if measures[n] else at
        classes: dict[Any, tuple[int, int]] = {}
        for row in found:
            if row[2 * n + 1]:
                count, number = classes.get(row[2 * n], (0, 0))
                classes[row[2 * n]] = (count + row[at], number + (row[measure] or 0))
        results[figure.id] = _classed(asked, figure, sql, classes)
    return results


def _measure(sql: Sql, figure: Figure) -> str:
    """What is added up, '' for the number of rows."""
    if figure.count.how not in ("count", "sum"):
        raise ValueError(f"{figure.id}: distinct values can't be told by class")
    return f"sum({sql.column(figure.count.path)})" if figure.count.how == "sum" else ""


def _classed(
    asked: _Asked, figure: Figure, sql: Sql, classes: Mapping[Any, tuple[int, int]]
) -> Result:
    """Recorded classes under the names that they are shown by, in the order of their list."""
    if not classes:
        zero = asked.declared_zero(figure)
        return Result(figure, {} if zero else None, 0, zero=zero)
    kind = sql.field(figure.by).kind
    order = sorted(classes, key=lambda recorded: recorded or "")
    if isinstance(kind, Choice):
        listed = asked.words.codes[kind.codes]
        order.sort(key=lambda recorded: listed.place(recorded or ""))
    shown = _class_names(asked, figure, sql)
    value: dict[str, int] = {}
    for recorded in order:
        label = shown(recorded)
        value[label] = value.get(label, 0) + classes[recorded][1]
    return Result(figure, value, sum(count for count, _ in classes.values()))


def _class_names(asked: _Asked, figure: Figure, sql: Sql) -> Callable[[Any], str]:
    """What the class of a recorded value is called."""
    if not figure.by:
        return lambda recorded: ""
    if figure.by == "office":
        return lambda recorded: asked.offices.get(recorded, recorded)
    kind = sql.field(figure.by).kind
    if isinstance(kind, Choice) and figure.official:
        codes = asked.words.codes[kind.codes]

        def official(recorded: Any) -> str:
            item = codes.item(recorded or "")
            return item.label if item else UNSAID if not recorded else OTHER

        return official
    if isinstance(kind, Link | Named):

        def title(recorded: Any) -> str:
            counted = asked.moved.get(recorded or "", recorded or "")
            return asked.ledger.titles.words(counted) if is_id(counted) else counted or UNSAID

        return title
    return lambda recorded: recorded or UNSAID


OTHER = "其他"
"""The official class of a label that nobody has assigned to one."""
