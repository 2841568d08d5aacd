"""A lecture group (宣讲队伍): who goes out to explain policy, besides leaders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, integer, text
from desktop.core.record import Record, record_type
from desktop.records.naming import person, unit


@record_type("speaker_team", "宣讲队伍", headline=("name",), dated_by="founded", register=True)
@dataclass(frozen=True, kw_only=True)
class SpeakerTeam(Record):
    """A group with its leader and size; lectures may name it."""

    name: str = text("队伍名称", required=True, in_list=True, searchable=True)
    kind: str = choice("类别", codes="speaker_kind", in_list=True)
    leader: str = person("负责人", in_list=True, searchable=True)
    members: int | None = integer("人数", unit="人", in_list=True)
    unit: str = unit("组建单位", in_list=True, searchable=True)
    founded: dt.date | None = day("组建日期", in_list=True, indexed=True)
