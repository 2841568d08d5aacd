"""Where the files that ship beside the code are, in a source tree and in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(name: str) -> Path:
    """The path of a shipped file or folder, such as `fonts/GW-SongTi.ttf`.

    A program frozen by PyInstaller finds its data files under `sys._MEIPASS` (PyInstaller manual,
    "Run-time Information").
    """
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources" / name
