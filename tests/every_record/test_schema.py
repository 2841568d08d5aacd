"""Every type has its table in a new ledger, and SQLite itself refuses values of another kind."""

from __future__ import annotations

import pytest
import sqlcipher3.dbapi2 as driver

from desktop.core import fields as f
from desktop.core.record import RecordType
from desktop.ledger import schema
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES

TYPES = pytest.mark.parametrize("of", RECORD_TYPES.values(), ids=lambda of: of.name)


def lines(sql: str) -> list[str]:
    """The columns of a table, one a line; later columns stand behind the older ones."""
    inner = sql[sql.index("(") + 1 : sql.rindex(")")]
    return sorted(" ".join(line.split()) for line in inner.split(","))


@TYPES
def test_the_table_holds_every_field_and_its_bookkeeping(ledger: Ledger, of: RecordType) -> None:
    columns = {r[1]: r[2] for r in ledger.rows(f'PRAGMA table_info("{of.name}")')}
    kept = {"id": "TEXT", "counter": "INTEGER", "installation": "TEXT", "stamps": "TEXT"}
    number = f.Integer | f.YesNo
    fields = {x.name: "INTEGER" if isinstance(x.kind, number) else "TEXT" for x in of.columns}
    assert columns == fields | kept
    (made,) = ledger.rows("SELECT sql FROM sqlite_master WHERE name = ?", [of.name])
    assert lines(made[0]) == lines(schema.table_sql(of))


@TYPES
def test_empty_columns_are_what_the_kinds_store_for_nothing(ledger: Ledger, of: RecordType) -> None:
    ledger.db.execute(f"INSERT INTO \"{of.name}\"(id, counter, installation) VALUES ('x', 0, '')")
    names = [x.name for x in of.columns]
    listed = ", ".join(f'"{n}"' for n in names)
    (row,) = ledger.rows(f'SELECT {listed} FROM "{of.name}"')
    assert row == tuple(x.kind.stored(x.kind.empty) for x in of.columns)
    assert [x.kind.load(v) for x, v in zip(of.columns, row, strict=True)] == [
        x.kind.empty for x in of.columns
    ]


@TYPES
def test_tables_are_strict(ledger: Ledger, of: RecordType) -> None:
    with pytest.raises(driver.IntegrityError):
        ledger.db.execute(
            f"INSERT INTO \"{of.name}\"(id, year, counter, installation) VALUES ('x', '丁', 0, '')"
        )


@TYPES
def test_dates_and_filters_have_an_index(of: RecordType) -> None:
    day = of.dated_by
    if day and "." not in day and of.name != "residential_area":
        assert of.field(day).indexed, day
    if of.parent is not None:
        assert of.parent.indexed
