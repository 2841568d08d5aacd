"""The program tries itself in a scratch folder: opens, saves, lists, searches, prints, quits.

Run by `sixia --self-test`, also in the frozen program, where a missing data file or library shows.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop import figures
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.init_ledger import init_ledger
from desktop.jobs.make_report import make_report
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.paths import resource
from desktop.records import Activity, Lecture

PASSWORD = "self-test"
DAY = dt.date(2023, 11, 20)
YEAR = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def self_test(say: Callable[[str], None]) -> None:
    """Go through the main job once.

    Raises:
        AssertionError: a step gave something else than it must.
    """
    home = os.environ.get("SIXIA_HOME")
    with tempfile.TemporaryDirectory(prefix="sixia-") as scratch:
        os.environ["SIXIA_HOME"] = scratch
        try:
            _main_job(Path(scratch), say)
        finally:
            os.environ.pop("SIXIA_HOME")
            if home is not None:
                os.environ["SIXIA_HOME"] = home


def _main_job(scratch: Path, say: Callable[[str], None]) -> None:
    folder = scratch / "试.ledger"
    ledger, _ = init_ledger(folder, "清岚县", "990821", "", "", "试", PASSWORD)
    with ledger:
        sample = resource("sample")
        files = [sample / "清岚县", sample / "柳河镇"]
        report = import_ledgers(ledger, files, year=2023)
        _expect(report.added > 2500, f"imported {report.added} rows")
        with ledger.write("新建活动") as rows:
            trip = Activity(date=DAY, leader="李明", places=("前沟村",))
            (trip,) = rows.save(trip)  # type: ignore[assignment]
            rows.save(Lecture(activity=trip.id, theme="移风易俗", heads=58, place="前沟村"))
        say("导入、保存：通过")
    with Ledger.open(folder, PASSWORD) as ledger:
        _expect(ledger.count(Query(Activity.type)) > 80, "activities listed")
        _expect(any(h.id == trip.id for h in ledger.search("李明")), "found by name")
        _expect(any(h.id == trip.id for h in ledger.search("lm")), "found by initials")
        heads = figures.compute(ledger, *YEAR)["lecture_heads"].value
        _expect(heads == 2123 + 58, f"lecture_heads {heads}")
        say("打开、列表、查找、数字：通过")
        made = make_report(ledger, "summary", *YEAR, "", scratch / "总结.pdf")
        _expect(made.pages >= 1 and made.path.stat().st_size > 10_000, "summary printed")
        say("打印：通过")
        _expect(health.check(ledger) == [], "ledger is whole")
        say("检查：通过")


def _expect(fine: bool, what: str) -> None:
    if not fine:
        raise AssertionError(f"self-test: {what}")
