"""Join names that people wrote with the cadre of the roster who bears them, after a look.

A leader is typed with his title before the roster is there; once it is, each place where exactly
one cadre of that name fits is shown with what would change, and all go in as one undoable step.
What an import marked as unknown is joined by itself (match_names.py); what a person wrote isn't.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from desktop.core.fields import Field, Named, NamedList, is_id
from desktop.core.record import Record, RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records.cadre import Cadre
from desktop.work import lists
from desktop.work.registers import Registers, post_on

TITLE = "把写的姓名对上名册"


@dataclass(frozen=True)
class Join:
    """One written name in one field of one record, and the cadre whom it would become."""

    type: str
    id: str
    field: str
    label: str  # of the field
    title: str  # of the record
    words: str
    cadre: str
    who: str  # unit and post on that day
    fills: tuple[tuple[str, str], ...] = ()  # empty fields that the roster fills: (name, value)
    fill_labels: tuple[str, ...] = ()

    @property
    def change(self) -> str:
        """What would change, in words."""
        filled = "".join(f"；{one}" for one in self.fill_labels)
        return f"“{self.words}” → {self.words}（{self.who or '名册'}）{filled}"


def find_joins(ledger: Ledger, cadre: str = "") -> list[Join]:
    """Every written name that means exactly one cadre; of one cadre only, if an id is given."""
    registers = Registers(ledger)
    found: list[Join] = []
    for of in ledger.types.values():
        for field in _cadre_fields(of):
            for record in ledger.find(Query(of, (Condition(field.name, "filled"),), doubles=True)):
                found += _joins_of(ledger, registers, record, field)
    return [one for one in found if cadre in ("", one.cadre)]


def apply_joins(ledger: Ledger, joins: Collection[Join]) -> int:
    """Write them as one operation; returns how many records changed.

    What was changed since they were shown stays as it is.
    """
    by_record: dict[tuple[str, str], list[Join]] = {}
    for one in joins:
        by_record.setdefault((one.type, one.id), []).append(one)
    with ledger.write(TITLE) as rows:
        changed = [
            fresh
            for (name, record_id), some in by_record.items()
            if (record := ledger.get(ledger.types[name].cls, record_id)) is not None
            and (fresh := _joined(record, some)) != record
        ]
        rows.save(*changed)
    return len(changed)


def _cadre_fields(of: RecordType) -> Iterator[Field]:
    for field in of.fields:
        if isinstance(field.kind, Named | NamedList) and Cadre.type.name in field.kind.targets:
            yield field


def _joins_of(ledger: Ledger, registers: Registers, record: Record, field: Field) -> Iterator[Join]:
    value = getattr(record, field.name)
    day = lists.day_of(ledger, record)
    for words in value if isinstance(value, tuple) else (value,):
        if not words or is_id(words):
            continue
        rank = _held(record, field, "rank")
        cadre, _ = registers.cadre(words, record.office, rank)
        if not cadre:
            continue
        title, held, unit = post_on(ledger, cadre, day)
        fills, labels = _fills(record, field, {"post": title, "rank": held})
        who = f"{ledger.titles.words(unit)} {title}".strip()
        named = ledger.titles.words(record.id)
        yield Join(
            record.type.name,
            record.id,
            field.name,
            field.label,
            named,
            words,
            cadre,
            who,
            fills,
            labels,
        )


def _beside(field: Field, what: str) -> tuple[str, ...]:
    """The fields in which a record keeps the post or rank of whom a field names."""
    stem = field.name.removesuffix("_cadre")
    own = (what,) if field.name == "person" else ()
    return (f"{field.name}_{what}", f"{stem}_{what}", *own)


def _held(record: Record, field: Field, what: str) -> str:
    found = (getattr(record, name, "") for name in _beside(field, what))
    return next((value for value in found if isinstance(value, str) and value), "")


def _fills(
    record: Record, field: Field, known: dict[str, str]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Post and rank of that day, where the record has a field for them and nothing in it."""
    fills: list[tuple[str, str]] = []
    labels: list[str] = []
    for what, value in known.items():
        for name in dict.fromkeys(_beside(field, what)):
            if value and name in record.type.by_name and not getattr(record, name):
                fills.append((name, value))
                labels.append(f"{record.type.field(name).label}填上“{value}”")
    return tuple(fills), tuple(labels)


def _joined(record: Record, joins: Collection[Join]) -> Record:
    fresh: dict[str, Any] = {}
    marks = dict(record.marks)
    for one in joins:
        value = fresh.get(one.field, getattr(record, one.field))
        if isinstance(value, tuple):
            if one.words not in value:
                continue
            linked = (one.cadre if v == one.words else v for v in value)
            fresh[one.field] = tuple(dict.fromkeys(linked))
        elif value == one.words:
            fresh[one.field] = one.cadre
        else:
            continue
        marks.pop(one.field, None)
        fresh |= {name: text for name, text in one.fills if not getattr(record, name)}
    return replace(record, **fresh, marks=marks) if fresh else record
