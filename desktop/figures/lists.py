"""What a summary names rather than counts: the places most visited, the mechanisms put in force."""

from __future__ import annotations

import datetime as dt

from desktop.core.fields import is_id
from desktop.core.offices import COUNTY, level_of
from desktop.figures.compute import rows
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query, build
from desktop.records import Case, Mechanism, Onsite, Problem, Suggestion
from desktop.records.example import Example

NAMED = 4


def top_places(ledger: Ledger, first: dt.date, last: dt.date, office: str = "") -> str:
    """The places with most on-site sessions, the most visited first; '' if there were none.

    In a county's summary a village is named with its township, because village names recur.
    """
    visited: dict[str, int] = {}
    ids = [i for _, i in rows(ledger, "onsite_sessions", first, last, office)]
    for one in ledger.fetch(Onsite, ids):
        if one.place:
            visited[one.place] = visited.get(one.place, 0) + 1
    ranked = sorted(visited, key=lambda p: (-visited[p], p))[:NAMED]
    whole = not office or level_of(office) == COUNTY
    return "、".join(_name(ledger, place, whole) for place in ranked)


def _name(ledger: Ledger, place: str, with_township: bool) -> str:
    name = ledger.titles.words(place)
    if not with_township or not is_id(place):
        return name
    above = ledger.rows(
        "SELECT a.name FROM place p JOIN place a ON a.id = p.within"
        " WHERE p.id = ? AND substr(a.code, 7) <> '000000'",
        [place],
    )
    return f"{above[0][0]}{name}" if above else name


def mechanism_names(ledger: Ledger, first: dt.date, last: dt.date, office: str = "") -> str:
    """The titles of the mechanisms behind the figure, in 书名号, in order of date."""
    ids = [i for _, i in rows(ledger, "mechanisms", first, last, office)]
    names = [m.name.strip("《》") for m in ledger.fetch(Mechanism, ids)]
    return "、".join(f"《{n}》" for n in names)


def examples(ledger: Ledger, first: dt.date, last: dt.date, office: str = "") -> str:
    """The worked examples (典型事例) of a period, a line each, in order of date; '' if none.

    Each is what somebody wrote all year in two sentences: what it was like, what became of it.
    """
    told: list[tuple[str, str, str]] = []
    kinds: tuple[type[Example], ...] = (Problem, Case, Suggestion)
    for cls in kinds:
        query = Query(cls.type).having(Condition("example", "=", True)).of_office(office)
        sql = build(query.dated(cls.type.dated_by, first, last), ledger.types)
        day = sql.column(cls.type.dated_by)
        days = dict(ledger.rows(f'SELECT t."id", {day} {sql.tail()}', sql.values))
        for one in ledger.fetch(cls, days):
            sentences = [_sentence(one.example_before), _sentence(one.example_after)]
            if any(sentences):
                told.append((days[one.id] or "", one.id, "".join(sentences)))
    return "\n".join(text for _, _, text in sorted(told))


def _sentence(words: str) -> str:
    """Words as one sentence with its full stop."""
    words = " ".join(words.split())
    return words if not words or words[-1] in "。！？" else f"{words.rstrip('，、；：,;')}。"
