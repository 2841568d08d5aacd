"""The form of a research topic: its state as buttons, progress against plan, what came of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.fields import Field
from desktop.core.offices import Office
from desktop.core.record import Record, RecordType, Section, section
from desktop.gui import edits, frames, theme
from desktop.gui.choice_buttons import ChoiceButtons
from desktop.gui.day_editor import DayEditor
from desktop.gui.field_box import FieldBox
from desktop.gui.forms.belonging import BelongingList, Line
from desktop.gui.forms.problem_steps import kind_of
from desktop.gui.forms.use_rows import UseRows
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records.topic import Topic
from desktop.records.topic_use import TopicUse
from desktop.work import topics

_SECTIONS = (
    section("课题", "name", "leader", "units", "source", "start", "due", "methods", "plan"),
    section("调研报告", "report", "reported", "finished", "result"),
    section("更多", "leader_rank", "area"),
)
_USES = "·uses"  # keys of a draft that no field has
_STATE = "state"
REMOVED = "从课题中删去"


@dataclass(frozen=True)
class TopicSheet:
    """A topic with all that belongs to it."""

    topic: Topic
    uses: tuple[TopicUse, ...] = ()
    trips: tuple[topics.Trip, ...] = ()
    problems: tuple[topics.Belonging, ...] = ()
    cases: tuple[topics.Belonging, ...] = ()


def read(ledger: Ledger, topic_id: str) -> TopicSheet | None:
    """A topic with what its form shows."""
    found = ledger.get(Topic, topic_id)
    if found is None:
        return None
    ledger.texts(found)  # so that titles are at hand when the editors ask
    return TopicSheet(
        found,
        tuple(topics.uses_of(ledger, topic_id, removed=bool(found.removed))),
        tuple(topics.trips_of(ledger, topic_id)),
        tuple(topics.problems_of(ledger, topic_id)),
        tuple(topics.cases_of(ledger, topic_id)),
    )


class TopicForm(RecordForm):
    """A topic from 立项 to 完成."""

    def __init__(self, operations: Operations, office: Office, record_id: str = "") -> None:
        """Open a topic, a draft, or an empty form."""
        del office
        self.uses: UseRows | None = None
        super().__init__(operations, Topic.type, record_id)

    def _build_rest(self) -> None:
        """The parts that no field of the declaration is: state, progress, uses, lists."""
        editor = ChoiceButtons(self.of.field(_STATE), self.desk)
        self.adopt(editor)
        self._state_box = FieldBox(editor)
        self._boxes[_STATE] = self._state_box
        editor.changed.connect(self._look)
        self.progress = frames.label(wrap=True)
        top = frames.column(
            frames.row(frames.label(tr("状态"), "small"), self._state_box), self.progress
        )
        self.fields.insertLayout(0, top)
        self.uses = UseRows(self.desk)
        self.uses.changed.connect(self.touched)
        self.uses.changed.connect(self._look)
        self.uses.reshaped.connect(self.order)
        self.uses.passed.connect(self.go_on)
        self.trips = BelongingList(
            tr("调研活动"), tr("还没有调研活动；在活动里加一处调研，选这个课题。")
        )
        self.problems = BelongingList(
            tr("发现的问题"), tr("还没有问题；登记问题时，在来源里选这个课题。")
        )
        self.cases = BelongingList(tr("典型案例"), tr("还没有典型案例；登记典型案例时选这个课题。"))
        for widget in (self.uses, self.trips, self.problems, self.cases):
            self.fields.addWidget(widget)
        for one in (self.trips, self.problems, self.cases):
            one.wanted_record.connect(self.wanted_record)
            one.hide()
        for name in ("start", "due", "finished", "report", "result"):
            self.editors[name].changed.connect(self._look)
        for name in ("reported", "finished"):
            day = self.editors[name]
            assert isinstance(day, DayEditor)
            day.past = True
            day.offer_quick()

    # ---- fields --------------------------------------------------------------------------------

    def _sections(self, of: RecordType, parent: Field | None) -> Iterable[Section]:
        del of, parent
        return _SECTIONS

    def is_folded(self, field: Field) -> bool:
        """Only what few offices write."""
        return field.name in _SECTIONS[-1].fields

    def _add_more(self, sections: tuple[Section, ...]) -> None:
        super()._add_more(sections)
        self._build_rest()

    def boxes(self) -> list[FieldBox]:
        """State, fields, then the uses."""
        plain = [b for n, b in self._boxes.items() if n != _STATE]
        return [self._state_box, *plain, *(self.uses.boxes() if self.uses else ())]

    def stops(self) -> list[QWidget]:
        """State, fields with their fold, then the uses."""
        found: list[QWidget] = [self._state_box.editor.input()]
        for name, box in self._boxes.items():
            if name == _STATE:
                continue
            folded = self.is_folded(box.editor.field)
            if folded and self._fold is not None and self._fold not in found:
                found.append(self._fold)
            found.append(box.editor.input())
        return [*found, *(self.uses.stops() if self.uses else ())]

    def _look(self) -> None:
        """Say how the topic stands with what is written here, saved or not."""
        assert self.uses is not None
        topic = self.value()
        assert isinstance(topic, Topic)
        known = self.desk.lists
        now = topics.progress(topic, known, self.desk.today())
        parts = [now.words]
        if now.time is not None:
            parts.append(
                tr("时间已用{0}%，走完全程的{1}%").format(
                    round(now.time * 100), round(now.done * 100)
                )
            )
        if now.next:
            parts.append(tr("下一步：{0}").format(tr(now.next)))
        self.progress.setText("　".join(p for p in parts if p))
        theme.set_kind(self.progress, kind_of(now.words))
        lacking = topics.missing(topic, self.uses.value(), known)
        for name in ("report", "result"):
            self._boxes[name].note(lacking.get(name, ""))

    # ---- reading and saving --------------------------------------------------------------------

    def read_record(self, ledger: Ledger) -> Any:
        """The topic and what belongs to it."""
        return read(ledger, self.record_id)

    def show_record(self, record: Any) -> None:
        """Show all of it."""
        sheet: TopicSheet = record
        assert self.uses is not None
        super().show_record(sheet.topic)
        self.uses.show_uses(list(sheet.uses))
        self.trips.show_lines(
            Line("activity", t.activity, "　".join(filter(None, (_day(t), t.leader, t.place))))
            for t in sheet.trips
        )
        for shown, belonging in ((self.problems, sheet.problems), (self.cases, sheet.cases)):
            shown.show_lines(Line(b.type, b.id, b.title, b.state) for b in belonging)
        for one in (self.trips, self.problems, self.cases):
            one.show()
        self._look()

    def state(self) -> Any:
        """Fields and uses."""
        return {**super().state(), _USES: self.uses.state() if self.uses else []}

    def set_state(self, state: Any) -> None:
        """Fields and uses again."""
        super().set_state({k: v for k, v in state.items() if k != _USES})
        if self.uses is not None:
            self.uses.set_state(state.get(_USES, []))
            self._look()

    def value(self) -> Record:
        """The topic; what a finished one still lacks is a mark, not a refusal."""
        topic = super().value()
        assert isinstance(topic, Topic)
        uses = self.uses.value() if self.uses else []
        marks = {k: v for k, v in topic.marks.items() if k not in ("report", "result")}
        marks |= topics.missing(topic, uses, self.desk.lists)
        return dataclasses.replace(topic, marks=marks)

    def writing(self) -> Callable[[Ledger], Any]:
        """Save the topic and its uses in one operation."""
        assert self.uses is not None
        before, after = self.before, self.value()
        uses = [dataclasses.replace(u, topic=after.id) for u in self.uses.value()]
        known = dict(self.uses.known)
        title = (tr("新建{}") if before is None else tr("修改{}")).format(tr(self.of.label))

        def write(ledger: Ledger) -> Any:
            topic = edits.carried(ledger, before, after)
            changed = [
                edits.carried(ledger, known.get(u.id), u) for u in uses if known.get(u.id) != u
            ]
            gone = known.keys() - {u.id for u in uses}
            with ledger.write(title) as rows:
                edits.save(ledger, rows, [topic, *changed])
                for one in sorted(gone):
                    rows.remove(TopicUse.type, one, REMOVED)
            return read(ledger, topic.id)

        return write

    def renew(self) -> None:
        """An empty form."""
        assert self.uses is not None
        self.uses.show_uses([])
        for one in (self.trips, self.problems, self.cases):
            one.hide()
        super().renew()


def _day(trip: topics.Trip) -> str:
    return trip.date.isoformat() if trip.date else ""
