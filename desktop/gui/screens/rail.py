"""The rail: the screens, as words with an icon; folded, as icons alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from desktop.gui import icons, theme


@dataclass(frozen=True)
class Entry:
    """One screen on the rail; `low` puts it at the foot."""

    name: str
    words: str
    icon: str
    low: bool = False


class RailButton(QAbstractButton):
    """One entry, painted: a bar in the accent says which one is shown."""

    def __init__(self, entry: Entry, key: str) -> None:
        """Speak of one screen."""
        super().__init__()
        self.entry = entry
        self.folded = False
        self.setCheckable(True)
        self.setText(entry.words)
        self.setAccessibleName(entry.words)
        self.setToolTip(f"{entry.words}  {key}" if key else entry.words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """As high as a row and a bit."""
        width = theme.RAIL_FOLDED if self.folded else theme.RAIL
        return QSize(width, theme.ROW + theme.S)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bar, icon, words, focus ring."""
        del event
        c = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        inner = self.rect().adjusted(theme.S, 2, -theme.S, -2)
        if here or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.color("chosen" if here else "hover"))
            painter.drawRoundedRect(inner, theme.RADIUS, theme.RADIUS)
        color = "accent" if here else "text"
        shift = (inner.width() - theme.ICON) // 2 if self.folded else theme.S
        top = inner.center().y() - theme.ICON // 2 + 1
        picture = icons.pixmap(
            self.entry.icon, "accent" if here else "quiet", theme.ICON, self.devicePixelRatioF()
        )
        painter.drawPixmap(inner.left() + shift, top, picture)
        if not self.folded:
            painter.setPen(c.color(color))
            painter.setFont(theme.font(bold=here))
            left = inner.left() + theme.S + theme.ICON + theme.S + 2
            place = QRect(left, inner.top(), inner.right() - left, inner.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(c.color("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, theme.RADIUS, theme.RADIUS)
        painter.end()


class Rail(QFrame):
    """All entries."""

    picked = Signal(str)

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        """Show the entries, those at the foot last."""
        super().__init__(parent)
        theme.set_kind(self, "paper")
        self.folded = False
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, theme.S)
        column.setSpacing(0)
        low = False
        for at, entry in enumerate(entries, 1):
            if entry.low and not low:
                column.addStretch(1)
                low = True
            button = RailButton(entry, f"Ctrl+{at}" if at <= 9 else "")
            self._group.addButton(button)
            self._buttons[entry.name] = button
            button.clicked.connect(lambda _c=False, name=entry.name: self.picked.emit(name))
            column.addWidget(button)
        if not low:
            column.addStretch(1)

    def mark(self, name: str) -> None:
        """Show which screen one is on; '' for none of them."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def fold(self, folded: bool) -> None:
        """Show icons alone, or words too."""
        if folded == self.folded:
            return
        self.folded = folded
        for button in self._buttons.values():
            button.folded = folded
            button.updateGeometry()
            button.update()

    def changeEvent(self, event: Any) -> None:
        """Paint anew in the colours of the theme."""
        super().changeEvent(event)
        self.update()
