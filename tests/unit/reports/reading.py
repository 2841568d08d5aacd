"""Reads printed PDFs back, with the library that the program itself uses for its preview."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

A4 = (595.276, 841.89)


@dataclass(frozen=True)
class Glyph:
    """A character on a page: its left edge and baseline box, points from the lower left corner."""

    text: str
    x: float
    y: float
    right: float
    size: float


def page_texts(path: Path) -> list[str]:
    """The text of every page, without line ends."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_text(page).replace("\r\n", "").replace("\n", "") for page in document]
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    reader = page.get_textpage()
    try:
        return str(reader.get_text_range())
    finally:
        reader.close()
        page.close()


def page_sizes(path: Path) -> list[tuple[float, float]]:
    """The sizes of the pages as displayed."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [(page.get_width(), page.get_height()) for page in document]
    finally:
        document.close()


def glyphs(path: Path, index: int) -> list[Glyph]:
    """The characters of a page in drawing order, by the origin at which each is drawn."""
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[index]
        reader = page.get_textpage()
        found = [
            glyph
            for place in range(reader.count_chars())
            if (glyph := _glyph(reader, place)).text not in {"\r", "\n", " ", "\x00"}
        ]
        reader.close()
        page.close()
        return found
    finally:
        document.close()


def _glyph(reader: pypdfium2.PdfTextPage, place: int) -> Glyph:
    x, y = pdfium.c_double(), pdfium.c_double()
    pdfium.FPDFText_GetCharOrigin(reader, place, x, y)
    box = reader.get_charbox(place, loose=True)
    code = pdfium.FPDFText_GetUnicode(reader, place)
    size = pdfium.FPDFText_GetFontSize(reader, place)
    return Glyph(chr(code), x.value, y.value, box[2], size)


def drawn_lines(path: Path, index: int, size: float | None = None) -> list[str]:
    """The lines of a page by their baselines, top to bottom; only those of one size if given."""
    rows: dict[float, list[Glyph]] = {}
    for glyph in glyphs(path, index):
        if size is None or abs(glyph.size - size) < 0.1:
            rows.setdefault(round(glyph.y, 1), []).append(glyph)
    return [
        "".join(g.text for g in sorted(rows[y], key=lambda g: g.x))
        for y in sorted(rows, reverse=True)
    ]
