"""Problems of one root cause (同类问题): n matters led to one kind solved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import day, long_text, text
from desktop.core.record import Record, record_type
from desktop.records.naming import unit


@record_type("root_cause", "同类问题", headline=("name",), dated_by="opened", register=True)
@dataclass(frozen=True, kw_only=True)
class RootCause(Record):
    """A root cause and the general measure against it; problems link to it."""

    name: str = text("同类问题", required=True, in_list=True, searchable=True)
    cause: str = long_text("共同根源", in_list=True, searchable=True)
    measure: str = long_text("治本措施", in_list=True, searchable=True)
    unit: str = unit("牵头单位", in_list=True, searchable=True)
    opened: dt.date | None = day("归集日期", in_list=True, indexed=True)
    closed: dt.date | None = day("解决日期", in_list=True)
