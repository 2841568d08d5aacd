"""A field on a sheet: label, editor, and one line below if something is wrong or unlikely."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.fields import Field
from desktop.gui import theme
from desktop.gui.editor import Editor
from desktop.gui.translate import tr


def label_of(field: Field, *, required: bool | None = None) -> QLabel:
    """The quiet label of a field, with a star if it must be filled in."""
    star = field.required if required is None else required
    label = QLabel(tr(field.label) + ("*" if star else ""))
    theme.set_kind(label, "small")
    return label


def beside(*widgets: QWidget) -> tuple[QWidget, QLabel]:
    """Widgets that stand beside labelled fields, as high as those; and the gap above them."""
    held, above = QWidget(), QLabel()
    theme.set_kind(above, "small")
    row = QHBoxLayout()
    row.setSpacing(0)
    for widget in widgets:
        widget.setFixedHeight(theme.INPUT)
        row.addWidget(widget)
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.XS // 2)
    column.addWidget(above)
    column.addLayout(row)
    return held, above


class FieldBox(QWidget):
    """Label above (if wanted), editor, line below."""

    def __init__(
        self,
        editor: Editor,
        *,
        labelled: bool = False,
        required: bool | None = None,
        wanted: bool = False,
    ) -> None:
        """Put an editor on a sheet.

        Args:
            editor: the editor.
            labelled: whether its label stands above it.
            required: whether the form insists; by default what the declaration says.
            wanted: whether the form asks once, but takes a gap for an answer (nobody should make
                up a number to be able to save).
        """
        super().__init__()
        self.wanted = wanted
        self._asked = False
        self._note = ""
        self.editor = editor
        self.unlikely: Callable[[], str] = str  # what a form finds odd about the value, or ''
        self.pinned: Callable[[], bool] = bool
        self.guess = ""  # what the program read out of other words, until a person touches it
        self.required = editor.field.required if required is None else required
        self.line = QLabel()
        self.line.setWordWrap(True)
        self.line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS // 2)
        if labelled:
            self.label: QLabel | None = label_of(editor.field, required=self.required or wanted)
            self.label.setBuddy(editor.input())
            self._head = QHBoxLayout()
            self._head.setContentsMargins(0, 0, 0, 0)
            self._head.addWidget(self.label)
            column.addLayout(self._head)
        else:
            self.label = None
        column.addWidget(editor)
        column.addWidget(self.line)
        policy = editor.sizePolicy()
        vertical = QSizePolicy.Policy.Maximum
        self.setSizePolicy(policy.horizontalPolicy(), vertical)
        editor.changed.connect(self._typed)
        line = getattr(editor.input(), "editingFinished", None)
        if line is not None:
            line.connect(self.look)

    def put_beside_label(self, widget: QWidget) -> None:
        """Something small at the right end of the label's line."""
        assert self.label is not None
        widget.setFixedHeight(self.label.sizeHint().height())
        self._head.addStretch(1)
        self._head.addWidget(widget)

    def problem(self) -> str:
        """Why the field can't be saved as it is."""
        found = self.editor.problem()
        if not found and self.required and self.editor.is_empty:
            return tr("还没有填")
        if not found and self.wanted and self.editor.is_empty and not self._asked:
            return tr("还没有填；不清楚就再保存一次")
        return found

    def look(self) -> None:
        """When the field is left: say what can't be read, or what is unlikely; emptiness waits."""
        self._say(self.editor.problem(), self.mark())

    def note(self, words: str) -> None:
        """Say something about the value that was saved, until it is changed; '' for nothing."""
        self._note = words
        self.look()

    def mark(self) -> str:
        """What a person should look at, though it may be saved."""
        return self.editor.mark() or self.guess or self._note or self.unlikely()

    def insist(self, problem: str = "") -> str:
        """Before saving: say what is missing too; returns the problem."""
        found = problem or self.problem()
        self._asked = self._asked or (self.wanted and self.editor.is_empty)
        self._say(found, self.mark())
        return found

    def _typed(self) -> None:
        # While somebody types, a line may go away but none comes.
        self.guess = self._note = ""
        if self.line.isVisible() and not self.editor.problem() and not self.mark():
            self._say("", "")

    def _say(self, problem: str, mark: str) -> None:
        theme.set_kind(self.line, "soon")  # red is for what is late
        self.line.setText(problem or mark)
        self.line.setVisible(bool(problem or mark))
        self.editor.set_wrong(bool(problem))
