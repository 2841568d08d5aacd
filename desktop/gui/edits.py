"""What a person changed in a form, saved without undoing what others changed meanwhile.

Only fields that differ between what the form showed and what it holds now are written; a name typed
in full becomes the record of that name; a label that is new joins the office's list.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from desktop.core.errors import UserError
from desktop.core.fields import Choice, Choices, Named, NamedList, is_id
from desktop.core.record import Record
from desktop.ledger.ledger import Ledger
from desktop.ledger.rows import Rows
from desktop.work import examples
from desktop.work.codes import added_label, code_lists
from desktop.work.numbers import numbered
from desktop.work.registers import suggest
from desktop.work.unlikely import all_marked

R = TypeVar("R", bound=Record)


def differing(before: Record, after: Record) -> dict[str, Any]:
    """Field name -> new value, of the fields that differ."""
    return {
        f.name: value
        for f in after.type.columns
        if (value := getattr(after, f.name)) != getattr(before, f.name)
    }


def carried(ledger: Ledger, before: R | None, after: R) -> R:
    """The record to save: as it is in the ledger now, with what the person changed here.

    Raises:
        UserError: it was made void meanwhile.
    """
    current = ledger.get(type(after), after.id)
    if current is None:
        return after
    changes = differing(before or current, after)
    if current.removed and not (before or current).removed:
        raise UserError(
            f"这条{after.type.label}刚才已经作废，现在写的没有存进去，都留在这张表里。"
            "请先恢复它，再保存。"
        )
    return dataclasses.replace(current, **changes)


def save(ledger: Ledger, rows: Rows, records: Iterable[Record]) -> list[Record]:
    """Save records with names settled, and the labels that are new with them."""
    ready = [examples.marked(ledger, settled(ledger, record)) for record in records]
    ready = numbered(ledger, all_marked(ledger, ready))
    labels = new_labels(ledger, ready)
    return rows.save(*labels, *ready)[len(labels) :]


def settled(ledger: Ledger, record: R) -> R:
    """The record, with the id for each name that means exactly one record of a register."""
    found: dict[str, Any] = {}
    day = _day_of(record)
    for field in record.type.fields:
        value = getattr(record, field.name)
        if isinstance(field.kind, Named):
            found[field.name] = _settle(ledger, field.kind.targets, value, day)
        elif isinstance(field.kind, NamedList):
            found[field.name] = tuple(
                dict.fromkeys(_settle(ledger, field.kind.targets, one, day) for one in value)
            )
    return dataclasses.replace(record, **found)


def _day_of(record: Record) -> date | None:
    """The record's own day, if it has one; a part's day is that of its whole, who knows."""
    value = getattr(record, record.type.dated_by.split("|")[-1], None)
    return value if isinstance(value, date) else None


def _settle(ledger: Ledger, targets: tuple[str, ...], words: str, on: date | None) -> str:
    if not words or is_id(words):
        return words
    return next((s.id for s in suggest(ledger, targets, words, on=on) if s.meant), words)


def new_labels(ledger: Ledger, records: Iterable[Record]) -> list[Record]:
    """The labels in records that no code list knows yet, as records of the office's list."""
    lists = code_lists(ledger)
    found: dict[tuple[str, str], Record] = {}
    office = ledger.office.code
    for record in records:
        for field in record.type.fields:
            if not isinstance(field.kind, Choice | Choices) or not field.kind.codes:
                continue
            value = getattr(record, field.name)
            known = lists.get(field.kind.codes)
            for label in (value,) if isinstance(value, str) else value:
                if label and not (known and known.knows(label)):
                    key = (field.kind.codes, label)
                    found[key] = added_label(*key, office)
    return list(found.values())
