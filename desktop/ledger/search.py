"""The search index: FTS5 over text split into single characters, and pinyin initials.

Newest first, because that is cheap at any size: the index is read in the order of `entry.n`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from desktop.ledger import search_text


@dataclass(frozen=True)
class Hit:
    """A record that was found: id, type name, title."""

    id: str
    type: str
    title: str


def add(db: Database, documents: Sequence[tuple[int, str, str]]) -> None:
    """Index documents (n of the entry, text, initials)."""
    db.conn.executemany('INSERT INTO search(rowid, "text", "initials") VALUES (?, ?, ?)', documents)


def forget(db: Database, n: int) -> None:
    """Take one document out of the index."""
    db.conn.execute("DELETE FROM search WHERE rowid = ?", [n])


def counts(db: Database, words: str) -> dict[str, int]:
    """Type name -> how many records hold every word."""
    match = search_text.phrase(words)
    if not match:
        return {}
    rows = db.execute(
        "SELECT e.type, count(*) FROM search JOIN entry e ON e.n = search.rowid"
        " WHERE search MATCH ? GROUP BY e.type",
        [match],
    )
    return dict(rows.fetchall())


def find(db: Database, words: str, of: Iterable[str] = (), limit: int = 50) -> list[Hit]:
    """The newest `limit` records that hold every word; `of` limits them to types."""
    match = search_text.phrase(words)
    if not match:
        return []
    types = list(of)
    only = f" AND e.type IN ({','.join('?' * len(types))})" if types else ""
    rows = db.execute(
        "SELECT e.id, e.type, e.title FROM search JOIN entry e ON e.n = search.rowid"
        f" WHERE search MATCH ?{only} ORDER BY search.rowid DESC LIMIT ?",
        [match, *types, limit],
    )
    return [Hit(*row) for row in rows]


def resembling(db: Database, pieces: Sequence[str], of: str, limit: int = 50) -> list[str]:
    """The ids of records of a type that hold any of the pieces; many and rare ones come first."""
    match = search_text.any_of(pieces)
    if not match:
        return []
    # bm25 weighs a piece by how rare it is; without any of the rare ones a record isn't alike.
    rows = db.execute(
        "SELECT e.id FROM search JOIN entry e ON e.n = search.rowid"
        " WHERE search MATCH ? AND e.type = ? ORDER BY rank LIMIT ?",
        [match, of, limit],
    )
    return [row[0] for row in rows]
