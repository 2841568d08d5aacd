"""files.db: photos and scans, each stored once by the SHA-256 of its bytes.

A file lies in pieces of a megabyte, since SQLCipher's driver opens no blob as a stream: what is
read or checked never needs more memory than one piece. A file is committed before the row that
names it, so a crash between leaves a file that nobody names, never a row without its file; such a
file is listed by `health.check` and goes only when a person says so.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sqlite_utils import Database

from desktop.core.errors import LedgerProblem
from desktop.core.progress import Progress, Silent
from desktop.ledger.connection import connect, sorted_errors
from desktop.ledger.migrations import FILES_STEPS, migrate, refuse_newer

if TYPE_CHECKING:
    from desktop.ledger.ledger import Ledger

PIECE = 1 << 20
_CACHE_KIB = 8192  # of pages; a file is read from one end to the other, seldom twice


class Files:
    """The open files.db of one ledger, on one thread at a time; got from `Ledger.files`."""

    def __init__(self, path: Path, key: bytes, *, readonly: bool) -> None:
        """Open it; one that writes brings the tables up to date."""
        self.path = path
        self.readonly = readonly
        self._db: Database = connect(path, key, readonly=readonly, shared=True)
        self._current = False
        try:
            with sorted_errors(path):
                self._db.conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                refuse_newer(self._db, FILES_STEPS, path)
                if not readonly:
                    migrate(self._db, FILES_STEPS)
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close it."""
        self._db.close()

    # ---- writing -------------------------------------------------------------------------------

    def store(
        self,
        content: bytes | IO[bytes],
        name: str,
        *,
        added: str = "",
        pictures: Mapping[int, bytes] | None = None,
    ) -> str:
        """Keep bytes, unless they are kept already; returns their SHA-256 as 64 hex digits.

        Committed when this returns: the row that names the file may be written now.

        Args:
            content: the bytes, or an open file that can be read twice.
            name: what the file was called.
            added: when, ISO 8601.
            pictures: small pictures of it to look at, as JPEG by their long side in pixels.
        """
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        start = source.tell()
        digest, size = hashlib.sha256(), 0
        while piece := source.read(PIECE):
            digest.update(piece)
            size += len(piece)
        sha256 = digest.hexdigest()
        with sorted_errors(self.path), self._db.atomic():
            if not self.has(sha256):
                source.seek(start)
                self._write(sha256, name, size, added, source)
            self._db.conn.executemany(
                'INSERT OR IGNORE INTO "thumbnail"("sha256", "side", "content") VALUES (?, ?, ?)',
                [(sha256, side, drawn) for side, drawn in (pictures or {}).items()],
            )
        return sha256

    def _write(self, sha256: str, name: str, size: int, added: str, source: IO[bytes]) -> None:
        execute = self._db.conn.execute
        execute(
            'INSERT INTO "file"("sha256", "name", "size", "added") VALUES (?, ?, ?, ?)',
            [sha256, name, size, added],
        )
        number = 0
        while piece := source.read(PIECE):
            execute(
                'INSERT INTO "piece"("sha256", "number", "content") VALUES (?, ?, ?)',
                [sha256, number, piece],
            )
            number += 1

    def remove(self, names: Iterable[str]) -> None:
        """Forget files that a person gave up; see `orphans`."""
        rows = [(sha256,) for sha256 in names]
        with sorted_errors(self.path), self._db.atomic():
            for table in ("thumbnail", "piece", "file"):
                self._db.conn.executemany(f'DELETE FROM "{table}" WHERE "sha256" = ?', rows)

    # ---- reading -------------------------------------------------------------------------------

    def _rows(self, text: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        with sorted_errors(self.path):
            if not self._current:  # a reader may come before the first writer brought the tables
                found = self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'piece'")
                self._current = found.fetchone() is not None
                if not self._current:
                    return []
            return list(self._db.execute(text, list(values)).fetchall())

    def has(self, sha256: str) -> bool:
        """Whether these bytes are kept."""
        return bool(self._rows('SELECT 1 FROM "file" WHERE "sha256" = ?', [sha256]))

    def size(self, sha256: str) -> int | None:
        """How many bytes, or None if it isn't here."""
        rows = self._rows('SELECT "size" FROM "file" WHERE "sha256" = ?', [sha256])
        return int(str(rows[0][0])) if rows else None

    def stream(self, sha256: str) -> Iterator[bytes]:
        """The bytes, piece by piece; nothing if it isn't here."""
        number = 0
        while rows := self._rows(
            'SELECT "content" FROM "piece" WHERE "sha256" = ? AND "number" = ?', [sha256, number]
        ):
            content = rows[0][0]
            assert isinstance(content, bytes)
            yield content
            number += 1

    def read(self, sha256: str) -> bytes:
        """All bytes of one file.

        Raises:
            LedgerProblem: it isn't here.
        """
        if not self.has(sha256):
            raise LedgerProblem(
                "这张照片（扫描件）的文件不在本台账里，记录没有改动。请向提供记录的单位要，或用备份恢复。"
            )
        return b"".join(self.stream(sha256))

    def write_to(self, sha256: str, path: Path) -> None:
        """Save a copy outside the ledger.

        Raises:
            LedgerProblem: it isn't here, or the place can't be written to.
        """
        if not self.has(sha256):
            self.read(sha256)
        try:
            with path.open("wb") as out:
                out.writelines(self.stream(sha256))
        except OSError as error:
            raise LedgerProblem(
                f"没有存到 {path.name}（{error.strerror or '磁盘出错'}），台账里的照片还在。"
                "请换一个文件夹再存。"
            ) from error

    def picture(self, sha256: str, side: int) -> bytes:
        """The small picture of that long side, or the next larger one; b'' if there is none."""
        rows = self._rows(
            'SELECT "content" FROM "thumbnail" WHERE "sha256" = ? AND "side" >= ?'
            ' ORDER BY "side" LIMIT 1',
            [sha256, side],
        )
        return bytes(rows[0][0]) if rows else b""  # type: ignore[call-overload]

    def all(self) -> dict[str, str]:
        """SHA-256 -> name, of every file here."""
        rows = self._rows('SELECT "sha256", "name" FROM "file" ORDER BY "added", "sha256"')
        return {str(sha256): str(name) for sha256, name in rows}

    def total(self) -> tuple[int, int]:
        """How many files, and how many bytes they hold."""
        rows = self._rows('SELECT count(*), coalesce(sum("size"), 0) FROM "file"')
        return (int(str(rows[0][0])), int(str(rows[0][1]))) if rows else (0, 0)

    # ---- checking ------------------------------------------------------------------------------

    def verify(self, progress: Progress | None = None) -> list[str]:
        """SHA-256 of the files whose bytes are not what they were."""
        progress = progress or Silent()
        wrong, names = [], list(self.all())
        for at, sha256 in enumerate(names):
            progress.step(at, len(names), "检查照片和扫描件")
            digest = hashlib.sha256()
            for piece in self.stream(sha256):
                digest.update(piece)
            if digest.hexdigest() != sha256:
                wrong.append(sha256)
        return wrong

    def damage(self) -> list[str]:
        """What SQLCipher finds wrong with the pages; empty if they are whole."""
        with sorted_errors(self.path):
            pages = [str(r[0]) for r in self._db.execute("PRAGMA cipher_integrity_check")]
            return pages or [
                str(r[0]) for r in self._db.execute("PRAGMA quick_check") if r[0] != "ok"
            ]


def named(ledger: Ledger) -> dict[str, list[tuple[str, str]]]:
    """SHA-256 -> the records that name that file, as (type, id); void ones too."""
    found: dict[str, list[tuple[str, str]]] = {}
    for of in ledger.types.values():
        for field in of.fields:
            if field.file:
                rows = ledger.rows(
                    f'SELECT "{field.name}", id FROM "{of.name}" WHERE "{field.name}" <> \'\''
                )
                for sha256, one in rows:
                    found.setdefault(sha256, []).append((of.name, one))
    return found


def orphans(ledger: Ledger) -> dict[str, str]:
    """SHA-256 -> name, of files that no record names and no draft waits to name."""
    kept, used = ledger.files().all(), named(ledger)
    spare = {sha256: name for sha256, name in kept.items() if sha256 not in used}
    if spare:
        drafts = "\n".join(str(row[0]) for row in ledger.rows("SELECT state FROM draft"))
        spare = {sha256: name for sha256, name in spare.items() if sha256 not in drafts}
    return spare


def make(path: Path, key: bytes) -> None:
    """A new, empty files.db."""
    with sorted_errors(path), closing(connect(path, key, new=True)) as db:
        migrate(db, FILES_STEPS)
