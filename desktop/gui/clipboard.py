"""Rows on the clipboard: text with tabs, and a table whose cells are text.

WPS takes the table, so that a code of twelve digits keeps its digits and zeros; whatever knows no
tables takes the text.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QGuiApplication


@dataclass(frozen=True)
class Table:
    """Rows in both forms; made on any thread, 20,000 rows take most of a second."""

    text: str
    html: str


def as_table(rows: Iterable[Sequence[str]]) -> Table:
    """Rows as text and as a table; a line break in a cell becomes a space."""
    flat = [[" ".join(cell.split()) for cell in row] for row in rows]
    text = "\n".join("\t".join(row) for row in flat)
    cell = "<td style='mso-number-format:\"\\@\"'>{}</td>"
    lines = ("<tr>" + "".join(cell.format(html.escape(c)) for c in row) + "</tr>" for row in flat)
    return Table(text, "<table>" + "".join(lines) + "</table>")


def copy_table(table: Table) -> None:
    """Put rows on the clipboard."""
    # One that Qt makes: the clipboard outlives Python, and PySide6 crashes at exit over a
    # QMimeData() of ours (seen with 6.12.0).
    list_of_one = QStringListModel([""])
    data = list_of_one.mimeData([list_of_one.index(0, 0)])
    for form in data.formats():
        data.removeFormat(form)
    data.setText(table.text)
    data.setHtml(table.html)
    QGuiApplication.clipboard().setMimeData(data)


def rows_of(text: str, markup: str = "") -> list[list[str]]:
    """The cells that another program put on the clipboard: text with tabs, else an HTML table.

    A cell of several lines stands in quotes there (Excel, WPS); blank rows at the end are nothing.
    """
    if "\t" not in text and "<t" in markup.lower():
        reader = _TableReader()
        reader.feed(markup)
        reader.close()
        rows = reader.rows
    else:
        lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
        csv.field_size_limit(1 << 30)
        rows = [list(row) for row in csv.reader(lines, delimiter="\t")]
    rows = [[cell.replace("\xa0", " ").strip() for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def pasted_rows() -> list[list[str]]:
    """The cells on the clipboard."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return []
    return rows_of(data.text(), data.html() if data.hasHtml() else "")


class _TableReader(HTMLParser):
    """The cells of the tables of a page; a cell over several columns leaves the others blank."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 200) if span.isdecimal() else 1
        elif tag in ("br", "p") and self._cell:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(" ".join(data.split("\n")))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            if not self.rows:
                self.rows.append([])
            self.rows[-1] += ["".join(self._cell).strip(), *[""] * (self._span - 1)]
            self._cell = None
