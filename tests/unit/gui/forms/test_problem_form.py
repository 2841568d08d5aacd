"""The form of a problem: steps, log, sentences for the summary, grouping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel
from pytestqt.qtbot import QtBot

from desktop.core.offices import make_office
from desktop.gui.forms.group_dialog import GroupDialog
from desktop.gui.forms.problem_form import ProblemForm
from desktop.gui.operations import Operations
from desktop.ledger.ledger import Ledger
from desktop.records import Petitioner, Problem, ProgressNote, RootCause
from desktop.work import problems, root_causes
from desktop.work.examples import NAMES_A_CITIZEN
from tests import fakes
from tests.unit.gui import keys

DAY = dt.date(2026, 11, 20)
OFFICE = make_office("柳河镇", fakes.TOWNSHIP)
CTRL = Qt.KeyboardModifier.ControlModifier

T = TypeVar("T")
Open = Callable[[str], ProblemForm]


@pytest.fixture
def problem(ledger: Ledger) -> Problem:
    with ledger.write("登记") as rows:
        (made,) = rows.save(
            Problem(title="村口路灯损坏", decision="限期解决", unit=fakes.unit("县水利局"), due=DAY)
        )
        rows.save(Petitioner(of=made.id, name="欧阳明月"))
    return made  # type: ignore[return-value]


@pytest.fixture
def opened(operations: Operations, qtbot: QtBot) -> Open:
    def make(record_id: str = "") -> ProblemForm:
        form = ProblemForm(operations, OFFICE, record_id)
        form.desk.today = lambda: DAY + dt.timedelta(3)
        qtbot.addWidget(form)
        form.resize(1200, 700)
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


def step(form: ProblemForm, qtbot: QtBot, name: str, *fields: str) -> None:
    """Press a step's button and fill what it asks, Enter behind each."""
    form.bar.buttons[name].setFocus()
    keys.press(Qt.Key.Key_Space)
    with qtbot.waitSignal(form.saved):
        for words in fields:
            if words:
                keys.write(words)
            read(form.operations, qtbot, lambda ledger: 1)  # offers are here
            keys.press(keys.ENTER)
            read(form.operations, qtbot, lambda ledger: 1)
        assert form.panel is not None
        assert form.panel.ok.hasFocus()
        keys.press(keys.ENTER)


def log_words(form: ProblemForm) -> str:
    return "\n".join(x.text() for x in form.log.findChildren(QLabel) if x.isVisibleTo(form.log))


def test_state_deadline_and_steps_stand_on_top(opened: Open, problem: Problem) -> None:
    form = opened(problem.id)
    assert form.bar.state.text() == "待认领"
    assert form.bar.deadline.text() == "● 超期3天"
    assert list(form.bar.buttons) == ["claim", "progress", "solve", "extend", "stop"]
    assert "还没有进展" in log_words(form)
    form.resize(1200, 700)
    assert form.beside.direction() == QBoxLayout.Direction.LeftToRight
    form.resize(800, 480)
    assert form.beside.direction() == QBoxLayout.Direction.TopToBottom


def test_a_new_problem_has_no_steps_until_it_is_saved(opened: Open, qtbot: QtBot) -> None:
    form = opened("")
    assert not form.bar.isVisible()
    assert not form.log.isVisible()
    form.focus_first()
    keys.write("路灯损坏")
    with qtbot.waitSignal(form.saved):
        keys.press(Qt.Key.Key_S, CTRL)
    assert form.bar.isVisible()
    assert form.bar.state.text() == "待认领"
    assert not form.bar.buttons["claim"].isEnabled()
    assert form.bar.reasons.text() == "认领：还没有写责任单位"


def test_from_claim_to_struck_off_by_keyboard(
    opened: Open, problem: Problem, qtbot: QtBot, operations: Operations
) -> None:
    form = opened(problem.id)
    step(form, qtbot, "claim", "", "", "")
    assert form.bar.state.text() == "办理中"
    step(form, qtbot, "extend", "等配件", "+30", "", "王丽")
    assert form.bar.state.text() == "延期"
    assert form.bar.extended.text() == "已延期1次"
    step(form, qtbot, "solve", "换了灯头", "", "")
    assert not form.bar.buttons["close"].isEnabled()
    assert "销号：还没有核验" in form.bar.reasons.text()
    step(form, qtbot, "verify", "", "李镇长", "1", "", "")
    step(form, qtbot, "close", "", "", "")
    assert form.bar.state.text() == "✓ 已销号"
    assert list(form.bar.buttons) == ["reopen"]
    found = read(operations, qtbot, lambda ledger: ledger.get(Problem, problem.id))
    assert found is not None
    assert (found.verifier, found.satisfaction) == ("李镇长", "满意")
    assert found.closed == DAY + dt.timedelta(3)
    log = read(operations, qtbot, lambda ledger: problems.log_of(ledger, problem.id))
    assert [n.kind for n in log] == ["认领", "延期", "申请核验", "核验通过", "销号"]
    assert log[1].person == fakes.cadre("王丽")  # a name typed in full is that person's
    words = log_words(form)
    assert words.index("销号") < words.index("等配件")  # the newest stands on top


def test_a_step_says_what_it_lacks(opened: Open, problem: Problem) -> None:
    form = opened(problem.id)
    form.ask_step("extend")
    assert form.panel is not None
    form.panel.confirm()
    assert form.panel.boxes["text"].line.text() == "延期原因还没有写"
    assert form.panel.boxes["due"].line.text() == "新的完成时限还没有填"
    form.leave()
    assert form.panel is None
    assert form.isVisible()


def test_facts_typed_meanwhile_go_with_the_step(
    opened: Open, problem: Problem, qtbot: QtBot, operations: Operations
) -> None:
    form = opened(problem.id)
    form.editors["measure"].set_value("更换灯头")
    form.ask_step("progress")
    assert form.panel is not None
    keys.write("配件已订")
    assert form.is_dirty
    with qtbot.waitSignal(form.saved):
        keys.press(Qt.Key.Key_S, CTRL)
    assert form.panel is None
    assert not form.is_dirty
    found = read(operations, qtbot, lambda ledger: ledger.get(Problem, problem.id))
    assert found is not None
    assert (found.measure, found.status) == ("更换灯头", "办理中")
    undone: list[str] = []
    operations.write("", lambda ledger, _p: ledger.undo(), undone.append)
    qtbot.waitUntil(lambda: bool(undone))
    assert undone == ["问题记进展"]
    assert read(operations, qtbot, lambda ledger: ledger.get(Problem, problem.id)) == problem
    assert read(operations, qtbot, lambda ledger: problems.log_of(ledger, problem.id)) == []


def test_a_step_half_written_is_kept_as_a_draft(
    opened: Open, problem: Problem, qtbot: QtBot, operations: Operations
) -> None:
    form = opened(problem.id)
    form.ask_step("progress")
    keys.write("配件已订")
    form.keep_draft()
    read(operations, qtbot, lambda ledger: 1)
    again = opened(problem.id)
    assert again.panel is not None
    assert again.panel.entry().text == "配件已订"


def test_free_words_stay_and_a_void_problem_has_no_steps(
    opened: Open, operations: Operations, qtbot: QtBot
) -> None:
    made: list[str] = []

    def job(ledger: Ledger, _progress: object) -> str:
        with ledger.write("登记") as rows:
            one, gone = rows.save(Problem(title="路灯", status="等上级批复"), Problem(title="水渠"))
            rows.remove(Problem.type, gone.id, "重复录入")
        return f"{one.id} {gone.id}"

    operations.write("", job, made.append)
    qtbot.waitUntil(lambda: bool(made))
    one, gone = made[0].split()
    assert opened(one).bar.state.text() == "等上级批复"
    assert not opened(gone).bar.isVisible()


def test_sentences_appear_with_the_tick_and_a_name_is_marked(
    opened: Open, problem: Problem, qtbot: QtBot, operations: Operations
) -> None:
    form = opened(problem.id)
    assert not form.editors["example_before"].isVisible()
    form.editors["example"].input().setFocus()
    keys.press(Qt.Key.Key_Y)
    assert form.editors["example_before"].isVisible()
    form.editors["example_before"].input().setFocus()
    keys.write("欧阳明月家门口不亮")
    with qtbot.waitSignal(form.saved):
        keys.press(Qt.Key.Key_S, CTRL)
    box = next(b for b in form.boxes() if b.editor.field.name == "example_before")
    assert box.line.text() == NAMES_A_CITIZEN
    found = read(operations, qtbot, lambda ledger: ledger.get(Problem, problem.id))
    assert found is not None
    assert found.marks == {"example_before": NAMES_A_CITIZEN}


def test_grouping_from_the_form(
    opened: Open, problem: Problem, qtbot: QtBot, operations: Operations
) -> None:
    form = opened(problem.id)
    form.group_link.click()
    dialog = form.findChild(GroupDialog)
    assert dialog is not None
    dialog.confirm()
    assert dialog.box.line.text() == "还没有填"
    with qtbot.waitSignal(form.saved):
        keys.write("村内照明无人管", dialog.editor.input())
        keys.press(keys.ENTER, into=dialog.editor.input())
    roots = read(
        operations, qtbot, lambda ledger: [h.id for h in ledger.search("照明", ["root_cause"])]
    )
    members = read(operations, qtbot, lambda ledger: root_causes.members_of(ledger, roots[0]))
    assert [m.id for m in members] == [problem.id]
    before = form.before
    assert isinstance(before, Problem)
    assert before.root_cause == roots[0]
    qtbot.waitUntil(lambda: bool(form.links.course.outcomes))
    assert form.links.course.outcomes[0].type == RootCause.type.name


def test_notes_carry_the_office_of_the_problem(ledger: Ledger, problem: Problem) -> None:
    problems.take(ledger, problem.id, "progress", problems.Entry(date=DAY, text="在办"))
    (note,) = problems.log_of(ledger, problem.id)
    assert isinstance(note, ProgressNote)
    assert note.office == problem.office
