"""A choice shown as a row of buttons: for a state that one looks at as much as one sets it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop.core.fields import Choice, Field
from desktop.gui import theme
from desktop.gui.desk import Desk
from desktop.gui.editor import Editor
from desktop.gui.translate import tr


class ChoiceButtons(Editor):
    """The labels of a code list side by side; ← and → go between them, pressing again unsets."""

    def __init__(self, field: Field, desk: Desk) -> None:
        """Show the labels that the list has now; `set_value` looks again."""
        super().__init__(field, desk)
        assert isinstance(field.kind, Choice)
        self._codes = field.kind.codes
        self._value = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.row.addStretch(1)
        self._labels: list[str] = []
        self.buttons: dict[str, QPushButton] = {}
        self._build()

    def _build(self) -> None:
        labels = self.desk.labels(self._codes)
        if self._value and self._value not in labels:
            labels = [*labels, self._value]  # what an import wrote in words of its own
        if labels == self._labels:
            return
        self._labels = labels
        for button in self.buttons.values():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for at, label in enumerate(labels):
            button = QPushButton(tr(label))
            button.setCheckable(True)
            button.setAutoDefault(False)
            theme.set_kind(button, "tab")
            button.setAccessibleName(f"{tr(self.field.label)}: {tr(label)}")
            button.clicked.connect(partial(self._pressed, label))
            button.installEventFilter(self)
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if not at else Qt.FocusPolicy.ClickFocus
            )
            self._group.addButton(button)
            self.row.insertWidget(at, button)
            self.buttons[label] = button
        if labels:
            self.adopt(self.buttons[labels[0]])
        self._show()

    def _pressed(self, label: str, _checked: bool = False) -> None:
        self._value = "" if self._value == label else label
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for label, button in self.buttons.items():
            on = label == self._value
            button.setChecked(on)
            button.setText(("✓ " if on else "") + tr(label))

    def input(self) -> QWidget:
        """The first button; the arrows go on from it."""
        return self.buttons[self._labels[0]] if self._labels else self

    def value(self) -> Any:
        """The label, or ''."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a label."""
        self._value = value
        self._build()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move, Enter goes on, the space bar presses (Qt's own)."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        order = list(self.buttons.values())
        at = order.index(watched) if watched in order else 0
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            to = at + (1 if key == Qt.Key.Key_Right else -1)
            order[to % len(order)].setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            self.passed.emit()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 < len(order):
            order[key - Qt.Key.Key_1].click()
            order[key - Qt.Key.Key_1].setFocus()
        else:
            return False
        return True
