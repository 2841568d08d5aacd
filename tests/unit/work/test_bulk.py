"""Changing one field of many records: the plan says everything, the step does just that."""

from __future__ import annotations

import dataclasses

from desktop.core.progress import Silent
from desktop.ledger.ledger import Ledger
from desktop.records import Attachment, Problem, Suggestion
from desktop.work import bulk
from tests import fakes
from tests.ledgers import COUNTY


def made(ledger: Ledger) -> dict[str, str]:
    """Four problems: one to change, one that is right already, a void one, the county's."""
    with ledger.write("记") as rows:
        saved = rows.save(
            fakes.make(Problem, title="路灯", status="推进中"),
            fakes.make(Problem, title="水渠", status="已完成"),
            fakes.make(Problem, title="旧的", status="推进中"),
            dataclasses.replace(fakes.make(Problem, title="县里的"), office=COUNTY),
        )
        rows.remove(Problem.type, saved[2].id, "重复录入")
    return {p.title: p.id for p in saved}


def status(ledger: Ledger, one: str) -> str:
    problem = ledger.get(Problem, one)
    assert problem is not None
    return problem.status


def test_the_plan_says_what_changes_and_what_is_refused_and_why(ledger: Ledger) -> None:
    ids = made(ledger)
    field = Problem.type.field("status")
    before = ledger.counter
    plan = bulk.plan_change(ledger, Problem.type, list(ids.values()), field, "已完成")
    assert [(c.title, c.old, c.new) for c in plan.fine] == [("路灯", "推进中", "已完成")]
    assert {c.title: c.refused for c in plan.refused} == {
        "旧的": "已经作废",
        "县里的": "是别的单位填的",
    }
    assert plan.same == 1
    assert ledger.counter == before


def test_a_value_that_makes_a_record_invalid_is_refused(ledger: Ledger) -> None:
    ids = made(ledger)
    field = Problem.type.field("title")
    plan = bulk.plan_change(ledger, Problem.type, [ids["路灯"]], field, "")
    assert [c.refused for c in plan.changes] == ["问题还没有填"]


def test_all_of_it_is_one_step(ledger: Ledger) -> None:
    ids = made(ledger)
    field = Problem.type.field("decision")
    plan = bulk.plan_change(ledger, Problem.type, list(ids.values()), field, "限期解决")
    assert bulk.carry_out(ledger, plan, "批量", lambda r, some: r.save(*some), Silent()) == 2
    found = {p.title: p.decision for p in ledger.fetch(Problem, ids.values())}
    assert found == {"路灯": "限期解决", "水渠": "限期解决", "旧的": "", "县里的": ""}
    assert ledger.undo() == "批量"
    assert {p.decision for p in ledger.fetch(Problem, ids.values())} == {""}


def test_what_was_made_void_since_the_plan_stays(ledger: Ledger) -> None:
    ids = made(ledger)
    field = Problem.type.field("status")
    plan = bulk.plan_change(ledger, Problem.type, [ids["路灯"]], field, "已完成")
    with ledger.write("作废") as rows:
        rows.remove(Problem.type, ids["路灯"], "录错了")
    assert bulk.carry_out(ledger, plan, "批量", lambda r, some: r.save(*some), Silent()) == 0
    assert status(ledger, ids["路灯"]) == "推进中"


def test_parents_and_marks_are_not_offered() -> None:
    names = {f.name for f in bulk.editable(Problem.type)}
    assert "onsite" not in names
    assert {"title", "status", "unit", "due"} <= names


def test_what_only_a_conversion_writes_is_not_offered() -> None:
    names = {f.name for f in bulk.editable(Suggestion.type)}
    assert "unit" in names
    assert names.isdisjoint(("converted", "became"))
    assert {f.name for f in bulk.editable(Attachment.type)}.isdisjoint(("sha256", "original"))


def test_what_got_another_value_since_the_plan_keeps_it(ledger: Ledger) -> None:
    with ledger.write("记") as rows:
        one, other = rows.save(*(fakes.make(Problem, unit="县水利局") for _ in range(2)))
    field = Problem.type.field("unit")
    plan = bulk.plan_change(ledger, Problem.type, [one.id, other.id], field, "县交通运输局")
    with ledger.write("改") as rows:
        rows.save(dataclasses.replace(one, unit="县农业农村局"))
    done = bulk.carry_out(ledger, plan, "批量", lambda rows, ready: rows.save(*ready), Silent())
    assert done == 1
    found = {p.id: p.unit for p in ledger.fetch(Problem, [one.id, other.id])}
    assert found == {one.id: "县农业农村局", other.id: "县交通运输局"}
