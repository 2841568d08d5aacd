"""What an operation touched; emitted after a commit, so that each screen knows if it is stale."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    """The record types and ids that one operation wrote, and its Lamport counter (0 = nothing)."""

    counter: int = 0
    ids: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
