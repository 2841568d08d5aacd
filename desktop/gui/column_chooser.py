"""Which columns a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import frames, theme
from desktop.gui.list_source import Column
from desktop.gui.translate import tr

_NAME = Qt.ItemDataRole.UserRole


class ColumnChooser(QDialog):
    """A list to tick; Ctrl+Up and Ctrl+Down, the buttons or dragging move a column."""

    chosen = Signal(object)  # names in order; [] for the list's own

    def __init__(
        self, offered: Sequence[Column], shown: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """Tick what is shown now, in its order, before what isn't."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("选择列"))
        self.list = QListWidget()
        theme.set_kind(self.list, "popup")
        self.list.setAccessibleName(tr("列"))
        self.list.setUniformItemSizes(True)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        known = {c.name: c for c in offered}
        order = [*(n for n in shown if n in known), *(n for n in known if n not in shown)]
        for name in order:
            item = QListWidgetItem(known[name].title)
            item.setData(_NAME, name)
            item.setSizeHint(QSize(0, theme.ROW - theme.XS))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = name in shown
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        good = frames.button(tr("确定"), self._accept, "primary")
        good.setDefault(True)
        up = frames.button(tr("上移"), lambda: self.move_current(-1))
        down = frames.button(tr("下移"), lambda: self.move_current(1))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(frames.label(tr("空格勾选要看的列，上移、下移换位置"), "small"))
        column.addWidget(self.list, 1)
        column.addLayout(
            frames.row(
                up,
                down,
                frames.button(tr("恢复原样"), self._reset, "link"),
                None,
                frames.button(tr("取消"), self.reject),
                good,
            )
        )
        self.resize(theme.CARD, theme.ROW * 15)
        self.list.setFocus()

    def names(self) -> list[str]:
        """What is ticked, in order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [i.data(_NAME) for i in items if i.checkState() == Qt.CheckState.Checked]

    def move_current(self, step: int) -> None:
        """Let the current column change places with its neighbour."""
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentRow(row + step)

    def _accept(self) -> None:
        if names := self.names():
            self.accept()
            self.chosen.emit(names)

    def _reset(self) -> None:
        self.accept()
        self.chosen.emit([])
