"""Match names that were kept as written with registers that came later.

A township imports its ledgers first and gets the roster a week later: what the import marked as
unknown becomes a link then, and the mark goes. Only what an import wrote and marked is touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from desktop.core.fields import Choices, Field, Named, NamedList, is_id
from desktop.core.record import Record, RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.ledger.rows import Rows
from desktop.work.registers import Registers


def match_names(ledger: Ledger, rows: Rows, registers: Registers) -> int:
    """Link what the registers know now, of all marked records; returns how many records changed."""
    changed = [fresh for record in _marked(ledger) if (fresh := _matched(record, registers))]
    rows.save(*changed)
    return len(changed)


def _marked(ledger: Ledger) -> Iterator[Record]:
    for of in ledger.types.values():
        if _names(of):
            yield from ledger.find(Query(of, (Condition("marks", "filled"),)))
            lists = [f for f in _names(of) if isinstance(f.kind, NamedList)]
            if lists:  # a trip's places bear no mark of their own: its parts do
                yield from ledger.find(
                    Query(of, (Condition("marks", "empty"), Condition(lists[0].name, "filled")))
                )


def _names(of: RecordType) -> list[Field]:
    return [f for f in of.fields if isinstance(f.kind, Named | NamedList)]


def _matched(record: Record, registers: Registers) -> Record | None:
    """The record with the links that can be made now; None if there is none to make."""
    fresh: dict[str, Any] = {}
    marks = dict(record.marks)
    for field in _names(record.type):
        value = getattr(record, field.name)
        if isinstance(field.kind, Choices):
            linked = tuple(_id(v, field, record, registers) or v for v in value)
            if linked != value:
                fresh[field.name] = linked
        elif field.name in marks and (found := _id(value, field, record, registers)):
            fresh[field.name] = found
            del marks[field.name]
    if not fresh:
        return None
    return replace(record, **fresh, marks=marks)


def _id(words: str, field: Field, record: Record, registers: Registers) -> str:
    """The register's record for a name, told apart by the rank that the same record names."""
    if not words or is_id(words):
        return ""
    rank = getattr(record, f"{field.name}_rank", "") or getattr(record, "rank", "")
    return registers.named(field.kind.targets, words, record.office, rank)[0]  # type: ignore[attr-defined]
