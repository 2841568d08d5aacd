"""What has been imported before: one line a ledger row, so that the same ledger again adds nothing.

Local bookkeeping beside the records, written in the operation that writes them. Citizens' names and
phones stand in it only as hashes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.ledger.ledger import Ledger


@dataclass(frozen=True)
class ImportedRow:
    """One row: id from its content, where it stood, its cells, the records that it made.

    `records` is {make: record id}; `replaced_by` is the id of the row that corrected it.
    """

    id: str
    kind: str
    office: str
    year: int
    serial: str
    cells: Mapping[str, str]
    records: Mapping[str, str]
    file: str
    replaced_by: str = field(default="")


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_COLUMNS = "id, kind, office, year, serial, cells, records, file, replaced_by"


def rows_of(ledger: Ledger, kind: str, office: str, year: int) -> dict[str, ImportedRow]:
    """The rows of one kind, office and year, by id."""
    found = ledger.rows(
        f"SELECT {_COLUMNS} FROM imported_row WHERE kind = ? AND office = ? AND year = ?",
        [kind, office, year],
    )
    return {
        one: ImportedRow(one, k, o, y, serial, json.loads(cells), json.loads(made), file, by)
        for one, k, o, y, serial, cells, made, file, by in found
    }


def remember(ledger: Ledger, rows: Iterable[ImportedRow]) -> None:
    """Keep rows; call it inside `ledger.write`, so that rows and records stand or fall together."""
    ledger.db.conn.executemany(
        f"INSERT OR REPLACE INTO imported_row({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                r.id,
                r.kind,
                r.office,
                r.year,
                r.serial,
                _encode(r.cells),
                _encode(r.records),
                r.file,
                r.replaced_by,
            )
            for r in rows
        ],
    )


def edited_by_hand(ledger: Ledger, record: str, title: str) -> set[str]:
    """The fields of a record that operations not titled like `title`… have changed."""
    rows = ledger.rows(
        "SELECT h.changes FROM history h JOIN operation o USING (counter)"
        " WHERE h.record = ? AND h.action = 'edit' AND o.title NOT LIKE ? || '%'",
        [record, title],
    )
    return {name for (changes,) in rows for name in json.loads(changes)}
