"""A reported number (填报数) that stands in for rows where only a total exists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import day, integer, text
from desktop.core.record import Record, record_type
from desktop.records.naming import area


@record_type("declared_count", "填报数", headline=("figure", "value"), dated_by="last")
@dataclass(frozen=True, kw_only=True)
class DeclaredCount(Record):
    """Figure, office, period, value, source, who; never added to rows of the same scope."""

    figure: str = text("数字", required=True, in_list=True, indexed=True)
    first: dt.date | None = day("期间起", required=True, in_list=True)
    last: dt.date | None = day("期间止", required=True, in_list=True, indexed=True)
    value: int | None = integer("数", required=True, in_list=True)
    area: str = area("小区", in_list=True, help="只报了这一个小区的数时填")
    source: str = text("数字从哪里来", required=True, in_list=True, help="如：电话报送、汇总表")
    reporter: str = text("填报人", in_list=True, searchable=True)
    note: str = text("说明", searchable=True, more=True)

    def problems(self) -> dict[str, str]:
        """A period ends after it begins."""
        if self.first and self.last and self.last < self.first:
            return {"last": "期间的结束日期早于开始日期"}
        return {}
