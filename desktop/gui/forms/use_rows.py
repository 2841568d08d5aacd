"""What became of a topic's results (成果转化): one line each, on the form of the topic."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from desktop.core.ids import new_id
from desktop.gui import frames, theme
from desktop.gui.day_editor import DayEditor
from desktop.gui.desk import Desk
from desktop.gui.editors import make_editor
from desktop.gui.field_box import FieldBox, beside
from desktop.gui.forms.part_sections import AddLine
from desktop.gui.translate import tr
from desktop.records.topic_use import TopicUse

_LINE = (("kind", 3), ("what", 6), ("document", 3), ("date", 0))


class UseRow(QWidget):
    """One use."""

    changed = Signal()
    crossed = Signal()

    def __init__(self, desk: Desk, use: TopicUse) -> None:
        """Show a use."""
        super().__init__()
        self.use = use
        self.boxes: dict[str, FieldBox] = {}
        line = frames.row()
        for name, share in _LINE:
            editor = make_editor(TopicUse.type.field(name), desk)
            if isinstance(editor, DayEditor):
                editor.past = True
            box = FieldBox(editor, labelled=True)
            box.editor.set_value(getattr(use, name))
            editor.changed.connect(self.changed)
            self.boxes[name] = box
            line.addWidget(box, share, Qt.AlignmentFlag.AlignTop)
        cross = QToolButton()
        cross.setText("×")
        cross.setToolTip(tr("删去这一行 (Ctrl+Delete)"))
        cross.setAccessibleName(tr("删去这一行"))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.set_kind(cross, "flat")
        cross.clicked.connect(self.crossed)
        tail, self._above = beside(cross)
        line.addWidget(tail, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        gone = QShortcut(QKeySequence("Ctrl+Delete"), self)
        gone.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        gone.activated.connect(self.crossed)

    def show_labels(self, on: bool) -> None:
        """Labels stand over the first row only."""
        self._above.setVisible(on)
        for box in self.boxes.values():
            if box.label is not None:
                box.label.setVisible(on)

    @property
    def is_blank(self) -> bool:
        """Whether nobody wrote anything into it."""
        return all(b.editor.is_empty for b in self.boxes.values())

    def value(self) -> TopicUse:
        """The use as it stands in the fields."""
        found = {name: box.editor.value() for name, box in self.boxes.items()}
        return dataclasses.replace(self.use, **found)

    def state(self) -> Any:
        """For a draft."""
        return [self.use.id, {name: box.editor.raw() for name, box in self.boxes.items()}]


class UseRows(QWidget):
    """All uses of a topic, and the line with which one more is added."""

    changed = Signal()
    reshaped = Signal()  # rows came or went: Tab has another way now
    passed = Signal(object)  # Enter in this widget

    def __init__(self, desk: Desk) -> None:
        """Without a row."""
        super().__init__()
        self.desk = desk
        self.rows: list[UseRow] = []
        self.known: dict[str, TopicUse] = {}  # as the ledger holds them
        self.add_line = AddLine(tr("＋成果转化"))
        self.add_line.clicked.connect(self.start_row)
        line = frames.line()
        head = frames.row(frames.label(tr("成果转化"), "title"), line, self.add_line)
        head.setStretch(1, 1)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.S)
        self.setLayout(frames.column(head, self._column))

    def show_uses(self, uses: list[TopicUse]) -> None:
        """Show what the ledger holds."""
        self.known = {u.id: u for u in uses}
        self._clear()
        for use in uses:
            self._add(use)
        self._shape()

    def start_row(self) -> None:
        """An empty row, with the cursor in it."""
        row = self._add(TopicUse(id=new_id()))
        self._shape()
        self.changed.emit()
        row.boxes["kind"].editor.input().setFocus(Qt.FocusReason.TabFocusReason)

    def drop_row(self, row: UseRow) -> None:
        """Take a row away; the ledger keeps it until the form is saved."""
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._shape()
        self.add_line.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _add(self, use: TopicUse) -> UseRow:
        row = UseRow(self.desk, use)
        row.changed.connect(self.changed)
        row.crossed.connect(lambda: self.drop_row(row))
        for box in row.boxes.values():
            box.editor.passed.connect(lambda b=box: self.passed.emit(b.editor.input()))
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def _clear(self) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []

    def _shape(self) -> None:
        for at, row in enumerate(self.rows):
            row.show_labels(not at)
        self.reshaped.emit()

    def boxes(self) -> list[FieldBox]:
        """The fields of the rows that somebody wrote in."""
        return [b for row in self.rows if not row.is_blank for b in row.boxes.values()]

    def stops(self) -> list[QWidget]:
        """The fields, and the line that adds one."""
        found = [b.editor.input() for row in self.rows for b in row.boxes.values()]
        return [*found, self.add_line]

    def value(self) -> list[TopicUse]:
        """The uses that somebody wrote."""
        return [row.value() for row in self.rows if not row.is_blank]

    def state(self) -> Any:
        """For a draft."""
        return [row.state() for row in self.rows if not row.is_blank]

    def set_state(self, state: Any) -> None:
        """From a draft."""
        self._clear()
        for use_id, raw in state:
            row = self._add(self.known.get(use_id) or TopicUse(id=use_id))
            for name, words in raw.items():
                if name in row.boxes:
                    row.boxes[name].editor.set_raw(words)
        self._shape()
