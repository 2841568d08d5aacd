"""The rows behind a figure: its rule in a sentence, how many rows, their titles; each opens."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from desktop import figures
from desktop.figures import Result
from desktop.gui import frames, theme
from desktop.gui.list_model import RecordListModel
from desktop.gui.list_source import Column, ListSource, Words
from desktop.gui.operations import Operations
from desktop.gui.record_list import RecordTable
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from desktop.work.lists import dated_titles


class FigureRows(QFrame):
    """The side list of a figure."""

    wanted_record = Signal(str, str)  # type, id

    def __init__(self, operations: Operations) -> None:
        """Nothing chosen yet."""
        super().__init__()
        theme.set_kind(self, "paper")
        self._operations = operations
        self._name = frames.label("", "title", wrap=True)
        self._value = frames.label("", "figure")
        self._rule = frames.label("", "quiet", wrap=True)
        self._count = frames.label("", "small")
        self._none = frames.label("", "quiet", wrap=True)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._table: RecordTable | None = None
        body = QWidget()
        head = frames.column(self._name, self._value, self._rule, self._count, spacing=theme.XS)
        head.setContentsMargins(theme.L, theme.M, theme.L, theme.S)
        inner = frames.column(head, frames.line(), self._list, spacing=0)
        inner.setStretch(2, 1)
        body.setLayout(inner)
        asking = QWidget()
        hint = frames.column(None, self._none, None)
        hint.setContentsMargins(theme.XL, 0, theme.XL, 0)
        asking.setLayout(hint)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(asking)
        self._pages.addWidget(body)
        self.forget()

    def forget(self) -> None:
        """Nothing is chosen."""
        self._none.setText(tr("点左边的一个数，这里列出它是由哪些记录算出来的。"))
        self._pages.setCurrentIndex(0)

    def show_figure(self, figure: str, first: dt.date, last: dt.date, office: str) -> None:
        """Ask for a figure and its rows."""

        def job(ledger: Ledger) -> tuple[Result, list[tuple[str, str]]]:
            result = figures.compute(ledger, first, last, office, only=[figure])[figure]
            return result, figures.rows(ledger, figure, first, last, office)

        self._operations.read(job, lambda found: self._show(*found), slot="figure rows")

    def _show(self, result: Result, rows: list[tuple[str, str]]) -> None:
        figure = result.figure
        value = sum(result.value.values()) if isinstance(result.value, dict) else result.value
        self._name.setText(figure.name)
        self._value.setText("——" if value is None else f"{value:,} {figure.unit}")
        self._rule.setText(tr("算法：{0}。").format(figure.rule))
        label = tr(RECORD_TYPES[figure.of].label)
        words = tr("来自 {0} 条{1}记录，双击打开") if rows else tr("这段时间没有{1}记录")
        self._count.setText(words.format(f"{len(rows):,}", label))
        frames.empty(self._list)
        self._table = self._make_table(figure.of)
        self._list.addWidget(self._table, 1)
        model = self._table.model()
        assert isinstance(model, RecordListModel)
        model.show_ids([one for _, one in rows])
        self._pages.setCurrentIndex(1)

    def _make_table(self, type_name: str) -> RecordTable:
        of = RECORD_TYPES[type_name]

        def words(ledger: Ledger, ids: list[str]) -> Words:
            return dated_titles(ledger, of, ids)

        columns = (Column(tr("日期"), 6), Column(tr(of.label), 12, grows=True))
        source = ListSource(of=of, columns=columns if of.dated_by else columns[1:], words=words)
        model = RecordListModel(self._operations, source)
        table = RecordTable(model)
        model.setParent(table)
        table.opened.connect(lambda one: self.wanted_record.emit(type_name, one))
        return table
