"""Resources are found in the source tree and in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.paths import resource


def test_source_tree() -> None:
    assert resource("fonts/SHA256SUMS").is_file()


def test_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("fonts") == tmp_path / "resources" / "fonts"
