"""Every type is found by each searchable field, loses its old words, and leaves with its record."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from desktop.core import fields as f
from desktop.core.ids import new_id
from desktop.core.record import Field, Record, RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.titles import Titles
from desktop.records import RECORD_TYPES, Cadre
from tests import fakes

TYPES = pytest.mark.parametrize("of", RECORD_TYPES.values(), ids=lambda of: of.name)
WORDS = "稀有𬭎字"
OLD = "旧日之词"


def value_with(field: Field, words: str) -> Any:
    """A value of the field in which the words stand."""
    kind = field.kind
    if isinstance(kind, f.Choices):
        return ("其他", f"前{words}后")
    if isinstance(kind, f.LongText):
        return f"第一行\n前{words}后\n第三行"
    return f"前{words}后"


def in_words(field: Field) -> bool:
    return not isinstance(field.kind, f.Day | f.Integer | f.Clock | f.YesNo | f.Link | f.Marks)


def saved(ledger: Ledger, record: Record) -> Any:
    above = record.type.parent
    if above is not None and above.required:
        whole = saved(ledger, fakes.make(RECORD_TYPES[above.kind.target].cls))  # type: ignore[attr-defined]
        record = dataclasses.replace(record, **{above.name: whole.id})
    with ledger.write("保存") as rows:
        return rows.save(record)[0]


def ids(ledger: Ledger, words: str, of: RecordType) -> list[str]:
    return [hit.id for hit in ledger.search(words, [of.name])]


@TYPES
def test_each_searchable_field_is_found_and_no_other(ledger: Ledger, of: RecordType) -> None:
    for field in of.columns:
        if field.name in ("office", "removed") or not in_words(field):
            continue
        record = saved(ledger, fakes.make(of.cls, **{field.name: value_with(field, WORDS)}))
        for words in (WORDS, WORDS[1], WORDS[1:3], WORDS[-1], f"{WORDS} 前"):
            found = record.id in ids(ledger, words, of)
            assert found == field.searchable, (field.name, words)
        with ledger.write("作废") as rows:
            rows.remove(of, record.id, "录错")
        assert record.id not in ids(ledger, WORDS, of)
        with ledger.write("恢复") as rows:
            rows.restore(of, record.id)
        assert (record.id in ids(ledger, WORDS, of)) == field.searchable
        changed = dataclasses.replace(record, **{field.name: value_with(field, OLD)})
        with ledger.write("修改") as rows:
            rows.save(changed)
        assert record.id not in ids(ledger, WORDS, of)
        assert (record.id in ids(ledger, OLD, of)) == field.searchable


def test_every_type_but_labels_is_found_by_something() -> None:
    unfound = {of.name for of in RECORD_TYPES.values() if not any(x.searchable for x in of.fields)}
    assert unfound <= {"code_item"}  # a label is picked, never searched for


@TYPES
def test_linked_records_are_found_by_their_names(ledger: Ledger, of: RecordType) -> None:
    linked = [x for x in of.columns if x.searchable and isinstance(x.kind, f.Named | f.NamedList)]
    for field in linked:
        target = RECORD_TYPES[field.kind.targets[0]]  # type: ignore[attr-defined]
        name = next(n for n in target.headline if in_words(target.field(n)))
        other = saved(ledger, fakes.make(target.cls, id=new_id(), **{name: "欧阳明月楼"}))
        value = (other.id,) if isinstance(field.kind, f.NamedList) else other.id
        record = saved(ledger, fakes.make(of.cls, **{field.name: value}))
        for words in ("明月", "oymyl"):
            assert record.id in ids(ledger, words, of), field.name
        title = dict(ledger.rows("SELECT id, title FROM entry"))[record.id]
        assert ("欧阳" in title) == (field.name in of.headline)


@TYPES
def test_the_title_is_made_of_the_headline(ledger: Ledger, of: RecordType) -> None:
    record = saved(ledger, fakes.make(of.cls))
    title = ledger.titles.words(record.id)
    assert title == Titles(ledger.db)._title(record)
    words = ledger.texts(record)
    for name in of.headline:
        if words[name] and not isinstance(of.field(name).kind, f.PersonName | f.Phone):
            assert words[name][:50] in title


def test_a_search_may_be_limited_to_types(ledger: Ledger) -> None:
    with ledger.write("保存") as rows:
        cadre, trip = rows.save(
            Cadre(name="李明"), fakes.make(RECORD_TYPES["activity"].cls, leader="李明")
        )
    assert {h.id for h in ledger.search("李明")} == {cadre.id, trip.id}
    assert ids(ledger, "李明", Cadre.type) == [cadre.id]
    assert {h.id for h in ledger.search("lm", ["cadre", "activity"])} == {cadre.id, trip.id}
    assert ledger.search("李明", ["film"]) == []
    assert ledger.search("李明", ["' OR 1 --"]) == []
    assert len(ledger.search("李明", limit=1)) == 1
    assert ledger.search("  ") == ledger.search("") == []
