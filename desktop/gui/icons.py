"""Icons: the SVG files of resources/icons, drawn in a colour of the theme at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.gui import theme
from desktop.paths import resource

_RATIOS = (1.0, 1.25, 1.5, 2.0)


def icon(name: str, color: str = "text", size: int = theme.ICON) -> QIcon:
    """An icon in a colour of the palette in force; ask again when the theme changes."""
    return _icon(name, theme.colors().color(color).name(), size)


def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture for a screen of that ratio."""
    return _pixmap(name, theme.colors().color(color).name(), size, ratio)


@lru_cache(maxsize=256)
def _icon(name: str, color: str, size: int) -> QIcon:
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(_pixmap(name, color, size, ratio))
    return made


def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    drawing = resource(f"icons/{name}.svg").read_bytes().replace(b"currentColor", color.encode())
    renderer = QSvgRenderer(QByteArray(drawing))
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
