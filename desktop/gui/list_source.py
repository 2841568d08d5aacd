"""What a list shows: columns, the question behind it, and where the words of its rows come from."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.core.fields import (
    Choice,
    Choices,
    Clock,
    Day,
    Field,
    Integer,
    Kind,
    Link,
    LongText,
    Named,
    NamedList,
    YesNo,
)
from desktop.core.record import RecordType
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.work import lists

Words = Mapping[str, Sequence[str]]  # id -> one text a column

# Widths in Hanzi, by kind; 0 shares what is left.
_WIDTHS: dict[type[Kind], int] = {
    Day: 6,
    Clock: 4,
    Integer: 4,
    YesNo: 4,
    Choice: 8,
    Choices: 8,
    Named: 9,
    NamedList: 10,
    Link: 10,
    LongText: 0,
}
_TEXT_WIDTH = 9


@dataclass(frozen=True)
class Column:
    """One column: its title, width in Hanzi (0: shares the rest), and the path it is sorted by."""

    title: str
    width: int
    sort: str = ""
    right: bool = False


@dataclass(frozen=True)
class ListSource:
    """A list of records of one type.

    Attributes:
        of: what is listed.
        columns: what is shown of it.
        words: the words of some rows; runs on the reader thread.
        order: what comes first while nobody sorted: (path, descending).
        filters: fields by whose values the list may be narrowed.
        stale: types whose changes make the list look again.
        holding: the ids that hold some words; runs on the reader thread.
        summary: what the rows add up to, in words; runs on the reader thread.
    """

    of: RecordType
    columns: tuple[Column, ...]
    words: Callable[[Ledger, list[str]], Words]
    order: tuple[tuple[str, bool], ...] = ()
    filters: tuple[str, ...] = ()
    stale: frozenset[str] = frozenset()
    holding: Callable[[Ledger, str], list[str]] | None = None
    summary: Callable[[Ledger, list[str]], str] | None = None
    where: Query | None = field(default=None)

    @property
    def query(self) -> Query:
        """The question without filters, in its usual order."""
        query = self.where or Query(self.of)
        return dataclasses.replace(query, order=self.order)


def source_of(of: RecordType) -> ListSource:
    """The list of any record type, from its declaration: the fields that it wants in lists."""
    fields = tuple(f for f in of.fields if f.in_list)
    dated = tuple((of.dated_by, True) for _ in range(1) if of.dated_by)
    inner = tuple(_column(of, f) for f in fields)
    if not any(c.width == 0 for c in inner):
        inner = _with_rest(inner)
    filters = tuple(f.name for f in fields if isinstance(f.kind, Choice | YesNo | Named))
    return ListSource(
        of=of,
        columns=inner,
        words=lambda ledger, ids: lists.words_of(ledger, of, fields, ids),
        order=dated or ((fields[0].name, False),),
        filters=filters[:3],
        stale=frozenset((of.name,)),
        holding=lambda ledger, words: lists.holding(ledger, of, words),
    )


def _column(of: RecordType, one: Field) -> Column:
    width = _WIDTHS.get(type(one.kind), _TEXT_WIDTH)
    if one.name in of.headline and not isinstance(one.kind, Day | Choice | Named):
        width = 0
    # Sorting by an id would look like no order at all.
    sort = "" if isinstance(one.kind, Named | NamedList | Link) else one.name
    return Column(tr(one.label), width, sort, isinstance(one.kind, Integer))


def _with_rest(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    widest = max(range(len(columns)), key=lambda i: columns[i].width)
    return tuple(
        dataclasses.replace(c, width=0) if i == widest else c for i, c in enumerate(columns)
    )
