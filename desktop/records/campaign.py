"""A campaign (专项行动) to which trips belong."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import day, long_text, text
from desktop.core.record import Record, record_type


@record_type("campaign", "专项行动", headline=("name",), dated_by="start", register=True)
@dataclass(frozen=True, kw_only=True)
class Campaign(Record):
    """A campaign with its name, days and basis sentence."""

    name: str = text("名称", required=True, in_list=True, searchable=True)
    start: dt.date | None = day("开始日期", in_list=True, indexed=True)
    end: dt.date | None = day("结束日期", in_list=True)
    basis: str = long_text("依据", more=True)
