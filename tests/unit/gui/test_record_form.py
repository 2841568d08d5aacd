"""The generated form: saving, drafts, leaving, void, history."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.core.record import Record
from desktop.gui import edits, form_frame
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.ledger import drafts
from desktop.ledger.ledger import Ledger
from desktop.records import Cadre, Case, Petitioner, Suggestion
from tests import fakes
from tests.unit.gui import keys

DAY = dt.date(2026, 11, 20)
CONTENT = "村口的路灯坏了"


@pytest.fixture
def show(qtbot: QtBot, operations: Operations):
    """A form that has been opened."""

    def shown(cls: type[Record], record_id: str = "", **more: object) -> RecordForm:
        form = RecordForm(operations, cls.type, record_id, **more)
        qtbot.addWidget(form)
        with qtbot.waitSignal(form.opened):
            form.show()
        form.activateWindow()
        form.focus_first()
        return form

    return shown


@pytest.fixture
def stored(operations: Operations, qtbot: QtBot):
    """Ask the ledger something, as a test may."""

    def ask(job):
        found: list = []
        operations.write("", lambda ledger, *_: job(ledger), found.append)
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return ask


def save(form: RecordForm, qtbot: QtBot) -> str:
    with qtbot.waitSignal(form.saved) as done:
        keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, form)
    return done.args[0]


def write_suggestion(form: RecordForm) -> None:
    form.editors["date"].set_value(DAY)
    form.editors["content"].set_value(CONTENT)
    form.touched()


def test_enter_goes_from_field_to_field(show, qtbot: QtBot, stored) -> None:
    form = show(Suggestion)
    assert form.editors["date"].input().hasFocus()
    keys.write("11-20")
    keys.press(keys.ENTER)
    assert form.editors["content"].input().hasFocus()
    keys.write(CONTENT)
    keys.press(keys.ENTER)
    keys.write("rx")
    keys.press(keys.ENTER)
    assert form.editors["kind"].input().hasFocus()
    record_id = save(form, qtbot)
    record = stored(lambda ledger: ledger.get(Suggestion, record_id))
    assert (record.date.month, record.content, record.channel) == (11, CONTENT, "热线")
    assert not form.is_dirty
    assert not form.is_new


def test_what_is_missing_is_named_and_kept_as_a_draft(show, qtbot: QtBot, stored) -> None:
    form = show(Suggestion)
    form.editors["content"].set_value(CONTENT)
    form.touched()
    keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, form)
    wrong = [b for b in form.boxes() if b.line.isVisibleTo(form)]
    assert [b.editor.field.name for b in wrong] == ["date"]
    assert form.editors["date"].input().hasFocus()
    assert stored(lambda ledger: [d.id for d in drafts.listed(ledger)]) == [form.record_id]


def test_a_draft_comes_back_under_its_id_and_goes_with_the_save(show, qtbot: QtBot, stored) -> None:
    form = show(Suggestion)
    form.editors["date"].line.setText("11-")
    form.editors["content"].set_value(CONTENT)
    form.touched()
    form.keep_draft()
    again = show(Suggestion, form.record_id)
    assert again.state() == form.state()
    assert again.is_new
    again.editors["date"].line.setText("11-20")
    assert save(again, qtbot) == form.record_id
    assert stored(drafts.listed) == []


def test_an_empty_form_offers_what_was_not_finished(show, qtbot: QtBot) -> None:
    form = show(Suggestion)
    write_suggestion(form)
    form.keep_draft()
    other = show(Suggestion)
    assert other.editors["content"].value() == ""
    links = [b for b in other._note.findChildren(QPushButton) if b.text() == "接着写"]
    links[0].click()
    assert other.editors["content"].value() == CONTENT
    assert other.record_id == form.record_id


def test_drafts_are_kept_by_themselves(show, qtbot: QtBot, stored, monkeypatch) -> None:
    monkeypatch.setattr(form_frame, "DRAFT_EVERY", 20)
    form = show(Suggestion)
    keys.write("11-20")
    qtbot.waitUntil(lambda: form._kept)
    assert len(stored(drafts.listed)) == 1


def test_leaving_asks_once_something_is_typed(show, qtbot: QtBot, stored, monkeypatch) -> None:
    form = show(Suggestion)
    assert form.can_close()
    write_suggestion(form)
    asked: list[str] = []
    for answer, closes, kept in (
        (form_frame.STAY, False, 0),
        (form_frame.KEEP, True, 1),
        (form_frame.DROP, True, 0),
    ):
        monkeypatch.setattr(form_frame, "ask_leave", lambda _p, a=answer: asked.append(a) or a)
        assert form.can_close() is closes
        assert len(stored(drafts.listed)) == kept
    assert len(asked) == 3


def test_only_what_was_changed_here_is_saved(show, ledger: Ledger, qtbot: QtBot, stored) -> None:
    with ledger.write("新建") as rows:
        [before] = rows.save(Case(received=DAY, matter="租金未付", result=""))
    form = show(Case, before.id)
    form.editors["matter"].set_value("土地流转租金未付")

    def elsewhere(ledger: Ledger) -> None:
        with ledger.write("别处") as rows:
            rows.save(dataclasses.replace(before, result="已答复", status="办结"))

    stored(elsewhere)
    save(form, qtbot)
    after = stored(lambda ledger: ledger.get(Case, before.id))
    assert (after.matter, after.result, after.status) == ("土地流转租金未付", "已答复", "办结")
    assert form.editors["result"].value() == "已答复"


def test_what_became_void_meanwhile_is_not_written_to(ledger: Ledger) -> None:
    with ledger.write("新建") as rows:
        [before] = rows.save(Case(received=DAY, matter="租金未付"))
    with ledger.write("作废") as rows:
        rows.remove(Case.type, before.id, "重复")
    with pytest.raises(edits.UserError, match="已经作废"):
        edits.carried(ledger, before, dataclasses.replace(before, matter="租金"))


def test_a_label_that_is_new_joins_the_list(ledger: Ledger) -> None:
    with ledger.write("新建") as rows:
        edits.save(ledger, rows, [Suggestion(date=DAY, content="建议", channel="赶集时")])
    from desktop.work.codes import labels

    assert "赶集时" in labels(ledger, "suggestion_channel")


def test_a_name_typed_in_full_is_saved_as_the_record(ledger: Ledger) -> None:
    found = edits.settled(ledger, Suggestion(place="前沟村", unit="没有的单位"))
    assert (found.place, found.unit) == (fakes.place("前沟村"), "没有的单位")


def test_save_and_new(show, qtbot: QtBot, stored) -> None:
    form = show(Suggestion)
    write_suggestion(form)
    with qtbot.waitSignal(form.saved) as done:
        keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, form)
    assert form.is_new
    assert form.record_id != done.args[0]
    assert form.editors["content"].value() == ""
    assert not form.is_dirty


def test_void_with_a_reason_and_back(show, ledger: Ledger, qtbot: QtBot, stored) -> None:
    with ledger.write("新建") as rows:
        [record] = rows.save(Suggestion(date=DAY, content=CONTENT))
    form = show(Suggestion, record.id)
    form.ask_reason()
    form.void()
    assert form.removed == "", "no reason, no 作废"
    form.reason.setText("重复录入")
    with qtbot.waitSignal(form.saved):
        form.void()
    assert stored(lambda ledger: ledger.get(Suggestion, record.id)).removed == "重复录入"
    assert not form.body.isEnabled()
    with qtbot.waitSignal(form.saved):
        form.restore()
    assert form.body.isEnabled()
    assert not stored(lambda ledger: ledger.get(Suggestion, record.id)).removed


def test_voiding_says_what_still_names_it_and_offers_reasons(
    show, ledger: Ledger, qtbot: QtBot
) -> None:
    with ledger.write("新建") as rows:
        [case] = rows.save(Case(received=DAY, matter="租金未付"))
        rows.save(Suggestion(date=DAY, content=CONTENT, source=case.id))
    form = show(Case, case.id)
    form.ask_reason()
    qtbot.waitUntil(lambda: form.going.text() != "")
    assert form.going.text() == "还有记录写着它，照旧保留：意见建议 1 条。"
    offered = {b.text(): b for b in form.reason_row.findChildren(QPushButton)}
    offered["录错了"].click()
    assert form.reason.text() == "录错了"


def test_history_says_who_changed_what(show, ledger: Ledger, qtbot: QtBot) -> None:
    with ledger.write("新建意见建议") as rows:
        [record] = rows.save(Suggestion(date=DAY, content="路灯坏了"))
    form = show(Suggestion, record.id)
    form.editors["content"].set_value(CONTENT)
    form.editors["place"].set_value(fakes.place("前沟村"))
    save(form, qtbot)
    form.toggle_history()
    qtbot.waitUntil(lambda: len(form.history.steps) == 2)
    latest, first = form.history.steps
    assert latest.who == fakes.USER
    assert "内容：路灯坏了 → 村口的路灯坏了" in latest.lines
    assert "地点：（空） → 前沟村" in latest.lines
    assert first.title == "新建意见建议"


def test_more_is_folded_and_remembers(show, qtbot: QtBot) -> None:
    form = show(Suggestion)
    box = form._boxes["rating"]
    assert not box.isVisibleTo(form)
    form._fold.click()
    assert box.isVisibleTo(form)
    again = show(Suggestion)
    assert again._boxes["rating"].isVisibleTo(again)


def test_a_section_of_which_all_is_folded_keeps_its_title(show) -> None:
    form = show(Case)
    titles = [x for x in form.findChildren(QLabel) if x.text() == "典型事例"]
    assert len(titles) == 1
    assert form._fold.holds(titles[0])
    assert not [x for x in form.findChildren(QLabel) if x.text() in ("更多", "其他")]


def test_why_a_field_is_marked_stands_below_it_until_it_is_changed(
    show, ledger: Ledger, qtbot: QtBot
) -> None:
    with ledger.write("导入") as rows:
        [record] = rows.save(Suggestion(content=CONTENT, marks={"date": "没有写日期"}))
    form = show(Suggestion, record.id)
    line = form._boxes["date"].line
    assert (line.text(), line.isVisible()) == ("没有写日期", True)
    form.editors["date"].input().setFocus()
    keys.write("11-20")
    assert not line.isVisible()
    save(form, qtbot)
    assert form.value().marks == {}
    assert not line.isVisible()


def test_a_folded_field_with_a_problem_is_unfolded(show, qtbot: QtBot) -> None:
    form = show(Suggestion)
    write_suggestion(form)
    form.editors["replied"].line.setText("没准")
    keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, form)
    assert form._boxes["replied"].line.isVisibleTo(form)
    assert form.editors["replied"].input().hasFocus()


def test_what_is_unlikely_is_saved_with_a_mark(show, qtbot: QtBot, stored) -> None:
    form = show(Petitioner)
    form.editors["name"].set_value("王某")
    form.editors["phone"].line.setText("12812341234")
    form.touched()
    record_id = save(form, qtbot)
    record = stored(lambda ledger: ledger.get(Petitioner, record_id))
    assert record.marks.keys() == {"phone"}
    form.editors["phone"].uncover()
    form.editors["phone"].line.setText("13812341234")
    save(form, qtbot)
    assert stored(lambda ledger: ledger.get(Petitioner, record_id)).marks == {}


def test_citizens_are_covered_in_a_record_that_is_opened(
    show, ledger: Ledger, qtbot: QtBot
) -> None:
    with ledger.write("新建") as rows:
        [record] = rows.save(Petitioner(name="王小明", phone="13812341234", identity="1" * 18))
    form = show(Petitioner, record.id)
    assert form.editors["name"].line.text() == "王某某"
    assert form.editors["phone"].line.text() == "138****1234"
    assert "identity" not in form.editors, "identity numbers are off unless switched on"
    assert not form.is_dirty
    assert form.value() == record


def test_a_gap_that_an_import_marked_does_not_block(show, ledger: Ledger, qtbot: QtBot) -> None:
    with ledger.write("导入") as rows:
        [record] = rows.save(Suggestion(content=CONTENT, marks={"date": "没有写日期"}))
    form = show(Suggestion, record.id)
    form.editors["channel"].set_value("热线")
    save(form, qtbot)


def test_a_bug_while_saving_loses_nothing(show, qtbot: QtBot, monkeypatch) -> None:
    shown: list[Exception] = []
    monkeypatch.setattr(form_frame.messages, "show", lambda e, *_: shown.append(e))

    def breaks(*_: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(edits, "save", breaks)
    form = show(Suggestion)
    write_suggestion(form)
    form.save()
    qtbot.waitUntil(lambda: bool(shown))
    assert form.editors["content"].value() == CONTENT
    assert form.is_dirty
    assert form.save_button.isEnabled()


def test_parts_start_from_their_whole(show) -> None:
    form = show(Cadre, preset=Cadre(name="张强"))
    assert form.editors["name"].value() == "张强"
