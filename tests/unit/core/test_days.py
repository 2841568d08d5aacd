"""Days in every form that clerks write, and what must be refused."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.days import find_year, parse_day

DAY = date(2023, 9, 5)
HANZI = "〇一二三四五六七八九"
days = st.dates(date(1995, 1, 1), date(2069, 12, 31))


def _hanzi(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else HANZI[tens]) + "十" if tens else ""
    return head + (HANZI[ones] if ones else "")


def _hanzi_year(year: int) -> str:
    return "".join(HANZI[int(digit)] for digit in str(year))


FORMS = (
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{_hanzi_year(d.year)}年{_hanzi(d.month)}月{_hanzi(d.day)}日",
    lambda d: _hanzi_year(d.year).replace("〇", "○") + f"年{_hanzi(d.month)}月{_hanzi(d.day)}日",
    lambda d: f"{d:%Y%m%d}",
    lambda d: int(f"{d:%Y%m%d}"),
    lambda d: float(f"{d:%Y%m%d}"),
    lambda d: (d - date(1899, 12, 30)).days,
    lambda d: (d - date(1899, 12, 30)).days + 0.75,
    lambda d: str((d - date(1899, 12, 30)).days),
    lambda d: f"{d.year}.{d.month}.{d.day}".translate(
        str.maketrans("0123456789.", "０１２３４５６７８９．")
    ),
    lambda d: datetime.combine(d, time(9, 30)),
    lambda d: d,
    lambda d: f"{d} 09:30:00",
    lambda d: f"{d}T09:30",
    lambda d: f"{d.year}年{d.month}月{d.day}日（星期{'一二三四五六日'[d.weekday()]}）",
    lambda d: f"{d.year}.{d.month}.{d.day} 周{'一二三四五六日'[d.weekday()]} 上午",
)


@given(days, st.sampled_from(FORMS))
def test_every_form_gives_the_day_back(day, form):
    assert parse_day(form(day)) == (day, False, "")


@given(
    days,
    st.sampled_from(
        [
            lambda d: f"{d.month}月{d.day}日",
            lambda d: f"{d.month}.{d.day}",
            lambda d: f"{d.month}-{d.day}",
            lambda d: f"{d.month}/{d.day}",
        ]
    ),
)
def test_without_year(day, form):
    assert parse_day(form(day), year=day.year).day == day
    assert parse_day(form(day), on_or_after=day).day == day
    assert "年份" in parse_day(form(day)).problem


@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    read = parse_day(text, year=2023)
    assert read.day is None or not read.problem


@pytest.mark.parametrize(
    ("value", "year", "day"),
    [
        ("二〇二三年十一月廿日", None, date(2023, 11, 20)),
        ("二零二三年十一月二十日", None, date(2023, 11, 20)),
        ("二O二三年九月十日", None, date(2023, 9, 10)),
        ("2023年9月5号", None, DAY),
        ("2023.9.5.", None, DAY),
        ("2023，9，5", None, DAY),
        ("2023年9月5日14时30分", None, DAY),
        ("2023.09.05 9：00—11：00", None, DAY),
        ("元月5日", 2023, date(2023, 1, 5)),
        (9.5, 2023, DAY),
        (9.11, 2023, date(2023, 9, 11)),
        (2.3, 2023, date(2023, 2, 3)),
        ("'23.9.5", 2023, DAY),
    ],
)
def test_read_for_certain(value, year, day):
    assert parse_day(value, year) == (day, False, "")


@pytest.mark.parametrize(
    "text",
    [
        "9月5日-6日",
        "2023.9.5-9.6",
        "2023-09-05~2023-09-06",
        "9月5、6日",
        "20230905-20230906",
        "2023年9月5日至10月8日",
        "23.9.5",
        "23年9月5日",
        "2023年9月5日前",
    ],
)
def test_read_with_a_guess(text):
    year = None if text.startswith("23") else 2023
    assert parse_day(text, year) == (DAY, True, "")


@pytest.mark.parametrize(
    "value",
    [
        9.1,
        9.2,
        9.3,
        "12.9.5",
        "2023年9月",
        "2023.9",
        2023.9,
        "202309",
        "230905",
        "20231345",
        "2023.2.30",
        "2023年2月29日",
        "待定",
        "长期",
        "农历八月初一",
        "2023年9月上旬",
        "5/9/2023",
        True,
        0,
        1,
        -5,
        1e18,
        float("nan"),
        "13.5",
        "2023.9.5-9.3",
        date(1900, 1, 9),
        "0023.9.5",
        "2023.9.5已办",
        object(),
    ],
)
def test_refused_with_a_reason(value):
    read = parse_day(value, year=2023)
    assert read.day is None
    assert read.problem


@pytest.mark.parametrize("value", [None, "", "  ", "/", "——", "无", "\u200b"])
def test_blank(value):
    assert parse_day(value) == (None, False, "")


def test_deadline_is_the_first_such_day_on_or_after():
    after = date(2023, 11, 7)
    assert parse_day("1月6日", year=2023, on_or_after=after).day == date(2024, 1, 6)
    assert parse_day("11.7", year=2023, on_or_after=after).day == after
    assert parse_day("2月29日", on_or_after=date(2023, 3, 1)).day == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("大岭乡2023年宣讲活动台账", 2023),
        ("二〇二三年度", 2023),
        ("2023年1月台账", 2023),
        ("2023年度台账（填报时间：2024年1月5日）", 2023),
        ("20231225宣讲.xlsx", 2023),
        ("宣讲台账2023", 2023),
        ("2022—2023年", None),
        ("2023-2024年度", None),
        ("大岭乡", None),
        ("13800002023", None),
    ],
)
def test_find_year(text, year):
    assert find_year(text) == year
