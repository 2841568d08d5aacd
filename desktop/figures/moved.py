"""What a value counts as: a merged village as its successor, a joined record as the one kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from desktop.ledger.ledger import Ledger
from desktop.records.codes import CodeList


def moved(ledger: Ledger, last: dt.date) -> dict[str, str]:
    """Id -> the id that it counts as on that day; what counts as itself is left out."""
    steps = {
        old: new
        for table in ("place", "unit")
        for old, new in ledger.rows(
            f'SELECT id, successor FROM "{table}"'
            " WHERE removed = '' AND successor <> '' AND valid_to <= ?",
            [last.isoformat()],
        )
    }
    steps |= dict(
        ledger.rows(
            "SELECT duplicate, main FROM same_as WHERE removed = '' AND ("
            " EXISTS (SELECT 1 FROM cadre WHERE id = duplicate)"
            " OR EXISTS (SELECT 1 FROM place WHERE id = duplicate)"
            " OR EXISTS (SELECT 1 FROM unit WHERE id = duplicate)) ORDER BY id"
        )
    )
    return {one: _end(one, steps) for one in steps}


def _end(one: str, steps: Mapping[str, str]) -> str:
    """Where the steps lead; joined in a circle, all count as one of them."""
    seen = [one]
    while (one := steps.get(one, "")) and one not in seen:
        seen.append(one)
    return min(seen[seen.index(one) :]) if one else seen[-1]


def villages(ledger: Ledger, codes: Mapping[str, CodeList]) -> dict[str, str]:
    """Village -> itself, of the villages of the register."""
    levels = codes["place_level"].meaning(("3",))
    rows = ledger.rows("SELECT id, level FROM place WHERE removed = ''")
    return {one: one for one, level in rows if level in levels}


def townships(ledger: Ledger, codes: Mapping[str, CodeList]) -> dict[str, str]:
    """Place -> its township, of townships and what lies in them."""
    lists = codes["place_level"]
    levels = {"2": lists.meaning(("2",)), "3": lists.meaning(("3",))}
    found: dict[str, str] = {}
    for one, level, within in ledger.rows("SELECT id, level, within FROM place WHERE removed = ''"):
        if level in levels["2"]:
            found[one] = one
        elif level in levels["3"] and within:
            found[one] = within
    return found
