"""Who else took part in a trip, with role, post and rank frozen as of that day."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import choice, parent, text
from desktop.core.record import Record, record_type
from desktop.records.naming import person


@record_type("participation", "同行", headline=("person",), dated_by="activity.date")
@dataclass(frozen=True, kw_only=True)
class Participation(Record):
    """One person's part in one trip."""

    activity: str = parent("活动", "activity", required=True, indexed=True)
    person: str = person("姓名", required=True, in_list=True, searchable=True)
    role: str = choice("角色", codes="leader_role", in_list=True)
    post: str = text("职务", in_list=True)
    rank: str = choice("职务层次", codes="rank", in_list=True)
