"""Asks why records are to be void, and says what goes with them and what still names them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.core.record import RecordType
from desktop.gui import frames, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.work.removal import REASONS, Consequences, consequences


class VoidDialog(QDialog):
    """A reason, one of the common ones or another; nothing is deleted."""

    agreed = Signal(str)  # the reason

    def __init__(
        self,
        operations: Operations,
        of: RecordType,
        ids: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """Ask about these records."""
        super().__init__(parent)
        self._slot = f"consequences of {id(self)}"
        self.setWindowTitle(tr("作废"))
        head = tr("作废 {0} 条{1}").format(f"{len(ids):,}", tr(of.label))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("为什么作废，如：重复录入"))
        self.reason.setAccessibleName(tr("作废原因"))
        self.what = frames.label(tr("正在看有没有连带的……"), "quiet", wrap=True)
        self.good = frames.button(tr("作废"), self._accept, "primary")
        self.good.setDefault(True)
        common = [
            frames.button(tr(words), partial(self._take, tr(words)), "flat") for words in REASONS
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(frames.label(head, "head"))
        column.addWidget(
            frames.label(
                tr("作废的不再计数，也不会删掉：在“作废的”里看得到，随时可以恢复。"),
                "quiet",
                wrap=True,
            )
        )
        column.addWidget(self.what)
        column.addWidget(self.reason)
        column.addLayout(frames.row(*common, None, spacing=theme.XS))
        column.addLayout(frames.row(None, frames.button(tr("取消"), self.reject), self.good))
        self.setMinimumWidth(theme.CARD)
        self.reason.setFocus()
        wanted = list(ids)
        operations.read(
            lambda ledger: consequences(ledger, of, wanted), self._show, slot=self._slot, late=True
        )

    def _show(self, found: Consequences) -> None:
        self.what.setText(found.words or tr("没有连带的记录。"))

    def _take(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setFocus()

    def _accept(self) -> None:
        reason = " ".join(self.reason.text().split())
        if reason:
            self.accept()
            self.agreed.emit(reason)
        else:
            self.reason.setFocus()
