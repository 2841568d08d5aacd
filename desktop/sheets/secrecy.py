"""Find marks of state secrets in a foreign file; such a file must not be taken in at all.

A mark is 机密★1年 (level, ★ and term, as 保守国家秘密法实施条例 has it), a cell that says nothing
but 秘密, or 密级：机密. The plain word in a sentence (严守秘密) is none, and 工作秘密 may be kept.
"""

from __future__ import annotations

import re
import unicodedata

from desktop.sheets.cells import Workbook
from desktop.sheets.file_type import refusal

_LEVEL = r"(?<!工作)(?<!商业)(?:绝密|机密|秘密)"
_TERM = r"(?:\d+(?:年|个月|月|天|日)|[一二三四五六七八九十]+(?:年|个月)|长期)"
_STAR = re.compile(rf"{_LEVEL}[级]?(?:件|文件)?[★☆✩✭*＊]")
_ALONE = re.compile(rf"[\[【(「<〔]?{_LEVEL}级?(?:{_TERM})?(?:件|文件|资料)?[\]】)」>〕]?$")
_LABEL = re.compile(rf"(?:密级|秘密等级|保密等级|密级程度)(?:为|是)?[:：]?{_LEVEL}")


def find_mark(book: Workbook) -> str:
    """Where the first mark stands and what it says ("工作表「1月」第1行：机密★1年"), or ""."""
    for text in (book.name, *book.texts):
        if found := mark_in(text):
            return f"页眉页脚、文本框或文件名：{found}"
    for sheet in book.sheets:
        if found := mark_in(sheet.name):
            return f"工作表名称：{found}"
        for number, row in enumerate(sheet.rows, 1):
            for index, value in enumerate(row):
                if value.__class__ is not str or "密" not in value:
                    continue
                found = mark_in(str(value)) or _labelled(row[max(index - 1, 0)], str(value))
                if found:
                    return f"工作表「{sheet.name}」第{number}行：{found}"
    return ""


def refuse_marked(book: Workbook) -> None:
    """Refuse a file that bears a mark.

    Raises:
        SheetProblem: with what to do; the words around the mark are not repeated.
    """
    if mark := find_mark(book):
        raise refusal(
            book.name,
            f"带有密级标志（{mark}）",
            "本系统不得录入国家秘密，请立即按保密规定处置该文件",
        )


def mark_in(text: str) -> str:
    """The mark in one piece of text, or ""."""
    if "密" not in text:
        return ""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for pattern in (_STAR, _LABEL):
        if found := pattern.search(plain):
            tail = re.match(_TERM, plain[found.end() :])
            return found[0] + (tail[0] if tail else "")
    # "&C机密" is a page header: centre, then the words.
    return plain if _ALONE.match(plain := re.sub(r"^(?:&[LCR])+", "", plain)) else ""


def _labelled(before: object, value: str) -> str:
    """A cell 机密 is told by `mark_in`; this takes "机密（1年）" and the like behind 密级."""
    label = re.sub(r"\s+", "", str(before))
    if label.rstrip(":：") in {"密级", "保密等级"}:
        return mark_in(f"密级：{value}")
    return ""
