"""The ledger: one folder, encrypted, opened by password; all records of an office.

    NAME.ledger/ledger.db   records, search index, history        (SQLCipher)
    NAME.ledger/files.db    photos and scans by SHA-256           (SQLCipher)
    NAME.ledger/vault.json  who may open it; vault.json.copy      (see vault.py)
    NAME.ledger/backups/

One `Ledger` writes; `reader()` gives a second, query-only one for another thread.
"""

from __future__ import annotations

import datetime as dt
import shutil
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from desktop.core.changes import Changes
from desktop.core.errors import LedgerProblem
from desktop.core.fields import Link, Named, NamedList
from desktop.core.ids import new_id
from desktop.core.offices import Office
from desktop.core.record import Record, RecordType
from desktop.ledger import drives, history, installation, search, vault
from desktop.ledger.connection import connect, sorted_errors
from desktop.ledger.files import Files
from desktop.ledger.files import make as make_files
from desktop.ledger.lock import Lock
from desktop.ledger.migrations import LEDGER_STEPS, migrate, refuse_newer
from desktop.ledger.query import Query, build, select_ids, select_rows
from desktop.ledger.rows import Rows
from desktop.ledger.titles import Titles
from desktop.records import RECORD_TYPES

R = TypeVar("R", bound=Record)


class _Rehearsed(Exception):
    """Not an error: the way out of a trial run."""


DB, FILES = "ledger.db", "files.db"


class Ledger:
    """An open ledger. Close it; or use it in a `with` statement."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        user: str,
        *,
        readonly: bool,
        lock: Lock | None,
        new: bool = False,
    ) -> None:
        self.folder = folder
        self.user = user
        self.readonly = readonly
        self.committed: list[Changes] = []  # what was written since somebody last looked
        self.now: Callable[[], dt.datetime] = dt.datetime.now
        self._key = key
        self._lock = lock
        self._files: Files | None = None
        self._batch = ""
        self.db: Database = connect(folder / DB, key, new=new, readonly=readonly, shared=True)
        self.titles = Titles(self.db)
        self.types: Mapping[str, RecordType] = RECORD_TYPES

    # ---- opening and closing -------------------------------------------------------------------

    @classmethod
    def create(
        cls, folder: Path, office: Office, user: str, password: str, *, cost: Any = None
    ) -> tuple[Ledger, str]:
        """Make a new ledger; returns it open, with the recovery key, which is shown this once.

        Raises:
            LedgerProblem: the folder isn't empty, or lies on a removable or network drive.
        """
        folder = folder.absolute()
        if folder.exists() and any(folder.iterdir()):
            raise LedgerProblem(f"文件夹 {folder.name} 里已经有内容，没有改动它。请换一个名字。")
        drives.refuse_unsafe(folder)
        folder.mkdir(parents=True, exist_ok=True)
        lock = Lock(folder)
        try:
            key, recovery = vault.create(folder, user, password, cost=cost)
            (folder / "backups").mkdir()
            make_files(folder / FILES, key)
            with sorted_errors(folder / DB):
                ledger = cls(folder, key, user, readonly=False, lock=lock, new=True)
                ledger._found(office)
        except BaseException:
            # Nothing was in the folder before, and nothing that counts is in it now.
            lock.release()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return ledger, recovery

    def _found(self, office: Office) -> None:
        """Give a new file its tables and say whose ledger it is."""
        try:
            migrate(self.db, LEDGER_STEPS)
            meta = {
                "ledger": new_id(),
                "office_code": office.code,
                "office_name": office.name,
                "office_level": office.level,
                "office_parent": office.parent,
                "installation": "",
            }
            with self.db.atomic():
                self.db.table("meta").insert_all({"key": k, "value": v} for k, v in meta.items())
            self._settle()
        except BaseException:
            self.db.close()
            raise

    @classmethod
    def open(
        cls, folder: Path, password: str, user: str | None = None, *, readonly: bool = False
    ) -> Ledger:
        """Open a ledger with a password (or the recovery key).

        Raises:
            LedgerProblem: it is missing, damaged, in use, too new, or on a removable drive.
            WrongPassword: the password opens nothing.
        """
        folder = folder.absolute()
        if not (folder / DB).is_file():
            raise LedgerProblem(f"{folder} 不是台账文件夹（里面没有 {DB}）。请选对文件夹。")
        if not readonly:
            drives.refuse_unsafe(folder)
        unlocked = vault.unlock(folder, user, password)
        lock = None if readonly else Lock(folder)
        try:
            ledger = cls(folder, unlocked.data_key, unlocked.user, readonly=readonly, lock=lock)
            try:
                with sorted_errors(folder / DB):
                    ledger._ready()
            except BaseException:
                ledger.db.close()
                raise
        except BaseException:
            if lock:
                lock.release()
            raise
        return ledger

    def _ready(self) -> None:
        refuse_newer(self.db, LEDGER_STEPS, self.folder / DB)
        if not LEDGER_STEPS.applied(self.db) or not self.meta("ledger"):
            raise LedgerProblem(
                f"台账 {self.folder.name} 没有建完（当时可能断了电），里面还没有记录，没有改动它。"
                "请换一个名字重新建立。"
            )
        if not self.readonly:
            migrate(self.db, LEDGER_STEPS)
            self._settle()
        elif LEDGER_STEPS.pending(self.db):
            raise LedgerProblem("台账是旧版本的，请先用本程序打开一次，让它升级。")

    def _settle(self) -> None:
        settled = installation.settle(
            self.meta("ledger"), self.folder, self.meta("installation"), self.counter
        )
        if settled.installation != self.meta("installation"):
            self._set_meta("installation", settled.installation)
        if settled.is_new:
            # Or a crash before the first close would make yet another one. If it can't be
            # written, that is said when the ledger is closed; nobody is locked out for it.
            with suppress(LedgerProblem):
                self._remember()

    def _remember(self) -> None:
        installation.remember(
            self.meta("ledger"), self.folder, self.meta("installation"), self.counter
        )

    def reader(self) -> Ledger:
        """A query-only ledger on the same file, for another thread."""
        return Ledger(self.folder, self._key, self.user, readonly=True, lock=None)

    def files(self) -> Files:
        """Photos and scans; opened when first asked for, closed with the ledger.

        Raises:
            LedgerProblem: files.db is missing or damaged; the records are none the worse for it.
        """
        if self._files is None:
            self._files = Files(self.folder / FILES, self._key, readonly=self.readonly)
        return self._files

    def close(self) -> None:
        """Close the file; remember the highest counter outside, so that a restored copy shows."""
        try:
            if not self.readonly:
                self._remember()
        finally:
            self.db.close()
            if self._files is not None:
                self._files.close()
                self._files = None
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- about itself --------------------------------------------------------------------------

    def meta(self, key: str) -> str:
        """One of the ledger's own facts, '' if it has none."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return row[0] if row else ""

    def _set_meta(self, key: str, value: str) -> None:
        with self.db.atomic():
            self.db.table("meta").upsert({"key": key, "value": value}, pk="key")

    @property
    def office(self) -> Office:
        """The office that keeps this ledger."""
        return Office(*(self.meta(f"office_{k}") for k in ("code", "name", "level", "parent")))

    @property
    def counter(self) -> int:
        """The highest Lamport counter that this ledger has seen."""
        own = self.db.execute("SELECT coalesce(max(counter), 0) FROM operation").fetchone()[0]
        seen = self.db.execute("SELECT coalesce(max(counter), 0) FROM knows").fetchone()[0]
        return max(int(own), int(seen))

    # ---- writing -------------------------------------------------------------------------------

    @contextmanager
    def write(self, title: str, *, batch: str = "", undoes: str = "") -> Iterator[Rows]:
        """One operation: everything inside is written together, or nothing is.

        Args:
            title: what was done, in the clerk's words; shown in the history and by undo.
            batch: operations of one batch are one undo step; by default each is its own.
            undoes: the batch that this operation undoes.
        """
        counter, who = self.counter + 1, self.meta("installation")
        try:
            with sorted_errors(self.folder / DB), self.db.atomic():
                self.db.execute("PRAGMA defer_foreign_keys = ON")
                rows = Rows(self.db, self.types, self.titles, (counter, who), self.office.code)
                at = self.now().isoformat(timespec="seconds")
                operation = (
                    counter,
                    who,
                    at,
                    self.user,
                    title,
                    batch or self._batch or new_id(),
                    undoes,
                )
                self.db.execute(
                    "INSERT INTO operation"
                    "(counter, installation, at, who, title, batch, undoes, chain)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, '')",
                    operation,
                )
                yield rows
                # An undo that found nothing left to do is done all the same.
                if rows.changes.ids or undoes:
                    self._seal(operation, rows.finish())
                else:
                    self.db.execute("DELETE FROM operation WHERE counter = ?", [counter])
        except BaseException:
            self.titles.forget()
            raise
        if rows.changes.ids:
            self.committed.append(rows.changes)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Operations written inside are one transaction and one undo step."""
        seen, former = len(self.committed), self._batch
        self._batch = former or new_id()
        try:
            with sorted_errors(self.folder / DB), self.db.atomic():
                yield
        except BaseException:
            del self.committed[seen:]
            self.titles.forget()
            raise
        finally:
            self._batch = former

    @contextmanager
    def rehearse(self) -> Iterator[None]:
        """Whatever is written inside is rolled back at the end: a trial run."""
        seen = len(self.committed)
        try:
            with sorted_errors(self.folder / DB), self.db.atomic():
                yield
                raise _Rehearsed
        except _Rehearsed:
            pass
        finally:
            del self.committed[seen:]
            self.titles.forget()

    def _seal(self, operation: tuple[Any, ...], digests: list[bytes]) -> None:
        counter, installation_id = operation[0], operation[1]
        former = self.db.execute(
            "SELECT chain FROM operation WHERE counter < ? ORDER BY counter DESC LIMIT 1", [counter]
        ).fetchone()
        value = history.chain(
            former[0] if former else history.START, map(str, operation[:7]), digests
        )
        self.db.execute("UPDATE operation SET chain = ? WHERE counter = ?", [value, counter])
        self.db.table("knows").upsert(
            {"installation": installation_id, "counter": counter}, pk="installation"
        )

    def undo(self) -> str:
        """Undo the newest step that isn't undone; returns its title, '' if there is none."""
        batch, title = history.last_batch(self.db)
        if not batch:
            return ""
        counters = [
            r[0] for r in self.db.execute("SELECT counter FROM operation WHERE batch = ?", [batch])
        ]
        with self.write(f"撤销：{title}", undoes=batch) as rows:
            rows.undo(counters, UNDONE)
        return title

    # ---- reading -------------------------------------------------------------------------------

    def get(self, cls: type[R], record_id: str) -> R | None:
        """One record by id, removed ones too; None if it isn't here."""
        return next(iter(self.fetch(cls, [record_id])), None)

    def fetch(self, cls: type[R], ids: Iterable[str]) -> list[R]:
        """Records by id, in the order asked for; missing ones are left out."""
        wanted = list(ids)
        of = cls.type
        names = ["id", *(f.name for f in of.columns)]
        listed = ", ".join(f'"{n}"' for n in names)
        found: dict[str, R] = {}
        for at in range(0, len(wanted), 500):
            some = wanted[at : at + 500]
            marks = ",".join("?" * len(some))
            for row in self.rows(f'SELECT {listed} FROM "{of.name}" WHERE id IN ({marks})', some):
                values = {f.name: f.kind.load(v) for f, v in zip(of.columns, row[1:], strict=True)}
                found[row[0]] = cls(id=row[0], **values)
        return [found[i] for i in wanted if i in found]

    def ids(self, query: Query) -> list[str]:
        """The ids that a query gives, in order."""
        text, values = select_ids(query, self.types)
        return [row[0] for row in self.rows(text, values)]

    def row_numbers(self, query: Query) -> array[int]:
        """SQLite's numbers of the rows that a query gives, in order: eight bytes a row.

        A million ids would be 100 MB and seconds. The numbers hold while the file is open (nothing
        here runs VACUUM on it) and are never kept or handed on.
        """
        text, values = select_rows(query, self.types)
        with sorted_errors(self.folder / DB):
            return array("q", (row[0] for row in self.db.execute(text, values)))

    def ids_of_rows(self, of: RecordType, numbers: Iterable[int]) -> dict[int, str]:
        """Row number -> id; numbers of rows that are gone are left out."""
        wanted = list(numbers)
        found: dict[int, str] = {}
        for at in range(0, len(wanted), 500):
            some = wanted[at : at + 500]
            marks = ",".join("?" * len(some))
            found.update(
                self.rows(f'SELECT rowid, id FROM "{of.name}" WHERE rowid IN ({marks})', some)
            )
        return found

    def row_number(self, of: RecordType, record_id: str) -> int:
        """The number of a record's row; 0 if it isn't here."""
        found = self.rows(f'SELECT rowid FROM "{of.name}" WHERE id = ?', [record_id])
        return int(found[0][0]) if found else 0

    def extent(self, of: RecordType) -> int:
        """About how many rows a type has, void ones too; asked in no time."""
        return int(self.rows(f'SELECT coalesce(max(rowid), 0) FROM "{of.name}"')[0][0])

    def find(self, query: Query) -> list[Record]:
        """The records that a query gives, in order."""
        return self.fetch(query.of.cls, self.ids(query))

    def count(self, query: Query) -> int:
        """How many records a query gives."""
        sql = build(query, self.types)
        return int(self.rows(f"SELECT count(*) {sql.tail()}", sql.values)[0][0])

    def rows(self, text: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Plain SQL for the named functions of work/ and figures/."""
        with sorted_errors(self.folder / DB):
            return list(self.db.execute(text, list(values)))

    def search(self, words: str, of: Iterable[str] = (), limit: int = 50) -> list[search.Hit]:
        """The newest records that hold every word (any substring, or pinyin initials)."""
        with sorted_errors(self.folder / DB):
            return search.find(self.db, words, of, limit)

    def search_counts(self, words: str) -> dict[str, int]:
        """How many records of each type hold every word; slow where words are frequent."""
        with sorted_errors(self.folder / DB):
            return search.counts(self.db, words)

    def resembling(self, pieces: Sequence[str], of: RecordType, limit: int = 50) -> list[str]:
        """The ids of records of a type that hold any of the pieces, those alike first."""
        with sorted_errors(self.folder / DB):
            return search.resembling(self.db, pieces, of.name, limit)

    def texts(self, record: Record) -> dict[str, str]:
        """Field name -> words for screen, Excel and paper, links resolved; nothing masked."""
        found: dict[str, str] = {}
        for field in record.type.columns:
            value = getattr(record, field.name)
            if isinstance(field.kind, Named | Link):
                found[field.name] = self.titles.words(value)
            elif isinstance(field.kind, NamedList):
                found[field.name] = self.titles.joined(value)
            else:
                found[field.name] = field.kind.text(value)
        return found


UNDONE = "撤销"
"""The reason that an undo gives for what it takes back; importing again restores such records."""
