"""Runs the command line inside of the test process; a fixture for unit tests and stories."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from desktop import cli
from tests.sample_year import PASSWORD


@dataclass(frozen=True)
class Said:
    """What one command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


Sixia = Callable[..., Said]


@pytest.fixture
def sixia(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Sixia:
    monkeypatch.setenv("SIXIA_PASSWORD", PASSWORD)

    def run(*args: object) -> Said:
        capfd.readouterr()
        code = cli.run([str(a) for a in args])
        out, err = capfd.readouterr()
        return Said(code, out, err)

    return run
