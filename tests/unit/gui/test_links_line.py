"""来龙去脉 at the foot of a form."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.gui.links_line import LinksLine
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.ledger.ledger import Ledger
from desktop.records import Case, Problem
from desktop.work.links import Course, Linked


def test_links_open_and_long_titles_are_cut(operations: Operations, qtbot: QtBot) -> None:
    line = LinksLine(operations)
    qtbot.addWidget(line)
    long = "前沟村至后塬村道路破损积水" * 9
    line.show_course(
        Course(
            (Linked("信访事项", "case", "a" * 32, long),),
            (Linked("问题", "problem", "b" * 32, "路灯"),),
        )
    )
    assert line.isVisibleTo(line.parentWidget())
    first, second = line.findChildren(QPushButton)
    assert len(first.text()) < 40
    assert first.toolTip() == f"信访事项　{long}"
    assert second.text() == "问题　路灯"
    assert {"来自", "后来"} <= {x.text() for x in line.findChildren(QLabel)}
    with qtbot.waitSignal(line.wanted_record) as wanted:
        second.click()
    assert wanted.args == ["problem", "b" * 32]
    line.show_course(Course())
    assert line.isHidden()


def test_a_generated_form_shows_them(ledger: Ledger, operations: Operations, qtbot: QtBot) -> None:
    made: list[str] = []

    def job(opened: Ledger, _progress: object) -> str:
        with opened.write("登记") as rows:
            (case,) = rows.save(
                Case(matter="租金未付", received=None, marks={"received": "没有写"})
            )
            rows.save(Problem(title="合同没有备案", source=case.id))
        return case.id

    operations.write("", job, made.append)
    qtbot.waitUntil(lambda: bool(made))
    form = RecordForm(operations, Case.type, made[0])
    qtbot.addWidget(form)
    with qtbot.waitSignal(form.opened):
        form.show()
    qtbot.waitUntil(lambda: bool(form.links.course.outcomes))
    assert form.links.isVisible()
    with qtbot.waitSignal(form.wanted_record) as wanted:
        form.links.findChildren(QPushButton)[-1].click()
    assert wanted.args[0] == "problem"
    form.renew()
    assert form.links.isHidden()
