"""An encrypted ledger with a register, made once and copied for each test, and its threads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.gui import theme
from desktop.gui.desk import Desk
from desktop.gui.operations import Operations
from desktop.ledger.ledger import Ledger
from tests import fakes


@pytest.fixture(scope="session")
def made_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed ledger; copy it, never open it."""
    folder = tmp_path_factory.mktemp("made") / "柳河镇.ledger"
    fakes.new_ledger(folder).close()
    return folder


@pytest.fixture
def ledger(made_ledger: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of this test's own; once `operations` is asked for, that closes it."""
    folder = tmp_path / "柳河镇.ledger"
    shutil.copytree(made_ledger, folder)
    opened = Ledger.open(folder, fakes.PASSWORD)
    opened.is_handed_over = False
    yield opened
    if not opened.is_handed_over:
        opened.close()


@pytest.fixture
def operations(ledger: Ledger, qapp: QApplication) -> Iterator[Operations]:
    """The ledger's threads."""
    theme.apply(qapp, theme.Look.LIGHT)
    running = Operations(ledger)
    ledger.is_handed_over = True
    yield running
    running.close()


@pytest.fixture
def desk(operations: Operations) -> Desk:
    """What an editor needs."""
    return Desk(operations)
