"""The figures of the sample year against a slow count of its files."""

from __future__ import annotations

import pytest

from desktop import figures
from desktop.ledger.ledger import Ledger
from desktop.sheets.reading import sheet_files
from tests.sample_year import COUNTY, EXPECTED, FIRST, LAST, SAMPLE, TOWNSHIPS
from tests.unit.figures.oracle import Count


def counted(*names: str) -> Count:
    count = Count()
    for name in names:
        for path in sheet_files(SAMPLE / name):
            count.add(name, path.stem, path)
    return count


@pytest.mark.parametrize("name", TOWNSHIPS)
def test_a_township_counted_slowly(county: Ledger, name: str) -> None:
    slow = counted(name).figures()
    fast = figures.compute(county, FIRST, LAST, TOWNSHIPS[name])
    assert {k: fast[k].value for k in slow} == slow
    assert {k: slow[k] for k in EXPECTED["townships"][name]} == EXPECTED["townships"][name]


def test_the_county_counted_slowly(county: Ledger) -> None:
    slow = counted(COUNTY, *TOWNSHIPS).figures()
    fast = figures.compute(county, FIRST, LAST)
    assert {k: fast[k].value for k in slow} == slow
    shared = slow.keys() & EXPECTED["all"].keys()
    assert {k: slow[k] for k in shared} == {k: EXPECTED["all"][k] for k in shared}
