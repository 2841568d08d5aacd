"""Photos and scans of a record: which there are, what their captions must not say, saving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop.core.errors import UserError
from desktop.core.names import normalise, single_names
from desktop.core.record import RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.ledger.rows import Rows
from desktop.records import Attachment

REMOVED = "从记录里去掉"


def by_time(pictures: Iterable[Attachment]) -> list[Attachment]:
    """In the order in which they were taken; those that don't say when come last, as added."""
    return sorted(
        pictures, key=lambda one: (one.taken or dt.date.max, one.taken_at or dt.time.max, one.id)
    )


def attached(ledger: Ledger, record_id: str) -> list[Attachment]:
    """The photos and scans of a record, by time."""
    query = Query(Attachment.type, (Condition("of", "=", record_id),))
    return by_time(ledger.fetch(Attachment, ledger.ids(query)))


_IN_PARTS = """
SELECT count(*) FROM attachment a WHERE a.removed = '' AND a."of" IN (
    SELECT p.id FROM problem p JOIN onsite o ON o.id = p.onsite WHERE o.activity = ?1
    UNION ALL
    SELECT s.id FROM suggestion s WHERE s.source = ?1
)
"""


def in_parts(ledger: Ledger, record_id: str) -> int:
    """How many photos the problems and suggestions of a trip have; they are shown there."""
    return int(ledger.rows(_IN_PARTS, [record_id])[0][0])


_PEOPLE = """
SELECT name FROM petitioner p WHERE p.removed = '' AND p.name <> '' AND (
    p.of = ?1
    OR p.of IN (SELECT origin FROM "case" WHERE id = ?1 AND origin <> '')
    OR p.of IN (SELECT v.id FROM visit v WHERE v."case" = ?1)
    OR p.of IN (SELECT v.id FROM visit v JOIN reception r ON r.id = v.reception
                WHERE r.activity = ?1)
    OR p.of IN (SELECT s.id FROM suggestion s WHERE s.source = ?1)
    OR p.of IN (SELECT b.id FROM problem b JOIN onsite o ON o.id = b.onsite WHERE o.activity = ?1)
    OR p.of IN (SELECT source FROM problem WHERE id = ?1 AND source <> '')
)
"""


def people_of(ledger: Ledger, record_id: str) -> tuple[str, ...]:
    """The citizens of a record, whose names have no place in a caption."""
    rows = ledger.rows(_PEOPLE, [record_id])
    return tuple(sorted({normalise(one) for row in rows for one in single_names(row[0])}))


def name_in(caption: str, people: Iterable[str]) -> str:
    """The citizen's name that a caption holds, '' if it holds none."""
    plain = normalise(caption)
    return next((name for name in people if name in plain), "")


def save(
    ledger: Ledger,
    title: str,
    record_id: str,
    before: Mapping[str, Attachment],
    after: Iterable[Attachment],
) -> None:
    """Save what differs from `before` (by id): new ones, captions; what is missing is void.

    What another window added meanwhile stays, and so does a caption that nobody touched here.
    """
    wanted = {one.id: one for one in after}
    changed: list[Attachment] = []
    for one in wanted.values():
        former = before.get(one.id)
        if former is None:
            if not ledger.files().has(one.sha256):  # cleared away while it waited to be saved
                raise UserError(
                    f"照片「{one.name}」的文件已经被清理，这次没有保存，写的都还在。"
                    "请去掉这张照片，重新添加后再保存。"
                )
            changed.append(replace(one, of=record_id))
        elif former.caption != one.caption and (now := ledger.get(Attachment, one.id)):
            changed.append(replace(now, caption=one.caption, removed=""))
    with ledger.write(title) as rows:
        rows.save(*changed)
        for gone in before.keys() - wanted.keys():
            rows.remove(Attachment.type, gone, REMOVED)


def restore_with(ledger: Ledger, rows: Rows, of: RecordType, record_id: str) -> None:
    """Take back the photos that became void by the same step as the record; called before it is."""
    gone = "json_extract(NULLIF({0}.stamps, ''), '$.removed')"
    found = ledger.rows(
        f'SELECT a.id FROM attachment a JOIN "{of.name}" r ON r.id = a."of"'
        " WHERE r.id = ? AND a.removed <> '' AND r.removed <> ''"
        f" AND {gone.format('a')} = {gone.format('r')}",
        [record_id],
    )
    for (one,) in found:
        rows.restore(Attachment.type, one)
