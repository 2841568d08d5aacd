"""Division tables in the forms in which they are published (行政区划).

A column a level, or a list of codes and names; with 12 or 17 digits; with what was abolished still
in them, and often with the neighbours too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from desktop.core.divisions import (
    TOWNSHIP_LEVEL,
    VILLAGE_LEVEL,
    code_problem,
    division_code,
    level_of_code,
    plain_name,
    settlement_of_code,
    short_form,
)
from desktop.core.ledger_kinds import Column, LedgerKind, LedgerRow, Make
from desktop.core.offices import county_of, township_of
from desktop.records.identity import place_id

SERIAL = Column("serial", ("序号", "编号", "序"), counts=False)


def _code(row: LedgerRow) -> str:
    return division_code(str(row["code"]))


def _left_out(row: LedgerRow) -> str:
    """Why a row of a division table is no place of this county; '' if it is one."""
    code = _code(row)
    if not code:
        return "区划代码读不出来"
    if not level_of_code(code):
        return "省、市一级"
    if problem := code_problem(code):
        return problem
    return "" if county_of(code) == county_of(row.office) else "外县的"


def _is_village(row: LedgerRow) -> bool:
    return level_of_code(_code(row)) == VILLAGE_LEVEL and bool(row["name"])


def _place(code: str, words: str, year: int) -> Mapping[str, Any]:
    """A place as a published table tells it."""
    name, abolished = plain_name(words)
    level = level_of_code(code)
    found: dict[str, Any] = {"code": code, "name": name, "level": level}
    if level == VILLAGE_LEVEL:
        found["settlement"] = settlement_of_code(code)
        found["within"] = place_id(township_of(code))
        if (short := short_form(name)) != name:
            found |= {"name": short, "aliases": name}
    elif level == TOWNSHIP_LEVEL:
        found["within"] = place_id(county_of(code))
    if abolished:
        found["valid_to"] = dt.date(year, 1, 1)
        found["marks"] = {"valid_to": f"区划表标明已撤销，没有写日期，按{year}年1月1日"}
    return found


def _township(row: LedgerRow) -> Mapping[str, Any]:
    whole = not row["name"] and level_of_code(_code(row)) == TOWNSHIP_LEVEL
    found = _place(township_of(_code(row)), str(row["township"]), row.year)
    # The mark of a township stands in its own row; in those of its villages it says no more.
    return found if whole else {k: v for k, v in found.items() if k not in ("valid_to", "marks")}


_VILLAGE_TITLES = (
    "村（社区）",
    "村",
    "村社区",
    "村居",
    "名称",
    "村级",
    "村级名称",
    "村（社区）名称",
    "村名",
    "村名称",
    "村（居）",
    "村（居）名称",
    "村（居）委会",
    "村（居）委会名称",
    "村居名称",
)
_CODE_TITLES = (
    "区划代码",
    "代码",
    "行政区划代码",
    "统计用区划代码",
    "村级代码",
    "村级区划代码",
    "村（社区）代码",
    "村代码",
    "村居代码",
    "统计代码",
    "12位代码",
    "区划编码",
    "编码",
)
_IGNORED = (
    Column("class", ("城乡分类代码", "城乡分类", "城乡属性"), counts=False),
    Column("province", ("省", "省级", "省份", "省级名称"), counts=False),
    Column("city", ("市", "市级", "地市", "市（州）", "市级名称"), counts=False),
    Column("county_code", ("县级代码", "县代码", "县级区划代码"), counts=False),
    Column("township_code", ("乡级代码", "乡镇代码", "乡级区划代码", "乡（镇）代码"), counts=False),
)

DIVISIONS = LedgerKind(
    "divisions",
    "行政区划",
    ("行政区划", "区划"),
    (
        SERIAL,
        Column(
            "county",
            ("县", "县（市、区）", "县区", "县级", "县级名称", "县（市、区）名称", "县名", "区县"),
            required=True,
        ),
        Column(
            "township",
            (
                "乡镇",
                "乡（镇）",
                "乡镇（街道）",
                "镇",
                "乡级",
                "乡级名称",
                "乡镇名称",
                "乡（镇）名称",
                "乡（镇、街道）",
                "乡镇（街道）名称",
            ),
            required=True,
        ),
        Column("name", _VILLAGE_TITLES, required=True),
        Column("code", _CODE_TITLES, required=True),
        *_IGNORED,
    ),
    (
        Make(
            "place",
            name="county_place",
            when=lambda row: bool(row["county"]),
            derive=lambda row: _place(county_of(_code(row)), str(row["county"]), row.year),
            identity=lambda row: place_id(county_of(_code(row))),
        ),
        Make(
            "place",
            name="township_place",
            when=lambda row: bool(row["township"]),
            derive=_township,
            identity=lambda row: place_id(township_of(_code(row))),
        ),
        Make(
            "place",
            name="village",
            when=_is_village,
            derive=lambda row: _place(_code(row), str(row["name"]), row.year),
            identity=lambda row: place_id(_code(row)),
        ),
    ),
    master=True,
    dated="",
    leaves_out=_left_out,
)

DIVISION_LIST = LedgerKind(
    "division_list",
    "区划代码表",
    ("区划代码", "区划"),
    (
        SERIAL,
        Column("code", _CODE_TITLES, required=True),
        Column(
            "name",
            ("名称", "区划名称", "行政区划名称", "单位名称", "地名", "统计用区划名称"),
            required=True,
        ),
        Column(
            "parent",
            ("上级代码", "上级区划代码", "父级代码", "上级", "上级名称", "所属上级", "父代码"),
            counts=False,
        ),
        Column("level", ("层级", "级别", "级次"), counts=False),
        *_IGNORED[:1],
    ),
    (
        Make(
            "place",
            when=lambda row: bool(row["name"]),
            derive=lambda row: _place(_code(row), str(row["name"]), row.year),
            identity=lambda row: place_id(_code(row)),
        ),
    ),
    master=True,
    dated="",
    leaves_out=_left_out,
)
