"""Compute figures, and find the rows behind them: one query for both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop.core.errors import WrongUsage
from desktop.core.fields import Choice, Named
from desktop.core.offices import COUNTY, level_of
from desktop.figures.declared import BY_ID, FIGURES
from desktop.figures.figure import Figure, Meaning, Result
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query, Sql, build
from desktop.records.codes import CodeList
from desktop.records.identity import place_id
from desktop.work.codes import code_lists

UNSAID = "未填"
"""The class of rows whose class nobody recorded."""


def compute(
    ledger: Ledger,
    first: dt.date,
    last: dt.date,
    office: str = "",
    only: Iterable[str] | None = None,
) -> dict[str, Result]:
    """All figures (or `only` some) of a period, of one office's own records or of all ('').

    Raises:
        WrongUsage: the period ends before it begins, or an id is unknown.
    """
    if last < first:
        raise WrongUsage("期间的结束日期早于开始日期。")
    codes = code_lists(ledger)
    chosen = FIGURES if only is None else [figure_of(i) for i in only]
    return {f.id: _compute(ledger, codes, f, first, last, office) for f in chosen}


def figure_of(figure_id: str) -> Figure:
    """The figure of that id.

    Raises:
        WrongUsage: there is none.
    """
    if figure_id not in BY_ID:
        raise WrongUsage(f"没有叫「{figure_id}」的数字。用 sixia figures 看全部。")
    return BY_ID[figure_id]


def rows(
    ledger: Ledger, figure_id: str, first: dt.date, last: dt.date, office: str = ""
) -> list[tuple[str, str]]:
    """The rows behind a figure: (record type, id), in order of date."""
    figure = figure_of(figure_id)
    sql = _sql(ledger, code_lists(ledger), figure, first, last, office)
    order = f"{sql.column(figure.dated)}, " if figure.dated else ""
    found = ledger.rows(f'SELECT t."id" {sql.tail()} ORDER BY {order}t."id"', sql.values)
    return [(figure.of, row[0]) for row in found]


def _compute(
    ledger: Ledger,
    codes: Mapping[str, CodeList],
    figure: Figure,
    first: dt.date,
    last: dt.date,
    office: str,
) -> Result:
    sql = _sql(ledger, codes, figure, first, last, office)
    if figure.by:
        return _by_class(ledger, codes, figure, sql)
    number, count = ledger.rows(
        f"SELECT {_counted(sql, figure)}, count(*) {sql.tail()}", sql.values
    )[0]
    if count:
        return Result(figure, int(number or 0), count)
    base = replace(figure, where=figure.base)
    whole = _sql(ledger, codes, base, first, last, office)
    exists = ledger.rows(f"SELECT 1 {whole.tail()} LIMIT 1", whole.values)
    return Result(figure, 0 if exists else None, 0)


def _by_class(ledger: Ledger, codes: Mapping[str, CodeList], figure: Figure, sql: Sql) -> Result:
    label = sql.column(figure.by)
    found = ledger.rows(
        f"SELECT {label}, {_counted(sql, figure)}, count(*) {sql.tail()} GROUP BY 1 ORDER BY 1",
        sql.values,
    )
    if not found:
        return Result(figure, None, 0)
    kind = sql.field(figure.by).kind
    listed = codes[kind.codes] if isinstance(kind, Choice) else None
    if listed:
        found.sort(key=lambda row: (listed.place(row[0] or ""), row[0] or ""))
    value = {(label or UNSAID): int(number or 0) for label, number, _ in found}
    return Result(figure, value, sum(row[2] for row in found))


def _counted(sql: Sql, figure: Figure) -> str:
    how, path = figure.count.how, figure.count.path
    if how == "count":
        return "count(*)"
    if how == "sum":
        return f"sum({sql.column(path)})"
    columns: list[str] = []
    for one in path.split(","):
        column, kind = sql.column(one), sql.field(one).kind
        if isinstance(kind, Named) and kind.apart:
            # Words that no register knows may mean two things in two offices.
            column = (
                f"CASE WHEN length({column}) = 32 THEN {column}"
                f" ELSE t.\"office\" || NULLIF({column}, '') END"
            )
        columns.append(f"NULLIF({column}, '')" if len(columns) == 0 else f"COALESCE({column}, '')")
    return f"count(DISTINCT {' || char(31) || '.join(columns)})"


def _sql(
    ledger: Ledger,
    codes: Mapping[str, CodeList],
    figure: Figure,
    first: dt.date,
    last: dt.date,
    office: str,
) -> Sql:
    of = ledger.types[figure.of]
    query = Query(of)
    if figure.dated:
        query = query.dated(figure.dated, first, last)
    if office and figure.own:
        if level_of(office) != COUNTY:
            query = query.having(Condition(figure.own, "=", place_id(office)))
    else:
        query = query.of_office(office)
    sql = build(query, ledger.types)
    for condition in figure.where:
        _add(sql, codes, condition, last)
    if not figure.dated:
        _in_force(sql, last)
    return sql


def _add(
    sql: Sql, codes: Mapping[str, CodeList], condition: Condition | Meaning, last: dt.date
) -> None:
    if isinstance(condition, Meaning):
        kind = sql.field(condition.path).kind
        assert isinstance(kind, Choice)
        labels = codes[kind.codes].meaning(condition.codes, condition.group)
        sql.add(Condition(condition.path, "in", labels))
        return
    column = sql.column(condition.path)
    if condition.op == "by end":
        sql.where.append(f"{column} <= ?")
        sql.values.append(last.isoformat())
    elif condition.op == "open at end":
        sql.where.append(f"({column} IS NULL OR {column} > ?)")
        sql.values.append(last.isoformat())
    elif condition.op == "> path":
        sql.where.append(f"{column} > {sql.column(str(condition.value))}")
    else:
        sql.add(condition)


def _in_force(sql: Sql, last: dt.date) -> None:
    """Stock as of the last day: what was in force then, if the type has days for that."""
    names = sql.of.by_name
    for start, end in (("valid_from", "valid_to"), ("start", "end")):
        if end in names:
            day = last.isoformat()
            sql.where.append(f"COALESCE(t.\"{end}\", '9999-12-31') > ?")
            sql.values.append(day)
            if start in names:
                sql.where.append(f"COALESCE(t.\"{start}\", '') <= ?")
                sql.values.append(day)
