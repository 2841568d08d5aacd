"""Worked examples of a period, and names that don't belong into them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Case, Onsite, Petitioner, Problem, Suggestion
from desktop.work.examples import NAMES_A_CITIZEN, examples, marked
from tests import fakes

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def day(month: int) -> dt.date:
    return dt.date(2026, month, 5)


def test_examples_stand_in_order_of_date(ledger: Ledger) -> None:
    said = {"example": True, "example_before": "路灯不亮三年", "example_after": "全部换新"}
    with ledger.write("登记") as rows:
        (trip,) = rows.save(fakes.make(Activity, date=day(6)))
        (onsite,) = rows.save(fakes.make(Onsite, activity=trip.id))
        problem, case, idea, *_ = rows.save(
            Problem(onsite=onsite.id, title="路灯", date=day(1), **said),
            fakes.make(Case, received=day(3), matter="租金未付", example=True),
            fakes.make(
                Suggestion, date=day(9), content="增开班车", example=True, example_before="没有车"
            ),
            Problem(title="不写入", date=day(2), example=False),
            Problem(title="去年的", date=dt.date(2025, 5, 5), **said),
        )
    found = examples(ledger, FIRST, LAST)
    assert [(e.type, e.id, e.date) for e in found] == [
        ("case", case.id, day(3)),
        ("problem", problem.id, day(6)),  # a problem of a trip is dated by the trip
        ("suggestion", idea.id, day(9)),
    ]
    assert (found[1].before, found[1].after, found[1].note) == ("路灯不亮三年", "全部换新", "")
    assert found[0].note == "◐ 缺「原来怎样」「后来怎样」"
    assert found[2].note == "◐ 缺「后来怎样」"
    assert examples(ledger, FIRST, LAST, "990822102000") == []
    assert [e.title for e in examples(ledger, dt.date(2026, 7, 1), LAST)] == ["增开班车"]


def test_a_citizens_name_in_a_sentence_is_marked(ledger: Ledger) -> None:
    with ledger.write("登记") as rows:
        (case,) = rows.save(fakes.make(Case))
        rows.save(
            Petitioner(of=case.id, name="欧阳明月"),
            Petitioner(of=case.id, name="王某"),
        )
        (problem,) = rows.save(Problem(title="路灯", source=case.id))
    for record in (case, problem):
        named = dataclasses.replace(record, example_before="欧阳明月家门口不亮")
        assert marked(ledger, named).marks == {"example_before": NAMES_A_CITIZEN}
        clean = dataclasses.replace(
            named, example_before="王某家门口不亮", marks=marked(ledger, named).marks
        )
        assert marked(ledger, clean).marks == {}
    other = dataclasses.replace(Problem(title="别的"), example_before="欧阳明月家门口不亮")
    assert marked(ledger, other) is other
