"""Write what an import planned: labels and names first, then shared records, then the rows' own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.core.ledger_kinds import LedgerKind
from desktop.core.record import Record
from desktop.jobs.import_plan import RowPlan, TablePlan, merged
from desktop.ledger import imports
from desktop.ledger.imports import ImportedRow
from desktop.ledger.ledger import UNDONE, Ledger
from desktop.ledger.rows import Rows


def write_table(ledger: Ledger, rows: Rows, table: TablePlan, new: list[RowPlan]) -> int:
    """Write the new rows' records and remember the rows; returns how many rows were new."""
    _write_records(ledger, rows, table, new, [plan.records for plan in new])
    imports.remember(ledger, [remembered(table, plan) for plan in new])
    return len(new)


def _write_records(
    ledger: Ledger,
    rows: Rows,
    table: TablePlan,
    plans: list[RowPlan],
    records: list[dict[str, Record]],
) -> None:
    wanted = {r.id for plan in plans for r in plan.records.values()}
    rows.save(*table.labels.values(), *table.added.values())
    rows.save(*existing_merged(ledger, [r for i, r in table.shared.items() if i in wanted]))
    own = [r for one in records for r in one.values() if r.id not in table.shared]
    held = _removed(ledger, own)  # e.g. received in a package, or worked on since: that rules
    rows.save(*(r for r in own if held.get(r.id, UNDONE) == UNDONE))


def _removed(ledger: Ledger, records: list[Record]) -> dict[str, str]:
    """The ids that the ledger holds already, and why each was made void."""
    by_type: dict[type[Record], list[str]] = {}
    for record in records:
        by_type.setdefault(type(record), []).append(record.id)
    return {r.id: r.removed for cls, ids in by_type.items() for r in ledger.fetch(cls, ids)}


def with_ids(table: TablePlan, plan: RowPlan, former: ImportedRow) -> dict[str, Record]:
    """The records of a row under the ids that a former row gave them: links and history stay."""
    ids = {
        make: r.id if r.id in table.shared else former.records.get(make, r.id)
        for make, r in plan.records.items()
    }
    renamed = {r.id: ids[make] for make, r in plan.records.items()}
    found: dict[str, Record] = {}
    for make, record in plan.records.items():
        links: dict[str, Any] = {
            f.name: renamed[value]
            for f in record.type.fields
            if isinstance(value := getattr(record, f.name), str) and value in renamed
        }
        found[make] = replace(record, id=ids[make], **links)
    return found


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


def undone_rows(
    ledger: Ledger, kind: LedgerKind, known: list[RowPlan], prior: dict[str, ImportedRow]
) -> list[RowPlan]:
    """The rows of a former import that was undone; what a person made void stays void."""
    undone = {
        row[0]
        for of in dict.fromkeys(m.type for m in kind.makes)
        for row in ledger.rows(f'SELECT id FROM "{of}" WHERE removed = ?', [UNDONE])
    }
    return [plan for plan in known if not undone.isdisjoint(prior[plan.id].records.values())]


def restore_undone(
    ledger: Ledger,
    rows: Rows,
    table: TablePlan,
    back: list[RowPlan],
    prior: dict[str, ImportedRow],
) -> int:
    """Bring back rows whose import was undone; returns how many."""
    records = [with_ids(table, plan, prior[plan.id]) for plan in back]
    _write_records(ledger, rows, table, back, records)
    return len(back)
