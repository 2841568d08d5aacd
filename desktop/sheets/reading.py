"""Read a foreign file into plain cells, in a child process that may die without harm.

The child (child.py) has limited memory and time; it is cancelled by killing it. Whatever happens to
it becomes one sentence that names the file. Nothing is written anywhere while reading.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from desktop.core.errors import Cancelled, SheetProblem
from desktop.core.findings import Finding
from desktop.core.progress import Progress, Silent
from desktop.sheets.cells import Merge, SheetCells, Workbook, fill_merged
from desktop.sheets.file_type import check_file, refusal

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")
TIMEOUT = 300.0
_TICK = 0.1


def sheet_files(folder: Path) -> list[Path]:
    """All files under a folder that may hold ledgers, in the order of their names.

    Lock files that WPS and Office leave beside an open workbook (~$…, .~…) are no ledgers.
    """
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and not path.name.startswith(("~$", ".~", "."))
        and path.is_file()
    )


def read_workbook(
    path: Path, progress: Progress | None = None, *, timeout: float = TIMEOUT
) -> Workbook:
    """Read xlsx, xls, ods, csv or txt.

    Raises:
        SheetProblem: one sentence; nothing was taken from the file.
        Cancelled: from `progress`; the child is gone by then.
    """
    progress = progress or Silent()
    check_file(path)
    book = Workbook(path, path.name)
    done, total = 0, 0
    with tempfile.TemporaryFile() as errors, _child(path, errors) as (process, lines):
        until = time.monotonic() + timeout
        for line in _ticking(lines, until, path):
            if line is not None:
                part = json.loads(line, object_hook=_hook, parse_float=_number)
                if part is _END:
                    break
                rows, more = _take(part, book)
                done, total = done + rows, total + more
            progress.step(done, max(total, done), f"正在读取{path.name}")
        else:
            process.wait()
            raise _died(path)
    for sheet in book.sheets:
        fill_merged(sheet)
    return book


def child_command(path: Path) -> list[str]:
    """How to start the child, in a source tree and in a frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--read", str(path)]
    return [sys.executable, "-m", "desktop", "--read", str(path)]


def read_ahead(
    paths: Sequence[Path], progress: Progress | None = None
) -> Iterator[tuple[Path, Workbook | SheetProblem]]:
    """Read many files in order, the next one while the caller works on this one.

    Raises:
        Cancelled: from `progress`; no child is left behind.
    """
    stop = _Stop()
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="read-ahead") as pool:
        try:
            ahead = [pool.submit(_read_or_problem, path, stop) for path in paths[:2]]
            for index, path in enumerate(paths):
                if progress:
                    progress.step(index, len(paths), f"正在读取{path.name}")
                book = ahead.pop(0).result()
                ahead += [
                    pool.submit(_read_or_problem, next_, stop) for next_ in paths[index + 2 :][:1]
                ]
                yield path, book
        finally:
            stop.stopped.set()


def _read_or_problem(path: Path, progress: Progress) -> Workbook | SheetProblem:
    try:
        return read_workbook(path, progress)
    except SheetProblem as problem:
        return problem


class _Stop:
    """Progress that stops the reads ahead once nobody wants them any more."""

    def __init__(self) -> None:
        self.stopped = threading.Event()

    def step(self, done: int, total: int, words: str = "") -> None:
        if self.stopped.is_set():
            raise Cancelled


class _End:
    """Marks that the child said all it had to say."""


_END = _End()


@contextmanager
def _child(
    path: Path, errors: IO[bytes]
) -> Iterator[tuple[subprocess.Popen[bytes], queue.Queue[bytes | None]]]:
    """Run the child; a thread moves its lines into a queue, so that waiting can be interrupted."""
    lines: queue.Queue[bytes | None] = queue.Queue(maxsize=64)
    with subprocess.Popen(
        child_command(path.absolute()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=child_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        assert process.stdout is not None
        given_up = threading.Event()
        reader = threading.Thread(
            target=_pump, args=(process.stdout, lines, given_up), name="read-workbook", daemon=True
        )
        reader.start()
        try:
            yield process, lines
        finally:
            given_up.set()
            process.kill()
            while not lines.empty():
                lines.get_nowait()
            reader.join()


def _pump(stdout: IO[bytes], lines: queue.Queue[bytes | None], given_up: threading.Event) -> None:
    for line in stdout:
        if given_up.is_set():
            return
        lines.put(line)
    lines.put(None)


def child_environment() -> dict[str, str]:
    """The child finds the code wherever it runs from, and never sees the ledger's password."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SIXIA_")}
    root = str(Path(__file__).resolve().parents[2])
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, (root, kept.get("PYTHONPATH"))))
    return kept


def _ticking(lines: queue.Queue[bytes | None], until: float, path: Path) -> Iterator[bytes | None]:
    """Lines as they come, and None now and then so that Cancel is heard."""
    while True:
        try:
            line = lines.get(timeout=_TICK)
        except queue.Empty:
            if time.monotonic() > until:
                raise refusal(
                    path.name,
                    "读取时间过长，已停止",
                    "请在WPS中打开，只把有内容的部分复制到新表格，另存为.xlsx后再导入",
                ) from None
            yield None
            continue
        if line is None:
            return
        yield line


def _hook(part: dict[str, Any]) -> Any:
    """Turn the JSON objects of the child into values; see child.py for their forms."""
    if len(part) == 1:
        if "d" in part:
            return date.fromisoformat(part["d"])
        if "t" in part:
            return datetime.fromisoformat(part["t"])
        if "end" in part:
            return _END
        if "refused" in part:
            raise SheetProblem(part["refused"])
    return part


def _number(digits: str) -> int | float:
    """Whole numbers as int, except those too long for a double to hold for certain."""
    return int(digits[:-2]) if digits[-2:] == ".0" and len(digits) <= 17 else float(digits)


def _take(part: Any, book: Workbook) -> tuple[int, int]:
    """Put one part into the workbook; return the rows it brought and the rows it announced."""
    if isinstance(part, list):
        book.sheets[-1].rows.extend(part)
        return len(part), 0
    if "sheet" in part:
        name = part["sheet"]
        findings = [
            Finding(file=book.name, sheet=name, row=row, column=column, value=value, text=text)
            for row, column, value, text in part["findings"]
        ]
        if part["hidden"]:
            text = "这个工作表是隐藏的，已照常读取"
            findings.insert(0, Finding(file=book.name, sheet=name, text=text))
        merged = [Merge(*corners) for corners in part["merged"]]
        book.sheets.append(SheetCells(name, [], merged, findings, part["hidden"]))
    else:
        book.texts.extend(part["texts"])
        book.findings.extend(Finding(file=book.name, text=text) for text in part["notes"])
    return 0, part.get("rows", 0)


def _died(path: Path) -> SheetProblem:
    return refusal(
        path.name,
        "太大或结构异常，读取中途停止了",
        "请在WPS中打开，只把有内容的部分复制到新表格，另存为.xlsx后再导入",
    )
