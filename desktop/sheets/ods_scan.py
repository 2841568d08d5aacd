"""A look through the XML of an ods (OpenDocument 1.2, part 1, chapter 9): merges, extent, errors.

The reader gives no merged ranges for ods and inflates repeated cells, so a file of one kilobyte can
ask for 10^10 cells. Offices that use ods are few: a plain streaming parser is fast enough.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from desktop.core.errors import SheetProblem
from desktop.sheets.file_type import damaged, refusal
from desktop.sheets.xlsx_scan import MOST_CELLS, MOST_FINDINGS, CellFinding, check_inflated

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


class OdsSheet(NamedTuple):
    """What one table showed; ranges are (top, left, bottom, right) from 0."""

    merged: list[tuple[int, int, int, int]]
    findings: list[CellFinding]


def scan_ods(path: Path) -> dict[str, OdsSheet]:
    """Look through all tables, by name.

    Raises:
        SheetProblem: damaged, a zip bomb, or repeats that no table has.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_inflated(path.name, archive)
            return _scan(path.name, archive)
    except SheetProblem:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        EOFError,
        KeyError,
        OSError,
        RuntimeError,
        ValueError,
    ):
        raise damaged(path.name) from None


def _scan(name: str, archive: zipfile.ZipFile) -> dict[str, OdsSheet]:
    sheets: dict[str, OdsSheet] = {}
    sheet = OdsSheet([], [])
    row, title, hidden, extent = 0, "", 0, [0, 0]
    with archive.open("content.xml") as stream:
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):
            if event == "start":
                if element.tag == f"{_TABLE}table":
                    title = element.get(f"{_TABLE}name", "")
                    sheets[title] = sheet = OdsSheet([], [])
                    row, hidden, extent = 0, 0, [0, 0]
            elif element.tag == f"{_TABLE}table-row":
                repeated = _count(element, "number-rows-repeated")
                if _scan_row(element, row, repeated, sheet, extent):
                    hidden += element.get(f"{_TABLE}visibility", "visible") != "visible"
                row += repeated
                if extent[0] * extent[1] > MOST_CELLS:
                    raise refusal(
                        name,
                        f"的工作表「{title}」里有内容一直重复到第{extent[0]}行、第{extent[1]}列，无法读取",
                        "请在WPS中删除表格以外的行和列，另存为.xlsx后再导入",
                    )
                element.clear()
            elif element.tag == f"{_TABLE}table" and hidden:
                sheet.findings.append(CellFinding(0, "", "", f"有{hidden}行是隐藏的，已照常读取"))
    return sheets


def _scan_row(
    element: ElementTree.Element, row: int, repeated: int, sheet: OdsSheet, extent: list[int]
) -> bool:
    """Take merges, errors and extent from one row; tell whether it holds anything."""
    column, filled = 0, False
    for item in element:
        if item.tag not in _CELLS:
            continue
        across = _count(item, "number-columns-repeated")
        high, wide = _count(item, "number-rows-spanned"), _count(item, "number-columns-spanned")
        if high > 1 or wide > 1:
            sheet.merged.append((row, column, row + high - 1, column + wide - 1))
        if f"{_OFFICE}value-type" in item.attrib or item.find(f"{_TEXT}p") is not None:
            filled = True
            extent[:] = max(extent[0], row + repeated), max(extent[1], column + across)
            if item.get(f"{_CALCEXT}value-type") == "error" and len(sheet.findings) < MOST_FINDINGS:
                words = "".join(item.itertext())
                text = f"单元格出错（{words}），请改正"
                sheet.findings.append(CellFinding(row + 1, _letters(column), words, text))
        column += across
    return filled


def _count(element: ElementTree.Element, attribute: str) -> int:
    return max(int(element.get(_TABLE + attribute, "1")), 1)


def _letters(column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
