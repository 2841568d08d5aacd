"""一句话录入: a sentence on top of the sheet that fills it, and says what it understood."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.gui import frames, theme
from desktop.gui.desk import Desk
from desktop.gui.editor import HintLine
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.work.known_names import read_known
from desktop.work.sentence import Understood, understand

UNDO_KEY = "F9"
LINE_KEY = "Ctrl+L"


class SentenceLine(QWidget):
    """The line, its button, and below it what was understood and what wasn't."""

    understood = Signal(object)  # Understood
    wanted_undo = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.line = HintLine()
        self.line.setAccessibleName(tr("一句话录入"))
        self.line.setPlaceholderText(self._example)
        self.line.set_prompt(self._example)
        self.line.setToolTip(tr("写或粘贴一句话，按回车填入 ({0})").format(LINE_KEY))
        self.line.returnPressed.connect(self.read)
        self.button = frames.button(tr("填入"), self.read)
        label = frames.label(tr("一句话录入"), "small")
        label.setBuddy(self.line)
        self.told = frames.label("", "note", wrap=True)
        self.undo = frames.button(
            tr("撤销填入 ({0})").format(UNDO_KEY), self.wanted_undo.emit, "link"
        )
        self._answer = QWidget()
        answer = frames.row(self.told, self.undo)
        answer.setStretch(0, 1)
        self._answer.setLayout(answer)
        column = frames.column(
            frames.row(label, self.line, self.button), self._answer, spacing=theme.XS
        )
        self.setLayout(column)
        self._answer.hide()

    @property
    def _example(self) -> str:
        return tr("如：11月20日，李镇长到前沟村宣讲，58人，解决路灯1个")

    def read(self) -> None:
        """Understand the words, on the reader thread."""
        text = self.line.text().strip()
        if not text:
            return
        today: date = self._desk.today()

        def job(ledger: Ledger) -> Understood:
            return understand(text, read_known(ledger), today)

        self._desk.operations.read(job, self.understood.emit, slot=f"sentence {id(self)}")

    def tell(self, found: Understood) -> None:
        """Say what was understood, what is doubtful, and what was left."""
        lines = []
        if found.said:
            lines.append(tr("看懂了：{0}。带说明的格子请核对。").format("，".join(found.said)))
        if found.is_empty:
            lines.append(tr("这句话没有看懂，没有填任何格子。"))
        elif found.left:
            left = "、".join(f"「{one}」" for one in found.left)
            lines.append(tr("没有看懂：{0}，已放进「内容摘要」。").format(left))
        lines += [f"{doubt}。" for doubt in found.doubts]
        self.told.setText("\n".join(lines))
        self.undo.setVisible(not found.is_empty)
        self._answer.setVisible(bool(lines))

    def hush(self) -> None:
        """Take the answer away, and the words with it."""
        self.line.clear()
        self._answer.hide()

    def hide_answer(self) -> None:
        """Take the answer away; the words stay for another try."""
        self._answer.hide()
