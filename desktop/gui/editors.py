"""Which editor a kind of field has; a kind without one fails a test, not a clerk."""

from __future__ import annotations

from desktop.core import fields as f
from desktop.gui.day_editor import ClockEditor, DayEditor
from desktop.gui.desk import Desk
from desktop.gui.editor import Editor, MakeEditor
from desktop.gui.picking_editors import ChoiceEditor, ChoicesEditor, NamedEditor, NamedListEditor
from desktop.gui.plain_editors import (
    IdNumberEditor,
    IntegerEditor,
    LongTextEditor,
    PersonNameEditor,
    PhoneEditor,
    TextEditor,
    YesNoEditor,
)

EDITORS: dict[type[f.Kind], MakeEditor] = {
    f.Text: TextEditor,
    f.LongText: LongTextEditor,
    f.Integer: IntegerEditor,
    f.Day: DayEditor,
    f.Clock: ClockEditor,
    f.Choice: ChoiceEditor,
    f.Choices: ChoicesEditor,
    f.Link: NamedEditor,
    f.Named: NamedEditor,
    f.NamedList: NamedListEditor,
    f.Phone: PhoneEditor,
    f.IdNumber: IdNumberEditor,
    f.PersonName: PersonNameEditor,
    f.YesNo: YesNoEditor,
}
"""Marks have none: they follow from what the other fields hold."""


def make_editor(field: f.Field, desk: Desk) -> Editor:
    """A new, empty editor for a field."""
    return EDITORS[type(field.kind)](field, desk)
