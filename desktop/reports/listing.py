"""Prints a ledger of any length as a table, laid straight on the canvas.

A table flowable measures all of its rows before it draws the first: 27 s for 20,000 rows, and
quadratic (ReportLab 5.1). Here a row is measured, drawn and forgotten: 300 pages a second, in the
same memory at any length. The total in 第x页 共y页 is a form that every page shows and that is
drawn once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from desktop.core.errors import PaperProblem
from desktop.core.progress import Progress, Silent
from desktop.reports.document import Align, Column, Style
from desktop.reports.fonts import named, normalise, pick, width
from desktop.reports.lines import wrap
from desktop.reports.paper import ASCENT, MM, PAGE_HEIGHT, PAGE_WIDTH, SIZE_5
from desktop.reports.pdf import PdfResult, write_whole
from desktop.reports.sheet import Sheet
from desktop.reports.typeset import text_width

MARGIN_X, MARGIN_TOP, MARGIN_FOOT = 15 * MM, 18 * MM, 20 * MM
WIDE_ABOVE = 9  # columns: more are printed on pages that lie on their side
SIZE = SIZE_5
PITCH = SIZE * 1.35
PADDING = 2.5
TITLE_SIZE = 18.0
WHOLE = 12  # lines: a higher row is split where the page ends
STEP = 200  # rows between two reports of progress
NAMED = 20  # unprintable characters named at most
TOTAL = "total"


class _Widths(dict[str, float]):
    """Character -> width in points; remembers what can't be printed."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.style = style
        self.unprintable: list[str] = []

    def __missing__(self, character: str) -> float:
        if character != "\n" and pick(self.style, character) is None:
            self.unprintable.append(character)
        self[character] = width(self.style, character) * SIZE
        return self[character]


@dataclass
class _Listing:
    """The page in hand: how far it is filled, and what is repeated on each."""

    sheet: Sheet
    columns: Sequence[Column]
    edges: list[float]
    size: tuple[float, float]
    widths: _Widths = field(default_factory=lambda: _Widths(Style.FANGSONG))
    page: int = 0
    y: float = 0.0
    top: float = 0.0
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)

    def begin(self, title: str, subtitle: str) -> None:
        """Start the first page: title, a line below it, header."""
        self.y = self.size[1] - MARGIN_TOP
        middle = self.size[0] / 2
        room = self.size[0] - 2 * MARGIN_X
        wide = text_width(title, Style.XIAOBIAOSONG, TITLE_SIZE)
        size = TITLE_SIZE * min(1.0, room / wide) if wide else TITLE_SIZE
        self.y -= size
        self.sheet.show(
            middle - wide * size / TITLE_SIZE / 2, self.y, title, Style.XIAOBIAOSONG, size
        )
        self.y -= 8
        if subtitle:
            lines = wrap(subtitle, [self.widths[c] for c in subtitle], room)
            for line in lines:
                self.sheet.show(MARGIN_X, self.y - SIZE, line, Style.FANGSONG, SIZE)
                self.y -= PITCH
        self.y -= 4
        self.head()

    def head(self) -> None:
        """The header, which every page has."""
        self.page += 1
        self.top = self.y
        cells = []
        for index, column in enumerate(self.columns):
            label = normalise(column.label)
            ems = [width(Style.HEITI, character) * SIZE for character in label]
            cells.append(wrap(label, ems, self.measure(index)))
        count = max(len(lines) for lines in cells)
        height = count * PITCH + 2 * PADDING + 2
        for index, lines in enumerate(cells):
            y = self.y - (height - len(lines) * PITCH) / 2 - ASCENT * SIZE - (PITCH - SIZE) / 2
            for line in lines:
                spare = self.measure(index) - text_width(line, Style.HEITI, SIZE)
                x = self.edges[index] + PADDING + max(spare, 0) / 2
                self.sheet.show(x, y, line, Style.HEITI, SIZE)
                y -= PITCH
        self.rule(self.y)
        self.y -= height
        self.rule(self.y)

    def measure(self, index: int) -> float:
        """The width of the text in a column."""
        return self.edges[index + 1] - self.edges[index] - 2 * PADDING

    def rule(self, y: float) -> None:
        """A line across the table."""
        self.rules.append((self.edges[0], y, self.edges[-1], y))

    def row(self, cells: Sequence[str]) -> None:
        """Draw a row; a high one goes on over as many pages as it needs."""
        lines = [self._lines(index, cell) for index, cell in enumerate(cells)]
        count = max(map(len, lines))
        done = 0
        while done < count:
            left = count - done
            room = int((self.y - MARGIN_FOOT - 2 * PADDING) / PITCH)
            if room < left and (left <= WHOLE or room < 2):
                self.turn()
                continue
            part = min(left, room)
            self._draw(lines, done, part)
            done += part

    def turn(self) -> None:
        """Finish the page and start the next one."""
        self.finish()
        self.y = self.size[1] - MARGIN_TOP
        self.head()

    def finish(self) -> None:
        """Draw the rules and the page mark, and let the page go."""
        self.rules += [(x, self.top, x, self.y) for x in self.edges]
        self.sheet.setLineWidth(0.5)
        self.sheet.lines(self.rules)
        self.rules = []
        mark = f"第{self.page}页"
        wide = text_width(mark, Style.SONGTI, SIZE)
        middle, y = self.size[0] / 2, MARGIN_FOOT - 9 * MM
        self.sheet.show(middle - wide - SIZE / 2, y, mark, Style.SONGTI, SIZE)
        self.sheet.saveState()
        self.sheet.translate(middle + SIZE / 2, y)
        self.sheet.doForm(TOTAL)
        self.sheet.restoreState()
        self.sheet.showPage()

    def _lines(self, index: int, cell: str) -> list[str]:
        text = normalise(cell)
        wides = list(map(self.widths.__getitem__, text))
        return wrap(text, wides, self.measure(index))

    def _draw(self, cells: list[list[str]], first: int, count: int) -> None:
        show, size = self.sheet.show, SIZE
        top = self.y - PADDING - ASCENT * SIZE - (PITCH - SIZE) / 2
        for index, lines in enumerate(cells):
            x = self.edges[index] + PADDING
            align = self.columns[index].align
            y = top
            for line in lines[first : first + count]:
                if line:
                    indent = 0.0 if align is Align.LEFT else self._indent(line, index, align)
                    show(x + indent, y, line, Style.FANGSONG, size)
                y -= PITCH
        self.y -= count * PITCH + 2 * PADDING
        self.rule(self.y)

    def _indent(self, line: str, index: int, align: Align) -> float:
        spare = max(self.measure(index) - sum(map(self.widths.__getitem__, line)), 0.0)
        return spare if align is Align.RIGHT else spare / 2


def write_listing(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    path: Path,
    progress: Progress | None = None,
    *,
    subtitle: str = "",
    author: str = "",
    total: int = 0,
    landscape: bool | None = None,
) -> PdfResult:
    """Print a ledger; `rows` is read once, `total` only serves the progress.

    Raises:
        PaperProblem: characters that can't be printed are named; nothing was written.
        Cancelled: the person pressed Cancel; nothing was written.
    """
    progress = progress or Silent()
    lying = len(columns) > WIDE_ABOVE if landscape is None else landscape
    size = (PAGE_HEIGHT, PAGE_WIDTH) if lying else (PAGE_WIDTH, PAGE_HEIGHT)
    title, subtitle = normalise(title), normalise(subtitle)

    def draw(file: BinaryIO) -> int:
        sheet = Sheet(file, title=title, author=author)
        sheet.setPageSize(size)
        sheet.reserve_form(TOTAL)
        listing = _Listing(sheet, columns, _edges(columns, size[0]), size)
        problems: dict[str, str] = {}
        _collect(problems, title, Style.XIAOBIAOSONG, "标题")
        for column in columns:
            _collect(problems, normalise(column.label), Style.HEITI, "表头")
        _collect(problems, subtitle, Style.FANGSONG, "表头")
        if not problems:
            listing.begin(title, subtitle)
        for number, row in enumerate(rows, 1):
            if problems:
                for cell in row:
                    _collect(problems, normalise(cell), Style.FANGSONG, f"第{number}行")
            else:
                _row(listing, row, number, problems)
            if number % STEP == 0:
                progress.step(number, total, f"正在排第{listing.page}页")
        if problems:
            raise _unprintable(problems)
        listing.finish()
        _draw_total(sheet, listing.page)
        sheet.save()
        return listing.page

    return PdfResult(path, write_whole(path, draw))


def _row(listing: _Listing, row: Sequence[str], number: int, problems: dict[str, str]) -> None:
    if len(row) != len(listing.columns):
        raise ValueError(f"row of {len(row)} cells in a listing of {len(listing.columns)}")
    for cell in row:
        for character in cell:
            listing.widths[character]
    if listing.widths.unprintable:
        for cell in row:
            _collect(problems, normalise(cell), Style.FANGSONG, f"第{number}行")
        if problems:
            return
        listing.widths.unprintable.clear()  # normalising took them away
    listing.row(row)


def _collect(problems: dict[str, str], text: str, style: Style, where: str) -> None:
    for character in text:
        if character != "\n" and pick(style, character) is None:
            problems.setdefault(character, where)


def _unprintable(problems: dict[str, str]) -> PaperProblem:
    shown = [f"{named(character)}（{where}）" for character, where in problems.items()][:NAMED]
    more = f"等{len(problems)}个" if len(problems) > NAMED else ""
    return PaperProblem(
        f"台账里有字库里没有的字，没有打印：{'、'.join(shown)}{more}。请换一个写法，台账没有改动。"
    )


def _edges(columns: Sequence[Column], page_width: float) -> list[float]:
    room = page_width - 2 * MARGIN_X
    whole = sum(column.width for column in columns)
    edges = [MARGIN_X]
    for column in columns:
        edges.append(edges[-1] + column.width * room / whole)
    return edges


def _draw_total(sheet: Sheet, pages: int) -> None:
    mark = f"共{pages}页"
    wide = text_width(mark, Style.SONGTI, SIZE)
    sheet.beginForm(TOTAL, 0, -SIZE / 2, wide + SIZE, SIZE * 1.5)
    sheet.show(0, 0, mark, Style.SONGTI, SIZE)
    sheet.endForm()
