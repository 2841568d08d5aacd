"""The table of figures: a heading a group, a line a figure, a line a class of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from desktop.figures import Result
from desktop.figures.compute import UNSAID
from desktop.figures.series import Compared, change
from desktop.gui import theme
from desktop.gui.clipboard import as_table, copy_table
from desktop.gui.grid import past_headings
from desktop.gui.record_table import RowDelegate, lay_rows
from desktop.gui.translate import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTHS = (0, 5, 3, 5, 5, 5)  # in Hanzi; 0 takes the rest
_COPIED = 5


class Line(NamedTuple):
    """One line; without a figure it is a heading, with a label it is one class of the figure."""

    figure: str
    name: str
    value: str
    unit: str
    before: str
    year_before: str
    rows: str
    label: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """What the columns show."""
        return self[1:7]


class FigureModel(QAbstractTableModel):
    """Figures under the headings of their groups; classes of a figure below it."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.lines: list[Line] = []
        self.hints: dict[str, str] = {}

    def show_lines(self, lines: list[Line], hints: dict[str, str]) -> None:
        """Show what was computed; a hint a figure. What was chosen stays so in the same lines."""
        if lines and [one[:2] for one in lines] == [one[:2] for one in self.lines]:
            self.lines, self.hints = lines, hints
            last = self.index(len(lines) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.lines, self.hints = lines, hints
        self.endResetModel()

    def row_of(self, figure: str) -> int:
        """The line of a figure, or -1."""
        return next((n for n, line in enumerate(self.lines) if line.figure == figure), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Name, value, unit, what it was before, rows."""
        return 0 if parent.isValid() else len(_WIDTHS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            titles = (tr("项目"), tr("数"), tr("单位"), tr("上期"), tr("上年同期"), tr("来自"))
            return titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and line.figure:
            return self.hints.get(line.figure)
        if role == Qt.ItemDataRole.UserRole:
            return line.figure
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can't be chosen."""
        if not index.isValid() or not self.lines[index.row()].figure:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


def _side(column: int) -> int:
    left = column in (0, 2)
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def words_of(result: Result | None) -> str:
    """The number of a cell; "——" for no data, 无 for a declared zero."""
    if result is None or isinstance(result.value, dict):
        return ""
    if result.value is None:
        return tr("——")
    return tr("无") if result.zero else f"{result.value:,}"


def says_something(result: Result) -> bool:
    """Whether there is a number, or at least one class that somebody recorded."""
    if isinstance(result.value, dict):
        return any(label != UNSAID for label in result.value)
    return result.value is not None


def lines_of(
    results: Mapping[str, Compared], *, everything: bool, wanted: str = "", compared: bool = True
) -> list[Line]:
    """The lines of the table.

    Figures without data are left out unless `everything` is asked for, but for the one `wanted`;
    the heading says how many they are.
    """
    groups: dict[str, list[tuple[str, Compared]]] = {}
    for name, one in results.items():
        groups.setdefault(one.figure.group, []).append((name, one))
    lines: list[Line] = []
    for group, members in groups.items():
        shown = [
            (name, one)
            for name, one in members
            if everything or name == wanted or says_something(one.now)
        ]
        left = len(members) - len(shown)
        hidden = tr("{0} 项没有数据").format(left) if left else ""
        lines.append(Line("", f"{group}　{hidden}" if hidden else group, "", "", "", "", ""))
        for name, one in shown:
            lines += _lines(name, one, compared)
    return lines


def _lines(name: str, one: Compared, compared: bool) -> list[Line]:
    figure, result = one.figure, one.now
    rows = tr("{0} 条").format(f"{result.rows:,}") if result.rows else ""
    if result.declared:
        rows = tr("含填报 {0}").format(f"{result.declared:,}")
    unit = figure.unit if result.value is not None and not result.zero else ""
    before, year_before = (one.before, one.year_before) if compared else (None, None)
    if not isinstance(result.value, dict):
        earlier = (words_of(before), words_of(year_before))
        return [Line(name, figure.name, words_of(result), unit, *earlier, rows)]
    lines = [Line(name, figure.name, tr("无") if result.zero else "", "", "", "", rows)]
    for label, value in result.value.items():
        earlier = (_of_class(before, label), _of_class(year_before, label))
        lines.append(Line(name, f"　　{label}", f"{value:,}", figure.unit, *earlier, "", label))
    return lines


def _of_class(result: Result | None, label: str) -> str:
    if result is None:
        return ""
    if not isinstance(result.value, dict):
        return tr("——")
    return f"{result.value.get(label, 0):,}"


def differences(one: Compared) -> list[str]:
    """How a figure differs from the period before and from the year before, in words."""
    share = one.figure.rate is not None
    return [
        words
        for words in (
            change(one.now.value, one.before.value, tr("上期"), share=share),
            change(one.now.value, one.year_before.value, tr("上年同期"), share=share),
        )
        if words
    ]


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

    chosen = Signal(str, str)  # figure, class ('' = all of it)

    def __init__(self, model: FigureModel) -> None:
        """Show the model."""
        super().__init__()
        self.hovered = -1
        self._lines = model
        self.setModel(model)
        self.setItemDelegate(_FigureDelegate(self))
        lay_rows(self)
        self.setMouseTracking(True)
        self.horizontalHeader().setFixedHeight(theme.ROW)
        self.horizontalHeader().setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(lambda now, _former: self._choose(now))

    def _choose(self, index: QModelIndex) -> None:
        line = self._lines.lines[index.row()] if index.isValid() else None
        if line and line.figure:
            self.chosen.emit(line.figure, line.label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first column takes the rest; where it is narrow, what was before gives way."""
        super().resizeEvent(event)
        em = self.fontMetrics().horizontalAdvance("国")
        narrow = self.viewport().width() < _NARROW * em
        rest = self.viewport().width()
        for at, width in enumerate(_WIDTHS):
            self.setColumnHidden(at, narrow and at in (3, 4))
            if width and not self.isColumnHidden(at):
                self.setColumnWidth(at, width * em + 2 * theme.S)
                rest -= width * em + 2 * theme.S
        self.setColumnWidth(0, max(rest, 8 * em))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The line that a key leads to; headings, where Qt would stop, are passed over."""
        return past_headings(self, super().moveCursor(action, modifiers), action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen lines, or the whole table."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        model = self.model()
        rows = sorted(i.row() for i in self.selectionModel().selectedRows())
        if len(rows) < 2:
            rows = list(range(model.rowCount()))
        columns = range(_COPIED)
        head = [str(model.headerData(c, Qt.Orientation.Horizontal)) for c in columns]
        body = [[str(model.index(r, c).data() or "") for c in columns] for r in rows]
        copy_table(as_table([head, *body]))


_NARROW = 36  # Hanzi
