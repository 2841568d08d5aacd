"""意见建议: what may follow what, who is owed an answer, where each stands."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

import pytest

from desktop.ledger.ledger import Ledger
from desktop.records import Suggestion
from desktop.records.codes import official
from desktop.work import doubles
from desktop.work import suggestions as work
from tests import fakes

DAY = dt.date(2026, 11, 20)
TODAY = dt.date(2026, 11, 24)


def one(**over: object) -> Suggestion:
    made = fakes.make(Suggestion, **{"date": DAY, "content": "增开赶集班车"} | over)
    assert isinstance(made, Suggestion)
    return made


def saved(ledger: Ledger, *records: Suggestion) -> list[Suggestion]:
    with ledger.write("记建议") as rows:
        return [r for r in rows.save(*records) if isinstance(r, Suggestion)]


def taken(row: Suggestion, step: str, **values: object) -> Suggestion:
    """A suggestion after a step, with what the step fills in; nothing stands against it."""
    done = at(row, step, **values)
    assert work.problems(done) == {}
    return done


def at(row: Suggestion, step: str, **values: object) -> Suggestion:
    changed: dict[str, Any] = {"status": work.label("suggestion_status", step), **values}
    return dataclasses.replace(row, **changed)


def against(row: Suggestion, step: str, **values: object) -> str:
    """What stands against a step."""
    return "；".join(work.problems(at(row, step, **values)).values())


def test_from_receipt_to_the_archive() -> None:
    step = taken(one(), work.WEIGHED)
    assert step.status == "研判"
    due = dt.date(2026, 12, 5)
    step = taken(
        step, work.ASSIGNED, unit="县交通运输局", assigned=TODAY, co_units=("县公安局",), due=due
    )
    assert step.status == "转办"
    step = taken(step, work.IN_HAND, result="加开一班", adoption="采纳", result_class="A")
    assert step.status == "办理中"
    step = taken(step, work.REPLIED, replied=TODAY, reply_form="电话", reply="12月1日起加开一班")
    assert step.status == "已反馈"
    assert work.problems(dataclasses.replace(step, rating="满意")) == {}
    assert taken(step, work.FILED).status == "归档"


@pytest.mark.parametrize("adoption", ["采纳", "部分采纳"])
def test_what_is_adopted_is_answered_before_it_is_filed(adoption: str) -> None:
    step = taken(one(), work.IN_HAND, result="加开一班", adoption=adoption)
    assert re.search("先答复.*第29条", against(step, work.FILED))
    assert work.FILED not in work.next_steps(step)
    assert taken(step, work.FILED, replied=TODAY).status == "归档"


def test_a_refusal_says_why() -> None:
    assert "不采纳要写明理由" in against(one(), work.IN_HAND, adoption="不采纳")
    kept = taken(one(), work.IN_HAND, adoption="不采纳", reason="没有场地")
    assert taken(kept, work.FILED).status == "归档"


@pytest.mark.parametrize(
    ("over", "why"),
    [
        ({}, "还没有写采纳情况"),
        ({"adoption": "研究中"}, "还没有写采纳情况"),
        ({"adoption": "研究中", "replied": TODAY}, "还在研究中"),
    ],
)
def test_nothing_is_filed_before_something_came_of_it(over: dict[str, object], why: str) -> None:
    assert why in against(one(**over), work.FILED)
    assert why in work.may_file(one(**over))


def test_an_answer_on_the_spot_needs_no_unit() -> None:
    replied = taken(one(nature="咨询"), work.REPLIED, replied=DAY)
    assert taken(replied, work.FILED).status == "归档"


def test_steps_want_what_they_are_about() -> None:
    assert "转给哪个单位" in against(one(), work.ASSIGNED, assigned=TODAY)
    assert "比收集日期还早" in against(one(), work.REPLIED, replied=dt.date(2026, 11, 1))
    assert "哪天答复的" in against(one(), work.REPLIED)
    assert "答复以后才有评价" in against(one(), work.REGISTERED, rating="满意")


@pytest.mark.parametrize(
    ("over", "code", "words"),
    [
        ({}, "01", "待转办"),
        ({"unit": "县水利局"}, "03", "办理中"),
        ({"adoption": "采纳"}, "04", "待答复"),
        ({"adoption": "正在研究"}, "04", "办理中"),
        ({"adoption": "采纳", "replied": TODAY}, "05", "✓ 已答复"),
        ({"status": "归档", "replied": TODAY}, "06", "✓ 已归档"),
        ({"unit": "县水利局", "due": dt.date(2026, 11, 21)}, "03", "● 超期3天"),
        ({"unit": "县水利局", "due": dt.date(2026, 11, 26)}, "03", "◐ 还有2天"),
        ({"unit": "县水利局", "due": TODAY}, "03", "◐ 今天到期"),
        ({"unit": "县水利局", "due": dt.date(2026, 12, 26)}, "03", "办理中"),
        ({"due": dt.date(2026, 11, 21), "replied": TODAY}, "05", "✓ 已答复"),
        ({"converted": TODAY, "due": dt.date(2026, 1, 1)}, "01", "已转出"),
    ],
)
def test_where_one_stands_follows_from_what_it_says(
    over: dict[str, object], code: str, words: str
) -> None:
    row = one(**over)
    assert work.status_of(row) == code
    assert work.standing(row, TODAY) == words


def test_joined_ones_say_so() -> None:
    assert work.standing(one(replied=TODAY), TODAY, main="增开班车") == "已并入 增开班车"


def test_an_imported_status_is_never_written() -> None:
    imported = one(adoption="采纳", replied=TODAY)
    assert work.settled(imported) is imported


def test_a_status_catches_up_with_the_fields_and_never_goes_back() -> None:
    assert work.settled(one(status="登记", unit="县水利局")).status == "转办"
    assert work.settled(one(status="转办", replied=TODAY)).status == "已反馈"
    assert work.settled(one(status="研判")).status == "研判"
    assert work.settled(one(status="归档", replied=TODAY)).status == "归档"


@pytest.mark.parametrize(
    ("over", "following"),
    [
        ({}, ("03", "02", "05")),
        ({"status": "转办", "unit": "x"}, ("04", "05")),
        ({"status": "办理中", "adoption": "采纳"}, ("05",)),
        ({"status": "办理中", "adoption": "留作参考"}, ("05", "06")),
        ({"status": "已反馈", "replied": TODAY}, ("06",)),
        ({"status": "归档", "replied": TODAY}, ("04",)),
        ({"converted": TODAY}, ()),
    ],
)
def test_only_what_may_follow_is_offered(
    over: dict[str, object], following: tuple[str, ...]
) -> None:
    assert work.next_steps(one(**over)) == following


def test_every_step_that_is_offered_can_be_taken() -> None:
    """From any state, with what the step needs, no offered step is refused."""
    states = [
        {"status": i.label, "unit": "县水利局", "replied": r, "adoption": a, "reason": "没有场地"}
        for i in official()["suggestion_status"].items
        for r in (None, TODAY)
        for a in ("", "采纳", "不采纳", "研究中", "留作参考")
    ]
    filled: dict[str, dict[str, object]] = {
        work.ASSIGNED: {"unit": "县水利局", "assigned": TODAY},
        work.REPLIED: {"replied": TODAY},
    }
    steps = 0
    for state in states:
        row = one(**state)
        for step in work.next_steps(row):
            taken(row, step, **filled.get(step, {}))
            steps += 1
    assert steps > len(states)


def test_one_answer_goes_to_all_that_were_joined(ledger: Ledger) -> None:
    main, second, third, other = saved(
        ledger, one(), one(content="赶集班车不够"), one(content="班车太少"), one(content="修路")
    )
    with ledger.write("并") as rows:
        doubles.join(ledger, rows, Suggestion.type, second.id, main.id)
        doubles.join(ledger, rows, Suggestion.type, third.id, second.id)
    adopted = taken(main, work.IN_HAND, result="加开", adoption="采纳", reason="有需要")
    done = taken(adopted, work.REPLIED, replied=TODAY, reply_form="电话", reply="已加开")
    before = ledger.counter
    with ledger.write("答复") as rows:
        work.save_answer(ledger, rows, done)
    assert ledger.counter == before + 1
    for row in ledger.fetch(Suggestion, [main.id, second.id, third.id]):
        assert (row.status, row.replied, row.reply_form, row.reply, row.adoption, row.reason) == (
            "已反馈", TODAY, "电话", "已加开", "采纳", "有需要"
        )  # fmt: skip
    assert ledger.get(Suggestion, second.id).content == "赶集班车不够"  # type: ignore[union-attr]
    assert ledger.get(Suggestion, other.id) == other
    assert work.answered_with(ledger, done) == []
    ledger.undo()
    assert [r.replied for r in ledger.fetch(Suggestion, [main.id, second.id, third.id])] == [
        None
    ] * 3


def test_totals_count_rows_and_mains(ledger: Ledger) -> None:
    late = one(unit="县水利局", due=dt.date(2026, 11, 1))
    rows_made = saved(
        ledger, one(), one(), late, one(adoption="采纳"), one(replied=TODAY), one(converted=TODAY)
    )
    ids = [r.id for r in rows_made]
    with ledger.write("并") as rows:
        doubles.join(ledger, rows, Suggestion.type, ids[1], ids[0])
    total = work.totals(ledger, ids, TODAY, official())
    assert dataclasses.astuple(total) == (6, 5, 3, 1, 1)


def test_the_suggestions_since_an_import(ledger: Ledger) -> None:
    saved(ledger, one())
    before = ledger.counter
    (new,) = saved(ledger, one(content="修路"))
    assert work.suggestions_since(ledger, before) == [new.id]
