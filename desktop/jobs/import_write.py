"""Write what an import planned: labels and names first, then shared records, then the rows' own."""

from __future__ import annotations

from dataclasses import replace

from desktop.core.ledger_kinds import LedgerKind
from desktop.core.record import Record
from desktop.jobs.import_plan import RowPlan, TablePlan, merged
from desktop.ledger import imports
from desktop.ledger.imports import ImportedRow
from desktop.ledger.ledger import UNDONE, Ledger
from desktop.ledger.rows import Rows


def write_table(ledger: Ledger, rows: Rows, table: TablePlan, new: list[RowPlan]) -> int:
    """Write the new rows' records and remember the rows; returns how many rows were new."""
    wanted = {r.id for plan in new for r in plan.records.values()}
    rows.save(*table.labels.values(), *table.added.values())
    rows.save(*existing_merged(ledger, [r for i, r in table.shared.items() if i in wanted]))
    rows.save(*(r for plan in new for r in plan.records.values() if r.id not in table.shared))
    imports.remember(ledger, [remembered(table, plan) for plan in new])
    return len(new)


def remembered(table: TablePlan, plan: RowPlan) -> ImportedRow:
    """The bookkeeping line of a row."""
    return ImportedRow(
        id=plan.id,
        kind=table.kind.name,
        office=table.office,
        year=table.year,
        serial=plan.row.raw.get("serial", ""),
        cells=plan.row.content,
        records={make: r.id for make, r in plan.records.items()},
        file=f"{table.file}|{plan.sheet}",
    )


def existing_merged(ledger: Ledger, records: list[Record]) -> list[Record]:
    """Shared records, joined with what the ledger holds of them; what is there rules."""
    by_type: dict[str, list[Record]] = {}
    for record in records:
        by_type.setdefault(record.type.name, []).append(record)
    found: list[Record] = []
    for group in by_type.values():
        cls = group[0].type.cls
        held = {r.id: r for r in ledger.fetch(cls, [r.id for r in group])}
        for record in group:
            former = held.get(record.id)
            if former is not None and former.removed:
                former = replace(former, removed="")
            found.append(merged(former, record))
    return found


def restore_undone(
    ledger: Ledger,
    rows: Rows,
    kind: LedgerKind,
    known: list[RowPlan],
    prior: dict[str, ImportedRow],
) -> int:
    """Bring back rows whose import was undone; what a person made void stays void."""
    undone = {
        row[0]
        for of in dict.fromkeys(m.type for m in kind.makes)
        for row in ledger.rows(f'SELECT id FROM "{of}" WHERE removed = ?', [UNDONE])
    }
    types = {m.key: ledger.types[m.type] for m in kind.makes}
    count = 0
    for plan in known:
        back = [(m, i) for m, i in prior[plan.id].records.items() if i in undone]
        for make, one in back:
            rows.restore(types[make], one)
            undone.discard(one)
        count += bool(back)
    return count
