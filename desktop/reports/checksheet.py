"""The 数据核对单: where every figure of an issued report comes from, for the office itself.

It stands beside the report and never in it, so that the report stays clean and each number can
still be traced: unit, rule, number of rows, and the head of the history at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.reports.document import Align, Column, Document, Table

MARKING = "内部使用"

FACT_COLUMNS = (Column("台账情况", 1, Align.CENTER), Column("内容", 4))
COLUMNS = (
    Column("序号", 0.9, Align.CENTER),
    Column("指标", 2.8),
    Column("数值", 3.4),
    Column("单位", 1.0, Align.CENTER),
    Column("口径", 4.0),
    Column("依据条数", 1.1, Align.RIGHT),
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
        (str(number), row.name, row.value, row.unit, row.rule, str(row.rows))
        for number, row in enumerate(rows, 1)
    )
    return Document(
        title="数据核对单",
        subtitle=(title,),
        marking=MARKING,
        author=office,
        blocks=(
            Table(
                columns=COLUMNS,
                rows=cells,
                unit_line=f"单位：{office}　时段：{period}",
                footer_line="核对人：　　　　复核人：　　　　日期：",
            ),
            Table(
                columns=FACT_COLUMNS,
                rows=(
                    ("生成时间", facts.time),
                    ("台账校验码", _grouped(facts.history_head)),
                    ("程序版本", facts.program_version),
                ),
            ),
        ),
    )


def _grouped(code: str) -> str:
    """A long code in groups of eight: a person can compare it, and a line can end between them."""
    return " ".join(code[at : at + 8] for at in range(0, len(code), 8))
