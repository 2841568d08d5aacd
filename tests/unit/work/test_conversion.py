"""A suggestion made into a case or a problem, and taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.core.errors import UserError
from desktop.core.record import RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import (
    Activity,
    Case,
    Petitioner,
    Problem,
    ProgressNote,
    Reception,
    Suggestion,
    Visit,
)
from desktop.work import conversion, doubles
from tests import fakes

DAY, LATER = dt.date(2026, 11, 20), dt.date(2026, 11, 24)


@pytest.fixture
def one(ledger: Ledger) -> Suggestion:
    with ledger.write("记建议") as rows:
        (made,) = rows.save(
            fakes.make(
                Suggestion,
                date=DAY,
                content="我家宅基地与邻居界址不清，请来量一量。这是第二句，说得很长，" * 2,
                place="前沟村",
                kind="基础设施",
            )
        )
        rows.save(fakes.make(Petitioner, of=made.id, name="王建国", phone="13812341234"))
    assert isinstance(made, Suggestion)
    return made


def persons(ledger: Ledger, record_id: str) -> list[tuple[str, str]]:
    query = Query(Petitioner.type, (Condition("of", "=", record_id),))
    return [(p.name, p.phone) for p in ledger.fetch(Petitioner, ledger.ids(query))]


def convert(ledger: Ledger, one: Suggestion, into: RecordType = Case.type) -> str:
    with ledger.write("转为信访事项") as rows:
        return conversion.convert(ledger, rows, one.id, into, LATER).id


def take_back(ledger: Ledger, one: Suggestion) -> None:
    with ledger.write("收回") as rows:
        conversion.take_back(ledger, rows, one.id, "转错了")


def test_a_case_knows_where_it_came_from(ledger: Ledger, one: Suggestion) -> None:
    case = ledger.get(Case, convert(ledger, one))
    assert case is not None
    assert (case.received, case.matter, case.place) == (LATER, one.content, "前沟村")
    assert (case.origin, case.office, case.purpose, case.due) == (one.id, one.office, "", None)
    left = ledger.get(Suggestion, one.id)
    assert left is not None
    assert (left.converted, left.became, left.content) == (LATER, case.id, one.content)
    person = [("王建国", "13812341234")]
    assert persons(ledger, case.id) == persons(ledger, one.id) == person


def test_a_problem_has_a_title_and_the_whole_words(ledger: Ledger, one: Suggestion) -> None:
    problem = ledger.get(Problem, convert(ledger, one, Problem.type))
    assert problem is not None
    assert problem.title == "我家宅基地与邻居界址不清，请来量一量"
    assert (problem.detail, problem.source, problem.field) == (one.content, one.id, "基础设施")
    assert (problem.date, problem.decision, problem.status) == (LATER, "", "")
    assert persons(ledger, problem.id) == [("王建国", "13812341234")]


@pytest.mark.parametrize("into", conversion.BECOMES)
def test_back_again(ledger: Ledger, one: Suggestion, into: RecordType) -> None:
    made = convert(ledger, one, into)
    take_back(ledger, one)
    gone = ledger.get(into.cls, made)
    assert gone is not None
    assert gone.removed == "转错了"
    assert ledger.get(Suggestion, one.id) == one
    assert persons(ledger, made) == []
    assert persons(ledger, one.id) == [("王建国", "13812341234")]
    again = convert(ledger, one, into)
    assert again != made


@pytest.mark.parametrize("into", conversion.BECOMES)
def test_each_way_is_one_step_to_undo(ledger: Ledger, one: Suggestion, into: RecordType) -> None:
    made = convert(ledger, one, into)
    take_back(ledger, one)
    assert ledger.undo() == "收回"
    back = ledger.get(Suggestion, one.id)
    assert back is not None
    assert back.became == made
    assert not ledger.get(into.cls, made).removed  # type: ignore[union-attr]
    assert ledger.undo() == "转为信访事项"
    assert ledger.get(Suggestion, one.id) == one
    assert ledger.ids(Query(into)) == []


def test_nobodys_work_is_swept_away(ledger: Ledger, one: Suggestion) -> None:
    made = convert(ledger, one)
    with ledger.write("来访") as rows:
        (trip,) = rows.save(fakes.make(Activity))
        (session,) = rows.save(fakes.make(Reception, activity=trip.id))
        rows.save(fakes.make(Visit, reception=session.id, case=made))
    with pytest.raises(UserError, match=r"来访.*不能直接收回"):
        take_back(ledger, one)
    assert not ledger.get(Case, made).removed  # type: ignore[union-attr]


def test_fields_filled_in_are_work_too_but_a_corrected_word_is_not(
    ledger: Ledger, one: Suggestion
) -> None:
    made = convert(ledger, one, Problem.type)
    problem = ledger.get(Problem, made)
    assert problem is not None
    edited = [
        type(problem)(**{**vars(problem), "title": "界址不清"}),
        type(problem)(**{**vars(problem), "title": "界址不清", "unit": "县水利局"}),
    ]
    for one_edit in edited:
        with ledger.write("改") as rows:
            rows.save(one_edit)
    with pytest.raises(UserError, match="责任单位"):
        take_back(ledger, one)
    with ledger.write("改") as rows:
        rows.save(edited[0])
    take_back(ledger, one)
    assert ledger.get(Problem, made).removed  # type: ignore[union-attr]


def test_progress_notes_are_work(ledger: Ledger, one: Suggestion) -> None:
    made = convert(ledger, one, Problem.type)
    with ledger.write("进展") as rows:
        rows.save(fakes.make(ProgressNote, problem=made))
    with pytest.raises(UserError, match="进展"):
        take_back(ledger, one)


def test_what_is_void_already_can_be_taken_back(ledger: Ledger, one: Suggestion) -> None:
    made = convert(ledger, one)
    with ledger.write("作废") as rows:
        rows.remove(Case.type, made, "录重")
    take_back(ledger, one)
    assert ledger.get(Suggestion, one.id) == one


def test_refusals(ledger: Ledger, one: Suggestion) -> None:
    with pytest.raises(UserError, match="没有转出，不用收回"):
        take_back(ledger, one)
    convert(ledger, one)
    with pytest.raises(UserError, match="已经转出"):
        convert(ledger, one)
    with ledger.write("另一条") as rows:
        (other, early) = rows.save(
            fakes.make(Suggestion, date=DAY), fakes.make(Suggestion, date=dt.date(2027, 1, 1))
        )
        doubles.join(ledger, rows, Suggestion.type, other.id, one.id)
    with pytest.raises(UserError, match="已经并入"):
        convert(ledger, other)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="比收集日期还早"):
        convert(ledger, early)  # type: ignore[arg-type]


@pytest.mark.parametrize(("into", "kind"), [(Case.type, "信"), (Problem.type, "问")])
def test_what_it_becomes_gets_a_number_that_is_never_given_again(
    ledger: Ledger, one: Suggestion, into: RecordType, kind: str
) -> None:
    first = ledger.get(into.cls, convert(ledger, one, into))
    assert first is not None
    assert f"-{kind}-A-" in first.number
    assert first.number.endswith("-0001")
    take_back(ledger, one)
    again = ledger.get(into.cls, convert(ledger, one, into))
    assert again is not None
    assert again.number.endswith("-0002")
