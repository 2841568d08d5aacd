"""A label that an office or county added to a code list."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import text
from desktop.core.record import Record, record_type


@record_type("code_item", "选项", headline=("label",), register=True)
@dataclass(frozen=True, kw_only=True)
class CodeItem(Record):
    """One label of a code list; `means` names the official label that it counts as."""

    codes: str = text("选项表", required=True, in_list=True, indexed=True)
    label: str = text("选项", required=True, in_list=True)
    means: str = text("归入", in_list=True)
