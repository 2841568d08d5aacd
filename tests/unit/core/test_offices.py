"""desktop/core/offices.py: codes nest, and the office above follows from the code."""

from __future__ import annotations

import pytest

from desktop.core.errors import WrongUsage
from desktop.core.offices import (
    COUNTY,
    TOWNSHIP,
    Office,
    county_of,
    full_code,
    level_of,
    make_office,
    township_of,
)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("990801", "990801000000"),
        ("990801101", "990801101000"),
        (" 990801101201 ", "990801101201"),
    ],
)
def test_a_code_in_full(short: str, full: str) -> None:
    assert full_code(short) == full


@pytest.mark.parametrize(
    "code", ["", "9908", "99080110", "9908011012012", "99080110x", "-99080", "九"]
)
def test_what_is_no_code(code: str) -> None:
    with pytest.raises(WrongUsage, match="应为6位"):
        full_code(code)


def test_codes_nest() -> None:
    village = "990801101201"
    assert county_of(village) == "990801000000"
    assert township_of(village) == "990801101000"
    assert level_of(county_of(village)) == COUNTY
    assert level_of(township_of(village)) == TOWNSHIP


def test_an_office_from_what_a_person_typed() -> None:
    assert make_office(" 柳河镇 ", "990801101") == Office(
        "990801101000", "柳河镇", TOWNSHIP, "990801000000"
    )
    assert make_office("清岚县", "990801") == Office("990801000000", "清岚县", COUNTY, "")
    assert make_office("某乡", "990801101", parent="990899").parent == "990899000000"
    with pytest.raises(WrongUsage, match="不能为空"):
        make_office("  ", "990801")


@pytest.mark.parametrize(
    ("name", "code", "word"),
    [
        ("柳河镇", "990801101", "镇"),
        ("桃源乡", "990801200", "乡"),
        ("城关街道", "990801001", "街道"),
        ("清岚县", "990801", "县"),
        ("高新区管委会", "990801102", "镇"),
    ],
)
def test_what_an_office_calls_itself(name: str, code: str, word: str) -> None:
    assert make_office(name, code).word == word
