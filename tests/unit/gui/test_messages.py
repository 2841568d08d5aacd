"""What a person is told when something goes wrong."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.core.errors import Cancelled, LedgerProblem
from desktop.gui import messages, theme


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication):
    theme.apply(qapp, theme.Look.LIGHT)
    yield
    for one in shown():
        one.close()


def shown() -> list[messages.Notice]:
    return [
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, messages.Notice) and w.isVisible()
    ]


def words(dialog: messages.Notice) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def button(dialog: messages.Notice, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_an_error_for_a_clerk_is_its_sentence(qtbot: QtBot) -> None:
    messages.show(LedgerProblem("磁盘已满，没有写入。请清理磁盘后再试。"))
    (dialog,) = shown()
    assert "磁盘已满，没有写入。请清理磁盘后再试。" in words(dialog)
    assert not dialog.findChildren(QPlainTextEdit)


@pytest.mark.expected_logs("unexpected: ")
def test_a_bug_is_logged_and_its_details_can_be_copied(qtbot: QtBot) -> None:
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as error:
        messages.show(error)
    (dialog,) = shown()
    assert "以前保存的内容都在" in words(dialog)
    details = dialog.findChild(QPlainTextEdit)
    assert not details.isVisible()
    button(dialog, "详情").click()
    assert details.isVisible()
    button(dialog, "复制详情").click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()


def test_cancelling_needs_no_words() -> None:
    messages.show(Cancelled("已取消。"))
    assert shown() == []


def test_a_second_message_waits_its_turn_in_the_log() -> None:
    messages.show(LedgerProblem("一"))
    messages.show(LedgerProblem("二"))
    assert [words(d).splitlines()[-1] for d in shown()] == ["一"]
