"""The process that reads one foreign file and dies: `--read FILE` on the command line.

A broken or hostile workbook can take gigabytes, hang, or abort the whole process inside of the
native reader, and reading holds the interpreter's lock; so it happens here, with limited memory,
and the window lives on. The result leaves through stdout as one JSON document a line (measured as
fast as marshal, and safe to load): the workbook, each sheet followed by lists of its rows, the end;
or a problem. A result without its end was cut short. Imports stay few: starting up is most of the
time for a small ledger.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from desktop.core.errors import SheetProblem
from desktop.sheets.csv_text import read_csv
from desktop.sheets.file_type import damaged, file_type, locked, refusal

MEMORY = 2 << 30
MOST_CELLS = 8_000_000
_ROWS_A_LINE = 2000
_SUFFIXES = {"xlsx": (".xlsx", ".xlsm"), "xls": (".xls", ".et"), "ods": (".ods",)}


def main(argv: list[str]) -> int:
    """Read `argv[-1]` and write the result to stdout; 0 also for a file that was refused."""
    path = Path(argv[-1])
    limit_memory()
    with os.fdopen(os.dup(1), "wb") as out:
        try:
            for part in _parts(path):
                _put(out, part)
            _put(out, {"end": True})
        except SheetProblem as problem:
            _put(out, {"refused": str(problem)})
        except MemoryError:
            _put(out, {"refused": str(too_large(path.name))})
        out.flush()
    return 0


def too_large(name: str) -> SheetProblem:
    """The sentence for a file that needs more memory than it may have."""
    return refusal(
        name,
        "太大或结构异常，读取时内存不够",
        "请在WPS中打开，只把有内容的部分复制到新表格，另存为.xlsx后再导入",
    )


def limit_memory() -> None:
    """Let this process have no more than `MEMORY`."""
    if sys.platform == "win32":
        return  # No such limit there; the look at the cell references has to do.
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    # A system that doesn't know this limit says so here; the other checks remain.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _put(out: IO[bytes], part: object) -> None:
    out.write(json.dumps(part, ensure_ascii=False, default=_plain).encode("utf-8", "replace"))
    out.write(b"\n")


def _plain(value: object) -> object:
    """Dates go as {"d": ISO}; a time of day or a duration as its words."""
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    return {"d": value.isoformat()} if isinstance(value, date) else str(value)


def _parts(path: Path) -> Iterator[object]:
    kind = file_type(path)
    if kind == "text":
        rows, notes = read_csv(path)
        yield {"texts": [], "notes": notes, "rows": len(rows)}
        yield {"sheet": path.stem, "hidden": False, "merged": [], "findings": []}
        yield from _lines(iter(rows))
    else:
        yield from _workbook(path, kind)


def _workbook(path: Path, kind: str) -> Iterator[object]:
    import python_calamine as calamine

    merged: dict[str, list[tuple[int, int, int, int]]] = {}
    findings: dict[str, list[Any]] = {}
    texts: list[str] = []
    if kind == "xlsx":
        from desktop.sheets.xlsx_scan import scan_xlsx

        scan = scan_xlsx(path)
        findings, texts = dict(scan.sheets), scan.texts
    elif kind == "ods":
        from desktop.sheets.ods_scan import scan_ods

        for name, sheet in scan_ods(path).items():
            merged[name], findings[name] = sheet.merged, list(sheet.findings)
    try:
        with _opened(path, kind) as book:
            yield {"texts": texts, "notes": _misnamed(path, kind), "rows": 0}
            for about in book.sheets_metadata:
                if about.typ == calamine.SheetTypeEnum.WorkSheet:
                    found = book.get_sheet_by_name(about.name)
                    ranges = found.merged_cell_ranges
                    yield {
                        "sheet": about.name,
                        "hidden": about.visible != calamine.SheetVisibleEnum.Visible,
                        "merged": merged.get(about.name, [])
                        if ranges is None
                        else [(*start, *end) for start, end in ranges],
                        "findings": findings.get(about.name, []),
                        "rows": _height(path.name, found),
                    }
                    yield from _lines(_rows(found))
    except calamine.PasswordError:
        raise locked(path.name) from None
    except (calamine.CalamineError, OSError, ValueError, EOFError):
        raise damaged(path.name) from None


def _opened(path: Path, kind: str) -> Any:
    """Open by content: the reader goes by the name where it is given one."""
    import python_calamine as calamine

    if path.suffix.lower() in _SUFFIXES[kind]:
        return calamine.CalamineWorkbook.from_path(str(path))
    with path.open("rb") as file:
        return calamine.CalamineWorkbook.from_filelike(file)


def _misnamed(path: Path, kind: str) -> list[str]:
    if path.suffix.lower() in _SUFFIXES[kind]:
        return []
    names = {"xlsx": "新版工作簿（.xlsx）", "xls": "旧版工作簿（.xls）", "ods": "ODS表格（.ods）"}
    return [f"扩展名是{path.suffix or '空的'}，内容其实是{names[kind]}，已按内容读取"]


def _height(name: str, sheet: Any) -> int:
    if sheet.end is None:
        return 0
    rows, columns = sheet.end[0] + 1, sheet.end[1] + 1
    if rows * columns > MOST_CELLS:
        raise too_large(name)
    return int(rows)


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """Rows from the first of the sheet on, blank ones as []."""
    # By default the reader leaves out the blank rows and columns at the start.
    for row in sheet.to_python(skip_empty_area=False):
        yield row if any(row) or any(value != "" for value in row) else []


def _lines(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    line: list[list[Any]] = []
    for row in rows:
        line.append(row)
        if len(line) == _ROWS_A_LINE:
            yield line
            line = []
    if line:
        yield line
