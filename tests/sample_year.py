"""The sample year, imported once a session into a template; tests work on copies of its folder.

Import the fixtures that a folder needs in its conftest.py.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desktop.core.progress import Silent
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.init_ledger import init_ledger
from desktop.ledger.ledger import Ledger
from desktop.ledger.vault import Cost
from desktop.records import RECORD_TYPES

SAMPLE = Path(__file__).parents[1] / "resources" / "sample"
EXPECTED: dict[str, Any] = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
FIRST, LAST = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
PASSWORD, USER = "practice", "李明"
COUNTY, COUNTY_CODE = "清岚县", "990821000000"
TOWNSHIPS = {
    "城关镇": "990821100000",
    "柳河镇": "990821101000",
    "石门镇": "990821102000",
    "炭坪镇": "990821103000",
    "桃源乡": "990821200000",
    "大岭乡": "990821201000",
}
CHEAP = Cost(1, 8, 1)


def make_ledger(folder: Path, name: str = COUNTY, code: str = COUNTY_CODE) -> Ledger:
    """An empty ledger of an office, opened; its password costs next to nothing."""
    level = "county" if code.endswith("000000") else "township"
    ledger, _ = init_ledger(folder, name, code, level, "", USER, PASSWORD, cost=CHEAP)
    return ledger


@cache
def _scratch() -> Path:
    scratch = Path(tempfile.mkdtemp(prefix="sixia-sample-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    return scratch


@cache
def imported_county() -> Path:
    """The folder of a county ledger with the whole sample year. Never open it for writing."""
    folder = _scratch() / "county.ledger"
    with make_ledger(folder) as ledger:
        report = import_ledgers(ledger, [SAMPLE], progress=Silent())
        assert report.findings == []
    return folder


@cache
def empty_ledger(name: str) -> Path:
    """The folder of an empty ledger of the county or of a township."""
    code = TOWNSHIPS.get(name, COUNTY_CODE)
    folder = _scratch() / f"{code}.ledger"
    make_ledger(folder, name, code).close()
    return folder


@cache
def registered_township() -> Path:
    """The folder of a ledger of 柳河镇 that knows the county's divisions, roster and areas."""
    folder = copied(empty_ledger("柳河镇"), _scratch() / "registered.ledger")
    with Ledger.open(folder, PASSWORD) as ledger:
        names = ("行政区划.xlsx", "干部名册.xlsx", "小区名单.xlsx")
        import_ledgers(ledger, [SAMPLE / COUNTY / name for name in names], year=2023)
    return folder


def copied(template: Path, folder: Path) -> Path:
    """A copy of a ledger's folder."""
    shutil.copytree(template, folder)
    return folder


@pytest.fixture
def county_folder(tmp_path: Path) -> Path:
    """The folder of a county ledger with the sample year, closed."""
    return copied(imported_county(), tmp_path / "清岚县.ledger")


@pytest.fixture
def county(county_folder: Path) -> Iterator[Ledger]:
    """A county ledger with the sample year."""
    with Ledger.open(county_folder, PASSWORD) as ledger:
        yield ledger


@pytest.fixture
def empty_county(tmp_path: Path) -> Iterator[Ledger]:
    """An empty county ledger."""
    folder = copied(empty_ledger(COUNTY), tmp_path / "县.ledger")
    with Ledger.open(folder, PASSWORD) as ledger:
        yield ledger


@pytest.fixture
def registered(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of 柳河镇 without any activity, which knows the county's registers."""
    folder = copied(registered_township(), tmp_path / "册.ledger")
    with Ledger.open(folder, PASSWORD) as ledger:
        yield ledger


@pytest.fixture
def township_folder(tmp_path: Path) -> Path:
    """The folder of an empty ledger of 柳河镇, closed."""
    return copied(empty_ledger("柳河镇"), tmp_path / "柳河镇.ledger")


@pytest.fixture
def township(township_folder: Path) -> Iterator[Ledger]:
    """An empty ledger of 柳河镇."""
    with Ledger.open(township_folder, PASSWORD) as ledger:
        yield ledger


def records(ledger: Ledger) -> dict[str, dict[str, dict[str, Any]]]:
    """All records, void ones too: type -> id -> fields; lists of words in alphabetical order."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for name, of in RECORD_TYPES.items():
        ids = [row[0] for row in ledger.rows(f'SELECT id FROM "{name}"')]
        found[name] = {
            one.id: {f.name: _plain(getattr(one, f.name)) for f in of.columns}
            for one in ledger.fetch(of.cls, ids)
        }
    return found


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, tuple) else value


def content(ledger: Ledger) -> dict[str, list[str]]:
    """Everything that a ledger's plain tables hold, to be compared before and after."""
    tables = (*RECORD_TYPES, "imported_row", "operation", "history", "entry", "knows", "meta")
    return {t: sorted(map(repr, ledger.rows(f'SELECT * FROM "{t}"'))) for t in tables}


def counts(ledger: Ledger) -> dict[str, int]:
    """How many records that count there are of each type that has any."""
    found = {
        name: ledger.rows(f"SELECT count(*) FROM \"{name}\" WHERE removed = ''")[0][0]
        for name in RECORD_TYPES
    }
    return {name: count for name, count in found.items() if count}
