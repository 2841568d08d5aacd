"""desktop/records/__init__.py: the list of types, named as their files are."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import desktop.records
from desktop.core.record import Record
from desktop.records import RECORD_TYPES, codes, identity, ledgers, naming

NO_TYPES = {Path(m.__file__ or "").stem for m in (codes, identity, ledgers, naming)}
NO_TYPES |= {"__init__", "division_ledgers", "example", "register_ledgers"}


def test_every_file_is_a_type_and_every_type_a_file() -> None:
    files = {p.stem for p in Path(desktop.records.__file__).parent.glob("*.py")} - NO_TYPES
    assert files == set(RECORD_TYPES)


def test_types_are_frozen_dataclasses_called_as_their_file() -> None:
    for name, of in RECORD_TYPES.items():
        assert of.name == name
        assert issubclass(of.cls, Record)
        assert of.cls.type is of
        assert of.cls.__module__ == f"desktop.records.{name}"
        assert of.cls.__name__.lower() == name.replace("_", "")
        assert of.cls.__dataclass_params__.frozen  # type: ignore[attr-defined]
        assert dataclasses.is_dataclass(of.cls)
        assert of.label


def test_labels_tell_types_apart() -> None:
    labels = [of.label for of in RECORD_TYPES.values()]
    assert len(set(labels)) == len(labels)


def test_what_dates_a_type_is_a_day() -> None:
    for of in RECORD_TYPES.values():
        for path in of.dated_by.split("|") if of.dated_by else ():
            *steps, name = path.split(".")
            at = of
            for step in steps:
                at = RECORD_TYPES[at.field(step).kind.target]  # type: ignore[attr-defined]
            assert type(at.field(name).kind).__name__ == "Day", path


def test_nothing_is_kept_that_judges_a_person() -> None:
    """No profile, score, watch list or risk rating of a person; no field for 重点人员."""
    for of in RECORD_TYPES.values():
        words = " ".join((of.label, *(f.label for f in of.columns), *(f.help for f in of.columns)))
        for word in (
            "评分",
            "积分",
            "风险等级",
            "重点人员",
            "缠访",
            "闹访",
            "非访",
            "签到",
            "定位",
        ):
            assert word not in words


def test_who_a_citizen_is_stands_in_one_type_only() -> None:
    """What may stay behind is a record of its own, never a field of a record that travels."""
    private = {"Phone", "IdNumber", "PersonName"}
    holders = {
        of.name
        for of in RECORD_TYPES.values()
        if private & {type(f.kind).__name__ for f in of.columns}
    }
    assert holders == {"petitioner"}


def test_the_content_of_an_accusation_is_not_kept() -> None:
    """条例 art. 30 ¶3 and 46: a 检举控告 is passed on, not written down here."""
    for name in ("visit", "case"):
        of = RECORD_TYPES[name]
        record = of.cls(purpose="检举控告", matter="反映某干部")
        assert "不得录入" in of.problems(record)["purpose"]
        assert "purpose" not in of.problems(dataclasses.replace(record, purpose="申诉求决"))
