"""desktop/work/places.py: villages are renamed and merged, units abolished; as of any day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import InvalidRecord
from desktop.figures.lists import top_places
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Activity, FormerName, Onsite, Place, Unit
from desktop.records.identity import place_id
from desktop.work import places
from desktop.work.places import (
    effect_of,
    merge_places,
    merge_units,
    name_on,
    names_on,
    rename_place,
    rename_unit,
    successor_on,
)
from desktop.work.registers import Registers, suggest
from desktop.work.trips import trip_rows, trips_holding
from tests import fakes

JULY = dt.date(2026, 7, 1)
JUNE_30 = dt.date(2026, 6, 30)
QIAN, HOU, SHE = (fakes.place(n) for n in ("前沟村", "后塬村", "柳河社区"))


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Ledger]:
    ledger = fakes.new_ledger(tmp_path / "柳河镇.ledger")
    yield ledger
    ledger.close()


def trip(ledger: Ledger, day: dt.date, place: str) -> str:
    with ledger.write("活动") as rows:
        (activity,) = rows.save(Activity(date=day, leader="李明", places=(place,)))
        rows.save(Onsite(activity=activity.id, place=place, place_kind="村（社区）"))
    return activity.id


def problems_of(act, *args) -> dict[str, str]:
    with pytest.raises(InvalidRecord) as caught:
        act(*args)
    return caught.value.problems


# ---- renaming --------------------------------------------------------------------------------


def test_a_renamed_village_keeps_code_and_id_and_both_names(filled: Ledger) -> None:
    before = filled.get(Place, QIAN)
    renamed = rename_place(filled, QIAN, "前沟新村", JULY)
    stored = filled.get(Place, QIAN)
    assert stored == renamed
    assert before is not None
    assert (stored.id, stored.code, stored.office) == (before.id, before.code, before.office)
    assert (stored.name, stored.aliases) == ("前沟新村", "前沟村")
    (kept,) = filled.find(Query(FormerName.type))
    assert isinstance(kept, FormerName)
    assert (kept.place, kept.name, kept.until, kept.office) == (
        QIAN,
        "前沟村",
        JUNE_30,
        before.office,
    )
    assert name_on(filled, QIAN, JUNE_30) == "前沟村"
    assert name_on(filled, QIAN, JULY) == "前沟新村"


def test_it_is_one_undo_step(filled: Ledger) -> None:
    rename_place(filled, QIAN, "前沟新村", JULY)
    filled.undo()
    assert filled.get(Place, QIAN).name == "前沟村"
    assert name_on(filled, QIAN, JUNE_30) == "前沟村"
    assert filled.find(Query(FormerName.type)) == []


def test_old_ledgers_still_find_it(filled: Ledger) -> None:
    rename_place(filled, QIAN, "前沟新村", JULY)
    registers = Registers(filled)
    for words in ("前沟村", "前沟", "前沟村委会", "前沟新村", "柳河镇前沟村"):
        assert registers.place(words, fakes.TOWNSHIP) == QIAN


def test_renamed_twice_and_back(filled: Ledger) -> None:
    rename_place(filled, QIAN, "前沟新村", dt.date(2025, 1, 1))
    rename_place(filled, QIAN, "前沟村", JULY)
    assert filled.get(Place, QIAN).aliases == "前沟新村"
    days = (dt.date(2024, 12, 31), dt.date(2025, 1, 1), JUNE_30, JULY)
    assert [name_on(filled, QIAN, d) for d in days] == ["前沟村", "前沟新村", "前沟新村", "前沟村"]


def test_what_a_rename_refuses(filled: Ledger) -> None:
    assert set(problems_of(rename_place, filled, QIAN, " ", None)) == {"name", "day"}
    assert problems_of(rename_place, filled, QIAN, "前沟村", JULY)["name"] == "和现在的名称一样"
    rename_place(filled, QIAN, "前沟新村", JULY)
    assert "2026年7月1日" in problems_of(rename_place, filled, QIAN, "甲村", JULY)["day"]
    merge_places(filled, HOU, QIAN, JULY)
    assert "停用" in problems_of(rename_place, filled, HOU, "乙村", JULY)["day"]
    assert "作废" in problems_of(rename_place, filled, "0" * 32, "乙村", JULY)["name"]


def test_lists_and_reports_use_the_name_of_the_day(filled: Ledger) -> None:
    old = trip(filled, dt.date(2026, 3, 5), QIAN)
    new = trip(filled, dt.date(2026, 8, 5), QIAN)
    rename_place(filled, QIAN, "前沟新村", JULY)
    rows = trip_rows(filled, [old, new])
    assert (rows[old].places, rows[new].places) == ("前沟村", "前沟新村")
    assert trips_holding(filled, "前沟村") == [old]  # what a list shows, it finds
    assert set(trips_holding(filled, "前沟新村")) == {old, new}
    first = dt.date(2026, 1, 1)
    assert top_places(filled, first, JUNE_30, fakes.TOWNSHIP) == "前沟村"
    assert top_places(filled, first, dt.date(2026, 12, 31), fakes.TOWNSHIP) == "前沟新村"
    assert top_places(filled, first, JUNE_30) == "柳河镇前沟村"
    rename_place(filled, fakes.place("柳河镇"), "柳河新镇", JULY)
    assert top_places(filled, first, JUNE_30) == "柳河镇前沟村"
    assert top_places(filled, first, dt.date(2026, 12, 31)) == "柳河新镇前沟新村"


def test_words_and_units_have_the_name_they_have(filled: Ledger) -> None:
    unit = fakes.unit("县水利局")
    found = names_on(filled, [("集市", JULY), (unit, JULY), (QIAN, None)])
    assert found == {("集市", JULY): "集市", (unit, JULY): "县水利局", (QIAN, None): "前沟村"}


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(days=st.lists(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), max_size=5, unique=True))
def test_every_day_has_the_name_that_was_given_last(filled: Ledger, days: list[dt.date]) -> None:
    names = {dt.date.min: "前沟村"}
    with filled.rehearse():
        for number, day in enumerate(sorted(days)):
            rename_place(filled, QIAN, f"新名{number}村", day)
            names[day] = f"新名{number}村"
        for day in {d + dt.timedelta(shift) for d in days for shift in (-1, 0, 1)} | {JULY}:
            last = max(d for d in names if d <= day)
            assert name_on(filled, QIAN, day) == names[last]


# ---- merging ---------------------------------------------------------------------------------


def test_a_merged_village_goes_on_as_another(filled: Ledger) -> None:
    merge_places(filled, QIAN, HOU, JULY)
    stored = filled.get(Place, QIAN)
    assert (stored.valid_to, stored.successor, stored.name) == (JULY, HOU, "前沟村")
    assert successor_on(filled, QIAN, JUNE_30) == QIAN
    assert successor_on(filled, QIAN, JULY) == HOU
    assert successor_on(filled, HOU, JULY) == HOU
    assert successor_on(filled, "集市", JULY) == "集市"
    merge_places(filled, HOU, SHE, dt.date(2027, 1, 1))
    assert successor_on(filled, QIAN, dt.date(2026, 12, 31)) == HOU
    assert successor_on(filled, QIAN, dt.date(2027, 1, 1)) == SHE


def test_what_a_merge_refuses(filled: Ledger) -> None:
    assert set(problems_of(merge_places, filled, QIAN, "", None)) == {"into", "day"}
    assert "自己" in problems_of(merge_places, filled, QIAN, QIAN, JULY)["into"]
    township = fakes.place("柳河镇")
    assert "不能并入乡镇" in problems_of(merge_places, filled, QIAN, township, JULY)["into"]
    merge_places(filled, QIAN, HOU, JULY)
    assert "已经并入后塬村" in problems_of(merge_places, filled, QIAN, SHE, JULY)["into"]
    late = dt.date(2026, 9, 1)
    assert "倒过来" in problems_of(merge_places, filled, HOU, QIAN, late)["into"]
    assert "停用" in problems_of(merge_places, filled, SHE, QIAN, late)["day"]


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    merges=st.lists(
        st.tuples(
            st.integers(0, 5), st.integers(0, 5), st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1))
        ),
        max_size=12,
    ),
    day=st.dates(dt.date(2024, 1, 1), dt.date(2029, 1, 1)),
)
def test_successors_come_to_an_end(
    filled: Ledger, merges: list[tuple[int, int, dt.date]], day: dt.date
) -> None:
    units = [Unit(id=fakes.unit(f"局{n}"), name=f"局{n}") for n in range(6)]
    with filled.rehearse():
        with filled.write("单位") as rows:
            rows.save(*units)
        for old, into, on in merges:
            try:
                merge_units(filled, units[old].id, units[into].id, on)
            except InvalidRecord:
                continue
        for unit in units:
            end = successor_on(filled, unit.id, day)
            stored = filled.get(Unit, end)
            # It ends with one that goes on that day, and asking once more changes nothing.
            assert not (stored.successor and stored.valid_to and stored.valid_to <= day)
            assert successor_on(filled, end, day) == end
            chain = [unit.id]
            while following := filled.get(Unit, chain[-1]).successor:
                assert following not in chain
                chain.append(following)


def test_a_circle_out_of_two_ledgers_stands_still(filled: Ledger) -> None:
    """Each of two offices may have merged the other way round; a merge of packages has both."""
    with filled.write("合并") as rows:
        for one, other in ((QIAN, HOU), (HOU, QIAN)):
            place = filled.get(Place, one)
            rows.save(dataclasses.replace(place, valid_to=JULY, successor=other))
    assert successor_on(filled, QIAN, JULY) == QIAN
    assert places.leads_back(filled, Place, QIAN, QIAN)


# ---- units -----------------------------------------------------------------------------------


def test_a_renamed_unit_is_the_same_record_in_every_ledger(filled: Ledger) -> None:
    water = fakes.unit("县水利局")
    fresh = rename_unit(filled, water, "县水务局", JULY)
    assert fresh.id == fakes.unit("县水务局")
    assert (fresh.valid_from, fresh.aliases) == (JULY, "县水利局")
    old = filled.get(Unit, water)
    assert (old.valid_to, old.successor, old.name) == (JULY, fresh.id, "县水利局")
    assert successor_on(filled, water, JULY) == fresh.id
    assert (
        "请用“并入”"
        in problems_of(rename_unit, filled, fakes.unit("县交通运输局"), "县水务局", JULY)["name"]
    )


def test_a_unit_is_abolished_into_another(filled: Ledger) -> None:
    water, farms = fakes.unit("县水利局"), fakes.unit("县农业农村局")
    merge_units(filled, water, farms, JULY)
    assert successor_on(filled, water, JULY) == farms
    assert "停用" in problems_of(rename_unit, filled, water, "县水务局", JULY)["day"]


# ---- what it means ---------------------------------------------------------------------------


def test_the_effect_is_counted_before(filled: Ledger) -> None:
    for day in (dt.date(2026, 3, 5), JUNE_30, JULY):
        trip(filled, day, QIAN)
    effect = effect_of(filled, QIAN, JULY, "后塬村")
    assert (effect.before, effect.since, effect.others) == (2, 1, 0)
    assert effect.like == ("后塬村（990822101202）",)
    assert effect_of(filled, QIAN, None).like == ()


# ---- picking ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "first", "last"), [(JUNE_30, True, ""), (JULY, False, "已并入后塬村")]
)
def test_what_is_out_of_use_comes_last_and_says_so(
    filled: Ledger, day: dt.date, first: bool, last: str
) -> None:
    with filled.write("地点") as rows:
        rows.save(
            Place(
                id=place_id("990822101203"),
                code="990822101203",
                name="前沟北村",
                level="村（社区）",
                within=fakes.place("柳河镇"),
            )
        )
    merge_places(filled, QIAN, HOU, JULY)
    found = suggest(filled, ("place", "unit"), "前沟", on=day)
    assert [s.label for s in found] == (["前沟村", "前沟北村"] if first else ["前沟北村", "前沟村"])
    hint = next(s.hint for s in found if s.label == "前沟村")
    assert hint == f"柳河镇 {last}".strip()


def test_a_unit_says_what_it_is_called_now(filled: Ledger) -> None:
    rename_unit(filled, fakes.unit("县水利局"), "县水务局", JULY)
    found = {s.label: s.hint for s in suggest(filled, ("unit",), "水利局", on=JULY)}
    assert found == {"县水务局": "", "县水利局": "已更名为县水务局"}
    early = {s.label: s.hint for s in suggest(filled, ("unit",), "水利局", on=JUNE_30)}
    assert early == {"县水利局": "", "县水务局": "2026-07-01才启用"}


def test_nothing_is_written_by_a_refused_change(filled: Ledger) -> None:
    counter = filled.counter
    for act, args in ((rename_place, (QIAN, "", None)), (merge_places, (QIAN, QIAN, JULY))):
        with pytest.raises(InvalidRecord):
            act(filled, *args)
    assert filled.counter == counter
