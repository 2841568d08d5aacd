"""Every number that may appear anywhere: declared once, computed once, traced to rows."""

from desktop.figures.compute import compute, figure_of, rows
from desktop.figures.declared import FIGURES
from desktop.figures.figure import Figure, Result

__all__ = ["FIGURES", "Figure", "Result", "compute", "figure_of", "rows"]
