"""统计与报告: every figure of a period, the rows behind each, and the summary that they make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop import figures
from desktop.core.changes import Changes
from desktop.core.offices import Office
from desktop.figures import Result
from desktop.gui import frames, theme
from desktop.gui.clipboard import as_table, copy_table
from desktop.gui.operations import Operations
from desktop.gui.period import Period, PeriodButton, year_of
from desktop.gui.record_list import RowDelegate
from desktop.gui.screens.figure_rows import FigureRows
from desktop.gui.screens.report_pane import ReportPane
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.work.registers import offices
from desktop.work.trips import last_trip_day

_Lines = list[tuple[str, str, str, str, str]]  # figure id ('' = heading), name, value, unit, rows

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTHS = (0, 7, 4, 6)  # in Hanzi; 0 takes the rest


class FigureModel(QAbstractTableModel):
    """Figures under the headings of their groups; classes of a figure below it."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.lines: _Lines = []
        self.rules: dict[str, str] = {}

    def show_results(self, results: dict[str, Result]) -> None:
        """Show what was computed."""
        self.beginResetModel()
        self.lines = lines_of(results)
        self.rules = {i: r.figure.rule for i, r in results.items()}
        self.endResetModel()

    def row_of(self, figure: str) -> int:
        """The line of a figure, or -1."""
        return next((n for n, line in enumerate(self.lines) if line[0] == figure), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Name, value, unit, rows."""
        return 0 if parent.isValid() else len(_WIDTHS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("项目"), tr("数"), tr("单位"), tr("来自"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line[index.column() + 1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and line[0]:
            return self.rules.get(line[0])
        if role == Qt.ItemDataRole.UserRole:
            return line[0]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can't be chosen."""
        if not index.isValid() or not self.lines[index.row()][0]:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


def _side(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in (1, 3) else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def lines_of(results: dict[str, Result]) -> _Lines:
    """The lines of the table: a heading a group, a line a figure, a line a class of it."""
    groups: dict[str, list[tuple[str, Result]]] = {}
    for name, result in results.items():
        groups.setdefault(result.figure.group, []).append((name, result))
    lines: _Lines = []
    for group, members in groups.items():
        lines.append(("", group, "", "", ""))
        for name, result in members:
            figure, value = result.figure, result.value
            rows = tr("{0} 条").format(f"{result.rows:,}") if result.rows else ""
            if isinstance(value, dict):
                lines.append((name, figure.name, "", "", rows))
                lines += [(name, f"　　{k}", f"{v:,}", figure.unit, "") for k, v in value.items()]
            else:
                words = tr("——") if value is None else f"{value:,}"
                unit = figure.unit if value is not None else ""
                lines.append((name, figure.name, words, unit, rows))
    return lines


class _FigureDelegate(RowDelegate):
    """Headings are quiet; a figure is a line of the list."""

    def color_of(self, index: Index, text: str) -> str:
        if not index.data(Qt.ItemDataRole.UserRole):
            return "quiet"
        if text == tr("——") or text.startswith("　　") or index.column() >= 2:
            return "quiet"
        return "text"

    def is_bold(self, index: Index) -> bool:
        return not index.data(Qt.ItemDataRole.UserRole)


class FigureTable(QTableView):
    """The table of figures; a click or Enter shows the rows behind one."""

    chosen = Signal(str)

    def __init__(self, model: FigureModel) -> None:
        """Show the model."""
        super().__init__()
        self.hovered = -1
        self.setModel(model)
        self.setItemDelegate(_FigureDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.horizontalHeader().setFixedHeight(theme.ROW)
        self.horizontalHeader().setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(lambda now, _former: self._choose(now))

    def _choose(self, index: QModelIndex) -> None:
        figure = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else ""
        if figure:
            self.chosen.emit(figure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first column takes the rest."""
        super().resizeEvent(event)
        em = self.fontMetrics().horizontalAdvance("国")
        rest = self.viewport().width()
        for at, width in enumerate(_WIDTHS):
            if width:
                self.setColumnWidth(at, width * em + 2 * theme.S)
                rest -= width * em + 2 * theme.S
        self.setColumnWidth(0, max(rest, 8 * em))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen lines, or the whole table."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        model = self.model()
        rows = sorted(i.row() for i in self.selectionModel().selectedRows())
        if len(rows) < 2:
            rows = list(range(model.rowCount()))
        columns = range(3)
        head = [str(model.headerData(c, Qt.Orientation.Horizontal)) for c in columns]
        body = [[str(model.index(r, c).data() or "") for c in columns] for r in rows]
        copy_table(as_table([head, *body]))


class StatisticsScreen(QWidget):
    """Period and office above; figures left, the rows behind one right; or the report itself."""

    wanted_record = Signal(str, str)

    def __init__(
        self,
        operations: Operations,
        office: Office,
        today: Callable[[], dt.date],
        *,
        county: bool,
    ) -> None:
        """Compute when shown."""
        super().__init__()
        self._operations = operations
        self._stale = True
        self._wanted = ""
        self._settled = False
        self.period = PeriodButton(year_of(today()), today)
        self.period.picked.connect(lambda _p: self.refresh())
        self.office = QComboBox()
        self.office.addItem(tr("全县") if county else office.name, "")
        self.office.currentIndexChanged.connect(lambda _i: self.refresh())
        self.model = FigureModel()
        self.table = FigureTable(self.model)
        self.rows = FigureRows(operations)
        self.report = ReportPane(operations)
        self._today, self._county = today, county
        self._lay_out()
        self.table.chosen.connect(self._show_rows)
        self.rows.wanted_record.connect(self.wanted_record)
        self.report.closed.connect(lambda: self._pages.setCurrentIndex(0))
        operations.changed.connect(self._look_again)

    def _lay_out(self) -> None:
        self._preview = frames.button(tr("工作总结：预览"), self._show_report)
        self._make = frames.button(tr("生成工作总结 PDF"), self._make_report, "primary")
        top = frames.row(
            frames.label(tr("统计与报告"), "head"),
            theme.M,
            self.period,
            self.office,
            None,
            self._preview,
            self._make,
        )
        top.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.rows)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self._pages = QStackedWidget()
        self._pages.addWidget(split)
        self._pages.addWidget(self.report)
        paper = QFrame()
        theme.set_kind(paper, "paper")
        inner = QVBoxLayout(paper)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(top)
        inner.addWidget(frames.line())
        inner.addWidget(self._pages, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(paper)
        self.office.setVisible(self._county)

    # ---- what the window calls -----------------------------------------------------------------

    def show_figure(self, figure: str, period: object) -> None:
        """Show a figure of a period and its rows."""
        self._wanted = figure
        self._settled = True
        self._pages.setCurrentIndex(0)
        if isinstance(period, Period):
            self.period.pick(period)

    def escape(self) -> bool:
        """Leave the report."""
        if self._pages.currentIndex() == 1:
            self._pages.setCurrentIndex(0)
            return True
        return False

    def start(self) -> None:
        """Take the keyboard."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Compute anew; a report that is shown is made anew."""
        self._stale = False
        if self._pages.currentIndex() == 1:
            self._show_report()
        period, office = self.period.period, self._office()
        self._operations.study(
            tr("正在统计"),
            lambda ledger, _progress: figures.compute(ledger, period.first, period.last, office),
            self._show_results,
            slot="figures",
        )

    # ---- how it is done ------------------------------------------------------------------------

    def showEvent(self, event: Any) -> None:
        """Compute when somebody looks."""
        super().showEvent(event)
        if not self._settled:
            self._settled = True
            self._operations.read(_where_to_begin, self._begin, slot="figures begin")
        elif self._stale:
            self.refresh()

    def _begin(self, answer: tuple[dt.date | None, dict[str, str]]) -> None:
        last, known = answer
        if self._county and self.office.count() == 1:
            self.office.blockSignals(True)
            for code, name in known.items():
                self.office.addItem(name, code)
            self.office.blockSignals(False)
        if last is not None and last.year != self._today().year:
            # The newest year that holds anything, not an empty one.
            self.period.pick(year_of(last))
        else:
            self.refresh()

    def _office(self) -> str:
        return str(self.office.currentData() or "")

    def _look_again(self, _changes: Changes) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show_results(self, results: dict[str, Result]) -> None:
        current = self.table.currentIndex()
        figure = self._wanted or (
            current.data(Qt.ItemDataRole.UserRole) if current.isValid() else ""
        )
        self._wanted = ""
        self.model.show_results(results)
        row = self.model.row_of(figure) if figure else -1
        if row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))
        else:
            self.rows.forget()

    def _show_rows(self, figure: str) -> None:
        period = self.period.period
        self.rows.show_figure(figure, period.first, period.last, self._office())

    def _show_report(self) -> None:
        self._pages.setCurrentIndex(1)
        self.report.preview(self.period.period, self._office(), self.office.currentText())

    def _make_report(self) -> None:
        self.report.make(self.period.period, self._office(), self.office.currentText())


def _where_to_begin(ledger: Ledger) -> tuple[dt.date | None, dict[str, str]]:
    return last_trip_day(ledger), offices(ledger)
