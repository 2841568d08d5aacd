"""A unit: a department, institution or enterprise that acts or is responsible."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, link, text
from desktop.core.record import Record, record_type


@record_type("unit", "单位", headline=("name",), register=True)
@dataclass(frozen=True, kw_only=True)
class Unit(Record):
    """A unit; its id follows from the county's code and its full name."""

    name: str = text("单位全称", required=True, in_list=True, searchable=True, indexed=True)
    kind: str = choice("单位类别", codes="unit_kind", in_list=True)
    aliases: str = text("简称、别名", in_list=True, searchable=True, help="用、分开")
    valid_from: dt.date | None = day("设立日期", more=True)
    valid_to: dt.date | None = day("撤销日期", more=True)
    successor: str = link("职能并入", "unit", more=True)
