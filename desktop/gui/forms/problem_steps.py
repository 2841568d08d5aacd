"""The course of a problem on its form: where it stands, what may follow, and the log."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton

from desktop.core.fields import Field
from desktop.gui import frames, theme
from desktop.gui.day_editor import DayEditor
from desktop.gui.desk import Desk
from desktop.gui.editors import make_editor
from desktop.gui.field_box import FieldBox, label_of
from desktop.gui.translate import tr
from desktop.records.problem import Problem
from desktop.records.progress_note import ProgressNote
from desktop.work import problems
from desktop.work.due_words import LATE, SOON
from desktop.work.problems import Entry, Step

_KINDS = {LATE: "late", SOON: "soon", "✓": "done"}


def kind_of(words: str) -> str:
    """The look of words that begin with a mark."""
    return _KINDS.get(words[:1], "quiet")


class StepsBar(QFrame):
    """State and deadline in words, the steps that may follow, and why one may not yet."""

    wanted = Signal(str)  # the name of a step

    def __init__(self) -> None:
        """Empty until `show_problem`."""
        super().__init__()
        theme.set_kind(self, "sheet")
        self.state = frames.label(kind="title")
        self.deadline = frames.label()
        self.extended = frames.label(kind="quiet")
        self.reasons = frames.label(kind="small", wrap=True)
        self.buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.S)
        first = frames.row(self.state, self.deadline, self.extended, None, spacing=theme.M)
        self._column = frames.column(first, self._row, self.reasons)
        self._column.setContentsMargins(theme.XL, theme.M, theme.XL, theme.M)
        self.setLayout(self._column)

    def show_problem(self, problem: Problem, desk: Desk, extended: int) -> None:
        """Say where it stands, and offer what may follow."""
        known = desk.lists
        self.state.setText(problems.state_words(problem, known))
        words = problems.deadline_words(problem, known, desk.today())
        self.extended.setText(tr("已延期{0}次").format(extended) if extended else "")
        theme.set_kind(self.deadline, kind_of(words))
        self.deadline.setText(words)
        frames.empty(self._row)
        self.buttons = {}
        reasons = []
        for step, against in problems.steps_from(problem, known):
            button = frames.button(tr(step.label), partial(self.wanted.emit, step.name))
            button.setEnabled(not against)
            button.setToolTip(against)
            if against:
                reasons.append(f"{tr(step.label)}：{against}")
            self.buttons[step.name] = button
            self._row.addWidget(button)
            button.show()  # now, so that it can take the focus
        self._row.addStretch(1)
        self.reasons.setText("；".join(reasons))
        self.reasons.setVisible(bool(reasons))


class StepPanel(QFrame):
    """What a step asks; Enter goes through the fields and takes the step at the end."""

    confirmed = Signal()
    dropped = Signal()
    changed = Signal()

    def __init__(self, step: Step, problem: Problem, desk: Desk) -> None:
        """Ask for one step of one problem."""
        super().__init__()
        theme.set_kind(self, "sheet")
        self.step = step
        self.problem = problem
        self.boxes: dict[str, FieldBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(_asked(step).items()):
            editor = make_editor(field, desk)
            if isinstance(editor, DayEditor) and name == "date":
                editor.past = True
                editor.offer_quick()
            box = FieldBox(editor, required=field.required)
            editor.changed.connect(self.changed)
            self.boxes[name] = box
            label = label_of(field, required=field.required)
            label.setBuddy(editor.input())
            label.setMinimumHeight(theme.INPUT)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(box, row, 1)
        # A step is nearly always written down on the day on which it is taken.
        self.boxes["date"].editor.set_value(desk.today())
        self.ok = frames.button(tr(step.label), self.confirm, "primary")
        self.drop = frames.button(tr("取消"), self.dropped.emit)
        order = list(self.boxes.values())
        for box, following in zip(order, [*order[1:], None], strict=True):
            then = following.editor.input() if following else self.ok
            box.editor.passed.connect(lambda w=then: w.setFocus(Qt.FocusReason.TabFocusReason))
        column = frames.column(grid, frames.row(None, self.drop, self.ok), spacing=theme.M)
        column.setContentsMargins(theme.XL, theme.M, theme.XL, theme.M)
        self.setLayout(column)
        for keys in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), self.ok)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.confirm)

    def focus_first(self) -> None:
        """Put the cursor where one writes."""
        self.boxes["text"].editor.input().setFocus(Qt.FocusReason.TabFocusReason)

    def confirm(self) -> None:
        """Take the step, if nothing is missing."""
        for box in self.boxes.values():
            box.editor.commit_ime()
            box.editor.settle()
        lacking = problems.lacking(self.step, self.problem, self.entry())
        wrong = [b for n, b in self.boxes.items() if b.insist(lacking.get(n, "") or b.problem())]
        if wrong:
            wrong[0].editor.input().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.confirmed.emit()

    def entry(self) -> Entry:
        """What was said."""
        return Entry(**{name: box.editor.value() for name, box in self.boxes.items()})

    @property
    def is_written_in(self) -> bool:
        """Whether anything but the day was said."""
        return any(not b.editor.is_empty for n, b in self.boxes.items() if n != "date")

    def state(self) -> Any:
        """For a draft."""
        return {name: box.editor.raw() for name, box in self.boxes.items()}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """From a draft."""
        for name, raw in state.items():
            if name in self.boxes:
                self.boxes[name].editor.set_raw(raw)


def _asked(step: Step) -> dict[str, Field]:
    """The fields of a step: what was done first, then what else it needs, then when and who."""
    note, of = ProgressNote.type.field, Problem.type.field
    put = dataclasses.replace
    own = {
        "due": put(of("due"), label="延至", required=True),
        "verifier": put(of("verifier"), required=True),
        "rating": of("satisfaction"),
    }
    return {
        "text": put(note("text"), label=step.asks, required=not step.plain, help=step.plain),
        **{name: own[name] for name in step.fields},
        "date": note("date"),
        "person": note("person"),
    }


class ProblemLog(QFrame):
    """The log, the newest entry first; nothing in it can be changed."""

    def __init__(self) -> None:
        """Empty until `show_log`."""
        super().__init__()
        theme.set_kind(self, "sheet")
        self.setMinimumWidth(theme.SIDE - theme.XL * 3)
        self._entries = frames.column(spacing=theme.S)
        head = frames.label(tr("进展日志"), "title")
        whole = frames.column(head, self._entries, None, spacing=theme.M)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        self.setLayout(whole)

    def show_log(self, log: list[ProgressNote], words: Mapping[str, str]) -> None:
        """Show the entries; `words` names the people in them."""
        frames.empty(self._entries)
        if not log:
            hint = tr("还没有进展。写错了不用改，再记一条就行。")
            self._entries.addWidget(frames.label(hint, "small", wrap=True))
        for note in reversed(log):
            day = note.date.isoformat() if note.date else ""
            person = words.get(note.person, note.person)
            head = frames.label("　".join(filter(None, (day, note.kind, person))), "small")
            text = frames.label(note.text, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._entries.addLayout(frames.column(head, text, spacing=0))
            self._entries.addWidget(frames.line())
