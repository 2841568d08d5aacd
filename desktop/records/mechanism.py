"""A mechanism or rule that the office put in force (制度机制)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import day, text
from desktop.core.record import Record, record_type


@record_type("mechanism", "制度机制", headline=("name",), dated_by="issued", register=True)
@dataclass(frozen=True, kw_only=True)
class Mechanism(Record):
    """A rule with its document number and date."""

    name: str = text("名称", required=True, in_list=True, searchable=True)
    document: str = text("文号", in_list=True, searchable=True)
    issued: dt.date | None = day("出台日期", in_list=True, indexed=True)
