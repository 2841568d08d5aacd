"""A study or planning event (学习与部署)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, text
from desktop.core.record import Record, record_type


@record_type("study_event", "学习与部署", headline=("subject",), dated_by="date", register=True)
@dataclass(frozen=True, kw_only=True)
class StudyEvent(Record):
    """A study meeting, a class or a meeting that set the work going."""

    date: dt.date | None = day("日期", required=True, in_list=True, indexed=True)
    kind: str = choice("类型", codes="study_kind", in_list=True)
    subject: str = text("主题", required=True, in_list=True, searchable=True)
