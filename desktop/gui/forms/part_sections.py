"""A kind of part on the sheet of a trip: its title, its rows, one quiet line to add another."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.core.record import Record
from desktop.gui import theme
from desktop.gui.desk import Desk
from desktop.gui.editor import STOP
from desktop.gui.editors import make_editor
from desktop.gui.field_box import FieldBox
from desktop.gui.folds import Fold
from desktop.gui.forms.part_rows import Part, PartColumn, Row, make_row
from desktop.gui.pickers import Offer
from desktop.gui.record_form import Grid
from desktop.gui.translate import tr


class AddLine(QPushButton):
    """＋…: a quiet button on the way of Enter; Enter presses it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        theme.set_kind(self, "link")
        self.setAutoDefault(False)
        self.setProperty(STOP, True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


class SessionDetails(QWidget):
    """What is rarely said about the session at one place."""

    changed = Signal()

    def __init__(self, part: Part, desk: Desk) -> None:
        super().__init__()
        assert part.session_of is not None
        self.of = part.session_of
        self.title = QLabel()
        theme.set_kind(self.title, "small")
        self.boxes = {
            name: FieldBox(make_editor(self.of.type.field(name), desk)) for name in part.session
        }
        for box in self.boxes.values():
            box.editor.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, 0, theme.XL, theme.S)
        column.addWidget(self.title)
        column.addWidget(Grid(self.boxes.values()))

    def value(self, start: Record) -> Record:
        """The session."""
        found = {name: box.editor.value() for name, box in self.boxes.items()}
        return dataclasses.replace(start, **found)

    def fill(self, session: Record) -> None:
        """Show a session."""
        for name, box in self.boxes.items():
            box.editor.set_value(getattr(session, name))


class PartSection(PartColumn):
    """All parts of one kind."""

    wanted_record = Signal(str, str)  # type, id

    def __init__(self, part: Part, desk: Desk, places: Callable[[], list[Offer]]) -> None:
        super().__init__(part, desk)
        self.places = places
        self.details: dict[str, SessionDetails] = {}
        self.sessions: dict[str, Record] = {}  # as the ledger holds them, by place
        title = QLabel(tr(part.title))
        theme.set_kind(title, "title")
        line = QFrame()
        theme.set_kind(line, "line")
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(title)
        head.addWidget(line, 1)
        self._details = QWidget()
        self._details_column = QVBoxLayout(self._details)
        self._details_column.setContentsMargins(0, 0, 0, 0)
        self.fold: Fold | None = None
        self.add_line = AddLine(tr(part.add))
        self.add_line.clicked.connect(lambda: self.start_row())
        head.addWidget(self.add_line)
        if part.session_of is not None:
            self.fold = Fold(f"trip/{part.session_of.type.name}", self._details)
            head.addWidget(self.fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self._details)
        column.addLayout(self._column)
        self._details.setVisible(bool(self.fold and self.fold.isChecked()))
        self.hide()

    # ---- rows ----------------------------------------------------------------------------------

    def add_row(self) -> Row:
        """An empty row; what the row above has in common with it is taken over."""
        row = make_row(self.part, self.desk, self.places)
        row.changed.connect(self._changed)
        row.crossed.connect(lambda: self.drop_row(row))
        row.wanted_record.connect(self.wanted_record)
        for box in row.boxes.values():
            box.editor.passed.connect(lambda b=box: self.passed.emit(b.editor.input()))
        former = self.rows[-1] if self.rows else None
        self.rows.append(row)
        self._column.addWidget(row)
        self.show_places()
        if former is not None:
            row.preset("place", former.boxes["place"].editor.value())
            if "theme" in row.boxes:
                row.preset("theme", former.boxes["theme"].editor.value())
        row.show_labels(len(self.rows) == 1)
        self.show()
        self.reshaped.emit()
        return row

    def start_row(self) -> Row:
        """An empty row, with the cursor in it."""
        row = self.add_row()
        self.changed.emit()
        first = next(b for b in row.ordered() if not b.isHidden() and b.editor.is_empty)
        first.editor.input().setFocus(Qt.FocusReason.TabFocusReason)
        return row

    def clear(self) -> None:
        """An empty sheet."""
        super().clear()
        self.sessions = {}
        for details in self.details.values():
            details.hide()
            details.deleteLater()
        self.details = {}
        self.hide()

    def _first_of(self, row: Row) -> QWidget:
        return row.ordered()[int(row.boxes["place"].isHidden())].editor.input()

    def _emptied(self) -> None:
        self.hide()

    def _note_change(self) -> None:
        self._changed()

    def counted(self) -> list[Row]:
        """The rows that are saved: blank ones aren't, unless there is nothing else to say."""
        filled = [row for row in self.rows if not row.is_blank or row.before]
        if filled or self.part.session_of is not None:
            return filled
        return self.rows[:1]

    def show_places(self) -> None:
        """Offer the trip's places where there is a choice; the first is taken for granted."""
        offers = self.places()
        first = offers[0].value if offers else ""
        several = len(offers) > 1
        for row in self.rows:
            editor = row.boxes["place"].editor
            known = {o.value for o in offers}
            if not several or row.defaults.get("place", "") not in known:
                row.preset("place", first)
            row.show_place(several or editor.value() not in ("", first))
        self._show_details()

    def place_of(self, row: Row) -> str:
        """Where a row happened."""
        offers = self.places()
        value: str = row.boxes["place"].editor.value()
        return value or (offers[0].value if offers else "")

    # ---- sessions ------------------------------------------------------------------------------

    def session_values(self) -> list[Any]:
        """The sessions that the rows make, in order."""
        found = []
        cls = self.part.session_of
        for place in dict.fromkeys(self.place_of(row) for row in self.rows):
            start = self.sessions.get(place) or (cls(place=place) if cls else None)  # type: ignore[call-arg]
            assert start is not None
            details = self.details.get(place)
            found.append(details.value(start) if details else start)
        return found

    def show_sessions(self, sessions: list[Any]) -> None:
        """What the ledger holds."""
        self.sessions = {session.place: session for session in sessions}
        self._show_details()
        for place, details in self.details.items():
            if place in self.sessions:
                details.fill(self.sessions[place])

    def _show_details(self) -> None:
        if self.part.session_of is None:
            return
        wanted = dict.fromkeys(self.place_of(row) for row in self.rows)
        spare = [place for place in self.details if place not in wanted]
        for place in wanted:
            if place in self.details:
                continue
            if spare:  # a place was corrected: what was said of its session stays
                self.details[place] = self.details.pop(spare.pop(0))
            else:
                made = SessionDetails(self.part, self.desk)
                made.changed.connect(self.changed)
                self._details_column.addWidget(made)
                self.details[place] = made
        for place in spare:
            gone = self.details.pop(place)
            gone.hide()
            gone.deleteLater()
        for place, details in self.details.items():
            words = self.desk.words.get(place, place)
            details.title.setText(words)
            details.title.setVisible(len(self.details) > 1)

    def _changed(self) -> None:
        self._show_details()
        self.changed.emit()

    # ---- for the form --------------------------------------------------------------------------

    def boxes(self) -> list[FieldBox]:
        """The fields of the rows that are saved."""
        return [box for row in self.counted() for box in row.ordered()]

    def stops(self) -> list[QWidget]:
        """Where Tab halts."""
        found: list[QWidget] = [self.fold] if self.fold else []
        for details in self.details.values():
            found += [box.editor.input() for box in details.boxes.values()]
        for row in self.rows:
            found += row.stops()
        return [*found, self.add_line]

    def state(self) -> Any:
        """For a draft."""
        return {
            "rows": [row.state() for row in self.rows],
            "sessions": {
                place: {name: box.editor.raw() for name, box in details.boxes.items()}
                for place, details in self.details.items()
            },
        }

    def set_state(self, state: Any, before: dict[str, Record]) -> None:
        """From a draft; `before` is what the ledger holds, by id."""
        sessions = dict(self.sessions)
        self.clear()
        self.sessions = sessions
        for one in state["rows"]:
            self.add_row().set_state(one, before)
        self.show_places()
        for place, fields in state["sessions"].items():
            if place in self.details:
                for name, raw in fields.items():
                    self.details[place].boxes[name].editor.set_raw(raw)
