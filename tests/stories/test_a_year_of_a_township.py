"""Stories on the command line: what a clerk does with it, from the first day to the summary."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import Sixia
from tests.sample_year import EXPECTED, SAMPLE
from tests.unit.jobs.books import book, sheet_cells, write
from tests.unit.reports.reading import page_texts

YEAR = ("--from", "2023-01-01", "--to", "2023-12-31")


def test_from_the_first_day_to_the_summary(sixia: Sixia, tmp_path: Path) -> None:
    """New ledger; five ledgers of a year; a bad row corrected; the summary on paper."""
    ledger = tmp_path / "柳河镇.ledger"
    made = sixia("init", ledger, "--office", "柳河镇", "--code", "990821101")
    assert made.code == 0
    assert "恢复密钥" in made.out

    inbox = tmp_path / "收件"
    shutil.copytree(SAMPLE / "柳河镇", inbox)
    (cells,) = sheet_cells(inbox / "柳河镇宣讲活动台账.xlsx").values()
    spoiled = [[("几十人" if c == "28" else c) for c in row] for row in cells]
    write(inbox / "柳河镇宣讲活动台账.xlsx", spoiled)
    trial = sixia("import", ledger, inbox, "--dry-run", "--json").json
    errors = tmp_path / "问题行.xlsx"
    done = sixia("import", ledger, inbox, "--errors", errors, "--json")
    assert done.code == 1
    assert {**trial, "dry_run": False} == done.json
    assert done.json["bad"] >= 1

    (bad,) = sheet_cells(errors).values()
    write(errors, [[("28" if c == "几十人" else c) for c in row] for row in bad])
    again = sixia("import", ledger, errors, "--json").json
    assert (again["added"], again["bad"]) == (done.json["bad"], 0)

    found = sixia("figures", ledger, *YEAR, "--json").json["figures"]
    expected = EXPECTED["townships"]["柳河镇"]
    assert {k: found[k]["value"] for k in expected} == expected
    paper = tmp_path / "总结.pdf"
    assert sixia("report", ledger, "summary", *YEAR, "-o", paper).code == 0
    text = "".join(page_texts(paper)).replace(" ", "")
    assert "宣讲55场次，受教育党员群众2123人次" in text
    assert "我县" not in text
    assert sixia("check", ledger).code == 0


def test_the_county_gets_the_ledgers_on_sticks(sixia: Sixia, tmp_path: Path) -> None:
    """Registers last, one stick twice, one office unknown; the figures are right all the same."""
    ledger = tmp_path / "清岚县.ledger"
    sixia("init", ledger, "--office", "清岚县", "--code", "990821")
    assert sixia("import", ledger, SAMPLE / "清岚县", "--json").code == 0
    names = list(EXPECTED["townships"])
    for name in (*names, names[0]):
        assert sixia("import", ledger, SAMPLE / name, "--json").code == 0
    found = sixia("figures", ledger, *YEAR, "--json").json["figures"]
    assert {k: found[k]["value"] for k in EXPECTED["all"]} == EXPECTED["all"]
    stray = book(
        tmp_path / "河西镇宣讲.csv", "lectures", [{"date": "2023-1-1", "theme": "移风易俗"}]
    )
    refused = sixia("import", ledger, stray)
    assert (refused.code, refused.out) == (3, "")
    assert "河西镇" in refused.err


@pytest.mark.long
def test_the_demo_as_a_process(tmp_path: Path) -> None:
    """As somebody runs it who has never seen the program."""
    command = [sys.executable, "-m", "desktop", "demo", str(tmp_path / "out")]
    env = {k: v for k, v in os.environ.items() if k != "SIXIA_PASSWORD"}
    done = subprocess.run(command, capture_output=True, env=env, check=False)
    said = done.stdout.decode("utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    for words in ("宣讲活动：210 场次", "下基层活动：484 次", "练习密码", "工作总结"):
        assert words in said
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 4
