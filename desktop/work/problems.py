"""The course of a problem (问题项): which steps may follow, and what each writes.

待认领 → 办理中 → 已解决待核验 → 已销号, with 延期 and 终止, and a way back from every end, because
what was thought solved may break again. A problem that was solved or explained on the spot is at an
end without any step. What an import wrote as state in free words counts as 办理中.

A step is one operation: the problem and one entry of its log, so that one undo takes back both.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from desktop.core.errors import UserError
from desktop.core.names import mask_words
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records.codes import CodeList
from desktop.records.problem import Problem
from desktop.records.progress_note import ProgressNote
from desktop.work.codes import code_lists
from desktop.work.due_words import DONE, due_words

Lists = Mapping[str, CodeList]

ON_THE_SPOT, EXPLAINED = "01", "05"  # decisions that leave nothing to do


class State(Enum):
    """Where a problem stands; the value is the official code of the label that says so."""

    UNCLAIMED = "01"
    UNDER_WAY = "02"
    SOLVED = "03"
    CLOSED = "04"
    EXTENDED = "05"
    STOPPED = "06"
    SPOT = "spot"  # solved or explained on the spot; nothing was written since


WORKING = (State.UNCLAIMED, State.UNDER_WAY, State.EXTENDED)
ENDS = (State.CLOSED, State.STOPPED, State.SPOT)


def state_of(problem: Problem, known: Lists) -> State:
    """Where a problem stands."""
    item = known["problem_status"].item(problem.status)
    if problem.closed and (item is None or item.code != State.STOPPED.value):
        return State.CLOSED
    if item is not None:
        return State(item.code)
    decision = known["problem_decision"].item(problem.decision)
    if not problem.status and decision is not None and decision.code in (ON_THE_SPOT, EXPLAINED):
        return State.SPOT
    return State.UNDER_WAY if problem.status else State.UNCLAIMED


def state_words(problem: Problem, known: Lists) -> str:
    """The state in the words that were recorded, with a mark where it is settled."""
    state = state_of(problem, known)
    if state is State.SPOT:
        return f"{DONE} {problem.decision}"
    words = problem.status or label_of(known, "problem_status", state.value)
    return f"{DONE} {words}" if state is State.CLOSED else words


def label_of(known: Lists, name: str, code: str) -> str:
    """The official label of a code."""
    return next(i.label for i in known[name].items if i.code == code)


def deadline_words(problem: Problem, known: Lists, today: dt.date) -> str:
    """● 超期3天 or ◐ 还有12天, while somebody still has to do something."""
    working = state_of(problem, known) in WORKING
    return due_words(problem.due, today) if working else ""


# ---- steps ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """What a person says with a step."""

    date: dt.date | None = None
    text: str = ""
    person: str = ""
    due: dt.date | None = None
    verifier: str = ""
    rating: str = ""


@dataclass(frozen=True)
class Step:
    """One kind of step.

    Attributes:
        name: for programs.
        label: on the button.
        kind: code of the entry that it leaves in the log.
        starts: the states in which it may be taken.
        leads: the state it leads to; None stays where it is.
        asks: what the text is called; a text is always wanted unless `plain` is given.
        plain: the text that is written when none is given; '' where one has to be given.
        fields: what is asked beside day, text and person.
    """

    name: str
    label: str
    kind: str
    starts: tuple[State, ...]
    leads: State | None
    asks: str
    plain: str = ""
    fields: tuple[str, ...] = ()


STEPS = (
    Step("claim", "认领", "08", (State.UNCLAIMED,), State.UNDER_WAY, "说明", "已认领，开始办理"),
    Step("progress", "记进展", "01", (*WORKING, State.SOLVED), None, "进展"),
    Step("solve", "已解决，请核验", "03", WORKING, State.SOLVED, "怎样解决的"),
    Step(
        "extend", "延期", "02", (*WORKING,), State.EXTENDED, "延期原因", fields=("due",)
    ),
    Step(
        "verify", "核验通过", "04", (State.SOLVED,), None, "核验情况", "核验属实",
        ("verifier", "rating"),
    ),
    Step("refuse", "核验退回", "05", (State.SOLVED,), State.UNDER_WAY, "退回原因"),
    Step("close", "销号", "06", (State.SOLVED,), State.CLOSED, "说明", "同意销号"),
    Step("stop", "终止", "07", WORKING, State.STOPPED, "终止原因"),
    Step("reopen", "重新办理", "09", ENDS, State.UNDER_WAY, "重新办理的原因"),
)  # fmt: skip
BY_NAME = {step.name: step for step in STEPS}


def steps_from(problem: Problem, known: Lists) -> list[tuple[Step, str]]:
    """The steps that belong to the state, each with why it may not be taken yet ('' if it may)."""
    state = state_of(problem, known)
    return [(s, _against(s, problem)) for s in STEPS if state in s.starts]


def _against(step: Step, problem: Problem) -> str:
    if step.name == "claim" and not problem.unit:
        return "还没有写责任单位"
    if step.name == "close" and not problem.verified:
        return "还没有核验"
    if step.name == "verify" and problem.verified:
        return "已经核验过"
    return ""


def lacking(step: Step, problem: Problem, entry: Entry) -> dict[str, str]:
    """What a step still wants to know: name of an entry's field -> sentence."""
    found = {}
    if entry.date is None:
        found["date"] = "还没有填"
    if not entry.text.strip() and not step.plain:
        found["text"] = f"{step.asks}还没有写"
    if "due" in step.fields:
        if entry.due is None:
            found["due"] = "新的完成时限还没有填"
        elif problem.due and entry.due <= problem.due:
            found["due"] = f"要晚于原来的时限（{problem.due.isoformat()}）"
    if "verifier" in step.fields and not entry.verifier.strip():
        found["verifier"] = "核验人还没有写"
    return found


def taken(step: Step, problem: Problem, entry: Entry, known: Lists) -> tuple[Problem, ProgressNote]:
    """The problem after a step, and the entry of its log.

    Raises:
        UserError: the step doesn't fit the state that the problem is in, or something is missing.
    """
    state = state_of(problem, known)
    wrong = "" if state in step.starts else f"现在是「{state_words(problem, known)}」"
    wrong = wrong or _against(step, problem) or "；".join(lacking(step, problem, entry).values())
    if wrong:
        raise UserError(f"「{step.label}」没有做：{wrong}。问题没有改动，请看过现在的情况再办。")
    changes: dict[str, object] = {}
    # Whoever reports progress on an unclaimed problem is at work on it.
    leads = State.UNDER_WAY if step.leads is None and state is State.UNCLAIMED else step.leads
    if leads is not None:
        changes["status"] = label_of(known, "problem_status", leads.value)
    text = entry.text.strip() or step.plain
    if step.name == "extend":
        was = f"原定{problem.due.isoformat()}，" if problem.due else ""
        text = f"{text}（{was}延至{entry.due.isoformat() if entry.due else ''}）"
        changes["due"] = entry.due
    elif step.name == "verify":
        changes |= {"verified": entry.date, "verifier": entry.verifier.strip()}
        if entry.rating:
            changes["satisfaction"] = entry.rating
    elif step.name in ("refuse", "reopen"):
        changes |= {"verified": None, "verifier": "", "closed": None}
    elif step.name == "close":
        changes["closed"] = entry.date
    note = ProgressNote(
        office=problem.office,
        problem=problem.id,
        date=entry.date,
        kind=label_of(known, "progress_kind", step.kind),
        text=text,
        person=entry.person,
    )
    return dataclasses.replace(problem, **changes), note  # type: ignore[arg-type]


def take(ledger: Ledger, problem_id: str, name: str, entry: Entry) -> Problem:
    """Take a step and save it, as one operation."""
    problem = ledger.get(Problem, problem_id)
    if problem is None or problem.removed:
        raise UserError("这个问题已经作废，没有改动。请先恢复它。")
    step = BY_NAME[name]
    after, note = taken(step, problem, entry, code_lists(ledger))
    with ledger.write(f"问题{step.label}") as rows:
        saved = rows.save(after, note)
    assert isinstance(saved[0], Problem)
    return saved[0]


# ---- the log ----------------------------------------------------------------------------------


def log_of(ledger: Ledger, problem_id: str) -> list[ProgressNote]:
    """The entries of a problem's log, the oldest first."""
    # Ids of people's records are ordered by time.
    query = Query(
        ProgressNote.type,
        (Condition("problem", "=", problem_id),),
        order=(("date", False), ("id", False)),
    )
    return ledger.fetch(ProgressNote, ledger.ids(query))


def extensions(log: Iterable[ProgressNote], known: Lists) -> int:
    """How often a problem was extended."""
    kinds = known["progress_kind"]
    return sum(1 for n in log if (i := kinds.item(n.kind)) is not None and i.code == "02")


# ---- lists ------------------------------------------------------------------------------------

ALL, OPEN, LATE, TO_VERIFY = "all", "open", "late", "verify"


def only(kind: str, known: Lists, today: dt.date) -> tuple[Condition, ...]:
    """What narrows a list of problems to those that are open, late or to be verified."""
    status, decisions = known["problem_status"], known["problem_decision"]
    if kind == TO_VERIFY:
        labels = tuple(status.meaning((State.SOLVED.value,)))
        return (Condition("status", "in", labels), Condition("closed", "empty"))
    if kind == ALL:
        return ()
    ended = status.meaning((State.CLOSED.value, State.STOPPED.value))
    if kind == LATE:  # what waits for verification isn't late any more
        ended += status.meaning((State.SOLVED.value,))
    ended += decisions.meaning((ON_THE_SPOT, EXPLAINED))
    # The decision says where a problem stands as long as nothing was written since.
    found = (
        Condition("status|decision", "not in", tuple(ended)),
        Condition("closed", "empty"),
    )
    return (*found, Condition("due", "<", today)) if kind == LATE else found


@dataclass(frozen=True)
class ProblemTotals:
    """What problems add up to."""

    open: int
    late: int
    to_verify: int


def problem_totals(ledger: Ledger, ids: Iterable[str], today: dt.date) -> ProblemTotals:
    """How many of these are not struck off, late, or waiting to be verified."""
    wanted, known = set(ids), code_lists(ledger)

    def count(kind: str) -> int:
        query = Query(Problem.type).having(*only(kind, known, today))
        return len(wanted.intersection(ledger.ids(query)))

    return ProblemTotals(count(OPEN), count(LATE), count(TO_VERIFY))


@dataclass(frozen=True)
class ProblemRow:
    """A problem in a list: words that follow from it."""

    state: str
    deadline: str
    last: str  # the newest entry of its log


def problem_rows(ledger: Ledger, ids: Iterable[str], today: dt.date) -> dict[str, ProblemRow]:
    """Id -> what a list shows beside a problem's own fields."""
    wanted = list(ids)
    known = code_lists(ledger)
    last = _last_entries(ledger, wanted)
    return {
        p.id: ProblemRow(state_words(p, known), deadline_words(p, known, today), last.get(p.id, ""))
        for p in ledger.fetch(Problem, wanted)
    }


def _last_entries(ledger: Ledger, ids: list[str]) -> dict[str, str]:
    query = Query(
        ProgressNote.type,
        (Condition("problem", "in", tuple(ids)),),
        order=(("date", False), ("id", False)),
    )
    found = {}
    for note in ledger.fetch(ProgressNote, ledger.ids(query)):
        day = note.date.strftime("%m-%d ") if note.date else ""
        found[note.problem] = day + " ".join(mask_words(note.text).split())
    return found
