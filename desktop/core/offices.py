"""Offices: who keeps a ledger; known by the 12-digit code of its place.

The codes nest (GB/T 2260, GB/T 10114: county 6 digits, township 9, village 12), so the office above
follows from the code alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.core.errors import WrongUsage

COUNTY, TOWNSHIP = "county", "township"


@dataclass(frozen=True)
class Office:
    """An office: 12-digit code, name, level (county or township), the code above ('': none)."""

    code: str
    name: str
    level: str
    parent: str = ""

    @property
    def word(self) -> str:
        """What its people say after 我: 镇, 乡, 街道, 县."""
        kinds = ("街道", "镇", "乡", "县", "市", "区", "旗")
        plain = "县" if self.level == COUNTY else "镇"
        return next((k for k in kinds if self.name.endswith(k)), plain)


def full_code(code: str) -> str:
    """A code of 6, 9 or 12 digits as 12 digits.

    Raises:
        WrongUsage: it is no such code.
    """
    code = code.strip()
    if not re.fullmatch(r"\d{6}|\d{9}|\d{12}", code):
        raise WrongUsage(f"区划代码「{code}」应为6位（县）、9位（乡镇）或12位数字。")
    return code.ljust(12, "0")


def level_of(code: str) -> str:
    """County or township, from the code."""
    return COUNTY if code[6:] == "000000" else TOWNSHIP


def county_of(code: str) -> str:
    """The county's code: the first six digits."""
    return code[:6].ljust(12, "0")


def township_of(code: str) -> str:
    """The township's code: the first nine digits."""
    return code[:9].ljust(12, "0")


def make_office(name: str, code: str, level: str = "", parent: str = "") -> Office:
    """An office from what a person typed."""
    full = full_code(code)
    level = level or level_of(full)
    if not name.strip():
        raise WrongUsage("单位名称不能为空。")
    above = full_code(parent) if parent else (county_of(full) if level == TOWNSHIP else "")
    return Office(full, name.strip(), level, above)
