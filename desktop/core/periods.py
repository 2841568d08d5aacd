"""Periods in words: 2023年, 2023年第一季度, 2023年1月5日至3月2日 (GB/T 15835: dates in full)."""

from __future__ import annotations

import calendar
import datetime as dt

WEEK = "一二三四五六日"
"""The days of a week, Monday first."""


def day_words(day: dt.date) -> str:
    """2026年6月9日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def period_words(first: dt.date, last: dt.date) -> str:
    """The period from the first to the last day, as short as it can be said."""
    whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if first.year == last.year and whole_months:
        months = (first.month, last.month)
        named = {(1, 12): "", (1, 6): "上半年", (7, 12): "下半年"}
        quarters = {(1, 3): "一", (4, 6): "二", (7, 9): "三", (10, 12): "四"}
        if months in named:
            return f"{first.year}年{named[months]}"
        if months in quarters:
            return f"{first.year}年第{quarters[months]}季度"
        if first.month == last.month:
            return f"{first.year}年{first.month}月"
        return f"{first.year}年{first.month}月至{last.month}月"
    if first == last:
        return day_words(first)
    end = day_words(last)
    if first.year == last.year:
        end = end.removeprefix(f"{last.year}年")
    return f"{day_words(first)}至{end}"
