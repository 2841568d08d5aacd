"""The recovery sheet (恢复单): the one time that the recovery code is shown."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QCheckBox

from desktop.core.periods import day_words
from desktop.gui import frames, theme
from desktop.gui.screens.start import Card
from desktop.gui.translate import tr


class RecoveryPage(Card):
    """Code, copy, print; on only when the person says that it is written down."""

    done = Signal()

    def __init__(self, office: str, user: str, key: str) -> None:
        """Show the code of a new ledger."""
        super().__init__()
        self._facts = (office, user, key)
        code = frames.label(key, "key", wrap=True)
        code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        why = tr(
            "忘了密码时，只有它能打开台账。程序不保存它，关掉这一页就再也看不到了。"
            "请打印或抄下来，和公章一样锁好，不要存在这台电脑里。"
        )
        self.kept = QCheckBox(tr("我已抄好"))
        self.good = frames.button(tr("开始使用"), self.done.emit, "primary")
        self.good.setEnabled(False)
        self.kept.toggled.connect(self.good.setEnabled)
        copy = frames.button(tr("复制"), lambda: QGuiApplication.clipboard().setText(key))
        buttons = [copy]
        if _can_print():
            buttons.insert(0, frames.button(tr("打印恢复单"), self._print))
        self.fill(
            frames.label(tr("台账已建立。请留好恢复码"), "head"),
            frames.label(why, wrap=True),
            code,
            frames.row(*buttons, None),
            theme.S,
            frames.row(self.kept, None, self.good),
        )

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        printer.setDocName(tr("恢复单"))
        dialog = QPrintDialog(printer, self.window())
        if dialog.exec():
            self._draw(printer)

    def _draw(self, printer: object) -> None:
        painter = QPainter(printer)  # type: ignore[call-overload]
        draw_sheet(painter, *self._facts, dt.date.today())
        painter.end()


def draw_sheet(painter: QPainter, office: str, user: str, key: str, day: dt.date) -> None:
    """Draw the recovery sheet on a page, in its resolution."""
    page = painter.viewport()
    unit = page.width() // 60
    lines = (
        (3, tr("恢复单")),
        (2, tr("台账：{0}　四下基层工作台账").format(office)),
        (2, tr("建立人：{0}　　日期：{1}").format(user, day_words(day))),
        (2, ""),
        (2, tr("恢复码：")),
        (3, key),
        (2, ""),
        (2, tr("忘记密码时，在密码栏里输入恢复码，就能打开台账。")),
        (2, tr("请锁好这张纸。谁拿到它，谁就能打开台账。")),
    )
    font = theme.font()
    y = 4 * unit
    for size, words in lines:
        font.setPixelSize(max(size * unit * 2 // 3, 1))
        painter.setFont(font)
        y += size * unit * 2
        painter.drawText(4 * unit, y, words)


def _can_print() -> bool:
    """Whether Qt's printing and a printer are here; else the button would be a dead one."""
    try:
        from PySide6.QtPrintSupport import QPrinterInfo
    except ImportError:
        return False
    return bool(QPrinterInfo.availablePrinterNames())
