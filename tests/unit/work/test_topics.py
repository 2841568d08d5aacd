"""Topics against their plan, and what belongs to them."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Fieldwork, Problem, Topic, TopicUse, TypicalCase
from desktop.records.codes import official
from desktop.work import topics
from tests import fakes

KNOWN = official()
START, DUE = dt.date(2026, 3, 1), dt.date(2026, 6, 9)  # a hundred days


@pytest.mark.parametrize(
    ("state", "after", "words", "following"),
    [
        ("", 0, "◐ 还有100天", "写明状态"),
        ("立项", 88, "◐ 还有12天", "开展调研"),
        ("调研中", 100, "◐ 今天到期", "形成调研报告"),
        ("形成报告", 103, "● 超期3天", "交流成果"),
        ("成果交流", 50, "◐ 还有50天", "转化成果"),
        ("转化中", 50, "◐ 还有50天", "完成"),
        ("完成", 300, "✓ 完成", ""),
        ("撤销", 300, "撤销", ""),
        ("等领导批示", 50, "◐ 还有50天", "完成"),
    ],
)
def test_words_and_what_is_next(state: str, after: int, words: str, following: str) -> None:
    topic = Topic(name="农村养老", state=state, start=START, due=DUE)
    found = topics.progress(topic, KNOWN, START + dt.timedelta(after))
    assert (found.words, found.next) == (words, following)


def test_time_against_the_way() -> None:
    topic = Topic(name="农村养老", state="调研中", start=START, due=DUE)
    early = topics.progress(topic, KNOWN, START + dt.timedelta(10))
    late = topics.progress(topic, KNOWN, START + dt.timedelta(60))
    assert (early.time, early.done) == (0.1, 0.2)
    assert (late.time, late.done) == (0.6, 0.2)
    assert topics.progress(topic, KNOWN, START - dt.timedelta(5)).time == 0
    assert topics.progress(topic, KNOWN, DUE + dt.timedelta(5)).time == 1


def test_without_a_plan() -> None:
    topic = Topic(name="农村养老", state="调研中", start=START)
    found = topics.progress(topic, KNOWN, DUE)
    assert (found.words, found.time) == ("没有计划完成日期", None)


def test_a_finished_topic_says_what_it_lacks() -> None:
    topic = Topic(name="农村养老", state="完成")
    assert set(topics.missing(topic, [], KNOWN)) == {"report", "result"}
    use = TopicUse(kind="出台制度", what="养老服务办法")
    assert set(topics.missing(topic, [use], KNOWN)) == {"report"}
    assert topics.missing(Topic(name="农村养老", state="转化中"), [], KNOWN) == {}


def test_what_belongs_to_a_topic(ledger: Ledger) -> None:
    with ledger.write("登记") as rows:
        topic, other = rows.save(
            Topic(name="农村养老", state="调研中", start=START, due=DUE), Topic(name="撂荒地")
        )
        trip, void = rows.save(
            fakes.make(Activity, date=START, leader="李明"),
            fakes.make(Activity, date=DUE, leader="王丽"),
        )
        first, _, _ = rows.save(
            Fieldwork(activity=trip.id, topic=topic.id, place="前沟村"),
            Fieldwork(activity=trip.id, topic=other.id, place="后塬村"),
            Fieldwork(activity=void.id, topic=topic.id, place="后塬村"),
        )
        rows.save(
            Problem(title="没有活动场所", source=topic.id, decision="限期解决"),
            Problem(title="没有午餐", source=first.id, decision="现场解决"),
            Problem(title="别的问题"),
            TypicalCase(name="幸福院", polarity="正面", topic=topic.id),
            TopicUse(topic=topic.id, kind="出台制度", what="办法", document="柳政发〔2026〕3号"),
        )
        rows.remove(Activity.type, void.id, "重复录入")
    assert topics.trips_of(ledger, topic.id) == [
        topics.Trip(trip.id, START, "李明", "前沟村"),
    ]
    found = [(b.title, b.state) for b in topics.problems_of(ledger, topic.id)]
    assert sorted(found) == [("没有午餐", "✓ 现场解决"), ("没有活动场所", "待认领")]
    assert [(c.title, c.state) for c in topics.cases_of(ledger, topic.id)] == [("幸福院", "正面")]
    assert [u.what for u in topics.uses_of(ledger, topic.id)] == ["办法"]
    rows_of = topics.topic_rows(ledger, [topic.id, other.id], DUE)
    assert rows_of[topic.id] == topics.TopicRow("◐ 今天到期", "形成调研报告", 1)
    assert rows_of[other.id] == topics.TopicRow("没有计划完成日期", "立项", 1)
