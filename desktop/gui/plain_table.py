"""PlainTable: rows of words that are all there already; looks and copies like a record list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QTableView

from desktop.gui import theme
from desktop.gui.clipboard import as_table, copy_table
from desktop.gui.record_table import RowDelegate, lay_rows

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PlainModel(QAbstractTableModel):
    """Titles and rows."""

    def __init__(self, titles: Sequence[str], right: Sequence[int]) -> None:
        """Start empty; columns of `right` hold numbers."""
        super().__init__()
        self.titles = tuple(titles)
        self.rows: list[list[str]] = []
        self._right = frozenset(right)

    def show_rows(self, rows: list[list[str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; all of them on hovering."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self.rows[index.row()][index.column()]
            return words if len(words) > _SHORT else None
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> int:
        right = column in self._right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


class PlainTable(QTableView):
    """The table; widths are given in Hanzi and share the room in that proportion."""

    def __init__(
        self, titles: Sequence[str], widths: Sequence[int], *, right: Sequence[int] = ()
    ) -> None:
        """Start empty."""
        super().__init__()
        self.hovered = -1
        theme.set_kind(self, "boxed")
        self._widths = tuple(widths)
        self._model = PlainModel(titles, right)
        self.setModel(self._model)
        self.setItemDelegate(RowDelegate(self))
        lay_rows(self)
        self.horizontalHeader().setFixedHeight(theme.ROW)
        self.horizontalHeader().setSectionsClickable(False)

    def show_rows(self, rows: list[list[str]]) -> None:
        """Show other rows."""
        self._model.show_rows(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        em = self.fontMetrics().horizontalAdvance("国")
        least = [w * em + 2 * theme.S for w in self._widths]
        free = max(self.viewport().width() - sum(least), 0)
        for at, width in enumerate(least):
            self.setColumnWidth(at, width + free * self._widths[at] // sum(self._widths))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows, or all."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        chosen = sorted(i.row() for i in self.selectionModel().selectedRows())
        rows = [self._model.rows[r] for r in chosen] or self._model.rows
        copy_table(as_table([self._model.titles, *rows]))


_SHORT = 12
