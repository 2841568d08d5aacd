"""A list of records on the form of another one that they belong to: links, one a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.gui import frames, theme
from desktop.gui.forms.problem_steps import kind_of
from desktop.gui.links_line import link_to
from desktop.gui.translate import tr


@dataclass(frozen=True)
class Line:
    """One record: type and id, its words, a word beside it, and what else may be done with it."""

    type: str
    id: str
    words: str
    beside: str = ""
    act: str = ""


class BelongingList(QWidget):
    """A title with a number, and the records; says in a word that there are none."""

    wanted_record = Signal(str, str)  # type, id
    acted = Signal(str)  # id of the record whose act was chosen

    def __init__(self, title: str, none: str) -> None:
        """Empty until `show_lines`."""
        super().__init__()
        self._title = title
        self._none = none
        self.lines: list[Line] = []
        self.head = frames.label(title, "title")
        rule = frames.line()
        top = frames.row(self.head, rule)
        top.setStretch(1, 1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(theme.XS)
        self._grid.setColumnStretch(3, 1)
        self.setLayout(frames.column(top, self._grid))

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show the records."""
        self.lines = list(lines)
        frames.empty_grid(self._grid)
        count = f"（{len(self.lines)}）" if self.lines else ""
        self.head.setText(self._title + count)
        if not self.lines:
            self._grid.addWidget(frames.label(self._none, "small"), 0, 0, 1, 4)
        for row, one in enumerate(self.lines):
            link = link_to(one.words)
            link.clicked.connect(partial(self._open, one.type, one.id))
            self._grid.addWidget(link, row, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(frames.label(one.beside, kind_of(one.beside)), row, 1)
            if one.act:
                act = frames.button(tr(one.act), partial(self.acted.emit, one.id), "link")
                act.setAccessibleName(f"{tr(one.act)}：{one.words}")
                self._grid.addWidget(act, row, 2)

    def _open(self, type_name: str, record_id: str, _checked: bool = False) -> None:
        self.wanted_record.emit(type_name, record_id)
