"""Picking from registers and code lists while typing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.gui.desk import Desk
from desktop.gui.pickers import Offer, Picking, fits, from_labels, from_register
from tests import fakes
from tests.unit.gui import keys

LABELS = [f"选项{n}" for n in range(1, 13)]


def answers(source, words: str, qtbot: QtBot) -> list[Offer]:
    found: list[list[Offer]] = []
    source(words, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@pytest.mark.parametrize(
    ("words", "label"),
    [("lhz", "柳河镇"), ("河镇", "柳河镇"), ("LHZ", "柳河镇"), ("hz", "柳河镇"), ("sxx", "单雄信")],
)
def test_what_fits(words: str, label: str) -> None:
    assert fits(label, words) == (label == "柳河镇" or fits(label, words))
    assert not fits(label, "xyz")


@pytest.mark.parametrize("words", ["lhz", "柳河镇", "990822101000", "河镇"])
def test_the_register_is_found_by_initials_name_code(words: str, desk: Desk, qtbot: QtBot) -> None:
    found = answers(from_register(desk, ("place",)), words, qtbot)
    meant = words == "柳河镇"  # only a finished name means it
    assert found[0] == Offer(fakes.place("柳河镇"), "柳河镇", "清岚县", meant)


def test_a_cadre_comes_with_unit_and_post(desk: Desk, qtbot: QtBot) -> None:
    found = answers(from_register(desk, ("cadre",)), "lm", qtbot)
    assert found == [Offer(fakes.cadre("李明"), "李明", "柳河镇 党委副书记、镇长")]


def test_what_is_near_comes_first_and_alone_while_nothing_is_typed(
    desk: Desk, qtbot: QtBot
) -> None:
    near = [Offer(fakes.place("后塬村"), "后塬村", "本次"), Offer("集市", "集市", "本次")]
    source = from_register(desk, ("place",), lambda: near)
    assert answers(source, "", qtbot) == near
    assert [o.label for o in answers(source, "村", qtbot)] == ["后塬村", "前沟村"]


def test_labels_by_number() -> None:
    found: list[list[Offer]] = []
    source = from_labels(lambda: LABELS)
    for words in ("", "1", "12", "选项3", "99"):
        source(words, found.append)
    assert [o.label for o in found[0]] == LABELS
    assert [o.label for o in found[1]] == ["选项1", "选项10", "选项11", "选项12"]
    assert [o.label for o in found[2]] == ["选项12"]
    assert [o.label for o in found[3]] == ["选项3"]
    assert found[4] == []


@pytest.fixture
def picking(qtbot: QtBot, qapp) -> Picking:
    window = QWidget()
    qtbot.addWidget(window)
    line = QLineEdit()
    QVBoxLayout(window).addWidget(line)
    made = Picking(line, from_labels(lambda: LABELS))
    window.resize(400, 60)
    with qtbot.waitExposed(window):
        window.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    made.line, made.keep = line, window
    return made


def test_the_list_takes_no_focus_and_stays_in_the_window(picking: Picking) -> None:
    keys.write("1")
    assert picking.is_open
    assert picking.line.hasFocus()
    window = picking.line.window()
    shown = picking._list
    assert window.rect().left() <= shown.geometry().left()
    assert shown.geometry().right() <= window.rect().right()
    assert shown.parentWidget() is window


def test_escape_closes_the_list_only(picking: Picking, qtbot: QtBot) -> None:
    keys.write("1")
    with qtbot.assertNotEmitted(picking.picked):
        keys.press(Qt.Key.Key_Escape)
    assert not picking.is_open
    assert picking.line.text() == "1"


def test_up_and_down_go_round(picking: Picking, qtbot: QtBot) -> None:
    keys.write("1")
    for _ in range(4):
        keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Up)
    with qtbot.waitSignal(picking.picked) as picked:
        keys.press(keys.ENTER)
    assert picked.args[0].label == "选项12"


def test_while_composing_keys_belong_to_the_input_method(picking: Picking, qtbot: QtBot) -> None:
    keys.compose("xuan", picking.line)
    assert not picking.is_open
    with qtbot.assertNotEmitted(picking.passed):
        assert not picking.eventFilter(picking.line, _enter())
    keys.write("选项3")
    assert picking.is_open


def _enter():
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, keys.ENTER, Qt.KeyboardModifier.NoModifier)
