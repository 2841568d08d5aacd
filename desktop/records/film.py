"""A party education film (党员教育电视片)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import day, text
from desktop.core.record import Record, record_type


@record_type("film", "党员教育片", headline=("name",), dated_by="finished", register=True)
@dataclass(frozen=True, kw_only=True)
class Film(Record):
    """A film made for the education of party members."""

    name: str = text("片名", required=True, in_list=True, searchable=True)
    finished: dt.date | None = day("完成日期", in_list=True, indexed=True)
