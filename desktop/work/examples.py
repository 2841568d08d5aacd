"""Worked examples (典型事例): what is ticked all year, collected for the summary."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from desktop.core.fields import Link, is_id
from desktop.core.names import single_names
from desktop.core.record import Record, RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query, build
from desktop.records.example import Example
from desktop.records.petitioner import Petitioner
from desktop.work.due_words import SOON

R = TypeVar("R", bound=Record)

SENTENCES = ("example_before", "example_after")
NAMES_A_CITIZEN = "这句话里有群众姓名"


@dataclass(frozen=True)
class ExampleRow:
    """One example: what it was before, what it is now, and the record that tells it."""

    type: str
    id: str
    date: dt.date | None
    title: str
    before: str
    after: str
    note: str = ""  # what is still missing, or shouldn't be there


def types_with_examples(ledger: Ledger) -> list[RecordType]:
    """The record types that may tell an example."""
    return [of for of in ledger.types.values() if issubclass(of.cls, Example)]


def examples(ledger: Ledger, first: dt.date, last: dt.date, office: str = "") -> list[ExampleRow]:
    """The ticked examples of a period, in order of date; those without a day come last."""
    found: list[ExampleRow] = []
    for of in types_with_examples(ledger):
        query = Query(of, (Condition("example", "=", True),)).of_office(office)
        if of.dated_by:
            query = query.dated(of.dated_by, first, last)
        days = _days(ledger, query)
        for record in ledger.fetch(of.cls, days):
            assert isinstance(record, Example)
            found.append(_row(ledger, record, days[record.id]))
    return sorted(found, key=lambda e: (e.date or dt.date.max, e.type, e.id))


def _days(ledger: Ledger, query: Query) -> dict[str, dt.date | None]:
    sql = build(query, ledger.types)
    day = sql.column(query.of.dated_by) if query.of.dated_by else "NULL"
    rows = ledger.rows(f'SELECT t."id", {day} {sql.tail()}', sql.values)
    return {one: dt.date.fromisoformat(on) if on else None for one, on in rows}


def _row(ledger: Ledger, record: Example, day: dt.date | None) -> ExampleRow:
    title = ledger.titles.words(record.id)
    before, after = record.example_before.strip(), record.example_after.strip()
    return ExampleRow(record.type.name, record.id, day, title, before, after, _note(record))


def _note(record: Example) -> str:
    """What keeps an example from being told as it is; '' if nothing does."""
    lacking = [
        words
        for name, words in zip(SENTENCES, ("原来怎样", "后来怎样"), strict=True)
        if not getattr(record, name).strip()
    ]
    if lacking:
        return f"{SOON} 缺「{'」「'.join(lacking)}」"
    named = any(record.marks.get(name) == NAMES_A_CITIZEN for name in SENTENCES)
    return f"{SOON} {NAMES_A_CITIZEN}" if named else ""


# ---- names of citizens ------------------------------------------------------------------------


def marked(ledger: Ledger, record: R) -> R:
    """The record, with a quiet mark on each sentence that names a citizen whom it concerns."""
    if not isinstance(record, Example):
        return record
    marks = {k: v for k, v in record.marks.items() if not (k in SENTENCES and v == NAMES_A_CITIZEN)}
    written = [name for name in SENTENCES if getattr(record, name).strip()]
    if written:
        names = set(citizens(ledger, record))
        for name in written:
            if any(one in getattr(record, name) for one in names):
                marks[name] = NAMES_A_CITIZEN
    if marks == dict(record.marks):
        return record
    return dataclasses.replace(record, marks=marks)


def citizens(ledger: Ledger, record: Record) -> Iterator[str]:
    """The full names of the people behind a record, and behind what it links to."""
    ids = [record.id]
    for field in record.type.fields:
        value = getattr(record, field.name)
        if isinstance(field.kind, Link) and is_id(value):
            ids.append(value)
    query = Query(Petitioner.type, (Condition("of", "in", tuple(ids)),))
    gone = dataclasses.replace(query, removed=True)  # a sentence may still say the name
    for one in ledger.fetch(Petitioner, [*ledger.ids(query), *ledger.ids(gone)]):
        yield from single_names(one.name)
