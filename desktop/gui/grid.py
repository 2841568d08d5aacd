"""Grid: numbers in rows and columns, each of which can be chosen; names of rows stay in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.gui import theme
from desktop.gui.clipboard import as_table, copy_table
from desktop.gui.record_list import RowDelegate

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

NAMES = 14
"""Width of the names of the rows, in Hanzi, where there is room."""


@dataclass(frozen=True)
class GridRow:
    """A row: its name, its cells, and what it is about; without cells it is a heading."""

    name: str
    cells: tuple[str, ...] = ()
    key: str = ""
    hint: str = ""


class GridModel(QAbstractTableModel):
    """Titles and rows."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.titles: tuple[str, ...] = ()
        self.rows: Sequence[GridRow] = ()

    def show_grid(self, titles: Sequence[str], rows: Sequence[GridRow]) -> None:
        """Show other numbers."""
        self.beginResetModel()
        self.titles, self.rows = tuple(titles), rows
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
        """Titles of the columns, names of the rows; those below a heading are set in."""
        level = orientation is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            if level:
                return self.titles[section]
            row = self.rows[section]
            return f"　{row.name}" if row.cells else row.name
        if level:
            return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.rows[section].hint or self.rows[section].name
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            cells = self.rows[index.row()].cells
            return cells[index.column()] if cells else ""
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can't be chosen."""
        if not index.isValid() or not self.rows[index.row()].cells:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_QUIET = ("——", "·")


class _GridDelegate(RowDelegate):
    """What isn't there is quiet."""

    def color_of(self, index: Index, text: str) -> str:
        return "quiet" if text in _QUIET else super().color_of(index, text)


class Grid(QTableView):
    """The table; Enter or a click tells which number was chosen."""

    chosen = Signal(str, int)  # key of the row, column

    def __init__(self, *, width: int) -> None:
        """Start empty; columns grow to `width` Hanzi where there is room."""
        super().__init__()
        self.hovered = -1
        self._width = width
        self.grid = GridModel()
        self.setModel(self.grid)
        self.setItemDelegate(_GridDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        names = self.verticalHeader()
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setDefaultSectionSize(theme.ROW)
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setTextElideMode(Qt.TextElideMode.ElideRight)
        names.setSectionsClickable(False)
        names.setHighlightSections(False)
        level = self.horizontalHeader()
        level.setFixedHeight(theme.ROW)
        level.setSectionsClickable(False)
        level.setHighlightSections(False)
        self.selectionModel().currentChanged.connect(lambda now, _former: self._choose(now))

    def show_grid(self, titles: Sequence[str], rows: Sequence[GridRow]) -> None:
        """Show other numbers."""
        self.grid.show_grid(titles, rows)
        self._share()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and index.data():
            self.chosen.emit(self.grid.rows[index.row()].key, index.column())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        names = min(NAMES * em + theme.L, self.width() // 3)
        self.verticalHeader().setFixedWidth(names)
        columns = len(self.grid.titles)
        if not columns:
            return
        room = self.viewport().width() // columns
        for at, title in enumerate(self.grid.titles):
            words = (title, *(row.cells[at] for row in self.grid.rows if row.cells))
            margin = theme.L if at == 0 else theme.S
            wide = max(map(self.fontMetrics().horizontalAdvance, words)) + margin + theme.S
            self.setColumnWidth(at, max(wide, min(room, self._width * em)))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The cell that a key leads to; headings are passed over."""
        return past_headings(self, super().moveCursor(action, modifiers), action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen cells with their titles, or the whole table."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        cells = self.selectionModel().selectedIndexes()
        rows = sorted({i.row() for i in cells})
        columns = sorted({i.column() for i in cells})
        if len(cells) < 2:
            rows, columns = list(range(len(self.grid.rows))), list(range(len(self.grid.titles)))
        head = ["", *(self.grid.titles[c] for c in columns)]
        body = [
            [one.name, *((one.cells[c] if one.cells else "") for c in columns)]
            for one in (self.grid.rows[r] for r in rows)
        ]
        copy_table(as_table([head, *body]))


_BACK = (
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MovePageUp,
    QAbstractItemView.CursorAction.MovePrevious,
    QAbstractItemView.CursorAction.MoveEnd,
)


def past_headings(
    table: QTableView, to: QModelIndex, action: QAbstractItemView.CursorAction
) -> QModelIndex:
    """Where a key leads in a table with headings that can't be chosen; Qt would stop at them."""
    if action == QAbstractItemView.CursorAction.MoveNext and not table.currentIndex().isValid():
        return to  # Qt asks when the table gets the focus: nothing is chosen by that
    step = -1 if action in _BACK else 1
    for way in (step, -step):
        row = to.row()
        while 0 <= row < table.model().rowCount():
            at = table.model().index(row, to.column())
            if at.flags() & Qt.ItemFlag.ItemIsEnabled:
                return at
            row += way
    return to
