"""What is written comes back as it was, and a failure leaves what was there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import Cancelled, UserError
from desktop.sheets.cells import SheetCells, Workbook
from desktop.sheets.reading import read_workbook
from desktop.sheets.tables import find_tables
from desktop.sheets.write import SheetColumn, _sheet_name, write_errors, write_table

from .test_tables import HEAD, KINDS, ROW

COLUMNS = [
    SheetColumn("序号", "serial"),
    SheetColumn("联系电话", "phone"),
    SheetColumn("日期", "day"),
    SheetColumn("诉求内容", "long"),
]


def test_table_round_trip(tmp_path):
    path = tmp_path / "a.xlsx"
    rows = [
        [1, "19900004865", date(2023, 9, 5), "=SUM(A1)\n第二行"],
        [2, 19900004865, None, "mailto:x 𫘧"],
        [3, "", "2023年", True],
    ]
    assert write_table(path, COLUMNS, rows, title="2023年台账", notes=["填报单位：大岭乡"]) == 3
    (sheet,) = read_workbook(path).sheets
    assert [row[0] for row in sheet.rows[:2]] == ["2023年台账", "填报单位：大岭乡"]
    assert sheet.rows[2] == ["序号", "联系电话", "日期", "诉求内容"]
    assert sheet.rows[3] == [1, "19900004865", date(2023, 9, 5), "=SUM(A1)\n第二行"]
    assert sheet.rows[4] == [2, "19900004865", "", "mailto:x 𫘧"]
    assert sheet.rows[5] == [3, "", "2023年", "是"]
    assert not sheet.findings
    assert list(tmp_path.iterdir()) == [path]


@settings(max_examples=20)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1))
def test_any_text_comes_back(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("write") / "a.xlsx"
    write_table(path, [SheetColumn("内容")], [[text + "。"]])
    assert read_workbook(path).sheets[0].rows[1] == [text + "。"]


def test_very_long_cells_are_cut_and_say_so(tmp_path):
    path = tmp_path / "a.xlsx"
    write_table(path, [SheetColumn("内容", "long")], [["长" * 6000], ["长" * 40000]])
    rows = read_workbook(path).sheets[0].rows
    assert rows[1] == ["长" * 6000]
    assert rows[2][0].endswith("（内容过长，此处未写完）")


def test_failure_keeps_the_old_file(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def rows():
        yield [1, "", None, ""]
        raise Cancelled

    with pytest.raises(Cancelled):
        write_table(path, COLUMNS, rows())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_place_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match=r"「a.xlsx」写不出来"):
        write_table(tmp_path / "没有" / "a.xlsx", COLUMNS, [])


def test_empty_table(tmp_path):
    path = tmp_path / "a.xlsx"
    assert write_table(path, COLUMNS, []) == 0
    assert read_workbook(path).sheets[0].rows == [["序号", "联系电话", "日期", "诉求内容"]]


def test_errors_workbook_can_be_imported_again(tmp_path):
    first = SheetCells(
        "9月", [["大岭乡2023年宣讲台账"], HEAD, ROW, [2, "待定", "普法", "李四", "x", 3]]
    )
    second = SheetCells(
        "10月", [["大岭乡2023年宣讲台账"], HEAD, [1, 20231345, "普法", "李四", "x", 3.5]]
    )
    book = Workbook(tmp_path / "台账.xlsx", "台账.xlsx", [first, second])
    nine, ten = find_tables(book, KINDS).tables
    path = tmp_path / "问题行.xlsx"
    assert write_errors(path, [(nine, {4: "「待定」不是日期"}), (ten, {3: "没有这一天"})]) == 2
    again = read_workbook(path)
    (table,) = find_tables(again, KINDS).tables
    assert (table.kind.name, table.year, table.unknown) == ("talks", 2023, {})
    assert [row["date"] for _, row in table.rows] == ["待定", 20231345]
    assert table.rows[1][1]["heads"] == 3.5
    assert table.raw(3)[6:] == ["「待定」不是日期", "台账.xlsx　9月　第4行"]


def test_errors_of_nothing(tmp_path):
    assert write_errors(tmp_path / "a.xlsx", []) == 0


def test_sheet_names():
    taken: set[str] = set()
    assert _sheet_name("a/b[c]:d*e?f", taken) == "a_b_c__d_e_f"
    long = [_sheet_name("长" * 60, taken) for _ in range(3)]
    assert len(set(long)) == 3
    assert all(len(name) <= 31 for name in long)
