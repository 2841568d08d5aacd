"""desktop/ledger/lock.py: one program at a time writes a ledger, and a dead one holds nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.errors import LedgerProblem
from desktop.ledger.lock import Lock

HOLD = """
import sys
from pathlib import Path
from desktop.ledger.lock import Lock
lock = Lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_one_is_refused(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    with pytest.raises(LedgerProblem, match="正被另一个窗口或程序使用"):
        Lock(tmp_path)
    lock.release()
    Lock(tmp_path).release()


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerProblem, match="没有改动"):
        Lock(tmp_path / "nobody")


def test_another_process_holds_it_until_it_dies(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(LedgerProblem):
            Lock(tmp_path)
        child.kill()
    Lock(tmp_path).release()
