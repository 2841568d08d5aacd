"""A cadre of the roster (干部名册); posts over time are records of their own."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import text, yes_no
from desktop.core.record import Record, record_type


@record_type("cadre", "干部", headline=("name",), register=True)
@dataclass(frozen=True, kw_only=True)
class Cadre(Record):
    """A cadre; a move changes the posts, never the id."""

    roster_number: str = text("名册编号", in_list=True, searchable=True, indexed=True)
    name: str = text("姓名", required=True, in_list=True, searchable=True, indexed=True)
    party_member: bool | None = yes_no("是否中共党员")
    on_roster: bool | None = yes_no("在领导名册", in_list=True)
    note: str = text("备注", more=True)
