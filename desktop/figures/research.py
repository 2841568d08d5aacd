"""Further figures of research: fieldwork, the course of topics, and what they led to."""

from __future__ import annotations

from desktop.figures.declaring import (
    COUNTY_LEADS,
    IN_VILLAGE,
    PROBLEM_DAY,
    TRIP_DAY,
    dated,
    means,
    of_rank,
    rate,
    recorded,
)
from desktop.figures.figure import COUNT, Either, Figure, Has, Rule, Term, distinct, total
from desktop.ledger.query import Condition

_GROUP = "调研"


def _fieldwork(
    name: str, label: str, unit: str, rule: str, *where: Term, count: Rule = COUNT
) -> Figure:
    return dated(name, label, unit, _GROUP, rule, "fieldwork", TRIP_DAY, *where, count=count)


def _topics(name: str, label: str, rule: str, *where: Term, by: str = "") -> Figure:
    return dated(name, label, "个", _GROUP, rule, "topic", "start", *where, by=by)


FIGURES: tuple[Figure, ...] = (
    _fieldwork(
        "fieldwork_days",
        "实地调研天数",
        "天",
        "调研活动的天数，同一领导同一天只算一天",
        count=distinct("activity.leader,activity.date"),
    ),
    _fieldwork(
        "fieldwork_leaders",
        "参加调研的领导干部",
        "名",
        "调研的带队领导，同一人只算一名",
        count=distinct("activity.leader"),
    ),
    _fieldwork(
        "fieldwork_leaders_county_rank",
        "参加调研的县处级领导",
        "名",
        "调研时为县处级的带队领导，同一人只算一名",
        COUNTY_LEADS,
        count=distinct("activity.leader"),
    ),
    _fieldwork(
        "fieldwork_villages",
        "调研到过的村（社区）",
        "个",
        "调研地点中的村（社区），同一村只算一个",
        IN_VILLAGE,
        count=distinct("place"),
    ),
    recorded(
        _fieldwork(
            "fieldwork_interviewees",
            "调研走访对象",
            "人次",
            "调研记录的走访对象之和",
            Condition("interviewees", "filled"),
            count=total("interviewees"),
        ),
        "interviewees",
    ),
    recorded(
        _fieldwork(
            "fieldwork_meetings",
            "调研座谈",
            "次",
            "调研记录的座谈次数之和",
            Condition("meetings", "filled"),
            count=total("meetings"),
        ),
        "meetings",
    ),
    recorded(
        _fieldwork(
            "fieldwork_unannounced",
            "“四不两直”调研",
            "次",
            "调研方式中有“四不两直”的调研",
            Condition("methods", "has", "四不两直"),
        ),
        "methods",
    ),
    _topics("topics_by_state", "调研课题（按状态）", "立项的课题，按状态分", by="state"),
    _topics("topics_by_source", "调研课题（按来源）", "立项的课题，按来源分", by="source"),
    recorded(
        _topics(
            "topics_county_rank",
            "县处级领导牵头课题",
            "牵头领导为县处级的课题",
            of_rank("leader_rank"),
        ),
        "leader_rank",
    ),
    recorded(
        _topics(
            "topics_done",
            "已完成的课题",
            "本期立项、期末已完成的课题",
            Either((Condition("finished", "by end"), means("state", "06"))),
        ),
        "finished",
        "state",
    ),
    rate(
        "topics_done_rate",
        "课题完成率",
        _GROUP,
        "已完成的课题÷立项的课题×100%",
        "topics_done",
        "topics",
    ),
    rate(
        "topics_with_results_rate",
        "课题成果转化率",
        _GROUP,
        "已转化的课题÷立项的课题×100%",
        "topics_with_results",
        "topics",
    ),
    recorded(
        dated(
            "topic_reports",
            "调研报告",
            "篇",
            _GROUP,
            "报告日期在本期的课题",
            "topic",
            "reported",
            Condition("reported", "filled"),
        ),
        "reported",
    ),
    dated("topic_uses", "调研成果转化", "项", _GROUP, "转化日期在本期的成果", "topic_use", "date"),
    dated(
        "topic_uses_by_kind",
        "调研成果转化（按方式）",
        "项",
        _GROUP,
        "成果转化按方式分",
        "topic_use",
        "date",
        by="kind",
    ),
    recorded(
        dated(
            "problems_from_research",
            "调研发现问题",
            "个",
            _GROUP,
            "来源为调研或课题的问题",
            "problem",
            PROBLEM_DAY,
            Either((Has("fieldwork", "id", path="source"), Has("topic", "id", path="source"))),
        ),
        "source",
    ),
)
