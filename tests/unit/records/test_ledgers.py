"""desktop/records/ledgers.py: every kind of paper ledger maps to fields that there are."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from desktop.core.fields import Day, Named, is_id
from desktop.core.ledger_kinds import LedgerKind, LedgerRow, Make
from desktop.records import RECORD_TYPES
from desktop.records.codes import official
from desktop.records.identity import cadre_id, place_id
from desktop.records.ledgers import LEDGER_KINDS
from tests.ledgers import TOWNSHIP

KINDS = pytest.mark.parametrize("kind", LEDGER_KINDS, ids=lambda k: k.name)
BY_NAME = {k.name: k for k in LEDGER_KINDS}


def row(kind: LedgerKind, **values: Any) -> LedgerRow:
    return LedgerRow({c.key: "" for c in kind.columns} | values, TOWNSHIP, 2023)


def make(kind: LedgerKind, name: str) -> Make:
    return next(m for m in kind.makes if m.key == name)


@KINDS
def test_columns_fill_fields_that_there_are(kind: LedgerKind) -> None:
    makes = {m.key: m for m in kind.makes}
    assert len(makes) == len(kind.makes)
    for column in kind.columns:
        for path in column.fills:
            name, field = path.split(".")
            RECORD_TYPES[makes[name].type].field(field)
        for other in (column.after, column.within, column.told_by):
            if other:
                kind.column(other)
        if column.adds:
            assert column.adds in RECORD_TYPES
    assert len({c.key for c in kind.columns}) == len(kind.columns)
    with pytest.raises(KeyError):
        kind.column("nobody")


@KINDS
def test_makes_fit_together(kind: LedgerKind) -> None:
    made: set[str] = set()
    keys = {m.key for m in kind.makes}
    for one in kind.makes:
        of = RECORD_TYPES[one.type]
        if one.parent:
            assert one.parent in made  # before its parts
            parent = next(m for m in kind.makes if m.key == one.parent)
            assert of.parent is not None
            assert of.parent.kind.targets == (parent.type,)  # type: ignore[attr-defined]
        elif of.parent is not None:
            assert not of.parent.required
        for field, other in one.links.items():
            assert other in keys
            target = next(m for m in kind.makes if m.key == other).type
            assert target in of.field(field).kind.targets  # type: ignore[attr-defined]
        for key in (*one.shared_by, *one.may_lack):
            kind.column(key)
        assert set(one.may_lack) <= set(one.shared_by)
        made.add(one.key)


@KINDS
def test_what_dates_a_row_is_a_day(kind: LedgerKind) -> None:
    if kind.dated:
        (first, *_) = kind.column(kind.dated).fills
        name, field = first.split(".")
        assert isinstance(RECORD_TYPES[make(kind, name).type].field(field).kind, Day)


@KINDS
def test_required_fields_have_a_column_or_follow(kind: LedgerKind) -> None:
    """A record that no row could complete would be marked in every row."""
    for one in kind.makes:
        filled = {
            p.split(".")[1] for c in kind.columns for p in c.fills if p.startswith(one.key + ".")
        }
        filled |= set(one.links)
        if one.derive is not None:
            sample = row(kind, code=TOWNSHIP, date=None, people=1)
            filled |= set(one.derive(sample))
        of = RECORD_TYPES[one.type]
        parent = {of.parent.name} if one.parent and of.parent else set()
        assert {f.name for f in of.fields if f.required} <= filled | parent, one.key


@KINDS
def test_titles_of_columns_are_told_apart(kind: LedgerKind) -> None:
    """One header word must not name two columns of which both are required."""
    titles = [t for c in kind.columns if c.required for t in set(c.titles)]
    assert len(set(titles)) == len(titles)
    assert all(c.titles for c in kind.columns)
    assert kind.label
    assert kind.title_words


def test_kinds_are_told_apart() -> None:
    assert len(BY_NAME) == len(LEDGER_KINDS)
    assert len({k.label for k in LEDGER_KINDS}) == len(LEDGER_KINDS)
    masters = [k.master for k in LEDGER_KINDS]
    assert masters == sorted(masters, reverse=True)  # registers are read first


def test_derived_labels_are_official() -> None:
    for kind in LEDGER_KINDS:
        for one in kind.makes:
            if one.derive is None:
                continue
            values = one.derive(row(kind, code="990801101201", place="前沟村"))
            for name, value in values.items():
                codes = getattr(RECORD_TYPES[one.type].field(name).kind, "codes", "")
                for label in value if isinstance(value, tuple) else [value]:
                    if codes and label:
                        assert official()[codes].knows(label), (kind.name, name, label)
        for column in kind.columns:
            for path in column.fills if column.values else ():
                name, field = path.split(".")
                codes = RECORD_TYPES[make(kind, name).type].field(field).kind.codes  # type: ignore[attr-defined]
                assert all(official()[codes].knows(w) for w in column.values.values())


def test_a_visit_becomes_a_case_only_if_it_goes_on() -> None:
    kind = BY_NAME["receptions"]
    case = make(kind, "case")
    assert case.when is not None
    goes_on = {i.label: i.code in ("03", "04") for i in official()["visit_outcome"].items}
    assert set(goes_on.values()) == {True, False}
    for label, expected in (goes_on | {"": False, "没有的": False}).items():
        assert case.when(row(kind, outcome=label)) is expected


@pytest.mark.parametrize(("people", "collective"), [("", False), (1, False), (4, False), (5, True)])
def test_five_people_are_a_group(people: Any, collective: bool) -> None:
    kind = BY_NAME["receptions"]
    derive = make(kind, "visit").derive
    assert derive is not None
    assert derive(row(kind, people=people))["collective"] is collective


@pytest.mark.parametrize("name", ["receptions", "suggestions"])
def test_who_would_not_be_named_is_no_record(name: str) -> None:
    kind = BY_NAME[name]
    when = make(kind, "petitioner").when
    assert when is not None
    for words in ("", "群众", "匿名", "不愿留名", "无"):
        assert not when(row(kind, name=words))
        assert when(row(kind, name=words, phone="13812341234"))
    assert when(row(kind, name="王某"))


def test_places_of_the_division_table() -> None:
    kind = BY_NAME["divisions"]
    code = "990801101201"
    cells = row(kind, county="清岚县", township="柳河镇", name="前沟村", code=code)
    county, township, village = kind.makes
    assert [m.identity(cells) for m in kind.makes if m.identity] == [
        place_id("990801000000"),
        place_id(TOWNSHIP),
        place_id(code),
    ]
    assert county.derive(cells)["code"] == "990801000000"
    assert township.derive(cells) == {
        "code": TOWNSHIP,
        "name": "柳河镇",
        "level": "乡镇",
        "within": place_id("990801000000"),
    }
    assert village.derive(cells)["settlement"] == "村"
    assert village.derive(row(kind, code="990801101001"))["settlement"] == "社区"


def test_cadres_of_the_roster() -> None:
    kind = BY_NAME["roster"]
    identity = make(kind, "cadre").identity
    assert identity is not None
    cells = row(kind, number="7", name="王丽", unit="柳河镇")
    assert identity(cells) == cadre_id(TOWNSHIP, "7", "王丽", "柳河镇")
    bare = row(kind, number="", name="王丽", unit="柳河镇")
    assert identity(bare) == cadre_id(TOWNSHIP, "", "王丽", "柳河镇")
    assert is_id(identity(bare))


def test_a_row_lacks_what_its_ledger_lacks() -> None:
    assert LedgerRow({}, TOWNSHIP, 2023)["date"] == ""
    assert dataclasses.is_dataclass(LedgerRow)
    assert any(
        isinstance(f.kind, Named) and f.kind.apart
        for of in RECORD_TYPES.values()
        for f in of.columns
    )
