"""The widgets around the fields of a form: sheet, history at the side, what can be done below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import theme
from desktop.gui.history_sheet import HistorySheet
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.work.removal import REASONS

_UNLIMITED = (1 << 24) - 1  # Qt's own, QWIDGETSIZE_MAX


class SheetFrame(QWidget):
    """A sheet that scrolls, one line above it where something is to be said, buttons below."""

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        theme.set_kind(self, "ground")
        self.history = HistorySheet(operations)
        self._build()

    def _build(self) -> None:
        self.status = QLabel()
        theme.set_kind(self.status, "small")
        self.body = QWidget()
        theme.set_kind(self.body, "sheet")
        self.fields = QVBoxLayout(self.body)
        self.fields.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self.fields.setSpacing(theme.M)
        self._note = QWidget()
        self._note_row = QHBoxLayout(self._note)
        self._note_row.setContentsMargins(0, 0, 0, 0)
        self._note.hide()
        ground = QWidget()
        theme.set_kind(ground, "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        self.above = QVBoxLayout()  # what stands over the fields, over their whole width
        self.beside = QBoxLayout(
            QBoxLayout.Direction.LeftToRight
        )  # the fields, and what a form adds
        self.beside.addWidget(self.body, 1)
        column.addLayout(self.above)
        column.addLayout(self.beside)
        column.addStretch()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(ground)
        self.history.hide()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.area)
        middle.addWidget(self.history)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        whole.setSpacing(theme.S)
        whole.addWidget(self._note)
        whole.addLayout(middle)
        whole.addWidget(self._reason_line())
        whole.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.void_link = self.link(tr("作废"), self.ask_reason)
        self.past_link = self.link(tr("历史"))
        self.void_link.hide()
        self.past_link.hide()
        self.save_button = QPushButton(tr("保存"))
        self.save_button.setToolTip("Ctrl+S")
        theme.set_kind(self.save_button, "primary")
        self.again_button = QPushButton(tr("保存并新建"))
        self.again_button.setToolTip("Ctrl+Enter")
        row = self._left = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.void_link)
        row.addWidget(self.past_link)
        row.addStretch()
        row.addWidget(self.status)
        row.addWidget(self.again_button)
        row.addWidget(self.save_button)
        return row

    def add_left(self, button: QWidget) -> None:
        """One more quiet thing to do, at the left under the sheet."""
        self._left.insertWidget(0, button)

    def _reason_line(self) -> QWidget:
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("为什么作废，如：重复录入"))
        self.reason.setAccessibleName(tr("作废原因"))
        self.reason_row = QWidget()
        self.void_button = QPushButton(tr("作废"))
        self.going = QLabel()
        self.going.setWordWrap(True)
        theme.set_kind(self.going, "small")
        row, common = QHBoxLayout(), QHBoxLayout()
        row.addWidget(QLabel(tr("作废原因")))
        row.addWidget(self.reason)
        row.addWidget(self.void_button)
        row.addWidget(self.link(tr("取消"), self.reason_row.hide))
        for words in REASONS:
            common.addWidget(self.link(tr(words), partial(self._take_reason, tr(words))))
        common.addStretch()
        column = QVBoxLayout(self.reason_row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(row)
        column.addLayout(common)
        column.addWidget(self.going)
        self.reason_row.hide()
        return self.reason_row

    def _take_reason(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setFocus()

    def link(self, text: str, act: Callable[[], Any] | None = None) -> QPushButton:
        """A quiet button that looks like a link."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        theme.set_kind(button, "link")
        if act is not None:
            button.clicked.connect(lambda: act())
        return button

    def ask_reason(self) -> None:
        """Ask why the record is to be void."""
        self.reason_row.show()
        self.reason.setFocus()

    def show_history(self, on: bool) -> None:
        """Show the history at the side; where there is no side, in place of the fields."""
        alone = on and self.width() < theme.NARROW - theme.RAIL
        self.history.setMaximumWidth(_UNLIMITED if alone else self.history.minimumWidth())
        self.area.setVisible(not alone)
        self.history.setVisible(on)

    def say(self, words: str, *links: tuple[str, Callable[[], Any]]) -> None:
        """One line over the sheet, with what can be done about it."""
        self.hush()
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_kind(label, "note")
        self._note_row.addWidget(label)
        for text, act in links:
            self._note_row.addWidget(self.link(text, act))
        self._note_row.addStretch()
        self._note.show()

    def hush(self) -> None:
        """Take the line away."""
        while (item := self._note_row.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._note.hide()
