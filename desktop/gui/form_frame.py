"""What every form has around its fields: saving, drafts, 作废 and 恢复, history, leaving.

A form is opened with the id of a record, of a draft, or none. What was typed and isn't saved is
kept as a draft every few seconds, under the id that the record will have; only what is saved
counts. While a save runs the form stays as it is; if the save fails, nothing in it is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.core.errors import InvalidRecord
from desktop.core.ids import new_id
from desktop.core.progress import Progress
from desktop.core.record import RecordType
from desktop.gui import messages, theme
from desktop.gui.annex import Annex, annexes_of
from desktop.gui.desk import Desk
from desktop.gui.editor import STOP, Editor
from desktop.gui.field_box import FieldBox
from desktop.gui.folds import Fold
from desktop.gui.operations import Operations
from desktop.gui.sheet_frame import SheetFrame
from desktop.gui.translate import tr
from desktop.ledger import drafts
from desktop.ledger.drafts import Draft
from desktop.ledger.ledger import Ledger
from desktop.records.codes import CodeList
from desktop.work import codes
from desktop.work.removal import consequences

DRAFT_EVERY = 3000  # ms; a power cut costs no more than this


@dataclass(frozen=True)
class _Found:
    """What the ledger answered when the form was opened."""

    record: Any
    draft: Draft | None
    others: list[Draft]
    lists: dict[str, CodeList]


class FormFrame(SheetFrame):
    """Base of all forms; subclasses build the fields and say what is read and written."""

    saved = Signal(str)  # the record's id, after each save
    closed = Signal()  # the person is done here; ask `can_close` before closing otherwise
    titled = Signal(str)  # what the form is, with its number
    opened = Signal()  # what the ledger held is shown
    wanted_record = Signal(str, str)  # type, id: another record that somebody wants to see

    def __init__(self, operations: Operations, of: RecordType, record_id: str = "") -> None:
        super().__init__(operations)
        self.operations = operations
        self.of = of
        self.desk = Desk(operations)
        self.asked_for = record_id
        self.record_id = record_id or new_id()
        self.is_new = True
        self.is_open = False
        self.removed = ""
        self.number = ""  # the record's visible number, once it has one
        self.saving = False
        self.annexes: list[Annex] = []
        self._waiting_save: bool | None = None  # a save that waits for an annex; whether again
        self._clean: Any = None
        self._blank: Any = None
        self._kept = False  # whether a draft of this form lies in the ledger
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_EVERY)
        self._timer.timeout.connect(self.keep_draft)
        self._bind()

    # ---- what subclasses say -------------------------------------------------------------------

    def state(self) -> Any:
        """Everything that was typed, fit for JSON."""
        raise NotImplementedError

    def set_state(self, state: Any) -> None:
        """Show a state again."""
        raise NotImplementedError

    def boxes(self) -> list[FieldBox]:
        """The fields in the order in which Enter goes through them."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """Where Tab halts, in order: the fields, and whatever else a subclass has."""
        return [box.editor.input() for box in self.boxes()]

    def read_record(self, ledger: Ledger) -> Any:
        """On the reader thread: what the form is about, or None if there is no such record yet."""
        raise NotImplementedError

    def show_record(self, record: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def writing(self) -> Callable[[Ledger], Any]:
        """The job that saves, taken off the fields now; gives what `read_record` would give."""
        raise NotImplementedError

    def cross_problems(self) -> dict[str, str]:
        """Problems between fields: field name -> sentence."""
        return {}

    def draft_title(self) -> str:
        """What a draft is called in the list of what isn't finished."""
        return tr(self.of.label)

    def history_of(self) -> list[tuple[RecordType, str]]:
        """The records whose history belongs to this form."""
        return [(self.of, self.record_id)]

    # ---- opening -------------------------------------------------------------------------------

    def open(self) -> None:
        """Ask the ledger; called by a subclass when its fields stand."""
        self._add_annexes()
        self._blank = self._clean = self.state()
        self.retitle()
        self.operations.read(self._find, self._found)

    def _add_annexes(self) -> None:
        self.annexes = annexes_of(self)
        for annex in self.annexes:
            self.fields.addWidget(annex)
            annex.changed.connect(self.touched)
            annex.reshaped.connect(self.order)
            annex.settled.connect(self._go_on_saving)
            annex.begin(self.record_id, is_new=not self.asked_for)
        if self.annexes:
            self.order()

    def _find(self, ledger: Ledger) -> _Found:
        record = self.read_record(ledger) if self.asked_for else None
        draft = drafts.find(ledger, self.record_id) if self.asked_for else None
        others = [] if self.asked_for else drafts.listed(ledger, self.of.name)
        known = set(self._known_ids(ledger, [d.id for d in others]))
        others = [d for d in others if d.id not in known]
        return _Found(record, draft, others, dict(codes.code_lists(ledger)))

    def _known_ids(self, ledger: Ledger, ids: list[str]) -> Iterable[str]:
        return [record.id for record in ledger.fetch(self.of.cls, ids)]

    def _found(self, found: _Found) -> None:
        self.desk.lists = found.lists
        if found.record is not None:
            self.settle(found.record)
        self.is_open = True
        if found.draft is not None:
            self._kept = True
            self._show_draft(found.draft)
            when = found.draft.at.replace("T", " ")[5:16]
            self.say(tr("接着 {} 没写完的。").format(when), (tr("不要了"), self.drop_draft))
        elif found.others and self.is_new:
            self._offer(found.others[0])
        self.retitle()
        self.opened.emit()

    def _offer(self, draft: Draft) -> None:
        when = draft.at.replace("T", " ")[5:16]
        words = tr("有一份没写完的：{} {}").format(when, draft.title)
        self.say(
            words,
            (tr("接着写"), lambda: self.take_draft(draft)),
            (tr("不要了"), lambda: self._forget(draft.id)),
        )

    def take_draft(self, draft: Draft) -> None:
        """Go on with a draft in place of an empty form."""
        self.record_id, self._kept = draft.id, True
        for annex in self.annexes:
            annex.begin(draft.id, is_new=True)
        self._show_draft(draft)
        self.hush()
        self.focus_first()

    def _show_draft(self, draft: Draft) -> None:
        state = draft.state
        if isinstance(state, dict):
            mine = {annex.name: annex for annex in self.annexes}
            state = {key: value for key, value in state.items() if key not in mine}
            for name, annex in mine.items():
                if name in draft.state:
                    annex.set_state(draft.state[name])
        self.set_state(state)

    def _drafted(self) -> Any:
        """The state with that of the annexes, where they have one."""
        state = self.state()
        theirs = {annex.name: annex.state() for annex in self.annexes if annex.is_dirty}
        return state | theirs if theirs and isinstance(state, dict) else state

    def settle(self, record: Any) -> None:
        """Show a record as the ledger holds it; from here on changes are counted."""
        self.is_new = False
        self.show_record(record)
        self._clean = self.state()
        self._timer.stop()
        self.body.setEnabled(not self.removed)
        self.void_link.setVisible(not self.removed)
        self.past_link.show()
        if self.removed:
            self.say(tr("已作废：{}").format(self.removed), (tr("恢复"), self.restore))
        self.retitle()

    def _bind(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.again_button.clicked.connect(self.save_and_new)
        self.past_link.clicked.connect(self.toggle_history)
        self.void_button.clicked.connect(self.void)
        self.reason.returnPressed.connect(self.void)
        for keys, act in (
            (QKeySequence.StandardKey.Save, self.save),
            ("Ctrl+Return", self.save_and_new),
            ("Ctrl+Enter", self.save_and_new),
            ("Esc", self.leave),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def retitle(self) -> None:
        """Say what this form is."""
        words = (tr("新建") if self.is_new else "") + tr(self.of.label)
        self.setWindowTitle(f"{words} {self.number}".rstrip())
        self.titled.emit(self.windowTitle())

    # ---- editors and the way through them ------------------------------------------------------

    def adopt(self, editor: Editor) -> None:
        """Watch an editor: drafts, and Enter to the next field."""
        editor.changed.connect(self.touched)
        editor.passed.connect(lambda: self.go_on(editor.input()))

    def touched(self) -> None:
        """Something was typed."""
        self.status.setText("")
        if self.is_open and not self._timer.isActive():
            self._timer.start()

    def go_on(self, after: QWidget) -> None:
        """Move to the next stop that can be seen."""
        stops = [w for w in self.stops() if w.property(STOP)]
        at = stops.index(after) + 1 if after in stops else 0
        for widget in (*stops[at:], self.save_button):
            if widget.isVisibleTo(self) and widget.isEnabled():
                self.go_to(widget)
                return

    def go_to(self, widget: QWidget) -> None:
        """Put the focus on a widget, and that into view."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(widget, theme.XL, theme.XL * 2)

    def reveal(self, box: FieldBox) -> None:
        """Unfold what hides a field."""
        for fold in self.body.findChildren(Fold):
            if fold.holds(box):
                fold.setChecked(True)

    def order(self) -> None:
        """Let Tab go through the stops in order; to be called when fields come or go."""
        for former, following in pairwise(self.every_stop()):
            QWidget.setTabOrder(former, following)

    def every_stop(self) -> list[QWidget]:
        """Where Tab halts, with what stands beside the fields and with the buttons."""
        beside = [stop for annex in self.annexes for stop in annex.stops()]
        buttons = (self.again_button, self.save_button, self.void_link, self.past_link)
        return [*self.stops(), *beside, *buttons]

    def focus_first(self) -> None:
        """Put the focus where one begins to write."""
        stops = [w for w in self.stops() if w.property(STOP) and w.isVisibleTo(self)]
        empty = [b.editor.input() for b in self.boxes() if b.required and b.editor.is_empty]
        for widget in (*(empty if self.is_new else []), *stops):
            if widget.isVisibleTo(self):
                self.go_to(widget)
                return

    # ---- saving --------------------------------------------------------------------------------

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that isn't saved."""
        beside = any(annex.is_dirty or annex.is_busy for annex in self.annexes)
        return beside or bool(self.state() != self._clean)

    def save(self) -> None:
        """Save, and stay."""
        self._save(again=False)

    def save_and_new(self) -> None:
        """Save, and go on with an empty form."""
        self._save(again=True)

    def _save(self, *, again: bool) -> None:
        if self.saving or self.removed:
            return
        for box in self.boxes():
            box.editor.commit_ime()
            box.editor.settle()
        wrong = self.wrong_boxes()
        if wrong:
            self.status.setText(tr("还有{}处要看，先留作草稿").format(len(wrong)))
            self.reveal(wrong[0])
            self.go_to(wrong[0].editor.input())
            self.keep_draft()
            return
        if any(annex.is_busy for annex in self.annexes):
            self._waiting_save = again
            self.status.setText(tr("照片处理完就保存"))
            return
        if not self.is_new and not self.is_dirty:
            self._done(None, again=again)
            return
        title = tr("保存{}").format(tr(self.of.label))
        self.submit(title, self.writing(), again=again)

    def submit(self, title: str, write: Callable[[Ledger], Any], *, again: bool = False) -> None:
        """Let the ledger save what a job holds; then show what it gave."""
        self._set_saving(True)
        record_id, kept = self.record_id, self._kept
        beside = [annex.writing() for annex in self.annexes if annex.is_dirty]
        self._timer.stop()

        def job(ledger: Ledger, *_: Progress) -> Any:
            with ledger.together():  # the record comes last: it gives the step its title
                for also in beside:
                    also(ledger)
                written = write(ledger)
            if kept:
                drafts.delete(ledger, record_id)
            return written

        self.operations.write(title, job, lambda r: self._done(r, again=again), self._failed)

    def _go_on_saving(self) -> None:
        again, self._waiting_save = self._waiting_save, None
        if again is not None:
            self._save(again=again)

    def wrong_boxes(self) -> list[FieldBox]:
        """The fields that can't be saved as they are; each says why."""
        crossing = self.cross_problems()
        shown = [b for b in self.boxes() if b.isVisibleTo(self) or b.problem()]
        return [b for b in shown if b.insist(crossing.get(b.editor.field.name, ""))]

    def _set_saving(self, on: bool) -> None:
        self.saving = on
        self.save_button.setEnabled(not on)
        self.again_button.setEnabled(not on)

    def _done(self, record: Any, *, again: bool) -> None:
        self._set_saving(False)
        record_id = self.record_id
        if record is not None:
            self._kept = False
            self.hush()
            for annex in self.annexes:
                annex.note_saved()
            self.settle(record)
            self.status.setText(tr("已保存 {}").format(datetime.now().strftime("%H:%M")))
            if self.history.isVisible():
                self.history.read(self.history_of())
        if again:
            self.renew()
        if record is not None:
            self.saved.emit(record_id)

    def _failed(self, error: Exception) -> None:
        self._set_saving(False)
        if isinstance(error, InvalidRecord):
            named = [b for b in self.boxes() if b.editor.field.name in error.problems]
            for box in named:
                box.insist(error.problems[box.editor.field.name])
            if named:
                self.go_to(named[0].editor.input())
                return
        self.keep_draft()
        messages.show(error, self)

    def renew(self) -> None:
        """An empty form for the next record."""
        self.record_id, self.is_new, self.removed = new_id(), True, ""
        self.number = ""
        self._kept = False
        self.void_link.hide()
        self.past_link.hide()
        self.show_history(False)
        for annex in self.annexes:
            annex.begin(self.record_id, is_new=True)
        self.set_state(self._blank)
        self._clean = self.state()
        self._timer.stop()
        self.retitle()
        self.focus_first()

    def take_id(self, record_id: str) -> None:
        """Go on under another id: that of a new record follows from what was typed."""
        if self._kept and record_id != self.record_id:
            self._forget(self.record_id)
            self._kept = False
        self.record_id = record_id

    # ---- drafts, and leaving -------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keep what was typed, if it isn't saved."""
        self._timer.stop()
        if not self.is_dirty or self.saving or self.removed:
            return
        self._kept = True
        draft = Draft(self.record_id, self.of.name, self.draft_title(), self._drafted())
        self.operations.write("", lambda ledger, *_: drafts.save(ledger, draft))

    def drop_draft(self) -> None:
        """Throw away what isn't saved."""
        self.hush()
        self._forget(self.record_id)
        self._kept = False
        self._give_up()
        self.set_state(self._clean)
        self._timer.stop()

    def _give_up(self) -> None:
        for annex in self.annexes:
            annex.reset()

    def _forget(self, draft_id: str) -> None:
        self.hush()
        self.operations.write("", lambda ledger, *_: drafts.delete(ledger, draft_id))

    def can_close(self) -> bool:
        """Whether the form may be closed; asks if something isn't saved."""
        if self.saving:
            return False
        if not self.is_dirty:
            if self._kept:
                self._forget(self.record_id)
                self._kept = False
            return True
        answer = ask_leave(self)
        if answer == STAY:
            return False
        if answer == KEEP:
            self.keep_draft()
        else:
            self._timer.stop()
            if self._kept:
                self._forget(self.record_id)
            self._clean = self.state()
            self._give_up()
        return True

    def leave(self) -> None:
        """Esc: close, if nothing stands against it."""
        if self.reason_row.isVisible():
            self.reason_row.hide()
        elif self.can_close():
            self.closed.emit()

    # ---- void, restore, history ----------------------------------------------------------------

    def ask_reason(self) -> None:
        """Ask why, and say what goes with the record and what still names it."""
        super().ask_reason()
        of, record_id = self.of, self.record_id
        self.operations.read(
            lambda ledger: consequences(ledger, of, [record_id]),
            lambda found: self.going.setText(found.words),
            slot=f"consequences of {id(self)}",
            late=True,
        )

    def void(self) -> None:
        """Make the record void, with its parts."""
        reason = self.reason.text().strip()
        if not reason:
            self.reason.setFocus()
            return
        of, record_id = self.of, self.record_id
        title = tr("作废{}").format(tr(of.label))

        def job(ledger: Ledger, _progress: Progress) -> Any:
            with ledger.write(title) as rows:
                rows.remove(of, record_id, reason)
            return self.read_record(ledger)

        self.reason_row.hide()
        self.reason.clear()
        self._clean = self.state()
        self._give_up()
        self.operations.write(title, job, self._voided)

    def _voided(self, record: Any) -> None:
        self.settle(record)
        self.saved.emit(self.record_id)

    def restore(self) -> None:
        """Take the record back from the recycle bin."""
        of, record_id = self.of, self.record_id
        title = tr("恢复{}").format(tr(of.label))
        beside = [annex.restoring() for annex in self.annexes]

        def job(ledger: Ledger, _progress: Progress) -> Any:
            with ledger.write(title) as rows:
                for also in beside:
                    also(ledger, rows)
                rows.restore(of, record_id)
            return self.read_record(ledger)

        self.hush()
        self.operations.write(title, job, self._voided)

    def toggle_history(self) -> None:
        """Show or hide the history."""
        on = not self.history.isVisible()
        self.show_history(on)
        if on:
            self.history.read(self.history_of())


KEEP, DROP, STAY = "keep", "drop", "stay"


def ask_leave(parent: QWidget) -> str:
    """Ask what to do with what isn't saved: keep it as a draft, drop it, or stay."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr("还没有保存"))
    box.setText(tr("这里写的还没有保存。留作草稿，下次接着写？"))
    keep = box.addButton(tr("留作草稿"), QMessageBox.ButtonRole.AcceptRole)
    drop = box.addButton(tr("不要了"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(tr("继续写"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(stay)
    box.exec()
    clicked = box.clickedButton()
    return KEEP if clicked is keep else DROP if clicked is drop else STAY
