"""Small pieces that every screen is laid out with, so that distances and looks are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import theme


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """Words in one of the looks of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        theme.set_kind(made, kind)
    return made


def button(text: str, clicked: Callable[[], object], kind: str = "") -> QPushButton:
    """A button; `kind` is primary, link, flat or nothing."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: clicked())
    if kind:
        theme.set_kind(made, kind)
    if kind == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def row(*items: QWidget | QLayout | int | None, spacing: int = theme.S) -> QHBoxLayout:
    """Items side by side; a number is a gap, None is the room that is left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    fill(made, items)
    return made


def column(*items: QWidget | QLayout | int | None, spacing: int = theme.S) -> QVBoxLayout:
    """Items one below the other; a number is a gap, None is the room that is left."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    fill(made, items)
    return made


def fill(into: QBoxLayout, items: Iterable[object]) -> None:
    """Add items to a layout, as `row` and `column` take them."""
    for item in items:
        if item is None:
            into.addStretch(1)
        elif isinstance(item, int):
            into.addSpacing(item)
        elif isinstance(item, QWidget):
            into.addWidget(item)
        elif isinstance(item, QLayout):
            into.addLayout(item)


def line(*, upright: bool = False) -> QFrame:
    """A hairline."""
    made = QFrame()
    theme.set_kind(made, "upright" if upright else "line")
    return made


def sheet(inner: QBoxLayout, margin: int = theme.L) -> QFrame:
    """A paper-white sheet with a hairline around it."""
    made = QFrame()
    theme.set_kind(made, "sheet")
    inner.setContentsMargins(margin, margin, margin, margin)
    made.setLayout(inner)
    return made


def scrolling(inner: QWidget) -> QScrollArea:
    """What may be longer than the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area


def empty(layout: QBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            empty(inner)


def empty_grid(layout: QGridLayout) -> None:
    """Take everything out of a grid."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
