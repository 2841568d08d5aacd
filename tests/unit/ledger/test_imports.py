"""desktop/ledger/imports.py: what was imported is remembered with the records, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.core.errors import InvalidRecord
from desktop.ledger.imports import ImportedRow, edited_by_hand, remember, rows_of
from desktop.ledger.ledger import Ledger
from desktop.ledger.rows import Rows
from desktop.records import Cadre
from tests.ledgers import TOWNSHIP

ROW = ImportedRow(
    "r1",
    "lectures",
    TOWNSHIP,
    2023,
    "1",
    {"theme": "惠民 '政策'"},
    {"lecture": "a" * 32},
    "台账.xlsx",
)


def remember_and_save(ledger: Ledger, rows: Rows, record: Cadre) -> None:
    remember(ledger, [ROW])
    rows.save(record)


def plain(rows: dict[str, ImportedRow]) -> dict[str, ImportedRow]:
    """The rows without the undo step that they came with."""
    assert all(r.batch for r in rows.values())
    return {i: replace(r, batch="") for i, r in rows.items()}


def test_rows_are_remembered_by_kind_office_and_year(ledger: Ledger) -> None:
    others = [replace(ROW, id="r2", year=2024), replace(ROW, id="r3", kind="onsite")]
    with ledger.write("导入") as rows:
        rows.save(Cadre(name="张三"))
        remember(ledger, [ROW, *others])
    assert plain(rows_of(ledger, "lectures", TOWNSHIP, 2023)) == {"r1": ROW}
    assert rows_of(ledger, "lectures", "990801102000", 2023) == {}


def test_a_row_that_was_corrected_says_by_which_until_that_is_undone(ledger: Ledger) -> None:
    former, line = replace(ROW, replaced_by="r9"), replace(ROW, id="r9", corrects="r1")
    with ledger.write("导入") as rows:
        rows.save(Cadre(name="张三"))
        remember(ledger, [ROW])
    with ledger.write("更正") as rows:
        rows.save(Cadre(name="李四"))
        remember(ledger, [former, line])
    assert plain(rows_of(ledger, "lectures", TOWNSHIP, 2023)) == {"r1": former, "r9": line}
    ledger.undo()
    assert plain(rows_of(ledger, "lectures", TOWNSHIP, 2023)) == {"r1": ROW}


def test_rows_and_records_stand_or_fall_together(ledger: Ledger) -> None:
    with pytest.raises(InvalidRecord), ledger.write("导入") as rows:
        remember_and_save(ledger, rows, Cadre(name=""))
    assert rows_of(ledger, "lectures", TOWNSHIP, 2023) == {}


def test_what_a_person_changed_since(ledger: Ledger) -> None:
    with ledger.write("导入 50%_台账") as rows:
        (one,) = rows.save(Cadre(name="张三"))
    with ledger.write("导入 50%_台账（更正）") as rows:
        rows.save(replace(one, roster_number="7"))
    assert edited_by_hand(ledger, one.id, "导入") == set()
    with ledger.write("修改") as rows:
        rows.save(replace(one, roster_number="7", name="张三丰", note="改名"))
    assert edited_by_hand(ledger, one.id, "导入") == {"name", "note"}
    assert edited_by_hand(ledger, "nobody", "导入") == set()
