"""Pins: a value that stays for the next record (李镇长's whole day in three villages).

What is pinned, and to what, is remembered per person in the ledger; a pinned field says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from desktop.core.progress import Progress
from desktop.gui import theme
from desktop.gui.field_box import FieldBox
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger import preferences
from desktop.ledger.ledger import Ledger

PIN_KEY = "F7"


class Pin(QToolButton):
    """钉住: pressed, the value stays for the next record."""

    def __init__(self, turned: Callable[[], object]) -> None:
        super().__init__()
        theme.set_kind(self, "pin")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(tr("保存并新建时，这一格保持不变 ({0})").format(PIN_KEY))
        self.toggled.connect(self._show)
        self.clicked.connect(turned)
        self._show(False)

    def _show(self, on: bool) -> None:
        self.setText(tr("✓ 已钉住") if on else tr("钉住"))
        self.setAccessibleName(self.text())


class Pins:
    """The pins of one form: key of a field -> its pin, and the values that stay."""

    def __init__(self, operations: Operations, name: str) -> None:
        """`name` is what the form's pins are remembered under."""
        self._operations = operations
        self._key = f"pins/{name}"
        self.values: dict[str, Any] = {}  # raw, as editors give and take them
        self.pins: dict[str, Pin] = {}

    def add(self, key: str, box: FieldBox) -> None:
        """Give a labelled field a pin."""
        if box.label is None:
            return
        pin = Pin(lambda: self.turn(key, box))
        pin.setChecked(key in self.values)
        self.pins[key] = pin
        box.put_beside_label(pin)
        box.pinned = lambda: key in self.values

    def turn(self, key: str, box: FieldBox) -> None:
        """Pin a field to what it holds, or let it go."""
        on = key not in self.values
        if on:
            self.values[key] = box.editor.field.kind.stored(box.editor.value())
        else:
            del self.values[key]
        if pin := self.pins.get(key):
            pin.setChecked(on)
        self.keep()

    def note(self, key: str, box: FieldBox) -> None:
        """A record was saved: what is pinned stays as it was there."""
        if key in self.values and not box.editor.is_empty:
            self.values[key] = box.editor.field.kind.stored(box.editor.value())

    def show(self, key: str, box: FieldBox) -> bool:
        """Put the pinned value into an empty field; returns whether anything was put there."""
        stored = self.values.get(key)
        if stored in (None, "") or not box.editor.is_empty:
            return False
        box.editor.set_value(box.editor.field.kind.load(stored))
        return True

    def read(self, then: Callable[[], None]) -> None:
        """Ask the ledger what is pinned."""
        key = self._key

        def ask(ledger: Ledger) -> Any:
            return preferences.read(ledger, key)

        def take(found: Any) -> None:
            self.values = dict(found) if isinstance(found, dict) else {}
            for name, pin in self.pins.items():
                pin.setChecked(name in self.values)
            then()

        self._operations.read(ask, take)

    def keep(self) -> None:
        """Remember it."""
        key, values = self._key, dict(self.values)

        def job(ledger: Ledger, _progress: Progress) -> None:
            preferences.keep(ledger, key, values)

        self._operations.write("", job)
