"""Counts as clerks write them, and digits of number cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.quantities import parse_count, text_of_number

HANZI = "〇一二三四五六七八九"
numbers = st.integers(0, 9999)


def _hanzi(number: int) -> str:
    """The spoken form: 1203 -> 一千二百〇三."""
    if number == 0:
        return "〇"
    words, gap = "", False
    for weight, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // weight % 10
        if digit:
            words += ("〇" if gap else "") + HANZI[digit] + unit
            gap = False
        elif words:
            gap = number % weight > 0
    return words


CERTAIN = (
    str,
    float,
    int,
    lambda n: f"{n}人次",
    lambda n: f" {n} 人 ",
    lambda n: f"{n:,}",
    lambda n: f"共{n}人",
    lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    lambda n: f"{n}.0",
    lambda n: _hanzi(n) + "人",
)
VAGUE = (
    lambda n: f"约{n}人",
    lambda n: f"{n}余人次",
    lambda n: f"{n}多人",
    lambda n: f"{n}人左右",
    lambda n: f"近{n}人",
    lambda n: f"{n}+",
    lambda n: f"{n}（其中党员5人）",
)


@given(numbers, st.sampled_from(CERTAIN))
def test_certain_forms(number, form):
    assert parse_count(form(number)) == (number, False, "")


@given(numbers, st.sampled_from(VAGUE))
def test_vague_forms_are_marked(number, form):
    assert parse_count(form(number)) == (number, True, "")


@given(st.text(max_size=20))
def test_no_text_breaks_it(text):
    read = parse_count(text)
    assert read.number is None or not read.problem


@pytest.mark.parametrize(
    ("value", "number", "guessed"),
    [
        ("近百人", 100, True),
        ("十余人", 10, True),
        ("百余人", 100, True),
        ("两百人", 200, False),
        ("一百二十人", 120, False),
        ("1.2万", 12000, False),
        ("1.13万人次", 11300, False),
        ("30人/次", 30, False),
        ("50人（次）", 50, False),
        ("一万五千", 15000, False),
    ],
)
def test_words(value, number, guessed):
    assert parse_count(value) == (number, guessed, "")


@pytest.mark.parametrize(
    "value",
    [
        "12.5",
        12.5,
        "三五人",
        "几十人",
        "数十人",
        "若干",
        "二三十人",
        "5-6人",
        "5~6",
        -5,
        "-5",
        "负三",
        1e17,
        float("nan"),
        True,
        "abc",
        "一百二",
        "一万五",
        "1,2",
        "100000000000",
        "990821198001010018",
    ],
)
def test_refused_with_a_reason(value):
    read = parse_count(value)
    assert read.number is None
    assert read.problem


@pytest.mark.parametrize("value", [None, "", " ", "/", "—", "无"])
def test_blank(value):
    assert parse_count(value) == (None, False, "")


def test_digits_of_a_number_cell():
    assert text_of_number(19900004865.0) == ("19900004865", "")
    assert text_of_number(3) == ("3", "")
    assert text_of_number(990821198001010018.0).text == ""
    assert "丢失" in text_of_number(9.9e17).problem
