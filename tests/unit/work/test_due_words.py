"""Due dates in words."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.work.due_words import due_words

DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("left", "words"), [(-3, "● 超期3天"), (0, "◐ 今天到期"), (1, "◐ 还有1天")]
)
def test_words(left: int, words: str) -> None:
    assert due_words(DAY + dt.timedelta(left), DAY) == words


def test_no_day_no_words() -> None:
    assert due_words(None, DAY) == ""


def test_what_is_far_off_says_nothing_where_a_limit_is_given() -> None:
    assert due_words(DAY + dt.timedelta(5), DAY, within=5) == "◐ 还有5天"
    assert due_words(DAY + dt.timedelta(6), DAY, within=5) == ""
    assert due_words(DAY - dt.timedelta(1), DAY, within=5) == "● 超期1天"
