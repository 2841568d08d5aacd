"""Problems of one root cause (同类问题): grouped, so that n matters lead to one kind solved."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.core.errors import UserError
from desktop.core.ids import new_id
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records.problem import Problem
from desktop.records.root_cause import RootCause
from desktop.work.codes import code_lists
from desktop.work.problems import State, state_of, state_words

MOST_OFFERED = 6
_LOOKED_AT = 40  # hits of one piece of a title
_PIECE = 2  # Hanzi: a word of a title is rarely shorter


@dataclass(frozen=True)
class Member:
    """A problem of a group: its title, how it stands, and when and where it was found."""

    id: str
    title: str
    state: str
    note: str = ""


def problems_of(ledger: Ledger, root_cause: str) -> list[Problem]:
    """The problems of one root cause, in the order in which they were registered."""
    query = Query(Problem.type, (Condition("root_cause", "=", root_cause),))
    return ledger.fetch(Problem, ledger.ids(query))


def members_of(ledger: Ledger, root_cause: str) -> list[Member]:
    """The problems of one root cause, for a form."""
    return _members(ledger, problems_of(ledger, root_cause))


def _members(ledger: Ledger, problems: Iterable[Problem]) -> list[Member]:
    known = code_lists(ledger)
    return [
        Member(p.id, p.title, state_words(p, known), ledger.titles.words(p.place)) for p in problems
    ]


def group(ledger: Ledger, problems: Sequence[str], *, into: str = "", name: str = "") -> RootCause:
    """Put problems under one root cause, an old one or a new one of that name; one operation.

    Raises:
        UserError: neither is given, or the root cause isn't here any more.
    """
    chosen = [p for p in ledger.fetch(Problem, problems) if not p.removed]
    if into:
        root = ledger.get(RootCause, into)
        if root is None or root.removed:
            raise UserError("这类问题已经作废，没有归入。请另选一类。")
    elif name.strip():
        root = RootCause(id=new_id(), name=name.strip(), opened=dt.date.today())
    else:
        raise UserError("还没有写是哪一类问题，没有归入。请先写一个名称。")
    moved = [dataclasses.replace(p, root_cause=root.id) for p in chosen]
    with ledger.write("归为同类问题") as rows:
        saved = rows.save(root, *moved)
    assert isinstance(saved[0], RootCause)
    return saved[0]


def release(ledger: Ledger, problem: str) -> None:
    """Take a problem out of its group."""
    found = ledger.get(Problem, problem)
    if found is not None:
        with ledger.write("移出同类问题") as rows:
            rows.save(dataclasses.replace(found, root_cause=""))


def sentence(root: RootCause, count: int) -> str:
    """What grouping came to, as a report says it."""
    if not count:
        return "还没有归入问题。"
    if root.closed:
        return f"{count} 件问题推动解决 1 类问题（{root.closed.isoformat()} 解决）。"
    return f"已归集 {count} 件同类问题，这一类还没有写解决日期。"


@dataclass(frozen=True)
class GroupRow:
    """A root cause in a list: how many problems, how many of them settled."""

    problems: int
    settled: int


def group_rows(ledger: Ledger, ids: Iterable[str]) -> dict[str, GroupRow]:
    """Id -> what a list shows beside a root cause's own fields."""
    known = code_lists(ledger)
    wanted = tuple(ids)
    query = Query(Problem.type, (Condition("root_cause", "in", wanted),))
    members: dict[str, list[bool]] = {}
    for one in ledger.fetch(Problem, ledger.ids(query)):
        done = state_of(one, known) in (State.CLOSED, State.SOLVED, State.SPOT)
        members.setdefault(one.root_cause, []).append(done)
    return {i: GroupRow(len(members.get(i, ())), sum(members.get(i, ()))) for i in wanted}


def offered(ledger: Ledger, problem: Problem) -> list[Member]:
    """Problems that share most words with one, and aren't in its group; the likest first.

    Simple on purpose: pieces of two Hanzi looked up in the search index.
    """
    title = "".join(c for c in problem.title if c.isalnum())
    pieces = [title[i : i + _PIECE] for i in range(len(title) - _PIECE + 1)]
    shared: dict[str, int] = {}
    for piece in dict.fromkeys(pieces):
        for hit in ledger.search(piece, [Problem.type.name], _LOOKED_AT):
            shared[hit.id] = shared.get(hit.id, 0) + 1
    shared.pop(problem.id, None)
    least = max(len(set(pieces)) // 3, 2)
    ranked = sorted((i for i, n in shared.items() if n >= least), key=lambda i: (-shared[i], i))
    found = [
        p
        for p in ledger.fetch(Problem, ranked)
        if not p.removed and (not problem.root_cause or p.root_cause != problem.root_cause)
    ]
    return _members(ledger, found[:MOST_OFFERED])
