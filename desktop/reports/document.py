"""What a paper says, without how it is drawn: the document that templates fill.

Nothing here knows of fonts, points or pages, so that the same document goes to PDF, to Word and
onto the screen, and so that a run can keep the id of the figure that it prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """The five faces of official paper (GB/T 9704-2012)."""

    FANGSONG = "仿宋"
    KAITI = "楷体"
    HEITI = "黑体"
    XIAOBIAOSONG = "小标宋"
    SONGTI = "宋体"


class Align(StrEnum):
    """How a table cell or an unindented line stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Run:
    """A piece of text; `figure` is the id of the figure that it prints, if any."""

    text: str
    figure: str = ""
    style: Style | None = None


Content = str | tuple[Run, ...]


def runs_of(content: Content) -> tuple[Run, ...]:
    """The runs of a content; a plain string is one run."""
    return (Run(content),) if isinstance(content, str) else content


def text_of(content: Content) -> str:
    """The bare text of a content."""
    return content if isinstance(content, str) else "".join(run.text for run in content)


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4: 一、 黑体, （一） 楷体, 1. and （1） 仿宋."""

    level: int
    content: Content
    number: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"heading level {self.level}")

    @property
    def text(self) -> str:
        """Number and words, as they stand on the paper."""
        return self.number + text_of(self.content)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its first line is indented by two characters unless told otherwise."""

    content: Content
    indent: bool = True


@dataclass(frozen=True)
class Column:
    """A table column: label, relative width, and how its cells stand."""

    label: str
    width: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Table:
    """A table; its header is repeated on every page, long rows are split over pages."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Content, ...]]
    caption: str = ""
    unit_line: str = ""
    footer_line: str = ""
    landscape: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"row of {len(row)} cells in a table of {len(self.columns)}")


@dataclass(frozen=True)
class PageBreak:
    """What follows starts a new page."""


Block = Heading | Paragraph | Table | PageBreak


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期 (GB/T 9704-2012, 7.3.5); `sealed`: room is left for a seal."""

    offices: tuple[str, ...]
    date: str
    sealed: bool = False


@dataclass(frozen=True)
class Annex:
    """An 附件, on a page of its own."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class RedHead:
    """版头 of a formal document (GB/T 9704-2012, 7.2)."""

    authority: str
    number: str = ""
    signer: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""


@dataclass(frozen=True)
class Imprint:
    """版记 of a formal document (GB/T 9704-2012, 7.4)."""

    office: str
    date: str
    copy_to: str = ""


@dataclass(frozen=True)
class Document:
    """One paper: plain material without `red_head`, a formal document with it."""

    title: str
    blocks: tuple[Block, ...] = ()
    subtitle: tuple[str, ...] = ()
    addressee: str = ""
    signature: Signature | None = None
    annexes: tuple[Annex, ...] = ()
    note: str = ""
    draft: bool = False
    red_head: RedHead | None = None
    imprint: Imprint | None = None
    author: str = ""
    marking: str = ""


def block_texts(block: Block) -> Iterator[tuple[str, Style]]:
    """Every text of a block with the style that it is printed in."""
    if isinstance(block, Heading):
        yield block.text, HEADING_STYLES[block.level]
    elif isinstance(block, Paragraph):
        for run in runs_of(block.content):
            yield run.text, run.style or Style.FANGSONG
    elif isinstance(block, Table):
        yield block.caption, Style.XIAOBIAOSONG
        yield block.unit_line + block.footer_line, Style.FANGSONG
        for column in block.columns:
            yield column.label, Style.HEITI
        for row in block.rows:
            for cell in row:
                yield text_of(cell), Style.FANGSONG


HEADING_STYLES = {1: Style.HEITI, 2: Style.KAITI, 3: Style.FANGSONG, 4: Style.FANGSONG}


def document_texts(document: Document) -> Iterator[tuple[str, Style]]:
    """Every text that a document prints, with the style that it is printed in."""
    yield document.title, Style.XIAOBIAOSONG
    for line in document.subtitle:
        yield line, Style.KAITI
    yield document.addressee + document.note, Style.FANGSONG
    yield document.marking, Style.HEITI
    head, imprint, signature = document.red_head, document.imprint, document.signature
    if head:
        yield head.authority, Style.XIAOBIAOSONG
        yield head.number, Style.FANGSONG
        yield head.signer, Style.KAITI
        yield head.copy_number + head.secrecy + head.urgency, Style.HEITI
    for block in document.blocks:
        yield from block_texts(block)
    if signature:
        yield "".join(signature.offices) + signature.date, Style.FANGSONG
    for annex in document.annexes:
        yield annex.title, Style.XIAOBIAOSONG
        yield annex.title, Style.FANGSONG
        for block in annex.blocks:
            yield from block_texts(block)
    if imprint:
        yield imprint.office + imprint.date + imprint.copy_to, Style.FANGSONG
