"""Rows on the clipboard: text with tabs, and a table whose cells are text.

WPS takes the table, so that a code of twelve digits keeps its digits and zeros; whatever knows no
tables takes the text.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
