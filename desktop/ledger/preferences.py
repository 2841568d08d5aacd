"""How a person likes to work in a ledger: one small JSON value a key, beside the records.

They are no records: no history, no undo, nothing of them travels.
"""

from __future__ import annotations

import json
from typing import Any

from desktop.ledger.connection import sorted_errors
from desktop.ledger.ledger import DB, Ledger


def preference(ledger: Ledger, key: str) -> Any:
    """What the user of this ledger chose; None if nothing yet."""
    rows = ledger.rows(
        'SELECT "value" FROM "preference" WHERE "who" = ? AND "key" = ?', [ledger.user, key]
    )
    return json.loads(rows[0][0]) if rows else None


def prefer(ledger: Ledger, key: str, value: Any) -> None:
    """Remember what the user of this ledger chose."""
    with sorted_errors(ledger.folder / DB), ledger.db.atomic():
        ledger.db.execute(
            'INSERT INTO "preference"("who", "key", "value") VALUES (?, ?, ?)'
            ' ON CONFLICT("who", "key") DO UPDATE SET "value" = excluded."value"',
            [ledger.user, key, json.dumps(value, ensure_ascii=False)],
        )
