"""What a search found, under its field: types with their counts, titles, the words marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.gui import theme
from desktop.gui.translate import tr
from desktop.ledger import search_text
from desktop.records import RECORD_TYPES
from desktop.work.found import Found, Group

HIT, LABEL, DAY, SNIPPET, ALL = (Qt.ItemDataRole.UserRole + n for n in range(5))
_SHOWN = 14
_TYPE_EMS = 8


class HitList(QListWidget):
    """The hits, grouped by type: the type in quiet words, then the title and why it was found."""

    def __init__(self, parent: QWidget) -> None:
        """Hidden, over the window."""
        super().__init__(parent)
        self.words: list[str] = []
        self.setObjectName("hits")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_HitDelegate(self))
        self.itemEntered.connect(self.setCurrentItem)
        theme.set_kind(self, "popup")
        self.hide()

    def show_groups(self, groups: Sequence[Group], words: str, listed: Collection[str]) -> None:
        """Show the hits; of types in `listed` the whole list may be opened."""
        former = self._mark()
        self.words = search_text.fold(words).split()
        self.clear()
        for group in groups:
            label = tr(RECORD_TYPES[group.type].label)
            head = label if group.count < 0 else f"{label} {group.count:,}"
            for at, one in enumerate(group.found):
                self._add(one, head if at == 0 else "")
            if group.count > len(group.found) and group.type in listed:
                item = QListWidgetItem(tr("全部 {0} 条{1}").format(f"{group.count:,}", label))
                item.setData(ALL, group.type)
                self.addItem(item)
        if not groups:
            item = QListWidgetItem(tr("没有找到。换个词，或试试拼音首字母。"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
            return
        marks = [self._mark(row) for row in range(self.count())]
        self.setCurrentRow(marks.index(former) if former in marks else 0)

    def wanted_height(self) -> int:
        """As high as its rows, up to a limit."""
        return min(self.count(), _SHOWN) * theme.ROW + 2 * theme.XS + 2

    def walk(self, step: int) -> None:
        """Go to the next hit, or the one before."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))

    def _add(self, one: Found, head: str) -> None:
        item = QListWidgetItem(one.hit.title)
        item.setData(HIT, one.hit)
        item.setData(LABEL, head)
        item.setData(DAY, "" if one.day and one.day in one.hit.title else one.day)
        item.setData(SNIPPET, one.snippet)
        self.addItem(item)

    def _mark(self, row: int = -1) -> Any:
        item = self.item(row) if row >= 0 else self.currentItem()
        if item is None:
            return None
        hit = item.data(HIT)
        return hit.id if hit is not None else item.data(ALL)


class _HitDelegate(QStyledItemDelegate):
    """Paints one hit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return QSize(0, theme.ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        c = theme.colors()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, c.color("chosen"))
        inner = option.rect.adjusted(theme.M, 0, -theme.M, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        hit = index.data(HIT) is not None
        if hit or index.data(ALL):
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(c.color("quiet"))
            metrics = QFontMetrics(painter.font())
            painter.drawText(inner, middle, index.data(LABEL) or "")
            day = index.data(DAY) or ""
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, day)
            inner.setLeft(inner.left() + metrics.horizontalAdvance("国") * _TYPE_EMS)
            inner.setRight(inner.right() - metrics.horizontalAdvance(day) - theme.S)
        title = str(index.data())
        color = "text" if hit else "accent" if index.data(ALL) else "quiet"
        inner.setLeft(self._draw(painter, inner, title, color, theme.BASE) + theme.M)
        snippet = index.data(SNIPPET) or ""
        if snippet:
            self._draw(painter, inner, snippet, "quiet", theme.SMALL)
        painter.restore()

    def _draw(self, painter: QPainter, room: QRect, text: str, color: str, size: int) -> int:
        """Draw words, those that were looked for bold; returns where they end."""
        view = self.parent()
        wanted = view.words if isinstance(view, HitList) else []
        metrics = QFontMetrics(theme.font(size))
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        at = room.left()
        for piece, marked in _pieces(text, wanted):
            painter.setFont(theme.font(size, bold=marked))
            painter.setPen(theme.colors().color("accent" if marked else color))
            wide = QFontMetrics(painter.font()).horizontalAdvance(piece)
            box = QRect(at, room.top(), wide + 1, room.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, piece)
            at += wide
        return at


def _pieces(text: str, wanted: Sequence[str]) -> list[tuple[str, bool]]:
    """The text cut into what was looked for and what wasn't."""
    folded = search_text.fold(text)
    if len(folded) != len(text):  # a character of several parts: rather no mark than a wrong one
        return [(text, False)]
    on = [False] * len(text)
    for word in wanted:
        start = folded.find(word)
        while start >= 0:
            on[start : start + len(word)] = [True] * len(word)
            start = folded.find(word, start + len(word))
    pieces: list[tuple[str, bool]] = []
    for char, marked in zip(text, on, strict=True):
        if pieces and pieces[-1][1] == marked:
            pieces[-1] = (pieces[-1][0] + char, marked)
        else:
            pieces.append((char, marked))
    return pieces
