"""Suggestions at the keyboard alone: received, dealt with, joined, answered, converted and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.gui import theme
from desktop.gui.forms.suggestion_form import SuggestionForm
from desktop.gui.screens.main_window import MainWindow
from desktop.gui.screens.paper_made import PaperMade
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Case, Petitioner, Suggestion
from desktop.work import doubles
from tests import fakes
from tests.unit.gui.keys import ENTER, press, write
from tests.unit.reports.reading import page_texts

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FIRST, SECOND = "增开柳河镇赶集班车，现在挤不上", "希望赶集日增开班车"


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.Look.LIGHT)
    shown = MainWindow(fakes.new_ledger(tmp_path / "柳河镇.ledger"))
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    shown.activateWindow()
    with qtbot.waitActive(shown):
        pass
    yield shown
    shown.close()


class Clerk:
    """Somebody who only uses the keyboard."""

    def __init__(self, bot: QtBot, window: MainWindow) -> None:
        self.bot = bot
        self.window = window

    def wait_for(self, fact: Callable[[], Any]) -> None:
        self.bot.waitUntil(lambda: bool(fact()), timeout=30_000)

    def ask(self, question: Callable[[Ledger], Any]) -> Any:
        found: list[Any] = []
        self.window.operations.read(question, found.append)
        self.wait_for(lambda: found)
        return found[0]

    def one(self, content: str) -> Suggestion:
        rows = self.ask(lambda ledger: ledger.find(Query(Suggestion.type, doubles=True)))
        return next(r for r in rows if r.content == content)

    @property
    def form(self) -> SuggestionForm:
        (form,) = [f for f in self.window.findChildren(SuggestionForm) if f.isVisible()]
        return form

    def new(self) -> None:
        press(Qt.Key.Key_N, CTRL, self.window)
        self.wait_for(lambda: self._has_form(new=True) and QApplication.focusWidget())

    def _has_form(self, *, new: bool) -> bool:
        forms = [f for f in self.window.findChildren(SuggestionForm) if f.isVisible()]
        return len(forms) == 1 and forms[0].is_open and forms[0].is_new is new

    def fill(self, *fields: str) -> None:
        for words in fields:
            if words:
                write(words)
            self.ask(lambda _ledger: True)
            press(ENTER)

    def go_to(self, words: str) -> QPushButton:
        """Tab until the button of that name has the focus."""
        for _ in range(80):
            button = QApplication.focusWidget()
            if isinstance(button, QPushButton) and button.text() == words:
                return button
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {words} by Tab")

    def push(self, words: str) -> None:
        self.go_to(words)
        press(Qt.Key.Key_Space)

    def tab_to(self, field: str) -> None:
        """Tab until a field has the focus."""
        wanted = self.form.editors[field].input()
        for _ in range(80):
            if wanted.hasFocus():
                return
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {field} by Tab")

    def save(self) -> None:
        with self.bot.waitSignal(self.form.saved, timeout=30_000):
            press(Qt.Key.Key_S, CTRL)

    def undo(self) -> None:
        """One step back, from the list."""
        with self.bot.waitSignal(self.window.operations.changed, timeout=30_000):
            press(Qt.Key.Key_Z, CTRL, self.window)

    def pick(self, menu: str, item: int) -> None:
        """Open a menu by its button and choose an item by the arrow keys."""
        self.push(menu)
        self.wait_for(lambda: QApplication.activePopupWidget())
        for _ in range(item):
            press(Qt.Key.Key_Down, into=QApplication.activePopupWidget())
        press(ENTER, into=QApplication.activePopupWidget())
        self.back_to_the_window()

    def back_to_the_window(self) -> None:
        """A window system gives the keyboard back by itself."""
        self.window.activateWindow()
        with self.bot.waitActive(self.window):
            pass


def test_from_receipt_to_one_answer_for_two(window: MainWindow, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, window)
    press(Qt.Key.Key_5, CTRL, window)

    # Two fields are enough.
    clerk.new()
    clerk.fill("j", FIRST)
    clerk.save()
    first = clerk.one(FIRST)
    assert (first.date, first.status) == (dt.date.today(), "登记")

    # It goes to a unit, with a reminder.
    clerk.push("转办")
    clerk.fill("县交通运输局", "", "", "20天")
    clerk.save()
    first = clerk.one(FIRST)
    assert (first.status, first.unit) == ("转办", fakes.unit("县交通运输局"))
    assert first.due == dt.date.today() + dt.timedelta(20)

    # Another person says the same: found while typing, joined with one key.
    clerk.new()
    clerk.fill("j", SECOND)
    clerk.wait_for(lambda: clerk.form.like.isVisible())
    press(Qt.Key.Key_Tab, SHIFT)
    with qtbot.waitSignal(clerk.form.saved, timeout=30_000):
        clerk.push("并为一条")
    second = clerk.one(SECOND)
    assert clerk.ask(lambda ledger: doubles.mains(ledger, [second.id])) == {second.id: first.id}
    assert clerk.ask(lambda ledger: ledger.ids(Query(Suggestion.type))) == [first.id]

    # From there to the main one, which is answered for both.
    clerk.push("打开")
    clerk.wait_for(lambda: clerk._has_form(new=False) and clerk.form.record_id == first.id)
    clerk.wait_for(lambda: clerk.form.bar.steps["05"].isVisible())
    clerk.push("答复")
    clerk.fill("1")
    clerk.tab_to("reply_form")
    clerk.fill("2", "下月起逢五逢十加开一班")
    clerk.save()
    both = [clerk.one(FIRST), clerk.one(SECOND)]
    for one in both:
        assert (one.status, one.adoption, one.reply_form) == ("已反馈", "采纳", "电话")
        assert (one.replied, one.reply) == (dt.date.today(), "下月起逢五逢十加开一班")
    clerk.push("归档")
    clerk.wait_for(lambda: clerk.one(FIRST).status == "归档")

    # One step back: the archive; another: the answer, of both.
    press(Qt.Key.Key_Escape)
    clerk.undo()
    clerk.wait_for(lambda: clerk.one(FIRST).status == "已反馈")
    clerk.undo()
    clerk.wait_for(lambda: clerk.one(FIRST).status == "转办")
    assert clerk.one(SECOND).replied is None
    clerk.undo()
    clerk.wait_for(lambda: clerk.ask(lambda ledger: ledger.ids(Query(Suggestion.type))))
    gone = clerk.ask(lambda ledger: ledger.get(Suggestion, second.id))
    assert gone.removed
    assert clerk.ask(lambda ledger: doubles.mains(ledger, [second.id])) == {}


# Menus raise themselves and take the keyboard, which only a real window system can do.
@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_one_becomes_a_case_and_comes_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "转办单.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    clerk = Clerk(qtbot, window)
    press(Qt.Key.Key_5, CTRL, window)
    clerk.new()
    clerk.fill("j", "宅基地与邻居界址不清", "", "", "前沟村", "王建国")
    clerk.save()
    one = clerk.one("宅基地与邻居界址不清")

    with qtbot.waitSignal(clerk.form.saved, timeout=30_000):
        clerk.pick("转为 ▾", 1)
    (case,) = clerk.ask(lambda ledger: ledger.find(Query(Case.type)))
    assert (case.origin, case.matter) == (one.id, one.content)
    persons = clerk.ask(lambda ledger: ledger.find(Query(Petitioner.type)))
    assert {(p.of, p.name) for p in persons} == {(one.id, "王建国"), (case.id, "王建国")}

    clerk.push("收回")
    write("转错了")
    with qtbot.waitSignal(clerk.form.saved, timeout=30_000):
        press(ENTER)
    assert clerk.one(one.content).converted is None
    assert clerk.ask(lambda ledger: ledger.ids(Query(Case.type))) == []

    clerk.push("转办")
    clerk.fill("县农业农村局")
    clerk.save()
    clerk.pick("打印 ▾", 1)
    clerk.wait_for(lambda: window.findChildren(PaperMade))
    for dialog in window.findChildren(PaperMade):
        dialog.close()
    clerk.back_to_the_window()
    words = "".join("".join(page_texts(out)).split())
    assert "意见建议转办单县农业农村局：" in words
    assert "王建国" not in words

    press(Qt.Key.Key_Escape)
    for _ in range(2):  # the unit, the way back
        clerk.undo()
    clerk.wait_for(lambda: clerk.one(one.content).became == case.id)
    clerk.undo()
    clerk.wait_for(lambda: clerk.one(one.content).became == "")
    assert clerk.ask(lambda ledger: ledger.ids(Query(Case.type))) == []
