"""The window as a whole: screens, search, keys, undo, leaving."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.gui import messages, theme
from desktop.gui.screens.list_screen import ListScreen
from desktop.gui.screens.main_window import IMPORT, MainWindow, entries
from desktop.gui.screens.shortcuts import ShortcutsDialog
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Lecture, Onsite, Petitioner, Problem, Suggestion
from tests import fakes
from tests.unit.gui import keys

DAY = dt.date(2026, 11, 20)
CTRL = Qt.KeyboardModifier.ControlModifier


def fill(ledger: Ledger) -> dict[str, str]:
    with ledger.write("新建活动") as rows:
        (trip,) = rows.save(
            fakes.make(
                Activity, date=DAY, leader=fakes.cadre("李明"), places=(fakes.place("前沟村"),)
            )
        )
        (onsite,) = rows.save(fakes.make(Onsite, activity=trip.id))
        lecture, problem, suggestion = rows.save(
            fakes.make(Lecture, activity=trip.id, theme="移风易俗", heads=58),
            fakes.make(Problem, onsite=onsite.id, title="村口路灯损坏", decision="限期解决"),
            fakes.make(Suggestion, date=DAY, content="增加班车"),
        )
        (citizen,) = rows.save(fakes.make(Petitioner, name="王某", of=suggestion.id))
    ids = (trip, lecture, problem, suggestion, citizen)
    return {one.type.name: one.id for one in ids}


@pytest.fixture
def ids() -> dict[str, str]:
    return {}


@pytest.fixture
def window(ledger: Ledger, qtbot: QtBot, qapp: QApplication, ids: dict[str, str]):
    theme.apply(qapp, theme.Look.LIGHT)
    ids.update(fill(ledger))
    ledger.is_handed_over = True
    shown = MainWindow(ledger, today=lambda: DAY)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    shown.activateWindow()
    with qtbot.waitActive(shown):
        pass
    yield shown
    shown.close()


def list_screen(window: MainWindow) -> ListScreen:
    screen = window.screen_now
    assert isinstance(screen, ListScreen)
    return screen


@pytest.mark.parametrize("name", [e.name for e in entries()] + [IMPORT])
def test_every_screen_opens(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.show_screen(name)
    qtbot.wait(30)
    assert window.screen_now.isVisible()
    assert not window.grab().isNull()


def test_screens_have_keys(window: MainWindow) -> None:
    keys.press(Qt.Key.Key_2, CTRL, window)
    assert window._at == "trips"


def test_nothing_but_the_window_flashes_up(window: MainWindow, qapp: QApplication) -> None:
    for entry in entries():
        window.show_screen(entry.name)
    others = [w for w in qapp.topLevelWidgets() if w.isVisible() and w is not window]
    assert others == []


def test_typing_pinyin_initials_finds_and_enter_opens(
    window: MainWindow, qtbot: QtBot, ids: dict[str, str]
) -> None:
    keys.press(Qt.Key.Key_F, CTRL, window)
    assert window.search.hasFocus()
    keys.write("ckld", window.search)
    qtbot.waitUntil(window.search.hits.isVisible)
    assert window.search.hits.item(0).text() == "村口路灯损坏"
    keys.press(keys.ENTER, into=window.search)
    qtbot.waitUntil(lambda: window._at == "problems")
    assert list_screen(window).pane.record == ("problem", ids["problem"])
    assert not window.search.hits.isVisible()


def test_half_typed_words_are_not_looked_up(window: MainWindow, qtbot: QtBot) -> None:
    window.search.setFocus()
    keys.compose("lu deng", window.search)
    qtbot.wait(200)
    assert not window.search.hits.isVisible()
    keys.write("路灯", window.search)
    qtbot.waitUntil(window.search.hits.isVisible)


def test_nothing_found_says_so_and_enter_does_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.search.setFocus()
    keys.write("没有这样的词", window.search)
    qtbot.waitUntil(window.search.hits.isVisible)
    assert "没有找到" in window.search.hits.item(0).text()
    keys.press(keys.ENTER, into=window.search)
    keys.press(Qt.Key.Key_Escape, into=window.search)
    assert not window.search.hits.isVisible()
    assert window.search.text() == ""


def test_a_part_of_a_trip_opens_its_trip(
    window: MainWindow, qtbot: QtBot, ids: dict[str, str]
) -> None:
    window.open_record("lecture", ids["lecture"])
    qtbot.waitUntil(lambda: window._at == "trips")
    assert list_screen(window).pane.record == ("activity", ids["activity"])


def test_a_citizen_opens_the_matter(window: MainWindow, qtbot: QtBot, ids: dict[str, str]) -> None:
    window.open_record("petitioner", ids["petitioner"])
    qtbot.waitUntil(lambda: window._at == "suggestions")
    assert list_screen(window).pane.record == ("suggestion", ids["suggestion"])


def test_escape_goes_back_to_the_list(
    window: MainWindow, qtbot: QtBot, ids: dict[str, str]
) -> None:
    window.open_record("suggestion", ids["suggestion"])
    screen = list_screen(window)
    qtbot.waitUntil(screen.pane.isVisible)
    qtbot.wait(100)
    keys.press(Qt.Key.Key_Escape, into=window)
    qtbot.waitUntil(lambda: not screen.pane.isVisible())
    assert screen.view.isVisible()


def test_new_makes_what_the_screen_is_about(window: MainWindow, qtbot: QtBot) -> None:
    window.show_screen("matters")
    screen = list_screen(window)
    screen.show_list(2)
    keys.press(Qt.Key.Key_N, CTRL, window)
    assert screen.pane.record[0] == "dispute"


def test_a_visit_is_entered_on_a_trip(window: MainWindow, qtbot: QtBot) -> None:
    window.show_screen("matters")
    list_screen(window).show_list(1)
    keys.press(Qt.Key.Key_N, CTRL, window)
    assert window._at == "trips"
    assert list_screen(window).pane.record[0] == "activity"


def test_undo_takes_the_last_step_back_and_says_which(window: MainWindow, qtbot: QtBot) -> None:
    window.show_screen("suggestions")
    view = list_screen(window).view
    qtbot.waitUntil(lambda: view.count.text().startswith("1 条"))
    view.table.setFocus()
    keys.press(Qt.Key.Key_Z, CTRL, into=view.table)
    qtbot.waitUntil(lambda: "已撤销：新建活动" in window.status._words.text())
    qtbot.waitUntil(lambda: view.count.text() == "0 条")


def test_undo_in_a_field_is_the_fields(window: MainWindow, qtbot: QtBot) -> None:
    window.show_screen("suggestions")
    view = list_screen(window).view
    qtbot.waitUntil(lambda: view.count.text().startswith("1 条"))
    view.filter.words.setFocus()
    keys.write("xyz", view.filter.words)
    keys.press(Qt.Key.Key_Z, CTRL, into=view.filter.words)
    assert view.filter.words.text() == ""
    qtbot.waitUntil(lambda: view.count.text().startswith("1 条"))


def test_what_was_saved_stands_in_the_status_bar(window: MainWindow, qtbot: QtBot) -> None:
    window.undo()
    qtbot.waitUntil(lambda: "已撤销" in window.status._words.text())
    window.status._end.stop()
    window.status._say()
    assert "✓ 已保存" in window.status._words.text()


def test_a_narrow_window_folds_the_rail(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.rail.folded
    window.resize(911, 512)
    qtbot.waitUntil(lambda: window.rail.folded)
    qtbot.waitUntil(lambda: window.rail.width() == theme.RAIL_FOLDED)


@pytest.mark.parametrize(("width", "beside"), [(1600, True), (1366, False)])
def test_the_record_opens_beside_or_over_the_list(
    window: MainWindow, qtbot: QtBot, ids: dict[str, str], width: int, beside: bool
) -> None:
    window.resize(width, 768)
    window.open_record("suggestion", ids["suggestion"])
    screen = list_screen(window)
    qtbot.waitUntil(screen.pane.isVisible)
    assert screen.view.isVisible() is beside


def test_files_may_be_dropped_anywhere(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    window.show_screen(IMPORT)
    dropped: list = []
    monkeypatch.setattr(window.screen_now, "check", dropped.extend)
    window.show_screen("trips")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), action, data, left, none))
    assert dropped == [tmp_path]
    assert window._at == IMPORT


def test_leaving_while_something_is_written_asks(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    asked: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda *args: asked.append(args[2]))
    go, began = threading.Event(), threading.Event()
    window.operations.write("导入", lambda _l, _p: (began.set(), go.wait(5)))
    began.wait(5)
    assert not window.close()
    assert "导入" in asked[0]
    go.set()
    qtbot.waitUntil(lambda: not window.operations.busy)


def test_the_keys_are_listed(window: MainWindow, qtbot: QtBot) -> None:
    keys.press(Qt.Key.Key_F1, into=window)
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    dialog.close()


def test_the_theme_may_change_while_it_is_open(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    for entry in entries():
        window.show_screen(entry.name)
    theme.apply(qapp, theme.Look.DARK)
    qtbot.wait(50)
    assert window.palette().window().color() == theme.DARK.color("ground")
