"""来龙去脉: what a record came from and what came of it, at the foot of its form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from desktop.gui import frames, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.work.links import Course, Linked, linked

_WIDEST = 32  # Hanzi of a title; the record itself has the rest


class LinksLine(QWidget):
    """Links to records, each on a line; hidden where there are none."""

    wanted_record = Signal(str, str)  # type, id

    def __init__(self, operations: Operations) -> None:
        """Empty until `read`."""
        super().__init__()
        self.course = Course()
        self._operations = operations
        self._slot = f"links of {id(self)}"
        line = QFrame()
        theme.set_kind(line, "line")
        head = frames.row(frames.label(tr("来龙去脉"), "title"), line)
        head.setStretch(1, 1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(theme.XS)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(frames.column(head, self._grid))
        self.hide()

    def read(self, type_name: str, record_id: str) -> None:
        """Ask the ledger."""
        self._operations.read(
            lambda ledger: linked(ledger, type_name, record_id), self.show_course, slot=self._slot
        )

    def show_course(self, course: Course) -> None:
        """Show the links."""
        self.course = course
        frames.empty_grid(self._grid)
        self._add(tr("来自"), course.sources)
        self._add(tr("后来"), course.outcomes)
        self.setVisible(bool(course.sources or course.outcomes))

    def _add(self, title: str, links: Iterable[Linked]) -> None:
        for at, one in enumerate(links):
            row = self._grid.rowCount()
            if not at:
                self._grid.addWidget(frames.label(title, "small"), row, 0)
            button = link_to(f"{tr(one.label)}　{one.title}")
            button.clicked.connect(partial(self._open, one.type, one.id))
            self._grid.addWidget(button, row, 1, Qt.AlignmentFlag.AlignLeft)

    def _open(self, type_name: str, record_id: str, _checked: bool = False) -> None:
        self.wanted_record.emit(type_name, record_id)


def link_to(words: str) -> QPushButton:
    """A link with a long title, cut; all of it shows on hovering."""
    button = frames.button("", lambda: None, "link")
    metrics = QFontMetrics(theme.font())
    room = metrics.horizontalAdvance("国") * _WIDEST
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    button.setText(shown.replace("&", "&&"))
    button.setAccessibleName(words)
    if shown != words:
        button.setToolTip(words)
    return button
