"""The sample year goes in as it is: its figures, twice, undone, in any order and format."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop import figures
from desktop.core.errors import SheetProblem, WrongUsage
from desktop.jobs.import_ledgers import import_ledgers
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.sheets.reading import sheet_files
from tests.sample_year import (
    COUNTY,
    EXPECTED,
    FIRST,
    LAST,
    PASSWORD,
    SAMPLE,
    TOWNSHIPS,
    content,
    copied,
    counts,
    empty_ledger,
    imported_county,
    make_ledger,
    records,
)
from tests.unit.jobs.books import sheet_cells, write

ROWS = 4029
BY_NAME = ("onsite_leaders", "onsite_leaders_county_rank")  # across ledgers of several offices


def values(ledger: Ledger, office: str = "") -> dict[str, Any]:
    return {i: r.value for i, r in figures.compute(ledger, FIRST, LAST, office).items()}


def expected_of(name: str) -> dict[str, Any]:
    return dict(EXPECTED["all"] if not name else EXPECTED["townships"][name])


@pytest.mark.parametrize("name", ["", *TOWNSHIPS])
def test_figures_of_the_sample_year(county: Ledger, name: str) -> None:
    found = values(county, TOWNSHIPS.get(name, ""))
    expected = expected_of(name)
    assert {k: found[k] for k in expected} == expected


def test_every_expected_figure_is_a_figure() -> None:
    named = {k for e in (EXPECTED["all"], *EXPECTED["townships"].values()) for k in e}
    assert named <= {f.id for f in figures.FIGURES}


@pytest.mark.parametrize("figure", [f.id for f in figures.FIGURES])
def test_a_figure_has_as_many_rows_as_it_says(county: Ledger, figure: str) -> None:
    result = figures.compute(county, FIRST, LAST, only=[figure])[figure]
    found = figures.rows(county, figure, FIRST, LAST)
    assert len(found) == result.rows
    assert len(set(found)) == len(found)


def test_townships_add_up_to_the_county(county: Ledger) -> None:
    """What is a count or a sum, and nothing of the county's own, adds up."""
    parts = [values(county, code) for code in TOWNSHIPS.values()]
    for key in ("lecture_heads", "reception_visits", "suggestions", "disputes", "onsite_problems"):
        assert sum(part[key] or 0 for part in parts) == values(county)[key]


def test_the_same_again_adds_nothing(county: Ledger) -> None:
    before = content(county)
    report = import_ledgers(county, [SAMPLE])
    assert (report.added, report.bad_count, report.findings) == (0, 0, [])
    assert report.known == ROWS
    assert content(county) == before


def test_the_whole_import_is_one_undo_step(county: Ledger) -> None:
    before = records(county)
    assert county.undo()
    assert counts(county) == {"place": 1}  # the office itself, which init made
    report = import_ledgers(county, [SAMPLE])
    assert (report.added, report.findings) == (0, [])
    assert sum(t.restored for t in report.tables) == ROWS
    assert records(county) == before
    assert health.check(county) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_of_files_gives_the_same_records(tmp_path: Path, seed: int) -> None:
    """Of one command; the registers stand last."""
    files = sheet_files(SAMPLE)
    random.Random(seed).shuffle(files)
    files.sort(key=lambda path: path.parent.name == COUNTY)
    with make_ledger(tmp_path / "a.ledger") as ledger:
        report = import_ledgers(ledger, files)
        assert report.findings == []
        assert records(ledger) == template_records()


def template_records() -> dict[str, dict[str, dict[str, Any]]]:
    with Ledger.open(imported_county(), PASSWORD, readonly=True) as ledger:
        return records(ledger)


@pytest.mark.parametrize(
    ("suffix", "encoding"), [(".csv", "utf-8"), (".csv", "gb18030"), (".ods", ""), (".xlsx", "")]
)
@pytest.mark.parametrize("name", ["柳河镇宣讲活动台账", "柳河镇接访下访台账"])
def test_another_format_is_the_same_ledger(
    county: Ledger, tmp_path: Path, name: str, suffix: str, encoding: str
) -> None:
    (cells,) = sheet_cells(SAMPLE / "柳河镇" / f"{name}.xlsx").values()
    path = write(tmp_path / f"{name}{suffix}", cells, encoding)
    report = import_ledgers(county, [path])
    assert report.known == report.tables[0].rows > 0
    assert (report.added, report.findings) == (0, [])


def test_a_township_alone_has_its_own_figures(township: Ledger) -> None:
    """Its five ledgers, with neither roster nor divisions."""
    report = import_ledgers(township, [SAMPLE / "柳河镇"])
    assert report.bad_count == 0
    expected = expected_of("柳河镇")
    for office in ("", TOWNSHIPS["柳河镇"]):
        found = values(township, office)
        assert {k: found[k] for k in expected} == expected


def test_county_and_townships_derive_the_same_ids(tmp_path: Path) -> None:
    whole = template_records()
    shared = {"place", "unit", "cadre", "post"}
    seen: dict[str, set[str]] = {}
    for name, code in TOWNSHIPS.items():
        folder = copied(empty_ledger(name), tmp_path / f"{code}.ledger")
        with Ledger.open(folder, PASSWORD) as ledger:
            import_ledgers(ledger, [SAMPLE / name])
            for of, found in records(ledger).items():
                seen.setdefault(of, set()).update(found)
    own = {TOWNSHIPS[n] for n in TOWNSHIPS}
    for of in whole.keys() - shared:
        ids = {i for i, r in whole[of].items() if r["office"] in own}
        assert seen[of] == ids, of
    assert seen["place"] <= set(whole["place"])


@pytest.fixture
def registers_last(tmp_path: Path) -> Iterator[Ledger]:
    """The sample year, one command a township; roster and areas in the last command."""
    with make_ledger(tmp_path / "a.ledger") as ledger:
        import_ledgers(ledger, [SAMPLE / COUNTY / "行政区划.xlsx"])
        for name in TOWNSHIPS:
            import_ledgers(ledger, [SAMPLE / name])
        import_ledgers(ledger, [SAMPLE / COUNTY])
        yield ledger


def test_registers_that_come_later_change_no_id_and_no_count(registers_last: Ledger) -> None:
    found, whole = records(registers_last), template_records()
    assert {k: set(v) for k, v in found.items()} == {k: set(v) for k, v in whole.items()}
    expected = {k: v for k, v in EXPECTED["all"].items() if k not in BY_NAME}
    assert {k: values(registers_last)[k] for k in expected} == expected


def test_registers_that_come_later_tell_who_is_who(registers_last: Ledger) -> None:
    assert {k: values(registers_last)[k] for k in BY_NAME} == {
        k: EXPECTED["all"][k] for k in BY_NAME
    }


def test_a_trial_run_reports_the_same_and_writes_nothing(empty_county: Ledger) -> None:
    before = content(empty_county)
    trial = import_ledgers(empty_county, [SAMPLE], dry_run=True)
    assert content(empty_county) == before
    assert empty_county.committed == []
    real = import_ledgers(empty_county, [SAMPLE])
    assert trial.dry_run
    assert {**trial.as_dict(), "dry_run": False} == real.as_dict()


def test_the_chain_of_the_history_holds(county: Ledger) -> None:
    assert health.check(county) == []


def test_what_cannot_be_imported_at_all_is_refused(township: Ledger, tmp_path: Path) -> None:
    before = content(township)
    (tmp_path / "空").mkdir()
    for path in (tmp_path / "没有.xlsx", tmp_path / "空"):
        with pytest.raises(SheetProblem):
            import_ledgers(township, [path])
    sample = SAMPLE / "柳河镇" / "柳河镇宣讲活动台账.xlsx"
    with pytest.raises(WrongUsage, match="没有「别的」这种台账"):
        import_ledgers(township, [sample], kind="别的")
    with pytest.raises(WrongUsage, match="不认识单位「火星镇」"):
        import_ledgers(township, [sample], office="火星镇")
    assert content(township) == before
