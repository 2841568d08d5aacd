"""What a matter, problem or suggestion tells the report as a worked example (典型事例)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import long_text, yes_no
from desktop.core.record import Record

EXAMPLE = ("example", "example_before", "example_after")
"""The fields, for the sections of the types that have them."""


@dataclass(frozen=True, kw_only=True)
class Example(Record):
    """A tick and two sentences, collected all year; names of citizens don't belong there."""

    example: bool | None = yes_no("写入总结", more=True)
    example_before: str = long_text(
        "原来怎样", searchable=True, more=True, help="一句话，不写群众姓名"
    )
    example_after: str = long_text(
        "后来怎样", searchable=True, more=True, help="一句话，不写群众姓名"
    )
