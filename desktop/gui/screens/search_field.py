"""Search over everything: hits while one types, by type, newest first.

The field keeps the keyboard all the time (a popup window would take it, and half-typed Chinese with
it); while the input method composes, `textChanged` stays silent, so nothing is looked up yet.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.gui import icons, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.search import Hit
from desktop.records import RECORD_TYPES
from desktop.work.lists import dated_titles

MOST = 50
_HIT, _LABEL, _DAY = (Qt.ItemDataRole.UserRole + n for n in range(3))

Found = tuple[Hit, str]  # a hit and its day
_SHOWN = 10
_TYPE_EMS = 6


class SearchField(QLineEdit):
    """The field at the top of the window, with its list of hits."""

    wanted_record = Signal(str, str)  # type, id
    left = Signal()

    def __init__(self, operations: Operations, parent: QWidget) -> None:
        """Search with the threads; `parent` is the window that the hits lie over."""
        super().__init__(parent)
        self._operations = operations
        self._wait = QTimer(self, singleShot=True, interval=120)
        self._wait.timeout.connect(self._look)
        self.hits = HitList(parent)
        self.hits.itemClicked.connect(self._open)
        self.setPlaceholderText(tr("搜索全部台账（汉字或拼音首字母）  Ctrl+F"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(lambda _text: self._wait.start())
        self._sign = self.addAction(
            icons.icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition
        )

    def dress(self) -> None:
        """Draw the icon in the colour of the theme."""
        self._sign.setIcon(icons.icon("search", "quiet"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk through the hits, Enter opens one, Esc leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hits.isVisible():
            self.hits.walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._wait.stop()
            self._open(self.hits.currentItem() if self.hits.isVisible() else None)
        elif key == Qt.Key.Key_Escape:
            self.hits.hide()
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the hits away, unless a menu of the field took the keyboard."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.hits.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the hits of what stands there."""
        super().focusInEvent(event)
        if self.text().strip():
            self._look()

    def _look(self) -> None:
        words = self.text().strip()
        if not words:
            self.hits.hide()
            return
        self._operations.read(lambda ledger: _find(ledger, words), self._show, slot="search")

    def _show(self, found: list[Found]) -> None:
        if not self.text().strip() or not self.hasFocus():
            return
        corner = self.mapTo(self.window(), QPoint(0, self.height() + theme.XS))
        self.hits.show_hits(found)
        self.hits.setGeometry(corner.x(), corner.y(), self.width(), self.hits.wanted_height())
        self.hits.show()
        self.hits.raise_()

    def _open(self, item: QListWidgetItem | None) -> None:
        hit = item.data(_HIT) if item else None
        if isinstance(hit, Hit):
            self.hits.hide()
            self.clear()
            self.wanted_record.emit(hit.type, hit.id)


class HitList(QListWidget):
    """The hits, grouped by type: the type in quiet words, then the title."""

    def __init__(self, parent: QWidget) -> None:
        """Hidden, over the window."""
        super().__init__(parent)
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

    def show_hits(self, found: list[Found]) -> None:
        """Show the hits, those of one type together, types in the order of their first hit."""
        self.clear()
        order = list(dict.fromkeys(hit.type for hit, _ in found))
        for hit, day in sorted(found, key=lambda one: order.index(one[0].type)):
            item = QListWidgetItem(hit.title)
            item.setData(_HIT, hit)
            item.setData(_LABEL, tr(RECORD_TYPES[hit.type].label))
            item.setData(_DAY, "" if day and day in hit.title else day)
            self.addItem(item)
        if not found:
            item = QListWidgetItem(tr("没有找到。换个词，或试试拼音首字母。"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        else:
            self.setCurrentRow(0)

    def wanted_height(self) -> int:
        """As high as its rows, up to ten."""
        return min(self.count(), _SHOWN) * theme.ROW + 2 * theme.XS + 2

    def walk(self, step: int) -> None:
        """Go to the next hit, or the one before."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))


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
        kind = index.data(_LABEL) or ""
        middle = Qt.AlignmentFlag.AlignVCenter
        if kind:
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(c.color("quiet"))
            width = QFontMetrics(painter.font()).horizontalAdvance("国") * _TYPE_EMS
            painter.drawText(inner, middle, kind)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            day = index.data(_DAY) or ""
            painter.drawText(inner, right, day)
            inner.setLeft(inner.left() + width)
            inner.setRight(inner.right() - QFontMetrics(painter.font()).horizontalAdvance(day))
        painter.setFont(theme.font())
        painter.setPen(c.color("text" if kind else "quiet"))
        elide = QFontMetrics(painter.font()).elidedText
        words = elide(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, middle, words)
        painter.restore()


def _find(ledger: Ledger, words: str) -> list[Found]:
    hits = ledger.search(words, limit=MOST)
    by_type: dict[str, list[str]] = {}
    for hit in hits:
        by_type.setdefault(hit.type, []).append(hit.id)
    days: dict[str, str] = {}
    for name, ids in by_type.items():
        of = RECORD_TYPES[name]
        if of.dated_by:
            days |= {one: words[0] for one, words in dated_titles(ledger, of, ids).items()}
    return [(hit, days.get(hit.id, "")) for hit in hits]
