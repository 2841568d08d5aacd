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

FIGURES: tuple[Figure, ...] = tuple(figure for one in _FILES for figure in one.FIGURES)

BY_ID = {f.id: f for f in FIGURES}
