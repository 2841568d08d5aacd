"""CSV and text: encodings, delimiters and quotes told by content."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.core.errors import SheetProblem
from desktop.sheets.csv_text import decoded, read_csv
from desktop.sheets.reading import read_workbook

WORDS = "序号,日期,受众人次\n1,2023.9.5,约50人\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(WORDS.encode(encoding))
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows == [["序号", "日期", "受众人次"], ["1", "2023.9.5", "约50人"]]


@example("一一一丁")  # UTF-8 by chance up to the last character
@example("一浣")  # its end looks like UTF-8 that was cut short
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4))
def test_gb18030_round_trip(text):
    assert decoded("a.csv", text.encode("gb18030")) == text


def test_rare_names():
    for name in ("𫘧明", "䶮", "㛃", "\u9fb4"):
        content = ("姓名,村\n" + name + ",上沟村\n").encode("gb18030")
        assert name in decoded("a.csv", content)
    assert "\u9fb4" in decoded("a.csv", "姓名".encode("gb18030") + b"\xfe\x59")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\xef\xbb\xbf\xff", b"\x80\xff\xff\xff,1"])
def test_unreadable(content):
    with pytest.raises(SheetProblem, match="编码"):
        decoded("a.csv", content)


def test_cut_inside_of_a_character():
    with pytest.raises(SheetProblem, match="不完整"):
        decoded("a.csv", WORDS.encode()[:-2] + "人".encode()[:2])


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "；", "|"])
def test_delimiters(tmp_path, delimiter):
    path = tmp_path / "a.txt"
    lines = ["大岭乡2023年台账", "序号,日期,内容", "1,2023.9.5,修路、装灯", "2,2023.9.6,打井"]
    path.write_text("\n".join(line.replace(",", delimiter) for line in lines), encoding="utf-8")
    rows, notes = read_csv(path)
    assert rows[2] == ["1", "2023.9.5", "修路、装灯"]
    assert not notes


def test_quotes_and_line_breaks_in_cells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\r\n"一行\r\n两行","说""好"""\r\n,,\r\n="0199",x\r\n', "utf-8", newline="")
    rows, _ = read_csv(path)
    assert rows == [["a", "b"], ["一行\r\n两行", '说"好"'], [], ["0199", "x"]]


def test_quote_that_never_ends(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"没关\n2,y\n3,z\n', encoding="utf-8")
    rows, notes = read_csv(path)
    assert len(rows) == 4
    assert "引号" in notes[0]
    assert "引号" in read_workbook(path).findings[0].text


def test_careless_quotes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"甲"乙,2\n', encoding="utf-8")
    rows, notes = read_csv(path)
    assert rows[1] == ["甲乙", "2"]
    assert notes
