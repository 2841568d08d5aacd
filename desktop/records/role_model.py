"""A role model (身边榜样)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, text
from desktop.core.record import Record, record_type
from desktop.records.naming import place


@record_type("role_model", "身边榜样", headline=("name",), dated_by="date", register=True)
@dataclass(frozen=True, kw_only=True)
class RoleModel(Record):
    """Somebody honoured in public."""

    name: str = text("姓名", required=True, in_list=True, searchable=True)
    township: str = place("乡镇", in_list=True)
    kind: str = choice("类别", codes="role_model_kind", in_list=True)
    date: dt.date | None = day("选树日期", in_list=True, indexed=True)
