"""Ids that follow from facts, so that offices that import the same list hold the same records."""

from __future__ import annotations

from desktop.core.ids import derived_id
from desktop.core.offices import county_of


def place_id(code: str) -> str:
    """The id of a place: it follows from its 12-digit code."""
    return derived_id("place", code)


def unit_id(county: str, name: str) -> str:
    """The id of a unit: county code and full name."""
    return derived_id("unit", county_of(county), name)


def cadre_id(county: str, number: str, name: str, unit: str) -> str:
    """The id of a cadre: county code and roster number; 没有编号: name and first unit."""
    key = (number,) if number else (name, unit)
    return derived_id("cadre", county_of(county), *key)
