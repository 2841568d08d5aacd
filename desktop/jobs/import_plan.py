"""From the rows of one ledger to the records that they make; nothing is written here.

Ids follow from office, type and normalised content, so the same ledger in another format or on
another PC gives the same records. Names are resolved by the registers; what they don't know is kept
as written, marked and reported.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.core.fields import Choice, Kind, Named, NamedList, is_id
from desktop.core.findings import Finding
from desktop.core.ids import derived_id
from desktop.core.ledger_kinds import Column, LedgerKind, LedgerRow, Make
from desktop.core.offices import county_of
from desktop.core.record import Record
from desktop.figures.naming import figure_named
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, Activity, Participation, ZeroReport
from desktop.records.codes import CodeList
from desktop.records.identity import unit_id
from desktop.sheets.interpret import RowRead
from desktop.work import zero_reports
from desktop.work.codes import added_label
from desktop.work.registers import Registers

_FIGURE = "declared_count.figure"

SEVERAL = re.compile(r"[、,，;；/\s]+")
"""What stands between the names in one cell."""


@dataclass
class RowPlan:
    """One row: its id (from office, kind, content and ordinal), and the records by make."""

    id: str
    sheet: str
    row: RowRead
    records: dict[str, Record] = field(default_factory=dict)


@dataclass
class TablePlan:
    """What the sheets of one ledger make."""

    kind: LedgerKind
    office: str
    year: int
    file: str
    rows: list[RowPlan] = field(default_factory=list)
    shared: dict[str, Record] = field(default_factory=dict)  # id -> record that rows share
    labels: dict[tuple[str, str], Record] = field(default_factory=dict)
    added: dict[str, Record] = field(default_factory=dict)  # names that a register gained
    findings: list[Finding] = field(default_factory=list)
    unknown: dict[tuple[str, str], list[RowPlan]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)  # column key -> its title in the file

    def title_of(self, column: Column) -> str:
        """What the file calls a column."""
        return self.titles.get(column.key, column.titles[0])


def row_id(kind: LedgerKind, office: str, row: RowRead) -> str:
    """The id of a row: the same facts, the same id, in any file format and on any PC."""
    return derived_id(office, kind.name, row.canonical, str(row.ordinal))


def home_of(kind: LedgerKind, office: str) -> str:
    """The office that a ledger's records belong to: master data are the county's."""
    return county_of(office) if kind.master else office


def made_type(kind: LedgerKind, make: str) -> str:
    """The record type of what a make made; "participation:李四" is a further leader."""
    name = make.split(":")[0]
    return next((m.type for m in kind.makes if m.key == name), name)


def kind_of(kind: LedgerKind, path: str) -> Kind:
    """The kind of field that a "make.field" path names."""
    make, name = path.split(".")
    of = next(m.type for m in kind.makes if m.key == make)
    return RECORD_TYPES[of].field(name).kind


class _Shape:
    """A kind of ledger looked up once: what each column is, what each make takes from where."""

    def __init__(self, kind: LedgerKind) -> None:
        self.columns = [(c, kind_of(kind, c.fills[0])) for c in kind.columns if c.fills]
        self.makes = kind.makes
        self.fills: dict[str, list[tuple[str, str]]] = {m.key: [] for m in kind.makes}
        for column in kind.columns:
            for path in column.fills:
                make, name = path.split(".")
                self.fills[make].append((column.key, name))
        self.required = {
            m.key: [(f.name, f.kind.empty) for f in RECORD_TYPES[m.type].columns if f.required]
            for m in kind.makes
        }

    def shared_fields(self, make: Make, parent: Make | None) -> list[str]:
        """The fields that the columns which rows share fill, the parent's own left out."""
        above = parent.shared_by if parent else ()
        filled = dict(self.fills[make.key])
        return [filled[k] for k in make.shared_by if k not in above and k in filled]


class Planner:
    """Plans the tables of one command; registers and code lists grow as tables are planned."""

    def __init__(self, ledger: Ledger, registers: Registers, codes: Mapping[str, CodeList]) -> None:
        self._ledger = ledger
        self.registers = registers
        self.codes = codes
        self._held: dict[tuple[str, str], dict[tuple[str, ...], str]] = {}
        self._shapes: dict[str, _Shape] = {}

    def plan(
        self,
        kind: LedgerKind,
        office: str,
        year: int,
        file: str,
        rows: list[RowPlan],
        titles: Mapping[str, str] | None = None,
    ) -> TablePlan:
        """Plan the rows of one ledger, whose columns are called `titles`; fills their records."""
        table = TablePlan(kind, office, year, file, rows, titles=titles or {})
        shape = self._shapes.setdefault(kind.name, _Shape(kind))
        for plan in rows:
            self._row(table, shape, plan)
        self._report_unknown(table)
        return table

    # ---- one row ---------------------------------------------------------------------------------

    def _row(self, table: TablePlan, shape: _Shape, plan: RowPlan) -> None:
        kind, row = table.kind, plan.row
        marks = dict(row.marks)
        further = self._further_names(shape, row)
        resolved = self._resolve(table, shape, plan, marks)
        plain = LedgerRow(row.values, table.office, table.year)
        seen = LedgerRow(resolved, table.office, table.year)
        undated = bool(kind.dated) and not isinstance(row.values.get(kind.dated), dt.date)
        if undated:
            marks.setdefault(kind.dated, f"台账里没有日期，归入{table.year}年")
        makes = [m for m in kind.makes if m.when is None or m.when(plain)]
        ids: dict[str, str] = {}
        for make in makes:
            ids[make.key] = self._id(table, shape, make, plan, plain, seen, ids)
        for make in makes:
            plan.records[make.key] = self._record(table, shape, make, seen, marks, ids, undated)
        for column, names in further:
            self._companions(table, column, names, plan, ids)
        self._check_zero(table, plan)

    def _check_zero(self, table: TablePlan, plan: RowPlan) -> None:
        """A declared zero that rows speak against is kept, marked and reported."""
        for key, record in plan.records.items():
            if isinstance(record, ZeroReport):
                marked = zero_reports.marked(self._ledger, record)
                plan.records[key] = marked
                if words := marked.marks.get("kind", ""):
                    table.findings.append(
                        Finding(
                            file=table.file,
                            sheet=plan.sheet,
                            row=plan.row.number,
                            value=record.kind,
                            text=f"{words}；已照写的导入并做了标记。",
                        )
                    )

    def _further_names(self, shape: _Shape, row: RowRead) -> list[tuple[Column, list[str]]]:
        """Take the further names out of cells that hold several; the first one stays."""
        found = []
        for column, _ in shape.columns:
            words = row.values.get(column.key)
            if column.others and words and SEVERAL.search(words):
                names = [n for n in SEVERAL.split(words) if n]
                if len(names) > 1:
                    row.values[column.key] = names[0]
                    found.append((column, names[1:]))
        return found

    def _companions(
        self,
        table: TablePlan,
        column: Column,
        names: list[str],
        plan: RowPlan,
        ids: Mapping[str, str],
    ) -> None:
        """Each further leader took part in the trip, with post and rank as of that day."""
        trip = plan.records[column.fills[0].split(".")[0]]
        assert isinstance(trip, Activity)
        for name in names:
            found, _ = self.registers.cadre(name, table.office)
            if not found:
                table.unknown.setdefault((column.key, name), []).append(plan)
            post, rank, _ = self.registers.post(found, trip.date) if found else ("", "", "")
            record = Participation(
                id=derived_id(trip.id, column.others, name),
                office=table.office,
                activity=trip.id,
                person=found or name,
                role="参加",
                post=post,
                rank=rank,
                marks={} if found else {"person": "名册里没有这个人，或分不清是哪一位"},
            )
            plan.records[f"{column.others}:{name}"] = record
            table.shared[record.id] = merged(table.shared.get(record.id), record)

    def _id(
        self,
        table: TablePlan,
        shape: _Shape,
        make: Make,
        plan: RowPlan,
        plain: LedgerRow,
        seen: LedgerRow,
        ids: Mapping[str, str],
    ) -> str:
        if make.identity:
            return make.identity(plain)
        if not make.shared_by or any(
            not plain[k] and k not in make.may_lack for k in make.shared_by
        ):
            return derived_id(plan.id, make.key)
        words = [_words(plain[k]) for k in make.shared_by]
        made = derived_id(table.office, make.type, *words)
        return self._shared(table.office, shape, make, seen, ids, made)

    def _shared(
        self,
        office: str,
        shape: _Shape,
        make: Make,
        seen: LedgerRow,
        ids: Mapping[str, str],
        made: str,
    ) -> str:
        """The shared record that is there already, whoever entered it (same office, day, leader).

        If there is none it is `made`, also for later rows that write its place in another way.
        """
        above = next((m for m in shape.makes if m.key == make.parent), None)
        fields = shape.shared_fields(make, above)
        of = RECORD_TYPES[make.type]
        if (office, of.name) not in self._held:
            names = ([of.parent.name] if above and of.parent else []) + fields
            listed = ", ".join(f"coalesce(\"{n}\", '')" for n in names)
            rows = self._ledger.rows(
                f"SELECT id, {listed} FROM \"{of.name}\" WHERE office = ? AND removed = ''",
                [office],
            )
            self._held[office, of.name] = {tuple(r[1:]): r[0] for r in rows}
        filled = {name: key for key, name in shape.fills[make.key]}
        key = [ids[above.key]] if above else []
        key += [_words(seen[filled[name]]) for name in fields]
        return self._held[office, of.name].setdefault(tuple(key), made)

    def _record(
        self,
        table: TablePlan,
        shape: _Shape,
        make: Make,
        seen: LedgerRow,
        marks: Mapping[str, str],
        ids: Mapping[str, str],
        undated: bool,
    ) -> Record:
        of = RECORD_TYPES[make.type]
        cells = seen.values
        values: dict[str, Any] = {}
        own: dict[str, str] = {}
        for key, name in shape.fills[make.key]:
            if key in cells:
                values[name] = cells[key]
            if key in marks:
                own[name] = marks[key]
        if make.derive:
            values |= make.derive(seen)
            own |= values.pop("marks", {})
        if make.parent and of.parent:
            values[of.parent.name] = ids[make.parent]
        for name, other in make.links.items():
            if other in ids:
                values[name] = ids[other]
        if undated and of.dated_by:
            values["year"] = table.year
        for name, empty in shape.required[make.key]:
            if values.get(name, empty) == empty:
                own.setdefault(name, "台账里没有填")
        record = self._frozen_post(
            of.cls(id=ids[make.key], office=table.office, marks=own, **values)
        )
        if make.shared_by or make.identity:
            record = merged(table.shared.get(record.id), record)
            table.shared[record.id] = record
        return record

    def _frozen_post(self, record: Record) -> Record:
        """Fill a leader's post and rank from the roster, as of that day, where the row has none."""
        if not isinstance(record, Activity) or not is_id(record.leader):
            return record
        title, rank, _ = self.registers.post(record.leader, record.date)
        fresh: dict[str, Any] = {}
        if rank and not record.leader_rank:
            fresh["leader_rank"] = rank
        if title and not record.leader_post:
            fresh["leader_post"] = title
        return replace(record, **fresh) if fresh else record

    # ---- names and labels ------------------------------------------------------------------------

    def _resolve(
        self, table: TablePlan, shape: _Shape, plan: RowPlan, marks: dict[str, str]
    ) -> dict[str, Any]:
        values = dict(plan.row.values)
        for column, kind in shape.columns:
            value = values.get(column.key)
            if not value:
                continue
            if isinstance(kind, NamedList):
                values[column.key] = tuple(
                    self._name(table, column, kind, v, plan, marks) for v in value
                )
            elif isinstance(kind, Named):
                values[column.key] = self._name(table, column, kind, value, plan, marks)
            elif isinstance(kind, Choice):
                self._label(table, plan, column, kind, value)
            elif column.fills[0] == _FIGURE:
                values[column.key] = self._figure(table, plan, column, value, marks)
        return values

    def _figure(
        self, table: TablePlan, plan: RowPlan, column: Column, words: str, marks: dict[str, str]
    ) -> str:
        """The id of a figure that a ledger names as reports do."""
        found = figure_named(words)
        if found:
            return found
        marks[column.key] = "没有这个数字"
        table.findings.append(
            Finding(
                file=table.file,
                sheet=plan.sheet,
                row=plan.row.number,
                column=table.title_of(column),
                value=words,
                text="统计里没有叫这个名称的数字，已按原样记下并做了标记，不会计入任何数；"
                "请在填报数里改选。",
            )
        )
        return words

    def _name(
        self,
        table: TablePlan,
        column: Column,
        kind: Named | NamedList,
        words: str,
        plan: RowPlan,
        marks: dict[str, str],
    ) -> str:
        registers, values = self.registers, plan.row.values
        scope = registers.office(str(values.get(column.within, ""))) if column.within else ""
        rank = str(values.get(column.told_by, "")) if column.told_by else ""
        found, reason = registers.named(kind.targets, words, scope or table.office, rank)
        if not found and column.adds:
            found = self._add(table, column.adds, words)
        if found:
            return found
        if column.known:
            marks.setdefault(column.key, reason)
            table.unknown.setdefault((column.key, words), []).append(plan)
        return words

    def _add(self, table: TablePlan, of: str, words: str) -> str:
        cls = RECORD_TYPES[of].cls
        record_id = unit_id(table.office, words)
        table.added[record_id] = cls(id=record_id, office=table.office, name=words)  # type: ignore[call-arg]
        self.registers.note_unit(record_id, words, "")
        return record_id

    def _label(
        self, table: TablePlan, plan: RowPlan, column: Column, kind: Choice, label: str
    ) -> None:
        codes = self.codes.get(kind.codes)
        key = (kind.codes, label)
        if key in table.labels or (codes and codes.knows(label)):
            return
        table.labels[key] = added_label(kind.codes, label, table.office)
        title = codes.label if codes else kind.codes
        table.findings.append(
            Finding(
                file=table.file,
                sheet=plan.sheet,
                row=plan.row.number,
                column=table.title_of(column),
                value=label,
                text=f"「{title}」里原来没有这一项，已按原样加入本单位的选项，没有归到别的项里；"
                "如果是笔误，请改正后再导入。",
            )
        )

    def _report_unknown(self, table: TablePlan) -> None:
        for (key, words), plans in table.unknown.items():
            column = table.kind.column(key)
            more = f"（共{len(plans)}行）" if len(plans) > 1 else ""
            what = (
                "名册里没有这个人，或分不清是哪一位" if column.told_by else "行政区划里没有这个地点"
            )
            table.findings.append(
                Finding(
                    file=table.file,
                    sheet=plans[0].sheet,
                    row=plans[0].row.number,
                    column=table.title_of(column),
                    value=words,
                    text=f"{what}{more}。已按原样记下并做了标记；导入名册或区划后可以再对上。",
                )
            )


def _words(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def merged(former: Record | None, record: Record) -> Record:
    """Two rows of one shared record: lists join, empty fields are filled, the first one rules."""
    if former is None:
        return record
    fresh: dict[str, Any] = {}
    for f in record.type.columns:
        old, new = getattr(former, f.name), getattr(record, f.name)
        if isinstance(old, tuple):
            joined = tuple(dict.fromkeys((*old, *new)))
            if joined != old:
                fresh[f.name] = joined
        elif old == f.kind.empty and new != f.kind.empty:
            fresh[f.name] = new
    marks = {**record.marks, **former.marks}
    if marks != dict(former.marks):
        fresh["marks"] = marks
    return replace(former, **fresh) if fresh else former
