"""A problem from the trip on which it was found to the day it is struck off; a topic to its end.

At the keyboard: an on-site trip, progress, an extension, verification; grouped with another one
into one kind solved; ticked for the summary.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.gui import theme
from desktop.gui.forms.group_dialog import GroupDialog
from desktop.gui.forms.problem_form import ProblemForm
from desktop.gui.forms.root_cause_form import RootCauseForm
from desktop.gui.forms.topic_form import TopicForm
from desktop.gui.forms.trip_form import TripForm
from desktop.gui.record_list import RecordListView
from desktop.gui.screens.list_screen import ListScreen
from desktop.gui.screens.main_window import MainWindow
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Problem, Topic
from desktop.work import problems, topics
from desktop.work.examples import examples
from tests import fakes
from tests.unit.gui.keys import ENTER, press, write

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
TODAY = dt.date.today()

T = TypeVar("T")


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.Look.LIGHT)
    shown = MainWindow(fakes.new_ledger(tmp_path / "柳河镇.ledger"))
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    yield shown
    shown.close()


class Clerk:
    """Somebody who only uses the keyboard, and waits until the window has caught up."""

    def __init__(self, bot: QtBot, window: MainWindow) -> None:
        self.bot = bot
        self.window = window

    def ask(self, job: Callable[[Ledger], T]) -> T:
        """What the ledger holds, once it has done what was asked before."""
        found: list[T] = []
        self.window.operations.read(job, found.append)
        self.bot.waitUntil(lambda: bool(found), timeout=60_000)
        return found[0]

    def settle(self) -> None:
        self.ask(lambda _ledger: 1)

    def form(self, kind: type[QWidget]) -> Any:
        """The form of that kind, once it is open."""
        self.bot.waitUntil(
            lambda: any(
                w.isVisible() and w.is_open  # type: ignore[attr-defined]
                for w in self.window.findChildren(kind)
            )
        )
        return next(w for w in self.window.findChildren(kind) if w.isVisible())

    def fill(self, *fields: str) -> None:
        """Type into one field after the other, Enter behind each."""
        for words in fields:
            if words:
                write(words)
            self.settle()
            press(ENTER)
            self.settle()

    def tab_to(self, words: str) -> None:
        """Tab until the button of that name has the focus."""
        for _ in range(80):
            button = QApplication.focusWidget()
            if isinstance(button, QPushButton) and button.text() == words:
                return
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {words} by Tab")

    def save(self, form: Any) -> None:
        with self.bot.waitSignal(form.saved):
            press(Qt.Key.Key_S, CTRL)
        self.settle()

    def step(self, form: ProblemForm, name: str, *fields: str) -> None:
        """Go to a step's button, press it, answer, take it."""
        self.tab_to(name)
        press(Qt.Key.Key_Space)
        self.fill(*fields)
        with self.bot.waitSignal(form.saved):
            press(ENTER)
        self.settle()

    def list(self, tab: int = 0) -> RecordListView:
        screen = self.window.screen_now
        assert isinstance(screen, ListScreen)
        screen.show_list(tab)
        view = screen.view
        assert isinstance(view, RecordListView)
        view.table.setFocus()
        self.settle()
        return view

    def open(self, view: RecordListView, record_id: str) -> None:
        """Move to a row and press Enter."""
        self.bot.waitUntil(lambda: record_id in view.model.ids)
        press(Qt.Key.Key_Home, CTRL, view.table)
        for _ in range(view.model.ids.index(record_id)):
            press(Qt.Key.Key_Down, into=view.table)
        self.settle()
        press(ENTER, into=view.table)


@pytest.fixture
def clerk(qtbot: QtBot, window: MainWindow) -> Clerk:
    return Clerk(qtbot, window)


def found_problems(ledger: Ledger) -> dict[str, Problem]:
    return {p.title: p for p in ledger.find(Query(Problem.type))}  # type: ignore[attr-defined,misc]


def trip_with_two_problems(clerk: Clerk) -> None:
    press(Qt.Key.Key_N, CTRL, clerk.window)
    form = clerk.form(TripForm)
    form.focus_first()
    clerk.fill(TODAY.isoformat(), "李明", "", "前沟村", "后塬村", "")
    press(Qt.Key.Key_4, ALT)
    clerk.fill("前沟村道路积水", "2", "县水利局", "30天", "")
    clerk.fill("后塬村道路积水", "1", "")
    clerk.save(form)


def test_a_problem_from_the_trip_to_the_summary(clerk: Clerk) -> None:
    trip_with_two_problems(clerk)
    made = clerk.ask(found_problems)
    assert set(made) == {"前沟村道路积水", "后塬村道路积水"}
    hard, easy = made["前沟村道路积水"], made["后塬村道路积水"]

    press(Qt.Key.Key_Escape, into=clerk.form(TripForm))
    press(Qt.Key.Key_4, CTRL, clerk.window)
    clerk.open(clerk.list(1), hard.id)  # 未销号: the one solved on the spot isn't there
    form = clerk.form(ProblemForm)
    clerk.bot.waitUntil(lambda: bool(form.links.course.sources))
    assert form.links.course.sources[0].type == "activity"
    clerk.step(form, "认领", "", "", "")
    clerk.step(form, "记进展", "已请设计单位看过现场", "", "王丽")
    clerk.step(form, "延期", "雨季不能施工", "45天", "", "")
    assert form.bar.extended.text() == "已延期1次"
    clerk.step(form, "已解决，请核验", "排水沟已修好", "", "")
    clerk.step(form, "核验通过", "", "李镇长", "1", "", "")
    clerk.step(form, "销号", "", "", "")
    assert form.bar.state.text() == "✓ 已销号"

    form.editors["example"].input().setFocus()
    press(Qt.Key.Key_Y)
    press(ENTER)
    clerk.fill("一下雨就积水", "雨停路干")
    clerk.save(form)
    press(Qt.Key.Key_Escape)

    view = clerk.list(0)
    clerk.bot.waitUntil(lambda: len(view.model.ids) == 2)
    press(Qt.Key.Key_A, CTRL, view.table)
    clerk.tab_to("归为同类…")
    press(Qt.Key.Key_Space)
    clerk.bot.waitUntil(lambda: clerk.window.findChild(GroupDialog) is not None)
    dialog = clerk.window.findChild(GroupDialog)
    assert isinstance(dialog, GroupDialog)
    with clerk.bot.waitSignal(dialog.grouped):
        write("村内道路排水不畅", dialog.editor.input())
        press(ENTER, into=dialog.editor.input())
    with clerk.bot.waitActive(clerk.window):  # what a window system does when a dialog goes
        clerk.window.activateWindow()
    view = clerk.list(4)
    clerk.bot.waitUntil(lambda: len(view.model.ids) == 1)
    clerk.open(view, view.model.ids[0])
    kind = clerk.form(RootCauseForm)
    kind.editors["closed"].input().setFocus()
    clerk.fill("今")
    clerk.save(kind)
    assert "2 件问题推动解决 1 类问题" in kind.sentence.text()

    after = clerk.ask(found_problems)
    assert after[hard.title].satisfaction == "满意"
    assert after[easy.title] == easy.__class__(**{**vars(easy), "root_cause": kind.record_id})
    log = clerk.ask(lambda ledger: problems.log_of(ledger, hard.id))
    assert [n.kind for n in log] == ["认领", "进展", "延期", "申请核验", "核验通过", "销号"]
    (told,) = clerk.ask(lambda ledger: examples(ledger, TODAY, TODAY))
    assert (told.before, told.after, told.note) == ("一下雨就积水", "雨停路干", "")


def test_a_topic_from_its_first_day_to_its_end(clerk: Clerk) -> None:
    press(Qt.Key.Key_6, CTRL, clerk.window)
    clerk.list(0)
    press(Qt.Key.Key_N, CTRL, clerk.window)
    form = clerk.form(TopicForm)
    form.editors["state"].input().setFocus()
    press(Qt.Key.Key_1)
    press(ENTER)
    clerk.fill("农村互助养老", "李明", "县农业农村局", "", "3", "今")
    form.editors["due"].input().setFocus()
    clerk.fill("60天")
    clerk.save(form)
    assert form.progress.text().startswith("◐ 还有60天")
    assert form.progress.text().endswith("下一步：开展调研")
    topic = form.record_id

    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_N, CTRL, clerk.window)  # the list is of topics still: a trip is on its screen
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_2, CTRL, clerk.window)
    press(Qt.Key.Key_N, CTRL, clerk.window)
    trip = clerk.form(TripForm)
    trip.focus_first()
    clerk.fill(TODAY.isoformat(), "李明", "", "前沟村", "")
    press(Qt.Key.Key_2, ALT)
    clerk.fill("农村互助养老")
    clerk.save(trip)
    press(Qt.Key.Key_Escape)

    press(Qt.Key.Key_6, CTRL, clerk.window)
    clerk.open(clerk.list(0), topic)
    form = clerk.form(TopicForm)
    assert [one.words for one in form.trips.lines] == [f"{TODAY.isoformat()}　李明　前沟村"]
    for key in (Qt.Key.Key_2, Qt.Key.Key_6):
        form.editors["state"].input().setFocus()
        press(key)
        clerk.save(form)
    assert clerk.ask(lambda ledger: ledger.get(Topic, topic).marks)  # type: ignore[union-attr]
    form.editors["report"].input().setFocus()
    clerk.fill("互助养老调研报告", "今", "今")
    clerk.tab_to("＋成果转化")
    press(ENTER)
    clerk.fill("4", "互助养老管理办法", "柳政发〔2026〕12号", "今")
    clerk.save(form)
    done = clerk.ask(lambda ledger: ledger.get(Topic, topic))
    assert done is not None
    assert (done.state, done.marks, done.finished) == ("完成", {}, TODAY)
    (use,) = clerk.ask(lambda ledger: topics.uses_of(ledger, topic))
    assert (use.kind, use.document) == ("出台制度", "柳政发〔2026〕12号")
