"""A dispute found and mediated (矛盾纠纷排查化解)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, long_text
from desktop.core.record import Record, record_type, section
from desktop.records.naming import person, place


@record_type(
    "dispute",
    "矛盾纠纷",
    section("纠纷", "date", "kind", "place", "summary"),
    section("化解", "mediator", "result", "settled"),
    headline=("kind", "summary"),
    dated_by="date",
    numbered="纠",
)
@dataclass(frozen=True, kw_only=True)
class Dispute(Record):
    """A dispute; the parties are `petitioner` records."""

    date: dt.date | None = day("排查日期", required=True, in_list=True, indexed=True)
    kind: str = choice("纠纷类型", codes="dispute_kind", required=True, in_list=True)
    place: str = place("地点", in_list=True, searchable=True)
    summary: str = long_text("简要情况", in_list=True, searchable=True)
    mediator: str = person("调解人", in_list=True, searchable=True)
    result: str = choice("化解结果", codes="dispute_result", in_list=True)
    settled: dt.date | None = day("化解日期", in_list=True)
