"""The table of a record list, and how its cells are painted.

Rows have one fixed height and columns the width of their kind, because measuring 20,000 rows takes
seconds (resizeRowsToContents 8.8 s).
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.gui import theme
from desktop.gui.list_model import DOUBT_ROLE, ID_ROLE, RecordListModel

_LEAST_SHARE = 0.55
_NEVER_CUT = 7  # Hanzi

_MARKS = {"●": "late", "◐": "soon", "✓": "done", "‖": "paused"}


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: its words on one line, a hairline below, marks in their colour."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        c = theme.colors()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = option.rect
        painter.save()
        hovered = getattr(self.parent(), "hovered", -1) == index.row()
        ground = "chosen" if chosen else "hover" if hovered else "sheet"
        painter.fillRect(rect, c.color(ground))
        painter.setPen(c.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if chosen and index.column() == 0 and (focused or self._active()):
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), c.color("accent"))
        text = str(index.data() or "")
        enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        painter.setPen(c.color(self.color_of(index, text) if enabled else "quiet"))
        painter.setFont(theme.font(bold=True) if self.is_bold(index) else option.font)
        left = theme.L if index.column() == 0 else theme.S
        inner = rect.adjusted(left, 0, -theme.S, 0)
        if index.column() == 0 and index.data(DOUBT_ROLE):
            self._doubt(painter, rect.adjusted(theme.XS, 0, 0, 0))
        shown = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)
        painter.restore()

    def _doubt(self, painter: QPainter, rect: QRect) -> None:
        """A small question mark before the row: somebody should look at it."""
        painter.save()
        painter.setPen(theme.colors().color("soon"))
        painter.setFont(theme.font(bold=True))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "?")
        painter.restore()

    def color_of(self, index: QModelIndex | QPersistentModelIndex, text: str) -> str:
        """The colour of the words."""
        del index
        return _MARKS.get(text[:1], "text")

    def is_bold(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether the words stand out."""
        del index
        return False

    def _active(self) -> bool:
        view = self.parent()
        return isinstance(view, QWidget) and view.hasFocus()


def lay_rows(table: QTableView) -> None:
    """Let a table show whole rows of one height, without lines; Tab leaves it."""
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    upright = table.verticalHeader()
    upright.hide()
    upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    upright.setDefaultSectionSize(theme.ROW)


class RecordTable(QTableView):
    """The table itself."""

    opened = Signal(str)  # id of a record

    def __init__(self, model: RecordListModel, parent: QWidget | None = None) -> None:
        """Show the model."""
        super().__init__(parent)
        self.hovered = -1
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        lay_rows(self)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        level = self.horizontalHeader()
        level.setHighlightSections(False)
        # One of its own that is always empty: else each repaint asks whether whole columns are
        # chosen, row by row, which takes a second once all of 20,000 rows are.
        level.setSelectionModel(QItemSelectionModel(model, level))
        level.setSectionsClickable(True)
        level.setFixedHeight(theme.ROW)
        level.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.doubleClicked.connect(lambda index: self._open(index))

    def set_widths(self) -> None:
        """Give each column the width of its kind; those that grow share what is left."""
        em = QFontMetrics(theme.font()).horizontalAdvance("国")
        columns = self.model().source.columns  # type: ignore[attr-defined]
        widths = [one.width * em + 2 * theme.S for one in columns]
        widths[0] += theme.L - theme.S
        room = self.viewport().width()
        if sum(widths) > room:
            # Rather cut words off (they show on hovering) than make a person scroll sideways.
            # Days and numbers are of no use when cut.
            fixed = sum(w for w, c in zip(widths, columns, strict=True) if c.width <= _NEVER_CUT)
            share = (room - fixed) / max(sum(widths) - fixed, 1)
            widths = [
                w if c.width <= _NEVER_CUT else int(w * max(share, _LEAST_SHARE))
                for w, c in zip(widths, columns, strict=True)
            ]
        growing = sum(one.width for one in columns if one.grows)
        free = max(room - sum(widths), 0)
        for at, one in enumerate(columns):
            share = free * one.width // growing if one.grows else 0
            self.setColumnWidth(at, widths[at] + share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self.set_widths()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Ctrl+C is the window's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by keyboard finds a row chosen, so that Enter and Delete mean something."""
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_mouse and self.model().rowCount() and not self.selectionModel().hasSelection():
            self.selectRow(max(self.currentIndex().row(), 0))

    def leaveEvent(self, event: Any) -> None:
        """No row is under the mouse."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        former, self.hovered = self.hovered, row
        for one in {former, row} - {-1}:
            top = self.rowViewportPosition(one)
            self.viewport().update(0, top, self.viewport().width(), theme.ROW)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.opened.emit(index.data(ID_ROLE))
