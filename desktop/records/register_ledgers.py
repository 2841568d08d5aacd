"""The paper ledgers of registers: rosters, areas, check-ins, and what an office keeps beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from desktop.core.divisions import VILLAGE_LEVEL
from desktop.core.ledger_kinds import Column, LedgerKind, LedgerRow, Make
from desktop.records.division_ledgers import DIVISION_LIST, DIVISIONS, SERIAL
from desktop.records.identity import cadre_id

VILLAGE = VILLAGE_LEVEL
RANKS = ("职级", "职务级别", "级别", "领导级别", "职务层次", "领导职级")

ROSTER = LedgerKind(
    "roster",
    "干部名册",
    ("名册", "干部", "花名册"),
    (
        Column("number", ("编号", "序号", "名册编号"), fills=("cadre.roster_number",)),
        Column("name", ("姓名",), required=True, fills=("cadre.name",)),
        Column(
            "unit",
            ("单位", "工作单位", "所在单位"),
            required=True,
            fills=("post.unit",),
            adds="unit",
        ),
        Column("title", ("职务", "现任职务"), required=True, fills=("post.title",)),
        Column("rank", RANKS, required=True, fills=("post.rank",)),
        Column("party", ("是否中共党员", "是否党员"), fills=("cadre.party_member",)),
        Column("start", ("任职日期", "任职时间"), fills=("post.start",)),
    ),
    (
        Make(
            "cadre",
            derive=lambda row: {"on_roster": True},
            identity=lambda row: cadre_id(row.office, row["number"], row["name"], row["unit"]),
        ),
        Make("post", parent="cadre"),
    ),
    master=True,
    dated="",
)

AREAS = LedgerKind(
    "areas",
    "小区名单",
    ("小区",),
    (
        SERIAL,
        Column(
            "township",
            ("乡镇", "所属乡镇", "所在乡镇", "乡镇（街道）", "所属镇"),
            fills=("residential_area.township",),
        ),
        Column(
            "community",
            ("所属社区", "社区", "所在社区", "社区名称"),
            fills=("residential_area.community",),
            within="township",
        ),
        Column(
            "name",
            ("小区", "小区名称", "居民小区", "小区（院落）"),
            required=True,
            fills=("residential_area.name",),
        ),
        Column(
            "station",
            ("是否新建党群服务站", "党群服务站", "新建党群服务站", "有无党群服务站", "服务站"),
            required=True,
            fills=("residential_area.station",),
        ),
        Column(
            "station_on",
            ("服务站建立日期", "建站日期", "建立日期", "服务站建立时间", "建站时间"),
            fills=("residential_area.station_on",),
        ),
        Column(
            "mechanism",
            (
                "是否建立党员联系群众机制",
                "联系群众机制",
                "建立联系群众机制",
                "有无联系群众机制",
                "是否建立联系群众机制",
            ),
            fills=("residential_area.mechanism",),
        ),
        Column(
            "mechanism_on",
            ("机制建立日期", "机制建立时间", "建立机制日期"),
            fills=("residential_area.mechanism_on",),
        ),
    ),
    (Make("residential_area"),),
    master=True,
    dated="station_on",
)

# ---- party members in residential areas ----------------------------------------------------------

_MEMBER = ("姓名", "党员姓名", "报到党员", "党员")
_MEMBER_UNIT = ("所在单位", "单位", "单位党组织", "工作单位", "所在党组织", "所在支部")
_MEMBER_AREA = (
    "报到小区",
    "小区",
    "报到地点",
    "小区名称",
    "所报到小区",
    "双报到小区",
    "报到社区（小区）",
    "服务小区",
)

CHECK_INS = LedgerKind(
    "check_ins",
    "党员双报到台账",
    ("报到", "双报到"),
    (
        SERIAL,
        Column("person", _MEMBER, required=True, fills=("check_in.person",)),
        Column("unit", _MEMBER_UNIT, fills=("check_in.unit",)),
        Column("area", _MEMBER_AREA, required=True, fills=("check_in.area",)),
        Column(
            "date",
            ("报到日期", "报到时间", "到小区报到时间", "登记日期"),
            required=True,
            fills=("check_in.date",),
        ),
        Column(
            "volunteering",
            ("是否开展志愿服务", "志愿服务", "开展志愿服务", "是否参加志愿服务"),
            fills=("check_in.volunteering",),
        ),
        Column(
            "measures",
            (
                "提出改进措施条数",
                "改进措施",
                "提出改进工作办法措施",
                "建言献策条数",
                "建言献策",
                "改进措施条数",
            ),
            fills=("check_in.measures",),
        ),
    ),
    (Make("check_in"),),
)


def _whole_year(row: LedgerRow, *figure: str) -> Mapping[str, Any]:
    """The period that a table of totals is about: what it says, else its year."""
    found: dict[str, Any] = {}
    if not row["first"]:
        found["first"] = dt.date(row.year, 1, 1)
    if not row["last"]:
        found["last"] = dt.date(row.year, 12, 31)
    if figure:
        found |= {"figure": figure[0], "source": "小区报到人数表"}
    return found


def _total(name: str, figure: str, key: str) -> Make:
    return Make(
        "declared_count",
        name=name,
        when=lambda row: row[key] not in ("", None),
        derive=lambda row: _whole_year(row, figure),
    )


_TOTALS = ("members", "volunteers", "measures")

AREA_TOTALS = LedgerKind(
    "area_totals",
    "小区报到人数表",
    ("报到人数", "报到情况", "统计"),
    (
        SERIAL,
        Column("area", _MEMBER_AREA, required=True, fills=tuple(f"{t}.area" for t in _TOTALS)),
        Column(
            "members",
            ("报到党员数", "报到党员人数", "报到人数", "报到党员", "党员报到数"),
            required=True,
            fills=("members.value",),
        ),
        Column(
            "volunteers",
            ("开展志愿服务党员数", "志愿服务党员数", "志愿服务人数", "参加志愿服务人数"),
            fills=("volunteers.value",),
        ),
        Column(
            "measures",
            ("改进措施条数", "提出改进措施条数", "改进措施", "建言献策条数"),
            fills=("measures.value",),
        ),
        Column(
            "first",
            ("期间起", "开始日期", "统计起始日期"),
            fills=tuple(f"{t}.first" for t in _TOTALS),
        ),
        Column(
            "last",
            ("期间止", "截止日期", "统计截止日期", "截至日期"),
            fills=tuple(f"{t}.last" for t in _TOTALS),
        ),
        Column("reporter", ("填报人", "报送人"), fills=tuple(f"{t}.reporter" for t in _TOTALS)),
    ),
    (
        _total("members", "members_checked_in", "members"),
        _total("volunteers", "members_volunteering", "volunteers"),
        _total("measures", "measures", "measures"),
    ),
    dated="",
)

VOLUNTEER_SERVICES = LedgerKind(
    "volunteer_services",
    "党员志愿服务台账",
    ("志愿服务",),
    (
        SERIAL,
        Column("person", _MEMBER, required=True, fills=("check_in.person",)),
        Column("unit", _MEMBER_UNIT, fills=("check_in.unit",)),
        Column("area", _MEMBER_AREA, required=True, fills=("check_in.area",)),
        Column(
            "date",
            ("服务日期", "服务时间", "志愿服务日期", "日期", "开展日期", "活动日期"),
            required=True,
            fills=("volunteer_service.date",),
        ),
        Column(
            "kind",
            ("服务类型", "服务类别", "志愿服务类型", "类型", "类别"),
            fills=("volunteer_service.kind",),
        ),
        Column(
            "hours",
            ("时长", "服务时长", "服务时长（小时）", "小时数"),
            fills=("volunteer_service.hours",),
        ),
        Column(
            "what",
            ("服务内容", "内容", "志愿服务内容", "服务项目"),
            fills=("volunteer_service.what",),
        ),
    ),
    (
        # Who served has checked in: an entry that is there already is taken, else one is made
        # whose day nobody knows.
        Make(
            "check_in",
            shared_by=("person", "unit", "area"),
            may_lack=("unit",),
            derive=lambda row: {"volunteering": True},
        ),
        Make("volunteer_service", parent="check_in"),
    ),
)

# ---- what an office keeps beside --------------------------------------------------------------

ROLE_MODELS = LedgerKind(
    "role_models",
    "身边榜样",
    ("榜样",),
    (
        SERIAL,
        Column("name", ("姓名", "榜样姓名"), required=True, fills=("role_model.name",)),
        Column("township", ("所在乡镇", "乡镇", "所属乡镇"), fills=("role_model.township",)),
        Column("kind", ("类别", "类型"), required=True, fills=("role_model.kind",)),
        Column(
            "date", ("选树日期", "选树时间", "命名日期", "表彰日期"), fills=("role_model.date",)
        ),
    ),
    (Make("role_model"),),
)

FILMS = LedgerKind(
    "films",
    "党员教育电视片",
    ("电视片", "教育片"),
    (
        SERIAL,
        Column(
            "name",
            ("片名", "电视片名称", "教育片名称", "片目"),
            required=True,
            fills=("film.name",),
        ),
        Column(
            "finished",
            ("完成时间", "完成日期", "摄制时间", "摄制日期", "制作完成日期"),
            fills=("film.finished",),
        ),
    ),
    (Make("film"),),
    dated="finished",
)

STUDY_EVENTS = LedgerKind(
    "study_events",
    "学习与部署",
    ("学习", "部署"),
    (
        SERIAL,
        Column(
            "date",
            ("日期", "时间", "会议时间", "会议日期", "学习日期", "学习时间"),
            required=True,
            fills=("study_event.date",),
        ),
        Column(
            "kind",
            ("类型", "会议类型", "形式", "学习形式"),
            required=True,
            fills=("study_event.kind",),
        ),
        Column(
            "subject",
            ("主题", "会议名称", "内容", "学习内容", "会议主题"),
            required=True,
            fills=("study_event.subject",),
        ),
    ),
    (Make("study_event"),),
)

MECHANISMS = LedgerKind(
    "mechanisms",
    "工作机制",
    ("机制", "制度"),
    (
        SERIAL,
        Column(
            "name",
            ("名称", "制度名称", "机制名称", "制度机制名称", "文件名称"),
            required=True,
            fills=("mechanism.name",),
        ),
        Column("document", ("文号", "发文字号", "文件号"), fills=("mechanism.document",)),
        Column(
            "issued",
            ("出台时间", "出台日期", "印发时间", "印发日期", "建立日期", "建立时间"),
            required=True,
            fills=("mechanism.issued",),
        ),
    ),
    (Make("mechanism"),),
    dated="issued",
)

CAMPAIGNS = LedgerKind(
    "campaigns",
    "专项行动",
    ("专项行动", "行动"),
    (
        SERIAL,
        Column(
            "name",
            ("行动名称", "专项行动名称", "专项行动", "名称", "活动名称"),
            required=True,
            fills=("campaign.name",),
        ),
        Column(
            "start",
            ("开始日期", "开始时间", "启动日期", "启动时间"),
            required=True,
            fills=("campaign.start",),
        ),
        Column("end", ("结束日期", "结束时间"), fills=("campaign.end",), after="start"),
        Column("basis", ("依据", "部署依据", "文件依据", "依据文件"), fills=("campaign.basis",)),
    ),
    (Make("campaign"),),
    dated="start",
)

SPEAKER_TEAMS = LedgerKind(
    "speaker_teams",
    "宣讲队伍",
    ("宣讲队", "宣讲团", "宣讲队伍"),
    (
        SERIAL,
        Column(
            "name",
            ("队伍名称", "宣讲队名称", "宣讲队伍", "宣讲队伍名称", "宣讲团名称", "名称"),
            required=True,
            fills=("speaker_team.name",),
        ),
        Column("kind", ("类别", "队伍类别", "类型"), fills=("speaker_team.kind",)),
        Column("leader", ("负责人", "队长", "团长", "牵头人"), fills=("speaker_team.leader",)),
        Column(
            "members",
            ("人数", "队员人数", "成员人数", "队员数", "宣讲员人数"),
            required=True,
            fills=("speaker_team.members",),
        ),
        Column("unit", ("组建单位", "所属单位", "单位"), fills=("speaker_team.unit",)),
        Column(
            "founded",
            ("组建日期", "组建时间", "成立日期", "成立时间"),
            fills=("speaker_team.founded",),
        ),
    ),
    (Make("speaker_team"),),
    dated="founded",
)

_FIRST = ("期间起", "开始日期", "起始日期", "起", "期间开始")
_LAST = ("期间止", "结束日期", "截止日期", "止", "期间结束")
_REPORTERS = ("填报人", "报告人", "报送人")
_NOTES = ("说明", "备注")

ZERO_REPORTS = LedgerKind(
    "zero_reports",
    "零报告登记",
    ("零报告",),
    (
        SERIAL,
        Column(
            "kind",
            ("内容", "零报告内容", "报告内容", "事项", "零报告事项"),
            required=True,
            fills=("zero_report.kind",),
        ),
        Column("first", _FIRST, required=True, fills=("zero_report.first",)),
        Column("last", _LAST, required=True, fills=("zero_report.last",), after="first"),
        Column("reporter", _REPORTERS, fills=("zero_report.reporter",)),
        Column("note", _NOTES, fills=("zero_report.note",)),
    ),
    (Make("zero_report"),),
    dated="last",
)

DECLARED_COUNTS = LedgerKind(
    "declared_counts",
    "填报数登记",
    ("填报数",),
    (
        SERIAL,
        Column(
            "figure",
            ("数字", "指标", "指标名称", "统计项目", "数字名称", "统计指标"),
            required=True,
            fills=("declared_count.figure",),
        ),
        Column(
            "value",
            ("数", "数值", "数量", "填报数", "上报数"),
            required=True,
            fills=("declared_count.value",),
        ),
        Column("first", _FIRST, required=True, fills=("declared_count.first",)),
        Column("last", _LAST, required=True, fills=("declared_count.last",), after="first"),
        Column("area", ("小区", "报到小区", "小区名称"), fills=("declared_count.area",)),
        Column(
            "source",
            ("数据来源", "数字来源", "来源", "数字从哪里来"),
            fills=("declared_count.source",),
        ),
        Column("reporter", _REPORTERS, fills=("declared_count.reporter",)),
        Column("note", _NOTES, fills=("declared_count.note",)),
    ),
    (Make("declared_count"),),
    dated="last",
)

MASTER_KINDS = (DIVISIONS, DIVISION_LIST, ROSTER, AREAS)
"""Registers that other ledgers name things from, in the order in which they build on each other."""

REGISTER_KINDS = (
    CHECK_INS,
    AREA_TOTALS,
    VOLUNTEER_SERVICES,
    ROLE_MODELS,
    FILMS,
    MECHANISMS,
    STUDY_EVENTS,
    CAMPAIGNS,
    SPEAKER_TEAMS,
    ZERO_REPORTS,
    DECLARED_COUNTS,
)
