"""Strings that break programs (tests/data/naughty.json): to be kept, or to be refused."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from pathlib import Path
from typing import Any

from desktop.core import fields as f
from desktop.core.ids import derived_id
from desktop.core.record import Field, Record, RecordType
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from tests import fakes

_FILE = Path(__file__).parent / "data" / "naughty.json"

WORDS = (f.Text, f.LongText, f.Choice, f.Named)
"""Kinds whose values may be any words. Choices and lists of names are split at their marks."""


@cache
def strings(which: str = "kept") -> tuple[str, ...]:
    """The strings: `kept` or `refused`."""
    return tuple(json.loads(_FILE.read_text("utf-8"))[which])


def word_fields(of: RecordType) -> list[Field]:
    """The fields of a type that may hold any words."""
    return [x for x in of.fields if type(x.kind) in WORDS]


def fitting(field: Field, text: str) -> str:
    """The string, or another one where a field refuses it: a name has one line and is not blank."""
    refused = field.kind.problem(text) or (field.required and not text.strip())
    return f"另一个词{len(text)}" if refused else text


def records(of: RecordType, count: int = 0) -> list[Record]:
    """Records of a type that hold the strings, each string in every field of words once."""
    words = word_fields(of)
    number = len(strings()) if words else 3
    made = []
    for n in range(count or number):
        values = {
            x.name: fitting(x, strings()[(n * (1 if not count else len(words)) + k) % number])
            for k, x in enumerate(words)
        }
        record = fakes.make(of.cls, id=derived_id("naughty", of.name, str(n)), **values)
        made.append(record)
    return made


def save(ledger: Ledger, of: RecordType, made: list[Record]) -> list[Any]:
    """Save records, and beforehand one whole that all of them are parts of."""
    above = of.parent
    if above is not None and above.required:
        assert isinstance(above.kind, f.Link)
        whole = RECORD_TYPES[above.kind.target]
        parent = fakes.make(whole.cls, id=derived_id("whole", whole.name))
        (saved,) = save(ledger, whole, [parent])
        made = [dataclasses.replace(r, **{above.name: saved.id}) for r in made]
    with ledger.write("保存") as rows:
        return rows.save(*made)
