"""A petition matter (信访事项); its steps and clocks come with case tracking."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, integer, link, long_text, text, yes_no
from desktop.core.record import record_type, section
from desktop.records.codes import ACCUSATION, NO_ACCUSATION
from desktop.records.example import EXAMPLE, Example
from desktop.records.naming import person, place, unit


@record_type(
    "case",
    "信访事项",
    section("事项", "received", "matter", "place", "category", "people"),
    section("办理", "unit", "due", "status", "closed", "result"),
    section(
        "更多",
        "form",
        "source",
        "purpose",
        "follow_up",
        "satisfaction",
        "backlog",
        "lead_cadre",
        "lead_rank",
        "co_lead",
        "co_lead_rank",
        "national_number",
        "origin",
    ),
    section("典型事例", *EXAMPLE),
    headline=("matter",),
    dated_by="received",
    numbered="信",
)
@dataclass(frozen=True, kw_only=True)
class Case(Example):
    """A matter on the register. An imported one starts no clock whose start date it lacks."""

    received: dt.date | None = day("登记日期", required=True, in_list=True, indexed=True)
    matter: str = long_text("诉求", required=True, in_list=True, searchable=True)
    place: str = place("问题属地", in_list=True)
    category: str = choice("内容分类", codes="matter_category", in_list=True)
    people: int | None = integer("人数", unit="人", low=1, default=1)
    unit: str = unit("责任单位", in_list=True, searchable=True)
    due: dt.date | None = day("办理期限", in_list=True, indexed=True)
    status: str = choice("状态", codes="case_status", in_list=True)
    closed: dt.date | None = day("办结日期", in_list=True)
    result: str = long_text("办理结果", searchable=True)
    form: str = choice("信访形式", codes="petition_form", more=True)
    source: str = choice("来源", codes="case_source", more=True)
    purpose: str = choice("信访目的", codes="petition_purpose", more=True)
    follow_up: str = choice("回访方式", codes="follow_up", more=True)
    satisfaction: str = choice("满意度", codes="satisfaction", more=True)
    backlog: bool | None = yes_no("是否积案", more=True)
    lead_cadre: str = person("包案领导", more=True)
    lead_rank: str = choice("包案领导职务层次", codes="rank", more=True)
    co_lead: str = person("协助包案领导", more=True)
    co_lead_rank: str = choice("协助包案领导职务层次", codes="rank", more=True)
    national_number: str = text("国家系统信访件编号", searchable=True, more=True)
    origin: str = link("来自", "visit", "suggestion", "problem", more=True, indexed=True)

    def problems(self) -> dict[str, str]:
        """Accusations are not kept (条例 art. 30 ¶3, 46): only that they were passed on."""
        return {"purpose": NO_ACCUSATION} if self.purpose == ACCUSATION else {}
