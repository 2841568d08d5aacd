"""Code lists: the labels that a choice may take, with fixed codes and editable words.

They are data (resources/rules/codes.json); what an office adds are `code_item` records. A choice
keeps the label as recorded; the official item that it counts as follows from the list, so that no
second field can disagree with the first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from desktop.paths import resource


@dataclass(frozen=True)
class CodeItem:
    """One official item; `also` are other labels that count as it."""

    code: str
    label: str
    group: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeList:
    """A code list with the labels that the office added (label -> official label or '')."""

    name: str
    label: str
    items: tuple[CodeItem, ...]
    added: Mapping[str, str] = field(default_factory=dict)

    def labels(self) -> list[str]:
        """What a person may pick: official labels, then added ones."""
        official = [i.label for i in self.items]
        return official + [a for a in self.added if a not in official]

    def knows(self, label: str) -> bool:
        """Whether the label is official, counts as an official one, or was added."""
        return label in self.added or self.item(label) is not None

    def item(self, label: str) -> CodeItem | None:
        """The official item that a recorded label counts as."""
        means = self.added.get(label) or label
        return next((i for i in self.items if means == i.label or means in i.also), None)

    def place(self, label: str) -> int:
        """Where the label stands in the official order; unknown ones come last."""
        item = self.item(label)
        return self.items.index(item) if item else len(self.items)

    def meaning(self, codes: Iterable[str] = (), group: str = "") -> list[str]:
        """All labels that count as one of the codes, or as an item of the group."""
        wanted = set(codes)
        items = [i for i in self.items if i.code in wanted or (group and i.group == group)]
        labels = [label for i in items for label in (i.label, *i.also)]
        return labels + [a for a, m in self.added.items() if m and m in labels]


ACCUSATION = "检举控告"
NO_ACCUSATION = (
    "检举控告的内容和姓名不得录入本台账（条例第30条、第46条）；请按规定转送，不要在这里登记"
)


@cache
def official() -> Mapping[str, CodeList]:
    """The lists as shipped, by name."""
    read = json.loads(resource("rules/codes.json").read_text("utf-8"))
    lists: dict[str, CodeList] = {}
    for name, one in read["lists"].items():
        items = tuple(
            CodeItem(i["code"], i["label"], i.get("group", ""), tuple(i.get("also", ())))
            for i in one["items"]
        )
        lists[name] = CodeList(name, one["label"], items)
    return lists
