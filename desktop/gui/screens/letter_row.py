"""本机编号字母: the letter that this PC's numbers carry, and another one chosen by a person."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.progress import Progress
from desktop.gui import frames, messages, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.work.numbers import choose_letter, free_letters, pc_letter


class LetterRow(QWidget):
    """A choice among the free letters, and what it is good for."""

    def __init__(self, operations: Operations) -> None:
        """Ask the ledger which letter is this PC's."""
        super().__init__()
        self._operations = operations
        self.letter = frames.label("")
        # No combo box: the wheel would change the letter of who only scrolls by.
        self.menu = QMenu(self)
        self.change = frames.button(tr("换一个") + " ▾", self._offer)
        self.change.setEnabled(False)
        self.told = frames.label("", "quiet", wrap=True)
        line = frames.row(self.letter, self.change, None, spacing=theme.L)
        self.setLayout(frames.column(line, self.told, spacing=theme.XS))
        self._read()

    def _offer(self) -> None:
        self.menu.popup(self.change.mapToGlobal(self.change.rect().bottomLeft()))

    def choose(self, letter: str) -> None:
        """Count under another letter from now on."""
        title = tr("本机编号字母")

        def job(ledger: Ledger, _progress: Progress) -> str:
            return choose_letter(ledger, letter)

        self.change.setEnabled(False)
        self._operations.write(title, job, lambda _letter: self._read(), self._refused)

    def _refused(self, error: Exception) -> None:
        messages.show(error, self)
        self._read()

    def _read(self) -> None:
        def ask(ledger: Ledger) -> tuple[str, list[str]]:
            return pc_letter(ledger), free_letters(ledger)

        self._operations.read(ask, self._show, slot=f"letter {id(self)}")

    def _show(self, found: tuple[str, list[str]]) -> None:
        letter, free = found
        self.letter.setText(letter)
        self.menu.clear()
        for other in free:
            if other != letter:
                self.menu.addAction(other, partial(self.choose, other))
        self.change.setEnabled(True)
        words = tr(
            "本机新建的编号里都带 -{0}-。两台电脑各自带走同一份副本，可能会用上同一个字母："
            "请在其中一台上换一个。已经编好的号不变。"
        )
        self.told.setText(words.format(letter))
