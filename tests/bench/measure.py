"""Take times: best of several runs, garbage collected before."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the table: what is compared, our time and theirs in seconds, and the ratio.

    `ratio` is ours to theirs so that more is better; `floor` is what it must not fall below.
    """

    what: str
    ours: float
    theirs: float
    ratio: float
    unit: str
    floor: float

    @property
    def fine(self) -> bool:
        return self.ratio >= self.floor


def best(run: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of several runs."""
    found = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)
