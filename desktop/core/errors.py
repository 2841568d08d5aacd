"""Every error that a person may see, as one tree.

    UserError            one sentence: what happened, nothing was lost, what to do     exit 3
    |-- WrongUsage       the words of a command are off                                exit 2
    |-- LedgerProblem    the ledger can't be used: missing, damaged, locked, too new   exit 3
    |   `-- WrongPassword                                                              exit 4
    |-- SheetProblem     a foreign file can't be read                                  exit 3
    |-- PaperProblem     a document can't be printed: unprintable character, open slot exit 3
    |-- InvalidRecord    a record that may not be saved as it is; names the fields     exit 3
    `-- Cancelled        the person pressed Cancel; nothing is shown                   exit 1

Anything else that is raised is a bug: it is logged with its traceback and rolled back.
"""

from __future__ import annotations

from collections.abc import Mapping


class UserError(Exception):
    """An error whose message is a sentence in Chinese that a clerk can act on."""

    exit_code = 3


class WrongUsage(UserError):
    """A command was called with words that do not fit."""

    exit_code = 2


class LedgerProblem(UserError):
    """The ledger can't be opened or used; it was not touched."""


class WrongPassword(LedgerProblem):
    """The password (or recovery key) opens nothing."""

    exit_code = 4


class SheetProblem(UserError):
    """A foreign file (xlsx, xls, ods, csv) can't be read; nothing of it was taken."""


class PaperProblem(UserError):
    """A document can't be printed as it is."""


class InvalidRecord(UserError):
    """A record that may not be saved; `problems` maps field name to a short sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Keep the problems by field, and join them to the message."""
        super().__init__("；".join(problems.values()))
        self.problems = dict(problems)


class Cancelled(UserError):
    """Raised by `Progress.step` once Cancel was pressed."""

    exit_code = 1
