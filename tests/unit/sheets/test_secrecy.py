"""Marks of secrets are found wherever they stand, and plain words are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import SheetProblem
from desktop.sheets.cells import SheetCells, Workbook
from desktop.sheets.secrecy import find_mark, mark_in, refuse_marked


@pytest.mark.parametrize(
    "text",
    [
        "机密★1年",
        "秘密★",
        "机 密 ★ 长期",
        "密级：秘密",
        "密级:机密",
        "绝密",
        "【机密】",
        "机密级",
        "（秘密）",
        "机密1年",
        "&C机密★1年",
        "绝密件",
        "保密等级：绝密",
        "文件 秘密★6个月 请妥善保管",
    ],
)
def test_marks(text):
    assert mark_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "严守秘密",
        "保密宣传",
        "工作秘密",
        "密级：工作秘密",
        "密级：公开",
        "商业秘密",
        "党和国家秘密教育",
        "泄露国家机密案宣讲",
        "密级",
        "秘密工作",
        "",
        "严守国家秘密和工作纪律",
    ],
)
def test_plain_words(text):
    assert not mark_in(text)


def _book(rows=(), name="台账.xlsx", texts=(), sheet="1月"):
    return Workbook(Path(name), name, [SheetCells(sheet, list(rows))], [], list(texts))


def test_where_marks_stand():
    assert not find_mark(_book([["宣讲台账"], [1, "严守秘密", None]]))
    assert "第2行" in find_mark(_book([["宣讲台账"], [1, "机密"]]))
    assert find_mark(_book([["密级：", "秘密（1年）"]]))
    assert find_mark(_book(texts=["机密★1年"]))
    assert find_mark(_book(name="机密★台账.xlsx"))
    assert find_mark(_book(sheet="绝密"))


def test_refusal_is_a_sentence():
    with pytest.raises(SheetProblem, match="没有从中导入任何内容"):
        refuse_marked(_book([["秘密★1年"]]))
    refuse_marked(_book([["一般内容"]]))
