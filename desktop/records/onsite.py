"""On-site office work (现场办公) of a trip: one a place; the problems are its parts."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import choice, long_text, parent
from desktop.core.record import Record, record_type, section
from desktop.records.naming import place


@record_type(
    "onsite",
    "现场办公",
    section("现场办公", "place"),
    section("更多", "place_kind", "note"),
    headline=("place",),
    dated_by="activity.date",
)
@dataclass(frozen=True, kw_only=True)
class Onsite(Record):
    """One session of on-site office work."""

    activity: str = parent("活动", "activity", required=True, indexed=True)
    place: str = place("地点", in_list=True, searchable=True)
    place_kind: str = choice("地点类型", codes="place_kind", in_list=True, more=True)
    note: str = long_text("备注", searchable=True, more=True)
