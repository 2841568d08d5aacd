"""A list as it is on the screen, as an Excel table or on paper: its columns, filter and order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core.fields import Day
from desktop.core.periods import day_words
from desktop.core.progress import Progress
from desktop.gui.filters import Filters
from desktop.gui.list_model import read_rows
from desktop.gui.list_source import ListSource, paths_of
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger

if TYPE_CHECKING:
    from array import array

BLOCK = 500

Order = tuple[tuple[str, bool], ...]


def filter_words(source: ListSource, filters: Filters) -> str:
    """What was left out, in words for the head of a print."""
    said = [] if filters.period.whole or not source.of.dated_by else [filters.period.words]
    said += [c.words for c in filters.chosen]
    if filters.words:
        said.append(tr("含“{0}”").format(filters.words))
    return "；".join(said)


def write_xlsx(
    ledger: Ledger,
    source: ListSource,
    filters: Filters,
    order: Order,
    path: Path,
    progress: Progress,
) -> int:
    """Write what is shown as an Excel table; returns how many rows."""
    from desktop.sheets.write import SheetColumn, write_table

    days = {p for p, f, _ in paths_of(source.of) if isinstance(f.kind, Day)}
    kinds = [
        "number" if c.right else "day" if c.name in days else "long" if c.width > _LONG else "text"
        for c in source.columns
    ]
    numbers = ledger.row_numbers(filters.query(ledger, source, order, -1))
    rows = (
        [_value(kind, text) for kind, text in zip(kinds, words, strict=True)]
        for words in _rows(ledger, source, numbers, progress)
    )
    heads = [SheetColumn(c.title, kind) for c, kind in zip(source.columns, kinds, strict=True)]
    said = filter_words(source, filters)
    notes = [tr("填报单位：{0}").format(ledger.office.name)]
    notes += [tr("范围：{0}").format(said)] if said else []
    title = tr("{0}台账").format(tr(source.of.label))
    return write_table(path, heads, rows, title=title, notes=notes, progress=progress)


def write_pdf(
    ledger: Ledger,
    source: ListSource,
    filters: Filters,
    order: Order,
    path: Path,
    progress: Progress,
) -> int:
    """Print what is shown; returns the number of pages."""
    from desktop.reports.document import Align, Column
    from desktop.reports.listing import write_listing

    numbers = ledger.row_numbers(filters.query(ledger, source, order, -1))
    columns = [Column(tr("序号"), 3.0)]
    columns += [
        Column(c.title, float(max(c.width, 4)), Align.RIGHT if c.right else Align.LEFT)
        for c in source.columns
    ]
    said = [ledger.office.name, day_words(ledger.now().date())]
    said += filter(None, [filter_words(source, filters)])
    said.append(tr("共 {0} 条").format(f"{len(numbers):,}"))
    made = write_listing(
        tr("{0}台账").format(tr(source.of.label)),
        columns,
        ([str(n), *words] for n, words in enumerate(_rows(ledger, source, numbers, None), 1)),
        path,
        progress,
        subtitle="　".join(said),
        author=ledger.office.name,
        total=len(numbers),
    )
    return made.pages


def _rows(
    ledger: Ledger, source: ListSource, numbers: array[int], progress: Progress | None
) -> Iterator[Sequence[str]]:
    for at in range(0, len(numbers), BLOCK):
        if progress is not None:
            progress.step(at, len(numbers))
        some = numbers[at : at + BLOCK]
        found = read_rows(ledger, source, some)
        yield from (found[n][1] for n in some if n in found)


def _value(kind: str, text: str) -> Any:
    try:
        if kind == "number":
            return int(text.replace(",", "")) if text else None
        if kind == "day":
            return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        pass
    return text


_LONG = 12  # Hanzi: wider columns wrap
