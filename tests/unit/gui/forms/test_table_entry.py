"""The table of many rows: typed, pasted, checked in place, saved in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.gui.clipboard import rows_of
from desktop.gui.forms.table_entry import TableEntry
from desktop.gui.operations import Operations
from desktop.ledger.query import Query
from desktop.records import Lecture
from tests import fakes
from tests.unit.gui import keys

TODAY = dt.date(2026, 11, 23)
CTRL = Qt.KeyboardModifier.ControlModifier
HEADED = (
    "序号\t日期\t领导\t村（社区）\t主题\t形式\t受众人次\n"
    "1\t11月18日\t李镇长\t前沟村\t反诈\t田埂讲学\t58\n"
    '2\t2月30日\t王丽\t后塬村\t"乡村\n振兴"\t集中宣讲\t约40人\n'
)


@pytest.fixture
def table(qtbot: QtBot, operations: Operations):
    """An open table of lectures."""
    dialog = TableEntry(operations, "lecture", today=lambda: TODAY)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog, before_close_func=lambda d: d.grid.model_of.clear())
    dialog.resize(1300, 700)
    dialog.show()
    dialog.activateWindow()
    dialog.grid.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.grid)
    return dialog


def ask(operations: Operations, qtbot: QtBot, job: Callable[..., Any]) -> Any:
    found: list[Any] = []
    operations.write("", lambda ledger, *_: found.append(job(ledger)))
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def checked(table: TableEntry, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: table.checked is not None)


def put(text: str) -> None:
    QApplication.clipboard().setText(text)


def test_rows_are_typed_at_the_keyboard_alone(
    table: TableEntry, qtbot: QtBot, operations: Operations
) -> None:
    for words in ("11-18", "李明", "前沟村", "反诈", "田埂讲学", "58"):
        keys.press(Qt.Key.Key_F2) if keys.focused() is table.grid else None
        keys.write(words)
        done: list[int] = []
        operations.read(lambda ledger: 1, done.append)
        qtbot.waitUntil(lambda d=done: bool(d))
        keys.press(Qt.Key.Key_Tab)
    checked(table, qtbot)
    assert table.grid.model_of.rows[0][:6] == [
        "2026-11-18 周三",
        "李明",
        "前沟村",
        "反诈",
        "田埂讲学",
        "58",
    ]
    with qtbot.waitSignal(table.saved):
        keys.press(Qt.Key.Key_S, CTRL, into=table)
    [one] = ask(operations, qtbot, lambda ledger: ledger.find(Query(Lecture.type)))
    assert (one.place, one.heads, one.theme) == (fakes.place("前沟村"), 58, "反诈")


def test_a_paste_with_a_header_lands_in_its_columns(table: TableEntry, qtbot: QtBot) -> None:
    put(HEADED)
    keys.press(Qt.Key.Key_V, CTRL)
    checked(table, qtbot)
    model = table.grid.model_of
    assert model.filled == [0, 1]
    assert model.rows[1][:6] == ["2月30日", "王丽", "后塬村", "乡村\n振兴", "集中宣讲", "约40人"]
    refused = {at: n.text for at, n in model.notes.items() if n.refused}
    assert refused == {(1, 0): "没有2026年2月30日这一天"}
    assert (0, 1) in model.notes
    assert "1 处不能保存" in table.count.text()


def test_what_is_refused_stays_and_is_mended(
    table: TableEntry, qtbot: QtBot, operations: Operations
) -> None:
    put(HEADED)
    keys.press(Qt.Key.Key_V, CTRL)
    checked(table, qtbot)
    keys.press(Qt.Key.Key_S, CTRL, into=table)
    assert table.grid.currentIndex().row() == 1
    assert "第2行「日期」" in table.note.text()
    assert ask(operations, qtbot, lambda ledger: ledger.find(Query(Lecture.type))) == []
    keys.press(Qt.Key.Key_F2)
    keys.press(Qt.Key.Key_A, CTRL)
    keys.write("11-19")
    keys.press(Qt.Key.Key_Tab)
    checked(table, qtbot)
    with qtbot.waitSignal(table.saved):
        keys.press(Qt.Key.Key_S, CTRL, into=table)
    assert len(ask(operations, qtbot, lambda ledger: ledger.find(Query(Lecture.type)))) == 2
    assert table.grid.model_of.filled == []
    assert ask(operations, qtbot, lambda ledger: ledger.undo()) == "表格录入宣讲活动2行"


def test_undo_repeat_and_rows(table: TableEntry) -> None:
    put("11-18\t李明\t前沟村")
    keys.press(Qt.Key.Key_V, CTRL)
    model = table.grid.model_of
    table.grid.setCurrentIndex(model.index(1, 1))
    keys.press(Qt.Key.Key_D, CTRL)
    assert model.rows[1][1] == "李明"
    keys.press(Qt.Key.Key_Z, CTRL)
    assert model.filled == [0]
    keys.press(Qt.Key.Key_Z, CTRL)
    assert model.filled == []


def test_behind_the_last_cell_comes_a_new_row(table: TableEntry) -> None:
    model = table.grid.model_of
    table.grid.setCurrentIndex(model.index(len(model.rows) - 1, len(model.columns) - 1))
    keys.press(Qt.Key.Key_F2)
    keys.write("x")
    keys.press(Qt.Key.Key_Tab)
    assert len(model.rows) == 11
    assert table.grid.currentIndex().row() == 10


def test_unsaved_rows_are_not_dropped_silently(
    table: TableEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "desktop.gui.forms.table_entry.messages.ask", lambda *a: bool(asked.append(a[2]))
    )
    put("11-18")
    keys.press(Qt.Key.Key_V, CTRL)
    table.close()
    assert table.isVisible()
    assert "1 行还没有保存" in asked[0]
    assert QMessageBox  # the real question is asked by messages.ask, tested there


@pytest.mark.parametrize(
    ("text", "markup", "rows"),
    [
        ("a\tb\r\nc\td\r\n", "", [["a", "b"], ["c", "d"]]),
        ('a\t"b\nc"\n', "", [["a", "b\nc"]]),
        ("a b", "<table><tr><td>a</td><td colspan=2>b</td></tr><tr><td>c</td></tr></table>",
         [["a", "b", ""], ["c"]]),
        ("一行", "", [["一行"]]),
        ("", "", []),
        ("a\t\n\t\n", "", [["a", ""]]),
    ],
)  # fmt: skip
def test_what_other_programs_put_on_the_clipboard(
    text: str, markup: str, rows: list[list[str]]
) -> None:
    assert rows_of(text, markup) == rows
