"""desktop/ledger/atomic.py: the old file or the new one, nothing else in the folder."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop.ledger import atomic


def test_new_file(tmp_path: Path) -> None:
    atomic.write_bytes(tmp_path / "台账.json", b"one")
    assert (tmp_path / "台账.json").read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["台账.json"]


def test_replaces(tmp_path: Path) -> None:
    file = tmp_path / "a"
    atomic.write_bytes(file, b"one, longer")
    atomic.write_bytes(file, b"two")
    assert file.read_bytes() == b"two"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_mode_stays(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"")
    file.chmod(0o640)
    atomic.write_bytes(file, b"two")
    assert file.stat().st_mode & 0o777 == 0o640


def test_held_for_a_moment(tmp_path: Path) -> None:
    pauses: list[float] = []
    tries = iter([PermissionError(), PermissionError(), PermissionError(), PermissionError(), None])

    def replace(source: Path, target: Path) -> None:
        if (problem := next(tries)) is not None:
            raise problem
        os.replace(source, target)

    atomic.write_bytes(tmp_path / "a", b"x", replace=replace, pause=pauses.append)
    assert (tmp_path / "a").read_bytes() == b"x"
    assert len(pauses) == 4
    assert pauses == sorted(pauses)


def test_held_for_ever_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    calls: list[int] = []

    def replace(source: Path, target: Path) -> None:
        calls.append(1)
        raise PermissionError(errno.EACCES, "held")

    with pytest.raises(PermissionError):
        atomic.write_bytes(file, b"new", replace=replace, pause=lambda _: None)
    assert len(calls) == atomic.TRIES == 5
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_other_errors_are_not_tried_again(tmp_path: Path) -> None:
    def replace(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    def pause(seconds: float) -> None:
        pytest.fail("waited")

    with pytest.raises(OSError, match="full"):
        atomic.write_bytes(tmp_path / "a", b"new", replace=replace, pause=pause)
    assert os.listdir(tmp_path) == []


def test_on_disk_before_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order matters, not only the calls: data, name, folder."""
    order: list[str] = []
    real_sync = os.fsync

    def sync(descriptor: int) -> None:
        real_sync(descriptor)
        order.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")

    def replace(source: Path, target: Path) -> None:
        assert source.read_bytes() == b"x"
        os.replace(source, target)
        order.append("name")

    monkeypatch.setattr(os, "fsync", sync)
    atomic.write_bytes(tmp_path / "a", b"x", replace=replace)
    if os.path.isdir("/proc/self/fd"):
        assert order == ["file", "name", "folder"]


@pytest.mark.skipif(not hasattr(os, "O_DIRECTORY"), reason="no folder can be synced here")
def test_folder_that_cannot_be_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sync(descriptor: int) -> None:
        raise OSError(error, "disk")

    monkeypatch.setattr(os, "fsync", sync)
    error = errno.EINVAL
    atomic.sync_folder(tmp_path)
    error = errno.EIO
    with pytest.raises(OSError, match="disk"):
        atomic.sync_folder(tmp_path)


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        atomic.write_bytes(tmp_path / "no" / "a", b"x")
