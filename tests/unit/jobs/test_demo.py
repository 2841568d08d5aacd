"""The demo: the sample year end to end; what it did not make itself, it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import WrongUsage
from desktop.jobs.demo import PASSWORD, demo
from desktop.ledger.ledger import Ledger
from desktop.sheets.reading import sheet_files
from tests.sample_year import CHEAP, EXPECTED, SAMPLE


def test_the_sample_year_end_to_end(tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(2):  # a former demo is replaced
        made = demo(tmp_path / "out", say=said.append, cost=CHEAP)
    assert len(made.imported.files) == len(sheet_files(SAMPLE))
    assert made.imported.findings == []
    assert {k: made.figures[k].value for k in EXPECTED["all"]} == EXPECTED["all"]
    for report in made.reports:
        assert report.path.stat().st_size > 10_000
        assert report.checksheet.exists()
        assert any(str(report.path) in line for line in said)
    with Ledger.open(made.ledger, PASSWORD) as ledger:
        assert ledger.office.name == "清岚县"


def test_a_ledger_of_ones_own_is_not_replaced(tmp_path: Path) -> None:
    own = tmp_path / "清岚县.ledger"
    own.mkdir()
    (own / "ledger.db").write_bytes(b"mine")
    with pytest.raises(WrongUsage, match="没有动它"):
        demo(tmp_path, cost=CHEAP)
    assert (own / "ledger.db").read_bytes() == b"mine"
    assert [p.name for p in tmp_path.iterdir()] == ["清岚县.ledger"]
