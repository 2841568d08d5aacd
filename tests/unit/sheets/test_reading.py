"""Reading foreign files: what comes back, and one sentence for whatever can't be read."""

from __future__ import annotations

import sys
import threading
import zipfile
from datetime import date
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, SheetProblem
from desktop.sheets import reading
from desktop.sheets.cells import Merge
from desktop.sheets.reading import read_ahead, read_workbook, sheet_files

from .foreign import SAMPLE, ods, ods_cell, ole, xlsx, xlsx_of_xml


def _problem(path: Path) -> str:
    with pytest.raises(SheetProblem) as caught:
        read_workbook(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"「{path.name}」")
    assert "没有从中导入任何内容" in sentence
    assert "请" in sentence
    return sentence


def test_values_keep_their_types_and_places(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        {
            "1月": [
                [],
                ["", "日期", "人数"],
                [],
                ["", date(2023, 9, 5), 30],
                ["", "x", 12.5, 9.9e17],
            ]
        },
    )
    (sheet,) = read_workbook(path).sheets
    assert sheet.name == "1月"
    assert sheet.rows[0] == []
    assert sheet.rows[1][:3] == ["", "日期", "人数"]
    assert sheet.rows[2] == []
    assert sheet.rows[3][1:3] == [date(2023, 9, 5), 30]
    assert isinstance(sheet.rows[3][2], int)
    assert sheet.rows[4][2:] == [12.5, 9.9e17]
    assert isinstance(sheet.rows[4][3], float)


def test_vertical_merges_are_filled_and_titles_stay_titles(tmp_path):
    rows = [["标题", "", ""], ["村", "人", "事"], ["上沟村", "张三", "路"], ["", "李四", "灯"]]
    path = xlsx(tmp_path / "a.xlsx", {"S": rows}, merged=[(0, 0, 0, 2), (2, 0, 3, 0)])
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows[0] == ["标题", "", ""]
    assert sheet.rows[3] == ["上沟村", "李四", "灯"]
    assert Merge(0, 0, 0, 2) in sheet.merged


def test_errors_formulas_and_hidden_rows_are_findings(tmp_path):
    path = xlsx_of_xml(
        tmp_path / "a.xlsx",
        '<cols><col min="2" max="3" width="9" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c>'
        '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><f>SUM(A3:A9)</f></c>'
        '<c r="B2"><f>A1&amp;"x"</f><v></v></c>'
        '<c r="C2" t="str"><f>A9</f><v></v></c><c r="D2"><f>1+1</f><v>2</v></c></row></sheetData>'
        "<headerFooter><oddHeader>&amp;C机密★1年</oddHeader></headerFooter>",
    )
    book = read_workbook(path)
    (sheet,) = book.sheets
    found = {(f.row, f.column, f.value) for f in sheet.findings}
    assert {(1, "B", "#DIV/0!"), (2, "A", "=SUM(A3:A9)"), (2, "B", '=A1&"x"')} <= found
    assert not {(row, column) for row, column, _ in found} & {(2, "C"), (2, "D")}
    words = "".join(f.text for f in sheet.findings)
    assert "B–C列是隐藏的" in words
    assert "第2行有1行是隐藏的" in words
    assert all(f.file == "a.xlsx" and f.sheet == "Sheet1" for f in sheet.findings)
    assert book.texts == ["&C机密★1年"]


def test_hidden_sheet_is_read_and_said(tmp_path):
    book = __import__("xlsxwriter").Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("看得见").write(0, 0, "x")
    hidden = book.add_worksheet("看不见")
    hidden.write(0, 0, "y")
    hidden.hide()
    book.close()
    sheets = read_workbook(tmp_path / "a.xlsx").sheets
    assert [s.hidden for s in sheets] == [False, True]
    assert sheets[1].rows == [["y"]]
    assert "隐藏" in sheets[1].findings[0].text


def test_formatted_but_empty_far_cells_do_no_harm(tmp_path):
    path = xlsx_of_xml(
        tmp_path / "a.xlsx",
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>7</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>',
    )
    assert read_workbook(path).sheets[0].rows == [[7]]


def test_far_value_is_refused_and_named(tmp_path):
    path = xlsx_of_xml(
        tmp_path / "a.xlsx",
        '<sheetData><row r="1"><c r="A1"><v>7</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )
    assert "XFD1048576" in _problem(path)


def test_zip_bomb(tmp_path):
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    path = xlsx_of_xml(tmp_path / "a.xlsx", f"<sheetData>{row * 1_000_000}</sheetData>")
    assert path.stat().st_size < 300_000
    assert "恶意" in _problem(path)


def test_text_boxes_are_kept_as_texts(tmp_path):
    drawing = "<a:p><a:r><a:t>机密</a:t></a:r><a:r><a:t>★1年</a:t></a:r></a:p>"
    path = xlsx_of_xml(
        tmp_path / "a.xlsx", "<sheetData/>", **{"xl__drawings__drawing1.xml": drawing}
    )
    assert read_workbook(path).texts == ["机密★1年"]


def test_single_quotes_and_prefixes_are_xml_too(tmp_path):
    path = xlsx_of_xml(
        tmp_path / "a.xlsx",
        "<sheetData><row r='1'><c r='A1' t='e'><v>#REF!</v></c><c r='B1'><v>3</v></c></row>"
        "</sheetData>",
    )
    (sheet,) = read_workbook(path).sheets
    assert (sheet.findings[0].row, sheet.findings[0].column) == (1, "A")


def test_ods_with_merges(tmp_path):
    rows = "".join(
        f"<table:table-row>{cells}</table:table-row>"
        for cells in (
            ods_cell("村") + ods_cell("人"),
            ods_cell("上沟村", rows_spanned=2, columns_spanned=1) + ods_cell("张三"),
            "<table:covered-table-cell/>" + ods_cell("李四"),
        )
    )
    (sheet,) = read_workbook(ods(tmp_path / "a.ods", rows)).sheets
    assert sheet.name == "表1"
    assert sheet.rows == [["村", "人"], ["上沟村", "张三"], ["上沟村", "李四"]]
    assert sheet.merged == [Merge(1, 0, 2, 0)]


def test_ods_repeats_are_bounded(tmp_path):
    row = (
        '<table:table-row table:number-rows-repeated="1048576">'
        f"{ods_cell('x', columns_repeated=1024)}</table:table-row>"
    )
    assert "重复" in _problem(ods(tmp_path / "a.ods", row))


def test_blank_repeats_of_ods_cost_nothing(tmp_path):
    rows = (
        f"<table:table-row>{ods_cell('甲')}{ods_cell(columns_repeated=1023)}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048575">{ods_cell(columns_repeated=1024)}'
        "</table:table-row>"
    )
    assert [
        list(row)[:1] for row in read_workbook(ods(tmp_path / "a.ods", rows)).sheets[0].rows
    ] == [["甲"]]


def test_old_workbook_named_xlsx_is_read_and_said(tmp_path):
    source = next(SAMPLE.rglob("*.xls"))
    path = tmp_path / "改了名.xlsx"
    path.write_bytes(source.read_bytes())
    book = read_workbook(path)
    assert book.sheets[0].rows == read_workbook(source).sheets[0].rows
    assert "旧版工作簿" in book.findings[0].text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.xlsx", b"", "空文件"),
        ("文本.xlsx", "序号,日期\n1,2023.9.5\n".encode("gb18030"), "文本文件"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页格式"),
        ("乱.xlsx", bytes(range(256)) * 20, "不是表格文件"),
        ("坏.xlsx", b"PK\x03\x04" + b"\0" * 400, "损坏"),
        ("单.pdf", b"%PDF-1.7 ...", "PDF"),
        ("坏.csv", b"\x00\x01\x02\x03" * 40, "不是文本"),
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "损坏"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    assert words in _problem(path)


def test_encrypted_word_and_archives_are_named(tmp_path):
    assert "密码" in _problem(ole(tmp_path / "密.xlsx", "EncryptionInfo", "EncryptedPackage"))
    assert "Word" in _problem(ole(tmp_path / "文.doc", "WordDocument"))
    assert "损坏" in _problem(ole(tmp_path / "半.xls", "Workbook"))
    for name, member, words in (
        ("a.docx", "word/document.xml", "Word"),
        ("b.xlsb", "xl/workbook.bin", "二进制"),
        ("c.zip", "读我.txt", "压缩包"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(member, "x")
        assert words in _problem(tmp_path / name)


def test_encrypted_ods(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", "x")
    assert "密码" in _problem(path)


@pytest.mark.parametrize("part", [0.2, 0.6, 0.98])
def test_truncated_workbook(tmp_path, part):
    source = xlsx(tmp_path / "全.xlsx", {"S": [[f"第{n}行", n] for n in range(500)]})
    content = source.read_bytes()
    path = tmp_path / "半.xlsx"
    path.write_bytes(content[: int(len(content) * part)])
    assert "损坏" in _problem(path)


def test_damaged_member(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", {"S": [[f"第{n}行", n] for n in range(500)]})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        item = archive.getinfo("xl/worksheets/sheet1.xml")
    content[item.header_offset + 60 + item.compress_size // 2] ^= 0xFF
    path.write_bytes(content)
    assert "损坏" in _problem(path)


def test_missing_file_and_folder(tmp_path):
    assert "找不到" in _problem(tmp_path / "没有.xlsx")
    assert "文件夹" in _problem(tmp_path)


def _child(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(reading, "child_command", lambda path: [sys.executable, "-c", code])


def test_child_that_dies(tmp_path, monkeypatch):
    path = xlsx(tmp_path / "a.xlsx", {"S": [["x"]]})
    _child(monkeypatch, "import os, signal; os.kill(os.getpid(), signal.SIGTERM)")
    assert "中途停止" in _problem(path)
    _child(monkeypatch, 'print("{\\"texts\\": [], \\"notes\\": [], \\"rows\\": 0}", flush=True)')
    assert "中途停止" in _problem(path)


def test_child_that_hangs(tmp_path, monkeypatch):
    path = xlsx(tmp_path / "a.xlsx", {"S": [["x"]]})
    _child(monkeypatch, "import threading; threading.Event().wait()")
    with pytest.raises(SheetProblem, match="时间过长"):
        read_workbook(path, timeout=0.2)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on memory there")
def test_memory_is_limited():
    import subprocess

    code = (
        "from desktop.sheets import child; child.limit_memory()\n"
        "try: bytearray(child.MEMORY)\nexcept MemoryError: print('limited')"
    )
    out = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=reading.child_environment(),
        check=True,
    )
    assert out.stdout.strip() == b"limited"


def test_cancel_kills_the_child(tmp_path, monkeypatch):
    path = xlsx(tmp_path / "a.xlsx", {"S": [["x"]]})
    _child(monkeypatch, "import threading; threading.Event().wait()")

    class Impatient:
        def step(self, done: int, total: int, words: str = "") -> None:
            raise Cancelled

    before = threading.active_count()
    with pytest.raises(Cancelled):
        read_workbook(path, Impatient())
    assert threading.active_count() == before


def test_progress_and_password_stay_apart_from_the_child(tmp_path, monkeypatch):
    monkeypatch.setenv("SIXIA_PASSWORD", "geheim")
    assert not [name for name in reading.child_environment() if name.startswith("SIXIA_")]
    path = xlsx(tmp_path / "a.xlsx", {"S": [[n] for n in range(5000)]})
    steps: list[tuple[int, int]] = []

    class Watching:
        def step(self, done: int, total: int, words: str = "") -> None:
            steps.append((done, total))

    read_workbook(path, Watching())
    assert steps[-1] == (5000, 5000)


def test_read_ahead_keeps_order_and_problems(tmp_path):
    for name in ("a.xlsx", "c.xlsx", "d.xlsx"):
        xlsx(tmp_path / name, {"S": [[name]]})
    (tmp_path / "b.xlsx").write_bytes(b"")
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    paths = sheet_files(tmp_path)
    assert [path.name for path in paths] == ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"]
    results = list(read_ahead(paths))
    assert [path for path, _ in results] == paths
    assert isinstance(results[1][1], SheetProblem)
    assert results[3][1].sheets[0].rows == [["d.xlsx"]]


def test_read_ahead_can_be_left(tmp_path):
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        xlsx(tmp_path / name, {"S": [[name]]})
    results = read_ahead(sheet_files(tmp_path))
    next(results)
    results.close()
