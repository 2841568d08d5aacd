"""A full disk: one sentence, nothing by halves, and the ledger goes on when there is room."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.errors import LedgerProblem
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.records import Cadre, Case
from tests.ledgers import PASSWORD, copy_empty

DAY = dt.date(2026, 6, 9)
ROOT = Path(__file__).parents[2]

# The kernel refuses to let any file grow beyond the limit, in the middle of a write if need be.
LIMITED = """
import resource, signal, sys
from datetime import date
from pathlib import Path
from desktop.core.errors import LedgerProblem
from desktop.ledger.ledger import Ledger
from desktop.records import Case

ledger = Ledger.open(Path(sys.argv[1]), sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
done = 0
try:
    while True:
        with ledger.write("登记") as rows:
            rows.save(*(Case(matter="长" * 300, received=date(2026, 6, 9)) for _ in range(50)))
        done += 1
except LedgerProblem as error:
    print(done, error)
    cases = ledger.rows('SELECT count(*) FROM "case"')[0][0]
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with ledger.write("又有地方了") as rows:
        rows.save(Case(matter="路灯", received=date(2026, 6, 9)))
    ledger.close()
    sys.exit(0 if cases == 50 * done else 1)
"""


def fill(ledger: Ledger) -> int:
    done = 0
    while True:
        with ledger.write("登记") as rows:
            rows.save(*(Case(matter="长" * 300, received=DAY) for _ in range(50)))
        done += 1
        assert done < 1000


def test_a_full_disk_while_saving(ledger: Ledger) -> None:
    with ledger.write("新增") as rows:
        rows.save(Cadre(name="张三"))
    pages = ledger.rows("PRAGMA page_count")[0][0]
    ledger.db.execute(f"PRAGMA max_page_count = {pages + 150}")
    with pytest.raises(LedgerProblem, match="磁盘已满，刚才的内容没有写入，以前的都在"):
        fill(ledger)
    assert health.check(ledger) == []
    operations = ledger.rows("SELECT count(*) FROM operation")[0][0]
    cases = ledger.rows('SELECT count(*) FROM "case"')[0][0]
    assert cases == 50 * (operations - 1)
    assert len(ledger.committed) == operations
    assert ledger.counter == operations
    assert len(ledger.search("长", limit=10**6)) == cases
    ledger.db.execute("PRAGMA max_page_count = 1073741823")
    with ledger.write("又有地方了") as rows:
        rows.save(Cadre(name="李四"))
    assert health.check(ledger) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
@pytest.mark.parametrize("room", [1_500_001, 2_000_000])
def test_a_file_that_may_not_grow(tmp_path: Path, room: int) -> None:
    folder = copy_empty(tmp_path / "a.ledger")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(folder), PASSWORD, str(room)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    operations, sentence = done.stdout.split(maxsplit=1)
    assert "没有写入" in sentence
    with Ledger.open(folder, PASSWORD) as ledger:
        assert health.check(ledger) == []
        assert ledger.rows('SELECT count(*) FROM "case"') == [(50 * int(operations) + 1,)]
