"""A policy lecture (宣讲) given on a trip."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import choice, choices, integer, link, long_text, parent, yes_no
from desktop.core.record import Record, record_type, section
from desktop.records.naming import person, place


@record_type(
    "lecture",
    "宣讲",
    section("宣讲", "place", "theme", "form", "heads"),
    section(
        "更多",
        "sessions",
        "place_kind",
        "speaker",
        "speaker_kind",
        "team",
        "audience",
        "party_heads",
        "online_views",
        "materials",
        "answers",
        "screening",
        "party_class",
        "note",
    ),
    headline=("theme", "place"),
    dated_by="activity.date",
)
@dataclass(frozen=True, kw_only=True)
class Lecture(Record):
    """A lecture, or a series of 场次 at one place; the trip's leader speaks unless said."""

    activity: str = parent("活动", "activity", required=True, indexed=True)
    place: str = place("地点", in_list=True, searchable=True)
    theme: str = choice(
        "宣讲主题", codes="lecture_theme", required=True, in_list=True, searchable=True
    )
    form: str = choice("宣讲形式", codes="lecture_form", in_list=True)
    heads: int | None = integer("受众", unit="人次", in_list=True)
    sessions: int | None = integer("场次", unit="场次", low=1, default=1, in_list=True, more=True)
    place_kind: str = choice("地点类型", codes="place_kind", more=True)
    speaker: str = person("宣讲人", searchable=True, more=True)
    speaker_kind: str = choice("宣讲人类别", codes="speaker_kind", more=True)
    team: str = link("宣讲队伍", "speaker_team", more=True, indexed=True)
    audience: tuple[str, ...] = choices("宣讲对象", codes="audience", more=True)
    party_heads: int | None = integer("其中党员", unit="人次", more=True)
    online_views: int | None = integer("线上观看", unit="次", more=True)
    materials: int | None = integer("发放资料", unit="份", more=True)
    answers: int | None = integer("现场答疑", unit="次", more=True)
    screening: bool | None = yes_no("结合矛盾纠纷排查", more=True)
    party_class: bool | None = yes_no("县处级领导讲党课", more=True)
    note: str = long_text("备注", searchable=True, more=True)

    def problems(self) -> dict[str, str]:
        """Party members are part of the audience."""
        if self.heads is not None and (self.party_heads or 0) > self.heads:
            return {"party_heads": "其中党员不能多于受众"}
        return {}
