"""Read a count from whatever a clerk wrote in a cell, and digits from a number cell.

"约50人", "200余人次", "一百二十人" are counts, the vague ones marked as guessed; "三五人",
"几十人", "5-6人" and "12.5" are not, and say why. Ledgers keep phones and ID numbers in number
cells too: a double holds 15 digits for certain (IEEE 754), so a longer one has lost its end and is
refused.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# From here on a double no longer holds every whole number that people type into a cell.
LOST_DIGITS = 1e15
MOST = 100_000_000

_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060-\u2064\ufeff\u00ad]+")
_PLACEHOLDER = re.compile(r"[-/\\—–―_、]+$|无$")
_BEFORE = r"(?P<before>大约|大概|约|将近|接近|近|超过|超|逾|不足|不到|至少|最多|上|达|共计|共|计)?"
_AFTER = r"(?:左右|上下|以上|以下|以内|余|多|来|几|\+)"
_UNIT = (
    r"(?:人次|人|名|位|个|户次|户|家|件次|件|条|项|场次|场|次|份|批次|批|组|对|元|部|篇|期|套|处|"
    r"余|人/次|件/次)"
)
_COUNT = re.compile(
    rf"{_BEFORE}(?P<number>\d+(?:\.\d+)?|[〇一二三四五六七八九十百千万]+)(?P<ten>万|千|百)?"
    rf"(?P<after>{_AFTER})?{_UNIT}?(?P<end>{_AFTER})?(?P<note>\(.*\))?[。.,]?$"
)
_CERTAIN = {None, "", "共", "共计", "计", "达"}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_RANGE = re.compile(r"\d\s*[-~至到—–]\s*\d")
_HANZI_DIGITS = {hanzi: number for number, hanzi in enumerate("〇一二三四五六七八九")}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟○零兩两俩", "一二三四五六七八九十百千〇〇二二二")


class CountRead(NamedTuple):
    """What a cell gave: the count or None; whether a person should look; why it can't be read."""

    number: int | None
    guessed: bool = False
    problem: str = ""


class DigitsRead(NamedTuple):
    """The text of a number cell, or why its digits can't be trusted."""

    text: str
    problem: str = ""


BLANK = CountRead(None)


def parse_count(value: object) -> CountRead:
    """Read a whole number of people, times or things; blank, "/" and "无" read as no count."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _refused(value, "不是数量")
    if value != value or abs(value) >= LOST_DIGITS:
        return _refused(value, "数太大，不是数量")
    if value != int(value):
        return _refused(value, "不是整数")
    return _checked(int(value), value, guessed=False)


def text_of_number(value: float) -> DigitsRead:
    """The digits of a number cell as text: 19900004865.0 -> "19900004865".

    A whole number of more than 15 digits has lost its last ones when it was typed; it is refused.
    """
    if value != value or abs(value) >= LOST_DIGITS:
        return DigitsRead("", "数字超过15位，末几位已经丢失；请把这一列设为文本格式，重新填写")
    return DigitsRead(str(int(value)) if value == int(value) else repr(value))


@lru_cache(maxsize=4096)
def _from_text(text: str) -> CountRead:
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace("(次)", "次")
    if not plain or _PLACEHOLDER.match(plain):
        return BLANK
    if re.match(r"(?:-|负)[\d一二三四五六七八九十]", plain):
        return _refused(text, "不能是负数")
    if _RANGE.search(plain):
        return _refused(text, "是一个范围，请写一个数")
    found = _COUNT.match(_THOUSANDS.sub("", plain.translate(_CAPITALS)))
    if not found:
        return _refused(text, "不是数量")
    number = _value(found["number"], found["ten"])
    if number is None:
        return _refused(text, "不是确定的数，请写一个数")
    if number != int(number):
        return _refused(text, "不是整数")
    vague = found["before"] not in _CERTAIN or found["after"] or found["end"] or found["note"]
    return _checked(int(number), text, guessed=bool(vague))


def _value(number: str, ten: str | None) -> float | None:
    weight = {"万": 10_000, "千": 1000, "百": 100, None: 1}[ten]
    if not number[0].isdigit():
        whole = _hanzi_number(number + (ten or ""))
        return None if whole is None else float(whole)
    # Rounded: 1.13 × 10000 is 11299.999… in binary.
    return round(float(number) * weight, 6)


def _hanzi_number(text: str) -> int | None:
    """Value of a well-formed number such as 一百二十; None for 三五 (three to five)."""
    high, found, low = text.rpartition("万")
    if found:
        if low and not low.startswith("〇") and low[1:2] != "千":
            return None  # 一万五 is 15,000 in speech.
        upper, lower = _hanzi_number(high), _hanzi_number(low) if low.strip("〇") else 0
        return None if upper is None or lower is None else upper * 10_000 + lower
    if "〇" in text and not any(hanzi in text for hanzi in _WEIGHTS):
        return int("".join(str(_HANZI_DIGITS[hanzi]) for hanzi in text))
    total, digit, last = 0, None, 10_000
    for hanzi in text:
        if hanzi in _WEIGHTS:
            weight = _WEIGHTS[hanzi]
            # A bare 十, 百, 千 is one of them, but only at the start (十二, 百余人).
            if weight >= last or (digit is None and total):
                return None
            total, digit, last = total + (1 if digit is None else digit) * weight, None, weight
        elif hanzi == "〇":
            if digit is not None:
                return None
        elif digit is not None:
            return None
        else:
            digit = _HANZI_DIGITS[hanzi]
    if digit is not None and last >= 100 and last < 10_000 and "〇" not in text:
        return None  # 一百二 is 120 in speech; nobody knows what the clerk meant.
    return total + (digit or 0)


def _checked(count: int, value: object, *, guessed: bool) -> CountRead:
    if count < 0:
        return _refused(value, "不能是负数")
    if count > MOST:
        return _refused(value, "数太大")
    return CountRead(count, guessed)


def _refused(value: object, reason: str) -> CountRead:
    words = str(value).strip()
    return CountRead(None, problem=f"「{words if len(words) <= 20 else words[:20] + '…'}」{reason}")
