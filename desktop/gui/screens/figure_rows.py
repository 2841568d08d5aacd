"""The rows behind a figure: its rule in a sentence, how many rows, their titles; each opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from desktop import figures
from desktop.figures.compute import STATED
from desktop.figures.series import Compared, compare
from desktop.gui import frames, theme
from desktop.gui.list_model import RecordListModel
from desktop.gui.list_source import Column, ListSource, Words
from desktop.gui.operations import Operations
from desktop.gui.record_list import RecordTable
from desktop.gui.screens.figure_table import differences
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, DeclaredCount
from desktop.work.lists import dated_titles

Rows = list[tuple[str, str]]


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
        self._differs = frames.label("", "quiet", wrap=True)
        self._count = frames.label("", "small", wrap=True)
        self._none = frames.label("", "quiet", wrap=True)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._table: RecordTable | None = None
        body = QWidget()
        head = frames.column(
            self._name, self._value, self._differs, self._rule, self._count, spacing=theme.XS
        )
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

    def show_figure(
        self,
        figure: str,
        first: dt.date,
        last: dt.date,
        office: str,
        *,
        campaign: str = "",
        rank: str = "",
        label: str = "",
        compared: bool = True,
    ) -> None:
        """Ask for a figure, or one class of it, and its rows."""

        def job(ledger: Ledger) -> tuple[Compared | None, Rows]:
            period = (first, last, office)
            if compared:
                found = compare(ledger, *period, [figure], campaign=campaign, rank=rank)
            else:
                only = figures.compute(ledger, *period, [figure], campaign=campaign, rank=rank)
                found = {i: Compared(r, r, r, r) for i, r in only.items()}
            rows = figures.rows(
                ledger, figure, *period, campaign=campaign, rank=rank, label=label or None
            )
            return found.get(figure), rows

        self._operations.read(
            job, lambda found: self._show(*found, label, compared), slot="figure rows"
        )

    def show_records(self, name: str, count: str, rows: Rows) -> None:
        """Show records that stand behind a number that is no figure."""
        self._name.setText(name)
        self._value.setText(count)
        self._rule.hide()
        self._say_differences(())
        self._fill(rows, 0)

    def _show(self, one: Compared | None, rows: Rows, label: str, compared: bool) -> None:
        if one is None:
            self.forget()
            return
        figure, result = one.figure, one.now
        value = result.value
        if isinstance(value, dict):
            # Distinct values of several classes can't be added up.
            adds = figure.count.how in ("count", "sum")
            value = value.get(label) if label else sum(value.values()) if adds else len(rows)
        self._name.setText(f"{figure.name}：{label}" if label else figure.name)
        unit = "%" if figure.unit == "%" else f" {figure.unit}"
        words = "——" if value is None else tr("无") if result.zero else f"{value:,}{unit}"
        self._value.setText(words)
        self._rule.setText(tr("算法：{0}。").format(figure.rule))
        self._rule.show()
        self._say_differences(differences(one) if compared else ())
        self._fill(rows, result.declared)

    def _say_differences(self, words: Sequence[str]) -> None:
        self._differs.setText("，".join(words))
        self._differs.setVisible(bool(words))

    def _fill(self, rows: Rows, declared: int) -> None:
        types = list(dict.fromkeys(of for of, _ in rows))
        labels = "、".join(tr(RECORD_TYPES[of].label) for of in types if of != STATED)
        plain = len(rows) - declared
        words = [tr("来自 {0} 条{1}记录，双击打开").format(f"{plain:,}", labels)] if plain else []
        if declared:
            words.append(tr("其中填报数 {0} 条，没有逐条记录").format(f"{declared:,}"))
        self._count.setText("；".join(words) or tr("这段时间没有记录"))
        frames.empty(self._list)
        for of in types:
            table = self._make_table(of)
            if len(types) > 1:
                head = frames.label(tr(RECORD_TYPES[of].label), "small")
                head.setContentsMargins(theme.L, theme.S, theme.L, 0)
                self._list.addWidget(head)
            ids = [one for t, one in rows if t == of]
            self._list.addWidget(table, min(len(ids), _TALL))
            model = table.model()
            assert isinstance(model, RecordListModel)
            model.show_ids(ids)
            self._table = self._table if of != types[0] else table
        if not types:
            self._table = None
            self._list.addStretch(1)
        self._pages.setCurrentIndex(1)

    def _make_table(self, type_name: str) -> RecordTable:
        of = RECORD_TYPES[type_name]

        def words(ledger: Ledger, ids: list[str]) -> Words:
            return _stated(ledger, ids) if type_name == STATED else dated_titles(ledger, of, ids)

        columns = (Column(tr("日期"), 6), Column(tr(of.label), 12, grows=True))
        source = ListSource(of=of, columns=columns if of.dated_by else columns[1:], words=words)
        model = RecordListModel(self._operations, source)
        table = RecordTable(model)
        model.setParent(table)
        table.opened.connect(lambda one: self.wanted_record.emit(type_name, one))
        return table


_TALL = 12


def _stated(ledger: Ledger, ids: list[str]) -> Words:
    """A reported number in words: when, how many, from where."""
    found = {}
    for one in ledger.fetch(DeclaredCount, ids):
        source = tr("（{0}）").format(one.source) if one.source else ""
        words = tr("填报数 {0}{1}").format(f"{one.value or 0:,}", source)
        found[one.id] = (one.last.isoformat() if one.last else "", words)
    return found
