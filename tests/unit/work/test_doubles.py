"""并为一条: joined, counted once, parted again; never by the program."""

from __future__ import annotations

import pytest

from desktop.core.errors import UserError
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import SameAs, Suggestion
from desktop.work import doubles
from tests import fakes

OF = Suggestion.type


@pytest.fixture
def ids(ledger: Ledger) -> list[str]:
    with ledger.write("记建议") as rows:
        made = rows.save(*(fakes.make(Suggestion, content=f"建议{n}") for n in range(4)))
    return [r.id for r in made]


def join(ledger: Ledger, duplicate: str, main: str) -> str:
    with ledger.write("并为一条") as rows:
        return doubles.join(ledger, rows, OF, duplicate, main, "同在前沟村")


def test_a_joined_one_counts_with_its_main_one(ledger: Ledger, ids: list[str]) -> None:
    join(ledger, ids[1], ids[0])
    assert set(ledger.ids(Query(OF))) == {ids[0], *ids[2:]}
    assert set(ledger.ids(Query(OF, doubles=True))) == set(ids)
    assert doubles.main_of(ledger, ids[1]) == ids[0]
    assert doubles.mains(ledger, ids) == {ids[1]: ids[0]}
    assert doubles.duplicates_of(ledger, ids[0]) == [ids[1]]


def test_joins_in_a_row_lead_to_the_last(ledger: Ledger, ids: list[str]) -> None:
    join(ledger, ids[2], ids[1])
    join(ledger, ids[1], ids[0])
    assert doubles.main_of(ledger, ids[2]) == ids[0]
    assert set(doubles.duplicates_of(ledger, ids[0])) == {ids[1], ids[2]}
    assert join(ledger, ids[3], ids[2]) == ids[0]  # joined to what the other one counts as


def test_parting_lets_it_count_again_and_joining_again_leaves_one_record(
    ledger: Ledger, ids: list[str]
) -> None:
    join(ledger, ids[1], ids[0])
    with ledger.write("拆开") as rows:
        doubles.part(ledger, rows, ids[1])
    assert len(ledger.ids(Query(OF))) == 4
    assert doubles.mains(ledger, ids) == {}
    join(ledger, ids[1], ids[0])
    assert doubles.main_of(ledger, ids[1]) == ids[0]
    assert ledger.rows("SELECT count(*) FROM same_as") == [(1,)]


def test_a_join_is_one_step_that_can_be_undone(ledger: Ledger, ids: list[str]) -> None:
    join(ledger, ids[1], ids[0])
    assert ledger.undo() == "并为一条"
    assert len(ledger.ids(Query(OF))) == 4


def test_no_rings_and_no_second_main(ledger: Ledger, ids: list[str]) -> None:
    join(ledger, ids[1], ids[0])
    with pytest.raises(UserError, match="已经并为一条"):
        join(ledger, ids[1], ids[0])
    with pytest.raises(UserError, match="已经并为一条"):
        join(ledger, ids[0], ids[1])
    with pytest.raises(UserError, match="先在那里拆开"):
        join(ledger, ids[1], ids[2])
    with pytest.raises(UserError, match="已经并为一条"):
        join(ledger, ids[2], ids[2])


def test_what_is_void_takes_nothing_in(ledger: Ledger, ids: list[str]) -> None:
    with ledger.write("作废") as rows:
        rows.remove(OF, ids[0], "录错")
    with pytest.raises(UserError, match="已经作废"):
        join(ledger, ids[1], ids[0])
    assert ledger.count(Query(SameAs.type)) == 0


def test_what_was_kept_apart_is_remembered_in_one_record(ledger: Ledger, ids: list[str]) -> None:
    for _ in range(2):
        with ledger.write("不是一件") as rows:
            doubles.keep_apart(ledger, rows, OF, ids[1], ids[0])
    assert doubles.kept_apart(ledger) == {frozenset(ids[:2])}
    assert doubles.kept_apart(ledger, [ids[0]]) == doubles.kept_apart(ledger, [ids[1]])
    assert doubles.kept_apart(ledger, ids[2:]) == set()
    assert len(ledger.ids(Query(OF))) == 4
    join(ledger, ids[1], ids[0])  # a person may think better of it
    assert doubles.kept_apart(ledger) == set()
    assert ledger.rows("SELECT count(*) FROM same_as") == [(1,)]
    with pytest.raises(UserError, match="先拆开"), ledger.write("不是一件") as rows:
        doubles.keep_apart(ledger, rows, OF, ids[0], ids[1])


def test_undoing_forgets_that_two_were_joined_or_kept_apart(ledger: Ledger, ids: list[str]) -> None:
    with ledger.write("不是一件") as rows:
        doubles.keep_apart(ledger, rows, OF, ids[1], ids[0])
    ledger.undo()
    join(ledger, ids[2], ids[3])
    ledger.undo()
    assert doubles.kept_apart(ledger) == set()


def test_a_ring_that_two_offices_made_has_an_end(ledger: Ledger, ids: list[str]) -> None:
    with ledger.write("收到两个包") as rows:
        rows.save(SameAs(duplicate=ids[0], main=ids[1]), SameAs(duplicate=ids[1], main=ids[0]))
    assert doubles.main_of(ledger, ids[0]) == doubles.main_of(ledger, ids[1]) == min(ids[:2])
    assert doubles.duplicates_of(ledger, ids[0]) == [ids[1]]


def circle(ledger: Ledger, *ids: str) -> None:
    """Joined by several offices that didn't know of each other."""
    with ledger.write("并为一条") as rows:
        for one, other in zip(ids, [*ids[1:], ids[0]], strict=True):
            rows.save(SameAs(duplicate=one, main=other))


@pytest.mark.parametrize("size", [2, 3, 4])
def test_of_a_circle_out_of_several_offices_one_counts(
    ledger: Ledger, ids: list[str], size: int
) -> None:
    circle(ledger, *ids[:size])
    counted = ledger.ids(Query(OF))
    assert set(counted) == {min(ids[:size]), *ids[size:]}
    assert {doubles.main_of(ledger, one) for one in ids[:size]} == {min(ids[:size])}


def test_a_circle_with_a_void_record_is_none(ledger: Ledger, ids: list[str]) -> None:
    circle(ledger, *ids[:3])
    with ledger.write("作废") as rows:
        rows.remove(OF, ids[2], "录错了")
    assert set(ledger.ids(Query(OF))) == {ids[1], ids[3]}


def test_what_was_joined_to_a_circle_counts_as_the_one_of_it(
    ledger: Ledger, ids: list[str]
) -> None:
    first, *others = sorted(ids)
    circle(ledger, *others[:2])
    with ledger.write("并为一条") as rows:
        rows.save(SameAs(duplicate=first, main=others[1]))
    assert doubles.main_of(ledger, first) == others[0]
    assert set(ledger.ids(Query(OF))) == {others[0], others[2]}
