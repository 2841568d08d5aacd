"""What a person does at the keyboard, as tests write it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

ENTER = Qt.Key.Key_Return


def focused() -> QWidget:
    """The widget with the focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def write(words: str, into: QWidget | None = None) -> None:
    """Type letters; Chinese comes as an input method commits it."""
    widget = into or focused()
    if words.isascii():
        QTest.keyClicks(widget, words)
    else:
        commit = QInputMethodEvent()
        commit.setCommitString(words)
        QApplication.sendEvent(widget, commit)


def compose(words: str, into: QWidget) -> None:
    """Half-typed words, as an input method shows them."""
    QApplication.sendEvent(into, QInputMethodEvent(words, []))


def press(
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    into: QWidget | None = None,
) -> None:
    """Press a key."""
    QTest.keyClick(into or focused(), key, modifiers)
