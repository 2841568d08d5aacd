"""A suggestion as its form shows it: itself, who made it, what it was joined to, what it became.

Read as one and saved as one: an answer goes to all that were joined, a new one that is the same as
an older one is saved and joined, in the one operation.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from desktop.core.record import Record
from desktop.gui import edits
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.ledger.rows import Rows
from desktop.records import Petitioner, Suggestion
from desktop.work import conversion, doubles, suggestions
from desktop.work.codes import code_lists

UNNAMED = "不愿留名"


@dataclass(frozen=True)
class Joined:
    """A suggestion that was joined to the one on the sheet."""

    id: str
    title: str
    day: str
    standing: str


@dataclass(frozen=True)
class SuggestionSheet:
    """All that the form shows."""

    suggestion: Suggestion
    person: Petitioner | None = None
    main: str = ""  # id of what it was joined to
    main_title: str = ""
    joined: tuple[Joined, ...] = ()
    owed: int = 0  # joined ones that haven't got the answer
    became: Record | None = None
    became_title: str = ""


@dataclass(frozen=True)
class Typed:
    """What a person typed: the suggestion, who made it, what it is joined to, and what it isn't."""

    suggestion: Suggestion
    name: str
    phone: str
    main: str = ""
    reason: str = ""
    apart: tuple[str, ...] = ()


def read(ledger: Ledger, record_id: str) -> SuggestionSheet | None:
    """The sheet; None if there is no such suggestion."""
    one = ledger.get(Suggestion, record_id)
    if one is None:
        return None
    ledger.texts(one)  # so that titles are at hand when the editors ask
    lists, today = code_lists(ledger), ledger.now().date()
    main = doubles.main_of(ledger, one.id)
    made = conversion.became(ledger, one)
    ids = doubles.duplicates_of(ledger, one.id)
    joined = tuple(
        Joined(
            j.id,
            ledger.titles.words(j.id),
            j.date.isoformat() if j.date else "",
            suggestions.standing(j, today, lists=lists),
        )
        for j in ledger.fetch(Suggestion, ids)
    )
    replied = bool(one.replied)
    return SuggestionSheet(
        suggestion=one,
        person=_person(ledger, one),
        main=main if main != one.id else "",
        main_title=ledger.titles.words(main) if main != one.id else "",
        joined=joined,
        owed=len(suggestions.answered_with(ledger, one)) if replied else 0,
        became=made,
        became_title=ledger.titles.words(made.id) if made else "",
    )


def _person(ledger: Ledger, one: Suggestion) -> Petitioner | None:
    query = Query(
        Petitioner.type, (Condition("of", "=", one.id),), removed=bool(one.removed), limit=1
    )
    return next(iter(ledger.fetch(Petitioner, ledger.ids(query))), None)


def write(ledger: Ledger, title: str, before: SuggestionSheet | None, typed: Typed) -> None:
    """Save what a person changed, as one operation."""
    former = before.suggestion if before else None
    one = edits.carried(ledger, former, typed.suggestion)
    told = former is None or any(
        getattr(one, name) != getattr(former, name) for name in suggestions.ANSWER
    )
    with ledger.write(title) as rows:
        (one,) = edits.save(ledger, rows, [one])  # type: ignore[assignment]
        if told and one.replied:
            suggestions.save_answer(ledger, rows, one)
        person = before.person if before else None
        if typed.name or typed.phone:
            blank = person or Petitioner(of=one.id, office=one.office)
            after = dataclasses.replace(blank, name=typed.name, phone=typed.phone)
            if after != blank:
                # As it is now: another window may have added an address meanwhile.
                rows.save(edits.carried(ledger, person, after))
        elif person is not None and (person.name or person.phone):
            rows.remove(Petitioner.type, person.id, UNNAMED)
        if typed.main:
            doubles.join(ledger, rows, Suggestion.type, one.id, typed.main, typed.reason)
        for other in typed.apart:
            doubles.keep_apart(ledger, rows, Suggestion.type, one.id, other)


def changing(
    title: str, record_id: str, act: Callable[[Ledger, Rows], object]
) -> Callable[[Ledger], SuggestionSheet | None]:
    """A job that does one thing to a suggestion in one operation, and reads its sheet again."""

    def job(ledger: Ledger) -> SuggestionSheet | None:
        with ledger.write(title) as rows:
            act(ledger, rows)
        return read(ledger, record_id)

    return job
