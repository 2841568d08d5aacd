"""Days, due days and times of day in running words.

A day without a year is the nearest such day, as in a form; "30日内" counts from the trip.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from desktop.core.days import parse_day

_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_FULL = rf"(?:20\d\d)[年./\-]\s?{_NUM}[月./\-]\s?{_NUM}[日号]?"
_SHORT = rf"(?:(?:今|去|前)年)?{_NUM}月\s?{_NUM}[日号]?"
_DOTTED = (
    r"(?<![\d.])(?:1[0-2]|0?[1-9])[./\-](?:3[01]|[12]\d|0?[1-9])"
    r"(?![\d.]*(?:\d|万|亿|元|亩|公里|米|千|%|小时|个|批|人|户))"
)
_DAY = re.compile(f"{_FULL}|{_SHORT}|{_DOTTED}")
_OF_MONTH = re.compile(
    rf"(?P<month>本月|上个?月|这个?月)(?P<day>{_NUM})[日号]|(?<![\d月])(?P<only>{_NUM})[日号](?!楼|地块|线|院|桥|机)"
)
_RELATIVE = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "后天": 2,
}
_NEAR = re.compile("|".join(_RELATIVE))
_WEEKDAY = re.compile(
    r"(?P<which>上上个?|上个?|本|这个?|下个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?!围|边|到|密|全|年|期|转|报)"
)
_AFTER = re.compile(r"^(?:之?前|以前|内|之内|以内)")
_BEFORE_DUE = re.compile(r"(?:限|限期|务必|力争)(?:于|在)?$")
_WITHIN = re.compile(
    r"(?:限期?|于|在|要求)?(?P<days>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<unit>个?工作日|天|日|个月|周|个星期)(?:之|以)?内"
    r"(?:完成|解决|办结|整改|答复|落实|到位|办理|回复|修复|处理)*"
)
_UNTIL = re.compile(
    rf"(?:限期?|于|在|务必)?(?:于|在)?(?P<day>{_FULL}|{_SHORT}|{_DOTTED}|月底|本月底|年底|下周[一二三四五六日])(?:之|以)?前"
    r"(?:完成|解决|办结|整改|答复|落实|到位|办理|回复|修复|处理)*"
)
_PERIOD = r"(?:上午|下午|中午|早上|晚上|傍晚)?"
_HOUR = (
    rf"{_PERIOD}(?:\d{{1,2}}[:：]\d{{2}}|\d{{1,2}}[点时](?:半|\d{{1,2}}分?|整)?"
    r"|[一二三四五六七八九十]{1,2}点(?:半|整)?)"
)
_CLOCK = re.compile(rf"(?P<first>{_HOUR})(?:\s*(?:[-—–~至到]|至)\s*(?P<last>{_HOUR}))?(?:左右)?")
_HANZI = {h: n for n, h in enumerate("〇一二三四五六七八九")}


@dataclass(frozen=True)
class DayFound:
    """A day, where it stands in the words, and why a person should look."""

    start: int
    end: int
    day: dt.date
    mark: str = ""


@dataclass(frozen=True)
class ClockFound:
    """A time of day, or two."""

    start: int
    end: int
    first: dt.time
    last: dt.time | None = None


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.partition("十")
    if not ten:
        return int("".join(str(_HANZI.get(h, 0)) for h in words) or 0)
    return (_HANZI.get(tens, 1) if tens else 1) * 10 + (_HANZI.get(ones, 0) if ones else 0)


def nearest_day(words: str, today: dt.date) -> dt.date | None:
    """The nearest day that is written so; None if there is none."""
    plain = words.replace(" ", "")
    for word, by in (("今年", 0), ("去年", -1), ("前年", -2)):
        if plain.startswith(word):
            return parse_day(plain.removeprefix(word), today.year + by).day
    days = [parse_day(plain, today.year + by).day for by in (0, -1, 1)]
    return min((d for d in days if d), key=lambda d: abs(d - today), default=None)


def find_day(text: str, today: dt.date) -> DayFound | None:
    """The day of which the words speak first; a day before which something is due is none."""
    found = [*_written(text, today), *_spoken(text, today), *_weekdays(text, today)]
    one = min(found, key=lambda f: (f.start, -f.end), default=None)
    if one is not None and one.day > today:
        return DayFound(one.start, one.end, one.day, "日期在今天以后，请核对")
    return one


def _written(text: str, today: dt.date) -> list[DayFound]:
    found = []
    for match in _DAY.finditer(text):
        due = _AFTER.match(text[match.end() :]) or _BEFORE_DUE.search(text[: match.start()])
        day = None if due or "\x00" in match[0] else nearest_day(match[0], today)
        if day is not None:
            found.append(DayFound(*match.span(), day))
    return found


def _spoken(text: str, today: dt.date) -> list[DayFound]:
    found = [
        DayFound(*m.span(), today + dt.timedelta(_RELATIVE[m[0]])) for m in _NEAR.finditer(text)
    ]
    for match in _OF_MONTH.finditer(text):
        if _AFTER.match(text[match.end() :]):
            continue
        number = _number(match["day"] or match["only"])
        first = today.replace(day=1)
        if (match["month"] or "").startswith("上") or (not match["month"] and number > today.day):
            first = (first - dt.timedelta(1)).replace(day=1)
        try:
            found.append(DayFound(*match.span(), first.replace(day=number)))
        except ValueError:
            continue
    return found


def _weekdays(text: str, today: dt.date) -> list[DayFound]:
    found = []
    for match in _WEEKDAY.finditer(text):
        if _AFTER.match(text[match.end() :]):
            continue
        number = "一二三四五六日".find(match["day"].replace("天", "日"))
        day = today - dt.timedelta(today.weekday()) + dt.timedelta(number)
        which = (match["which"] or "").replace("个", "")
        weeks = {"上上": -2, "上": -1, "下": 1}.get(which, 0)
        if not which and day > today:
            weeks = -1  # 周五, said on a Monday, is the last one
        day += dt.timedelta(7 * weeks)
        mark = "" if which else f"按最近的周{match['day']}，请核对"
        found.append(DayFound(*match.span(), day, mark))
    return found


def find_due(text: str, since: dt.date) -> DayFound | None:
    """The day until which something is to be done; "30日内" counts from `since`."""
    for match in _WITHIN.finditer(text):
        if "\x00" in match[0]:
            continue
        days = _number(match["days"])
        unit = match["unit"]
        if "月" in unit:
            days *= 30
        elif "周" in unit or "星期" in unit:
            days *= 7
        return DayFound(*match.span(), since + dt.timedelta(days))
    for match in _UNTIL.finditer(text):
        day = None if "\x00" in match[0] else _until(match["day"], since)
        if day is not None:
            return DayFound(*match.span(), day)
    return None


def _until(words: str, since: dt.date) -> dt.date | None:
    if words.endswith("月底"):
        following = (since.replace(day=1) + dt.timedelta(32)).replace(day=1)
        return following - dt.timedelta(1)
    if words == "年底":
        return dt.date(since.year, 12, 31)
    if words.startswith("下周"):
        monday = since - dt.timedelta(since.weekday()) + dt.timedelta(7)
        return monday + dt.timedelta("一二三四五六日".find(words[-1]))
    return parse_day(re.sub(r"^[今去前]年", "", words), on_or_after=since).day


def find_clock(text: str) -> ClockFound | None:
    """The time of day, or from when until when."""
    for match in _CLOCK.finditer(text):
        if "\x00" in match[0]:
            continue
        first = _time(match["first"])
        last = _time(match["last"], first) if match["last"] else None
        if first is not None and (last is None or last > first):
            return ClockFound(*match.span(), first, last)
    return None


def _time(words: str, after: dt.time | None = None) -> dt.time | None:
    found = re.search(r"(\d{1,2}|[一二三四五六七八九十]{1,2})[:：点时](半|\d{1,2})?", words)
    if found is None:
        return None
    hour = _number(found[1])
    minute = 30 if found[2] == "半" else int(found[2] or 0)
    late = re.match("下午|晚上|傍晚", words) or (after is not None and hour < after.hour <= 12)
    if late and hour < 12:
        hour += 12
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
