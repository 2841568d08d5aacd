"""A finding: one thing in a foreign file or in the ledger that a person should look at."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Where it stands (file, sheet, row from 1, column title), the value, and what to do."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    text: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """The form in which the command line prints it (design: findings)."""
        return asdict(self)
