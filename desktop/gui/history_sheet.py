"""What was done to a record, newest first: when, who, which field, from what to what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.core.fields import Field, Link, Named, NamedList
from desktop.core.record import RecordType
from desktop.gui import cells, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger import history
from desktop.ledger.ledger import Ledger


@dataclass(frozen=True)
class Step:
    """One operation on one record, in words."""

    counter: int
    at: str
    who: str
    title: str
    lines: tuple[str, ...]


def steps(ledger: Ledger, records: Iterable[tuple[RecordType, str]]) -> list[Step]:
    """The steps of some records, newest first."""
    found: dict[int, Step] = {}
    for of, record_id in records:
        for operation, entry in history.of_record(ledger.db, record_id):
            lines = tuple(
                f"{tr(of.field(name).label)}：{_words(ledger, of.field(name), old)}"
                f" → {_words(ledger, of.field(name), new)}"
                for name, (old, new) in entry.changes.items()
            )
            former = found.get(operation.counter)
            at = operation.at.replace("T", " ")[:16]
            found[operation.counter] = Step(
                operation.counter,
                at,
                operation.who,
                operation.title,
                (former.lines if former else ()) + lines,
            )
    return sorted(found.values(), key=lambda step: -step.counter)


def _words(ledger: Ledger, field: Field, stored: Any) -> str:
    value = field.kind.load(stored)
    if value == field.kind.empty:
        return tr("（空）")
    if isinstance(field.kind, Named | Link):
        return ledger.titles.words(value)
    if isinstance(field.kind, NamedList):
        return "、".join(ledger.titles.words(one) for one in value)
    return cells.shown(field, field.kind.text(value))


class HistorySheet(QScrollArea):
    """The steps in a column at the side of a form."""

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self._operations = operations
        self.steps: list[Step] = []
        self.setWidgetResizable(True)
        self.setFixedWidth(theme.SIDE - theme.XL * 3)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def read(self, records: Iterable[tuple[RecordType, str]]) -> None:
        """Ask the ledger for the steps of some records."""
        wanted = tuple(records)
        self._operations.read(lambda ledger: steps(ledger, wanted), self._show, slot="history")

    def _show(self, found: list[Step]) -> None:
        self.steps = found
        inner = QWidget()
        theme.set_kind(inner, "paper")
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.L, theme.M, theme.M, theme.M)
        column.setSpacing(theme.XS)
        head = QLabel(tr("历史"))
        theme.set_kind(head, "title")
        column.addWidget(head)
        for step in found:
            line = QFrame()
            theme.set_kind(line, "line")
            column.addWidget(line)
            when = QLabel(f"{step.at}  {step.who}")
            theme.set_kind(when, "small")
            column.addWidget(when)
            for words in (step.title, *step.lines):
                label = QLabel(words)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(label)
        column.addStretch()
        self.setWidget(inner)
