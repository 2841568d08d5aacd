"""One photo or scan in a form: its picture, its caption, a cross."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui import frames, icons, theme
from desktop.gui.desk import Desk
from desktop.gui.editor import HintLine
from desktop.gui.editors import make_editor
from desktop.gui.translate import tr
from desktop.records import Attachment
from desktop.work.attachments import name_in
from desktop.work.picture_types import PDF


class PhotoButton(QPushButton):
    """The small picture; Enter and Space open it, Delete takes it off."""

    deleted = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.set_kind(self, "photo")
        self.setAutoDefault(False)
        self.setFixedSize(*theme.TILE)
        self.setIconSize(QSize(theme.TILE[0] - theme.XS, theme.TILE[1] - theme.XS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a picture."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class AttachmentTile(QWidget):
    """A photo or scan."""

    changed = Signal()
    opened = Signal()
    crossed = Signal()

    def __init__(self, attachment: Attachment, desk: Desk) -> None:
        """Without its picture yet."""
        super().__init__()
        self.attachment = attachment
        self.people: tuple[str, ...] = ()
        self.button = PhotoButton()
        self.button.setAccessibleName(tr("照片 {0}").format(attachment.name))
        self.button.setToolTip(_about(attachment))
        self.button.clicked.connect(lambda _on=False: self.opened.emit())
        self.button.deleted.connect(self.crossed)
        self.cross = frames.button("", self.crossed.emit, "flat")
        self.cross.setIcon(icons.icon("close", "quiet"))
        self.cross.setToolTip(tr("去掉（Delete）"))
        self.cross.setAccessibleName(tr("去掉 {0}").format(attachment.name))
        self.cross.setFixedWidth(theme.INPUT)
        self.caption = make_editor(Attachment.type.field("caption"), desk)
        line = self.caption.input()
        line.setMinimumWidth(0)
        line.setSizePolicy(QSizePolicy.Policy.Ignored, line.sizePolicy().verticalPolicy())
        self.caption.set_value(attachment.caption)
        self.caption.changed.connect(self._typed)
        self.caption.passed.connect(self.focusNextChild)
        self.mark = frames.label("", "soon", wrap=True)
        self.mark.hide()
        self.when = frames.label(_when(attachment), "small")
        below = frames.row(self.caption, self.cross, spacing=theme.XS)
        below.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.button)
        column.addLayout(below)
        column.addWidget(self.when)
        column.addWidget(self.mark)
        self.setFixedWidth(theme.TILE[0])
        self.show_picture(QPixmap())
        self.look()

    def stops(self) -> list[QWidget]:
        """Where Tab halts."""
        return [self.button, self.caption.input(), self.cross]

    def value(self) -> Attachment:
        """The photo with its caption."""
        return dataclasses.replace(self.attachment, caption=self.caption.value())

    def show_picture(self, picture: QPixmap) -> None:
        """Show the small picture; a photo whose file isn't here says so."""
        self.button.setText("" if not picture.isNull() else _kind(self.attachment))
        if not picture.isNull():
            ratio = self.devicePixelRatioF()
            scaled = picture.scaled(
                self.button.iconSize() * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            self.button.setIcon(QIcon(scaled))

    def look(self) -> None:
        """Mark a caption that names a citizen; it is kept all the same."""
        name = name_in(self.caption.value(), self.people)
        self.mark.setText(tr("说明里有群众姓名，请改掉") if name else "")
        self.mark.setVisible(bool(name))
        if isinstance(line := self.caption.input(), HintLine):
            line.set_hint("" if line.text() else tr("说明"))

    def _typed(self) -> None:
        self.look()
        self.changed.emit()


def _kind(one: Attachment) -> str:
    return "PDF" if one.media == PDF else tr("照片")


def _when(one: Attachment) -> str:
    day = f"{one.taken:%m-%d}" if one.taken else ""
    at = f"{one.taken_at:%H:%M}" if one.taken_at else ""
    return " ".join(filter(None, (day, at))) or (
        _kind(one) if one.media == PDF else tr("没有拍摄时间")
    )


def _about(one: Attachment) -> str:
    size = f"{one.width}×{one.height}" if one.width and one.height else ""
    weight = f"{(one.size or 0) / (1 << 20):.1f}MB"
    day = tr("拍摄于 {0}").format(one.taken) if one.taken else ""
    return "\n".join(filter(None, (one.name, " ".join(filter(None, (size, weight))), day)))
