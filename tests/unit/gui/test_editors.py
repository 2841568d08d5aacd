"""The editors of all kinds, at the keyboard."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.core import fields as f
from desktop.gui.day_editor import DayEditor, read_day
from desktop.gui.desk import Desk
from desktop.gui.editors import EDITORS, make_editor
from desktop.gui.plain_editors import PRIVATE
from tests import fakes
from tests.unit.gui import keys

TODAY = dt.date(2026, 11, 23)
PLACES = ("place", "unit")


def field(kind: f.Kind, **more: Any) -> f.Field:
    return f.Field("标签", kind, "some", **more)


@pytest.fixture
def make(qtbot: QtBot, desk: Desk):
    """An editor for a kind, shown and with the focus."""
    desk.today = lambda: TODAY

    def made(kind: f.Kind) -> Any:
        editor = make_editor(field(kind), desk)
        qtbot.addWidget(editor)
        with qtbot.waitExposed(editor):
            editor.show()
        editor.activateWindow()
        editor.input().setFocus()
        qtbot.waitUntil(editor.input().hasFocus)
        return editor

    return made


def test_every_kind_has_an_editor() -> None:
    kinds = {type(x.kind) for t in fakes_types() for x in t.columns}
    assert kinds - EDITORS.keys() == {f.Marks}


def fakes_types() -> Any:
    from desktop.records import RECORD_TYPES

    return RECORD_TYPES.values()


@pytest.mark.parametrize("kind", list(EDITORS), ids=lambda k: k.__name__)
def test_an_editor_starts_empty_labelled_and_in_reach(make, kind: type[f.Kind]) -> None:
    editor = make(kind())
    assert editor.value() == kind.empty
    assert editor.is_empty
    assert not editor.problem()
    assert editor.input().accessibleName().startswith("标签")
    assert editor.input().focusPolicy() & Qt.FocusPolicy.TabFocus
    if isinstance(editor.input(), QLineEdit):
        assert editor.input().completer() is None
    assert not editor.findChildren(QCompleter)


# --- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今", TODAY),
        ("j", TODAY),
        ("昨", dt.date(2026, 11, 22)),
        ("11-20", dt.date(2026, 11, 20)),
        ("9.5", dt.date(2026, 9, 5)),
        ("1120", dt.date(2026, 11, 20)),
        ("２０２６年１１月２０日", dt.date(2026, 11, 20)),
        ("二〇二六年十一月二十日", dt.date(2026, 11, 20)),
        ("20261120", dt.date(2026, 11, 20)),
        ("2026-11-20 周五", dt.date(2026, 11, 20)),
        ("1-5", dt.date(2027, 1, 5)),
        ("", None),
    ],
)
def test_a_day_is_read_as_clerks_write_it(words: str, day: dt.date | None) -> None:
    assert read_day(words, TODAY) == day


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert read_day("12-30", dt.date(2027, 1, 3)) == dt.date(2026, 12, 30)


@pytest.mark.parametrize(
    ("words", "day"), [("30天", dt.date(2026, 12, 20)), ("+15", dt.date(2026, 12, 5))]
)
def test_a_due_day_counts_from_the_trip(words: str, day: dt.date) -> None:
    assert read_day(words, TODAY, since=dt.date(2026, 11, 20)) == day
    assert read_day("11-19", TODAY, since=dt.date(2026, 11, 20)) == dt.date(2027, 11, 19)


@pytest.mark.parametrize("words", ["2-30", "下旬", "明明", "农历正月初五", "2026-11"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_day(words, TODAY)


def test_day_editor(make) -> None:
    editor: DayEditor = make(f.Day())
    keys.write("11-20")
    assert editor.value() == dt.date(2026, 11, 20)
    keys.press(Qt.Key.Key_Up)
    assert editor.line.text() == "2026-11-21 周六"
    keys.press(Qt.Key.Key_Down)
    assert editor.value() == dt.date(2026, 11, 20)
    editor.line.clear()
    keys.write("2-30")
    assert editor.problem()
    assert editor.value() is None
    assert editor.raw() == "2-30"
    editor.tidy()
    assert editor.line.text() == "2-30", "what can't be read stays as it was typed"


def test_a_day_to_come_is_marked_where_it_has_happened(make) -> None:
    editor: DayEditor = make(f.Day())
    editor.set_value(dt.date(2026, 11, 24))
    assert not editor.mark()
    editor.past = True
    assert editor.mark()


# --- plain ones ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        (f.Integer(unit="人次"), "５８", 58),
        (f.Integer(unit="人次"), "58人次", 58),
        (f.Integer(unit="人"), " 1,200 ", 1200),
        (f.Clock(), "9时5分", dt.time(9, 5)),
        (f.Phone(), "138 1234 1234", "13812341234"),
        (f.PersonName(), " 欧阳 明月 ", "欧阳明月"),
        (f.IdNumber(), "11010519491231002x", "11010519491231002X"),
        (f.Text(), "  路灯 ", "路灯"),
        (f.LongText(), "  第一行\n第二行 ", "第一行\n第二行"),
    ],
)
def test_words_become_a_value(make, kind: f.Kind, words: str, value: Any) -> None:
    editor = make(kind)
    editor.set_raw(words)
    assert editor.value() == value
    assert not editor.problem()
    assert not editor.mark()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (f.Integer(), "五十八"),
        (f.Integer(low=1), "0"),
        (f.Integer(), "-1"),
        (f.Clock(), "25:00"),
        (f.Phone(), "1.38E+10"),
        (f.IdNumber(), "1" * 17),
        (f.IdNumber(), "1" * 19),
    ],
)
def test_what_cannot_be_read_is_refused_and_stays(make, kind: f.Kind, words: str) -> None:
    editor = make(kind)
    editor.set_raw(words)
    assert editor.problem()
    assert editor.value() == kind.empty
    assert not editor.is_empty
    assert editor.raw() == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (f.Integer(unit="人次"), "0"),
        (f.Phone(), "12812341234"),
        (f.IdNumber(), "110105194912310021"),
    ],
)
def test_what_is_unlikely_is_kept_with_a_mark(make, kind: f.Kind, words: str) -> None:
    editor = make(kind)
    editor.set_raw(words)
    assert not editor.problem()
    assert editor.value() != kind.empty
    assert editor.mark()


def test_half_typed_chinese_is_taken_over_before_saving(make, qtbot: QtBot) -> None:
    editor = make(f.Text())
    committed: list[str] = []
    method = QApplication.inputMethod()
    keys.compose("lu'deng", editor.line)
    assert editor.line.text() == ""
    method.commit = lambda: committed.append("asked")  # the platform's method is none here
    try:
        editor.commit_ime()
    finally:
        del method.commit


def test_long_text_grows_and_enter_goes_on(make, qtbot: QtBot) -> None:
    editor = make(f.LongText())
    height = editor.text.height()
    with qtbot.waitSignal(editor.passed):
        keys.press(keys.ENTER)
    assert editor.value() == ""
    for _ in range(4):
        keys.press(keys.ENTER, Qt.KeyboardModifier.ShiftModifier)
    assert editor.text.height() > height


def test_yes_no_has_three_answers(make) -> None:
    editor = make(f.YesNo())
    for key, answer in (
        (Qt.Key.Key_Y, True),
        (Qt.Key.Key_N, False),
        (Qt.Key.Key_Delete, None),
        (Qt.Key.Key_Space, True),
        (Qt.Key.Key_Space, None),
    ):
        keys.press(key)
        assert editor.value() is answer


@pytest.mark.parametrize("kind", [f.Phone(), f.PersonName(), f.IdNumber()])
def test_a_covered_value_is_whole_but_not_shown(make, kind: f.Kind) -> None:
    editor = make(kind)
    assert isinstance(editor, PRIVATE)
    value = {f.Phone: "13812341234", f.PersonName: "王小明"}.get(type(kind), "11010519491231002X")
    editor.set_value(value)
    editor.cover()
    assert value not in editor.line.text()
    assert editor.value() == value
    assert editor.raw() == value
    assert not editor.problem()
    editor.uncover()
    assert editor.line.text() == value


# --- picking ------------------------------------------------------------------------------------


def test_choice_by_digit_initials_or_part(make) -> None:
    for words, label in (("2", "限期解决"), ("xq", "限期解决"), ("解释", "解释说明")):
        editor = make(f.Choice(codes="problem_decision"))
        keys.write(words)
        keys.press(keys.ENTER)
        assert editor.value() == label


def test_choice_never_takes_the_first_by_itself(make, qtbot: QtBot) -> None:
    editor = make(f.Choice(codes="problem_decision"))
    assert editor.picking.is_open, "the list shows what there is"
    with qtbot.waitSignal(editor.passed):
        keys.press(keys.ENTER)
    assert editor.value() == ""


def test_choice_goes_through_the_list(make) -> None:
    editor = make(f.Choice(codes="problem_decision"))
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Down)
    keys.press(keys.ENTER)
    assert editor.value() == "限期解决"


def test_another_label_is_kept_and_says_so(make) -> None:
    editor = make(f.Choice(codes="problem_decision"))
    keys.write("转村里办")
    keys.press(keys.ENTER)
    editor.tidy()
    assert editor.value() == "转村里办"
    assert editor.line.hint == "新选项"


def test_initials_count_without_enter(make) -> None:
    editor = make(f.Choice(codes="problem_decision"))
    keys.write("xcjj")
    editor.settle()
    assert editor.value() == "现场解决"


def test_several_choices(make) -> None:
    editor = make(f.Choices(codes="research_method"))
    keys.write("zt")
    keys.press(keys.ENTER)
    keys.write("走访、看现场，")
    assert editor.value() == ("座谈", "走访", "看现场")
    keys.press(Qt.Key.Key_Backspace)
    assert editor.value() == ("座谈", "走访")


def test_a_place_by_initials(make, qtbot: QtBot) -> None:
    editor = make(f.Named(targets=PLACES))
    keys.write("lhz")
    qtbot.waitUntil(lambda: editor.picking.is_open)
    keys.press(keys.ENTER)
    assert editor.value() == fakes.place("柳河镇")
    assert editor.line.text() == "柳河镇"


def test_enter_may_come_before_the_answer(make, qtbot: QtBot) -> None:
    editor = make(f.Named(targets=PLACES))
    with qtbot.waitSignal(editor.passed):
        keys.write("qgc")
        keys.press(keys.ENTER)
    qtbot.waitUntil(lambda: editor.value() == fakes.place("前沟村"))


def test_a_full_name_is_the_record_of_that_name(make, qtbot: QtBot) -> None:
    editor = make(f.Named(targets=PLACES))
    keys.write("前沟村")
    editor.picking.close()
    editor.tidy()
    qtbot.waitUntil(lambda: editor.value() == fakes.place("前沟村"))


def test_what_no_register_knows_is_kept_as_written(make, qtbot: QtBot) -> None:
    editor = make(f.Named(targets=("cadre",)))
    keys.write("李镇长")
    qtbot.wait(100)
    keys.press(keys.ENTER)
    editor.tidy()
    qtbot.wait(100)
    assert editor.value() == "李镇长"
    assert editor.line.hint


def test_a_link_must_lead_somewhere(make, qtbot: QtBot) -> None:
    editor = make(f.Link(targets=("place",)))
    keys.write("没有的地方")
    qtbot.wait(100)
    assert editor.problem()
    assert editor.value() == ""
    editor.line.clear()
    keys.write("qgc")
    qtbot.waitUntil(lambda: editor.picking.is_open)
    keys.press(keys.ENTER)
    assert editor.value() == fakes.place("前沟村")
    assert not editor.problem()


def test_places_become_chips(make, qtbot: QtBot) -> None:
    editor = make(f.NamedList(targets=PLACES))
    for words in ("qgc", "hyc"):
        keys.write(words)
        qtbot.waitUntil(lambda: editor.picking.is_open)
        keys.press(keys.ENTER)
    keys.write("李庄集市")
    qtbot.wait(100)
    keys.press(keys.ENTER)
    assert editor.value() == (fakes.place("前沟村"), fakes.place("后塬村"), "李庄集市")
    assert [c.hollow for c in editor.chips.chips] == [False, False, True]
    with qtbot.waitSignal(editor.passed):
        keys.press(keys.ENTER)


def test_full_names_in_a_list_are_the_records_of_those_names(make, qtbot: QtBot) -> None:
    editor = make(f.NamedList(targets=PLACES))
    keys.write("前沟村、后塬村、")
    wanted = (fakes.place("前沟村"), fakes.place("后塬村"))
    qtbot.waitUntil(lambda: editor.value() == wanted)


def test_an_id_is_shown_by_its_name(make, qtbot: QtBot) -> None:
    one = make(f.Named(targets=PLACES))
    one.set_value(fakes.place("前沟村"))
    qtbot.waitUntil(lambda: one.line.text() == "前沟村")
    many = make(f.NamedList(targets=PLACES))
    many.set_value((fakes.place("后塬村"), "集市"))
    qtbot.waitUntil(lambda: [c.label for c in many.chips.chips] == ["后塬村", "集市"])
    assert many.value() == (fakes.place("后塬村"), "集市")


def test_a_draft_brings_back_names_and_ids(make) -> None:
    for kind in (f.Named(targets=PLACES), f.NamedList(targets=PLACES)):
        editor, other = make(kind), make(kind)
        value = fakes.place("前沟村")
        editor.desk.words[value] = "前沟村"
        editor.set_value(value if isinstance(kind, f.Named) else (value, "集市"))
        other.set_raw(editor.raw())
        assert other.value() == editor.value()
        assert other.raw() == editor.raw()


def test_field_with_help_says_it(make, desk: Desk, qtbot: QtBot) -> None:
    editor = make_editor(dataclasses.replace(field(f.Text()), help="到村即可"), desk)
    qtbot.addWidget(editor)
    assert editor.input().accessibleDescription() == "到村即可"
