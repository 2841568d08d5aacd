"""The sample year end to end: 41 ledgers of six townships and a county, figures, summaries.

All people and places in it are made up; the codes use the unassigned prefix 99.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop import figures
from desktop.core.errors import WrongUsage
from desktop.core.progress import Progress, Silent
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.import_report import ImportReport
from desktop.jobs.init_ledger import init_ledger
from desktop.jobs.make_report import Made, make_report
from desktop.paths import resource
from desktop.work.registers import offices

PASSWORD = "sixia2023"
COUNTY, CODE = "清岚县", "990821"
TOWNSHIP = "柳河镇"
FIRST, LAST = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
USER = "练习"


@dataclass(frozen=True)
class Demo:
    """What the demo made."""

    ledger: Path
    recovery_key: str
    imported: ImportReport
    figures: dict[str, figures.Result]
    reports: list[Made]


def demo(
    out: Path,
    progress: Progress | None = None,
    say: Callable[[str], None] = lambda _: None,
    *,
    cost: Any = None,
) -> Demo:
    """Import the sample year into a county ledger under `out`, and write its summaries.

    A former demo in the same folder is replaced; anything else there is left alone.

    Raises:
        WrongUsage: a ledger that no demo made stands in the way.
    """
    progress = progress or Silent()
    out.mkdir(parents=True, exist_ok=True)
    folder = out / f"{COUNTY}.ledger"
    _clear(folder)
    say(f"建立{COUNTY}的台账：{folder}")
    ledger, recovery = init_ledger(folder, COUNTY, CODE, "", "", USER, PASSWORD, cost=cost)
    (folder / MARK).write_text("made by sixia demo\n", "utf-8")
    with ledger:
        say("导入六个乡镇和县直单位一年的台账……")
        imported = import_ledgers(ledger, [resource("sample")], year=FIRST.year, progress=progress)
        say(f"导入 {len(imported.files)} 个文件，{imported.added} 行。")
        results = figures.compute(ledger, FIRST, LAST)
        codes = {name: code for code, name in offices(ledger).items()}
        reports = []
        for name, code in ((COUNTY, ""), (TOWNSHIP, codes[TOWNSHIP])):
            path = out / f"{name}2023年工作总结.pdf"
            reports.append(make_report(ledger, "summary", FIRST, LAST, code, path, progress))
            say(f"写好{name}的工作总结：{path}（{reports[-1].pages}页）")
    return Demo(folder, recovery, imported, results, reports)


MARK = ".demo"


def _clear(folder: Path) -> None:
    if not folder.exists():
        return
    if not (folder / MARK).is_file():
        raise WrongUsage(f"{folder} 不是演示留下的台账，没有动它。请换一个文件夹。")
    shutil.rmtree(folder)
