"""The steps by which a ledger's schema came to be, oldest first; written literally, never edited.

A new ledger is made by the same steps, so there is one path. sqlite-utils runs each step in one
transaction with the record of its having run, but has no guard against a file newer than the
program: `refuse_newer` compares the names.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

from desktop.core.errors import LedgerProblem
from desktop.ledger import step_001, step_002

LEDGER_STEPS = Migrations("ledger")
FILES_STEPS = Migrations("files")


def migrate(db: Database, steps: Migrations) -> None:
    """Run the steps that this file lacks."""
    steps.apply(db)


def refuse_newer(db: Database, steps: Migrations, path: Path) -> None:
    """Raise LedgerProblem if the file has steps that this program doesn't know."""
    known = {m.name for m in steps.pending(db)} | {m.name for m in steps.applied(db)}
    ours = {m.name for m in steps._migrations}  # noqa: SLF001  the library lists them nowhere else
    if newer := sorted(known - ours):
        raise LedgerProblem(
            f"台账 {path.parent.name} 是用更新版本的程序建立的（{newer[-1]}），没有改动它。"
            "请先把本程序升级到同一版本再打开。"
        )


def _run(db: Database, script: str) -> None:
    # Not executescript: it commits first, and a step must be one transaction.
    for statement in filter(str.strip, script.split(";\n")):
        db.conn.execute(statement)


@LEDGER_STEPS()
def step_001_records(db: Database) -> None:
    """The record tables of the first version."""
    _run(db, step_001.SQL)


@LEDGER_STEPS()
def step_002_registers(db: Database) -> None:
    """Registers, doubles, zero reports, progress, photos; serials and preferences."""
    _run(db, step_002.SQL)


@FILES_STEPS()
def step_001_files(db: Database) -> None:
    """Photos and scans by SHA-256."""
    _run(
        db,
        """
CREATE TABLE "file" (
    "sha256" TEXT PRIMARY KEY NOT NULL,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "added" TEXT NOT NULL,
    "content" BLOB NOT NULL
) STRICT;
        """,
    )


@FILES_STEPS()
def step_002_pieces(db: Database) -> None:
    """A file in pieces that fit into memory, and small pictures to look at."""
    _run(
        db,
        """
CREATE TABLE "piece" (
    "sha256" TEXT NOT NULL REFERENCES "file"("sha256"),
    "number" INTEGER NOT NULL,
    "content" BLOB NOT NULL,
    PRIMARY KEY ("sha256", "number")
) STRICT;
INSERT INTO "piece"("sha256", "number", "content") SELECT "sha256", 0, "content" FROM "file";
ALTER TABLE "file" DROP COLUMN "content";
CREATE TABLE "thumbnail" (
    "sha256" TEXT NOT NULL REFERENCES "file"("sha256"),
    "side" INTEGER NOT NULL,
    "content" BLOB NOT NULL,
    PRIMARY KEY ("sha256", "side")
) STRICT;
        """,
    )
