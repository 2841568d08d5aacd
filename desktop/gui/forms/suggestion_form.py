"""The form of a suggestion: a day and what was said are enough; the rest comes as it is dealt with.

Steps are buttons that fill in the status and today, and bring out the fields that the step needs;
nothing is written before it is saved. While the words are typed, like suggestions are looked for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.core.names import mask_words
from desktop.core.offices import Office
from desktop.core.progress import Progress
from desktop.core.record import RecordType, Section
from desktop.gui import frames, messages
from desktop.gui.editors import make_editor
from desktop.gui.field_box import FieldBox
from desktop.gui.folds import Fold
from desktop.gui.forms import suggestion_sheet as sheets
from desktop.gui.forms.suggestion_parts import Fate, JoinedOnes, LikeOnes, Part, StepBar
from desktop.gui.forms.suggestion_sheet import SuggestionSheet, Typed
from desktop.gui.operations import Operations
from desktop.gui.record_form import Grid, RecordForm
from desktop.gui.saved_file import ask_path
from desktop.gui.screens.paper_made import PaperMade
from desktop.gui.translate import tr
from desktop.jobs import print_suggestion as papers
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, Petitioner, Suggestion
from desktop.work import conversion, doubles, similar, suggestions

SOON = 400  # ms after the last key before like suggestions are looked for
_WHERE = ("channel", "kind", "place")
_PERSON = ("name", "phone")
_HANDLING = ("unit", "co_units", "assigned", "due")
_RESULT = ("result", "adoption", "result_class", "reason")
_REPLY = ("replied", "reply_form", "reply", "rating")
_HIDDEN = ("converted", "became")  # said in words above the fields
_OFFERS = (  # words of the menu, paper, whether it names who made it
    ("意见建议转办单", papers.TRANSFER, False),
    ("意见建议转办单（写明建议人）", papers.TRANSFER, True),
    ("意见建议答复函", papers.REPLY, False),
)


class SuggestionForm(RecordForm):
    """A suggestion on one sheet."""

    wanted_record = Signal(str, str)  # type, id: another record that somebody wants to see

    def __init__(self, operations: Operations, office: Office, record_id: str = "") -> None:
        """Open a suggestion, a draft, or (without an id) an empty form."""
        del office
        super().__init__(operations, RECORD_TYPES["suggestion"], record_id)

    # ---- how it is laid out --------------------------------------------------------------------

    def _sections(self, of: RecordType, parent: Any) -> tuple[Section, ...]:
        del of, parent
        return ()  # laid out by hand, below

    def _add_more(self, sections: tuple[Section, ...]) -> None:
        del sections
        of = self.of
        self.sheet: SuggestionSheet | None = None
        self._main = self._why = ""
        self._apart: list[str] = []  # what a new one is not, written with it
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._look_for_like)
        self.bar = StepBar(
            [(tr(words), paper, named) for words, paper, named in _OFFERS],
            [(one.name, tr(one.label)) for one in conversion.BECOMES],
        )
        self.fate, self.like, self.joined = Fate(), LikeOnes(), JoinedOnes()
        first = self._grid("date", "content")
        where = self._grid(*_WHERE)
        self._person = {name: self._person_box(name) for name in _PERSON}
        who = Grid(list(self._person.values()))
        self._grids.append(who)
        self.parts = [
            Part(tr("办理"), self._plain_boxes(_HANDLING)),
            Part(tr("结果"), self._plain_boxes(_RESULT)),
            Part(tr("答复"), self._plain_boxes(_REPLY)),
        ]
        self._grids += [part.grid for part in self.parts]
        placed = {*self._boxes, *_HIDDEN}
        rest = self._grid(*(f.name for f in self._shown(f.name for f in of.fields)
                            if f.name not in placed))  # fmt: skip
        self._fold = Fold(of.name, rest)
        line = frames.line()
        for widget in (self.bar, self.fate, first, self.like, where, who, *self.parts):
            self.fields.addWidget(widget)
        quiet = frames.row(*(part.link for part in self.parts), self._fold, line)
        quiet.setStretch(len(self.parts) + 1, 1)
        self.fields.addLayout(quiet)
        self.fields.addWidget(rest)
        self.fields.addWidget(self.joined)
        self.bar.hide()
        self._listen()

    def _listen(self) -> None:
        self.opened.connect(self._begin)
        self.bar.stepped.connect(self.take_step)
        self.bar.wanted_paper.connect(self.print_paper)
        self.bar.wanted_conversion.connect(self.convert)
        self.fate.wanted_record.connect(self.wanted_record)
        self.fate.wanted_parting.connect(lambda: self.part_from_main(self.record_id))
        self.fate.wanted_back.connect(self.take_back)
        self.like.wanted_look.connect(self._look_at)
        self.like.wanted_join.connect(self.join_to)
        self.like.wanted_apart.connect(self.keep_apart)
        self.joined.wanted_record.connect(lambda one: self.wanted_record.emit(self.of.name, one))
        self.joined.wanted_parting.connect(self.part_from_main)
        self.joined.wanted_answer.connect(self.spread_answer)
        for name in ("content", "place", "kind"):
            self.editors[name].changed.connect(lambda: self._soon.start())

    def _grid(self, *names: str) -> Grid:
        made = Grid(self._plain_boxes(names))
        self._grids.append(made)
        return made

    def _plain_boxes(self, names: tuple[str, ...]) -> list[FieldBox]:
        return [self._box(self.of.field(name)) for name in names]

    def _person_box(self, name: str) -> FieldBox:
        field = Petitioner.type.field(name)
        if name == "name":
            field = dataclasses.replace(field, label="建议人")
        editor = make_editor(field, self.desk)
        self.adopt(editor)
        return FieldBox(editor)

    # ---- what the frame asks -------------------------------------------------------------------

    def boxes(self) -> list[FieldBox]:
        """The fields from top to bottom."""
        named = [name for name in self._boxes if name in ("date", "content", *_WHERE)]
        rest = [box for name, box in self._boxes.items() if name not in named]
        return [*(self._boxes[n] for n in named), *self._person.values(), *rest]

    def stops(self) -> list[QWidget]:
        """The fields, the links between them, and the steps last."""
        first = [self._boxes[name].editor.input() for name in ("date", "content")]
        where = [self._boxes[name].editor.input() for name in _WHERE]
        who = [box.editor.input() for box in self._person.values()]
        parts = [box.editor.input() for part in self.parts for box in part.boxes]
        links: list[QWidget] = [*(part.link for part in self.parts)]
        if self._fold is not None:
            links.append(self._fold)
        placed = {*first, *where, *who, *parts}
        rest = [b.editor.input() for b in self._boxes.values() if b.editor.input() not in placed]
        return [
            *self.bar.buttons(), *self.fate.buttons(), *first, *self.like.links, *where, *who,
            *parts, *links, *rest, *self.joined.links,
        ]  # fmt: skip

    def focus_first(self) -> None:
        """Put the focus where one begins to write; on the steps where it is about them."""
        steps = [b for b in self.bar.steps.values() if b.isVisibleTo(self)]
        if not self.is_new and steps:
            self.go_to(steps[0])
        else:
            super().focus_first()

    def _begin(self) -> None:
        # The pane has put the focus into the first field before it was known what is shown.
        if self.editors["date"].input().hasFocus() and not self.is_dirty:
            self.focus_first()

    def state(self) -> Any:
        """What each field holds, as typed."""
        person = {f"person.{name}": box.editor.raw() for name, box in self._person.items()}
        return super().state() | person

    def set_state(self, state: Any) -> None:
        """The fields again."""
        super().set_state(state)
        for name, box in self._person.items():
            box.editor.set_raw(state.get(f"person.{name}", ""))
        self._arrange()

    def value(self) -> Suggestion:
        """The suggestion as it stands in the fields; its status has caught up with them."""
        one = super().value()
        assert isinstance(one, Suggestion)
        return suggestions.settled(one, self.desk.lists)

    def cross_problems(self) -> dict[str, str]:
        """What stands against the status; the part that holds the field is brought out."""
        found = suggestions.problems(self.value(), self.desk.lists)
        for part in self.parts:
            if any(box.editor.field.name in found for box in part.boxes):
                part.bring_out()
        return found

    def read_record(self, ledger: Ledger) -> Any:
        """The sheet."""
        return sheets.read(ledger, self.record_id)

    def show_record(self, record: Any) -> None:
        """Show the sheet."""
        sheet: SuggestionSheet = record
        self.sheet = sheet
        self._main = self._why = ""
        self._apart = []
        super().show_record(sheet.suggestion)
        self._show_person(sheet)
        lists = self.desk.lists
        one = sheet.suggestion
        standing = suggestions.standing(one, self.desk.today(), lists=lists)
        if sheet.main:
            standing = tr("已并入别的一条")
        following = () if sheet.main or one.removed else suggestions.next_steps(one, lists)
        self.bar.show_steps(
            standing, following, convertible=not (one.converted or sheet.main or one.removed)
        )
        self.bar.show()
        self.fate.tell(sheet)
        self.joined.show_joined(sheet.joined, sheet.owed)
        self.order()  # it may have more lines than before
        self.like.show_alike([])
        self._arrange()
        if self._in_hand(sheet):
            self._soon.start()

    def _in_hand(self, sheet: SuggestionSheet) -> bool:
        one = sheet.suggestion
        done = suggestions.status_of(one, self.desk.lists) in (
            suggestions.REPLIED,
            suggestions.FILED,
        )
        return not (done or sheet.main or one.converted or one.removed)

    def _show_person(self, sheet: SuggestionSheet) -> None:
        """Name and phone of a suggestion in hand stand open; of others they are covered."""
        for name, box in self._person.items():
            box.editor.set_value(getattr(sheet.person, name, ""))
            if not self._in_hand(sheet):
                box.editor.cover()  # type: ignore[attr-defined]

    def _arrange(self) -> None:
        """Show the parts in which something stands."""
        for part in self.parts:
            part.bring_out() if part.is_filled else part.put_away()

    def writing(self) -> Callable[[Ledger], Any]:
        """Save what was changed here, and join it where a person said so."""
        before, record_id = self.sheet, self.record_id
        one = self.value()
        if before is None and not one.status:
            one = suggestions.settled(_with_status(one, suggestions.REGISTERED), self.desk.lists)
        held = {name: box.editor.value() for name, box in self._person.items()}
        apart = tuple(other for other in self._apart if other != self._main)
        typed = Typed(one, held["name"], held["phone"], self._main, self._why, apart)
        title = tr("修改意见建议") if before else tr("新建意见建议")
        if self._main:
            title = tr("意见建议并为一条")

        def write(ledger: Ledger) -> Any:
            sheets.write(ledger, title, before, typed)
            return sheets.read(ledger, record_id)

        return write

    def renew(self) -> None:
        """The next one of the same box or meeting: day and channel stay."""
        kept = {name: self.editors[name].raw() for name in ("date", "channel")}
        self.sheet = None
        self._main = self._why = ""
        self._apart = []
        for widget in (self.bar, self.fate, self.like, self.joined):
            widget.hide()
        super().renew()
        for name, raw in kept.items():
            self.editors[name].set_raw(raw)
        self._clean = self.state()
        self.focus_first()

    def void(self) -> None:
        """Make it void, unless others are joined to it."""
        if self.sheet is not None and self.sheet.joined:
            count = len(self.sheet.joined)
            words = tr("这条建议里并着另外 {0} 条，没有作废：作废以后它们就不再计数了。"
                       "请先把它们拆开，再作废。").format(count)  # fmt: skip
            self.reason_row.hide()
            messages.show(UserError(words), self)
            return
        super().void()

    # ---- steps ---------------------------------------------------------------------------------

    def take_step(self, step: str) -> None:
        """Fill in what a step says, and go to the field that it needs; saving is another key."""
        said = suggestions.label("suggestion_status", step)
        before = suggestions.status_of(self.value(), self.desk.lists)
        self.editors["status"].set_value(said)
        handling, result, reply = self.parts
        if step == suggestions.ASSIGNED:
            self._today("assigned")
            self._go_into(handling, "unit", "co_units", "due")
        elif step == suggestions.IN_HAND and before != suggestions.FILED:
            self._go_into(result, "result", "adoption")
        elif step == suggestions.REPLIED:
            self._today("replied")
            if self.editors["adoption"].is_empty:
                self._go_into(result, "adoption")
                reply.bring_out()
            else:
                self._go_into(reply, "reply_form", "reply")
        else:
            self.save()
            return
        self.touched()

    def _today(self, name: str) -> None:
        if self.editors[name].is_empty:
            self.editors[name].set_value(self.desk.today())

    def _go_into(self, part: Part, *names: str) -> None:
        part.bring_out()
        empty = [n for n in names if self.editors[n].is_empty]
        self.go_to(self.editors[(empty or list(names))[0]].input())

    # ---- like ones and joining -----------------------------------------------------------------

    def _look_for_like(self) -> None:
        if self.sheet is not None and not self._in_hand(self.sheet):
            return
        one = self.value()
        joined = [j.id for j in self.sheet.joined] if self.sheet else []
        left_out = (*joined, *self._apart)

        def ask(ledger: Ledger) -> list[similar.Alike]:
            return similar.similar(ledger, one, apart_from=left_out)

        self.operations.read(ask, self._show_like, slot=f"like {id(self)}")

    def _show_like(self, found: list[similar.Alike]) -> None:
        if found == self.like.found:
            return
        self.like.show_alike(found)

    def _look_at(self, record_id: str) -> None:
        def ask(ledger: Ledger) -> str:
            return _told(ledger, record_id)

        def show(words: str) -> None:
            notice = messages.Notice(tr("可能是同一件"), words, parent=self.window())
            notice.open()

        self.operations.read(ask, show, slot=f"look {id(self)}")

    def join_to(self, main: str, why: str) -> None:
        """Save what stands here, joined to another one."""
        self._main, self._why = main, why
        if self.is_new or self.is_dirty:
            self.save()
            if not self.saving:
                self._main = self._why = ""
        else:
            args = (self.of, self.record_id, main, why)
            self._do(tr("意见建议并为一条"), lambda ledger, rows: doubles.join(ledger, rows, *args))

    def keep_apart(self, other: str) -> None:
        """Remember that they are two things; of one that isn't saved yet, with its save."""
        record_id = self.record_id
        if self.sheet is None:
            self._apart.append(other)
            self._look_for_like()
            return
        title = tr("不是一件建议")

        def job(ledger: Ledger, _progress: Progress) -> None:
            with ledger.write(title) as rows:
                doubles.keep_apart(ledger, rows, self.of, record_id, other)

        self.operations.write(title, job, lambda _done: self._look_for_like())

    def part_from_main(self, duplicate: str) -> None:
        """Let a suggestion count for itself again."""
        self._do(tr("拆开意见建议"), lambda ledger, rows: doubles.part(ledger, rows, duplicate))

    def spread_answer(self) -> None:
        """Write the answer that stands in the ledger into the joined ones that lack it."""
        record_id = self.record_id

        def act(ledger: Ledger, rows: Any) -> None:
            one = ledger.get(Suggestion, record_id)
            if one is not None:
                suggestions.save_answer(ledger, rows, one)

        self._do(tr("一并答复"), act)

    # ---- converting ----------------------------------------------------------------------------

    def convert(self, type_name: str) -> None:
        """Make it into a case or a problem."""
        of, record_id, day = RECORD_TYPES[type_name], self.record_id, self.desk.today()
        title = tr("意见建议转为{0}").format(tr(of.label))
        self._do(title, lambda ledger, rows: conversion.convert(ledger, rows, record_id, of, day))

    def take_back(self, reason: str) -> None:
        """Make it a suggestion again."""
        record_id = self.record_id
        self._do(
            tr("收回为意见建议"),
            lambda ledger, rows: conversion.take_back(ledger, rows, record_id, reason),
        )

    def _do(self, title: str, act: Callable[..., object]) -> None:
        """One operation on what is saved; what isn't saved has to be saved first."""
        if self.saving:
            return
        if self.is_dirty:
            self.status.setText(tr("有改动还没有保存，请先保存"))
            return
        job = sheets.changing(title, self.record_id, act)

        def done(sheet: SuggestionSheet | None) -> None:
            self._set_saving(False)
            if sheet is not None:
                self.settle(sheet)
                self.status.setText(title)
                self.saved.emit(self.record_id)
                self.focus_first()

        self._set_saving(True)
        self.operations.write(title, lambda ledger, _p: job(ledger), done, self._not_done)

    def _not_done(self, error: Exception) -> None:
        self._set_saving(False)
        messages.show(error, self)

    # ---- paper ---------------------------------------------------------------------------------

    def print_paper(self, paper: str, named: bool) -> None:
        """Ask where to, and print."""
        if self.is_dirty:
            self.status.setText(tr("有改动还没有保存，请先保存再打印"))
            return
        one, record_id = self.value(), self.record_id
        words = " ".join(mask_words(one.content).split())[:12]
        name = f"{paper}-{one.number or words}"
        out = ask_path(self.window(), tr("打印{0}").format(paper), name)
        if out is None:
            return

        def job(ledger: Ledger, _progress: Progress) -> int:
            return papers.print_suggestion(ledger, paper, record_id, out, named=named).pages

        def done(pages: int) -> None:
            PaperMade(paper, out, pages, self.window()).open()

        self.operations.study(tr("正在打印{0}").format(paper), job, done)


def _with_status(one: Suggestion, step: str) -> Suggestion:
    return dataclasses.replace(one, status=suggestions.label("suggestion_status", step))


def _told(ledger: Ledger, record_id: str) -> str:
    """What a suggestion says and where it stands, in a few lines."""
    one = ledger.get(Suggestion, record_id)
    if one is None:
        return tr("这条建议不在本台账里。")
    words = ledger.texts(one)
    today = ledger.now().date()
    lines = [
        "　".join(filter(None, (words["date"], one.number, words["channel"], words["place"]))),
        one.content,
        suggestions.standing(one, today, main=""),
        tr("承办单位：{0}").format(words["unit"]) if words["unit"] else "",
        tr("答复：{0}").format(one.reply or one.result) if one.reply or one.result else "",
    ]
    return "\n".join(filter(None, lines))
