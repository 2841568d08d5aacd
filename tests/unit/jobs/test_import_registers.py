"""Registers as they are published and kept: division tables, services, totals, zero reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.figures.declared import BY_ID
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.show_records import record_rows, write_xlsx
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import (
    RECORD_TYPES,
    Campaign,
    CheckIn,
    DeclaredCount,
    Place,
    SpeakerTeam,
    VolunteerService,
    ZeroReport,
)
from desktop.records.identity import place_id
from desktop.work.registers import Registers, offices, suggest
from tests.sample_year import COUNTY_CODE, make_ledger
from tests.unit.jobs.books import book, sheet_cells, write

LIUHE = "990821101000"
LIST = [
    ["代码", "名称", "上级代码"],
    ["990800000000", "云桥市", "990000000000"],
    ["990821000000", "清岚县", "990800000000"],
    ["990821101000", "柳河镇", "990821000000"],
    ["990821101001", "柳河社区居委会", "990821101000"],
    ["990821101201", "李家沟村委会", "990821101000"],
    ["990821101202", "后塬村村民委员会[已撤销]", "990821101000"],
    ["990822101201", "外县村委会", "990822101000"],
    ["99082", "坏代码村", ""],
]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Ledger]:
    """A county's ledger that was just made: it knows nothing but the county."""
    ledger = make_ledger(tmp_path / "county.ledger")
    yield ledger
    ledger.close()


def place_of(ledger: Ledger, code: str) -> Place:
    found = ledger.get(Place, place_id(code))
    assert found is not None
    return found


def only(ledger: Ledger, cls: type) -> Any:
    (found,) = ledger.find(Query(cls.type))
    return found


# ---- divisions -------------------------------------------------------------------------------


def check_division(ledger: Ledger) -> None:
    assert offices(ledger) == {COUNTY_CODE: "清岚县", LIUHE: "柳河镇"}
    village, community = place_of(ledger, "990821101201"), place_of(ledger, "990821101001")
    assert (village.name, village.level, village.settlement) == ("李家沟村", "村（社区）", "村")
    assert (community.name, community.settlement) == ("柳河社区", "社区")
    assert village.within == place_id(LIUHE)
    assert place_of(ledger, LIUHE).within == place_id(COUNTY_CODE)
    registers = Registers(ledger)
    for words in ("李家沟", "李家沟村", "李家沟村委会", "李家沟村民委员会"):
        assert registers.place(words, LIUHE) == village.id


def test_a_list_of_codes_and_names(fresh: Ledger, tmp_path: Path) -> None:
    path = write(tmp_path / "区划代码2026.xlsx", LIST)
    report = import_ledgers(fresh, [path], year=2026)
    check_division(fresh)
    gone = place_of(fresh, "990821101202")
    assert (gone.name, gone.valid_to) == ("后塬村", dt.date(2026, 1, 1))
    assert "已撤销" in gone.marks["valid_to"]
    assert gone.aliases == "后塬村村民委员会"
    told = [f.text for f in report.findings]
    for words in ("省、市一级", "外县的", "区划代码读不出来"):
        assert sum(words in t for t in told) == 1
    assert report.added == 5
    assert fresh.count(Query(Place.type)) == 5
    (hit,) = suggest(fresh, ("place",), "后塬村", on=dt.date(2026, 5, 1))
    assert hit.hint == "柳河镇 2026-01-01起停用"
    again = import_ledgers(fresh, [path], year=2026)
    assert (again.added, again.known) == (0, 5)


def test_a_column_a_level_with_17_digits(fresh: Ledger, tmp_path: Path) -> None:
    cells = [
        ["省", "市", "县级名称", "乡级名称", "村级名称", "统计用区划代码", "城乡分类代码"],
        ["甘省", "云桥市", "清岚县", "柳河镇", "柳河社区居委会", "99082110100111121", "121"],
        ["", "", "", "", "李家沟村委会", "99082110120111220", "220"],
    ]
    import_ledgers(fresh, [write(tmp_path / "行政区划.xlsx", cells)])
    check_division(fresh)
    assert fresh.count(Query(Place.type)) == 4
    assert not place_of(fresh, LIUHE).marks


def test_codes_that_a_spreadsheet_took_for_numbers(fresh: Ledger, tmp_path: Path) -> None:
    cells = [
        ["县", "乡镇", "村", "代码"],
        ["清岚县", "柳河镇", "柳河社区", 990821101001],
        ["清岚县", "柳河镇", "李家沟村", 990821101201],
        ["清岚县", "柳河镇", "", 990821101000],
    ]
    import_ledgers(fresh, [write(tmp_path / "行政区划.xlsx", cells)])
    check_division(fresh)


def test_a_county_that_is_not_this_one(fresh: Ledger, tmp_path: Path) -> None:
    rows = [["代码", "名称"], ["990822101201", "外县村委会"], ["990822101202", "外县二村"]]
    report = import_ledgers(fresh, [write(tmp_path / "区划代码.xlsx", rows)])
    assert report.added == 0
    assert ["2行没有导入：外县的" in f.text for f in report.findings] == [True]
    assert fresh.count(Query(Place.type)) == 1


def test_an_abolished_township_in_its_own_row(fresh: Ledger, tmp_path: Path) -> None:
    rows = [
        ["县", "乡镇", "村", "代码"],
        ["清岚县", "柳河镇[已撤销]", "", "990821101000"],
        ["清岚县", "柳河镇[已撤销]", "李家沟村", "990821101201"],
    ]
    import_ledgers(fresh, [write(tmp_path / "行政区划.xlsx", rows)], year=2026)
    assert place_of(fresh, LIUHE).name == "柳河镇"
    assert place_of(fresh, LIUHE).valid_to == dt.date(2026, 1, 1)
    assert place_of(fresh, "990821101201").valid_to is None


# ---- what offices keep -----------------------------------------------------------------------


def test_campaigns_and_speaker_teams(fresh: Ledger, tmp_path: Path) -> None:
    campaigns = book(
        tmp_path / "专项行动.xlsx",
        "campaigns",
        [{"name": "17＋3冬季行动", "start": "2026.11.1", "end": "1月31日", "basis": "县委通知"}],
    )
    teams = book(
        tmp_path / "宣讲队伍.csv",
        "speaker_teams",
        [{"name": "板凳宣讲队", "leader": "王某", "members": "12人", "founded": "2026年3月"}],
    )
    import_ledgers(fresh, [campaigns, teams])
    campaign, team = only(fresh, Campaign), only(fresh, SpeakerTeam)
    assert (campaign.start, campaign.end) == (dt.date(2026, 11, 1), dt.date(2027, 1, 31))
    assert campaign.basis == "县委通知"
    assert (team.name, team.members, team.leader) == ("板凳宣讲队", 12, "王某")


SERVICE = {
    "person": "张伟",
    "unit": "县水利局",
    "area": "滨河小区",
    "date": "2026-05-01",
    "kind": "环境整治",
    "hours": "2",
    "what": "清理楼道",
}


def test_services_belong_to_the_check_in_that_is_there(fresh: Ledger, tmp_path: Path) -> None:
    came = {k: SERVICE[k] for k in ("person", "unit", "area")} | {"date": "2026-04-01"}
    import_ledgers(fresh, [book(tmp_path / "双报到.xlsx", "check_ins", [came])])
    services = [SERVICE, SERVICE | {"date": "2026-06-01", "hours": "1"}]
    path = book(tmp_path / "志愿服务台账.xlsx", "volunteer_services", services)
    import_ledgers(fresh, [path])
    check_in = only(fresh, CheckIn)
    assert (check_in.date, check_in.volunteering) == (dt.date(2026, 4, 1), True)
    found = fresh.find(Query(VolunteerService.type, order=(("date", False),)))
    assert [(s.check_in, s.hours) for s in found] == [(check_in.id, 2), (check_in.id, 1)]
    assert import_ledgers(fresh, [path]).added == 0


def test_who_served_has_checked_in(fresh: Ledger, tmp_path: Path) -> None:
    path = book(tmp_path / "志愿服务.xlsx", "volunteer_services", [SERVICE])
    import_ledgers(fresh, [path])
    check_in = only(fresh, CheckIn)
    assert (check_in.person, check_in.area, check_in.date) == ("张伟", "滨河小区", None)


def test_totals_of_areas_are_declared_counts(fresh: Ledger, tmp_path: Path) -> None:
    rows = [
        {"area": "滨河小区", "members": "120", "volunteers": "88"},
        {"area": "东苑小区", "members": "45", "measures": "6", "last": "2026-06-30"},
    ]
    path = book(tmp_path / "小区报到人数表.xlsx", "area_totals", rows)
    import_ledgers(fresh, [path], year=2026)
    found = [
        (c.figure, c.area, c.value, c.last.isoformat())
        for c in fresh.find(Query(DeclaredCount.type))
    ]
    assert sorted(found) == [
        ("measures", "东苑小区", 6, "2026-06-30"),
        ("members_checked_in", "东苑小区", 45, "2026-06-30"),
        ("members_checked_in", "滨河小区", 120, "2026-12-31"),
        ("members_volunteering", "滨河小区", 88, "2026-12-31"),
    ]
    assert {figure for figure, *_ in found} <= set(BY_ID)


def test_declared_counts_name_figures_as_reports_do(fresh: Ledger, tmp_path: Path) -> None:
    row = {"value": "2477", "first": "2026-01-01", "last": "2026-06-30", "source": "电话报送"}
    rows = [row | {"figure": "到小区报到党员"}, row | {"figure": "没有的数字", "value": "1"}]
    report = import_ledgers(fresh, [book(tmp_path / "填报数.xlsx", "declared_counts", rows)])
    good, odd = sorted(fresh.find(Query(DeclaredCount.type)), key=lambda c: -(c.value or 0))
    assert (good.figure, good.value, good.source) == ("members_checked_in", 2477, "电话报送")
    assert not good.marks
    assert odd.marks["figure"] == "没有这个数字"
    assert ["没有叫这个名称" in f.text for f in report.findings].count(True) == 1
    (shown, _) = sorted(
        record_rows(fresh, DeclaredCount.type, [good.id, odd.id]), key=lambda r: -r["value"]
    )
    assert shown["figure"] == "到小区报到党员"
    assert shown["title"] == "电话报送 2477"


def test_a_zero_report_that_rows_speak_against_is_marked(fresh: Ledger, tmp_path: Path) -> None:
    lecture = {"date": "2026-05-05", "leader": "李明", "theme": "移风易俗", "heads": "30"}
    import_ledgers(fresh, [book(tmp_path / "宣讲.xlsx", "lectures", [lecture])])
    rows = [
        {"kind": "宣讲", "first": "2026-05-01", "last": "2026-05-31", "reporter": "李明"},
        {"kind": "宣讲", "first": "2026-06-01", "last": "2026-06-30"},
    ]
    report = import_ledgers(fresh, [book(tmp_path / "零报告.xlsx", "zero_reports", rows)])
    assert report.added == 2
    may, june = sorted(fresh.find(Query(ZeroReport.type)), key=lambda z: str(z.last))
    assert may.marks["kind"] == "这段时间有1条宣讲记录，和零报告不一致，请核对"
    assert "kind" not in june.marks
    assert sum("和零报告不一致" in f.text for f in report.findings) == 1


@pytest.mark.parametrize(
    "name", ["campaign", "speaker_team", "volunteer_service", "zero_report", "declared_count"]
)
def test_every_register_goes_out_as_a_table(fresh: Ledger, tmp_path: Path, name: str) -> None:
    from tests import fakes

    of = RECORD_TYPES[name]
    with fresh.write("记录") as rows:
        (check_in,) = rows.save(fakes.make(CheckIn, person="张伟"))
        more = {"check_in": check_in.id} if name == "volunteer_service" else {}
        more |= {"figure": "films"} if name == "declared_count" else {}
        rows.save(fakes.make(of.cls, **more))
    path = tmp_path / "out.xlsx"
    assert write_xlsx(fresh, Query(of), path) == 1
    cells = [c for sheet in sheet_cells(path).values() for row in sheet for c in row]
    assert {f.label for f in of.fields} <= set(cells)
    if name == "declared_count":
        assert "党员教育电视片" in cells
