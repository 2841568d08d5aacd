"""The year in a real ledger, made once a session: an eighth always, the whole in the long run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest

from desktop import figures
from desktop.jobs.import_report import ImportReport
from desktop.ledger.ledger import Ledger
from tests.county_year.books import Book, write_books
from tests.county_year.filling import fill_books, fill_registers, fill_rest, new_county
from tests.county_year.make import make_year
from tests.county_year.oracle import Number, Scope, count
from tests.county_year.rows import FIRST, LAST, OFFICES, CountyYear

EIGHTH, WHOLE = 0.125, 1.0


@dataclass
class Made:
    """The rows, the books that hold them, the ledger that the books went into, and the report."""

    year: CountyYear
    folder: Path
    books: list[Book] = field(default_factory=list)
    report: ImportReport | None = None
    ledger: Ledger | None = None

    def fill(self, name: str, paths: list[Path]) -> tuple[Ledger, ImportReport]:
        """A new ledger with everything in it, the books imported in the order given."""
        ledger = new_county(self.folder / f"{name}.ledger")
        fill_registers(self.year, ledger, self.folder)
        report = fill_books(ledger, paths, self.folder / f"{name}-问题行.xlsx")
        fill_rest(self.year, ledger)
        return ledger, report

    @property
    def paths(self) -> list[Path]:
        """The files of the books."""
        return [b.path for b in self.books]

    @cached_property
    def slow(self) -> dict[Scope, dict[str, Number]]:
        """All scopes counted slowly."""
        return {scope: count(self.year, scope) for scope in SCOPES}

    @cached_property
    def fast(self) -> dict[Scope, dict[str, figures.Result]]:
        """All scopes computed by the program."""
        return computed(self.ledger)


def _months() -> list[tuple[dt.date, dt.date]]:
    firsts = [dt.date(2026, month, 1) for month in range(1, 13)]
    return [(d, (d + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)) for d in firsts]


SCOPES = [
    Scope(first, last, office)
    for office in ("", *OFFICES)
    for first, last in ((FIRST, LAST), *_months())
]
"""The year and every month, of the whole county, of its own office, and of every township."""


def computed(ledger: Ledger | None) -> dict[Scope, dict[str, figures.Result]]:
    """All figures of all scopes, by the program."""
    assert ledger
    return {s: figures.compute(ledger, s.first, s.last, s.office) for s in SCOPES}


@pytest.fixture(
    scope="session",
    params=[EIGHTH, pytest.param(WHOLE, marks=pytest.mark.long)],
    ids=["an eighth", "a county"],
)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    """The year, and the ledger that it went into; tests only read it."""
    folder = tmp_path_factory.mktemp("county-year")
    made = Made(make_year(request.param), folder)
    made.books = write_books(made.year, folder / "台账")
    made.ledger, made.report = made.fill("清岚县", made.paths)
    yield made
    made.ledger.close()


@pytest.fixture
def county(made: Made) -> Ledger:
    """The ledger of the year."""
    assert made.ledger
    return made.ledger
