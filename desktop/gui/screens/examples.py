"""典型事例: what was ticked for the summary, of all types, with its sentences; each opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.core.changes import Changes
from desktop.gui import frames, theme
from desktop.gui.operations import Operations
from desktop.gui.period import PeriodButton, year_of
from desktop.gui.plain_table import PlainTable
from desktop.gui.screens.list_screen import PageView
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from desktop.records.example import Example
from desktop.work.examples import ExampleRow, examples

_STALE = {n for n, of in RECORD_TYPES.items() if issubclass(of.cls, Example)}


class ExamplesTable(PlainTable):
    """The rows; Enter or a double click opens one."""

    def __init__(self, opened: Callable[[int], None]) -> None:
        """Without rows."""
        titles = (tr("日期"), tr("来自"), tr("事例"), tr("原来怎样"), tr("后来怎样"), tr("还差"))
        super().__init__(titles, (6, 4, 6, 6, 6, 5))
        self._opened = opened
        self.doubleClicked.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self._opened(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ExamplesPage(PageView):
    """The examples of a period."""

    def __init__(self, operations: Operations, today: Callable[[], dt.date]) -> None:
        """Of this year; asks when it is first shown, and when something was written."""
        super().__init__()
        self.rows: list[ExampleRow] = []
        self._operations = operations
        self._stale = True
        self.period = PeriodButton(year_of(today()), today)
        self.period.picked.connect(lambda _p: self._ask())
        self._shown = ExamplesTable(self._open)
        theme.set_kind(self._shown, "")
        self.table = self._shown
        self.count = frames.label(kind="quiet")
        hint = tr("还没有典型事例。打开问题、信访事项或意见建议，在“写入总结”选是，再写两句话。")
        empty = QWidget()
        middle = frames.row(None, frames.label(hint, "quiet"), None)
        empty.setLayout(frames.column(None, middle, None))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(empty)
        line = frames.row(self.period, theme.M, self.count, None)
        line.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        self.setLayout(frames.column(line, self._pages, spacing=0))
        operations.changed.connect(self._look_again)

    def showEvent(self, event: Any) -> None:
        """Ask when somebody looks."""
        super().showEvent(event)
        if self._stale:
            self._ask()

    def _look_again(self, changes: Changes) -> None:
        if changes.types & _STALE:
            self._stale = True
            if self.isVisible():
                self._ask()

    def _ask(self) -> None:
        self._stale = False
        period = self.period.period

        def job(ledger: Ledger) -> list[ExampleRow]:
            return examples(ledger, period.first, period.last)

        self._operations.read(job, self._show, slot=f"examples {id(self)}")

    def _show(self, rows: list[ExampleRow]) -> None:
        self.rows = rows
        self._shown.show_rows([_cells(row) for row in rows])
        lacking = sum(1 for row in rows if row.note)
        words = tr("{0} 个").format(len(rows))
        if lacking:
            words += " · " + tr("{0} 个还要补").format(lacking)
        self.count.setText(words if rows else "")
        self._pages.setCurrentIndex(0 if rows else 1)
        if rows and self.table.currentIndex().row() < 0:
            self.table.selectRow(0)

    def _open(self, row: int) -> None:
        self.wanted_record.emit(self.rows[row].type, self.rows[row].id)


def _cells(row: ExampleRow) -> list[str]:
    day = row.date.isoformat() if row.date else ""
    label = tr(RECORD_TYPES[row.type].label)
    return [day, label, row.title, row.before, row.after, row.note or tr("✓ 齐了")]
