"""Records, and the types that describe them.

A record type is one frozen dataclass whose fields are declared with `core.fields`; the decorator
`record_type` reads the declaration once into a `RecordType`, from which everything generic works.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, TypeVar

from desktop.core.errors import InvalidRecord
from desktop.core.fields import Field, Link, integer, marks, text


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every record has; `office` is the 12-digit code of the office, fixed at birth."""

    type: ClassVar[RecordType]

    id: str = ""
    office: str = text("填报单位")
    number: str = text("编号", searchable=True)
    year: int | None = integer("所属年份", more=True)
    marks: Mapping[str, str] = marks("标记")
    removed: str = text("作废原因")

    def problems(self) -> dict[str, str]:
        """Rules that span fields: field name -> sentence. None by default."""
        return {}


@dataclass(frozen=True)
class Section:
    """A titled group of fields of the form."""

    title: str
    fields: tuple[str, ...]


def section(title: str, *fields: str) -> Section:
    """Declare a section of the form."""
    return Section(title, fields)


@dataclass(frozen=True)
class RecordType:
    """A record type as everything generic sees it."""

    name: str
    label: str
    cls: type[Record]
    fields: tuple[Field, ...]  # its own fields, in the order declared
    sections: tuple[Section, ...]
    headline: tuple[str, ...]  # the fields that name a record in a list or link
    dated_by: str  # path of the day by which it is counted and sorted: "date", "activity.date"
    register: bool  # a register or master list (no trip, no matter): edited as a plain table
    numbered: str = ""  # the character of its visible number; '' for a type without numbers
    joins: tuple[str, str] | None = None  # duplicate, main: its records join two of one thing
    indexes: tuple[tuple[str, ...], ...] = ()  # of several columns, for lists in their usual order

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        """All stored fields: the common ones, then its own."""
        return (*COMMON, *self.fields)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Field name -> field, the common ones included."""
        return {f.name: f for f in self.columns}

    @cached_property
    def parent(self) -> Field | None:
        """The field that points to the record that this one is a part of."""
        found = (f for f in self.fields if isinstance(f.kind, Link) and f.kind.parent)
        return next(found, None)

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        return self.by_name[name]

    def problems(self, record: Record) -> dict[str, str]:
        """Why the record may not be saved as it is: field name -> sentence."""
        found: dict[str, str] = {}
        values = vars(record)
        odd = False
        for f in self.columns:
            value = values[f.name]
            if value == f.kind.empty:  # most fields of most records: asked first
                if f.required and f.name not in (record.marks or ()):
                    found[f.name] = f"{f.label}还没有填"
            elif problem := f.kind.problem(value):
                found[f.name] = f"{f.label}：{problem}"
                odd = True
            elif f.required and isinstance(value, str) and not value.strip():
                found[f.name] = f"{f.label}还没有填"
        if odd:  # rules that span fields count on values of the right kind
            return found
        for name, sentence in record.problems().items():
            found.setdefault(name, sentence)
        return found

    def check(self, record: Record) -> None:
        """Raise InvalidRecord if the record may not be saved."""
        if found := self.problems(record):
            raise InvalidRecord(found)


def _own_fields(cls: type) -> tuple[Field, ...]:
    return tuple(
        dataclasses.replace(f.metadata["field"], name=f.name)
        for f in dataclasses.fields(cls)
        if "field" in f.metadata
    )


COMMON: tuple[Field, ...] = _own_fields(Record)

R = TypeVar("R", bound=type[Record])


def record_type(
    name: str,
    label: str,
    *sections: Section,
    headline: tuple[str, ...],
    dated_by: str = "",
    register: bool = False,
    numbered: str = "",
    joins: tuple[str, str] | None = None,
    indexes: tuple[tuple[str, ...], ...] = (),
) -> Callable[[R], R]:
    """Attach a `RecordType` to a record dataclass as `cls.type`."""

    def attach(cls: R) -> R:
        fields = _own_fields(cls)[len(COMMON) :]
        names = tuple(f.name for f in fields)
        placed = [n for s in sections for n in s.fields]
        unknown = set(placed) - set(names)
        if unknown or len(placed) != len(set(placed)):
            raise TypeError(f"{name}: sections name {unknown or placed} wrongly")
        rest = tuple(
            f.name
            for f in fields
            if f.name not in placed and not (isinstance(f.kind, Link) and f.kind.parent)
        )
        shown = sections + ((Section("其他" if sections else label, rest),) if rest else ())
        cls.type = RecordType(
            name,
            label,
            cls,
            fields,
            shown,
            headline,
            dated_by,
            register,
            numbered,
            joins,
            indexes,
        )
        return cls

    return attach
