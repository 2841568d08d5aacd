"""What a form has beside its own fields, whatever record it shows: saved with it, drafted with it.

An annex keeps its own part of what was typed. It is written in the same transaction as the record,
so that both are one undo step. Which types have which annex is said by the modules in `ROOMS`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ledger.ledger import Ledger
from desktop.ledger.rows import Rows

if TYPE_CHECKING:
    from desktop.gui.form_frame import FormFrame

ROOMS = ("desktop.gui.forms.attachment_strip",)
"""Modules with a function `annex_of(form)`, which gives None for a type that has no such annex."""


class Annex(QWidget):
    """Base of all annexes."""

    changed = Signal()  # something was done in it that isn't saved
    settled = Signal()  # what was going on in it is done
    reshaped = Signal()  # Tab has another way now

    name = ""  # what a draft knows it by

    def stops(self) -> list[QWidget]:
        """Where Tab halts, in order."""
        return []

    def begin(self, record_id: str, *, is_new: bool) -> None:
        """Speak of that record from here on."""
        raise NotImplementedError

    @property
    def is_busy(self) -> bool:
        """Whether a save has to wait for it."""
        return False

    @property
    def is_dirty(self) -> bool:
        """Whether it holds something that isn't saved."""
        raise NotImplementedError

    def state(self) -> Any:
        """What a draft keeps of it, fit for JSON."""
        raise NotImplementedError

    def set_state(self, state: Any) -> None:
        """Show what a draft kept."""
        raise NotImplementedError

    def reset(self) -> None:
        """Throw away what isn't saved."""
        raise NotImplementedError

    def writing(self) -> Callable[[Ledger], None]:
        """The job that saves, taken off the widgets now."""
        raise NotImplementedError

    def restoring(self) -> Callable[[Ledger, Rows], None]:
        """What comes back with the record when it is taken out of the recycle bin."""
        return lambda _ledger, _rows: None

    def note_saved(self) -> None:
        """What `writing` gave was written."""
        raise NotImplementedError


def annexes_of(form: FormFrame) -> list[Annex]:
    """The annexes of a form, in order."""
    found = (import_module(room).annex_of(form) for room in ROOMS)
    return [one for one in found if one is not None]
