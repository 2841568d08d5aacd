"""A place of the administrative division: county, township, village or community."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, link, text
from desktop.core.record import Record, record_type


@record_type("place", "地点", headline=("name",), register=True)
@dataclass(frozen=True, kw_only=True)
class Place(Record):
    """A place with its 12-digit code (GB/T 2260, GB/T 10114); its id follows from the code."""

    code: str = text("区划代码", required=True, in_list=True, searchable=True, indexed=True)
    name: str = text("名称", required=True, in_list=True, searchable=True, indexed=True)
    level: str = choice("层级", codes="place_level", required=True, in_list=True, indexed=True)
    settlement: str = choice("类别", codes="settlement", in_list=True)
    within: str = link("上级", "place", in_list=True, indexed=True)
    aliases: str = text("别名", searchable=True, help="用、分开")
    valid_from: dt.date | None = day("启用日期", more=True)
    valid_to: dt.date | None = day("停用日期", more=True)
    successor: str = link("并入", "place", more=True)
