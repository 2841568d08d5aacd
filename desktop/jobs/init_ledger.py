"""Make a new ledger for an office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.core.errors import WrongUsage
from desktop.core.offices import COUNTY, TOWNSHIP, make_office
from desktop.ledger.ledger import Ledger
from desktop.work.registers import office_place

LEAST_PASSWORD = 6


def init_ledger(
    folder: Path,
    name: str,
    code: str,
    level: str,
    parent: str,
    user: str,
    password: str,
    *,
    cost: Any = None,
) -> tuple[Ledger, str]:
    """Create the ledger with its own office as first place; returns it open, and the recovery key.

    Raises:
        WrongUsage: the name, code, level or password won't do.
        LedgerProblem: the folder won't do.
    """
    if level and level not in (COUNTY, TOWNSHIP):
        raise WrongUsage("层级只能是 township（乡镇）或 county（县）。")
    if len(password) < LEAST_PASSWORD:
        raise WrongUsage(f"密码至少要{LEAST_PASSWORD}个字。")
    office = make_office(name, code, level, parent)
    ledger, recovery = Ledger.create(folder, office, user, password, cost=cost)
    with ledger.write("新建台账") as rows:
        # Its county becomes a place of this ledger with the list of divisions, not before.
        rows.save(replace(office_place(office), within=""))
    return ledger, recovery
