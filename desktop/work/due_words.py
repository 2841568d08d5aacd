"""How a due date reads today: a mark and words, so that state is never shown by colour alone."""

from __future__ import annotations

import datetime as dt

LATE, SOON, DONE = "●", "◐", "✓"


def due_words(due: dt.date | None, today: dt.date) -> str:
    """● 超期3天, ◐ 今天, ◐ 还有12天; '' without a due date."""
    if due is None:
        return ""
    left = (due - today).days
    if left < 0:
        return f"{LATE} 超期{-left}天"
    return f"{SOON} 今天到期" if left == 0 else f"{SOON} 还有{left}天"
