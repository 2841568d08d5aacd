"""A research topic (调研课题)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, choices, day, long_text, text
from desktop.core.record import Record, record_type, section
from desktop.records.naming import person, units


@record_type(
    "topic",
    "调研课题",
    section("课题", "name", "leader", "source", "methods", "start"),
    section("进展", "state", "due", "result", "report", "reported", "finished"),
    section("更多", "leader_rank", "area", "units", "plan"),
    headline=("name",),
    dated_by="start",
    register=True,
)
@dataclass(frozen=True, kw_only=True)
class Topic(Record):
    """A topic with its leader; the trips on it are `fieldwork` records."""

    name: str = text("课题名称", required=True, in_list=True, searchable=True)
    leader: str = person("牵头领导", in_list=True, searchable=True)
    source: str = choice("课题来源", codes="topic_source", in_list=True)
    methods: tuple[str, ...] = choices("调研方式", codes="research_method", in_list=True)
    start: dt.date | None = day("立项日期", in_list=True, indexed=True)
    state: str = choice("状态", codes="topic_state", in_list=True)
    result: str = choice("成果转化", codes="topic_result", in_list=True)
    due: dt.date | None = day("计划完成日期")
    leader_rank: str = choice("牵头领导职务层次", codes="rank", more=True)
    report: str = text("调研报告", searchable=True)
    reported: dt.date | None = day("报告日期")
    finished: dt.date | None = day("完成日期")
    units: tuple[str, ...] = units("参与单位", searchable=True, more=True)
    plan: str = long_text("计划安排", searchable=True, more=True)
    area: str = choice("领域", codes="field", more=True)
