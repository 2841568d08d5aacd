"""Visible numbers: 柳河-建-A-2026-0043, office, kind, PC, year, serial.

Each PC counts under its own letter. Two PCs that each took a copy away before either had written
can't know of each other and may take the same one; there a person chooses another (设置). Only what
a person enters gets a number: an imported record follows from its row, so that the same ledger on
two PCs gives the same records.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable
from string import ascii_uppercase

from desktop.core.errors import UserError
from desktop.core.offices import Office
from desktop.core.record import Record
from desktop.ledger.ledger import Ledger
from desktop.ledger.serials import keep_letter, known_letters, letter_of, next_serial
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


def free_letters(ledger: Ledger) -> list[str]:
    """The letters A-Z that no other PC is known to count under, this PC's own among them."""
    own = ledger.meta("installation")
    taken = {letter for one, letter in known_letters(ledger).items() if one != own}
    return [letter for letter in ascii_uppercase if letter not in taken]


def choose_letter(ledger: Ledger, letter: str) -> str:
    """Let this PC count under another letter from now on; what has a number keeps it.

    Raises:
        UserError: it is no letter, or another PC is known to have it.
    """
    letter = unicodedata.normalize("NFKC", letter).strip().upper()
    if letter not in tuple(ascii_uppercase):
        raise UserError("编号字母要是 A 到 Z 中的一个，没有改动。")
    if letter not in free_letters(ledger):
        raise UserError(f"字母 {letter} 已经是另一台电脑的，没有改动。请换一个。")
    with ledger.write("本机编号字母") as rows:
        del rows
        keep_letter(ledger, letter)
    return letter
