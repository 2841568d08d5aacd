"""A name that a place had until a day (曾用名)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import day, parent, text
from desktop.core.record import Record, record_type


@record_type("former_name", "曾用名", headline=("name",), dated_by="until")
@dataclass(frozen=True, kw_only=True)
class FormerName(Record):
    """A renamed village keeps its code and id; papers of earlier periods use the earlier name."""

    place: str = parent("地点", "place", required=True, indexed=True)
    name: str = text("曾用名", required=True, in_list=True, searchable=True)
    until: dt.date | None = day("用到哪天", required=True, in_list=True, indexed=True)
