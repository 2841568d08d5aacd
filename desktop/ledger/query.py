"""A question about records of one type, and its SQL; the only place where fields become SQL.

A path names a field of the record ("heads"), of the record that it is a part of ("parent.date", as
far up as one likes) or of one that it links to ("link.closed"); "a|b" takes b where a is empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.core.fields import Choices, Field, Kind, Link, Named, NamedList
from desktop.core.record import RecordType

Types = Mapping[str, RecordType]


@dataclass(frozen=True)
class Condition:
    """`path` `op` `value`; ops: = != < <= > >= in, not in, has, empty, filled, within, any, parts.

    any: one of the values, or, of a field with several, one of them among these; None among the
        values stands for an empty field.
    parts: the record has a part of one of the types named (the path is "id").
    """

    path: str
    op: str
    value: Any = None


@dataclass(frozen=True)
class Query:
    """Records of type `of` that meet every condition, in an order, a page of them."""

    of: RecordType
    where: tuple[Condition, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()  # (path, descending)
    limit: int = -1
    offset: int = 0
    removed: bool = False  # the recycle bin instead of what counts
    doubles: bool = False  # also what was joined to another record of the same thing

    def having(self, *conditions: Condition) -> Query:
        """The same question with further conditions."""
        return replace(self, where=self.where + conditions)

    def of_office(self, code: str) -> Query:
        """Only records of that office; '' means of all."""
        return self.having(Condition("office", "=", code)) if code else self

    def dated(self, path: str, first: date, last: date) -> Query:
        """Only records dated in the period; undated ones if it covers their year whole."""
        return self.having(Condition(path, "within", (first, last)))


class Sql:
    """The SQL of one query while it is put together: joins, conditions and their values."""

    def __init__(
        self, of: RecordType, types: Types, *, removed: bool = False, doubles: bool = False
    ) -> None:
        self.of = of
        self.types = types
        self.joins: dict[str, str] = {}
        self.where: list[str] = ["t.\"removed\" <> ''" if removed else "t.\"removed\" = ''"]
        self.values: list[Any] = []
        parent, path = of.parent, ""
        while parent is not None and isinstance(parent.kind, Link) and not removed:
            # A part counts only while what it is a part of counts.
            path = f"{path}.{parent.name}" if path else parent.name
            alias = self._join(path.split("."))
            self.where.append(f'({alias}."id" IS NULL OR {alias}."removed" = \'\')')
            parent = types[parent.kind.target].parent

        if not removed and not doubles:
            self._leave_out_doubles()

    def _leave_out_doubles(self) -> None:
        """What somebody joined to another record of the same thing is counted there.

        So that other record must count: it is here and not in the recycle bin. Of those that
        several offices joined in a circle, one stays.
        """
        for one in self.types.values():
            kind = one.field(one.joins[0]).kind if one.joins else None
            if one.joins and isinstance(kind, Link) and self.of.name in kind.targets:
                duplicate, main = one.joins
                counts = f'JOIN "{self.of.name}" m ON m."id" = j."{main}" AND m."removed" = \'\''
                # The first of all where the joins lead to: in a circle, that is one of it.
                first = (
                    f'WITH RECURSIVE above(id) AS (SELECT j."{main}" UNION SELECT k."{main}"'
                    f' FROM above JOIN "{one.name}" k ON k."{duplicate}" = above.id'
                    f' JOIN "{self.of.name}" n ON n."id" = k."{main}" AND n."removed" = \'\''
                    " WHERE k.\"removed\" = '') SELECT min(id) FROM above"
                )
                # Asked first whether anything was ever joined: then no row's id is looked at.
                self.where.append(
                    f'(NOT EXISTS (SELECT 1 FROM "{one.name}") OR'
                    f' NOT EXISTS (SELECT 1 FROM "{one.name}" j {counts}'
                    f' WHERE j."{duplicate}" = t."id" AND j."removed" = \'\''
                    f' AND ({first}) <> j."{duplicate}"))'
                )

    def _join(self, steps: list[str]) -> str:
        """Join the records along the steps; returns the alias of the last."""
        alias, of = "t", self.of
        for i, step in enumerate(steps):
            field = of.field(step)
            if not isinstance(field.kind, Link | Named) or len(field.kind.targets) != 1:
                raise KeyError(f"{of.name}.{step} leads to no single type")
            of = self.types[field.kind.targets[0]]
            name = "t_" + "_".join(steps[: i + 1])
            self.joins.setdefault(
                name, f'LEFT JOIN "{of.name}" {name} ON {name}."id" = {alias}."{step}"'
            )
            alias = name
        return alias

    def field(self, path: str) -> Field:
        """The field at the end of (the first branch of) a path."""
        of = self.of
        *steps, name = path.split("|")[0].split(".")
        for step in steps:
            kind = of.field(step).kind
            if not isinstance(kind, Link | Named):
                raise KeyError(path)
            of = self.types[kind.targets[0]]
        return of.by_name[name] if name != "id" else Field("编号", Link(), "id")

    def column(self, path: str) -> str:
        """The SQL expression of a path; an empty text is NULL where a path has branches."""
        branches = [self._single(p) for p in path.split("|")]
        if len(branches) == 1:
            return branches[0]
        return "COALESCE(" + ", ".join(f"NULLIF({b}, '')" for b in branches) + ")"

    def _single(self, path: str) -> str:
        *steps, name = path.split(".")
        alias = self._join(steps) if steps else "t"
        of = self.of
        for step in steps:
            kind = of.field(step).kind
            assert isinstance(kind, Link | Named)
            of = self.types[kind.targets[0]]
        if name != "id":
            of.field(name)  # KeyError for a name that nobody declared
        return f'{alias}."{name}"'

    def ordering(self, path: str) -> str:
        """The expression by which a path is sorted: the title of what it links to, not its id."""
        column, kind = self.column(path), self.field(path).kind
        if isinstance(kind, NamedList):
            # By the first of several.
            column = f"COALESCE(json_extract(NULLIF({column}, ''), '$[0]'), '')"
        elif not isinstance(kind, Link | Named) or path.endswith("id"):
            return column
        return f"COALESCE((SELECT e.title FROM entry e WHERE e.id = {column}), {column})"

    def add(self, condition: Condition) -> None:
        """Add one condition."""
        column, op, value = self.column(condition.path), condition.op, condition.value
        kind = self.field(condition.path).kind
        if op == "within":
            self._within(column, *value)
        elif op == "in":
            values = [kind.stored(v) for v in value]
            self.where.append(f"{column} IN ({','.join('?' * len(values))})" if values else "0")
            self.values += values
        elif op == "any":
            self._any(column, kind, value)
        elif op == "parts":
            self.where.append("(" + " OR ".join(map(self._having_part, value)) + ")")
        elif op == "not in":
            values = [kind.stored(v) for v in value]
            marks = ",".join("?" * len(values))
            self.where.append(f"COALESCE({column}, '') NOT IN ({marks})")
            self.values += values
        elif op == "has":
            if isinstance(kind, Choices):
                self.where.append(
                    f"EXISTS (SELECT 1 FROM json_each(NULLIF({column}, '')) WHERE value = ?)"
                )
            else:
                self.where.append(f"instr({column}, ?) > 0")
            self.values.append(value)
        elif op in ("empty", "filled"):
            negate = "NOT " if op == "filled" else ""
            self.where.append(f"{negate}COALESCE({column}, '') = ''")
        elif op in ("=", "!=", "<", "<=", ">", ">="):
            # IS, because an empty value may be stored as NULL
            compare = {"=": "IS", "!=": "IS NOT"}.get(op, op)
            self.where.append(f"{column} {compare} ?")
            self.values.append(kind.stored(value))
        else:
            raise ValueError(f"unknown operator {op}")

    def _any(self, column: str, kind: Kind, values: Iterable[Any]) -> None:
        wanted = list(values)
        several = isinstance(kind, Choices)
        stored = [v if several else kind.stored(v) for v in wanted if v is not None]
        branches = [f"COALESCE({column}, '') = ''"] if None in wanted else []
        if stored and several:
            # One list as JSON: a township has more villages than SQL likes to see as parameters.
            branches.append(
                f"EXISTS (SELECT 1 FROM json_each(NULLIF({column}, '')) e"
                " WHERE e.value IN (SELECT value FROM json_each(?)))"
            )
            self.values.append(json.dumps(stored, ensure_ascii=False))
        elif len(stored) == 1:
            branches.append(f"{column} = ?")
            self.values.append(stored[0])
        elif stored:
            branches.append(f"{column} IN (SELECT value FROM json_each(?))")
            self.values.append(json.dumps(stored, ensure_ascii=False))
        self.where.append("(" + " OR ".join(branches) + ")" if branches else "0")

    def _having_part(self, name: str) -> str:
        above = self.types[name].parent
        if above is None or above.kind.targets != (self.of.name,):  # type: ignore[attr-defined]
            raise KeyError(f"{name} is no part of {self.of.name}")
        return (
            f'EXISTS (SELECT 1 FROM "{name}" p WHERE p."{above.name}" = t."id"'
            " AND p.\"removed\" = '')"
        )

    def _within(self, column: str, first: date, last: date) -> None:
        # A record without a day bears the import's year, and counts when all of it is asked for.
        low = first.year if (first.month, first.day) == (1, 1) else first.year + 1
        high = last.year if (last.month, last.day) == (12, 31) else last.year - 1
        if low > high:
            # Said plainly, so that SQLite starts from the index of the day.
            self.where.append(f"{column} BETWEEN ? AND ?")
            self.values += [first.isoformat(), last.isoformat()]
            return
        self.where.append(
            f'({column} BETWEEN ? AND ? OR ({column} IS NULL AND t."year" BETWEEN ? AND ?))'
        )
        self.values += [first.isoformat(), last.isoformat(), low, high]

    def tail(self) -> str:
        """FROM, JOIN and WHERE."""
        joins = " ".join(self.joins.values())
        return f'FROM "{self.of.name}" t {joins} WHERE ' + " AND ".join(self.where)


def build(query: Query, types: Types) -> Sql:
    """The joins and conditions of a query; the caller says what to select."""
    sql = Sql(query.of, types, removed=query.removed, doubles=query.doubles)
    for condition in query.where:
        sql.add(condition)
    return sql


def select_ids(query: Query, types: Types) -> tuple[str, list[Any]]:
    """SQL and values that give the ids in order."""
    sql = build(query, types)
    order = [*_orders(query, sql), 't."id"']  # two runs give the same page
    return _paged(query, f'SELECT t."id" {sql.tail()} ORDER BY {", ".join(order)}'), sql.values


def select_rows(query: Query, types: Types) -> tuple[str, list[Any]]:
    """SQL and values that give the row numbers in order; of equals the newest entered first.

    Row numbers go the way of the first column, because then an index on it is in that very order
    and nothing is sorted.
    """
    sql = build(query, types)
    way = "DESC" if not query.order or query.order[0][1] else "ASC"
    order = [*_orders(query, sql), f"t.rowid {way}"]
    return _paged(query, f"SELECT t.rowid {sql.tail()} ORDER BY {', '.join(order)}"), sql.values


def _orders(query: Query, sql: Sql) -> list[str]:
    return [f"{sql.ordering(path)} {'DESC' if down else 'ASC'}" for path, down in query.order]


def _paged(query: Query, text: str) -> str:
    if query.limit >= 0 or query.offset:
        text += f" LIMIT {int(query.limit)} OFFSET {int(query.offset)}"
    return text
