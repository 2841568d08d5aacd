"""Lists and search in a ledger of a million trips and a million problems, against bare SQL.

The rows are written by `executemany`, past the history: this is about reading. Each line compares
what a list does (query, row numbers, words) with the plainest SQL for the same on the same file.
"""

from __future__ import annotations

import functools
import os
import random
import statistics
import sys
from array import array
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop.core.ids import derived_id
from desktop.core.record import RecordType
from desktop.gui.list_model import BLOCK, read_rows
from desktop.gui.list_source import source_of
from desktop.gui.record_list import FIRST_PAGE
from desktop.gui.screens.lists import trips_source
from desktop.ledger import pinyin, search, search_text
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import RECORD_TYPES
from tests import fakes
from tests.bench.measure import Line, best

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
FIRST = date(2006, 1, 1)
LEADERS = [derived_id("leader", str(n)) for n in range(500)]
UNITS = [derived_id("unit", str(n)) for n in range(60)]
THINGS = [
    "路灯损坏",
    "灌溉渠淤堵",
    "通组路破损",
    "饮水管网老化",
    "危房改造",
    "租金未付",
    "班车太少",
    "垃圾清运",
]
VILLAGES = ["前沟", "后塬", "李家湾", "大坡", "上沟", "学府", "东峪", "小寨", "赵家塬", "南坡"]
STATUSES = ("推进中", "已完成", "")


def _columns(of: RecordType, **given: Callable[[int], Any]) -> Callable[[int], tuple[Any, ...]]:
    empty = {f.name: f.kind.stored(f.kind.empty) for f in of.columns}
    makers = [given.get(name, lambda _n, v=v: v) for name, v in empty.items()]
    return lambda n: (derived_id(of.name, str(n)), *(make(n) for make in makers), 1, "bench", "")


def _insert(ledger: Ledger, of: RecordType, row: Callable[[int], tuple[Any, ...]]) -> None:
    names = ["id", *(f.name for f in of.columns), "counter", "installation", "stamps"]
    listed, marks = ", ".join(f'"{n}"' for n in names), ",".join("?" * len(names))
    ledger.db.conn.executemany(
        f'INSERT INTO "{of.name}"({listed}) VALUES ({marks})', map(row, range(ROWS))
    )


def _title(n: int) -> str:
    return f"{VILLAGES[n % 10]}村{THINGS[n // 7 % 8]}第{n}处"


def _documents(first: int) -> Iterator[tuple[int, str, str]]:
    spelt = {v: sorted(pinyin.variants(f"{v}村"))[:1] for v in VILLAGES}
    for n in range(ROWS):
        yield (first + n, *search_text.document([_title(n)], spelt[VILLAGES[n % 10]]))


@functools.lru_cache(maxsize=1)
def million(scratch: Path) -> Ledger:
    """The ledger, made once."""
    ledger = fakes.new_ledger(scratch / "million.ledger")
    trip, problem = RECORD_TYPES["activity"], RECORD_TYPES["problem"]
    chance = random.Random(1)
    days = [(FIRST + timedelta(chance.randrange(7300))).isoformat() for _ in range(ROWS)]

    def office(_n: int) -> str:
        return fakes.TOWNSHIP

    with ledger.db.atomic():
        _insert(
            ledger,
            trip,
            _columns(
                trip,
                office=office,
                date=days.__getitem__,
                leader=lambda n: LEADERS[n * n % 500],
                places=lambda n: f'["{VILLAGES[n % 10]}村"]',
            ),
        )
        _insert(
            ledger,
            problem,
            _columns(
                problem,
                office=office,
                title=_title,
                date=days.__getitem__,
                due=lambda n: days[-n],
                unit=lambda n: UNITS[n % 60],
                status=lambda n: STATUSES[n % 3],
                decision=lambda _n: "限期解决",
            ),
        )
        first = ledger.rows("SELECT coalesce(max(n), 0) + 1 FROM entry")[0][0]
        ledger.db.conn.executemany(
            "INSERT INTO entry(n, id, type, title) VALUES (?, ?, 'problem', ?)",
            ((first + n, derived_id("problem", str(n)), _title(n)) for n in range(ROWS)),
        )
        search.add(ledger.db, _documents(first))  # type: ignore[arg-type]
    return ledger


def _bare(ledger: Ledger, text: str, values: tuple[Any, ...] = ()) -> list[Any]:
    return list(ledger.db.conn.execute(text, values))


def compare_page(scratch: Path) -> Line:
    """The first page of trips, newest first."""
    ledger = million(scratch)
    query = Query(RECORD_TYPES["activity"], order=(("date", True),), limit=FIRST_PAGE)
    theirs = best(
        lambda: _bare(
            ledger,
            "SELECT rowid FROM activity WHERE removed = ''"
            " ORDER BY date DESC, rowid DESC LIMIT 200",
        )
    )
    ours = best(lambda: ledger.row_numbers(query))
    return Line(f"first page of {ROWS:,} trips / bare SQL", ours, theirs, theirs / ours, "×", 0.2)


def compare_whole(scratch: Path) -> Line:
    """All rows of the list in their order; late, on a thread of its own."""
    ledger = million(scratch)
    query = Query(RECORD_TYPES["activity"], order=(("date", True),))
    theirs = best(
        lambda: _bare(
            ledger,
            "SELECT rowid FROM activity WHERE removed = '' ORDER BY date DESC, rowid DESC",
        )
    )
    ours = best(lambda: ledger.row_numbers(query))
    return Line("all row numbers in order / bare SQL", ours, theirs, theirs / ours, "×", 0.15)


def compare_jump(scratch: Path) -> Line:
    """A block of rows in the middle, in words, against the same rows and no words."""
    ledger, source = million(scratch), source_of(RECORD_TYPES["problem"])
    numbers = array("q", range(ROWS // 2, ROWS // 2 + BLOCK))
    marks = ",".join("?" * BLOCK)
    theirs = best(
        lambda: _bare(ledger, f"SELECT * FROM problem WHERE rowid IN ({marks})", tuple(numbers))
    )
    ours = best(lambda: read_rows(ledger, source, numbers))
    return Line("jump into the middle, 64 rows / bare SQL", ours, theirs, theirs / ours, "×", 0.03)


def compare_trips(scratch: Path) -> Line:
    """The same in the list of trips, which counts the parts of each."""
    ledger, source = million(scratch), trips_source()
    numbers = array("q", range(ROWS // 2, ROWS // 2 + BLOCK))
    marks = ",".join("?" * BLOCK)
    theirs = best(
        lambda: _bare(ledger, f"SELECT * FROM activity WHERE rowid IN ({marks})", tuple(numbers))
    )
    ours = best(lambda: read_rows(ledger, source, numbers))
    return Line("the same with what was done / bare SQL", ours, theirs, theirs / ours, "×", 0.01)


def compare_filter(scratch: Path) -> Line:
    """The first page of one leader's trips, newest first."""
    ledger = million(scratch)
    query = Query(RECORD_TYPES["activity"], order=(("date", True),), limit=FIRST_PAGE)
    query = query.having(Condition("leader", "any", (LEADERS[1],)))
    theirs = best(
        lambda: _bare(
            ledger,
            "SELECT rowid FROM activity WHERE removed = '' AND leader = ?"
            " ORDER BY date DESC, rowid DESC LIMIT 200",
            (LEADERS[1],),
        )
    )
    ours = best(lambda: ledger.row_numbers(query))
    return Line("filter by leader / bare SQL", ours, theirs, theirs / ours, "×", 0.2)


def compare_sort(scratch: Path) -> Line:
    """The first page of problems by their day due."""
    ledger = million(scratch)
    query = Query(RECORD_TYPES["problem"], order=(("due", False),), limit=FIRST_PAGE)
    theirs = best(
        lambda: _bare(
            ledger, "SELECT rowid FROM problem WHERE removed = '' ORDER BY due, rowid LIMIT 200"
        )
    )
    ours = best(lambda: ledger.row_numbers(query))
    return Line("sort problems by day due / bare SQL", ours, theirs, theirs / ours, "×", 0.1)


def compare_search(scratch: Path) -> Line:
    """The slowest twentieth of searches for one to three characters or initials.

    That is 第9处: all of its characters stand in every record, the phrase in one.
    """
    ledger = million(scratch)
    words = ["路", "渠", "路灯", "前沟", "李家湾", "灌溉渠", "qg", "ljw", "第9处", "没有的"]

    def p95(run: Callable[[str], object]) -> float:
        times = [best(functools.partial(run, word), 5) for word in words]
        return statistics.quantiles(times, n=20)[-1]

    theirs = p95(
        lambda word: _bare(
            ledger,
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 50",
            (search_text.phrase(word),),
        )
    )
    ours = p95(ledger.search)
    return Line("search, 95th percentile / bare FTS5", ours, theirs, theirs / ours, "×", 0.2)


def compare_memory(scratch: Path) -> Line:
    """What a list holds of all rows, in megabytes here, against the ids as texts."""
    ledger = million(scratch)
    numbers = ledger.row_numbers(Query(RECORD_TYPES["activity"]))
    ids = [row[0] for row in _bare(ledger, "SELECT id FROM activity")]
    theirs = (sys.getsizeof(ids) + sum(map(sys.getsizeof, ids))) / 1e6
    ours = sys.getsizeof(numbers) / 1e6
    # The table is in thousandths: megabytes / 1000.
    return Line("memory of the list, MB / ids", ours / 1e3, theirs / 1e3, theirs / ours, "×", 8.0)


COMPARISONS = (
    compare_page,
    compare_whole,
    compare_jump,
    compare_trips,
    compare_filter,
    compare_sort,
    compare_search,
    compare_memory,
)
