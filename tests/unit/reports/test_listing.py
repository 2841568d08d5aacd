"""Ledger listings: every row is there, on any number of pages."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, PaperProblem
from desktop.reports.document import Align, Column
from desktop.reports.listing import write_listing
from desktop.reports.paper import MM, PAGE_WIDTH
from tests.unit.reports.reading import glyphs, page_sizes, page_texts

COLUMNS = [
    Column("序号", 1, Align.CENTER),
    Column("日期", 2),
    Column("诉求", 6),
    Column("件数", 1, Align.RIGHT),
]


def rows(count: int) -> Iterator[list[str]]:
    for number in range(1, count + 1):
        yield [
            str(number),
            "2026-06-09",
            f"编号Q{number}Z的道路破损积水多年未修，共2,477人。" * 2,
            "7",
        ]


def test_every_row_is_printed_under_a_header_with_page_x_of_y(tmp_path: Path) -> None:
    result = write_listing("宣讲台账", COLUMNS, rows(300), tmp_path / "a.pdf", subtitle="城关镇")
    texts = page_texts(result.path)
    assert len(texts) == result.pages > 5
    together = "".join(texts).replace(" ", "")
    assert [n for n in range(1, 301) if f"编号Q{n}Z" not in together] == []
    for number, text in enumerate(texts, 1):
        clean = text.replace(" ", "")
        assert "序号日期诉求件数" in clean
        assert f"第{number}页" in clean
        assert f"共{result.pages}页" in clean


def test_more_than_nine_columns_lie_on_their_side(tmp_path: Path) -> None:
    for count, lying in ((9, False), (10, True)):
        columns = [Column(f"列{n}") for n in range(count)]
        path = tmp_path / f"{count}.pdf"
        write_listing("台账", columns, [["甲"] * count], path)
        (width, height), *_ = page_sizes(path)
        assert (width > height) is lying


def test_a_6000_character_cell_goes_on_over_pages(tmp_path: Path) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(6000))
    result = write_listing(
        "台账", COLUMNS, [["1", "", text, ""], ["2", "", "后", ""]], tmp_path / "a.pdf"
    )
    found = "".join(page_texts(result.path))
    assert result.pages >= 3
    assert all(character in found for character in text)


def test_what_no_font_has_is_named_with_its_row(tmp_path: Path) -> None:
    bad = [["1", "", "好", ""], ["2", "", "李\U00020000", ""], ["3", "", "\ue000", "\u200b"]]
    with pytest.raises(PaperProblem, match=r"「𠀀」\(U\+20000\)（第2行）.*\(U\+E000\)（第3行）"):
        write_listing("台账", COLUMNS, bad, tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_invisible_characters_are_no_problem(tmp_path: Path) -> None:
    write_listing(
        "台账", COLUMNS, [["1", "\ufeff2026", "李\u200b𬭎\n二", "\t"]], tmp_path / "a.pdf"
    )
    assert "李𬭎" in page_texts(tmp_path / "a.pdf")[0]


def test_an_empty_ledger_prints_its_header(tmp_path: Path) -> None:
    result = write_listing("空台账", COLUMNS, [], tmp_path / "a.pdf")
    assert result.pages == 1
    assert "共1页" in page_texts(result.path)[0]


def test_same_bytes_and_a_clean_file(tmp_path: Path, need: Callable[[str], str]) -> None:
    one = write_listing("台账", COLUMNS, rows(60), tmp_path / "1.pdf").path
    two = write_listing("台账", COLUMNS, rows(60), tmp_path / "2.pdf").path
    assert one.read_bytes() == two.read_bytes()
    done = subprocess.run([need("qpdf"), "--check", str(one)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


class _Stop:
    def step(self, done: int, total: int, words: str = "") -> None:
        raise Cancelled("取消")


def test_cancel_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_listing("台账", COLUMNS, rows(500), tmp_path / "a.pdf", _Stop())
    assert list(tmp_path.iterdir()) == []


def test_a_row_of_another_length_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cells"):
        write_listing("台账", COLUMNS, [["1"]], tmp_path / "a.pdf")


def test_no_cell_runs_over_its_column(tmp_path: Path) -> None:
    """Marks do not shrink in a ledger, so a line may not count on it."""
    text = "经现场测量，双方签订调解协议，已履行。" * 20
    columns = [Column("甲"), Column("乙", 2)]
    for n in range(2, 9):
        path = tmp_path / f"{n}.pdf"
        write_listing("台账", [*columns, Column("丙", n)], [[text, text, ""]], path)
        drawn = glyphs(path, 0)
        edges = [15 * MM + (PAGE_WIDTH - 30 * MM) * part / (3 + n) for part in (1, 3)]
        first = [g.x + g.size for g in drawn if g.x < edges[0] and g.y > 100]
        second = [g.x + g.size for g in drawn if edges[0] < g.x < edges[1] and g.size < 11]
        assert max(x for x in first if x > 0) <= edges[0] + 0.1
        assert max(second) <= edges[1] + 0.1
