"""Read a calendar day from whatever a clerk wrote in a cell.

Ledgers hold 2023.9.5, 2023年9月5日, 二〇二三年九月五日, 20230905, Excel serials, 9月5日 under a
title that names the year, and ranges. The one rule above all others: a wrong date is worse than
none, so what has two readings is refused with the reason (number cell 9.1 is 9月1日 or 9月10日).
Nothing here asks the clock; a missing year comes from the caller (title of the sheet, or the day
of the trip).

Eight digits are YYYYMMDD before they are an Excel serial. Serials follow ECMA-376 part 1, 18.17.4
(1900 system: day 60 is the 29 February 1900 that never was, so serials count from 1899-12-30).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1910, 2100

# 1990-01-01 … 2099-12-31: outside, a bare number in a date column is a slip, not a day.
_SERIAL_LOW, _SERIAL_HIGH = 32874, 73050
_SERIAL_ZERO = date(1899, 12, 30)

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_WEEKDAY = re.compile(
    r"[(\[]?\s*(?:星\s*期|周|礼\s*拜)\s*[一二三四五六日天1-7]\s*[)\]]?(?=$|[\s\d上下午晚T])"
)
_CLOCK = (
    r"(?:上午|下午|中午|早上|晚上|凌晨)?\s*"
    r"\d{1,2}\s*[:时点]\s*(?:\d{1,2}|半)?\s*(?:[:分]\s*(?:\d{1,2}(?:\.\d+)?)?\s*秒?)?Z?"
)
_TIME = re.compile(rf"(?:(?<=[日号\d])[\sT]+|(?<=[日号])){_CLOCK}(?:\s*[-—–~至到]+\s*{_CLOCK})?$")
_UNTIL = re.compile(r"(?<=[日号\d])(?:之前|以前|前|止)$")
_PART_OF_DAY = re.compile(r"(?<=[日号\d])\s*[(]?(?:上午|下午|中午|早上|晚上|全天|凌晨)[)]?$")
_PLACEHOLDER = re.compile(r"[-/\\—–―_.、无]+$")
_LUNAR = re.compile(r"农历|阴历|正月|腊月|冬月|初[一二三四五六七八九十]")
_VAGUE = re.compile(r"[上中下]旬|月[初中底末]|年[初中底末]|季度|[上下]半年")
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾○零兩两", "一二三四五六七八九十〇〇二二")
_NUMERAL = "一二三四五六七八九十〇廿卅"
_NUMERALS = re.compile(f"[{_NUMERAL}]+")
_LETTER_ZERO = re.compile(rf"(?<=[{_NUMERAL}])[oO0](?=[{_NUMERAL}oO0])")

_SEP = r"[年月./\-–—_,、\\]+"
_FULL = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})(?!\d)[日号]?")
_SHORT = re.compile(r"(\d{1,2})[月./\-–—\\]+(\d{1,2})(?!\d)[日号]?")
_TWO_DIGIT = re.compile(r"('?)(\d{2})([年./\-])(\d{1,2})[月./\-](\d{1,2})(?!\d)[日号]?")
_FOREIGN = re.compile(r"(\d{1,2})([./\-])(\d{1,2})\2(\d{4})$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_MONTH_ONLY = re.compile(rf"\d{{4}}{_SEP}\d{{1,2}}月?$|\d{{1,2}}月$|(?:19|20)\d{{2}}年?$|\d{{6}}$")
_RANGE = re.compile(r"\s*(?:[-—–―~至到、,及和]|--)+\s*(.+)$")
_RANGE_END = re.compile(
    r"(?:(?:(\d{4})[年./\-])?(\d{1,2})[月./\-])?(\d{1,2})[日号]?$|(\d{4})(\d{2})(\d{2})$"
)
_LIST_MORE = re.compile(r"^(\d{1,2}[日号]?[、,及和至到\-])+")


class DayRead(NamedTuple):
    """What a cell gave: the day or None; whether a person should look; why it can't be read."""

    day: date | None
    guessed: bool = False
    problem: str = ""


BLANK = DayRead(None)


def parse_day(value: object, year: int | None = None, on_or_after: date | None = None) -> DayRead:
    """Read one day.

    Args:
        value: text, number, date or datetime as a cell holds it. Blank, "/" and "无" read as no day
            and no problem.
        year: the year of days that are written without one.
        on_or_after: a day without a year is the first such day on or after this one (deadlines and
            closing dates); goes before `year`.
    """
    if value is None or value == "":
        return BLANK
    if isinstance(value, str):
        return _from_text(value, year, on_or_after)
    if isinstance(value, datetime):
        return _checked(value.year, value.month, value.day)
    if isinstance(value, date):
        return _checked(value.year, value.month, value.day)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _refused(value, "不是日期")
    return _from_number(value, year, on_or_after)


def find_year(text: str) -> int | None:
    """The one year that a title, sheet name or file name speaks of, or None.

    "2023年度" and "2023年…台账" come before years of a full date (填报时间：2024年1月5日), those
    before bare digits. Two different years of equal weight give None.
    """
    plain = _arabic(_clean(text).replace(" ", ""))
    if re.search(r"(?<!\d)20\d{2}年?[-—–~至](?:20)?\d{2}年", plain):
        return None
    for pattern in (
        r"(?<!\d)((?:19|20)\d{2})年(?!\d{1,2}(?:月\d|\.\d))",
        r"(?<!\d)((?:19|20)\d{2})(?:[年./\-]\d{1,2}|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d))",
        r"(?<!\d)((?:19|20)\d{2})(?!\d)",
    ):
        years = {int(found) for found in re.findall(pattern, plain)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def _from_number(value: float, year: int | None, on_or_after: date | None) -> DayRead:
    if value != value or abs(value) >= 1e9:
        return _refused(value, "不是日期")
    whole = int(value)
    if value == whole and 10_000_000 <= whole <= 99_999_999:
        return _compact(str(whole))
    if _SERIAL_LOW <= whole <= _SERIAL_HIGH:
        return DayRead(_SERIAL_ZERO + timedelta(days=whole))
    if 1 <= value < 13 and value != whole:
        return _month_dot_day(value, year, on_or_after)
    reason = "没有写明哪一天" if FIRST_YEAR <= whole <= LAST_YEAR else "不是日期"
    return _refused(repr(value).removesuffix(".0"), reason)


def _month_dot_day(value: float, year: int | None, on_or_after: date | None) -> DayRead:
    """A number cell 9.5: somebody typed a day and Excel made a number of it.

    A number can't tell 9.1 from 9.10, so both days must not exist side by side.
    """
    month, _, digits = repr(round(value, 6)).partition(".")
    if len(digits) > 2:
        return _refused(value, "不是日期")
    short = _without_year(int(month), int(digits), year, on_or_after)
    if len(digits) == 1:
        long = _without_year(int(month), int(digits) * 10, year, on_or_after)
        if long.day is not None:
            return DayRead(
                None, problem=f"「{value}」是数字，分不清{month}月{digits}日和{month}月{digits}0日"
            )
    return short


@lru_cache(maxsize=8192)
def _from_text(text: str, year: int | None, on_or_after: date | None) -> DayRead:
    """Read text; cached, because a ledger repeats its days over and over."""
    plain = _clean(text)
    if not plain or _PLACEHOLDER.match(plain):
        return BLANK
    plain = _WEEKDAY.sub("", plain)
    if _LUNAR.search(plain):
        return _refused(text, "是农历，请换成公历日期")
    plain = _PART_OF_DAY.sub("", _TIME.sub("", plain.strip()))
    plain = re.sub(r"\s+", "", _arabic(plain)).rstrip(".,;。、")
    if _UNTIL.search(plain):
        read = _from_text(_UNTIL.sub("", plain), year, on_or_after)
        return read._replace(guessed=read.day is not None)
    if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) and not re.fullmatch(r"\d{1,2}\.\d{1,2}", plain):
        return _digits(plain, text)
    return _written(plain, text, year, on_or_after)


def _digits(plain: str, text: str) -> DayRead:
    if re.fullmatch(r"\d{8}", plain):
        return _compact(plain)
    if re.fullmatch(r"\d{6}", plain):
        return _refused(text, "只有六位数字，请写成年月日八位")
    if _MONTH_ONLY.match(plain) or re.fullmatch(r"(?:19|20)\d{2}\.\d{1,2}", plain):
        return _refused(text, "没有写明哪一天")
    if float(plain) < _SERIAL_LOW:
        return _refused(text, "不是日期")
    read = _from_number(float(plain), None, None)
    return read if read.day else _refused(text, "不是日期")


def _written(plain: str, text: str, year: int | None, on_or_after: date | None) -> DayRead:
    for pattern in (_FULL, _COMPACT):
        if found := pattern.match(plain):
            first = _checked(*(int(part) for part in found.groups()))
            return _with_range(first, plain[found.end() :], text)
    if found := _FOREIGN.match(plain):
        return _foreign(found, text)
    if found := _TWO_DIGIT.match(plain):
        return _with_range(_two_digit(found, text, year), plain[found.end() :], text)
    if found := _SHORT.match(plain):
        first = _without_year(int(found[1]), int(found[2]), year, on_or_after)
        return _with_range(first, plain[found.end() :], text)
    if _MONTH_ONLY.match(plain) or _VAGUE.search(plain):
        return _refused(text, "没有写明哪一天")
    return _refused(text, "不是日期")


def _with_range(first: DayRead, rest: str, text: str) -> DayRead:
    """The first day of 9月5日-6日; anything else that follows a day is refused."""
    if not rest or first.day is None:
        return first
    found = _RANGE.match(rest)
    if not found:
        return _refused(text, "日期后面还有别的文字")
    end = _RANGE_END.match(_LIST_MORE.sub("", found[1]))
    if not end:
        return _refused(text, "日期后面还有别的文字")
    year = int(end[1] or end[4] or first.day.year)
    month = int(end[2] or end[5] or first.day.month)
    last = _checked(year, month, int(end[3] or end[6])).day
    longest = 366
    if last is not None and last < first.day and end[2] and not end[1]:
        # 12月30日至1月2日 runs over the new year; 9.5-9.3 is a slip.
        last, longest = _checked(year + 1, month, int(end[3])).day, 92
    if last is None or not 0 <= (last - first.day).days <= longest:
        return _refused(text, "起止日期不对")
    return DayRead(first.day, guessed=True)


def _two_digit(found: re.Match[str], text: str, year: int | None) -> DayRead:
    """'23.9.5: the year must be plain from an apostrophe, 年, the title, or a number over 31."""
    short = int(found[2])
    full = 2000 + short
    sure = found[1] or found[3] == "年" or short > 31 or (year is not None and year == full)
    if not sure and short > 12 and int(found[5]) <= 12:
        # 23.9.5 may be the 23rd of September 2005 to a foreign eye; to a clerk it is 2023.
        sure = int(found[4]) <= 12
    if not sure or full > LAST_YEAR - 50:
        return _refused(text, "年份只写了两位，分不清，请写四位")
    read = _checked(full, int(found[4]), int(found[5]))
    return read._replace(guessed=read.day is not None and year != full)


def _foreign(found: re.Match[str], text: str) -> DayRead:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    readings = {
        read.day
        for read in (_checked(year, first, second), _checked(year, second, first))
        if read.day
    }
    if len(readings) == 1:
        return DayRead(readings.pop(), guessed=True)
    return _refused(text, "分不清哪个是月、哪个是日" if readings else "没有这一天")


def _without_year(month: int, day: int, year: int | None, on_or_after: date | None) -> DayRead:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return DayRead(None, problem=f"没有{month}月{day}日这一天")
    if on_or_after is not None:
        # Eight years reach the next 29 February from anywhere, also across 2100.
        for candidate in range(on_or_after.year, on_or_after.year + 9):
            read = _checked(candidate, month, day)
            if read.day is not None and read.day >= on_or_after:
                return read
        return DayRead(None, problem=f"没有{month}月{day}日这一天")
    if year is not None:
        return _checked(year, month, day)
    return DayRead(None, problem=f"{month}月{day}日没有写年份")


def _compact(digits: str) -> DayRead:
    return _checked(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _checked(year: int, month: int, day: int) -> DayRead:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DayRead(None, problem=f"年份{year}不对")
    try:
        return DayRead(date(year, month, day))
    except ValueError:
        return DayRead(None, problem=f"没有{year}年{month}月{day}日这一天")


def _refused(value: object, reason: str) -> DayRead:
    words = str(value).strip()
    return DayRead(None, problem=f"「{words if len(words) <= 20 else words[:20] + '…'}」{reason}")


def _clean(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def _arabic(text: str) -> str:
    """Chinese numerals -> digits: 二〇二三 digit by digit, 二十一 and 廿一 by tens."""
    text = text.translate(_CAPITALS).replace("元月", "1月")
    text = _LETTER_ZERO.sub("〇", text)
    return _NUMERALS.sub(lambda found: _arabic_run(found[0]), text)


def _arabic_run(run: str) -> str:
    digits = {hanzi: number for number, hanzi in enumerate("〇一二三四五六七八九")}
    run = run.replace("廿", "二十").replace("卅", "三十")
    if "十" not in run:
        return "".join(str(digits[hanzi]) for hanzi in run)
    tens, _, ones = run.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return run
    return str((digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0))
