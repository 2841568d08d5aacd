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

DriverError = driver.Error

_HEADER_BYTES = 4096


def connect(path: Path, key: bytes, *, readonly: bool = False, shared: bool = False) -> Database:
    """Open the file with the 32-byte data key; a new file is created unless `readonly`.

    `shared` lets another thread use it, for a caller that keeps to one thread at a time.

    Raises:
        LedgerProblem: the file is missing, cut short, not a ledger, or the key does not fit.
    """
    if readonly and not path.is_file():
        raise LedgerProblem(f"找不到台账文件 {path.name}。请确认台账文件夹完整，或用备份恢复。")
    if path.exists() and 0 < path.stat().st_size < _HEADER_BYTES:
        raise LedgerProblem(_damaged(path))
    with sorted_errors(path):
        conn = driver.connect(str(path), check_same_thread=not shared, cached_statements=512)
        try:
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
