"""A declared zero (零报告): nothing of a kind took place in a period, and somebody says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, text
from desktop.core.record import Record, record_type


@record_type("zero_report", "零报告", headline=("kind", "first", "last"), dated_by="last")
@dataclass(frozen=True, kw_only=True)
class ZeroReport(Record):
    """Office, kind and period; it turns "no data" into a declared zero (无)."""

    kind: str = choice("内容", codes="report_subject", required=True, in_list=True, indexed=True)
    first: dt.date | None = day("期间起", required=True, in_list=True)
    last: dt.date | None = day("期间止", required=True, in_list=True, indexed=True)
    reporter: str = text("填报人", in_list=True, searchable=True)
    note: str = text("说明", searchable=True, more=True)

    def problems(self) -> dict[str, str]:
        """A period ends after it begins."""
        if self.first and self.last and self.last < self.first:
            return {"last": "期间的结束日期早于开始日期"}
        return {}
