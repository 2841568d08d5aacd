"""Visible numbers: 柳河-建-A-2026-0043, office, kind, PC, year, serial.

Each PC counts under its own letter, so two PCs of one office that don't see each other never give
the same number. Only what a person enters gets one: an imported record follows from its row, so
that the same ledger on two PCs gives the same records.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from desktop.core.offices import Office
from desktop.core.record import Record
from desktop.ledger.ledger import Ledger
from desktop.ledger.serials import keep_letter, letter_of, next_serial
from desktop.work.registers import offices

_SUFFIXES = ("街道办事处", "自治县", "街道", "镇", "乡", "县", "区", "市")


def short_office(ledger: Ledger, office: Office) -> str:
    """柳河镇 -> 柳河; the whole name where another office would be called the same."""
    name = _short(office.name)
    same = [n for code, n in offices(ledger).items() if code != office.code and _short(n) == name]
    return office.name if same else name


def _short(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) >= len(suffix) + 2:
            return name[: -len(suffix)]
    return name


def numbered(ledger: Ledger, records: Iterable[Record]) -> list[Record]:
    """The records, with a number for each new one whose type has numbers; inside `ledger.write`."""
    return [_with_number(ledger, record) for record in records]


def _with_number(ledger: Ledger, record: Record) -> Record:
    kind = record.type.numbered
    office = ledger.office
    if not kind or record.number or record.office not in ("", office.code):
        return record
    if record.id and ledger.get(type(record), record.id) is not None:
        return record
    year = ledger.now().year
    prefix = f"{short_office(ledger, office)}-{kind}-{keep_letter(ledger)}-{year}"
    return dataclasses.replace(record, number=f"{prefix}-{next_serial(ledger, prefix):04}")


def pc_letter(ledger: Ledger) -> str:
    """The letter under which this PC counts."""
    return letter_of(ledger)
