"""The language of summary templates: a text with slots and passages that may fall away.

    # 标题                   the title; ## ### #### are headings, numbered 一、 （一） 1. for you
    {lecture_sessions}       a slot: a figure or a word such as {office}; the unit is plain text
    {lecture_by_theme|场次}  a figure by classes: 甲主题3场次、乙主题2场次
    {suggestions:余}         93 reads 90余; 90 and 9 stay
    {trips:上期}             the same figure of 上期, 上年同期 or 本年累计; 环比 and 同比 say in
                             words how it differs from the first two; {trips:上期:余} is both
    [[，其中……{x}件]]        falls away when a slot directly inside is blank or zero; nestable

An empty line ends a paragraph. There is nothing else, above all no code: a county edits templates
itself, and a form that runs what it finds in a text is a hole. Numbers that are not there never
appear as a blank, None or 0: an open slot outside a passage is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.core.errors import PaperProblem
from desktop.reports.document import Block, Document, Heading, Paragraph, Run
from desktop.reports.seams import Seam, mended

Number = int | float | Decimal
Value = Number | str | Mapping[str, Number | None] | None

TOKEN = re.compile(r"\[\[|\]\]|\{([^{}\[\]\n]*)\}|[{}]")
SLOT = re.compile(r"([A-Za-z_][A-Za-z0-9_.]*)((?:[:\uff1a][^:\uff1a|]*)*)(?:\|([^|]*))?")
BEFORE, YEAR_BEFORE, YEAR_SO_FAR = "上期", "上年同期", "本年累计"
AGAINST_BEFORE, AGAINST_YEAR_BEFORE = "环比", "同比"
COMPARED = (BEFORE, YEAR_BEFORE, YEAR_SO_FAR, AGAINST_BEFORE, AGAINST_YEAR_BEFORE)
ROUNDED = "余"
MARKS = re.compile(r"(#+)[ \u3000]+")
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Slot:
    """A place for a figure or a word.

    `unit` follows each class of a figure by classes; `of` says which other period's figure is
    meant, `rounded` that 93 reads 90余.
    """

    name: str
    unit: str
    line: int
    of: str = ""
    rounded: bool = False

    @property
    def key(self) -> str:
        """What its value is called among the figures: trips, or trips:上期."""
        return f"{self.name}:{self.of}" if self.of else self.name


@dataclass(frozen=True)
class Passage:
    """Text that falls away as a whole."""

    parts: tuple[Part, ...]


Part = str | Slot | Passage
Piece = str | Run | Seam  # text of the template, text of a value, a place to mend
Line = list[Piece]


def fill(template: str, figures: Mapping[str, Value], words: Mapping[str, str]) -> Document:
    """The document that a template makes of these figures and words.

    Raises:
        PaperProblem: a slot is still open, or the template itself is wrong; says where.
    """
    parts = parse(template)
    open_slots = [slot for slot in _outer_slots(parts) if _blank(_value(slot, figures, words))]
    if open_slots:
        names = "、".join(
            dict.fromkeys(f"{{{slot.key}}}（第{slot.line}行）" for slot in open_slots)
        )
        raise PaperProblem(
            f"材料里还有空着没填的地方：{names}。请补全数据，或把这一处放进可省略的段落。"
        )
    title, blocks = _blocks(_filled(parts, figures, words))
    return Document(title=title, blocks=tuple(_numbered(_with_content(blocks))))


def used_figures(template: str) -> list[str]:
    """The names of all slots, figures and words, in the order of their first use."""
    return list(dict.fromkeys(slot.name for slot in _all_slots(parse(template))))


def slots(template: str) -> list[Slot]:
    """All slots of a template."""
    return list(_all_slots(parse(template)))


def check(template: str, units: Mapping[str, str], words: Iterable[str]) -> None:
    """Refuse slots that no figure or word fills, and 人 where the figure counts 人次.

    `units` are the measure words of all figures.

    Raises:
        PaperProblem: names the line.
    """
    text = template.removeprefix("\ufeff").replace("\r\n", "\n")
    known = set(words)
    found = iter(slots(template))
    for match in TOKEN.finditer(text):
        if match[0] in ("[[", "]]"):
            continue
        slot = next(found)
        unit = units.get(slot.name)
        if unit is None and slot.name not in known:
            raise PaperProblem(
                f"模板第{slot.line}行的{match[0]}不是指标也不是词语，没有数可填。模板没有改动，请改正。"
            )
        said = slot.unit or text[match.end() :]
        wrong = _wrong_unit(unit or "", said)
        if wrong and slot.of not in (AGAINST_BEFORE, AGAINST_YEAR_BEFORE):
            raise PaperProblem(
                f"模板第{slot.line}行的{match[0]}是{unit}数，后面不能写“{wrong}”。"
                "模板没有改动，请改正。"
            )


def _wrong_unit(unit: str, said: str) -> str:
    """The measure word that was written though it is another one; people are no 人次."""
    if unit == "人次":
        found = re.match(r"人(?!次)|名|位", said)
        return found[0] if found else ""
    return "人次" if unit in ("人", "名") and said.startswith("人次") else ""


def parse(template: str) -> tuple[Part, ...]:
    """The template as text, slots and passages.

    Raises:
        PaperProblem: a bracket is not closed, or a slot has no proper name.
    """
    text = template.removeprefix("\ufeff").replace("\r\n", "\n")
    stack: list[list[Part]] = [[]]
    opened: list[int] = []
    place = 0
    for match in TOKEN.finditer(text):
        if match.start() > place:
            stack[-1].append(text[place : match.start()])
        place = match.end()
        line = text.count("\n", 0, match.start()) + 1
        if match[0] == "[[":
            stack.append([])
            opened.append(line)
        elif match[0] == "]]":
            if not opened:
                raise PaperProblem(f"模板第{line}行的“]]”前面没有“[[”。模板没有改动，请补上。")
            opened.pop()
            passage = Passage(tuple(stack.pop()))
            stack[-1].append(passage)
        else:
            stack[-1].append(_slot(match[1], line))
    if opened:
        raise PaperProblem(f"模板第{opened[-1]}行的“[[”后面没有“]]”。模板没有改动，请补上。")
    stack[0].append(text[place:])
    return tuple(part for part in stack[0] if part != "")


def _slot(inside: str | None, line: int) -> Slot:
    match = SLOT.fullmatch(inside.strip()) if inside is not None else None
    if match is None:
        shown = "{" + inside + "}" if inside is not None else "花括号"
        raise PaperProblem(
            f"模板第{line}行的{shown}写得不对：花括号要成对，里面只能是指标或词语的代号。模板没有改动。"
        )
    of, rounded = "", False
    for one in filter(None, re.split("[:\uff1a]", match[2])):
        if one.strip() == ROUNDED:
            rounded = True
        elif one.strip() in COMPARED and not of:
            of = one.strip()
        else:
            raise PaperProblem(
                f"模板第{line}行的{{{inside}}}里的“{one.strip()}”看不懂：冒号后面只能写"
                f"{'、'.join((*COMPARED, ROUNDED))}。模板没有改动。"
            )
    return Slot(match[1], match[3] or "", line, of, rounded)


def _outer_slots(parts: Sequence[Part]) -> Iterator[Slot]:
    return (part for part in parts if isinstance(part, Slot))


def _all_slots(parts: Sequence[Part]) -> Iterator[Slot]:
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Passage):
            yield from _all_slots(part.parts)


def _value(slot: Slot, figures: Mapping[str, Value], words: Mapping[str, str]) -> Value:
    value = figures.get(slot.key)
    return words.get(slot.key) if value is None else value


def _blank(value: Value) -> bool:
    if isinstance(value, Mapping):
        return not any(value.values())
    return value is None or (isinstance(value, str) and not value.strip())


def _falls(passage: Passage, figures: Mapping[str, Value], words: Mapping[str, str]) -> bool:
    """Whether a passage falls away; one that only holds passages falls when all of them do."""
    slots = list(_outer_slots(passage.parts))
    if any(
        _blank(value) or value == 0 for value in (_value(slot, figures, words) for slot in slots)
    ):
        return True
    inner = [part for part in passage.parts if isinstance(part, Passage)]
    return not slots and bool(inner) and all(_falls(part, figures, words) for part in inner)


def _filled(
    parts: Sequence[Part], figures: Mapping[str, Value], words: Mapping[str, str]
) -> Iterator[Piece]:
    """Pieces in order; a seam marks where a passage fell and where a word came in."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Passage):
            if _falls(part, figures, words):
                yield Seam()
            else:
                yield from _filled(part.parts, figures, words)
        elif figures.get(part.key) is not None:
            yield Run(_printed(figures[part.key], part), figure=part.key)
        else:
            yield Seam()
            yield from _word(words[part.name])
            yield Seam()


def _word(word: str) -> Iterator[Piece]:
    """A word as it was written; its line feeds end paragraphs, and it can't make headings."""
    for index, line in enumerate(part for part in word.splitlines() if part.strip()):
        if index:
            yield Seam(paragraph=True)
        yield Run(line.strip())


def _printed(value: Value, slot: Slot) -> str:
    if isinstance(value, Mapping):
        shown = [f"{name}{_number(count)}{slot.unit}" for name, count in value.items() if count]
        return "、".join(shown)
    if slot.rounded and isinstance(value, int):
        return about(value)
    return value if isinstance(value, str) else _number(value)


def about(number: int) -> str:
    """93 as 90余; whole tens and numbers below ten are said exactly."""
    return str(number) if number < 10 or number % 10 == 0 else f"{number // 10 * 10}{ROUNDED}"


def _number(value: Number | None) -> str:
    """Arabic digits without thousands marks (GB/T 15835-2011), no tail of zeros."""
    if isinstance(value, int):
        return str(value)
    exact = Decimal(str(value))
    return f"{exact.normalize():f}"


def _blocks(pieces: Iterable[Piece]) -> tuple[str, list[Block]]:
    """Title and blocks of filled pieces, with punctuation mended at the seams."""
    title = ""
    blocks: list[Block] = []
    for level, part in _paragraphs(pieces):
        runs = mended(part, ending="" if level else "。")
        text = "".join(run.text for run in runs)
        if not text:
            continue
        if level == 1:
            if title:
                raise PaperProblem(f"模板里有两个标题：“{title}”和“{text}”。只能有一行以“# ”开头。")
            title = text
        elif level:
            blocks.append(Heading(level - 1, runs))
        else:
            blocks.append(Paragraph(runs))
    return title, blocks


def _paragraphs(pieces: Iterable[Piece]) -> Iterator[tuple[int, list[Run | Seam]]]:
    """The number of heading marks (0 for a paragraph) and the pieces of each block."""
    current: list[Run | Seam] = []
    for line in _lines(pieces):
        first = next((piece for piece in line if not isinstance(piece, Seam)), "")
        marks = MARKS.match(first) if isinstance(first, str) else None
        if marks or not line:
            yield 0, current
            current = []
        if marks:
            if len(marks[1]) > 4:
                raise PaperProblem(f"模板里的“{first}”多于四个#，没有这一级标题。模板没有改动。")
            yield len(marks[1]), list(_as_runs(line, marks.end()))
            continue
        for piece in _as_runs(line, 0):
            if isinstance(piece, Seam) and piece.paragraph:
                yield 0, current
                current = []
            else:
                current.append(piece)
    yield 0, current


def _lines(pieces: Iterable[Piece]) -> Iterator[Line]:
    """The lines of the template, without blanks at their ends; an empty line has no pieces."""
    line: Line = []
    for piece in pieces:
        if not isinstance(piece, str):
            line.append(piece)
            continue
        for index, part in enumerate(piece.split("\n")):
            if index:
                yield _trimmed(line)
                line = []
            if part:
                line.append(part)
    yield _trimmed(line)


def _trimmed(line: Line) -> Line:
    kept = list(line)
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip()
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip()
    return [piece for piece in kept if piece != ""]


def _as_runs(line: Line, skipped: int) -> Iterator[Run | Seam]:
    """The line without its heading marks, which are the start of its first text."""
    for piece in line:
        if isinstance(piece, str):
            yield Run(piece[skipped:])
            skipped = 0
        else:
            yield piece


def _with_content(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without headings that nothing follows before the next heading of their level."""
    kept: list[Block] = []
    level = 0  # of the heading that follows, 0 at the end of the document, 9 if text follows
    for block in reversed(blocks):
        if not isinstance(block, Heading):
            level = 9
        elif level > block.level:
            level = block.level
        else:
            continue
        kept.append(block)
    return kept[::-1]


def _numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """Headings with the numbers 一、 （一） 1. （1） of those that are left."""
    counts = [0] * 4
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            yield replace(block, number=heading_number(block.level, counts[block.level - 1]))
        else:
            yield block


def heading_number(level: int, number: int) -> str:
    """The number of a heading as GB/T 9704-2012, 7.3.3 wants it."""
    if level == 1:
        return f"{chinese(number)}、"
    if level == 2:
        return f"（{chinese(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return front + (DIGITS[ones] if ones else "")
