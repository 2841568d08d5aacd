"""Codes of the administrative division (行政区划代码): twelve digits, and what they tell.

GB/T 2260 gives the first six (province, city, county), GB/T 10114 and the statistical rules the
next three (township) and the last three (village). Published tables also have 17 digits, of which
the last five say how urban a village is, and mark what was abolished.
"""

from __future__ import annotations

import re

COUNTY_LEVEL, TOWNSHIP_LEVEL, VILLAGE_LEVEL = "县", "乡镇", "村（社区）"
COMMUNITY, VILLAGE = "社区", "村"

_ABOLISHED = re.compile(r"[\[(【\uff08](?:已撤销|已撤消|撤销|已撤并|已注销)[\])】\uff09]")
_COMMITTEES = (
    ("村民委员会", VILLAGE),
    ("社区居民委员会", COMMUNITY),
    ("居民委员会", COMMUNITY),
    ("村委会", VILLAGE),
    ("社区居委会", COMMUNITY),
    ("居委会", COMMUNITY),
)


def division_code(words: str) -> str:
    """The twelve digits of a code as tables write it (6, 9, 12 or 17 digits), or ''.

    A code that a spreadsheet took for a number and rounded is read as far as it is exact.
    """
    plain = re.sub(r"[\s'’]", "", words)
    if re.fullmatch(r"\d\.\d+[eE]\+1[1-6]", plain):
        plain = f"{float(plain):.0f}"
    if not re.fullmatch(r"\d{6}|\d{9}|\d{12}|\d{17}", plain):
        return ""
    return plain[:12].ljust(12, "0")


def level_of_code(code: str) -> str:
    """县, 乡镇 or 村（社区）, as twelve digits tell it; '' for a province, a city or no code."""
    if not re.fullmatch(r"\d{12}", code) or code[4:6] == "00":
        return ""
    if code[6:] == "000000":
        return COUNTY_LEVEL
    return TOWNSHIP_LEVEL if code[9:] == "000" else VILLAGE_LEVEL


def settlement_of_code(code: str) -> str:
    """社区 or 村: 001-199 are committees of residents, what follows are committees of villagers."""
    if level_of_code(code) != VILLAGE_LEVEL:
        return ""
    return COMMUNITY if code[9:] < "200" else VILLAGE


def code_problem(code: str, level: str = "") -> str:
    """Why a code, or a level beside it, won't do; '' if it will."""
    if not re.fullmatch(r"\d{12}", code):
        return "区划代码应为12位数字"
    told = level_of_code(code)
    if not told:
        return "这是省或市的代码，这里填县、乡镇、村（社区）的"
    if told != COUNTY_LEVEL and code[6:9] == "000":
        return "第7至9位是乡镇的代码，不能是000"
    if told != COUNTY_LEVEL and code[6:9] >= "600":
        return "第7至9位应在001至599之间（街道001、镇100、乡200起）"
    if told == VILLAGE_LEVEL and code[9:] >= "600":
        return "第10至12位应在001至599之间（居委会001、村委会200起）"
    if level and level != told:
        return f"从代码看是{told}，和所选的层级“{level}”不一样"
    return ""


def plain_name(words: str) -> tuple[str, bool]:
    """A name as published without the mark that it was abolished, and whether it bore one."""
    name = re.sub(r"\s+", "", words)
    return _ABOLISHED.sub("", name), _ABOLISHED.search(name) is not None


def short_form(name: str) -> str:
    """A village's name without its committee: 李家沟村村民委员会, 李家沟村委会 -> 李家沟村."""
    for ending, what in _COMMITTEES:
        rest = name.removesuffix(ending)
        if rest != name and len(rest) > 1:
            return rest if rest.endswith((VILLAGE, COMMUNITY)) else rest + what
    return name
