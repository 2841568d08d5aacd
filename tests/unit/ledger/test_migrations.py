"""desktop/ledger/migrations.py: a step is whole or absent; a newer file is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlite_utils import Database, Migrations

from desktop.core.errors import LedgerProblem
from desktop.ledger.connection import connect
from desktop.ledger.migrations import LEDGER_STEPS, migrate, refuse_newer


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = connect(tmp_path / "ledger.db", bytes(32), new=True)
    yield opened
    opened.close()


def schema(db: Database) -> list[tuple[str, ...]]:
    rows = db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 2").fetchall()
    return [r for r in rows if "_sqlite_migrations" not in r[1]]


def test_running_twice_changes_nothing(db: Database) -> None:
    migrate(db, LEDGER_STEPS)
    before = schema(db)
    migrate(db, LEDGER_STEPS)
    assert schema(db) == before
    assert LEDGER_STEPS.pending(db) == []
    refuse_newer(db, LEDGER_STEPS, Path("a.ledger/ledger.db"))


def test_a_step_that_fails_leaves_nothing(db: Database) -> None:
    migrate(db, LEDGER_STEPS)
    db.execute("INSERT INTO meta VALUES ('a', 'b')")
    steps = Migrations("ledger")
    steps._migrations = list(LEDGER_STEPS._migrations)

    @steps()
    def step_002_breaks(db: Database) -> None:
        db.conn.execute('ALTER TABLE "film" ADD COLUMN "length" INTEGER')
        db.conn.execute("UPDATE meta SET value = 'c'")
        db.conn.execute('CREATE TABLE "half" ("id" TEXT) STRICT')
        db.conn.execute("SELECT * FROM nowhere")

    before = schema(db)
    with pytest.raises(driver.OperationalError, match="nowhere"):
        migrate(db, steps)
    assert schema(db) == before
    assert [m.name for m in steps.pending(db)] == ["step_002_breaks"]
    assert db.execute("SELECT value FROM meta").fetchone() == ("b",)


def test_the_first_step_that_fails_leaves_no_table(db: Database) -> None:
    steps = Migrations("ledger")

    @steps()
    def step_001_breaks(db: Database) -> None:
        db.conn.execute('CREATE TABLE "half" ("id" TEXT) STRICT')
        raise RuntimeError("bug")

    with pytest.raises(RuntimeError, match="bug"):
        migrate(db, steps)
    assert schema(db) == []


def test_a_newer_file_is_refused(db: Database) -> None:
    newer = Migrations("ledger")
    newer._migrations = list(LEDGER_STEPS._migrations)

    @newer()
    def step_002_of_tomorrow(db: Database) -> None:
        db.conn.execute('CREATE TABLE "tomorrow" ("id" TEXT) STRICT')

    migrate(db, newer)
    with pytest.raises(LedgerProblem, match=r"柳河镇.*更新版本.*step_002_of_tomorrow.*没有改动它"):
        refuse_newer(db, LEDGER_STEPS, Path("柳河镇.ledger/ledger.db"))
