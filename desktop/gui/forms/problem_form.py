"""The form of a problem: on top where it stands and what may follow, facts left, log right.

Facts are saved as on any form; the state is changed by steps only, each of which is one operation
together with its entry in the log (and with what was typed into the facts meanwhile).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from desktop.core.fields import Field, is_id
from desktop.core.offices import Office
from desktop.core.record import Record, RecordType, Section, section
from desktop.gui import edits, frames, theme
from desktop.gui.forms.group_dialog import GroupDialog
from desktop.gui.forms.problem_steps import ProblemLog, StepPanel, StepsBar
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records.example import EXAMPLE
from desktop.records.problem import Problem
from desktop.records.progress_note import ProgressNote
from desktop.work import problems
from desktop.work.codes import code_lists
from desktop.work.problems import BY_NAME, Entry

_SECTIONS = (
    section("问题", "title", "decision", "date", "place", "field", "detail"),
    section("办理", "unit", "due", "person", "liaison", "co_units", "measure", "satisfaction"),
    section("典型事例", *EXAMPLE),
    section("更多", "source", "root_cause", "onsite", "status", "closed", "verified", "verifier"),
)
_STEP = "·step"  # a key of a draft that no field has


@dataclass(frozen=True)
class ProblemSheet:
    """A problem with its log, and the names of the people in it."""

    problem: Problem
    log: tuple[ProgressNote, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


def read(ledger: Ledger, problem_id: str) -> ProblemSheet | None:
    """A problem with what its form shows."""
    found = ledger.get(Problem, problem_id)
    if found is None:
        return None
    ledger.texts(found)  # so that titles are at hand when the editors ask
    log = problems.log_of(ledger, problem_id)
    words = ledger.titles.of(n.person for n in log if is_id(n.person))
    return ProblemSheet(found, tuple(log), words)


class ProblemForm(RecordForm):
    """A problem from the day it was found to the day it is struck off."""

    def __init__(self, operations: Operations, office: Office, record_id: str = "") -> None:
        """Open a problem, a draft, or an empty form."""
        del office
        self.panel: StepPanel | None = None
        self.bar = StepsBar()
        self.log = ProblemLog()
        super().__init__(operations, Problem.type, record_id)
        self.bar.wanted.connect(self.ask_step)
        self._panel_place = frames.column()
        self.above.setSpacing(theme.S)
        self.above.addWidget(self.bar)
        self.above.addLayout(self._panel_place)
        self.beside.setSpacing(theme.S)
        self.beside.addWidget(self.log)
        self.bar.hide()
        self.log.hide()
        self.group_link = self.link(tr("归为同类…"), self.group)
        self.add_left(self.group_link)
        self.group_link.hide()
        self.editors["example"].changed.connect(self._show_sentences)
        self._show_sentences()

    # ---- fields --------------------------------------------------------------------------------

    def _sections(self, of: RecordType, parent: Field | None) -> Iterable[Section]:
        del of, parent
        return _SECTIONS

    def is_folded(self, field: Field) -> bool:
        """Only what steps write, and where it came from."""
        return field.name in _SECTIONS[-1].fields

    def _show_sentences(self) -> None:
        """The two sentences are asked for once somebody ticks that they shall be told."""
        wanted = bool(self.editors["example"].value())
        for name in EXAMPLE[1:]:
            written = not self.editors[name].is_empty
            for grid in self._grids:
                grid.set_shown(name, wanted or written)

    # ---- reading and saving --------------------------------------------------------------------

    def read_record(self, ledger: Ledger) -> Any:
        """The problem and its log."""
        return read(ledger, self.record_id)

    def show_record(self, record: Any) -> None:
        """Show both; a step that somebody is about to take stays open if it still may be taken."""
        sheet: ProblemSheet = record
        super().show_record(sheet.problem)
        extended = problems.extensions(sheet.log, self.desk.lists)
        self.bar.show_problem(sheet.problem, self.desk, extended)
        self.log.show_log(list(sheet.log), sheet.words)
        self.bar.setVisible(not self.removed)
        self.log.show()
        self.group_link.setVisible(not self.removed)
        if self.panel is not None:
            button = self.bar.buttons.get(self.panel.step.name)
            if button is None or not button.isEnabled() or self.removed:
                self.drop_step()
            else:
                self.panel.problem = sheet.problem
        self._show_sentences()

    def set_state(self, state: Any) -> None:
        """Fields, and the step that was being written."""
        super().set_state({k: v for k, v in state.items() if k != _STEP})
        self._show_sentences()
        name, raw = state.get(_STEP) or ("", {})
        if not name:
            self.drop_step()
        elif name in self.bar.buttons:
            self.ask_step(name)
            assert self.panel is not None
            self.panel.set_state(raw)

    def state(self) -> Any:
        """Fields, and the step that is being written."""
        writing = self.panel is not None and self.panel.is_written_in
        step = [self.panel.step.name, self.panel.state()] if writing and self.panel else None
        return {**super().state(), _STEP: step}

    def writing(self) -> Callable[[Ledger], Any]:
        """Save the facts."""
        write, record_id = super().writing(), self.record_id

        def whole(ledger: Ledger) -> Any:
            write(ledger)
            return read(ledger, record_id)

        return whole

    def save(self) -> None:
        """Ctrl+S takes the step that is being written; the facts go with it."""
        if self.panel is not None and self.panel.is_written_in:
            self.panel.confirm()
        else:
            super().save()

    def renew(self) -> None:
        """An empty form."""
        self.drop_step()
        self.group_link.hide()
        self.bar.hide()
        self.log.hide()
        super().renew()

    def group(self) -> None:
        """Pick or make the kind that this problem is one of."""
        if not self.is_dirty or self.can_close():
            dialog = GroupDialog(self.operations, [self.record_id], self)
            dialog.grouped.connect(self._read_again)
            dialog.open()

    def _read_again(self, _root_id: str) -> None:
        self.operations.read(self.read_record, self._show_again, slot=f"again {id(self)}")

    def _show_again(self, record: Any) -> None:
        if record is not None and not self.is_dirty:
            self.settle(record)
            self.saved.emit(self.record_id)

    # ---- steps ---------------------------------------------------------------------------------

    def ask_step(self, name: str) -> None:
        """Ask what a step needs to know."""
        self.drop_step()
        assert isinstance(self.before, Problem)
        self.panel = StepPanel(BY_NAME[name], self.before, self.desk)
        self.panel.confirmed.connect(self._take_step)
        self.panel.dropped.connect(self._cancel_step)
        self.panel.changed.connect(self.touched)
        self._panel_place.addWidget(self.panel)
        self.panel.show()
        self.panel.focus_first()
        self.area.ensureWidgetVisible(self.panel)

    def drop_step(self) -> None:
        """Take the questions of a step away."""
        if self.panel is not None:
            panel, self.panel = self.panel, None
            self._panel_place.removeWidget(panel)
            panel.hide()
            panel.deleteLater()

    def _cancel_step(self) -> None:
        name = self.panel.step.name if self.panel else ""
        self.drop_step()
        if name in self.bar.buttons:
            self.bar.buttons[name].setFocus()

    def leave(self) -> None:
        """Esc: first the step, then the form."""
        if self.panel is not None and not self.panel.is_written_in:
            self._cancel_step()
        else:
            super().leave()

    def _take_step(self) -> None:
        if self.panel is None or self.saving or self.removed:
            return
        for box in self.boxes():
            box.editor.commit_ime()
            box.editor.settle()
        if wrong := self.wrong_boxes():
            self.reveal(wrong[0])
            self.go_to(wrong[0].editor.input())
            return
        step, entry = self.panel.step, self.panel.entry()
        title = tr("问题{0}").format(tr(step.label))
        self.submit(title, _step_job(title, step.name, entry, self.before, self.value()))

    def _done(self, record: Any, *, again: bool) -> None:
        stepped = self.panel is not None and record is not None
        if stepped:
            self.drop_step()
        super()._done(record, again=again)
        usable = [b for b in self.bar.buttons.values() if b.isEnabled()]
        if stepped and usable:
            self.go_to(usable[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The log beside the facts, or below them where it is narrow."""
        super().resizeEvent(event)
        wide = event.size().width() >= theme.NARROW - theme.RAIL
        level, upright = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.beside.setDirection(level if wide else upright)


def _step_job(
    title: str, name: str, entry: Entry, before: Record | None, after: Record
) -> Callable[[Ledger], Any]:
    """Facts and step in one operation, on the problem as the ledger holds it then."""

    def write(ledger: Ledger) -> Any:
        current = edits.carried(ledger, before, after)
        assert isinstance(current, Problem)
        changed, note = problems.taken(BY_NAME[name], current, entry, code_lists(ledger))
        with ledger.write(title) as rows:
            edits.save(ledger, rows, [changed, note])
        return read(ledger, after.id)

    return write
