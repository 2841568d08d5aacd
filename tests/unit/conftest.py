"""Ledgers and a command line for all unit tests; nothing is made before a test asks for it."""

from __future__ import annotations

from tests.command_line import sixia
from tests.sample_year import (
    county,
    county_folder,
    empty_county,
    registered,
    township,
    township_folder,
)

__all__ = [
    "county",
    "county_folder",
    "empty_county",
    "registered",
    "sixia",
    "township",
    "township_folder",
]
