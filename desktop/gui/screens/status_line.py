"""The status bar: office, period, what was last saved; and the progress of long work."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from desktop.gui import frames, theme
from desktop.gui.translate import tr

_NOTICE = 6000  # milliseconds that a notice stays


class StatusLine(QFrame):
    """One line at the foot of the window."""

    cancelled = Signal()

    def __init__(self, office: str, period: str) -> None:
        """Say the office and the period."""
        super().__init__()
        theme.set_kind(self, "paper")
        self._standing = [office, period, ""]
        self._words = frames.label("", "small")
        self._working = frames.label("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.RAIL)
        self._cancel = frames.button(tr("取消"), self.cancelled.emit, "status")
        self._end = QTimer(self, singleShot=True, interval=_NOTICE)
        self._end.timeout.connect(self._say)
        # What is done in a moment needs no progress bar; it would only flicker.
        self._patience = QTimer(self, singleShot=True, interval=400)
        self._patience.timeout.connect(lambda: self._show_work(True))
        line = frames.row(self._words, None, self._working, self._bar, self._cancel)
        line.setContentsMargins(theme.L, 0, theme.L, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(frames.line())
        column.addLayout(line, 1)
        self.setFixedHeight(theme.STATUS + theme.XS)
        self._show_work(False)
        self._say()

    def note_saved(self, at: dt.datetime) -> None:
        """Something was written just now."""
        self._standing[2] = tr("✓ 已保存 {0}").format(at.strftime("%H:%M"))
        if not self._end.isActive():
            self._say()

    def notice(self, words: str) -> None:
        """Say something for some seconds."""
        self._words.setText(words)
        self._end.start()

    def progress(self, words: str, done: int, total: int) -> None:
        """Show how far long work is; no words: idle."""
        if not words:
            self._patience.stop()
            self._show_work(False)
            return
        count = f"  {done:,}/{total:,}" if total else ""
        self._working.setText(words + count)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if not self._bar.isVisible() and not self._patience.isActive():
            self._patience.start()

    def _show_work(self, on: bool) -> None:
        for widget in (self._working, self._bar, self._cancel):
            widget.setVisible(on)

    def _say(self) -> None:
        self._words.setText("  ·  ".join(filter(None, self._standing)))
