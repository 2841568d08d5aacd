"""Ids of records: UUIDv7 for what people make, a hash for what any office would derive alike.

Written as 32 hex digits, so that an id is told apart from written words (`fields.is_id`).
"""

from __future__ import annotations

import hashlib
import secrets
import time


def new_id() -> str:
    """A UUIDv7 (RFC 9562 §5.7): ordered by time of making, unique without asking anybody."""
    millis = time.time_ns() // 1_000_000
    rand = secrets.randbits(74)
    value = (
        (millis << 80) | (0x7 << 76) | ((rand >> 62) << 64) | (0b10 << 62) | (rand & (2**62 - 1))
    )
    return f"{value:032x}"


def derived_id(*parts: str) -> str:
    """A UUIDv8 (RFC 9562 §5.8) from SHA-256 of the parts: the same facts, the same id anywhere."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    value = int.from_bytes(digest[:16], "big")
    value = value & ~(0xF << 76) | (0x8 << 76)
    value = value & ~(0b11 << 62) | (0b10 << 62)
    return f"{value:032x}"
