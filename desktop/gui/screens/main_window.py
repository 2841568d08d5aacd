"""The main window: rail, search, one screen at a time, status bar; keys that work anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.core.offices import COUNTY
from desktop.core.progress import Progress
from desktop.core.record import RecordType
from desktop.gui import frames, memory, messages, theme
from desktop.gui.operations import Operations
from desktop.gui.period import quarter_of
from desktop.gui.screens import lists as listed
from desktop.gui.screens.list_screen import Listing, ListScreen
from desktop.gui.screens.rail import Entry, Rail
from desktop.gui.screens.search_field import SearchField
from desktop.gui.screens.shortcuts import ShortcutsDialog
from desktop.gui.screens.status_line import StatusLine
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, Petitioner
from desktop.work.lists import above_of, matter_of, whole_of
from desktop.work.trips import PARTS

IMPORT = "import"
_LEADS_UP = {"progress_note", "topic_use"}  # lines of a form, found by their words
_LEADS_ELSEWHERE = {
    "participation",
    "lecture",
    "fieldwork",
    "reception",
    "onsite",
    "post",
    "former_name",
    "volunteer_service",
}


def entries() -> tuple[Entry, ...]:
    """The screens on the rail, in the order of a clerk's day."""
    return (
        Entry("today", tr("今日"), "today"),
        Entry("trips", tr("活动"), "trips"),
        Entry("matters", tr("信访与纠纷"), "cases"),
        Entry("problems", tr("问题清单"), "problems"),
        Entry("suggestions", tr("意见建议"), "suggestions"),
        Entry("registers", tr("调研与名册"), "registers"),
        Entry("figures", tr("统计与报告"), "reports"),
        Entry("settings", tr("设置"), "settings", low=True),
    )


class MainWindow(QWidget):
    """One ledger's window; it owns the ledger's threads and closes them."""

    wanted_other = Signal()  # another ledger

    def __init__(self, ledger: Ledger, today: Callable[[], dt.date] = dt.date.today) -> None:
        """Take over an open ledger."""
        super().__init__()
        self.office = ledger.office
        self.folder = ledger.folder
        self.user = ledger.user
        self.today = today
        self.operations = Operations(ledger, self)
        self._screens: dict[str, QWidget] = {}
        self._makers = self._known_screens()
        self._at = ""
        self.setObjectName("main")
        self.setWindowTitle(tr("{0} 四下基层工作台账").format(self.office.name))
        self.setMinimumSize(*theme.SMALLEST)
        self.setAcceptDrops(True)
        self.rail = Rail(entries())
        self.pages = QStackedWidget()
        self.status = StatusLine(self.office.name, quarter_of(today()).words)
        self._lay_out()
        self._connect()
        self.show_screen("today")

    def _known_screens(self) -> dict[str, Callable[[], QWidget]]:
        def lists_of(*listings: Any) -> Callable[[], QWidget]:
            return lambda: self._list_screen(listings)

        return {
            "today": self._home,
            "trips": lists_of(*listed.trips_lists()),
            "matters": lists_of(*listed.matters_lists()),
            "problems": lists_of(*listed.problems_lists(self.today)),
            "suggestions": lists_of(*listed.suggestions_lists()),
            "registers": lists_of(*listed.registers_lists(self.today)),
            "figures": self._statistics,
            "settings": self._settings,
            IMPORT: self._import,
        }

    def _lay_out(self) -> None:
        listed = {n for names in _LIST_SCREENS.values() for n in names} | set(PARTS)
        self.search = SearchField(self.operations, self, listed)
        self.search.setFixedWidth(theme.SIDE)
        self._name = frames.label(tr("{0}　四下基层工作台账").format(self.office.name), "title")
        self._person = frames.label(self.user, "quiet")
        bar = QFrame()
        theme.set_kind(bar, "paper")
        top = frames.row(self._name, None, self.search, theme.M, self._person)
        top.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        bar.setLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(frames.line(upright=True))
        middle.addWidget(self.pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(frames.line())
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)

    def _connect(self) -> None:
        self.rail.picked.connect(self.show_screen)
        self.search.wanted_record.connect(self.open_record)
        self.search.wanted_list.connect(self.show_found)
        self.search.left.connect(self._start_screen)
        self.operations.changed.connect(self._note_changes)
        self.operations.progressed.connect(self.status.progress)
        self.status.cancelled.connect(self.operations.cancel)
        for at, entry in enumerate(entries(), 1):
            self._key(f"Ctrl+{at}", partial(self.show_screen, entry.name))
        self._key(QKeySequence.StandardKey.Find, self._find)
        self._key(QKeySequence.StandardKey.New, self._new)
        self._key(QKeySequence.StandardKey.Undo, self.undo)
        self._key("Ctrl+T", self._enter_table)
        self._key("Ctrl+I", lambda: self.show_screen(IMPORT))
        self._key("F1", lambda: ShortcutsDialog(self).open())

    def _key(self, keys: str | QKeySequence.StandardKey, then: Callable[[], object]) -> None:
        # A text field keeps its own Ctrl+Z: it takes the key before a shortcut of the window does.
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(then)

    # ---- screens -------------------------------------------------------------------------------

    def show_screen(self, name: str) -> bool:
        """Go to a screen; False if the person stays with what isn't saved."""
        if name == self._at:
            return True
        current = self._screens.get(self._at)
        if isinstance(current, ListScreen) and not current.can_leave():
            self.rail.mark(self._at)
            return False
        if name not in self._screens:
            self._screens[name] = self._makers[name]()
            self.pages.addWidget(self._screens[name])
        self._at = name
        self.rail.mark(name)
        screen = self._screens[name]
        self.pages.setCurrentWidget(screen)
        self._start_screen()
        return True

    def _start_screen(self) -> None:
        start = getattr(self.screen_now, "start", None)
        if start is not None:
            start()

    @property
    def screen_now(self) -> QWidget:
        """The screen that is shown."""
        return self._screens[self._at]

    def open_record(self, type_name: str, record_id: str = "") -> None:
        """Show a record where it belongs; a part of a trip on the sheet of its trip."""
        of = RECORD_TYPES[type_name]
        if type_name in _LEADS_ELSEWHERE and record_id:
            self.operations.read(
                lambda ledger: whole_of(ledger, of, record_id),
                self._open_whole,
                slot="open",
            )
        elif type_name in _LEADS_UP and record_id:
            self.operations.read(
                lambda ledger: above_of(ledger, of, record_id), self._open_whole, slot="open"
            )
        elif type_name == "petitioner" and record_id:
            self.operations.read(
                lambda ledger: _matter(ledger, record_id), self._open_matter, slot="open"
            )
        else:
            self._open_in_list(type_name, record_id)

    def _open_whole(self, whole: tuple[RecordType, str]) -> None:
        self._open_in_list(whole[0].name, whole[1])

    def _open_matter(self, matter: tuple[str, str] | None) -> None:
        if matter is not None:
            self.open_record(*matter)

    def _open_in_list(self, type_name: str, record_id: str) -> None:
        for name in self._makers:
            if name not in _LIST_SCREENS or type_name not in _LIST_SCREENS[name]:
                continue
            if self.show_screen(name):
                screen = self._screens[name]
                assert isinstance(screen, ListScreen)
                screen.open_record(RECORD_TYPES[type_name], record_id)
            return

    def show_found(self, type_name: str, words: str) -> None:
        """Show the list of a type, or of the trips that have such parts, narrowed to words."""
        for name, types in _LIST_SCREENS.items():
            wanted = type_name if type_name in types else ""
            if not wanted and type_name in PARTS and "activity" in types:
                shown_itself = any(type_name in other for other in _LIST_SCREENS.values())
                wanted = "" if shown_itself else "activity"
            if wanted:
                if self.show_screen(name):
                    screen = self._screens[name]
                    assert isinstance(screen, ListScreen)
                    screen.show_found(wanted, words)
                return

    def _list_screen(self, listings: Any) -> ListScreen:
        screen = ListScreen(self.operations, self.office, listings, today=self.today)
        screen.wanted_import.connect(lambda: self.show_screen(IMPORT))
        screen.wanted_record.connect(self.open_record)
        return screen

    def _home(self) -> QWidget:
        from desktop.gui.screens.home import HomeScreen

        screen = HomeScreen(self.operations, self.today)
        screen.wanted_record.connect(self.open_record)
        screen.wanted_import.connect(lambda: self.show_screen(IMPORT))
        screen.wanted_figures.connect(self._show_figure)
        screen.wanted_doubles.connect(self.show_doubles)
        return screen

    def show_doubles(self) -> None:
        """Show the trips that may have been entered twice."""
        from desktop.gui.screens.double_trips import DoubleTripsDialog

        dialog = DoubleTripsDialog(self.operations, self)
        dialog.wanted_record.connect(dialog.accept)
        dialog.wanted_record.connect(self.open_record)
        dialog.open()

    def _statistics(self) -> QWidget:
        from desktop.gui.screens.statistics import StatisticsScreen

        county = self.office.level == COUNTY
        screen = StatisticsScreen(self.operations, self.office, self.today, county=county)
        screen.wanted_record.connect(self.open_record)
        return screen

    def _settings(self) -> QWidget:
        from desktop.gui.screens.settings import SettingsScreen

        screen = SettingsScreen(self.office, self.folder, self.user, self.operations)
        screen.wanted_import.connect(lambda: self.show_screen(IMPORT))
        screen.wanted_other.connect(self._leave)
        return screen

    def _import(self) -> QWidget:
        from desktop.gui.screens.importing import ImportScreen

        screen = ImportScreen(self.operations)
        screen.wanted_undo.connect(self.undo)
        screen.left.connect(lambda: self.show_screen("trips"))
        return screen

    def _show_figure(self, figure: str, period: object) -> None:
        if self.show_screen("figures"):
            show = getattr(self._screens["figures"], "show_figure", None)
            if show is not None:
                show(figure, period)

    # ---- keys ----------------------------------------------------------------------------------

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _new(self) -> None:
        screen = self.screen_now
        if isinstance(screen, ListScreen):
            screen.new()
        else:
            self.open_record("activity")

    def _enter_table(self) -> None:
        screen = self.screen_now
        if not isinstance(screen, ListScreen) and self.show_screen("trips"):
            screen = self.screen_now
        if isinstance(screen, ListScreen):
            screen.enter_table()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what is open; not a shortcut, so that fields and forms may want it first."""
        escape = getattr(self.screen_now, "escape", None)
        if event.key() == Qt.Key.Key_Escape and escape is not None and escape():
            return
        super().keyPressEvent(event)

    def undo(self) -> None:
        """Undo the last step of this ledger, and say which."""

        def job(ledger: Ledger, progress: Progress) -> str:
            del progress
            return ledger.undo()

        def say(title: str) -> None:
            words = tr("已撤销：{0}").format(title) if title else tr("没有可以撤销的步骤")
            self.status.notice(words)

        self.operations.write(tr("正在撤销"), job, say)

    # ---- what happens --------------------------------------------------------------------------

    def _note_changes(self, _changes: Changes) -> None:
        self.status.note_saved(dt.datetime.now())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the files that were dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and self.show_screen(IMPORT):
            check = getattr(self._screens[IMPORT], "check", None)
            if check is not None:
                check(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < theme.NARROW
        self.rail.fold(narrow)
        self.search.setFixedWidth(theme.SIDE - (theme.ROW * 2 if narrow else 0))

    def changeEvent(self, event: QEvent) -> None:
        """Draw icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "search"):
            QTimer.singleShot(0, self, self._dress)

    def _dress(self) -> None:
        self.search.dress()
        for screen in self._screens.values():
            dress = getattr(screen, "dress", None)
            if dress is not None:
                dress()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what isn't saved or isn't finished, then close the ledger."""
        if not self.can_close():
            event.ignore()
            return
        memory.note_geometry(self.saveGeometry())
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.operations.close()
        finally:
            QGuiApplication.restoreOverrideCursor()
        super().closeEvent(event)

    def can_close(self) -> bool:
        """Whether nothing is lost by closing, or the person says that it may be."""
        for screen in self._screens.values():
            if isinstance(screen, ListScreen) and not screen.can_leave():
                return False
        if not self.operations.busy:
            return True
        words = tr("“{0}”还没有做完。现在退出会取消它，已经保存的内容都在。")
        if not messages.ask(
            self,
            tr("还没有做完"),
            words.format(self.operations.busy),
            tr("取消它并退出"),
            tr("继续等"),
        ):
            return False
        self.operations.cancel()
        return True

    def _leave(self) -> None:
        if self.close():
            self.wanted_other.emit()


def _matter(ledger: Ledger, citizen_id: str) -> tuple[str, str] | None:
    citizen = ledger.get(Petitioner, citizen_id)
    return matter_of(ledger, citizen) if citizen else None


_LIST_SCREENS = {
    "trips": ("activity",),
    "matters": ("case", "visit", "dispute"),
    "problems": ("problem", "root_cause"),
    "suggestions": ("suggestion",),
    "registers": tuple(
        one.of.name for one in listed.registers_lists(dt.date.today) if isinstance(one, Listing)
    ),
}
