"""Ledgers for the tests of the jobs."""

from __future__ import annotations

from tests.sample_year import (  # noqa: F401
    county,
    county_folder,
    empty_county,
    registered,
    township,
    township_folder,
)
