"""The form of a topic: states, progress, uses, and what belongs to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.core.offices import make_office
from desktop.gui.choice_buttons import ChoiceButtons
from desktop.gui.forms.topic_form import TopicForm
from desktop.gui.operations import Operations
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Fieldwork, Problem, Topic, TopicUse, TypicalCase
from desktop.work import topics
from tests import fakes
from tests.unit.gui import keys

DAY = dt.date(2026, 11, 20)
OFFICE = make_office("柳河镇", fakes.TOWNSHIP)
CTRL = Qt.KeyboardModifier.ControlModifier

T = TypeVar("T")
Open = Callable[[str], TopicForm]


@pytest.fixture
def ids(ledger: Ledger) -> dict[str, str]:
    with ledger.write("登记") as rows:
        (topic,) = rows.save(
            Topic(
                name="农村养老",
                leader=fakes.cadre("李明"),
                state="调研中",
                start=DAY - dt.timedelta(50),
                due=DAY - dt.timedelta(3),
            )
        )
        (trip,) = rows.save(fakes.make(Activity, date=DAY, leader=fakes.cadre("王丽")))
        rows.save(Fieldwork(activity=trip.id, topic=topic.id, place=fakes.place("前沟村")))
        (problem,) = rows.save(Problem(title="没有午餐", source=topic.id))
        rows.save(TypicalCase(name="幸福院", polarity="正面", topic=topic.id))
        rows.save(TopicUse(topic=topic.id, kind="出台制度", what="养老办法"))
    return {r.type.name: r.id for r in (topic, trip, problem)}


@pytest.fixture
def opened(operations: Operations, qtbot: QtBot) -> Open:
    def make(record_id: str = "") -> TopicForm:
        form = TopicForm(operations, OFFICE, record_id)
        form.desk.today = lambda: DAY
        qtbot.addWidget(form)
        form.resize(1000, 700)
        with qtbot.waitSignal(form.opened):
            form.show()
        form.activateWindow()
        qtbot.waitActive(form)
        return form

    return make


def read(operations: Operations, qtbot: QtBot, job: Callable[[Ledger], T]) -> T:
    found: list[T] = []
    operations.read(job, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def lines(form: TopicForm, name: str) -> list[tuple[str, str]]:
    return [(one.words, one.beside) for one in getattr(form, name).lines]


def test_it_says_how_the_topic_stands(opened: Open, ids: dict[str, str]) -> None:
    form = opened(ids["topic"])
    words = form.progress.text()
    assert words.startswith("● 超期3天")
    assert "时间已用100%，走完全程的20%" in words
    assert words.endswith("下一步：形成调研报告")
    assert form.progress.property("kind") == "late"
    assert lines(form, "trips") == [("2026-11-20　王丽　前沟村", "")]
    assert lines(form, "problems") == [("没有午餐", "待认领")]
    assert lines(form, "cases") == [("幸福院", "正面")]
    assert not form.is_dirty


def test_what_belongs_to_it_opens(opened: Open, ids: dict[str, str], qtbot: QtBot) -> None:
    form = opened(ids["topic"])
    for name, of in (("trips", "activity"), ("problems", "problem")):
        link = getattr(form, name).findChildren(QPushButton)[0]
        with qtbot.waitSignal(form.wanted_record) as wanted:
            link.click()
        assert wanted.args == [of, ids[of]]


def test_states_are_buttons_and_a_finished_topic_says_what_it_lacks(
    opened: Open, ids: dict[str, str], qtbot: QtBot, operations: Operations
) -> None:
    form = opened(ids["topic"])
    editor = form.editors["state"]
    assert isinstance(editor, ChoiceButtons)
    editor.input().setFocus()
    keys.press(Qt.Key.Key_6)
    assert editor.value() == "完成"
    assert form.progress.text() == "✓ 完成"
    boxes = {b.editor.field.name: b for b in form.boxes()}
    assert boxes["report"].line.text() == "已经完成，还没有写调研报告"
    assert not boxes["result"].line.isVisible()  # a use is written below
    with qtbot.waitSignal(form.saved):  # a mark, not a refusal
        keys.press(Qt.Key.Key_S, CTRL)
    saved = read(operations, qtbot, lambda ledger: ledger.get(Topic, ids["topic"]))
    assert saved is not None
    assert (saved.state, set(saved.marks)) == ("完成", {"report"})
    boxes["report"].editor.input().setFocus()
    keys.write("养老调研报告")
    assert not boxes["report"].line.isVisible()
    with qtbot.waitSignal(form.saved):
        keys.press(Qt.Key.Key_S, CTRL)
    saved = read(operations, qtbot, lambda ledger: ledger.get(Topic, ids["topic"]))
    assert saved is not None
    assert (saved.report, saved.marks) == ("养老调研报告", {})


def test_uses_come_and_go_with_few_keys(
    opened: Open, ids: dict[str, str], qtbot: QtBot, operations: Operations
) -> None:
    form = opened(ids["topic"])
    assert form.uses is not None
    form.uses.add_line.setFocus()
    keys.press(keys.ENTER)
    for words in ("4", "村级食堂办起来", "", "11-18"):
        if words:
            keys.write(words)
        read(operations, qtbot, lambda ledger: 1)
        keys.press(keys.ENTER)
        read(operations, qtbot, lambda ledger: 1)
    with qtbot.waitSignal(form.saved):
        keys.press(Qt.Key.Key_S, CTRL)
    uses = read(operations, qtbot, lambda ledger: topics.uses_of(ledger, ids["topic"]))
    assert [(u.kind, u.what) for u in uses] == [
        ("出台制度", "养老办法"),
        ("出台制度", "村级食堂办起来"),
    ]
    assert uses[1].date == dt.date(2026, 11, 18)
    form.uses.rows[0].boxes["what"].editor.input().setFocus()
    keys.press(Qt.Key.Key_Delete, CTRL)
    with qtbot.waitSignal(form.saved):
        keys.press(Qt.Key.Key_S, CTRL)
    left = read(operations, qtbot, lambda ledger: topics.uses_of(ledger, ids["topic"]))
    assert [u.what for u in left] == ["村级食堂办起来"]
    done: list[str] = []
    operations.write("", lambda ledger, _p: ledger.undo(), done.append)
    qtbot.waitUntil(lambda: bool(done))
    back = read(operations, qtbot, lambda ledger: topics.uses_of(ledger, ids["topic"]))
    assert {u.what for u in back} == {"养老办法", "村级食堂办起来"}


def test_a_use_that_lacks_its_words_is_asked_for(opened: Open, ids: dict[str, str]) -> None:
    form = opened(ids["topic"])
    assert form.uses is not None
    form.uses.start_row()
    form.uses.rows[-1].boxes["document"].editor.set_value("柳政发〔2026〕3号")
    form.save()
    assert form.is_dirty
    assert form.uses.rows[-1].boxes["what"].line.text() == "还没有填"


def test_a_new_topic_and_its_draft(opened: Open, operations: Operations, qtbot: QtBot) -> None:
    form = opened("")
    form.focus_first()
    keys.write("撂荒地治理")
    assert form.progress.text() == ""  # nothing to measure yet
    form.editors["state"].input().setFocus()
    keys.press(Qt.Key.Key_1)
    assert form.progress.text() == "没有计划完成日期　下一步：开展调研"
    assert form.uses is not None
    form.uses.start_row()
    form.uses.rows[0].boxes["what"].editor.set_value("收回发包")
    form.keep_draft()
    read(operations, qtbot, lambda ledger: 1)
    again = opened(form.record_id)
    assert again.editors["name"].value() == "撂荒地治理"
    assert again.uses is not None
    assert [u.what for u in again.uses.value()] == ["收回发包"]


def test_a_state_in_words_of_its_own_is_shown(
    opened: Open, operations: Operations, qtbot: QtBot
) -> None:
    made: list[str] = []

    def job(ledger: Ledger, _progress: object) -> str:
        with ledger.write("登记") as rows:
            return rows.save(Topic(name="物业", state="等领导批示"))[0].id

    operations.write("", job, made.append)
    qtbot.waitUntil(lambda: bool(made))
    form = opened(made[0])
    editor = form.editors["state"]
    assert isinstance(editor, ChoiceButtons)
    assert "等领导批示" in editor.buttons
    assert editor.buttons["等领导批示"].isChecked()
    assert not form.is_dirty
