"""Turns a document into strips, top to bottom (GB/T 9704-2012, 7.2 to 7.4).

A generator: strips are made as pages need them, so that a long document does not fill memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from desktop.reports.document import (
    HEADING_STYLES,
    Align,
    Annex,
    Block,
    Content,
    Document,
    Heading,
    Imprint,
    PageBreak,
    Paragraph,
    RedHead,
    Run,
    Signature,
    Style,
    Table,
    runs_of,
)
from desktop.reports.fonts import normalise
from desktop.reports.paper import (
    CELL,
    CORE_WIDTH,
    LEADING,
    MM,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    TRACKING,
    Foot,
    Item,
    Piece,
    Rule,
    Strip,
    Turn,
    lowered,
)
from desktop.reports.tables import table_strips
from desktop.reports.titles import break_title
from desktop.reports.typeset import natural, plain, set_lines, text_width

TITLE_LEADING = 36.0
BODY_TAIL = 2  # lines of the text that a signature takes along to its page
BLANK = Strip(LEADING, blank=True)
HEAVY, LIGHT = 0.35 * MM, 0.25 * MM


def compose(document: Document) -> Iterator[Piece]:
    """Every piece of a document in order."""
    yield from _front(document)
    tail = [*_annex_list(document.annexes), *_signature(document)]
    yield from _kept_tail(_blocks(document.blocks), tail)
    for number, annex in enumerate(document.annexes, 1):
        yield from _annex(annex, number if len(document.annexes) > 1 else 0)
    if document.imprint:
        yield Foot(_imprint(document.imprint))


def line_strip(
    content: Content, style: Style, *, align: Align = Align.LEFT, keep: bool = False
) -> Iterator[Strip]:
    """Unindented lines of body size."""
    for items in set_lines(
        content,
        style,
        SIZE_3,
        CORE_WIDTH,
        tracking=TRACKING,
        align=align,
        justify=align is Align.LEFT,
    ):
        yield Strip(LEADING, items, ink=SIZE_3, keep=keep)


def _front(document: Document) -> Iterator[Strip]:
    if document.red_head:
        yield _red_head(document.red_head)
        yield from (replace(BLANK, keep=True, blank=False),) * 2
    elif document.marking:
        yield from line_strip(document.marking, Style.HEITI, keep=True)
    yield from title_strips(document.title)
    for line in document.subtitle:
        yield from line_strip(line, Style.KAITI, align=Align.CENTER, keep=True)
    yield replace(BLANK, keep=True)
    if document.addressee:
        words = document.addressee.rstrip("：: ") + "："
        yield from line_strip(words, Style.FANGSONG, keep=True)


def title_strips(title: str) -> Iterator[Strip]:
    """The lines of a title, 2号小标宋, centred; only the first line of all opens the outline."""
    title = normalise(title)
    widths = natural(title, Style.XIAOBIAOSONG, SIZE_2)
    for line in break_title(title, widths, CORE_WIDTH - SIZE_2):
        wide = text_width(line, Style.XIAOBIAOSONG, SIZE_2)
        item = plain((CORE_WIDTH - wide) / 2, 0, line, Style.XIAOBIAOSONG, SIZE_2)
        yield Strip(TITLE_LEADING, (item,), keep=True)


def _blocks(blocks: Sequence[Block]) -> Iterator[Piece]:
    lying = False
    for index, block in enumerate(blocks):
        wanted = _lies(blocks, index)
        if wanted != lying or isinstance(block, PageBreak):
            lying = wanted
            yield Turn(lying)
        if isinstance(block, Heading):
            yield from _heading(block)
        elif isinstance(block, Paragraph):
            yield from _paragraph(block)
        elif isinstance(block, Table):
            yield from table_strips(block)
    if lying:
        yield Turn(False)


def _lies(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block stands on a landscape page; headings go with the table that they head."""
    for block in blocks[index:]:
        if not isinstance(block, Heading | PageBreak):
            return isinstance(block, Table) and block.landscape
    return False


def _paragraph(paragraph: Paragraph) -> Iterator[Strip]:
    indent = 2 * CELL if paragraph.indent else 0.0
    for items in set_lines(
        paragraph.content, Style.FANGSONG, SIZE_3, CORE_WIDTH, tracking=TRACKING, indent=indent
    ):
        yield Strip(LEADING, items, ink=SIZE_3)


def _heading(heading: Heading) -> Iterator[Strip]:
    style = HEADING_STYLES[heading.level]
    content = (Run(heading.number), *runs_of(heading.content))
    outline: tuple[int, str] | None = (heading.level - 1, normalise(heading.text))
    for items in set_lines(content, style, SIZE_3, CORE_WIDTH, tracking=TRACKING, indent=2 * CELL):
        yield Strip(LEADING, items, ink=SIZE_3, keep=True, outline=outline)
        outline = None


def _kept_tail(body: Iterable[Piece], tail: Sequence[Strip]) -> Iterator[Piece]:
    """The body, whose last lines go to the page of what is signed below them."""
    waiting: deque[Piece] = deque()
    for piece in body:
        waiting.append(piece)
        if len(waiting) > (BODY_TAIL if tail else 0):
            yield waiting.popleft()
    for piece in waiting:
        yield replace(piece, keep=True) if isinstance(piece, Strip) else piece
    for index, strip in enumerate(tail):
        yield replace(strip, keep=index < len(tail) - 1)


def _annex_list(annexes: Sequence[Annex]) -> Iterator[Strip]:
    """附件说明: two characters in, numbered, names hung under each other, no end mark (7.3.4)."""
    if annexes:
        yield BLANK
    word = 3 * CELL
    for number, annex in enumerate(annexes, 1):
        mark = f"{number}. " if len(annexes) > 1 else ""
        x = 2 * CELL + word
        hang = x + text_width(mark, Style.FANGSONG, SIZE_3)
        for index, items in enumerate(
            set_lines(annex.title, Style.FANGSONG, SIZE_3, CORE_WIDTH - hang, tracking=TRACKING)
        ):
            lead: list[Item] = []
            if index == 0 and number == 1:
                lead.append(plain(2 * CELL, 0, "附件：", Style.FANGSONG, SIZE_3, tracking=TRACKING))
            if index == 0 and mark:
                lead.append(plain(x, 0, mark, Style.FANGSONG, SIZE_3))
            moved = (replace(item, x=item.x + hang) for item in items)
            yield Strip(LEADING, (*lead, *moved), ink=SIZE_3)


def _signature(document: Document) -> Iterator[Strip]:
    signature = document.signature
    if signature:
        yield BLANK
        if signature.sealed:
            yield BLANK  # the seal's upper edge is within a line of the text (7.3.5.1)
        yield from _signed(signature)
    if document.note:
        note = document.note.strip("（）()")
        yield from (
            replace(strip, items=strip.items) for strip in _paragraph(Paragraph(f"（{note}）"))
        )


def _signed(signature: Signature) -> Iterator[Strip]:
    """署名 and date: with a seal centred over the date, without one by the two-character rule."""
    date = text_width(normalise(signature.date), Style.FANGSONG, SIZE_3)
    names = [text_width(normalise(name), Style.FANGSONG, SIZE_3) for name in signature.offices]
    longest = max(names, default=date)
    if signature.sealed:
        date_x = CORE_WIDTH - 4 * CELL - date
        starts = [min(date_x + (date - wide) / 2, CORE_WIDTH - wide) for wide in names]
    else:
        # 7.3.5.2: a date longer than the name stands two characters in, and moves the name left.
        office_x = CORE_WIDTH - 2 * CELL - (longest if longest >= date else date + 2 * CELL)
        date_x = office_x + 2 * CELL
        starts = [office_x] * len(names)
    for name, x in zip(signature.offices, starts, strict=True):
        yield Strip(LEADING, (plain(max(x, 0), 0, name, Style.FANGSONG, SIZE_3),), ink=SIZE_3)
    yield Strip(LEADING, (plain(date_x, 0, signature.date, Style.FANGSONG, SIZE_3),), ink=SIZE_3)


def _annex(annex: Annex, number: int) -> Iterator[Piece]:
    lying = bool(annex.blocks) and _lies(annex.blocks, 0)
    yield Turn(lying)
    name = f"附件{number}" if number else "附件"
    mark = plain(0, 0, name, Style.HEITI, SIZE_3, tracking=TRACKING)
    yield Strip(LEADING, (mark,), ink=SIZE_3, keep=True, outline=(0, f"{name}　{annex.title}"))
    yield Strip(LEADING, keep=True)
    if not lying:
        yield from title_strips(annex.title)
        yield replace(BLANK, keep=True)
    pieces = _blocks(annex.blocks)
    if lying:
        next(pieces)  # the turn that was made above
    yield from pieces


def _red_head(head: RedHead) -> Strip:
    """版头 as one strip down to the red rule; places are fixed distances (7.2)."""
    items: list[Item] = []
    marks = [mark for mark in (head.copy_number, head.secrecy, head.urgency) if mark]
    for index, mark in enumerate(marks):
        items.append(plain(0, index * LEADING, mark, Style.HEITI, SIZE_3))
    authority = normalise(head.authority)
    size = min(46.0, 46.0 * 0.96 * CORE_WIDTH / text_width(authority, Style.XIAOBIAOSONG, 46.0))
    wide = text_width(authority, Style.XIAOBIAOSONG, size)
    top = 35 * MM
    items.append(plain((CORE_WIDTH - wide) / 2, top, authority, Style.XIAOBIAOSONG, size, red=True))
    y = top + size + 2 * LEADING
    number = text_width(normalise(head.number), Style.FANGSONG, SIZE_3)
    if head.signer:
        label = text_width("签发人：", Style.FANGSONG, SIZE_3)
        name = text_width(normalise(head.signer), Style.KAITI, SIZE_3)
        x = CORE_WIDTH - CELL - name - label
        items.append(plain(CELL, y, head.number, Style.FANGSONG, SIZE_3))
        items.append(plain(x, y, "签发人：", Style.FANGSONG, SIZE_3))
        items.append(plain(x + label, y, head.signer, Style.KAITI, SIZE_3))
    else:
        items.append(plain((CORE_WIDTH - number) / 2, y, head.number, Style.FANGSONG, SIZE_3))
    rule = y + SIZE_3 + 4 * MM
    items.append(Rule(0, rule, CORE_WIDTH, rule, HEAVY, red=True))
    return Strip(rule, tuple(items), keep=True)


def _imprint(imprint: Imprint) -> Strip:
    """版记: 抄送 and 印发 between rules, one character in on both sides (7.4)."""
    pitch, inset = 25.0, SIZE_4
    items: list[Item] = [Rule(0, 0, CORE_WIDTH, 0, HEAVY)]
    y = 0.0
    if imprint.copy_to:
        word = text_width("抄送：", Style.FANGSONG, SIZE_4)
        items.append(plain(inset, y + 5, "抄送：", Style.FANGSONG, SIZE_4))
        names = imprint.copy_to.removeprefix("抄送：").rstrip("。") + "。"
        for line in set_lines(names, Style.FANGSONG, SIZE_4, CORE_WIDTH - 2 * inset - word):
            items += [lowered(replace(item, x=item.x + inset + word), y + 5) for item in line]
            y += pitch
        items.append(Rule(0, y, CORE_WIDTH, y, LIGHT))
    date = imprint.date.removesuffix("印发") + "印发"
    wide = text_width(normalise(date), Style.FANGSONG, SIZE_4)
    items.append(plain(inset, y + 5, imprint.office, Style.FANGSONG, SIZE_4))
    items.append(plain(CORE_WIDTH - inset - wide, y + 5, date, Style.FANGSONG, SIZE_4))
    y += pitch
    items.append(Rule(0, y, CORE_WIDTH, y, HEAVY))
    return Strip(y, tuple(items))
