"""表格录入: many rows at once, typed or pasted from Excel, checked in place, saved in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QPushButton, QWidget

from desktop.core.progress import Progress
from desktop.gui import frames, messages, theme
from desktop.gui.desk import Desk
from desktop.gui.forms.table_grid import CellNote, Grid, GridColumn
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.jobs.enter_table import (
    TABLES,
    Checked,
    Names,
    check_rows,
    columns_of,
    field_of_column,
    header_of,
    must_be_filled,
    read_names,
    save_rows,
)
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from desktop.work import codes

_CHECK_AFTER = 200  # ms after the last change


class TableEntry(QDialog):
    """A table of lectures, problems, visits, suggestions, disputes or check-ins."""

    saved = Signal(int)  # how many rows

    def __init__(
        self,
        operations: Operations,
        of: str,
        parent: QWidget | None = None,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        """Open the table for records of a type."""
        super().__init__(parent)
        self.setWindowTitle(tr("表格录入"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.operations = operations
        self.of = of
        self.today = today
        self.desk = Desk(operations, today)
        self.checked: Checked | None = None
        self.saving = False
        self._names: Names | None = None
        self._grid: Grid | None = None
        self._timer = QTimer(self, singleShot=True, interval=_CHECK_AFTER)
        self._timer.timeout.connect(self.check)
        self._build()
        self.show_table(of)
        operations.read(codes.code_lists, self._take_lists)

    # ---- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._tabs = QButtonGroup(self)
        tabs: list[QWidget | int | None] = []
        for at, name in enumerate(TABLES):
            button = QPushButton(tr(RECORD_TYPES[name].label))
            button.setCheckable(True)
            button.setAutoDefault(False)
            theme.set_kind(button, "tab")
            self._tabs.addButton(button, at)
            tabs.append(button)
        self._tabs.idClicked.connect(lambda at: self._turn(list(TABLES)[at]))
        hint = tr("可以从 Excel、WPS 复制后按 Ctrl+V 粘贴；Enter 到下一格，Ctrl+D 同上一行")
        self.count = frames.label("", "quiet")
        self.note = frames.label("", "soon", wrap=True)
        self.note.setMinimumHeight(theme.ROW)
        self.save_button = frames.button(tr("全部保存"), self.save, "primary")
        self.save_button.setToolTip("Ctrl+S")
        self.close_button = frames.button(tr("关闭"), self.close)
        self._middle = frames.column()
        column = frames.column(
            frames.row(*tabs, None, spacing=theme.XS),
            frames.label(hint, "small", wrap=True),
            self._middle,
            self.note,
            frames.row(self.count, None, self.close_button, self.save_button),
        )
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        self.setLayout(column)
        theme.set_kind(self, "ground")
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self.save)

    @property
    def grid(self) -> Grid:
        """The table that is shown."""
        assert self._grid is not None
        return self._grid

    def show_table(self, of: str) -> None:
        """Show an empty table for a type."""
        self.of = of
        self.checked = None
        if self._grid is not None:
            self._middle.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        columns = []
        for column in columns_of(of):
            owner, name = field_of_column(of, column)
            field = RECORD_TYPES[owner].field(name)
            columns.append(
                GridColumn(column.key, column.titles[0], field, must_be_filled(TABLES[of], column))
            )
        self._grid = Grid(columns, self.desk)
        self._grid.header_finder = lambda row: header_of(of, row)
        self._grid.model_of.edited.connect(self._edited)
        self._grid.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self._middle.addWidget(self._grid)
        self._tabs.button(list(TABLES).index(of)).setChecked(True)
        self._tell()
        self._grid.setFocus()

    def _turn(self, of: str) -> None:
        if of != self.of and self._may_drop():
            self.show_table(of)
        else:
            self._tabs.button(list(TABLES).index(self.of)).setChecked(True)

    def _take_lists(self, lists: Any) -> None:
        self.desk.lists = lists

    # ---- checking ------------------------------------------------------------------------------

    def _edited(self) -> None:
        self.checked = None
        self._tell()
        self._timer.start()

    def check(self) -> None:
        """Read all cells, on the reader thread."""
        of, today, names = self.of, self.today(), self._names
        cells = self.grid.model_of.cells()

        def job(ledger: Ledger) -> tuple[Checked, Names]:
            known = names or read_names(ledger)
            return check_rows(ledger, of, cells, today, known), known

        def take(found: tuple[Checked, Names]) -> None:
            if self.of == of and cells == self.grid.model_of.cells():
                self.checked, self._names = found
                self._show_notes(found[0])

        self.operations.read(job, take, slot=f"table {id(self)}")

    def _show_notes(self, checked: Checked) -> None:
        keys = [c.key for c in self.grid.model_of.columns]
        notes: dict[tuple[int, int], CellNote] = {}
        for note in checked.notes:
            at = (note.row, keys.index(note.key) if note.key in keys else 0)
            if at not in notes or (note.refused and not notes[at].refused):
                notes[at] = CellNote(note.text, note.refused)
        self.grid.model_of.show_notes(notes)
        self._tell()

    def _tell(self) -> None:
        model = self.grid.model_of
        rows = len(model.filled)
        words = [tr("{0} 行").format(rows)]
        if self.checked is not None:
            wrong = sum(n.refused for n in model.notes.values())
            odd = len(model.notes) - wrong
            if wrong:
                words.append(tr("✕ {0} 处不能保存").format(wrong))
            if odd:
                words.append(tr("? {0} 处请核对（可以保存）").format(odd))
            if rows and not model.notes:
                words.append(tr("✓ 都看懂了"))
        self.count.setText("，".join(words))
        at: QModelIndex = self.grid.currentIndex()
        note = model.notes.get((at.row(), at.column()))
        title = tr(model.columns[at.column()].title) if at.isValid() else ""
        where = tr("第{0}行「{1}」").format(at.row() + 1, title)
        self.note.setText(f"{where}：{note.text}" if note else "")
        self.save_button.setEnabled(bool(rows) and not self.saving)

    # ---- saving --------------------------------------------------------------------------------

    def save(self) -> None:
        """Save all rows in one operation; what is refused stays where it is, to be mended."""
        if self.saving or not self.grid.model_of.filled:
            return
        self.grid.setFocus()  # what is being typed is taken over
        wrong = [at for at, n in sorted(self.grid.model_of.notes.items()) if n.refused]
        if wrong:
            self.grid.setCurrentIndex(self.grid.model_of.index(*wrong[0]))
            self._tell()
            return
        self.saving = True
        self.save_button.setEnabled(False)
        of, today, cells = self.of, self.today(), self.grid.model_of.cells()

        def job(ledger: Ledger, progress: Progress) -> int:
            return save_rows(ledger, of, cells, today, progress)

        self.operations.write(tr("保存表格"), job, self._saved, self._failed)

    def _saved(self, rows: int) -> None:
        self.saving = False
        self._names = None  # labels and units may have come with the rows
        self.grid.model_of.clear()
        self.grid.setCurrentIndex(self.grid.model_of.index(0, 0))
        self._tell()
        self.count.setText(tr("✓ 已保存 {0} 行").format(rows))
        self.saved.emit(rows)

    def _failed(self, error: Exception) -> None:
        self.saving = False
        self._tell()
        self.check()
        messages.show(error, self)

    # ---- leaving -------------------------------------------------------------------------------

    def _may_drop(self) -> bool:
        rows = len(self.grid.model_of.filled)
        if not rows:
            return True
        sentence = tr("表里有 {0} 行还没有保存。不要了吗？").format(rows)
        return messages.ask(self, tr("还没有保存"), sentence, tr("不要了"), tr("继续写"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, after asking; Enter never closes the table."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about rows that aren't saved."""
        if self.saving or not self._may_drop():
            event.ignore()
        else:
            self._timer.stop()
            super().closeEvent(event)
