"""Says where a paper was put, and offers to open it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.gui import messages
from desktop.gui.saved_file import open_path
from desktop.gui.translate import tr


class PaperMade(messages.Notice):
    """One file that was printed."""

    def __init__(self, name: str, path: Path, pages: int, parent: QWidget | None) -> None:
        """Offer to open it or its folder."""
        words = tr("{0}共 {1} 页：\n{2}").format(name, pages, path)
        super().__init__(tr("已生成"), words, parent=parent)
        self.path = path
        self.add_button(tr("打开文件"), lambda: open_path(path))
        self.add_button(tr("打开所在文件夹"), lambda: open_path(path.parent))
