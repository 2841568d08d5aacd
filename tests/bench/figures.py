"""All figures of a year of a large ledger against bare queries over the same rows."""

from __future__ import annotations

import datetime as dt
import os
import random
from pathlib import Path
from typing import Any

from desktop import figures
from desktop.core.ids import derived_id
from desktop.core.record import RecordType
from desktop.jobs.init_ledger import init_ledger
from desktop.ledger.ledger import Ledger
from desktop.ledger.vault import Cost
from desktop.records import RECORD_TYPES
from tests.bench.measure import Line, best

RECORDS = int(os.environ.get("BENCH_ROWS", "1000000"))
YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
YEARS = 5
FLOOR = 0.03

# How many of a hundred records each type has, and whose parts they are.
SHARES = {
    "activity": (20, ""),
    "lecture": (15, "activity"),
    "onsite": (10, "activity"),
    "problem": (15, "onsite"),
    "reception": (8, "activity"),
    "visit": (12, "reception"),
    "suggestion": (10, ""),
    "dispute": (10, ""),
}


def _fill(ledger: Ledger) -> None:
    """Rows as the schema has them, without index and history: only queries are timed."""
    chance = random.Random(1)
    days = [(dt.date(2021, 1, 1) + dt.timedelta(n)).isoformat() for n in range(365 * YEARS)]
    places = [derived_id("place", str(n)) for n in range(131)]
    leaders = [derived_id("cadre", str(n)) for n in range(176)]
    words: dict[str, tuple[Any, ...]] = {
        "leader": tuple(leaders),
        "place": tuple(places),
        "place_kind": ("村（社区）", "企业", "县直单位"),
        "leader_rank": ("县处级副职", "乡科级正职", "乡科级副职"),
        "theme": ("移风易俗", "乡村振兴", "法律法规"),
        "form": ("集中宣讲", "座谈会"),
        "decision": ("现场解决", "限期解决"),
        "status": ("办理中", "已销号"),
        "outcome": ("现场答复", "交办"),
        "result": ("调解成功", "调解中"),
        "kind": ("邻里纠纷", "其他"),
        "adoption": ("采纳", "不采纳", "研究中"),
        "heads": (10, 30, 80),
        "sessions": (1,),
        "people": (1, 2, 6),
        "closed": (None, "2025-06-01"),
        "due": (None, "2025-05-01"),
        "satisfaction": ("满意", "不满意", ""),
        "date": tuple(days),
    }
    with ledger.db.atomic():
        for name, (share, parent) in SHARES.items():
            of: RecordType = RECORD_TYPES[name]
            count = RECORDS * share // 100
            columns = [f.name for f in of.fields if f.name in words]
            listed = ["id", "office", "counter", "installation", *columns]
            if parent:
                listed.append(parent)
                parents = RECORDS * SHARES[parent][0] // 100
            text = (
                f'INSERT INTO "{name}" ({", ".join(f"{chr(34)}{c}{chr(34)}" for c in listed)})'
                f" VALUES ({','.join('?' * len(listed))})"
            )
            rows = []
            for n in range(count):
                row = [derived_id(name, str(n)), "990821101000", 1, "bench"]
                row += [chance.choice(words[c]) for c in columns]
                if parent:
                    row.append(derived_id(parent, str(chance.randrange(parents))))
                rows.append(row)
            ledger.db.conn.executemany(text, rows)


def compare(scratch: Path) -> Line:
    """All figures, rates and classes to one plain sum over the year's rows of each type."""
    folder = scratch / "figures.ledger"
    ledger, _ = init_ledger(
        folder, "柳河镇", "990821101", "", "", "试", "bench-1", cost=Cost(1, 8, 1)
    )
    with ledger:
        _fill(ledger)
        up = {name: parent for name, (_, parent) in SHARES.items()}

        def bare() -> None:
            for name in SHARES:
                joins, day, at = "", 't."date"', name
                while up[at]:
                    inner = "t" if at == name else f"t_{at}"
                    joins += f' JOIN "{up[at]}" t_{up[at]} ON t_{up[at]}.id = {inner}."{up[at]}"'
                    at = up[at]
                    day = f't_{at}."date"'
                span = [day.isoformat() for day in YEAR]
                ledger.rows(
                    f'SELECT count(*), count(DISTINCT t."office") FROM "{name}" t{joins}'
                    f" WHERE {day} BETWEEN ? AND ?",
                    span,
                )

        ours = best(lambda: figures.compute(ledger, *YEAR), times=2)
        theirs = best(bare)
    return Line(
        f"{len(figures.FIGURES)} figures of a year among {RECORDS:,} records, to bare counts",
        ours,
        theirs,
        theirs / ours,
        "s",
        FLOOR,
    )
