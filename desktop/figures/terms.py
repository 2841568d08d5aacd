"""Terms of a figure as SQL: one meaning for the number, its rows and its classes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.fields import Choice, Link
from desktop.core.offices import COUNTY, level_of
from desktop.figures.figure import Either, Every, Figure, Has, Meaning, Source, Term, Without
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query, Sql, Types, build
from desktop.records.codes import CodeList
from desktop.records.identity import place_id
from desktop.work.codes import code_lists


@dataclass(frozen=True)
class Scope:
    """What is asked for: a period, an office ('' = all), a campaign's id, a group of ranks."""

    first: dt.date
    last: dt.date
    office: str = ""
    campaign: str = ""
    rank: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether only trips of one campaign or of leaders of one rank are asked for."""
        return bool(self.campaign or self.rank)


class Words:
    """What terms are read with: the types, the code lists, and which days the ledger lacks."""

    def __init__(self, ledger: Ledger) -> None:
        """Read the code lists."""
        self.types: Types = ledger.types
        self.codes: Mapping[str, CodeList] = code_lists(ledger)
        self._ledger = ledger
        self._undated: dict[tuple[str, str], bool] = {}
        self._doubles: dict[str, bool] = {}

    def has_doubles(self, of: str) -> bool:
        """Whether any record of a type was joined to another; else no row need be asked."""
        if of not in self._doubles:
            self._doubles[of] = any(
                self._ledger.rows(
                    f'SELECT 1 FROM "{one.name}" j JOIN "{of}" t ON t."id" = j."{one.joins[0]}"'
                    " WHERE j.\"removed\" = '' LIMIT 1"
                )
                for one in self.types.values()
                if one.joins
            )
        return self._doubles[of]

    def may_be_undated(self, of: str, path: str) -> bool:
        """Whether some record has no day there; it then counts in its year as a whole."""
        *steps, name = path.split(".")
        if "|" in path:
            return True
        for step in steps:
            kind = self.types[of].field(step).kind
            assert isinstance(kind, Link)
            of = kind.target
        if (of, name) not in self._undated:
            found = self._ledger.rows(
                f'SELECT 1 FROM "{of}" WHERE "{name}" IS NULL AND "removed" = \'\' LIMIT 1'
            )
            self._undated[of, name] = bool(found)
        return self._undated[of, name]


_INNER = re.compile(r"\bt(?=[._ ])")
"""The name of the rows in a query, which the rows of a query inside it can't have too."""

Written = tuple[str, list[Any]]
"""An SQL expression and its values."""


def begin(words: Words, figure: Figure, source: Source, scope: Scope) -> Sql:
    """The rows of a type that the scope takes in, before any term of the figure."""
    doubles = figure.doubles or not words.has_doubles(source.of)
    query = Query(words.types[source.of], doubles=doubles)
    if source.dated and words.may_be_undated(source.of, source.dated):
        query = query.dated(source.dated, scope.first, scope.last)
    elif source.dated:
        # Plainly, so that SQLite starts from the index of the day.
        query = query.having(
            Condition(source.dated, ">=", scope.first), Condition(source.dated, "<=", scope.last)
        )
    if scope.office and figure.own:
        if level_of(scope.office) != COUNTY:
            query = query.having(Condition(figure.own, "=", place_id(scope.office)))
    else:
        query = query.of_office(scope.office)
    sql = build(query, words.types)
    if not source.dated:
        _in_force(sql, scope.last)
    if scope.narrowed:
        trip = trip_path(words.types, source.of)
        if scope.campaign:
            sql.add(Condition(f"{trip}campaign", "=", scope.campaign))
        if scope.rank:
            demand(sql, words, (Meaning(f"{trip}leader_rank", group=scope.rank),), scope.last)
    return sql


def demand(sql: Sql, words: Words, terms: Sequence[Term], last: dt.date) -> None:
    """Add terms to the conditions of a query."""
    text, values = expression(sql, words, terms, last)
    sql.where.append(text)
    sql.values += values


def trip_path(types: Types, of: str) -> str | None:
    """The path from a part to its trip, with its dot; None for what is no part of a trip."""
    path = ""
    while of != "activity":
        above = types[of].parent
        if above is None or not isinstance(above.kind, Link):
            return None
        path, of = f"{path}{above.name}.", above.kind.target
    return path


def expression(sql: Sql, words: Words, terms: Sequence[Term], last: dt.date) -> Written:
    """Terms as one boolean expression; what they join is joined to the query."""
    parts = [_written(sql, words, term, last) for term in terms]
    if not parts:
        return "1", []
    return f"({' AND '.join(text for text, _ in parts)})", [v for _, some in parts for v in some]


def _written(sql: Sql, words: Words, term: Term, last: dt.date) -> Written:
    if isinstance(term, Either):
        parts = [_written(sql, words, one, last) for one in term.terms]
        return f"({' OR '.join(text for text, _ in parts)})", [v for _, s in parts for v in s]
    if isinstance(term, Every):
        return expression(sql, words, term.terms, last)
    if isinstance(term, Without):
        text, values = _written(sql, words, term.term, last)
        return f"NOT COALESCE({text}, 0)", values
    if isinstance(term, Has):
        inner = build(Query(words.types[term.of], doubles=True), words.types)
        demand(inner, words, term.where, last)
        tail = _INNER.sub("h", f"{inner.tail()} AND {inner.column(term.by)} =")
        return f"EXISTS (SELECT 1 {tail} {sql.column(term.path)})", inner.values
    if isinstance(term, Meaning):
        kind = sql.field(term.path).kind
        assert isinstance(kind, Choice)
        labels = words.codes[kind.codes].meaning(term.codes, term.group)
        return _condition(sql, Condition(term.path, "in", labels))
    return _judged(sql, term, last) or _condition(sql, term)


def _judged(sql: Sql, condition: Condition, last: dt.date) -> Written | None:
    """Conditions that compare with the period's last day, or with another path."""
    column, day = sql.column(condition.path), [last.isoformat()]
    if condition.op == "by end":
        return f"{column} <= ?", day
    if condition.op == "before end":
        return f"{column} < ?", day
    if condition.op == "open at end":
        return f"({column} IS NULL OR {column} > ?)", day
    if condition.op == "begun":
        return f"({column} IS NULL OR {column} <= ?)", day
    if condition.op in ("> path", "<= path"):
        return f"{column} {condition.op.split()[0]} {sql.column(str(condition.value))}", []
    return None


def _condition(sql: Sql, condition: Condition) -> Written:
    """One plain condition as an expression: what the query would have added to itself."""
    where, values = sql.where, sql.values
    sql.where, sql.values = [], []
    sql.add(condition)
    text, found = " AND ".join(sql.where), sql.values
    sql.where, sql.values = where, values
    return text, found


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
