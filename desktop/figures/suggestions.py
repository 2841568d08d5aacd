"""Figures of suggestions: what was collected, answered, adopted, put to use.

Rows are counted as collected, also those merged into another one (归并); `suggestions_main` counts
what is left after merging. What became a petition matter leaves the counts from that day on.
"""

from __future__ import annotations

from dataclasses import replace

from desktop.figures.declaring import dated, means, official, rate, recorded
from desktop.figures.figure import Either, Figure, Term, Without
from desktop.ledger.query import Condition

_GROUP = "意见建议"
_KEPT = Condition("converted", "open at end")
_REPLIED = Condition("replied", "by end")
_DUE = Condition("due", "filled")
_DUE_BY_NOW = Either((Condition("due", "before end"), _REPLIED))


def _suggestions(name: str, label: str, rule: str, *where: Term, by: str = "") -> Figure:
    figure = dated(name, label, "条", _GROUP, rule, "suggestion", "date", _KEPT, *where, by=by)
    return replace(figure, doubles=True)


_BY_KIND = _suggestions(
    "suggestions_by_kind", "意见建议（按领域）", "收集的意见建议，按领域分", by="kind"
)

FIGURES: tuple[Figure, ...] = (
    _suggestions(
        "suggestions",
        "意见建议和社情民意",
        "收集日期在本期的意见建议，归并了的也算，已转为信访事项的不算",
    ),
    replace(
        _suggestions(
            "suggestions_main",
            "归并后的意见建议",
            "收集日期在本期的意见建议，归并到另一条的不再算",
        ),
        doubles=False,
    ),
    _BY_KIND,
    official(
        _BY_KIND,
        "suggestions_by_official_kind",
        "意见建议（按标准领域）",
        "收集的意见建议，按登记的领域归入的标准领域分",
    ),
    _suggestions(
        "suggestions_by_adoption",
        "意见建议（按采纳情况）",
        "收集的意见建议，按采纳情况分",
        by="adoption",
    ),
    _suggestions(
        "suggestions_by_channel", "意见建议（按渠道）", "收集的意见建议，按渠道分", by="channel"
    ),
    _suggestions(
        "suggestions_by_township", "意见建议（按单位）", "收集的意见建议，按填报单位分", by="office"
    ),
    _suggestions(
        "suggestions_by_result_class",
        "意见建议（按办理结果分类）",
        "已分类的意见建议，按A、B、C、D类分",
        Condition("result_class", "filled"),
        by="result_class",
    ),
    recorded(
        _suggestions(
            "suggestions_assigned",
            "转办意见建议",
            "期末已转办的意见建议",
            Condition("assigned", "by end"),
        ),
        "status",
        "assigned",
        "replied",
    ),
    recorded(
        _suggestions(
            "suggestions_replied", "反馈意见建议", "期末已向建议人反馈的意见建议", _REPLIED
        ),
        "status",
        "assigned",
        "replied",
    ),
    rate(
        "suggestions_replied_rate",
        "意见建议反馈率",
        _GROUP,
        "反馈意见建议÷收集意见建议×100%",
        "suggestions_replied",
        "suggestions",
    ),
    recorded(
        _suggestions(
            "suggestions_due",
            "应反馈意见建议",
            "有办理时限，期末已到期或已反馈的意见建议",
            _DUE,
            _DUE_BY_NOW,
        ),
        "due",
    ),
    recorded(
        _suggestions(
            "suggestions_replied_in_time",
            "按期反馈意见建议",
            "反馈日期不晚于办理时限的意见建议",
            _DUE,
            _REPLIED,
            Condition("replied", "<= path", "due"),
        ),
        "due",
    ),
    rate(
        "suggestions_in_time_rate",
        "意见建议按期反馈率",
        _GROUP,
        "按期反馈÷应反馈意见建议×100%，没有到期也没有反馈的不算",
        "suggestions_replied_in_time",
        "suggestions_due",
    ),
    recorded(
        _suggestions(
            "suggestions_overdue",
            "超期未反馈意见建议",
            "办理时限早于期末、期末还没有反馈的意见建议",
            Condition("due", "before end"),
            Without(_REPLIED),
        ),
        "due",
    ),
    _suggestions(
        "suggestions_adopted",
        "采纳或部分采纳的意见建议",
        "采纳情况为采纳、部分采纳的意见建议",
        means("adoption", "01", "02"),
    ),
    recorded(
        _suggestions(
            "suggestions_judged",
            "有采纳结论的意见建议",
            "采纳情况为采纳、部分采纳、不采纳、留作参考的意见建议",
            means("adoption", "01", "02", "03", "04"),
        ),
        "adoption",
    ),
    rate(
        "suggestions_adoption_rate",
        "意见建议采纳率",
        _GROUP,
        "（采纳＋部分采纳）÷（采纳＋部分采纳＋不采纳＋留作参考）×100%",
        "suggestions_adopted",
        "suggestions_judged",
    ),
    recorded(
        _suggestions(
            "suggestions_used",
            "转化运用的意见建议",
            "填有转化方式的意见建议",
            Condition("use", "filled"),
        ),
        "use",
    ),
    _suggestions(
        "suggestions_by_use",
        "意见建议转化（按方式）",
        "转化运用的意见建议，按转化方式分",
        Condition("use", "filled"),
        by="use",
    ),
    recorded(
        _suggestions(
            "suggestions_from_members",
            "党员报到中收集的意见建议",
            "收集渠道为党员报到的意见建议",
            means("channel", "10"),
        ),
        "channel",
    ),
    recorded(
        _suggestions(
            "suggestions_rated",
            "有评价的意见建议",
            "有建议人评价的意见建议",
            Condition("rating", "filled"),
        ),
        "rating",
    ),
    recorded(
        _suggestions(
            "suggestions_satisfied",
            "建议人满意的意见建议",
            "建议人评价为满意、基本满意的意见建议",
            means("rating", "1", "2"),
        ),
        "rating",
    ),
    rate(
        "suggestions_satisfaction_rate",
        "意见建议办理满意率",
        _GROUP,
        "（满意＋基本满意）÷有建议人评价的意见建议×100%，没有评价的不算",
        "suggestions_satisfied",
        "suggestions_rated",
    ),
    dated(
        "suggestions_converted",
        "转出的意见建议",
        "条",
        _GROUP,
        "转出日期在本期的意见建议",
        "suggestion",
        "converted",
        Condition("converted", "filled"),
    ),
)
