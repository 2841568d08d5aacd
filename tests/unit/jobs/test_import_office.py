"""Whose ledger a file is: told by its title, 填报单位, sheet, name or folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import SheetProblem
from desktop.jobs.import_ledgers import import_ledgers
from desktop.ledger.ledger import Ledger
from tests.sample_year import SAMPLE, TOWNSHIPS, content
from tests.unit.jobs.books import LECTURE, book


def test_another_townships_ledger_is_refused(township: Ledger) -> None:
    before = content(township)
    for name in ("石门镇宣讲活动台账.xlsx", "石门镇意见建议台账.xlsx"):
        with pytest.raises(SheetProblem, match="石门镇"):
            import_ledgers(township, [SAMPLE / "石门镇" / name])
    with pytest.raises(SheetProblem, match="桃源乡"):  # only the file's name says it
        import_ledgers(township, [SAMPLE / "桃源乡" / "桃源乡宣讲活动台账.csv"])
    assert content(township) == before


@pytest.mark.parametrize(
    "title",
    [
        "柳河镇2023年宣讲活动台账",
        "中共柳河镇委员会2023年宣讲台账",
        "领导干部下乡宣讲台账",
        "2023年四下基层宣讲台账",
        "各乡镇宣讲台账",
        "我镇2023年宣讲台账",
        "城乡宣讲台账",
    ],
)
def test_a_title_that_names_no_other_office_is_ones_own(
    township: Ledger, tmp_path: Path, title: str
) -> None:
    path = book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE], above=[[title]])
    report = import_ledgers(township, [path])
    assert (report.added, report.tables[0].office) == (1, TOWNSHIPS["柳河镇"])


@pytest.mark.parametrize("where", ["title", "line", "file", "folder"])
def test_the_county_is_told_the_township(county: Ledger, tmp_path: Path, where: str) -> None:
    folder = tmp_path / ("石门镇" if where == "folder" else "收件")
    folder.mkdir()
    name = "石门镇宣讲.xlsx" if where == "file" else "宣讲.xlsx"
    above = {"title": [["石门镇2023年宣讲台账"]], "line": [["宣讲台账"], ["填报单位：石门镇"]]}
    path = book(folder / name, "lectures", [LECTURE], above=above.get(where, ()))
    report = import_ledgers(county, [path])
    assert report.tables[0].office == TOWNSHIPS["石门镇"]
    assert report.tables[0].office_name == "石门镇"


def test_the_county_refuses_a_township_that_it_does_not_know(
    county: Ledger, tmp_path: Path
) -> None:
    path = book(tmp_path / "河西镇宣讲.xlsx", "lectures", [LECTURE])
    with pytest.raises(SheetProblem, match="不认识单位「河西镇」"):
        import_ledgers(county, [path])
    report = import_ledgers(county, [path], office="石门镇")
    assert report.tables[0].office == TOWNSHIPS["石门镇"]
