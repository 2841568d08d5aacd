"""RecordListView: a filter line, saved filters, what the list adds up to, and the table."""

from __future__ import annotations

import datetime as dt
import html
from array import array
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core.changes import Changes
from desktop.gui import frames, theme
from desktop.gui.clipboard import Table, as_table, copy_table
from desktop.gui.filters import Filters
from desktop.gui.list_actions import ListActions
from desktop.gui.list_filter import FilterLine
from desktop.gui.list_model import Key, RecordListModel, read_rows
from desktop.gui.list_source import PARTS, ListSource, Sum, showing, voided
from desktop.gui.operations import Operations
from desktop.gui.record_table import RecordTable, RowDelegate
from desktop.gui.saved_filters import SavedFilters
from desktop.gui.translate import tr
from desktop.ledger import preferences
from desktop.ledger.ledger import Ledger

__all__ = ["FIRST_PAGE", "EmptyState", "RecordListView", "RecordTable", "RowDelegate"]

FIRST_PAGE = 200
MOST_SUMMED = 100_000


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
        self.operations = operations
        self.usual = source  # with its own columns
        self.source = source  # as it is shown
        self.bin = False
        self.columns: list[str] = []  # what the person chose; [] for the list's own
        self.model = RecordListModel(operations, source, self)
        self.table = RecordTable(self.model)
        self.filter = FilterLine(operations, source, new=new, tabular=tabular, today=today)
        self.saved = SavedFilters(operations, source, today)
        self.count, self.sums = QLabel(), QLabel()
        self.clear_link = frames.button(tr("不筛选"), self.filter.clear, "link")
        self._sums: list[Sum] = []
        self._slot = f"ids of {id(self)}"
        self._asked = self._stale = False
        self._sorted: tuple[tuple[str, bool], ...] = ()
        self._typing = QTimer(self, singleShot=True, interval=150)
        self.doing = ListActions(self)
        self._build(new, importable)
        self._connect()

    def _build(self, new: str, importable: bool) -> None:
        for words in (self.count, self.sums):
            theme.set_kind(words, "quiet")
        self.count.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sums.setTextFormat(Qt.TextFormat.RichText)
        self.sums.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.sums.setMinimumWidth(1)
        line = self._line = QHBoxLayout()
        line.setContentsMargins(theme.L, 0, theme.L, 0)
        line.setSpacing(theme.XS)
        line.addWidget(self.count)
        line.addWidget(self.saved.save_link)
        line.addWidget(self.clear_link)
        line.addWidget(self.sums, 1)
        line.addWidget(self.doing)
        self._empty = EmptyState(self.source.of.label, new, importable)
        # Not a bare QStackedLayout: it shows its first page before there is a window around it.
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter)
        column.addWidget(self.saved)
        column.addLayout(line)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.table.opened.connect(self.opened)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._note_selection())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda at: self.doing.offer(self.table.viewport().mapToGlobal(at))
        )
        self.filter.wanted_new.connect(self.wanted_new)
        self.filter.wanted_table.connect(self.wanted_table)
        self.filter.changed.connect(lambda: self._typing.start())
        self.filter.left.connect(self.table.setFocus)
        self.saved.picked.connect(self.filter.take)
        self.sums.linkActivated.connect(self._narrow_to)
        self._typing.timeout.connect(self.refresh)
        self._empty.wanted_new.connect(self.wanted_new)
        self._empty.wanted_import.connect(self.wanted_import)
        self._empty.wanted_all.connect(self.filter.clear)
        self.operations.changed.connect(self._look_again)

    # ---- what screens call ---------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for the rows anew: a first page at once, then the rest."""
        self._asked, self._stale = True, False
        filters = self.filter.filters()
        self.saved.note(filters)
        self.clear_link.setVisible(filters.narrow)
        scrolled = self.table.verticalScrollBar().value() > 0
        self._ask(-1 if scrolled else FIRST_PAGE, rest=False)

    def add_tools(self, tools: QWidget) -> None:
        """What else can be done with the list, at the right above its rows."""
        self._line.addWidget(tools)

    def select(self, record_id: str) -> None:
        """Put the cursor on a record, if it is in the list."""
        of = self.source.of

        def show(number: int) -> None:
            row = self.model.row_of(number)
            if row >= 0:
                self.table.selectRow(row)
                self.table.scrollTo(self.model.index(row, 0))

        self.operations.read(
            lambda ledger: ledger.row_number(of, record_id), show, slot=f"select {id(self)}"
        )

    def offer(self, words: str, act: Callable[[list[str]], None]) -> QPushButton:
        """Something to do with the chosen rows; its button shows once a row is chosen."""
        button = frames.button(words, lambda: self.doing.with_ids(act), "link")
        button.hide()
        self._line.insertWidget(self._line.count() - 1, button)
        chosen = self.table.selectionModel().selectionChanged
        chosen.connect(lambda *_: button.setVisible(self.table.selectionModel().hasSelection()))
        self.model.modelReset.connect(button.hide)
        return button

    def selected(self) -> list[Key]:
        """The keys of the chosen rows, top to bottom."""
        # selectedRows() looks at every cell: a second for 20,000 rows.
        rows = {r for top, bottom in self._ranges() for r in range(top, bottom + 1)}
        keys = self.model.keys
        return [keys[r] for r in sorted(rows)]

    @property
    def selected_count(self) -> int:
        """How many rows are chosen."""
        return sum(bottom - top + 1 for top, bottom in self._ranges())

    def copy(self) -> None:
        """Put the chosen rows on the clipboard."""
        if not self.doing.few_enough():
            return
        keys, source = self.selected(), self.source
        titles = [c.title for c in source.columns]

        def job(ledger: Ledger) -> Table:
            found = read_rows(ledger, source, keys)
            return as_table([titles, *(found[k][1] for k in keys if k in found)])

        self.operations.read(job, copy_table, slot=f"copy of {id(self)}", late=True)

    def shown_query(self) -> tuple[ListSource, Filters, tuple[tuple[str, bool], ...]]:
        """What is on the screen: list, filters, order; for export and print."""
        return self.source, self.filter.filters(), self._sorted

    def show_bin(self, on: bool) -> None:
        """Show what was made void instead of what counts, or go back."""
        self.bin = on
        self._show_source()

    def show_columns(self, names: list[str], *, keep: bool = True) -> None:
        """Show these columns; none means the list's own."""
        self.columns = names
        if keep:
            key, value = self._columns_key, names or None
            self.operations.write("", lambda ledger, *_: preferences.keep(ledger, key, value))
        self._show_source()

    # ---- how it is done ------------------------------------------------------------------------

    @property
    def _columns_key(self) -> str:
        return f"columns of {self.usual.of.name}"

    def _ranges(self) -> list[tuple[int, int]]:
        chosen = self.table.selectionModel().selection()
        # The stubs lack QList's iterator.
        return [(one.top(), one.bottom()) for one in chosen]  # type: ignore[attr-defined]

    def _show_source(self) -> None:
        names = self.columns or [c.name for c in self.usual.columns]
        if self.bin:
            own = len(self.usual.columns)
            whole = voided(self.usual)
            names = [*names, *(c.name for c in whole.columns[own:])]
            self.source = showing(whole, names)
        else:
            self.source = showing(self.usual, names) if self.columns else self.usual
        self._sorted = ()
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.model.show_source(self.source)
        self.table.set_widths()
        self.doing.dress()
        self.refresh()

    def showEvent(self, event: Any) -> None:
        """Ask when somebody looks, not before."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            key, saved = self._columns_key, self.saved.key

            def job(ledger: Ledger) -> tuple[Any, Any]:
                return preferences.read(ledger, key, []), preferences.read(ledger, saved, [])

            self.operations.read(job, lambda kept: self._begin(*kept))
        elif self._stale:
            self.refresh()

    def _begin(self, columns: list[str], saved: list[Any]) -> None:
        self.saved.show_kept(saved)
        if columns:
            self.show_columns(columns, keep=False)
        else:
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
            self.saved.count()

    def _note_selection(self) -> None:
        self.doing.note_selection(self.selected_count)

    def _narrow_to(self, parts: str) -> None:
        words = dict(self.usual.parts)
        self.filter.button(PARTS).pick(*((p, words[p]) for p in parts.split(",")))

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

        def job(ledger: Ledger) -> tuple[array[int], bool]:
            query = filters.query(ledger, source, order, limit)
            numbers = ledger.row_numbers(query)
            return numbers, len(numbers) == limit

        self.operations.read(
            job, lambda a: self._take(*a, rest=rest), slot=self._slot, late=limit < 0
        )

    def _take(self, numbers: array[int], more: bool, *, rest: bool) -> None:
        current = self.table.currentIndex()
        former = self.model.keys[current.row()] if current.isValid() else None
        if self.model.show_ids(numbers, rest=rest) and former is not None:
            self._keep(former)
        self._pages.setCurrentIndex(0 if numbers else 1)
        self._note_selection()
        self._empty.say(self.filter.filters().narrow, bin=self.bin)
        if more:
            self.count.setText(tr("前 {0} 条…").format(len(numbers)))
            self._show_sums([])
            self._ask(-1, rest=True)
        else:
            self._sum(numbers)

    def _keep(self, key: Key) -> None:
        row = self.model.row_of(key)
        if row >= 0:
            position = self.table.verticalScrollBar().value()
            self.table.selectRow(row)
            self.table.verticalScrollBar().setValue(position)

    def _sum(self, numbers: array[int]) -> None:
        self.count.setText(tr("{0} 条").format(f"{len(numbers):,}"))
        summary, of = self.source.summary, self.source.of
        slot = f"sum of {id(self)}"
        self.operations.drop(slot)
        if summary is None or not numbers or len(numbers) > MOST_SUMMED:
            self._show_sums([])
            return

        def job(ledger: Ledger) -> list[Sum]:
            return summary(ledger, list(ledger.ids_of_rows(of, numbers).values()))

        self.operations.read(job, self._show_sums, slot=slot, late=True)

    def _show_sums(self, sums: list[Sum]) -> None:
        self._sums = sums
        color = theme.colors().accent
        link = '<a href="{0}" style="color: {1}; text-decoration: none">{2}</a>'
        metrics, room = self.sums.fontMetrics(), self.sums.width()
        said = ""
        for words, parts in sums:
            # As many as there is room for, rather than half a number.
            room -= metrics.horizontalAdvance(f" · {words} ")
            if room < 0:
                break
            one = html.escape(words)
            said += " · " + (link.format(",".join(parts), color, one) if parts else one)
        self.sums.setText(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, lambda: self._show_sums(self._sums))


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

    def say(self, narrow: bool, *, bin: bool = False) -> None:
        """Say that there is nothing at all, or nothing that fits the filters."""
        words = tr("没有符合条件的{0}。") if narrow else tr("还没有{0}。")
        if bin and not narrow:
            words = tr("没有作废的{0}。")
        self._sentence.setText(words.format(self._label))
        self._all.setVisible(narrow)
        self._new.setVisible(self._offers[0] and not narrow and not bin)
        self._import.setVisible(self._offers[1] and not narrow and not bin)
