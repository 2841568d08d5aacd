"""A typical case (正反面典型案例) of research."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, link, long_text, text
from desktop.core.record import Record, record_type


@record_type("typical_case", "典型案例", headline=("name",), dated_by="date", register=True)
@dataclass(frozen=True, kw_only=True)
class TypicalCase(Record):
    """A good or a bad example, with its lessons."""

    name: str = text("案例名称", required=True, in_list=True, searchable=True)
    polarity: str = choice("类型", codes="polarity", required=True, in_list=True)
    date: dt.date | None = day("日期", in_list=True, indexed=True)
    topic: str = link("课题", "topic")
    analysis: str = long_text("剖析", searchable=True, help="为什么成、为什么败")
    lessons: str = long_text("举一反三", searchable=True, help="哪些地方可以照着办、哪些要避免")
