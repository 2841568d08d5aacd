"""Every figure, declared once; ids as in the sample year's expected figures where it has one."""

from __future__ import annotations

from desktop.figures.figure import COUNT, Figure, Meaning, Rule, distinct, total
from desktop.ledger.query import Condition

COUNTY = "县处级"
TOWNSHIP = "乡科级"

TRIP_DAY = "activity.date"
VISIT_DAY = "reception.activity.date"
PROBLEM_DAY = "onsite.activity.date|date"
CLOSED = "case.closed|closed"
SATISFACTION = "case.satisfaction|satisfaction"
FOLLOW_UP = "case.follow_up|follow_up"


def _is(path: str, value: object) -> Condition:
    return Condition(path, "=", value)


def _in(path: str, *codes: str) -> Meaning:
    return Meaning(path, codes=codes)


def _rank(path: str, group: str = COUNTY) -> Meaning:
    return Meaning(path, group=group)


def _lecture(
    name: str,
    label: str,
    unit: str,
    rule: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
    by: str = "",
) -> Figure:
    return Figure(name, label, unit, "宣讲", rule, "lecture", where, count, TRIP_DAY, by)


def _onsite(
    name: str,
    label: str,
    unit: str,
    rule: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
) -> Figure:
    return Figure(name, label, unit, "现场办公", rule, "onsite", where, count, TRIP_DAY)


def _problem(name: str, label: str, rule: str, *where: Condition | Meaning) -> Figure:
    site = Condition("onsite", "filled")
    return Figure(
        name,
        label,
        "个",
        "现场办公",
        rule,
        "problem",
        (site, *where),
        COUNT,
        PROBLEM_DAY,
        base=(site,),
    )


def _visit(
    name: str,
    label: str,
    unit: str,
    rule: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
    by: str = "",
) -> Figure:
    return Figure(name, label, unit, "接访", rule, "visit", where, count, VISIT_DAY, by)


def _dated(
    name: str,
    label: str,
    unit: str,
    group: str,
    rule: str,
    of: str,
    dated: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
    by: str = "",
    own: str = "",
) -> Figure:
    return Figure(name, label, unit, group, rule, of, where, count, dated, by, own)


def _stock(
    name: str,
    label: str,
    unit: str,
    rule: str,
    of: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
    own: str = "",
    base: tuple[Condition | Meaning, ...] = (),
) -> Figure:
    return Figure(name, label, unit, "基本情况", rule, of, where, count, own=own, base=base)


ON_ROSTER = _is("cadre.on_roster", True)
COUNTY_SPEAKS = _rank("activity.leader_rank")
TOWNSHIP_SPEAKS = _rank("activity.leader_rank", TOWNSHIP)

FIGURES: tuple[Figure, ...] = (
    _stock(
        "townships",
        "乡镇",
        "个",
        "期末有效的乡镇个数",
        "place",
        _in("level", "2"),
        base=(_in("level", "2"),),
    ),
    _stock(
        "villages",
        "村（社区）",
        "个",
        "期末有效的村（社区）个数",
        "place",
        _in("level", "3"),
        own="within",
        base=(_in("level", "3"),),
    ),
    _stock(
        "leaders_county_rank",
        "县处级领导",
        "名",
        "名册中期末任县处级职务的干部",
        "post",
        ON_ROSTER,
        _rank("rank"),
        count=distinct("cadre"),
        own="unit",
        base=(ON_ROSTER,),
    ),
    _stock(
        "leaders_township_rank",
        "乡科级领导",
        "名",
        "名册中期末任乡科级职务的干部",
        "post",
        ON_ROSTER,
        _rank("rank", TOWNSHIP),
        count=distinct("cadre"),
        own="unit",
        base=(ON_ROSTER,),
    ),
    _dated(
        "trips",
        "下基层活动",
        "次",
        "活动",
        "同一单位、同一天、同一带队领导算一次",
        "activity",
        "date",
    ),
    _dated(
        "trip_leaders",
        "带队下基层的领导",
        "名",
        "活动",
        "活动的带队领导，同一人只算一名",
        "activity",
        "date",
        count=distinct("leader"),
    ),
    _lecture("lecture_sessions", "宣讲活动", "场次", "宣讲记录的场次之和", count=total("sessions")),
    _lecture(
        "lecture_heads", "受教育党员群众", "人次", "宣讲记录的受众人次之和", count=total("heads")
    ),
    _lecture(
        "lecture_leaders",
        "参加宣讲的领导干部",
        "名",
        "宣讲人（未写则为带队领导），同一人只算一名",
        count=distinct("speaker|activity.leader"),
    ),
    _lecture(
        "lecture_leaders_county_rank",
        "参加宣讲的县处级领导",
        "名",
        "带队领导当日为县处级的宣讲，宣讲人同一人只算一名",
        COUNTY_SPEAKS,
        count=distinct("speaker|activity.leader"),
    ),
    _lecture(
        "lecture_sessions_county_rank",
        "县处级领导宣讲",
        "场次",
        "带队领导当日为县处级的宣讲场次之和",
        COUNTY_SPEAKS,
        count=total("sessions"),
    ),
    _lecture(
        "lecture_heads_county_rank",
        "县处级领导宣讲受众",
        "人次",
        "带队领导当日为县处级的宣讲受众人次之和",
        COUNTY_SPEAKS,
        count=total("heads"),
    ),
    _lecture(
        "lecture_leaders_township_rank",
        "参加宣讲的乡科级领导",
        "名",
        "带队领导当日为乡科级的宣讲，宣讲人同一人只算一名",
        TOWNSHIP_SPEAKS,
        count=distinct("speaker|activity.leader"),
    ),
    _lecture(
        "lecture_sessions_township_rank",
        "乡科级领导宣讲",
        "场次",
        "带队领导当日为乡科级的宣讲场次之和",
        TOWNSHIP_SPEAKS,
        count=total("sessions"),
    ),
    _lecture(
        "lecture_by_theme",
        "宣讲（按主题）",
        "场次",
        "宣讲场次之和，按登记的主题分",
        count=total("sessions"),
        by="theme",
    ),
    _lecture(
        "lecture_by_form",
        "宣讲（按形式）",
        "场次",
        "宣讲场次之和，按登记的形式分",
        count=total("sessions"),
        by="form",
    ),
    _lecture(
        "lecture_villages",
        "宣讲覆盖的村（社区）",
        "个",
        "宣讲地点中的村（社区），同一村只算一个",
        _in("place_kind", "01"),
        count=distinct("place"),
    ),
    _lecture(
        "law_lectures_with_dispute_screening",
        "矛盾纠纷排查化解暨法律法规宣传活动",
        "次",
        "主题归入法律法规且结合矛盾纠纷排查的宣讲",
        _in("theme", "07"),
        _is("screening", True),
    ),
    _dated("fieldwork_visits", "实地调研", "次", "调研", "活动中的调研记录", "fieldwork", TRIP_DAY),
    _dated("topics", "调研课题", "个", "调研", "立项日期在本期的课题", "topic", "start"),
    _dated(
        "topic_leaders",
        "牵头课题的领导",
        "名",
        "调研",
        "课题牵头领导，同一人只算一名",
        "topic",
        "start",
        count=distinct("leader"),
    ),
    _dated(
        "topics_with_results",
        "已转化的课题",
        "个",
        "调研",
        "成果转化为“已转化”等结果的课题",
        "topic",
        "start",
        _in("result", "03", "04", "05", "06", "07", "08"),
    ),
    _dated(
        "typical_cases",
        "正反面典型案例",
        "个",
        "调研",
        "正面和反面案例合计",
        "typical_case",
        "date",
    ),
    _dated(
        "typical_cases_good",
        "正面典型案例",
        "个",
        "调研",
        "正面案例",
        "typical_case",
        "date",
        _in("polarity", "1"),
    ),
    _dated(
        "typical_cases_bad",
        "反面典型案例",
        "个",
        "调研",
        "反面案例",
        "typical_case",
        "date",
        _in("polarity", "2"),
    ),
    _onsite("onsite_sessions", "现场办公", "次", "现场办公记录数，一次一地算一次"),
    _problem("onsite_problems", "现场办公发现问题", "现场办公中登记的问题"),
    _problem(
        "onsite_solved_on_spot",
        "现场解决问题",
        "现场决定为“现场解决”的问题；后来解决的不算",
        _in("decision", "01"),
    ),
    _problem(
        "onsite_scheduled",
        "限期解决或列入计划的问题",
        "现场决定为限期解决、列入计划或提请上级协调的问题",
        _in("decision", "02", "03", "04"),
    ),
    _problem(
        "onsite_problems_done",
        "已解决问题",
        "完成情况为已完成、已销号的问题，含现场解决的",
        Meaning("status", group="办结"),
    ),
    _onsite(
        "onsite_villages",
        "现场办公到过的村（社区）",
        "个",
        "现场办公地点中的村（社区），同一村只算一个",
        _in("place_kind", "01"),
        count=distinct("place"),
    ),
    _onsite(
        "onsite_county_units",
        "现场办公到过的县直单位",
        "个",
        "现场办公地点中的县直单位，同一单位只算一个",
        _in("place_kind", "11"),
        count=distinct("place"),
    ),
    _onsite(
        "onsite_leaders",
        "参加现场办公的领导干部",
        "名",
        "现场办公的带队领导，同一人只算一名",
        count=distinct("activity.leader"),
    ),
    _onsite(
        "onsite_leaders_county_rank",
        "参加现场办公的县处级领导",
        "名",
        "现场办公时为县处级的带队领导，同一人只算一名",
        COUNTY_SPEAKS,
        count=distinct("activity.leader"),
    ),
    _onsite(
        "onsite_leaders_township_rank",
        "参加现场办公的乡科级领导",
        "名",
        "现场办公时为乡科级的带队领导，同一人只算一名",
        TOWNSHIP_SPEAKS,
        count=distinct("activity.leader"),
    ),
    _dated(
        "reception_sessions",
        "下访接访活动",
        "次",
        "接访",
        "同一单位、同一天、同一领导、同一地点算一次",
        "reception",
        TRIP_DAY,
    ),
    _dated(
        "reception_sessions_county_rank",
        "县处级领导下访接访",
        "次",
        "接访",
        "带队领导当日为县处级的接访",
        "reception",
        TRIP_DAY,
        COUNTY_SPEAKS,
    ),
    _dated(
        "reception_leaders",
        "参加接访的领导干部",
        "名",
        "接访",
        "接访的带队领导，同一人只算一名",
        "reception",
        TRIP_DAY,
        count=distinct("activity.leader"),
    ),
    _visit("reception_visits", "接待来访", "批次", "来访记录数，一批算一条"),
    _visit("reception_visitors", "接待来访群众", "人次", "来访人数之和", count=total("people")),
    _visit("reception_group_visits", "集体访", "批次", "五人以上的来访", _is("collective", True)),
    _visit(
        "reception_answered_on_spot",
        "现场解释答复",
        "件",
        "现场处理归入“现场解释答复”的来访",
        _in("outcome", "01"),
    ),
    _visit(
        "reception_assigned",
        "受理交办",
        "件",
        "现场处理归入“受理并交办”的来访",
        _in("outcome", "03"),
    ),
    _visit(
        "reception_closed",
        "来访事项办结",
        "件",
        "期末已有办结日期的来访事项",
        Condition(CLOSED, "by end"),
    ),
    _visit(
        "reception_open",
        "来访事项未办结",
        "件",
        "期末还没有办结的来访事项",
        Condition(CLOSED, "open at end"),
    ),
    _visit(
        "reception_closed_late",
        "来访事项超期办结",
        "件",
        "办结日期晚于办理期限的来访事项",
        Condition(CLOSED, "by end"),
        Condition(CLOSED, "> path", "case.due"),
    ),
    _visit(
        "reception_follow_up_by",
        "回访（按方式）",
        "件",
        "有回访方式的来访事项，按方式分",
        Condition(FOLLOW_UP, "filled"),
        by=FOLLOW_UP,
    ),
    _visit(
        "satisfaction",
        "满意度",
        "件",
        "有评价的来访事项，按评价分",
        Condition(SATISFACTION, "filled"),
        by=SATISFACTION,
    ),
    _visit(
        "backlog_resolved",
        "化解信访积案",
        "件",
        "标为积案、期末已办结的来访事项",
        _is("case.backlog|backlog", True),
        Condition(CLOSED, "by end"),
    ),
    _visit(
        "backlog_resolved_county_rank",
        "县处级领导化解信访积案",
        "件",
        "包案（接访）领导为县处级的已化解积案",
        _is("case.backlog|backlog", True),
        Condition(CLOSED, "by end"),
        _rank("case.lead_rank|reception.activity.leader_rank"),
    ),
    _visit(
        "backlog_resolved_township_rank",
        "乡科级领导化解信访积案",
        "件",
        "包案（接访）领导为乡科级的已化解积案",
        _is("case.backlog|backlog", True),
        Condition(CLOSED, "by end"),
        _rank("case.lead_rank|reception.activity.leader_rank", TOWNSHIP),
    ),
    _dated(
        "disputes", "排查矛盾纠纷", "件", "矛盾纠纷", "排查日期在本期的矛盾纠纷", "dispute", "date"
    ),
    _dated(
        "disputes_settled",
        "化解矛盾纠纷",
        "件",
        "矛盾纠纷",
        "本期排查、化解结果为调解成功的矛盾纠纷",
        "dispute",
        "date",
        Meaning("result", group="化解"),
    ),
    _dated(
        "disputes_by_kind",
        "矛盾纠纷（按类型）",
        "件",
        "矛盾纠纷",
        "排查的矛盾纠纷，按登记的类型分",
        "dispute",
        "date",
        by="kind",
    ),
    _dated(
        "suggestions",
        "意见建议和社情民意",
        "条",
        "意见建议",
        "收集日期在本期的意见建议",
        "suggestion",
        "date",
    ),
    _dated(
        "suggestions_by_kind",
        "意见建议（按领域）",
        "条",
        "意见建议",
        "收集的意见建议，按领域分",
        "suggestion",
        "date",
        by="kind",
    ),
    _dated(
        "suggestions_by_adoption",
        "意见建议（按采纳情况）",
        "条",
        "意见建议",
        "收集的意见建议，按采纳情况分",
        "suggestion",
        "date",
        by="adoption",
    ),
    _dated(
        "suggestions_adopted",
        "采纳或部分采纳的意见建议",
        "条",
        "意见建议",
        "采纳情况为采纳、部分采纳的意见建议",
        "suggestion",
        "date",
        _in("adoption", "01", "02"),
    ),
    _dated(
        "members_checked_in",
        "到小区报到党员",
        "名",
        "双报到",
        "报到记录中的党员，同一单位同一人只算一名",
        "check_in",
        "date",
        count=distinct("person,unit"),
    ),
    _dated(
        "members_volunteering",
        "开展志愿服务、建言献策党员",
        "名",
        "双报到",
        "开展志愿服务的报到党员，同一单位同一人只算一名",
        "check_in",
        "date",
        _is("volunteering", True),
        count=distinct("person,unit"),
    ),
    _dated(
        "measures",
        "改进工作办法措施",
        "条",
        "双报到",
        "报到党员提出的措施条数之和",
        "check_in",
        "date",
        count=total("measures"),
    ),
    _dated(
        "service_stations_new",
        "新建小区党群服务站",
        "个",
        "双报到",
        "本期新建党群服务站的小区",
        "residential_area",
        "station_on",
        _is("station", True),
        own="township",
    ),
    _stock(
        "areas_with_mechanism",
        "建立联系群众机制的小区",
        "个",
        "期末已建立联系群众机制的小区",
        "residential_area",
        _is("mechanism", True),
        own="township",
    ),
    _dated(
        "role_models",
        "身边榜样",
        "个",
        "双报到",
        "选树日期在本期的身边榜样",
        "role_model",
        "date",
        own="township",
    ),
    _dated("films", "党员教育电视片", "部", "双报到", "完成日期在本期的电视片", "film", "finished"),
    _dated(
        "mechanisms",
        "工作机制",
        "项",
        "机制与部署",
        "出台日期在本期的制度机制",
        "mechanism",
        "issued",
    ),
    _dated(
        "study_events",
        "学习与部署活动",
        "次",
        "机制与部署",
        "日期在本期的学习、部署活动",
        "study_event",
        "date",
    ),
    _dated(
        "study_events_by_kind",
        "学习与部署（按类型）",
        "次",
        "机制与部署",
        "学习、部署活动，按类型分",
        "study_event",
        "date",
        by="kind",
    ),
)

BY_ID = {f.id: f for f in FIGURES}
