"""kill -9 while photos are added: a row never names a file that isn't there whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.ledger import files
from desktop.ledger.ledger import Ledger
from desktop.records import Attachment
from tests.ledgers import PASSWORD, copy_empty

LONG = os.environ.get("SIXIA_LONG") == "1"
ROOT = Path(__file__).parents[2]


def run_until(folder: Path, step: str, number: int, seed: int) -> list[str]:
    """Kill the writer some moment after it said so; returns all that it had said."""
    command = [sys.executable, "-m", "tests.crash.photo_writer", str(folder), PASSWORD, str(seed)]
    said: list[str] = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            said.append(line.strip())
            if said[-1] == f"{step} {number}":
                break
        for _ in range(random.Random(seed).randrange(60_000)):  # somewhere inside of it
            pass
        child.kill()
        return said + [line.strip() for line in child.stdout]


@pytest.mark.parametrize("step", ["file", "row"])
@pytest.mark.parametrize("seed", range(12) if LONG else range(2))
def test_killed_between_file_and_row(tmp_path: Path, step: str, seed: int) -> None:
    folder = copy_empty(tmp_path / "a.ledger")
    said = run_until(folder, step, 3, seed)
    stored = {line.split()[1] for line in said if line.startswith("row")}
    done = {line.split()[1] for line in said if line.startswith("done")}
    with Ledger.open(folder, PASSWORD) as ledger:
        kept = ledger.files()
        assert kept.verify() == []
        assert kept.damage() == []
        here = kept.all()
        assert {f"{n}.jpg" for n in stored} <= set(here.values())
        rows = ledger.rows("SELECT name, sha256 FROM attachment")
        assert {f"{n}.jpg" for n in done} <= {name for name, _ in rows}
        assert all(here.get(sha256) == name for name, sha256 in rows)
        spare = files.orphans(ledger)
        assert set(spare) == set(here) - {sha256 for _, sha256 in rows}
        assert len(spare) <= 1
        for sha256, name in spare.items():  # and what was left over can still be used
            with ledger.write("添加照片") as writing:
                writing.save(Attachment(of="0" * 32, sha256=sha256, name=name))
        assert files.orphans(ledger) == {}
