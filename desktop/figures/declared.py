"""Every figure, declared once; ids as in the sample year's expected figures where it has one."""

from __future__ import annotations

from desktop.figures import (
    coverage,
    lectures,
    matters,
    members,
    petitions,
    problems,
    research,
    suggestions,
    trips,
)
from desktop.figures.figure import Figure

_FILES = (trips, coverage, lectures, research, problems, matters, petitions, suggestions, members)

GROUPS = (
    "基本情况",
    "活动",
    "覆盖面",
    "宣讲",
    "调研",
    "现场办公",
    "问题清单",
    "接访",
    "信访事项",
    "矛盾纠纷",
    "意见建议",
    "双报到",
    "机制与部署",
)
"""The headings in the order of a summary."""

FIGURES: tuple[Figure, ...] = tuple(
    sorted(
        (figure for one in _FILES for figure in one.FIGURES),
        key=lambda figure: GROUPS.index(figure.group),
    )
)

BY_ID = {f.id: f for f in FIGURES}
