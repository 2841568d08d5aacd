"""Rows that a person types or pastes as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import figures
from desktop.core.errors import UserError
from desktop.jobs.enter_table import TABLES, check_rows, columns_of, header_of, save_rows
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import RECORD_TYPES, Activity, Case, Lecture, Problem, Suggestion, Visit
from tests import fakes

TODAY = dt.date(2026, 11, 23)
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as opened:
        opened.now = lambda: dt.datetime(2026, 11, 23, 9, 0)
        yield opened


def row(**cells: str) -> dict[str, str]:
    trip = {"date": "11-20", "leader": "李明", "place": "前沟村"}
    return trip | {"theme": "反诈", "form": "田埂讲学", "heads": "58"} | cells


def values(ledger: Ledger) -> dict[str, object]:
    return {i: r.value for i, r in figures.compute(ledger, *YEAR).items()}


def test_two_lectures_of_one_trip_are_one_trip_and_one_undo(ledger: Ledger) -> None:
    rows = [row(), row(place="后塬村", heads="约40人"), row(date="2026-11-21", leader="王丽")]
    assert save_rows(ledger, "lecture", rows, TODAY) == 3
    trips = ledger.find(Query(Activity.type))
    lectures = ledger.find(Query(Lecture.type))
    assert len(trips) == 2
    assert sorted((x.place, x.heads) for x in lectures) == sorted(
        [(fakes.place("前沟村"), 58), (fakes.place("后塬村"), 40), (fakes.place("前沟村"), 58)]
    )
    assert {t.leader_rank for t in trips} == {"乡科级正职", "乡科级副职"}
    assert ledger.undo() == "表格录入宣讲活动3行"
    assert ledger.find(Query(Lecture.type)) == []


def test_what_is_refused_writes_nothing_and_says_where(ledger: Ledger) -> None:
    rows = [row(), row(date="2月30日", heads="几十人"), row(theme="")]
    checked = check_rows(ledger, "lecture", rows, TODAY)
    assert [(n.row, n.key) for n in checked.refused] == [(1, "date"), (1, "heads"), (2, "theme")]
    with pytest.raises(UserError, match="3处"):
        save_rows(ledger, "lecture", rows, TODAY)
    assert ledger.find(Query(Activity.type)) == []


def test_what_is_unlikely_is_marked_and_saved(ledger: Ledger) -> None:
    rows = [row(heads="0"), row(date="2026-12-24", place="赵家湾村"), row(leader="李镇长")]
    notes = {(n.row, n.key): n for n in check_rows(ledger, "lecture", rows, TODAY).notes}
    assert {(0, "heads"), (1, "date"), (1, "place"), (2, "leader")} <= notes.keys()
    assert not any(n.refused for n in notes.values())
    save_rows(ledger, "lecture", rows, TODAY)
    none = next(x for x in ledger.find(Query(Lecture.type)) if x.heads == 0)
    assert none.marks == {"heads": "填了0，请核对"}


def test_identical_rows_are_possible_doubles(ledger: Ledger) -> None:
    save_rows(ledger, "lecture", [row()], TODAY)
    notes = check_rows(ledger, "lecture", [row(), row()], TODAY).notes
    assert sorted(n.text for n in notes) == [
        "台账里已经有一条一样的，可能重复",
        "台账里已经有一条一样的，可能重复",
        "和第1行一样，可能重复",
    ]
    assert not any(n.refused for n in notes)


def test_problems_visits_and_suggestions_have_numbers(ledger: Ledger) -> None:
    trip = {"date": "11-20", "leader": "李明", "place": "前沟村"}
    save_rows(ledger, "problem", [trip | {"title": "路灯不亮", "decision": "是"}], TODAY)
    visit = trip | {"matter": "租金未付", "name": "王某", "outcome": "交办", "due": "12月5日"}
    save_rows(ledger, "visit", [visit, visit | {"outcome": "当场答复", "matter": "低保"}], TODAY)
    save_rows(ledger, "suggestion", [{"date": "11-20", "content": "增加晚间班车"}], TODAY)
    [problem] = ledger.find(Query(Problem.type))
    [case] = ledger.find(Query(Case.type))
    [suggestion] = ledger.find(Query(Suggestion.type))
    assert (problem.number, case.number, suggestion.number) == (
        "柳河-问-A-2026-0001",
        "柳河-信-A-2026-0001",
        "柳河-建-A-2026-0001",
    )
    assert problem.decision == "现场解决"
    due = {v.matter: v.due for v in ledger.find(Query(Visit.type))}
    assert (case.due, due) == (
        dt.date(2026, 12, 5),
        {"租金未付": None, "低保": dt.date(2026, 12, 5)},
    )
    assert len(ledger.find(Query(Activity.type))) == 1


def test_each_figure_moves_by_what_the_rows_say(ledger: Ledger) -> None:
    before = values(ledger)
    save_rows(ledger, "lecture", [row(), row(place="后塬村", heads="42")], TODAY)
    moved = {i: v for i, v in values(ledger).items() if v != before[i]}
    assert (moved["trips"], moved["lecture_sessions"], moved["lecture_heads"]) == (1, 2, 100)
    assert moved["lecture_villages"] == 2
    assert "onsite_problems" not in moved


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["序号", "日期", "带队领导", "村（社区）", "宣讲主题", "形式", "受众人次"], 7),
        (["2026-11-20", "李明", "前沟村", "反诈"], 0),
        (["", "", ""], 0),
    ],
)
def test_a_header_is_told_from_a_row(cells: list[str], found: int) -> None:
    assert len(header_of("lecture", cells)) == found


@pytest.mark.parametrize("of", TABLES)
def test_every_table_has_columns_that_fill_fields(of: str) -> None:
    assert RECORD_TYPES[of]
    keys = [c.key for c in columns_of(of)]
    assert keys
    assert len(keys) == len(set(keys))
