"""desktop/ledger/ledger.py: making, opening, closing; who may write; what a reader sees."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.errors import InvalidRecord, LedgerProblem, WrongPassword
from desktop.core.offices import make_office
from desktop.core.record import Record
from desktop.ledger import health, history, installation
from desktop.ledger.ledger import Ledger
from desktop.ledger.lock import Lock
from desktop.ledger.query import Query
from desktop.records import Cadre, Case
from tests.ledgers import CHEAP, PASSWORD, TOWNSHIP, contents, copy_empty

OFFICE = make_office("柳河镇", TOWNSHIP)

WRITE_TWICE = """
import sys
from pathlib import Path
from desktop.core.errors import LedgerProblem
from desktop.ledger.ledger import Ledger
try:
    Ledger.open(Path(sys.argv[1]), sys.argv[2])
except LedgerProblem as error:
    sys.exit(error.exit_code)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_empty(tmp_path / "柳河镇.ledger")


def names(ledger: Ledger) -> list[str]:
    return [r[0] for r in ledger.rows("SELECT name FROM cadre ORDER BY name")]


def add(ledger: Ledger, name: str) -> Cadre:
    with ledger.write(f"新增{name}") as rows:
        (saved,) = rows.save(Cadre(name=name))
    return saved


def save_and_raise(ledger: Ledger, error: BaseException, *records: Record) -> None:
    with ledger.write("新增") as rows:
        rows.save(*records)
        raise error


# ---- making -------------------------------------------------------------------------------------


def test_a_new_ledger_opens_by_password_and_recovery_key(tmp_path: Path) -> None:
    made, recovery = Ledger.create(tmp_path / "a.ledger", OFFICE, "张三", PASSWORD, cost=CHEAP)
    with made:
        assert made.office == OFFICE
        assert made.counter == 0
        add(made, "李明")
    assert {p.name for p in made.folder.iterdir()} >= {
        "ledger.db",
        "files.db",
        "vault.json",
        "vault.json.copy",
        "backups",
    }
    for password in (PASSWORD, recovery):
        with Ledger.open(made.folder, password) as ledger:
            assert ledger.user == "张三"
            assert names(ledger) == ["李明"]


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"x")
    with pytest.raises(LedgerProblem, match="已经有内容，没有改动它"):
        Ledger.create(tmp_path, OFFICE, "张三", PASSWORD, cost=CHEAP)
    assert contents(tmp_path) == {"照片.jpg": b"x"}


def test_what_could_not_be_made_can_be_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "a.ledger"
    with pytest.raises(LedgerProblem):
        Ledger.create(folder, OFFICE, "", PASSWORD, cost=CHEAP)
    made, _ = Ledger.create(folder, OFFICE, "张三", PASSWORD, cost=CHEAP)
    made.close()


def test_a_ledger_whose_making_broke_off_is_refused(folder: Path) -> None:
    with Ledger.open(folder, PASSWORD) as ledger:
        ledger.db.execute("DELETE FROM meta WHERE key <> 'installation'")
    with pytest.raises(LedgerProblem, match="没有建完"):
        Ledger.open(folder, PASSWORD)
    Lock(folder).release()


# ---- opening ------------------------------------------------------------------------------------


def test_a_wrong_password_opens_nothing_and_holds_nothing(folder: Path) -> None:
    before = contents(folder)
    for password in ("", "wrong", PASSWORD + " x"):
        with pytest.raises(WrongPassword):
            Ledger.open(folder, password)
    with pytest.raises(WrongPassword):
        Ledger.open(folder, PASSWORD, "无此人")
    assert contents(folder) == before
    Lock(folder).release()


@pytest.mark.parametrize("gone", ["ledger.db", "vault.json"])
def test_a_folder_that_lacks_a_file_is_refused_untouched(folder: Path, gone: str) -> None:
    (folder / gone).unlink()
    (folder / "vault.json.copy").unlink()
    before = contents(folder)
    with pytest.raises(LedgerProblem) as caught:
        Ledger.open(folder, PASSWORD)
    assert not isinstance(caught.value, WrongPassword)
    assert contents(folder) == before


def test_a_file_instead_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ledger").write_text("x")
    with pytest.raises(LedgerProblem, match="不是台账文件夹"):
        Ledger.open(tmp_path / "a.ledger", PASSWORD)


@pytest.mark.parametrize("content", [b"", "这是说明".encode(), b"\xd0\xcf" * 9000])
def test_a_damaged_ledger_is_refused_and_released(folder: Path, content: bytes) -> None:
    (folder / "ledger.db").write_bytes(content)
    for readonly in (False, True):
        with pytest.raises(LedgerProblem, match="没有改动它"):
            Ledger.open(folder, PASSWORD, readonly=readonly)
    assert (folder / "ledger.db").read_bytes() == content
    Lock(folder).release()


def test_a_ledger_of_a_newer_program_is_refused_untouched(folder: Path) -> None:
    with Ledger.open(folder, PASSWORD) as ledger:
        ledger.db.execute(
            "INSERT INTO _sqlite_migrations(migration_set, name, applied_at)"
            " VALUES ('ledger', 'step_999_future', '2030')"
        )
    before = contents(folder)
    for readonly in (False, True):
        with pytest.raises(LedgerProblem, match=r"更新版本的程序.*step_999_future.*没有改动它"):
            Ledger.open(folder, PASSWORD, readonly=readonly)
    assert (folder / "ledger.db").read_bytes() == before["ledger.db"]
    Lock(folder).release()


# ---- one writer, many readers -------------------------------------------------------------------


def test_a_second_writer_is_refused_here_and_elsewhere(folder: Path) -> None:
    command = [sys.executable, "-c", WRITE_TWICE, str(folder), PASSWORD]
    with Ledger.open(folder, PASSWORD) as ledger:
        with pytest.raises(LedgerProblem, match="正被另一个"):
            Ledger.open(folder, PASSWORD)
        assert subprocess.run(command, check=False).returncode == 3
        add(ledger, "李明")
    assert subprocess.run(command, check=False).returncode == 0


def test_a_reader_sees_each_commit_and_nothing_before(folder: Path) -> None:
    with Ledger.open(folder, PASSWORD) as ledger, ledger.reader() as reader:
        add(ledger, "李明")
        assert names(reader) == ["李明"]
        with ledger.write("新增") as rows:
            rows.save(Cadre(name="王丽"))
            assert names(ledger) == ["李明", "王丽"]
            assert names(reader) == ["李明"]
        assert names(reader) == ["李明", "王丽"]
        assert [h.title for h in reader.search("王丽")] == ["王丽"]
        with pytest.raises(LedgerProblem, match="只读"), reader.write("新增") as rows:
            rows.save(Cadre(name="赵四"))


def test_reading_beside_a_writer(folder: Path) -> None:
    with Ledger.open(folder, PASSWORD) as ledger:
        add(ledger, "李明")
        with Ledger.open(folder, PASSWORD, readonly=True) as reader:
            assert names(reader) == ["李明"]
            add(ledger, "王丽")
            assert names(reader) == ["李明", "王丽"]


def test_opening_to_read_writes_nothing(folder: Path, home: Path) -> None:
    with Ledger.open(folder, PASSWORD) as ledger:
        add(ledger, "李明")
    before, outside = contents(folder), sorted(home.rglob("*"))
    with Ledger.open(folder, PASSWORD, readonly=True) as reader:
        assert names(reader) == ["李明"]
        assert reader.count(Query(Cadre.type)) == 1
    assert contents(folder) | before == contents(folder)
    assert sorted(home.rglob("*")) == outside


# ---- closing, and which installation it is ------------------------------------------------------


def test_the_same_folder_goes_on_as_the_same_installation(folder: Path) -> None:
    with Ledger.open(folder, PASSWORD) as ledger:
        first = ledger.meta("installation")
        add(ledger, "李明")
    with Ledger.open(folder, PASSWORD) as ledger:
        assert ledger.meta("installation") == first
        add(ledger, "王丽")
        assert ledger.rows("SELECT installation, counter FROM operation ORDER BY counter") == [
            (first, 1),
            (first, 2),
        ]


def test_a_crash_in_the_first_session_makes_no_new_installation(folder: Path) -> None:
    ledger = Ledger.open(folder, PASSWORD)
    first = ledger.meta("installation")
    ledger.db.close()  # the power went
    ledger._lock.release()
    with Ledger.open(folder, PASSWORD) as again:
        assert again.meta("installation") == first


def test_a_copied_and_a_restored_folder_go_on_as_another(folder: Path, tmp_path: Path) -> None:
    with Ledger.open(folder, PASSWORD) as ledger:
        first = ledger.meta("installation")
        add(ledger, "李明")
    shutil.copytree(folder, tmp_path / "copy.ledger")
    with Ledger.open(tmp_path / "copy.ledger", PASSWORD) as copy:
        assert copy.meta("installation") != first
    older = tmp_path / "older.ledger"
    shutil.copytree(folder, older)
    with Ledger.open(folder, PASSWORD) as ledger:
        add(ledger, "王丽")
    shutil.rmtree(folder)
    shutil.copytree(older, folder)
    with Ledger.open(folder, PASSWORD) as ledger:
        assert ledger.meta("installation") != first
        assert names(ledger) == ["李明"]


def test_closing_releases_even_if_nothing_can_be_remembered(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger.open(folder, PASSWORD)
    add(ledger, "李明")
    (home / "file").write_text("x")
    monkeypatch.setenv("SIXIA_HOME", str(home / "file"))
    with pytest.raises(LedgerProblem, match="台账已经保存好"):
        ledger.close()
    Lock(folder).release()


# ---- one operation ------------------------------------------------------------------------------


def test_an_operation_is_whole_or_absent(ledger: Ledger) -> None:
    add(ledger, "李明")
    tables = [r[0] for r in ledger.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    state = {t: ledger.rows(f'SELECT * FROM "{t}"') for t in tables if t != "search"}
    case = Case(matter="路灯", received=dt.date(2026, 1, 1))
    for error in (RuntimeError("bug"), InvalidRecord({}), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            save_and_raise(ledger, error, Cadre(name="王丽"), case)
    with pytest.raises(InvalidRecord, match="姓名还没有填"), ledger.write("新增") as rows:
        rows.save(Cadre(name="王丽"), Cadre())
    assert {t: ledger.rows(f'SELECT * FROM "{t}"') for t in state} == state
    assert ledger.search("王丽") == []
    assert len(ledger.committed) == 1


def test_an_operation_that_does_nothing_leaves_no_trace(ledger: Ledger) -> None:
    saved = add(ledger, "李明")
    with ledger.write("没有改动") as rows:
        rows.save(saved)
    assert ledger.counter == 1
    assert len(ledger.committed) == 1


def test_what_is_recorded_of_an_operation(ledger: Ledger) -> None:
    ledger.now = lambda: dt.datetime(2026, 6, 9, 8, 30, 1)
    saved = add(ledger, "李明")
    ((operation, entry),) = history.of_record(ledger.db, saved.id)
    assert (operation.at, operation.who) == ("2026-06-09T08:30:01", "张三")
    assert (operation.title, operation.counter) == ("新增李明", 1)
    assert (entry.type, entry.action, entry.changes) == ("cadre", "new", {})
    (changes,) = ledger.committed
    assert (changes.counter, changes.ids, changes.types) == (1, {saved.id}, {"cadre"})


def test_a_rehearsal_leaves_nothing(ledger: Ledger) -> None:
    with ledger.rehearse():
        saved = add(ledger, "李明")
        assert names(ledger) == ["李明"]
    assert names(ledger) == []
    assert (ledger.committed, ledger.counter) == ([], 0)
    assert ledger.titles.words(saved.id) == ""
    with pytest.raises(RuntimeError), ledger.rehearse():
        raise RuntimeError


def test_records_come_in_the_order_asked_for(ledger: Ledger) -> None:
    with ledger.write("名册") as rows:
        saved = rows.save(*(Cadre(name=f"甲{n}") for n in range(1200)))
    wanted = [s.id for s in reversed(saved)]
    assert [r.id for r in ledger.fetch(Cadre, ["f" * 32, *wanted])] == wanted
    assert ledger.get(Cadre, "f" * 32) is None
    assert ledger.get(Cadre, "' OR 1=1 --") is None


def test_words_of_a_record_resolve_its_links(ledger: Ledger) -> None:
    unit = add(ledger, "李明")
    case = Case(matter="路灯", lead_cadre=unit.id, unit="县水利局", people=None)
    words = ledger.texts(case)
    assert words["lead_cadre"] == "李明"
    assert words["unit"] == "县水利局"
    assert (words["people"], words["received"], words["place"]) == ("", "", "")


def test_memory_of_installations_is_by_ledger(folder: Path) -> None:
    with Ledger.open(folder, PASSWORD) as ledger:
        known = json.loads((installation.home() / "installations.json").read_bytes())
        assert list(known["ledgers"]) == [ledger.meta("ledger")]


def test_operations_together_are_one_transaction_and_one_undo_step(ledger: Ledger) -> None:
    with ledger.together():
        with ledger.write("添加照片") as rows:
            rows.save(Cadre(name="张三"))
        with ledger.write("新建活动") as rows:
            rows.save(Cadre(name="李四"))
    assert len(ledger.committed) == 2
    assert health.check(ledger) == []
    assert ledger.undo() == "新建活动"
    assert ledger.rows("SELECT count(*) FROM cadre WHERE removed = ''") == [(0,)]
    assert ledger.undo() == ""


def test_together_nothing_is_written_by_halves(ledger: Ledger) -> None:
    def break_off() -> None:
        with ledger.together():
            with ledger.write("添加照片") as rows:
                rows.save(Cadre(name="张三"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert ledger.committed == []
    assert ledger.rows("SELECT count(*) FROM cadre") == [(0,)]
    assert ledger.rows("SELECT count(*) FROM operation") == [(0,)]
    with ledger.write("新建") as rows:
        rows.save(Cadre(name="张三"))
    assert health.check(ledger) == []
