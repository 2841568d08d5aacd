"""What a figure is: declared once with name, unit, rows and count rule.

A figure's rows come from one `Query`, so the number and the list behind it can't disagree. `base`
says which rows could have counted: if there are none, there is no data, which is not 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from desktop.ledger.query import Condition


@dataclass(frozen=True)
class Rule:
    """How rows become a number: count, sum of a field, or distinct values of a path."""

    how: str  # count, sum, distinct; townships, villages: distinct ones of the register
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
class Either:
    """Rows that meet at least one of the terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Every:
    """Rows that meet all of the terms; for use inside `Either` and `Without`."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Without:
    """Rows that don't meet the term, whether it is false or nobody recorded it."""

    term: Term


@dataclass(frozen=True)
class Has:
    """Rows to which another record belongs: some `of` whose `by` equals the row's `path`."""

    of: str
    by: str
    where: tuple[Term, ...] = ()
    path: str = "id"


Term: TypeAlias = "Condition | Meaning | Either | Every | Without | Has"


@dataclass(frozen=True)
class Source:
    """Rows of one type, and the path whose values they give to a distinct count."""

    of: str
    dated: str
    where: tuple[Term, ...] = ()
    path: str = ""


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
        group: heading under which screens and sheets list it; a 零报告 of that name covers it.
        also: rows of further types that count with it; equal values count once.
        doubles: count also what was joined to another record of the same thing.
        rate: ids of numerator and denominator; the figure is then a percentage of the two.
        official: class by the official item that a label counts as, not by the label.
        based: id of a figure; where that one has data, nothing found is 0, not no data.
    """

    id: str
    name: str
    unit: str
    group: str
    rule: str
    of: str
    where: tuple[Term, ...] = ()
    count: Rule = COUNT
    dated: str = ""
    by: str = ""
    own: str = ""
    base: tuple[Term, ...] = ()
    also: tuple[Source, ...] = ()
    doubles: bool = False
    rate: tuple[str, str] | None = None
    official: bool = False
    based: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where its rows come from; its own type first."""
        return (Source(self.of, self.dated, self.where, self.count.path), *self.also)


Value: TypeAlias = "int | float | dict[str, int] | None"


@dataclass(frozen=True)
class Result:
    """A computed figure: None means no data.

    Attributes:
        figure: what was computed.
        value: the number; {class: number} of a figure by classes; a percentage of a rate.
        rows: how many records stand behind it.
        declared: how many of these are reported numbers (填报数).
        zero: whether the 0 was declared (零报告), which reads 无.
    """

    figure: Figure
    value: Value
    rows: int
    declared: int = 0
    zero: bool = False

    def text(self) -> str:
        """The value as words: "——" for no data, 无 for a declared zero, classes joined by 、."""
        if self.value is None:
            return "——"
        if self.zero:
            return "无"
        if isinstance(self.value, dict):
            return "、".join(f"{k}{v}" for k, v in self.value.items()) or "——"
        return str(self.value)
