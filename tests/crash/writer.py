"""Writes into a ledger until it is killed: `python -m tests.crash.writer FOLDER PASSWORD SEED`.

Each operation saves a trip with its parts, edits a former one or makes one void; after each it says
its number on stdout, so that whoever kills it knows what had been promised.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from desktop.core.ids import new_id
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Lecture

PARTS = 20


def write_for_ever(folder: Path, password: str, seed: int) -> None:
    """Operation after operation; only a kill ends it."""
    rng = random.Random(seed)
    ledger = Ledger.open(folder, password)
    trips: list[Activity] = []
    for number in count(1):
        with ledger.write(f"第{number}步") as rows:
            choice = rng.random() if trips else 0
            if choice < 0.6:
                trip = Activity(id=new_id(), date=dt.date(2026, 6, 9), leader="李明")
                parts = [Lecture(activity=trip.id, theme=f"第{n}讲") for n in range(PARTS)]
                rows.save(trip, *parts)
                trips.append(trip)
            elif choice < 0.8:
                at = rng.randrange(len(trips))
                trips[at] = replace(trips[at], summary=f"第{number}步改" + "长" * 3000)
                rows.save(trips[at])
            else:
                rows.remove(Activity.type, trips.pop().id, f"第{number}步作废")
        print(number, flush=True)  # noqa: T201  the parent reads it


if __name__ == "__main__":
    write_for_ever(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
