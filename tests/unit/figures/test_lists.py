"""What a summary names: worked examples in order of date."""

from __future__ import annotations

import datetime as dt

from desktop.figures.lists import example_lines
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Case, Petitioner, Problem, Suggestion
from tests import fakes
from tests.unit.figures.test_mechanisms import FIRST, LAST, save, trip

D = dt.date


def test_worked_examples_stand_in_order_of_date(small: Ledger) -> None:
    told = {"example": True, "example_after": "路修好了，群众点赞"}
    save(
        small,
        fakes.make(Suggestion, date=D(2026, 6, 1), example_before="没有路灯", **told),
        fakes.make(Problem, onsite="", date=D(2026, 3, 1), example_before="村路积水。", **told),
        fakes.make(Case, received=D(2026, 4, 1), example=True, example_before="欠薪三月；"),
        fakes.make(Problem, onsite="", date=D(2025, 3, 1), example_before="去年的事", **told),
        fakes.make(Problem, onsite="", date=D(2026, 5, 1), example_before="没有勾选"),
        fakes.make(Problem, onsite="", date=D(2026, 5, 1), example=True),
    )
    assert example_lines(small, FIRST, LAST).split("\n") == [
        "村路积水。路修好了，群众点赞。",
        "欠薪三月。",
        "没有路灯。路修好了，群众点赞。",
    ]
    assert example_lines(small, D(2026, 7, 1), LAST) == ""
    assert example_lines(small, FIRST, LAST, "990822102000") == ""


def test_an_example_found_on_a_trip_is_dated_by_it(small: Ledger) -> None:
    from desktop.records import Onsite

    on = trip(small, day=D(2026, 2, 2))
    (site,) = save(small, fakes.make(Onsite, activity=on.id))
    save(small, fakes.make(Problem, onsite=site.id, example=True, example_before="渠道淤堵"))
    assert example_lines(small, D(2026, 2, 1), D(2026, 2, 28)) == "渠道淤堵。"


def test_an_example_that_names_a_citizen_is_printed_without_the_name(small: Ledger) -> None:
    said = {"example_before": "王建国（13812341234）家门口积水", "example_after": "李四说修好了"}
    (one,) = save(small, fakes.make(Problem, onsite="", date=D(2026, 3, 1), example=True, **said))
    save(small, Petitioner(of=one.id, name="王建国、李四"))
    assert example_lines(small, FIRST, LAST) == "王某某（138****1234）家门口积水。李某说修好了。"
    gone = small.find(Query(Petitioner.type))[0]
    with small.write("不愿留名") as rows:
        rows.remove(Petitioner.type, gone.id, "不愿留名")
    assert "王建国" not in example_lines(small, FIRST, LAST)
