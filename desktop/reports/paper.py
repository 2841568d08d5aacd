"""The sheet of paper: its measures, and the things that are placed on it.

Measures are those of GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, 版心 156 x 225 mm, 22 lines of 28
characters of 3号 (15.75 pt). Everything here is in points, x from the left and y from the top of
the 版心. A line takes 29.5 pt, which is 3号 plus seven eighths of it rounded down, so that 22 lines
(21 leadings and one character) take 635 of 638 pt.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from desktop.reports.document import Style

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT, TOP, RIGHT, BOTTOM = 28 * MM, 37 * MM, 26 * MM, 35 * MM
CORE_WIDTH, CORE_HEIGHT = 156 * MM, 225 * MM
CHARACTERS = 28

SIZE_2, SIZE_3, SIZE_SMALL_3, SIZE_4, SIZE_SMALL_4, SIZE_5 = 22.0, 15.75, 15.0, 14.0, 12.0, 10.5
LEADING = 29.5
CELL = CORE_WIDTH / CHARACTERS
# 28 characters of 15.75 pt are 1.2 pt narrower than the 版心: shared out, both edges are flush.
TRACKING = CELL - SIZE_3
ASCENT = 0.88  # of the em square above the baseline, in all our fonts


@dataclass(frozen=True, slots=True)
class Text:
    """Characters on one baseline in one style; `extras` is the space after each of them."""

    x: float
    y: float
    text: str
    style: Style
    size: float
    extras: tuple[float, ...] | None = None
    width: float = 0.0
    figure: str = ""
    red: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float = 0.5
    red: bool = False


Item = Text | Rule


def lowered(item: Item, by: float) -> Item:
    """The item further down."""
    if isinstance(item, Text):
        return replace(item, y=item.y + by)
    return replace(item, y1=item.y1 + by, y2=item.y2 + by)


@dataclass(frozen=True, slots=True)
class Strip:
    """What is placed as a whole: a line of text, a table row, a heading line.

    `ink` is the height that must fit at the foot of a page, where the leading below is not needed;
    `keep` forbids a page end below it; `head` is repeated above it when it starts a page; `closing`
    is drawn if a page ends below it; `blank` strips vanish at the top of a page.
    """

    height: float
    items: tuple[Item, ...] = ()
    ink: float | None = None
    keep: bool = False
    head: tuple[Strip, ...] = ()
    closing: tuple[Item, ...] = ()
    outline: tuple[int, str] | None = None
    blank: bool = False

    @property
    def needed(self) -> float:
        """The height that it needs as the last strip of a page."""
        return self.height if self.ink is None else self.ink


@dataclass(frozen=True, slots=True)
class Turn:
    """A new page, upright or on its side."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Foot:
    """A strip that stands at the very foot of the last page (版记)."""

    strip: Strip


Piece = Strip | Turn | Foot


@dataclass(slots=True)
class Page:
    """A finished page; `outlines` are (level, title, y)."""

    number: int
    landscape: bool = False
    numbered: bool = True
    items: list[Item] = field(default_factory=list)
    outlines: list[tuple[int, str, float]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """The width of the 版心."""
        return CORE_HEIGHT if self.landscape else CORE_WIDTH

    @property
    def height(self) -> float:
        """The height of the 版心."""
        return CORE_WIDTH if self.landscape else CORE_HEIGHT
