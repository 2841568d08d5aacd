"""A residential area (小区) with its service station and liaison mechanism."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import day, text, yes_no
from desktop.core.record import Record, record_type
from desktop.records.naming import place


@record_type("residential_area", "小区", headline=("name",), dated_by="station_on", register=True)
@dataclass(frozen=True, kw_only=True)
class ResidentialArea(Record):
    """A residential area to which party members report."""

    name: str = text("小区", required=True, in_list=True, searchable=True, indexed=True)
    community: str = place("所属社区", in_list=True)
    township: str = place("乡镇", in_list=True)
    station: bool | None = yes_no("新建党群服务站", in_list=True)
    station_on: dt.date | None = day("服务站建立日期", in_list=True)
    mechanism: bool | None = yes_no("建立联系群众机制", in_list=True)
    mechanism_on: dt.date | None = day("机制建立日期", in_list=True)
