"""What has been imported before: one line a ledger row, so that the same ledger again adds nothing.

Local bookkeeping beside the records, written in the operation that writes them. Citizens' names and
phones stand in it only as hashes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.ledger.ledger import Ledger


@dataclass(frozen=True)
class ImportedRow:
    """One row: id from its content, where it stood, its cells, the records that it made.

    `records` is {make: record id}; `replaced_by` is the id of the row that corrected it, `corrects`
    of the row that it corrected; `batch` is the undo step that it came with.
    """

    id: str
    kind: str
    office: str
    year: int
    serial: str
    cells: Mapping[str, str]
    records: Mapping[str, str]
    file: str
    replaced_by: str = ""
    corrects: str = ""
    batch: str = ""


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_COLUMNS = "id, kind, office, year, serial, cells, records, file, replaced_by, corrects, batch"


def rows_of(ledger: Ledger, kind: str, office: str, year: int) -> dict[str, ImportedRow]:
    """The rows of one kind, office and year, by id; an undone correction was never made."""
    undone = {row[0] for row in ledger.rows("SELECT undoes FROM operation WHERE undoes <> ''")}
    found = ledger.rows(
        f"SELECT {_COLUMNS} FROM imported_row WHERE kind = ? AND office = ? AND year = ?",
        [kind, office, year],
    )
    rows = {
        r[0]: ImportedRow(*r[:5], json.loads(r[5]), json.loads(r[6]), *r[7:])  # type: ignore[call-arg]
        for r in found
        if not (r[9] and r[10] in undone)
    }
    return {
        i: replace(r, replaced_by="") if r.replaced_by and r.replaced_by not in rows else r
        for i, r in rows.items()
    }


def remember(ledger: Ledger, rows: Iterable[ImportedRow]) -> None:
    """Keep rows; call it inside `ledger.write`, so that rows and records stand or fall together."""
    newest = "SELECT batch FROM operation ORDER BY counter DESC LIMIT 1"
    [(batch,)] = ledger.rows(newest)
    marks = ", ".join("?" * len(_COLUMNS.split(",")))
    ledger.db.conn.executemany(
        f"INSERT OR REPLACE INTO imported_row({_COLUMNS}) VALUES ({marks})",
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
                r.corrects,
                r.batch or batch,
            )
            for r in rows
        ],
    )


def edited_by_hand(ledger: Ledger, record: str, title: str) -> set[str]:
    """The fields of a record that operations not titled like `title`… have changed."""
    rows = ledger.rows(
        "SELECT h.changes FROM history h JOIN operation o USING (counter)"
        " WHERE h.record = ? AND h.action = 'edit' AND o.title NOT LIKE ? || '%'"
        " AND o.undoes = '' AND NOT EXISTS"  # what was undone, and the undoing, is nobody's work
        " (SELECT 1 FROM operation u WHERE u.undoes = o.batch)",
        [record, title],
    )
    return {name for (changes,) in rows for name in json.loads(changes)}
