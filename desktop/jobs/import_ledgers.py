"""Import ledgers as clerks keep them: read, recognise, plan, write; all findings at once.

Registers (places, roster, areas) go in before the rest, whatever order is given. Each file is one
transaction, the whole command one undo step. What can't be read goes into an errors workbook.
"""

from __future__ import annotations

import datetime as dt
import gc
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from desktop.core.days import parse_day
from desktop.core.errors import Cancelled, SheetProblem, WrongUsage
from desktop.core.fields import IdNumber
from desktop.core.findings import Finding
from desktop.core.ids import new_id
from desktop.core.ledger_kinds import LedgerKind, LedgerRow
from desktop.core.offices import COUNTY, TOWNSHIP, county_of, level_of
from desktop.core.progress import Progress, Silent
from desktop.jobs.import_corrections import (
    find_corrections,
    former_rows,
    write_corrections,
)
from desktop.jobs.import_plan import Planner, RowPlan, home_of, kind_of, row_id
from desktop.jobs.import_report import FileReport, ImportReport, TableReport
from desktop.jobs.import_write import restore_undone, undone_rows, write_table
from desktop.jobs.match_names import match_names
from desktop.ledger import imports
from desktop.ledger.ledger import Ledger
from desktop.records.ledgers import LEDGER_KINDS
from desktop.sheets.interpret import RowRead, read_rows
from desktop.sheets.reading import read_ahead, sheet_files
from desktop.sheets.secrecy import refuse_marked
from desktop.sheets.tables import SheetTable, find_tables
from desktop.sheets.write import write_errors
from desktop.work.codes import code_lists
from desktop.work.registers import Registers

TITLE = "导入台账"
"""How the operations of an import are titled; what other operations changed was changed by hand."""

# 石门镇… at the start of a title; 领导干部下乡… and 各乡镇… name no office.
_UNKNOWN_OFFICE = re.compile(
    r"(?![各全本我])([\u4e00-\u9fff]{2,5}?(?:(?<!乡)镇|(?<![下城])乡|街道))"
)


def import_ledgers(
    ledger: Ledger,
    paths: Iterable[Path],
    *,
    kind: str = "",
    office: str = "",
    year: int | None = None,
    dry_run: bool = False,
    update: bool = False,
    errors: Path | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files and folders; returns what was done, file by file, with every finding.

    Args:
        ledger: the open ledger.
        paths: files, or folders that are searched for xlsx, xls, ods, csv and txt.
        kind: name of the kind of ledger, if the header doesn't tell.
        office: name of the office whose ledgers these are, if title, file and folder don't tell.
        year: for days without a year and rows without a day.
        dry_run: write nothing, only report.
        update: write corrections of rows that were imported before.
        errors: where to write the rows that could not be imported.
        progress: told after each file.

    Raises:
        WrongUsage: an unknown kind or office.
        SheetProblem: nothing could be read at all.
        Cancelled: files written before stay; undo takes them back in one step.
    """
    progress = progress or Silent()
    files = list(_files(paths))
    run = _Run(ledger, kind, office, year, update)
    with ledger.rehearse() if dry_run else nullcontext(), _collecting_less():
        run.load(files, progress)
        run.write(progress)
    report = ImportReport(run.reports, dry_run=dry_run, batch=run.batch, matched=run.matched)
    if errors and report.bad:
        write_errors(errors, report.bad)
    if run.reports and all(r.refused for r in run.reports):
        raise SheetProblem("；".join(r.refused for r in run.reports))
    return report


@contextmanager
def _collecting_less() -> Iterator[None]:
    """Look for garbage less often: a fifth of an import of 50,000 rows went into finding none."""
    former = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*former)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            found = sheet_files(path)
            if not found:
                raise SheetProblem(f"文件夹 {path.name} 里没有表格文件（xlsx、xls、ods、csv）。")
            yield from found
        elif path.exists():
            yield path
        else:
            raise SheetProblem(f"找不到 {path}。请检查路径。")


class _Loaded:
    """A file that was read: its tables, and its report."""

    def __init__(self, path: Path, report: FileReport) -> None:
        self.path = path
        self.report = report
        self.tables: list[SheetTable] = []

    @property
    def rank(self) -> int:
        """Registers first, in the order in which they build on each other."""
        orders = [LEDGER_KINDS.index(t.kind) for t in self.tables if t.kind.master]
        return min(orders, default=len(LEDGER_KINDS))


class _Run:
    """One import command."""

    def __init__(
        self, ledger: Ledger, kind: str, office: str, year: int | None, update: bool
    ) -> None:
        self.ledger = ledger
        self.kind = _kind_named(kind)
        self.office_name = office
        self.year = year
        self.update = update
        self.batch = new_id()
        self.loaded: list[_Loaded] = []
        self.reports: list[FileReport] = []
        self.usual_year = 0
        self.matched = 0
        self.keeps_identity = ledger.meta("keep_identity") == "1"

    def load(self, files: Sequence[Path], progress: Progress) -> None:
        """Read all files and recognise their ledgers."""
        for path, book in read_ahead(files, progress):
            loaded = _Loaded(path, FileReport(path.name))
            self.reports.append(loaded.report)
            try:
                if isinstance(book, SheetProblem):
                    raise book
                refuse_marked(book)
                found = find_tables(book, LEDGER_KINDS, self.kind.name if self.kind else None)
            except Cancelled:
                raise
            except SheetProblem as problem:
                loaded.report.refuse(str(problem))
                continue
            loaded.tables = found.tables
            loaded.report.findings += found.findings
            self.loaded.append(loaded)
        self.loaded.sort(key=lambda one: one.rank)
        years = Counter(y for one in self.loaded for t in one.tables for y in _years(t))
        self.usual_year = years.most_common(1)[0][0] if years else 0

    def write(self, progress: Progress) -> None:
        """Plan and write file by file."""
        registers = Registers(self.ledger)
        planner = Planner(self.ledger, registers, code_lists(self.ledger))
        for done, one in enumerate(self.loaded):
            progress.step(done, len(self.loaded), f"正在导入 {one.path.name}")
            try:
                self._write_file(one, planner)
            except SheetProblem as problem:
                one.report.refuse(str(problem))
                continue
            if any(t.kind.master for t in one.tables):
                planner.registers = Registers(self.ledger)
            if one.report.labels:
                planner.codes = code_lists(self.ledger)
        if any(t.kind.master for one in self.loaded for t in one.tables):
            with self.ledger.write(f"{TITLE} 对上名称", batch=self.batch) as rows:
                self.matched = match_names(self.ledger, rows, planner.registers)
        progress.step(len(self.loaded), len(self.loaded), "导入完成")

    # ---- one file --------------------------------------------------------------------------------

    def _write_file(self, one: _Loaded, planner: Planner) -> None:
        groups: dict[tuple[LedgerKind, str, int], list[SheetTable]] = {}
        for table in one.tables:
            office = self._office(one, table, planner.registers)
            year = self._year_of(one, table)
            groups.setdefault((table.kind, office, year), []).append(table)
        with self.ledger.write(f"{TITLE} {one.path.name}", batch=self.batch) as rows:
            for (kind, office, year), tables in groups.items():
                report = TableReport(kind.label, kind.name, office, year)
                report.office_name = planner.registers.offices.get(office, office)
                one.report.tables.append(report)
                plans = self._read(one.report, report, kind, office, year, tables)
                prior = imports.rows_of(self.ledger, kind.name, office, year)
                known = [p for p in plans if p.id in prior]
                back = undone_rows(self.ledger, kind, known, prior)
                fresh = [p for p in plans if p.id not in prior]
                titles = {k: t.titles[i] for t in tables for k, i in t.columns.items()}
                planned = planner.plan(kind, office, year, one.path.name, fresh + back, titles)
                pairs, gone = find_corrections(planned, plans, prior, one.path.name)
                report.restored = restore_undone(self.ledger, rows, planned, back, prior)
                report.known = len(known) - report.restored
                report.vanished = gone
                corrected = {pair.fresh.id for pair in pairs}
                new = [p for p in fresh if p.id not in corrected]
                report.added = write_table(self.ledger, rows, planned, new)
                if self.update:
                    again = former_rows(pairs, year)
                    planner.plan(kind, office, year, one.path.name, again)
                    one.report.findings += write_corrections(
                        self.ledger, rows, planned, pairs, {p.id: p for p in again}, TITLE
                    )
                report.corrections = [pair.shown(written=self.update) for pair in pairs]
                one.report.findings += planned.findings
                one.report.labels += [label for _, label in planned.labels]

    def _read(
        self,
        file: FileReport,
        report: TableReport,
        kind: LedgerKind,
        office: str,
        year: int,
        tables: list[SheetTable],
    ) -> list[RowPlan]:
        """Read the rows of a ledger's sheets; what can't be read is set aside as bad."""
        plans: list[RowPlan] = []
        seen: dict[str, int] = {}
        hidden = self._hidden(kind)
        for table in tables:
            file.findings += table.findings
            if table.skipped:
                file.skipped.append(f"{table.sheet}：{table.skipped_words()}")
            for key in hidden & table.columns.keys():
                title = table.titles[table.columns[key]]
                file.notes.append(f"「{title}」一列没有读入（本台账未开启身份证号）")
            read = read_rows(kind, table.rows, year, lambda p: kind_of(kind, p), seen, hidden)
            read = _left_out(file, kind, table, office, year, read)
            good, bad = _sorted_out(file, kind, table, read)
            plans += [RowPlan(row_id(kind, office, row), table.sheet, row) for row in good]
            report.rows += len(read)
            if bad:
                file.bad.append((table, bad))
        return plans

    def _hidden(self, kind: LedgerKind) -> frozenset[str]:
        """Columns that are not read at all: identity numbers, unless switched on."""
        if self.keeps_identity:
            return frozenset()
        filling = (c for c in kind.columns if c.fills)
        return frozenset(c.key for c in filling if isinstance(kind_of(kind, c.fills[0]), IdNumber))

    # ---- whose and when --------------------------------------------------------------------------

    def _office(self, one: _Loaded, table: SheetTable, registers: Registers) -> str:
        own = self.ledger.office
        if self.office_name:
            code = registers.office(self.office_name)
            if not code:
                raise WrongUsage(
                    f"不认识单位「{self.office_name}」。请先导入行政区划，或检查名称。"
                )
        else:
            code = _office_named(
                [table.office, table.title, table.sheet, table.file, one.path.parent.name],
                registers.offices,
                own.level,
            )
            code = code or own.code
        if own.level == TOWNSHIP and code != own.code and not table.kind.master:
            name = registers.offices.get(code, code)
            raise SheetProblem(f"{one.path.name} 是{name}的台账，本台账是{own.name}的，没有导入。")
        return home_of(table.kind, code if county_of(code) else own.code)

    def _year_of(self, one: _Loaded, table: SheetTable) -> int:
        if self.year:
            return self.year
        found = table.year or next(iter(Counter(_years(table)).most_common(1)), (0, 0))[0]
        if found:
            return found
        if self.usual_year:
            return self.usual_year
        today = self.ledger.now().year
        if table.kind.dated:
            one.report.findings.append(
                Finding(
                    file=one.path.name,
                    sheet=table.sheet,
                    text=f"台账里没有写年份，没有日期的行按{today}年计入；"
                    "如不对，请撤销后用 --year 指明。",
                )
            )
        return today


def _left_out(
    file: FileReport,
    kind: LedgerKind,
    table: SheetTable,
    office: str,
    year: int,
    read: list[RowRead],
) -> list[RowRead]:
    """The rows that are this ledger's; each reason why others aren't is one finding."""
    if kind.leaves_out is None:
        return read
    kept: list[RowRead] = []
    left: dict[str, list[int]] = {}
    for row in read:
        reason = kind.leaves_out(LedgerRow(row.values, office, year))
        left.setdefault(reason, []).append(row.number) if reason else kept.append(row)
    for reason, numbers in left.items():
        table.skipped[reason] = numbers
        file.findings.append(
            Finding(
                file=file.file,
                sheet=table.sheet,
                row=numbers[0],
                text=f"{len(numbers)}行没有导入：{reason}。第一处在第{numbers[0]}行。",
            )
        )
    return kept


def _sorted_out(
    file: FileReport, kind: LedgerKind, table: SheetTable, read: list[RowRead]
) -> tuple[list[RowRead], dict[int, str]]:
    """Good rows, and what is wrong with the bad ones by row number.

    A row goes in without an optional cell that can't be read, marked; not without a required one.
    """
    good: list[RowRead] = []
    bad: dict[int, str] = {}
    for row in read:
        for key, problem in row.problems.items():
            lost = kind.column(key).required
            todo = "这一行没有导入，请改正后再导入" if lost else "这一格没有导入，已做标记"
            file.findings.append(table.finding(row.number, key, f"{problem}；{todo}。"))
        if any(kind.column(k).required for k in row.problems):
            bad[row.number] = "；".join(row.problems.values())
            continue
        for key, doubt in row.doubts.items():
            text = f"{doubt}；已照台账写的导入并做了标记，请核对。"
            file.findings.append(table.finding(row.number, key, text))
        row.marks |= row.doubts
        row.marks |= {k: f"台账写的是「{row.raw[k]}」：{p}" for k, p in row.problems.items()}
        good.append(row)
    return good, bad


def _kind_named(name: str) -> LedgerKind | None:
    if not name:
        return None
    for one in LEDGER_KINDS:
        if name in (one.name, one.label):
            return one
    known = "、".join(f"{k.name}（{k.label}）" for k in LEDGER_KINDS)
    raise WrongUsage(f"没有「{name}」这种台账。可以用：{known}。")


def _years(table: SheetTable) -> list[int]:
    """The years that a sheet's title and its dated rows name."""
    found = [table.year] if table.year else []
    key = table.kind.dated
    for _, cells in table.rows[:200] if key else ():
        day = parse_day(cells.get(key)).day if cells.get(key) else None
        if isinstance(day, dt.date):
            found.append(day.year)
    return found


def _office_named(words: list[str], offices: dict[str, str], level: str) -> str:
    """The office that title, sheet, file or folder names; a township before its county."""
    for text in words:
        plain = re.sub(r"\s+", "", text)
        named = [c for c, n in offices.items() if n and n in plain]
        townships = [c for c in named if level_of(c) != COUNTY]
        if townships or named:
            return max(townships or named, key=lambda c: len(offices[c]))
        unknown = _UNKNOWN_OFFICE.match(plain)
        # A county that knows no township yet takes all; a township's own folder may be called so.
        if unknown and (len(offices) > 1 if level == COUNTY else text is not words[-1]):
            raise SheetProblem(
                f"不认识单位「{unknown[1]}」，这个文件没有导入。"
                "请先导入行政区划，或用 --office 指明。"
            )
    return ""
