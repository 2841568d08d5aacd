"""What offices say where they have no rows: zero reports (零报告) and reported numbers (填报数)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.core.offices import COUNTY, level_of
from desktop.ledger.ledger import Ledger
from desktop.records.codes import CodeList

Span = tuple[dt.date, dt.date]

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Stated:
    """A reported number that may stand in for rows."""

    id: str
    figure: str
    office: str
    first: dt.date
    last: dt.date
    value: int
    area: str

    def overlaps(self, other: Stated) -> bool:
        """Whether both speak of the same thing; a county's number speaks of all its offices."""
        apart = self.last < other.first or other.last < self.first
        elsewhere = self.area and other.area and self.area != other.area
        county = COUNTY in (level_of(self.office), level_of(other.office))
        return not apart and not elsewhere and (county or self.office == other.office)


def stated_numbers(ledger: Ledger, last: dt.date) -> dict[str, list[Stated]]:
    """Figure -> the numbers reported for it up to a day."""
    found: dict[str, list[Stated]] = {}
    for one, figure, office, first, end, value, area in ledger.rows(
        "SELECT id, figure, office, first, last, value, area FROM declared_count t"
        " WHERE removed = '' AND value IS NOT NULL AND first IS NOT NULL AND last <= ?",
        [last.isoformat()],
    ):
        begin, stop = dt.date.fromisoformat(first), dt.date.fromisoformat(end)
        found.setdefault(figure, []).append(
            Stated(one, figure, office, begin, stop, value, area or "")
        )
    return found


def standing_in(
    numbers: Iterable[Stated],
    first: dt.date,
    last: dt.date,
    office: str,
    has_rows: Callable[[Stated], bool],
    *,
    stock: bool = False,
) -> list[Stated]:
    """The numbers that count in a period: inside it, where no rows are, none said twice.

    Where two overlap, the one of the longer period counts, then the newer one. Of a stock the
    newest counts alone.
    """
    inside = [n for n in numbers if first <= n.first and n.last <= last]
    inside = [n for n in inside if not office or n.office == office]
    if stock:
        inside.sort(key=lambda n: (n.last, not n.area, n.id), reverse=True)
    else:
        inside.sort(key=lambda n: (n.last - n.first, not n.area, n.id), reverse=True)
    taken: list[Stated] = []
    for one in inside:
        if any(_same_thing(one, other, stock) for other in taken) or has_rows(one):
            continue
        taken.append(one)
    return sorted(taken, key=lambda n: (n.first, n.office, n.id))


def _same_thing(one: Stated, other: Stated, stock: bool) -> bool:
    if not stock:
        return one.overlaps(other)
    same = one.office == other.office or COUNTY in (level_of(one.office), level_of(other.office))
    return same and (not one.area or not other.area or one.area == other.area)


def zero_spans(ledger: Ledger, codes: CodeList) -> dict[str, dict[str, list[Span]]]:
    """Subject -> office -> the periods for which it reported that there was nothing."""
    found: dict[str, dict[str, list[Span]]] = {}
    for kind, office, first, last in ledger.rows(
        "SELECT kind, office, first, last FROM zero_report"
        " WHERE removed = '' AND first IS NOT NULL AND last IS NOT NULL ORDER BY first"
    ):
        item = codes.item(kind)
        span = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        found.setdefault(item.label if item else kind, {}).setdefault(office, []).append(span)
    return found


def declared_zero(spans: Mapping[str, Sequence[Span]], first: dt.date, last: dt.date) -> bool:
    """Whether every office reported nothing for the whole period; several reports may add up."""
    return all(_covered(some, first, last) for some in spans.values())


def _covered(spans: Sequence[Span], first: dt.date, last: dt.date) -> bool:
    reached = first - _DAY
    for start, end in spans:  # in order of their first day
        if start > reached + _DAY:
            break
        reached = max(reached, end)
    return reached >= last
