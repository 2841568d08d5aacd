"""The program's own test passes, says what it did, and leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.jobs import self_test


@pytest.mark.long
def test_it_passes_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    home = os.environ["SIXIA_HOME"]
    said: list[str] = []
    self_test.self_test(said.append)
    assert [line.split("：")[1] for line in said] == ["通过"] * 4
    assert os.environ["SIXIA_HOME"] == home
    assert not list(tmp_path.glob("sixia-*"))
