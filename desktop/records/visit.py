"""One visit (批次) at a reception session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, integer, link, long_text, parent, yes_no
from desktop.core.record import Record, record_type, section
from desktop.records.codes import ACCUSATION, NO_ACCUSATION


@record_type(
    "visit",
    "来访",
    section("来访", "people", "matter", "outcome"),
    section(
        "更多",
        "category",
        "purpose",
        "collective",
        "representatives",
        "backlog",
        "due",
        "closed",
        "follow_up",
        "satisfaction",
        "case",
    ),
    headline=("matter",),
    dated_by="reception.activity.date",
)
@dataclass(frozen=True, kw_only=True)
class Visit(Record):
    """One visit. Who came is a `petitioner` record; a matter that goes on becomes a `case`."""

    reception: str = parent("接访", "reception", required=True, indexed=True)
    people: int | None = integer("来访人数", unit="人", low=1, default=1, in_list=True)
    matter: str = long_text("诉求", required=True, in_list=True, searchable=True)
    outcome: str = choice("现场处理", codes="visit_outcome", in_list=True)
    category: str = choice("内容分类", codes="matter_category", in_list=True, more=True)
    purpose: str = choice("信访目的", codes="petition_purpose", more=True)
    collective: bool | None = yes_no("集体访", more=True)
    representatives: int | None = integer("代表人数", unit="人", more=True)
    backlog: bool | None = yes_no("是否积案", more=True)
    due: dt.date | None = day("办理期限", more=True)
    closed: dt.date | None = day("办结日期", more=True, in_list=True)
    follow_up: str = choice("回访方式", codes="follow_up", more=True)
    satisfaction: str = choice("满意度", codes="satisfaction", more=True)
    case: str = link("转为信访事项", "case", more=True, indexed=True)

    def problems(self) -> dict[str, str]:
        """At most five represent a group (条例 art. 20 ¶3); accusations are not kept."""
        found: dict[str, str] = {}
        if (self.representatives or 0) > 5:
            found["representatives"] = "代表不得超过5人（条例第20条）"
        if self.purpose == ACCUSATION:
            found["purpose"] = NO_ACCUSATION
        return found
