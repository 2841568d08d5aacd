"""可能重复的建议: pairs that may be one thing, looked at and joined one by one by a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from desktop.core.names import mask_words
from desktop.core.progress import Progress
from desktop.gui import frames, messages, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import Suggestion
from desktop.work import doubles, lists
from desktop.work.similar import Pair, similar_pairs

_SHOWN = ("date", "place", "channel", "unit")


class DoublesDialog(QDialog):
    """One pair at a time: both in full, why, and 并为一条 or 不是一件."""

    def __init__(
        self,
        operations: Operations,
        listed: Callable[[Ledger], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        """Begin to look for pairs among the listed suggestions and all older ones."""
        super().__init__(parent)
        self.setWindowTitle(tr("可能重复的建议"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.SHEET)
        self.pairs: list[Pair] = []
        self.at = 0
        self.joined = 0
        self._operations = operations
        self._facts: dict[str, str] = {}
        self._head = frames.label(tr("正在找……"), "head")
        self._why = frames.label("", "quiet", wrap=True)
        self._sides = [_Side(tr("这一条")), _Side(tr("以前的一条（保留）"))]
        self.join = frames.button(tr("并为一条"), self.accept_pair, "primary")
        self.skip = frames.button(tr("不是一件"), self.keep_apart)
        self.stop = frames.button(tr("不看了"), self.reject)
        both = frames.row(*self._sides, spacing=theme.M)
        buttons = frames.row(self.stop, None, self.skip, self.join)
        whole = frames.column(self._head, self._why, both, buttons, spacing=theme.M)
        whole.setStretch(2, 1)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self.setLayout(whole)
        self._offer(False)
        self._look(listed)

    def _look(self, listed: Callable[[Ledger], Sequence[str]]) -> None:
        def job(ledger: Ledger, progress: Progress) -> tuple[list[Pair], dict[str, str]]:
            pairs = similar_pairs(ledger, listed(ledger), progress)
            both = {one.id for p in pairs for one in (p.newer, p.older)}
            fields = [Suggestion.type.field(name) for name in _SHOWN]
            words = lists.words_of(ledger, Suggestion.type, fields, both)
            return pairs, {i: "　".join(filter(None, w)) for i, w in words.items()}

        title = tr("正在找可能重复的建议")
        self._operations.study(title, job, self._take, self._failed, slot="doubles")

    def _take(self, found: tuple[list[Pair], dict[str, str]]) -> None:
        self.pairs, self._facts = found
        self._show()

    def _failed(self, error: Exception) -> None:
        self.reject()
        messages.show(error, self.parentWidget())

    # ---- pair by pair --------------------------------------------------------------------------

    def keep_apart(self) -> None:
        """They are two things: remember that, so that nobody is asked again, and go on."""
        pair = self.pairs[self.at]
        title = tr("不是一件建议")

        def job(ledger: Ledger, _progress: Progress) -> None:
            with ledger.write(title) as rows:
                doubles.keep_apart(ledger, rows, Suggestion.type, pair.newer.id, pair.older.id)

        self._operations.write(title, job, None, self._not_kept)
        self.next_pair()

    def _not_kept(self, error: Exception) -> None:
        messages.show(error, self.parentWidget())

    def next_pair(self) -> None:
        """Show the next two."""
        self.at += 1
        self._show()

    def accept_pair(self) -> None:
        """They are one: join the newer to the older, as one step that can be undone."""
        if self.at >= len(self.pairs):
            self.accept()
            return
        pair = self.pairs[self.at]
        title = tr("意见建议并为一条")

        def job(ledger: Ledger, _progress: Progress) -> None:
            with ledger.write(title) as rows:
                doubles.join(ledger, rows, Suggestion.type, pair.newer.id, pair.older.id, pair.why)

        self._offer(False)
        self._operations.write(title, job, self._note_joined, self._not_joined)

    def _note_joined(self, _done: Any) -> None:
        self.joined += 1
        self.next_pair()

    def _not_joined(self, error: Exception) -> None:
        messages.show(error, self)
        self.next_pair()

    def _show(self) -> None:
        left = len(self.pairs) - self.at
        for side in self._sides:
            side.setVisible(left > 0)
        if left <= 0:
            self._head.setText(
                tr("✓ 看完了，并了 {0} 条").format(self.joined)
                if self.pairs
                else tr("✓ 没有找到可能重复的建议")
            )
            self._why.setText(tr("并错了可以撤销（Ctrl+Z），也可以在那一条里拆开。"))
            self._why.setVisible(bool(self.pairs))
            self.join.setText(tr("关闭"))
            self.join.setEnabled(True)
            self.skip.hide()
            self.stop.hide()
            self.join.setFocus()
            return
        pair = self.pairs[self.at]
        self._head.setText(tr("可能是同一件（{0}/{1}）").format(self.at + 1, len(self.pairs)))
        self._why.setText(pair.why)
        for side, one in zip(self._sides, (pair.newer, pair.older), strict=True):
            side.tell(self._facts.get(one.id, ""), one.content)
        self._offer(True)
        self.skip.setFocus()

    def _offer(self, on: bool) -> None:
        self.join.setEnabled(on)
        self.skip.setEnabled(on)


class _Side(QWidget):
    """One of the two."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._facts = frames.label("", "small", wrap=True)
        self._words = frames.label("", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head: QLabel = frames.label(title, "title")
        inner = frames.column(head, self._facts, self._words, None, spacing=theme.S)
        whole = frames.column(frames.sheet(inner))
        self.setLayout(whole)

    def tell(self, facts: str, words: str) -> None:
        """Show another one."""
        self._facts.setText(facts)
        self._words.setText(mask_words(words))
