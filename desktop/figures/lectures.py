"""Further figures of lectures: heads by rank, what goes online, groups of lecturers, classes."""

from __future__ import annotations

from desktop.figures.declaring import (
    TOWNSHIP_LEADS,
    dated,
    equals,
    lecture,
    official,
    recorded,
    stock,
)
from desktop.figures.figure import Figure, distinct, total
from desktop.ledger.query import Condition

_SESSIONS = total("sessions")
_BY_THEME = lecture("", "", "场次", "", count=_SESSIONS, by="theme")
_BY_FORM = lecture("", "", "场次", "", count=_SESSIONS, by="form")
_TEAM = Condition("team", "filled")

FIGURES: tuple[Figure, ...] = (
    lecture(
        "lecture_heads_township_rank",
        "乡科级领导宣讲受众",
        "人次",
        "带队领导当日为乡科级的宣讲受众人次之和",
        TOWNSHIP_LEADS,
        count=total("heads"),
    ),
    recorded(
        lecture(
            "lecture_party_heads",
            "宣讲受众中的党员",
            "人次",
            "宣讲记录中“其中党员”之和",
            Condition("party_heads", "filled"),
            count=total("party_heads"),
        ),
        "party_heads",
    ),
    recorded(
        lecture(
            "lecture_online_views",
            "线上观看",
            "次",
            "宣讲记录的线上观看次数之和，不计入受众人次",
            Condition("online_views", "filled"),
            count=total("online_views"),
        ),
        "online_views",
    ),
    recorded(
        lecture(
            "lecture_materials",
            "发放宣传资料",
            "份",
            "宣讲记录的发放资料份数之和",
            Condition("materials", "filled"),
            count=total("materials"),
        ),
        "materials",
    ),
    recorded(
        lecture(
            "lecture_answers",
            "宣讲现场答疑",
            "次",
            "宣讲记录的现场答疑次数之和",
            Condition("answers", "filled"),
            count=total("answers"),
        ),
        "answers",
    ),
    recorded(
        lecture(
            "lecture_party_classes",
            "县处级领导讲党课",
            "场次",
            "标为县处级领导讲党课的宣讲场次之和",
            equals("party_class", True),
            count=_SESSIONS,
        ),
        "party_class",
    ),
    official(
        _BY_THEME,
        "lecture_by_official_theme",
        "宣讲（按标准主题）",
        "宣讲场次之和，按登记的主题归入的标准主题分",
    ),
    official(
        _BY_FORM,
        "lecture_by_official_form",
        "宣讲（按标准形式）",
        "宣讲场次之和，按登记的形式归入的标准形式分",
    ),
    lecture(
        "lecture_by_rank",
        "宣讲（按职务层次）",
        "场次",
        "宣讲场次之和，按带队领导当日职务层次分",
        count=_SESSIONS,
        by="activity.leader_rank",
    ),
    lecture(
        "lecture_by_campaign",
        "宣讲（按专项行动）",
        "场次",
        "宣讲场次之和，按专项行动分",
        count=_SESSIONS,
        by="activity.campaign",
    ),
    lecture(
        "lecture_by_township",
        "宣讲（按单位）",
        "场次",
        "宣讲场次之和，按填报单位分",
        count=_SESSIONS,
        by="office",
    ),
    recorded(
        lecture(
            "lecture_sessions_by_teams",
            "宣讲队伍宣讲",
            "场次",
            "由宣讲队伍宣讲的场次之和",
            _TEAM,
            count=_SESSIONS,
        ),
        "team",
    ),
    recorded(
        lecture(
            "lecture_teams",
            "参加宣讲的宣讲队伍",
            "支",
            "本期宣讲过的宣讲队伍，同一支只算一支",
            _TEAM,
            count=distinct("team"),
        ),
        "team",
    ),
    stock(
        "speaker_teams",
        "宣讲队伍",
        "支",
        "期末已组建的宣讲队伍",
        "speaker_team",
        Condition("founded", "begun"),
        group="宣讲",
    ),
    stock(
        "speaker_team_members",
        "宣讲队伍成员",
        "人",
        "期末已组建的宣讲队伍的人数之和",
        "speaker_team",
        Condition("founded", "begun"),
        count=total("members"),
        group="宣讲",
    ),
    dated(
        "speaker_teams_new",
        "新组建宣讲队伍",
        "支",
        "宣讲",
        "组建日期在本期的宣讲队伍",
        "speaker_team",
        "founded",
    ),
)
