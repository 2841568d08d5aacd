"""What a person drags onto a window or copies elsewhere, as tests bring it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QStringListModel, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def files_of(*paths: Path) -> QMimeData:
    """Files as a file manager gives them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget: QWidget, data: QMimeData) -> bool:
    """Drag over the widget and let go; whether it took what was dropped."""
    over = QDragEnterEvent(widget.rect().center(), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, over)
    if not over.isAccepted():
        return False
    dropped = QDropEvent(QPointF(widget.rect().center()), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, dropped)
    return dropped.isAccepted()


def copy_image(image: QImage) -> None:
    """A screenshot on the clipboard."""
    QGuiApplication.clipboard().setImage(image)


def copy_files(*paths: Path) -> None:
    """Files on the clipboard."""
    made_by_qt = QStringListModel([""])  # see desktop/gui/clipboard.py
    data = made_by_qt.mimeData([made_by_qt.index(0, 0)])
    for form in data.formats():
        data.removeFormat(form)
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QGuiApplication.clipboard().setMimeData(data)
