"""Sets text into lines: runs of styled text, broken and justified, as items from x = 0, y = 0."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.reports.document import Align, Content, Run, Style, runs_of
from desktop.reports.fonts import normalise, width
from desktop.reports.lines import Line, break_lines
from desktop.reports.paper import ASCENT, Text


def natural(text: str, style: Style, size: float, tracking: float = 0.0) -> list[float]:
    """How far each character moves the pen before lines are justified."""
    return [width(style, character) * size + tracking for character in text]


def text_width(text: str, style: Style, size: float, tracking: float = 0.0) -> float:
    """The width of a text on one line."""
    return sum(natural(text, style, size, tracking))


def plain(
    x: float,
    y: float,
    text: str,
    style: Style,
    size: float,
    *,
    red: bool = False,
    tracking: float = 0.0,
) -> Text:
    """A text on one line whose em square starts at `y`."""
    text = normalise(text)
    extras = (tracking,) * len(text) if tracking else None
    wide = text_width(text, style, size, tracking)
    return Text(x, y + ASCENT * size, text, style, size, extras, width=wide, red=red)


def set_lines(
    content: Content,
    style: Style,
    size: float,
    measure: float,
    *,
    tracking: float = 0.0,
    indent: float = 0.0,
    justify: bool = True,
    align: Align = Align.LEFT,
) -> Iterator[tuple[Text, ...]]:
    """The lines of a content; each is a few texts on the baseline of a line from y = 0."""
    for runs in _split_at_feeds(runs_of(content)):
        text = "".join(run.text for run in runs)
        styles = [run.style or style for run in runs for _ in run.text]
        ems = [width(own, character) * size for own, character in zip(styles, text, strict=True)]
        widths = [em + tracking for em in ems] if tracking else ems
        if not text:
            yield ()
        for line in break_lines(text, widths, measure, indent, justify):
            yield _texts(line, runs, style, size, ems, _start(line, measure, indent, align))


def _start(line: Line, measure: float, indent: float, align: Align) -> float:
    spare = measure - sum(line.advances)
    if align is Align.RIGHT:
        return max(spare, 0.0)
    if align is Align.CENTER:
        return max(spare / 2, 0.0)
    return indent if line.start == 0 else 0.0


def _texts(
    line: Line, runs: tuple[Run, ...], style: Style, size: float, ems: list[float], x: float
) -> tuple[Text, ...]:
    found: list[Text] = []
    place = 0
    for run in runs:
        start, end = max(place, line.start), min(place + len(run.text), line.end)
        if start < end:
            advances = line.advances[start - line.start : end - line.start]
            extras = tuple(wide - em for wide, em in zip(advances, ems[start:end], strict=True))
            total = sum(advances)
            found.append(
                Text(
                    x,
                    ASCENT * size,
                    run.text[start - place : end - place],
                    run.style or style,
                    size,
                    extras if any(abs(extra) > 0.0005 for extra in extras) else None,
                    width=total,
                    figure=run.figure,
                )
            )
            x += total
        place += len(run.text)
    return tuple(found)


def _split_at_feeds(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """The runs of each part between line feeds, normalised and without outer blanks."""
    current: list[Run] = []
    for run in runs:
        for index, part in enumerate(normalise(run.text).split("\n")):
            if index:
                yield _stripped(current)
                current = []
            if part:
                current.append(Run(part, run.figure, run.style))
    yield _stripped(current)


def _stripped(runs: list[Run]) -> tuple[Run, ...]:
    """Without leading blanks: the indent is the layout's, whatever a clerk typed to get one."""
    kept = list(runs)
    while kept:
        text = kept[0].text.lstrip(" \u3000")
        if text:
            kept[0] = Run(text, kept[0].figure, kept[0].style)
            break
        del kept[0]
    return tuple(kept)
