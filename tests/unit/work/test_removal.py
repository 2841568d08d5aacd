"""What goes with a record that is made void, and what still names it."""

from __future__ import annotations

from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Cadre, Lecture, Onsite, Problem, Suggestion
from desktop.work import lists
from desktop.work.removal import consequences
from tests import fakes


def test_parts_of_parts_and_links_are_counted(ledger: Ledger) -> None:
    with ledger.write("记") as rows:
        (leader,) = rows.save(fakes.make(Cadre, name="李明"))
        (trip,) = rows.save(fakes.make(Activity, leader=leader.id))
        (onsite,) = rows.save(Onsite(activity=trip.id, place="前沟村"))
        rows.save(
            fakes.make(Lecture, activity=trip.id),
            fakes.make(Problem, onsite=onsite.id, title="路灯"),
            fakes.make(Problem, onsite=onsite.id, title="水渠"),
            fakes.make(Suggestion, source=trip.id),
        )
    found = consequences(ledger, Activity.type, [trip.id])
    assert dict(found.parts) == {"宣讲": 1, "现场办公": 1, "问题": 2}
    assert dict(found.links) == {"意见建议": 1}
    assert found.words == (
        "一起作废：宣讲 1 条、现场办公 1 条、问题 2 条。还有记录写着它，照旧保留：意见建议 1 条。"
    )
    assert dict(consequences(ledger, Cadre.type, [leader.id]).links) == {"活动": 1}


def test_nothing_goes_along_nothing_is_said(ledger: Ledger) -> None:
    with ledger.write("记") as rows:
        (one,) = rows.save(fakes.make(Suggestion))
    assert consequences(ledger, Suggestion.type, [one.id]).words == ""


def test_who_made_it_void_and_when(ledger: Ledger) -> None:
    with ledger.write("记") as rows:
        (one, other) = rows.save(fakes.make(Suggestion), fakes.make(Suggestion))
    with ledger.write("作废") as rows:
        rows.remove(Suggestion.type, one.id, "录错了")
    with ledger.write("恢复") as rows:
        rows.restore(Suggestion.type, one.id)
    ledger.user = "王丽"
    with ledger.write("作废") as rows:
        rows.remove(Suggestion.type, one.id, "重复录入")
    found = lists.removals(ledger, [one.id, other.id])
    assert set(found) == {one.id}
    who, at = found[one.id]
    assert (who, len(at)) == ("王丽", 16)
