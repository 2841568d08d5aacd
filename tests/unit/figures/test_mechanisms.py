"""Each mechanism of the figures on a real ledger: unions, parts, successors, doubles, rates."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop import figures
from desktop.core.record import Record
from desktop.ledger.ledger import Ledger
from desktop.records import (
    Activity,
    Cadre,
    Campaign,
    Case,
    CheckIn,
    DeclaredCount,
    Fieldwork,
    Lecture,
    Onsite,
    Participation,
    Place,
    Problem,
    Reception,
    RootCause,
    SameAs,
    Suggestion,
    Topic,
    TopicUse,
    Visit,
    VolunteerService,
    ZeroReport,
)
from tests import fakes
from tests.sample_year import COUNTY_CODE, make_ledger

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
MAY = dt.date(2026, 5, 6)


def save(ledger: Ledger, *records: Record) -> list[Any]:
    with ledger.write("记录") as rows:
        return rows.save(*records)


def trip(ledger: Ledger, *parts: Record, day: dt.date = MAY, **over: Any) -> Any:
    """A trip with parts that still lack it; returns the trip."""
    over.setdefault("leader", fakes.cadre(fakes.LEADER))
    (made,) = save(ledger, fakes.make(Activity, date=day, **over))
    save(ledger, *(replace(part, activity=made.id) for part in parts))  # type: ignore[call-arg]
    return made


def at(cls: type[Record], place: str, kind: str = "村（社区）", **over: Any) -> Any:
    return fakes.make(cls, activity="", place=place, place_kind=kind, **over)


def value(
    ledger: Ledger, figure: str, first: dt.date = FIRST, last: dt.date = LAST, **k: Any
) -> Any:
    return figures.compute(ledger, first, last, only=[figure], **k)[figure].value


def row_types(
    ledger: Ledger, figure: str, first: dt.date = FIRST, last: dt.date = LAST
) -> list[str]:
    return [of for of, _ in figures.rows(ledger, figure, first, last)]


# --- several types, each value once --------------------------------------------------------------


def test_a_village_reached_by_any_part_counts_once(small: Ledger) -> None:
    ditch, terrace = fakes.place("前沟村"), fakes.place("后塬村")
    trip(small, at(Lecture, ditch), at(Onsite, ditch), at(Reception, terrace))
    trip(small, at(Fieldwork, ditch, kind="田间地头"), at(Onsite, "某企业", kind="企业"))
    assert value(small, "villages_covered") == 2
    assert value(small, "villages_covered_rate") == 66.7
    assert value(small, "townships_covered") == 1
    assert value(small, "enterprises_served") == 1
    trip(small, at(Lecture, "赵家湾村", kind="村（社区）"))  # no register knows it
    assert value(small, "villages_covered") == 3
    assert value(small, "villages_reached") == 2
    assert value(small, "villages_covered_rate") == 66.7
    assert sorted(row_types(small, "villages_covered")) == [
        "fieldwork",
        "lecture",
        "lecture",
        "onsite",
        "reception",
    ]


def test_who_went_along_and_led_elsewhere_counts_once(small: Ledger) -> None:
    one = trip(small, leader_rank="县处级副职")
    trip(small, leader="赵某", leader_rank="乡科级副职")
    along = fakes.make(Participation, activity=one.id, person="赵某", rank="乡科级副职")
    save(small, along, replace(along, person="钱某", rank="县处级正职"))
    assert value(small, "trip_participants") == 3
    assert value(small, "trip_participants_county_rank") == 2
    assert value(small, "trip_leaders") == 2


def test_trips_that_have_a_part(small: Ledger) -> None:
    trip(small, at(Lecture, "甲村"), at(Lecture, "乙村"))
    trip(small, at(Onsite, "甲村"))
    assert value(small, "trips_with_lecture") == 1
    assert value(small, "trips_with_onsite") == 1
    assert value(small, "trips_with_fieldwork") is None
    assert row_types(small, "trips_with_lecture") == ["activity"]


# --- successors, and records that were joined -----------------------------------------------------


def test_a_merged_village_counts_as_its_successor_from_that_day_on(small: Ledger) -> None:
    ditch, terrace = fakes.place("前沟村"), fakes.place("后塬村")
    trip(small, at(Lecture, ditch), at(Lecture, terrace))
    old = small.fetch(Place, [ditch])[0]
    save(small, replace(old, valid_to=dt.date(2026, 6, 30), successor=terrace))
    assert value(small, "lecture_villages", last=dt.date(2026, 6, 29)) == 2
    assert value(small, "lecture_villages", last=dt.date(2026, 6, 30)) == 1
    assert value(small, "villages", last=dt.date(2026, 6, 29)) == 3
    assert value(small, "villages", last=dt.date(2026, 6, 30)) == 2
    assert len(row_types(small, "lecture_villages")) == 2  # the records themselves stay


def test_a_cadre_on_the_roster_twice_counts_once(small: Ledger) -> None:
    (twin,) = save(small, fakes.make(Cadre, name="李明"))
    trip(small, leader=fakes.cadre("李明"))
    trip(small, leader=twin.id)
    trip(small, leader="李明")
    assert value(small, "trip_leaders") == 3
    (joined,) = save(small, SameAs(duplicate=twin.id, main=fakes.cadre("李明")))
    assert value(small, "trip_leaders") == 2  # a written name stays a name
    with small.write("分开") as rows:
        rows.remove(SameAs.type, joined.id, "不是同一人")
    assert value(small, "trip_leaders") == 3


def test_cadres_joined_in_a_circle_are_one(small: Ledger) -> None:
    people = save(small, *(fakes.make(Cadre, name=n) for n in ("甲", "乙", "丙")))
    for one in people:
        trip(small, leader=one.id)
    for one, other in zip(people, [*people[1:], people[0]], strict=True):
        save(small, SameAs(duplicate=one.id, main=other.id))
    assert value(small, "trip_leaders") == 1


def test_a_trip_entered_twice_counts_once_with_its_joined_parts(small: Ledger) -> None:
    first = trip(small, at(Lecture, "甲村", heads=30))
    second = trip(small, at(Lecture, "甲村", heads=30))
    lectures = [one for _, one in figures.rows(small, "lecture_heads", FIRST, LAST)]
    assert value(small, "trips") == 2
    save(small, SameAs(duplicate=second.id, main=first.id))
    assert value(small, "trips") == 1
    assert value(small, "lecture_heads") == 60  # its part is another lecture until it is joined
    save(small, SameAs(duplicate=lectures[1], main=lectures[0]))
    assert value(small, "lecture_heads") == 30
    assert row_types(small, "lecture_heads") == ["lecture"]


def test_a_joined_record_counts_where_the_kept_one_does_not(small: Ledger) -> None:
    """The kept one may be void, or the two may have been joined crosswise by two offices."""
    one, other = trip(small), trip(small)
    save(small, SameAs(duplicate=one.id, main=other.id))
    assert value(small, "trips") == 1
    save(small, SameAs(duplicate=other.id, main=one.id))
    assert value(small, "trips") == 1
    with small.write("作废") as rows:
        rows.remove(Activity.type, other.id, "填错了")
    assert value(small, "trips") == 1
    assert figures.rows(small, "trips", FIRST, LAST) == [("activity", one.id)]


def test_merged_suggestions_count_as_rows_and_as_mains(small: Ledger) -> None:
    made = save(small, *(fakes.make(Suggestion, date=MAY, content=f"建议{n}") for n in range(3)))
    save(small, SameAs(duplicate=made[1].id, main=made[0].id))
    assert value(small, "suggestions") == 3
    assert value(small, "suggestions_main") == 2
    assert len(row_types(small, "suggestions")) == 3


def test_what_became_a_petition_leaves_from_that_day_on(small: Ledger) -> None:
    gone = fakes.make(Suggestion, date=MAY, converted=dt.date(2026, 6, 10))
    save(small, gone, fakes.make(Suggestion, date=MAY))
    assert value(small, "suggestions", last=dt.date(2026, 6, 9)) == 2
    assert value(small, "suggestions", last=dt.date(2026, 6, 10)) == 1
    assert value(small, "suggestions_converted") == 1


# --- rates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("adopted", "refused", "expected"), [(1, 2, 33.3), (2, 1, 66.7), (1, 7, 12.5), (0, 3, 0.0)]
)
def test_the_adoption_rate(small: Ledger, adopted: int, refused: int, expected: float) -> None:
    labels = ["采纳"] * adopted + ["不采纳"] * refused + ["研究中", ""]
    save(small, *(fakes.make(Suggestion, date=MAY, adoption=one) for one in labels))
    assert value(small, "suggestions_adoption_rate") == expected
    assert len(row_types(small, "suggestions_adoption_rate")) == adopted + refused


def test_no_denominator_is_no_rate(small: Ledger) -> None:
    assert value(small, "satisfaction_rate") is None
    save(small, fakes.make(Suggestion, date=MAY, adoption="研究中"))
    assert value(small, "suggestions_judged") == 0
    assert value(small, "suggestions_adoption_rate") is None
    assert row_types(small, "suggestions_adoption_rate") == []


def test_what_nobody_recorded_is_no_rate(small: Ledger) -> None:
    """A ledger without a column for answers says nothing about answers."""
    save(small, fakes.make(Suggestion, date=MAY))
    assert value(small, "suggestions_replied_rate") is None
    save(small, fakes.make(Suggestion, date=MAY, status="办理中"))
    assert value(small, "suggestions_replied_rate") == 0.0


def test_answered_in_time(small: Ledger) -> None:
    due = dt.date(2026, 6, 1)
    made = [
        fakes.make(Suggestion, date=MAY, due=due, replied=due),
        fakes.make(Suggestion, date=MAY, due=due, replied=dt.date(2026, 6, 2)),
        fakes.make(Suggestion, date=MAY, due=due),
        fakes.make(Suggestion, date=MAY, due=dt.date(2027, 1, 1)),
    ]
    save(small, *made)
    assert value(small, "suggestions_in_time_rate") == 33.3
    assert value(small, "suggestions_overdue") == 1


# --- problems, root causes, backlog, research, service --------------------------------------------


def test_standalone_problems_count_too(small: Ledger) -> None:
    on = trip(small)
    (site,) = save(small, fakes.make(Onsite, activity=on.id))
    due = dt.date(2026, 6, 1)
    save(
        small,
        fakes.make(Problem, onsite=site.id, decision="现场解决"),
        fakes.make(
            Problem, onsite="", date=MAY, status="已销号", closed=dt.date(2026, 7, 1), due=due
        ),
        fakes.make(Problem, onsite="", date=MAY, status="办理中", due=due),
    )
    found = {i: value(small, i) for i in ("problems", "problems_solved", "problems_open")}
    assert found == {"problems": 3, "problems_solved": 2, "problems_open": 1}
    assert value(small, "problems_solved_rate") == 66.7
    assert value(small, "onsite_problems") == 1
    assert value(small, "problems_overdue") == 1
    assert value(small, "problems_closed_late") == 1
    assert value(small, "problems_overdue", last=due) == 0
    assert value(small, "problems_solved", last=dt.date(2026, 6, 30)) == 1


def test_problems_that_led_to_a_root_cause(small: Ledger) -> None:
    solved, other = save(
        small,
        fakes.make(RootCause, opened=MAY, closed=dt.date(2026, 9, 1)),
        fakes.make(RootCause, opened=MAY),
    )
    for cause in (solved, solved, other):
        save(small, fakes.make(Problem, onsite="", date=dt.date(2025, 3, 3), root_cause=cause.id))
    assert value(small, "root_causes") == 2
    assert value(small, "root_causes_solved") == 1
    assert value(small, "root_cause_problems") == 2


def test_backlog_led_at_both_levels_counts_once(small: Ledger) -> None:
    on = trip(small)
    (session,) = save(small, fakes.make(Reception, activity=on.id))
    both = {"lead_rank": "县处级副职", "co_lead_rank": "乡科级正职"}
    done = dt.date(2026, 8, 1)
    brought, alone = save(
        small,
        fakes.make(Case, received=MAY, backlog=True, closed=done, **both),
        fakes.make(Case, received=MAY, backlog=True, closed=done, lead_rank="乡科级正职"),
    )
    save(small, *(fakes.make(Visit, reception=session.id, case=brought.id) for _ in range(2)))
    assert value(small, "backlog_resolved") == 2  # two visits of one matter are one
    assert value(small, "backlog_resolved_county_rank") == 1
    assert value(small, "backlog_resolved_township_rank") == 2
    assert value(small, "backlog_resolved_by_leaders") == 2
    assert value(small, "backlog_resolved", last=dt.date(2026, 7, 31)) == 0
    assert ("case", alone.id) in figures.rows(small, "backlog_resolved", FIRST, LAST)


def test_research_and_what_came_of_it(small: Ledger) -> None:
    (topic,) = save(small, fakes.make(Topic, start=MAY, state="完成", reported=MAY))
    save(small, fakes.make(TopicUse, topic=topic.id, date=MAY, kind="出台制度"))
    parts = (at(Fieldwork, "甲村", topic=topic.id), at(Fieldwork, "乙村", methods=("四不两直",)))
    trip(small, *parts)
    trip(small, at(Fieldwork, "甲村"), day=dt.date(2026, 5, 7))
    assert value(small, "fieldwork_visits") == 3
    assert value(small, "fieldwork_days") == 2
    assert value(small, "fieldwork_unannounced") == 1
    assert value(small, "topics_by_state") == {"完成": 1}
    assert value(small, "topic_reports") == 1
    assert value(small, "topic_uses_by_kind") == {"出台制度": 1}
    assert value(small, "topics_done_rate") == 100.0


def test_service_and_its_hours(small: Ledger) -> None:
    (member,) = save(small, fakes.make(CheckIn, date=MAY, person="赵某"))
    for hours in (2, 3, None):
        save(small, fakes.make(VolunteerService, check_in=member.id, date=MAY, hours=hours))
    assert value(small, "volunteer_services") == 3
    assert value(small, "volunteer_hours") == 5
    assert value(small, "members_served") == 1


def test_online_views_are_no_heads(small: Ledger) -> None:
    trip(small, at(Lecture, "甲村", heads=30, online_views=5000))
    assert value(small, "lecture_heads") == 30
    assert value(small, "lecture_online_views") == 5000


# --- campaigns, ranks, classes -------------------------------------------------------------------


def test_only_trips_of_a_campaign_or_rank(small: Ledger) -> None:
    (winter,) = save(small, fakes.make(Campaign, name="冬季行动"))
    trip(small, at(Lecture, "甲村"), campaign=winter.id, leader_rank="县处级正职")
    trip(small, at(Lecture, "甲村"), leader_rank="乡科级副职")
    assert value(small, "lecture_sessions") == 2
    assert value(small, "lecture_sessions", campaign=winter.id) == 1
    assert value(small, "lecture_sessions", rank="乡科级") == 1
    assert value(small, "trips_by_campaign") == {"冬季行动": 1, "未填": 1}
    found = figures.compute(small, FIRST, LAST, campaign=winter.id)
    assert "disputes" not in found  # a dispute is of no campaign
    assert len(figures.rows(small, "trips", FIRST, LAST, campaign=winter.id)) == 1
    assert figures.rows(small, "disputes", FIRST, LAST, campaign=winter.id) == []


def test_official_classes_beside_recorded_ones(small: Ledger) -> None:
    for theme in ("医保参保", "养老保险", "法治夜校"):
        trip(small, at(Lecture, "甲村", theme=theme))
    assert set(value(small, "lecture_by_theme")) == {"医保参保", "养老保险", "法治夜校"}
    assert value(small, "lecture_by_official_theme") == {"医保社保养老": 2, "其他": 1}
    rows = figures.rows(small, "lecture_by_official_theme", FIRST, LAST, label="医保社保养老")
    assert len(rows) == 2


def test_offices_are_named_in_order_of_code(small: Ledger) -> None:
    trip(small)
    assert value(small, "trips_by_township") == {"柳河镇": 1}


# --- declared zeros -------------------------------------------------------------------------------


def zero(kind: str, first: dt.date, last: dt.date, **over: Any) -> Any:
    return fakes.make(ZeroReport, kind=kind, first=first, last=last, **over)


def test_a_zero_report_makes_a_declared_zero(small: Ledger) -> None:
    save(small, zero("接访", FIRST, dt.date(2026, 6, 30)))
    inside = figures.compute(small, FIRST, dt.date(2026, 3, 31))
    assert inside["reception_visits"].value == 0
    assert inside["reception_visits"].text() == "无"
    assert inside["reception_by_outcome"].value == {}
    assert inside["lecture_sessions"].value is None
    assert inside["satisfaction_rate"].value is None
    assert value(small, "reception_visits") is None  # only half of the year was reported


def test_zero_reports_of_months_add_up(small: Ledger) -> None:
    save(
        small,
        zero("宣讲", dt.date(2026, 1, 1), dt.date(2026, 1, 31)),
        zero("宣讲", dt.date(2026, 2, 1), dt.date(2026, 2, 28)),
        zero("宣讲", dt.date(2026, 4, 1), dt.date(2026, 4, 30)),
    )
    assert value(small, "lecture_heads", last=dt.date(2026, 2, 28)) == 0
    assert value(small, "lecture_heads", last=dt.date(2026, 4, 30)) is None


def test_no_trips_at_all_means_no_lectures_either(small: Ledger) -> None:
    spring = dt.date(2026, 3, 31)
    save(
        small, zero("活动", FIRST, dt.date(2026, 2, 28)), zero("宣讲", dt.date(2026, 3, 1), spring)
    )
    assert value(small, "lecture_heads", last=spring) == 0  # both reports together
    assert value(small, "reception_visits", last=dt.date(2026, 2, 28)) == 0
    assert value(small, "reception_visits", last=spring) is None
    assert value(small, "topics", last=dt.date(2026, 2, 28)) is None  # a topic is no trip


def test_records_count_although_a_zero_was_reported(small: Ledger) -> None:
    save(small, zero("宣讲", FIRST, LAST))
    trip(small, at(Lecture, "甲村", heads=9))
    result = figures.compute(small, FIRST, LAST, only=["lecture_heads"])["lecture_heads"]
    assert (result.value, result.zero) == (9, False)


def test_a_county_has_a_zero_when_all_its_offices_say_so(tmp_path: Path) -> None:
    codes = [COUNTY_CODE, "990821100000", "990821101000"]
    with make_ledger(tmp_path / "县.ledger") as county:
        levels = ("县", "乡镇", "乡镇")
        save(
            county,
            *(
                fakes.make(Place, code=c, name=c, level=v)
                for c, v in zip(codes, levels, strict=True)
            ),
        )
        for n, code in enumerate(codes):
            assert value(county, "disputes") is None, n
            save(county, zero("矛盾纠纷", FIRST, LAST, office=code))
            assert value(county, "disputes", office=code) == 0
        assert value(county, "disputes") == 0


# --- reported numbers -----------------------------------------------------------------------------


def stated(figure: str, number: int, first: dt.date, last: dt.date, **over: Any) -> Any:
    return fakes.make(
        DeclaredCount, figure=figure, value=number, first=first, last=last, source="电话", **over
    )


def test_a_reported_number_stands_in_where_no_rows_are(small: Ledger) -> None:
    save(small, stated("members_checked_in", 2477, FIRST, LAST))
    result = figures.compute(small, FIRST, LAST, only=["members_checked_in"])
    assert result["members_checked_in"].value == 2477
    assert (result["members_checked_in"].rows, result["members_checked_in"].declared) == (1, 1)
    assert row_types(small, "members_checked_in") == ["declared_count"]
    assert value(small, "members_checked_in", last=dt.date(2026, 6, 30)) is None


def test_it_is_never_added_to_rows_of_the_same_scope(small: Ledger) -> None:
    spring = (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    save(small, stated("members_checked_in", 100, *spring))
    save(small, fakes.make(CheckIn, date=MAY, person="赵某"))
    assert value(small, "members_checked_in") == 101  # rows of May, a number for spring
    save(small, fakes.make(CheckIn, date=dt.date(2026, 2, 2), person="钱某"))
    assert value(small, "members_checked_in") == 2


def test_a_number_of_one_area_stands_beside_rows_of_another(small: Ledger) -> None:
    save(small, stated("members_checked_in", 40, FIRST, LAST, area="幸福小区"))
    save(small, fakes.make(CheckIn, date=MAY, person="赵某", area="和平小区"))
    assert value(small, "members_checked_in") == 41
    save(small, fakes.make(CheckIn, date=MAY, person="钱某", area="幸福小区"))
    assert value(small, "members_checked_in") == 2


def test_overlapping_numbers_are_not_added_twice(small: Ledger) -> None:
    quarter = (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    month = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    save(small, stated("lecture_heads", 310, *quarter), stated("lecture_heads", 100, *month))
    save(small, stated("lecture_heads", 320, *quarter))  # corrected
    april = (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    save(small, stated("lecture_heads", 5, *april))
    assert value(small, "lecture_heads") == 325
    assert value(small, "lecture_heads", *month) == 100


def test_of_a_stock_the_newest_number_counts(small: Ledger) -> None:
    for month, number in ((3, 20), (6, 36)):
        save(small, stated("areas_with_mechanism", number, FIRST, dt.date(2026, month, 30)))
    assert value(small, "areas_with_mechanism") == 36
    assert value(small, "areas_with_mechanism", last=dt.date(2026, 5, 31)) == 20


def test_a_number_and_records_of_other_offices_add_up(tmp_path: Path) -> None:
    with make_ledger(tmp_path / "县.ledger") as county:
        save(county, stated("films", 3, FIRST, LAST, office="990821100000"))
        save(county, stated("films", 2, FIRST, LAST, office="990821101000"))
        assert value(county, "films") == 5
        assert value(county, "films", office="990821101000") == 2
        # What the county itself reported speaks of all its offices: not on top of theirs.
        save(county, stated("films", 9, FIRST, LAST, office=COUNTY_CODE))
        assert value(county, "films") in (5, 9)


def test_a_rate_of_reported_numbers(small: Ledger) -> None:
    save(small, stated("members_checked_in", 2477, FIRST, LAST))
    save(small, stated("members_volunteering", 2251, FIRST, LAST))
    assert value(small, "members_volunteering_rate") == 90.9
