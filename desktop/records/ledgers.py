"""The kinds of paper ledgers that offices keep, and how each maps to records.

Header words come from ledgers as clerks keep them. A kind is judged by its whole header with title,
sheet and file name, never by one word: "宣讲日期" heads the date of an on-site ledger, and "姓名"
is sometimes a leader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.core.ledger_kinds import Column, LedgerKind, LedgerRow, Make
from desktop.records.codes import official
from desktop.records.division_ledgers import SERIAL
from desktop.records.register_ledgers import MASTER_KINDS, RANKS, REGISTER_KINDS, VILLAGE

COLLECTIVE_FROM = 5  # 集体访 by statistical practice; the law only limits representatives
COUNTY_UNIT = "县直单位"
ANONYMOUS = frozenset(("", "群众", "匿名", "不愿留名", "不愿透露", "无名", "未留名", "无"))

_DATES = ("日期", "时间", "活动时间", "活动日期", "开展时间", "开展日期", "宣讲日期", "宣讲时间")
_LEADERS = (
    "领导",
    "带队领导",
    "责任领导",
    "领导姓名",
    "参加领导",
    "领导干部",
    "宣讲人",
    "主讲人",
    "主讲领导",
    "姓名",
    "接访领导",
    "包案领导",
    "牵头领导",
)
_PLACES = (
    "村（社区）",
    "村(社区)",
    "村居",
    "地点",
    "所到村",
    "活动地点",
    "村",
    "社区",
    "村社区",
    "所在村",
    "宣讲地点",
    "接访地点",
    "办公地点",
    "村（居）",
    "所属村",
)
_UNITS = ("责任单位", "承办单位", "牵头单位", "主办单位", "办理单位")


def _official(codes: str, label: str) -> str:
    item = official()[codes].item(label)
    return item.code if item else ""


def _trip(date: tuple[str, ...] = (), leader: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """The columns of a trip, which several ledgers share."""
    return (
        SERIAL,
        Column("date", (*date, *_DATES), required=True, fills=("activity.date",)),
        Column(
            "leader",
            (*leader, *_LEADERS),
            required=True,
            fills=("activity.leader",),
            known=True,
            told_by="rank",
            others="participation",
        ),
        Column("rank", RANKS, fills=("activity.leader_rank",)),
        Column("post", ("职务", "领导职务"), fills=("activity.leader_post",)),
    )


def _activity(role: str) -> Make:
    return Make(
        "activity",
        shared_by=("date", "leader"),
        derive=lambda row: {
            "leader_role": (role,),
            "places": (row["place"],) if row["place"] else (),
        },
    )


def _goes_on(row: LedgerRow) -> bool:
    """A visit becomes a case if it was assigned or passed on; finished on the spot it does not."""
    return _official("visit_outcome", row["outcome"]) in ("03", "04")


def _visit(row: LedgerRow) -> Mapping[str, Any]:
    values: dict[str, Any] = {"collective": (row["people"] or 1) >= COLLECTIVE_FROM}
    if not _goes_on(row):
        for name in ("due", "closed", "follow_up", "satisfaction", "backlog"):
            if row[name] not in ("", None):
                values[name] = row[name]
    return values


def _case(row: LedgerRow) -> Mapping[str, Any]:
    backlog = row["backlog"] is True
    return {
        "received": row["date"] or None,
        "status": "办结" if row["closed"] else "在办",
        "form": "来访",
        "source": "接访",
        "lead_cadre": row["leader"] if backlog else "",
        "lead_rank": row["rank"] if backlog else "",
    }


def _screening(row: LedgerRow) -> Mapping[str, Any]:
    note = row["note"] or ""
    return (
        {"screening": True, "place_kind": VILLAGE}
        if "纠纷排查" in note
        else {"place_kind": VILLAGE}
    )


LECTURES = LedgerKind(
    "lectures",
    "宣讲活动台账",
    ("宣讲",),
    (
        *_trip(),
        Column(
            "theme",
            ("宣讲主题", "宣讲题目", "宣讲内容", "主题", "内容", "题目"),
            required=True,
            fills=("lecture.theme",),
        ),
        Column(
            "form", ("宣讲形式", "形式", "活动形式", "宣讲方式", "方式"), fills=("lecture.form",)
        ),
        Column("place", _PLACES, fills=("lecture.place",), known=True),
        Column(
            "heads",
            (
                "受众人次",
                "受教育党员群众人次",
                "参加人数",
                "参与人次",
                "人数",
                "受教育人数",
                "受众",
                "受众人数",
                "参加人次",
                "听众人数",
                "人次",
            ),
            required=True,
            fills=("lecture.heads",),
        ),
        Column("sessions", ("场次", "宣讲场次"), fills=("lecture.sessions",)),
        Column("materials", ("发放资料", "发放资料份数"), fills=("lecture.materials",)),
        Column("note", ("备注", "说明"), fills=("lecture.note",)),
    ),
    (_activity("主讲"), Make("lecture", parent="activity", derive=_screening)),
)

ONSITE = LedgerKind(
    "onsite",
    "现场办公台账",
    ("现场办公",),
    (
        *_trip(),
        Column("place", _PLACES, fills=("onsite.place", "problem.place"), known=True),
        Column(
            "title",
            ("发现问题", "问题", "存在问题", "发现的问题", "问题描述", "问题内容"),
            required=True,
            fills=("problem.title",),
        ),
        Column(
            "decision",
            ("是否现场解决", "现场解决", "现场决定", "现场办理结果"),
            fills=("problem.decision",),
            values={"是": "现场解决", "否": "限期解决"},
        ),
        Column(
            "measure",
            ("解决措施或思路", "解决措施", "措施", "解决思路"),
            fills=("problem.measure",),
        ),
        Column("unit", _UNITS, fills=("problem.unit",)),
        Column(
            "due",
            ("完成时限", "办理期限", "整改时限", "时限", "完成期限"),
            fills=("problem.due",),
            after="date",
        ),
        Column("status", ("完成情况", "办理情况", "整改情况", "进展"), fills=("problem.status",)),
        Column(
            "closed", ("完成日期", "销号日期", "办结日期"), fills=("problem.closed",), after="date"
        ),
        Column("note", ("备注", "说明"), fills=("onsite.note",)),
    ),
    (
        _activity("牵头"),
        Make(
            "onsite",
            parent="activity",
            shared_by=("date", "leader", "place"),
            may_lack=("place",),
            derive=lambda row: {"place_kind": VILLAGE},
        ),
        Make("problem", parent="onsite", when=lambda row: bool(row["title"])),
    ),
)

UNIT_ONSITE = LedgerKind(
    "unit_onsite",
    "县直单位现场办公台账",
    ("县直", "现场办公"),
    (
        *_trip(),
        Column(
            "place",
            ("单位", "县直单位", "单位名称", "办公单位"),
            required=True,
            fills=("onsite.place",),
        ),
        Column("note", ("备注", "说明"), fills=("onsite.note",)),
    ),
    (
        _activity("牵头"),
        Make("onsite", parent="activity", derive=lambda row: {"place_kind": COUNTY_UNIT}),
    ),
)

RECEPTIONS = LedgerKind(
    "receptions",
    "接访下访台账",
    ("接访", "下访", "来访"),
    (
        *_trip(("来访日期", "接访日期", "接访时间", "来访时间"), ("接访领导", "接访人")),
        Column("place", _PLACES, fills=("reception.place", "case.place"), known=True),
        Column("name", ("来访人", "来访人姓名", "信访人", "上访人"), fills=("petitioner.name",)),
        Column("phone", ("联系电话", "电话", "联系方式", "手机"), fills=("petitioner.phone",)),
        Column("identity", ("身份证号", "身份证号码", "证件号码"), fills=("petitioner.identity",)),
        Column("people", ("来访人数", "人数", "批次人数"), fills=("visit.people", "case.people")),
        Column(
            "category",
            ("诉求类别", "内容分类", "类别", "问题类别"),
            fills=("visit.category", "case.category"),
        ),
        Column(
            "matter",
            ("诉求内容", "诉求", "反映问题", "信访诉求", "反映内容", "主要诉求"),
            required=True,
            fills=("visit.matter", "case.matter"),
        ),
        Column(
            "outcome",
            ("处理方式", "现场处理", "处理结果", "处理情况", "办理方式"),
            fills=("visit.outcome",),
        ),
        Column("unit", _UNITS, fills=("case.unit",)),
        Column("due", ("办理期限", "办结期限", "完成时限"), fills=("case.due",), after="date"),
        Column("closed", ("办结日期", "办结时间"), fills=("case.closed",), after="date"),
        Column("follow_up", ("回访方式", "回访情况"), fills=("case.follow_up",)),
        Column("satisfaction", ("满意度", "群众评价", "是否满意"), fills=("case.satisfaction",)),
        Column("backlog", ("是否积案", "积案"), fills=("case.backlog",)),
    ),
    (
        _activity("接访"),
        Make(
            "reception",
            parent="activity",
            shared_by=("date", "leader", "place"),
            may_lack=("place",),
            derive=lambda row: {"place_kind": VILLAGE},
        ),
        Make("visit", parent="reception", links={"case": "case"}, derive=_visit),
        Make("case", links={"origin": "visit"}, when=_goes_on, derive=_case),
        Make(
            "petitioner",
            links={"of": "visit"},
            when=lambda row: row["name"] not in ANONYMOUS or bool(row["phone"]),
        ),
    ),
)

SUGGESTIONS = LedgerKind(
    "suggestions",
    "意见建议台账",
    ("意见建议", "社情民意", "建议"),
    (
        SERIAL,
        Column(
            "date", ("收集日期", "收集时间", *_DATES), required=True, fills=("suggestion.date",)
        ),
        Column("name", ("反映人", "建议人", "提出人", "姓名"), fills=("petitioner.name",)),
        Column("phone", ("联系电话", "电话", "联系方式"), fills=("petitioner.phone",)),
        Column("channel", ("来源", "收集渠道", "渠道"), fills=("suggestion.channel",)),
        Column("kind", ("类别", "领域", "建议类别", "类型"), fills=("suggestion.kind",)),
        Column(
            "content",
            ("意见建议内容", "建议内容", "意见建议", "内容"),
            required=True,
            fills=("suggestion.content",),
        ),
        Column("unit", _UNITS, fills=("suggestion.unit",)),
        Column("adoption", ("采纳情况", "采纳状态", "是否采纳"), fills=("suggestion.adoption",)),
        Column("reason", ("理由", "办理结果", "答复内容"), fills=("suggestion.reason",)),
        Column("replied", ("反馈日期", "答复日期"), fills=("suggestion.replied",), after="date"),
        Column("place", _PLACES, fills=("suggestion.place",), known=True),
    ),
    (
        Make("suggestion", derive=lambda row: {"anonymous": row["name"] in ANONYMOUS}),
        Make(
            "petitioner",
            links={"of": "suggestion"},
            when=lambda row: row["name"] not in ANONYMOUS or bool(row["phone"]),
        ),
    ),
)

DISPUTES = LedgerKind(
    "disputes",
    "矛盾纠纷排查化解台账",
    ("矛盾纠纷", "纠纷"),
    (
        SERIAL,
        Column(
            "date",
            ("排查日期", "排查时间", "登记日期", *_DATES),
            required=True,
            fills=("dispute.date",),
        ),
        Column(
            "kind", ("纠纷类型", "纠纷类别", "类型", "类别"), required=True, fills=("dispute.kind",)
        ),
        Column("place", _PLACES, fills=("dispute.place",), known=True),
        Column("parties", ("当事人", "当事人姓名", "双方当事人"), fills=("petitioner.name",)),
        Column(
            "summary", ("简要情况", "基本情况", "纠纷情况", "主要情况"), fills=("dispute.summary",)
        ),
        Column("mediator", ("调解人", "调解员", "责任人"), fills=("dispute.mediator",)),
        Column(
            "settled",
            ("化解日期", "调解日期", "办结日期"),
            fills=("dispute.settled",),
            after="date",
        ),
        Column("result", ("化解结果", "调解结果", "化解情况"), fills=("dispute.result",)),
    ),
    (
        Make("dispute"),
        Make(
            "petitioner", links={"of": "dispute"}, when=lambda row: row["parties"] not in ANONYMOUS
        ),
    ),
)


TYPICAL_CASES = LedgerKind(
    "typical_cases",
    "正反面典型案例",
    ("典型案例", "案例"),
    (
        SERIAL,
        Column("name", ("案例名称", "案例"), required=True, fills=("typical_case.name",)),
        Column(
            "polarity",
            ("类型", "正反面", "案例类型"),
            required=True,
            fills=("typical_case.polarity",),
        ),
        Column("date", ("日期", "形成日期"), fills=("typical_case.date",)),
    ),
    (Make("typical_case"),),
)

TOPICS = LedgerKind(
    "topics",
    "调研课题",
    ("课题", "调研课题"),
    (
        SERIAL,
        Column("name", ("课题名称", "调研课题", "课题"), required=True, fills=("topic.name",)),
        Column("leader", ("牵头领导", "课题负责人", "负责人"), fills=("topic.leader",)),
        Column("source", ("课题来源", "来源"), fills=("topic.source",)),
        Column("methods", ("调研方式", "方式"), fills=("topic.methods",)),
        Column("start", ("立项时间", "立项日期"), fills=("topic.start",)),
        Column("result", ("成果转化", "转化情况"), fills=("topic.result",)),
    ),
    (Make("topic"),),
    dated="start",
)

LEDGER_KINDS: tuple[LedgerKind, ...] = (
    *MASTER_KINDS,
    LECTURES,
    ONSITE,
    UNIT_ONSITE,
    RECEPTIONS,
    SUGGESTIONS,
    DISPUTES,
    TOPICS,
    TYPICAL_CASES,
    *REGISTER_KINDS,
)
