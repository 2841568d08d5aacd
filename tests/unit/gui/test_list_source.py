"""Columns of a list: its own, any field, those along its path, and of the recycle bin."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.core.record import RecordType
from desktop.gui.list_source import offered, paths_of, showing, source_of, voided
from desktop.gui.screens.lists import trips_source
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, Activity, Onsite, Petitioner, Problem
from tests import fakes


@pytest.mark.parametrize("of", RECORD_TYPES.values(), ids=RECORD_TYPES)
def test_every_column_that_is_offered_can_be_shown_and_sorted_by(
    ledger: Ledger, of: RecordType
) -> None:
    source = source_of(of)
    known = set(ledger.ids(source.query))
    names = [c.name for c in offered(source)]
    assert len(set(names)) == len(names)
    every = showing(source, names)
    words = every.words(ledger, list(known))
    assert {len(row) for row in words.values()} == ({len(names)} if known else set())
    for column in every.columns:
        by = replace(source.query, order=((column.sort, True),))
        numbers = ledger.row_numbers(by)
        assert set(ledger.ids_of_rows(of, numbers).values()) == known, column


def test_columns_along_the_path_and_the_number(ledger: Ledger) -> None:
    with ledger.write("记") as rows:
        (trip,) = rows.save(fakes.make(Activity, leader=fakes.cadre("李明")))
        (onsite,) = rows.save(Onsite(activity=trip.id))
        (one,) = rows.save(fakes.make(Problem, onsite=onsite.id, title="路灯", number="问-1"))
    source = showing(
        source_of(Problem.type), ["number", "onsite.activity.leader", "no such", "title"]
    )
    assert [c.title for c in source.columns] == ["编号", "带队领导（活动）", "问题"]
    assert source.words(ledger, [one.id]) == {one.id: ("问-1", "李明", "路灯")}
    assert showing(source_of(Problem.type), ["no such"]).columns == source_of(Problem.type).columns


def test_a_trip_shows_its_own_columns_and_fields(ledger: Ledger) -> None:
    with ledger.write("记") as rows:
        (trip,) = rows.save(fakes.make(Activity, leader=fakes.cadre("李明"), attendance=7))
    source = showing(trips_source(), ["attendance", "date", "kinds"])
    assert source.words(ledger, [trip.id]) == {trip.id: ("7", "2026-11-20 五", "")}


def test_citizens_stay_masked_in_chosen_columns(ledger: Ledger) -> None:
    with ledger.write("记") as rows:
        (one,) = rows.save(fakes.make(Petitioner, name="欧阳明月", phone="13812341234"))
    source = source_of(Petitioner.type)
    every = showing(source, [c.name for c in offered(source)])
    said = " ".join(every.words(ledger, [one.id])[one.id])
    assert "明月" not in said
    assert "13812341234" not in said


def test_the_bin_says_why_who_and_when(ledger: Ledger) -> None:
    ledger.now = lambda: dt.datetime(2026, 11, 20, 9, 30)
    with ledger.write("记") as rows:
        one, kept = rows.save(*(fakes.make(Problem, title=t) for t in ("路灯", "水渠")))
    with ledger.write("作废") as rows:
        rows.remove(Problem.type, one.id, "重复录入")
    source = voided(source_of(Problem.type))
    assert ledger.ids(source.query) == [one.id]
    words = source.words(ledger, [one.id])[one.id]
    assert words[-3:] == ("重复录入", fakes.USER, "2026-11-20")
    assert kept.id not in ledger.ids(source.query)


def test_paths_name_no_parent_link() -> None:
    paths = [path for path, _, _ in paths_of(Problem.type)]
    assert "onsite" not in paths
    assert "onsite.activity" not in paths
    assert "onsite.activity.leader" in paths
