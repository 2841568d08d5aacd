"""Taking photos and scans into a form: dropped, pasted or chosen, one after the other.

A picture is decoded by a child process that a thread of its own waits for, then stored by the
ledger's writer; the form gets the row that names it. Nothing of it happens on the GUI thread.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from desktop.core.errors import Cancelled, UserError
from desktop.core.progress import Progress
from desktop.gui import memory, messages
from desktop.gui.apart import Apart
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.jobs.take_pictures import PictureTaker, Source, keep
from desktop.ledger.ledger import Ledger
from desktop.records import Attachment
from desktop.work.pictures import THUMBNAIL, Picture

_SHEETS = {".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".txt"}  # the window imports them


class Intake(QObject):
    """Takes pictures one by one: decoded on a thread of its own, stored by the ledger's writer."""

    taken = Signal(object, QImage, str)  # Attachment without id, its small picture, a note
    moved = Signal(str)
    finished = Signal(list)  # sentences about those that were refused

    def __init__(self, operations: Operations, parent: QObject) -> None:
        """Idle."""
        super().__init__(parent)
        self._operations = operations
        self._apart = Apart(self)
        self._takers = [PictureTaker()]  # one; in a list, so that it can be let go from outside
        self._waiting: list[Source | QImage] = []
        self._refused: list[str] = []
        self._done = self._total = 0
        self._running = 0  # the number of the batch at work, 0 if none is
        self._batches = 0
        takers, apart = self._takers, self._apart
        self.destroyed.connect(lambda: _let_go(takers, apart))

    @property
    def is_busy(self) -> bool:
        """Whether something is being taken in."""
        return bool(self._running)

    def add(self, sources: list[Source | QImage]) -> None:
        """Queue pictures."""
        if not sources:
            return
        self._waiting += sources
        self._total += len(sources)
        if not self._running:
            self._batches += 1
            self._running = self._batches
            self._next()

    def cancel(self) -> None:
        """Give up what is queued and what is being decoded; what is stored stays."""
        if self._running:
            self._waiting.clear()
            self._takers[0].cancel()
            self._takers[0] = PictureTaker()
            self._end()

    def _next(self) -> None:
        if not self._waiting:
            self._takers[0].close()
            self._end()
            return
        self._done += 1
        source = self._waiting.pop(0)
        name = source.name if isinstance(source, Source) else tr("粘贴的图片")
        self.moved.emit(tr("正在处理 {0}/{1}：{2}").format(self._done, self._total, name))
        batch, taker = self._running, self._takers[0]
        rules = memory.photo_rules()

        def job() -> Picture:
            return taker.take(_given(source), rules)

        self._apart.run(
            job, lambda picture: self._keep(batch, picture), lambda e: self._skip(batch, e)
        )

    def _keep(self, batch: int, picture: Picture) -> None:
        if batch != self._running:
            return

        def job(ledger: Ledger, _progress: Progress) -> tuple[Attachment, QImage]:
            return keep(ledger, picture), QImage.fromData(picture.small[THUMBNAIL])

        def then(kept: tuple[Attachment, QImage]) -> None:
            if batch == self._running:
                self.taken.emit(*kept, picture.note)
                self._next()

        self._operations.write("", job, then, lambda e: self._skip(batch, e))

    def _skip(self, batch: int, error: Exception) -> None:
        if batch != self._running:
            return
        if isinstance(error, UserError) and not isinstance(error, Cancelled):
            self._refused.append(str(error))
        else:
            messages.show(error)
        self._next()

    def _end(self) -> None:
        refused, self._refused = self._refused, []
        self._done = self._total = self._running = 0
        self.finished.emit(refused)


def _let_go(takers: list[PictureTaker], apart: Apart) -> None:
    """The form is going: its child too, and nothing comes back to it."""
    takers[0].cancel()
    apart.join()
    takers[0].close()


def _given(source: Source | QImage) -> Source:
    """What was pasted as a file; on the working thread, since a large one takes a while to code."""
    if isinstance(source, Source):
        return source
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    source.save(buffer, "PNG")  # type: ignore[call-overload]
    return Source(
        f"粘贴的图片{dt.datetime.now():%m%d-%H%M%S}.png", None, bytes(buffer.data().data())
    )


def has_words(data: QMimeData | None) -> bool:
    """Whether a text field would find something to paste."""
    return data is not None and data.hasText() and not data.hasUrls()


def holds_pictures(data: QMimeData | None) -> bool:
    """Whether there is a picture, or files that may be some; a ledger is none."""
    if data is None:
        return False
    return bool(_paths(data)) or (data.hasImage() and not data.hasUrls())


def _paths(data: QMimeData) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() not in _SHEETS and not path.is_dir()]


def sources_of(data: QMimeData) -> list[Source | QImage]:
    """The pictures that were dropped or pasted."""
    if paths := _paths(data):
        return [Source(path.name, path) for path in paths]
    image = data.imageData()
    return [image] if isinstance(image, QImage) and not image.isNull() else []
