"""desktop/core/errors.py, changes.py, findings.py, progress.py: small shapes that all rely on."""

from __future__ import annotations

import pytest

from desktop.core import errors
from desktop.core.changes import Changes
from desktop.core.findings import Finding
from desktop.core.progress import Silent


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.WrongUsage, 2),
        (errors.LedgerProblem, 3),
        (errors.SheetProblem, 3),
        (errors.PaperProblem, 3),
        (errors.InvalidRecord, 3),
        (errors.WrongPassword, 4),
        (errors.Cancelled, 1),
    ],
)
def test_exit_codes(error: type[errors.UserError], code: int) -> None:
    assert issubclass(error, errors.UserError)
    assert error.exit_code == code


def test_a_wrong_password_is_a_ledger_problem() -> None:
    assert issubclass(errors.WrongPassword, errors.LedgerProblem)


def test_an_invalid_record_names_its_fields() -> None:
    problems = {"date": "日期还没有填", "people": "人数：不能小于1"}
    error = errors.InvalidRecord(problems)
    assert str(error) == "日期还没有填；人数：不能小于1"
    problems.clear()
    assert set(error.problems) == {"date", "people"}


def test_nothing_touched() -> None:
    assert Changes() == Changes(0, frozenset(), frozenset())


def test_a_finding_as_printed() -> None:
    found = Finding(file="a.xlsx", row=3, text="看一看").as_dict()
    assert found == {
        "file": "a.xlsx",
        "sheet": "",
        "row": 3,
        "column": "",
        "value": "",
        "text": "看一看",
    }


def test_nobody_looks() -> None:
    assert Silent().step(1, 0) is None
