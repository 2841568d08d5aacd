"""One entry of a problem's progress log (进展日志); appended, never rewritten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, long_text, parent
from desktop.core.record import Record, record_type
from desktop.records.naming import person


@record_type("progress_note", "进展", headline=("date", "kind"), dated_by="date")
@dataclass(frozen=True, kw_only=True)
class ProgressNote(Record):
    """What was done on a problem on one day, and by whom."""

    problem: str = parent("问题", "problem", required=True, indexed=True)
    date: dt.date | None = day("日期", required=True, in_list=True, indexed=True)
    kind: str = choice("类型", codes="progress_kind", in_list=True)
    text: str = long_text("进展", required=True, in_list=True, searchable=True)
    person: str = person("经办", in_list=True, searchable=True)
