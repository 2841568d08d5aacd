"""desktop/core/periods.py: periods in words."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.core.periods import day_words, period_words

D = dt.date


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (D(2023, 1, 1), D(2023, 12, 31), "2023年"),
        (D(2023, 1, 1), D(2023, 6, 30), "2023年上半年"),
        (D(2023, 7, 1), D(2023, 12, 31), "2023年下半年"),
        (D(2023, 1, 1), D(2023, 3, 31), "2023年第一季度"),
        (D(2023, 10, 1), D(2023, 12, 31), "2023年第四季度"),
        (D(2024, 2, 1), D(2024, 2, 29), "2024年2月"),
        (D(2023, 2, 1), D(2023, 5, 31), "2023年2月至5月"),
        (D(2023, 1, 5), D(2023, 3, 2), "2023年1月5日至3月2日"),
        (D(2024, 2, 1), D(2024, 2, 28), "2024年2月1日至2月28日"),
        (D(2023, 9, 5), D(2023, 9, 5), "2023年9月5日"),
        (D(2023, 12, 1), D(2024, 1, 31), "2023年12月1日至2024年1月31日"),
    ],
)
def test_a_period_in_words(first: D, last: D, words: str) -> None:
    assert period_words(first, last) == words


def test_a_day_in_words() -> None:
    assert day_words(D(2026, 6, 9)) == "2026年6月9日"
