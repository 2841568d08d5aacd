"""Names that people wrote become the cadres of a roster that came later, after a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.jobs.join_names import apply_joins, find_joins
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Cadre, Case, Lecture, Participation, Post
from desktop.records.identity import cadre_id
from tests import fakes

DAY = dt.date(2026, 5, 5)
LI = fakes.cadre("李明")


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Ledger]:
    ledger = fakes.new_ledger(tmp_path / "柳河镇.ledger")
    with ledger.write("活动") as rows:
        (trip,) = rows.save(Activity(date=DAY, leader="李明", places=("前沟村",)))
        rows.save(
            Lecture(activity=trip.id, theme="移风易俗", speaker="李明"),
            Participation(activity=trip.id, person="王丽", post="副镇长"),
            Participation(activity=trip.id, person="外人"),
            fakes.make(Case, lead_cadre="李明"),
        )
    yield ledger
    ledger.close()


def stored(ledger: Ledger, cls: type) -> list:
    return ledger.fetch(cls, [r[0] for r in ledger.rows(f'SELECT id FROM "{cls.type.name}"')])


def test_what_would_change_is_shown_and_nothing_is_written(filled: Ledger) -> None:
    counter = filled.counter
    joins = find_joins(filled)
    assert sorted((j.type, j.field, j.words) for j in joins) == [
        ("activity", "leader", "李明"),
        ("case", "lead_cadre", "李明"),
        ("lecture", "speaker", "李明"),
        ("participation", "person", "王丽"),
    ]
    leader = next(j for j in joins if j.type == "activity")
    assert leader.change == (
        "“李明” → 李明（柳河镇 党委副书记、镇长）；"
        "职务填上“党委副书记、镇长”；职务层次填上“乡科级正职”"
    )
    assert filled.counter == counter
    assert {j.words for j in find_joins(filled, fakes.cadre("王丽"))} == {"王丽"}


def test_all_go_in_as_one_step(filled: Ledger) -> None:
    assert apply_joins(filled, find_joins(filled)) == 4
    (trip,) = stored(filled, Activity)
    assert (trip.leader, trip.leader_post, trip.leader_rank) == (
        LI,
        "党委副书记、镇长",
        "乡科级正职",
    )
    assert [x.speaker for x in stored(filled, Lecture)] == [LI]
    people = {p.person: (p.post, p.rank) for p in stored(filled, Participation)}
    assert people == {fakes.cadre("王丽"): ("副镇长", "乡科级副职"), "外人": ("", "")}
    (case,) = stored(filled, Case)
    assert (case.lead_cadre, case.lead_rank) == (LI, "乡科级正职")
    assert find_joins(filled) == []
    assert "对上名册" in filled.undo()
    assert [a.leader for a in stored(filled, Activity)] == ["李明"]
    assert len(find_joins(filled)) == 4


def second_li(ledger: Ledger, rank: str) -> str:
    other = cadre_id(fakes.COUNTY, "", "李明", "石门镇")
    with ledger.write("名册") as rows:
        rows.save(
            Cadre(id=other, name="李明"),
            Post(cadre=other, unit=fakes.place("石门镇"), title="书记", rank=rank),
        )
    return other


def test_two_of_one_name_stay_apart(filled: Ledger) -> None:
    second_li(filled, "乡科级正职")
    # Of this office's trips its own 李明 is meant, as imports have it; a rank may say otherwise.
    assert {j.cadre for j in find_joins(filled) if j.words == "李明"} == {LI}
    with filled.write("名册") as rows:
        rows.save(
            Post(
                cadre=cadre_id(fakes.COUNTY, "", "李明", "石门镇"),
                unit=fakes.place("柳河镇"),
                title="委员",
            )
        )
    assert {j.words for j in find_joins(filled)} == {"王丽"}


def test_a_rank_tells_two_apart(filled: Ledger) -> None:
    other = second_li(filled, "县处级副职")
    (trip,) = stored(filled, Activity)
    with filled.write("改") as rows:
        rows.save(replace(trip, leader_rank="县处级副职"))
    joins = {j.type: j for j in find_joins(filled)}
    assert joins["activity"].cadre == other
    assert joins["lecture"].cadre == LI


def test_what_changed_since_stays(filled: Ledger) -> None:
    joins = find_joins(filled)
    (trip,) = stored(filled, Activity)
    with filled.write("改") as rows:
        rows.save(replace(trip, leader="赵强"))
    assert apply_joins(filled, joins) == 3
    assert [a.leader for a in stored(filled, Activity)] == ["赵强"]
