"""The sheet of a trip: who went where and when, and what was done there, from top to bottom.

Written by hand, because a trip is one piece of work for the clerk and nine record types for the
ledger. What a trip doesn't have is one quiet line. All is saved in one operation: one undo.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from desktop.core.fields import Link, NamedList, is_id
from desktop.core.names import normalise
from desktop.core.offices import Office
from desktop.core.record import Record, RecordType
from desktop.gui import theme
from desktop.gui.day_editor import DayEditor
from desktop.gui.editors import make_editor
from desktop.gui.field_box import FieldBox, beside
from desktop.gui.folds import Fold
from desktop.gui.form_frame import FormFrame
from desktop.gui.forms import filling, trip_sheet
from desktop.gui.forms.part_rows import Row, lasting
from desktop.gui.forms.part_sections import AddLine, PartSection
from desktop.gui.forms.pins import PIN_KEY, Pins
from desktop.gui.forms.sentence_line import LINE_KEY, UNDO_KEY, SentenceLine
from desktop.gui.forms.trip_parts import (
    FIELDWORK,
    LECTURE,
    PARTS,
    PROBLEM,
    SUGGESTION,
    VISIT,
)
from desktop.gui.forms.trip_sheet import ProblemEntry, TripSheet, VisitEntry
from desktop.gui.operations import Operations
from desktop.gui.pickers import Offer
from desktop.gui.picking_editors import ChipsEditor, NamedEditor
from desktop.gui.record_form import Grid
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Case, Participation, Petitioner, Visit
from desktop.work.registers import post_on
from desktop.work.sentence import Understood
from desktop.work.unlikely import unlikely

_MORE = (
    "leader_post",
    "leader_rank",
    "leader_role",
    "start",
    "end",
    "attendance",
    "recorder",
    "summary",
)


PINNED = ("leader", "places", "campaign")
PINNED_OF_LECTURE = ("theme", "form")


class TripForm(FormFrame):
    """A trip."""

    wanted_record = Signal(str, str)  # type, id: a part that has a form of its own

    def __init__(self, operations: Operations, office: Office, trip_id: str = "") -> None:
        """Open a trip, the draft of one, or an empty sheet."""
        super().__init__(operations, Activity.type, trip_id)
        self.office = office
        self.before: TripSheet | None = None
        self.head: dict[str, FieldBox] = {}
        self._defaults: dict[str, Any] = {}
        self._unfilled: Any = None  # the sheet before a sentence filled it
        self.pins = Pins(operations, Activity.type.name)
        self._build_sentence()
        self._build_head()
        self.desk.day = lambda: self.head["date"].editor.value()
        self.sections = {part: PartSection(part, self.desk, self.places) for part in PARTS}
        for section in self.sections.values():
            self.fields.addWidget(section)
            section.changed.connect(self.touched)
            section.reshaped.connect(self._reshaped)
            section.passed.connect(self.go_on)
            section.wanted_record.connect(self.wanted_record)
        self._build_absent()
        self.order()
        self.opened.connect(self._ask_pins)
        self.saved.connect(lambda _id: self._note_pins())
        self.open()

    # ---- building ------------------------------------------------------------------------------

    def _build_sentence(self) -> None:
        self.sentence = SentenceLine(self.desk)
        self.sentence.understood.connect(self.fill_understood)
        self.sentence.wanted_undo.connect(self.undo_filling)
        self.fields.addWidget(self.sentence)
        for keys, act in (
            (LINE_KEY, lambda: self.go_to(self.sentence.line)),
            (UNDO_KEY, self.undo_filling),
            (PIN_KEY, self._pin_here),
            ("Ctrl+D", self.copy_this),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _build_head(self) -> None:
        self.fields.addLayout(self._head_line(("date", 0), ("leader", 4), ("companions", 4)))
        second = self._head_line(("places", 8), ("campaign", 3))
        self._grid = Grid([self._head_box(name, labelled=False) for name in _MORE])
        self.fold = Fold("trip", self._grid)
        second.addWidget(beside(self.fold)[0], 0, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(second)
        self.fields.addWidget(self._grid)
        self.head["date"].editor.changed.connect(self._date_changed)
        self.head["leader"].editor.changed.connect(self._ask_post)
        self.head["places"].editor.changed.connect(self._places_changed)

    def _head_line(self, *names: tuple[str, int]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        for name, share in names:
            row.addWidget(self._head_box(name), share, Qt.AlignmentFlag.AlignTop)
        return row

    def _head_box(self, name: str, *, labelled: bool = True) -> FieldBox:
        if name == "companions":
            person = Participation.type.field("person")
            kind = NamedList(targets=cast(Link, person.kind).targets)
            field = dataclasses.replace(person, kind=kind, label="同行", required=False, name=name)
        else:
            field = Activity.type.field(name)
        editor = make_editor(field, self.desk)
        if isinstance(editor, DayEditor):
            editor.past = True
            editor.offer_quick()
        self.adopt(editor)
        required = field.required or name == "places"
        box = FieldBox(editor, labelled=labelled, required=required)
        box.unlikely = lambda: self._unlikely(name)
        self.head[name] = box
        if name in PINNED:
            self.pins.add(name, box)
        return box

    def _unlikely(self, name: str) -> str:
        shown = {n: b.editor.value() for n, b in self.head.items() if n != "companions"}
        trip = dataclasses.replace(Activity(), **shown)
        return unlikely(trip, self.desk.today()).get(name, "")

    def _build_absent(self) -> None:
        self._absent = QWidget()
        row = QHBoxLayout(self._absent)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        words = QLabel(tr("这次还有"))
        theme.set_kind(words, "small")
        row.addWidget(words)
        self._adders: dict[PartSection, AddLine] = {}
        for number, (part, section) in enumerate(self.sections.items(), 1):
            adder = AddLine("＋" + tr(part.title))
            adder.setToolTip(f"Alt+{number}")
            adder.clicked.connect(lambda _on=False, s=section: self.start(s))
            row.addWidget(adder)
            self._adders[section] = adder
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda s=section: self.start(s))
        row.addStretch()
        self.fields.addWidget(self._absent)
        self.copy_button = self.link(tr("复制上一次"), self.copy_last)
        self.add_left(self.copy_button)
        self.again_link = self.link(tr("照这次新建"), self.copy_this)
        self.again_link.setToolTip("Ctrl+D")
        self.again_link.hide()
        self.add_left(self.again_link)

    # ---- what happens on the sheet -------------------------------------------------------------

    def start(self, section: PartSection) -> Row:
        """Begin a part, or one more of its kind."""
        row = section.start_row()
        self._pin_row(section, row)
        if section.part is SUGGESTION:
            row.preset("channel", self._channel())
        self.area.ensureWidgetVisible(row, 0, theme.XL)
        return row

    def _channel(self) -> str:
        """How a suggestion reached the office, as far as the sheet tells."""
        if self.sections[VISIT].rows:
            return "接访"
        if self.sections[PROBLEM].rows:
            return "现场办公"
        return "入户走访" if self.sections[FIELDWORK].rows else ""

    def places(self) -> list[Offer]:
        """The trip's places, for its parts."""
        found = self.head["places"].editor.value()
        return [Offer(v, self.desk.words.get(v, v), tr("本次")) for v in found]

    def _places_changed(self) -> None:
        for section in self.sections.values():
            section.show_places()

    def _date_changed(self) -> None:
        self._count_from(self.head["date"].editor.value())
        self._ask_post()

    def _count_from(self, day: date | None) -> None:
        for section in self.sections.values():
            for row in section.rows:
                row.day = day
                for key in ("due", "case.due"):
                    box = row.boxes.get(key)
                    if box is not None and isinstance(box.editor, DayEditor):
                        box.editor.since = day

    def _ask_post(self) -> None:
        """Show, and take over, the leader's post and rank of that day."""
        leader, day = self.head["leader"].editor.value(), self.head["date"].editor.value()
        if not is_id(leader):
            self._take_post("", "")
            return

        def ask(ledger: Ledger) -> tuple[str, str, str]:
            return post_on(ledger, leader, day)

        def show(found: tuple[str, str, str]) -> None:
            if self.head["leader"].editor.value() == leader:
                self._take_post(found[0], found[1])

        self.operations.read(ask, show, slot=f"post {id(self)}")

    def _take_post(self, title: str, rank: str) -> None:
        clean = self.is_open and not self.is_dirty  # what follows from a pin is nothing to save
        for name, value in (("leader_post", title), ("leader_rank", rank)):
            editor = self.head[name].editor
            if editor.value() == self._defaults.get(name, ""):
                editor.set_value(value)
                self._defaults[name] = value
        if clean:
            self._clean = self.state()
        self._hint_leader()

    def _hint_leader(self) -> None:
        leader = cast(NamedEditor, self.head["leader"].editor)
        if is_id(leader.value()):
            leader.set_hint(self.head["leader_post"].editor.value())

    def _reshaped(self) -> None:
        for section, adder in self._adders.items():
            adder.setVisible(section.isHidden())
        self._absent.setVisible(any(s.isHidden() for s in self.sections.values()))
        self._count_from(self.head["date"].editor.value())
        self.order()

    def copy_last(self) -> None:
        """Take over leader, places and lecture of the newest trip; never its numbers."""
        code = self.office.code
        self.operations.read(lambda ledger: trip_sheet.last_of(ledger, code), self._copy)

    def copy_this(self) -> None:
        """A new sheet that starts as this saved one did; never its numbers."""
        sheet = self.before
        if sheet is not None and self.can_close():
            self.renew()
            self._copy(sheet)

    # ---- a sentence ----------------------------------------------------------------------------

    def fill_understood(self, found: Understood) -> None:
        """Put what a sentence says onto the sheet; F9 takes it off again."""
        if not found.is_empty:
            self._unfilled = self.state()
            filling.fill(self, found)
        self.sentence.tell(found)
        if not found.is_empty:
            self.touched()
            self._go_to_gap()

    def _go_to_gap(self) -> None:
        """Where the next word is wanted: the first gap, or the button that saves."""
        for box in self.boxes():
            if (box.required or box.wanted) and box.editor.is_empty and box.isVisibleTo(self):
                self.go_to(box.editor.input())
                return
        self.go_to(self.save_button)

    def take_head(self) -> None:
        """The head was filled in by the program: what follows from it follows."""
        self._ask_post()
        self._places_changed()
        self._count_from(self.head["date"].editor.value())
        for box in self.head.values():
            box.look()

    def take_parts(self) -> None:
        """Rows were filled in by the program."""
        self._reshaped()

    def undo_filling(self) -> None:
        """The sheet as it was before the sentence filled it."""
        if self._unfilled is None:
            return
        state, self._unfilled = self._unfilled, None
        self.set_state(state)
        for box in self.boxes():
            box.guess = ""
            box.look()
        self.sentence.hide_answer()
        self.go_to(self.sentence.line)

    # ---- pins ----------------------------------------------------------------------------------

    def _ask_pins(self) -> None:
        if self.is_new:
            self.pins.read(self._show_pins)

    def _show_pins(self) -> None:
        """Put what is pinned into the empty fields; that alone is nothing to be saved."""
        if not self.is_new:
            return
        clean = not self.is_dirty
        shown = [name for name in PINNED if self.pins.show(name, self.head[name])]
        if shown:
            self._ask_post()
            self._places_changed()
        if clean:
            self._clean = self.state()

    def _pin_row(self, section: PartSection, row: Row) -> None:
        if section.part is not LECTURE:
            return
        for key in PINNED_OF_LECTURE:
            if f"lecture.{key}" in self.pins.values and row.boxes[key].editor.is_empty:
                row.preset(key, self.pins.values[f"lecture.{key}"])
        if len(section.rows) == 1:
            for key in PINNED_OF_LECTURE:
                self.pins.add(f"lecture.{key}", row.boxes[key])

    def _pinned_boxes(self) -> dict[str, FieldBox]:
        found = {name: self.head[name] for name in PINNED}
        for row in self.sections[LECTURE].rows[:1]:
            found |= {f"lecture.{key}": row.boxes[key] for key in PINNED_OF_LECTURE}
        return found

    def _pin_here(self) -> None:
        for key, box in self._pinned_boxes().items():
            if box.isAncestorOf(QApplication.focusWidget() or self):
                self.pins.turn(key, box)

    def _note_pins(self) -> None:
        if not self.pins.values or self.is_new:
            return
        for key, box in self._pinned_boxes().items():
            self.pins.note(key, box)
        self.pins.keep()

    def _copy(self, last: TripSheet | None) -> None:
        if last is None:
            self.status.setText(tr("还没有上一次"))
            return
        self.desk.words |= last.words
        for name in ("leader", "places", "campaign"):
            self.head[name].editor.set_value(getattr(last.activity, name))
        self.head["companions"].editor.set_value(tuple(p.person for p in last.companions))
        for lecture in last.lectures:
            row = self.sections[LECTURE].add_row()
            for name in ("place", "theme", "form", "audience"):
                row.boxes[name].editor.set_value(getattr(lecture, name))
        for box in self.head.values():
            box.look()
        self._ask_post()
        self._places_changed()
        self.touched()
        self.focus_first()

    # ---- what the frame asks -------------------------------------------------------------------

    def boxes(self) -> list[FieldBox]:
        """The fields that are saved, from top to bottom."""
        found = list(self.head.values())
        for section in self.sections.values():
            found += section.boxes()
        return found

    def stops(self) -> list[QWidget]:
        """Where Tab halts."""
        names = [n for n in self.head if n not in _MORE]
        found: list[QWidget] = [self.head[n].editor.input() for n in names]
        found += [self.fold, *(self.head[n].editor.input() for n in _MORE)]
        for section in self.sections.values():
            if not section.isHidden():
                found += section.stops()
        first = self.sentence.line, self.sentence.button, self.sentence.undo
        return [*first, *found, *self._adders.values(), self.copy_button]

    def filled_fields(self) -> list[str]:
        """Labels of the fields that a person filled in; what the program took for granted isn't."""
        found = [
            box.editor.field.label
            for name, box in self.head.items()
            if not box.editor.is_empty and box.editor.value() != self._defaults.get(name)
        ]
        return found + [
            label for s in self.sections.values() for row in s.counted() for label in row.filled()
        ]

    def wrong_boxes(self) -> list[FieldBox]:
        """The fields that can't be saved; a row's own rules speak at the row."""
        wrong = super().wrong_boxes()
        for section in self.sections.values():
            for row in section.counted():
                for name, sentence in row.problems().items():
                    if (box := row.boxes.get(name)) and box not in wrong and box.insist(sentence):
                        wrong.append(box)
        return wrong

    def state(self) -> Any:
        """For a draft."""
        return {
            "head": {name: box.editor.raw() for name, box in self.head.items()},
            "parts": {p.of.type.name: s.state() for p, s in self.sections.items()},
        }

    def set_state(self, state: Any) -> None:
        """From a draft."""
        for name, raw in state["head"].items():
            if name in self.head:
                self.head[name].editor.set_raw(raw)
        before = {r.id: r for r in self.before.records()} if self.before else {}
        for part, section in self.sections.items():
            section.set_state(state["parts"].get(part.of.type.name, {"rows": []}), before)
        self._reshaped()
        self._hint_leader()

    def read_record(self, ledger: Ledger) -> TripSheet | None:
        """The sheet."""
        return trip_sheet.read(ledger, self.record_id)

    def show_record(self, sheet: TripSheet) -> None:
        """Show the sheet; rows that stand already stay where they are."""
        self.before, self.removed = sheet, sheet.activity.removed
        self.desk.words |= sheet.words
        trip = sheet.activity
        for name, box in self.head.items():
            if name != "companions":
                box.editor.set_value(getattr(trip, name))
            box.required = (box.editor.field.required or name == "places") and (
                name not in trip.marks
            )
            box.look()
        # An imported trip may not know its place; that must not keep the rest from being saved.
        self.head["places"].required = bool(trip.places)
        self._defaults = {"leader_post": trip.leader_post, "leader_rank": trip.leader_rank}
        self.head["companions"].editor.set_value(tuple(p.person for p in sheet.companions))
        self._hint_leader()
        self._show_parts(sheet)
        self.copy_button.setVisible(False)
        self.again_link.setVisible(not self.removed)
        self.sentence.hide()
        self._unfilled = None
        self._reshaped()

    def _show_parts(self, sheet: TripSheet) -> None:
        speaker = sheet.activity.leader
        rows: dict[Any, list[dict[str, Record]]] = {
            LECTURE: [
                {"": dataclasses.replace(x, speaker="" if x.speaker == speaker else x.speaker)}
                for x in sheet.lectures
            ],
            FIELDWORK: [{"": x} for x in sheet.fieldworks],
            VISIT: [_records_of(e) for e in sheet.visits],
            PROBLEM: [{"": e.problem} for e in sheet.problems],
            SUGGESTION: [{"": x} for x in sheet.suggestions],
        }
        places = {
            VISIT: [e.place for e in sheet.visits],
            PROBLEM: [e.place for e in sheet.problems],
        }
        sessions: dict[Any, list[Any]] = {
            VISIT: list(sheet.receptions),
            PROBLEM: list(sheet.onsites),
        }
        for part, section in self.sections.items():
            wanted = rows[part]
            if [r.ids[""] for r in section.rows] != [one[""].id for one in wanted]:
                section.clear()
                for _ in wanted:
                    section.add_row()
            for at, (row, one) in enumerate(zip(section.rows, wanted, strict=True)):
                row.fill(one)
                if part in places:
                    row.boxes["place"].editor.set_value(places[part][at])
            empty = {s.place for s in sessions.get(part, [])} - set(places.get(part, []))
            for place in sorted(empty):  # a session to which nobody came
                section.add_row().boxes["place"].editor.set_value(place)
            section.show_places()
            section.show_sessions(sessions.get(part, []))

    def value(self) -> TripSheet:
        """The sheet as it stands."""
        start = self.before.activity if self.before else Activity()
        shown = {n: b.editor.value() for n, b in self.head.items() if n != "companions"}
        marks = {n: m for n, b in self.head.items() if (m := b.editor.mark() or lasting(b.guess))}
        kept = {n: m for n, m in start.marks.items() if shown.get(n) == getattr(start, n)}
        trip = dataclasses.replace(start, id=self.record_id, marks=kept | marks, **shown)
        known = {p.person: p for p in self.before.companions} if self.before else {}
        people = self.head["companions"].editor.value()
        sections = self.sections
        visits, problems = sections[VISIT], sections[PROBLEM]
        return TripSheet(
            trip,
            tuple(known.get(p) or _companion(p) for p in people),
            tuple(row.value() for row in sections[LECTURE].counted()),
            tuple(row.value() for row in sections[FIELDWORK].counted()),
            tuple(visits.session_values()),
            tuple(_entry(row, visits.place_of(row)) for row in visits.counted()),
            tuple(problems.session_values()),
            tuple(
                ProblemEntry(self._problem(row), problems.place_of(row))
                for row in problems.counted()
            ),
            tuple(row.value() for row in sections[SUGGESTION].counted()),
        )

    def _problem(self, row: Row) -> Any:
        # The row's place is where the session was; what the problem itself says of its place stays.
        known = row.before.get("")
        return dataclasses.replace(row.value(), place=getattr(known, "place", ""))

    def writing(self) -> Callable[[Ledger], TripSheet]:
        """Save the sheet in one operation."""
        before, after = self.before, self.value()
        title = tr("新建活动") if before is None else tr("修改活动")
        return lambda ledger: trip_sheet.write(ledger, title, before, after)

    def draft_title(self) -> str:
        """Day, leader and places, as far as they are known."""
        day, leader = self.head["date"].editor.value(), self.head["leader"].editor
        places = cast(ChipsEditor, self.head["places"].editor)
        words = [
            f"{day:%m-%d}" if day else "",
            self.desk.words.get(leader.value(), leader.value()),
            "、".join(chip.label for chip in places.chips.chips),
        ]
        return " ".join(filter(None, words)) or tr("活动")

    def history_of(self) -> list[tuple[RecordType, str]]:
        """The trip and all its parts."""
        return trip_sheet.types_of(self.before) if self.before else []

    def renew(self) -> None:
        """The next trip."""
        self.before, self._defaults = None, {}
        for box in self.head.values():
            box.required = box.editor.field.required
        self.head["places"].required = True
        self.copy_button.setVisible(True)
        self.again_link.hide()
        self.sentence.hush()
        self.sentence.show()
        super().renew()
        self._show_pins()
        self.focus_first()


def _companion(person: str) -> Participation:
    from desktop.core.ids import new_id

    return Participation(id=new_id(), person=person)


def _records_of(entry: VisitEntry) -> dict[str, Record]:
    others = {"petitioner": entry.person, "case": entry.case}
    return {"": entry.visit} | {k: r for k, r in others.items() if r is not None}


def _entry(row: Any, place: str) -> VisitEntry:
    person = row.value("petitioner", Petitioner) if row.has_person else None
    if person is not None:
        person = dataclasses.replace(person, name=normalise(person.name))
    case = None
    visit: Visit = row.value()
    if not row.needs_more() and visit.due is None:
        # Answered on the spot after all: the day by which it was to be done is not lost.
        visit = dataclasses.replace(visit, due=row.boxes["case.due"].editor.value())
    if row.needs_more():
        case = row.value("case", Case)
        if "case" not in row.before:
            case = dataclasses.replace(case, status="在办", source="接访", form="来访")
    return VisitEntry(visit, place, person, case)
