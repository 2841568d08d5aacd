"""Lines keep the rules of GB/T 15834 and 15835 whatever the text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.document import Style
from desktop.reports.fonts import width
from desktop.reports.lines import NO_END, NO_START, break_lines, wrap

HANZI = (
    "的一是在了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同"
    "工也能下过子说产种面而方后多定行学法所民得经三进着等部度家电力里"
)
UNIT = ["名", "人次", "场次", "件", "%", "余条", "万元", "个", "余人次", "户"]

hanzi = st.text(HANZI, min_size=1, max_size=12)
number = st.one_of(
    st.integers(0, 99999).map(str),
    st.integers(1000, 9999999).map("{:,}".format),
    st.decimals(0, 100, places=1, allow_nan=False).map(str),
)
counted = st.builds(lambda n, unit: n + unit, number, st.sampled_from(UNIT))
dated = st.dates().map(lambda day: f"{day.year}年{day.month}月{day.day}日")
ranged = st.builds(lambda a, b: f"{a}%～{b}%", st.integers(1, 50), st.integers(51, 100))
word = st.sampled_from(["WPS", "Excel", "GB/T", "A4", "2026-06-09", "0990-1234567", "e-mail"])
quoted = st.builds(
    lambda pair, inside: pair[0] + inside + pair[1],
    st.sampled_from(["“”", "《》", "（）", "〔〕", "‘’"]),
    st.one_of(hanzi, counted),
)
mark = st.sampled_from(["，", "。", "、", "；", "：", "？", "！", "——", "……"])
piece = st.builds(
    lambda a, b: a + b,
    st.one_of(hanzi, hanzi, counted, dated, ranged, word, quoted),
    mark | st.just(""),
)
# Hanzi between the pieces: "3" + "5人" would make another number of two.
paragraph = st.lists(st.tuples(piece, hanzi), min_size=1, max_size=60).map(
    lambda pairs: "".join(a + b for a, b in pairs)
)


def ems(text: str) -> list[float]:
    return [width(Style.FANGSONG, character) for character in text]


def parts(text: str, measure: float = 28, indent: float = 2) -> list[str]:
    return [text[line.start : line.end] for line in break_lines(text, ems(text), measure, indent)]


def test_the_grid_is_28_characters_after_an_indent_of_two() -> None:
    assert [len(part) for part in parts("国" * 100)] == [26, 28, 28, 18]


@given(paragraph)
def test_no_forbidden_mark_and_no_torn_number(text: str) -> None:
    lines = parts(text)
    assert "".join(lines) == text
    for line in lines[1:]:
        assert line[0] not in NO_START, lines
    for line, following in pairwise(lines):
        assert line[-1] not in NO_END, lines
        joined = line[-1] + following[0]
        assert joined not in {"——", "……"}, lines
        assert not re.fullmatch(r"[0-9.,%/A-Za-z-]{2}", joined), lines
        assert not re.search(r"[0-9]$", line) or not re.match("|".join(UNIT), following), lines
        assert not (re.search(r"[0-9]$", line) and following[0] in "年月日"), lines


@given(paragraph)
def test_every_line_but_the_last_is_flush(text: str) -> None:
    lines = break_lines(text, ems(text), 28, 2)
    for index, line in enumerate(lines[:-1]):
        assert sum(line.advances) == pytest.approx(26 if index == 0 else 28, abs=0.02)
    assert sum(lines[-1].advances) <= 28.02


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=80))
def test_any_text_ends(text: str) -> None:
    text = text.replace("\n", "")
    lines = break_lines(text, [1.0] * len(text), 7, 2)
    assert "".join(text[a.start : a.end] for a in lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(HANZI + "，。（）“”0123456789 \n", max_size=120), st.floats(3, 12))
def test_cells_keep_all_that_is_written(text: str, measure: float) -> None:
    lines = wrap(text, ems(text), measure)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_a_number_keeps_its_unit() -> None:
    text = "国" * 25 + "2,477名党员"
    assert parts(text, indent=0) == ["国" * 25, "2,477名党员"]
    text = "国" * 26 + "63%～68%"
    assert parts(text, indent=0)[1] == "63%～68%"


def test_a_date_breaks_after_year_or_month_only() -> None:
    for ahead in range(20, 28):
        lines = parts("国" * ahead + "2026年6月19日")
        for line in lines[:-1]:
            assert line[-1] in "国年月"


def test_a_long_word_is_broken_as_nothing_else_helps() -> None:
    lines = parts("国" * 3 + "A" * 100)
    assert lines[0] == "国国国"
    assert "".join(lines[1:]) == "A" * 100


def test_a_mark_at_the_end_shrinks() -> None:
    line, last = break_lines("国" * 27 + "人，后", ems("国" * 27 + "人，后"), 28.5)
    assert line.end == 29
    assert line.advances[-1] == pytest.approx(0.5)
    assert last.start == 29


def test_looseness_is_shared() -> None:
    text = (
        "共开展宣讲420场次。截至2026年6月9日，全县31名县处级领导干部深入6个乡"
        "（镇）、131个村（社区）开展宣讲活动2,477场次，受教育党员群众达21,00"
        "0余人次，化解率达63%～68%，其中以下工作。"
    )
    lines = break_lines(text, ems(text), 28, 2)
    extra = [
        max(line.advances[i] - ems(text)[line.start + i] for i in range(len(line.advances)))
        for line in lines[:-1]
    ]
    assert max(extra) < 0.2


def test_a_name_too_long_for_its_cell_is_broken_at_a_joint() -> None:
    assert wrap("lecture_sessions", [0.5] * 16, 5.0) == ["lecture_", "sessions"]


def test_cells_do_not_count_on_shrinking() -> None:
    assert wrap("国国国国，后", [1.0] * 6, 4.5) == ["国国国", "国，后"]
