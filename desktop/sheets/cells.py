"""A foreign file as plain cells: what the reader hands to whoever looks for ledgers in it.

Row and column indexes count from 0 here; `Finding.row` counts from 1, as Excel and clerks do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from desktop.core.findings import Finding

# datetime is a date; whole numbers come as int, except those that a double can't hold for certain.
Value = str | int | float | bool | date | None
Row = Sequence[Value]


class Merge(NamedTuple):
    """One merged range, both corners included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class SheetCells:
    """One sheet. A blank row is an empty list, so never index a row without looking at its length.

    The value of a merged range stands in every row of its left column, and nowhere else: a value
    merged over three rows belongs to all three, while one merged over three columns (a title, the
    name of a group of columns) belongs to no column but the first. `merged` tells the rest.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    hidden: bool = False


@dataclass
class Workbook:
    """One foreign file; `texts` are words outside of cells (page headers, text boxes)."""

    path: Path
    name: str
    sheets: list[SheetCells] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def cell(row: Row, column: int) -> Value:
    """The value at `column`, None beyond the end of the row."""
    return row[column] if column < len(row) else None


def column_letter(column: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def fill_merged(sheet: SheetCells) -> None:
    """Copy the value of each merged range down its left column, within the rows that exist."""
    for merge in sheet.merged:
        if merge.bottom == merge.top or merge.top >= len(sheet.rows):
            continue
        value = cell(sheet.rows[merge.top], merge.left)
        if value is None or value == "":
            continue
        for index in range(merge.top + 1, min(merge.bottom + 1, len(sheet.rows))):
            row = list(sheet.rows[index])
            row.extend([""] * (merge.left + 1 - len(row)))
            row[merge.left] = value
            sheet.rows[index] = row
