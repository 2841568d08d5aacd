"""What an editor needs of the program around it: the ledger's threads, code lists, names, today.

Editors never wait: code lists come from the shipped file at once and are replaced by the office's
own when the ledger has answered; the name of an unknown id is asked for and shown later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.gui.operations import Operations
from desktop.ledger.ledger import Ledger
from desktop.records.codes import CodeList, official


@dataclass
class Desk:
    """One form's surroundings, shared by its editors."""

    operations: Operations
    today: Callable[[], date] = date.today
    day: Callable[[], date | None] = lambda: None  # the record's day: who and what was valid then
    words: dict[str, str] = field(default_factory=dict)  # id -> what the record is called
    lists: Mapping[str, CodeList] = field(default_factory=official)

    def labels(self, name: str) -> list[str]:
        """What a person may pick from a code list."""
        found = self.lists.get(name)
        return found.labels() if found else []

    def knows(self, name: str, label: str) -> bool:
        """Whether a label is on the list already."""
        found = self.lists.get(name)
        return bool(found and found.knows(label))

    def means(self, name: str, label: str, code: str) -> bool:
        """Whether a label, official or added, counts as the official item of that code."""
        item = self.lists[name].item(label) if name in self.lists else None
        return item is not None and item.code == code

    def read_words(self, ids: Iterable[str], then: Callable[[], None]) -> None:
        """Learn what records are called; `then` is called at once if all are known."""
        wanted = [i for i in ids if i not in self.words]
        if not wanted:
            then()
            return

        def learn(found: dict[str, str]) -> None:
            self.words |= found
            then()

        def ask(ledger: Ledger) -> dict[str, str]:
            return ledger.titles.of(wanted)

        self.operations.read(ask, learn)
