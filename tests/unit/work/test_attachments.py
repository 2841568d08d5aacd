"""desktop/work/attachments.py: order, saving beside others, coming back with the record."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.core.errors import UserError
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Attachment, Onsite, Petitioner, Problem, Suggestion
from desktop.work import attachments
from tests import fakes


def kept(ledger: Ledger, number: int, **more: object) -> Attachment:
    """A photo whose file is stored; its row isn't."""
    sha256 = ledger.files().store(bytes([number]), f"{number}.jpg")
    one = Attachment(id=f"{number:032x}", sha256=sha256, name=f"{number}.jpg")
    return replace(one, **more)  # type: ignore[arg-type]


def trip_with_photos(ledger: Ledger, *photos: Attachment) -> str:
    with ledger.together():
        trip = Activity(id="a" * 32, date=dt.date(2026, 11, 23), leader="李明")
        attachments.save(ledger, "添加照片", trip.id, {}, photos)
        with ledger.write("新建活动") as rows:
            rows.save(trip)
    return trip.id


def test_by_the_time_they_were_taken() -> None:
    day = dt.date(2026, 11, 23)
    listed = [
        Attachment(id="1"),
        Attachment(id="2", taken=day, taken_at=dt.time(15, 0)),
        Attachment(id="3", taken=day, taken_at=dt.time(9, 0)),
        Attachment(id="4", taken=day),
        Attachment(id="5", taken=dt.date(2026, 11, 22), taken_at=dt.time(18, 0)),
    ]
    assert [a.id for a in attachments.by_time(listed)] == ["5", "3", "2", "4", "1"]


def test_only_what_differs_is_written(ledger: Ledger) -> None:
    first, second = kept(ledger, 1), kept(ledger, 2)
    trip = trip_with_photos(ledger, first, second)
    before = {a.id: a for a in attachments.attached(ledger, trip)}
    with ledger.write("别处") as rows:  # another window, meanwhile
        rows.save(replace(before[second.id], caption="座谈"))
    after = [replace(before[first.id], caption="路灯"), before[second.id], kept(ledger, 3)]
    attachments.save(ledger, "修改照片", trip, before, after)
    found = attachments.attached(ledger, trip)
    assert [(a.name, a.caption) for a in found] == [
        ("1.jpg", "路灯"),
        ("2.jpg", "座谈"),
        ("3.jpg", ""),
    ]
    attachments.save(ledger, "修改照片", trip, {a.id: a for a in found}, found[1:])
    assert [a.name for a in attachments.attached(ledger, trip)] == ["2.jpg", "3.jpg"]
    gone = ledger.get(Attachment, first.id)
    assert gone is not None
    assert gone.removed == attachments.REMOVED


def test_a_row_is_never_written_without_its_file(ledger: Ledger) -> None:
    one = kept(ledger, 1)
    ledger.files().remove([one.sha256])
    with pytest.raises(UserError, match="已经被清理"):
        trip_with_photos(ledger, one)
    assert ledger.rows("SELECT count(*) FROM attachment") == [(0,)]


def test_photos_come_back_with_the_record_that_took_them_along(ledger: Ledger) -> None:
    first, second = kept(ledger, 1), kept(ledger, 2)
    trip = trip_with_photos(ledger, first, second)
    before = {a.id: a for a in attachments.attached(ledger, trip)}
    attachments.save(ledger, "修改照片", trip, before, [before[second.id]])  # taken off before
    ledger.undo()
    attachments.save(ledger, "修改照片", trip, before, [before[second.id]])
    with ledger.write("别的") as rows:
        rows.save(Suggestion(date=dt.date(2026, 11, 23), content="路灯"))
    ledger.undo()
    with ledger.write("作废") as rows:
        rows.remove(Activity.type, trip, "重复")
        rows.remove(Attachment.type, second.id, "重复")
    with ledger.write("恢复") as rows:
        attachments.restore_with(ledger, rows, Activity.type, trip)
        rows.restore(Activity.type, trip)
    assert [a.name for a in attachments.attached(ledger, trip)] == ["2.jpg"]


def test_photos_of_a_trips_problems_are_counted_there(ledger: Ledger) -> None:
    trip = trip_with_photos(ledger, kept(ledger, 1))
    with ledger.write("新建") as rows:
        onsite = rows.save(Onsite(activity=trip, place="前沟村"))[0]
        problem = rows.save(fakes.make(Problem, onsite=onsite.id))[0]
        suggestion = rows.save(fakes.make(Suggestion, source=trip))[0]
    assert attachments.in_parts(ledger, trip) == 0
    attachments.save(ledger, "添加照片", problem.id, {}, [kept(ledger, 2), kept(ledger, 3)])
    attachments.save(ledger, "添加照片", suggestion.id, {}, [kept(ledger, 4)])
    assert attachments.in_parts(ledger, trip) == 3
    assert len(attachments.attached(ledger, trip)) == 1


def test_everybody_behind_a_trip_is_left_out_of_captions(ledger: Ledger) -> None:
    trip = trip_with_photos(ledger, kept(ledger, 1))
    with ledger.write("新建") as rows:
        onsite = rows.save(Onsite(activity=trip, place="前沟村"))[0]
        suggestion = rows.save(fakes.make(Suggestion, source=trip))[0]
        problem = rows.save(fakes.make(Problem, onsite=onsite.id))[0]
        later = rows.save(fakes.make(Problem, source=suggestion.id))[0]
        rows.save(
            Petitioner(of=suggestion.id, name="张三、李四"), Petitioner(of=problem.id, name="赵六")
        )
    assert attachments.people_of(ledger, trip) == ("张三", "李四", "赵六")
    assert attachments.people_of(ledger, later.id) == ("张三", "李四")
    assert attachments.name_in("李 四家门口", attachments.people_of(ledger, trip)) == "李四"
