"""The only code that shows an error, and the only one that asks a yes or no.

Every error says what happened, what is safe, and what to do. A `UserError` brings that sentence
along; anything else is a bug: it is logged with its traceback, and the person can copy the details.
Nothing here stops the program: dialogs that only tell are window-modal and don't block the caller.
"""

from __future__ import annotations

import logging
import platform
import traceback
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import __version__
from desktop.core.errors import Cancelled, UserError
from desktop.gui import theme
from desktop.gui.translate import tr

log = logging.getLogger(__name__)

_open: list[QDialog] = []


def show(error: BaseException, parent: QWidget | None = None) -> None:
    """Tell the person about an error; a cancelled job needs no words."""
    if isinstance(error, Cancelled):
        return
    if isinstance(error, UserError):
        _tell(tr("没有完成"), str(error), "", parent)
        return
    details = details_of(error)
    log.error("unexpected: %s", details)
    _tell(
        tr("出了意外"),
        tr(
            "刚才这一步没有做完，台账退回到这一步之前，以前保存的内容都在。"
            "可以继续使用；如果再次出现，请点“复制详情”，交给维护人员。"
        ),
        details,
        parent,
    )


def details_of(error: BaseException) -> str:
    """What a maintainer needs: versions and the traceback, also of an error from another thread."""
    from PySide6.QtCore import qVersion

    traces = [*getattr(error, "__notes__", [])] or traceback.format_exception(error)
    system = f"{platform.system()} {platform.release()}"
    head = f"sixia {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {system}"
    return head + "\n" + "".join(traces)


def tell(title: str, sentence: str, parent: QWidget | None = None) -> None:
    """Say one thing that isn't an error but must be seen."""
    _tell(title, sentence, "", parent)


def ask(parent: QWidget | None, title: str, sentence: str, yes: str, no: str = "") -> bool:
    """Ask a yes or no; the safe answer (`no`) is what Esc and Enter give."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, sentence, parent=parent)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    safe = box.addButton(no or tr("取消"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(safe)
    box.setEscapeButton(safe)
    box.exec()
    return box.clickedButton() is agreed


def _tell(title: str, sentence: str, details: str, parent: QWidget | None) -> None:
    if any(shiboken6.isValid(d) and d.isVisible() for d in _open):
        # A second one on top of the first would only confuse; it is in the log.
        log.info("not shown, another message is open: %s", sentence)
        return
    dialog = Notice(title, sentence, details, parent or QApplication.activeWindow())
    _open[:] = [dialog]
    dialog.open()


class Notice(QDialog):
    """A head, a sentence, folded details, and 知道了; `open` it, it goes away by itself."""

    def __init__(
        self, title: str, sentence: str, details: str = "", parent: QWidget | None = None
    ) -> None:
        """Lay it out."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.SIDE + theme.RAIL)
        head, words = QLabel(title), QLabel(sentence)
        theme.set_kind(head, "head")
        for label in (head, words):
            label.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(head)
        column.addWidget(words)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.S)
        good = QPushButton(tr("知道了"))
        theme.set_kind(good, "primary")
        good.setDefault(True)
        good.clicked.connect(self.accept)
        self._buttons.addStretch()
        self._buttons.addWidget(good)
        if details:
            shown = QPlainTextEdit(details)
            shown.setReadOnly(True)
            shown.hide()
            column.addWidget(shown)
            self.add_button(tr("复制详情"), lambda: QGuiApplication.clipboard().setText(details))
            self.add_button(tr("详情"), lambda: shown.setVisible(not shown.isVisible()))
        column.addSpacing(theme.S)
        column.addLayout(self._buttons)

    def add_button(self, words: str, clicked: Callable[[], object]) -> None:
        """Another button, on the left."""
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: clicked())
        self._buttons.insertWidget(0, button)
