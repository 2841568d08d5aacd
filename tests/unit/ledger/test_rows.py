"""desktop/ledger/rows.py: save, make void, restore, undo; stamps, index and history agree."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
import sqlcipher3.dbapi2 as driver

from desktop.core.errors import InvalidRecord
from desktop.core.fields import is_id
from desktop.core.ids import new_id
from desktop.core.record import Record
from desktop.ledger import health, history
from desktop.ledger.ledger import UNDONE, Ledger
from desktop.ledger.query import Query
from desktop.records import (
    Activity,
    Cadre,
    Case,
    Fieldwork,
    Lecture,
    Onsite,
    Place,
    Problem,
    Topic,
)
from tests.ledgers import COUNTY, TOWNSHIP

DAY = dt.date(2026, 6, 9)


def save(ledger: Ledger, *records: Record, title: str = "保存", batch: str = "") -> list[Record]:
    with ledger.write(title, batch=batch) as rows:
        return rows.save(*records)


def save_one_by_one(ledger: Ledger, *records: Record) -> None:
    with ledger.write("保存") as rows:
        for record in records:
            rows.save(record)


def stamps(ledger: Ledger, record: Record) -> tuple[int, dict[str, list]]:
    row = ledger.rows(
        f'SELECT counter, stamps FROM "{record.type.name}" WHERE id = ?', [record.id]
    )[0]
    return row[0], json.loads(row[1] or "{}")


def trip() -> list[Record]:
    """A trip with a lecture, and a problem two steps below it."""
    activity = Activity(id=new_id(), date=DAY, leader="李明", places=("前沟村",))
    lecture = Lecture(id=new_id(), activity=activity.id, theme="惠民政策", place="前沟村")
    onsite = Onsite(id=new_id(), activity=activity.id, place="前沟村")
    problem = Problem(id=new_id(), onsite=onsite.id, title="路灯不亮")
    return [activity, lecture, onsite, problem]


def found(ledger: Ledger, words: str) -> set[str]:
    return {hit.id for hit in ledger.search(words)}


# ---- saving -------------------------------------------------------------------------------------


def test_a_new_record_gets_id_and_office(ledger: Ledger) -> None:
    (saved,) = save(ledger, Cadre(name="张三"))
    assert is_id(saved.id)
    assert saved.office == TOWNSHIP
    assert ledger.get(Cadre, saved.id) == saved
    (of_county,) = save(ledger, Cadre(name="李四", office=COUNTY))
    assert of_county.office == COUNTY


def test_only_what_changed_is_stamped(ledger: Ledger) -> None:
    (saved,) = save(ledger, Case(matter="路灯不亮", received=DAY, unit="县水利局"))
    own = ledger.meta("installation")
    assert stamps(ledger, saved) == (1, {})
    save(ledger, replace(saved, unit="县住建局"))
    assert stamps(ledger, saved) == (1, {"unit": [2, own]})
    save(ledger, replace(saved, unit="县住建局", status="在办"))
    assert stamps(ledger, saved) == (1, {"unit": [2, own], "status": [3, own]})
    save(ledger, replace(saved, unit="县水利局", status="在办"))
    assert stamps(ledger, saved) == (1, {"unit": [4, own], "status": [3, own]})
    assert ledger.rows("SELECT installation, counter FROM knows") == [(own, 4)]


def test_an_edit_settles_what_a_merge_left_open(ledger: Ledger) -> None:
    (saved,) = save(ledger, Case(matter="路灯不亮", received=DAY))
    for field in ("unit", "status"):
        ledger.db.execute("INSERT INTO sibling VALUES (?, ?, 9, 'x', '乙')", [saved.id, field])
    save(ledger, replace(saved, unit="甲"))
    assert ledger.rows("SELECT field FROM sibling") == [("status",)]


def test_what_does_not_change_writes_nothing(ledger: Ledger) -> None:
    (saved,) = save(ledger, Cadre(name="张三"))
    (same,) = save(ledger, saved)
    assert same == saved
    assert ledger.counter == 1


def test_the_office_of_a_record_is_fixed(ledger: Ledger) -> None:
    (saved,) = save(ledger, Cadre(name="张三"))
    with pytest.raises(InvalidRecord, match="不能改") as caught:
        save(ledger, replace(saved, office=COUNTY, name="李四"))
    assert set(caught.value.problems) == {"office"}
    assert ledger.get(Cadre, saved.id) == saved


def test_a_required_field_may_lack_only_with_a_mark(ledger: Ledger) -> None:
    with pytest.raises(InvalidRecord, match="登记日期还没有填"):
        save(ledger, Case(matter="路灯不亮"))
    save(ledger, Case(matter="路灯不亮", marks={"received": "台账没有写"}))
    assert ledger.count(Query(Case.type)) == 1


def test_parts_may_be_saved_before_what_they_are_part_of(ledger: Ledger) -> None:
    records = trip()
    save(ledger, *reversed(records))
    assert health.check(ledger) == []


def test_a_part_of_nothing_is_not_kept(ledger: Ledger) -> None:
    with pytest.raises(driver.IntegrityError, match="FOREIGN KEY"):
        save(ledger, Lecture(activity=new_id(), theme="惠民政策"))
    assert ledger.count(Query(Lecture.type)) == 0
    assert ledger.counter == 0
    save(ledger, Cadre(name="张三"))  # the ledger goes on


def test_a_link_may_point_to_what_is_not_here(ledger: Ledger) -> None:
    save(ledger, Case(matter="路灯不亮", received=DAY, origin=new_id()))
    assert ["来自" in f.text for f in health.check(ledger)] == [True]


def test_many_records_at_once(ledger: Ledger) -> None:
    records = [Case(matter=f"第{n}件", received=DAY, people=n + 1) for n in range(1500)]
    saved = save(ledger, *records)
    assert len({s.id for s in saved}) == 1500
    assert ledger.fetch(Case, [s.id for s in saved]) == saved
    changed = [replace(s, people=s.people + 1) for s in saved]  # type: ignore[attr-defined]
    save(ledger, *changed)
    assert ledger.fetch(Case, [s.id for s in saved]) == changed
    assert ledger.count(Query(Case.type)) == 1500
    assert len(ledger.search("第 件", limit=9999)) == 1500
    assert health.check(ledger) == []


def test_one_operation_may_change_a_record_twice(ledger: Ledger) -> None:
    with ledger.write("两次") as rows:
        (saved,) = rows.save(Case(matter="路灯不亮", received=DAY))
        rows.save(replace(saved, matter="路灯亮了"))
        rows.save(replace(saved, matter="路灯又不亮", status="在办"))
    assert ledger.get(Case, saved.id).matter == "路灯又不亮"
    assert health.check(ledger) == []
    ledger.undo()
    assert ledger.get(Case, saved.id).removed == UNDONE


# ---- titles and links ---------------------------------------------------------------------------


def test_a_record_is_found_by_what_was_saved_with_it(ledger: Ledger) -> None:
    """In any order of one save: the words of a link are those of its target."""
    place = Place(id=new_id(), code="990801101201", name="前沟村", level="村（社区）")
    cadre, topic = Cadre(id=new_id(), name="欧阳明月"), Topic(id=new_id(), name="土地流转")
    activity = Activity(id=new_id(), date=DAY, leader=cadre.id, places=(place.id,))
    part = Fieldwork(id=new_id(), activity=activity.id, topic=topic.id, place=place.id)
    save(ledger, part, activity, topic, cadre, place)
    assert found(ledger, "欧阳明月") == {cadre.id, activity.id}
    assert found(ledger, "前沟") == {place.id, activity.id, part.id}
    assert ledger.titles.words(activity.id) == "2026-06-09 欧阳明月 前沟村"
    assert ledger.titles.words(part.id) == "土地流转 前沟村"


def test_a_new_name_is_found_wherever_it_stands(ledger: Ledger) -> None:
    (place,) = save(ledger, Place(code="990801101201", name="前沟村", level="村（社区）"))
    (cadre,) = save(ledger, Cadre(name="李明"))
    (trip_,) = save(ledger, Activity(date=DAY, leader=cadre.id, places=("县城", place.id)))
    (case,) = save(ledger, Case(matter="路灯", received=DAY, lead_cadre=cadre.id, place=place.id))
    save(ledger, replace(place, name="桃花源"), replace(cadre, name="李小明"))
    assert found(ledger, "桃花源") == {place.id, trip_.id}
    assert found(ledger, "thy") == {place.id, trip_.id}
    assert found(ledger, "小明") == {cadre.id, trip_.id}
    assert found(ledger, "前沟村") == set()
    assert ledger.titles.words(trip_.id) == "2026-06-09 李小明 县城、桃花源"
    assert ledger.texts(case)["lead_cadre"] == "李小明"
    assert health.check(ledger) == []
    ledger.undo()
    assert found(ledger, "前沟村") == {place.id, trip_.id}


def test_what_rolled_back_has_no_name(ledger: Ledger) -> None:
    saved = Cadre(id=new_id(), name="张三")
    with pytest.raises(InvalidRecord):
        save_one_by_one(ledger, saved, Cadre(name=""))
    assert ledger.titles.words(saved.id) == ""


# ---- void and back ------------------------------------------------------------------------------


def test_making_void_takes_the_parts_along(ledger: Ledger) -> None:
    records = trip()
    save(ledger, *records)
    with ledger.write("作废") as rows:
        rows.remove(Activity.type, records[0].id, "重复录入")
    for record in records:
        assert ledger.get(type(record), record.id).removed == "重复录入"
        assert ledger.count(Query(record.type)) == 0
        assert ledger.ids(Query(record.type, removed=True)) == [record.id]
    assert found(ledger, "前沟村") == found(ledger, "路灯") == set()
    with ledger.write("恢复") as rows:
        rows.restore(Activity.type, records[0].id)
    assert [ledger.get(type(r), r.id).removed for r in records] == [""] * 4
    assert found(ledger, "路灯") == {records[3].id}
    assert health.check(ledger) == []


@pytest.mark.parametrize("reason", ["", "  ", "　"])
def test_making_void_wants_a_reason(ledger: Ledger, reason: str) -> None:
    (saved,) = save(ledger, Cadre(name="张三"))
    with pytest.raises(InvalidRecord, match="写明原因"), ledger.write("作废") as rows:
        rows.remove(Cadre.type, saved.id, reason)
    assert ledger.get(Cadre, saved.id).removed == ""


@pytest.mark.parametrize("reasons", [("录错了", "重复录入"), ("重复录入", "重复录入")])
def test_what_was_void_before_stays_void(ledger: Ledger, reasons: tuple[str, str]) -> None:
    activity, lecture, *_ = save(ledger, *trip())
    for record, reason in ((lecture, reasons[0]), (activity, reasons[1])):
        with ledger.write("作废") as rows:
            rows.remove(record.type, record.id, reason)
    with ledger.write("恢复") as rows:
        rows.restore(Activity.type, activity.id)
    assert ledger.get(Activity, activity.id).removed == ""
    assert ledger.get(Lecture, lecture.id).removed == reasons[0]


def test_void_twice_changes_nothing(ledger: Ledger) -> None:
    (saved,) = save(ledger, Cadre(name="张三"))
    for reason in ("调走", "又一个原因"):
        with ledger.write("作废") as rows:
            rows.remove(Cadre.type, saved.id, reason)
    assert ledger.get(Cadre, saved.id).removed == "调走"
    assert ledger.counter == 2


# ---- undo ---------------------------------------------------------------------------------------


def test_nothing_to_undo(ledger: Ledger) -> None:
    assert ledger.undo() == ""
    assert ledger.counter == 0


def test_undo_goes_back_step_by_step_as_new_edits(ledger: Ledger) -> None:
    (saved,) = save(ledger, Case(matter="一", received=DAY), title="登记")
    save(ledger, replace(saved, matter="二"), title="改一")
    save(ledger, replace(saved, matter="三"), title="改二")
    assert ledger.undo() == "改二"
    assert ledger.get(Case, saved.id).matter == "二"
    assert ledger.undo() == "改一"
    assert ledger.get(Case, saved.id).matter == "一"
    assert ledger.undo() == "登记"
    assert ledger.get(Case, saved.id).removed == UNDONE
    assert ledger.undo() == ""
    titles = [o.title for o, _ in history.of_record(ledger.db, saved.id)]
    assert titles == ["撤销：登记", "撤销：改一", "撤销：改二", "改二", "改一", "登记"]
    assert health.check(ledger) == []


def test_after_an_undo_new_steps_are_undone_first(ledger: Ledger) -> None:
    (saved,) = save(ledger, Case(matter="一", received=DAY), title="登记")
    save(ledger, replace(saved, matter="二"), title="改一")
    ledger.undo()
    save(ledger, replace(saved, matter="三"), title="改二")
    assert [ledger.undo(), ledger.undo(), ledger.undo()] == ["改二", "登记", ""]


def test_a_batch_is_one_step(ledger: Ledger) -> None:
    (kept,) = save(ledger, Cadre(name="张三"), title="新增")
    (one,) = save(ledger, Case(matter="一", received=DAY), title="导入一", batch="b")
    save(ledger, replace(kept, note="导入"), title="导入二", batch="b")
    assert ledger.undo() == "导入二"
    assert ledger.get(Case, one.id).removed == UNDONE
    assert ledger.get(Cadre, kept.id) == kept
    assert ledger.undo() == "新增"


def test_undo_of_a_removal(ledger: Ledger) -> None:
    records = save(ledger, *trip())
    with ledger.write("作废") as rows:
        rows.remove(Activity.type, records[0].id, "错了")
    assert ledger.undo() == "作废"
    assert [ledger.get(type(r), r.id) for r in records] == records
    assert found(ledger, "路灯") == {records[3].id}


def test_what_somebody_changed_since_stays(ledger: Ledger) -> None:
    one, two = save(
        ledger,
        Case(matter="一", received=DAY, status="在办"),
        Case(matter="二", received=DAY),
        title="导入",
        batch="import",
    )
    save(ledger, replace(one, status="办结", result="已修"), title="办结")
    batch = [r[0] for r in ledger.rows("SELECT counter FROM operation WHERE batch = 'import'")]
    with ledger.write("撤销导入", undoes="import") as rows:
        assert rows.undo(batch, UNDONE) == (1, 1)
    assert ledger.get(Case, one.id).removed == ""
    assert ledger.get(Case, two.id).removed == UNDONE


def test_undo_of_an_edit_leaves_later_edits(ledger: Ledger) -> None:
    (saved,) = save(ledger, Case(matter="一", received=DAY))
    save(ledger, replace(saved, matter="二", status="在办"), title="甲")
    save(ledger, replace(saved, matter="三", status="在办"), title="乙")
    with ledger.write("撤销甲") as rows:
        assert rows.undo([2], UNDONE) == (1, 0)
    after = ledger.get(Case, saved.id)
    assert (after.matter, after.status) == ("三", "")


def test_an_undo_that_finds_nothing_to_do_is_done(ledger: Ledger) -> None:
    """Else the same step would be offered for ever, and none before it."""
    (first,) = save(ledger, Cadre(name="张三"), title="新增")
    save(ledger, replace(first, note="甲"), title="改")
    with ledger.write("合并来的修改", undoes="x") as rows:  # not a step that undo takes back
        rows.save(replace(first, note="乙"))
    assert ledger.undo() == "改"
    assert ledger.get(Cadre, first.id).note == "乙"
    assert ledger.undo() == "新增"
    assert ledger.undo() == ""
    assert health.check(ledger) == []
