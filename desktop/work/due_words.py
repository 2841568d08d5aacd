"""How a due date reads today: a mark and words, so that state is never shown by colour alone."""

from __future__ import annotations

import datetime as dt

LATE, SOON, DONE = "●", "◐", "✓"


def due_words(due: dt.date | None, today: dt.date, within: int | None = None) -> str:
    """● 超期3天, ◐ 今天到期, ◐ 还有12天; '' without a due date or with one that is farther off."""
    if due is None:
        return ""
    left = (due - today).days
    if within is not None and left > within:
        return ""
    if left < 0:
        return f"{LATE} 超期{-left}天"
    return f"{SOON} 今天到期" if left == 0 else f"{SOON} 还有{left}天"
