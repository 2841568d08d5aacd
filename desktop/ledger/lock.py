"""One program at a time writes a ledger: an OS lock on a file in its folder.

The lock goes with the process, so a crash leaves nothing to clean up.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.core.errors import LedgerProblem


class Lock:
    """Held from construction until `release`."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            LedgerProblem: another program holds it, or the folder can't be written.
        """
        try:
            self._fd = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise LedgerProblem(
                f"不能在文件夹 {folder.name} 里写入（{error.strerror}），没有改动。请检查权限。"
            ) from error
        try:
            _take(self._fd)
        except OSError as error:
            os.close(self._fd)
            raise LedgerProblem(
                "这本台账正被另一个窗口或程序使用，没有改动。请关掉那一个再打开。"
            ) from error

    def release(self) -> None:
        """Let others write."""
        os.close(self._fd)


if sys.platform == "win32":
    import msvcrt

    def _take(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
