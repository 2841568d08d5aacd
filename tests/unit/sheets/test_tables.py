"""Headers are found, kinds are judged whole, and every row is data or accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import SheetProblem
from desktop.core.ledger_kinds import Column, LedgerKind
from desktop.sheets.cells import Merge, SheetCells, Workbook, fill_merged
from desktop.sheets.header import map_columns
from desktop.sheets.reading import read_ahead, sheet_files
from desktop.sheets.tables import find_tables

from .foreign import SAMPLE

DAY = Column("date", ("日期", "时间", "活动时间", "开展时间", "宣讲日期"), required=True)
LEADER = Column(
    "leader",
    ("宣讲人", "责任领导", "领导姓名", "带队领导", "主讲人", "参加领导", "姓名"),
    required=True,
)
PLACE = Column("place", ("村（社区）", "村居", "地点", "所到村", "活动地点"))
TALKS = LedgerKind(
    "talks",
    "宣讲活动台账",
    ("宣讲",),
    (
        DAY,
        Column("theme", ("宣讲主题", "宣讲题目", "宣讲内容", "主题", "内容"), required=True),
        Column("form", ("宣讲形式", "形式", "宣讲方式", "方式", "活动形式")),
        LEADER,
        Column("rank", ("职级", "职务级别", "级别", "职务层次", "领导级别")),
        PLACE,
        Column(
            "heads",
            ("受众人次", "受教育党员群众人次", "参加人数", "人数", "受教育人数", "参与人次"),
            required=True,
        ),
        Column("note", ("备注",)),
    ),
)
ONSITE = LedgerKind(
    "onsite",
    "现场办公台账",
    ("现场办公",),
    (
        DAY,
        LEADER,
        Column("rank", ("职级", "职务级别", "级别", "职务层次", "领导级别")),
        PLACE,
        Column("problem", ("发现问题", "存在问题"), required=True),
        Column("solved", ("是否现场解决",)),
        Column("measure", ("解决措施或思路", "解决措施")),
        Column("unit", ("责任单位",)),
        Column("due", ("完成时限",)),
        Column("state", ("完成情况",)),
    ),
)
ROSTER = LedgerKind(
    "roster",
    "干部名册",
    ("名册",),
    (
        Column("number", ("编号",)),
        Column("name", ("姓名",), required=True),
        Column("unit", ("单位",), required=True),
        Column("post", ("职务",)),
        Column("rank", ("职级",)),
    ),
)
MODELS = LedgerKind(
    "models",
    "身边榜样",
    ("榜样",),
    (
        Column("name", ("姓名",), required=True),
        Column("township", ("所在乡镇",), required=True),
        Column("kind", ("类别",)),
    ),
)
KINDS = (TALKS, ONSITE, ROSTER, MODELS)

HEAD = ["序号", "日 期", "宣讲主题", "宣讲人", "村（社区）", "受众人次（人）"]
ROW = [1, "2023.9.5", "移风易俗", "张三", "上沟村", "约50人"]


def _book(*sheets: SheetCells, name: str = "台账.xlsx") -> Workbook:
    for sheet in sheets:
        fill_merged(sheet)
    return Workbook(Path(name), name, list(sheets))


def _table(rows, merged=(), sheet="Sheet1", name="台账.xlsx", kinds=KINDS, as_kind=None):
    book = _book(SheetCells(sheet, rows, [Merge(*m) for m in merged]), name=name)
    (table,) = find_tables(book, kinds, as_kind).tables
    return table


# Kind, sheets and rows of the files that these kinds know, counted in the files themselves.
SAMPLES = {
    "城关镇宣讲活动台账.xlsx": ("talks", 1, 31), "城关镇现场办公台账.xlsx": ("onsite", 1, 33),
    "大岭乡宣讲活动台账.xlsx": ("talks", 12, 27), "大岭乡现场办公台账.xlsx": ("onsite", 10, 18),
    "柳河镇宣讲活动台账.xlsx": ("talks", 1, 55), "柳河镇现场办公台账.xlsx": ("onsite", 1, 18),
    "桃源乡宣讲活动台账.csv": ("talks", 1, 36), "桃源乡现场办公台账.csv": ("onsite", 1, 45),
    "炭坪镇宣讲活动台账.xls": ("talks", 1, 29), "炭坪镇现场办公台账.xls": ("onsite", 1, 47),
    "石门镇宣讲活动台账.xlsx": ("talks", 1, 32), "石门镇现场办公台账.xlsx": ("onsite", 1, 45),
    "干部名册.xlsx": ("roster", 1, 176), "身边榜样.xlsx": ("models", 1, 239),
}  # fmt: skip


def test_every_sample_is_read_and_told_apart():
    found = {}
    files = sheet_files(SAMPLE)
    assert len(files) == 41
    for path, book in read_ahead(files):
        assert isinstance(book, Workbook), book
        assert all(sheet.rows for sheet in book.sheets)
        if path.name not in SAMPLES:
            with pytest.raises(SheetProblem, match=path.name):
                find_tables(book, KINDS)
            continue
        tables = find_tables(book, KINDS).tables
        (kind,) = {table.kind.name for table in tables}
        found[path.name] = (kind, len(tables), sum(len(table.rows) for table in tables))
        for table in tables:
            titled = bool(table.lines)
            first = table.rows[0][0]
            assert first == (4 if titled else 2)
            assert table.year == (2023 if titled else None)
            assert table.office == (path.name[:3] if titled else "")
            if "大岭乡" in path.name:
                assert {reason: len(rows) for reason, rows in table.skipped.items()} == {
                    "空行": 1,
                    "合计行": 1,
                }
    assert found == SAMPLES


def test_header_with_spaces_breaks_and_units():
    rows = [
        ["2023年宣讲台账"],
        [],
        ["序号", "日\n期", "宣 讲 主 题", "*宣讲人", "村(社区)", "受众人次\n（人）"],
        ROW,
    ]
    table = _table(rows)
    assert table.columns == {"date": 1, "theme": 2, "leader": 3, "place": 4, "heads": 5}
    ((number, row),) = table.rows
    assert number == 4
    assert list(row.values()) == ["2023.9.5", "移风易俗", "张三", "上沟村", "约50人"]
    assert (table.title, table.year) == ("2023年宣讲台账", 2023)
    assert not table.unknown


@pytest.mark.parametrize("merged", [True, False])
def test_two_row_header_with_groups(merged):
    upper = ["序号", "日期", "宣讲情况", "", "宣讲人", "", "人数"]
    lower = ["", "", "主题", "形式", "姓名", "职级", ""]
    ranges = (
        [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 2, 6)] if merged else []
    )
    rows = [["宣讲台账"], upper, lower, [1, "9.5", "普法", "座谈会", "张三", "副职", 30]]
    table = _table(rows, ranges)
    assert table.columns == {"date": 1, "theme": 2, "form": 3, "leader": 4, "rank": 5, "heads": 6}
    assert [number for number, _ in table.rows] == [4]


def test_rows_that_are_no_data_are_counted():
    rows = [
        ["大岭乡2023年宣讲台账"],
        ["填报单位：大岭乡", "", "", "填报时间：2024年1月5日"],
        HEAD,
        ROW,
        ["", " ", None, "\u3000"],
        ["", "小 计", "", "", "", 50],
        [2],
        ["大岭乡2023年宣讲台账"],
        HEAD,
        [2, "2023.9.6", "累计观看情况", "李四", "下沟村", 20],
        ["合计", "", "", "", "", 70],
        ["填报人：王五", "", "审核人：赵六"],
        ["注：1.人次按现场统计。"],
        ["2.线上不计。"],
    ]
    table = _table(rows)
    assert [number for number, _ in table.rows] == [4, 10]
    assert table.skipped == {
        "空行": [5],
        "合计行": [6, 11],
        "只有序号的行": [7],
        "重复的标题": [8],
        "重复的表头": [9],
        "表尾说明": [12, 13, 14],
    }
    assert (table.year, table.office) == (2023, "大岭乡")
    assert "合计行 2 行" in table.skipped_words()


def test_one_word_decides_nothing():
    """宣讲日期 heads an on-site ledger, as one township does it; 姓名 is the leader of a talk."""
    onsite = ["序号", "宣讲日期", "带队领导", "职级", "所到村", "发现问题", "是否现场解决"]
    assert _table([onsite, [1, "2023/2/10", "甲", "乙", "丙", "丁", "是"]]).kind is ONSITE
    talk = ["日期", "宣讲主题", "姓名", "职级", "人数"]
    assert _table([talk, ["2023/2/10", "普法", "甲", "乙", 20]]).kind is TALKS


def test_a_kind_that_lacks_a_column_is_no_rival():
    rows = [["编号", "姓名", "单位", "职务", "职级"], ["01", "张三", "县民政局", "局长", "正科"]]
    trips = LedgerKind(
        "trips",
        "出行台账",
        ("出行",),
        (
            DAY,
            LEADER,
            Column("unit", ("单位",), required=True),
            Column("post", ("职务",)),
            Column("rank", ("职级",)),
            Column("number", ("编号",)),
        ),
    )
    assert _table(rows, kinds=(trips, ROSTER)).kind is ROSTER


def test_titles_and_file_names_decide_between_equals():
    twin = LedgerKind("visits", "走访台账", ("走访",), (DAY, LEADER, PLACE))
    other = LedgerKind("patrols", "巡查台账", ("巡查",), (DAY, LEADER, PLACE))
    rows = [["日期", "带队领导", "地点"], ["9.5", "张三", "上沟村"]]
    kinds = (twin, other)
    assert _table(rows, name="2023年巡查.xlsx", kinds=kinds).kind is other
    assert _table([["走访登记表"], *rows], kinds=kinds).kind is twin
    assert _table(rows, sheet="巡查", kinds=kinds).kind is other
    assert _table(rows, kinds=kinds, as_kind="visits").kind is twin
    with pytest.raises(SheetProblem, match=r"巡查台账.*走访台账|走访台账.*巡查台账"):
        _table(rows, kinds=kinds)


def test_unknown_columns_are_listed_and_kept():
    table = _table([[*HEAD, "天气"], [*ROW, "晴"]])
    assert table.unknown == {"天气": 6}
    (finding,) = table.findings
    assert (finding.column, finding.row, finding.file) == ("天气", 1, "台账.xlsx")
    assert table.raw(2)[table.unknown["天气"]] == "晴"


def test_required_column_missing_is_refused():
    head, row = HEAD[:5], ROW[:5]
    with pytest.raises(SheetProblem, match="缺少「受众人次」列"):
        _table([["宣讲台账"], head, row])


def test_no_header_and_nothing_at_all():
    with pytest.raises(SheetProblem, match="没有认出表头"):
        _table([["通知"], ["各乡镇：", "请报送"], ["2023年9月"]])
    with pytest.raises(SheetProblem, match="没有内容"):
        _table([[], ["", None]])


def test_other_sheets_are_said():
    book = _book(
        SheetCells("1月", [HEAD, ROW]),
        SheetCells("说明", [["填报要求", "按月报送"]]),
        SheetCells("空", []),
    )
    found = find_tables(book, KINDS)
    assert [table.sheet for table in found.tables] == ["1月"]
    (finding,) = found.findings
    assert finding.sheet == "说明"
    assert "没有导入" in finding.text


def test_number_merged_over_rows_is_said():
    rows = [
        HEAD,
        [1, "9.5", "普法", "张三", "上沟村", 50],
        [2, "9.5", "普法", "张三", "下沟村", ""],
    ]
    table = _table(rows, [(1, 5, 2, 5)])
    assert [row["heads"] for _, row in table.rows] == [50, 50]
    (finding,) = table.findings
    assert "重复计数" in finding.text


def test_short_rows_and_findings_by_key():
    table = _table([HEAD, [1, "9.5", "普法", "张三"]])
    (number, row) = table.rows[0]
    assert row["heads"] is None
    finding = table.finding(number, "date", "没有写年份")
    assert (finding.column, finding.value, finding.row) == ("日期", "9.5", 2)


def test_a_title_goes_to_one_column_only():
    columns = (Column("place", ("地点",)), Column("where", ("地点", "详细地点")))
    assert map_columns([["地点"], ["详细地点"], ["地点"]], columns) == {"place": 0, "where": 1}
    assert map_columns([["地点"], ["地点"]], columns) == {"place": 0, "where": 1}
