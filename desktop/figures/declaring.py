"""Short ways to declare figures, and the paths and ranks that they share."""

from __future__ import annotations

from desktop.figures.figure import COUNT, Figure, Meaning, Rule
from desktop.ledger.query import Condition

COUNTY = "县处级"
TOWNSHIP = "乡科级"

TRIP_DAY = "activity.date"
VISIT_DAY = "reception.activity.date"
PROBLEM_DAY = "onsite.activity.date|date"
CLOSED = "case.closed|closed"
SATISFACTION = "case.satisfaction|satisfaction"
FOLLOW_UP = "case.follow_up|follow_up"


def equals(path: str, value: object) -> Condition:
    """A condition on a plain value."""
    return Condition(path, "=", value)


def means(path: str, *codes: str) -> Meaning:
    """A condition on a choice by official codes."""
    return Meaning(path, codes=codes)


def of_rank(path: str, group: str = COUNTY) -> Meaning:
    """A condition on a rank by its group."""
    return Meaning(path, group=group)


def lecture(
    name: str,
    label: str,
    unit: str,
    rule: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
    by: str = "",
) -> Figure:
    """Declare a figure of lectures."""
    return Figure(name, label, unit, "宣讲", rule, "lecture", where, count, TRIP_DAY, by)


def onsite(
    name: str,
    label: str,
    unit: str,
    rule: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
) -> Figure:
    """Declare a figure of on-site sessions."""
    return Figure(name, label, unit, "现场办公", rule, "onsite", where, count, TRIP_DAY)


def problem(name: str, label: str, rule: str, *where: Condition | Meaning) -> Figure:
    """Declare a figure of problems found on site."""
    site = Condition("onsite", "filled")
    return Figure(
        name,
        label,
        "个",
        "现场办公",
        rule,
        "problem",
        (site, *where),
        COUNT,
        PROBLEM_DAY,
        base=(site,),
    )


def visit(
    name: str,
    label: str,
    unit: str,
    rule: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
    by: str = "",
) -> Figure:
    """Declare a figure of visits."""
    return Figure(name, label, unit, "接访", rule, "visit", where, count, VISIT_DAY, by)


def dated(
    name: str,
    label: str,
    unit: str,
    group: str,
    rule: str,
    of: str,
    dated: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
    by: str = "",
    own: str = "",
) -> Figure:
    """Declare a figure of dated records."""
    return Figure(name, label, unit, group, rule, of, where, count, dated, by, own)


def stock(
    name: str,
    label: str,
    unit: str,
    rule: str,
    of: str,
    *where: Condition | Meaning,
    count: Rule = COUNT,
    own: str = "",
    base: tuple[Condition | Meaning, ...] = (),
) -> Figure:
    """Declare a stock as of the last day."""
    return Figure(name, label, unit, "基本情况", rule, of, where, count, own=own, base=base)


ON_ROSTER = equals("cadre.on_roster", True)
COUNTY_LEADS = of_rank("activity.leader_rank")
TOWNSHIP_LEADS = of_rank("activity.leader_rank", TOWNSHIP)
