"""Rows: the only code that writes rows.

One operation is one transaction: rows, search index, history and stamps are written together or not
at all. Records are gathered and written in bulk, type by type, because an import writes 100,000s.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from desktop.core.changes import Changes
from desktop.core.errors import InvalidRecord
from desktop.core.fields import NamedList
from desktop.core.ids import new_id
from desktop.core.record import Record, RecordType
from desktop.ledger import history, search, titles
from desktop.ledger.titles import Titles

CHUNK = 500


class Rows:
    """What one operation writes with; got from `Ledger.write`, and gone with it."""

    def __init__(
        self,
        db: Database,
        types: Mapping[str, RecordType],
        known: Titles,
        stamp: tuple[int, str],
        office: str,
    ) -> None:
        self._db = db
        self._types = types
        self._titles = known
        self._counter, self._installation = stamp
        self._office = office
        self._entries: list[tuple[Any, ...]] = []
        self._touched: dict[str, str] = {}
        self._renamed: dict[str, set[str]] = {}
        self._next = db.execute("SELECT coalesce(max(n), 0) + 1 FROM entry").fetchone()[0]

    # ---- what callers use ----------------------------------------------------------------------

    def save(self, *records: Record) -> list[Record]:
        """Write new records and changes of known ones; returns them with ids and offices filled.

        Fields that did not change are not stamped: another office's edit of them isn't overruled.

        Raises:
            InvalidRecord: the first record that may not be kept; the whole operation rolls back.
        """
        ready = [self._complete(r) for r in records]
        for record in ready:
            record.type.check(record)
        by_type: dict[str, list[Record]] = {}
        for record in ready:
            by_type.setdefault(record.type.name, []).append(record)
        stored = {n: self._stored(self._types[n], [r.id for r in g]) for n, g in by_type.items()}
        # What others are named by comes first: the title of a trip holds its leader's name.
        for name in sorted(by_type, key=lambda n: not self._types[n].register):
            self._titles.note(r for r in by_type[name] if r.id not in stored[name])
        for name, group in by_type.items():
            of, known = self._types[name], stored[name]
            self._insert(of, list({r.id: r for r in group if r.id not in known}.values()))
            for record in group:
                if record.id in known:
                    self._update(of, record, known[record.id])
        return ready

    def remove(self, of: RecordType, record_id: str, reason: str) -> None:
        """Make a record void (作废) with a reason, and its parts with it."""
        if not reason.strip():
            raise InvalidRecord({"removed": "作废要写明原因"})
        for part, ids in self._family(of, record_id):
            for one, row in self._stored(part, ids).items():
                if not row["removed"]:
                    self._change(part, one, row, {"removed": reason})

    def restore(self, of: RecordType, record_id: str) -> None:
        """Take a record back from the recycle bin, with the parts that went in with it."""
        gone = self._stored(of, [record_id])[record_id]
        for part, ids in self._family(of, record_id):
            for one, row in self._stored(part, ids).items():
                if row["removed"] and _removal(row) == _removal(gone):
                    self._change(part, one, row, {"removed": ""})

    def undo(self, counters: Iterable[int], reason: str) -> tuple[int, int]:
        """Undo the operations as a new edit; returns how many records went back, how many stayed.

        What somebody changed since stays as it is.
        """
        done = kept = 0
        for entry in history.entries(self._db, counters):
            of = self._types[entry.type]
            row = self._stored(of, [entry.record]).get(entry.record)
            if row is None:
                continue
            if entry.action == "new":
                # One that was written as void (不是一件) is void as undone from now on.
                fresh = {} if row["removed"] == reason else {"removed": reason}
            else:
                fresh = {k: old for k, (old, new) in entry.changes.items() if row[k] == new}
            if fresh and (entry.action != "new" or not self._edited_since(entry)):
                self._change(of, entry.record, row, fresh)
                done += 1
            else:
                kept += 1
        return done, kept

    @property
    def changes(self) -> Changes:
        """What has been touched so far."""
        types = frozenset(self._touched.values())
        return Changes(self._counter, frozenset(self._touched), types)

    def finish(self) -> list[bytes]:
        """Write the history entries; returns their digests in order. Called once, by the ledger."""
        self._rename()
        self._db.conn.executemany(
            "INSERT INTO history(counter, record, type, action, changes, salt, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            self._entries,
        )
        return [e[-1] for e in self._entries]

    # ---- how it is done ------------------------------------------------------------------------

    def _complete(self, record: Record) -> Record:
        missing: dict[str, Any] = {}
        if not record.id:
            missing["id"] = new_id()
        if not record.office:
            missing["office"] = self._office
        return replace(record, **missing) if missing else record

    def _stored(self, of: RecordType, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        names = ["id", *(f.name for f in of.columns), "stamps"]
        listed = ", ".join(f'"{n}"' for n in names)
        found: dict[str, dict[str, Any]] = {}
        for at in range(0, len(ids), CHUNK):
            some = ids[at : at + CHUNK]
            marks = ",".join("?" * len(some))
            rows = self._db.execute(
                f'SELECT {listed} FROM "{of.name}" WHERE id IN ({marks})', list(some)
            )
            found.update({r[0]: dict(zip(names, r, strict=True)) for r in rows})
        return found

    def _insert(self, of: RecordType, records: list[Record]) -> None:
        if not records:
            return
        fields = [(f.name, f.kind.stored) for f in of.columns]
        names = ["id", *(n for n, _ in fields), "counter", "installation", "stamps"]
        salts = os.urandom(16 * len(records))
        rows, entries, documents = [], [], []
        for i, record in enumerate(records):
            values = [stored(getattr(record, name)) for name, stored in fields]
            rows.append((record.id, *values, self._counter, self._installation, ""))
            title, document = self._titles.entry(record)
            entries.append((self._next, record.id, of.name, title))
            if not record.removed:
                documents.append((self._next, *document))
            self._next += 1
            salt = salts[16 * i : 16 * i + 16]
            named = {n: v for (n, _), v in zip(fields, values, strict=True)}
            hashed = history.digest(salt, named)
            self._entries.append((self._counter, record.id, of.name, "new", "", salt, hashed))
            self._touched[record.id] = of.name
        listed = ", ".join(f'"{n}"' for n in names)
        marks = ",".join("?" * len(names))
        execute_many = self._db.conn.executemany
        execute_many(f'INSERT INTO "{of.name}"({listed}) VALUES ({marks})', rows)
        execute_many("INSERT INTO entry(n, id, type, title) VALUES (?, ?, ?, ?)", entries)
        search.add(self._db, documents)

    def _update(self, of: RecordType, record: Record, row: Mapping[str, Any]) -> None:
        fresh = {
            f.name: stored
            for f in of.columns
            if (stored := f.kind.stored(getattr(record, f.name))) != row[f.name]
        }
        if "office" in fresh:
            raise InvalidRecord({"office": "记录属于建立它的单位，不能改"})
        if fresh:
            self._change(of, record.id, row, fresh)

    def _change(
        self, of: RecordType, record_id: str, row: Mapping[str, Any], fresh: Mapping[str, Any]
    ) -> None:
        stamps = json.loads(row["stamps"]) if row["stamps"] else {}
        stamps |= {name: [self._counter, self._installation] for name in fresh}
        sets = ", ".join(f'"{n}" = ?' for n in fresh)
        self._db.conn.execute(
            f'UPDATE "{of.name}" SET {sets}, "stamps" = ? WHERE id = ?',
            [*fresh.values(), json.dumps(stamps, sort_keys=True), record_id],
        )
        for name in fresh:  # an edit decides what a merge had left open
            self._db.conn.execute(
                "DELETE FROM sibling WHERE record = ? AND field = ?", [record_id, name]
            )
        changes = {name: [row[name], new] for name, new in sorted(fresh.items())}
        salt = os.urandom(16)
        self._entries.append(
            (
                self._counter,
                record_id,
                of.name,
                "edit",
                json.dumps(changes, ensure_ascii=False),
                salt,
                history.digest(salt, changes),
            )
        )
        self._touched[record_id] = of.name
        self._reindex(of, record_id)

    def _reindex(self, of: RecordType, record_id: str) -> None:
        row = self._stored(of, [record_id])[record_id]
        record = of.cls(id=record_id, **{f.name: f.kind.load(row[f.name]) for f in of.columns})
        self._titles.note([record])
        title, document = self._titles.entry(record)
        execute = self._db.conn.execute
        n, former = execute("SELECT n, title FROM entry WHERE id = ?", [record_id]).fetchone()
        if title != former:
            execute("UPDATE entry SET title = ? WHERE n = ?", [title, n])
            self._renamed.setdefault(of.name, set()).add(record_id)
        search.forget(self._db, n)
        if not record.removed:
            search.add(self._db, [(n, *document)])

    def _rename(self) -> None:
        """Let the records that show a title which has changed show the new one."""
        while self._renamed:
            name, ids = self._renamed.popitem()
            for of in self._types.values():
                showing: set[str] = set()
                for field in titles.showing(of, name):
                    source, column = f'"{of.name}" t', f't."{field.name}"'
                    if isinstance(field.kind, NamedList):
                        source += f", json_each(NULLIF({column}, '')) v"
                        column = "v.value"
                    rows = self._db.execute(
                        f"SELECT t.id FROM {source}"
                        f" WHERE {column} IN (SELECT value FROM json_each(?))",
                        [json.dumps(sorted(ids))],
                    )
                    showing.update(row[0] for row in rows.fetchall())
                for one in sorted(showing):
                    self._reindex(of, one)

    def _family(self, of: RecordType, record_id: str) -> list[tuple[RecordType, list[str]]]:
        """The record, its parts, their parts …, each type with its ids."""
        found = [(of, [record_id])]
        for part in self._types.values():
            above = part.parent
            if above is None or above.kind.targets != (of.name,):  # type: ignore[attr-defined]
                continue
            rows = self._db.execute(
                f'SELECT id FROM "{part.name}" WHERE "{above.name}" = ?', [record_id]
            )
            for (one,) in rows.fetchall():
                found += self._family(part, one)
        return found

    def _edited_since(self, entry: history.Entry) -> bool:
        # What an import or a person made and somebody then worked on isn't swept away by an undo.
        # Edits that were undone, and the undoing itself, are no work of anybody.
        row = self._db.execute(
            "SELECT 1 FROM history h JOIN operation o USING (counter)"
            " WHERE h.record = ? AND h.counter > ? AND o.undoes = '' AND o.batch <>"
            " (SELECT batch FROM operation WHERE counter = ?) AND NOT EXISTS"
            " (SELECT 1 FROM operation u WHERE u.undoes = o.batch) LIMIT 1",
            [entry.record, entry.counter, entry.counter],
        ).fetchone()
        return row is not None


def _removal(row: Mapping[str, Any]) -> tuple[str, Any]:
    """Why a row was made void, and the stamp of the operation that did it."""
    stamps = json.loads(row["stamps"]) if row["stamps"] else {}
    return row["removed"], stamps.get("removed")
