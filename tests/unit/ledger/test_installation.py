"""desktop/ledger/installation.py: no two folders ever write under one name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.errors import LedgerProblem
from desktop.ledger import installation
from desktop.ledger.installation import remember, settle


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "own"
    monkeypatch.setenv("SIXIA_HOME", str(home))
    return home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "柳河镇.ledger"
    path.mkdir()
    return path


def test_new_ledger_then_again(folder: Path) -> None:
    first = settle("L", folder, None, 0)
    assert first.is_new
    assert re.fullmatch("[0-9a-f]{32}", first.installation)
    remember("L", folder, first.installation, 7)
    again = settle("L", folder, first.installation, 7)
    assert again == installation.Settled(first.installation, is_new=False)


def test_empty_name_is_none(folder: Path) -> None:
    remember("L", folder, "", 0)
    assert settle("L", folder, "x", 0).is_new


def test_crash_before_close_goes_on(folder: Path) -> None:
    remember("L", folder, "a", 7)
    assert not settle("L", folder, "a", 9).is_new


def test_restored_backup(folder: Path) -> None:
    remember("L", folder, "a", 7)
    settled = settle("L", folder, "a", 6)
    assert settled.is_new
    assert settled.installation != "a"


def test_copied_folder(folder: Path, tmp_path: Path) -> None:
    remember("L", folder, "a", 7)
    assert settle("L", tmp_path / "副本.ledger", "a", 7).is_new


def test_copy_brought_back_over_the_original(folder: Path, tmp_path: Path) -> None:
    remember("L", folder, "a", 7)
    remember("L", tmp_path / "副本.ledger", "b", 9)
    assert settle("L", folder, "b", 9).is_new


def test_other_machine(folder: Path) -> None:
    remember("L", folder, "a", 7, machine="one")
    assert settle("L", folder, "a", 7, machine="two").is_new
    assert not settle("L", folder, "a", 7, machine="one").is_new


def test_other_ledger_in_that_place(folder: Path) -> None:
    remember("L", folder, "a", 7)
    assert settle("M", folder, "a", 7).is_new


def test_same_folder_by_another_spelling(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember("L", folder, "a", 7)
    monkeypatch.chdir(folder)
    assert not settle("L", Path("..") / folder.name, "a", 7).is_new


def test_two_accounts_in_turns(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `knows`, each account takes its own name up again instead of a third one."""
    remember("L", folder, "a", 7)
    monkeypatch.setenv("SIXIA_HOME", str(tmp_path / "second"))
    assert settle("L", folder, "a", 7, knows={"a": 7}).is_new
    remember("L", folder, "b", 9)
    monkeypatch.setenv("SIXIA_HOME", str(tmp_path / "own"))
    back = settle("L", folder, "b", 9, knows={"a": 7, "b": 9})
    assert (back.installation, back.is_new) == ("a", False)
    # A backup from before a's last edits was restored: a's name is not taken up.
    assert settle("L", folder, "b", 9, knows={"a": 6, "b": 9}).is_new
    assert settle("L", folder, "b", 9).is_new


def test_last_name_is_preferred(folder: Path) -> None:
    remember("L", folder, "a", 7)
    remember("L", folder, "b", 5)
    assert settle("L", folder, "b", 5, knows={"a": 7}).installation == "b"
    assert settle("L", folder, "a", 7, knows={"b": 5}).installation == "a"


def test_counter_never_falls(folder: Path) -> None:
    remember("L", folder, "a", 7)
    remember("L", folder, "a", 3)
    assert settle("L", folder, "a", 6).is_new


def test_ledgers_do_not_disturb_each_other(folder: Path, own_home: Path) -> None:
    remember("L", folder, "a", 7)
    remember("M", folder, "b", 3)
    assert not settle("L", folder, "a", 7).is_new
    assert not settle("M", folder, "b", 3).is_new
    assert sorted(os.listdir(own_home)) == ["installations.json", "installations.lock"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"format": 2, "ledgers": {}}',
        b'{"format": 1}',
        b'{"format": 1, "ledgers": {"L": {}, "M": [1]}}',
        b'{"format": 1, "ledgers": {"L": [{"installation": "a"}]}}',
        b'{"format": 1, "ledgers": {"L": [{"installation": "a", "path": "p", "machine": "m",'
        b' "counter": "7"}]}}',
        b"[" * 100_000,
    ],
)
def test_damaged_file_is_moved_aside(
    folder: Path, own_home: Path, content: bytes, expected_logs: Callable[..., None]
) -> None:
    own_home.mkdir()
    file = own_home / "installations.json"
    (own_home / "installations.json.damaged-1").write_bytes(b"earlier")
    file.write_bytes(content)
    expected_logs("damaged")
    assert settle("L", folder, "a", 7).is_new
    assert (own_home / "installations.json.damaged-1").read_bytes() == b"earlier"
    assert (own_home / "installations.json.damaged-2").read_bytes() == content
    remember("L", folder, "a", 7)
    assert not settle("L", folder, "a", 7).is_new


def test_unreadable_counts_as_empty(
    folder: Path, own_home: Path, expected_logs: Callable[..., None]
) -> None:
    (own_home / "installations.json").mkdir(parents=True)
    expected_logs("can't be read")
    assert settle("L", folder, "a", 7).is_new


def test_home_that_cannot_be_written(folder: Path, own_home: Path) -> None:
    own_home.write_text("a file where the folder should be")
    with pytest.raises(LedgerProblem, match="没有丢失"):
        remember("L", folder, "a", 7)


def test_two_programs_at_once(folder: Path, own_home: Path) -> None:
    """Without the lock, one of them would write back what it had read before the other wrote."""
    program = (
        "import sys; from pathlib import Path; from desktop.ledger.installation import remember\n"
        "for n in range(40): remember(sys.argv[1], Path(sys.argv[2]), f'i{n}', n, machine='m')"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, name, str(folder)]) for name in "LMN"
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    ledgers = json.loads((own_home / "installations.json").read_bytes())["ledgers"]
    assert {name: len(entries) for name, entries in ledgers.items()} == {"L": 40, "M": 40, "N": 40}


def test_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIXIA_HOME")
    variable = "APPDATA" if sys.platform == "win32" else "XDG_DATA_HOME"
    monkeypatch.setenv(variable, str(tmp_path))
    assert installation.home() == tmp_path / "sixia"
    for absent in ("", "relative"):
        monkeypatch.setenv(variable, absent)
        assert installation.home().is_relative_to(Path.home())
        assert installation.home().name == "sixia"


def test_machine_id() -> None:
    assert re.fullmatch("[0-9a-f]{32}", installation.machine_id())
    assert installation.machine_id() == installation.machine_id()
