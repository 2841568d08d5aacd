"""Says where a paper was put, and offers to open it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.gui import messages
from desktop.gui.translate import tr


class PaperMade(messages.Notice):
    """One file that was printed."""

    def __init__(self, name: str, path: Path, pages: int, parent: QWidget | None) -> None:
        """Offer to open it or its folder."""
        words = tr("{0}共 {1} 页：\n{2}").format(name, pages, path)
        super().__init__(tr("已生成"), words, parent=parent)
        self.path = path
        self.add_button(tr("打开文件"), lambda: _open(path))
        self.add_button(tr("打开所在文件夹"), lambda: _open(path.parent))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
