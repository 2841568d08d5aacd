"""The recovery key as it stands on paper: 32 characters in 8 groups, each with a check character.

A clerk types it once in years, from paper, in a hurry; so a typing slip is told apart from a key
that is not this ledger's, and the sentence names the group.
"""

from __future__ import annotations

import secrets
import unicodedata

from desktop.core.errors import WrongPassword

# Crockford's base 32 (crockford.com/base32.html): no I, L, O, U; typed I, L, O are read as 1, 1, 0.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8


def secret_of(text: str) -> bytes:
    """The secret in a recovery key as typed: 8 groups of 3 characters and a check character.

    Raises:
        WrongPassword: a typing slip; the sentence names the groups.
    """
    typed = _bare(text)
    if len(typed) != 4 * GROUPS:
        raise WrongPassword(
            f"恢复密钥应有 {4 * GROUPS} 个字符，这里是 {len(typed)} 个。"
            "请对照打印的密钥再输一遍；台账没有改动。"
        )
    groups = [typed[start : start + 4] for start in range(0, len(typed), 4)]
    wrong = [str(i + 1) for i, group in enumerate(groups) if group[3] != _check(group[:3], i)]
    if wrong:
        raise WrongPassword(
            f"恢复密钥第 {'、'.join(wrong)} 组输错了。请对照打印的密钥再输一遍；台账没有改动。"
        )
    return "".join(group[:3] for group in groups).encode("ascii")


def fresh() -> str:
    """A new recovery key as it is printed: 8 groups of 4 characters, 120 random bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(3)) for _ in range(GROUPS))
    return "-".join(group + _check(group, i) for i, group in enumerate(groups))


def _check(group: str, index: int) -> str:
    """Luhn mod N (ISO/IEC 7812-1, over 32 characters): finds each wrong character.

    Swapped neighbours too, but for 0 and Z; swapped groups, because the group's number is added.
    Empty if the group holds a character that no recovery key has.
    """
    total = index
    for place, char in enumerate(reversed(group)):
        value = ALPHABET.find(char)
        if value < 0:
            return ""
        doubled = value * 2 if place % 2 == 0 else value
        total += doubled // 32 + doubled % 32
    return ALPHABET[-total % 32]


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = (
        c
        for c in plain
        if not c.isspace() and unicodedata.category(c) not in ("Pd", "Pc", "Sm", "Cf")
    )
    return "".join(kept).translate(str.maketrans("OIL", "011"))


def looks_like(text: str) -> bool:
    """Whether somebody may have meant a recovery key, slips included."""
    bare = _bare(text)
    return bare.isascii() and bare.isalnum() and abs(len(bare) - 4 * GROUPS) <= 2
