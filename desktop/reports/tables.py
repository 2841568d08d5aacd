"""Turns a table into strips: a header that comes again on every page, rows that may be split."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.reports.document import Align, Column, Content, Style, Table
from desktop.reports.fonts import normalise
from desktop.reports.paper import (
    CORE_HEIGHT,
    CORE_WIDTH,
    SIZE_5,
    SIZE_SMALL_3,
    SIZE_SMALL_4,
    Item,
    Rule,
    Strip,
    Text,
    lowered,
)
from desktop.reports.titles import break_title
from desktop.reports.typeset import natural, plain, set_lines, text_width

PADDING = 4.0
OUTER, INNER = 1.0, 0.5
MANY_COLUMNS = 6  # above this the cells are set in 五号, else in 小四
SPLIT_ABOVE = 0.3  # of the page: a higher row may be cut between two pages

CellLines = list[tuple[Text, ...]]


def table_strips(table: Table) -> Iterator[Strip]:
    """Caption, unit line, header, rows, footer line."""
    width = CORE_HEIGHT if table.landscape else CORE_WIDTH
    height = CORE_WIDTH if table.landscape else CORE_HEIGHT
    size = SIZE_5 if len(table.columns) > MANY_COLUMNS else SIZE_SMALL_4
    edges = column_edges(table.columns, width)
    yield Strip(10.0, blank=True, keep=True)
    yield from _caption(table.caption, width)
    if table.unit_line:
        yield _spread(table.unit_line, width, keep=True)
    labels: list[Content] = [column.label for column in table.columns]
    header = _row(labels, table.columns, edges, size, head=True)
    head = (replace(header, keep=True),)
    yield head[0]
    for index, row in enumerate(table.rows):
        last = index == len(table.rows) - 1
        strips = _row_strips(row, table.columns, edges, size, height, head)
        for strip in strips:
            yield replace(strip, keep=True) if last and table.footer_line else strip
    if table.footer_line:
        yield _spread(table.footer_line, width, keep=False)
    yield Strip(10.0, blank=True)


def column_edges(columns: Sequence[Column], width: float) -> list[float]:
    """The x of every vertical rule; widths in proportion to what the columns ask for."""
    total = sum(column.width for column in columns)
    edges = [0.0]
    for column in columns:
        edges.append(edges[-1] + column.width * width / total)
    return edges


def _caption(caption: str, width: float) -> Iterator[Strip]:
    if not caption:
        return
    caption = normalise(caption)
    widths = natural(caption, Style.XIAOBIAOSONG, SIZE_SMALL_3)
    for line in break_title(caption, widths, width - SIZE_SMALL_3):
        x = (width - text_width(line, Style.XIAOBIAOSONG, SIZE_SMALL_3)) / 2
        item = plain(x, 2, line, Style.XIAOBIAOSONG, SIZE_SMALL_3)
        yield Strip(SIZE_SMALL_3 * 1.6, (item,), keep=True)


def _spread(line: str, width: float, *, keep: bool) -> Strip:
    """One entry stands right, several are spread from the left edge to the right one."""
    size = SIZE_SMALL_4
    parts = [normalise(part) for part in re.split(r"\u3000+| {2,}", line.strip()) if part]
    wides = [text_width(part, Style.FANGSONG, size) for part in parts]
    if len(parts) == 1:
        starts = [width - wides[0] - PADDING]
    else:
        gap = max((width - 2 * PADDING - sum(wides)) / (len(parts) - 1), size)
        starts = [PADDING + sum(wides[:index]) + gap * index for index in range(len(parts))]
    items = tuple(
        plain(x, 3, part, Style.FANGSONG, size) for x, part in zip(starts, parts, strict=True)
    )
    return Strip(size * 1.6, items, keep=keep)


def _cells(
    cells: Sequence[Content],
    columns: Sequence[Column],
    edges: Sequence[float],
    size: float,
    style: Style,
) -> list[CellLines]:
    found: list[CellLines] = []
    for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        align = Align.CENTER if style is Style.HEITI else column.align
        measure = edges[index + 1] - edges[index] - 2 * PADDING
        lines = set_lines(cell, style, size, measure, justify=False, align=align)
        found.append(
            [
                tuple(replace(text, x=text.x + edges[index] + PADDING) for text in line)
                for line in lines
            ]
        )
    return found


def _pitch(size: float) -> float:
    return size * 1.4


def _row(
    cells: Sequence[Content],
    columns: Sequence[Column],
    edges: Sequence[float],
    size: float,
    *,
    head: bool = False,
) -> Strip:
    lines = _cells(cells, columns, edges, size, Style.HEITI if head else Style.FANGSONG)
    return _whole(lines, edges, size, head=head)


def _whole(
    cells: list[CellLines], edges: Sequence[float], size: float, *, head: bool = False
) -> Strip:
    """A row in one piece, its cells centred on its height."""
    pitch = _pitch(size)
    height = pitch * max(len(lines) for lines in cells) + 2 * PADDING
    items: list[Item] = []
    for lines in cells:
        top = (height - pitch * len(lines)) / 2 + (pitch - size) / 2
        for number, line in enumerate(lines):
            items += [lowered(text, top + number * pitch) for text in line]
    items += _uprights(edges, height)
    if head:
        items.append(Rule(edges[0], 0, edges[-1], 0, OUTER))
    items.append(Rule(edges[0], height, edges[-1], height, INNER))
    return Strip(height, tuple(items))


def _row_strips(
    row: Sequence[Content],
    columns: Sequence[Column],
    edges: Sequence[float],
    size: float,
    page_height: float,
    head: tuple[Strip, ...],
) -> Iterator[Strip]:
    """A row as one strip, or as a strip a line if it is too high to be moved as a whole."""
    cells = _cells(row, columns, edges, size, Style.FANGSONG)
    count = max(len(lines) for lines in cells)
    pitch = _pitch(size)
    if pitch * count + 2 * PADDING <= SPLIT_ABOVE * page_height:
        yield replace(_whole(cells, edges, size), head=head)
        return
    for number in range(count):
        first, last = number == 0, number == count - 1
        height = pitch + PADDING * (first + last)
        top = (pitch - size) / 2 + PADDING * first
        items: list[Item] = []
        for lines in cells:
            if number < len(lines):
                items += [lowered(text, top) for text in lines[number]]
        items += _uprights(edges, height)
        foot = Rule(edges[0], height, edges[-1], height, INNER)
        if last:
            items.append(foot)
        yield Strip(
            height,
            tuple(items),
            head=head,
            keep=first or number == count - 2,
            closing=() if last else (foot,),
        )


def _uprights(edges: Sequence[float], height: float) -> list[Item]:
    ends = (edges[0], edges[-1])
    return [Rule(x, 0, x, height, OUTER if x in ends else INNER) for x in edges]
