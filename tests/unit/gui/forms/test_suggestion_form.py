"""The form of a suggestion: two fields to save, steps, like ones, joined ones, papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.gui import messages
from desktop.gui.forms.suggestion_form import SuggestionForm
from desktop.gui.operations import Operations
from desktop.gui.screens.paper_made import PaperMade
from desktop.jobs.print_suggestion import REPLY
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Case, Petitioner, Suggestion
from desktop.work import doubles
from tests import fakes
from tests.unit.gui.keys import ENTER, press, write

DAY = dt.date(2026, 11, 20)
TODAY = dt.date(2026, 11, 24)
CTRL = Qt.KeyboardModifier.ControlModifier


def put(ledger: Ledger, content: str, *, name: str = "", **over: Any) -> Suggestion:
    with ledger.write("记建议") as rows:
        (made,) = rows.save(fakes.make(Suggestion, **{"date": DAY, "content": content} | over))
        if name:
            rows.save(fakes.make(Petitioner, of=made.id, name=name, phone="13812341234"))
    assert isinstance(made, Suggestion)
    return made


@pytest.fixture
def opened(operations: Operations, ledger: Ledger, qtbot: QtBot) -> Callable[..., SuggestionForm]:
    def make(record_id: str = "") -> SuggestionForm:
        form = SuggestionForm(operations, ledger.office, record_id)
        form.desk.today = lambda: TODAY
        qtbot.addWidget(form)
        form.resize(900, 700)
        with qtbot.waitSignal(form.opened):
            form.show()
        form.activateWindow()
        with qtbot.waitActive(form):
            pass
        form.focus_first()
        return form

    return make


def rows(form: SuggestionForm, qtbot: QtBot, ask: Callable[[Ledger], Any]) -> Any:
    found: list[Any] = []
    form.operations.read(ask, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def stored(form: SuggestionForm, qtbot: QtBot, record_id: str = "") -> Suggestion:
    wanted = record_id or form.record_id
    found = rows(form, qtbot, lambda ledger: ledger.get(Suggestion, wanted))
    assert isinstance(found, Suggestion)
    return found


def saved(form: SuggestionForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.saved):
        press(Qt.Key.Key_S, CTRL, form)


def type_into(form: SuggestionForm, name: str, words: str) -> None:
    form.go_to(form.editors[name].input())
    write(words)


def test_a_day_and_what_was_said_are_enough(opened: Any, qtbot: QtBot) -> None:
    form = opened()
    write("j")
    press(ENTER)
    assert form.editors["content"].input().hasFocus()
    write("增开赶集班车")
    saved(form, qtbot)
    one = stored(form, qtbot)
    assert (one.date, one.content, one.status) == (TODAY, "增开赶集班车", "登记")
    assert not any(part.isVisible() for part in form.parts)
    assert form.bar.isVisible()


def test_saving_and_going_on_keeps_day_and_channel(opened: Any, qtbot: QtBot) -> None:
    form = opened()
    type_into(form, "date", "2026-11-20")
    type_into(form, "content", "增开班车")
    type_into(form, "channel", "意见箱")
    first = form.record_id
    with qtbot.waitSignal(form.saved):
        press(ENTER, CTRL, form)
    assert form.is_new
    assert form.record_id != first
    assert form.editors["date"].value() == DAY
    assert form.editors["channel"].value() == "意见箱"
    assert form.editors["content"].is_empty
    assert not form.is_dirty
    assert not form.bar.isVisible()
    assert form.editors["content"].input().hasFocus()


def test_who_made_it_is_a_record_of_its_own(opened: Any, qtbot: QtBot) -> None:
    form = opened()
    type_into(form, "date", "j")
    type_into(form, "content", "增开班车")
    form._person["name"].editor.set_raw("王建国")
    form._person["phone"].editor.set_raw("138 1234 1234")
    saved(form, qtbot)
    one = form.record_id
    (person,) = rows(form, qtbot, lambda ledger: ledger.find(Query(Petitioner.type)))
    assert (person.of, person.name, person.phone) == (one, "王建国", "13812341234")
    form._person["name"].editor.set_raw("")
    form._person["phone"].editor.set_raw("")
    saved(form, qtbot)
    assert rows(form, qtbot, lambda ledger: ledger.find(Query(Petitioner.type))) == []


def test_only_a_suggestion_in_hand_shows_the_whole_name(
    ledger: Ledger, opened: Any, qtbot: QtBot
) -> None:
    current = put(ledger, "增开赶集班车", name="王建国")
    past = put(ledger, "夜间开放村史馆", name="王建国", replied=TODAY)
    assert opened(current.id)._person["name"].editor.input().text() == "王建国"
    assert opened(past.id)._person["name"].editor.input().text() == "王某某"
    assert opened(past.id)._person["phone"].editor.input().text() == "138****1234"


def test_steps_fill_in_the_day_and_go_where_something_is_missing(
    ledger: Ledger, opened: Any, qtbot: QtBot
) -> None:
    form = opened(put(ledger, "增开赶集班车").id)
    assert form.bar.steps["03"].hasFocus()
    press(Qt.Key.Key_Space)
    assert form.editors["unit"].input().hasFocus()
    assert form.editors["assigned"].value() == TODAY
    press(Qt.Key.Key_S, CTRL, form)
    assert "转给哪个单位" in form._boxes["unit"].line.text()
    write("县水利局")
    saved(form, qtbot)
    one = stored(form, qtbot)
    assert (one.status, one.unit, one.assigned) == ("转办", fakes.unit("县水利局"), TODAY)


def test_what_is_adopted_is_not_filed_unanswered(ledger: Ledger, opened: Any, qtbot: QtBot) -> None:
    one = put(ledger, "增开赶集班车", adoption="采纳", status="办理中")
    form = opened(one.id)
    assert not form.bar.steps["06"].isVisible()
    form.editors["status"].set_value("归档")
    press(Qt.Key.Key_S, CTRL, form)
    assert "第29条" in form._boxes["replied"].line.text()
    assert stored(form, qtbot) == one


def test_an_imported_one_keeps_its_empty_status(ledger: Ledger, opened: Any, qtbot: QtBot) -> None:
    form = opened(put(ledger, "增开赶集班车", adoption="采纳", replied=TODAY).id)
    assert any(label.text() == "✓ 已答复" for label in form.bar.findChildren(QLabel))
    form.editors["content"].set_value("增开赶集班车两班")
    form.touched()
    saved(form, qtbot)
    assert stored(form, qtbot).status == ""


def test_a_like_one_is_offered_while_typing_and_joined_with_the_save(
    ledger: Ledger, opened: Any, qtbot: QtBot
) -> None:
    old = put(ledger, "增开柳河镇赶集班车，现在挤不上", place=fakes.place("前沟村"))
    form = opened()
    type_into(form, "date", "j")
    type_into(form, "content", "建议赶集日增开班车")
    qtbot.waitUntil(lambda: form.like.isVisible())
    (found,) = form.like.found
    assert "赶集" in found.why
    before = rows(form, qtbot, lambda ledger: ledger.counter)
    form.go_to(form.like.links[1])
    with qtbot.waitSignal(form.saved):
        press(Qt.Key.Key_Space)
    assert rows(form, qtbot, lambda ledger: ledger.counter) == before + 1
    mains = rows(form, qtbot, lambda ledger: doubles.mains(ledger, [form.record_id]))
    assert mains == {form.record_id: old.id}
    reasons = rows(form, qtbot, lambda ledger: ledger.rows("SELECT reason FROM same_as"))
    assert "赶集" in reasons[0][0]
    assert form.fate.isVisible()
    assert not any(button.isVisible() for button in form.bar.steps.values())


def test_a_like_one_that_lacks_a_field_is_not_joined(
    ledger: Ledger, opened: Any, qtbot: QtBot
) -> None:
    put(ledger, "增开柳河镇赶集班车")
    form = opened()
    type_into(form, "content", "建议增开柳河镇的赶集班车")
    qtbot.waitUntil(lambda: form.like.isVisible())
    form.like.links[1].click()
    assert form._boxes["date"].line.text() == "还没有填"
    assert form._main == ""


def test_one_that_is_not_the_same_is_not_offered_again(
    ledger: Ledger, opened: Any, qtbot: QtBot
) -> None:
    old = put(ledger, "增开柳河镇赶集班车")
    form = opened()
    type_into(form, "date", "j")
    type_into(form, "content", "建议增开柳河镇的赶集班车")
    qtbot.waitUntil(lambda: form.like.isVisible())
    form.go_to(form.like.links[2])
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not form.like.isVisible())
    apart = rows(form, qtbot, lambda ledger: [doubles.kept_apart(ledger)])
    assert apart == [set()]  # nothing is written of what isn't saved
    saved(form, qtbot)
    apart = rows(form, qtbot, lambda ledger: [doubles.kept_apart(ledger)])
    assert apart == [{frozenset((form.record_id, old.id))}]
    assert stored(form, qtbot).content == "建议增开柳河镇的赶集班车"


def test_of_one_on_record_it_is_remembered_at_once(
    ledger: Ledger, opened: Any, qtbot: QtBot
) -> None:
    old, new = put(ledger, "增开柳河镇赶集班车"), put(ledger, "建议增开柳河镇的赶集班车")
    form = opened(new.id)
    qtbot.waitUntil(lambda: form.like.isVisible())
    form.like.links[2].click()
    qtbot.waitUntil(lambda: not form.like.isVisible())
    apart = rows(form, qtbot, lambda ledger: [doubles.kept_apart(ledger)])
    assert apart == [{frozenset((new.id, old.id))}]
    assert not form.is_dirty


def test_looking_at_a_like_one_leaves_the_form(ledger: Ledger, opened: Any, qtbot: QtBot) -> None:
    put(ledger, "增开柳河镇赶集班车", unit="县交通运输局")
    form = opened()
    type_into(form, "content", "建议增开柳河镇的赶集班车")
    qtbot.waitUntil(lambda: form.like.isVisible())
    form.like.links[0].click()
    qtbot.waitUntil(lambda: bool(form.findChildren(messages.Notice)))
    (notice,) = form.findChildren(messages.Notice)
    words = "\n".join(label.text() for label in notice.findChildren(QLabel))
    assert "承办单位：县交通运输局" in words
    notice.close()
    assert form.editors["content"].value() == "建议增开柳河镇的赶集班车"


def test_one_answer_for_all_and_parting(ledger: Ledger, opened: Any, qtbot: QtBot) -> None:
    main, second = put(ledger, "增开赶集班车", unit="县水利局"), put(ledger, "班车太少挤不上")
    with ledger.write("并") as writing:
        doubles.join(ledger, writing, Suggestion.type, second.id, main.id)
    form = opened(main.id)
    assert form.joined.isVisible()
    form.take_step("05")
    type_into(form, "adoption", "采纳")
    type_into(form, "reply_form", "电话")
    type_into(form, "reply", "下月起加开一班")
    saved(form, qtbot)
    for one in (stored(form, qtbot), stored(form, qtbot, second.id)):
        assert (one.status, one.adoption, one.replied, one.reply) == (
            "已反馈", "采纳", TODAY, "下月起加开一班"
        )  # fmt: skip
    with qtbot.waitSignal(form.saved):
        form.joined.wanted_parting.emit(second.id)
    assert not form.joined.isVisible()
    assert rows(form, qtbot, lambda ledger: len(ledger.ids(Query(Suggestion.type)))) == 2


def test_one_that_is_joined_to_an_answered_one_can_get_the_answer(
    ledger: Ledger, opened: Any, qtbot: QtBot
) -> None:
    main = put(ledger, "增开赶集班车", adoption="采纳", replied=TODAY, reply="已加开")
    second = put(ledger, "班车太少挤不上")
    with ledger.write("并") as writing:
        doubles.join(ledger, writing, Suggestion.type, second.id, main.id)
    form = opened(main.id)
    assert stored(form, qtbot, second.id).reply == ""
    answer = form.joined.links[0]
    assert answer.text() == "把答复记到 1 条上"
    with qtbot.waitSignal(form.saved):
        answer.click()
    assert stored(form, qtbot, second.id).reply == "已加开"


def test_a_main_one_is_not_made_void_over_its_joined_ones(
    ledger: Ledger, opened: Any, qtbot: QtBot
) -> None:
    main, second = put(ledger, "增开赶集班车"), put(ledger, "班车太少挤不上")
    with ledger.write("并") as writing:
        doubles.join(ledger, writing, Suggestion.type, second.id, main.id)
    form = opened(main.id)
    form.reason.setText("录错")
    form.void()
    (notice,) = form.findChildren(messages.Notice)
    words = "\n".join(label.text() for label in notice.findChildren(QLabel))
    assert "没有作废" in words
    notice.close()
    assert stored(form, qtbot).removed == ""


def test_into_a_case_and_back(ledger: Ledger, opened: Any, qtbot: QtBot) -> None:
    one = put(ledger, "宅基地界址不清", name="王建国")
    form = opened(one.id)
    with qtbot.waitSignal(form.saved):
        form.bar.wanted_conversion.emit("case")
    (case,) = rows(form, qtbot, lambda ledger: ledger.find(Query(Case.type)))
    assert (case.origin, case.received) == (one.id, TODAY)
    assert form.fate.isVisible()
    with qtbot.waitSignal(form.wanted_record) as wanted:
        form.fate.look.click()
    assert wanted.args == ["case", case.id]
    form.fate.back.click()
    assert form.fate.reason.isVisible()
    press(ENTER, into=form.fate.reason)  # without a reason nothing happens
    assert stored(form, qtbot).converted == TODAY
    write("转错了", form.fate.reason)
    with qtbot.waitSignal(form.saved):
        press(ENTER, into=form.fate.reason)
    assert stored(form, qtbot) == one
    assert rows(form, qtbot, lambda ledger: ledger.get(Case, case.id)).removed == "转错了"
    assert not form.fate.isVisible()


def test_nothing_is_converted_or_printed_over_unsaved_words(
    ledger: Ledger, opened: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened(put(ledger, "宅基地界址不清").id)
    form.editors["content"].set_value("宅基地界址不清，请来量")
    form.touched()
    form.convert("case")
    assert "先保存" in form.status.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: pytest.fail("asked"))
    form.print_paper(REPLY, False)
    assert "先保存" in form.status.text()
    assert rows(form, qtbot, lambda ledger: ledger.ids(Query(Case.type))) == []
    form.set_state(form._clean)


def test_a_letter_is_printed_where_one_wants_it(
    ledger: Ledger, opened: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "答复函.pdf"
    asked: list[str] = []

    def ask(_parent: Any, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(start).name)
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    form = opened(put(ledger, "增开班车 电话13812341234", reply="已加开", replied=TODAY).id)
    form.print_paper(REPLY, False)
    qtbot.waitUntil(lambda: bool(form.findChildren(PaperMade)))
    assert out.read_bytes().startswith(b"%PDF")
    assert asked == ["意见建议答复函-增开班车 电话138**.pdf"]
    for dialog in form.findChildren(PaperMade):
        dialog.close()


def test_a_draft_comes_back_with_who_made_it(opened: Any, qtbot: QtBot) -> None:
    form = opened()
    type_into(form, "content", "增开赶集班车")
    form._person["name"].editor.set_raw("王建国")
    form.keep_draft()
    again = opened(form.record_id)
    assert again.editors["content"].value() == "增开赶集班车"
    assert again._person["name"].editor.value() == "王建国"
    again.set_state(again._clean)
    form.set_state(form._clean)


def test_enter_goes_through_what_can_be_seen(opened: Any, qtbot: QtBot) -> None:
    form = opened()
    form._fold.setChecked(False)
    seen = []
    for _ in range(7):
        seen.append(next(
            (n for n, b in [*form._boxes.items(), *form._person.items()]
             if b.editor.input().hasFocus()), ""))  # fmt: skip
        form.go_on(form.focusWidget())
    assert seen == ["date", "content", "channel", "kind", "place", "name", "phone"]
    assert form.save_button.hasFocus()


def test_tab_goes_from_top_to_bottom_and_round(ledger: Ledger, opened: Any, qtbot: QtBot) -> None:
    """Nothing on the form catches Tab on its way: no field is left out, none comes twice."""
    form = opened(put(ledger, "增开赶集班车", unit="县水利局", name="王建国").id)
    form._fold.setChecked(True)
    wanted = [w for w in form.every_stop() if w.isVisible()]
    wanted[0].setFocus()
    seen = []
    for _ in wanted:
        seen.append(form.focusWidget())
        press(Qt.Key.Key_Tab)
    assert seen == wanted
    assert form.focusWidget() is wanted[0]
    form._fold.setChecked(False)
