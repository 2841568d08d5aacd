"""The form that follows from a record type's declaration: sections, fields, 更多, nothing else.

It knows no record type. A form that annoys is written by hand with the same editors (gui/forms/).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.core.fields import (
    Choices,
    Field,
    IdNumber,
    LongText,
    NamedList,
    Text,
)
from desktop.core.record import Record, RecordType, Section
from desktop.gui import edits, theme
from desktop.gui.day_editor import DayEditor
from desktop.gui.editor import Editor
from desktop.gui.editors import make_editor
from desktop.gui.field_box import FieldBox, label_of
from desktop.gui.folds import Fold, id_numbers_on
from desktop.gui.form_frame import FormFrame
from desktop.gui.links_line import LinksLine
from desktop.gui.operations import Operations
from desktop.gui.plain_editors import PRIVATE
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.work.unlikely import day_of, unlikely

_WIDE = (LongText, Choices, NamedList, Text)
_UNTITLED = ("", "更多", "其他")


class Grid(QWidget):
    """Fields in one column or two: labels left, short kinds side by side where there is room."""

    def __init__(self, boxes: Iterable[FieldBox]) -> None:
        super().__init__()
        self._boxes = list(boxes)
        self._labels = [label_of(box.editor.field, required=box.required) for box in self._boxes]
        for label, box in zip(self._labels, self._boxes, strict=True):
            label.setBuddy(box.editor.input())
            label.setMinimumHeight(theme.INPUT)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(theme.S)
        self._columns = 0
        self._lay(2)

    def set_shown(self, name: str, on: bool) -> None:
        """Show or hide a field with its label."""
        for label, box in zip(self._labels, self._boxes, strict=True):
            if box.editor.field.name == name:
                label.setVisible(on)
                box.setVisible(on)

    def label_width(self) -> int:
        """The width of the widest label."""
        return max((label.sizeHint().width() for label in self._labels), default=0)

    def set_label_width(self, width: int) -> None:
        """Make room for labels of that width."""
        for label in self._labels:
            label.setMinimumWidth(width)

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        row = column = 0
        top = Qt.AlignmentFlag.AlignTop
        for label, box in zip(self._labels, self._boxes, strict=True):
            wide = columns == 1 or isinstance(box.editor.field.kind, _WIDE)
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(label, row, column * 2, top)
            self._grid.addWidget(box, row, column * 2 + 1, 1, columns * 2 - 1 if wide else 1, top)
            column += 1
            if wide or column == columns:
                row, column = row + 1, 0
        for at in range(2):
            self._grid.setColumnStretch(at * 2 + 1, 1 if at < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be too narrow."""
        super().resizeEvent(event)
        self._lay(2 if event.size().width() >= theme.SHEET - theme.RAIL else 1)


def _ruled(head: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.S)
    row.addWidget(head)
    line = QFrame()
    theme.set_kind(line, "line")
    row.addWidget(line, 1)
    return row


class RecordForm(FormFrame):
    """A form for any record type."""

    def __init__(
        self,
        operations: Operations,
        of: RecordType,
        record_id: str = "",
        *,
        preset: Record | None = None,
    ) -> None:
        """Open a record, a draft, or (without an id) an empty form.

        Args:
            operations: the ledger's threads.
            of: the record type.
            record_id: of a record or draft.
            preset: what a new record starts with, such as the record that it is a part of.
        """
        super().__init__(operations, of, record_id)
        self.before: Record | None = None
        self._start = preset or of.cls()
        self._whole_day: date | None = None  # of the whole that the record is a part of
        self._boxes: dict[str, FieldBox] = {}
        self._grids: list[Grid] = []
        self._fold: Fold | None = None
        self.body.setMaximumWidth(theme.SHEET + theme.SIDE)
        sections = tuple(self._sections(of, of.parent))
        for section in sections:
            self._add_section(section)
        self._add_more(sections)
        self._line_up()
        self.extend()
        self.desk.day = self._day
        self.links = LinksLine(operations)
        self.links.wanted_record.connect(self.wanted_record)
        self.fields.addWidget(self.links)
        self._fill(self._start)
        self.order()
        self.open()

    def extend(self) -> None:
        """What a form written by hand has beside the declared fields; nothing by default."""

    def _sections(self, of: RecordType, parent: Field | None) -> Iterable[Section]:
        # A part made from its whole has its parent given; alone, somebody has to say it.
        if parent is not None and not getattr(self._start, parent.name):
            yield Section("", (parent.name,))
        yield from of.sections

    def _shown(self, names: Iterable[str]) -> list[Field]:
        fields = [self.of.field(name) for name in names]
        return [f for f in fields if not isinstance(f.kind, IdNumber) or id_numbers_on()]

    def _add_section(self, section: Section) -> None:
        plain = [f for f in self._shown(section.fields) if not self.is_folded(f)]
        if not plain:
            return
        if section.title:
            label = QLabel(tr(section.title))
            theme.set_kind(label, "title")
            self.fields.addLayout(_ruled(label))
        self._grids.append(Grid([self._box(f) for f in plain]))
        self.fields.addWidget(self._grids[-1])

    def is_folded(self, field: Field) -> bool:
        """Whether a field is folded under 更多."""
        return field.more

    def _add_more(self, sections: tuple[Section, ...]) -> None:
        """What is rarely filled in; a section of which all is folded keeps its title."""
        rest: list[Field] = []
        titled: list[tuple[str, list[Field]]] = []
        for section in sections:
            shown = self._shown(section.fields)
            folded = [f for f in shown if self.is_folded(f)]
            if folded == shown and section.title not in _UNTITLED:
                titled.append((section.title, folded))
            else:
                rest += folded
        groups = [group for group in (("", rest), *titled) if group[1]]
        if not groups:
            return
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        for title, fields in groups:
            if title:
                label = QLabel(tr(title))
                theme.set_kind(label, "quiet")
                column.addWidget(label)
            self._grids.append(Grid([self._box(f) for f in fields]))
            column.addWidget(self._grids[-1])
        self._fold = Fold(self.of.name, inner)
        self.fields.addLayout(_ruled(self._fold))
        self.fields.addWidget(inner)

    def _line_up(self) -> None:
        """Labels of all sections stand in one column."""
        widest = max((grid.label_width() for grid in self._grids), default=0)
        for grid in self._grids:
            grid.set_label_width(widest)

    def _day(self) -> date | None:
        """The day that the record is dated by, as far as it stands in a field of this form."""
        editor = self.editors.get(self.of.dated_by.split("|")[-1])
        return editor.value() if isinstance(editor, DayEditor) else None

    def _box(self, field: Field) -> FieldBox:
        editor = make_editor(field, self.desk)
        if isinstance(editor, DayEditor) and field.name == self.of.dated_by.split("|")[-1]:
            editor.past = True
            editor.offer_quick()
        self.adopt(editor)
        box = FieldBox(editor)
        box.unlikely = lambda: self._unlikely(field.name)
        self._boxes[field.name] = box
        return box

    def _unlikely(self, name: str) -> str:
        """What is odd about a field, seen with the others."""
        if not self.is_open and self.is_new:
            return ""
        return unlikely(self.value(), self.desk.today(), self._whole_day).get(name, "")

    # ---- what the frame asks -------------------------------------------------------------------

    @property
    def editors(self) -> dict[str, Editor]:
        """Field name -> editor."""
        return {name: box.editor for name, box in self._boxes.items()}

    def boxes(self) -> list[FieldBox]:
        """The fields from top to bottom; what is rarely filled in comes last."""
        return list(self._boxes.values())

    def stops(self) -> list[QWidget]:
        """The fields, and what folds some of them."""
        found: list[QWidget] = []
        for box in self.boxes():
            folded = self.is_folded(box.editor.field)
            if folded and self._fold is not None and self._fold not in found:
                found.append(self._fold)
            found.append(box.editor.input())
        return found

    def state(self) -> Any:
        """What each field holds, as typed."""
        return {name: editor.raw() for name, editor in self.editors.items()}

    def set_state(self, state: Any) -> None:
        """The fields again; one that a newer program has is left as it is."""
        for name, raw in state.items():
            if name in self._boxes:
                self._boxes[name].editor.set_raw(raw)

    def _fill(self, record: Record) -> None:
        for name, box in self._boxes.items():
            box.editor.set_value(getattr(record, name))
            box.insist() if not self.is_new else None

    def value(self) -> Record:
        """The record as it stands in the fields."""
        shown = {name: editor.value() for name, editor in self.editors.items()}
        marks = dict((self.before or self._start).marks)
        for name, editor in self.editors.items():
            mark = editor.mark()
            if mark:
                marks[name] = mark
            elif self.before is not None and shown[name] != getattr(self.before, name):
                marks.pop(name, None)  # somebody has looked at it
        start = self.before or self._start
        return dataclasses.replace(start, id=self.record_id, marks=marks, **shown)

    def cross_problems(self) -> dict[str, str]:
        """The record's own rules."""
        return self.value().problems()

    def read_record(self, ledger: Ledger) -> Record | None:
        """The record; the names that it speaks of are learnt on the way."""
        record = ledger.get(self.of.cls, self.record_id)
        if record is not None:
            ledger.texts(record)  # so that titles are at hand when the editors ask
            self._whole_day = day_of(ledger, record)
        return record

    def show_record(self, record: Record) -> None:
        """Show it; citizens' particulars stay covered until somebody asks to see them."""
        self.before, self.removed, self.number = record, record.removed, record.number
        for name, box in self._boxes.items():
            # An import's gap is marked and may stay; it must not keep the rest from being saved.
            box.required = box.editor.field.required and name not in record.marks
            box.editor.set_value(getattr(record, name))
            box.note(record.marks.get(name, ""))
            if isinstance(box.editor, PRIVATE):
                box.editor.cover()

    def settle(self, record: Any) -> None:
        """Show it, and what it came from and what came of it."""
        super().settle(record)
        self.links.read(self.of.name, self.record_id)

    def writing(self) -> Callable[[Ledger], Record]:
        """Save what was changed here."""
        before, after = self.before, self.value()
        title = (tr("新建{}") if before is None else tr("修改{}")).format(tr(self.of.label))

        def write(ledger: Ledger) -> Record:
            record = self.finished(ledger, edits.carried(ledger, before, after))
            with ledger.write(title) as rows:
                return edits.save(ledger, rows, [record])[0]

        return write

    def finished(self, ledger: Ledger, record: Record) -> Record:
        """On the writer thread: the record as it is saved; a form written by hand may say more."""
        del ledger
        return record

    def draft_title(self) -> str:
        """The first words that were typed."""
        for name in self.of.headline:
            editor = self.editors.get(name)
            words = editor.raw() if editor else ""
            if isinstance(words, str) and words.strip():
                return f"{tr(self.of.label)} {words.strip()[:20]}"
        return tr(self.of.label)

    def renew(self) -> None:
        """The next one starts as this one did."""
        self.before = None
        self.links.hide()
        super().renew()
