"""desktop/core/divisions.py: what twelve digits tell, as GB/T 2260 and GB/T 10114 have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.divisions import (
    code_problem,
    division_code,
    level_of_code,
    plain_name,
    settlement_of_code,
    short_form,
)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("990821", "990821000000"),
        ("990821101", "990821101000"),
        ("990821101201", "990821101201"),
        ("99082110120111220", "990821101201"),
        (" 9908 2110 1201 ", "990821101201"),
        ("'990821101201", "990821101201"),
        ("9.9082110120111216e+16", "990821101201"),
        ("99082110120", ""),
        ("李家沟村", ""),
        ("", ""),
    ],
)
def test_codes_as_tables_write_them(words: str, code: str) -> None:
    assert division_code(words) == code


@pytest.mark.parametrize(
    ("code", "level", "settlement"),
    [
        ("990000000000", "", ""),
        ("990800000000", "", ""),
        ("990821000000", "县", ""),
        ("990821001000", "乡镇", ""),
        ("990821101000", "乡镇", ""),
        ("990821101001", "村（社区）", "社区"),
        ("990821101199", "村（社区）", "社区"),
        ("990821101200", "村（社区）", "村"),
        ("99082110120", "", ""),
    ],
)
def test_levels(code: str, level: str, settlement: str) -> None:
    assert level_of_code(code) == level
    assert settlement_of_code(code) == settlement


@pytest.mark.parametrize(
    ("code", "level", "words"),
    [
        ("990821101201", "", ""),
        ("990821101201", "村（社区）", ""),
        ("990821101000", "村（社区）", "从代码看是乡镇"),
        ("99082110120", "", "应为12位"),
        ("990800000000", "", "省或市"),
        ("990821000201", "", "不能是000"),
        ("990821700000", "", "第7至9位"),
        ("990821101700", "", "第10至12位"),
    ],
)
def test_what_is_wrong_with_a_code(code: str, level: str, words: str) -> None:
    problem = code_problem(code, level)
    assert words in problem
    assert bool(problem) is bool(words)


@given(st.from_regex(r"[0-9]{6}[0-5][0-9]{2}[0-5][0-9]{2}", fullmatch=True))
def test_a_code_without_a_problem_has_a_level_and_a_whole(code: str) -> None:
    if not code_problem(code):
        level = level_of_code(code)
        assert level
        assert not code_problem(code, level)
        assert bool(settlement_of_code(code)) is (level == "村（社区）")


def test_names_as_published() -> None:
    assert plain_name("李家沟村委会[已撤销]") == ("李家沟村委会", True)
    assert plain_name("李家沟 村（已撤销）") == ("李家沟村", True)
    assert plain_name("李家沟村") == ("李家沟村", False)
    for words, name in {
        "李家沟村村民委员会": "李家沟村",
        "李家沟村委会": "李家沟村",
        "柳河社区居民委员会": "柳河社区",
        "柳河社区居委会": "柳河社区",
        "柳河居委会": "柳河社区",
        "李家沟村": "李家沟村",
        "村委会": "村委会",
    }.items():
        assert short_form(words) == name
