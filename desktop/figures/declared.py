"""Every figure, declared once; ids as in the sample year's expected figures where it has one."""

from __future__ import annotations

from desktop.figures import matters, trips
from desktop.figures.figure import Figure

FIGURES: tuple[Figure, ...] = (*trips.FIGURES, *matters.FIGURES)

BY_ID = {f.id: f for f in FIGURES}
