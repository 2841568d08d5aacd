"""Two records of one and the same thing (并为一条): joined by a person, parted again at will.

That two are not the same (不是一件) is kept too, as a void `same_as`: nobody is asked again.

A duplicate stays as it was written and keeps what is its own; figures count its main record once.
Joins may stand in a row (a into b, later b into c): the main record is the last of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from desktop.core.errors import UserError
from desktop.core.ids import derived_id
from desktop.core.record import RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.rows import Rows
from desktop.records import SameAs

PARTED = "不是同一件，拆开"
APART = "不是一件"
"""Why a `same_as` is void that a person made so; an undone one says nothing about the two."""


def main_of(ledger: Ledger, record_id: str) -> str:
    """The record that counts for this one; itself if it was joined to none."""
    seen = [record_id]
    while above := mains(ledger, [record_id]).get(record_id):
        if above in seen:  # two offices may have joined the same two the other way round
            return min(seen[seen.index(above) :])
        seen.append(above)
        record_id = above
    return record_id


def mains(ledger: Ledger, ids: Iterable[str]) -> dict[str, str]:
    """Duplicate -> the record that it was joined to; those that were joined to none are absent."""
    found: dict[str, str] = {}
    wanted = list(ids)
    for at in range(0, len(wanted), 500):
        some = wanted[at : at + 500]
        marks = ",".join("?" * len(some))
        rows = ledger.rows(
            f"SELECT duplicate, main FROM same_as WHERE removed = '' AND duplicate IN ({marks})"
            " ORDER BY id DESC",
            some,
        )
        found |= dict(rows)
    return found


def duplicates_of(ledger: Ledger, record_id: str) -> list[str]:
    """All records that were joined to this one, straight or by way of another."""
    found: dict[str, None] = {}
    waiting = [record_id]
    while waiting:
        above = waiting.pop(0)
        rows = ledger.rows(
            "SELECT duplicate FROM same_as WHERE removed = '' AND main = ? ORDER BY id", [above]
        )
        for (one,) in rows:
            if one not in found and one != record_id:
                found[one] = None
                waiting.append(one)
    return list(found)


def join(
    ledger: Ledger, rows: Rows, of: RecordType, duplicate: str, main: str, reason: str = ""
) -> str:
    """Join a record to another of the same thing; returns the id of the main record.

    Raises:
        UserError: one of them is void, or they are joined already.
    """
    main = main_of(ledger, main)
    if duplicate == main or main_of(ledger, duplicate) == main:
        raise UserError(f"这两条{of.label}已经并为一条了，没有改动。")
    if already := mains(ledger, [duplicate]).get(duplicate):
        title = ledger.titles.words(already)[:20]
        raise UserError(f"这一条已经并入「{title}」，没有改动。请先在那里拆开，再并到别处。")
    both = {r.id: r.removed for r in ledger.fetch(of.cls, [duplicate, main])}
    if both.get(main, "已作废"):
        raise UserError(f"要并入的那条{of.label}已经作废，没有改动。请先恢复它，或并到别的一条。")
    rows.save(_same(ledger, duplicate, main, reason))
    return main


def part(ledger: Ledger, rows: Rows, duplicate: str) -> None:
    """Take a record out of its main one again: it counts for itself."""
    found = ledger.rows("SELECT id FROM same_as WHERE removed = '' AND duplicate = ?", [duplicate])
    for (one,) in found:
        rows.remove(SameAs.type, one, PARTED)


def keep_apart(ledger: Ledger, rows: Rows, of: RecordType, one: str, other: str) -> None:
    """Remember that two records are not the same, so that they are not offered again.

    Raises:
        UserError: they are joined.
    """
    if main_of(ledger, one) == main_of(ledger, other):
        raise UserError(f"这两条{of.label}已经并为一条了，没有改动。请先拆开。")
    rows.save(_same(ledger, one, other, APART, removed=APART))


def kept_apart(ledger: Ledger, ids: Iterable[str] | None = None) -> set[frozenset[str]]:
    """Pairs that a person has kept apart or parted; all, or those that one of the ids is in."""
    sql = "SELECT duplicate, main FROM same_as WHERE removed IN (?, ?)"
    if ids is None:
        return {frozenset(row) for row in ledger.rows(sql, [APART, PARTED])}
    found: set[frozenset[str]] = set()
    wanted = json.dumps(list(ids))
    for side in ("duplicate", "main"):
        near = f"{sql} AND {side} IN (SELECT value FROM json_each(?))"
        found |= {frozenset(row) for row in ledger.rows(near, [APART, PARTED, wanted])}
    return found


def _same(ledger: Ledger, duplicate: str, main: str, reason: str, *, removed: str = "") -> SameAs:
    """The record about two: derived, so that joining, parting and joining again leaves one."""
    return SameAs(
        id=derived_id(ledger.office.code, "same_as", duplicate, main),
        duplicate=duplicate,
        main=main,
        reason=" ".join(reason.split()),
        removed=removed,
    )
