"""Breaks Chinese text into lines as official paper asks; pure functions, widths are passed in.

The rules (GB/T 15834-2011 §5 punctuation, GB/T 15835-2011 numbers, GB/T 9704-2012 layout):

- closing marks and connectors never start a line, opening marks never end one, / does neither;
- —— and …… take two characters and are never split;
- a number keeps its digits, its percent sign and its unit on one line; a date may only be broken
  after 年 or 月; a Latin word is broken only if no line could hold it;
- a mark at the end of a line may shrink to half its width, marks inside by a quarter, so that one
  more character fits; any other line but the last is widened evenly, to a flush right edge.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

NO_START = frozenset(
    "。，、；：？！）〕】》〉」』〗”’…—～·•‧%‰％℃℉°-–/／.,;:?!)]}＞＂．～－｝］＞>"
)
NO_END = frozenset("“‘（〔【《〈「『〖([{／/｛［＜<￥¥$＃#")
# Marks whose ink stands in the left half of the em square: the right half may be given up.
SHRINKABLE = frozenset("。，、；：）〕】》〉」』〗”’！？")

UNITS = (
    "平方公里|平方米|立方米|百分点|个百分点|场次|人次|件次|批次|户次|频次|公里|千米|千瓦|公顷|公斤|千克|小时|分钟|"
    "周年|周岁|月份|年度|个月|"
    "[名人个件条次项户份场起宗批期届年月日号时分秒元角米亩吨斤克里村乡镇家处座间套台辆部本张篇页字句天周岁倍位支只头株棵把班组所"
    "栋幢层楼度点成季级类种轮遍回路号]"
)
TAIL = rf"(?:[%‰％℃°]|[余多来几]?[十百千万亿]{{0,3}}[余多]?(?:{UNITS})?)"
DIGIT = "[0-9０-９]"
NUMBER = rf"[第约+\-−±￥¥$]?{DIGIT}+(?:[.,:/．：～~\-–—＋+×]{DIGIT}+)*"
WORD = r"[A-Za-z0-9０-９]+(?:[-_.,@/&'+:#][A-Za-z0-9０-９]+)*"
# A range such as 63%～68% or 3～5次 stays together too.
ATOM = re.compile(
    rf"{NUMBER}(?![A-Za-z]){TAIL}(?:[～~—\-]{DIGIT}+(?:\.{DIGIT}+)?{TAIL})?|{WORD}(?:(?<={DIGIT}){TAIL})?"
)
DIGITS = re.compile(rf"{NUMBER}(?![A-Za-z])|{WORD}")
PAIR = re.compile("——|……")
JOINTS = frozenset("_-.@")  # where a word that no line can hold is broken first
TOLERANCE = 0.01


LOOSE = 0.10  # em between characters: a line wider than this is worth a second look
BESIDE_NARROW = 0.12  # em
WIDEST = 0.3  # of the measure: lines with a greater gap are not tried


@dataclass(frozen=True)
class Line:
    """Characters `start` to `end` of a text, and how far each moves the pen."""

    start: int
    end: int
    advances: tuple[float, ...]


@lru_cache(maxsize=4096)
def glued(text: str) -> frozenset[int]:
    """The places before which a text must not be broken, whatever stands there."""
    places: set[int] = set()
    for match in ATOM.finditer(text):
        places.update(range(match.start() + 1, match.end()))
    for match in PAIR.finditer(text):
        places.add(match.start() + 1)
    return frozenset(places)


@lru_cache(maxsize=4096)
def rigid(text: str) -> frozenset[int]:
    """The places where justifying puts no space: inside digits and words, —— and ……."""
    places: set[int] = set()
    for match in DIGITS.finditer(text):
        places.update(range(match.start() + 1, match.end()))
    for match in PAIR.finditer(text):
        places.add(match.start() + 1)
    return frozenset(places)


def may_break(text: str, place: int) -> bool:
    """Whether a line may end before the character at `place`, by the marks on both sides."""
    return text[place] not in NO_START and text[place - 1] not in NO_END


@dataclass(frozen=True)
class _Setting:
    """A paragraph about to be broken: its text, widths, sums of widths, and the lines' measure."""

    text: str
    widths: Sequence[float]
    sums: Sequence[float]
    stops: frozenset[int]
    measure: float
    indent: float = 0.0

    def room(self, start: int) -> float:
        """The width of the line that starts at `start`."""
        return self.measure - self.indent if start == 0 else self.measure

    def trimmed(self, start: int, end: int) -> int:
        """The end of a line without the blanks there."""
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        return end

    def next_start(self, end: int) -> int:
        """Where the next line starts: blanks at its head are dropped."""
        while end < len(self.text) and self.text[end] == " ":
            end += 1
        return end

    def gap(self, start: int, end: int) -> float:
        """What a line leaves free; negative if it must shrink."""
        return self.room(start) - (self.sums[self.trimmed(start, end)] - self.sums[start])

    def places(self, start: int, end: int) -> int:
        """Between how many characters of a line space may be put."""
        return self.open_places[end] - self.open_places[min(start + 1, end)]

    @cached_property
    def open_places(self) -> Sequence[int]:
        """How many places before each one may take space; sums, because they are asked so often."""
        stiff = rigid(self.text)
        return [0, *accumulate(place not in stiff for place in range(len(self.text)))]

    def shrinkage(self, start: int, end: int) -> float:
        """How far a line may shrink, as `_allowances` adds up."""
        last = self.widths[end - 1] * 0.5 if self.text[end - 1] in SHRINKABLE else 0.0
        return self.shrink_sums[end - 1] - self.shrink_sums[start] + last

    @cached_property
    def shrink_sums(self) -> Sequence[float]:
        """Sums of what each mark may give up inside a line."""
        return [0.0, *accumulate(_allowances(self.text, self.widths))]

    @cached_property
    def em(self) -> float:
        """The width of a full character."""
        return max(self.widths)

    def lawful(self, place: int) -> bool:
        """Whether a line may end before `place`."""
        return place not in self.stops and may_break(self.text, place)


def break_lines(
    text: str, widths: Sequence[float], measure: float, indent: float = 0.0, justify: bool = True
) -> list[Line]:
    """Break a paragraph into lines of `measure`, the first one shorter by `indent`."""
    sums = [0.0, *accumulate(widths)]
    stops = glued(text)
    setting = _Setting(text, widths, sums, stops, measure, indent)
    ends = _greedy_ends(setting)
    if justify and _loosest(setting, ends) > LOOSE:
        ends = _even_ends(setting, ends)
    lines: list[Line] = []
    start = 0
    for end in ends:
        room = setting.room(start)
        trimmed = setting.trimmed(start, end)
        advances = list(widths[start:trimmed])
        gap = room - (sums[trimmed] - sums[start])
        if gap < -TOLERANCE:
            _shrink(text[start:trimmed], advances, -gap)
        elif justify and end < len(text):
            _stretch(text, start, advances, gap)
        lines.append(Line(start, trimmed, tuple(advances)))
        start = setting.next_start(end)
    return lines


def _greedy_ends(setting: _Setting) -> list[int]:
    """The ends of lines, each as full as it can be."""
    ends: list[int] = []
    start = 0
    while start < len(setting.text):
        ends.append(_line_end(setting, start))
        start = setting.next_start(ends[-1])
    return ends


def _loosest(setting: _Setting, ends: list[int]) -> float:
    """The widest space, in em, that justifying puts between characters."""
    em = max(setting.widths, default=1.0)
    worst, start = 0.0, 0
    for end in ends[:-1]:
        gap = setting.gap(start, end)
        if gap > worst * em:
            worst = max(worst, gap / em / max(setting.places(start, end), 1))
        start = setting.next_start(end)
    return worst


def _even_ends(setting: _Setting, greedy: list[int]) -> list[int]:
    """The ends that share looseness among the lines: least sum of squares, as Knuth and Plass do.

    A number pushed to the next line leaves up to six characters free; two or three lines before it
    can take that up together. The greedy ends stay among the choices, so there is always a way.
    """
    size = len(setting.text)
    best: dict[int, tuple[float, int]] = {0: (0.0, -1)}
    forced = dict(zip([0, *map(setting.next_start, greedy)], greedy, strict=False))
    for start in range(size):
        if start not in best:
            continue
        cost = best[start][0]
        for end in _choices(setting, start, forced.get(start)):
            following = setting.next_start(end)
            total = cost + _price(setting, start, end)
            if following not in best or total < best[following][0]:
                best[following] = (total, start)
    ends: list[int] = []
    place = size
    while place > 0:
        ends.append(place)
        place = best[place][1]
    return ends[::-1]


def _choices(setting: _Setting, start: int, forced: int | None) -> list[int]:
    """The lawful ends of the line that starts at `start`, or the one that greed found."""
    size = len(setting.text)
    room = setting.room(start)
    sums = setting.sums
    low = bisect_right(sums, sums[start] + room * (1 - WIDEST), start + 1)
    high = min(bisect_right(sums, sums[start] + room + TOLERANCE) + 2, size)
    found = [
        end
        for end in range(max(low, start + 1), high + 1)
        if (end == size or setting.lawful(end)) and _fits(setting, start, end)
    ]
    if low > size:
        return [size]
    if not found:
        found = [_line_end(setting, start)]
    if forced is not None and forced not in found:
        found.append(forced)
    return found


def _fits(setting: _Setting, start: int, end: int) -> bool:
    over = -setting.gap(start, end)
    if over <= TOLERANCE:
        return True
    return over <= setting.shrinkage(start, setting.trimmed(start, end)) + TOLERANCE


def _price(setting: _Setting, start: int, end: int) -> float:
    """How bad a line looks: the square of its looseness or tightness."""
    gap = setting.gap(start, end)
    if end == len(setting.text) and gap >= 0:
        return 0.0
    em = setting.em
    if gap < 0:
        return (gap / em) ** 2 / 300
    return (gap / em / max(setting.places(start, end), 1)) ** 2


def wrap(text: str, widths: Sequence[float], measure: float) -> list[str]:
    """The lines of a table cell: same rules, ragged right, line feeds kept."""
    if "\n" not in text and sum(widths) <= measure + TOLERANCE:
        return [text]
    found: list[str] = []
    start = 0
    for part in text.split("\n"):
        own = widths[start : start + len(part)]
        start += len(part) + 1
        setting = _Setting(part, own, [0.0, *accumulate(own)], glued(part), measure)
        place = 0
        while place < len(part):
            end = _line_end(setting, place, tight=False)
            found.append(part[place:end].rstrip(" "))
            place = setting.next_start(end)
        if not part:
            found.append("")
    return found


def _line_end(setting: _Setting, start: int, *, tight: bool = True) -> int:
    """Where the line that starts at `start` ends if it is to be as full as possible.

    `tight` lets marks shrink so that one more character fits.
    """
    text, sums, stops = setting.text, setting.sums, setting.stops
    room = setting.room(start)
    full = bisect_right(sums, sums[start] + room + TOLERANCE) - 1
    if full >= len(text):
        return len(text)
    full = max(full, start + 1)
    best = full
    while best > start and not setting.lawful(best):
        best -= 1
    longer = _pulled_in(setting, start, full) if tight else 0
    if longer:
        over = sums[longer] - sums[start] - room
        if best <= start or over < room - (sums[best] - sums[start]):
            return longer
    if best > start:
        return best
    # No lawful place: a chain of marks, or a number or word wider than the line. Keep numbers
    # whole before marks, since a torn number misleads.
    best = full
    while best > start and best in stops:
        best -= 1
    if best > start:
        return best
    joints = (place for place in range(full, start + 1, -1) if text[place - 1] in JOINTS)
    return next(joints, full)


def _pulled_in(setting: _Setting, start: int, full: int) -> int:
    """The end of a line that fits once its marks shrink, or 0."""
    size = len(setting.text)
    for end in range(full + 1, min(full + 4, size + 1)):
        if end == size or setting.lawful(end):
            return end if _fits(setting, start, end) else 0
    return 0


def _allowances(text: str, widths: Sequence[float]) -> list[float]:
    """How far each character of a line may shrink: the last mark by a half, others by a quarter."""
    last = len(text) - 1
    return [
        width * (0.5 if place == last or text[place + 1] in SHRINKABLE else 0.25)
        if character in SHRINKABLE
        else 0.0
        for place, (character, width) in enumerate(zip(text, widths, strict=True))
    ]


def _shrink(text: str, advances: list[float], over: float) -> None:
    """Take `over` from the marks of a line, from its last one first."""
    allowances = _allowances(text, advances)
    taken = min(over, allowances[-1])
    advances[-1] -= taken
    over -= taken
    inner = sum(allowances[:-1])
    if over > TOLERANCE and inner:
        share = min(over / inner, 1.0)
        for place, allowance in enumerate(allowances[:-1]):
            advances[place] -= allowance * share


def _stretch(text: str, start: int, advances: list[float], gap: float) -> None:
    """Share `gap` evenly between the characters of a line, but not inside numbers and words.

    Beside a digit or letter at most BESIDE_NARROW: more reads, and copies out, as a blank.
    """
    stiff = rigid(text)
    places = [place for place in range(len(advances) - 1) if start + place + 1 not in stiff]
    if not places or gap <= TOLERANCE:
        return
    em = max(advances)
    share = gap / len(places)
    if share > em:  # a line of two or three characters: torn apart it looks worse
        return
    narrow = {
        place
        for place in places
        if text[start + place].isascii() or text[start + place + 1].isascii()
    }
    limit = BESIDE_NARROW * em
    if share > limit and len(narrow) < len(places):
        share = (gap - limit * len(narrow)) / (len(places) - len(narrow))
    else:
        limit = share
    for place in places:
        advances[place] += limit if place in narrow else share
