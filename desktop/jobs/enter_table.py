"""Rows of a table typed or pasted by a person: checked cell by cell, saved in one operation.

Cells are read as the import reads them, by the same kinds of ledger. Unlike imported rows these get
ids and numbers of their own: a person has entered them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.core.days import parse_day
from desktop.core.errors import UserError
from desktop.core.fields import Day, Kind
from desktop.core.ids import new_id
from desktop.core.ledger_kinds import Column, LedgerKind
from desktop.core.progress import Progress
from desktop.core.record import Record
from desktop.jobs.import_plan import Planner, RowPlan, TablePlan, kind_of
from desktop.jobs.import_write import existing_merged
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import RECORD_TYPES
from desktop.records.codes import ACCUSATION, NO_ACCUSATION
from desktop.records.ledgers import (
    DISPUTES,
    LECTURES,
    ONSITE,
    RECEPTIONS,
    SUGGESTIONS,
)
from desktop.records.register_ledgers import CHECK_INS
from desktop.sheets.header import map_columns
from desktop.sheets.interpret import RowRead, column_kind, read_rows
from desktop.sheets.titles import plain
from desktop.work.codes import code_lists
from desktop.work.known_names import Known, find_people, read_known
from desktop.work.numbers import numbered
from desktop.work.registers import Registers, place_kind
from desktop.work.sentence_days import nearest_day
from desktop.work.unlikely import all_marked

TABLES: Mapping[str, LedgerKind] = {
    "lecture": LECTURES,
    "problem": ONSITE,
    "visit": RECEPTIONS,
    "suggestion": SUGGESTIONS,
    "dispute": DISPUTES,
    "check_in": CHECK_INS,
}
"""The types that may be entered as a table, and the kind of ledger by which rows are read."""

_HIDDEN = frozenset({"serial", "identity", "rank", "post"})
_SOON = {"今": 0, "今天": 0, "昨": -1, "昨天": -1, "前天": -2, "明天": 1}

Cells = Mapping[str, str]  # column key -> the words in the cell


@dataclass(frozen=True)
class Note:
    """What a person should know of a cell: refused, or only to be looked at."""

    row: int
    key: str
    text: str
    refused: bool = False


@dataclass
class Checked:
    """What a table would make."""

    notes: list[Note] = field(default_factory=list)
    rows: int = 0
    plans: list[RowPlan] = field(default_factory=list)
    table: TablePlan | None = None

    @property
    def refused(self) -> list[Note]:
        """The cells that can't be saved as they are."""
        return [n for n in self.notes if n.refused]


@dataclass(frozen=True)
class Names:
    """The registers, read once for many looks at a table."""

    registers: Registers
    known: Known


def read_names(ledger: Ledger) -> Names:
    """Read the registers."""
    return Names(Registers(ledger), read_known(ledger))


def columns_of(of: str) -> list[Column]:
    """The columns of a table, those that must be filled in first."""
    kind = TABLES[of]
    shown = [c for c in kind.columns if c.key not in _HIDDEN]
    place = [c for c in shown if c.key == "place"]
    rest = [c for c in shown if c.key != "place"]
    ahead = [c for c in rest if c.key in ("date", "leader")]
    return [*ahead, *place, *(c for c in rest if c not in ahead)]


def kind_of_column(of: str, column: Column) -> Kind:
    """The kind of field that a column fills."""
    return column_kind(column, lambda path: kind_of(TABLES[of], path))


def field_of_column(of: str, column: Column) -> tuple[str, str]:
    """Record type and field name that a column fills."""
    make, name = column.fills[0].split(".")
    return next(m.type for m in TABLES[of].makes if m.key == make), name


def must_be_filled(kind: LedgerKind, column: Column) -> bool:
    """Whether a record can't be saved without it; nobody has to make up a number of people."""
    if not column.required or not column.fills:
        return False
    make, name = column.fills[0].split(".")
    of = next(m.type for m in kind.makes if m.key == make)
    return RECORD_TYPES[of].field(name).required


def header_of(of: str, row: Sequence[str]) -> dict[str, int]:
    """Column key -> index, if a pasted row is a header; {} if it isn't."""
    titles = [[plain(words)] if words.strip() else [] for words in row]
    found = map_columns(titles, TABLES[of].columns)
    filled = sum(bool(t) for t in titles)
    return found if len(found) >= 2 and len(found) * 2 >= filled else {}


def check_rows(
    ledger: Ledger, of: str, rows: Sequence[Cells], today: dt.date, names: Names | None = None
) -> Checked:
    """Read every cell; say what is refused, what is unlikely, and which rows may be doubles."""
    kind = TABLES[of]
    names = names or read_names(ledger)
    done = Checked()
    guesses: dict[tuple[int, str], str] = {}
    numbered_rows = [
        (n, _prepared(of, cells, today, names, n, guesses)) for n, cells in enumerate(rows)
    ]
    reads = read_rows(kind, numbered_rows, today.year, lambda p: kind_of(kind, p), {})
    done.rows = len(reads)
    for read in reads:
        _note_cells(kind, read, done)
    done.notes += [Note(n, key, text) for (n, key), text in guesses.items()]
    plans = [RowPlan(new_id(), "", read) for read in reads]
    planner = Planner(ledger, names.registers, code_lists(ledger))
    done.table = planner.plan(kind, ledger.office.code, today.year, "", plans)
    done.plans = plans
    noted = {(n.row, n.key) for n in done.notes}
    for plan in plans:
        for note in _marks(ledger, kind, plan, today):
            if (note.row, note.key) not in noted:
                noted.add((note.row, note.key))
                done.notes.append(note)
    _note_doubles(ledger, of, done)
    done.notes.sort(key=lambda n: n.row)
    return done


def _prepared(
    of: str,
    cells: Cells,
    today: dt.date,
    names: Names,
    row: int,
    guesses: dict[tuple[int, str], str],
) -> dict[str, str]:
    """Days without a year become the nearest day, 李镇长 becomes who was called so."""
    found = {key: words for key, words in cells.items() if words.strip()}
    day: dt.date | None = None
    for column in columns_of(of):
        words = found.get(column.key, "").strip()
        if not words or column.after or not isinstance(kind_of_column(of, column), Day):
            continue
        near = _day(words, today)
        if near is not None:
            day = day or near
            found[column.key] = near.isoformat()
    for column in columns_of(of):
        words = found.get(column.key, "").strip()
        if not words or not column.told_by:
            continue
        people = find_people(names.known, words, day)
        if len(people) == 1 and people[0].end - people[0].start == len(words):
            one = people[0]
            if one.label != words and one.value != words:
                found[column.key] = one.label
                if one.mark:
                    guesses[row, column.key] = f"按「{words}」找到的是{one.label}，请核对"
    return found


def _day(words: str, today: dt.date) -> dt.date | None:
    if words in _SOON:
        return today + dt.timedelta(_SOON[words])
    if parse_day(words).day is not None:
        return None  # it names its year: read as an import reads it
    return nearest_day(words, today)


def _note_cells(kind: LedgerKind, read: RowRead, done: Checked) -> None:
    for key, problem in read.problems.items():
        done.notes.append(Note(read.number, key, problem, refused=True))
    for key, mark in read.marks.items():
        done.notes.append(Note(read.number, key, mark))
    for column in kind.columns:
        if column.required and not read.raw.get(column.key):
            refused = must_be_filled(kind, column)
            words = "还没有填" if refused else "还没有填；不清楚可以先不填"
            done.notes.append(Note(read.number, column.key, words, refused))
    if ACCUSATION in read.raw.values():
        key = next(k for k, words in read.raw.items() if words == ACCUSATION)
        done.notes.append(Note(read.number, key, NO_ACCUSATION, refused=True))


def _keys(kind: LedgerKind, make: str) -> dict[str, str]:
    """Field name -> column key, of what one make is filled by."""
    return {
        path.split(".")[1]: column.key
        for column in kind.columns
        for path in column.fills
        if path.split(".")[0] == make.split(":")[0]
    }


def _marks(ledger: Ledger, kind: LedgerKind, plan: RowPlan, today: dt.date) -> list[Note]:
    """Names that no register knows, what is unlikely, and what a record's own rules refuse."""
    found = []
    records = all_marked(ledger, list(plan.records.values()))
    for make, record in zip(plan.records, records, strict=True):
        keys = _keys(kind, make)
        fallback = next(iter(keys.values()), kind.columns[0].key)
        for name, words in record.marks.items():
            if words != "台账里没有填":
                found.append(Note(plan.row.number, keys.get(name, fallback), words))
        for name, words in record.problems().items():
            found.append(Note(plan.row.number, keys.get(name, fallback), words, refused=True))
    return found


def _note_doubles(ledger: Ledger, of: str, done: Checked) -> None:
    first: dict[str, int] = {}
    for plan in done.plans:
        row = plan.row
        if row.canonical in first:
            words = f"和第{first[row.canonical] + 1}行一样，可能重复"
            done.notes.append(Note(row.number, _leading(of, row), words))
        first.setdefault(row.canonical, row.number)
        record = plan.records.get(of)
        if record is not None and _is_there(ledger, record):
            words = "台账里已经有一条一样的，可能重复"
            done.notes.append(Note(row.number, _leading(of, row), words))


def _leading(of: str, row: RowRead) -> str:
    return next((c.key for c in columns_of(of) if c.key in row.raw), columns_of(of)[0].key)


def _is_there(ledger: Ledger, record: Record) -> bool:
    """Whether the ledger holds a record that says the same under the same trip or on the day."""
    of = record.type
    dated = of.dated_by.split("|")[-1]
    if of.parent is not None and getattr(record, of.parent.name):
        where = Condition(of.parent.name, "=", getattr(record, of.parent.name))
    elif dated in of.by_name and getattr(record, dated) is not None:
        where = Condition(dated, "=", getattr(record, dated))
    else:
        return False
    said = {
        f.name: getattr(record, f.name)
        for f in of.fields
        if f is not of.parent
        and f.name not in ("place_kind", "case")
        and getattr(record, f.name) != f.kind.empty
    }
    return any(
        all(getattr(held, name) == value for name, value in said.items())
        for held in ledger.find(Query(of, (where,)))
    )


# ---- saving ------------------------------------------------------------------------------------


def save_rows(
    ledger: Ledger,
    of: str,
    rows: Sequence[Cells],
    today: dt.date,
    progress: Progress | None = None,
) -> int:
    """Save all rows in one operation; returns how many.

    Raises:
        UserError: a cell can't be read; nothing was written.
    """
    done = check_rows(ledger, of, rows, today)
    if done.refused:
        raise UserError(
            f"还有{len(done.refused)}处不能保存，一行也没有存进去，写的都还在表里。请改好再保存。"
        )
    if not done.plans or done.table is None:
        return 0
    if progress is not None:
        progress.step(0, done.rows)
    records = _own(ledger, done.table, done.plans)
    title = f"表格录入{TABLES[of].label.removesuffix('台账')}{done.rows}行"
    with ledger.write(title) as writing:
        writing.save(*done.table.labels.values(), *done.table.added.values())
        ready = existing_merged(ledger, [_placed(ledger, r) for r in records])
        writing.save(*numbered(ledger, all_marked(ledger, ready)))
    return done.rows


def _own(ledger: Ledger, table: TablePlan, plans: Sequence[RowPlan]) -> list[Record]:
    """The records with ids of their own, in order; what the ledger holds already keeps its id."""
    found: dict[str, Record] = {}
    for plan in plans:
        for record in plan.records.values():
            found[record.id] = table.shared.get(record.id, record)
    held = {
        row[0]
        for record in found.values()
        for row in ledger.rows("SELECT id FROM entry WHERE id = ?", [record.id])
    }
    ids = {one: one if one in held else new_id() for one in found}
    return [_renamed(record, ids) for record in found.values()]


def _renamed(record: Record, ids: Mapping[str, str]) -> Record:
    links: dict[str, Any] = {
        f.name: ids[value]
        for f in record.type.fields
        if isinstance(value := getattr(record, f.name), str) and value in ids
    }
    return replace(record, id=ids[record.id], **links)


def _placed(ledger: Ledger, record: Record) -> Record:
    """What kind of place it was at, as far as the place itself tells."""
    place = getattr(record, "place", "")
    if "place_kind" not in record.type.by_name:
        return record
    return replace(record, place_kind=place_kind(ledger, place) if place else "")  # type: ignore[call-arg]
