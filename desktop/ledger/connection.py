"""Connections to an encrypted SQLite file (SQLCipher), and the one place that sorts its errors.

Measured facts that bind us: sqlcipher3's exceptions are not sqlite3's; foreign keys are off on a
new connection; two connections that read and then write under WAL give "database is locked" at
once, so a ledger has one writer and any number of `query_only` readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlite_utils import Database

from desktop.core.errors import LedgerProblem

_PAGE_BYTES = 4096  # SQLCipher 4


def connect(
    path: Path, key: bytes, *, new: bool = False, readonly: bool = False, shared: bool = False
) -> Database:
    """Open the file with the 32-byte data key.

    Args:
        path: the file.
        key: its data key.
        new: make the file; else a missing or empty one is refused.
        readonly: touch nothing, not even what a crash left to be written into the file.
        shared: another thread may use it, for a caller that keeps to one thread at a time.

    Raises:
        LedgerProblem: the file is missing, cut short, not a ledger, or the key does not fit.
    """
    if not new:
        _refuse_incomplete(path)
    address = path.absolute().as_uri() + ("?mode=ro" if readonly else "")
    with sorted_errors(path):
        conn = driver.connect(
            address, uri=True, check_same_thread=not shared, cached_statements=512
        )
        try:
            conn.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr, page by page
            conn.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            conn.execute("PRAGMA cipher_memory_security = OFF")
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
            conn.execute("PRAGMA foreign_keys = ON")
            conn.execute("PRAGMA cache_size = -65536")
            conn.execute("PRAGMA temp_store = MEMORY")
            if readonly:
                conn.execute("PRAGMA query_only = ON")
            else:
                conn.execute("PRAGMA journal_mode = WAL")
                conn.execute("PRAGMA synchronous = FULL")
            return Database(conn, execute_plugins=False)
        except BaseException:
            conn.close()
            raise


def _refuse_incomplete(path: Path) -> None:
    if not path.is_file():
        raise LedgerProblem(f"找不到台账文件 {path.name}。请确认台账文件夹完整，或用备份恢复。")
    size, log = path.stat().st_size, path.with_name(path.name + "-wal")
    # After a power cut the last page may be a piece; its whole is then in the log.
    in_pieces = size % _PAGE_BYTES and not (log.is_file() and log.stat().st_size)
    if size < _PAGE_BYTES or in_pieces:
        raise LedgerProblem(_damaged(path))


@contextmanager
def sorted_errors(path: Path) -> Iterator[None]:
    """Turn what the environment did (damage, full disk, lock) into a LedgerProblem.

    What only a bug of ours can cause (a wrong column, a broken constraint) passes as it is.
    """
    try:
        yield
    except driver.Error as error:
        sentence = _sentence(error, path)
        if not sentence:
            raise
        raise LedgerProblem(sentence) from error


def _damaged(path: Path) -> str:
    return (
        f"台账文件 {path.name} 不完整或已损坏，没有改动它。"
        "请不要继续使用这个文件夹，用最近的备份恢复（sixia restore）。"
    )


def _sentence(error: Any, path: Path) -> str:
    words = str(error).lower()
    if "not a database" in words or "malformed" in words or "disk image" in words:
        return _damaged(path)
    if "database is locked" in words or "busy" in words:
        return "台账正被另一个窗口或程序使用，没有写入。请关掉那一个再试。"
    if "full" in words:
        return "磁盘已满，刚才的内容没有写入，以前的都在。请清理磁盘后再试。"
    if "readonly" in words or "read-only" in words:
        return "台账文件是只读的，没有写入。请检查文件夹的权限。"
    if "disk i/o" in words or "unable to open" in words:
        return f"读写台账文件 {path.name} 时磁盘出错，没有写入。请检查磁盘，必要时用备份恢复。"
    return ""
