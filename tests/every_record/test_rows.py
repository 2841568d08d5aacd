"""Every type and every kind: values go into the file and into words, and come back as they were."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core import fields as f
from desktop.core.record import Field, RecordType
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from tests import fakes, naughty

TYPES = pytest.mark.parametrize("of", RECORD_TYPES.values(), ids=lambda of: of.name)

# Beyond what tests/fakes.py makes: any text at all, and the strings that break programs.
ODD = st.sampled_from(naughty.strings())
ANY = ODD | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"))
ONE_LINE = ANY.filter(lambda v: not f.Text().problem(v))
SOME = st.lists(ANY.filter(bool), max_size=3).map(tuple)
ID = st.text("0123456789abcdef", min_size=32, max_size=32)
WIDER: dict[type[f.Kind], Any] = {
    f.Text: ONE_LINE,
    f.LongText: ANY,
    f.Integer: st.none() | st.integers(0, 2**53),
    f.Day: st.none() | st.dates(),
    f.Clock: st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    f.Choice: ANY,
    f.Choices: SOME,
    f.Link: st.just("") | ID,
    f.Named: ANY | ID,
    f.NamedList: SOME,
    f.Phone: ANY,
    f.IdNumber: ANY,
    f.PersonName: ANY,
    f.YesNo: st.none() | st.booleans(),
    f.Marks: st.dictionaries(ANY, ANY, max_size=3),
}
WRONG: dict[type[f.Kind], Any] = {
    f.Integer: "三",
    f.Day: "2026-06-09",
    f.Clock: "9:05",
    f.YesNo: "是",
    f.Marks: "标记",
    f.Choices: ["甲"],
    f.NamedList: "甲",
    f.Link: "不是编号",
}


def kinds() -> list[f.Kind]:
    """Every kind with its options, as the types declare them."""
    found = {repr(x.kind): x.kind for of in RECORD_TYPES.values() for x in of.columns}
    return list(found.values())


def test_every_kind_is_declared_somewhere_and_has_strategies() -> None:
    declared = {type(kind) for kind in kinds()}
    assert declared == set(WIDER) == set(fakes.STRATEGIES)


@pytest.mark.parametrize("kind", kinds(), ids=repr)
def test_stored_and_loaded_a_value_is_the_same(kind: f.Kind) -> None:
    values = WIDER[type(kind)] | fakes.values(kind)
    if isinstance(kind, f.Integer):
        values = values.filter(lambda v: v is None or v >= kind.low)

    @given(values)
    @settings(max_examples=40)
    def there_and_back(value: Any) -> None:
        assert kind.problem(value) == ""
        stored = kind.stored(value)
        assert kind.load(stored) == value
        assert type(kind.load(stored)) is type(value)
        assert kind.stored(kind.load(stored)) == stored

    there_and_back()


@pytest.mark.parametrize("kind", [k for k in kinds() if not isinstance(k, f.Marks)], ids=repr)
def test_words_of_a_value_are_read_as_the_value(kind: f.Kind) -> None:
    @given(fakes.values(kind))
    @settings(max_examples=40)
    def there_and_back(value: Any) -> None:
        words = kind.text(value)
        assert kind.parse(words) == value
        assert kind.parse(f"  {words}　") == value

    there_and_back()


def save_with_parents(ledger: Ledger, record: Any) -> Any:
    """Save a record, and beforehand whatever it must be a part of."""
    above = record.type.parent
    if above is not None and (above.required or getattr(record, above.name)):
        parent = RECORD_TYPES[above.kind.target]
        whole = save_with_parents(ledger, fakes.make(parent.cls))
        record = fakes.dataclasses.replace(record, **{above.name: whole.id})
    with ledger.write("保存") as rows:
        return rows.save(record)[0]


@TYPES
def test_saved_and_read_a_record_is_the_same(ledger: Ledger, of: RecordType) -> None:
    @given(fakes.records(of), st.data())
    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    def there_and_back(record: Any, data: st.DataObject) -> None:
        wide = {
            x.name: data.draw(WIDER[type(x.kind)])
            for x in of.columns
            if isinstance(x.kind, f.Text | f.LongText | f.Phone | f.PersonName | f.Marks)
            and x.name not in ("office", "removed")
            and not x.required
        }
        saved = save_with_parents(ledger, fakes.dataclasses.replace(record, **wide))
        assert ledger.get(of.cls, saved.id) == saved
        assert all(isinstance(words, str) for words in ledger.texts(saved).values())

    there_and_back()
    wrong = [x.text for x in health.check(ledger) if "不在本台账里" not in x.text]
    assert wrong == []


@TYPES
def test_a_new_record_is_empty_where_nothing_is_preset(of: RecordType) -> None:
    """An empty date or choice is empty, never today or the first item."""
    fresh = of.cls()
    preset = {x.name for x in of.columns if getattr(fresh, x.name) != x.kind.empty}
    assert preset <= {"people", "sessions"}  # one person, one 场次, unless said otherwise


@TYPES
def test_what_is_required_is_asked_for(of: RecordType) -> None:
    required = {x.name for x in of.columns if x.required}
    assert set(of.problems(of.cls())) == required
    marked = of.cls(marks=dict.fromkeys(required, "台账没有写"))
    assert of.problems(marked) == {}
    assert of.problems(fakes.make(of.cls)) == {}


def wrong_values(field: Field) -> list[Any]:
    return [WRONG.get(type(field.kind), 5), object()]


@TYPES
def test_every_wrong_value_is_named_by_its_field(of: RecordType) -> None:
    whole = fakes.make(of.cls)
    for field in of.columns:
        for value in wrong_values(field):
            problems = of.problems(fakes.dataclasses.replace(whole, **{field.name: value}))
            assert problems.get(field.name, "").startswith(f"{field.label}："), field
    everything = {x.name: wrong_values(x)[0] for x in of.columns}
    assert set(of.problems(of.cls(**everything))) == {x.name for x in of.columns}


@TYPES
def test_numbers_below_the_least_are_refused(of: RecordType) -> None:
    for field in of.columns:
        if isinstance(field.kind, f.Integer):
            low = fakes.dataclasses.replace(fakes.make(of.cls), **{field.name: field.kind.low - 1})
            assert field.name in of.problems(low)


@TYPES
def test_the_declaration_is_sound(of: RecordType) -> None:
    names = [x.name for x in of.columns]
    assert len(names) == len(set(names))
    assert set(of.headline) <= set(names)
    assert of.headline
    assert all(x.label for x in of.columns)
    assert len({x.label for x in of.fields}) == len(of.fields)
    assert not {"id", "counter", "installation", "stamps"} & set(names)
    placed = {n for s in of.sections for n in s.fields}
    assert placed | ({of.parent.name} if of.parent else set()) == {x.name for x in of.fields}
    for field in of.fields:
        for target in getattr(field.kind, "targets", ()):
            assert target in RECORD_TYPES
    parents = [x for x in of.fields if isinstance(x.kind, f.Link) and x.kind.parent]
    assert len(parents) <= 1


def test_rules_over_fields() -> None:
    lecture, visit = RECORD_TYPES["lecture"], RECORD_TYPES["visit"]
    assert set(lecture.problems(fakes.make(lecture.cls, heads=3, party_heads=4))) == {"party_heads"}
    assert lecture.problems(fakes.make(lecture.cls, heads=3, party_heads=3)) == {}
    assert lecture.problems(fakes.make(lecture.cls, party_heads=3)) == {}
    assert set(visit.problems(fakes.make(visit.cls, representatives=6))) == {"representatives"}
    assert visit.problems(fakes.make(visit.cls, representatives=5)) == {}


def test_parents_come_before_their_parts() -> None:
    order = list(RECORD_TYPES)
    for of in RECORD_TYPES.values():
        if of.parent is not None:
            assert order.index(of.parent.kind.target) < order.index(of.name)  # type: ignore[attr-defined]
