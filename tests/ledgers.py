"""An empty ledger, made once a session; tests work on copies of its folder, encrypted like any."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from desktop.core.offices import make_office
from desktop.ledger import vault
from desktop.ledger.ledger import Ledger
from desktop.ledger.vault import Cost

PASSWORD, USER = "正确 horse", "张三"
TOWNSHIP, COUNTY = "990801101000", "990801000000"
CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
OFFICE = make_office("柳河镇", TOWNSHIP)


@cache
def _template() -> Path:
    scratch = Path(tempfile.mkdtemp(prefix="sixia-ledger-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    ledger, _ = Ledger.create(scratch / "empty.ledger", OFFICE, USER, PASSWORD, cost=CHEAP)
    ledger.close()
    return ledger.folder


def copy_empty(folder: Path) -> Path:
    """Make `folder` an empty ledger of 柳河镇, closed; opened by `PASSWORD`."""
    shutil.copytree(_template(), folder)
    return folder


def open_empty(folder: Path) -> Ledger:
    """An empty ledger of 柳河镇 in a new folder, opened for writing."""
    return Ledger.open(copy_empty(folder), PASSWORD)


def data_key(folder: Path) -> bytes:
    """The key of the ledger's files, for tests that work below `Ledger`."""
    return vault.unlock(folder, None, PASSWORD).data_key


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a ledger's folder, to see whether one was touched."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}
