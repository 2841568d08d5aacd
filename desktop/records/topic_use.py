"""One use that was made of a topic's results (成果转化)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, parent, text
from desktop.core.record import Record, record_type


@record_type("topic_use", "成果转化", headline=("kind", "what"), dated_by="date")
@dataclass(frozen=True, kw_only=True)
class TopicUse(Record):
    """A rule issued, a policy bettered, a problem solved because of the research."""

    topic: str = parent("课题", "topic", required=True, indexed=True)
    date: dt.date | None = day("日期", in_list=True, indexed=True)
    kind: str = choice("转化方式", codes="topic_result", required=True, in_list=True)
    what: str = text("转化内容", required=True, in_list=True, searchable=True)
    document: str = text("文号", in_list=True, searchable=True)
