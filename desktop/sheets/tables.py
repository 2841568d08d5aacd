"""Take the ledgers out of a foreign file: every sheet that is one, with its rows as they stand.

Nothing is dropped in silence: rows that are no data (blank ones, sums, repeated headers, footers)
are counted by reason, sheets and columns that nobody knows become findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.core.days import find_year
from desktop.core.errors import SheetProblem
from desktop.core.findings import Finding
from desktop.core.ledger_kinds import LedgerKind
from desktop.sheets.cells import Row, SheetCells, Value, Workbook, cell, column_letter
from desktop.sheets.file_type import refusal
from desktop.sheets.header import Match, judge
from desktop.sheets.titles import filled, is_blank, is_footer, is_note, is_total, office_in, words

# Columns that this program itself adds to the workbook of bad rows (write.py); no one need know.
OWN_TITLES = ("问题", "原位置")
_SERIAL_TITLES = ("序号", "序", "次序", "编号")


@dataclass
class SheetTable:
    """One ledger as it stands in one sheet.

    `columns` maps keys to columns (from 0), `unknown` titles that the kind doesn't know; `rows` are
    (row number from 1, {key: value as in the cell}); `skipped` maps a reason to row numbers.
    """

    kind: LedgerKind
    file: str
    sheet: str
    title: str = ""
    lines: list[str] = field(default_factory=list)
    year: int | None = None
    office: str = ""
    titles: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, dict[str, Value]]] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    cells: list[Row] = field(default_factory=list)

    def raw(self, number: int) -> Row:
        """The cells of row `number` (from 1) as they stand, unknown columns too."""
        return self.cells[number - 1]

    def finding(self, number: int, key: str, text: str) -> Finding:
        """A finding on the cell of column `key` in row `number`."""
        column = self.columns.get(key, -1)
        title = self.titles[column] if 0 <= column < len(self.titles) else key
        value = words(cell(self.raw(number), column)) if column >= 0 else ""
        return Finding(
            file=self.file, sheet=self.sheet, row=number, column=title, value=value, text=text
        )

    def skipped_words(self) -> str:
        """What was left out, in words: 空行 12 行，合计行 1 行."""
        return "，".join(f"{reason} {len(rows)} 行" for reason, rows in self.skipped.items())


@dataclass
class Tables:
    """All ledgers of one file, and what to look at that belongs to none of them."""

    tables: list[SheetTable]
    findings: list[Finding]


def find_tables(book: Workbook, kinds: Sequence[LedgerKind], as_kind: str | None = None) -> Tables:
    """Find all ledgers of a file.

    Raises:
        SheetProblem: no sheet is a ledger that can be read; says why.
    """
    tables: list[SheetTable] = []
    findings = list(book.findings)
    problems: list[tuple[SheetCells, str]] = []
    for sheet in book.sheets:
        if all(is_blank(row) for row in sheet.rows):
            continue
        verdict = judge(sheet, book.name, kinds, as_kind)
        if verdict.match is None:
            problems.append((sheet, verdict.problem))
            continue
        tables.append(_table(book, sheet, verdict.match))
    if not tables:
        raise _no_table(book, problems)
    findings += [
        Finding(file=book.name, sheet=sheet.name, text=f"这个工作表没有导入：{problem}")
        for sheet, problem in problems
    ]
    return Tables(tables, findings)


def _no_table(book: Workbook, problems: Sequence[tuple[SheetCells, str]]) -> SheetProblem:
    if not problems:
        return refusal(book.name, "里面没有内容", "请确认选对了文件")
    sheet, problem = problems[0]
    where = f"的工作表「{sheet.name}」" if len(book.sheets) > 1 else ""
    advice = (
        "请用 --as 指明台账种类后再导入"
        if "--as" in problem
        else "请检查表头（列名所在的一行）是否完整，或指明台账种类后再导入"
    )
    return refusal(book.name, where + problem.removesuffix("，请用 --as 指明"), advice)


def _table(book: Workbook, sheet: SheetCells, match: Match) -> SheetTable:
    header = match.header
    lines = header.lines
    table = SheetTable(
        kind=match.kind,
        file=book.name,
        sheet=sheet.name,
        title=lines[0] if lines else "",
        lines=lines,
        year=_year(lines, sheet.name, book.name),
        office=office_in(lines),
        titles=header.titles,
        columns=match.columns,
        cells=sheet.rows,
    )
    known = set(match.columns.values())
    ours = OWN_TITLES if all(title in header.titles for title in OWN_TITLES) else ()
    table.unknown = {
        title: index
        for index, title in enumerate(header.titles)
        if title and index not in known and title not in (*_SERIAL_TITLES, *ours)
    }
    for title, index in table.unknown.items():
        text = f"不认识「{title}」这一列（{column_letter(index)}列），其中的内容没有导入"
        table.findings.append(
            Finding(
                file=book.name, sheet=sheet.name, row=header.bottom + 1, column=title, text=text
            )
        )
    _take_rows(table, header.bottom + 1)
    _take_findings(table, sheet)
    return table


def _year(lines: Sequence[str], sheet_name: str, file_name: str) -> int | None:
    """The year of a sheet: of its title, its name, the file's name, then of any note above."""
    for text in (*lines[:1], sheet_name, file_name, *lines[1:]):
        if year := find_year(text):
            return year
    return None


def _take_rows(table: SheetTable, start: int) -> None:
    items = list(table.columns.items())
    width = max(table.columns.values()) + 1
    serial = {i for i, title in enumerate(table.titles) if title in _SERIAL_TITLES}
    header: set[Value] = set(table.titles).union(*table.cells[:start]) - {None, ""}
    in_note = False
    for index in range(start, len(table.cells)):
        row = table.cells[index]
        reason = _no_data(table, row, serial, header)
        if (
            not reason
            and in_note
            and len(filled(row)) == 1
            and isinstance(row[filled(row)[0]], str)
        ):
            reason = "表尾说明"
        in_note = reason == "表尾说明" and (in_note or is_note(row))
        if reason:
            table.skipped.setdefault(reason, []).append(index + 1)
        elif len(row) >= width:
            table.rows.append((index + 1, {key: row[column] for key, column in items}))
        else:
            table.rows.append((index + 1, {key: cell(row, column) for key, column in items}))


def _no_data(table: SheetTable, row: Row, serial: set[int], header: set[Value]) -> str:
    """Why a row is no data, or "". Nearly all rows are data: the cheap questions come first."""
    if not row or is_blank(row):
        return "空行"
    if is_total(row):
        return "合计行"
    if is_footer(row):
        return "表尾说明"
    if not header.isdisjoint(row) and _is_header(table, row):
        return "重复的表头"
    if len(row) - row.count("") - row.count(None) > 2:
        return ""
    used = filled(row)
    if all(index in serial and words(row[index]).isdigit() for index in used):
        return "只有序号的行"
    if len(used) == 1 and table.title and words(row[used[0]]) == words(table.title):
        return "重复的标题"
    return ""


def _is_header(table: SheetTable, row: Row) -> bool:
    """Tell the header on each printed page: most of its titles in their own columns."""
    same = sum(
        bool(title) and words(cell(row, index)) == title for index, title in enumerate(table.titles)
    )
    return same >= 2 and 2 * same > sum(bool(title) for title in table.titles)


def _take_findings(table: SheetTable, sheet: SheetCells) -> None:
    """Keep what the reader found on rows of data; an error in a row of sums harms nobody."""
    data = {number for number, _ in table.rows}
    for found in sheet.findings:
        if found.row == 0 or found.row in data:
            table.findings.append(found)
    for merge in sheet.merged:
        rows = [n for n in range(merge.top + 1, merge.bottom + 2) if n in data]
        value = cell(sheet.rows[merge.top], merge.left) if merge.top < len(sheet.rows) else None
        title = table.titles[merge.left] if merge.left < len(table.titles) else ""
        if len(rows) < 2 or merge.left not in table.columns.values() or title in _SERIAL_TITLES:
            continue
        if isinstance(value, int | float) or (isinstance(value, str) and value.strip().isdigit()):
            text = (
                f"第{rows[0]}行至第{rows[-1]}行合并为一格，每行都按{words(value)}读取，"
                "请核对是否重复计数"
            )
            table.findings.append(
                Finding(
                    file=table.file,
                    sheet=table.sheet,
                    row=rows[0],
                    column=title,
                    value=words(value),
                    text=text,
                )
            )
