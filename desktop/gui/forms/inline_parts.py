"""The parts of a record under its own fields: a title, a line each, one quiet line to add another.

Unlike those of a trip they have no place that they share: posts of a cadre, services of a member.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.record import Record
from desktop.gui import frames, theme
from desktop.gui.day_editor import DayEditor
from desktop.gui.desk import Desk
from desktop.gui.field_box import FieldBox
from desktop.gui.forms.part_rows import Part, PartColumn, Row
from desktop.gui.forms.part_sections import AddLine
from desktop.gui.translate import tr


class InlineParts(PartColumn):
    """All parts of one kind of one record."""

    def __init__(self, part: Part, desk: Desk) -> None:
        super().__init__(part, desk)
        self.add_line = AddLine(tr(part.add))
        self.add_line.setToolTip("Alt+1")
        self.add_line.clicked.connect(lambda: self.start_row())
        head = frames.row(frames.label(tr(part.title), "title"))
        head.addWidget(frames.line(), 1)
        head.addWidget(self.add_line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addLayout(self._column)

    def add_row(self) -> Row:
        """An empty row."""
        row = Row(self.part, self.desk, list)
        row.fold.setVisible(bool(self.part.more))
        row.changed.connect(self.changed)
        row.crossed.connect(lambda: self.drop_row(row))
        for name, box in row.boxes.items():
            if isinstance(box.editor, DayEditor) and name == self.part.of.type.dated_by:
                box.editor.past = True  # it has happened: a day to come is unlikely
            box.editor.passed.connect(lambda b=box: self.passed.emit(b.editor.input()))
        self.rows.append(row)
        self._column.addWidget(row)
        row.show_labels(len(self.rows) == 1)
        self.reshaped.emit()
        return row

    def start_row(self) -> Row:
        """An empty row, with the cursor in it."""
        row = self.add_row()
        self.changed.emit()
        row.ordered()[0].editor.input().setFocus(Qt.FocusReason.TabFocusReason)
        return row

    def _emptied(self) -> None:
        self.add_line.setFocus()

    def counted(self) -> list[Row]:
        """The rows that are saved: blank ones aren't."""
        return [row for row in self.rows if not row.is_blank or row.before]

    def values(self) -> list[Record]:
        """The records of the rows."""
        return [row.value() for row in self.counted()]

    def show_records(self, records: list[Record]) -> None:
        """Show what the ledger holds; rows that stand already stay where they are."""
        if [row.ids[""] for row in self.rows] != [record.id for record in records]:
            self.clear()
            for _ in records:
                self.add_row()
        for row, record in zip(self.rows, records, strict=True):
            row.fill({"": record})
        self.reshaped.emit()

    def boxes(self) -> list[FieldBox]:
        """The fields of the rows that are saved."""
        return [box for row in self.counted() for box in row.ordered()]

    def stops(self) -> list[QWidget]:
        """Where Tab halts."""
        return [*(stop for row in self.rows for stop in row.stops()), self.add_line]

    def state(self) -> Any:
        """For a draft."""
        return [row.state() for row in self.rows]

    def set_state(self, state: Any, before: dict[str, Record]) -> None:
        """From a draft; `before` is what the ledger holds, by id."""
        self.clear()
        for one in state:
            self.add_row().set_state(one, before)
        self.reshaped.emit()
