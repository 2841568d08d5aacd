"""The files of this repository, as the house rules see them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What .gitignore names; used where git can't tell.
_IGNORED = {".git", ".venv", "__pycache__", "build", "dist", "demo-output"}


def _git_lists() -> str | None:
    """What git lists; None in an unpacked archive, without git, or where git refuses."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return None
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return done.stdout.decode() if done.returncode == 0 else None


@cache
def files() -> tuple[Path, ...]:
    """All files that belong to the project, relative to ROOT: tracked, or new and not ignored."""
    listed = _git_lists()
    if listed is not None:
        found = {Path(name) for name in listed.split("\0") if name}
    else:
        found = {
            path
            for path in (p.relative_to(ROOT) for p in ROOT.rglob("*"))
            if not _IGNORED.intersection(path.parts)
            and not any(x.endswith((".egg-info", "_cache", ".hypothesis")) for x in path.parts)
        }
    return tuple(sorted(p for p in found if (ROOT / p).is_file()))


@cache
def text(path: Path) -> str | None:
    """The text of a file, or None if it is not text."""
    data = (ROOT / path).read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def none_of(found: Iterable[object]) -> None:
    """Fail with every finding on a line of its own."""
    lines = [" ".join(map(str, f)) if isinstance(f, tuple) else str(f) for f in found]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)
