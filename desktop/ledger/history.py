"""The history of a ledger: who changed what, when; chained, so that a change of the past shows.

One entry a record and operation; the values' digest is salted, so that 涂销 can erase values and
salt and the chain still verifies. An operation's chain value is SHA-256 over the former one, the
operation and its entries' digests. What a record held when it was made isn't kept twice: it
follows from the row and the later changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

START = "0" * 64

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True)
class Entry:
    """What one operation did to one record; `changes` is {field: [old, new]} in stored form."""

    counter: int
    record: str
    type: str
    action: str  # new, edit
    changes: Mapping[str, list[Any]]


@dataclass(frozen=True)
class Operation:
    """One operation as the history shows it."""

    counter: int
    installation: str
    at: str
    who: str
    title: str
    batch: str
    undoes: str


def digest(salt: bytes, values: Mapping[str, Any]) -> bytes:
    """SHA-256 of salt and values; empty values don't count, so later columns don't either."""
    filled = {k: v for k, v in values.items() if v is not None and v != ""}
    return hashlib.sha256(salt + _encode(filled).encode()).digest()


def chain(former: str, operation: Iterable[str], digests: Iterable[bytes]) -> str:
    """The chain value of an operation."""
    hashed = hashlib.sha256(former.encode())
    for part in operation:
        hashed.update(b"\x1f" + part.encode())
    for one in digests:
        hashed.update(one)
    return hashed.hexdigest()


def head(db: Database) -> str:
    """The chain value of the newest operation; printed on the internal 数据核对单."""
    row = db.execute("SELECT chain FROM operation ORDER BY counter DESC LIMIT 1").fetchone()
    return row[0] if row else START


def of_record(db: Database, record: str) -> Iterator[tuple[Operation, Entry]]:
    """All that was done to a record, newest first."""
    rows = db.execute(
        "SELECT o.counter, o.installation, o.at, o.who, o.title, o.batch, o.undoes,"
        " h.record, h.type, h.action, h.changes FROM history h JOIN operation o USING (counter)"
        " WHERE h.record = ? ORDER BY h.n DESC",
        [record],
    )
    for row in rows:
        changes = json.loads(row[10]) if row[10] else {}
        yield Operation(*row[:7]), Entry(row[0], row[7], row[8], row[9], changes)


def entries(db: Database, counters: Iterable[int]) -> list[Entry]:
    """What the operations did, newest first."""
    found: list[Entry] = []
    for counter in sorted(counters, reverse=True):
        rows = db.execute(
            "SELECT counter, record, type, action, changes FROM history"
            " WHERE counter = ? ORDER BY n DESC",
            [counter],
        )
        found += [Entry(c, i, t, a, json.loads(e) if e else {}) for c, i, t, a, e in rows]
    return found


def last_batch(db: Database) -> tuple[str, str]:
    """Batch and title of the newest undo step that isn't undone and is no undo itself."""
    row = db.execute(
        "SELECT batch, title FROM operation o WHERE undoes = '' AND NOT EXISTS"
        " (SELECT 1 FROM operation u WHERE u.undoes = o.batch) ORDER BY counter DESC LIMIT 1"
    ).fetchone()
    return (row[0], row[1]) if row else ("", "")


def verify(db: Database, columns: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Check chain and digests; `columns` names the fields of each type. Returns what is wrong."""
    wrong: list[str] = []
    former = START
    digests: dict[int, list[bytes]] = {}
    for counter, one in db.execute("SELECT counter, digest FROM history ORDER BY n"):
        digests.setdefault(counter, []).append(one)
    operations = db.execute(
        "SELECT counter, installation, at, who, title, batch, undoes, chain FROM operation"
        " ORDER BY counter"
    )
    for row in operations:
        expected = chain(former, map(str, row[:7]), digests.get(row[0], []))
        if expected != row[7]:
            wrong.append(f"第{row[0]}步操作（{row[2]} {row[4]}）的历史记录被改动过")
        former = row[7]
    wrong += _altered_values(db, columns)
    return wrong


def _altered_values(db: Database, columns: Mapping[str, tuple[str, ...]]) -> list[str]:
    # Walk back from today's row through the changes to what each entry must have hashed.
    wrong: list[str] = []
    marks = ",".join("?" * len(columns))
    strange = db.execute(
        f"SELECT DISTINCT record FROM history WHERE type NOT IN ({marks})", [*columns]
    )
    wrong += [f"记录 {record} 的历史记录被改动过" for (record,) in strange]
    for of, names in columns.items():
        wrong += _unpaired(db, of)
        listed = ", ".join(f't."{n}"' for n in names)
        rows = db.execute(
            f"SELECT h.record, h.action, h.changes, h.salt, h.digest, {listed} FROM history h"
            f' JOIN "{of}" t ON t.id = h.record WHERE h.type = ? ORDER BY h.record, h.n DESC',
            [of],
        )
        current, state = "", {}
        for record, action, changes, salt, hashed, *values in rows:
            if record != current:
                current, state = record, dict(zip(names, values, strict=True))
            edits = json.loads(changes) if changes else {}
            if any(state.get(k) != new for k, (_, new) in edits.items()):
                wrong.append(f"记录 {record} 的内容和历史记录对不上")
                state = {}
                continue
            values_hashed = state if action == "new" else edits
            if state and digest(salt, values_hashed) != hashed:
                wrong.append(f"记录 {record} 的历史记录被改动过")
            state.update({k: old for k, (old, _) in edits.items()})
    return sorted(set(wrong))


def _unpaired(db: Database, of: str) -> list[str]:
    """Records without the entry of their making, and entries without their record."""
    unmade = db.execute(
        f'SELECT id FROM "{of}" EXCEPT SELECT record FROM history WHERE type = ? AND action = ?',
        [of, "new"],
    )
    wrong = [f"记录 {one} 不是由本程序写入的，历史记录里没有它" for (one,) in unmade.fetchall()]
    gone = db.execute(
        f'SELECT record FROM history WHERE type = ? EXCEPT SELECT id FROM "{of}"', [of]
    )
    return wrong + [f"记录 {one} 被删掉了，历史记录里还有它" for (one,) in gone.fetchall()]
