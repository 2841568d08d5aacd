"""Prints a document to a PDF file: same document, same bytes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop.core.errors import PaperProblem
from desktop.core.progress import Progress, Silent
from desktop.reports.document import Document, Style, document_texts
from desktop.reports.fonts import missing, named, normalise
from desktop.reports.layout import pages
from desktop.reports.paper import (
    BOTTOM,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIZE_4,
    TOP,
    Item,
    Page,
    Rule,
    Text,
)
from desktop.reports.sheet import Sheet
from desktop.reports.typeset import text_width

CONTEXT = 8  # characters on either side of one that can't be printed
RED = (0.86, 0.0, 0.0)
WATERMARK = "草　稿"
DASH_HEIGHT = 0.38  # of the em square: where the dash of a page mark runs


@dataclass(frozen=True)
class Unprintable:
    """A character that no font has, and the words around it."""

    character: str
    context: str

    def __str__(self) -> str:
        """As a message shows it."""
        return f"{named(self.character)}（在“{self.context}”里）"


@dataclass(frozen=True)
class FigureArea:
    """Where a figure stands: page from 0, points from the upper left corner as displayed."""

    figure: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PdfResult:
    """What was printed."""

    path: Path
    pages: int
    areas: tuple[FigureArea, ...] = ()


def check(document: Document) -> list[Unprintable]:
    """Every character of a document that can't be printed, each once, in reading order."""
    found: dict[str, Unprintable] = {}
    for text, style in document_texts(document):
        for character in missing(text, style):
            if character not in found:
                clean = normalise(text)
                place = clean.index(character)
                context = clean[max(place - CONTEXT, 0) : place + CONTEXT + 1].replace("\n", " ")
                found[character] = Unprintable(character, context)
    return list(found.values())


def write_pdf(document: Document, path: Path, progress: Progress | None = None) -> PdfResult:
    """Print a document; the file appears whole or not at all.

    Raises:
        PaperProblem: characters that can't be printed are named; nothing was written.
        Cancelled: the person pressed Cancel; nothing was written.
    """
    problems = check(document)
    if problems:
        raise PaperProblem(
            "这份材料里有字库里没有的字，没有打印："
            + "、".join(map(str, problems))
            + "。请换一个写法，材料本身没有改动。"
        )
    areas: list[FigureArea] = []
    progress = progress or Silent()

    def draw(file: BinaryIO) -> int:
        sheet = Sheet(file, title=document.title.replace("\n", ""), author=document.author)
        level = -1
        count = 0
        for page in pages(document):
            count += 1
            progress.step(count, 0, f"正在排第{count}页")
            level = _outline(sheet, page, level)
            areas.extend(_draw_page(sheet, page, document.draft))
            sheet.showPage()
        sheet.save()
        return count

    count = write_whole(path, draw)
    return PdfResult(path, count, tuple(areas))


def write_whole(path: Path, draw: Callable[[BinaryIO], int]) -> int:
    """Let `draw` write a file beside `path`, and put it in place once it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".pdf", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            result = draw(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return result


def _outline(sheet: Sheet, page: Page, level: int) -> int:
    """Bookmarks of the headings on a page; a level that the text skips is not skipped here."""
    for number, (wanted, title, y) in enumerate(page.outlines):
        key = f"{page.number}.{number}"
        level = min(wanted, level + 1)
        top = PAGE_HEIGHT - TOP - y + 6
        sheet.bookmarkPage(key, fit="XYZ", left=0, top=top, zoom=0)
        sheet.addOutlineEntry(title, key, level)
        sheet.showOutline()
    return level


def _draw_page(sheet: Sheet, page: Page, draft: bool) -> list[FigureArea]:
    # ReportLab swaps the sides of a page that is turned by 90 degrees, so they are given swapped.
    size = (PAGE_HEIGHT, PAGE_WIDTH) if page.landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    sheet.setPageSize(size)
    sheet.setPageRotation(90 if page.landscape else 0)
    if draft:
        _draw_watermark(sheet, 135 if page.landscape else 45)
    if page.numbered:
        _draw_number(sheet, page.number)
    sheet.saveState()
    if page.landscape:
        # 横排表格 (GB/T 9704-2012, 8): the head of the table is to the left of the upright sheet,
        # which is the binding edge of odd and the outer edge of even pages; viewers turn it.
        sheet.transform(0, 1, -1, 0, PAGE_WIDTH, 0)
        left, top, height = BOTTOM, LEFT, PAGE_WIDTH
    else:
        left, top, height = LEFT, TOP, PAGE_HEIGHT
    areas = []
    for item in page.items:
        _draw_item(sheet, item, left, height - top)
        if isinstance(item, Text) and item.figure:
            x, y = left + item.x, top + item.y
            areas.append(
                FigureArea(
                    item.figure,
                    page.number - 1,
                    x,
                    y - 0.88 * item.size,
                    x + item.width,
                    y + 0.12 * item.size,
                )
            )
    sheet.restoreState()
    return areas


def _draw_item(sheet: Sheet, item: Item, left: float, top: float) -> None:
    if item.red:
        sheet.saveState()
        sheet.setFillColorRGB(*RED)
        sheet.setStrokeColorRGB(*RED)
    if isinstance(item, Rule):
        sheet.setLineWidth(item.thickness)
        sheet.line(left + item.x1, top - item.y1, left + item.x2, top - item.y2)
    elif item.extras is None:
        sheet.show(left + item.x, top - item.y, item.text, item.style, item.size)
    else:
        sheet.place(left + item.x, top - item.y, item.text, item.style, item.size, item.extras)
    if item.red:
        sheet.restoreState()


def _draw_number(sheet: Sheet, number: int) -> None:
    """页码 (7.5): dashes 7 mm below the 版心; odd pages right, even left, one character in."""
    mark = f"— {number} —"
    wide = text_width(mark, Style.SONGTI, SIZE_4)
    y = BOTTOM - 7 * MM - DASH_HEIGHT * SIZE_4
    x = PAGE_WIDTH - 26 * MM - SIZE_4 - wide if number % 2 else LEFT + SIZE_4
    sheet.show(x, y, mark, Style.SONGTI, SIZE_4)


def _draw_watermark(sheet: Sheet, angle: float) -> None:
    sheet.saveState()
    sheet.setFillGray(0.88)
    sheet.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    sheet.rotate(angle)
    size = 120.0
    wide = text_width(WATERMARK, Style.XIAOBIAOSONG, size)
    sheet.show(-wide / 2, -0.38 * size, WATERMARK, Style.XIAOBIAOSONG, size)
    sheet.restoreState()
