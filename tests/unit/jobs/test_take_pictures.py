"""desktop/jobs/take_pictures.py: a child decodes; whatever happens to it is one sentence."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, UserError
from desktop.jobs import take_pictures
from desktop.jobs.picture_child import receive, send
from desktop.jobs.take_pictures import PictureTaker, Source, keep
from desktop.ledger.ledger import Ledger
from desktop.work.pictures import Rules, prepare
from tests.pictures import photo, scan


@pytest.fixture
def taker() -> Iterator[PictureTaker]:
    made = PictureTaker()
    yield made
    made.close()


def test_the_child_gives_what_the_function_gives(taker: PictureTaker, tmp_path: Path) -> None:
    file = tmp_path / "现场 照片.jpg"
    file.write_bytes(photo((2400, 1600), orientation=6))
    rules = Rules(side=1600, keep_original=True)
    assert taker.take(Source(file.name, file), rules) == prepare(
        file.read_bytes(), file.name, rules
    )
    assert taker.take(Source("a.pdf", None, scan()), rules) == prepare(scan(), "a.pdf", rules)


def test_one_child_serves_many_and_a_refusal_harms_nobody(taker: PictureTaker) -> None:
    taker.take(Source("a", None, photo()), Rules())
    child = taker._process
    for bad in (b"", b"hello", photo()[:300]):
        with pytest.raises(UserError, match="「坏」"):
            taker.take(Source("坏", None, bad), Rules())
    assert taker.take(Source("a", None, photo()), Rules()).content
    assert taker._process is child


def test_a_child_that_dies_costs_one_picture(taker: PictureTaker) -> None:
    taker.take(Source("a", None, photo()), Rules())
    assert taker._process is not None
    taker._process.kill()
    taker._process.wait()
    assert taker.take(Source("a", None, photo()), Rules()).content


def test_a_child_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    impatient = PictureTaker(timeout=0.0)
    with pytest.raises(UserError, match="不完整或已损坏"):
        impatient.take(Source("a", None, photo((2400, 1600))), Rules())
    impatient.close()


def test_a_file_that_is_gone_or_a_folder(taker: PictureTaker, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="读不出来"):
        taker.take(Source("a.jpg", tmp_path / "a.jpg"), Rules())
    with pytest.raises(UserError, match="「x」"):
        taker.take(Source("x", tmp_path), Rules())


def test_a_file_that_is_too_large_is_not_read(taker: PictureTaker, tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    with file.open("wb") as out:
        out.truncate(60 << 20)
    with pytest.raises(UserError, match="有60MB，超过了50MB"):
        taker.take(Source("a.jpg", file), Rules())
    assert taker._process is None


def test_cancel_ends_the_picture_and_the_child(taker: PictureTaker) -> None:
    taker.take(Source("a", None, photo()), Rules())
    before = taker._process
    assert before is not None
    started, ended = threading.Event(), []

    def work() -> None:
        started.set()
        try:
            for _ in range(100):
                taker.take(Source("a", None, photo((3000, 2000))), Rules())
        except Cancelled:
            ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    started.wait()
    taker.cancel()
    thread.join(30)
    assert ended == [True]
    assert before.poll() is not None
    assert taker._process is None


def test_cancelling_when_idle_lets_the_child_go(taker: PictureTaker) -> None:
    taker.take(Source("a", None, photo()), Rules())
    child = taker._process
    taker.cancel()
    assert child is not None
    assert child.poll() is not None


def test_files_are_committed_before_there_is_a_row(ledger: Ledger) -> None:
    picture = prepare(photo((2400, 1600)), "a.jpg", Rules(keep_original=True))
    row = keep(ledger, picture)
    other = ledger.reader()
    assert other.files().read(row.sha256) == picture.content
    assert other.files().read(row.original) == picture.original
    assert other.files().picture(row.sha256, 320) == picture.small[320]
    assert (row.name, row.size, row.width) == ("a.jpg", len(picture.content), 2000)
    assert other.rows("SELECT count(*) FROM attachment") == [(0,)]
    other.close()


def test_what_was_cut_short_is_no_answer() -> None:
    out = io.BytesIO()
    send(out, {"name": "图"}, b"abc", b"")
    whole = out.getvalue()
    assert receive(io.BytesIO(whole)) == ({"name": "图"}, [b"abc", b""])
    for length in range(len(whole)):
        assert receive(io.BytesIO(whole[:length])) is None


def test_the_child_never_sees_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIXIA_PASSWORD", "secret")
    assert "SIXIA_PASSWORD" not in take_pictures.child_environment()
