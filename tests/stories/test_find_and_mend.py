"""Finding records and putting them right, at the keyboard alone.

Problems are narrowed to those under way, the filter is saved and its count follows an edit; many
are changed at once after a look, and changed back; the list is exported; one is made void and
brought back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from desktop.gui import theme
from desktop.gui.bulk_dialog import BulkDialog
from desktop.gui.list_filter import ValuesDialog
from desktop.gui.messages import Notice
from desktop.gui.record_list import RecordListView
from desktop.gui.saved_filters import NameDialog
from desktop.gui.screens.main_window import MainWindow
from desktop.gui.void_dialog import VoidDialog
from desktop.records import Problem
from tests import fakes
from tests.unit.gui.keys import ENTER, press, write

TODAY = dt.date(2026, 11, 20)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
STATUSES = ("推进中", "已完成", "")
COUNT = 12


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.Look.LIGHT)
    ledger = fakes.new_ledger(tmp_path / "柳河镇.ledger")
    with ledger.write("登记问题") as rows:
        for n in range(COUNT):
            day = TODAY - dt.timedelta(n)
            title, status = f"第{n}处路灯损坏", STATUSES[n % 3]
            rows.save(fakes.make(Problem, title=title, status=status, date=day))
    shown = MainWindow(ledger, today=lambda: TODAY)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    shown.activateWindow()
    with qtbot.waitActive(shown):
        pass
    yield shown
    shown.close()


class Clerk:
    """Presses keys and waits until the window has caught up."""

    def __init__(self, bot: QtBot, window: MainWindow) -> None:
        self.bot = bot
        self.window = window

    @property
    def list(self) -> RecordListView:
        return self.window.screen_now.view  # type: ignore[attr-defined, no-any-return]

    def wait_for(self, fact: Callable[[], Any]) -> None:
        self.bot.waitUntil(lambda: bool(fact()), timeout=30_000)

    def counts(self, count: int) -> None:
        self.wait_for(lambda: self.list.count.text() == f"{count} 条")
        self.wait_for(lambda: not self.list.model._wanted)

    def sees(self, kind: type[QWidget]) -> Any:
        """The dialog of that kind, once it has the keyboard."""

        def found() -> QWidget | None:
            shown = (w for w in self.window.findChildren(kind) if w.isVisible())
            return next(shown, None)

        self.wait_for(lambda: found() and found().isActiveWindow())  # type: ignore[union-attr]
        return found()

    def wake(self) -> None:
        """A dialog has closed: here no desktop gives the keyboard back to the window."""
        if QApplication.focusWidget() is None:
            self.window.activateWindow()
            self.wait_for(QApplication.focusWidget)

    def tab_to(self, words: str) -> None:
        """Tab until the button whose words begin like that has the focus."""
        self.wake()
        for _ in range(80):
            button = QApplication.focusWidget()
            if isinstance(button, QPushButton) and button.text().startswith(words):
                return
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {words} by Tab")

    def push(self, words: str) -> None:
        self.tab_to(words)
        press(Qt.Key.Key_Space)

    def cells(self, name: str) -> list[str]:
        column = [c.name for c in self.list.source.columns].index(name)
        model = self.list.model
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def filter_status(self, letters: str) -> None:
        self.push("＋筛选")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(a for a in menu.actions() if a.text() == "完成情况")
        menu.setActiveAction(action)
        press(ENTER, into=menu)
        self.sees(ValuesDialog)
        write(letters)
        press(ENTER)

    def choose(self, rows: int) -> None:
        """The first rows of the list."""
        self.window.activateWindow()
        self.list.table.setFocus()
        self.wait_for(self.list.table.hasFocus)
        press(Qt.Key.Key_Home, CTRL)
        for _ in range(rows - 1):
            press(Qt.Key.Key_Down, SHIFT)
        self.wait_for(lambda: self.list.selected_count == rows)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of a menu, offscreen
def test_find_and_mend(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = Clerk(qtbot, window)
    press(Qt.Key.Key_4, CTRL, window)
    clerk.counts(COUNT)

    # narrow, and save the filter
    clerk.list.filter.words.setFocus()
    clerk.filter_status("tjz")
    clerk.counts(4)
    assert set(clerk.cells("status")) == {"推进中"}
    clerk.push("保存这个筛选")
    name: NameDialog = clerk.sees(NameDialog)
    assert name.line.text() == "推进中"
    write("没办完的")
    press(ENTER)
    clerk.wait_for(lambda: clerk.list.saved.counts == [4])
    clerk.push("不筛选")
    clerk.counts(COUNT)

    # change what is shown first; the count follows
    clerk.wait_for(lambda: all(clerk.list.model.ids))  # every row has its words
    former = clerk.cells("status")
    clerk.choose(6)
    clerk.push("批量修改")
    dialog: BulkDialog = clerk.sees(BulkDialog)
    assert dialog.field.hasFocus()
    dialog.field.setCurrentText("完成情况")
    press(Qt.Key.Key_Tab)
    write("推进中")
    press(ENTER)
    clerk.wait_for(lambda: dialog.words.text() == "改 4 条，本来就是这样 2 条")
    press(Qt.Key.Key_Space)  # the button has the focus once there is something to do
    clerk.wait_for(lambda: clerk.list.saved.counts == [8])
    clerk.wait_for(lambda: clerk.cells("status")[:6] == ["推进中"] * 6)
    clerk.wake()
    press(Qt.Key.Key_Z, CTRL)
    clerk.wait_for(lambda: clerk.list.saved.counts == [4])
    clerk.wait_for(lambda: clerk.cells("status") == former)

    # the saved filter, and its rows as a table
    path = tmp_path / "没办完的.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    clerk.wake()
    clerk.list.filter.words.setFocus()
    clerk.push("没办完的")
    clerk.counts(4)
    shown = clerk.cells("title")
    clerk.choose(1)
    press(Qt.Key.Key_E, CTRL)
    clerk.sees(Notice)
    press(ENTER)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[-4:]] == shown

    # one that was entered twice
    clerk.choose(1)
    press(Qt.Key.Key_Delete)
    clerk.sees(VoidDialog)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    write("重复录入")
    press(ENTER)
    clerk.counts(3)
    clerk.wait_for(lambda: clerk.list.saved.counts == [3])
    clerk.list.show_bin(True)
    clerk.counts(1)
    clerk.wait_for(lambda: clerk.cells("title") == shown[:1])
    clerk.wait_for(lambda: clerk.cells("removed") == ["重复录入"])
    clerk.choose(1)
    clerk.push("恢复")
    clerk.counts(0)
    clerk.push("回到列表")
    clerk.counts(4)
    clerk.wait_for(lambda: clerk.list.saved.counts == [4])
    clerk.wait_for(lambda: clerk.cells("title") == shown)
