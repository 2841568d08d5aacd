"""Which villages were reached in which months: a gap is a place nobody went to, not a rank."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.offices import COUNTY, level_of
from desktop.figures.coverage import VILLAGE_PARTS
from desktop.figures.moved import moved, townships
from desktop.figures.series import Period, months
from desktop.figures.terms import Scope, Words, begin, demand
from desktop.ledger.ledger import Ledger
from desktop.records.identity import place_id


@dataclass(frozen=True)
class Visited:
    """A village and the trips that reached it, month by month."""

    village: str  # id of the place
    name: str
    township: str
    trips: tuple[tuple[str, ...], ...]  # ids, one tuple a month


def visited(
    ledger: Ledger, first: dt.date, last: dt.date, office: str = ""
) -> tuple[list[Period], list[Visited]]:
    """The months, and the villages in force on the last day in order of code.

    All trips that the ledger holds count, whoever made them: a village that a county leader
    visited was visited. With an office only the villages of that township are listed.
    """
    words = Words(ledger)
    codes = words.codes
    as_now = moved(ledger, last)
    above = townships(ledger, codes)
    columns = months(first, last)
    at = {(begin.year, begin.month): n for n, (begin, _) in enumerate(columns)}
    reached: dict[str, list[dict[str, None]]] = {}
    scope = Scope(first, last)
    for source in VILLAGE_PARTS.sources:
        sql = begin(words, VILLAGE_PARTS, source, scope)
        demand(sql, words, source.where, last)
        day = sql.column(source.dated)
        for place, on, trip in ledger.rows(
            f'SELECT t."place", {day}, t."activity" {sql.tail()} ORDER BY 2, 3', sql.values
        ):
            month = at.get((int(on[:4]), int(on[5:7]))) if on else None
            if month is not None:
                village = as_now.get(place, place)
                reached.setdefault(village, [{} for _ in columns])[month][trip] = None
    labels = codes["place_level"].meaning(("3",))
    day_words = last.isoformat()
    villages = ledger.rows(
        "SELECT id, name FROM place WHERE removed = ''"
        f" AND level IN ({','.join('?' * len(labels))})"
        " AND COALESCE(valid_from, '') <= ? AND COALESCE(valid_to, '9999-12-31') > ?"
        " ORDER BY code",
        [*labels, day_words, day_words],
    )
    wanted = place_id(office) if office and level_of(office) != COUNTY else ""
    nothing: list[dict[str, None]] = [{} for _ in columns]
    return columns, [
        Visited(
            one,
            name,
            ledger.titles.words(above.get(one, "")),
            tuple(tuple(trips) for trips in reached.get(one, nothing)),
        )
        for one, name in villages
        if one not in as_now and (not wanted or above.get(one) == wanted)
    ]
