"""Editors for words, counts, people's particulars, and yes or no."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop.core.fields import Field, Integer
from desktop.core.names import check_id_number, normalise, parse_phone
from desktop.gui import cells, theme
from desktop.gui.desk import Desk
from desktop.gui.editor import Editor, LineEditor
from desktop.gui.translate import tr

_MOST_LINES = 8


class TextEditor(LineEditor):
    """One line of words."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self.line.set_prompt(tr(field.help))
        self.wide(self.line)


class Growing(QPlainTextEdit):
    """A stock plain text edit, as high as its words; Shift+Enter breaks a line."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least
        self._shown = 0
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _s: self._grow())
        self._grow()

    def _grow(self) -> None:
        rows = round(self.document().size().height())
        lines = min(max(rows, self._least), _MOST_LINES)
        full = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(full[rows <= _MOST_LINES])
        # A single line is as high as a line edit beside it.
        spare = theme.XS if lines > 1 else 0
        height = theme.INPUT + (lines - 1) * self.fontMetrics().lineSpacing() + spare
        if height != self._shown:
            # The least height of inputs in the program's style sheet wins over setFixedHeight, and
            # the document has a margin of its own: with padding too, one line wouldn't fit.
            self._shown = height
            plain, focus = _high(height, 1), _high(height, 2)
            self.setStyleSheet(f"QPlainTextEdit {{{plain}}} QPlainTextEdit:focus {{{focus}}}")

    def event(self, event: QEvent) -> bool:
        """Fonts come with the style sheet: measure again."""
        done = super().event(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.Polish):
            self._grow()
        return done


def _high(height: int, border: int) -> str:
    inner = height - 2 * border
    sides = theme.XS + 2 - border
    return f"padding: 0 {sides}px; min-height: {inner}px; max-height: {inner}px;"


class LongTextEditor(Editor):
    """Words over several lines."""

    def __init__(self, field: Field, desk: Desk, lines: int = 2) -> None:
        super().__init__(field, desk)
        self.text = Growing(lines)
        self.adopt(self.text)
        self.text.setPlaceholderText(tr(field.help))
        self.text.setToolTip(tr("Shift+Enter 换行"))
        self.row.addWidget(self.text)
        self._quiet = False
        self.text.textChanged.connect(self._changed)
        self.text.installEventFilter(self)

    def _changed(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def input(self) -> QWidget:
        """The text."""
        return self.text

    def value(self) -> Any:
        """The words, without blanks around them."""
        return self.text.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Show words."""
        self._quiet = True
        self.text.setPlainText(value)
        self._quiet = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.passed.emit()
                return True
        return False


class IntegerEditor(LineEditor):
    """A count with its measure word; nothing is shown for none, and there are no little arrows."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.wide(self.line, fixed=True)
        unit = field.kind.unit if isinstance(field.kind, Integer) else ""
        if unit:
            label = QLabel(tr(unit))
            theme.set_kind(label, "quiet")
            self.row.addWidget(label)
        self.row.addStretch()
        self._unit = unit

    def read(self, text: str) -> Any:
        """Digits, full-width ones and the measure word allowed."""
        plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
        if self._unit:
            plain = plain.removesuffix(self._unit).removesuffix("人")
        return self.field.kind.parse(plain)

    def mark(self) -> str:
        """Nobody at all is unlikely."""
        if self.value() == 0 and self._unit.startswith("人"):
            return tr("填了0，请核对")
        return ""


class _Covered(LineEditor):
    """A line that may be shown masked until a person asks to see it."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self.wide(self.line)
        self._held: Any = None
        self._reveal = QPushButton(tr("显示"))
        theme.set_kind(self._reveal, "link")
        self._reveal.clicked.connect(self.uncover)
        self._reveal.hide()
        self.row.addWidget(self._reveal)

    @property
    def is_covered(self) -> bool:
        """Whether only the mask is shown."""
        return self._held is not None

    def cover(self) -> None:
        """Show the mask of the value, if there is a value."""
        value = self.value()
        if value and not self.is_covered:
            self._held = value
            self.line.setReadOnly(True)
            self.line.setText(cells.masked(self.field.kind, value))
            self._reveal.show()

    def uncover(self) -> None:
        """Show the value."""
        if self.is_covered:
            held, self._held = self._held, None
            self.line.setReadOnly(False)
            self._reveal.hide()
            self.set_value(held)
            self.line.setFocus()

    def value(self) -> Any:
        """The value, covered or not."""
        return self._held if self.is_covered else super().value()

    def set_value(self, value: Any) -> None:
        """Show a value; it is covered again by whoever wants it so."""
        self._held = None
        self.line.setReadOnly(False)
        self._reveal.hide()
        super().set_value(value)

    def problem(self) -> str:
        """A mask is no words to be read."""
        return "" if self.is_covered else super().problem()

    def mark(self) -> str:
        """What is unlikely about the value."""
        return "" if self.is_covered else self.unlikely(self.line.text())

    def unlikely(self, text: str) -> str:
        """What is unlikely about the words."""
        return ""

    def raw(self) -> Any:
        """The words, or the value under the mask."""
        return self._held if self.is_covered else super().raw()

    def tidy(self) -> None:
        """A mask stays as it is."""
        if not self.is_covered:
            super().tidy()


class PhoneEditor(_Covered):
    """A telephone number; an odd one is kept with a mark."""

    def read(self, text: str) -> Any:
        """In its one written form."""
        read = parse_phone(text)
        if read.refused:
            raise ValueError(read.problem)
        return read.phone

    def unlikely(self, text: str) -> str:
        """An odd length or number range."""
        read = parse_phone(text)
        return "" if read.refused else read.problem


class IdNumberEditor(_Covered):
    """An identity number; 17 or 19 digits are refused, a wrong check digit is marked."""

    def read(self, text: str) -> Any:
        """Without blanks, X as a capital."""
        if (check := check_id_number(text)).refused:
            raise ValueError(check.problem)
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()

    def unlikely(self, text: str) -> str:
        """A wrong check digit or birthday."""
        check = check_id_number(text)
        return "" if check.refused else check.problem


class PersonNameEditor(_Covered):
    """A citizen's name."""

    def read(self, text: str) -> Any:
        """In its one written form."""
        return normalise(text)


class YesNoEditor(Editor):
    """是, 否, or neither: pressing the chosen one again takes it back."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self._buttons: dict[bool, QToolButton] = {}
        group = QButtonGroup(self)
        group.setExclusive(False)
        for answer, word in ((True, tr("是")), (False, tr("否"))):
            button = QToolButton()
            theme.set_kind(button, "button")
            button.setText(word)
            button.setCheckable(True)
            button.setFixedHeight(theme.INPUT)
            button.setAccessibleName(f"{tr(field.label)}: {word}")
            button.toggled.connect(lambda on, answer=answer: self._toggled(answer, on))
            button.installEventFilter(self)
            group.addButton(button)
            self._buttons[answer] = button
            self.row.addWidget(button)
        self.row.addStretch()
        self._quiet = False
        self.adopt(self._buttons[True])
        self._buttons[True].setAccessibleName(f"{tr(field.label)}: {tr('是')}")
        self._buttons[False].setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def input(self) -> QWidget:
        """The first of the two; ← and → go between them."""
        return self._buttons[True]

    def _toggled(self, answer: bool, on: bool) -> None:
        button = self._buttons[answer]
        mark = "✓ " if on else ""
        button.setText(mark + (tr("是") if answer else tr("否")))
        if on and self._buttons[not answer].isChecked():
            self._buttons[not answer].setChecked(False)
        if not self._quiet:
            self.changed.emit()

    def value(self) -> Any:
        """True, False or None."""
        return next((a for a, b in self._buttons.items() if b.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Show an answer, or none."""
        self._quiet = True
        for answer, button in self._buttons.items():
            button.setChecked(value is answer)
        self._quiet = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys: y or 1, n or 0, Delete, arrows, Enter."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            self.passed.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._buttons[key == Qt.Key.Key_Left].setFocus()
        elif key in (Qt.Key.Key_Y, Qt.Key.Key_1):
            self._buttons[True].setChecked(True)
        elif key in (Qt.Key.Key_N, Qt.Key.Key_0):
            self._buttons[False].setChecked(True)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for button in self._buttons.values():
                button.setChecked(False)
        else:
            return False
        return True


PRIVATE = _Covered
