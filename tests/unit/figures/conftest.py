"""A small real ledger for figures: 柳河镇 with its register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger.ledger import Ledger
from tests import fakes


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Ledger]:
    """An encrypted ledger with places, units and cadres."""
    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as ledger:
        yield ledger
