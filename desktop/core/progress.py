"""Progress of long work, and the way it learns that a person pressed Cancel."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What long work calls now and then; the window, the terminal and tests implement it."""

    def step(self, done: int, total: int, words: str = "") -> None:
        """Say that `done` of `total` are ready; `total` 0 means unknown.

        Raises:
            Cancelled: the person pressed Cancel; the caller's transaction rolls back.
        """


class Silent:
    """Progress that nobody looks at."""

    def step(self, done: int, total: int, words: str = "") -> None:
        """Do nothing."""
