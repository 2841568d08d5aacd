"""Chips in a field that wraps: several labels or names, and the line in which the next is typed.

Painted here rather than styled, because the frame has to look like one input that holds the focus
while the focus is in the stock line edit inside (input methods want a stock one).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from desktop.gui import theme
from desktop.gui.editor import HintLine
from desktop.gui.translate import tr

_CROSS = "×"


class Flow(QLayout):
    """Lays items in lines, as words in a paragraph; the last one takes what is left of its line."""

    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item (called by Qt)."""
        self._items.append(item)

    def insert(self, at: int, widget: QWidget) -> None:
        """Put a widget before the others from `at` on."""
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Grow in neither direction by itself."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Lay the items."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """Room for the widest item and a few more."""
        least = self.minimumSize()
        return QSize(least.width() * 2, least.height())

    def minimumSize(self) -> QSize:
        """Room for the widest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        around = self.contentsMargins()
        return size + QSize(around.left() + around.right(), around.top() + around.bottom())

    def _lay(self, rect: QRect, *, move: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        x, y, high = inner.x(), inner.y(), 0
        for item in self._items:
            size = item.sizeHint()
            last = item is self._items[-1]
            width = min(size.width(), inner.width())
            if x > inner.x() and x + width > inner.right() + 1:
                x, y, high = inner.x(), y + high + self._gap, 0
            if last:
                width = max(width, inner.right() + 1 - x)
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += width + self._gap
            high = max(high, size.height())
        return y + high - rect.y() + self.contentsMargins().bottom()


class Chip(QWidget):
    """One label with a cross; hollow when it is kept as written, because no register knows it."""

    crossed = Signal()

    def __init__(self, value: str, label: str, *, hint: str = "", hollow: bool = False) -> None:
        super().__init__()
        self.value = value
        self.label = label
        self.hint = hint
        self.hollow = hollow
        self.setAccessibleName(label)
        self.setToolTip(tr("名册里没有，照写的保存") if hollow else hint)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words, their hint, and the cross."""
        width = self.fontMetrics().horizontalAdvance(self._words() + _CROSS)
        return QSize(width + theme.S * 2 + theme.XS, theme.INPUT - theme.S)

    def minimumSizeHint(self) -> QSize:
        """A long one may be cut."""
        return QSize(min(self.sizeHint().width(), theme.RAIL), theme.INPUT - theme.S)

    def _words(self) -> str:
        return f"{self.label} {self.hint}" if self.hint else self.label

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        c = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(c.color("line" if not self.hollow else "quiet")))
        painter.setBrush(c.color("sheet" if self.hollow else "chosen"))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        metrics = self.fontMetrics()
        cross = metrics.horizontalAdvance(_CROSS)
        inner = self.rect().adjusted(theme.S, 0, -theme.S, 0)
        words = inner.adjusted(0, 0, -cross - theme.XS, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(c.color("text"))
        label = metrics.elidedText(self.label, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, middle, label)
        if self.hint:
            painter.setPen(c.color("quiet"))
            rest = words.adjusted(metrics.horizontalAdvance(self.label + " "), 0, 0, 0)
            hint = metrics.elidedText(self.hint, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, middle, hint)
        painter.setPen(c.color("quiet"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, _CROSS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Cross it out when its right end is clicked."""
        if event.position().x() > self.width() - theme.XL:
            self.crossed.emit()


class ChipField(QWidget):
    """Chips, and a line edit behind them; looks like one input."""

    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = HintLine()
        self.line.setFrame(False)
        # The frame around the chips is the input; the line edit in it must not look like another.
        bare = "border: 0; padding: 0; min-height: 0; background: transparent;"
        self.line.setStyleSheet(f"QLineEdit, QLineEdit:focus {{ {bare} }}")
        self.line.setMinimumHeight(theme.INPUT - theme.S)
        self.chips: list[Chip] = []
        self.wrong = False
        self._flow = Flow(self, theme.XS)
        self._flow.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        self._flow.addWidget(self.line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(theme.INPUT)

    def add(self, chip: Chip) -> None:
        """Put a chip behind the others."""
        chip.crossed.connect(lambda: self.drop(chip))
        self._flow.insert(len(self.chips), chip)
        self.chips.append(chip)
        chip.show()
        self._changed()

    def drop(self, chip: Chip) -> None:
        """Take a chip away, as a person did."""
        self.take(chip)
        self.removed.emit()

    def take(self, chip: Chip) -> None:
        """Take a chip away."""
        self.chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self._changed()

    def clear(self) -> None:
        """Take all chips away."""
        for chip in tuple(self.chips):
            self.take(chip)

    def set_wrong(self, wrong: bool) -> None:
        """Show that what was typed can't be read."""
        self.wrong = wrong
        self.update()

    def _changed(self) -> None:
        # An empty field may hold a placeholder as wide as it is; behind chips a short line will do.
        self._flow.invalidate()
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame of an input, with its focus ring."""
        c = theme.colors()
        focus = self.line.hasFocus()
        color = c.color("soon" if self.wrong else "accent" if focus else "line")
        width = 2 if focus else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, width))
        painter.setBrush(QColor(c.sheet))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click between the chips means the line."""
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
