"""A choice as a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.gui.choice_buttons import ChoiceButtons
from desktop.gui.desk import Desk
from desktop.records import Topic
from tests.unit.gui import keys


def test_keys(desk: Desk, qtbot: QtBot) -> None:
    editor = ChoiceButtons(Topic.type.field("state"), desk)
    qtbot.addWidget(editor)
    editor.show()
    assert editor.value() == ""
    first = editor.input()
    with qtbot.waitSignal(editor.changed):
        keys.press(Qt.Key.Key_Space, into=first)
    assert editor.value() == "立项"
    assert editor.buttons["立项"].text() == "✓ 立项"
    keys.press(Qt.Key.Key_Space, into=first)
    assert editor.value() == ""
    keys.press(Qt.Key.Key_3, into=first)
    assert editor.value() == "形成报告"
    keys.press(Qt.Key.Key_Right, into=first)
    with qtbot.waitSignal(editor.passed):
        keys.press(keys.ENTER, into=first)
    editor.set_value("完成")
    assert [b.isChecked() for b in editor.buttons.values()].index(True) == 5
    editor.set_value("等领导批示")
    assert editor.buttons["等领导批示"].isChecked()
