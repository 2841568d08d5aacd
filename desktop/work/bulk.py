"""One field of many records changed at once: first a plan that shows everything, then one step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.fields import Field, Link, Marks, Named, NamedList
from desktop.core.progress import Progress
from desktop.core.record import Record, RecordType
from desktop.ledger.ledger import Ledger

BLOCK = 500
_BY_CONVERSION = {"suggestion": ("converted", "became")}
"""Written only with what a suggestion becomes: alone they would take it out of counts."""


@dataclass(frozen=True)
class Change:
    """One record of a plan: what it is called, the old words and the new ones, or why not."""

    id: str
    title: str
    old: str
    new: str
    refused: str = ""


@dataclass(frozen=True)
class BulkPlan:
    """What a change of many records would do."""

    of: RecordType
    field: Field
    value: Any
    changes: tuple[Change, ...]
    same: int  # records that hold the value already

    @property
    def fine(self) -> list[Change]:
        """What will be changed."""
        return [c for c in self.changes if not c.refused]

    @property
    def refused(self) -> list[Change]:
        """What stays as it is, with the reason."""
        return [c for c in self.changes if c.refused]


def editable(of: RecordType) -> list[Field]:
    """The fields that may be changed in many records: not what a record is a part of.

    Nor the names of files, nor what only a step of its own may write.
    """
    kept = _BY_CONVERSION.get(of.name, ())
    return [
        f
        for f in of.fields
        if not isinstance(f.kind, Marks)
        and not (isinstance(f.kind, Link) and f.kind.parent)
        and not f.file
        and f.name not in kept
    ]


def plan_change(
    ledger: Ledger,
    of: RecordType,
    ids: Sequence[str],
    field: Field,
    value: Any,
    progress: Progress | None = None,
) -> BulkPlan:
    """Look at every record; nothing is written."""
    own = ledger.office.code
    changes: list[Change] = []
    same = 0
    new = _words(ledger, field, value)
    for at in range(0, len(ids), BLOCK):
        some = list(ids[at : at + BLOCK])
        if progress is not None:
            progress.step(at, len(ids))
        titles = ledger.titles.of(some)
        for record in ledger.fetch(of.cls, some):
            former = getattr(record, field.name)
            if former == value:
                same += 1
                continue
            old = _words(ledger, field, former)
            title = titles.get(record.id, "")
            why = _refusal(of, record, own, field, value)
            changes.append(Change(record.id, title, old, new, why))
    return BulkPlan(of, field, value, tuple(changes), same)


def carry_out(
    ledger: Ledger,
    plan: BulkPlan,
    title: str,
    save: Callable[[Any, list[Record]], object],
    progress: Progress,
) -> int:
    """Change what the plan found fine, as one undo step; returns how many records were changed.

    `save` writes records with `Rows`. What was made void or given another value since the plan was
    made is left out: nobody has seen that.
    """
    seen = {c.id: c.old for c in plan.fine}
    ids = list(seen)
    own, done = ledger.office.code, 0
    with ledger.write(title) as rows:
        for at in range(0, len(ids), BLOCK):
            progress.step(at, len(ids))
            ready = [
                dataclasses.replace(record, **{plan.field.name: plan.value})
                for record in ledger.fetch(plan.of.cls, ids[at : at + BLOCK])
                if not _refusal(plan.of, record, own, plan.field, plan.value)
                and _words(ledger, plan.field, getattr(record, plan.field.name)) == seen[record.id]
            ]
            if ready:
                save(rows, ready)
            done += len(ready)
    return done


def _refusal(of: RecordType, record: Record, own: str, field: Field, value: Any) -> str:
    if record.removed:
        return "已经作废"
    if record.office != own:
        return "是别的单位填的"
    changed = dataclasses.replace(record, **{field.name: value})
    before = of.problems(record)
    # Only what the change itself would make wrong: an old gap elsewhere is no reason.
    odd = [words for name, words in of.problems(changed).items() if before.get(name) != words]
    return "；".join(odd)


def _words(ledger: Ledger, field: Field, value: Any) -> str:
    if isinstance(field.kind, Named | Link):
        return ledger.titles.words(value)
    if isinstance(field.kind, NamedList):
        return ledger.titles.joined(value)
    return field.kind.text(value)
