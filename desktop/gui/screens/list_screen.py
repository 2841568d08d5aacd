"""A screen of lists: one list, or several with a row of tabs, or many with a column of names.

The record opens beside the list where the window is wide, over it where it isn't.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core.offices import COUNTY, Office
from desktop.core.record import RecordType
from desktop.gui import frames, theme
from desktop.gui.list_source import ListSource, with_offices
from desktop.gui.operations import Operations
from desktop.gui.record_list import RecordListView
from desktop.gui.screens.record_pane import RecordPane


@dataclass(frozen=True)
class Listing:
    """One list of a screen; `makes` is the type of the record that its button makes."""

    label: str
    source: Callable[[], ListSource]
    of: RecordType
    makes: RecordType | None = None
    new: str = ""
    group: str = ""
    importable: bool = True
    table: str = ""  # the type whose rows may be entered as a table


class ListScreen(QWidget):
    """The lists, and the record that is open."""

    saved = Signal()
    wanted_import = Signal()
    wanted_record = Signal(str, str)  # type, id: one that another screen may show

    def __init__(
        self,
        operations: Operations,
        office: Office,
        listings: Sequence[Listing],
        *,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        """Make the screen; each list is made when it is first looked at."""
        super().__init__()
        self._operations = operations
        self._county = office.level == COUNTY
        self._today = today
        self._listings = tuple(listings)
        self._views: dict[int, RecordListView] = {}
        self._pages = QStackedWidget()
        self._at = -1
        self.pane = RecordPane(operations, office)
        self.pane.saved.connect(self._note_saved)
        self.pane.closed.connect(self._close_pane)
        self.pane.wanted_record.connect(self.wanted_record)
        self._left = QFrame()
        theme.set_kind(self._left, "paper")
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._left)
        self._right = QFrame()
        theme.set_kind(self._right, "ground")
        inner = QVBoxLayout(self._right)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.pane)
        self._right.hide()
        self._split.addWidget(self._right)
        self._names = _Names(self._listings)
        self._names.picked.connect(self.show_list)
        self._lay_out()
        self.show_list(0)

    def _lay_out(self) -> None:
        left = QHBoxLayout(self._left) if self._names.upright else QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        if len(self._listings) > 1:
            left.addWidget(self._names)
        if self._names.upright:
            left.addWidget(frames.line(upright=True))
        left.addWidget(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)

    # ---- what the window calls -----------------------------------------------------------------

    @property
    def view(self) -> RecordListView:
        """The list that is shown."""
        return self._views[self._at]

    def shows(self, type_name: str) -> int:
        """Which of the lists holds records of that type, or -1."""
        found = (i for i, one in enumerate(self._listings) if one.of.name == type_name)
        return next(found, -1)

    def show_list(self, at: int) -> None:
        """Show one of the lists."""
        if at == self._at:
            return
        if at not in self._views:
            self._views[at] = self._make(at)
            self._pages.addWidget(self._views[at])
        self._at = at
        self._names.mark(at)
        self._pages.setCurrentWidget(self._views[at])

    def open_record(self, of: RecordType, record_id: str) -> None:
        """Show a record of one of the lists."""
        if self.pane.show_record(of, record_id):
            at = self.shows(of.name)
            if at >= 0:
                self.show_list(at)
                self.view.select(record_id)
            self._right.show()
            self._share()

    def new(self) -> None:
        """Make a new record of the list that is shown."""
        makes = self._listings[self._at].makes
        if makes is None:
            return
        if self.shows(makes.name) < 0:
            self.wanted_record.emit(makes.name, "")
        else:
            self.open_record(makes, "")

    def enter_table(self) -> None:
        """Enter many rows at once (Ctrl+T)."""
        of = self._listings[self._at].table
        if not of:
            return
        from desktop.gui.forms.table_entry import TableEntry  # read when it is first wanted

        dialog = TableEntry(self._operations, of, self.window(), today=self._today)
        dialog.saved.connect(lambda _rows: self.saved.emit())
        size = self.window().size()
        dialog.resize(size.width() - 2 * theme.XL, size.height() - 2 * theme.XL)
        dialog.open()

    def escape(self) -> bool:
        """Close what is open; False if nothing was."""
        if self._right.isVisible():
            self.pane.try_close()
            return True
        return False

    def can_leave(self) -> bool:
        """Whether nothing unsaved would be lost."""
        return self.pane.can_leave()

    def dress(self) -> None:
        """The theme has changed."""
        self.pane.dress()

    def start(self) -> None:
        """Take the keyboard."""
        if not self._right.isVisible():
            self.view.table.setFocus()

    # ---- how it is done ------------------------------------------------------------------------

    def _make(self, at: int) -> RecordListView:
        one = self._listings[at]
        source = one.source()
        view = RecordListView(
            self._operations,
            with_offices(source) if self._county else source,
            new=one.new,
            importable=one.importable,
            tabular=bool(one.table),
            today=self._today,
        )
        view.opened.connect(lambda record_id: self.open_record(one.of, record_id))
        view.wanted_new.connect(self.new)
        view.wanted_import.connect(self.wanted_import)
        view.wanted_table.connect(self.enter_table)
        return view

    def _note_saved(self, _record_id: str) -> None:
        self.saved.emit()

    def _close_pane(self) -> None:
        self._right.hide()
        self._left.show()
        self.view.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Record beside the list, or over it."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        wide = self.window().width() >= theme.WIDE
        opened = self._right.isVisibleTo(self)
        self._left.setVisible(wide or not opened)
        if wide and opened:
            half = self.width() // 2
            self._split.setSizes([self.width() - half, half])


class _Names(QWidget):
    """The names of the lists: tabs side by side, or, if there are many, one below the other."""

    picked = Signal(int)

    def __init__(self, listings: Sequence[Listing]) -> None:
        super().__init__()
        self.upright = len(listings) > _MOST_TABS
        self._buttons = QButtonGroup(self)
        items: list[QWidget | int | None] = []
        group = ""
        for at, one in enumerate(listings):
            if self.upright and one.group != group:
                group = one.group
                items += [theme.S, frames.label(group, "small")]
            button = QPushButton(one.label)
            button.setCheckable(True)
            button.setAutoDefault(False)
            theme.set_kind(button, "tab" if not self.upright else "name")
            self._buttons.addButton(button, at)
            items.append(button)
        self._buttons.idClicked.connect(self.picked)
        if self.upright:
            inner = frames.column(*items, None, spacing=theme.XS // 2)
            inner.setContentsMargins(theme.S, 0, theme.S, theme.S)
            self.setLayout(inner)
            self.setFixedWidth(theme.SUBRAIL)
        else:
            level = frames.row(*items, None, spacing=theme.XS)
            level.setContentsMargins(theme.L, theme.S, theme.L, 0)
            self.setLayout(level)

    def mark(self, at: int) -> None:
        """Show which list is looked at."""
        self._buttons.button(at).setChecked(True)


_MOST_TABS = 5
