"""A report: its pages as they will print, the check sheet beside it, and the PDF.

Pages are drawn away from the GUI thread, and only those that one looks at: a county's year may have
hundreds.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.progress import Progress
from desktop.gui import frames, messages, theme
from desktop.gui.apart import Apart
from desktop.gui.operations import Operations
from desktop.gui.period import Period
from desktop.gui.saved_file import ask_path, open_path
from desktop.gui.translate import tr
from desktop.jobs.make_report import Made, make_report
from desktop.ledger.ledger import Ledger

_SUMMARY = "summary"
_POINTS_WIDE = 595.0  # A4, 210 mm in points
_POINTS_HIGH = 842.0


class ReportPane(QWidget):
    """Preview of the summary and of its check sheet."""

    closed = Signal()

    def __init__(self, operations: Operations) -> None:
        """Nothing made yet."""
        super().__init__()
        self._operations = operations
        self._folder = Path()
        self._made: Made | None = None
        self._asked: tuple[Period, str, str] | None = None
        self.pages = PageView()
        self._words = frames.label("", "quiet", wrap=True)
        self._which = QButtonGroup(self)
        tabs: list[QWidget | int | None] = []
        for at, words in enumerate((tr("工作总结"), tr("数据核对单（内部）"))):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setChecked(at == 0)
            theme.set_kind(button, "tab")
            self._which.addButton(button, at)
            tabs.append(button)
        self._which.idClicked.connect(lambda _i: self._show_pages())
        self._back = frames.button(tr("返回统计"), self.closed.emit, "flat")
        self._folder_button = frames.button(tr("打开所在文件夹"), self._open_folder, "link")
        self._file_button = frames.button(tr("打开文件"), self._open_file, "link")
        line = frames.row(
            self._back, *tabs, theme.M, self._words, None, self._file_button, self._folder_button
        )
        line.setContentsMargins(theme.S, theme.XS, theme.L, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(frames.line())
        column.addWidget(self.pages, 1)
        self._offer(None)

    def preview(self, period: Period, office: str, whose: str) -> None:
        """Make the report in a folder of the system that goes away, and show it."""
        folder = Path(tempfile.mkdtemp(prefix="sixia-"))
        self._offer(None)
        self._words.setText(tr("正在生成……"))
        self.pages.forget()
        self._run(period, office, whose, folder / "preview.pdf", self._show_preview)

    def make(self, period: Period, office: str, whose: str) -> None:
        """Ask where to, make the report there, and say where it is."""
        name = f"{whose}{period.words}{tr('工作总结')}"
        out = ask_path(self.window(), tr("生成工作总结"), name, folder=self._folder)
        if out is not None:
            self._run(period, office, whose, out, self._show_made)

    def _run(self, period: Period, office: str, whose: str, out: Path, then: Any) -> None:
        self._asked = (period, office, whose)

        def job(ledger: Ledger, progress: Progress) -> Made:
            return make_report(ledger, _SUMMARY, period.first, period.last, office, out, progress)

        self._operations.study(tr("正在生成工作总结"), job, then, self._fail, slot="report")

    def _fail(self, error: Exception) -> None:
        self._words.setText(tr("没有生成。"))
        messages.show(error, self.window())

    def _show_preview(self, made: Made) -> None:
        self._made = made
        self._say()
        self._show_pages()

    def _show_made(self, made: Made) -> None:
        self._folder = made.path.parent
        dialog = MadeDialog(made, self.window())
        dialog.open()
        if self.isVisible():
            self._made = made
            self._say()
            self._offer(made)
            self._show_pages()

    def _say(self) -> None:
        if self._made is not None and self._asked is not None:
            period, _, whose = self._asked
            words = tr("{0} · {1} · 共 {2} 页")
            self._words.setText(words.format(whose, period.words, self._made.pages))

    def _offer(self, made: Made | None) -> None:
        for button in (self._folder_button, self._file_button):
            button.setVisible(made is not None)

    def _show_pages(self) -> None:
        if self._made is not None:
            both = (self._made.path, self._made.checksheet)
            self.pages.show_file(both[self._which.checkedId()])

    def _open_folder(self) -> None:
        if self._made is not None:
            open_path(self._made.path.parent)

    def _open_file(self) -> None:
        if self._made is not None:
            open_path(self._made.path)


class MadeDialog(messages.Notice):
    """Says where the report is."""

    def __init__(self, made: Made, parent: QWidget | None) -> None:
        """Offer to open it."""
        words = tr("工作总结共 {0} 页，数据核对单在旁边，只供内部核对：\n{1}\n{2}")
        super().__init__(
            tr("已生成"),
            words.format(made.pages, made.path, made.checksheet.name),
            parent=parent,
        )
        self.add_button(tr("打开文件"), lambda: open_path(made.path))
        self.add_button(tr("打开所在文件夹"), lambda: open_path(made.path.parent))


class PageView(QWidget):
    """The pages of a PDF, one below the other."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._apart = Apart(self)
        self._file = Path()
        self._labels: list[QLabel] = []
        self._drawn: dict[int, float] = {}
        self._inner = QWidget()
        theme.set_kind(self._inner, "ground")
        self._column = frames.column(spacing=theme.L)
        self._column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self._inner.setLayout(self._column)
        self._area = frames.scrolling(self._inner)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._area.verticalScrollBar().valueChanged.connect(lambda _v: self._soon.start())
        self._soon.timeout.connect(self._draw)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def forget(self) -> None:
        """Show nothing."""
        self._file = Path()
        self._labels, self._drawn = [], {}
        frames.empty(self._column)

    def show_file(self, path: Path) -> None:
        """Show a PDF."""
        from desktop.reports.preview import page_count

        self.forget()
        self._file = path
        self._apart.drop_queued()
        self._apart.run(lambda: page_count(path), lambda n: self._lay_out(path, n), messages.show)

    def _lay_out(self, path: Path, pages: int) -> None:
        if path != self._file:
            return
        for _ in range(pages):
            label = QLabel()
            label.setFrameShape(QFrame.Shape.NoFrame)
            theme.set_kind(label, "page")
            self._labels.append(label)
            self._column.addLayout(frames.row(None, label, None))
        self._column.addStretch(1)
        self._size()
        self._soon.start()

    def resizeEvent(self, event: Any) -> None:
        """Pages as wide as there is room for."""
        super().resizeEvent(event)
        self._size()
        self._soon.start()

    def _width(self) -> int:
        return max(min(self.width() - 4 * theme.XL, theme.PAGE), theme.SIDE)

    def _size(self) -> None:
        width = self._width()
        for label in self._labels:
            label.setFixedSize(width, round(width * _POINTS_HIGH / _POINTS_WIDE))

    def _draw(self) -> None:
        from desktop.reports.preview import page_image

        scale = self._width() / _POINTS_WIDE * self.devicePixelRatioF()
        top = self._area.verticalScrollBar().value() - self.height()
        bottom = top + 3 * self.height()
        self._apart.drop_queued()
        path = self._file
        for at, label in enumerate(self._labels):
            y = label.mapTo(self._inner, label.rect().topLeft()).y()
            if y + label.height() < top or y > bottom or self._drawn.get(at) == scale:
                continue

            def draw(at: int = at) -> tuple[int, QImage]:
                picture = page_image(path, at, scale).convert("RGB")
                image = QImage(
                    picture.tobytes(),
                    picture.width,
                    picture.height,
                    3 * picture.width,
                    QImage.Format.Format_RGB888,
                )
                return at, image.copy()

            self._apart.run(draw, lambda drawn: self._take(path, scale, *drawn), messages.show)

    def _take(self, path: Path, scale: float, at: int, image: QImage) -> None:
        if path != self._file or at >= len(self._labels):
            return
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._labels[at].setPixmap(picture)
        self._drawn[at] = scale
