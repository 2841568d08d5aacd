"""A slow count of ledgers: plain loops over the cells, no code of the program.

It knows the header words and the forms of days and numbers of the sample year only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.unit.jobs.books import sheet_cells

Row = Mapping[str, Any]

_WORDS = {
    "date": "日期 日_期 时间 活动时间 开展时间 宣讲日期 来访日期 收集日期 排查日期",
    "leader": "宣讲人 责任领导 领导姓名 主讲人 带队领导 接访领导 领导 参加领导",
    "rank": "职级 职务级别 级别 职务层次 领导级别",
    "place": "村（社区） 村居 地点 所到村 活动地点 村 单位",
    "heads": "受众人次 受教育党员群众人次 参加人数 人数 受教育人数 参与人次 受众人数 来访人数",
    "theme": "宣讲主题 宣讲题目 宣讲内容 主题 内容",
    "form": "宣讲形式 形式 宣讲方式 方式 活动形式",
}
WORDS = {key: {w.replace("_", " ") for w in words.split()} for key, words in _WORDS.items()}


def day(cell: Any, year: int = 2023) -> dt.date | None:
    """2023.4.5, 2023年4月5日, 20230405, 2023/4/5, a date cell, a serial."""
    if isinstance(cell, dt.datetime | dt.date):
        return dt.date(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float):
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))
    digits = re.findall(r"\d+", str(cell))
    if len(digits) == 1 and len(digits[0]) == 8:
        digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
    if len(digits) == 2:
        digits = [str(year), *digits]
    return dt.date(*map(int, digits)) if len(digits) == 3 else None


def number(cell: Any) -> int:
    """30, "30", 约30人."""
    if isinstance(cell, int | float):
        return int(cell)
    return int(re.findall(r"\d+", str(cell))[0])


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a ledger by header word, with the words of `WORDS` as keys beside them."""
    found: list[dict[str, Any]] = []
    for cells in sheet_cells(path).values():
        top = next(
            i for i, row in enumerate(cells) if sum(map(bool, row)) >= 2 and "：" not in str(row)
        )
        titles = [str(c).strip() for c in cells[top]]
        for row in cells[top + 1 :]:
            if not any(c not in ("", None) for c in row) or "合计" in map(str, row[:2]):
                continue
            named = dict(zip(titles, row, strict=False))
            for key, words in WORDS.items():
                named |= dict.fromkeys([key], next((named[w] for w in words if w in named), ""))
            found.append(named)
    return found


@dataclass
class Count:
    """What a slow count of one or several offices found."""

    trips: set[Any] = field(default_factory=set)
    lectures: list[Row] = field(default_factory=list)
    onsites: list[Row] = field(default_factory=list)
    visits: list[Row] = field(default_factory=list)
    suggestions: list[Row] = field(default_factory=list)
    disputes: list[Row] = field(default_factory=list)

    def add(self, office: str, name: str, path: Path) -> None:
        """Take in one ledger, by the words of its file name."""
        rows = [{**r, "office": office} for r in rows_of(path)]
        kinds = {
            "宣讲": self.lectures,
            "现场办公": self.onsites,
            "接访": self.visits,
            "意见": self.suggestions,
            "纠纷": self.disputes,
        }
        for words, rows_so_far in kinds.items():
            if words in name:
                rows_so_far += rows
                break
        else:
            return
        if words in ("宣讲", "现场办公", "接访"):
            self.trips |= {(office, day(r["date"]), r["leader"]) for r in rows}

    def figures(self, last: dt.date = dt.date(2023, 12, 31)) -> dict[str, Any]:
        """The figures of the year."""
        county = [r for r in self.lectures if "县处级" in r["rank"]]
        problems = [r for r in self.onsites if r.get("发现问题")]
        on_the_spot = [r for r in problems if r["是否现场解决"] == "是"]
        closed = [r for r in self.visits if r["办结日期"] and day(r["办结日期"]) <= last]  # type: ignore[operator]
        late = [
            r
            for r in closed
            if r["办理期限"] and day(r["办结日期"]) > day(r["办理期限"])  # type: ignore[operator]
        ]
        backlog = [r for r in closed if r["是否积案"] == "是"]
        villages = [r for r in self.onsites if "单位" not in r or r.get("村（社区）")]
        units = [r for r in self.onsites if r not in villages]
        return {
            "trips": len(self.trips),
            "lecture_sessions": len(self.lectures),
            "lecture_heads": sum(number(r["heads"]) for r in self.lectures),
            "lecture_leaders_county_rank": len({r["leader"] for r in county}),
            "lecture_sessions_county_rank": len(county),
            "lecture_heads_county_rank": sum(number(r["heads"]) for r in county),
            "lecture_by_theme": classes(self.lectures, "theme"),
            "lecture_by_form": classes(self.lectures, "form"),
            "law_lectures_with_dispute_screening": sum(
                "法律" in r["theme"] and "纠纷排查" in str(r.get("备注", "")) for r in self.lectures
            ),
            "onsite_problems": len(problems),
            "onsite_solved_on_spot": len(on_the_spot),
            "onsite_scheduled": len(problems) - len(on_the_spot),
            "onsite_problems_done": sum(r["完成情况"] == "已完成" for r in problems),
            "onsite_sessions": len(sessions(self.onsites)),
            "onsite_county_units": len({r["place"] for r in units}),
            "onsite_leaders": len({r["leader"] for r in self.onsites}),
            "onsite_leaders_county_rank": len(
                {r["leader"] for r in self.onsites if "县处级" in r["rank"]}
            ),
            "onsite_villages": len({(r["office"], r["place"]) for r in villages if r["place"]}),
            "reception_sessions": len(sessions(self.visits)),
            "reception_sessions_county_rank": len(
                sessions(r for r in self.visits if "县处级" in r["rank"])
            ),
            "reception_visits": len(self.visits),
            "reception_visitors": sum(number(r["heads"]) for r in self.visits),
            "reception_group_visits": sum(number(r["heads"]) >= 5 for r in self.visits),
            "reception_answered_on_spot": sum(r["处理方式"] == "现场答复" for r in self.visits),
            "reception_assigned": sum(r["处理方式"] == "交办" for r in self.visits),
            "reception_closed": len(closed),
            "reception_open": len(self.visits) - len(closed),
            "reception_closed_late": len(late),
            "reception_follow_up_by": classes(self.visits, "回访方式"),
            "satisfaction": classes(self.visits, "满意度"),
            "backlog_resolved": len(backlog),
            "backlog_resolved_county_rank": sum("县处级" in r["rank"] for r in backlog),
            "backlog_resolved_township_rank": sum("乡科级" in r["rank"] for r in backlog),
            "suggestions": len(self.suggestions),
            "suggestions_by_kind": classes(self.suggestions, "类别"),
            "suggestions_by_adoption": classes(self.suggestions, "采纳情况"),
            "disputes": len(self.disputes),
            "disputes_settled": sum(r["化解结果"] == "调解成功" for r in self.disputes),
            "disputes_by_kind": classes(self.disputes, "纠纷类型"),
        }


def sessions(rows: Iterable[Row]) -> set[Any]:
    """Office, day, leader, place."""
    return {(r["office"], day(r["date"]), r["leader"], r["place"]) for r in rows}


def classes(rows: Iterable[Row], key: str) -> dict[str, int]:
    """How many rows there are of each word; empty ones are of none."""
    return dict(Counter(str(r[key]) for r in rows if r.get(key)))
