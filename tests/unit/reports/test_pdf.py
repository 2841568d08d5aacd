"""Printed documents: the page is that of GB/T 9704, and the text comes out as it went in."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.core.errors import Cancelled, PaperProblem
from desktop.reports.document import (
    Align,
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Imprint,
    PageBreak,
    Paragraph,
    RedHead,
    Run,
    Signature,
    Table,
)
from desktop.reports.lines import NO_END, NO_START
from desktop.reports.paper import CORE_HEIGHT, CORE_WIDTH, LEFT, MM, PAGE_HEIGHT, SIZE_3, TOP
from desktop.reports.pdf import PdfResult, check, write_pdf
from tests.unit.reports.reading import A4, drawn_lines, glyphs, page_sizes, page_texts

SENTENCE = (
    "截至2026年6月9日，全县31名县处级领导干部深入6个乡（镇）、131个村（社区）开展宣讲活动2,477场次，"
    "受教育党员群众达21,000余人次，化解率达63%～68%，其中“四下基层”工作——这是一项长期任务……需要久久为功。"
)
WORDS = """
深入基层 化解矛盾 现场办公 （含延期） “四下基层” 《条例》 群众 ——这是 …… 共2,477名 达63%～68%
2026年6月9日 1.2万元 93件次 在A4纸 、 ， 。 ； ：
"""
TABLE = Table(
    (Column("序号", 1, Align.CENTER), Column("乡镇", 2), Column("件数", 1, Align.RIGHT)),
    tuple((str(n), f"第{n}镇", str(n * 7)) for n in range(1, 60)),
    caption="情况统计表",
    unit_line="填报单位：城关镇　单位：件",
    footer_line="填报人：　审核人：",
)


def printed(document: Document, folder: Path, name: str = "a.pdf") -> tuple[PdfResult, list[str]]:
    result = write_pdf(document, folder / name)
    texts = page_texts(result.path)
    assert len(texts) == result.pages
    return result, texts


def full() -> Document:
    return Document(
        "清岚县2026年上半年“四下基层”工作情况的报告",
        (Heading(1, "主要做法", "一、"), Paragraph(SENTENCE), TABLE, Paragraph(SENTENCE)),
        addressee="云桥市人民政府",
        signature=Signature(("清岚县人民政府",), "2026年6月9日", sealed=True),
        annexes=(
            Annex("统计表", (TABLE,)),
            Annex("清单", (Table(TABLE.columns, TABLE.rows, landscape=True),)),
        ),
        note="联系人：张某某",
        draft=True,
        red_head=RedHead("清岚县人民政府文件", "清政报〔2026〕8号", "王某某", "000001", "", "特急"),
        imprint=Imprint("清岚县人民政府办公室", "2026年6月9日", "市委办公室"),
        author="清岚县人民政府",
    )


# --- the page ----------------------------------------------------------------------------------


def test_a_full_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    document = Document("题", (PageBreak(), Paragraph("国" * 28 * 60, indent=False)))
    result, _ = printed(document, tmp_path)
    lines = drawn_lines(result.path, 1, SIZE_3)
    assert [len(line) for line in lines] == [28] * 22


def test_the_page_is_a4_and_the_text_fills_the_core(tmp_path: Path) -> None:
    document = Document("题", (PageBreak(), Paragraph("国" * 28 * 60, indent=False)))
    result, _ = printed(document, tmp_path)
    assert all(size == pytest.approx(A4, abs=0.01) for size in page_sizes(result.path))
    body = [g for g in glyphs(result.path, 1) if g.text == "国"]
    assert min(g.x for g in body) == pytest.approx(LEFT, abs=0.1)
    assert max(g.x for g in body) + SIZE_3 == pytest.approx(LEFT + CORE_WIDTH, abs=0.2)
    top = PAGE_HEIGHT - TOP
    assert max(g.y for g in body) + 0.88 * SIZE_3 == pytest.approx(top, abs=0.1)
    foot = min(g.y for g in body) - 0.12 * SIZE_3
    assert top - CORE_HEIGHT <= foot <= top - CORE_HEIGHT + 3


def test_page_marks_stand_right_on_odd_and_left_on_even_pages(tmp_path: Path) -> None:
    result, texts = printed(Document("题", (Paragraph("国" * 28 * 60),)), tmp_path)
    for index, text in enumerate(texts):
        assert f"— {index + 1} —" in text or f"—{index + 1}—" in text.replace(" ", "")
        dashes = [g for g in glyphs(result.path, index) if g.text == "—"]
        if index % 2 == 0:
            right = LEFT + CORE_WIDTH - 14
            assert max(g.x for g in dashes) + 14 == pytest.approx(right, abs=0.5)
        else:
            assert min(g.x for g in dashes) == pytest.approx(LEFT + 14, abs=0.5)
        # 7 mm below the text area, the dash runs 0.38 em above the baseline
        assert dashes[0].y + 0.38 * 14 == pytest.approx(35 * MM - 7 * MM, abs=0.1)


def test_a_landscape_table_is_turned_and_others_are_not(tmp_path: Path) -> None:
    wide = Table(TABLE.columns, TABLE.rows[:3], landscape=True)
    result, texts = printed(
        Document("题", (Paragraph("甲"), Heading(1, "表", "一、"), wide, Paragraph("乙"))), tmp_path
    )
    assert [size[0] > size[1] for size in page_sizes(result.path)] == [False, True, False]
    assert "一、表" in texts[1]
    assert "乙" in texts[2]


# --- what may not stand alone ------------------------------------------------------------------


@pytest.mark.parametrize("lines", range(14, 24))
def test_a_heading_is_never_last_on_a_page(lines: int, tmp_path: Path) -> None:
    document = Document(
        "题",
        (
            Paragraph("国" * 28 * lines, indent=False),
            Heading(1, "标", "一、"),
            Paragraph("文" * 99),
        ),
    )
    _, texts = printed(document, tmp_path)
    for text in texts:
        assert not re.search(r"一、标(?!.*文)", text)


@pytest.mark.parametrize("lines", range(14, 24))
def test_a_signature_never_stands_alone(lines: int, tmp_path: Path) -> None:
    for sealed in (False, True):
        document = Document(
            "题",
            (Paragraph("国" * 28 * lines, indent=False),),
            signature=Signature(("城关镇人民政府",), "2026年6月9日", sealed),
        )
        _, texts = printed(document, tmp_path)
        signed = [text for text in texts if "城关镇人民政府" in text]
        assert len(signed) == 1
        assert "2026年6月9日" in signed[0]
        assert "国" in signed[0]


def test_signature_places(tmp_path: Path) -> None:
    def starts(sealed: bool, office: str) -> tuple[float, float, float, float]:
        document = Document(
            "题", (Paragraph("文"),), signature=Signature((office,), "2026年6月9日", sealed)
        )
        result, _ = printed(document, tmp_path)
        drawn = glyphs(result.path, 0)
        name = [g for g in drawn if g.text in office]
        date = [g for g in drawn if g.y < name[0].y - 20 and g.y > 120]
        ends = [max(g.x for g in group) + SIZE_3 for group in (name, date)]
        return name[0].x, ends[0], min(g.x for g in date), ends[1]

    edge, cell = LEFT + CORE_WIDTH, CORE_WIDTH / 28
    name, name_end, date, _ = starts(False, "城关镇人民政府办公室")
    assert name_end == pytest.approx(edge - 2 * cell, abs=0.5)
    assert date - name == pytest.approx(2 * cell, abs=0.5)
    name, _, date, date_end = starts(False, "县委办")  # shorter than the date
    assert date_end == pytest.approx(edge - 2 * cell, abs=0.5)
    assert date - name == pytest.approx(2 * cell, abs=0.5)
    name, name_end, date, date_end = starts(True, "城关镇人民政府")
    assert date_end == pytest.approx(edge - 4 * cell, abs=0.5)
    assert (name + name_end) / 2 == pytest.approx((date + date_end) / 2, abs=0.5)


# --- the text ----------------------------------------------------------------------------------


def test_rare_characters_print_and_copy_out(tmp_path: Path) -> None:
    names = "李㛃、王䶮、赵𬭎、刘堃、“陈喆”——犇……"
    result, texts = printed(
        Document(names, (Heading(1, names, "一、"), Paragraph(names))), tmp_path
    )
    assert texts[0].count(names) == 3
    assert result.pages == 1


def test_what_no_font_has_is_named_before_printing(tmp_path: Path) -> None:
    row = ("1", "李\U00020001", "2")
    document = Document(
        "题\U00020000", (Paragraph("前面的文字甲乙丙\ue123丁"), Table(TABLE.columns, (row,)))
    )
    problems = check(document)
    assert [p.character for p in problems] == ["\U00020000", "\ue123", "\U00020001"]
    assert problems[1].context == "前面的文字甲乙丙\ue123丁"
    with pytest.raises(PaperProblem, match=r"「𠀀」\(U\+20000\).*\(U\+E123\).*\(U\+20001\)"):
        write_pdf(document, tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


@given(st.integers(0, 2**32))
@settings(
    max_examples=2,
    phases=[Phase.generate],  # to shrink a hundred pages takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_hundred_pages_keep_the_rules(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    words = WORDS.split()
    blocks: list[Block] = []
    for _ in range(165):
        text = "截至" + "".join(chance.choice(words) + "的文字" for _ in range(56))
        blocks.append(Paragraph(re.sub("[、，。；：]{2,}", "，", text)))
    result, texts = printed(Document("题", tuple(blocks)), tmp_path)
    assert result.pages >= 90
    assert "".join(texts).count("2,477名") == sum(
        str(block.content).count("2,477名") for block in blocks if isinstance(block, Paragraph)
    )
    previous = ""
    for index in range(0, result.pages, 3):
        lines = drawn_lines(result.path, index, SIZE_3)
        for line in lines:
            assert line[0] not in NO_START
            assert line[-1] not in NO_END
            if previous:
                assert not re.fullmatch("[0-9.,%]{2}", previous[-1] + line[0])
                assert not (previous[-1].isdigit() and line[0] in "名年月日件万")
            previous = line
        previous = ""


def test_figures_can_be_found_on_the_page(tmp_path: Path) -> None:
    document = Document("题", (Paragraph((Run("共"), Run("420", figure="lecture"), Run("次"))),))
    result, _ = printed(document, tmp_path)
    (area,) = result.areas
    assert (area.figure, area.page) == ("lecture", 0)
    drawn = [g for g in glyphs(result.path, 0) if g.text in "420"]
    assert area.left == pytest.approx(drawn[0].x, abs=0.1)
    assert PAGE_HEIGHT - area.top > drawn[0].y > PAGE_HEIGHT - area.bottom


# --- tables ------------------------------------------------------------------------------------


def test_the_header_of_a_table_is_on_each_of_its_pages(tmp_path: Path) -> None:
    _, texts = printed(Document("题", (TABLE,)), tmp_path)
    assert len(texts) > 1
    for text in texts:
        assert "序号乡镇件数" in text.replace(" ", "")
    assert "填报人" in texts[-1]


def test_a_long_cell_goes_on_over_pages(tmp_path: Path) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(6000))
    table = Table((Column("号"), Column("诉求", 5)), (("1", text), ("2", "后")), landscape=True)
    _, texts = printed(Document("题", (table,)), tmp_path)
    found = "".join(texts)
    assert all(character in found for character in text)
    assert len(texts) > 2
    assert all("诉求" in page for page in texts[1:])


def test_an_empty_table_and_an_empty_document_print(tmp_path: Path) -> None:
    printed(Document("题", (Table((Column("甲"),), ()),)), tmp_path)
    printed(Document(""), tmp_path)


# --- the formal document -----------------------------------------------------------------------


def test_a_formal_document_has_all_its_parts(tmp_path: Path) -> None:
    result, texts = printed(full(), tmp_path)
    first, last = texts[0], texts[-1]
    for part in ("000001", "特急", "清岚县人民政府文件", "清政报〔2026〕8号", "签发人：王某某"):
        assert part in first
    assert "云桥市人民政府：" in first
    assert "截至2026年" in first  # 首页必须显示正文
    together = "".join(texts)
    assert "附件：1. 统计表" in together.replace("附件： 1.", "附件：1.")
    assert "（联系人：张某某）" in together
    assert "抄送：市委办公室。" in last
    assert "2026年6月9日印发" in last
    assert f"— {result.pages} —" not in last
    authority = [g for g in glyphs(result.path, 0) if g.size > 30 and g.text == "清"]
    top = PAGE_HEIGHT - TOP - 35 * MM
    assert authority[0].y + 0.88 * authority[0].size == pytest.approx(top, abs=0.5)


# --- the file ----------------------------------------------------------------------------------


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    one = write_pdf(full(), tmp_path / "1.pdf").path.read_bytes()
    two = write_pdf(full(), tmp_path / "2.pdf").path.read_bytes()
    assert one == two
    assert b"Helvetica" not in one


def test_qpdf_finds_nothing(tmp_path: Path, need: Callable[[str], str]) -> None:
    qpdf = need("qpdf")
    result, _ = printed(full(), tmp_path)
    done = subprocess.run(
        [qpdf, "--check", str(result.path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_fonts_are_embedded(tmp_path: Path, need: Callable[[str], str]) -> None:
    pdffonts = need("pdffonts")
    result, _ = printed(full(), tmp_path)
    done = subprocess.run([pdffonts, str(result.path)], capture_output=True, text=True, check=True)
    rows = done.stdout.splitlines()[2:]
    assert len(rows) >= 5
    for row in rows:
        assert re.search(r"Identity-H\s+yes yes yes", row), row


def test_pdftotext_reads_the_same(tmp_path: Path, need: Callable[[str], str]) -> None:
    pdftotext = need("pdftotext")
    body = Paragraph("李㛃、赵𬭎等2,477名" + SENTENCE * 3)
    result, _ = printed(Document("题", (body,)), tmp_path)
    done = subprocess.run(
        [pdftotext, "-raw", str(result.path), "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert str(body.content) in done.stdout.replace("\n", "")


def test_headings_are_bookmarks(tmp_path: Path) -> None:
    import pypdfium2

    document = Document(
        "题",
        (
            Heading(2, "跳级", "（一）"),
            Heading(1, "做法", "一、"),
            Heading(3, "再跳", "1."),
            Paragraph("文"),
        ),
    )
    result, _ = printed(document, tmp_path)
    pdf = pypdfium2.PdfDocument(result.path)
    toc = [(mark.level, mark.get_title()) for mark in pdf.get_toc()]
    meta = pdf.get_metadata_dict()
    pdf.close()
    assert toc == [(0, "（一）跳级"), (0, "一、做法"), (1, "1.再跳")]
    assert meta["Title"] == "题"


class _Stop:
    def step(self, done: int, total: int, words: str = "") -> None:
        if done == 2:
            raise Cancelled("取消")


def test_cancel_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_pdf(Document("题", (Paragraph("国" * 3000),)), path, _Stop())
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.pdf"]
