"""Two records of one and the same thing (同一件事): joined, not deleted; reversible by 作废."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import link, text
from desktop.core.record import Record, record_type

JOINABLE = (
    "activity",
    "lecture",
    "fieldwork",
    "reception",
    "visit",
    "onsite",
    "problem",
    "case",
    "dispute",
    "suggestion",
    "cadre",
    "unit",
    "place",
)


@record_type("same_as", "并为一条", headline=("duplicate",), joins=("duplicate", "main"))
@dataclass(frozen=True, kw_only=True)
class SameAs(Record):
    """The duplicate stays as it is, but counts no more: figures count the main record once."""

    duplicate: str = link("重复的一条", *JOINABLE, required=True, in_list=True, indexed=True)
    main: str = link("保留的一条", *JOINABLE, required=True, in_list=True, indexed=True)
    reason: str = text("为什么是同一条", in_list=True, searchable=True)

    def problems(self) -> dict[str, str]:
        """A record is never its own double."""
        if self.duplicate and self.duplicate == self.main:
            return {"main": "不能和自己并为一条"}
        return {}
