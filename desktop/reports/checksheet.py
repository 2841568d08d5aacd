"""The 数据核对单: where every figure of an issued report comes from, for the office itself.

It stands beside the report and never in it, so that the report stays clean and each number can
still be traced: unit, rule, number of rows, and the head of the history at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.reports.document import Align, Column, Document, Paragraph, Table

MARKING = "内部使用"

COLUMNS = (
    Column("序号", 0.7, Align.CENTER),
    Column("指标", 2.2),
    Column("代号", 2.0),
    Column("数值", 1.2, Align.RIGHT),
    Column("单位", 0.8, Align.CENTER),
    Column("口径", 4.2),
    Column("依据条数", 1.0, Align.RIGHT),
)


@dataclass(frozen=True)
class CheckRow:
    """One figure as it was issued; `value` is as printed, `rows` counts the records behind it."""

    figure: str
    name: str
    value: str
    unit: str
    rule: str
    rows: int


@dataclass(frozen=True)
class LedgerFacts:
    """The state of the ledger when the report was issued."""

    history_head: str
    time: str
    program_version: str


def checksheet(
    title: str, period: str, office: str, rows: Iterable[CheckRow], facts: LedgerFacts
) -> Document:
    """The check sheet of a report."""
    cells = tuple(
        (str(number), row.name, row.figure, row.value, row.unit, row.rule, str(row.rows))
        for number, row in enumerate(rows, 1)
    )
    return Document(
        title=f"数据核对单\n{title}",
        marking=MARKING,
        author=office,
        blocks=(
            Table(
                columns=COLUMNS,
                rows=cells,
                unit_line=f"单位：{office}　时段：{period}",
                footer_line="核对人：　　　　复核人：　　　　日期：",
            ),
            Paragraph(f"生成时间：{facts.time}", indent=False),
            Paragraph(f"台账校验码：{facts.history_head}", indent=False),
            Paragraph(f"程序版本：{facts.program_version}", indent=False),
        ),
    )
