"""The research register (调研课题): how far a topic is against its plan, and what belongs to it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records.activity import Activity
from desktop.records.codes import CodeList
from desktop.records.problem import Problem
from desktop.records.topic import Topic
from desktop.records.topic_use import TopicUse
from desktop.records.typical_case import TypicalCase
from desktop.work.codes import code_lists
from desktop.work.due_words import DONE, due_words
from desktop.work.problems import state_words

Lists = Mapping[str, CodeList]

DRAWN_UP, UNDER_WAY, REPORTED, SHARED, IN_USE, DONE_CODE, WITHDRAWN = (
    "01", "02", "03", "04", "05", "06", "07",
)  # fmt: skip
NO_DUE = "没有计划完成日期"

_NEXT = {
    DRAWN_UP: "开展调研",
    UNDER_WAY: "形成调研报告",
    REPORTED: "交流成果",
    SHARED: "转化成果",
    IN_USE: "完成",
}


@dataclass(frozen=True)
class TopicProgress:
    """A topic against its plan.

    Attributes:
        words: with a mark: ● 超期3天, ◐ 还有12天, ✓ 完成; or that there is no plan.
        time: the share of the planned time that is gone, 0 to 1; None where no plan says it.
        done: the share of the way that the state stands for, 0 to 1.
        next: what is to be done next; '' at the end.
    """

    words: str
    time: float | None
    done: float
    next: str


def progress(topic: Topic, known: Lists, today: dt.date) -> TopicProgress:
    """How far a topic is against its plan."""
    item = known["topic_state"].item(topic.state)
    code = item.code if item else ""
    if code == WITHDRAWN:
        return TopicProgress(topic.state, None, 0.0, "")
    if code == DONE_CODE:
        day = f" {topic.finished.isoformat()}" if topic.finished else ""
        return TopicProgress(f"{DONE} {topic.state}{day}", None, 1.0, "")
    done = (int(code) - 1) / (int(DONE_CODE) - 1) if code else 0.0
    words = due_words(topic.due, today) or NO_DUE
    if code:
        following = _NEXT[code]
    elif topic.state:  # in the office's own words: what comes before the end only they know
        following = "完成"
    else:
        following = "立项" if topic.start is None else "写明状态"
    return TopicProgress(words, _time_gone(topic, today), done, following)


def _time_gone(topic: Topic, today: dt.date) -> float | None:
    if topic.start is None or topic.due is None or topic.due <= topic.start:
        return None
    return min(max((today - topic.start) / (topic.due - topic.start), 0.0), 1.0)


def missing(topic: Topic, uses: Sequence[TopicUse], known: Lists) -> dict[str, str]:
    """What a finished topic still lacks: field -> sentence. It may be saved all the same."""
    item = known["topic_state"].item(topic.state)
    if item is None or item.code != DONE_CODE:
        return {}
    found = {}
    if not topic.report:
        found["report"] = "已经完成，还没有写调研报告"
    if not topic.result and not uses:
        found["result"] = "已经完成，还没有写成果怎样转化"
    return found


# ---- what belongs to a topic ------------------------------------------------------------------


@dataclass(frozen=True)
class Trip:
    """One trip on a topic: the activity it was part of, when, who and where in words."""

    activity: str
    date: dt.date | None
    leader: str
    place: str


@dataclass(frozen=True)
class Belonging:
    """A record that belongs to a topic: its title, and a word on how it stands."""

    type: str
    id: str
    title: str
    state: str


def trips_of(ledger: Ledger, topic_id: str) -> list[Trip]:
    """The trips on a topic, the newest first."""
    rows = ledger.rows(
        "SELECT a.id, f.place FROM fieldwork f JOIN activity a ON a.id = f.activity"
        " WHERE f.topic = ? AND f.removed = '' AND a.removed = '' ORDER BY a.date DESC, f.id",
        [topic_id],
    )
    trips = {a.id: a for a in ledger.fetch(Activity, [row[0] for row in rows])}
    words = ledger.titles.words
    return [
        Trip(one, trips[one].date, words(trips[one].leader), words(place)) for one, place in rows
    ]


def problems_of(ledger: Ledger, topic_id: str) -> list[Belonging]:
    """The problems that were found by a topic's research, itself or on one of its trips."""
    sources = [topic_id]
    sources += [
        row[0]
        for row in ledger.rows(
            "SELECT id FROM fieldwork WHERE topic = ? AND removed = ''", [topic_id]
        )
    ]
    known = code_lists(ledger)
    query = Query(Problem.type, (Condition("source", "in", tuple(sources)),))
    return [
        Belonging(Problem.type.name, p.id, p.title, state_words(p, known))
        for p in ledger.fetch(Problem, ledger.ids(query))
    ]


def cases_of(ledger: Ledger, topic_id: str) -> list[Belonging]:
    """The typical cases of a topic, good and bad."""
    query = Query(TypicalCase.type, (Condition("topic", "=", topic_id),))
    return [
        Belonging(TypicalCase.type.name, c.id, c.name, c.polarity)
        for c in ledger.fetch(TypicalCase, ledger.ids(query))
    ]


def uses_of(ledger: Ledger, topic_id: str, *, removed: bool = False) -> list[TopicUse]:
    """What became of a topic's results, in the order in which it was written."""
    query = Query(TopicUse.type, (Condition("topic", "=", topic_id),), removed=removed)
    return ledger.fetch(TopicUse, ledger.ids(query))


# ---- lists ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TopicRow:
    """A topic in a list: words that follow from it."""

    words: str
    next: str
    trips: int


def topic_rows(ledger: Ledger, ids: Iterable[str], today: dt.date) -> dict[str, TopicRow]:
    """Id -> what a list shows beside a topic's own fields."""
    wanted = list(ids)
    known = code_lists(ledger)
    counts = dict(
        ledger.rows(
            "SELECT f.topic, count(*) FROM fieldwork f JOIN activity a ON a.id = f.activity"
            " WHERE f.removed = '' AND a.removed = ''"
            " AND f.topic IN (SELECT value FROM json_each(?)) GROUP BY 1",
            [json.dumps(wanted)],
        )
    )
    found = {}
    for topic in ledger.fetch(Topic, wanted):
        now = progress(topic, known, today)
        found[topic.id] = TopicRow(now.words, now.next, counts.get(topic.id, 0))
    return found
