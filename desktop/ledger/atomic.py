"""Writing a small file so that it is either the old one or the new one, never half of each.

Temporary file in the same folder, fsync, os.replace, fsync of the folder: the order that a power
cut needs (T. Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014).
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path

# On Windows a virus scanner or the search indexer may hold a file for a moment: os.replace then
# raises PermissionError, which goes away by itself.
TRIES = 5
FIRST_PAUSE = 0.05


def write_bytes(
    path: Path,
    data: bytes,
    *,
    replace: Callable[[Path, Path], None] = os.replace,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Put `data` in place of `path`; on any error the old file stays as it was.

    Args:
        path: the file; its folder exists.
        data: the whole new content.
        replace: what puts the new file in place (tests hand in one that fails).
        pause: what waits between tries (tests hand in one that doesn't).

    Raises:
        OSError: no space, no right to write, or the file stays held by another program.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        _replace_patiently(temporary, path, replace, pause)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in the folder durable, where the system can do that (Windows can't)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some FUSE and network file systems don't know fsync of a folder: fsync(2), EINVAL.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):
            raise
    finally:
        os.close(descriptor)


def _replace_patiently(
    source: Path,
    target: Path,
    replace: Callable[[Path, Path], None],
    pause: Callable[[float], None],
) -> None:
    for turn in range(TRIES):
        try:
            replace(source, target)
            return
        except PermissionError:
            if turn == TRIES - 1:
                raise
            pause(FIRST_PAUSE * 2**turn)
