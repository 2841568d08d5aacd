"""An editable grid: words in cells, the editors of the forms, undo, paste, a note per cell.

Enter and Tab go on to the next cell, past the last one into a new row. Words stay as they were
typed; what they mean, and what is wrong with them, is said by notes that come from outside.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.core.fields import Day, Field, IdNumber, Integer, LongText, Phone, Text
from desktop.gui import cells, theme
from desktop.gui.clipboard import as_table, copy_table, pasted_rows
from desktop.gui.desk import Desk
from desktop.gui.editor import Editor, LineEditor
from desktop.gui.editors import make_editor
from desktop.gui.translate import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST_UNDO = 200
_LEAST_ROWS = 10
_STAYING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_LEFT = "left"  # a dynamic property: the editor is closing
NOTE_ROLE = Qt.ItemDataRole.UserRole


@dataclasses.dataclass(frozen=True)
class GridColumn:
    """One column: its key, title, the field that its cells fill, and whether it must be filled."""

    key: str
    title: str
    field: Field
    required: bool = False


@dataclasses.dataclass(frozen=True)
class CellNote:
    """What is wrong with a cell (refused), or unlikely about it."""

    text: str
    refused: bool = False


class GridModel(QAbstractTableModel):
    """Words in rows."""

    edited = Signal()

    def __init__(self, columns: Sequence[GridColumn]) -> None:
        """Some blank rows to begin with."""
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[list[str]] = [self._blank() for _ in range(_LEAST_ROWS)]
        self.notes: dict[tuple[int, int], CellNote] = {}
        self._past: list[list[list[str]]] = []

    def _blank(self) -> list[str]:
        return [""] * len(self.columns)

    @property
    def filled(self) -> list[int]:
        """The rows in which something stands."""
        return [n for n, row in enumerate(self.rows) if any(w.strip() for w in row)]

    def cells(self) -> list[dict[str, str]]:
        """All rows, also blank ones: column key -> words."""
        keys = [c.key for c in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]

    # ---- changes -------------------------------------------------------------------------------

    def _remember(self) -> None:
        self._past.append([list(row) for row in self.rows])
        del self._past[:-_MOST_UNDO]

    def undo(self) -> bool:
        """Take the last change back."""
        if not self._past:
            return False
        self._show(self._past.pop())
        return True

    def _show(self, rows: list[list[str]]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.notes = {}
        self.endResetModel()
        self.edited.emit()

    def put(self, cells: dict[tuple[int, int], str]) -> None:
        """Change several cells in one step; rows that aren't there are added."""
        if all(self._at(r, c) == words for (r, c), words in cells.items()):
            return
        self._remember()
        rows = [list(row) for row in self.rows]
        for (r, c), words in cells.items():
            while r >= len(rows):
                rows.append(self._blank())
            if c < len(self.columns):
                rows[r][c] = words
        if len(rows) != len(self.rows) or len(cells) > 1:
            self._show(rows)
            return
        self.rows = rows
        for r, c in cells:
            self.notes.pop((r, c), None)
            self.dataChanged.emit(self.index(r, c), self.index(r, c))
        self.edited.emit()

    def _at(self, row: int, column: int) -> str | None:
        inside = row < len(self.rows) and column < len(self.columns)
        return self.rows[row][column] if inside else None

    def add_row(self) -> None:
        """One more blank row; typing nothing into it is nothing to undo."""
        self.beginInsertRows(_ROOT, len(self.rows), len(self.rows))
        self.rows.append(self._blank())
        self.endInsertRows()

    def drop_rows(self, rows: Sequence[int]) -> None:
        """Take rows out."""
        self._remember()
        kept = [row for n, row in enumerate(self.rows) if n not in set(rows)]
        while len(kept) < _LEAST_ROWS:
            kept.append(self._blank())
        self._show(kept)

    def clear(self) -> None:
        """A fresh table; nothing to undo."""
        self._past.clear()
        self._show([self._blank() for _ in range(_LEAST_ROWS)])

    def show_notes(self, notes: dict[tuple[int, int], CellNote]) -> None:
        """Show what is wrong or unlikely."""
        self.notes = notes
        last = self.index(len(self.rows) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    # ---- Qt's questions ------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles, and numbers of rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        one = self.columns[section]
        return tr(one.title) + ("*" if one.required else "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, and the note about them."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.rows[index.row()][index.column()]
        note = self.notes.get((index.row(), index.column()))
        if role == NOTE_ROLE:
            return note
        if role == Qt.ItemDataRole.ToolTipRole and note:
            return note.text
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and note:
            return note.text
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """One cell."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.put({(index.row(), index.column()): str(value)})
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell may be edited."""
        del index
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable


class GridDelegate(QStyledItemDelegate):
    """Paints words and notes; edits with the editors of the forms."""

    def __init__(self, grid: Grid, desk: Desk) -> None:
        super().__init__(grid)
        self._grid, self._desk = grid, desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A sheet of paper with hairlines; a mark at the right end says that a cell has a note."""
        c = theme.colors()
        note = index.data(NOTE_ROLE)
        current = self._grid.currentIndex() == index
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = option.rect
        painter.save()
        painter.fillRect(rect, c.color("marked" if note else "chosen" if chosen else "sheet"))
        painter.setPen(c.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        inner = rect.adjusted(theme.S, 0, -theme.S, 0)
        painter.setFont(theme.font())
        if note:
            painter.setPen(c.color("soon"))
            mark = "✕" if note.refused else "?"
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, right, mark)
            inner.setRight(inner.right() - theme.L)
        painter.setPen(c.color("text"))
        words = str(index.data() or "").replace("\n", " ")
        right_side = isinstance(self._grid.column(index.column()).field.kind, Integer)
        side = Qt.AlignmentFlag.AlignRight if right_side else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if current and self._grid.hasFocus():
            painter.setPen(QPen(c.color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of the column's field; long words and particulars as plain lines."""
        field = self._grid.column(index.column()).field
        if isinstance(field.kind, LongText | Phone | IdNumber):
            field = dataclasses.replace(field, kind=Text())
        editor = make_editor(field, self._desk)
        editor.setParent(parent)
        editor.setAutoFillBackground(True)
        editor.setFocusProxy(editor.input())  # the table gives the focus to the editor itself
        hint = QAbstractItemDelegate.EndEditHint.EditNextItem
        editor.passed.connect(lambda: self._leave(editor, hint))
        editor.input().installEventFilter(self)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The words as they stand; typing replaces them."""
        if isinstance(editor, LineEditor) and not editor.line.isModified():
            editor.set_raw(index.data() or "")
            editor.line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """The words as they were typed."""
        if isinstance(editor, LineEditor):
            editor.settle()
            if isinstance(editor.field.kind, Day):
                editor.tidy()  # with its year and weekday, as in a form
            model.setData(index, editor.line.text())
        elif isinstance(editor, Editor):
            model.setData(index, editor.field.kind.text(editor.value()))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """As wide as the cell, or wider where the editor needs it."""
        rect = option.rect
        rect.setWidth(max(rect.width(), editor.sizeHint().width()))
        editor.setGeometry(rect)

    def _leave(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Closing takes the focus away, which would leave a second time.
        if not editor.property(_LEFT):
            editor.setProperty(_LEFT, True)
            if hint != QAbstractItemDelegate.EndEditHint.RevertModelCache:
                self.commitData.emit(editor)
            self.closeEditor.emit(editor, hint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab goes on, Esc gives up, and what loses the focus is taken over."""
        editor: QObject | None = watched
        while editor is not None and not isinstance(editor, Editor):
            editor = editor.parent()
        hint = QAbstractItemDelegate.EndEditHint
        if editor is None:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Tab:
                self._leave(editor, hint.EditNextItem)
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self._leave(editor, hint.EditPreviousItem)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave(editor, hint.RevertModelCache)
                return True
        elif (
            isinstance(event, QFocusEvent)
            and event.type() == QEvent.Type.FocusOut
            and event.reason() not in _STAYING
        ):
            self._leave(editor, hint.NoHint)
        return False


class Grid(QTableView):
    """The table."""

    def __init__(self, columns: Sequence[GridColumn], desk: Desk) -> None:
        """A few blank rows."""
        super().__init__()
        self.model_of = GridModel(columns)
        self.header_finder: Any = lambda row: {}
        self.setModel(self.model_of)
        self.setItemDelegate(GridDelegate(self, desk))
        theme.set_kind(self, "boxed")
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        upright = self.verticalHeader()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(theme.ROW)
        upright.setMinimumWidth(theme.ROW)
        upright.setHighlightSections(False)
        upright.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(theme.ROW)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(left)
        self.setCurrentIndex(self.model_of.index(0, 0))

    def column(self, at: int) -> GridColumn:
        """One of its columns."""
        return self.model_of.columns[at]

    # ---- keys ----------------------------------------------------------------------------------

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Behind the last cell there is always one more row."""
        model = self.model_of
        index = self.currentIndex()
        last = index.row() == len(model.rows) - 1 and index.column() == len(model.columns) - 1
        if hint == QAbstractItemDelegate.EndEditHint.EditNextItem and last:
            model.add_row()
        super().closeEditor(editor, hint)
        if self.state() != QAbstractItemView.State.EditingState:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits; Ctrl+V pastes, Ctrl+Z undoes, Ctrl+D repeats the cell above."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(pasted_rows())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.model_of.undo()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.edit(self.currentIndex())
        elif key == Qt.Key.Key_D and control:
            self.repeat_above()
        elif key == Qt.Key.Key_Delete and control:
            self.drop_chosen()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.model_of.put({(i.row(), i.column()): "" for i in self.selectedIndexes()})
        elif control:
            event.ignore()  # save, close: the dialog's
        else:
            super().keyPressEvent(event)

    def paste(self, rows: list[list[str]]) -> None:
        """Put rows in from the current cell on; a header among them says what is which."""
        if not rows:
            return
        model, at = self.model_of, self.currentIndex()
        top, left = max(at.row(), 0), max(at.column(), 0)
        places: dict[str, int] = self.header_finder(rows[0])
        keys = [c.key for c in model.columns]
        if places:
            rows = rows[1:]
            found = {(keys.index(k), i) for k, i in places.items() if k in keys}
        else:
            width = max(map(len, rows))
            if left + width > len(keys) and width <= len(keys):
                left = 0
            found = {(left + i, i) for i in range(width) if left + i < len(keys)}
        cells = {
            (top + n, column): row[i]
            for n, row in enumerate(rows)
            for column, i in found
            if i < len(row)
        }
        model.put(cells)
        self.setCurrentIndex(model.index(top, min(left, len(keys) - 1)))

    def copy(self) -> None:
        """The chosen cells as text and table."""
        chosen = self.selectedIndexes()
        if not chosen:
            return
        rows = sorted({i.row() for i in chosen})
        columns = sorted({i.column() for i in chosen})
        copy_table(as_table([[self.model_of.rows[r][c] for c in columns] for r in rows]))

    def repeat_above(self) -> None:
        """The words of the cell above, in every chosen cell."""
        rows = self.model_of.rows
        chosen = sorted((i.row(), i.column()) for i in self.selectedIndexes())
        cells: dict[tuple[int, int], str] = {}
        for row, column in chosen:
            if row:
                cells[row, column] = cells.get((row - 1, column), rows[row - 1][column])
        at = self.currentIndex()
        self.model_of.put(cells)
        self.setCurrentIndex(self.model_of.index(at.row(), at.column()))

    def drop_chosen(self) -> None:
        """Take the chosen rows out."""
        rows = sorted({i.row() for i in self.selectedIndexes()})
        if rows:
            self.model_of.drop_rows(rows)
            self.setCurrentIndex(self.model_of.index(min(rows), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns have the width of their kind and share the rest."""
        super().resizeEvent(event)
        em = self.fontMetrics().horizontalAdvance("国")
        wide = [cells.width(c.field.kind) for c in self.model_of.columns]
        least = [
            max(min(w.hanzi, 12), len(c.title) + 2) * em + 2 * theme.S
            for w, c in zip(wide, self.model_of.columns, strict=True)
        ]
        growing = sum(w.grows for w in wide) or 1
        free = max(self.viewport().width() - sum(least), 0)
        for at, (width, kind) in enumerate(zip(least, wide, strict=True)):
            self.setColumnWidth(at, width + (free // growing if kind.grows else 0))
