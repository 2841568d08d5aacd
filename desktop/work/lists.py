"""What a list needs beside its query: words of rows, labels to filter by, whose part one is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop.core.fields import Choices, Field, Link, Named, NamedList, is_id
from desktop.core.record import Record, RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Sql
from desktop.work.registers import TOWNSHIP_LABEL, offices

MANY = 100_000  # a list that is filtered by a word shows no more than this
MOST_LABELS = 200
PLACE = "place"


def words_of(
    ledger: Ledger, of: RecordType, fields: Sequence[Field], ids: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Id -> the words of the fields, with links resolved; nothing is masked."""
    records = ledger.fetch(of.cls, ids)
    linked = {
        value
        for record in records
        for field in fields
        for value in _linked(field, getattr(record, field.name))
    }
    titles = ledger.titles.of(linked)
    return {
        record.id: tuple(_words(f, getattr(record, f.name), titles) for f in fields)
        for record in records
    }


def _linked(field: Field, value: object) -> list[str]:
    if isinstance(field.kind, Link | Named):
        return [value] if isinstance(value, str) and is_id(value) else []
    if isinstance(field.kind, NamedList) and isinstance(value, tuple):
        return [v for v in value if is_id(v)]
    return []


def _words(field: Field, value: object, titles: dict[str, str]) -> str:
    kind = field.kind
    if isinstance(kind, Link | Named):
        return titles.get(str(value), "" if is_id(str(value)) else str(value))
    if isinstance(kind, NamedList) and isinstance(value, tuple):
        return "、".join(titles.get(v, "" if is_id(v) else v) for v in value)
    return kind.text(value)


def words_along(
    ledger: Ledger, of: RecordType, paths: Sequence[str], ids: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Id -> the words at the end of the paths, void records too; nothing is masked."""
    sql = Sql(of, ledger.types, removed=True)
    columns = [sql.column(path) for path in paths]
    fields = [sql.field(path) for path in paths]
    joins = " ".join(sql.joins.values())
    rows = ledger.rows(
        f'SELECT t."id", {", ".join(columns)} FROM "{of.name}" t {joins}'
        ' WHERE t."id" IN (SELECT value FROM json_each(?))',
        [json.dumps(list(ids))],
    )
    loaded = {
        row[0]: [f.kind.load(v) for f, v in zip(fields, row[1:], strict=True)] for row in rows
    }
    linked = {
        one
        for values in loaded.values()
        for field, value in zip(fields, values, strict=True)
        for one in _linked(field, value)
    }
    titles = ledger.titles.of(linked)
    names = offices(ledger) if "office" in paths else {}
    return {
        one: tuple(
            names.get(value, value) if f.name == "office" else _words(f, value, titles)
            for f, value in zip(fields, values, strict=True)
        )
        for one, values in loaded.items()
    }


def labels_in_use(ledger: Ledger, of: RecordType, path: str) -> list[tuple[Any, str, int]]:
    """The values at the end of a path: (value, words, how many records), the frequent ones first.

    Of places those above them come too (a township stands for its villages), before the others.
    """
    if path == "office":
        return list(offices_in_use(ledger, of))
    sql = Sql(of, ledger.types)
    column, kind = sql.column(path), sql.field(path).kind
    several = isinstance(kind, Choices)
    if several:
        sql.joins["each value"] = f"JOIN json_each(NULLIF({column}, '')) v"
        column = "v.value"
    rows = ledger.rows(
        f"SELECT {column}, count(*) {sql.tail()} AND coalesce({column}, '') <> ''"
        " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
        [MOST_LABELS],
    )
    targets = getattr(kind, "targets", ())
    above = _above(ledger, rows) if PLACE in targets else []
    titles = ledger.titles.of(str(one) for one, _ in (*above, *rows) if is_id(str(one)))
    found = []
    for stored, count in (*above, *rows):
        one = stored if several else kind.load(stored)
        plain = one if several else kind.text(one)
        words = titles.get(one, "") if is_id(plain) else plain
        if words:
            found.append((one, words, count))
    return found


def _above(ledger: Ledger, rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, int]]:
    """The townships of the places found, each with what is found in it; none if all lie in one."""
    counts = {one: count for one, count in rows if is_id(str(one))}
    pairs = ledger.rows(
        "SELECT p.id, a.id FROM place p JOIN place a ON a.id = p.within"
        " WHERE a.level = ? AND p.id IN (SELECT value FROM json_each(?))",
        [TOWNSHIP_LABEL, json.dumps(list(counts))],
    )
    summed: dict[str, int] = {}
    for one, township in pairs:
        summed[township] = summed.get(township, counts.get(township, 0)) + counts[one]
    if len(summed) < 2:
        return []
    return sorted(((t, n) for t, n in summed.items() if t not in counts), key=lambda p: -p[1])


def below(ledger: Ledger, of: RecordType, path: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """The values, and of places all that lie in them."""
    kind = Sql(of, ledger.types).field(path).kind
    if PLACE not in getattr(kind, "targets", ()):
        return tuple(values)
    rows = ledger.rows(
        "WITH RECURSIVE b(id) AS (SELECT value FROM json_each(?)"
        " UNION SELECT p.id FROM place p JOIN b ON p.within = b.id) SELECT id FROM b",
        [json.dumps([v for v in values if v is not None])],
    )
    return (*(v for v in values if v is None), *(row[0] for row in rows))


def removals(ledger: Ledger, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Id -> who made the record void, and when (to the minute)."""
    rows = ledger.rows(
        "SELECT h.record, o.who, o.at FROM history h JOIN operation o USING (counter)"
        " WHERE h.record IN (SELECT value FROM json_each(?))"
        " AND json_extract(NULLIF(h.changes, ''), '$.removed[1]') <> '' ORDER BY h.n",
        [json.dumps(list(ids))],
    )
    return {one: (who, at.replace("T", " ")[:16]) for one, who, at in rows}


def holding(ledger: Ledger, of: RecordType, words: str) -> list[str]:
    """The records of one type that hold every word."""
    return [hit.id for hit in ledger.search(words, [of.name], MANY)]


def whole_of(ledger: Ledger, of: RecordType, record_id: str) -> tuple[RecordType, str]:
    """The record that a part belongs to in the end (a trip, a cadre); itself if it is no part."""
    while (above := of.parent) is not None:
        rows = ledger.rows(f'SELECT "{above.name}" FROM "{of.name}" WHERE id = ?', [record_id])
        if not rows or not rows[0][0]:
            break
        assert isinstance(above.kind, Link)
        of, record_id = ledger.types[above.kind.target], rows[0][0]
    return of, record_id


def above_of(ledger: Ledger, of: RecordType, record_id: str) -> tuple[RecordType, str]:
    """The record that a part belongs to directly; itself if it is no part."""
    above = of.parent
    if above is None or not isinstance(above.kind, Link):
        return of, record_id
    rows = ledger.rows(f'SELECT "{above.name}" FROM "{of.name}" WHERE id = ?', [record_id])
    return (ledger.types[above.kind.target], rows[0][0]) if rows and rows[0][0] else (of, record_id)


def came_from(ledger: Ledger, of: RecordType, record_id: str) -> tuple[str, str]:
    """Type and id of the trip (or other record) that a record was entered on; ('', '') for none.

    A part belongs to its whole; a suggestion, a matter or a problem may say where it came from.
    """
    whole, one = whole_of(ledger, of, record_id)
    if one != record_id:
        return whole.name, one
    for name in ("source", "origin"):
        field = of.by_name.get(name)
        if field is None or not isinstance(field.kind, Link):
            continue
        rows = ledger.rows(f'SELECT "{name}" FROM "{of.name}" WHERE id = ?', [record_id])
        if not rows or not rows[0][0]:
            continue
        for target in field.kind.targets:
            if ledger.get(ledger.types[target].cls, rows[0][0]) is not None:
                whole, one = whole_of(ledger, ledger.types[target], rows[0][0])
                return whole.name, one
    return "", ""


def offices_in_use(ledger: Ledger, of: RecordType) -> list[tuple[str, str, int]]:
    """The offices that records of a type belong to: (code, name, how many), in code order."""
    names = offices(ledger)
    rows = ledger.rows(
        f"SELECT office, count(*) FROM \"{of.name}\" WHERE removed = '' GROUP BY 1 ORDER BY 1"
    )
    return [(code, names.get(code, code), count) for code, count in rows]


def office_names(ledger: Ledger, of: RecordType, ids: Sequence[str]) -> dict[str, str]:
    """Id -> the name of the office that the record belongs to."""
    names = offices(ledger)
    rows = ledger.rows(
        f'SELECT id, office FROM "{of.name}" WHERE id IN (SELECT value FROM json_each(?))',
        [json.dumps(list(ids))],
    )
    return {one: names.get(code, code) for one, code in rows}


def day_of(ledger: Ledger, record: Record) -> dt.date | None:
    """The day by which a record is counted; a part's is that of its whole. None if it has none."""
    if not record.type.dated_by:
        return None
    query = Sql(record.type, ledger.types)
    day = query.column(record.type.dated_by)
    rows = ledger.rows(f'SELECT {day} {query.tail()} AND t."id" = ?', [*query.values, record.id])
    return dt.date.fromisoformat(rows[0][0]) if rows and rows[0][0] else None


def doubts(ledger: Ledger, of: RecordType, ids: Sequence[str]) -> dict[str, str]:
    """Id -> what a person should look at (受众：填了0，请核对), of the records that bear marks."""
    rows = ledger.rows(
        f"SELECT id, marks FROM \"{of.name}\" WHERE marks <> ''"
        " AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return {one: marks_in_words(of, json.loads(marks)) for one, marks in rows}


def marks_in_words(of: RecordType, marks: Mapping[str, str]) -> str:
    """Marks with the labels of their fields."""
    labels = {f.name: f.label for f in of.columns}
    return "；".join(f"{labels.get(name, name)}：{words}" for name, words in marks.items())


def matter_of(ledger: Ledger, citizen: Record) -> tuple[str, str] | None:
    """Type and id of the record that a citizen's record belongs to; None if it isn't here."""
    field = citizen.type.field("of")
    assert isinstance(field.kind, Link)
    record_id = getattr(citizen, "of", "")
    here = (n for n in field.kind.targets if ledger.get(ledger.types[n].cls, record_id))
    return next(((name, record_id) for name in here), None) if record_id else None


def dated_titles(ledger: Ledger, of: RecordType, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Id -> (day, title), or (title,) for a type without a day."""
    titles = ledger.titles.of(ids)
    if not of.dated_by:
        return {one: (title,) for one, title in titles.items()}
    query = Sql(of, ledger.types, doubles=True)
    day = query.column(of.dated_by)
    marks = ",".join("?" * len(ids))
    rows = ledger.rows(f'SELECT t."id", {day} {query.tail()} AND t."id" IN ({marks})', ids)
    return {one: (str(on or ""), titles.get(one, "")) for one, on in rows}
