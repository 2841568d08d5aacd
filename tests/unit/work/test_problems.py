"""The course of a problem: every state has a way on, each step is one operation."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Problem, ProgressNote
from desktop.records.codes import official
from desktop.work import problems
from desktop.work.problems import BY_NAME, ENDS, STEPS, Entry, State, state_of, steps_from, taken
from tests import fakes

DAY = dt.date(2026, 11, 20)
KNOWN = official()

STATUS = ["", *KNOWN["problem_status"].labels(), "销号", "推进中", "正在跟上级沟通"]
DECISIONS = ["", *KNOWN["problem_decision"].labels(), "另写的决定"]


def any_problem() -> st.SearchStrategy[Problem]:
    days = st.none() | st.just(DAY)
    return st.builds(
        Problem,
        id=st.just("0" * 32),
        title=st.just("村口路灯损坏"),
        decision=st.sampled_from(DECISIONS),
        status=st.sampled_from(STATUS),
        unit=st.sampled_from(("", "县水利局")),
        due=days,
        closed=days,
        verified=days,
    )


def entry(**over: object) -> Entry:
    plain = Entry(
        date=DAY, text="已到现场看过", due=DAY + dt.timedelta(90), verifier="王丽", rating="满意"
    )
    return dataclasses.replace(plain, **over)  # type: ignore[arg-type]


@given(any_problem())
def test_every_state_has_a_way_on(problem: Problem) -> None:
    """From anywhere, also from an import's words, a problem can come to its end and back."""
    if not problem.unit:
        problem = dataclasses.replace(problem, unit="县水利局")
    seen = []
    for _ in range(12):
        seen.append(state_of(problem, KNOWN))
        if seen[-1] is State.CLOSED and State.UNDER_WAY in seen:
            break
        ready = {s.name for s, against in steps_from(problem, KNOWN) if not against}
        order = ("reopen", "solve", "verify", "close")
        step = next(n for n in order if n in ready)
        problem, _note = taken(BY_NAME[step], problem, entry(), KNOWN)
    assert seen[-1] is State.CLOSED
    assert problem.closed == DAY
    assert problem.verified == DAY


@given(any_problem(), st.sampled_from(STEPS))
def test_a_step_is_taken_only_where_it_is_offered(problem: Problem, step: problems.Step) -> None:
    offered = {s.name: against for s, against in steps_from(problem, KNOWN)}
    if offered.get(step.name) == "":
        after, note = taken(step, problem, entry(), KNOWN)
        expected = step.leads or state_of(problem, KNOWN)
        if step.leads is None and expected is State.UNCLAIMED:
            expected = State.UNDER_WAY
        assert state_of(after, KNOWN) is expected
        assert (note.problem, note.date) == (problem.id, DAY)
        assert KNOWN["progress_kind"].knows(note.kind)
    else:
        with pytest.raises(UserError, match="没有改动"):
            taken(step, problem, entry(), KNOWN)


def test_only_what_ends_has_no_step_but_to_reopen() -> None:
    for state in State:
        names = {s.name for s in STEPS if state in s.starts}
        assert names == {"reopen"} if state in ENDS else len(names) > 1


def test_solved_on_the_spot_is_at_its_end() -> None:
    problem = Problem(title="路灯", decision="现场解决")
    assert state_of(problem, KNOWN) is State.SPOT
    assert problems.state_words(problem, KNOWN) == "✓ 现场解决"
    assert state_of(dataclasses.replace(problem, decision="限期解决"), KNOWN) is State.UNCLAIMED
    later = dataclasses.replace(problem, status="办理中")
    assert state_of(later, KNOWN) is State.UNDER_WAY


def test_free_words_of_an_import_are_kept_and_go_on() -> None:
    problem = Problem(title="路灯", status="等上级批复", due=DAY)
    assert problems.state_words(problem, KNOWN) == "等上级批复"
    noted, _ = taken(BY_NAME["progress"], problem, entry(), KNOWN)
    assert noted.status == "等上级批复"
    solved, _ = taken(BY_NAME["solve"], problem, entry(), KNOWN)
    assert solved.status == "已解决待核验"


def test_an_extension_needs_a_reason_and_a_later_day() -> None:
    problem = Problem(title="路灯", status="办理中", due=DAY)
    step = BY_NAME["extend"]
    assert set(problems.lacking(step, problem, Entry())) == {"date", "text", "due"}
    early = problems.lacking(step, problem, entry(due=DAY))
    assert early == {"due": "要晚于原来的时限（2026-11-20）"}
    later = DAY + dt.timedelta(30)
    after, note = taken(step, problem, entry(text="等配件", due=later), KNOWN)
    assert (after.due, after.status) == (later, "延期")
    assert note.text == "等配件（原定2026-11-20，延至2026-12-20）"


def test_striking_off_waits_for_the_verification() -> None:
    problem = Problem(title="路灯", status="已解决待核验")
    against = {s.name: why for s, why in steps_from(problem, KNOWN)}
    assert against["close"] == "还没有核验"
    seen, _ = taken(BY_NAME["verify"], problem, entry(), KNOWN)
    assert (seen.verified, seen.verifier, seen.satisfaction) == (DAY, "王丽", "满意")
    assert {s.name: w for s, w in steps_from(seen, KNOWN)}["close"] == ""
    back, _ = taken(BY_NAME["refuse"], seen, entry(text="又坏了"), KNOWN)
    assert (back.status, back.verified, back.verifier) == ("办理中", None, "")


def test_deadline_words() -> None:
    problem = Problem(title="路灯", status="办理中", due=DAY)
    said = [problems.deadline_words(problem, KNOWN, DAY + dt.timedelta(d)) for d in (-12, 0, 3)]
    assert said == ["◐ 还有12天", "◐ 今天到期", "● 超期3天"]
    done = dataclasses.replace(problem, status="已解决待核验")
    assert problems.deadline_words(done, KNOWN, DAY + dt.timedelta(3)) == ""
    no_day = dataclasses.replace(problem, due=None)
    assert problems.deadline_words(no_day, KNOWN, DAY) == ""


# --- in a ledger -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory):
    """One ledger for many examples: each works on problems of its own."""
    folder: Path = tmp_path_factory.mktemp("problems") / "柳河镇.ledger"
    with fakes.new_ledger(folder) as opened:
        yield opened


@given(any_problem(), st.data())
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_undo_restores_exactly(shared: Ledger, problem: Problem, data: st.DataObject) -> None:
    ready = [s for s, against in steps_from(problem, KNOWN) if not against]
    step = data.draw(st.sampled_from(ready)) if ready else None
    if step is None:
        return
    with shared.write("登记") as rows:
        (before,) = rows.save(dataclasses.replace(problem, id=""))
    problems.take(shared, before.id, step.name, entry())
    assert len(problems.log_of(shared, before.id)) == 1
    assert shared.undo() == f"问题{step.label}"
    assert shared.get(Problem, before.id) == before
    assert problems.log_of(shared, before.id) == []


@given(st.lists(any_problem(), min_size=1, max_size=6))
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_lists_are_the_states_in_sql(shared: Ledger, some: list[Problem]) -> None:
    with shared.write("登记") as rows:
        saved = rows.save(*(dataclasses.replace(p, id="") for p in some))
    today = DAY + dt.timedelta(1)
    working = (State.UNCLAIMED, State.UNDER_WAY, State.EXTENDED)
    for kind, fits in (
        (problems.ALL, lambda p, s: True),
        (problems.OPEN, lambda p, s: s not in ENDS),
        (problems.LATE, lambda p, s: s in working and p.due is not None),
        (problems.TO_VERIFY, lambda p, s: s is State.SOLVED),
    ):
        query = Query(Problem.type).having(*problems.only(kind, KNOWN, today))
        found = set(shared.ids(query)) & {p.id for p in saved}
        assert found == {p.id for p in saved if fits(p, state_of(p, KNOWN))}, kind  # type: ignore[no-untyped-call]


def test_a_list_shows_the_newest_entry(ledger: Ledger) -> None:
    with ledger.write("登记") as rows:
        (problem,) = rows.save(fakes.make(Problem, title="路灯", unit="县水利局", due=DAY))
    problems.take(ledger, problem.id, "claim", Entry(date=DAY))
    problems.take(ledger, problem.id, "progress", Entry(date=DAY, text="配件\n已订"))
    row = problems.problem_rows(ledger, [problem.id], DAY)[problem.id]
    assert row == problems.ProblemRow("办理中", "◐ 今天到期", "11-20 配件 已订")
    kinds = [n.kind for n in problems.log_of(ledger, problem.id)]
    assert kinds == ["认领", "进展"]
    assert ledger.find(Query(ProgressNote.type))[0].office == problem.office


def test_a_void_problem_takes_no_step(ledger: Ledger) -> None:
    with ledger.write("登记") as rows:
        (problem,) = rows.save(fakes.make(Problem, title="路灯"))
        rows.remove(Problem.type, problem.id, "重复录入")
    with pytest.raises(UserError, match="已经作废"):
        problems.take(ledger, problem.id, "progress", Entry(date=DAY, text="在办"))


def test_a_phone_in_the_newest_entry_is_masked_in_the_list(ledger: Ledger) -> None:
    with ledger.write("记") as rows:
        (one,) = rows.save(fakes.make(Problem, title="路灯不亮"))
        rows.save(fakes.make(ProgressNote, problem=one.id, text="已联系13812341234"))
    last = problems.problem_rows(ledger, [one.id], dt.date(2026, 11, 24))[one.id].last
    assert last.endswith("已联系138****1234")
