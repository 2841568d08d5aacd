"""All migrations, run on an empty file, add up to what the record types declare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from desktop.core.record import RecordType
from desktop.ledger import search_text
from desktop.ledger.connection import connect
from desktop.ledger.migrations import FILES_STEPS, LEDGER_STEPS, migrate
from desktop.ledger.schema import index_sql, table_sql
from desktop.records import RECORD_TYPES
from tests.house.tree import none_of

KEY = bytes(32)
BESIDE = {
    "meta",
    "entry",
    "knows",
    "sibling",
    "operation",
    "history",
    "imported_row",
    "draft",
    "serial",
    "preference",
    "_sqlite_migrations",
}


def made_by(path: Path, steps: Migrations) -> Database:
    db = connect(path, KEY, new=True)
    migrate(db, steps)
    return db


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = made_by(tmp_path_factory.mktemp("schema") / "ledger.db", LEDGER_STEPS)
    yield db
    db.close()


def plain(sql: str) -> str:
    return " ".join(sql.split())


def built(db: Database, kind: str) -> dict[str, str]:
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = ? AND sql <> ''", [kind])
    return dict(rows.fetchall())


def columns(db: Database, name: str) -> dict[str, tuple[object, ...]]:
    """Column -> type, not null, default, primary key, what it refers to; order doesn't count."""
    keys = {k[3]: k[2] for k in db.execute(f'PRAGMA foreign_key_list("{name}")')}
    rows = db.execute(f'PRAGMA table_info("{name}")').fetchall()
    return {r[1]: (*r[2:6], keys.get(r[1])) for r in rows}


def declared_columns(of: RecordType) -> dict[str, tuple[object, ...]]:
    """The same of the table as declared."""
    scratch = Database(memory=True)
    scratch.execute(table_sql(of))
    found = columns(scratch, of.name)
    scratch.close()
    return found


def missing_step(of: RecordType, db: Database) -> list[str]:
    """The statements that bring a table to what is declared."""
    indexes = {plain(sql) for sql in built(db, "index").values()}
    steps = [sql + ";" for sql in index_sql(of) if plain(sql) not in indexes]
    there, wanted = columns(db, of.name), declared_columns(of)
    if not there:
        return [table_sql(of) + ";", *steps]
    lines = {line.split('"')[1]: line.strip(" ,") for line in table_sql(of).split("\n")[1:-1]}
    table = f'ALTER TABLE "{of.name}"'
    added = [f"{table} ADD COLUMN {lines[name]};" for name in wanted if name not in there]
    dropped = [f'{table} DROP COLUMN "{name}";' for name in there if name not in wanted]
    other = [
        f"-- {of.name}.{name} is {there[name]}, declared {lines[name]}"
        for name in wanted
        if name in there and there[name] != wanted[name]
    ]
    return [*added, *dropped, *other, *steps]


def test_migrations_equal_the_declarations(migrated: Database) -> None:
    steps = [step for of in RECORD_TYPES.values() for step in missing_step(of, migrated)]
    none_of(["A migration is missing:", *steps] if steps else [])


def test_there_is_nothing_beside(migrated: Database) -> None:
    tables = {t for t in built(migrated, "table") if not t.startswith("search")}
    assert tables == set(RECORD_TYPES) | BESIDE
    declared = {plain(sql) for of in RECORD_TYPES.values() for sql in index_sql(of)}
    of_types = {
        plain(sql)
        for sql in built(migrated, "index").values()
        if plain(sql).split('"')[3] in RECORD_TYPES
    }
    assert of_types == declared


def test_every_table_of_ours_is_strict(migrated: Database) -> None:
    strict = {r[1]: r[5] for r in migrated.execute("PRAGMA table_list")}
    none_of(t for t in (set(RECORD_TYPES) | BESIDE) - {"_sqlite_migrations"} if not strict[t])


def test_the_index_is_that_of_the_searches(migrated: Database) -> None:
    (sql,) = [sql for name, sql in built(migrated, "table").items() if name == "search"]
    assert plain(sql).replace(" = ", "=") == plain(search_text.CREATE).replace(" = ", "=")


def test_only_parts_have_foreign_keys(migrated: Database) -> None:
    for of in RECORD_TYPES.values():
        keys = [(k[3], k[2]) for k in migrated.execute(f'PRAGMA foreign_key_list("{of.name}")')]
        above = of.parent
        assert keys == ([(above.name, above.kind.target)] if above else [])  # type: ignore[attr-defined]


def test_the_files_have_their_table(tmp_path: Path) -> None:
    db = made_by(tmp_path / "files.db", FILES_STEPS)
    assert set(built(db, "table")) == {"file", "piece", "thumbnail", "_sqlite_migrations"}
    db.close()


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ('DROP TABLE "film"', 'CREATE TABLE "film"'),
        ('DROP INDEX "film_finished"', 'CREATE INDEX "film_finished" ON "film"("finished")'),
        ('ALTER TABLE "film" DROP COLUMN "name"', 'ALTER TABLE "film" ADD COLUMN "name" TEXT NOT'),
        ('ALTER TABLE "film" ADD COLUMN "x" TEXT', 'ALTER TABLE "film" DROP COLUMN "x"'),
        ('ALTER TABLE "film" RENAME COLUMN "year" TO "y"', 'ALTER TABLE "film" ADD COLUMN "year"'),
    ],
)
def test_a_missing_step_is_found_and_printed(tmp_path: Path, change: str, step: str) -> None:
    db = made_by(tmp_path / "ledger.db", LEDGER_STEPS)
    db.execute(change)
    found = missing_step(RECORD_TYPES["film"], db)
    assert any(line.startswith(step) for line in found), found
    db.close()
