"""A suggestion or opinion from the people (意见建议、社情民意)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import choice, day, link, long_text, yes_no
from desktop.core.record import record_type, section
from desktop.records.example import EXAMPLE, Example
from desktop.records.naming import place, unit, units


@record_type(
    "suggestion",
    "意见建议",
    section("建议", "date", "content", "channel", "kind", "place"),
    section("办理", "status", "unit", "assigned", "due", "result", "adoption", "reason"),
    section("答复", "replied", "reply_form", "reply", "rating"),
    section(
        "更多",
        "remedy",
        "nature",
        "anonymous",
        "proposer_kind",
        "collective",
        "co_units",
        "result_class",
        "use",
        "converted",
        "became",
        "source",
    ),
    section("典型事例", *EXAMPLE),
    headline=("content",),
    dated_by="date",
    numbered="建",
)
@dataclass(frozen=True, kw_only=True)
class Suggestion(Example):
    """A suggestion; who made it is a `petitioner` record unless anonymous."""

    date: dt.date | None = day("收集日期", required=True, in_list=True, indexed=True)
    content: str = long_text("内容", required=True, in_list=True, searchable=True)
    channel: str = choice("收集渠道", codes="suggestion_channel", in_list=True)
    kind: str = choice("领域", codes="field", in_list=True)
    place: str = place("地点", in_list=True, searchable=True)
    unit: str = unit("承办单位", in_list=True, searchable=True)
    due: dt.date | None = day("办理时限", more=True, indexed=True)
    status: str = choice("办理状态", codes="suggestion_status", in_list=True)
    assigned: dt.date | None = day("转办日期", more=True)
    result: str = long_text("办理结果", searchable=True, more=True)
    adoption: str = choice("采纳情况", codes="adoption", in_list=True)
    reason: str = long_text("理由", more=True)
    replied: dt.date | None = day("反馈日期", more=True)
    anonymous: bool | None = yes_no("不愿留名", more=True)
    proposer_kind: str = choice("建议人类别", codes="proposer_kind", more=True)
    co_units: tuple[str, ...] = units("会办单位", more=True)
    reply: str = long_text("答复内容", searchable=True, more=True)
    reply_form: str = choice("反馈方式", codes="reply_form", more=True)
    rating: str = choice("建议人评价", codes="satisfaction", more=True)
    remedy: str = long_text("对策建议", searchable=True, more=True)
    nature: str = choice("类型", codes="suggestion_nature", more=True)
    collective: bool | None = yes_no("涉及众人", more=True)
    result_class: str = choice("办理结果分类", codes="result_class", more=True)
    use: str = choice("转化方式", codes="suggestion_use", more=True)
    converted: dt.date | None = day("转出日期", more=True)
    became: str = link("转为", "case", "problem", more=True, indexed=True)
    source: str = link(
        "来源", "activity", "visit", "case", "problem", "check_in", more=True, indexed=True
    )
