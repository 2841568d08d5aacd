"""What a list shows: columns, the question behind it, and where the words of its rows come from."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.core.fields import Choice, Field, Integer, Link, Named, NamedList, YesNo
from desktop.core.record import RecordType
from desktop.gui import cells
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.work import lists

OFFICE = "office"

Words = Mapping[str, Sequence[str]]  # id -> one text a column


@dataclass(frozen=True)
class Column:
    """One column: its title, width in Hanzi, and the path it is sorted by ('' for none)."""

    title: str
    width: int
    grows: bool = False  # takes a share of the room that is left
    right: bool = False
    sort: str = ""


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
        doubts: id -> what a person should look at; runs on the reader thread.
        doubtful: the ids of all records that somebody should look at.
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
    doubts: Callable[[Ledger, list[str]], dict[str, str]] | None = None
    doubtful: Callable[[Ledger], list[str]] | None = None

    @property
    def query(self) -> Query:
        """The question without filters, in its usual order."""
        query = self.where or Query(self.of)
        return dataclasses.replace(query, order=self.order)


def source_of(of: RecordType) -> ListSource:
    """The list of any record type, from its declaration: the fields that it wants in lists."""
    fields = tuple(f for f in of.fields if f.in_list) or tuple(map(of.field, of.headline))
    filters = tuple(f.name for f in fields if isinstance(f.kind, Choice | YesNo | Named))
    return ListSource(
        of=of,
        columns=tuple(map(_column, fields)),
        words=lambda ledger, ids: _shown(ledger, of, fields, ids),
        order=((of.dated_by, True),) if of.dated_by else ((fields[0].name, False),),
        filters=filters[:3],
        stale=frozenset((of.name,)),
        holding=lambda ledger, words: lists.holding(ledger, of, words),
        doubts=lambda ledger, ids: lists.doubts(ledger, of, ids),
    )


def with_offices(source: ListSource) -> ListSource:
    """The same list in a county's ledger: whose each record is, and a filter by office."""
    of, inner = source.of, source.words

    def words(ledger: Ledger, ids: list[str]) -> Words:
        names = lists.office_names(ledger, of, ids)
        found = inner(ledger, ids)
        return {one: (row[0], names.get(one, ""), *row[1:]) for one, row in found.items()}

    column = Column(tr("单位"), 6, sort=OFFICE)
    return dataclasses.replace(
        source,
        columns=(source.columns[0], column, *source.columns[1:]),
        words=words,
        filters=(OFFICE, *source.filters),
    )


def _shown(ledger: Ledger, of: RecordType, fields: tuple[Field, ...], ids: list[str]) -> Words:
    plain = lists.words_of(ledger, of, fields, ids)
    return {
        one: tuple(cells.shown(f, text) for f, text in zip(fields, words, strict=True))
        for one, words in plain.items()
    }


def _column(one: Field) -> Column:
    width = cells.width(one.kind)
    return Column(
        title=tr(one.label),
        width=width.hanzi,
        grows=width.grows,
        right=isinstance(one.kind, Integer),
        # Sorting by an id would look like no order at all.
        sort="" if isinstance(one.kind, Named | NamedList | Link) else one.name,
    )
