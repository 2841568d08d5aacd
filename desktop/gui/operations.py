"""Work off the GUI thread: one thread writes, one answers at once, one later, one at length.

Jobs go in as functions of a `Ledger`; what they give comes back as a call on the GUI thread. Why it
is built as it is:

- A thread never holds the last reference to a job or a callback, since dropping that might destroy
  a widget away from the GUI thread, which crashes (novelWriter#2926, winpodx#676). They stay in
  `Operations._waiting` until the GUI thread has seen the result.
- One signal object, owned by the GUI thread, carries everything back; a job owns none.
- Two connections that read and then write under WAL get "database is locked" at once: one writer.
- A list that was asked for again doesn't wait for the former answer: that SQL is interrupted.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from desktop.core.changes import Changes
from desktop.core.errors import Cancelled
from desktop.core.progress import Progress
from desktop.gui import messages

if TYPE_CHECKING:  # opening a ledger is imported after the first window was painted
    from desktop.ledger.ledger import Ledger

T = TypeVar("T")

log = logging.getLogger(__name__)

_BETWEEN_LOOKS = 20_000  # SQLite's steps, about a millisecond
_BETWEEN_STEPS = 0.05  # seconds; an import counts 100,000 rows, a person sees 20 changes a second


@dataclass
class _Waiting:
    """A job on its way, with what is to be called on the GUI thread."""

    job: Callable[..., Any]
    then: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    title: str = ""
    slot: str = ""
    short: bool = False  # a question that is answered at once: no progress


@dataclass
class _Result:
    """What became of a job."""

    number: int
    value: Any = None
    error: Exception | None = None
    changes: Changes | None = None


class Operations(QObject):
    """The ledger's threads, as the window sees them. Call its methods on the GUI thread only."""

    changed = Signal(object)  # Changes: once per committed operation
    progressed = Signal(str, int, int)  # words, done, total; idle: "", 0, 0
    _arrived = Signal()

    def __init__(self, ledger: Ledger, parent: QObject | None = None) -> None:
        """Take over an open ledger that may write; it is closed by `close`."""
        super().__init__(parent)
        self._waiting: dict[int, _Waiting] = {}
        self._results: deque[_Result] = deque()
        self._slots: dict[str, int] = {}
        self._number = 0
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        ledger.committed.clear()  # what was written before there was a window is old news
        self._writer = _Lane(
            "writer", self._waiting, ledger.reader, self._arrive, self._say, ledger
        )
        self._reader = _Lane("reader", self._waiting, ledger.reader, self._arrive, self._say)
        self._later = _Lane("later", self._waiting, ledger.reader, self._arrive, self._say)
        self._student = _Lane("student", self._waiting, ledger.reader, self._arrive, self._say)
        self._writer.start()
        self._reader.start()

    # ---- what screens and forms call -----------------------------------------------------------

    def write(
        self,
        title: str,
        job: Callable[[Ledger, Progress], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Queue work that writes; the job opens `ledger.write(...)` itself.

        Args:
            title: what is going on, in the clerk's words; stands in the status bar meanwhile.
            job: runs on the writer thread.
            then: gets what the job returned, on the GUI thread; not called if its widget is gone.
            failed: gets what the job raised; by default the person is told (`messages.show`).
        """
        self._writer.put(self._keep(_Waiting(job, then, failed, title)))

    def read(
        self,
        job: Callable[[Ledger], T],
        then: Callable[[T], None],
        *,
        slot: str = "",
        late: bool = False,
    ) -> None:
        """Queue a short question; a newer one of the same slot supersedes it.

        `late` ones (how many there are of a million, the end of a long list) have a thread of their
        own, so that what a person looks at never waits for them.
        """
        if late:
            self._later.start()
        lane = self._later if late else self._reader
        self._ask(lane, _Waiting(job, then, None, slot=slot, short=True))

    def study(
        self,
        title: str,
        job: Callable[[Ledger, Progress], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        slot: str = "",
    ) -> None:
        """Queue long work that only reads (figures, a report), beside saving and lists."""
        self._student.start()
        self._ask(self._student, _Waiting(job, then, failed, title, slot))

    def drop(self, slot: str) -> None:
        """Give up the question of a slot; its answer is no longer wanted."""
        former = self._slots.pop(slot, None)
        if former in self._waiting:
            for lane in (self._reader, self._later, self._student):
                if former in lane.numbers:
                    lane.interrupt(former)

    def cancel(self) -> None:
        """Make the next `progress.step` of the running work raise Cancelled."""
        for lane in (self._writer, self._student):
            lane.cancelled.set()

    @property
    def busy(self) -> str:
        """The title of work that writes and isn't done; '' if there is none."""
        titles = (w.title for n, w in self._waiting.items() if n in self._writer.numbers)
        return next(titles, "")

    def close(self) -> None:
        """Finish what is queued for writing, join the threads, close the ledgers."""
        if self._closed:
            return
        self._closed = True
        for lane in (self._student, self._later, self._reader):
            lane.abandon()
        for lane in (self._student, self._later, self._reader, self._writer):
            lane.join()
        while self._results:
            self._deliver()
        self._waiting.clear()

    # ---- how it is done ------------------------------------------------------------------------

    def _keep(self, waiting: _Waiting) -> int:
        self._number += 1
        self._waiting[self._number] = waiting
        return self._number

    def _ask(self, lane: _Lane, waiting: _Waiting) -> None:
        if self._closed:
            return
        number = self._keep(waiting)
        if waiting.slot:
            former = self._slots.get(waiting.slot)
            self._slots[waiting.slot] = number
            if former in self._waiting:
                for one in (self._reader, self._later, self._student):
                    if former in one.numbers:
                        one.interrupt(former)
        lane.put(number)

    def _arrive(self, result: _Result) -> None:
        # On the lane's thread; the queued signal takes it from there.
        self._results.append(result)
        self._arrived.emit()

    def _say(self, words: str, done: int, total: int) -> None:
        self.progressed.emit(words, done, total)

    def _deliver(self) -> None:
        # One for each signal: taken with an earlier one, work would be over before its own words
        # of progress come, and these would stay in the status line for good.
        if self._results:
            self._settle(self._results.popleft())

    def _settle(self, result: _Result) -> None:
        waiting = self._waiting.pop(result.number, None)
        if waiting is None:
            return
        if result.changes is not None:
            self._reader.stale.set()
            self._later.stale.set()
            self._student.stale.set()
            self.changed.emit(result.changes)
        if waiting.title:
            self.progressed.emit("", 0, 0)
        if waiting.slot:
            if self._slots.get(waiting.slot) != result.number:
                return
            del self._slots[waiting.slot]
        if result.error is None:
            if waiting.then and is_alive(waiting.then):
                waiting.then(result.value)
        elif waiting.failed:
            if is_alive(waiting.failed):
                waiting.failed(result.error)
        elif not isinstance(result.error, Cancelled) and not self._closed:
            messages.show(result.error)


class _Lane:
    """One thread with its queue and its ledger."""

    def __init__(
        self,
        name: str,
        waiting: Mapping[int, _Waiting],
        opened: Callable[[], Ledger],
        arrive: Callable[[_Result], None],
        say: Callable[[str, int, int], None],
        ledger: Ledger | None = None,
    ) -> None:
        """`opened` opens the lane's ledger when it is first needed, if it isn't given one."""
        self.cancelled = threading.Event()
        self.stale = threading.Event()
        self.numbers: set[int] = set()
        self._name = name
        self._waiting = waiting
        self._opened = opened
        self._arrive = arrive
        self._say = say
        self._queue: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running = 0
        self._dropped: set[int] = set()
        self._ledger = ledger
        self._thread: threading.Thread | None = None

    # on the GUI thread

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def put(self, number: int) -> None:
        self.numbers.add(number)
        self._queue.put(number)

    def interrupt(self, number: int) -> None:
        """Give up one job: not begun, between two questions, or in the middle of one."""
        with self._lock:
            self._dropped.add(number)
            if self._running == number:
                self.cancelled.set()

    def abandon(self) -> None:
        """Give up everything that is queued or running."""
        for number in tuple(self.numbers):
            self.interrupt(number)

    def join(self) -> None:
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join()
        if self._ledger is not None:
            self._ledger.close()

    # on its own thread

    def _run(self) -> None:
        while (number := self._queue.get()) is not None:
            with self._lock:
                dropped = number in self._dropped
                self._running = number
                self.cancelled.clear()
            result = _Result(number, error=Cancelled("")) if dropped else self._do(number)
            with self._lock:
                self._running = 0
                self._dropped.discard(number)
            self.numbers.discard(number)
            self._arrive(result)

    def _do(self, number: int) -> _Result:
        result = _Result(number)
        try:
            with self._using() as ledger:
                # No local name for the job: the dictionary must hold the last reference.
                waiting = self._waiting
                if waiting[number].short:
                    result.value = waiting[number].job(ledger)
                else:
                    progress = _Steps(self.cancelled, self._say, waiting[number].title)
                    result.value = waiting[number].job(ledger, progress)
        except Exception as error:
            result.error = _told(error)
        if self._ledger is not None and self._ledger.committed:
            done, self._ledger.committed = self._ledger.committed, []
            result.changes = together(done)
        return result

    @contextlib.contextmanager
    def _using(self) -> Iterator[Ledger]:
        if self._ledger is None:
            self._ledger = self._opened()
            # Asked by SQLite itself while it works. interrupt() from another thread would be lost
            # if it came a moment before the SQL began.
            watch = self._ledger.db.conn.set_progress_handler
            watch(lambda: self._running in self._dropped, _BETWEEN_LOOKS)
        if self.stale.is_set():
            self.stale.clear()
            self._ledger.titles.forget()
        yield self._ledger


class _Steps:
    """Progress of one job: says so in the window, learns of Cancel."""

    def __init__(
        self, cancelled: threading.Event, say: Callable[[str, int, int], None], title: str
    ) -> None:
        self._cancelled = cancelled
        self._say = say
        self._title = title
        self._said = 0.0
        self.step(0, 0)

    def step(self, done: int, total: int, words: str = "") -> None:
        if self._cancelled.is_set():
            raise Cancelled("已取消。")
        now = time.monotonic()
        if now - self._said >= _BETWEEN_STEPS and (words or self._title):
            self._said = now
            self._say(words or self._title, done, total)


def together(changes: list[Changes]) -> Changes:
    """Several operations of one job as one."""
    return Changes(
        changes[-1].counter,
        frozenset().union(*(c.ids for c in changes)),
        frozenset().union(*(c.types for c in changes)),
    )


def is_alive(callback: Callable[..., Any]) -> bool:
    """Whether no widget that the callback, or one within it, belongs to or speaks of is gone."""
    waiting: list[Any] = [callback]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        cells = getattr(one, "__closure__", None) or ()
        held = [getattr(one, "__self__", None), *map(_content, cells), *getattr(one, "args", ())]
        if any(isinstance(x, QObject) and not shiboken6.isValid(x) for x in held):
            return False
        held.append(getattr(one, "func", None))  # functools.partial
        waiting += [x for x in held if isinstance(x, FunctionType | MethodType | partial)]
    return True


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # an empty cell
        return None


def _told(error: Exception) -> Exception:
    """The error with its traceback as text, so that no frame (and no widget in it) lives on."""
    import traceback

    error.__notes__ = [*getattr(error, "__notes__", []), "".join(traceback.format_exception(error))]
    error.__traceback__ = error.__context__ = error.__cause__ = None
    return error
