"""来龙去脉: what a record came from, and what came of it, along all declared links."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import Field, Link
from desktop.core.record import RecordType
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from desktop.work.lists import whole_of

MOST = 30

_OUTCOMES = {"visit.case", "suggestion.became", "problem.root_cause"}
"""Links that point forward in time: from what was said to what became of it."""

_ASIDE = {"petitioner.of", "attachment.of", "same_as.duplicate", "same_as.main"}
"""Links of records that are shown in places of their own."""


@dataclass(frozen=True)
class Linked:
    """A record at the other end of a link: what it is to this one, its type, id and title."""

    label: str
    type: str
    id: str
    title: str


@dataclass(frozen=True)
class Course:
    """What a record came from, and what came of it."""

    sources: tuple[Linked, ...] = ()
    outcomes: tuple[Linked, ...] = ()


def linked(ledger: Ledger, type_name: str, record_id: str) -> Course:
    """Walk the links of a record in both directions; a part leads to the whole it belongs to.

    Of a register's record only its own links are walked: what belongs to a topic or a campaign is
    a list of its own, not a course of events.
    """
    of = RECORD_TYPES[type_name]
    record = ledger.get(of.cls, record_id)
    if record is None:
        return Course()
    sources: dict[str, Linked] = {}
    outcomes: dict[str, Linked] = {}

    def note(into: dict[str, Linked], one: str) -> None:
        for found in _with_whole(ledger, one):
            if found.id != record_id:
                into.setdefault(found.id, found)

    if (above := of.parent) is not None and getattr(record, above.name):
        _, whole = whole_of(ledger, of, record_id)
        note(sources, whole)
    for field in of.fields:
        if _is_walked(of, field) and (other := getattr(record, field.name)):
            note(outcomes if f"{of.name}.{field.name}" in _OUTCOMES else sources, other)
    for pointing, field in () if of.register else _pointing_at(of):
        forward = f"{pointing.name}.{field.name}" in _OUTCOMES
        for one in _that_point(ledger, pointing, field, record_id):
            if forward:
                note(sources, one)
            elif found := _one(ledger, one):
                outcomes.setdefault(one, found)
    for one in sources:
        outcomes.pop(one, None)  # two records that point at each other are said once
    return Course(tuple(sources.values()), tuple(outcomes.values()))


def _is_walked(of: RecordType, field: Field) -> bool:
    kind = field.kind
    if not isinstance(kind, Link) or kind.parent or kind.targets == (of.name,):
        return False
    return f"{of.name}.{field.name}" not in _ASIDE


def _pointing_at(of: RecordType) -> list[tuple[RecordType, Field]]:
    return [
        (other, field)
        for other in RECORD_TYPES.values()
        for field in other.fields
        if _is_walked(other, field)
        and isinstance(field.kind, Link)
        and of.name in field.kind.targets
    ]


def _that_point(ledger: Ledger, of: RecordType, field: Field, record_id: str) -> list[str]:
    rows = ledger.rows(
        f'SELECT id FROM "{of.name}" WHERE "{field.name}" = ? AND removed = \'\''
        f" ORDER BY id LIMIT {MOST}",
        [record_id],
    )
    return [row[0] for row in rows]


def _with_whole(ledger: Ledger, record_id: str) -> list[Linked]:
    """A record, and the trip (or whatever whole) that it is a part of, that first."""
    found = _one(ledger, record_id)
    if found is None:
        return []
    of = RECORD_TYPES[found.type]
    if of.parent is None:
        return [found]
    _, whole = whole_of(ledger, of, record_id)
    first = _one(ledger, whole) if whole != record_id else None
    return [first, found] if first else [found]


def _one(ledger: Ledger, record_id: str) -> Linked | None:
    rows = ledger.rows("SELECT type, title FROM entry WHERE id = ?", [record_id])
    if not rows or rows[0][0] not in RECORD_TYPES:
        return None
    of = RECORD_TYPES[rows[0][0]]
    here = ledger.rows(f"SELECT 1 FROM \"{of.name}\" WHERE id = ? AND removed = ''", [record_id])
    return Linked(of.label, of.name, record_id, rows[0][1]) if here else None
