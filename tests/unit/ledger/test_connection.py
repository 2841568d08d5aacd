"""desktop/ledger/connection.py: how a file is opened, what is refused, how errors are sorted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from desktop.core.errors import LedgerProblem
from desktop.ledger.connection import connect, sorted_errors
from desktop.ledger.ledger import Ledger
from desktop.records import Cadre
from tests.ledgers import contents, copy_empty, data_key

KEY = bytes(range(32))


def pragma(db, name: str) -> object:
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_writer_is_safe_against_power_cuts(tmp_path: Path) -> None:
    db = connect(tmp_path / "x.db", KEY, new=True)
    assert pragma(db, "journal_mode") == "wal"
    assert pragma(db, "synchronous") == 2
    assert pragma(db, "foreign_keys") == 1
    assert pragma(db, "temp_store") == 2  # nothing of it in the clear in a temporary file
    db.close()


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    folder = copy_empty(tmp_path / "a.ledger")
    db = connect(folder / "ledger.db", data_key(folder), readonly=True)
    assert pragma(db, "query_only") == 1
    for statement in ("INSERT INTO meta VALUES ('a', 'b')", "DROP TABLE meta", "VACUUM"):
        with pytest.raises(driver.OperationalError):
            db.execute(statement)
    db.close()


def test_what_is_written_is_not_in_the_clear(ledger: Ledger) -> None:
    with ledger.write("名册登记") as rows:
        rows.save(*(Cadre(name=f"欧阳明月{n}", note="secret-word-of-a-clerk") for n in range(300)))
    on_disk = b"".join(contents(ledger.folder).values())
    assert (ledger.folder / "ledger.db-wal").stat().st_size > 0
    for word in (
        "欧阳明月",
        "secret-word-of-a-clerk",
        "名册登记",
        "cadre",
        "CREATE TABLE",
        "SQLite",
    ):
        assert word.encode() not in on_disk
        assert word.encode("utf-16-le") not in on_disk
    assert "secret-word-of-a-clerk" in str(ledger.rows("SELECT note FROM cadre"))


def filled(folder: Path) -> Path:
    copy_empty(folder)
    db = connect(folder / "ledger.db", data_key(folder))
    with db.atomic():
        rows = [(f"k{n}", "v" * 100) for n in range(2000)]
        db.conn.executemany("INSERT INTO meta VALUES (?, ?)", rows)
    db.close()
    return folder


@pytest.mark.parametrize("readonly", [True, False])
@pytest.mark.parametrize("cut", ["0", "1", "100", "4095", "4096", "half", "page", "odd"])
def test_a_file_that_was_cut_short_is_refused_untouched(
    tmp_path: Path, cut: str, readonly: bool
) -> None:
    folder = filled(tmp_path / "a.ledger")
    path = folder / "ledger.db"
    whole = path.read_bytes()
    length = {"half": len(whole) // 2, "page": len(whole) - 4096, "odd": len(whole) - 100}
    path.write_bytes(whole[: length.get(cut) or int(cut)])
    before = contents(folder)
    with pytest.raises(LedgerProblem, match="不完整或已损坏，没有改动它"):
        connect(path, data_key(folder), readonly=readonly)
    assert contents(folder) | before == contents(folder)


@pytest.mark.parametrize("content", [b"", "说明".encode(), b"SQLite format 3\0" + b"x" * 9000])
def test_another_file_of_that_name_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(content)
    for readonly in (True, False):
        with pytest.raises(LedgerProblem, match="没有改动它"):
            connect(path, KEY, readonly=readonly)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["ledger.db"]


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    for readonly in (True, False):
        with pytest.raises(LedgerProblem, match="找不到"):
            connect(tmp_path / "ledger.db", KEY, readonly=readonly)
    assert list(tmp_path.iterdir()) == []


def test_the_wrong_key_opens_nothing(tmp_path: Path) -> None:
    folder = copy_empty(tmp_path / "a.ledger")
    before = contents(folder)
    with pytest.raises(LedgerProblem, match="没有改动它"):
        connect(folder / "ledger.db", KEY)
    assert contents(folder) == before


def test_reading_what_a_crash_left_behind_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.write("新增") as rows:
        rows.save(Cadre(name="张三"))
    left = tmp_path / "left.ledger"
    shutil.copytree(ledger.folder, left)
    (left / "ledger.db-shm").unlink()
    before = contents(left)
    db = connect(left / "ledger.db", data_key(left), readonly=True)
    assert db.execute("SELECT name FROM cadre").fetchone() == ("张三",)
    db.close()
    assert contents(left) | before == contents(left)


def test_a_folder_of_any_name_opens(tmp_path: Path) -> None:
    folder = copy_empty(tmp_path / "柳河 镇#50%?é&mode=rw.ledger")
    db = connect(folder / "ledger.db", data_key(folder), readonly=True)
    assert db.execute("SELECT value FROM meta WHERE key = 'office_name'").fetchone() == ("柳河镇",)
    db.close()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("file is not a database", "不完整或已损坏"),
        ("database disk image is malformed", "不完整或已损坏"),
        ("database is locked", "正被另一个"),
        ("database or disk is full", "磁盘已满"),
        ("attempt to write a readonly database", "只读"),
        ("disk I/O error", "磁盘出错"),
        ("unable to open database file", "磁盘出错"),
    ],
)
def test_what_the_world_did_becomes_a_sentence(words: str, sentence: str) -> None:
    with pytest.raises(LedgerProblem, match=sentence), sorted_errors(Path("ledger.db")):
        raise driver.OperationalError(words)


@pytest.mark.parametrize(
    "words", ["no such column: x", "UNIQUE constraint failed: entry.id", "interrupted"]
)
def test_what_only_a_bug_can_do_passes(words: str) -> None:
    with pytest.raises(driver.OperationalError, match=words), sorted_errors(Path("ledger.db")):
        raise driver.OperationalError(words)
