"""Field research (调研) on a trip, on a topic."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import choice, choices, integer, link, long_text, parent
from desktop.core.record import Record, record_type, section
from desktop.records.naming import place


@record_type(
    "fieldwork",
    "调研",
    section("调研", "place", "topic", "methods", "interviewees"),
    section("更多", "place_kind", "meetings", "findings"),
    headline=("topic", "place"),
    dated_by="activity.date",
)
@dataclass(frozen=True, kw_only=True)
class Fieldwork(Record):
    """One visit to one place for research."""

    activity: str = parent("活动", "activity", required=True, indexed=True)
    place: str = place("地点", in_list=True, searchable=True)
    topic: str = link("课题", "topic", in_list=True)
    methods: tuple[str, ...] = choices("调研方式", codes="research_method", in_list=True)
    interviewees: int | None = integer("走访对象", unit="人次", in_list=True)
    place_kind: str = choice("地点类型", codes="place_kind", more=True)
    meetings: int | None = integer("座谈", unit="次", more=True)
    findings: str = long_text("调研情况", searchable=True, more=True)
