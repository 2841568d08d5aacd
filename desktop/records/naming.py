"""Fields that name a place, a unit, a person or an area: from the register, or as written."""

from __future__ import annotations

from typing import Any

from desktop.core.fields import named, named_list

PLACES = ("place", "unit")


def place(label: str, **flags: Any) -> Any:
    """Declare a village, a unit or a free place; village names recur in a county."""
    return named(label, PLACES, apart=True, **flags)


def places(label: str, **flags: Any) -> Any:
    """Declare several places."""
    return named_list(label, PLACES, apart=True, **flags)


def unit(label: str, **flags: Any) -> Any:
    """Declare a unit: a department, an institution, or a township itself."""
    return named(label, ("unit", "place"), **flags)


def units(label: str, **flags: Any) -> Any:
    """Declare several units."""
    return named_list(label, ("unit", "place"), **flags)


def person(label: str, **flags: Any) -> Any:
    """Declare a cadre of the roster, or somebody else by name."""
    return named(label, ("cadre",), **flags)


def area(label: str, **flags: Any) -> Any:
    """Declare a residential area."""
    return named(label, ("residential_area",), apart=True, **flags)
