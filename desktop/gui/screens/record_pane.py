"""The record beside or over the list: a head with the way back, and the form below."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.core.offices import Office
from desktop.core.record import RecordType
from desktop.gui import frames, icons, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from desktop.work import lists

FORMS = {
    "activity": ("desktop.gui.forms.trip_form", "TripForm"),
    "suggestion": ("desktop.gui.forms.suggestion_form", "SuggestionForm"),
    "cadre": ("desktop.gui.forms.cadre_form", "CadreForm"),
    "check_in": ("desktop.gui.forms.check_in_form", "CheckInForm"),
    "declared_count": ("desktop.gui.forms.declared_count_form", "DeclaredCountForm"),
    "place": ("desktop.gui.forms.place_form", "PlaceForm"),
    "unit": ("desktop.gui.forms.place_form", "UnitForm"),
    "zero_report": ("desktop.gui.forms.zero_report_form", "ZeroReportForm"),
    "problem": ("desktop.gui.forms.problem_form", "ProblemForm"),
    "root_cause": ("desktop.gui.forms.root_cause_form", "RootCauseForm"),
    "topic": ("desktop.gui.forms.topic_form", "TopicForm"),
}
"""Types whose form is written by hand: module and class, made of (operations, office, id)."""


class Form(Protocol):
    """What a form offers its pane."""

    saved: SignalInstance
    closed: SignalInstance

    def can_close(self) -> bool:
        """Whether it may go; asks about what isn't saved."""

    def focus_first(self) -> None:
        """Put the cursor into the first field."""


class RecordPane(QWidget):
    """Shows one record's form at a time."""

    saved = Signal(str)
    closed = Signal()
    wanted_record = Signal(str, str)  # type, id

    def __init__(self, operations: Operations, office: Office) -> None:
        """Empty and hidden."""
        super().__init__()
        self.record: tuple[str, str] = ("", "")
        self._operations = operations
        self._office = office
        self._form: QWidget | None = None
        self._above: tuple[str, str] = ("", "")
        self._title = frames.label("", "title")
        self._back = frames.button(tr("返回列表"), self.try_close, "flat")
        self._back.setToolTip("Esc")
        self._up = frames.button("", self._open_above, "link")
        head = frames.row(self._back, self._title, None, self._up)
        head.setContentsMargins(theme.S, theme.XS, theme.L, theme.XS)
        bar = QFrame()
        theme.set_kind(bar, "paper")
        bar.setLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(frames.line())
        self._column = column
        self.dress()
        self.hide()

    def dress(self) -> None:
        """Draw icons in the colours of the theme."""
        self._back.setIcon(icons.icon("back", "quiet"))

    def show_record(self, of: RecordType, record_id: str = "") -> bool:
        """Open a record, or a new one; False if the person stays with what isn't saved."""
        if record_id and self.record == (of.name, record_id) and self._form is not None:
            return True
        if not self._drop():
            return False
        self.record = (of.name, record_id)
        form = self._make(of, record_id)
        self._form = form
        asked = cast(Form, form)
        asked.saved.connect(self._note_saved)
        asked.closed.connect(self._finish)
        if (wanted := getattr(form, "wanted_record", None)) is not None:
            wanted.connect(self.wanted_record)  # a form that leads to other records
        if (titled := getattr(form, "titled", None)) is not None:
            titled.connect(self._title.setText)
        self._title.setText(tr(of.label) if record_id else tr("新建{0}").format(tr(of.label)))
        self._up.hide()
        self._column.addWidget(form, 1)
        self.show()
        form.show()
        asked.focus_first()
        if record_id:
            self._look_above(of, record_id)
        return True

    def can_leave(self) -> bool:
        """Whether nothing unsaved would be lost, or the person says that it may."""
        return self._form is None or cast(Form, self._form).can_close()

    def try_close(self) -> bool:
        """Close the form; False if the person stays."""
        if not self._drop():
            return False
        self.hide()
        self.closed.emit()
        return True

    def _make(self, of: RecordType, record_id: str) -> QWidget:
        room, name = FORMS.get(of.name, ("desktop.gui.record_form", ""))
        module = import_module(room)  # only now: a form is read when it is first wanted
        if not name:
            return cast(QWidget, module.RecordForm(self._operations, of, record_id))
        return cast(QWidget, getattr(module, name)(self._operations, self._office, record_id))

    def _drop(self) -> bool:
        if not self.can_leave():
            return False
        self._remove()
        return True

    def _remove(self) -> None:
        if self._form is not None:
            form, self._form = self._form, None
            self._column.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.record = ("", "")

    def _finish(self) -> None:
        # The form says itself that it is done; it has asked already.
        self._remove()
        self.hide()
        self.closed.emit()

    def _note_saved(self, record_id: str) -> None:
        self.record = (self.record[0], record_id)
        self.saved.emit(record_id)

    def _look_above(self, of: RecordType, record_id: str) -> None:
        def job(ledger: Ledger) -> tuple[str, str]:
            return lists.came_from(ledger, of, record_id)

        def show(above: tuple[str, str]) -> None:
            if self.record == (of.name, record_id) and above != ("", ""):
                self._above = above
                label = RECORD_TYPES[above[0]].label
                self._up.setText(tr("打开所属{0}").format(tr(label)))
                self._up.show()

        self._operations.read(job, show, slot=f"above {id(self)}")

    def _open_above(self) -> None:
        self.wanted_record.emit(*self._above)
