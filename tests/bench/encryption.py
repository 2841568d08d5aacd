"""Encrypted inserts against the same inserts into a plain file."""

from __future__ import annotations

import secrets
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from desktop.core.ids import new_id
from desktop.ledger.connection import connect
from tests.bench.measure import Line, best

ROWS = 50_000
TABLE = "CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT, b TEXT, n INTEGER) STRICT"
INSERT = "INSERT INTO t VALUES (?, ?, ?, ?)"


def compare(scratch: Path) -> Line:
    """Rows a second into an encrypted file to those into a plain one."""
    rows = [(new_id(), "前沟村", "土地流转租金未付，请求协调兑付", n) for n in range(ROWS)]
    numbers = iter(range(100))

    def encrypted() -> None:
        db = connect(scratch / f"e{next(numbers)}.db", secrets.token_bytes(32), new=True)
        with db.atomic():
            db.execute(TABLE)
            db.conn.executemany(INSERT, rows)
        db.close()

    def plain() -> None:
        conn = driver.connect(str(scratch / f"p{next(numbers)}.db"))
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = FULL")
        conn.execute(TABLE)
        conn.executemany(INSERT, rows)
        conn.commit()
        conn.close()

    ours, theirs = best(encrypted), best(plain)
    return Line(f"{ROWS} encrypted inserts / plain", ours, theirs, theirs / ours, "×", 0.2)
