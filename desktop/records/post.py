"""A post that a cadre holds or held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, parent, text
from desktop.core.record import Record, record_type
from desktop.records.naming import unit


@record_type("post", "职务", headline=("title",), register=True)
@dataclass(frozen=True, kw_only=True)
class Post(Record):
    """One post of one cadre with its rank, from a day to a day; empty days are open ends."""

    cadre: str = parent("干部", "cadre", required=True, indexed=True)
    unit: str = unit("单位", in_list=True)
    title: str = text("职务", in_list=True, searchable=True)
    rank: str = choice("职务层次", codes="rank", in_list=True)
    start: dt.date | None = day("任职日期", in_list=True)
    end: dt.date | None = day("免职日期", in_list=True)
