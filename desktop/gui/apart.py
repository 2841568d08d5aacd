"""Work without an open ledger (trying a password, drawing a page), off the GUI thread."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.gui.operations import is_alive

T = TypeVar("T")

_Callbacks = tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None]]


class Apart(QObject):
    """Runs jobs one at a time on a thread of their own; results come back on the GUI thread."""

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Idle."""
        super().__init__(parent)
        self._waiting: deque[_Callbacks] = deque()
        self._results: deque[tuple[Any, Exception | None]] = deque()
        self._thread: threading.Thread | None = None
        self._arrived.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Queue a job."""
        self._waiting.append((job, then, failed))
        if self._thread is None:
            self._start()

    def drop_queued(self) -> None:
        """Forget what hasn't begun."""
        while len(self._waiting) > (1 if self._thread else 0):
            self._waiting.pop()

    def join(self) -> None:
        """Wait for the running job; its result is dropped."""
        self._waiting.clear()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _start(self) -> None:
        # The queue keeps the job until the GUI thread has its result (see operations.py).
        waiting, results, arrived = self._waiting, self._results, self._arrived

        def work() -> None:
            try:
                results.append((waiting[0][0](), None))
            except Exception as error:
                results.append((None, error))
            arrived.emit()

        self._thread = threading.Thread(target=work, name="apart", daemon=True)
        self._thread.start()

    def _settle(self) -> None:
        if self._thread is None or not self._results:
            return
        self._thread.join()
        self._thread = None
        value, error = self._results.popleft()
        _, then, failed = self._waiting.popleft()
        if self._waiting:
            self._start()
        if error is None:
            if is_alive(then):
                then(value)
        elif is_alive(failed):
            failed(error)
