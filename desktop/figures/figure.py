"""What a figure is: declared once with name, unit, rows and count rule.

A figure's rows come from one `Query`, so the number and the list behind it can't disagree. `base`
says which rows could have counted: if there are none, there is no data, which is not 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.ledger.query import Condition


@dataclass(frozen=True)
class Rule:
    """How rows become a number: count, sum of a field, or distinct values of a path."""

    how: str  # count, sum, distinct
    path: str = ""


COUNT = Rule("count")


def total(path: str) -> Rule:
    """The sum of a field over the rows."""
    return Rule("sum", path)


def distinct(path: str) -> Rule:
    """How many different values a path takes; empty ones don't count."""
    return Rule("distinct", path)


@dataclass(frozen=True)
class Meaning:
    """A condition on a choice by official codes or group, whatever labels were recorded."""

    path: str
    codes: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Figure:
    """One number that may appear anywhere.

    Attributes:
        id: short English noun; the command line's contract.
        name: what it is called on paper.
        unit: its measure word.
        rule: the rule in one Chinese sentence, for the 数据核对单.
        of: record type whose rows it counts.
        where: which of them.
        count: how they are counted.
        dated: path of the day that puts a row into a period; '' means a stock as of the last day.
        by: path whose labels class it; the value is then {label: number}.
        base: which rows of the type could have counted; all by default.
        own: path that names the township, for registers that the county keeps for all.
        group: heading under which screens and sheets list it.
    """

    id: str
    name: str
    unit: str
    group: str
    rule: str
    of: str
    where: tuple[Condition | Meaning, ...] = ()
    count: Rule = COUNT
    dated: str = ""
    by: str = ""
    own: str = ""
    base: tuple[Condition | Meaning, ...] = ()


@dataclass(frozen=True)
class Result:
    """A computed figure: None means no data; `rows` is how many rows stand behind it."""

    figure: Figure
    value: int | dict[str, int] | None
    rows: int

    def text(self) -> str:
        """The value as words: "——" for no data, classes joined by 、."""
        if self.value is None:
            return "——"
        if isinstance(self.value, dict):
            return "、".join(f"{k}{v}" for k, v in self.value.items()) or "——"
        return str(self.value)
