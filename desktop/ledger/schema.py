"""The schema that follows from the declarations.

Migrations are written out literally (history must not change when today's class does); this module
says what they must add up to, and a test compares the two and prints the missing step.
"""

from __future__ import annotations

from desktop.core.fields import Field, Link
from desktop.core.record import RecordType

BOOKKEEPING = (
    '"counter" INTEGER NOT NULL',
    '"installation" TEXT NOT NULL',
    "\"stamps\" TEXT NOT NULL DEFAULT ''",
)


def column_sql(field: Field) -> str:
    """The column definition of one field."""
    if isinstance(field.kind, Link) and field.kind.parent:
        return f'"{field.name}" TEXT REFERENCES "{field.kind.target}"("id")'
    return f'"{field.name}" {field.kind.sql}'


def table_sql(of: RecordType) -> str:
    """CREATE TABLE of a record type: id, fields, and the stamp columns."""
    columns = ['"id" TEXT PRIMARY KEY NOT NULL', *map(column_sql, of.columns), *BOOKKEEPING]
    inner = ",\n    ".join(columns)
    return f'CREATE TABLE "{of.name}" (\n    {inner}\n) STRICT'


def index_sql(of: RecordType) -> list[str]:
    """CREATE INDEX for each indexed field, and for those of several columns."""
    several = [
        f'CREATE INDEX "{of.name}_{"_".join(names)}" ON "{of.name}"('
        + ", ".join(f'"{n}"' for n in names)
        + ")"
        for names in of.indexes
    ]
    return [
        f'CREATE INDEX "{of.name}_{f.name}" ON "{of.name}"("{f.name}")'
        for f in of.columns
        if f.indexed
    ] + several
