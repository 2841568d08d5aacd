"""Records as rows for the command line and for lists on paper and in Excel; citizens masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop.core.errors import WrongUsage
from desktop.core.fields import Day, Field, IdNumber, Integer, LongText, PersonName, Phone, YesNo
from desktop.core.names import mask_id, mask_name, mask_phone, mask_words
from desktop.core.periods import day_words
from desktop.core.progress import Progress, Silent
from desktop.core.record import Record, RecordType
from desktop.figures.naming import figure_words
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records.declared_count import DeclaredCount
from desktop.work.registers import offices

BLOCK = 500


def type_named(ledger: Ledger, name: str) -> RecordType:
    """The record type of that name.

    Raises:
        WrongUsage: there is none.
    """
    if name not in ledger.types:
        raise WrongUsage(f"没有叫「{name}」的记录类型。用 sixia --types 看全部。")
    return ledger.types[name]


def record_rows(ledger: Ledger, of: RecordType, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Records as {"id", "type", "office", "number", "title", fields…}, in the order of the ids.

    Numbers and yes/no stay values, days are ISO, links are words; names, phones and ID numbers of
    citizens are masked.
    """
    names = offices(ledger)
    wanted = list(ids)
    for at in range(0, len(wanted), BLOCK):
        some = wanted[at : at + BLOCK]
        titles = ledger.titles.of(some)
        for record in ledger.fetch(of.cls, some):
            texts = masked_texts(ledger, record)
            row: dict[str, Any] = {
                "id": record.id,
                "type": of.name,
                "office": names.get(record.office, record.office),
                "number": record.number,
                "title": titles.get(record.id, ""),
            }
            if record.marks:
                row["marks"] = dict(record.marks)
            for field in of.fields:
                plain = isinstance(field.kind, Integer | YesNo | Day)
                value = field.kind.stored(getattr(record, field.name)) if plain else None
                if isinstance(field.kind, YesNo):
                    value = getattr(record, field.name)
                row[field.name] = value if plain else texts[field.name]
            yield row


def masked_texts(ledger: Ledger, record: Record) -> dict[str, str]:
    """Field name -> words as lists, prints and exports show them."""
    texts = ledger.texts(record)
    if isinstance(record, DeclaredCount):  # a figure is kept by its id, and read by its name
        texts["figure"] = figure_words(record.figure)
    return {f.name: masked(f, texts[f.name]) for f in record.type.columns}


def masked(field: Field, text: str) -> str:
    """The words of one field, masked if they are a citizen's."""
    if isinstance(field.kind, PersonName):
        return mask_name(text)
    if isinstance(field.kind, Phone):
        return mask_phone(text)
    if isinstance(field.kind, IdNumber):
        return mask_id(text)
    if isinstance(field.kind, LongText):
        return mask_words(text)
    return text


def list_query(
    ledger: Ledger, of: RecordType, conditions: Iterable[str], period: tuple[Any, Any] | None
) -> Query:
    """The query of `sixia list`: FIELD=VALUE conditions and a period."""
    query = Query(of)
    for one in conditions:
        name, sign, value = one.partition("=")
        if not sign or name not in of.by_name:
            known = "、".join(f.name for f in of.columns)
            raise WrongUsage(f"「{one}」应写成 字段=值；{of.label}的字段有：{known}。")
        query = query.having(_condition(ledger, of, of.field(name), value))
    if period and of.dated_by:
        query = query.dated(of.dated_by, *period)
    if of.dated_by:
        query = Query(of, query.where, order=((of.dated_by, False),))
    return query


def _condition(ledger: Ledger, of: RecordType, field: Field, value: str) -> Condition:
    if field.name == "office":
        known = {n: c for c, n in offices(ledger).items()}
        return Condition("office", "=", known.get(value, value))
    try:
        parsed = field.kind.parse(value)
    except ValueError as error:
        raise WrongUsage(f"{field.label}：{error}。") from None
    if not value:
        return Condition(field.name, "empty")
    targets = getattr(field.kind, "targets", ())
    if targets:
        named = [h.id for h in ledger.search(value, targets, 50) if h.title == value]
        if not isinstance(parsed, tuple):
            return Condition(field.name, "in", [*named, value])
        holding = [Query(of).having(Condition(field.name, "has", v)) for v in (*named, value)]
        return Condition("id", "in", sorted({i for query in holding for i in ledger.ids(query)}))
    if isinstance(parsed, tuple):
        return Condition(field.name, "has", value)
    return Condition(field.name, "=", parsed)


def listed_fields(of: RecordType) -> list[Field]:
    """The fields that a list shows."""
    return [f for f in of.fields if f.in_list] or list(of.fields)


def write_xlsx(ledger: Ledger, query: Query, path: Path, progress: Progress | None = None) -> int:
    """Write the records of a query as an Excel table; returns how many."""
    from desktop.sheets.write import SheetColumn, write_table

    of = query.of
    fields = list(of.fields)
    columns = [SheetColumn(f.label, _sheet_kind(f)) for f in fields]
    return write_table(
        path, columns, _cells(ledger, query, fields), title=of.label, progress=progress
    )


def _sheet_kind(field: Field) -> str:
    if isinstance(field.kind, Integer):
        return "number"
    return "day" if isinstance(field.kind, Day) else "text"


def _cells(ledger: Ledger, query: Query, fields: list[Field]) -> Iterator[list[Any]]:
    ids = ledger.ids(query)
    for at in range(0, len(ids), BLOCK):
        for record in ledger.fetch(query.of.cls, ids[at : at + BLOCK]):
            texts = masked_texts(ledger, record)
            yield [
                getattr(record, f.name) if isinstance(f.kind, Integer | Day) else texts[f.name]
                for f in fields
            ]


def write_pdf(ledger: Ledger, query: Query, path: Path, progress: Progress | None = None) -> int:
    """Print the records of a query as a ledger on paper; returns the number of pages."""
    from desktop.reports.document import Column
    from desktop.reports.listing import write_listing

    of = query.of
    fields = listed_fields(of)
    columns = [Column("序号", 0.6), *(Column(f.label, _weight(f)) for f in fields)]
    texts = (
        [str(n), *(("" if c is None else str(c)) for c in cells)]
        for n, cells in enumerate(_cells(ledger, query, fields), 1)
    )
    made = write_listing(
        f"{of.label}台账",
        columns,
        texts,
        path,
        progress or Silent(),
        subtitle=f"{ledger.office.name}　{day_words(ledger.now().date())}",
        author=ledger.office.name,
        total=ledger.count(query),
    )
    return made.pages


def _weight(field: Field) -> float:
    name = type(field.kind).__name__
    return {"LongText": 3.0, "Integer": 0.8, "YesNo": 0.7, "Day": 1.2}.get(name, 1.4)
