"""desktop/work/codes.py: official lists with what the office added."""

from __future__ import annotations

from desktop.core.fields import is_id
from desktop.ledger.ledger import Ledger
from desktop.records import CodeItem
from desktop.records.codes import official
from desktop.work.codes import added_label, code_lists, labels
from tests.ledgers import COUNTY, TOWNSHIP


def test_a_new_ledger_has_the_official_lists(ledger: Ledger) -> None:
    assert dict(code_lists(ledger)) == dict(official())
    assert labels(ledger, "rank") == official()["rank"].labels()
    assert labels(ledger, "nobody") == []


def test_what_an_office_added_comes_last(ledger: Ledger) -> None:
    with ledger.write("新增") as rows:
        rows.save(added_label("rank", "村级", TOWNSHIP))
        rows.save(CodeItem(codes="own", label="甲"))
    assert labels(ledger, "rank") == [*official()["rank"].labels(), "村级"]
    assert labels(ledger, "own") == ["甲"]
    assert code_lists(ledger)["rank"].knows("村级")
    assert not official()["rank"].knows("村级")
    ledger.undo()
    assert labels(ledger, "rank") == official()["rank"].labels()


def test_an_added_label_may_count_as_an_official_one(ledger: Ledger) -> None:
    item = official()["problem_decision"].items[0]
    with ledger.write("新增") as rows:
        rows.save(CodeItem(codes="problem_decision", label="当场办结", means=item.label))
    known = code_lists(ledger)["problem_decision"]
    assert known.item("当场办结") == item
    assert "当场办结" in known.meaning((item.code,))


def test_the_same_label_is_the_same_record() -> None:
    one = added_label("rank", "村级", TOWNSHIP)
    assert is_id(one.id)
    assert added_label("rank", "村级", TOWNSHIP) == one
    assert added_label("rank", "村级", COUNTY).id != one.id
    assert added_label("field", "村级", TOWNSHIP).id != one.id
