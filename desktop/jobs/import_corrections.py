"""When a ledger comes again: rows that were corrected in it, and rows that vanished.

A new row pairs with a vanished one if it has the same 序号 in the same sheet, or if all but two
columns are equal. Nothing is changed unless asked for; what somebody edited by hand is never
overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from desktop.core.fields import Named, NamedList
from desktop.core.findings import Finding
from desktop.core.ledger_kinds import LedgerKind
from desktop.core.record import Record, RecordType
from desktop.jobs.import_plan import RowPlan, TablePlan, kind_of, made_type
from desktop.jobs.import_write import existing_merged, remembered, with_ids
from desktop.ledger import imports
from desktop.ledger.imports import ImportedRow, edited_by_hand
from desktop.ledger.ledger import Ledger
from desktop.ledger.rows import Rows
from desktop.sheets.interpret import read_rows

EMPTIED = "更正后这次活动已没有内容"


@dataclass(frozen=True)
class Correction:
    """A row of the new file that takes the place of a former one."""

    kind: LedgerKind
    fresh: RowPlan
    former: ImportedRow

    @property
    def changed(self) -> list[str]:
        """The keys of the columns that differ, in the order of the ledger."""
        new, old = self.fresh.row.content, self.former.cells
        return [c.key for c in self.kind.columns if new.get(c.key) != old.get(c.key)]

    def shown(self, *, written: bool) -> dict[str, Any]:
        """Side by side, for a person."""
        new, old = self.fresh.row.content, self.former.cells
        return {
            "sheet": self.fresh.sheet,
            "row": self.fresh.row.number,
            "serial": self.former.serial,
            "written": written,
            "changed": [
                {
                    "column": self.kind.column(k).titles[0],
                    "before": _shown(old.get(k, "")),
                    "after": _shown(new.get(k, "")),
                }
                for k in self.changed
            ],
        }


def _shown(words: str) -> str:
    return "（姓名、电话等，不显示）" if words.startswith("#") else words


def find_corrections(
    table: TablePlan, plans: list[RowPlan], prior: Mapping[str, ImportedRow], file: str
) -> tuple[list[Correction], list[dict[str, Any]]]:
    """Pair new rows with vanished ones; also returns the vanished rows that nothing pairs with.

    Only if this is the former ledger again (it shares rows with it, or the file's name): a ledger
    of another quarter has other rows with the same 序号.
    """
    here = {p.id for p in plans}
    known = here & prior.keys()
    for one in tuple(known):  # an older file: its rows are there, in the form they were given since
        while (one := prior[one].replaced_by) in prior:
            here.add(one)
    gone = [r for i, r in prior.items() if i not in here and not r.replaced_by]
    same_name = any(r.file.split("|")[0] == file for r in gone)
    if not gone or not (known or same_name):
        return [], []
    by_serial: dict[tuple[str, str], list[ImportedRow]] = {}
    for row in gone:
        by_serial.setdefault((row.file.split("|")[-1], row.serial), []).append(row)
    free = {r.id: r for r in gone}
    pairs: list[Correction] = []
    for plan in (p for p in table.rows if p.id not in prior):
        serial = plan.row.raw.get("serial", "")
        same = [r for r in by_serial.get((plan.sheet, serial), []) if serial and r.id in free]
        if len(same) == 1 and (known or _alike(plan, same[0]) * 2 >= len(plan.row.content)):
            former: ImportedRow | None = same[0]
        else:
            near = [r for r in free.values() if _differ(plan, r) <= 2]
            former = min(near, key=lambda r: _differ(plan, r), default=None)
        if former is not None:
            del free[former.id]
            pairs.append(Correction(table.kind, plan, former))
    rest = free.values() if known else ()
    vanished = [
        {
            "serial": r.serial,
            "file": r.file.split("|")[0],
            "words": "，".join(v for v in r.cells.values() if not v.startswith("#"))[:80],
        }
        for r in rest
    ]
    return pairs, vanished


def _alike(plan: RowPlan, former: ImportedRow) -> int:
    return sum(former.cells.get(k) == v for k, v in plan.row.content.items())


def _differ(plan: RowPlan, former: ImportedRow) -> int:
    keys = plan.row.content.keys() | former.cells.keys()
    return sum(plan.row.content.get(k) != former.cells.get(k) for k in keys)


def write_corrections(
    ledger: Ledger,
    rows: Rows,
    table: TablePlan,
    pairs: list[Correction],
    former: Mapping[str, RowPlan],
    title: str,
) -> list[Finding]:
    """Write the corrections; returns what was left because a person had edited it since.

    `former` are the former rows as they would be planned today, by id.
    """
    findings: list[Finding] = []
    shared = [
        table.shared[r.id]
        for pair in pairs
        for r in pair.fresh.records.values()
        if r.id in table.shared
    ]
    rows.save(*existing_merged(ledger, shared))
    for pair in pairs:
        findings += _write_one(ledger, rows, table, pair, title)
    for pair in pairs:
        if before := former.get(pair.former.id):
            _correct_shared(ledger, rows, pair, before.records, title)
    return findings


def former_rows(pairs: list[Correction], year: int) -> list[RowPlan]:
    """The former rows that corrections replace, to be planned; without what is kept as a hash."""
    found: list[RowPlan] = []
    for pair in pairs:
        cells = {k: v for k, v in pair.former.cells.items() if not v.startswith("#")}
        kind = pair.kind
        read = read_rows(kind, [(0, cells)], year, partial(kind_of, kind), {})
        found += [RowPlan(pair.former.id, "", row) for row in read]
    return found


def _correct_shared(
    ledger: Ledger, rows: Rows, pair: Correction, former: Mapping[str, Record], title: str
) -> None:
    """Correct what a record that rows share had from the former row alone."""
    for make in (m for m in pair.kind.makes if m.shared_by and m.key in former):
        before, now = former[make.key], pair.fresh.records.get(make.key)
        held = ledger.get(type(before), pair.former.records.get(make.key, ""))
        if held is None or held.removed:
            continue
        same = now is not None and now.id == held.id
        fresh: dict[str, Any] = {}
        by_hand = edited_by_hand(ledger, held.id, title)
        for f in (f for f in held.type.columns if f.name not in by_hand):
            was, has = getattr(before, f.name), getattr(held, f.name)
            new = getattr(now, f.name) if same else f.kind.empty
            if isinstance(f.kind, NamedList):
                lost = [v for v in was if v not in new and not _part_names(ledger, held, v)]
                new = tuple(v for v in has if v not in lost)
                if new != has:
                    fresh[f.name] = new
            elif same and new != was == has:
                fresh[f.name] = new
        if fresh:
            rows.save(replace(held, **fresh))


def _part_names(ledger: Ledger, held: Record, name: str) -> bool:
    """Whether a part of the record still names that place, cadre or unit."""
    for part, above in _parts(ledger, held.type.name):
        for one in (f.name for f in part.fields if type(f.kind) is Named):
            sql = f'SELECT 1 FROM "{part.name}" WHERE "{above}" = ? AND "{one}" = ?'
            if ledger.rows(f"{sql} AND removed = '' LIMIT 1", [held.id, name]):
                return True
    return False


def _parts(ledger: Ledger, of: str) -> list[tuple[RecordType, str]]:
    """The types whose records are parts of records of that type, and the field that says so."""
    return [
        (part, part.parent.name)
        for part in ledger.types.values()
        if part.parent and part.parent.kind.targets == (of,)  # type: ignore[attr-defined]
    ]


def _write_one(
    ledger: Ledger, rows: Rows, table: TablePlan, pair: Correction, title: str
) -> list[Finding]:
    findings: list[Finding] = []
    kept: dict[str, str] = {}
    for make, fresh in with_ids(table, pair.fresh, pair.former).items():
        kept[make] = fresh.id
        if fresh.id in table.shared:
            continue
        held = ledger.get(type(fresh), fresh.id)
        if held is not None:
            by_hand = edited_by_hand(ledger, fresh.id, title)
            for name in by_hand:
                if getattr(held, name) != getattr(fresh, name):
                    findings.append(_kept(table, pair, fresh.type.field(name).label))
            fresh = replace(fresh, **{n: getattr(held, n) for n in by_hand})
        rows.save(fresh)
    for make, record_id in pair.former.records.items():
        of = ledger.types[made_type(table.kind, make)]
        if make not in kept:
            rows.remove(of, record_id, "更正后的台账里没有了")
        elif kept[make] != record_id and not _has_parts(ledger, of.name, record_id):
            rows.remove(of, record_id, EMPTIED)
    former = replace(pair.former, replaced_by=pair.fresh.id)
    line = replace(remembered(table, pair.fresh), records=kept, corrects=pair.former.id)
    imports.remember(ledger, [former, line])
    return findings


def _has_parts(ledger: Ledger, of: str, record_id: str) -> bool:
    for part, above in _parts(ledger, of):
        sql = f'SELECT 1 FROM "{part.name}" WHERE "{above}" = ?'
        if ledger.rows(f"{sql} AND removed = '' LIMIT 1", [record_id]):
            return True
    return False


def _kept(table: TablePlan, pair: Correction, label: str) -> Finding:
    return Finding(
        file=table.file,
        sheet=pair.fresh.sheet,
        row=pair.fresh.row.number,
        column=label,
        text="这一项在程序里手工改过，没有用台账里的覆盖。",
    )
