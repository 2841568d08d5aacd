"""意见建议 from receipt to reply: what may follow what, who is owed an answer, where each stands.

登记 → 研判 → 转办 → 办理中 → 已反馈 → 归档. A step may be skipped where nothing asks for it (an
answer on the spot needs no other unit). What was imported has no status: where it stands follows
from what it says, and is never written into it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.ledger.ledger import Ledger
from desktop.ledger.rows import Rows
from desktop.records import Suggestion
from desktop.records.codes import CodeList, official
from desktop.work import doubles
from desktop.work.due_words import DONE, due_words

REGISTERED, WEIGHED, ASSIGNED, IN_HAND, REPLIED, FILED = "01", "02", "03", "04", "05", "06"
"""Codes of the list suggestion_status."""

ADOPTED, PARTLY, REFUSED, KEPT, STUDIED, PASSED_ON = "01", "02", "03", "04", "05", "06"
"""Codes of the list adoption."""

SOON = 5
"""Days before the reminder from which a suggestion is marked (an office's own, no law's)."""

ANSWER = ("status", "adoption", "reason", "replied", "reply_form", "reply")
"""What one answer writes into a suggestion and into all that were joined to it."""

MUST_ANSWER = "采纳、部分采纳的要先答复建议人，才能归档（条例第29条）"

Lists = Mapping[str, CodeList]


def label(codes: str, code: str) -> str:
    """The official label of a code."""
    return next(i.label for i in official()[codes].items if i.code == code)


def code_of(lists: Lists, codes: str, words: str) -> str:
    """The code that a recorded label counts as; '' if there is none."""
    known = lists.get(codes)
    item = known.item(words) if known and words else None
    return item.code if item else ""


# ---- where one stands -------------------------------------------------------------------------


def status_of(one: Suggestion, lists: Lists | None = None) -> str:
    """The code of the step that a suggestion has reached, said or not."""
    lists = lists or official()
    if said := code_of(lists, "suggestion_status", one.status):
        return said
    if one.replied:
        return REPLIED
    if one.result or code_of(lists, "adoption", one.adoption):
        return IN_HAND
    return ASSIGNED if one.unit or one.assigned else REGISTERED


def settled(one: Suggestion, lists: Lists | None = None) -> Suggestion:
    """A suggestion whose status has caught up with what was filled in; one without stays so."""
    said = code_of(lists or official(), "suggestion_status", one.status)
    if not said or one.converted:
        return one
    reached = status_of(dataclasses.replace(one, status=""), lists)
    forward = reached > said and said != FILED
    return dataclasses.replace(one, status=label("suggestion_status", reached)) if forward else one


def is_decided(one: Suggestion, lists: Lists | None = None) -> bool:
    """Whether it is said what becomes of it (研究中 says nothing yet)."""
    return code_of(lists or official(), "adoption", one.adoption) not in ("", STUDIED)


def standing(one: Suggestion, today: dt.date, *, main: str = "", lists: Lists | None = None) -> str:
    """Where a suggestion stands, as a mark and words; `main` is what it was joined to."""
    if main:
        return f"已并入 {main}"
    if one.converted:
        return "已转出"
    reached = status_of(one, lists)
    if reached == FILED:
        return f"{DONE} 已归档"
    if reached == REPLIED:
        return f"{DONE} 已答复"
    if words := due_words(one.due, today, within=SOON):
        return words
    if is_decided(one, lists):
        return "待答复"
    return "待转办" if reached in (REGISTERED, WEIGHED) and not one.unit else "办理中"


def next_steps(one: Suggestion, lists: Lists | None = None) -> tuple[str, ...]:
    """The codes of the steps that may follow, the usual one first."""
    if one.converted:
        return ()
    reached = status_of(one, lists)
    following = {
        REGISTERED: (ASSIGNED, WEIGHED, REPLIED),
        WEIGHED: (ASSIGNED, REPLIED),
        ASSIGNED: (IN_HAND, REPLIED),
        IN_HAND: (REPLIED,),
        REPLIED: (),
        FILED: (IN_HAND,),
    }[reached]
    if reached != FILED and not may_file(one, lists):
        following += (FILED,)
    return following


# ---- the rules --------------------------------------------------------------------------------


def may_file(one: Suggestion, lists: Lists | None = None) -> str:
    """Why a suggestion can't be filed yet, or ''."""
    adoption = code_of(lists or official(), "adoption", one.adoption)
    if one.replied:
        return "还在研究中，有了结果再归档" if adoption == STUDIED else ""
    if adoption in (ADOPTED, PARTLY):
        return MUST_ANSWER
    if not is_decided(one, lists):
        return "还没有写采纳情况或答复，不能归档"
    return ""


def problems(one: Suggestion, lists: Lists | None = None) -> dict[str, str]:
    """What stands against the status that a suggestion claims: field name -> sentence."""
    lists = lists or official()
    reached = code_of(lists, "suggestion_status", one.status)
    adoption = code_of(lists, "adoption", one.adoption)
    found: dict[str, str] = {}
    if one.converted:
        return found
    if reached == ASSIGNED and not one.unit:
        found["unit"] = "转给哪个单位还没有填"
    if reached and adoption == REFUSED and not one.reason.strip():
        found["reason"] = "不采纳要写明理由"
    if reached == REPLIED and not one.replied:
        found["replied"] = "哪天答复的还没有填"
    if reached == FILED and (why := may_file(one, lists)):
        found["replied" if why == MUST_ANSWER else "adoption"] = why
    if one.rating and not one.replied:
        found["rating"] = "答复以后才有评价；请先填反馈日期"
    if one.date and one.assigned and one.assigned < one.date:
        found["assigned"] = "比收集日期还早，请核对"
    if one.date and one.replied and one.replied < one.date:
        found["replied"] = "比收集日期还早，请核对"
    return found


# ---- those that were joined -------------------------------------------------------------------


def answered_with(ledger: Ledger, main: Suggestion) -> list[Suggestion]:
    """What was joined to a suggestion, with the answer that it got; only those that change."""
    answer_of_main = {name: getattr(main, name) for name in ANSWER}
    joined = ledger.fetch(Suggestion, doubles.duplicates_of(ledger, main.id))
    fresh = [dataclasses.replace(one, **answer_of_main) for one in joined if not one.removed]
    return [new for new, old in zip(fresh, [j for j in joined if not j.removed], strict=True)
            if new != old and not old.converted]  # fmt: skip


def save_answer(ledger: Ledger, rows: Rows, main: Suggestion) -> list[Suggestion]:
    """Save a suggestion, and its answer into all that were joined to it."""
    saved = rows.save(main, *answered_with(ledger, main))
    return [one for one in saved if isinstance(one, Suggestion)]


@dataclass(frozen=True)
class Totals:
    """What suggestions of a list add up to; `mains` counts what was joined once."""

    rows: int
    mains: int
    open: int
    late: int
    unanswered: int


def totals(ledger: Ledger, ids: Iterable[str], today: dt.date, lists: Lists) -> Totals:
    """Count suggestions: as they were written down, and as they are when joined."""
    wanted = list(ids)
    joined = doubles.mains(ledger, wanted)
    counted = [s for s in ledger.fetch(Suggestion, wanted) if s.id not in joined]
    in_hand = [
        s for s in counted if not s.converted and status_of(s, lists) not in (REPLIED, FILED)
    ]
    return Totals(
        rows=len(wanted),
        mains=len(counted),
        open=len(in_hand),
        late=sum(1 for s in in_hand if s.due and s.due < today),
        unanswered=sum(1 for s in in_hand if is_decided(s, lists)),
    )


def suggestions_since(ledger: Ledger, counter: int) -> list[str]:
    """The ids of the suggestions that were written down after an operation."""
    rows = ledger.rows(
        "SELECT id FROM suggestion WHERE removed = '' AND counter > ? ORDER BY date, id", [counter]
    )
    return [row[0] for row in rows]
