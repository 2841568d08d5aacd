"""How clerks spoil cells: each way, what it does to a cell, and what must become of the row."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.county_year import words
from tests.county_year.rows import (
    NO_RANKS,
    CountyYear,
    Dispute,
    Lecture,
    Problem,
    Row,
    Suggestion,
    Visit,
)

SHARE = 0.05

READ = "read"  # the program reads it as it was meant
MARKED = "marked"  # it goes in, and the record says what a person should look at
LOST = "lost"  # the row goes in without that cell, with a finding and a mark
REFUSED = "refused"  # the row doesn't go in; it stands in the errors workbook with a finding


@dataclass(frozen=True)
class Dirt:
    """One way to spoil a cell of column `key`."""

    key: str
    spoil: Callable[[Any], Any]
    outcome: str = READ


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


DIRT = {
    "dots": Dirt("date", lambda d: f"{d.year}.{d.month}.{d.day}"),
    "no_year": Dirt("date", lambda d: f"{d.month}月{d.day}日"),
    "slashes": Dirt("date", lambda d: f"{d.year}/{d.month:02}/{d.day:02}"),
    "serial": Dirt("date", lambda d: (d - dt.date(1899, 12, 30)).days),
    "wide_date": Dirt("date", lambda d: _wide(f"{d.year}年{d.month}月{d.day}日")),
    "month_only": Dirt("date", lambda d: f"{d.month}月", REFUSED),
    "no_date": Dirt("date", lambda _: "", MARKED),
    "about": Dirt("heads", lambda n: f"约{n}人", MARKED),
    "more_than": Dirt("heads", lambda n: f"{n}余人次", MARKED),
    "wide_digits": Dirt("heads", lambda n: _wide(str(n))),
    "some_heads": Dirt("heads", lambda _: "若干", REFUSED),
    "wide_people": Dirt("people", lambda n: f"{_wide(str(n))}人"),
    "spaced_leader": Dirt("leader", lambda name: " ".join(name)),
    "short_village": Dirt("place", lambda name: name.removesuffix("村").removesuffix("社区")),
    "long_village": Dirt("place", lambda name: name.removesuffix("村") + "村民委员会"),
    "unit_alias": Dirt("unit", lambda name: words.UNITS[name]),
    "spaced_phone": Dirt("phone", lambda phone: f"{phone[:3]} {phone[3:7]} {phone[7:]}"),
    "id_17": Dirt("identity", lambda _: "99082119800101001", LOST),
    "id_19": Dirt("identity", lambda _: "9908211980010100181", LOST),
    "id_check": Dirt("identity", lambda _: "990821198001010011", MARKED),
    "due_soon": Dirt("due", lambda _: "尽快", LOST),
    "due_before": Dirt("due", lambda d: f"{d.year}年{d.month}月{d.day}日前", MARKED),
    "closed_early": Dirt("closed", lambda d: d, MARKED),
}
NOT_IMPORTED = frozenset(name for name, one in DIRT.items() if one.outcome == REFUSED)

_DATES = ("dots", "no_year", "slashes", "serial", "wide_date", "month_only")


def spoil(year: CountyYear, seed: int) -> None:
    """Choose the rows that clerks spoil, and how; the rows then say what the cells can tell."""
    dice = random.Random(seed)
    used = {id(r.double_of) for r in year.lectures}
    used |= {id(s.main) for s in year.suggestions}
    used |= {id(s) for s in year.suggestions if s.main or s.became}
    rows: list[Row] = [*year.lectures, *year.problems, *year.visits, *year.disputes]
    rows += year.suggestions
    fit = [r for r in rows if not r.double_of and id(r) not in used and _ways(r)]
    ways = sorted(DIRT)
    for n in range(round(len(rows) * SHARE)):
        way = ways[n % len(ways)]
        possible = [r for r in fit if not r.dirt and way in _ways(r)]
        if possible:
            row = dice.choice(possible)
            row.dirt = way
            _take_effect(row)


def _ways(row: Row) -> set[str]:
    """How a row can be spoilt."""
    if isinstance(row, Problem):
        if row.onsite is None or row.unit not in words.UNITS:
            return set()
        return {"unit_alias"} | ({"due_soon", "due_before"} if row.due else set())
    ways = set(_DATES)
    if row.office not in NO_RANKS and not (isinstance(row, Visit) and row.backlog):
        ways.add("no_date")
    if isinstance(row, Lecture | Visit) and row.rank and "·" not in row.leader.name:
        ways.add("spaced_leader")
    if isinstance(row, Lecture):
        ways |= {"about", "more_than", "wide_digits", "some_heads"}
    if isinstance(row, Visit):
        ways |= {"wide_people", "spaced_phone", "id_17", "id_19", "id_check"}
        if row.due and not row.backlog:
            ways |= {"due_soon", "due_before"} | ({"closed_early"} if row.closed else set())
            ways.add("unit_alias")
    if isinstance(row, Suggestion):
        ways.add("unit_alias")
    if isinstance(row, Lecture | Visit | Dispute | Suggestion) and row.place:
        ways.add("short_village")
        if not isinstance(row.place, str) and row.place.name.endswith("村"):
            ways.add("long_village")
    return ways


def _take_effect(row: Row) -> None:
    if row.dirt == "no_date":
        row.date = None
        if isinstance(row, Suggestion):
            row.replied = None
    if row.dirt == "more_than" and isinstance(row, Lecture):
        row.heads = max(10, row.heads // 10 * 10)
    if row.dirt == "due_soon" and isinstance(row, Problem | Visit):
        row.due = None
    if row.dirt == "closed_early" and isinstance(row, Visit) and row.date:
        row.closed = row.date - dt.timedelta(3)
