"""RecordListView: a filter line, what the list adds up to, and the table.

Rows have one fixed height and columns the width of their kind, because measuring 20,000 rows takes
seconds (resizeRowsToContents 8.8 s).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.core.changes import Changes
from desktop.gui import theme
from desktop.gui.clipboard import Table, as_table, copy_table
from desktop.gui.list_filter import FilterLine
from desktop.gui.list_model import DOUBT_ROLE, ID_ROLE, RecordListModel
from desktop.gui.list_source import ListSource
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger

FIRST_PAGE = 200
MOST_SUMMED = 100_000
_LEAST_SHARE = 0.55
_NEVER_CUT = 7  # Hanzi

_ANY = 16777215  # Qt's QWIDGETSIZE_MAX

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


class RecordTable(QTableView):
    """The table itself."""

    opened = Signal(str)  # id of a record

    def __init__(self, model: RecordListModel, parent: QWidget | None = None) -> None:
        """Show the model."""
        super().__init__(parent)
        self.hovered = -1
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(theme.ROW)
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


class RecordListView(QWidget):
    """A list of records with its filters; asks again when something it shows was written."""

    opened = Signal(str)  # id of a record
    wanted_new = Signal()
    wanted_table = Signal()
    wanted_import = Signal()

    def __init__(
        self,
        operations: Operations,
        source: ListSource,
        *,
        new: str = "",
        importable: bool = False,
        tabular: bool = False,
        today: Callable[[], dt.date] = dt.date.today,
        parent: QWidget | None = None,
    ) -> None:
        """Make the list; it asks for its rows when it is first shown.

        Args:
            operations: the threads.
            source: what is listed.
            new: words of the button that makes a new record; '' for none.
            importable: whether the empty list offers to import.
            tabular: whether many rows may be entered as a table.
            today: says what 本月 means.
            parent: Qt's.
        """
        super().__init__(parent)
        self.source = source
        self.model = RecordListModel(operations, source, self)
        self.table = RecordTable(self.model)
        self.filter = FilterLine(operations, source, new=new, tabular=tabular, today=today)
        self.count = QLabel()
        self._operations = operations
        self._slot = f"ids of {id(self)}"
        self._asked = self._stale = False
        self._sorted: tuple[tuple[str, bool], ...] = ()
        self._typing = QTimer(self, singleShot=True, interval=150)
        self._build(new, importable)
        self._connect()

    def _build(self, new: str, importable: bool) -> None:
        theme.set_kind(self.count, "quiet")
        self.count.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hint = QLabel(tr("双击或按回车打开"))
        theme.set_kind(self._hint, "small")
        line = QHBoxLayout()
        line.setContentsMargins(theme.L, 0, theme.L, theme.S)
        line.addWidget(self.count, 1)
        line.addWidget(self._hint)
        self._empty = EmptyState(self.source.of.label, new, importable)
        # Not a bare QStackedLayout: it shows its first page before there is a window around it.
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter)
        column.addLayout(line)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.table.opened.connect(self.opened)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.filter.wanted_new.connect(self.wanted_new)
        self.filter.wanted_table.connect(self.wanted_table)
        self.filter.changed.connect(lambda: self._typing.start())
        self.filter.left.connect(self.table.setFocus)
        self._typing.timeout.connect(self.refresh)
        self._empty.wanted_new.connect(self.wanted_new)
        self._empty.wanted_import.connect(self.wanted_import)
        self._empty.wanted_all.connect(self.filter.clear)
        self._operations.changed.connect(self._look_again)

    # ---- what screens call ---------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for the ids anew: a first page at once, then the rest."""
        self._asked, self._stale = True, False
        scrolled = self.table.verticalScrollBar().value() > 0
        self._ask(-1 if scrolled else FIRST_PAGE, rest=False)

    def select(self, record_id: str) -> None:
        """Put the cursor on a record, if it is in the list."""
        row = self.model.row_of(record_id)
        if row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

    def selected(self) -> list[str]:
        """The ids of the chosen rows, top to bottom."""
        # selectedRows() looks at every cell: a second for 20,000 rows.
        chosen = self.table.selectionModel().selection()
        rows = {
            r
            for one in chosen  # type: ignore[attr-defined]  # the stubs lack QList's iterator
            for r in range(one.top(), one.bottom() + 1)
        }
        return [self.model.ids[r] for r in sorted(rows)]

    def copy(self) -> None:
        """Put the chosen rows on the clipboard."""
        ids, columns = self.selected(), self.source.columns
        if not ids:
            return
        titles = [c.title for c in columns]
        words = self.source.words

        def job(ledger: Ledger) -> Table:
            found = words(ledger, ids)
            return as_table([titles, *(found[i] for i in ids if i in found)])

        self._operations.read(job, copy_table, slot=f"copy of {id(self)}")

    # ---- how it is done ------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sums come before the hint."""
        super().resizeEvent(event)
        self._hint.setMaximumWidth(0 if self.width() < theme.NARROW - theme.RAIL else _ANY)

    def showEvent(self, event: Any) -> None:
        """Ask when somebody looks, not before."""
        super().showEvent(event)
        if not self._asked or self._stale:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _look_again(self, changes: Changes) -> None:
        if not changes.types & (self.source.stale or {self.source.of.name}):
            return
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _sort(self, section: int) -> None:
        path = self.source.columns[section].sort
        header = self.table.horizontalHeader()
        if not path:
            header.setSortIndicatorShown(False)
            self._sorted = ()
        else:
            down = bool(self._sorted) and self._sorted[0] == (path, False)
            self._sorted = ((path, down),)
            order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            header.setSortIndicatorShown(True)
            header.setSortIndicator(section, order)
        self.table.scrollToTop()
        self.refresh()

    def _ask(self, limit: int, *, rest: bool) -> None:
        source, filters, order = self.source, self.filter.filters(), self._sorted

        def job(ledger: Ledger) -> tuple[list[str], bool]:
            query = filters.query(ledger, source, order, limit)
            ids = ledger.ids(query)
            return ids, len(ids) == limit

        self._operations.read(job, lambda a: self._take(*a, rest=rest), slot=self._slot)

    def _take(self, ids: list[str], more: bool, *, rest: bool) -> None:
        current = self.table.currentIndex()
        former = current.data(ID_ROLE) if current.isValid() else None
        if self.model.show_ids(ids, rest=rest) and former:
            self._keep(former)
        self._pages.setCurrentIndex(0 if ids else 1)
        self._hint.setVisible(bool(ids))
        self._empty.say(self.filter.filters().narrow)
        if more:
            self.count.setText(tr("前 {0} 条…").format(len(ids)))
            self._ask(-1, rest=True)
        else:
            self._sum(ids)

    def _keep(self, record_id: str) -> None:
        row = self.model.row_of(record_id)
        if row >= 0:
            position = self.table.verticalScrollBar().value()
            self.table.selectRow(row)
            self.table.verticalScrollBar().setValue(position)

    def _sum(self, ids: list[str]) -> None:
        count = tr("{0} 条").format(f"{len(ids):,}")
        summary = self.source.summary
        self.count.setText(count)
        if summary is None or not ids or len(ids) > MOST_SUMMED:
            return
        self._operations.read(
            lambda ledger: summary(ledger, ids),
            lambda words: self.count.setText(f"{count} · {words}" if words else count),
            slot=f"sum of {id(self)}",
        )


class EmptyState(QWidget):
    """One sentence and one button."""

    wanted_new = Signal()
    wanted_import = Signal()
    wanted_all = Signal()

    def __init__(self, label: str, new: str, importable: bool) -> None:
        """Speak of records called `label`."""
        super().__init__()
        self._label = label
        self._sentence = QLabel()
        theme.set_kind(self._sentence, "quiet")
        self._new, self._all = QPushButton(new), QPushButton(tr("看全部"))
        self._import = QPushButton(tr("导入以前的台账"))
        self._offers = (bool(new), importable)
        self._new.clicked.connect(self.wanted_new)
        self._all.clicked.connect(self.wanted_all)
        self._import.clicked.connect(self.wanted_import)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addStretch()
        for button in (self._new, self._all, self._import):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.M)
        column.addLayout(buttons)
        column.addStretch(3)

    def say(self, narrow: bool) -> None:
        """Say that there is nothing at all, or nothing that fits the filters."""
        words = tr("没有符合条件的{0}。") if narrow else tr("还没有{0}。")
        self._sentence.setText(words.format(self._label))
        self._all.setVisible(narrow)
        self._new.setVisible(self._offers[0] and not narrow)
        self._import.setVisible(self._offers[1] and not narrow)
