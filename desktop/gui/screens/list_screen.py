"""A screen of lists: one list, or several with a row of tabs, or many with a column of names.

The record opens beside the list where the window is wide, over it where it isn't.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.core.offices import COUNTY, Office
from desktop.core.record import RecordType
from desktop.gui import frames, theme
from desktop.gui.filters import Filters
from desktop.gui.list_source import ListSource, with_offices
from desktop.gui.operations import Operations
from desktop.gui.period import everything
from desktop.gui.record_list import RecordListView
from desktop.gui.screens.record_pane import RecordPane


@dataclass(frozen=True)
class Act:
    """Something to do with the chosen rows of a list."""

    label: str
    run: Callable[[Operations, list[str], QWidget], None]


@dataclass(frozen=True)
class Listing:
    """One list of a screen.

    Attributes:
        label: its name.
        source: what it shows.
        of: the type of its records.
        makes: the type of the record that its button makes.
        new: the words of that button.
        group: the head that it stands under where there are many lists.
        importable: whether the empty list offers to import.
        tools: makes what else can be done with the list, at the right above its rows.
        acts: what can be done with the chosen rows.
        table: the type whose rows may be entered as a table.
    """

    label: str
    source: Callable[[], ListSource]
    of: RecordType
    makes: RecordType | None = None
    new: str = ""
    group: str = ""
    importable: bool = True
    tools: Callable[[Operations, RecordListView], QWidget] | None = None
    acts: tuple[Act, ...] = ()
    table: str = ""


class PageView(QWidget):
    """What a page that no list of one type can be offers its screen."""

    wanted_record = Signal(str, str)  # type, id
    table: QTableView


@dataclass(frozen=True)
class Page:
    """Such a page among the lists of a screen."""

    label: str
    make: Callable[[Operations, Callable[[], dt.date]], PageView]
    group: str = ""


class ListScreen(QWidget):
    """The lists, and the record that is open."""

    saved = Signal()
    wanted_import = Signal()
    wanted_record = Signal(str, str)  # type, id: one that another screen may show

    def __init__(
        self,
        operations: Operations,
        office: Office,
        listings: Sequence[Listing | Page],
        *,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        """Make the screen; each list is made when it is first looked at."""
        super().__init__()
        self._operations = operations
        self._county = office.level == COUNTY
        self._today = today
        self._listings = tuple(listings)
        self._views: dict[int, RecordListView | PageView] = {}
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
        self._area: QScrollArea | None = None
        self._names.picked.connect(self.show_list)
        self._lay_out()
        self.show_list(0)

    def _lay_out(self) -> None:
        left = QHBoxLayout(self._left) if self._names.upright else QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        if self._names.upright:  # more names than a low window has room for
            self._area = frames.scrolling(self._names)
            self._area.setFixedWidth(theme.SUBRAIL)
            self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            left.addWidget(self._area)
        elif len(self._listings) > 1:
            left.addWidget(self._names)
        if self._names.upright:
            left.addWidget(frames.line(upright=True))
        left.addWidget(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)

    # ---- what the window calls -----------------------------------------------------------------

    @property
    def view(self) -> RecordListView | PageView:
        """The list that is shown."""
        return self._views[self._at]

    def shows(self, type_name: str) -> int:
        """Which list holds records of that type, or -1; the one that is shown, if it does."""
        found = [
            at
            for at, one in enumerate(self._listings)
            if isinstance(one, Listing) and one.of.name == type_name
        ]
        return self._at if self._at in found else next(iter(found), -1)

    def show_list(self, at: int) -> None:
        """Show one of the lists."""
        if at == self._at:
            return
        if at not in self._views:
            self._views[at] = self._make(at)
            self._pages.addWidget(self._views[at])
        self._at = at
        button = self._names.mark(at)
        if self._area is not None:
            self._area.ensureWidgetVisible(button, 0, theme.S)
        self._pages.setCurrentWidget(self._views[at])

    def open_record(self, of: RecordType, record_id: str) -> None:
        """Show a record of one of the lists."""
        if self.pane.show_record(of, record_id):
            at = self.shows(of.name)
            here = self._listings[self._at]
            if isinstance(here, Listing) and here.of is of:
                at = self._at  # one of several lists of the same records: stay in it
            if at >= 0:
                self.show_list(at)
                if isinstance(self.view, RecordListView):
                    self.view.select(record_id)
            self._right.show()
            self._share()

    def show_found(self, type_name: str, words: str) -> None:
        """Show the list of a type, narrowed to words and nothing else."""
        if self._right.isVisible() and not self.pane.try_close():
            return
        at = self.shows(type_name)
        if at >= 0:
            self.show_list(at)
            view = self.view
            assert isinstance(view, RecordListView)
            view.filter.take(Filters(everything(), self._today(), words))

    def new(self) -> None:
        """Make a new record of the list that is shown."""
        listing = self._listings[self._at]
        makes = listing.makes if isinstance(listing, Listing) else None
        if makes is None:
            return
        if self.shows(makes.name) < 0:
            self.wanted_record.emit(makes.name, "")
        else:
            self.open_record(makes, "")

    def enter_table(self) -> None:
        """Enter many rows at once (Ctrl+T)."""
        here = self._listings[self._at]
        of = here.table if isinstance(here, Listing) else ""
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

    def _make(self, at: int) -> RecordListView | PageView:
        one = self._listings[at]
        if isinstance(one, Page):
            page = one.make(self._operations, self._today)
            page.wanted_record.connect(self.wanted_record)
            return page
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
        if one.tools is not None:
            view.add_tools(one.tools(self._operations, view))
        for act in one.acts:
            view.offer(act.label, partial(self._act, act))
        view.wanted_table.connect(self.enter_table)
        return view

    def _act(self, act: Act, ids: list[str]) -> None:
        act.run(self._operations, ids, self)

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

    def __init__(self, listings: Sequence[Listing | Page]) -> None:
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
        else:
            level = frames.row(*items, None, spacing=theme.XS)
            level.setContentsMargins(theme.L, theme.S, theme.L, 0)
            self.setLayout(level)

    def mark(self, at: int) -> QWidget:
        """Show which list is looked at; returns its button."""
        button = self._buttons.button(at)
        button.setChecked(True)
        return button


_MOST_TABS = 5
