"""A record with its parts of one kind on one sheet, saved in one operation (one undo)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.core.offices import Office
from desktop.core.record import Record, RecordType
from desktop.gui import edits
from desktop.gui.field_box import FieldBox
from desktop.gui.forms.inline_parts import InlineParts
from desktop.gui.forms.part_rows import Part
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query

REMOVED = "从登记中删去"


@dataclass(frozen=True)
class Whole:
    """A record and its parts, as the ledger holds them."""

    record: Record
    parts: tuple[Record, ...] = ()

    @property
    def removed(self) -> str:
        """Why it is void, or ''."""
        return self.record.removed


class WholeForm(RecordForm):
    """Base of the forms of a record with parts; a subclass says which."""

    cls: ClassVar[type[Record]]
    part: ClassVar[Part]
    order_by: ClassVar[str]  # field of the part by which the rows stand

    def __init__(self, operations: Operations, office: Office, record_id: str = "") -> None:
        """Open a record, a draft, or an empty form."""
        self.office = office
        self.held: tuple[Record, ...] = ()
        super().__init__(operations, self.cls.type, record_id)

    def extend(self) -> None:
        """The rows of parts, under the fields."""
        self.parts = InlineParts(self.part, self.desk)
        self.parts.changed.connect(self.touched)
        self.parts.reshaped.connect(self.order)
        self.parts.passed.connect(self.go_on)
        self.fields.addWidget(self.parts)
        shortcut = QShortcut(QKeySequence("Alt+1"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.parts.start_row)

    def boxes(self) -> list[FieldBox]:
        """The fields, then those of the rows."""
        return [*super().boxes(), *self.parts.boxes()]

    def stops(self) -> list[QWidget]:
        """The fields, then the rows."""
        return [*super().stops(), *self.parts.stops()]

    def wrong_boxes(self) -> list[FieldBox]:
        """The fields that can't be saved; a row's own rules speak at the row."""
        wrong = super().wrong_boxes()
        for row in self.parts.counted():
            for name, sentence in row.problems().items():
                if (box := row.boxes.get(name)) and box not in wrong and box.insist(sentence):
                    wrong.append(box)
        return wrong

    def state(self) -> Any:
        """The fields and the rows, as typed."""
        return {"fields": super().state(), "parts": self.parts.state()}

    def set_state(self, state: Any) -> None:
        """The fields and the rows again."""
        super().set_state(state["fields"])
        self.parts.set_state(state["parts"], {one.id: one for one in self.held})

    def read_record(self, ledger: Ledger) -> Any:
        """The record with its parts, a void one with those that went with it."""
        record = super().read_record(ledger)
        if record is None:
            return None
        parent = self.part.of.type.parent
        assert parent is not None
        query = Query(
            self.part.of.type,
            (Condition(parent.name, "=", self.record_id),),
            order=((self.order_by, False),),
            removed=bool(record.removed),
        )
        parts = ledger.find(query)
        for one in parts:
            ledger.texts(one)  # so that titles are at hand when the editors ask
        return Whole(record, tuple(parts))

    def show_record(self, record: Any) -> None:
        """Show the record and its parts."""
        super().show_record(record.record)
        self.held = record.parts
        self.parts.show_records(list(record.parts))

    def completed(self, record: Record, parts: list[Record]) -> Record:
        """The record as its parts make it; a subclass may say more."""
        del parts
        return record

    def writing(self) -> Callable[[Ledger], Any]:
        """Save what was changed here, parts too."""
        parent = self.part.of.type.parent
        assert parent is not None
        link: dict[str, Any] = {parent.name: self.record_id}
        parts = [dataclasses.replace(one, **link) for one in self.parts.values()]
        before, after = self.before, self.completed(self.value(), parts)
        # A part belongs to the office of its whole; a new one says so, it can't be changed later.
        parts = [dataclasses.replace(one, office=one.office or after.office) for one in parts]
        former = {one.id: one for one in self.held}
        gone = former.keys() - {one.id for one in parts}
        title = (tr("新建{}") if before is None else tr("修改{}")).format(tr(self.of.label))

        def write(ledger: Ledger) -> Whole:
            changed = [
                edits.carried(ledger, former.get(one.id), one)
                for one in parts
                if former.get(one.id) != one
            ]
            record = edits.carried(ledger, before, after)
            with ledger.write(title) as rows:
                edits.save(ledger, rows, [record, *changed])
                for one in sorted(gone):
                    rows.remove(self.part.of.type, one, REMOVED)
            found: Whole = self.read_record(ledger)
            return found

        return write

    def history_of(self) -> list[tuple[RecordType, str]]:
        """The record and its parts."""
        return [*super().history_of(), *((self.part.of.type, one.id) for one in self.held)]

    def renew(self) -> None:
        """The next one has no parts yet."""
        self.held = ()
        super().renew()
