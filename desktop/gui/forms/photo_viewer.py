"""A photo or the first page of a scan, large: zoom, the next one, a copy outside the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QVBoxLayout,
    QWidget,
)

from desktop.core.progress import Progress
from desktop.gui import frames, messages, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import Attachment
from desktop.work.picture_types import PDF
from desktop.work.pictures import PAGE

_STEP, _MOST = 1.25, 8.0
_LONGEST = 6000  # pixels of a side that are decoded to be looked at


class PhotoViewer(QDialog):
    """A window over the form; `show` it, it goes away by itself."""

    def __init__(
        self, operations: Operations, photos: Sequence[Attachment], at: int, parent: QWidget
    ) -> None:
        """Begin with the photo at that place."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(parent.size() * 0.9)
        self._operations = operations
        self._photos = list(photos)
        self.at = at
        self.view = _View()
        self._words = frames.label()
        self._count = frames.label("", "quiet")
        self.back = frames.button(tr("上一张"), lambda: self.go(-1))
        self.on = frames.button(tr("下一张"), lambda: self.go(1))
        buttons = (
            frames.button(tr("放大"), lambda: self.view.zoom(_STEP), "flat"),
            frames.button(tr("缩小"), lambda: self.view.zoom(1 / _STEP), "flat"),
            frames.button(tr("合适大小"), self.view.fit, "flat"),
            frames.button(tr("另存一份"), self.save_copy, "flat"),
        )
        for button, keys in zip((self.back, self.on, *buttons), "←→+-0S", strict=True):
            button.setToolTip(keys if keys != "S" else "Ctrl+S")
        head = frames.row(self._words, None, self._count, *buttons, self.back, self.on)
        head.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.on.setFocus()
        self._show()

    def go(self, step: int) -> None:
        """The next photo, or the one before."""
        wanted = self.at + step
        if 0 <= wanted < len(self._photos):
            self.at = wanted
            self._show()

    @property
    def photo(self) -> Attachment:
        """The one that is shown."""
        return self._photos[self.at]

    def _show(self) -> None:
        photo = self.photo
        self.setWindowTitle(photo.name)
        first = tr("（第一页；另存一份看全部）") if photo.media == PDF else ""
        self._words.setText((photo.caption or photo.name) + first)
        self._count.setText(f"{self.at + 1}/{len(self._photos)}")
        self.back.setEnabled(self.at > 0)
        self.on.setEnabled(self.at + 1 < len(self._photos))
        self.view.show_image(QImage())

        def job(ledger: Ledger) -> tuple[str, QImage]:
            return photo.id, _image(ledger, photo)

        self._operations.study(
            tr("打开照片"),
            lambda ledger, _progress: job(ledger),
            self._arrived,
            self._fail,
            slot=f"viewer {id(self)}",
        )

    def _arrived(self, found: tuple[str, QImage]) -> None:
        if found[0] == self.photo.id:
            self.view.show_image(found[1])

    def _fail(self, error: Exception) -> None:
        messages.show(error, self)

    def save_copy(self) -> None:
        """Save the photo outside the ledger; the original, if it was kept."""
        photo = self.photo
        asked, _ = QFileDialog.getSaveFileName(self, tr("另存一份"), photo.name)
        if not asked:
            return

        def job(ledger: Ledger, _progress: Progress) -> None:
            ledger.files().write_to(photo.original or photo.sha256, Path(asked))

        done = lambda _none: self._words.setText(tr("已另存：{0}").format(Path(asked).name))  # noqa: E731
        self._operations.study(tr("另存照片"), job, done, self._fail)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows turn over, + and - zoom."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.go(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self.go(1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.view.zoom(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.view.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.view.fit()
        elif key == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_copy()
        else:
            super().keyPressEvent(event)


class _View(QGraphicsView):
    """The picture; dragged by the mouse, zoomed by the wheel."""

    def __init__(self) -> None:
        super().__init__()
        self._scene = QGraphicsScene(self)
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._item)
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setBackgroundBrush(theme.colors().color("ground"))
        self._fitted = True

    def show_image(self, image: QImage) -> None:
        """Show a picture, as large as it fits."""
        self._item.setPixmap(QPixmap.fromImage(image))
        self._scene.setSceneRect(self._item.boundingRect())
        self.fit()

    @property
    def has_image(self) -> bool:
        """Whether there is something to see."""
        return not self._item.pixmap().isNull()

    def fit(self) -> None:
        """The whole picture, never larger than it is."""
        self._fitted = True
        box = self._item.boundingRect()
        self.resetTransform()
        if not box.isEmpty():
            view = self.viewport().size()
            scale = min(view.width() / box.width(), view.height() / box.height(), 1.0)
            self.scale(scale, scale)

    def zoom(self, factor: float) -> None:
        """Larger or smaller."""
        wanted = self.transform().m11() * factor
        if self.has_image and 0.02 < wanted < _MOST:
            self._fitted = False
            self.scale(factor, factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        if event.angleDelta().y():
            self.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fitted goes on fitting."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()


def _image(ledger: Ledger, photo: Attachment) -> QImage:
    """The picture to look at; of a scan its first page, drawn when it was taken in."""
    files = ledger.files()
    if photo.media == PDF:
        return QImage.fromData(files.picture(photo.sha256, PAGE))
    buffer = QBuffer()
    buffer.setData(QByteArray(files.read(photo.sha256)))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if max(size.width(), size.height()) > _LONGEST:
        bounds = QSize(_LONGEST, _LONGEST)
        reader.setScaledSize(size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
