"""Printing against ReportLab's own Platypus on the same text."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, SimpleDocTemplate
from reportlab.platypus import Paragraph as Platypus

from desktop.paths import resource
from desktop.reports.document import Column, Document, Paragraph
from desktop.reports.listing import write_listing
from desktop.reports.pdf import write_pdf
from tests.bench.measure import Line, best

SENTENCE = (
    "2023年，全县共开展下基层活动484次，组织宣讲活动210场次，受教育党员群众8585人次；"
    "领导干部到村（社区）现场办公224次，发现问题58个，其中现场解决9个。"
)
PARAGRAPHS = 400
ROWS = 3_000


def compare_summary(scratch: Path) -> Line:
    """Pages a second of a long summary to Platypus's on the same text."""
    text = SENTENCE * 3
    document = Document("工作总结", tuple(Paragraph(text) for _ in range(PARAGRAPHS)))
    pages: list[int] = []
    ours = best(lambda: pages.append(write_pdf(document, scratch / "ours.pdf").pages), 2)
    pdfmetrics.registerFont(TTFont("Bench", str(resource("fonts/GW-FangSong.ttf"))))
    style = ParagraphStyle("Bench", fontName="Bench", fontSize=15.75, leading=29.5, wordWrap="CJK")
    other: list[int] = []

    def platypus() -> None:
        made = SimpleDocTemplate(str(scratch / "theirs.pdf"), pagesize=A4)
        made.build([Platypus(text, style) for _ in range(PARAGRAPHS)])
        other.append(made.page)

    theirs = best(platypus, 2)
    ratio = (pages[0] / ours) / (other[0] / theirs)
    return Line(f"summary of {pages[0]} pages / Platypus, pages/s", ours, theirs, ratio, "×", 0.08)


def compare_listing(scratch: Path) -> Line:
    """Pages a second of a printed ledger to LongTable's with the same rows."""
    rows = [(str(n), "2023-05-06", "前沟村", "移风易俗宣讲活动", "58") for n in range(ROWS)]
    columns = [Column(t) for t in ("序号", "日期", "地点", "内容", "人次")]
    pages: list[int] = []
    ours = best(
        lambda: pages.append(write_listing("台账", columns, rows, scratch / "l.pdf").pages), 2
    )
    pdfmetrics.registerFont(TTFont("Bench", str(resource("fonts/GW-FangSong.ttf"))))
    other: list[int] = []

    def long_table() -> None:
        made = SimpleDocTemplate(str(scratch / "t.pdf"), pagesize=A4)
        style = [("FONTNAME", (0, 0), (-1, -1), "Bench")]
        made.build([LongTable([list(r) for r in rows], style=style, repeatRows=1)])
        other.append(made.page)

    theirs = best(long_table, 1)
    ratio = (pages[0] / ours) / (other[0] / theirs)
    return Line(f"ledger of {ROWS} rows / LongTable, pages/s", ours, theirs, ratio, "×", 4.0)
