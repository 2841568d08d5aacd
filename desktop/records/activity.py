"""A trip (活动): one office, one date, its main leader; what was done there are its parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, choices, clock, day, integer, link, long_text, text
from desktop.core.record import Record, record_type, section
from desktop.records.naming import person, places


@record_type(
    "activity",
    "活动",
    section("这次活动", "date", "leader", "places", "campaign"),
    section(
        "更多",
        "leader_post",
        "leader_rank",
        "leader_role",
        "start",
        "end",
        "attendance",
        "summary",
        "recorder",
    ),
    headline=("date", "leader", "places"),
    dated_by="date",
    indexes=(("removed", "date"), ("leader", "removed", "date")),
)
@dataclass(frozen=True, kw_only=True)
class Activity(Record):
    """A trip. Post and rank of the leader are frozen as of that day."""

    date: dt.date | None = day("日期", required=True, in_list=True)
    leader: str = person("带队领导", required=True, in_list=True, searchable=True)
    places: tuple[str, ...] = places("地点", in_list=True, searchable=True)
    campaign: str = link("专项行动", "campaign", in_list=True)
    leader_post: str = text("职务", more=True)
    leader_rank: str = choice("职务层次", codes="rank", in_list=True, more=True)
    leader_role: tuple[str, ...] = choices("领导角色", codes="leader_role", more=True)
    start: dt.time | None = clock("开始时间", more=True)
    end: dt.time | None = clock("结束时间", more=True)
    attendance: int | None = integer("参加人数", unit="人", more=True)
    summary: str = long_text("内容摘要", searchable=True, more=True)
    recorder: str = text("记录人", more=True)
