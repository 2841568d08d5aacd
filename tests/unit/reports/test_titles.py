"""Titles break where the sense does."""

from __future__ import annotations

import pytest

from desktop.reports.titles import WORDS, break_prices, break_title

TITLES = [
    "关于学习推广“四下基层”优良传统开展主题教育工作情况的总结汇报",
    "中共清岚县委办公室关于印发《清岚县领导干部“四下基层”工作实施方案》的通知",
    "柳河镇2026年第三季度信访矛盾纠纷排查化解及现场办公解决问题情况汇报",
    "石门镇关于2026年1月至6月接待来访群众、化解信访积案和意见建议采纳情况的报告",
]


def lines(title: str, measure: float = 19) -> list[str]:
    return break_title(title, [0.5 if c.isascii() else 1.0 for c in title], measure)


@pytest.mark.parametrize("title", TITLES)
def test_lines_fit_and_words_stay_whole(title: str) -> None:
    found = lines(title)
    assert "".join(found) == title
    assert len(found) == 2 or len(title) > 36
    place = 0
    for line in found[:-1]:
        place += len(line)
        assert place in break_prices(title)
        for word in WORDS:
            start = title.find(word, max(place - len(word) + 1, 0), place + len(word) - 1)
            if len(word) <= 4 and start >= 0 and start < place < start + len(word):
                # A listed word across a break is only allowed if a longer one explains it.
                assert any(word in longer and longer in title for longer in WORDS if longer != word)


def test_known_titles() -> None:
    assert lines(TITLES[0]) == ["关于学习推广“四下基层”优良传统", "开展主题教育工作情况的总结汇报"]
    assert lines("城关镇2026年上半年工作总结") == ["城关镇2026年上半年工作总结"]


def test_an_author_may_break_a_title() -> None:
    assert lines("数据核对单\n城关镇工作总结") == ["数据核对单", "城关镇工作总结"]


def test_a_title_without_known_words_still_fits() -> None:
    found = lines("甲" * 50)
    assert "".join(found) == "甲" * 50
    assert max(map(len, found)) <= 19
