"""desktop/records/codes.py: official labels, what counts as them, and their order."""

from __future__ import annotations

import pytest

from desktop.core.fields import Choice, Choices, NamedList
from desktop.records import RECORD_TYPES
from desktop.records.codes import CodeItem, CodeList, official

FRUIT = CodeList(
    "fruit",
    "水果",
    (
        CodeItem("01", "苹果", "树上", ("红富士",)),
        CodeItem("02", "梨", "树上"),
        CodeItem("03", "西瓜", "地上"),
    ),
    {"砀山梨": "梨", "榴莲": "", "苹果": ""},
)


def test_labels_are_official_ones_then_added_ones() -> None:
    assert FRUIT.labels() == ["苹果", "梨", "西瓜", "砀山梨", "榴莲"]


@pytest.mark.parametrize(
    ("label", "code", "place"),
    [
        ("苹果", "01", 0),
        ("红富士", "01", 0),
        ("砀山梨", "02", 1),
        ("榴莲", None, 3),
        ("芒果", None, 3),
        ("", None, 3),
    ],
)
def test_what_a_label_counts_as(label: str, code: str | None, place: int) -> None:
    item = FRUIT.item(label)
    assert (item.code if item else None) == code
    assert FRUIT.place(label) == place
    assert FRUIT.knows(label) == (label in ("苹果", "红富士", "砀山梨", "榴莲"))


def test_all_that_counts_as_a_code_or_a_group() -> None:
    assert FRUIT.meaning(("01",)) == ["苹果", "红富士"]
    assert FRUIT.meaning(("02",)) == ["梨", "砀山梨"]
    assert FRUIT.meaning(group="树上") == ["苹果", "红富士", "梨", "砀山梨"]
    assert FRUIT.meaning(("03",), "树上") == ["苹果", "红富士", "梨", "西瓜", "砀山梨"]
    assert FRUIT.meaning() == FRUIT.meaning(("99",)) == FRUIT.meaning(group="海里") == []


def test_the_official_lists_are_sound() -> None:
    for name, codes in official().items():
        assert codes.name == name
        assert codes.label
        assert codes.items
        labels = [w for i in codes.items for w in (i.label, *i.also)]
        assert len(set(labels)) == len(labels), name
        assert len({i.code for i in codes.items}) == len(codes.items), name
        assert all(w == w.strip() and "\n" not in w for w in labels), name


def test_every_choice_has_its_list_and_every_list_a_choice() -> None:
    used = {
        f.kind.codes
        for of in RECORD_TYPES.values()
        for f in of.columns
        if isinstance(f.kind, Choice | Choices) and not isinstance(f.kind, NamedList)
    }
    assert used == set(official())


def test_several_labels_in_a_cell_can_be_told_apart() -> None:
    """A list from which several are picked has no label that reads as two."""
    for of in RECORD_TYPES.values():
        for f in of.columns:
            if isinstance(f.kind, Choices) and not isinstance(f.kind, NamedList):
                for label in official()[f.kind.codes].labels():
                    assert f.kind.parse(label) == (label,)
