"""A file that is written outside the ledger: where to, and opening it afterwards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.gui.translate import tr

_NOWHERE = Path()


def ask_path(
    window: QWidget, title: str, name: str, *, ending: str = ".pdf", folder: Path = _NOWHERE
) -> Path | None:
    """Ask where to put a file, beginning in the home folder or the one used last; None for no."""
    kinds = tr("Excel 表格 (*.xlsx)") if ending == ".xlsx" else tr("PDF 文件 (*.pdf)")
    start = (folder if folder.name else Path.home()) / f"{name}{ending}".replace("/", "-")
    chosen, _ = QFileDialog.getSaveFileName(window, title, str(start), kinds)
    return Path(chosen).with_suffix(ending) if chosen else None


def open_path(path: Path) -> None:
    """Open a file, or a folder, with what the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
