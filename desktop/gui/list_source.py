"""What a list shows: columns, the question behind it, and where the words of its rows come from."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.core.fields import Choice, Field, Integer, Link, Named, YesNo
from desktop.core.record import RecordType
from desktop.gui import cells
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import RECORD_TYPES
from desktop.work import lists

OFFICE = "office"

PARTS = "parts"  # stands for a path where a list is narrowed to records that have parts of a type
REMOVED = "removed"

Sum = tuple[str, tuple[str, ...]]
Words = Mapping[str, Sequence[str]]  # id -> one text a column


@dataclass(frozen=True)
class Column:
    """One column: its title, width in Hanzi, and the path it is sorted by ('' for none).

    `name` is what a person's choice of columns is kept by: the path of a field, or a name that the
    list's own words give it.
    """

    title: str
    width: int
    grows: bool = False  # takes a share of the room that is left
    right: bool = False
    sort: str = ""
    name: str = ""


@dataclass(frozen=True)
class ListSource:
    """A list of records of one type.

    Attributes:
        of: what is listed.
        columns: what is shown of it.
        words: the words of some rows; runs on the reader thread.
        order: what comes first while nobody sorted: (path, descending).
        filters: paths of fields by whose values the list may be narrowed.
        parts: types of parts by which it may be narrowed too, with the words for each.
        stale: types whose changes make the list look again.
        holding: the ids that hold some words; runs on the reader thread.
        summary: what the rows add up to: words, and the types of parts that they are about; runs
            on the thread for late answers.
        narrow: what is asked of every row of this list; runs on the reader thread.
        doubts: id -> what a person should look at; runs on the reader thread.
        doubtful: the ids of all records that somebody should look at.
    """

    of: RecordType
    columns: tuple[Column, ...]
    words: Callable[[Ledger, list[str]], Words]
    order: tuple[tuple[str, bool], ...] = ()
    filters: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    stale: frozenset[str] = frozenset()
    holding: Callable[[Ledger, str], list[str]] | None = None
    summary: Callable[[Ledger, list[str]], list[Sum]] | None = None
    narrow: Callable[[Ledger], tuple[Condition, ...]] | None = None
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
        columns=tuple(_column(f, f.name) for f in fields),
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

    column = Column(tr("单位"), 6, sort=OFFICE, name=OFFICE)
    return dataclasses.replace(
        source,
        columns=(source.columns[0], column, *source.columns[1:]),
        words=words,
        filters=(OFFICE, *source.filters),
    )


# ---- the fields along a record's paths ---------------------------------------------------------


def paths_of(of: RecordType) -> list[tuple[str, Field, str]]:
    """(path, field, words) of every field that a list may show or be narrowed by.

    A record's own fields first, then those of what it is a part of: 带队领导（活动）.
    """
    found = [("number", of.field("number"), tr(of.field("number").label))]
    found += [(f.name, f, tr(f.label)) for f in of.fields if not _is_parent(f)]
    steps, above = "", of.parent
    while above is not None and isinstance(above.kind, Link):
        steps = f"{steps}{above.name}."
        whole = RECORD_TYPES[above.kind.target]
        words = tr("{0}（{1}）")
        found += [
            (steps + f.name, f, words.format(tr(f.label), tr(whole.label)))
            for f in whole.fields
            if not _is_parent(f) and (f.in_list or isinstance(f.kind, Choice))
        ]
        above = whole.parent
    return found


def _is_parent(one: Field) -> bool:
    return isinstance(one.kind, Link) and one.kind.parent


def offered(source: ListSource) -> list[Column]:
    """Every column that a person may choose: the list's own, then all fields."""
    own = {c.name for c in source.columns}
    more = [
        dataclasses.replace(_column(f, path), title=words)
        for path, f, words in paths_of(source.of)
        if path not in own
    ]
    return [*source.columns, *more]


def showing(source: ListSource, names: Sequence[str]) -> ListSource:
    """The list with the columns of those names, in that order; as it is if none of them exists."""
    known = {c.name: c for c in offered(source)}
    columns = tuple(known[n] for n in dict.fromkeys(names) if n in known)
    if not columns:
        return source
    own = {c.name: at for at, c in enumerate(source.columns)}
    paths = [c.name for c in columns if c.name not in own]
    kinds = {path: f for path, f, _ in paths_of(source.of)}
    of, inner = source.of, source.words

    def words(ledger: Ledger, ids: list[str]) -> Words:
        base = inner(ledger, ids)
        extra = lists.words_along(ledger, of, paths, ids) if paths else {}
        found = {}
        for one, row in base.items():
            added = dict(zip(paths, extra.get(one, ("",) * len(paths)), strict=True))
            found[one] = tuple(
                row[own[c.name]] if c.name in own else cells.shown(kinds[c.name], added[c.name])
                for c in columns
            )
        return found

    return dataclasses.replace(source, columns=columns, words=words)


def voided(source: ListSource) -> ListSource:
    """The recycle bin of a list: its void records, with the reason, by whom and when."""
    inner, of = source.words, source.of

    def words(ledger: Ledger, ids: list[str]) -> Words:
        who = lists.removals(ledger, ids)
        why = lists.words_along(ledger, of, [REMOVED], ids)
        return {
            one: (*row, why[one][0], who.get(one, ("", ""))[0], who.get(one, ("", ""))[1][:10])
            for one, row in inner(ledger, ids).items()
        }

    columns = (
        Column(tr("作废原因"), 8, grows=True, sort=REMOVED, name=REMOVED),
        Column(tr("谁作废的"), 6, name="removed by"),
        Column(tr("作废日期"), 7, name="removed at"),
    )
    where = dataclasses.replace(source.query, removed=True)
    return dataclasses.replace(
        source, columns=(*source.columns, *columns), words=words, where=where, summary=None
    )


def _shown(ledger: Ledger, of: RecordType, fields: tuple[Field, ...], ids: list[str]) -> Words:
    plain = lists.words_of(ledger, of, fields, ids)
    return {
        one: tuple(cells.shown(f, text) for f, text in zip(fields, words, strict=True))
        for one, words in plain.items()
    }


def _column(one: Field, path: str) -> Column:
    width = cells.width(one.kind)
    return Column(
        title=tr(one.label),
        width=width.hanzi,
        grows=width.grows,
        right=isinstance(one.kind, Integer),
        sort=path,
        name=path,
    )
