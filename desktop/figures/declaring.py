"""Short ways to declare figures, and the paths and ranks that they share."""

from __future__ import annotations

from dataclasses import replace

from desktop.figures.figure import (
    COUNT,
    Either,
    Every,
    Figure,
    Has,
    Meaning,
    Rule,
    Source,
    Term,
    distinct,
)
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
    *where: Term,
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
    *where: Term,
    count: Rule = COUNT,
    by: str = "",
) -> Figure:
    """Declare a figure of on-site sessions."""
    return Figure(name, label, unit, "现场办公", rule, "onsite", where, count, TRIP_DAY, by)


def problem(name: str, label: str, rule: str, *where: Term) -> Figure:
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
    *where: Term,
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
    *where: Term,
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
    *where: Term,
    count: Rule = COUNT,
    own: str = "",
    base: tuple[Term, ...] = (),
    group: str = "基本情况",
) -> Figure:
    """Declare a stock as of the last day."""
    return Figure(name, label, unit, group, rule, of, where, count, own=own, base=base)


def rate(name: str, label: str, group: str, rule: str, above: str, below: str) -> Figure:
    """Declare a percentage of two figures; its formula is said with it."""
    return Figure(name, label, "%", group, rule, "", rate=(above, below))


def recorded(figure: Figure, *paths: str) -> Figure:
    """The figure, but without data where nobody wrote anything into these fields.

    What no ledger has a column for is unknown, which is not 0.
    """
    return replace(figure, base=(Either(tuple(Condition(p, "filled") for p in paths)),))


def official(figure: Figure, name: str, label: str, rule: str) -> Figure:
    """The figure by classes once more, by the official items that its labels count as."""
    return replace(figure, id=name, name=label, rule=rule, official=True)


def anywhere(name: str, label: str, unit: str, rule: str, *where: Term, how: str = "") -> Figure:
    """Declare a figure of the places where any part of a trip was held."""
    count = Rule(how, "place") if how else distinct("place")
    first, *rest = (Source(of, TRIP_DAY, where, "place") for of in PARTS)
    return Figure(
        name, label, unit, "覆盖面", rule, first.of, where, count, TRIP_DAY, also=tuple(rest)
    )


PARTS = ("lecture", "fieldwork", "reception", "onsite")
"""The parts of a trip that take place somewhere."""

IN_VILLAGE = Either(
    (means("place_kind", "01"), Has("place", "id", (means("level", "3"),), path="place"))
)
"""Held in a village: it says so, or the place is one of the register."""


def solved(closed: str = "closed") -> Either:
    """A problem is solved by the last day: closed by then, said to be so, or on the spot."""
    return Either(
        (
            Condition(closed, "by end"),
            Every((Meaning("status", group="办结"), Condition(closed, "begun"))),
            Every((means("decision", "01"), Condition(closed, "begun"))),
        )
    )


ON_ROSTER = equals("cadre.on_roster", True)
COUNTY_LEADS = of_rank("activity.leader_rank")
TOWNSHIP_LEADS = of_rank("activity.leader_rank", TOWNSHIP)
