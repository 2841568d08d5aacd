"""Saving a suggestion: what another window changed meanwhile stays."""

from __future__ import annotations

import dataclasses

import pytest

from desktop.core.errors import UserError
from desktop.gui.forms.suggestion_sheet import SuggestionSheet, Typed, read, write
from desktop.ledger.ledger import Ledger
from desktop.records import Petitioner, Suggestion
from tests import fakes


@pytest.fixture
def shown(ledger: Ledger) -> SuggestionSheet:
    with ledger.write("记建议") as rows:
        (one,) = rows.save(fakes.make(Suggestion, content="修路"))
        rows.save(Petitioner(of=one.id, name="张三", phone="13812341234"))
    found = read(ledger, one.id)
    assert found is not None
    return found


def person(ledger: Ledger, shown: SuggestionSheet) -> Petitioner:
    assert shown.person is not None
    found = ledger.get(Petitioner, shown.person.id)
    assert found is not None
    return found


def test_what_was_added_to_the_person_meanwhile_stays(
    ledger: Ledger, shown: SuggestionSheet
) -> None:
    with ledger.write("补住址") as rows:
        rows.save(dataclasses.replace(person(ledger, shown), address="前沟村", phone="62345678"))
    write(ledger, "修改建议", shown, Typed(shown.suggestion, "张三丰", "13812341234"))
    now = person(ledger, shown)
    assert (now.name, now.address, now.phone) == ("张三丰", "前沟村", "62345678")


def test_a_person_made_void_meanwhile_does_not_come_back(
    ledger: Ledger, shown: SuggestionSheet
) -> None:
    with ledger.write("不愿留名") as rows:
        rows.remove(Petitioner.type, person(ledger, shown).id, "不愿留名")
    changed = dataclasses.replace(shown.suggestion, content="修桥")
    write(ledger, "修改建议", shown, Typed(changed, "张三", "13812341234"))
    assert person(ledger, shown).removed == "不愿留名"
    with pytest.raises(UserError, match="作废"):
        write(ledger, "修改建议", shown, Typed(shown.suggestion, "李四", ""))
