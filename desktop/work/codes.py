"""The code lists of a ledger: the official ones with what the office added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.core.ids import derived_id
from desktop.ledger.ledger import Ledger
from desktop.records.code_item import CodeItem
from desktop.records.codes import CodeList, official


def code_lists(ledger: Ledger) -> Mapping[str, CodeList]:
    """All code lists by name, with the labels that this ledger holds beyond the official ones."""
    added: dict[str, dict[str, str]] = {}
    rows = ledger.rows("SELECT codes, label, means FROM code_item WHERE removed = '' ORDER BY id")
    for codes, label, means in rows:
        added.setdefault(codes, {}).setdefault(label, means)
    shipped = official()
    lists = {n: replace(c, added=added.get(n, {})) for n, c in shipped.items()}
    for name in added.keys() - shipped.keys():
        lists[name] = CodeList(name, name, (), added[name])
    return lists


def labels(ledger: Ledger, codes: str) -> list[str]:
    """The labels of one code list that a person may pick."""
    found = code_lists(ledger).get(codes)
    return found.labels() if found else []


def added_label(codes: str, label: str, office: str) -> CodeItem:
    """The record of a label that an office adds; the same label is the same record anywhere."""
    record_id = derived_id(office, "code_item", codes, label)
    return CodeItem(id=record_id, office=office, codes=codes, label=label)
