"""How a person likes the window: saved filters, columns of lists; local, encrypted, no history.

Kept in the ledger rather than in the settings file, because a filter says what an office works on.
"""

from __future__ import annotations

import json
from typing import Any

from desktop.ledger.ledger import Ledger


def read(ledger: Ledger, key: str, default: Any = None) -> Any:
    """What this person keeps under a key; `default` if nothing, or nothing that can be read."""
    rows = ledger.rows("SELECT value FROM preference WHERE who = ? AND key = ?", [ledger.user, key])
    try:
        return json.loads(rows[0][0]) if rows else default
    except ValueError:
        return default


def keep(ledger: Ledger, key: str, value: Any) -> None:
    """Keep a value under a key; None forgets it."""
    with ledger.db.atomic():
        if value is None:
            ledger.db.execute(
                "DELETE FROM preference WHERE who = ? AND key = ?", [ledger.user, key]
            )
            return
        ledger.db.execute(
            "INSERT INTO preference(who, key, value) VALUES (?, ?, ?)"
            " ON CONFLICT(who, key) DO UPDATE SET value = excluded.value",
            [ledger.user, key, json.dumps(value, ensure_ascii=False)],
        )
