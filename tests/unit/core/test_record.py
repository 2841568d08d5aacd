"""desktop/core/record.py: a declaration is read once, and says why a record may not be saved."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import pytest

from desktop.core.errors import InvalidRecord
from desktop.core.fields import Field, integer, parent, text
from desktop.core.record import COMMON, Record, record_type, section


@record_type("thing", "事物", section("基本", "name", "heads"), headline=("name",))
@dataclass(frozen=True, kw_only=True)
class Thing(Record):
    """A record type of this test only."""

    above: str = parent("上级", "thing")
    name: str = text("名称", required=True)
    heads: int | None = integer("人数", low=1)
    party: int | None = integer("党员")

    def problems(self) -> dict[str, str]:
        """Some are part of all."""
        if (self.party or 0) > (self.heads or 0):
            return {"party": "党员多于人数", "name": "不该盖过"}
        return {}


OF = Thing.type


def test_the_declaration_is_read_once() -> None:
    assert [f.name for f in COMMON] == ["office", "number", "year", "marks", "removed"]
    assert [f.name for f in OF.fields] == ["above", "name", "heads", "party"]
    assert OF.columns == (*COMMON, *OF.fields)
    assert OF.field("name").label == "名称"
    assert OF.parent is OF.field("above")
    with pytest.raises(KeyError):
        OF.field("nobody")


def test_fields_without_a_section_come_last_and_the_parent_in_none() -> None:
    assert [(s.title, s.fields) for s in OF.sections] == [
        ("基本", ("name", "heads")),
        ("其他", ("party",)),
    ]


@pytest.mark.parametrize("names", [("name", "name"), ("nobody",)])
def test_a_section_that_names_wrongly_is_refused(names: tuple[str, ...]) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Wrong(Record):
        """Nothing."""

        name: str = text("名称")

    with pytest.raises(TypeError, match="wrongly"):
        record_type("wrong", "错", section("基本", *names), headline=("name",))(Wrong)


def test_a_record_without_problems() -> None:
    record = Thing(name="甲", heads=3, party=2)
    assert OF.problems(record) == {}
    OF.check(record)


@pytest.mark.parametrize("name", ["", " ", "　\t"])
def test_a_required_field_must_be_filled(name: str) -> None:
    assert OF.problems(Thing(name=name)) == {"name": "名称还没有填"}
    with pytest.raises(InvalidRecord, match="名称还没有填"):
        OF.check(Thing(name=name))


def test_a_required_field_may_be_empty_if_marked() -> None:
    assert OF.problems(Thing(marks={"name": "台账上没有写"})) == {}
    assert OF.problems(Thing(marks={"heads": "台账上没有写"})) != {}


def test_a_rule_over_fields_does_not_hide_what_a_kind_says() -> None:
    found = OF.problems(Thing(name="", heads=1, party=2))
    assert found == {"name": "名称还没有填", "party": "党员多于人数"}


def test_rules_over_fields_wait_for_values_of_the_right_kind() -> None:
    wrong = Thing(name="甲", heads="三个", party=2)  # type: ignore[arg-type]
    assert OF.problems(wrong) == {"heads": "人数：应为整数"}
    wrong = Thing(name="甲", marks=None)  # type: ignore[arg-type]
    assert OF.problems(wrong) == {"marks": "标记：标记有误"}


def test_a_record_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Thing(name="甲").name = "乙"  # type: ignore[misc]


def test_a_field_has_at_most_twelve_attributes() -> None:
    assert len(dataclasses.fields(Field)) <= 12
