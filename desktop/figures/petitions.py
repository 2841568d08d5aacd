"""Further figures of visits, petition matters, backlog (积案) and disputes."""

from __future__ import annotations

from desktop.figures.declaring import (
    CLOSED,
    COUNTY,
    COUNTY_LEADS,
    FOLLOW_UP,
    IN_VILLAGE,
    SATISFACTION,
    TOWNSHIP,
    TOWNSHIP_LEADS,
    TRIP_DAY,
    VISIT_DAY,
    dated,
    equals,
    means,
    of_rank,
    rate,
    recorded,
    visit,
)
from desktop.figures.figure import (
    COUNT,
    Either,
    Every,
    Figure,
    Has,
    Meaning,
    Rule,
    Source,
    Term,
    Without,
    distinct,
)
from desktop.ledger.query import Condition

_BACKLOG = equals("case.backlog|backlog", True)
_CLOSED = Condition(CLOSED, "by end")
_OWN_BACKLOG = (equals("backlog", True), Without(Has("visit", "case")))
_LATE = Condition(CLOSED, "> path", "case.due")


def _sessions(
    name: str, label: str, unit: str, rule: str, *where: Term, count: Rule = COUNT, by: str = ""
) -> Figure:
    return dated(name, label, unit, "接访", rule, "reception", TRIP_DAY, *where, count=count, by=by)


def backlog(
    name: str,
    label: str,
    rule: str,
    of_visits: tuple[Term, ...] = (),
    of_cases: tuple[Term, ...] = (),
) -> Figure:
    """Declare a figure of backlog: that of visits, and cases that no visit brought, each once."""
    return Figure(
        name,
        label,
        "件",
        "接访",
        rule,
        "visit",
        (_BACKLOG, Condition(CLOSED, "filled"), *of_visits),
        distinct("case|id"),
        CLOSED,
        also=(
            Source(
                "case", "closed", (*_OWN_BACKLOG, Condition("closed", "filled"), *of_cases), "id"
            ),
        ),
        based="reception_visits",
    )


def by_leaders(*groups: str) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Led or helped along by a leader of one of the ranks: of visits, and of cases."""
    own = [of_rank("case.lead_rank|reception.activity.leader_rank", g) for g in groups]
    co_leads = [of_rank("case.co_lead_rank", g) for g in groups]
    cases = [of_rank(path, g) for path in ("lead_rank", "co_lead_rank") for g in groups]
    return (Either((*own, *co_leads)),), (Either(tuple(cases)),)


def _cases(name: str, label: str, rule: str, *where: Term, by: str = "") -> Figure:
    return dated(name, label, "件", "信访事项", rule, "case", "received", *where, by=by)


def _disputes(name: str, label: str, rule: str, *where: Term, by: str = "") -> Figure:
    return dated(name, label, "件", "矛盾纠纷", rule, "dispute", "date", *where, by=by)


_CASE_CLOSED = Either(
    (
        Condition("closed", "by end"),
        Every((means("status", "02"), Condition("closed", "begun"))),
    )
)

FIGURES: tuple[Figure, ...] = (
    _sessions(
        "reception_sessions_township_rank",
        "乡科级领导下访接访",
        "次",
        "带队领导当日为乡科级的接访",
        TOWNSHIP_LEADS,
    ),
    _sessions(
        "reception_leaders_county_rank",
        "参加接访的县处级领导",
        "名",
        "接访时为县处级的带队领导，同一人只算一名",
        COUNTY_LEADS,
        count=distinct("activity.leader"),
    ),
    _sessions(
        "reception_leaders_township_rank",
        "参加接访的乡科级领导",
        "名",
        "接访时为乡科级的带队领导，同一人只算一名",
        TOWNSHIP_LEADS,
        count=distinct("activity.leader"),
    ),
    _sessions(
        "reception_villages",
        "接访到过的村（社区）",
        "个",
        "接访地点中的村（社区），同一村只算一个",
        IN_VILLAGE,
        count=distinct("place"),
    ),
    _sessions("reception_by_kind", "接访（按类型）", "次", "接访按类型分", by="kind"),
    _sessions("reception_by_township", "接访（按单位）", "次", "接访按填报单位分", by="office"),
    visit("reception_by_outcome", "来访（按处理）", "件", "来访按现场处理分", by="outcome"),
    visit("reception_by_category", "来访（按内容）", "件", "来访按内容分类分", by="category"),
    rate(
        "reception_closed_rate",
        "来访事项办结率",
        "接访",
        "期末已办结的来访事项÷来访批次×100%",
        "reception_closed",
        "reception_visits",
    ),
    visit(
        "reception_closed_in_time",
        "来访事项按期办结",
        "件",
        "期末已办结、没有超过办理期限的来访事项",
        _CLOSED,
        Without(_LATE),
    ),
    rate(
        "reception_in_time_rate",
        "来访事项按期办结率",
        "接访",
        "按期办结÷期末已办结的来访事项×100%",
        "reception_closed_in_time",
        "reception_closed",
    ),
    recorded(
        visit(
            "follow_ups_by_phone",
            "电话回访",
            "件",
            "回访方式为电话的来访事项",
            means(FOLLOW_UP, "01"),
        ),
        "case.follow_up|follow_up",
    ),
    recorded(
        visit(
            "follow_ups_at_home",
            "入户回访",
            "件",
            "回访方式为入户的来访事项",
            means(FOLLOW_UP, "02"),
        ),
        "case.follow_up|follow_up",
    ),
    recorded(
        visit(
            "satisfaction_rated",
            "有评价的来访事项",
            "件",
            "有群众评价的来访事项",
            Condition(SATISFACTION, "filled"),
        ),
        "case.satisfaction|satisfaction",
    ),
    recorded(
        visit(
            "satisfaction_satisfied",
            "群众满意的来访事项",
            "件",
            "评价为满意、基本满意的来访事项",
            means(SATISFACTION, "1", "2"),
        ),
        "case.satisfaction|satisfaction",
    ),
    rate(
        "satisfaction_rate",
        "群众满意率",
        "接访",
        "（满意＋基本满意）÷（满意＋基本满意＋不满意）×100%，没有评价的不算",
        "satisfaction_satisfied",
        "satisfaction_rated",
    ),
    Figure(
        "backlog",
        "信访积案",
        "件",
        "接访",
        "标为积案的来访事项和信访事项，同一件只算一件",
        "visit",
        (_BACKLOG,),
        distinct("case|id"),
        VISIT_DAY,
        also=(Source("case", "received", _OWN_BACKLOG, "id"),),
    ),
    backlog(
        "backlog_resolved",
        "化解信访积案",
        "办结（化解）日期在本期的积案，来访事项和信访事项同一件只算一件",
    ),
    backlog(
        "backlog_resolved_county_rank",
        "县处级领导化解信访积案",
        "县处级领导包案（接访）或协助包案的已化解积案",
        *by_leaders(COUNTY),
    ),
    backlog(
        "backlog_resolved_township_rank",
        "乡科级领导化解信访积案",
        "乡科级领导包案（接访）或协助包案的已化解积案",
        *by_leaders(TOWNSHIP),
    ),
    backlog(
        "backlog_resolved_by_leaders",
        "领导干部化解信访积案（去重合计）",
        "县处级、乡科级领导包案或协助包案的已化解积案，两级都包的只算一件",
        *by_leaders(COUNTY, TOWNSHIP),
    ),
    Figure(
        "backlog_open",
        "未化解信访积案",
        "件",
        "接访",
        "标为积案、期末还没有办结的来访事项和信访事项，同一件只算一件",
        "visit",
        (_BACKLOG, Condition(CLOSED, "open at end")),
        distinct("case|id"),
        VISIT_DAY,
        also=(
            Source("case", "received", (*_OWN_BACKLOG, Condition("closed", "open at end")), "id"),
        ),
    ),
    visit(
        "backlog_leaders_county_rank",
        "化解信访积案的县处级领导",
        "名",
        "已化解积案的包案（接访）领导中的县处级领导，同一人只算一名",
        _BACKLOG,
        _CLOSED,
        of_rank("case.lead_rank|reception.activity.leader_rank"),
        count=distinct("case.lead_cadre|reception.activity.leader"),
    ),
    visit(
        "backlog_leaders_township_rank",
        "化解信访积案的乡科级领导",
        "名",
        "已化解积案的包案（接访）领导中的乡科级领导，同一人只算一名",
        _BACKLOG,
        _CLOSED,
        of_rank("case.lead_rank|reception.activity.leader_rank", TOWNSHIP),
        count=distinct("case.lead_cadre|reception.activity.leader"),
    ),
    _cases("cases", "登记信访事项", "登记日期在本期的信访事项"),
    _cases("cases_closed", "办结信访事项", "本期登记、期末已办结的信访事项", _CASE_CLOSED),
    _cases(
        "cases_open", "在办信访事项", "本期登记、期末还没有办结的信访事项", Without(_CASE_CLOSED)
    ),
    rate(
        "cases_closed_rate",
        "信访事项办结率",
        "信访事项",
        "办结信访事项÷登记信访事项×100%",
        "cases_closed",
        "cases",
    ),
    _cases(
        "cases_by_category", "信访事项（按内容）", "登记的信访事项，按内容分类分", by="category"
    ),
    _cases("cases_by_form", "信访事项（按形式）", "登记的信访事项，按信访形式分", by="form"),
    _cases("cases_by_township", "信访事项（按单位）", "登记的信访事项，按填报单位分", by="office"),
    rate(
        "disputes_settled_rate",
        "矛盾纠纷化解率",
        "矛盾纠纷",
        "化解矛盾纠纷÷排查矛盾纠纷×100%",
        "disputes_settled",
        "disputes",
    ),
    _disputes(
        "disputes_open",
        "未化解矛盾纠纷",
        "本期排查、没有化解的矛盾纠纷",
        Without(Meaning("result", group="化解")),
    ),
    _disputes(
        "disputes_by_result", "矛盾纠纷（按结果）", "排查的矛盾纠纷，按化解结果分", by="result"
    ),
    _disputes(
        "disputes_by_township", "矛盾纠纷（按单位）", "排查的矛盾纠纷，按填报单位分", by="office"
    ),
)
