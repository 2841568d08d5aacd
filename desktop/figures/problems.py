"""Figures of all problems, wherever they were found, and of the root causes that they share."""

from __future__ import annotations

from desktop.figures.declaring import (
    COUNTY_LEADS,
    PROBLEM_DAY,
    TOWNSHIP_LEADS,
    dated,
    means,
    onsite,
    rate,
    recorded,
    solved,
)
from desktop.figures.figure import Either, Every, Figure, Term, Without
from desktop.ledger.query import Condition

_GROUP = "问题清单"
_SOLVED = solved()


def _problems(name: str, label: str, rule: str, *where: Term, by: str = "") -> Figure:
    return dated(name, label, "个", _GROUP, rule, "problem", PROBLEM_DAY, *where, by=by)


FIGURES: tuple[Figure, ...] = (
    _problems("problems", "收集问题", "提出日期在本期的问题，现场办公发现的和单独登记的都算"),
    _problems("problems_solved", "解决问题", "期末已解决、已销号的问题，含现场解决的", _SOLVED),
    rate(
        "problems_solved_rate",
        "问题解决率",
        _GROUP,
        "解决问题÷收集问题×100%",
        "problems_solved",
        "problems",
    ),
    _problems("problems_open", "未解决问题", "期末还没有解决的问题", Without(_SOLVED)),
    recorded(
        _problems("problems_assigned", "交办问题", "有责任单位的问题", Condition("unit", "filled")),
        "unit",
    ),
    recorded(
        _problems(
            "problems_closed",
            "销号问题",
            "期末已销号的问题",
            Either(
                (
                    Condition("closed", "by end"),
                    Every((means("status", "04"), Condition("closed", "begun"))),
                )
            ),
        ),
        "closed",
        "status",
    ),
    recorded(
        _problems(
            "problems_overdue",
            "超期未解决问题",
            "完成时限早于期末、期末还没有解决的问题",
            Condition("due", "before end"),
            Without(_SOLVED),
        ),
        "due",
    ),
    recorded(
        _problems(
            "problems_closed_late",
            "超期销号问题",
            "销号日期晚于完成时限的问题",
            Condition("closed", "by end"),
            Condition("closed", "> path", "due"),
        ),
        "closed",
    ),
    _problems("problems_by_field", "问题（按领域）", "收集的问题，按领域分", by="field"),
    _problems(
        "problems_by_decision", "问题（按现场决定）", "收集的问题，按现场决定分", by="decision"
    ),
    _problems("problems_by_status", "问题（按完成情况）", "收集的问题，按完成情况分", by="status"),
    _problems("problems_by_unit", "问题（按责任单位）", "交办的问题，按责任单位分", by="unit"),
    _problems("problems_by_township", "问题（按单位）", "收集的问题，按填报单位分", by="office"),
    recorded(
        _problems(
            "problems_rated",
            "有群众评价的问题",
            "有群众评价的问题",
            Condition("satisfaction", "filled"),
        ),
        "satisfaction",
    ),
    recorded(
        _problems(
            "problems_satisfied",
            "群众满意的问题",
            "群众评价为满意、基本满意的问题",
            means("satisfaction", "1", "2"),
        ),
        "satisfaction",
    ),
    rate(
        "problems_satisfaction_rate",
        "问题办理满意率",
        _GROUP,
        "（满意＋基本满意）÷有群众评价的问题×100%，没有评价的不算",
        "problems_satisfied",
        "problems_rated",
    ),
    rate(
        "onsite_solved_on_spot_rate",
        "现场解决率",
        "现场办公",
        "现场解决问题÷现场办公发现问题×100%",
        "onsite_solved_on_spot",
        "onsite_problems",
    ),
    rate(
        "onsite_problems_done_rate",
        "现场办公问题解决率",
        "现场办公",
        "已解决问题÷现场办公发现问题×100%",
        "onsite_problems_done",
        "onsite_problems",
    ),
    onsite(
        "onsite_sessions_county_rank",
        "县处级领导现场办公",
        "次",
        "带队领导当日为县处级的现场办公",
        COUNTY_LEADS,
    ),
    onsite(
        "onsite_sessions_township_rank",
        "乡科级领导现场办公",
        "次",
        "带队领导当日为乡科级的现场办公",
        TOWNSHIP_LEADS,
    ),
    onsite(
        "onsite_by_campaign",
        "现场办公（按专项行动）",
        "次",
        "现场办公按专项行动分",
        by="activity.campaign",
    ),
    onsite("onsite_by_township", "现场办公（按单位）", "次", "现场办公按填报单位分", by="office"),
    dated(
        "root_causes",
        "归集同类问题",
        "类",
        _GROUP,
        "归集日期在本期的同类问题",
        "root_cause",
        "opened",
    ),
    recorded(
        dated(
            "root_causes_solved",
            "解决同类问题",
            "类",
            _GROUP,
            "解决日期在本期的同类问题",
            "root_cause",
            "closed",
            Condition("closed", "filled"),
        ),
        "closed",
    ),
    dated(
        "root_cause_problems",
        "推动同类问题解决的问题",
        "个",
        _GROUP,
        "归入本期解决的同类问题的问题",
        "problem",
        "root_cause.closed",
        Condition("root_cause.closed", "filled"),
    ),
)
