"""The check sheet names every figure, its rule and the state of the ledger."""

from __future__ import annotations

from pathlib import Path

from desktop.reports.checksheet import CheckRow, LedgerFacts, checksheet
from desktop.reports.pdf import write_pdf
from tests.unit.reports.reading import page_sizes, page_texts


def test_a_check_sheet_of_two_pages(tmp_path: Path) -> None:
    rows = [
        CheckRow(
            f"figure_{n}", f"指标{n}", str(n * 7), "场次", "按宣讲日期统计场次之和，含县处级主讲", n
        )
        for n in range(40)
    ]
    facts = LedgerFacts("9f86d081884c7d65", "2026年7月1日 10:30", "0.1.0")
    sheet = checksheet("城关镇工作总结", "2026年1月1日至6月30日", "城关镇", rows, facts)
    result = write_pdf(sheet, tmp_path / "a.pdf")
    texts = [text.replace(" ", "") for text in page_texts(result.path)]
    assert result.pages >= 2
    assert "内部使用" in texts[0]
    assert "数据核对单" in texts[0]
    together = "".join(texts)
    assert all(f"指标{n}" in together for n in range(40))
    assert "9f86d081884c7d65" in together
    for text in texts[:2]:
        assert "序号指标数值" in text
    assert all(width < height for width, height in page_sizes(result.path))
