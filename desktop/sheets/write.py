"""Write plain tables as xlsx: lists that are handed out, and rows of an import that need a person.

Phones, ID numbers and codes are written as text, so that no program eats their digits; text never
becomes a formula. A file comes into being under another name beside its target and takes its name
in one step, so a full disk or a pulled stick leaves no half file under the name that was asked for.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from desktop.core.errors import UserError
from desktop.core.progress import Progress, Silent
from desktop.sheets.cells import Value
from desktop.sheets.tables import OWN_TITLES, SheetTable

# Widths in characters of the normal font; a Hanzi takes two.
WIDTHS = {
    "serial": 6,
    "number": 10,
    "day": 12,
    "name": 12,
    "phone": 15,
    "identity": 22,
    "code": 16,
    "short": 14,
    "text": 20,
    "long": 48,
}
_CENTRED = {"serial", "day", "name", "phone", "identity", "code", "number"}
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_CUT = "……（内容过长，此处未写完）"
_ATTEMPTS = 5


@dataclass(frozen=True)
class SheetColumn:
    """One column to write: its title, what kind of content it has (a key of WIDTHS), its width."""

    title: str
    kind: str = "text"
    width: float | None = None


def write_table(
    path: Path,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "",
    notes: Sequence[str] = (),
    sheet: str = "Sheet1",
    progress: Progress | None = None,
) -> int:
    """Write one table; return the number of its rows.

    Args:
        path: the xlsx; replaced if it is there.
        columns: what stands in each column. Numbers stay numbers only in columns of kind "serial"
            and "number", days only in "day"; all else is written as text.
        rows: values in the order of the columns.
        title: first row, across all columns; nothing if empty.
        notes: further rows above the header, such as 填报单位：.
        sheet: name of the sheet.
        progress: told every thousand rows.

    Raises:
        UserError: the file can't be written; what was there before still is.
        Cancelled: from `progress`; nothing was written.
    """
    with _workbook(path) as book:
        return _Sheet(book, sheet, columns, title, notes).write(rows, progress or Silent())


def write_errors(path: Path, problems: Iterable[tuple[SheetTable, Mapping[int, str]]]) -> int:
    """Write the rows that were not taken, as they were, with a column 问题; return their number.

    The title and the header go along, so that the corrected workbook can be imported as it is.

    Args:
        path: the xlsx.
        problems: for each table the row numbers (from 1) and what is wrong with each.

    Raises:
        UserError: the file can't be written.
    """
    wanted = [(table, found) for table, found in problems if found]
    wanted.sort(key=lambda pair: _likeness(pair[0]))
    written, names = 0, set[str]()
    with _workbook(path) as book:
        for (_, title, titles), group in groupby(wanted, key=lambda pair: _likeness(pair[0])):
            columns = [SheetColumn(heading, _raw_kind(heading)) for heading in titles]
            columns += [SheetColumn(OWN_TITLES[0], "long"), SheetColumn(OWN_TITLES[1], "text")]
            rows = [row for table, found in group for row in _bad_rows(table, found)]
            name = _sheet_name(title or "问题行", names)
            written += _Sheet(book, name, columns, title, (), raw=True).write(rows, Silent())
        if not wanted:
            book.add_worksheet("Sheet1")
    return written


def _likeness(table: SheetTable) -> tuple[str, str, tuple[str, ...]]:
    """Tables that may share a sheet: same file, title and header."""
    title = table.title
    if not title:
        year = f"{table.year}年" if table.year else ""
        title = f"{table.office}{year}{table.kind.label}"
    return table.file, title, tuple(table.titles)


def _bad_rows(table: SheetTable, found: Mapping[int, str]) -> Iterator[list[Value]]:
    width = len(table.titles)
    for number in sorted(found):
        cells = list(table.raw(number)[:width])
        cells += [""] * (width - len(cells))
        yield [*cells, found[number], f"{table.file}　{table.sheet}　第{number}行"]


def _raw_kind(title: str) -> str:
    return "long" if any(word in title for word in ("内容", "问题", "情况", "措施")) else "short"


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel takes: 31 characters, no brackets or slashes, not taken yet."""
    bare = "".join("_" if letter in "[]:*?/\\'" else letter for letter in title)[:28] or "Sheet"
    name, number = bare, 1
    while name.lower() in taken:
        number += 1
        name = f"{bare[:26]}({number})"
    taken.add(name.lower())
    return name


class _Sheet:
    """One sheet being written, row by row, in flat memory."""

    def __init__(
        self,
        book: Any,
        name: str,
        columns: Sequence[SheetColumn],
        title: str,
        notes: Sequence[str],
        *,
        raw: bool = False,
    ) -> None:
        self._sheet = book.add_worksheet(_sheet_name(name, set()))
        self._columns = columns
        self._raw = raw
        self._row = 0
        border = {"border": 1, "valign": "vcenter", "font_size": 11, "text_wrap": True}
        self._text = book.add_format({**border, "num_format": "@"})
        self._centred = book.add_format({**border, "num_format": "@", "align": "center"})
        self._number = book.add_format({**border, "align": "center"})
        self._day = book.add_format({**border, "num_format": "yyyy-mm-dd", "align": "center"})
        self._head = book.add_format(
            {**border, "bold": True, "align": "center", "bg_color": "#EDEDED"}
        )
        self._title = book.add_format(
            {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
        )
        for index, column in enumerate(columns):
            width = column.width or WIDTHS.get(column.kind, WIDTHS["text"])
            self._sheet.set_column(index, index, width)
        self._above(title, notes)

    def _above(self, title: str, notes: Sequence[str]) -> None:
        last = len(self._columns) - 1
        if title:
            self._sheet.set_row(0, 30)
            if last > 0:
                self._sheet.merge_range(0, 0, 0, last, "", self._title)
            self._sheet.write_string(0, 0, title, self._title)
            self._row = 1
        for note in notes:
            self._sheet.write_string(self._row, 0, note)
            self._row += 1
        for index, column in enumerate(self._columns):
            self._sheet.write_string(self._row, index, column.title, self._head)

    def write(self, rows: Iterable[Sequence[Value]], progress: Progress) -> int:
        """Write all rows below the header, then what needs to know where they end."""
        header, count = self._row, 0
        for count, row in enumerate(rows, 1):
            self._row += 1
            if self._row >= _MOST_ROWS:
                raise UserError(
                    "行数超过了Excel一张表能放的1048576行，没有写出；请缩小范围后分次导出。"
                )
            for index, value in enumerate(row):
                self._write_cell(index, value)
            if count % 1000 == 0:
                progress.step(count, 0, "正在写出表格")
        self._sheet.freeze_panes(header + 1, 0)
        self._sheet.autofilter(header, 0, self._row, max(len(self._columns) - 1, 0))
        self._sheet.repeat_rows(header)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        return count

    def _write_cell(self, index: int, value: Value) -> None:
        kind = self._columns[index].kind
        if value is None or value == "":
            self._sheet.write_blank(self._row, index, None, self._text)
        elif isinstance(value, bool):
            self._sheet.write_string(self._row, index, "是" if value else "否", self._centred)
        elif isinstance(value, int | float) and (self._raw or kind in ("serial", "number")):
            self._sheet.write_number(self._row, index, value, self._number)
        elif isinstance(value, date) and (self._raw or kind == "day"):
            self._sheet.write_datetime(self._row, index, _moment(value), self._day)
        else:
            words = value.isoformat() if isinstance(value, date) else str(value)
            if len(words) > _MOST_CHARACTERS:
                words = words[: _MOST_CHARACTERS - len(_CUT)] + _CUT
            style = self._centred if kind in _CENTRED else self._text
            self._sheet.write_string(self._row, index, words, style)


def _moment(value: date) -> datetime:
    """Days as moments without a zone, the only ones that a cell can hold."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """A workbook that takes its name once it is complete; the scratch folder always goes."""
    try:
        with tempfile.TemporaryDirectory(
            dir=path.parent, prefix=".sixia-", ignore_cleanup_errors=True
        ) as scratch:
            part = Path(scratch, "part.xlsx")
            book = xlsxwriter.Workbook(
                str(part),
                {
                    "constant_memory": True,
                    "tmpdir": scratch,
                    "strings_to_formulas": False,
                    "strings_to_urls": False,
                    "strings_to_numbers": False,
                },
            )
            done = False
            try:
                yield book
                done = True
            finally:
                _close(book, keep=done)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            _take_name(part, path)
    except (OSError, XlsxWriterException) as error:
        raise UserError(
            f"「{path.name}」写不出来，原有的文件没有改动；请确认它没有在WPS中打开、"
            "磁盘没有写满、U盘没有写保护，再试一次。"
        ) from error


def _close(book: Any, *, keep: bool) -> None:
    """Finish the workbook; after a failure only let go of its scratch files, which are open."""
    if keep:
        book.close()
        return
    book.fileclosed = True
    for sheet in book.worksheets():
        handle = getattr(sheet, "row_data_fh", None)
        if handle is not None:
            handle.close()


def _take_name(part: Path, path: Path) -> None:
    """Replace in one step; virus scanners on Windows hold a new file for a moment."""
    for attempt in range(_ATTEMPTS):
        try:
            os.replace(part, path)
            return
        except PermissionError:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.2)
