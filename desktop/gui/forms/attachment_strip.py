"""照片和扫描件 of a record, at the foot of its form; never asked for, quickly added.

Photos are dropped on the form, pasted, or chosen. Each is decoded in a child process, its file is
stored at once, and the row that names it is written with the record: one save, one undo. Until then
it waits in the draft. Small pictures are read beside the lists, never on the GUI thread.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.core.changes import Changes
from desktop.core.ids import new_id
from desktop.gui import frames, theme
from desktop.gui.annex import Annex
from desktop.gui.form_frame import FormFrame
from desktop.gui.forms.attachment_tile import AttachmentTile
from desktop.gui.forms.photo_intake import Intake, has_words, holds_pictures, sources_of
from desktop.gui.forms.photo_viewer import PhotoViewer
from desktop.gui.translate import tr
from desktop.jobs.take_pictures import Source
from desktop.ledger.ledger import Ledger
from desktop.ledger.rows import Rows
from desktop.records import Attachment
from desktop.records.attachment import ILLUSTRATED
from desktop.work import attachments
from desktop.work.pictures import THUMBNAIL

_KINDS = "*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff *.gif *.heic *.pdf"


def annex_of(form: FormFrame) -> AttachmentStrip | None:
    """The strip of a form, if records of its type may have photos."""
    return AttachmentStrip(form) if form.of.name in ILLUSTRATED else None


@dataclasses.dataclass(frozen=True)
class _Read:
    """What the ledger holds of a record's photos."""

    record: str
    found: list[Attachment]
    people: tuple[str, ...]
    in_parts: int


class AttachmentStrip(Annex):
    """The photos and scans of one record."""

    name = "photos"

    def __init__(self, form: FormFrame) -> None:
        super().__init__()
        self._operations = form.operations
        self._form = form
        self._record = ""
        self._before: dict[str, Attachment] = {}  # as the ledger holds them
        self._known: set[str] = set()  # those that this form has seen
        self._written: dict[str, Attachment] = {}
        self._people: tuple[str, ...] = ()
        self._pictures: dict[str, QPixmap] = {}
        self.tiles: list[AttachmentTile] = []
        self._gone: list[tuple[Attachment, str]] = []  # taken off and not saved yet
        self._intake = Intake(form.operations, self)
        self._intake.taken.connect(self._add)
        self._intake.moved.connect(self._show_work)
        self._intake.finished.connect(self._end_work)
        self._lay_out()
        self._intake_of_form(form)
        form.operations.changed.connect(self._note_changes)

    # ---- widgets -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._title = frames.label(tr("照片和扫描件"), "title")
        self._line = QFrame()
        theme.set_kind(self._line, "line")
        self.add_button = frames.button(tr("添加照片或扫描件"), self._choose, "link")
        self.add_button.setToolTip(tr("也可以把照片拖到这张表上，或复制后按 Ctrl+V"))
        self._hint = frames.label(tr("可不填。拖进来、按 Ctrl+V 粘贴都行"), "small")
        head = frames.row(self._title, self._line, self.add_button, self._hint)
        head.setStretch(1, 1)
        self._spare = frames.label()
        head.addWidget(self._spare, 1)
        self._grid_frame = QWidget()
        self._grid = QGridLayout(self._grid_frame)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.M)
        self._work = frames.label("", "small")
        self._cancel = frames.button(tr("取消"), self._intake.cancel, "link")
        self._work_row = QWidget()
        self._work_row.setLayout(frames.row(self._work, self._cancel, None))
        self._refused = frames.label("", "note", wrap=True)
        self._refused.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._heard = frames.button(tr("知道了"), self._hush, "link")
        self._refused_row = QWidget()
        refused = frames.row(self._refused, self._heard)
        refused.setStretch(0, 1)
        self._refused_row.setLayout(refused)
        self._off = frames.label("", "small")
        self._back = frames.button(tr("放回"), self._put_back, "link")
        self._off_row = QWidget()
        self._off_row.setLayout(frames.row(self._off, self._back, None))
        self._others = frames.label("", "small")
        rows = (self._others, self._work_row, self._refused_row, self._off_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(head)
        for widget in (self._grid_frame, *rows):
            column.addWidget(widget)
            widget.hide()
        self._reshape()

    def _reshape(self) -> None:
        """Lay the tiles; an empty strip is one quiet line."""
        some = bool(self.tiles)
        self._title.setVisible(some)
        self._line.setVisible(some)
        self._hint.setVisible(not some)
        self._spare.setVisible(not some)
        self._title.setText(tr("照片和扫描件 {0}").format(len(self.tiles)))
        while self._grid.takeAt(0) is not None:
            pass
        columns = max(1, (self.width() + theme.M) // (theme.TILE[0] + theme.M + theme.XS))
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
            tile.show()
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 0)
        self._grid.setColumnStretch(columns, 1)
        self._grid_frame.setVisible(some)
        self._off_row.setVisible(bool(self._gone))
        self._off.setText(tr("去掉了{0}张，保存后生效").format(len(self._gone)))
        self._columns = columns
        self.reshaped.emit()

    def resizeEvent(self, event: Any) -> None:
        """As many beside each other as there is room for."""
        super().resizeEvent(event)
        columns = max(1, (self.width() + theme.M) // (theme.TILE[0] + theme.M + theme.XS))
        if columns != self._columns:
            self._reshape()

    def stops(self) -> list[QWidget]:
        """The photos with their captions, then what adds more."""
        found: list[QWidget] = []
        for tile in self.tiles:
            found += tile.stops()
        return [*found, self._back, self._heard, self._cancel, self.add_button]

    # ---- coming in -----------------------------------------------------------------------------

    def _intake_of_form(self, form: FormFrame) -> None:
        form.setAcceptDrops(True)
        form.installEventFilter(self)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), form)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._watch)

    def _watch(self, former: QWidget | None, now: QWidget | None) -> None:
        # A text field keeps Ctrl+V for itself; where there is a picture and no text, it may not.
        if former is not None and former is not self._form:
            former.removeEventFilter(self)
        if now is not None and now is not self._form and self._form.isAncestorOf(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drops on the form, and Ctrl+V in its fields."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_text = isinstance(watched, QLineEdit | QPlainTextEdit)
            if event.matches(QKeySequence.StandardKey.Paste) and is_text:
                held = QGuiApplication.clipboard().mimeData()
                return not has_words(held) and holds_pictures(held)
        elif watched is self._form and self._form.body.isEnabled():
            if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
                return self._dragged(event)
            if kind == QEvent.Type.DragLeave:
                self._mark_drop(False)
        return super().eventFilter(watched, event)

    def _dragged(self, event: QDragEnterEvent | QDragMoveEvent | QDropEvent) -> bool:
        if not holds_pictures(event.mimeData()):
            event.ignore()  # a ledger: the window imports it
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        dropped = event.type() == QEvent.Type.Drop
        self._mark_drop(not dropped)
        if dropped:
            self.add(sources_of(event.mimeData()))
        return True

    def _mark_drop(self, on: bool) -> None:
        theme.set_kind(self._hint, "title" if on else "small")
        self.add_button.setText(tr("松开就添加") if on else tr("添加照片或扫描件"))

    def paste(self) -> None:
        """Add the picture or the files on the clipboard."""
        held = QGuiApplication.clipboard().mimeData()
        if self._form.body.isEnabled() and holds_pictures(held):
            self.add(sources_of(held))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, tr("添加照片或扫描件"), "", tr("照片和扫描件") + f" ({_KINDS})"
        )
        self.add([Source(Path(one).name, Path(one)) for one in chosen])

    def add(self, sources: Iterable[Source | QImage]) -> None:
        """Take pictures in, one after the other."""
        self._hush()
        self._intake.add(list(sources))

    def _add(self, one: Attachment, small: QImage, note: str) -> None:
        if any(tile.attachment.sha256 == one.sha256 for tile in self.tiles):
            self._refuse(tr("“{0}”已经有了，没有再添加。").format(one.name))
            return
        self._pictures[one.sha256] = QPixmap.fromImage(small)
        self.tiles.append(self._tile(dataclasses.replace(one, id=new_id())))
        if note:
            self._refuse(tr("“{0}”：{1}。").format(one.name, note))
        self._sort()
        self.changed.emit()

    def _show_work(self, words: str) -> None:
        self._work.setText(words)
        self._work_row.show()

    def _end_work(self, refused: list[str]) -> None:
        self._work_row.hide()
        for sentence in refused:
            self._refuse(sentence)
        self.settled.emit()

    def _refuse(self, sentence: str) -> None:
        former = self._refused.text()
        self._refused.setText(f"{former}\n{sentence}" if former else sentence)
        self._refused_row.show()

    def _hush(self) -> None:
        self._refused.setText("")
        self._refused_row.hide()

    # ---- what stands in it ---------------------------------------------------------------------

    @property
    def entries(self) -> list[Attachment]:
        """The photos as they stand, with their captions."""
        return [tile.value() for tile in self.tiles]

    def _tile(self, one: Attachment) -> AttachmentTile:
        tile = AttachmentTile(one, self._form.desk)
        tile.setParent(self._grid_frame)
        tile.people = self._people
        tile.changed.connect(self.changed)
        tile.opened.connect(lambda: self._open(tile))
        tile.crossed.connect(lambda: self._take_off(tile))
        if one.sha256 in self._pictures:
            tile.show_picture(self._pictures[one.sha256])
        return tile

    def _sort(self) -> None:
        order = {one.id: at for at, one in enumerate(attachments.by_time(self.entries))}
        self.tiles.sort(key=lambda tile: order[tile.attachment.id])
        self._reshape()

    def _take_off(self, tile: AttachmentTile) -> None:
        at = self.tiles.index(tile)
        self.tiles.remove(tile)
        self._gone.append((tile.value(), tile.attachment.id))
        tile.hide()
        tile.deleteLater()
        self._reshape()
        near = self.tiles[min(at, len(self.tiles) - 1)].button if self.tiles else self.add_button
        near.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _put_back(self) -> None:
        for one, _ in self._gone:
            self.tiles.append(self._tile(one))
        self._gone.clear()
        self._sort()
        self.tiles[-1].button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _open(self, tile: AttachmentTile) -> None:
        viewer = PhotoViewer(self._operations, self.entries, self.tiles.index(tile), self.window())
        viewer.show()

    def _show(self, entries: Iterable[Attachment]) -> None:
        for tile in self.tiles:
            tile.hide()
            tile.deleteLater()
        self.tiles = [self._tile(one) for one in entries]
        self._sort()
        self._read_pictures()

    def _read_pictures(self) -> None:
        wanted = [t.attachment.sha256 for t in self.tiles]
        wanted = [sha256 for sha256 in wanted if sha256 not in self._pictures]
        if not wanted:
            return

        def job(ledger: Ledger) -> dict[str, QImage]:
            files = ledger.files()
            return {one: QImage.fromData(files.picture(one, THUMBNAIL)) for one in wanted}

        self._operations.read(job, self._show_pictures, slot=f"photos {id(self)}")

    def _show_pictures(self, found: dict[str, QImage]) -> None:
        self._pictures |= {sha256: QPixmap.fromImage(image) for sha256, image in found.items()}
        for tile in self.tiles:
            if tile.attachment.sha256 in found:
                tile.show_picture(self._pictures[tile.attachment.sha256])

    # ---- what the ledger holds -----------------------------------------------------------------

    def begin(self, record_id: str, *, is_new: bool) -> None:
        """The photos of that record; a new one has none."""
        self._intake.cancel()
        self._record = record_id
        self._before, self._known, self._people = {}, set(), ()
        self._gone.clear()
        self._hush()
        self._others.hide()
        self._show([])
        if not is_new:
            self._read()

    def _read(self) -> None:
        record = self._record

        def job(ledger: Ledger) -> _Read:
            return _Read(
                record,
                attachments.attached(ledger, record),
                attachments.people_of(ledger, record),
                attachments.in_parts(ledger, record),
            )

        self._operations.read(job, self._merge, slot=f"attached {id(self)}")

    def _merge(self, read: _Read) -> None:
        """Show what the ledger holds, and keep what was done here and isn't saved."""
        if read.record != self._record:
            return
        found, self._people = read.found, read.people
        self._others.setText(tr("另有{0}张在这次活动的问题、意见建议里").format(read.in_parts))
        self._others.setVisible(bool(read.in_parts))
        fresh = {one.id: one for one in found}
        kept: list[Attachment] = []
        for one in self.entries:
            former = self._before.get(one.id)
            if one.id in fresh:
                mine = former is None or one.caption != former.caption
                kept.append(one if mine else fresh[one.id])
            elif former is None and one.id not in self._known:
                kept.append(one)  # not saved yet
        here = {one.id for one in kept}
        kept += [one for one in found if one.id not in here and one.id not in self._known]
        self._before, self._known = fresh, set(fresh)
        if [(o.id, o.caption) for o in attachments.by_time(kept)] == [
            (o.id, o.caption) for o in self.entries
        ]:
            self._read_pictures()
        else:
            self._show(kept)
        for tile in self.tiles:
            tile.people = self._people
            tile.look()

    def _note_changes(self, changes: Changes) -> None:
        if Attachment.type.name in changes.types and not self._form.is_new:
            self._read()

    @property
    def is_busy(self) -> bool:
        """Whether pictures are being taken in."""
        return self._intake.is_busy

    @property
    def is_dirty(self) -> bool:
        """Whether photos came, went, or have other captions."""
        before = {one.id: one.caption for one in self._before.values()}
        return {one.id: one.caption for one in self.entries} != before

    def state(self) -> Any:
        """For a draft: the files are stored, their rows aren't."""
        fields = Attachment.type.fields
        return {
            "known": sorted(self._known),
            "entries": [
                {"id": one.id} | {f.name: f.kind.stored(getattr(one, f.name)) for f in fields}
                for one in self.entries
            ],
        }

    def set_state(self, state: Any) -> None:
        """From a draft."""
        self._known |= set(state["known"])
        self._show(_entry(one) for one in state["entries"])

    def reset(self) -> None:
        """As the ledger holds it."""
        self._intake.cancel()
        self._gone.clear()
        self._show(self._before.values())

    def writing(self) -> Callable[[Ledger], None]:
        """Save photos and captions."""
        # A new record's id may follow from what was typed, and is known only now.
        record = self._record = self._form.record_id
        before, after = dict(self._before), self.entries
        self._written = {one.id: one for one in after}
        title = tr("添加照片") if len(after) > len(before) else tr("修改照片")
        return lambda ledger: attachments.save(ledger, title, record, before, after)

    def restoring(self) -> Callable[[Ledger, Rows], None]:
        """The photos that went with the record."""
        of, record = self._form.of, self._record
        return lambda ledger, rows: attachments.restore_with(ledger, rows, of, record)

    def note_saved(self) -> None:
        """It is saved."""
        if self.is_dirty or self._gone:
            self._before = self._written
        self._known = set(self._before)
        self._gone.clear()
        self._reshape()


def _entry(state: dict[str, Any]) -> Attachment:
    known = Attachment.type.by_name
    loaded = {n: known[n].kind.load(v) for n, v in state.items() if n in known}
    return Attachment(id=state["id"], **loaded)
