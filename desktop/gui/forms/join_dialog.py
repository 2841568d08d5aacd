"""Names that people wrote and that the roster knows now: what would change, line by line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from desktop.core.progress import Progress
from desktop.gui import frames, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.jobs.join_names import TITLE, Join, apply_joins
from desktop.ledger.ledger import Ledger


class JoinNamesDialog(QDialog):
    """A list with a tick each; nothing is written before the button is pressed."""

    joined = Signal(int)  # how many records changed

    def __init__(
        self, operations: Operations, joins: list[Join], parent: QWidget | None = None
    ) -> None:
        """Show what was found."""
        super().__init__(parent)
        self.setWindowTitle(tr("对上写的姓名"))
        self.setMinimumSize(theme.SIDE * 2, theme.SIDE)
        self._operations = operations
        self.joins = joins
        words = tr(
            "下面这些地方写的是姓名，名册里现在正好有一位同名的干部。打勾的会对上名册，"
            "是一步，可以撤销；不是同一个人的，请去掉勾（空格键）。"
        )
        self.list = QListWidget()
        for one in joins:
            item = QListWidgetItem(f"{one.title}　{one.label}：{one.change}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setWordWrap(True)
        self.list.itemChanged.connect(lambda _item: self._count())
        self.go = frames.button("", self.apply, "primary")
        self.go.setDefault(True)
        away = frames.button(tr("取消"), self.reject)
        whole = frames.column(
            frames.label(words, wrap=True),
            self.list,
            frames.row(None, away, self.go),
            spacing=theme.M,
        )
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self.setLayout(whole)
        self._count()

    def chosen(self) -> list[Join]:
        """Those that are ticked."""
        ticked = Qt.CheckState.Checked
        return [
            one for at, one in enumerate(self.joins) if self.list.item(at).checkState() == ticked
        ]

    def _count(self) -> None:
        count = len(self.chosen())
        self.go.setText(tr("对上 {0} 处").format(count))
        self.go.setEnabled(count > 0)

    def apply(self) -> None:
        """Write what is ticked, in one operation."""
        chosen = self.chosen()

        def job(ledger: Ledger, _progress: Progress) -> int:
            return apply_joins(ledger, chosen)

        self.go.setEnabled(False)
        self._operations.write(tr(TITLE), job, self._done)

    def _done(self, count: int) -> None:
        self.joined.emit(count)
        self.accept()
