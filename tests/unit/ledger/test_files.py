"""desktop/ledger/files.py: bytes are kept once, whole, and never lost behind anybody's back."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, LedgerProblem
from desktop.ledger import files, health
from desktop.ledger.connection import connect
from desktop.ledger.drafts import Draft
from desktop.ledger.drafts import save as save_draft
from desktop.ledger.files import PIECE, Files
from desktop.ledger.ledger import FILES, Ledger
from desktop.ledger.migrations import FILES_STEPS, migrate
from desktop.records import Activity, Attachment
from tests import fakes
from tests.ledgers import PASSWORD, copy_empty, data_key

LARGE = bytes(range(256)) * (3 * PIECE // 256) + b"end"


def attach(ledger: Ledger, sha256: str, name: str = "a.jpg") -> Attachment:
    with ledger.write("添加照片") as rows:
        trip = rows.save(fakes.make(Activity))[0]
        found = rows.save(Attachment(of=trip.id, sha256=sha256, name=name))[0]
    assert isinstance(found, Attachment)
    return found


def alter(folder: Path, sql: str) -> None:
    db = connect(folder / FILES, data_key(folder))
    with db.atomic():
        db.execute(sql)
    db.close()


@pytest.mark.parametrize("content", [b"", b"x", b"y" * PIECE, LARGE], ids=len)
def test_what_is_stored_is_read_again(ledger: Ledger, content: bytes) -> None:
    kept = ledger.files()
    sha256 = kept.store(content, "a.jpg", added="2026-11-23")
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert kept.has(sha256)
    assert kept.size(sha256) == len(content)
    assert kept.read(sha256) == content
    assert [len(p) for p in kept.stream(sha256)] == [
        len(content[at : at + PIECE]) for at in range(0, len(content), PIECE)
    ]
    assert kept.verify() == []


def test_an_open_file_is_read_from_where_it_stands(ledger: Ledger) -> None:
    source = io.BytesIO(b"head" + LARGE)
    source.seek(4)
    assert ledger.files().read(ledger.files().store(source, "a")) == LARGE


def test_the_same_bytes_are_kept_once(ledger: Ledger) -> None:
    kept = ledger.files()
    first = kept.store(LARGE, "a.jpg", pictures={320: b"small"})
    assert kept.store(LARGE, "b.jpg", pictures={320: b"other", 1600: b"page"}) == first
    assert kept.total() == (1, len(LARGE))
    assert kept.all() == {first: "a.jpg"}
    assert kept.picture(first, 320) == b"small"
    assert kept.picture(first, 1600) == b"page"
    assert kept.picture(first, 3000) == b""


def test_what_is_not_here(ledger: Ledger, tmp_path: Path) -> None:
    kept = ledger.files()
    assert not kept.has("0" * 64)
    assert kept.size("0" * 64) is None
    assert list(kept.stream("0" * 64)) == []
    for ask in (kept.read, lambda one: kept.write_to(one, tmp_path / "a")):
        with pytest.raises(LedgerProblem, match="不在本台账里"):
            ask("0" * 64)


def test_a_copy_outside(ledger: Ledger, tmp_path: Path) -> None:
    kept = ledger.files()
    sha256 = kept.store(LARGE, "a.jpg")
    kept.write_to(sha256, tmp_path / "a.jpg")
    assert (tmp_path / "a.jpg").read_bytes() == LARGE
    with pytest.raises(LedgerProblem, match="没有存到"):
        kept.write_to(sha256, tmp_path / "none" / "a.jpg")


def test_a_reader_sees_what_is_stored_later(ledger: Ledger) -> None:
    reader = ledger.reader()
    assert reader.files().total() == (0, 0)
    sha256 = ledger.files().store(b"x", "a")
    assert reader.files().read(sha256) == b"x"
    with pytest.raises(LedgerProblem, match="只读"):
        reader.files().store(b"y", "b")
    reader.close()


def test_an_older_file_is_brought_up_to_date(tmp_path: Path) -> None:
    folder = copy_empty(tmp_path / "a.ledger")
    (folder / FILES).unlink()
    db = connect(folder / FILES, data_key(folder), new=True)
    FILES_STEPS.apply(db, stop_before="step_002_pieces")
    sha256 = hashlib.sha256(b"old").hexdigest()
    with db.atomic():
        db.execute("INSERT INTO file VALUES (?, 'a', 3, '', ?)", [sha256, b"old"])
    db.close()
    with Ledger.open(folder, PASSWORD, readonly=True) as reader:
        assert reader.files().all() == {}  # until somebody who may write has opened it
    with Ledger.open(folder, PASSWORD) as ledger:
        assert ledger.files().read(sha256) == b"old"


def test_a_newer_file_is_refused_and_the_records_are_not(tmp_path: Path) -> None:
    folder = copy_empty(tmp_path / "a.ledger")
    db = connect(folder / FILES, data_key(folder))
    migrate(db, FILES_STEPS)
    with db.atomic():
        db.execute("UPDATE _sqlite_migrations SET name = 'step_999' WHERE name LIKE 'step_002%'")
    db.close()
    with Ledger.open(folder, PASSWORD) as ledger:
        with pytest.raises(LedgerProblem, match="更新版本的程序"):
            ledger.files()
        attach(ledger, "0" * 64)


def test_bytes_that_changed_are_found(tmp_path: Path) -> None:
    folder = copy_empty(tmp_path / "a.ledger")
    with Ledger.open(folder, PASSWORD) as ledger:
        attach(ledger, ledger.files().store(LARGE, "现场.jpg"), "现场.jpg")
        assert health.check(ledger) == []
    alter(folder, "UPDATE piece SET content = x'00' WHERE number = 1")
    with Ledger.open(folder, PASSWORD, readonly=True) as ledger:
        [found] = health.check(ledger)
    assert found.text == "照片（扫描件）现场.jpg 的内容和存入时不一样了。请用备份恢复。"


def test_a_file_that_a_record_names_and_is_gone(ledger: Ledger) -> None:
    attach(ledger, "0" * 64, "现场.jpg")
    assert [f.text for f in health.check(ledger)] == ["附件「现场.jpg」的文件不在本台账里"]


def test_a_damaged_file_is_said_and_the_records_can_be_used(tmp_path: Path) -> None:
    folder = copy_empty(tmp_path / "a.ledger")
    with Ledger.open(folder, PASSWORD) as ledger:
        attach(ledger, ledger.files().store(LARGE, "a.jpg"))
    raw = bytearray((folder / FILES).read_bytes())
    raw[-5000] ^= 1
    (folder / FILES).write_bytes(raw)
    with Ledger.open(folder, PASSWORD) as ledger:
        [found] = health.check(ledger)
        assert "照片文件 files.db 有损坏" in found.text
        attach(ledger, "0" * 64)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    folder = copy_empty(tmp_path / "a.ledger")
    (folder / FILES).unlink()
    with Ledger.open(folder, PASSWORD) as ledger:
        [found] = health.check(ledger)
    assert "找不到台账文件 files.db" in found.text


def test_orphans_are_listed_and_go_only_when_told(ledger: Ledger) -> None:
    kept = ledger.files()
    named, original, drafted, void, spare = (
        kept.store(bytes([n]), f"{n}.jpg", pictures={320: b"s"}) for n in range(5)
    )
    one = attach(ledger, named)
    with ledger.write("原图") as rows:
        rows.save(Attachment(of=one.of, sha256=named, original=original))
        gone = rows.save(Attachment(of=one.of, sha256=void))[0]
    with ledger.write("去掉") as rows:
        rows.remove(Attachment.type, gone.id, "去掉")
    save_draft(ledger, Draft("d" * 32, "activity", "", {"photos": [{"sha256": drafted}]}))
    assert files.orphans(ledger) == {spare: "4.jpg"}
    [found] = health.check(ledger)
    assert found.text == "照片（扫描件）4.jpg 没有记录用到它，可以在“设置”里清理"
    kept.remove(files.orphans(ledger))
    assert health.check(ledger) == []
    assert kept.total()[0] == 4
    assert kept.picture(spare, 320) == b""


def test_storing_is_whole_or_absent(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ledger.files()

    class Breaks(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.reads += 1
            if self.reads > 6:
                raise OSError("pulled out")
            return super().read(size)

    with pytest.raises(OSError, match="pulled out"):
        kept.store(Breaks(LARGE), "a")
    assert kept.total() == (0, 0)
    assert kept.store(LARGE, "a")
    assert kept.verify() == []


def test_verifying_can_be_cancelled(ledger: Ledger) -> None:
    ledger.files().store(b"x", "a")

    class Impatient:
        def step(self, done: int, total: int, words: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        ledger.files().verify(Impatient())


def test_memory_stays_flat(ledger: Ledger, tmp_path: Path) -> None:
    """What is stored and read never needs more than a few pieces at a time."""
    import tracemalloc

    with (tmp_path / "large").open("wb+") as source:
        for number in range(24):
            source.write(bytes([number]) * PIECE)
        source.seek(0)
        tracemalloc.start()
        try:
            sha256 = ledger.files().store(source, "large")
            assert sum(len(p) for p in ledger.files().stream(sha256)) == 24 * PIECE
            assert ledger.files().verify() == []
            assert tracemalloc.get_traced_memory()[1] < 6 * PIECE
        finally:
            tracemalloc.stop()


def test_closing_the_ledger_closes_its_files(tmp_path: Path) -> None:
    ledger = Ledger.open(copy_empty(tmp_path / "a.ledger"), PASSWORD)
    kept: Files = ledger.files()
    assert ledger.files() is kept
    ledger.close()
    with pytest.raises(Exception, match="closed"):
        kept.total()
