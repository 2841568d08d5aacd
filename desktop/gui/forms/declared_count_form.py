"""A reported number: which figure, by its name, with its measure word behind the number."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from desktop.core.fields import Field
from desktop.core.offices import Office
from desktop.figures.naming import declarable, figure_named, figure_unit, figure_words
from desktop.gui import frames
from desktop.gui.desk import Desk
from desktop.gui.editor import LineEditor
from desktop.gui.field_box import FieldBox
from desktop.gui.forms.zero_report_form import PeriodKeys, may_end_later
from desktop.gui.operations import Operations
from desktop.gui.period import Period
from desktop.gui.pickers import Answer, Offer, Picking, fits
from desktop.gui.record_form import RecordForm
from desktop.gui.translate import tr
from desktop.records import DeclaredCount


def offered(words: str, answer: Answer) -> None:
    """The figures that fit words or initials, with unit and group."""
    answer(
        [
            Offer(f.id, f.name, f"{f.group}　{f.unit}")
            for f in declarable()
            if fits(f.name, words) or fits(f.group, words)
        ]
    )


class FigureEditor(LineEditor):
    """One figure: picked by any part of its name or its initials; kept by its id."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self.wide(self.line)
        self.line.set_prompt(tr("名称或拼音首字母"))
        self.line.returnPressed.disconnect(self.passed)
        self.picking = Picking(self.line, offered)
        self.picking.opens_on_focus = True
        self.picking.picked.connect(self._picked)
        self.picking.passed.connect(self.passed)

    def _picked(self, offer: Offer) -> None:
        self.line.setText(offer.label)
        self.changed.emit()
        if self.line.hasFocus():
            self.passed.emit()

    def settle(self) -> None:
        """Take the offer under initials."""
        self.picking.take_spelt()

    def read(self, text: str) -> Any:
        """The id of the figure of that name.

        Raises:
            ValueError: there is none.
        """
        words = text.strip()
        found = figure_named(words)
        if words and not found:
            raise ValueError(tr("没有这个数字，请从列出的里面选"))
        return found

    def show_value(self, value: Any) -> str:
        """Its name."""
        return figure_words(value)


class DeclaredCountForm(RecordForm):
    """A number that stands in for rows where only a total exists."""

    def __init__(self, operations: Operations, office: Office, record_id: str = "") -> None:
        """Open a number, a draft, or an empty form."""
        self.office = office
        super().__init__(operations, DeclaredCount.type, record_id)

    def _box(self, field: Field) -> FieldBox:
        if field.name != "figure":
            return super()._box(field)
        editor = FigureEditor(field, self.desk)
        self.adopt(editor)
        box = FieldBox(editor)
        self._boxes[field.name] = box
        return box

    def extend(self) -> None:
        """The usual periods, and the measure word."""
        self.unit: QLabel = frames.label("", "quiet")
        value = self.editors["value"]
        value.row.insertWidget(1, self.unit)
        self.editors["figure"].changed.connect(self._say_unit)
        self.periods = PeriodKeys(self, self.desk.today(), self.pick)
        self.fields.insertWidget(0, self.periods)
        may_end_later(self.editors["last"])

    def stops(self) -> list[Any]:
        """The keys for the period, then the fields."""
        return [*self.periods.buttons, *super().stops()]

    def pick(self, period: Period) -> None:
        """Fill in both days."""
        self.editors["first"].set_value(period.first)
        self.editors["last"].set_value(period.last)
        self.touched()
        empty = [n for n in ("figure", "value", "source") if self.editors[n].is_empty]
        self.go_to(self.editors[empty[0]].input() if empty else self.save_button)

    def _say_unit(self) -> None:
        self.unit.setText(figure_unit(self.editors["figure"].value()))

    def show_record(self, record: Any) -> None:
        """Show it."""
        super().show_record(record)
        self._say_unit()

    def set_state(self, state: Any) -> None:
        """The fields again."""
        super().set_state(state)
        self._say_unit()
