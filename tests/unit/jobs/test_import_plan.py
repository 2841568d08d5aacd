"""Ledgers as clerks keep them: what becomes of headers, dates, counts, names and labels."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from desktop import figures
from desktop.core.record import Record
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.import_report import ImportReport
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import (
    Activity,
    Case,
    CodeItem,
    Lecture,
    Onsite,
    Problem,
    Reception,
    Suggestion,
)
from tests.sample_year import FIRST, LAST, counts
from tests.unit.jobs.books import LECTURE, ONSITE, SUGGESTION, VISIT, book, write
from tests.unit.sheets.foreign import xlsx

DAY = dt.date(2023, 9, 5)


def lectures(ledger: Ledger) -> list[Any]:
    return ledger.find(Query(Lecture.type))


def trips(ledger: Ledger) -> list[Any]:
    return ledger.find(Query(Activity.type))


def take(
    ledger: Ledger, folder: Path, *rows: dict[str, Any], kind: str = "lectures", **options: Any
) -> ImportReport:
    book_options = {k: options.pop(k) for k in ("above", "titles") if k in options}
    path = book(folder / f"{kind}.xlsx", kind, rows, **book_options)
    return import_ledgers(ledger, [path], **options)


# --- days --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "二〇二三年九月五日",
        "2023.9.5",
        "2023年9月5日",
        "2023/09/05",
        "２０２３．９．５",
        "20230905",
        "2023-9-5（星期二）",
        45174,
        DAY,
    ],
)
def test_a_day_in_any_form(registered: Ledger, tmp_path: Path, written: object) -> None:
    report = take(registered, tmp_path, {**LECTURE, "date": written})
    assert (report.added, report.findings) == (1, [])
    assert [trip.date for trip in trips(registered)] == [DAY]


@pytest.mark.parametrize("told", ["title", "option", "file"])
def test_a_day_without_a_year(registered: Ledger, tmp_path: Path, told: str) -> None:
    row = {**LECTURE, "date": "9月5日"}
    name = "2023年宣讲.xlsx" if told == "file" else "宣讲.xlsx"
    above = [["2023年宣讲活动台账"]] if told == "title" else []
    path = book(tmp_path / name, "lectures", [row], above=above)
    report = import_ledgers(registered, [path], year=2023 if told == "option" else None)
    assert (report.added, report.findings) == (1, [])
    assert [trip.date for trip in trips(registered)] == [DAY]


def test_a_day_without_any_year_is_guessed_aloud(registered: Ledger, tmp_path: Path) -> None:
    registered.now = lambda: dt.datetime(2023, 12, 1)
    report = take(registered, tmp_path, {**LECTURE, "date": "9月5日"})
    assert report.added == 1
    assert "2023年" in report.findings[0].text
    assert "--year" in report.findings[0].text


def test_a_deadline_without_a_year_follows_its_row(registered: Ledger, tmp_path: Path) -> None:
    row = {**ONSITE, "date": "2023-12-20", "due": "1月15日"}
    report = take(registered, tmp_path, row, kind="onsite")
    assert report.findings == []
    (problem,) = registered.find(Query(Problem.type))
    assert problem.due == dt.date(2024, 1, 15)


def test_a_day_of_closing_before_the_visit_is_said_and_marked(
    registered: Ledger, tmp_path: Path
) -> None:
    row = {**VISIT, "outcome": "交办", "due": "2023-03-20", "closed": "2023-02-05"}
    report = import_ledgers(registered, [book(tmp_path / "接访.xlsx", "receptions", [row])])
    (finding,) = report.findings
    assert (finding.row, finding.column) == (2, "办结日期")
    assert "「2023-02-05」早于来访日期「2023-03-05」" in finding.text
    (case,) = registered.find(Query(Case.type))
    assert case.closed == dt.date(2023, 2, 5)
    assert set(case.marks) == {"closed"}
    assert report.bad_count == 0


def test_a_day_of_closing_on_the_day_of_the_visit_is_nothing_odd(
    registered: Ledger, tmp_path: Path
) -> None:
    row = {**VISIT, "closed": "2023-03-05"}
    report = import_ledgers(registered, [book(tmp_path / "接访.xlsx", "receptions", [row])])
    assert report.findings == []


def test_several_problems_at_one_place_are_one_session(registered: Ledger, tmp_path: Path) -> None:
    """一次一地算一次: lines of one day, leader and place; another place is another session."""
    rows = [{**ONSITE, "title": f"第{n}个问题"} for n in range(3)]
    rows.append({**ONSITE, "title": "别处的问题", "place": "前峪村"})
    path = book(tmp_path / "现场办公.xlsx", "onsite", rows)
    import_ledgers(registered, [path])
    problems = registered.find(Query(Problem.type))
    assert len(problems) == 4
    assert registered.count(Query(Onsite.type)) == 2
    assert registered.count(Query(Activity.type)) == 1
    assert import_ledgers(registered, [path]).added == 0


@pytest.mark.parametrize(
    ("kind", "row", "of"), [("receptions", VISIT, Reception), ("onsite", ONSITE, Onsite)]
)
def test_one_place_written_in_two_ways_is_one_session(
    registered: Ledger, tmp_path: Path, kind: str, row: dict[str, str], of: type[Record]
) -> None:
    rows = [{**row, "place": words} for words in ("小寨", "小寨村", "小寨村委会")]
    path = book(tmp_path / "台账.xlsx", kind, rows)
    import_ledgers(registered, [path])
    assert registered.count(Query(of.type)) == 1
    assert registered.count(Query(Activity.type)) == 1
    assert import_ledgers(registered, [path]).added == 0


def test_a_row_without_a_day_counts_in_its_whole_year_only(
    registered: Ledger, tmp_path: Path
) -> None:
    report = take(registered, tmp_path, LECTURE, {**LECTURE, "date": ""}, year=2023)
    assert (report.added, report.bad_count) == (2, 0)
    (undated,) = [trip for trip in trips(registered) if trip.date is None]
    assert undated.year == 2023
    assert "没有日期" in undated.marks["date"]

    def sessions(first: dt.date, last: dt.date) -> object:
        only = ["lecture_sessions"]
        return figures.compute(registered, first, last, only=only)["lecture_sessions"].value

    assert sessions(FIRST, LAST) == 2
    assert sessions(dt.date(2022, 6, 1), dt.date(2024, 2, 1)) == 2
    assert sessions(FIRST, dt.date(2023, 12, 30)) == 1
    assert sessions(dt.date(2024, 1, 1), dt.date(2024, 12, 31)) is None


def test_a_register_of_no_year_says_which_year_it_is_given(
    township: Ledger, tmp_path: Path
) -> None:
    township.now = lambda: dt.datetime(2023, 12, 1)
    row = {"name": "怡园家园", "station": "是", "mechanism": "是"}
    report = import_ledgers(township, [book(tmp_path / "小区名单.xlsx", "areas", [row])])
    assert [f.text[:12] for f in report.findings] == ["台账里没有写年份，没有日"]


# --- counts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "heads", "marked"),
    [
        ("约50人", 50, True),
        ("50余人次", 50, True),
        ("30人次", 30, False),
        ("３０", 30, False),
        (30.0, 30, False),
        ("一百二十人", 120, False),
        ("1,200", 1200, False),
    ],
)
def test_a_count_in_words(
    registered: Ledger, tmp_path: Path, written: object, heads: int, marked: bool
) -> None:
    report = take(registered, tmp_path, {**LECTURE, "heads": written})
    (lecture,) = lectures(registered)
    assert (report.added, lecture.heads) == (1, heads)
    assert ("heads" in lecture.marks) is marked
    assert not marked or str(written) in lecture.marks["heads"]


@pytest.mark.parametrize("written", ["几十人", "5-6人", "12.5", "很多"])
def test_what_is_no_count_is_a_finding_and_a_bad_row(
    registered: Ledger, tmp_path: Path, written: str
) -> None:
    report = take(registered, tmp_path, LECTURE, {**LECTURE, "heads": written})
    assert (report.added, report.bad_count) == (1, 1)
    (finding,) = report.findings
    assert (finding.row, finding.value) == (3, written)
    assert finding.column == "受众人次"
    assert len(lectures(registered)) == 1


def test_an_optional_cell_that_cannot_be_read_is_left_out_and_marked(
    registered: Ledger, tmp_path: Path
) -> None:
    report = take(registered, tmp_path, {**LECTURE, "sessions": "几"})
    assert (report.added, report.bad_count, len(report.findings)) == (1, 0, 1)
    (lecture,) = lectures(registered)
    assert "几" in lecture.marks["sessions"]


# --- what stands around the rows ---------------------------------------------------------------


def test_titles_notes_blank_rows_and_sums_are_no_rows(registered: Ledger, tmp_path: Path) -> None:
    header = ["序号", "活动时间", "宣讲题目", "责任领导", "所到村", "受众人次（人）"]
    first = [1, "2023.3.5", "移风易俗", "康建玥", "小寨村", "30"]
    second = [2, "2023.3.6", "乡村振兴政策", "康建玥", "小寨村", "40"]
    sheet: list[list[Any]] = [
        ["柳河镇宣讲活动登记表"],
        ["填报单位：柳河镇", "", "", "填报时间：2024年1月5日"],
        header,
        first,
        ["小计", "", "", "", "", 30],
        [],
        second,
        ["合计", "", "", "", "", 70],
        ["填报人：李明"],
        ["注：人数以签到表为准"],
    ]
    path = xlsx(tmp_path / "宣讲.xlsx", {"一季度": sheet, "说明": [["本表由各村填报"]]})
    report = import_ledgers(registered, [path])
    assert (report.added, report.bad_count) == (2, 0)
    assert sorted(lecture.heads for lecture in lectures(registered)) == [30, 40]
    assert {f.sheet for f in report.findings} == {"说明"}


def test_several_sheets_are_one_ledger(registered: Ledger, tmp_path: Path) -> None:
    header = ["日期", "宣讲主题", "宣讲人", "村（社区）", "人数"]
    row = ["2023.3.5", "移风易俗", "康建玥", "小寨村", "30"]
    path = xlsx(tmp_path / "宣讲.xlsx", {"3月": [header, row], "4月": [header, row, row]})
    report = import_ledgers(registered, [path])
    assert (report.added, len(lectures(registered)), len(trips(registered))) == (3, 3, 1)
    again = import_ledgers(registered, [path])
    assert (again.added, again.known, again.findings) == (0, 3, [])


def test_merged_cells_hold_for_all_their_rows(registered: Ledger, tmp_path: Path) -> None:
    header = ["日期", "宣讲主题", "宣讲人", "村（社区）", "人数"]
    rows = [
        header,
        ["2023.3.5", "移风易俗", "康建玥", "小寨村", "30"],
        ["", "乡村振兴政策", "", "马家坡村", "40"],
    ]
    merged = [(1, 0, 2, 0), (1, 2, 2, 2)]
    path = xlsx(tmp_path / "宣讲.xlsx", {"Sheet1": rows}, merged)
    report = import_ledgers(registered, [path])
    assert (report.added, report.findings) == (2, [])
    (trip,) = trips(registered)
    assert len(trip.places) == 2
    assert all(lecture.activity == trip.id for lecture in lectures(registered))


# --- trips and sessions ------------------------------------------------------------------------


def test_one_trip_across_ledgers(registered: Ledger, tmp_path: Path) -> None:
    """Same office, day and leader: one trip; same place too: one reception session."""
    paths = [
        book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE, {**LECTURE, "place": "马家坡村"}]),
        book(tmp_path / "现场办公.xlsx", "onsite", [ONSITE]),
        book(
            tmp_path / "接访.csv",
            "receptions",
            [VISIT, {**VISIT, "name": "李二"}, {**VISIT, "place": "马家坡村", "people": "6"}],
        ),
    ]
    report = import_ledgers(registered, paths)
    assert report.findings == []
    found = counts(registered)
    expected = {"activity": 1, "lecture": 2, "onsite": 1, "reception": 2, "visit": 3}
    assert {k: found[k] for k in expected} == expected
    (trip,) = trips(registered)
    assert sorted(trip.leader_role) == sorted(("主讲", "牵头", "接访"))
    assert "case" not in found


def test_a_leaders_other_day_is_another_trip(registered: Ledger, tmp_path: Path) -> None:
    rows = [LECTURE, {**LECTURE, "date": "2023-03-06"}, {**LECTURE, "leader": "张彩燕"}]
    take(registered, tmp_path, *rows)
    assert len(trips(registered)) == 3


def test_a_trip_that_was_typed_takes_the_imported_parts(registered: Ledger, tmp_path: Path) -> None:
    from desktop.work.registers import Registers

    leader, _ = Registers(registered).cadre("康建玥", registered.office.code)
    with registered.write("新建活动") as rows:
        (typed,) = rows.save(Activity(date=dt.date(2023, 3, 5), leader=leader, summary="手工"))
    take(registered, tmp_path, LECTURE)
    (trip,) = trips(registered)
    assert (trip.id, trip.summary) == (typed.id, "手工")
    assert [lecture.activity for lecture in lectures(registered)] == [typed.id]


def test_spaces_and_widths_in_a_name_make_no_other_trip(registered: Ledger, tmp_path: Path) -> None:
    report = take(registered, tmp_path, LECTURE, {**LECTURE, "leader": "康 建　玥", "heads": "31"})
    assert (len(trips(registered)), report.findings) == (1, [])


def test_two_equal_rows_stay_two(registered: Ledger, tmp_path: Path) -> None:
    report = take(registered, tmp_path, LECTURE, LECTURE, {**LECTURE, "serial": "9"})
    assert (report.added, len(lectures(registered)), len(trips(registered))) == (3, 3, 1)
    again = take(registered, tmp_path, {**LECTURE, "serial": "9"}, LECTURE, LECTURE)
    assert (again.added, again.known) == (0, 3)


# --- names and labels --------------------------------------------------------------------------


def test_an_unknown_label_joins_the_list_and_is_named(registered: Ledger, tmp_path: Path) -> None:
    report = take(registered, tmp_path, {**LECTURE, "theme": "冬季取暖安全", "form": "网上答题"})
    assert sorted(f.value for f in report.findings) == ["冬季取暖安全", "网上答题"]
    assert {f.column for f in report.findings} == {"宣讲主题", "宣讲形式"}
    items: list[Any] = registered.find(Query(CodeItem.type))
    assert {(i.codes, i.label, i.means, i.office) for i in items} == {
        ("lecture_theme", "冬季取暖安全", "", registered.office.code),
        ("lecture_form", "网上答题", "", registered.office.code),
    }
    result = figures.compute(registered, FIRST, LAST, only=["lecture_by_theme"])
    assert result["lecture_by_theme"].value == {"冬季取暖安全": 1}
    row = {**LECTURE, "theme": "冬季取暖安全", "form": "网上答题", "place": "马家坡村"}
    more = import_ledgers(registered, [book(tmp_path / "第二本.xlsx", "lectures", [row])])
    assert (more.added, more.findings) == (1, [])


def test_unknown_village_and_leader_go_in_marked_and_reported(
    registered: Ledger, tmp_path: Path
) -> None:
    row = {**LECTURE, "leader": "某新人", "place": "火星村"}
    report = take(registered, tmp_path, row, {**row, "heads": "8"})
    assert (report.added, report.bad_count) == (2, 0)
    assert sorted((f.row, f.value) for f in report.findings) == [(2, "某新人"), (2, "火星村")]
    assert all("共2行" in f.text for f in report.findings)
    (trip,) = trips(registered)
    assert (trip.leader, trip.places) == ("某新人", ("火星村",))
    assert "leader" in trip.marks
    assert all(x.place == "火星村" and "place" in x.marks for x in lectures(registered))


def test_a_suggestion_of_nobody_keeps_no_name(registered: Ledger, tmp_path: Path) -> None:
    rows = [SUGGESTION, {**SUGGESTION, "name": "刘三", "content": "别的"}]
    take(registered, tmp_path, *rows, kind="suggestions")
    found: list[Any] = registered.find(Query(Suggestion.type))
    assert sorted(s.anonymous for s in found) == [False, True]
    assert counts(registered)["petitioner"] == 1


def test_a_kind_can_be_said(registered: Ledger, tmp_path: Path) -> None:
    cells = [["日期", "领导", "主题", "人数"], ["2023-03-05", "康建玥", "移风易俗", "30"]]
    path = write(tmp_path / "登记.csv", cells)
    report = import_ledgers(registered, [path], kind="lectures")
    assert [(t.kind, t.added) for t in report.tables] == [("lectures", 1)]
