"""kill -9 at any moment while records are saved: each operation is whole or absent afterwards."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.errors import LedgerProblem
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, Cadre
from tests.crash.writer import PARTS
from tests.ledgers import OFFICE, PASSWORD, copy_empty

LONG = os.environ.get("SIXIA_LONG") == "1"
ROOT = Path(__file__).parents[2]

CREATE = """
import os, signal, sys
from pathlib import Path
from desktop.ledger.ledger import Ledger
from tests.ledgers import CHEAP, OFFICE, PASSWORD

where = int(sys.argv[2])
seen = 0

def stop(frame, event, argument):
    global seen
    files = ("ledger.py", "migrations.py", "db.py")
    if event == "call" and frame.f_code.co_filename.endswith(files):
        seen += 1
        if seen == where:
            os.kill(os.getpid(), signal.SIGKILL)

sys.setprofile(stop)
Ledger.create(Path(sys.argv[1]), OFFICE, "张三", PASSWORD, cost=CHEAP)
"""


def run_until_killed(folder: Path, seed: int, rng: random.Random) -> int:
    """Let the writer work, kill it in the middle; returns the last operation that it promised."""
    command = [sys.executable, "-m", "tests.crash.writer", str(folder), PASSWORD, str(seed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        promised = 0
        enough = rng.randint(1, 25)
        for line in child.stdout:
            promised = int(line)
            if promised >= enough:
                break
        for _ in range(rng.randrange(40_000)):  # somewhere inside the next one
            pass
        child.kill()
        rest = child.stdout.read().split()
    return int(rest[-1]) if rest else promised


def assert_whole(ledger: Ledger, promised: int) -> int:
    """Everything promised is there, at most one more, and nothing by halves."""
    assert health.check(ledger) == []
    done = [title for (title,) in ledger.rows("SELECT title FROM operation ORDER BY counter")]
    assert done == [f"第{n + 1}步" for n in range(len(done))]
    assert promised <= len(done) <= promised + 1
    assert ledger.rows("SELECT max(counter) FROM knows") == [(len(done),)]
    parts = ledger.rows("SELECT count(*) FROM lecture GROUP BY activity")
    assert {n for (n,) in parts} <= {PARTS}
    trips = ledger.rows(
        "SELECT a.removed, min(l.removed), max(l.removed) FROM activity a"
        " JOIN lecture l ON l.activity = a.id GROUP BY a.id"
    )
    assert all(len(set(row)) == 1 for row in trips)
    entries = ledger.rows("SELECT count(*) FROM entry")[0][0]
    assert entries == sum(
        ledger.rows(f'SELECT count(*) FROM "{name}"')[0][0] for name in RECORD_TYPES
    )
    return len(done)


@pytest.mark.parametrize("seed", range(40) if LONG else range(4))
def test_killed_while_saving(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    folder = copy_empty(tmp_path / "a.ledger")
    promised = run_until_killed(folder, seed, rng)
    with Ledger.open(folder, PASSWORD, readonly=True) as reader:
        done = assert_whole(reader, promised)
    with Ledger.open(folder, PASSWORD) as ledger:
        assert assert_whole(ledger, promised) == done
        installation = ledger.rows("SELECT DISTINCT installation FROM operation")
        assert installation == [(ledger.meta("installation"),)]
        with ledger.write("下一步") as rows:  # and it goes on
            rows.save(Cadre(name="张三"))
        assert health.check(ledger) == []


@pytest.mark.parametrize("where", range(10, 700, 14) if LONG else (150, 290, 350, 450, 600))
def test_killed_while_a_ledger_is_made(tmp_path: Path, where: int) -> None:
    """Either it is there and whole, or it is refused with a sentence."""
    folder = tmp_path / "a.ledger"
    subprocess.run([sys.executable, "-c", CREATE, str(folder), str(where)], cwd=ROOT, check=False)
    try:
        ledger = Ledger.open(folder, PASSWORD)
    except LedgerProblem:
        return
    with ledger:
        assert ledger.office == OFFICE
        assert health.check(ledger) == []
        with ledger.write("新增") as rows:
            rows.save(Cadre(name="张三"))
