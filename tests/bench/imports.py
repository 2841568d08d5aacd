"""Importing a ledger against calamine's bare read of the same file."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import python_calamine
import xlsxwriter

from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.init_ledger import init_ledger
from desktop.ledger.vault import Cost
from tests.bench.measure import Line, best

ROWS = 20_000
HEADER = (
    "序号",
    "日期",
    "宣讲主题",
    "宣讲形式",
    "宣讲人",
    "职级",
    "村（社区）",
    "受众人次",
    "备注",
)


def _ledger_file(path: Path) -> None:
    chance = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for n in range(1, ROWS + 1):
        day = dt.date(2023, 1, 1) + dt.timedelta(chance.randrange(365))
        leader = chance.choice("赵钱孙李周吴郑王") + chance.choice("建国文海春明")
        place = f"{chance.choice('东西南北上下')}{chance.choice('沟坪庄湾岭')}村"
        theme = chance.choice(("移风易俗", "乡村振兴", "法律法规", "惠农惠民政策"))
        form = chance.choice(("集中宣讲", "座谈会", "入户上门"))
        cells = (n, day.isoformat(), theme, form, leader, "乡科级副职", place)
        sheet.write_row(n, 0, (*cells, chance.randrange(5, 200), ""))
    book.close()


def compare(scratch: Path) -> Line:
    """Rows a second of the whole import (rows, index, history) to those of the bare read."""
    file = scratch / "柳河镇2023年宣讲活动台账.xlsx"
    _ledger_file(file)
    bare = best(lambda: python_calamine.load_workbook(file).get_sheet_by_index(0).to_python())
    numbers = iter(range(10))

    def run() -> None:
        folder = scratch / f"{next(numbers)}.ledger"
        ledger, _ = init_ledger(
            folder, "柳河镇", "990821101", "", "", "试", "bench-1", cost=Cost(1, 8, 1)
        )
        with ledger:
            assert import_ledgers(ledger, [file]).added == ROWS

    ours = best(run, 2)
    return Line(f"import {ROWS} rows / calamine's bare read", ours, bare, bare / ours, "×", 0.02)
