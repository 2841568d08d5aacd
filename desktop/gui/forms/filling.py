"""What a sentence says, put into the fields of a trip; each guess says so under its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.gui.forms.trip_parts import FIELDWORK, LECTURE, PROBLEM, SUGGESTION, VISIT
from desktop.work.sentence import PartGuess, Understood

if TYPE_CHECKING:
    from desktop.gui.forms.part_rows import Row
    from desktop.gui.forms.trip_form import TripForm

_SECTIONS = {
    "lecture": LECTURE,
    "fieldwork": FIELDWORK,
    "visit": VISIT,
    "reception": VISIT,
    "problem": PROBLEM,
    "onsite": PROBLEM,
    "suggestion": SUGGESTION,
}


def fill(form: TripForm, found: Understood) -> None:
    """Fill a form; what stands in it already stays unless the sentence says otherwise."""
    form.desk.words |= found.words
    for name, value in found.head.items():
        box = form.head[name]
        if name == "summary" and not box.editor.is_empty:
            value = f"{box.editor.value()}；{value}"
        box.editor.set_value(value)
        box.guess = found.marks.get(name, "")
    form.take_head()
    for part in found.parts:
        section = form.sections[_SECTIONS[part.kind]]
        blank = next((r for r in section.rows if r.is_blank and not r.before), None)
        row = blank if blank is not None and part.values else section.add_row()
        _fill_row(row, part)
    form.take_parts()


def _fill_row(row: Row, part: PartGuess) -> None:
    for key, value in part.values.items():
        box = row.boxes.get(key)
        if box is None:
            continue
        kept: Any = box.editor.field.kind.empty if value is None else value
        box.editor.set_value(kept)
    for key, mark in part.marks.items():
        if key in row.boxes:
            row.boxes[key].guess = mark
    row.take()
    for key in {*part.values, *part.marks} & row.boxes.keys():
        row.boxes[key].look()
