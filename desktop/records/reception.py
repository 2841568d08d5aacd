"""A reception session (接访) of a trip: one a place; the visits are its parts."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import choice, long_text, parent, text
from desktop.core.record import Record, record_type, section
from desktop.records.naming import place


@record_type(
    "reception",
    "接访",
    section("接访", "place", "kind"),
    section("更多", "place_kind", "announced", "companions", "note"),
    headline=("place",),
    dated_by="activity.date",
)
@dataclass(frozen=True, kw_only=True)
class Reception(Record):
    """One session at one place (条例 art. 18: 定期接访、下访)."""

    activity: str = parent("活动", "activity", required=True, indexed=True)
    place: str = place("地点", in_list=True, searchable=True)
    kind: str = choice("接访类型", codes="reception_kind", in_list=True)
    place_kind: str = choice("地点类型", codes="place_kind", more=True)
    announced: str = text("公示方式", more=True)
    companions: str = text("陪同部门", searchable=True, more=True)
    note: str = long_text("备注", searchable=True, more=True)
