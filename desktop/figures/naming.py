"""Figures by the names that people give them: for totals that somebody reports (填报数)."""

from __future__ import annotations

import re

from desktop.figures.declared import BY_ID, FIGURES
from desktop.figures.figure import Figure

_NOISE = re.compile(r"[\s“”\"'·、,\uff0c（）()：:]")


def declarable() -> list[Figure]:
    """The figures that one reported number can stand for: those that aren't split into classes."""
    return [f for f in FIGURES if not f.by]


def figure_named(words: str) -> str:
    """The id of the figure that words name (its id, its name, with or without its unit), or ''."""
    if words in BY_ID and not BY_ID[words].by:
        return words
    plain = _plain(words)
    for figure in declarable():
        name = _plain(figure.name)
        if plain in (name, name + _plain(figure.unit), name + "数", name + "人数"):
            return figure.id
    return ""


def figure_words(figure_id: str) -> str:
    """What a figure is called on paper; an id that no figure has stays as it is."""
    return BY_ID[figure_id].name if figure_id in BY_ID else figure_id


def figure_unit(figure_id: str) -> str:
    """The measure word of a figure, or ''."""
    return BY_ID[figure_id].unit if figure_id in BY_ID else ""


def _plain(words: str) -> str:
    return _NOISE.sub("", words)
