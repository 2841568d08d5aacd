"""Drafts: what somebody typed and hasn't saved; local, without history, never counted or handed on.

A draft has the id of the record that it will become or change, so that a form finds it again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from desktop.ledger.ledger import Ledger


@dataclass(frozen=True)
class Draft:
    """One form as it was left: `state` is whatever the form of that type keeps, fit for JSON."""

    id: str
    type: str
    title: str
    state: Any
    who: str = ""
    at: str = ""  # ISO 8601, local time


def save(ledger: Ledger, draft: Draft) -> None:
    """Keep a draft in place of the one of that id."""
    row = {
        "id": draft.id,
        "type": draft.type,
        "who": draft.who or ledger.user,
        "at": draft.at or ledger.now().isoformat(timespec="seconds"),
        "title": draft.title,
        "state": json.dumps(draft.state, ensure_ascii=False),
    }
    with ledger.db.atomic():
        ledger.db.table("draft").upsert(row, pk="id")


def find(ledger: Ledger, draft_id: str) -> Draft | None:
    """The draft of that id."""
    return next(iter(_read(ledger, "WHERE id = ?", [draft_id])), None)


def listed(ledger: Ledger, of: str = "") -> list[Draft]:
    """This person's drafts, newest first; `of` limits them to one record type."""
    mine = [ledger.user, *([of] if of else [])]
    return _read(ledger, "WHERE who = ?" + (" AND type = ?" if of else ""), mine)


def delete(ledger: Ledger, draft_id: str) -> None:
    """Forget a draft."""
    with ledger.db.atomic():
        ledger.db.execute("DELETE FROM draft WHERE id = ?", [draft_id])


def _read(ledger: Ledger, where: str, values: list[str]) -> list[Draft]:
    rows = ledger.rows(
        f"SELECT id, type, title, state, who, at FROM draft {where} ORDER BY at DESC, id", values
    )
    return [Draft(i, t, title, json.loads(s), who, at) for i, t, title, s, who, at in rows]
