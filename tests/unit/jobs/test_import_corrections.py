"""A ledger that comes again corrected: shown side by side, written on demand, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop import figures
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.import_report import ImportReport
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Activity, Case, Lecture, Petitioner, Reception, Visit
from desktop.work.registers import Registers
from tests.sample_year import FIRST, LAST, content, counts, records
from tests.unit.jobs.books import LECTURE, VISIT, book

ROWS: list[dict[str, Any]] = [
    {**LECTURE, "serial": 1},
    {**LECTURE, "serial": 2, "date": "2023-03-06", "leader": "张彩燕", "place": "马家坡村"},
    {**LECTURE, "serial": 3, "date": "2023-03-07", "heads": "41"},
]


class Desk:
    """A clerk with one ledger of lectures, who hands it in again and again."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self.ledger = ledger
        self.folder = folder

    def take(
        self,
        rows: Sequence[dict[str, Any]],
        name: str = "宣讲.xlsx",
        kind: str = "lectures",
        **o: Any,
    ) -> ImportReport:
        return import_ledgers(self.ledger, [book(self.folder / name, kind, rows)], **o)

    def lectures(self) -> dict[int, Lecture]:
        """By number of people."""
        found = self.ledger.find(Query(Lecture.type))
        return {x.heads or 0: x for x in found if isinstance(x, Lecture)}

    def trips(self) -> list[Activity]:
        return [x for x in self.ledger.find(Query(Activity.type)) if isinstance(x, Activity)]

    def value(self, figure: str) -> Any:
        return figures.compute(self.ledger, FIRST, LAST, only=[figure])[figure].value


@pytest.fixture
def desk(registered: Ledger, tmp_path: Path) -> Desk:
    desk = Desk(registered, tmp_path)
    assert desk.take(ROWS).added == 3
    return desk


def changed(row: int, **cells: Any) -> list[dict[str, Any]]:
    return [{**r, **(cells if n == row else {})} for n, r in enumerate(ROWS, 1)]


def test_a_changed_row_is_shown_side_by_side_and_not_written(desk: Desk) -> None:
    before = content(desk.ledger)
    report = desk.take(changed(3, heads="44", form="田埂讲学"))
    assert content(desk.ledger) == before
    assert (report.added, report.known) == (0, 2)
    (table,) = report.tables
    assert table.corrections == [
        {
            "sheet": "Sheet1",
            "row": 4,
            "serial": "3",
            "written": False,
            "changed": [
                {"column": "宣讲形式", "before": "座谈会", "after": "田埂讲学"},
                {"column": "受众人次", "before": "41", "after": "44"},
            ],
        }
    ]
    (finding,) = report.findings
    assert "原「41」，现「44」" in finding.text
    assert "--update" in finding.text


def test_an_update_is_written_onto_the_same_records(desk: Desk) -> None:
    before = desk.lectures()[41]
    trips = {t.id for t in desk.trips()}
    report = desk.take(changed(3, heads="44"), update=True)
    assert report.tables[0].corrections[0]["written"]
    after = desk.lectures()[44]
    assert after == replace(before, heads=44)
    assert {t.id for t in desk.trips()} == trips
    assert desk.value("lecture_heads") == 30 + 30 + 44
    assert health.check(desk.ledger) == []


def test_a_correction_is_one_undo_step(desk: Desk) -> None:
    before = records(desk.ledger)
    desk.take(changed(3, heads="44"), update=True)
    desk.ledger.undo()
    assert records(desk.ledger) == before


def test_correcting_twice(desk: Desk) -> None:
    first = desk.lectures()[41].id
    desk.take(changed(3, heads="44"), update=True)
    report = desk.take(changed(3, heads="45"), update=True)
    (shown,) = report.tables[0].corrections
    assert shown["changed"] == [{"column": "受众人次", "before": "44", "after": "45"}]
    assert desk.lectures()[45].id == first
    assert report.tables[0].vanished == []
    assert counts(desk.ledger)["lecture"] == 3


def test_the_corrected_ledger_again_changes_nothing(desk: Desk) -> None:
    corrected = changed(3, heads="44")
    desk.take(corrected, update=True)
    before = content(desk.ledger)
    report = desk.take(corrected, update=True)
    assert (report.added, report.known, report.findings) == (0, 3, [])
    assert content(desk.ledger) == before


@pytest.mark.parametrize("update", [False, True])
def test_the_old_file_after_the_correction_changes_nothing(desk: Desk, update: bool) -> None:
    desk.take(changed(3, heads="44"), update=True)
    desk.take(changed(3, heads="45"), update=True)
    before = content(desk.ledger)
    for rows in (ROWS, changed(3, heads="44")):
        report = desk.take(rows, update=update)
        assert (report.added, report.known, report.findings) == (0, 3, [])
    assert content(desk.ledger) == before


def test_what_was_edited_by_hand_is_never_overwritten(desk: Desk) -> None:
    lecture = desk.lectures()[41]
    with desk.ledger.write("改") as rows:
        rows.save(replace(lecture, heads=40))
    report = desk.take(changed(3, heads="44", form="田埂讲学"), update=True)
    held = desk.ledger.get(Lecture, lecture.id)
    assert held is not None
    assert (held.heads, held.form) == (40, "田埂讲学")
    kept = [f for f in report.findings if "手工改过" in f.text]
    assert [(f.row, f.column) for f in kept] == [(4, "受众")]


def test_vanished_rows_are_listed_and_stay(desk: Desk) -> None:
    before = content(desk.ledger)
    for update in (False, True):
        report = desk.take(ROWS[:2], update=update)
        (gone,) = report.tables[0].vanished
        assert gone["serial"] == "3"
        (finding,) = report.findings
        assert "没有删" in finding.text
        assert content(desk.ledger) == before


def test_another_leader_moves_the_row_to_another_trip(desk: Desk) -> None:
    lecture = desk.lectures()[41]
    assert len(desk.trips()) == 3
    desk.take(changed(3, leader="张彩燕"), update=True)
    moved = desk.lectures()[41]
    assert moved.id == lecture.id
    assert moved.activity != lecture.activity
    assert len(desk.trips()) == 3  # the emptied one went
    emptied = desk.ledger.get(Activity, lecture.activity)
    assert emptied is not None
    assert emptied.removed
    assert health.check(desk.ledger) == []


def test_another_day_joins_a_trip_that_is_there(desk: Desk) -> None:
    desk.take(changed(3, date="2023-03-05"), update=True)
    assert len(desk.trips()) == 2
    (trip,) = [t for t in desk.trips() if str(t.date) == "2023-03-05"]
    assert sum(x.activity == trip.id for x in desk.ledger.find(Query(Lecture.type))) == 2  # type: ignore[attr-defined]


def test_a_trip_that_still_has_parts_stays(desk: Desk) -> None:
    rows = [*ROWS, {**LECTURE, "serial": 4, "heads": "7"}]
    assert desk.take(rows).added == 1
    former = desk.lectures()[7].activity
    rows[3] = {**rows[3], "leader": "张彩燕"}
    desk.take(rows, update=True)
    assert len(desk.trips()) == 4
    assert desk.lectures()[7].activity != former
    assert former in {t.id for t in desk.trips()}


def test_another_quarter_with_the_same_numbers_is_no_correction(desk: Desk) -> None:
    rows = [{**r, "date": r["date"].replace("-03-", "-06-"), "place": "刘家坪村"} for r in ROWS]
    report = desk.take(rows, name="第二季度.xlsx", update=True)
    assert (report.added, report.tables[0].corrections, report.tables[0].vanished) == (3, [], [])
    assert counts(desk.ledger)["lecture"] == 6


def test_the_rank_of_a_leader_corrected(desk: Desk) -> None:
    """The rank stands in the trip, which rows share; figures by rank follow it."""
    assert desk.value("lecture_sessions_county_rank") == 0
    desk.take(changed(3, rank="县处级副职"), update=True)
    assert desk.value("lecture_sessions_county_rank") == 1


def test_the_village_corrected_leaves_the_trip_too(desk: Desk) -> None:
    before = {str(t.date): t for t in desk.trips()}
    registers = Registers(desk.ledger)
    office = desk.ledger.office.code
    new = registers.place("刘家坪村", office)
    assert before["2023-03-07"].places == (registers.place("小寨村", office),)
    desk.take(changed(3, place="刘家坪村"), update=True)
    after = {str(t.date): t for t in desk.trips()}
    assert after["2023-03-07"].places == (new,)
    assert after["2023-03-05"] == before["2023-03-05"]


def test_a_village_that_another_row_names_stays_in_the_trip(desk: Desk) -> None:
    rows = [*ROWS, {**ROWS[2], "serial": 4, "heads": "7"}]
    desk.take(rows)
    rows[3] = {**rows[3], "place": "刘家坪村"}
    desk.take(rows, update=True)
    (trip,) = [t for t in desk.trips() if str(t.date) == "2023-03-07"]
    registers = Registers(desk.ledger)
    names = ("小寨村", "刘家坪村")
    assert set(trip.places) == {registers.place(n, desk.ledger.office.code) for n in names}


def test_rows_without_numbers_pair_by_what_is_equal(desk: Desk) -> None:
    rows = [{k: v for k, v in r.items() if k != "serial"} for r in ROWS]
    other = [{**r, "date": r["date"].replace("2023", "2022")} for r in rows]
    desk.take(other, name="去年.xlsx")
    other[1] = {**other[1], "heads": "33"}
    report = desk.take(other, name="去年.xlsx", update=True)
    (shown,) = report.tables[0].corrections
    assert shown["changed"] == [{"column": "受众人次", "before": "30", "after": "33"}]


# --- visits: several records a row --------------------------------------------------------------


def test_a_visit_that_goes_on_after_all_gets_its_case(desk: Desk) -> None:
    rows = [{**VISIT, "serial": 1}, {**VISIT, "serial": 2, "matter": "工资被拖欠", "name": "李二"}]
    desk.take(rows, "接访.xlsx", "receptions")
    before = {x.id for x in desk.ledger.find(Query(Visit.type))}
    rows[1] = {**rows[1], "outcome": "交办", "unit": "县水利局"}
    desk.take(rows, "接访.xlsx", "receptions", update=True)
    (case,) = desk.ledger.find(Query(Case.type))
    assert {x.id for x in desk.ledger.find(Query(Visit.type))} == before
    assert [x.case for x in desk.ledger.find(Query(Visit.type)) if x.case] == [case.id]  # type: ignore[attr-defined]
    rows[1] = {**rows[1], "outcome": "现场答复", "unit": "", "people": "2"}
    desk.take(rows, "接访.xlsx", "receptions", update=True)
    assert desk.ledger.find(Query(Case.type)) == []
    assert [x.case for x in desk.ledger.find(Query(Visit.type)) if x.case] == []  # type: ignore[attr-defined]


def test_a_name_corrected_is_not_shown(desk: Desk) -> None:
    desk.take([{**VISIT, "serial": 1}], "接访.xlsx", "receptions")
    (before,) = desk.ledger.find(Query(Petitioner.type))
    rows = [{**VISIT, "serial": 1, "name": "王小山"}]
    report = desk.take(rows, "接访.xlsx", "receptions", update=True)
    shown = str(report.as_dict())
    assert "王大山" not in shown
    assert "王小山" not in shown
    (after,) = desk.ledger.find(Query(Petitioner.type))
    assert (after.id, after.name) == (before.id, "王小山")  # type: ignore[attr-defined]


def test_another_place_moves_the_visit_to_another_session(desk: Desk) -> None:
    rows = [{**VISIT, "serial": 1}, {**VISIT, "serial": 2, "name": "李二"}]
    desk.take(rows, "接访.xlsx", "receptions")
    assert len(desk.ledger.find(Query(Reception.type))) == 1
    rows[1] = {**rows[1], "place": "马家坡村"}
    desk.take(rows, "接访.xlsx", "receptions", update=True)
    assert len(desk.ledger.find(Query(Reception.type))) == 2
    rows[0] = {**rows[0], "place": "马家坡村"}
    desk.take(rows, "接访.xlsx", "receptions", update=True)
    assert len(desk.ledger.find(Query(Reception.type))) == 1
    assert health.check(desk.ledger) == []


def test_a_correction_that_was_undone_can_be_made_again(desk: Desk) -> None:
    corrected = changed(3, heads="44")
    desk.take(corrected, update=True)
    desk.ledger.undo()
    report = desk.take(corrected, update=True)
    assert len(report.tables[0].corrections) == 1
    assert 44 in desk.lectures()
