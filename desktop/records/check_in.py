"""A party member who reported to a residential area (双报到)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import day, integer, text, yes_no
from desktop.core.record import Record, record_type
from desktop.records.naming import area, unit


@record_type("check_in", "党员报到", headline=("person", "area"), dated_by="date")
@dataclass(frozen=True, kw_only=True)
class CheckIn(Record):
    """One member's report to one area, with the service and the measures that came of it."""

    person: str = text("姓名", required=True, in_list=True, searchable=True)
    unit: str = unit("所在单位", in_list=True, searchable=True)
    area: str = area("报到小区", in_list=True, searchable=True)
    date: dt.date | None = day("报到日期", in_list=True, indexed=True)
    volunteering: bool | None = yes_no("开展志愿服务", in_list=True)
    measures: int | None = integer("改进措施", unit="条", in_list=True)
