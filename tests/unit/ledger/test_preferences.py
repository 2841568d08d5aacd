"""Preferences: per person, kept while the ledger is closed, no part of the history."""

from __future__ import annotations

from desktop.ledger import preferences
from desktop.ledger.ledger import Ledger

VALUE = [{"name": "超期的", "state": {"period": "all", "chosen": []}}]


def test_what_is_kept_is_read_by_another_connection(ledger: Ledger) -> None:
    before = ledger.counter
    preferences.keep(ledger, "filters of x", VALUE)
    with ledger.reader() as other:
        assert preferences.read(other, "filters of x") == VALUE
    assert ledger.counter == before
    assert ledger.undo() == ""


def test_each_person_has_their_own(ledger: Ledger) -> None:
    preferences.keep(ledger, "columns of x", ["date"])
    first, ledger.user = ledger.user, "王丽"
    assert preferences.read(ledger, "columns of x", []) == []
    preferences.keep(ledger, "columns of x", ["leader"])
    ledger.user = first
    assert preferences.read(ledger, "columns of x", []) == ["date"]


def test_none_forgets_and_what_cannot_be_read_is_nothing(ledger: Ledger) -> None:
    preferences.keep(ledger, "a", 1)
    preferences.keep(ledger, "a", 2)
    assert preferences.read(ledger, "a") == 2
    preferences.keep(ledger, "a", None)
    assert preferences.read(ledger, "a", "none") == "none"
    with ledger.db.atomic():
        ledger.db.execute("INSERT INTO preference VALUES (?, 'a', '{')", [ledger.user])
    assert preferences.read(ledger, "a", "none") == "none"
