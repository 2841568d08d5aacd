"""The rows of a trip's parts: a line of fields, what belongs to it when needed, and 更多.

Keys of fields: `theme` is one of the row's own record, `petitioner.name` one of a record beside it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.core.fields import Field, IdNumber, LongText
from desktop.core.ids import new_id
from desktop.core.record import Record
from desktop.gui import theme
from desktop.gui.day_editor import DayEditor
from desktop.gui.desk import Desk
from desktop.gui.editor import Editor
from desktop.gui.editors import make_editor
from desktop.gui.field_box import FieldBox, beside
from desktop.gui.folds import Fold, id_numbers_on
from desktop.gui.pickers import Offer
from desktop.gui.picking_editors import ChoiceEditor, NamedEditor
from desktop.gui.plain_editors import LongTextEditor
from desktop.gui.record_form import Grid
from desktop.gui.translate import tr
from desktop.records import RECORD_TYPES
from desktop.work.unlikely import CHECK, unlikely

_WHO = "petitioner.name"
OWN_FORMS = frozenset({"case", "visit", "problem", "suggestion", "dispute"})
"""Types of which a row on the sheet has a list and a form of its own."""


@dataclasses.dataclass(frozen=True)
class Part:
    """How a kind of part is written: its record, its line, what is asked once, what is folded."""

    of: type[Record]
    title: str
    add: str  # the line with which one more is added
    line: tuple[tuple[str, int], ...]  # key, share of the room
    wanted: frozenset[str] = frozenset()
    needed: tuple[str, ...] = ()  # a second line, when what was chosen needs it
    needed_title: str = ""
    more: tuple[str, ...] = ()
    session: tuple[str, ...] = ()  # fields of the session at a place
    session_of: type[Record] | None = None


class Row(QWidget):
    """One part (a lecture, a visitor, a problem …) on the sheet."""

    changed = Signal()
    crossed = Signal()
    wanted_record = Signal(str, str)  # type, id

    def __init__(self, part: Part, desk: Desk, near: Callable[[], list[Offer]]) -> None:
        super().__init__()
        self.part = part
        self.desk = desk
        self.near = near
        self.ids: dict[str, str] = {"": new_id()}
        self.before: dict[str, Record] = {}
        self.boxes: dict[str, FieldBox] = {}
        self.defaults: dict[str, Any] = {}
        self.day: date | None = None  # of the trip
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        for key, share in part.line:
            line.addWidget(self._box(key, labelled=True), share, Qt.AlignmentFlag.AlignTop)
        self._needed = self._second_line(part)
        more = [self._box(key) for key in part.more if self._is_on(key)]
        self._grid = Grid(more)
        self._grid.setContentsMargins(theme.XL, 0, theme.XL, theme.S)
        self.fold = Fold(f"trip/{part.of.type.name}", self._grid)
        self._cross = QToolButton()
        self._cross.setText("×")
        self._cross.setToolTip(tr("删去这一行 (Ctrl+Delete)"))
        self._cross.setAccessibleName(tr("删去这一行"))
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.set_kind(self._cross, "flat")
        self._cross.clicked.connect(self.crossed)
        self._own = QPushButton(tr("打开 ›"))
        self._own.setAutoDefault(False)
        theme.set_kind(self._own, "link")
        self._own.clicked.connect(lambda: self.wanted_record.emit(*self.own_form()))
        self._own.hide()
        tail, self._above = beside(self.fold, self._own, self._cross)
        line.addWidget(tail, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(line)
        column.addWidget(self._needed)
        column.addWidget(self._grid)
        gone = QShortcut(QKeySequence("Ctrl+Delete"), self)
        gone.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        gone.activated.connect(self.crossed)
        self.fill({"": part.of()})

    # ---- building ------------------------------------------------------------------------------

    def _is_on(self, key: str) -> bool:
        return not isinstance(field_of(self.part, key).kind, IdNumber) or id_numbers_on()

    def _box(self, key: str, *, labelled: bool = False) -> FieldBox:
        field = field_of(self.part, key)
        if key == _WHO:
            field = dataclasses.replace(field, label="来访人")
        editor = self._editor(key, field)
        wanted = key in self.part.wanted
        box = FieldBox(editor, labelled=labelled, wanted=wanted)
        box.unlikely = lambda: self._unlikely(key)
        editor.changed.connect(self._changed)
        self.boxes[key] = box
        return box

    def _unlikely(self, key: str) -> str:
        owner, _, name = key.rpartition(".")
        if key not in self.boxes or (owner and owner not in self.before):
            return ""
        record = self.value(owner)
        return unlikely(record, self.desk.today(), self.day).get(name, "")

    def own_form(self) -> tuple[str, str]:
        """Type and id of the record that has a form of its own: a visit's matter, a problem."""
        record = self.before.get("case") or self.before.get("")
        return (record.type.name, record.id) if record is not None else ("", "")

    def _editor(self, key: str, field: Field) -> Editor:
        if key == _WHO:
            return NameOrNone(field, self.desk)
        if key in dict(self.part.line) and isinstance(field.kind, LongText):
            return LongTextEditor(field, self.desk, lines=1)
        editor = make_editor(field, self.desk)
        if key == "place" and isinstance(editor, NamedEditor):
            editor.near = self.near
            editor.picking.opens_on_focus = True
        return editor

    def _second_line(self, part: Part) -> QWidget:
        second = QWidget()
        row = QHBoxLayout(second)
        row.setContentsMargins(theme.XL, 0, 0, theme.XS)
        row.setSpacing(theme.S)
        if part.needed_title:
            title = QLabel(tr(part.needed_title))
            theme.set_kind(title, "small")
            row.addWidget(title)
        for key in part.needed:
            label = QLabel(tr(field_of(part, key).label))
            theme.set_kind(label, "small")
            row.addWidget(label)
            box = self._box(key)
            label.setBuddy(box.editor.input())
            row.addWidget(box, 0 if isinstance(box.editor, DayEditor) else 1)
        row.addStretch(1)
        second.hide()
        return second

    # ---- what the section asks -----------------------------------------------------------------

    def ordered(self) -> list[FieldBox]:
        """The fields in the order in which they are written."""
        keys = [k for k, _ in self.part.line] + [*self.part.needed, *self.part.more]
        return [self.boxes[k] for k in keys if k in self.boxes]

    def stops(self) -> list[QWidget]:
        """The fields and the fold."""
        first = [k for k, _ in self.part.line] + list(self.part.needed)
        found: list[QWidget] = [self.boxes[k].editor.input() for k in first]
        found += [self.fold, self._own]
        found += [self.boxes[k].editor.input() for k in self.part.more if k in self.boxes]
        return found

    def show_labels(self, on: bool) -> None:
        """Labels stand over the first row only."""
        self._above.setVisible(on)
        for key, _ in self.part.line:
            label = self.boxes[key].label
            assert label is not None
            label.setVisible(on)

    def show_place(self, on: bool) -> None:
        """With one place there is nothing to choose."""
        if "place" in self.boxes:
            self.boxes["place"].setVisible(on)

    def preset(self, key: str, value: Any) -> None:
        """Fill in what the program takes for granted; it isn't counted as filled in by a person."""
        editor = self.boxes[key].editor
        if editor.is_empty or editor.value() == self.defaults.get(key):
            editor.set_value(value)
            self.defaults[key] = value
            self._look()

    def filled(self) -> list[str]:
        """Labels of the fields that a person filled in."""
        found = []
        for key, box in self.boxes.items():
            value = box.editor.value()
            if value != box.editor.field.kind.empty and value != self.defaults.get(key):
                found.append(box.editor.field.label)
        return found

    @property
    def is_blank(self) -> bool:
        """Whether nobody has filled in anything."""
        return not self.filled() and not any(b.editor.problem() for b in self.boxes.values())

    def fill(self, records: dict[str, Record]) -> None:
        """Show records: the row's own under '', others under their type's name."""
        for key, box in self.boxes.items():
            owner, _, name = key.rpartition(".")
            if owner in records and hasattr(records[owner], name):
                box.editor.set_value(getattr(records[owner], name))
                if not records[owner].id:
                    self.defaults[key] = box.editor.value()
        for owner, record in records.items():
            if record.id:
                self.ids[owner] = record.id
                self.before[owner] = record
        if self.before:
            for box in self.boxes.values():
                box.wanted = False
        shown = self.before.get("case") or self.before.get("")
        own = shown is not None and shown.type.name in OWN_FORMS
        self._own.setVisible(own)
        if own and shown is not None:
            words = tr("打开这条{0}").format(tr(shown.type.label))
            self._own.setToolTip(f"{words} {shown.number}".strip())
            self._own.setAccessibleName(words)
        self._look()

    def value(self, owner: str = "", cls: type[Record] | None = None) -> Any:
        """The record of the row, or one beside it."""
        start = self.before.get(owner) or (cls or self.part.of)()
        marks = dict(start.marks)
        found: dict[str, Any] = {}
        for key, box in self.boxes.items():
            of, _, name = key.rpartition(".")
            if of != owner or (key == "place" and self.part.session_of is not None):
                continue
            found[name] = box.editor.value()
            if mark := box.editor.mark() or lasting(box.guess):
                marks[name] = mark
            elif found[name] != getattr(start, name):
                marks.pop(name, None)
        record_id = self.ids.setdefault(owner, new_id())
        return dataclasses.replace(start, id=record_id, marks=marks, **found)

    def state(self) -> Any:
        """For a draft."""
        fields = {key: box.editor.raw() for key, box in self.boxes.items()}
        return {"ids": self.ids, "fields": fields}

    def set_state(self, state: Any, before: dict[str, Record]) -> None:
        """From a draft; `before` is what the ledger held when the form was opened, by id."""
        self.ids = dict(state["ids"])
        self.before = {o: before[i] for o, i in self.ids.items() if i in before}
        for key, raw in state["fields"].items():
            if key in self.boxes:
                self.boxes[key].editor.set_raw(raw)
        self._look()

    def problems(self) -> dict[str, str]:
        """The record's own rules."""
        record: Record = self.value()
        return record.problems()

    # ---- what follows from what ----------------------------------------------------------------

    def _changed(self) -> None:
        self._look()
        self.changed.emit()

    def take(self) -> None:
        """The row was filled in by the program: what follows from it follows."""
        self._changed()

    def _look(self) -> None:
        """Show the second line when what was chosen needs it."""
        if self.part.needed:
            self._needed.setVisible(self.needs_more())

    def needs_more(self) -> bool:
        """Whether unit and due date are asked for."""
        return False


class NameOrNone(ChoiceEditor):
    """Who came: a name, or 不愿留名 with one key."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self.labels = lambda: [tr("不愿留名")]
        self.line.set_hint("")
        self.line.set_prompt(tr("姓名"))


class VisitRow(Row):
    """A visitor: five or more are a group, and what is handed over becomes a matter."""

    def needs_more(self) -> bool:
        """A matter that is handed over needs to know to whom, and until when."""
        outcome = self.boxes["outcome"].editor.value()
        linked = "case" in self.before
        return linked or self.desk.means("visit_outcome", outcome, "03")

    def _changed(self) -> None:
        people = self.boxes["people"].editor.value()
        group = True if people is not None and people >= 5 else None
        self.preset("collective", group)
        super()._changed()

    @property
    def has_person(self) -> bool:
        """Whether anything is known of who came."""
        keys = [k for k in self.boxes if k.startswith("petitioner.")]
        return "petitioner" in self.before or any(
            not self.boxes[key].editor.is_empty for key in keys
        )


class ProblemRow(Row):
    """A problem: what isn't solved on the spot needs a unit and a day."""

    def needs_more(self) -> bool:
        """Anything but solved, or explained."""
        decision = self.boxes["decision"].editor.value()
        means = self.desk.means
        done = any(means("problem_decision", decision, code) for code in ("01", "05"))
        filled = any(not self.boxes[key].editor.is_empty for key in self.part.needed)
        return bool(decision and not done) or filled


def lasting(guess: str) -> str:
    """A guess that stays marked in the record; one that a person has just looked at doesn't."""
    return "" if guess.endswith(CHECK) else guess


def field_of(part: Part, key: str) -> Field:
    """The field that a key names."""
    owner, _, name = key.rpartition(".")
    if key == "place" and part.session_of is not None:
        return part.session_of.type.field(key)
    return (RECORD_TYPES[owner] if owner else part.of.type).field(name)


def make_row(part: Part, desk: Desk, near: Callable[[], list[Offer]]) -> Row:
    """The row of a kind of part."""
    rows: dict[str, type[Row]] = {"visit": VisitRow, "problem": ProblemRow}
    return rows.get(part.of.type.name, Row)(part, desk, near)


class PartColumn(QWidget):
    """The rows of all parts of one kind; a title and what else stands around them is added."""

    changed = Signal()
    reshaped = Signal()  # rows came or went: Tab has another way now
    passed = Signal(object)  # Enter in this widget

    def __init__(self, part: Part, desk: Desk) -> None:
        super().__init__()
        self.part = part
        self.desk = desk
        self.rows: list[Row] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.S)

    def drop_row(self, row: Row) -> None:
        """Take a row off the sheet; saving makes its record void."""
        at = self.rows.index(row)
        self.rows.remove(row)
        self._discard(row)
        if self.rows:
            self.rows[0].show_labels(True)
            self._first_of(self.rows[min(at, len(self.rows) - 1)]).setFocus()
        else:
            self._emptied()
        self._note_change()
        self.reshaped.emit()

    def clear(self) -> None:
        """No rows."""
        for row in self.rows:
            self._discard(row)
        self.rows = []

    def _discard(self, row: Row) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _first_of(self, row: Row) -> QWidget:
        """Where the cursor goes when the row beside was dropped."""
        return row.ordered()[0].editor.input()

    def _emptied(self) -> None:
        """The last row was dropped."""

    def _note_change(self) -> None:
        self.changed.emit()
