"""A problem item (问题项), found on site or elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, link, long_text, parent, text
from desktop.core.record import record_type, section
from desktop.records.example import EXAMPLE, Example
from desktop.records.naming import person, place, unit, units


@record_type(
    "problem",
    "问题",
    section("问题", "title", "decision", "unit", "due"),
    section(
        "更多",
        "date",
        "place",
        "field",
        "measure",
        "co_units",
        "person",
        "status",
        "closed",
        "verified",
        "verifier",
        "satisfaction",
        "liaison",
        "root_cause",
        "source",
        "detail",
    ),
    section("典型事例", *EXAMPLE),
    headline=("title",),
    dated_by="onsite.activity.date|date",
    numbered="问",
)
@dataclass(frozen=True, kw_only=True)
class Problem(Example):
    """One problem with the decision on the spot; only 现场解决 counts as solved on the spot."""

    onsite: str = parent("现场办公", "onsite", indexed=True)
    title: str = text("问题", required=True, in_list=True, searchable=True)
    decision: str = choice("现场决定", codes="problem_decision", in_list=True)
    unit: str = unit("责任单位", in_list=True, searchable=True, indexed=True)
    due: dt.date | None = day("完成时限", in_list=True, indexed=True)
    date: dt.date | None = day("提出日期", more=True)
    place: str = place("涉及地点", in_list=True, more=True)
    field: str = choice("领域", codes="field", more=True)
    measure: str = long_text("解决措施", searchable=True, more=True)
    co_units: tuple[str, ...] = units("配合单位", more=True)
    liaison: str = person("包联领导", searchable=True, more=True)
    person: str = person("责任人", more=True)
    status: str = choice("完成情况", codes="problem_status", in_list=True, more=True, indexed=True)
    closed: dt.date | None = day("销号日期", more=True)
    verified: dt.date | None = day("核验日期", more=True)
    verifier: str = text("核验人", more=True)
    satisfaction: str = choice("群众评价", codes="satisfaction", more=True)
    root_cause: str = link("同类问题", "root_cause", more=True, indexed=True)
    source: str = link(
        "来源", "visit", "case", "suggestion", "fieldwork", "topic", more=True, indexed=True
    )
    detail: str = long_text("情况说明", searchable=True, more=True)
