"""Drafts in the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import drafts
from desktop.ledger.drafts import Draft
from desktop.ledger.ledger import Ledger
from tests import fakes

STATE = {"fields": {"date": "11-2", "leader": ["", "李镇长"]}}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as opened:
        yield opened


def draft(number: str, of: str = "activity") -> Draft:
    return Draft(number * 32, of, f"草稿{number}", STATE)


def test_a_draft_is_kept_with_who_and_when(ledger: Ledger) -> None:
    ledger.now = lambda: dt.datetime(2026, 11, 20, 10, 32, 5)
    drafts.save(ledger, draft("a"))
    found = drafts.find(ledger, "a" * 32)
    assert found == Draft("a" * 32, "activity", "草稿a", STATE, fakes.USER, "2026-11-20T10:32:05")


def test_saving_again_replaces_it(ledger: Ledger) -> None:
    drafts.save(ledger, draft("a"))
    drafts.save(ledger, Draft("a" * 32, "activity", "新的", {"fields": {}}))
    assert [(d.title, d.state) for d in drafts.listed(ledger)] == [("新的", {"fields": {}})]


def test_the_list_is_this_persons_and_newest_first(ledger: Ledger) -> None:
    for second, (number, of) in enumerate((("a", "activity"), ("b", "case"), ("c", "activity"))):
        ledger.now = lambda second=second: dt.datetime(2026, 11, 20, 10, 0, second)
        drafts.save(ledger, draft(number, of))
    drafts.save(ledger, Draft("d" * 32, "case", "别人的", {}, who="张强"))
    assert [d.title for d in drafts.listed(ledger)] == ["草稿c", "草稿b", "草稿a"]
    assert [d.title for d in drafts.listed(ledger, "activity")] == ["草稿c", "草稿a"]


def test_deleting_and_nothing_to_find(ledger: Ledger) -> None:
    drafts.save(ledger, draft("a"))
    drafts.delete(ledger, "a" * 32)
    drafts.delete(ledger, "f" * 32)
    assert drafts.find(ledger, "a" * 32) is None


def test_a_draft_leaves_no_history_and_moves_no_counter(ledger: Ledger) -> None:
    before = ledger.counter, ledger.rows("SELECT count(*) FROM history")
    drafts.save(ledger, draft("a"))
    assert (ledger.counter, ledger.rows("SELECT count(*) FROM history")) == before
