"""A service that a party member did where he reported to (志愿服务)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, integer, parent, text
from desktop.core.record import Record, record_type


@record_type("volunteer_service", "志愿服务", headline=("date", "kind"), dated_by="date")
@dataclass(frozen=True, kw_only=True)
class VolunteerService(Record):
    """One service: day, kind, hours; a part of the check-in, so who served has checked in."""

    check_in: str = parent("报到党员", "check_in", required=True, indexed=True)
    date: dt.date | None = day("日期", required=True, in_list=True, indexed=True)
    kind: str = choice("服务类型", codes="service_kind", in_list=True)
    hours: int | None = integer("时长", unit="小时", in_list=True)
    what: str = text("服务内容", in_list=True, searchable=True)
