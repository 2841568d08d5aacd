"""desktop/core/ids.py: unique ids of people's records, equal ids of equal facts."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.fields import is_id
from desktop.core.ids import derived_id, new_id


def test_new_ids_are_uuid7() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    for one in made:
        assert is_id(one)
        assert uuid.UUID(one).version == 7
        assert uuid.UUID(one).variant == uuid.RFC_4122
    assert sorted(m[:12] for m in made) == [m[:12] for m in made]  # the milliseconds


@given(st.lists(st.text(max_size=5), max_size=4))
def test_derived_ids_are_uuid8_of_the_facts(parts: list[str]) -> None:
    one = derived_id(*parts)
    assert one == derived_id(*parts)
    assert is_id(one)
    assert uuid.UUID(one).version == 8
    assert uuid.UUID(one).variant == uuid.RFC_4122


def test_derived_ids_tell_the_parts_apart() -> None:
    ways = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("", "abc"), ("ABC",), ()]
    assert len({derived_id(*way) for way in ways}) == len(ways)


def test_a_derived_id_never_changes() -> None:
    assert derived_id("place", "990801101000") == "3e3e06417bcb8417a7f5ca20867ec747"
