"""What a summary names rather than counts: the places most visited, the mechanisms put in force."""

from __future__ import annotations

import datetime as dt

from desktop.core.fields import is_id
from desktop.core.names import mask_words
from desktop.core.offices import COUNTY, level_of
from desktop.figures.compute import rows
from desktop.ledger.ledger import Ledger
from desktop.records import Mechanism, Onsite
from desktop.work.examples import citizens, examples
from desktop.work.places import name_on

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
    return "、".join(_name(ledger, place, last, whole) for place in ranked)


def _name(ledger: Ledger, place: str, last: dt.date, with_township: bool) -> str:
    """What the place was called on the last day: an earlier period's report has earlier names."""
    name = name_on(ledger, place, last)
    if not with_township or not is_id(place):
        return name
    above = ledger.rows(
        "SELECT a.id FROM place p JOIN place a ON a.id = p.within"
        " WHERE p.id = ? AND substr(a.code, 7) <> '000000'",
        [place],
    )
    return f"{name_on(ledger, above[0][0], last)}{name}" if above else name


def mechanism_names(ledger: Ledger, first: dt.date, last: dt.date, office: str = "") -> str:
    """The titles of the mechanisms behind the figure, in 书名号, in order of date."""
    ids = [i for _, i in rows(ledger, "mechanisms", first, last, office)]
    names = [m.name.strip("《》") for m in ledger.fetch(Mechanism, ids)]
    return "、".join(f"《{n}》" for n in names)


def example_lines(ledger: Ledger, first: dt.date, last: dt.date, office: str = "") -> str:
    """The worked examples (典型事例) of a period, a line each, in order of date; '' if none.

    Each is what somebody wrote all year in two sentences: what it was like, what became of it.
    """
    told = []
    for one in examples(ledger, first, last, office):
        record = ledger.get(ledger.types[one.type].cls, one.id)
        names = citizens(ledger, record) if record else ()
        # Whoever was told of a name and left it in: it isn't printed for all that.
        told.append(mask_words(f"{_sentence(one.before)}{_sentence(one.after)}", names))
    return "\n".join(filter(None, told))


def _sentence(words: str) -> str:
    """Words as one sentence with its full stop."""
    words = " ".join(words.split())
    return words if not words or words[-1] in "。！？" else f"{words.rstrip('，、；：,;')}。"
