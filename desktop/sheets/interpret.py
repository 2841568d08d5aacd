"""From the cells of a recognised ledger to values: each column read by the kind of field it fills.

Nothing here knows a record type; the kinds of ledger say what fills what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from desktop.core.days import parse_day
from desktop.core.fields import (
    Choice,
    Choices,
    Day,
    IdNumber,
    Integer,
    Kind,
    Named,
    NamedList,
    PersonName,
    Phone,
    Text,
    YesNo,
)
from desktop.core.ledger_kinds import Column, LedgerKind
from desktop.core.names import check_id_number, normalise, parse_phone
from desktop.core.quantities import parse_count, text_of_number

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

KindOf = Callable[[str], Kind]  # "make.field" -> the kind of that field


@dataclass(frozen=True)
class CellRead:
    """One cell as read: the value, a mark if it was guessed, a problem if it can't be read."""

    value: Any
    mark: str = ""
    problem: str = ""


@dataclass
class RowRead:
    """One row of a ledger as read.

    Attributes:
        number: row number in the sheet, from 1.
        values: column key -> value; empty cells are left out.
        marks: column key -> why it is marked.
        problems: column key -> why it can't be read.
        doubts: column key -> why it can't be right, though it can be read.
        raw: column key -> the cell as words, for findings and the errors workbook.
        content: what identifies the row: column key -> canonical words, 序号 left out.
        ordinal: 1 for the first row of this content in the file, 2 for the second …
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)
    ordinal: int = 1

    @property
    def canonical(self) -> str:
        """The content as one string, the same for the same facts in any file format."""
        return _encode(self.content)


def column_kind(column: Column, kind_of: KindOf) -> Kind:
    """The kind by which a column's cells are read; plain text if it fills nothing itself."""
    return kind_of(column.fills[0]) if column.fills else Text()


def read_rows(
    kind: LedgerKind,
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    year: int | None,
    kind_of: KindOf,
    seen: dict[str, int],
    hidden: frozenset[str] = frozenset(),
) -> list[RowRead]:
    """Read the rows of one sheet.

    Args:
        kind: the kind of ledger.
        rows: (row number, {column key: cell}).
        year: for days without a year.
        kind_of: the kind of field that a path names.
        seen: counts equal rows over the sheets of a file.
        hidden: keys of columns that are not read at all.
    """
    kinds = {c.key: column_kind(c, kind_of) for c in kind.columns}
    shown = [c for c in kind.columns if c.key not in hidden]
    order = sorted(shown, key=lambda c: bool(c.after))  # a day that others lean on comes first
    cache: dict[tuple[str, Any], CellRead] = {}
    found: list[RowRead] = []
    for number, cells in rows:
        row = RowRead(number)
        for column in order:
            raw = cells.get(column.key)
            words = as_words(raw)
            if not words:
                continue
            row.raw[column.key] = words
            leaning = row.values.get(column.after) if column.after else None
            key = (column.key, raw)
            read = cache.get(key) if leaning is None else None
            if read is None:
                read = read_cell(column, kinds[column.key], raw, year, leaning)
                if leaning is None and len(cache) < 50_000:
                    cache[key] = read
            _keep(row, column, kinds[column.key], read)
            if leaning is not None and isinstance(read.value, date) and read.value < leaning:
                first = kind.column(column.after).titles[0]
                row.doubts[column.key] = f"「{words}」早于{first}「{leaning.isoformat()}」"
        if row.content:
            row.ordinal = seen[row.canonical] = seen.get(row.canonical, 0) + 1
            found.append(row)
    return found


def _keep(row: RowRead, column: Column, kind: Kind, read: CellRead) -> None:
    if read.problem:
        row.problems[column.key] = read.problem
        words = row.raw[column.key]
    else:
        if read.value == kind.empty:
            return
        row.values[column.key] = read.value
        words = kind.text(read.value)
    if read.mark:
        row.marks[column.key] = read.mark
    if column.counts and not isinstance(kind, IdNumber):
        secret = isinstance(kind, Phone | PersonName)
        row.content[column.key] = _hashed(words) if secret else words


def _hashed(words: str) -> str:
    # What identifies a citizen counts in the comparison, but isn't kept a second time.
    return "#" + hashlib.sha256(words.encode()).hexdigest()[:20]


def as_words(raw: Any) -> str:
    """A cell as the words that a person sees in it."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else str(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == datetime.min.time() else str(raw)
    if isinstance(raw, date):
        return raw.isoformat()
    return str(raw).strip()


def read_cell(
    column: Column, kind: Kind, raw: Any, year: int | None = None, leaning: date | None = None
) -> CellRead:
    """Read one cell by the kind of field that it fills."""
    words = as_words(raw)
    if isinstance(kind, Day):
        day = parse_day(raw, year=year, on_or_after=leaning)
        mark = f"台账写的是「{words}」" if day.guessed else ""
        return CellRead(day.day, mark, day.problem)
    if isinstance(kind, Integer):
        count = parse_count(raw)
        mark = f"台账写的是「{words}」" if count.guessed else ""
        problem = count.problem or kind.problem(count.number)
        return CellRead(count.number, mark, problem)
    if isinstance(raw, float):
        digits = text_of_number(raw)
        if digits.problem:
            return CellRead("", "", digits.problem)
        words = digits.text
    if isinstance(kind, YesNo):
        try:
            return CellRead(kind.parse(words))
        except ValueError as error:
            return CellRead(None, "", str(error))
    if isinstance(kind, Phone):
        phone = parse_phone(words)
        return _checked(phone.phone, phone.problem, phone.refused)
    if isinstance(kind, IdNumber):
        checked = check_id_number(words)
        return _checked(normalise(words), checked.problem, checked.refused)
    if isinstance(kind, Named | PersonName):
        return CellRead(normalise(words))
    if isinstance(kind, Choices | NamedList):
        return CellRead(kind.parse(words))
    words = column.values.get(words, words)
    if isinstance(kind, Text):
        words = " ".join(words.split())
    elif isinstance(kind, Choice):
        words = "".join(words.split())
    return CellRead(kind.parse(words))


def _checked(value: str, problem: str, refused: bool) -> CellRead:
    # What is merely unlikely is kept and marked.
    return CellRead("", "", problem) if refused else CellRead(value, problem)
