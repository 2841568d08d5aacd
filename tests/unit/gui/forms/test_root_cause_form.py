"""The form of a kind of problem."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.core.offices import make_office
from desktop.gui.forms.belonging import BelongingList
from desktop.gui.forms.root_cause_form import RootCauseForm
from desktop.gui.operations import Operations
from desktop.ledger.ledger import Ledger
from desktop.records import Problem
from desktop.work import root_causes
from tests import fakes

OFFICE = make_office("柳河镇", fakes.TOWNSHIP)


def saved(ledger: Ledger) -> tuple[str, str, str]:
    with ledger.write("登记") as rows:
        first, second = rows.save(
            Problem(title="前沟村道路破损积水", decision="现场解决"),
            Problem(title="后塬村道路破损积水", place=fakes.place("后塬村")),
        )
    root = root_causes.group(ledger, [first.id], name="排水不畅")
    return root.id, first.id, second.id


def press(inside: BelongingList, words: str) -> None:
    next(b for b in inside.findChildren(QPushButton) if b.text() == words).click()


def test_members_offers_and_the_sentence(ledger: Ledger, qtbot: QtBot, qapp: object) -> None:
    root, first, second = saved(ledger)
    running = Operations(ledger)
    ledger.is_handed_over = True
    form = RootCauseForm(running, OFFICE, root)
    qtbot.addWidget(form)
    with qtbot.waitSignal(form.opened):
        form.show()
    assert [m.id for m in form.members.lines] == [first]
    assert form.members.lines[0].beside == "✓ 现场解决"
    assert [(m.id, m.words) for m in form.offered.lines] == [(second, "后塬村道路破损积水　后塬村")]
    assert form.sentence.text() == "已归集 1 件同类问题，这一类还没有写解决日期。"

    def wait(words: str) -> None:
        qtbot.waitUntil(lambda: words in form.sentence.text())

    press(form.offered, "归入")
    wait("2 件")
    assert {m.id for m in form.members.lines} == {first, second}
    assert not form.offered.isVisible()
    form.editors["closed"].set_value(form.desk.today())
    with qtbot.waitSignal(form.saved):
        form.save()
    assert "2 件问题推动解决 1 类问题" in form.sentence.text()
    press(form.members, "移出")
    wait("1 件问题推动")
    with qtbot.waitSignal(form.wanted_record) as wanted:
        form.members.findChildren(QPushButton)[0].click()
    assert wanted.args[0] == "problem"
    running.close()
