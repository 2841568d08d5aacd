"""desktop/ledger/query.py: every operator, paths through parents and links, periods, pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.core.ids import derived_id
from desktop.core.record import RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import Activity, Case, Lecture, Onsite, Problem, Reception, Visit
from tests.ledgers import COUNTY, TOWNSHIP

D = dt.date
NAMES = ("t1", "t2", "l1", "l2", "l3", "o1", "p1", "p2", "p3", "r1", "v1", "v2", "c1", "c2", "c3")


def one(name: str) -> str:
    return derived_id("query", name)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Two trips with parts, three cases, a problem that stands alone."""
    with ledger.write("样本") as rows:
        rows.save(
            Activity(id=one("t1"), date=D(2023, 3, 5), leader="李明", leader_role=("主讲",)),
            Activity(id=one("t2"), date=D(2024, 7, 1), leader="王丽", leader_role=("接访", "牵头")),
            Lecture(id=one("l1"), activity=one("t1"), theme="惠民政策", heads=30, place="前沟村"),
            Lecture(id=one("l2"), activity=one("t1"), theme="法治", heads=None, screening=True),
            Lecture(
                id=one("l3"), activity=one("t2"), theme="100%_'法治'", heads=0, screening=False
            ),
            Onsite(id=one("o1"), activity=one("t1")),
            Problem(id=one("p1"), onsite=one("o1"), title="路灯", date=D(2020, 1, 1)),
            Problem(id=one("p2"), title="水管", date=D(2024, 5, 6), due=D(2024, 6, 1)),
            Problem(id=one("p3"), title="道路", year=2023),
            Reception(id=one("r1"), activity=one("t2")),
            Visit(id=one("v1"), reception=one("r1"), matter="欠薪", case=one("c1")),
            Visit(id=one("v2"), reception=one("r1"), matter="低保", people=6),
            Case(id=one("c1"), matter="欠薪", received=D(2024, 7, 1), closed=D(2024, 8, 1)),
            Case(id=one("c2"), matter="低保", received=D(2023, 1, 1), backlog=True, office=COUNTY),
            Case(id=one("c3"), matter="补偿", marks={"received": "没有写"}, year=2023),
        )
    return ledger


def ids(ledger: Ledger, of: RecordType, *conditions: tuple[Any, ...]) -> set[str]:
    query = Query(of, tuple(Condition(*c) for c in conditions))
    found = ledger.ids(query)
    assert len(found) == len(set(found)) == ledger.count(query)
    assert [r.id for r in ledger.find(query)] == found
    names = {one(n): n for n in NAMES}
    return {names[i] for i in found}


@pytest.mark.parametrize(
    ("of", "condition", "expected"),
    [
        (Lecture, ("heads", "=", 30), "l1"),
        (Lecture, ("heads", "=", None), "l2"),
        (Lecture, ("heads", "!=", 30), "l2 l3"),
        (Lecture, ("heads", "<", 30), "l3"),
        (Lecture, ("heads", "<=", 30), "l1 l3"),
        (Lecture, ("heads", ">", 0), "l1"),
        (Lecture, ("heads", ">=", 0), "l1 l3"),
        (Lecture, ("heads", "in", (0, 30)), "l1 l3"),
        (Lecture, ("heads", "in", ()), ""),
        (Lecture, ("heads", "empty"), "l2"),
        (Lecture, ("heads", "filled"), "l1 l3"),
        (Lecture, ("screening", "=", True), "l2"),
        (Lecture, ("screening", "=", False), "l3"),
        (Lecture, ("screening", "!=", True), "l1 l3"),
        (Lecture, ("place", "filled"), "l1"),
        (Lecture, ("place", "=", ""), "l2 l3"),
        (Lecture, ("theme", "has", "法治"), "l2 l3"),
        (Lecture, ("theme", "has", "%"), "l3"),
        (Lecture, ("theme", "=", "100%_'法治'"), "l3"),
        (Lecture, ("theme", "in", ("法治", "' OR 1=1 --")), "l2"),
        (Lecture, ("theme", "not in", ("法治",)), "l1 l3"),
        (Lecture, ("place", "not in", ("前沟村",)), "l2 l3"),
        (Lecture, ("place", "not in", ()), "l1 l2 l3"),
        (Lecture, ("id", "=", one("l2")), "l2"),
        (Lecture, ("activity", "=", one("t1")), "l1 l2"),
        (Activity, ("leader_role", "has", "牵头"), "t2"),
        (Activity, ("leader_role", "has", "头"), ""),
        (Activity, ("leader_role", "empty"), ""),
        (Activity, ("leader_role", "=", ("主讲",)), "t1"),
        (Activity, ("places", "empty"), "t1 t2"),
        (Activity, ("date", "<", D(2024, 1, 1)), "t1"),
        (Problem, ("onsite", "empty"), "p2 p3"),
        (Problem, ("onsite", "=", ""), "p2 p3"),
        (Problem, ("onsite", "!=", ""), "p1"),
        # up through what it is part of
        (Lecture, ("activity.date", "<", D(2024, 1, 1)), "l1 l2"),
        (Lecture, ("activity.leader", "=", "王丽"), "l3"),
        (Problem, ("onsite.activity.leader", "=", "李明"), "p1"),
        (Visit, ("reception.activity.date", ">=", D(2024, 7, 1)), "v1 v2"),
        (Visit, ("reception.activity.leader_role", "has", "接访"), "v1 v2"),
        (Visit, ("reception.id", "=", one("r1")), "v1 v2"),
        # along a link
        (Visit, ("case.closed", "filled"), "v1"),
        (Visit, ("case.closed", "empty"), "v2"),
        (Visit, ("case.matter", "=", "欠薪"), "v1"),
        # one or the other
        (Problem, ("onsite.activity.date|date", "=", D(2023, 3, 5)), "p1"),
        (Problem, ("onsite.activity.date|date", "=", D(2020, 1, 1)), ""),
        (Problem, ("onsite.activity.date|date", "=", D(2024, 5, 6)), "p2"),
        (Problem, ("onsite.activity.date|date", "empty"), "p3"),
        (Problem, ("due|onsite.activity.date|date", "filled"), "p1 p2"),
        (Problem, ("status|title", "not in", ("路灯", "道路")), "p2"),
    ],
)
def test_conditions(filled: Ledger, of: type, condition: tuple[Any, ...], expected: str) -> None:
    assert ids(filled, of.type, condition) == set(expected.split())


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (D(2023, 1, 1), D(2023, 12, 31), "c2 c3"),
        (D(2022, 6, 1), D(2024, 6, 30), "c2 c3"),
        (D(2023, 1, 1), D(2023, 12, 30), "c2"),
        (D(2023, 1, 2), D(2023, 12, 31), ""),
        (D(2024, 1, 1), D(2024, 12, 31), "c1"),
        (D(2024, 7, 1), D(2024, 7, 1), "c1"),
        (D(2024, 7, 2), D(2024, 6, 30), ""),
    ],
)
def test_undated_records_count_only_in_their_whole_year(
    filled: Ledger, first: D, last: D, expected: str
) -> None:
    found = filled.ids(Query(Case.type).dated("received", first, last))
    assert set(found) == {one(n) for n in expected.split()}


def test_a_period_over_alternatives(filled: Ledger) -> None:
    query = Query(Problem.type).dated(Problem.type.dated_by, D(2023, 1, 1), D(2023, 12, 31))
    assert set(filled.ids(query)) == {one("p1"), one("p3")}


def test_conditions_add_up(filled: Ledger) -> None:
    assert ids(filled, Lecture.type, ("heads", ">=", 0), ("heads", "<", 1)) == {"l3"}
    assert ids(filled, Lecture.type, ("activity.leader", "=", "李明"), ("heads", "empty")) == {"l2"}


def test_an_office_and_all_offices(filled: Ledger) -> None:
    query = Query(Case.type)
    assert filled.count(query.of_office(COUNTY)) == 1
    assert filled.count(query.of_office(TOWNSHIP)) == 2
    assert filled.count(query.of_office("")) == 3


def test_what_is_part_of_something_void_does_not_count(filled: Ledger) -> None:
    """However the part itself stands: an undo may leave it as it was."""
    filled.db.execute("UPDATE activity SET removed = 'x' WHERE id = ?", [one("t1")])
    assert ids(filled, Lecture.type) == {"l3"}
    assert ids(filled, Problem.type) == {"p2", "p3"}
    assert ids(filled, Visit.type) == {"v1", "v2"}
    assert filled.ids(Query(Activity.type, removed=True)) == [one("t1")]
    filled.db.execute("UPDATE activity SET removed = 'x'")
    assert ids(filled, Visit.type) == set()


@pytest.mark.parametrize(
    ("of", "path"),
    [
        (Lecture, "nobody"),
        (Lecture, ""),
        (Lecture, 'heads" OR 1=1 --'),
        (Lecture, "activity.nobody"),
        (Lecture, "heads.date"),
        (Lecture, "activity..date"),
        (Lecture, "heads|nobody"),
        (Lecture, "heads|"),
        (Lecture, "stamps"),
        (Lecture, 'activity."date"'),
        (Case, "origin.date"),  # may be a visit, a suggestion or a problem
        (Visit, "case.origin.people"),
    ],
)
def test_a_field_that_nobody_declared(filled: Ledger, of: type, path: str) -> None:
    for op, value in (("=", 1), ("filled", None), ("within", (D(2023, 1, 1), D(2024, 1, 1)))):
        with pytest.raises(KeyError):
            filled.ids(Query(of.type, (Condition(path, op, value),)))
    with pytest.raises(KeyError):
        filled.ids(Query(of.type, order=((path, False),)))


@pytest.mark.parametrize("op", ["", "like", "= 1 OR 1", "IS NOT", "id"])
def test_an_operator_that_there_is_not(filled: Ledger, op: str) -> None:
    with pytest.raises(ValueError, match="unknown operator"):
        filled.ids(Query(Lecture.type, (Condition("heads", op, 1),)))


def test_a_value_is_never_sql(filled: Ledger) -> None:
    for value in ("' OR '1'='1", '" OR 1=1 --', "x'; DROP TABLE lecture; --"):
        for op in ("=", "<", "has"):
            filled.ids(Query(Lecture.type, (Condition("theme", op, value),)))
        assert ids(filled, Lecture.type, ("theme", "=", value)) == set()
    assert ids(filled, Lecture.type) == {"l1", "l2", "l3"}


def test_order_and_pages_are_stable(ledger: Ledger) -> None:
    with ledger.write("样本") as rows:
        saved = rows.save(
            *(Case(matter=f"第{n}件", received=D(2024, 1, 1 + n % 3), people=1) for n in range(60))
        )
    query = Query(Case.type, order=(("received", True), ("people", False)))
    whole = ledger.ids(query)
    expected = sorted(saved, key=lambda c: c.id)
    expected.sort(key=lambda c: c.received, reverse=True)  # type: ignore[attr-defined]
    assert whole == [c.id for c in expected]
    pages = [
        ledger.ids(Query(Case.type, order=query.order, limit=7, offset=at))
        for at in range(0, 63, 7)
    ]
    assert [i for page in pages for i in page] == whole
    assert ledger.ids(Query(Case.type, order=query.order, offset=55)) == whole[55:]
    assert ledger.ids(Query(Case.type, limit=0)) == []
    assert ledger.count(Query(Case.type, limit=7)) == 60


def test_order_along_a_path(filled: Ledger) -> None:
    order = (("activity.date", True), ("theme", False))
    themes = [r.theme for r in filled.find(Query(Lecture.type, order=order))]  # type: ignore[attr-defined]
    assert themes == ["100%_'法治'", "惠民政策", "法治"]


def test_many_values(filled: Ledger) -> None:
    assert ids(filled, Lecture.type, ("heads", "in", tuple(range(20_000)))) == {"l1", "l3"}


@pytest.mark.parametrize(
    ("of", "condition", "found"),
    [
        (Activity.type, ("leader", "any", ("李明", "王丽")), {"t1", "t2"}),
        (Activity.type, ("leader", "any", ("王丽",)), {"t2"}),
        (Activity.type, ("leader_role", "any", ("主讲", "牵头")), {"t1", "t2"}),
        (Activity.type, ("leader_role", "any", ("接访",)), {"t2"}),
        (Lecture.type, ("place", "any", (None,)), {"l2", "l3"}),
        (Lecture.type, ("place", "any", (None, "前沟村")), {"l1", "l2", "l3"}),
        (Lecture.type, ("screening", "any", (False,)), {"l3"}),
        (Lecture.type, ("heads", "any", (0, 30)), {"l1", "l3"}),
        (Lecture.type, ("activity.leader", "any", ("李明",)), {"l1", "l2"}),
        (Problem.type, ("onsite.activity.leader", "any", ("李明", "王丽")), {"p1"}),
        (Lecture.type, ("theme", "any", ("100%_'法治'",)), {"l3"}),
        (Lecture.type, ("theme", "any", ()), set()),
        (Activity.type, ("id", "parts", ("lecture",)), {"t1", "t2"}),
        (Activity.type, ("id", "parts", ("onsite",)), {"t1"}),
        (Activity.type, ("id", "parts", ("onsite", "reception")), {"t1", "t2"}),
    ],
)
def test_several_values_and_parts(
    filled: Ledger, of: RecordType, condition: tuple[Any, ...], found: set[str]
) -> None:
    assert ids(filled, of, condition) == found


def test_a_void_part_is_no_part(filled: Ledger) -> None:
    with filled.write("作废") as rows:
        rows.remove(Onsite.type, one("o1"), "录错了")
    assert ids(filled, Activity.type, ("id", "parts", ("onsite",))) == set()


def test_what_is_no_part_cannot_be_asked_for(filled: Ledger) -> None:
    with pytest.raises(KeyError):
        filled.ids(Query(Activity.type, (Condition("id", "parts", ("problem",)),)))


@pytest.mark.parametrize("down", [True, False])
def test_row_numbers_stand_for_the_same_rows(filled: Ledger, down: bool) -> None:
    for of in (Activity.type, Lecture.type, Problem.type, Case.type):
        query = Query(of, order=((of.dated_by, down),))
        numbers = filled.row_numbers(query)
        known = filled.ids_of_rows(of, numbers)
        assert sorted(known[n] for n in numbers) == sorted(filled.ids(query))
        assert [filled.row_number(of, known[n]) for n in numbers] == list(numbers)
    query = Query(Activity.type, order=(("date", down),))
    first = filled.ids_of_rows(Activity.type, filled.row_numbers(query)[:1])
    assert set(first.values()) == {one("t2" if down else "t1")}


def test_an_index_gives_the_usual_order_of_trips(filled: Ledger) -> None:
    from desktop.ledger.query import select_rows

    for where in ((), (Condition("leader", "any", ("李明",)),)):
        query = Query(Activity.type, where, order=(("date", True),), limit=200)
        text, values = select_rows(query, filled.types)
        plan = " ".join(row[3] for row in filled.rows("EXPLAIN QUERY PLAN " + text, values))
        assert "TEMP B-TREE" not in plan
        assert "activity_" in plan


def test_links_are_sorted_by_what_they_are_called(filled: Ledger) -> None:
    query = Query(Visit.type, order=(("case", False),))
    assert filled.ids(query)[0] == one("v2")  # no case: an empty title
