"""desktop/core/fields.py: what each kind keeps, refuses, shows and reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import fields as f
from desktop.core.ids import derived_id, new_id

NOON = dt.datetime(2026, 6, 9, 12, 0)

# Every kind with values that it keeps, and values that it refuses.
CASES: list[tuple[f.Kind, list[Any], list[Any]]] = [
    (f.Text(), ["", "柳河镇", "𬭎 ' \" % _ \\"], [None, 1, "两\n行", "两\r行", "铃\x07", "零\0"]),
    (f.LongText(), ["", "一\n二\t三"], [None, b"", "零\0", "\ud83d", "\ufffe店", "末\uffff"]),
    (f.Integer(), [None, 0, 1, 2**53], ["1", 1.0, True, -1, 2**53 + 1]),
    (f.Integer(low=1), [None, 1], [0, -1]),
    (f.Day(), [None, dt.date(2026, 6, 9)], ["2026-06-09", NOON, 20260609]),
    (f.Clock(), [None, dt.time(9, 5)], ["9:05", dt.time(9, 5, 30), NOON]),
    (f.Choice(codes="rank"), ["", "没有的选项"], [None, ("a",), "\udfff"]),
    (f.Choices(codes="rank"), [(), ("甲", "乙")], [None, "甲", ["甲"], (1,), ("",), ("零\0",)]),
    (f.Link(targets=("case",)), ["", derived_id("x")], [None, "张三", "A" * 32, 3]),
    (f.Named(targets=("cadre",)), ["", "张三", derived_id("x")], [None, ("张三",), "\ud800"]),
    (f.NamedList(targets=("place",)), [(), ("前沟村",)], [None, "前沟村", (None,)]),
    (f.Phone(), ["", "13812341234"], [None, 13812341234]),
    (f.IdNumber(), ["", "11010519491231002X"], [None, 1]),
    (f.PersonName(), ["", "欧阳明月"], [None, 1]),
    (f.YesNo(), [None, True, False], [1, 0, "是"]),
    (f.Marks(), [{}, {"date": "台账写的是「9.5」"}], [None, "x", {"date": 3}, {3: "x"}]),
]
KINDS = [type(kind) for kind, _, _ in CASES]


def test_every_kind_is_tried() -> None:
    declared = {c for c in vars(f).values() if isinstance(c, type) and issubclass(c, f.Kind)} - {
        f.Kind
    }
    assert declared == set(KINDS)


@pytest.mark.parametrize(("kind", "good", "bad"), CASES, ids=lambda v: type(v).__name__)
def test_what_a_kind_keeps(kind: f.Kind, good: list[Any], bad: list[Any]) -> None:
    assert kind.problem(kind.empty) == ""
    for value in good:
        assert kind.problem(value) == "", value
        stored = kind.stored(value)
        assert stored is None or isinstance(stored, str | int)
        assert kind.load(stored) == value
        assert type(kind.load(stored)) is type(value)
    for value in bad:
        assert kind.problem(value), value


@pytest.mark.parametrize(("kind", "good", "bad"), CASES, ids=lambda v: type(v).__name__)
def test_an_empty_value_is_empty_everywhere(kind: f.Kind, good: Any, bad: Any) -> None:
    assert kind.text(kind.empty) == ""
    assert kind.stored(kind.empty) in ("", None)
    if not isinstance(kind, f.Marks):
        assert kind.parse("") == kind.empty
        assert kind.parse(" 　\n") == kind.empty


@pytest.mark.parametrize(
    ("words", "number"),
    [("12", 12), (" １２ ", 12), ("+5", 5), ("-3", -3), ("007", 7)],
)
def test_integer_reads_digits(words: str, number: int) -> None:
    assert f.Integer().parse(words) == number


@pytest.mark.parametrize("words", ["1_000", "十二", "12.5", "1e3", "约50", "0x1f", "9" * 5000])
def test_integer_refuses_the_rest(words: str) -> None:
    with pytest.raises(ValueError, match="不是整数"):
        f.Integer().parse(words)


@pytest.mark.parametrize(
    "words",
    ["9:05", "09:05", "0905", "905", "9时5分", "9时05分", "9点5分", "9：05", "９：０５", "9.05"],
)
def test_clock_reads_what_clerks_write(words: str) -> None:
    assert f.Clock().parse(words) == dt.time(9, 5)


@pytest.mark.parametrize(("words", "hour"), [("9时", 9), ("9点", 9), ("14", 14), ("0点", 0)])
def test_clock_reads_full_hours(words: str, hour: int) -> None:
    assert f.Clock().parse(words) == dt.time(hour)


@pytest.mark.parametrize("words", ["25:00", "9:60", "上午", "9:05:30", "2400", "9:5:5", "-9"])
def test_clock_refuses_the_rest(words: str) -> None:
    with pytest.raises(ValueError, match="不是时间"):
        f.Clock().parse(words)


def test_day_reads_what_clerks_write() -> None:
    day = dt.date(2023, 9, 5)
    for words in ("2023-09-05", "2023.9.5", "2023年9月5日", "20230905", "二〇二三年九月五日"):
        assert f.Day().parse(words) == day
    for words in ("9月5日", "2023年9月", "2023-02-30", "昨天"):
        with pytest.raises(ValueError, match=r"[^\x00-\x7f]"):
            f.Day().parse(words)


@pytest.mark.parametrize(
    "words",
    ["座谈、问卷", "座谈，问卷", "座谈,问卷", "座谈；问卷", "座谈;问卷", "座谈、、 问卷、座谈\n"],
)
def test_choices_are_split_at_what_clerks_write(words: str) -> None:
    assert f.Choices().parse(words) == ("座谈", "问卷")
    assert f.NamedList().parse(words) == ("座谈", "问卷")


@pytest.mark.parametrize(
    ("words", "value"), [("是", True), ("√", True), ("0", False), ("无", False)]
)
def test_yes_no_reads_marks(words: str, value: bool) -> None:
    assert f.YesNo().parse(words) is value


def test_yes_no_does_not_guess() -> None:
    with pytest.raises(ValueError, match="看不出"):
        f.YesNo().parse("可能")


def test_words_are_cleaned_at_the_edge() -> None:
    assert f.LongText().parse(" 一\r\n二\r三\x07\0 ") == "一\n二\n三"
    assert f.Text().parse("\ud83d柳河\u3000") == "柳河"


@given(st.text())
def test_what_a_text_kind_parsed_may_be_kept(words: str) -> None:
    for kind in (f.LongText(), f.Choice(), f.Named(), f.PersonName(), f.Choices(), f.NamedList()):
        assert kind.problem(kind.parse(words)) == ""
    assert f.Text().problem(f.Text().parse(words.replace("\n", " ").replace("\r", " "))) == ""


def test_a_parent_link_is_null_when_empty() -> None:
    kind = f.Link(targets=("activity",), parent=True)
    assert kind.target == "activity"
    assert kind.stored("") is None
    assert kind.load(None) == ""
    assert f.Link(targets=("case",)).stored("") == ""


def test_ids_are_told_from_words() -> None:
    assert f.is_id(new_id())
    for words in ("", "张三", "a" * 31, "a" * 33, "A" * 32, "g" * 32, "a" * 32 + "\n"):
        assert not f.is_id(words)


def test_labels_in_order_and_quotes_survive_storage() -> None:
    kind = f.Choices()
    value = ('他说"好"', "𬭎", "乙", "a,b", "反\\斜")
    assert kind.load(kind.stored(value)) == value
