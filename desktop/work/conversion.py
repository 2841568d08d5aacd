"""A suggestion that is a petition matter or a problem after all: made into one, and taken back.

The suggestion stays, says what it became and when, and leaves the counts of suggestions from that
day on; who made it stays with it, and stands behind the new record too.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

from desktop.core.errors import UserError
from desktop.core.fields import Link
from desktop.core.ids import new_id
from desktop.core.record import Record, RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.ledger.rows import Rows
from desktop.records import Case, Petitioner, Problem, Suggestion
from desktop.records.codes import official
from desktop.work import doubles
from desktop.work.numbers import numbered

BECOMES: tuple[RecordType, ...] = (Case.type, Problem.type)
TAKEN_BACK = "收回为意见建议"
_TITLE = 40  # characters of a problem's title
_WORKED_ON = {
    Case.type.name: ("unit", "due", "closed", "result", "national_number"),
    Problem.type.name: ("onsite", "unit", "due", "decision", "measure", "closed", "verified"),
}
"""Fields that stay empty when a suggestion is converted: filled in, somebody is at work on it."""


def convert(
    ledger: Ledger, rows: Rows, suggestion_id: str, into: RecordType, day: dt.date
) -> Record:
    """Make a suggestion into a case or a problem; returns that.

    Raises:
        UserError: it is void, became something already, or was joined to another.
    """
    one = _suggestion(ledger, suggestion_id)
    if one.converted:
        raise UserError("这条建议已经转出，没有再转一次。要改转别处，请先收回。")
    if main := doubles.mains(ledger, [one.id]).get(one.id):
        title = ledger.titles.words(main)[:20]
        raise UserError(f"这条建议已经并入「{title}」，没有转出。请在那一条上转，或先拆开。")
    if one.date and day < one.date:
        raise UserError("转出日期比收集日期还早，没有转出。请核对收集日期。")
    (made,) = numbered(ledger, [_case(one, day) if into is Case.type else _problem(one, day)])
    persons = [
        dataclasses.replace(person, id=new_id(), of=made.id, marks={})
        for person in _persons(ledger, one.id)
    ]
    changed = dataclasses.replace(one, converted=day, became=made.id)
    rows.save(made, *persons, changed)
    return made


def _case(one: Suggestion, day: dt.date) -> Case:
    sources = official()["case_source"].items
    return Case(
        id=new_id(),
        office=one.office,
        received=day,
        matter=_whole(one),
        place=one.place,
        source=next(i.label for i in sources if i.code == "01"),
        status=official()["case_status"].items[0].label,
        origin=one.id,
    )


def _problem(one: Suggestion, day: dt.date) -> Problem:
    words = " ".join(one.content.split())
    first = re.split(r"[。；！？\n]", one.content.strip(), maxsplit=1)[0]
    title = words if len(words) <= _TITLE else " ".join(first.split())[:_TITLE]
    return Problem(
        id=new_id(),
        office=one.office,
        title=title,
        detail="" if title == _whole(one) else _whole(one),
        date=day,
        place=one.place,
        field=one.kind,
        source=one.id,
    )


def _whole(one: Suggestion) -> str:
    return "\n".join(filter(None, (one.content, one.remedy and f"建议人的办法：{one.remedy}")))


def take_back(ledger: Ledger, rows: Rows, suggestion_id: str, reason: str) -> Suggestion:
    """Make a converted suggestion one again; what it became is made void with the reason.

    Raises:
        UserError: it became nothing, or somebody has worked on what it became.
    """
    one = _suggestion(ledger, suggestion_id)
    if not one.converted:
        raise UserError("这条建议没有转出，不用收回，没有改动。")
    made = became(ledger, one)
    if made is not None and not made.removed:
        if done := worked_on(ledger, made):
            raise UserError(
                f"转成的{made.type.label}已经有了{'、'.join(done)}，不能直接收回，没有改动。"
                f"请在{made.type.label}那边办完；确实转错的，先在那边删去这些，再收回。"
            )
        for person in _persons(ledger, made.id):
            rows.remove(Petitioner.type, person.id, reason)
        rows.remove(made.type, made.id, reason)
    back = dataclasses.replace(one, converted=None, became="")
    rows.save(back)
    return back


def became(ledger: Ledger, one: Suggestion) -> Record | None:
    """What a suggestion was made into; None if nothing, or if it isn't in this ledger."""
    if not one.became:
        return None
    return next((r for of in BECOMES if (r := ledger.get(of.cls, one.became))), None)


def worked_on(ledger: Ledger, made: Record) -> list[str]:
    """What was done on a record that a suggestion became: labels of fields, and of its parts."""
    found = [
        made.type.field(name).label
        for name in _WORKED_ON[made.type.name]
        if getattr(made, name) != made.type.field(name).kind.empty
    ]
    for of in ledger.types.values():
        if of in (Petitioner.type, Suggestion.type):
            continue
        links = [f.name for f in of.fields if _leads_to(f.kind, made.type)]
        if any(ledger.count(_pointing(of, name, made.id)) for name in links):
            found.append(of.label)
    return found


def _leads_to(kind: object, of: RecordType) -> bool:
    return isinstance(kind, Link) and of.name in kind.targets


def _pointing(of: RecordType, name: str, record_id: str) -> Query:
    return Query(of, (Condition(name, "=", record_id),), doubles=True)


def _persons(ledger: Ledger, record_id: str) -> list[Petitioner]:
    query = Query(Petitioner.type, (Condition("of", "=", record_id),))
    return ledger.fetch(Petitioner, ledger.ids(query))


def _suggestion(ledger: Ledger, record_id: str) -> Suggestion:
    one = ledger.get(Suggestion, record_id)
    if one is None or one.removed:
        raise UserError("这条建议已经作废，没有改动。请先恢复它。")
    return one
