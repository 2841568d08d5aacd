"""Makes ledgers as clerks keep them: rows by column key, as xlsx, csv or OpenDocument."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.core.ledger_kinds import LedgerKind
from desktop.records.ledgers import LEDGER_KINDS
from tests.unit.sheets.foreign import ods, ods_cell, xlsx

KINDS = {kind.name: kind for kind in LEDGER_KINDS}
Rows = Sequence[Mapping[str, Any]]

LECTURE = {
    "date": "2023-03-05",
    "leader": "康建玥",
    "rank": "乡科级正职",
    "place": "小寨村",
    "theme": "移风易俗",
    "form": "座谈会",
    "heads": "30",
}
VISIT = {
    "date": "2023-03-05",
    "leader": "康建玥",
    "rank": "乡科级正职",
    "place": "小寨村",
    "name": "王大山",
    "phone": "19900004865",
    "people": "1",
    "category": "城乡建设",
    "matter": "物业收费与服务不符",
    "outcome": "现场答复",
}
ONSITE = {
    "date": "2023-03-05",
    "leader": "康建玥",
    "rank": "乡科级正职",
    "place": "小寨村",
    "title": "手机信号弱",
    "decision": "否",
    "unit": "县水利局",
    "due": "2023-04-05",
    "status": "推进中",
}
SUGGESTION = {
    "date": "2023-03-05",
    "name": "群众",
    "channel": "座谈会",
    "kind": "交通出行",
    "content": "增开赶集班车",
    "adoption": "采纳",
    "place": "小寨村",
}


def book(
    path: Path,
    kind: str,
    rows: Rows,
    *,
    above: Sequence[Sequence[Any]] = (),
    titles: Mapping[str, str] | None = None,
    encoding: str = "utf-8-sig",
) -> Path:
    """One ledger; the file's name says its format.

    Args:
        path: where it goes.
        kind: name of the kind of ledger.
        rows: {column key: cell}; the required columns stand in the header in any case.
        above: rows above the header.
        titles: other header words by column key.
        encoding: of a csv.
    """
    return write(path, [*above, *grid(KINDS[kind], rows, titles or {})], encoding)


def grid(kind: LedgerKind, rows: Rows, titles: Mapping[str, str]) -> list[list[Any]]:
    """Header and rows; keys that the kind does not know become columns of that title."""
    used = [c.key for c in kind.columns if c.required or any(c.key in row for row in rows)]
    used += dict.fromkeys(k for row in rows for k in row if k not in used)
    known = {c.key: c.titles[0] for c in kind.columns} | dict(titles)
    return [[known.get(k, k) for k in used], *([row.get(k, "") for k in used] for row in rows)]


def write(path: Path, cells: Sequence[Sequence[Any]], encoding: str = "utf-8-sig") -> Path:
    """Cells as a file of the format that its name says."""
    if path.suffix == ".csv":
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([[_words(c) for c in row] for row in cells])
        return path
    if path.suffix == ".ods":
        lines = ("".join(ods_cell(_escaped(_words(c))) for c in row) for row in cells)
        return ods(path, "".join(f"<table:table-row>{line}</table:table-row>" for line in lines))
    return xlsx(path, {"Sheet1": cells})


def _words(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def sheet_cells(path: Path) -> dict[str, list[list[Any]]]:
    """The cells of a workbook or csv by the bare reader: sheet -> rows, merged ones filled."""
    if path.suffix == ".csv":
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")
        return {"": list(csv.reader(text.splitlines()))}
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(path)
    found: dict[str, list[list[Any]]] = {}
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        cells = found[name] = sheet.to_python(skip_empty_area=False)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            if bottom > top and left == right:
                for row in cells[top : bottom + 1]:
                    row[left] = cells[top][left]
    return found
