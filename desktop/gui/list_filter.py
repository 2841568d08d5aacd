"""The line above a list: period, what the list may be narrowed to, words, and the button 新建."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from desktop.core.fields import Choices
from desktop.gui import theme
from desktop.gui.list_source import OFFICE, ListSource
from desktop.gui.operations import Operations
from desktop.gui.period import Period, PeriodButton, everything
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.work import lists


@dataclass(frozen=True)
class Filters:
    """What a person narrowed a list to."""

    period: Period
    words: str = ""
    chosen: tuple[tuple[str, Any], ...] = ()  # (field, value)
    doubtful: bool = False  # only what somebody should look at

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.chosen or self.doubtful or not self.period.whole)

    def query(
        self, ledger: Ledger, source: ListSource, order: tuple[tuple[str, bool], ...], limit: int
    ) -> Query:
        """The question that the list asks; runs on the reader thread."""
        query = source.query
        if source.of.dated_by and not self.period.whole:
            query = query.dated(source.of.dated_by, self.period.first, self.period.last)
        for name, value in self.chosen:
            several = isinstance(source.of.field(name).kind, Choices)
            query = query.having(Condition(name, "has" if several else "=", value))
        if self.doubtful and source.doubtful is not None:
            query = query.having(Condition("id", "in", source.doubtful(ledger)))
        elif self.doubtful:
            query = query.having(Condition("marks", "filled"))
        if self.words and source.holding is not None:
            query = query.having(Condition("id", "in", source.holding(ledger, self.words)))
        return dataclasses.replace(query, order=order + query.order, limit=limit)


class FilterLine(QWidget):
    """Filters on the left, the one button of the screen on the right."""

    changed = Signal()
    wanted_new = Signal()
    wanted_table = Signal()
    left = Signal()  # Enter or arrow down in the words: on to the rows

    def __init__(
        self,
        operations: Operations,
        source: ListSource,
        *,
        new: str,
        tabular: bool = False,
        today: Callable[[], dt.date],
    ) -> None:
        """Make the line for a list."""
        super().__init__()
        self.setMinimumHeight(theme.FILTER + theme.S)
        self.period = PeriodButton(everything(), today)
        self.period.picked.connect(lambda _p: self.changed.emit())
        self.words = WordsField()
        self.words.setPlaceholderText(tr("在列表里找"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _t: self.changed.emit())
        self.words.left.connect(self.left)
        self.choices = [ChoiceButton(operations, source, name) for name in source.filters]
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        row.setSpacing(theme.S)
        row.addWidget(self.period)
        self.period.setVisible(bool(source.of.dated_by))
        for button in self.choices:
            button.changed.connect(self.changed)
            row.addWidget(button)
        self.doubtful = QPushButton(tr("待核对"))
        theme.set_kind(self.doubtful, "toggle")
        self.doubtful.setCheckable(True)
        self.doubtful.setToolTip(tr("只看有 ？ 的：填得少见，或导入时没有对上"))
        self.doubtful.toggled.connect(self._doubt)
        row.addWidget(self.doubtful)
        self.doubtful.setVisible(source.doubts is not None)
        self.words.setMaximumWidth(theme.SIDE)
        row.addWidget(self.words, 4)
        row.addStretch(1)
        self.table = QPushButton(tr("表格录入"))
        self.table.setToolTip("Ctrl+T")
        self.table.clicked.connect(self.wanted_table)
        row.addWidget(self.table)
        self.table.setVisible(tabular)
        self.new = QPushButton(new)
        theme.set_kind(self.new, "primary")
        self.new.setToolTip("Ctrl+N")
        self.new.clicked.connect(self.wanted_new)
        row.addWidget(self.new)
        # Only now: a widget that is shown before it lies in a window flashes up as one of its own.
        self.new.setVisible(bool(new))

    def filters(self) -> Filters:
        """What is set now."""
        chosen = tuple((b.name, b.value) for b in self.choices if b.value is not None)
        words = self.words.text().strip()
        return Filters(self.period.period, words, chosen, self.doubtful.isChecked())

    def _doubt(self, on: bool) -> None:
        self.doubtful.setText(tr("✓ 待核对") if on else tr("待核对"))
        self.changed.emit()

    def clear(self) -> None:
        """Leave nothing out."""
        self.words.clear()
        for button in self.choices:
            button.take(None, "")
        self.doubtful.setChecked(False)
        self.period.pick(everything())


class WordsField(QLineEdit):
    """Words to look for; Enter and arrow down go on to the rows, Esc empties it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ChoiceButton(QPushButton):
    """Narrows a list to one of the values that a field takes; asks which when it is pressed."""

    changed = Signal()

    def __init__(self, operations: Operations, source: ListSource, name: str) -> None:
        """Speak of one field."""
        super().__init__()
        theme.set_kind(self, "filter")
        self.name = name
        self.value: Any = None
        self._of = source.of
        self._label = tr("单位") if name == OFFICE else tr(source.of.field(name).label)
        self._operations = operations
        self.clicked.connect(self._ask)
        self.take(None, "", tell=False)

    def take(self, value: Any, words: str, *, tell: bool = True) -> None:
        """Narrow to a value; None leaves nothing out."""
        self.value = value
        short = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
        self.setText(self._label if value is None else f"{self._label}：{short}")
        self.setProperty("on", value is not None)
        self.style().polish(self)
        if tell:
            self.changed.emit()

    def _ask(self) -> None:
        of, name = self._of, self.name

        def job(ledger: Ledger) -> list[tuple[Any, str, int]]:
            if name == OFFICE:
                return list(lists.offices_in_use(ledger, of))
            return lists.labels_in_use(ledger, of, name)

        self._operations.read(
            job,
            self._show,
            slot=f"labels of {id(self)}",
        )

    def _show(self, labels: list[tuple[Any, str, int]]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("全部")).triggered.connect(lambda: self.take(None, ""))
        menu.addSeparator()
        for value, words, count in labels[:_MOST]:
            action = menu.addAction(f"{words}\t{count:,}")
            action.triggered.connect(lambda _c=False, v=value, w=words: self.take(v, w))
        if not labels:
            menu.addAction(tr("还没有填过")).setEnabled(False)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


_LONGEST = 8  # characters of a value on the button
_MOST = 40
