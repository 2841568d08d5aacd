"""Problems of one root cause."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from desktop.core.errors import UserError
from desktop.ledger.ledger import Ledger
from desktop.records import Problem, RootCause
from desktop.work import root_causes
from tests import fakes

DAY = dt.date(2026, 11, 20)


def some(ledger: Ledger, *titles: str) -> list[str]:
    with ledger.write("登记") as rows:
        return [p.id for p in rows.save(*(fakes.make(Problem, title=t) for t in titles))]


def test_grouping_is_one_step(ledger: Ledger) -> None:
    ids = some(ledger, "前沟村道路积水", "后塬村道路积水")
    root = root_causes.group(ledger, ids, name=" 村内道路排水不畅 ")
    assert root.name == "村内道路排水不畅"
    assert [m.id for m in root_causes.members_of(ledger, root.id)] == sorted(ids)
    assert ledger.undo() == "归为同类问题"
    assert root_causes.members_of(ledger, root.id) == []
    assert ledger.get(RootCause, root.id).removed  # type: ignore[union-attr]


def test_a_known_kind_takes_more(ledger: Ledger) -> None:
    first, second = some(ledger, "道路积水", "水渠淤堵")
    root = root_causes.group(ledger, [first], name="排水不畅")
    again = root_causes.group(ledger, [second], into=root.id)
    assert again.id == root.id
    assert root_causes.group_rows(ledger, [root.id])[root.id] == root_causes.GroupRow(2, 0)
    root_causes.release(ledger, first)
    assert [m.id for m in root_causes.members_of(ledger, root.id)] == [second]


def test_a_kind_must_be_named_and_be_there(ledger: Ledger) -> None:
    ids = some(ledger, "道路积水")
    with pytest.raises(UserError, match="没有归入"):
        root_causes.group(ledger, ids, name="  ")
    with pytest.raises(UserError, match="没有归入"):
        root_causes.group(ledger, ids, into="0" * 32)


def test_sentence() -> None:
    root = RootCause(name="排水不畅")
    assert root_causes.sentence(root, 0) == "还没有归入问题。"
    assert "已归集 3 件" in root_causes.sentence(root, 3)
    solved = dataclasses.replace(root, closed=DAY)
    assert root_causes.sentence(solved, 3) == "3 件问题推动解决 1 类问题（2026-11-20 解决）。"


def test_like_problems_are_offered(ledger: Ledger) -> None:
    first, second, _ = some(
        ledger, "前沟村道路破损积水", "后塬村道路破损积水严重", "医保报销材料多"
    )
    problem = ledger.get(Problem, first)
    assert problem is not None
    assert [m.id for m in root_causes.offered(ledger, problem)] == [second]
    root = root_causes.group(ledger, [first, second], name="排水不畅")
    assert root_causes.offered(ledger, dataclasses.replace(problem, root_cause=root.id)) == []
