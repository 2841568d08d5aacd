"""What is possible but unlikely: saved, marked and listed, never refused (plain rules per type).

Every sentence ends in `CHECK`, by which a mark of these rules is told from one that an import made:
once the value is likely again, the mark goes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from desktop.core.fields import Day, Link
from desktop.core.record import Record
from desktop.ledger.ledger import Ledger

CHECK = "请核对"
FIRST_DAY = dt.date(2010, 1, 1)
MOST_HEADS = 1000  # at one lecture in a village
MOST_SESSIONS = 30
MOST_VISITORS = 200
LONGEST = dt.timedelta(3 * 365)

Found = dict[str, str]
Rule = Callable[[Any, "Near"], Found]


@dataclasses.dataclass(frozen=True)
class Near:
    """What a rule may look at beside the record: today, and the day of the trip it belongs to."""

    today: dt.date
    day: dt.date | None = None


def _said(**sentences: str) -> Found:
    return {name: words and f"{words}，{CHECK}" for name, words in sentences.items()}


def _happened(day: dt.date | None, near: Near) -> str:
    """A day of something that has happened."""
    if day is None:
        return ""
    if day > near.today:
        return "日期在今天以后"
    return "日期在2010年以前" if day < FIRST_DAY else ""


def _follows(day: dt.date | None, start: dt.date | None, words: str) -> str:
    return words if day is not None and start is not None and day < start else ""


def _due(due: dt.date | None, start: dt.date | None) -> str:
    if due is None or start is None:
        return ""
    if due < start:
        return "期限早于当天"
    return "期限在三年以后" if due - start > LONGEST else ""


def _trip(trip: Any, near: Near) -> Found:
    times = trip.start is not None and trip.end is not None and trip.end <= trip.start
    return _said(
        date=_happened(trip.date, near),
        end="结束早于开始" if times else "",
        attendance=_count(trip.attendance, MOST_VISITORS),
    )


def _count(count: int | None, most: int) -> str:
    if count == 0:
        return "填了0"
    return f"{count:,}太多" if count is not None and count > most else ""


def _lecture(one: Any, near: Near) -> Found:
    most = MOST_HEADS * max(one.sessions or 1, 1)
    party = one.heads is not None and (one.party_heads or 0) > one.heads
    return _said(
        heads=_count(one.heads, most),
        sessions="场次很多" if (one.sessions or 0) > MOST_SESSIONS else "",
        party_heads="党员比受众多" if party else "",
    )


def _fieldwork(one: Any, near: Near) -> Found:
    return _said(interviewees=_count(one.interviewees, MOST_HEADS))


def _visit(one: Any, near: Near) -> Found:
    few = one.collective is True and (one.people or 0) < 5
    several = (one.representatives or 0) > (one.people or 0) > 0
    return _said(
        people=_count(one.people, MOST_VISITORS),
        collective="不到5人" if few else "",
        representatives="代表比来访的人多" if several else "",
        closed=_follows(one.closed, near.day, "办结早于来访") or _happened(one.closed, near),
        due=_due(one.due, near.day),
    )


def _problem(one: Any, near: Near) -> Found:
    start = near.day or one.date
    return _said(
        date=_happened(one.date, near),
        due=_due(one.due, start),
        closed=_follows(one.closed, start, "销号早于提出") or _happened(one.closed, near),
        verified=_follows(one.verified, one.closed or start, "核验早于销号"),
    )


def _case(one: Any, near: Near) -> Found:
    return _said(
        received=_happened(one.received, near),
        due=_due(one.due, one.received),
        closed=_follows(one.closed, one.received, "办结早于登记") or _happened(one.closed, near),
        people=_count(one.people, MOST_VISITORS),
    )


def _suggestion(one: Any, near: Near) -> Found:
    return _said(
        date=_happened(one.date, near),
        due=_due(one.due, one.date),
        assigned=_follows(one.assigned, one.date, "转办早于收集"),
        replied=_follows(one.replied, one.date, "反馈早于收集") or _happened(one.replied, near),
    )


def _dispute(one: Any, near: Near) -> Found:
    return _said(
        date=_happened(one.date, near),
        settled=_follows(one.settled, one.date, "化解早于排查") or _happened(one.settled, near),
    )


def _check_in(one: Any, near: Near) -> Found:
    return _said(date=_happened(one.date, near), measures=_count(one.measures or None, 50))


def _period(one: Any, near: Near) -> Found:
    """A month is often reported before its last day, but not before its first."""
    return _said(first="期间还没有开始" if one.first and one.first > near.today else "")


_RULES: Mapping[str, Rule] = {
    "activity": _trip,
    "lecture": _lecture,
    "fieldwork": _fieldwork,
    "visit": _visit,
    "problem": _problem,
    "case": _case,
    "suggestion": _suggestion,
    "dispute": _dispute,
    "check_in": _check_in,
    "zero_report": _period,
    "declared_count": _period,
}


def _judged(record: Record, today: dt.date, day: dt.date | None) -> Found:
    """Every field that the rules look at -> what is unlikely about it, or ''."""
    rule = _RULES.get(record.type.name)
    near = Near(today, day)
    if rule is not None:
        return rule(record, near)
    dated = record.type.by_name.get(record.type.dated_by)
    if dated is None or not isinstance(dated.kind, Day):
        return {}
    return _said(**{dated.name: _happened(getattr(record, dated.name), near)})


def unlikely(record: Record, today: dt.date, day: dt.date | None = None) -> Found:
    """Field name -> what is unlikely about it; `day` is that of the trip it belongs to."""
    return {name: words for name, words in _judged(record, today, day).items() if words}


def marked(record: Record, today: dt.date, day: dt.date | None = None) -> Record:
    """The record with a mark for what is unlikely, and without marks that no longer hold."""
    judged = _judged(record, today, day)
    kept = {
        name: words
        for name, words in record.marks.items()
        if name not in judged or not words.endswith(CHECK)
    }
    marks = {name: words for name, words in judged.items() if words} | kept
    return record if marks == dict(record.marks) else dataclasses.replace(record, marks=marks)


def all_marked(ledger: Ledger, records: list[Record]) -> list[Record]:
    """Records about to be saved together; a part is judged by the day of its whole."""
    together = {record.id: record for record in records}
    today = ledger.now().date()
    return [marked(r, today, day_of(ledger, r, together)) for r in records]


def day_of(
    ledger: Ledger, record: Record, together: Mapping[str, Record] | None = None
) -> dt.date | None:
    """The day of the whole that a record is a part of, from what is saved with it or stands."""
    above = record.type.parent
    if above is None or not isinstance(above.kind, Link):
        return None
    whole_id = getattr(record, above.name)
    whole = (together or {}).get(whole_id)
    if whole is None and whole_id:
        whole = ledger.get(ledger.types[above.kind.target].cls, whole_id)
    if whole is None:
        return None
    day = getattr(whole, whole.type.dated_by.split("|")[-1], None)
    return day if isinstance(day, dt.date) else day_of(ledger, whole, together)
