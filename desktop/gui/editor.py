"""What every editor is: a widget for one field that holds a value of its kind, or says why not.

An editor is never ahead of what a person typed: empty is empty, words that can't be read stay as
they are with a problem, and what is merely unlikely is a value with a mark (design §3, Errors). The
stock line edit stays as it is; nothing here stands between it and an input method.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop.core.fields import Field
from desktop.gui import cells, theme
from desktop.gui.desk import Desk
from desktop.gui.translate import tr

_LEAST = 6  # Hanzi that any field shows, however narrow the window
STOP = "stop"  # a dynamic property: Enter moves from one stop to the next


class Editor(QWidget):
    """Base of all editors."""

    changed = Signal()
    passed = Signal()  # Enter: done here, go on to the next field

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__()
        self.field = field
        self.desk = desk
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.XS)

    # ---- what every editor can do --------------------------------------------------------------

    def value(self) -> Any:
        """The value; the empty one while the words can't be read."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value; tells nobody."""
        raise NotImplementedError

    def problem(self) -> str:
        """Why what was typed can't be kept, or ''."""
        return ""

    def mark(self) -> str:
        """Why the value is unlikely, or ''."""
        return ""

    def raw(self) -> Any:
        """What a draft keeps: what was typed, readable or not; fit for JSON."""
        return self.field.kind.stored(self.value())

    def set_raw(self, raw: Any) -> None:
        """Show what a draft kept."""
        self.set_value(self.field.kind.load(raw))

    def input(self) -> QWidget:
        """The widget that takes the keys."""
        return self

    def set_wrong(self, wrong: bool) -> None:
        """Show that the field needs a look."""
        inner = self.input()
        if inner.property("wrong") != wrong:
            inner.setProperty("wrong", wrong)
            inner.style().unpolish(inner)
            inner.style().polish(inner)

    def commit_ime(self) -> None:
        """Take over half-typed Chinese; `text()` doesn't have it while it is being composed."""
        if self.input().hasFocus():
            QGuiApplication.inputMethod().commit()

    def settle(self) -> None:
        """Before a save: finish what is half done, such as initials with the offer under them."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return not self.problem() and bool(self.value() == self.field.kind.empty)

    # ---- for those who build editors -----------------------------------------------------------

    def adopt(self, inner: QWidget) -> None:
        """Make a widget the one that takes the keys; give the focus to `input`, not to `self`."""
        inner.setAccessibleName(tr(self.field.label))
        if self.field.help:
            inner.setAccessibleDescription(tr(self.field.help))
        inner.setProperty(STOP, True)
        # No focus proxy: the editor itself would stay in the chain of Tab, at its old place, and
        # there catch Tab for the inner widget (Qt asks a proxy whether a widget takes the focus).

    def wide(self, inner: QWidget, *, fixed: bool = False, words: str = "") -> None:
        """Give the inner widget the width of its kind, or of the widest words in it."""
        metrics = QFontMetrics(theme.font())
        widest = words or "国" * cells.width(self.field.kind).hanzi
        width = metrics.horizontalAdvance(widest) + theme.XL
        least = metrics.horizontalAdvance("国" * _LEAST) + theme.XL
        inner.setMinimumWidth(width if fixed else min(width, least))
        policy = QSizePolicy.Policy.Fixed if fixed else QSizePolicy.Policy.Expanding
        inner.setSizePolicy(policy, inner.sizePolicy().verticalPolicy())
        if fixed:
            inner.setMaximumWidth(width)


class HintLine(QLineEdit):
    """A stock line edit with a quiet hint at its right end, and a prompt while it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._hint = ""
        self._prompt = ""

    def set_prompt(self, prompt: str) -> None:
        """Words in the empty line while it has the focus; a sheet full of them is noise."""
        self._prompt = prompt

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the prompt."""
        self.setPlaceholderText(self._prompt)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the prompt away."""
        self.setPlaceholderText("")
        super().focusOutEvent(event)

    def set_hint(self, hint: str) -> None:
        """Show a hint."""
        self._hint = hint
        self.setToolTip(hint)
        self.update()

    @property
    def hint(self) -> str:
        """The hint that is shown."""
        return self._hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hint behind what was typed."""
        super().paintEvent(event)
        if not self._hint:
            return
        metrics = self.fontMetrics()
        taken = metrics.horizontalAdvance(self.text()) + theme.L
        inner = QRect(self.rect()).adjusted(taken, 0, -theme.S, 0)
        if inner.width() < metrics.horizontalAdvance("国国"):
            return
        painter = QPainter(self)
        painter.setPen(theme.colors().color("quiet"))
        words = metrics.elidedText(self._hint, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


class LineEditor(Editor):
    """An editor whose value is what `read` makes of the words of one line."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self.line = HintLine()
        self.adopt(self.line)
        self.row.addWidget(self.line)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.returnPressed.connect(self.passed)
        self.line.editingFinished.connect(self.tidy)

    def input(self) -> QWidget:
        """The line."""
        return self.line

    def read(self, text: str) -> Any:
        """Words -> value.

        Raises:
            ValueError: with a Chinese sentence, if the words can't be read.
        """
        return self.field.kind.parse(text)

    def show_value(self, value: Any) -> str:
        """Value -> words in the line."""
        return self.field.kind.text(value)

    def value(self) -> Any:
        """The value; empty while the words can't be read."""
        try:
            value = self.read(self.line.text())
        except ValueError:
            return self.field.kind.empty
        return self.field.kind.empty if self.field.kind.problem(value) else value

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.line.setText(self.show_value(value))
        self.line.setCursorPosition(0)

    def problem(self) -> str:
        """Why the words can't be read."""
        try:
            value = self.read(self.line.text())
        except ValueError as error:
            return str(error)
        return self.field.kind.problem(value)

    def raw(self) -> Any:
        """The words."""
        return self.line.text()

    def set_raw(self, raw: Any) -> None:
        """The words again."""
        self.line.setText(str(raw or ""))

    def tidy(self) -> None:
        """When the field is left: write the value in its one form."""
        if not self.problem():
            text = self.show_value(self.value())
            if text != self.line.text():
                self.line.setText(text)


MakeEditor = Callable[[Field, Desk], Editor]
