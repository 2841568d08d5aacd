"""Take photos and scans: each is decoded in a child process that may die without harm.

One child serves many pictures. It has limited memory (picture_child.py) and time, and is cancelled
by killing it; whatever happens to it becomes one sentence about that one picture.
"""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.core.errors import Cancelled, UserError
from desktop.jobs.picture_child import picture_of, receive, send
from desktop.ledger.ledger import Ledger
from desktop.records import Attachment
from desktop.sheets.reading import child_environment
from desktop.work.pictures import Picture, Rules, check_size, damaged

TIMEOUT = 60.0
Answer = tuple[dict[str, Any], list[bytes]]


@dataclass(frozen=True)
class Source:
    """A picture as somebody gives it: a file, or bytes off the clipboard."""

    name: str
    path: Path | None = None
    data: bytes = b""


class PictureTaker:
    """Holds the child; used by one thread, `cancel` by any."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        """The child starts with the first picture."""
        self._timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._working = False

    def take(self, source: Source, rules: Rules) -> Picture:
        """The picture, ready to be kept.

        Raises:
            UserError: it can't be kept, and why.
            Cancelled: `cancel` was called.
        """
        with self._lock:
            self._working = True
        try:
            return self._take(source, rules)
        finally:
            with self._lock:
                self._working = False
            if self._cancelled.is_set():
                self.close()

    def cancel(self) -> None:
        """Give up the picture that is being taken, and all that would follow."""
        with self._lock:
            self._cancelled.set()
            idle = not self._working
            if (process := self._process) is not None:
                process.kill()
        if idle:
            self.close()

    def close(self) -> None:
        """Let the child go."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.communicate()

    def _take(self, source: Source, rules: Rules) -> Picture:
        data = source.data if source.path is None else _read(source.path, source.name, rules)
        check_size(source.name, len(data), rules)
        answer = self._ask(source.name, data, rules)
        if self._cancelled.is_set():
            raise Cancelled("已取消。")
        if answer is None:
            self.close()
            raise damaged(source.name)
        about, parts = answer
        if "refused" in about:
            raise UserError(about["refused"])
        return picture_of(about, parts)

    def _ask(self, name: str, data: bytes, rules: Rules) -> Answer | None:
        if self._process is None or self._process.poll() is not None:
            self.close()
            started = _start()
            with self._lock:
                self._process = started
                if self._cancelled.is_set():
                    started.kill()
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(self._timeout, process.kill)
        timer.daemon = True
        timer.start()
        try:
            send(process.stdin, {"name": name, "rules": dataclasses.asdict(rules)}, data)
            answer = receive(process.stdout)
        except OSError:  # it died while it was spoken to
            answer = None
        finally:
            timer.cancel()
        return answer


def keep(ledger: Ledger, picture: Picture) -> Attachment:
    """Store the files, and give the row that names them; it is not saved yet."""
    files = ledger.files()
    at = ledger.now().isoformat(timespec="seconds")
    sha256 = files.store(picture.content, picture.name, added=at, pictures=picture.small)
    original = files.store(picture.original, picture.name, added=at) if picture.original else ""
    return Attachment(
        sha256=sha256,
        name=picture.name,
        media=picture.media,
        size=len(picture.content),
        width=picture.width,
        height=picture.height,
        taken=picture.taken,
        taken_at=picture.taken_at,
        original=original,
    )


def _read(path: Path, name: str, rules: Rules) -> bytes:
    try:
        check_size(name, path.stat().st_size, rules)
        with path.open("rb") as file:
            return file.read((rules.megabytes << 20) + 1)
    except OSError as error:
        why = "是文件夹" if path.is_dir() else "读不出来"
        raise UserError(
            f"「{name}」{why}，没有添加，别的都没有变。请确认文件还在、U盘没有拔掉，再试一次。"
        ) from error


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable]
    if not getattr(sys, "frozen", False):
        command += ["-m", "desktop"]
    return subprocess.Popen(
        [*command, "--pictures"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=child_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
