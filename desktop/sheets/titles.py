"""The words of headers and titles in one written form, and what kind of row they make.

Offices write 日 期, 受众人次（人）, 村（社区）, break lines inside of a cell, put 合计 anywhere,
repeat the header on each printed page, and close a sheet with 填报人：. All of that is told here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from desktop.sheets.cells import Row, Value

_SPACE = re.compile("[\\s\u200b-\u200f\u2060-\u2064\ufeff\u00ad_]+")
_EDGE = re.compile(r"^[*※★☆.、:;,]+|[*※★☆.、:;,]+$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
_TOTAL = re.compile(
    r"(?:本?(?:月|季度?|年度?|页|表|周|村|乡|镇|县)|全(?:乡|镇|县|年|月)|[上下]半年|"
    r"第?[一二三四1-4]季度?|(?:\d+|[一二三四五六七八九十]+)月份?|\d{4}年(?:度|\d+月份?)?|人次|场次)?"
    r"(?:合计|总计|小计|累计|共计|总合计)(?:人次|场次|数|次数|人数)?(?:\([^()]*\))?[:,.]?\d*[个场次人件]*$"
)
_FOOTER = re.compile(
    r"(?:填报人|填表人|制表人?|编制人?|录入人|经办人|审核人?|审签人?|审批人?|复核人?|负责人|主要负责人|"
    r"主要领导|分管领导|主管领导|单位负责人|单位领导|联系人|联系电话|联系方式|填报时间|填报日期|填表时间|"
    r"填表日期|制表时间|制表日期|上报时间|填报单位|报送单位|填表单位|单位盖章|盖章|填报说明|填表说明|说明|"
    r"备注说明|注意事项|注意|备注|注)(?:\([^()]*\))?(?::|$)"
)
_NOTE = re.compile(
    r"(?:填报说明|填表说明|说明|备注说明|注意事项|注意|备注|注)(?:\([^()]*\))?(?::|$)"
)
_OFFICE = re.compile(
    r"(?:填报|报送|填表|上报|编制|制表)?(?:单位|部门)(?:名称)?(?:\([^()]*\))?:(?P<name>[^:]+?)"
    r"(?=$|填报|填表|报送|制表|联系|负责|日期|时间|审核)"
)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """NFKC, no spaces or line breaks, no stars or colons at the edges."""
    return _EDGE.sub("", _SPACE.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=4096)
def without_brackets(text: str) -> str:
    """The plain words without what stands in brackets: 受众人次(人) -> 受众人次."""
    bare = _EDGE.sub("", _BRACKETS.sub("", text))
    return bare or text


def words(value: Value) -> str:
    """The plain words of a cell; a number or a day gives its digits."""
    if value is None:
        return ""
    return plain(value) if isinstance(value, str) else str(value)


def is_blank(row: Row) -> bool:
    """Tell a row that holds nothing a person could see."""
    return not any(
        value is not None and (not isinstance(value, str) or plain(value)) for value in row
    )


def is_total(row: Row) -> bool:
    """Tell a row of sums by its first words, which stand in one of the first columns.

    Only the first two cells with words are looked at: a theme 累计… further right is data.
    """
    seen = 0
    for value in row[:5]:
        if value is None or value == "":
            continue
        if value.__class__ is str:
            text = str(value)
            if "计" in text and _TOTAL.match(plain(text)):
                return True
            if text.isspace():
                continue
        seen += 1
        if seen == 2:
            return False
    return False


def is_footer(row: Row) -> bool:
    """Tell 填报人：… and 注：… below a table: the first words of the row, in its first columns."""
    for index, value in enumerate(row):
        if isinstance(value, str) and (text := _raw(value)):
            return index < 4 and _FOOTER.match(text) is not None
        if value is not None and value != "" and not isinstance(value, str):
            return False
    return False


def is_note(row: Row) -> bool:
    """Tell the first row of a note, behind which more lines of it may follow."""
    first = next((_raw(value) for value in row if isinstance(value, str) and _raw(value)), "")
    return _NOTE.match(first) is not None


def filled(row: Row) -> list[int]:
    """The columns that hold something."""
    return [index for index, value in enumerate(row) if words(value)]


def title_lines(rows: Sequence[Row]) -> list[str]:
    """The texts of the rows above a header, one line a row, blank ones left out."""
    lines = ["　".join(_line(value) for value in row if words(value)) for row in rows]
    return [line for line in lines if line]


def office_in(lines: Sequence[str]) -> str:
    """The office that a line such as 填报单位：大岭乡 names, or ""."""
    for line in lines:
        for part in re.split(r"[\s　]+", line):
            if found := _OFFICE.match(_raw(part)):
                return found["name"].strip("()")
        if found := _OFFICE.search(_raw(line)):
            return found["name"].strip("()")
    return ""


def _raw(text: str) -> str:
    """Like `plain`, but colons at the edges stay: they tell a footer from a title."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def _line(value: Value) -> str:
    return re.sub(r"\s+", " ", str(value).strip())
