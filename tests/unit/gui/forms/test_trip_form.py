"""The trip form as a clerk uses it: at the keyboard, over an encrypted ledger."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.offices import make_office
from desktop.gui.forms import trip_sheet
from desktop.gui.forms.trip_form import TripForm
from desktop.gui.forms.trip_parts import LECTURE, PROBLEM, SUGGESTION, VISIT
from desktop.gui.forms.trip_sheet import TripSheet
from desktop.gui.operations import Operations
from desktop.ledger import drafts
from desktop.records import Activity, Onsite
from tests import fakes
from tests.unit.gui import keys

OFFICE = make_office("柳河镇", fakes.TOWNSHIP)
TODAY = dt.date(2026, 11, 23)
FRONT, BACK = fakes.place("前沟村"), fakes.place("后塬村")
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def show(qtbot: QtBot, operations: Operations):
    """A trip form that has been opened."""

    def shown(trip_id: str = "") -> TripForm:
        form = TripForm(operations, OFFICE, trip_id)
        form.desk.today = lambda: TODAY
        qtbot.addWidget(form)
        form.resize(1200, 660)
        with qtbot.waitSignal(form.opened):
            form.show()
        form.activateWindow()
        form.focus_first()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return form

    return shown


@pytest.fixture
def stored(operations: Operations, qtbot: QtBot):
    """Ask the ledger something, as a test may."""

    def ask(job):
        found: list = []
        operations.write("", lambda ledger, *_: job(ledger), found.append)
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return ask


def settle(operations: Operations, qtbot: QtBot) -> None:
    """Let everything that was asked be answered."""
    done: list[int] = []
    operations.read(lambda ledger: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))


class Clerk:
    """Somebody at the keyboard."""

    def __init__(self, operations: Operations, qtbot: QtBot) -> None:
        self._operations, self._qtbot = operations, qtbot

    def fill(self, *fields: str) -> None:
        """Type into one field after the other, Enter behind each."""
        for words in fields:
            if words:
                keys.write(words)
            settle(self._operations, self._qtbot)
            keys.press(keys.ENTER)
            settle(self._operations, self._qtbot)

    def part(self, number: int) -> None:
        """Begin a part."""
        keys.press(getattr(Qt.Key, f"Key_{number}"), ALT)

    def save(self, form: TripForm) -> TripSheet:
        """Ctrl+S."""
        with self._qtbot.waitSignal(form.saved):
            keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        assert form.before is not None
        return form.before


@pytest.fixture
def clerk(operations: Operations, qtbot: QtBot) -> Clerk:
    return Clerk(operations, qtbot)


def monday(clerk: Clerk) -> None:
    """A leader's trip to two villages: lecture, on-site office, two visitors, a suggestion."""
    clerk.fill("11-20", "lm", "", "qgc", "hyc", "")
    clerk.part(1)
    clerk.fill("fdx", "4", "58")
    clerk.part(4)
    clerk.fill("村口路灯损坏", "1", "")
    clerk.fill("灌溉渠淤堵", "2", "sl", "30天")
    clerk.part(3)
    clerk.fill("王某", "", "土地流转租金未付", "3", "jt", "+15", "")
    clerk.fill("b", "6", "要求修通组路", "1")
    clerk.part(5)
    clerk.fill("建议增加晚间班车")


def test_monday_by_keyboard_alone(show, clerk: Clerk) -> None:
    form = show()
    monday(clerk)
    assert len(form.filled_fields()) <= 30
    saved = clerk.save(form)
    trip = saved.activity
    assert (trip.date, trip.leader, trip.places) == (
        dt.date(2026, 11, 20),
        fakes.cadre("李明"),
        (FRONT, BACK),
    )
    assert (trip.leader_post, trip.leader_rank) == ("党委副书记、镇长", "乡科级正职")
    [lecture] = saved.lectures
    assert (lecture.theme, lecture.form, lecture.heads, lecture.sessions, lecture.place) == (
        "防电信网络诈骗",
        "田埂讲学",
        58,
        1,
        FRONT,
    )
    first, second = (e.problem for e in saved.problems)
    assert (first.title, first.decision, first.unit, first.due) == (
        "村口路灯损坏",
        "现场解决",
        "",
        None,
    )
    assert (second.unit, second.due) == (fakes.unit("县水利局"), dt.date(2026, 12, 20))
    one, other = saved.visits
    assert (one.person.name, one.visit.people, one.visit.outcome) == ("王某", 1, "受理并交办")
    assert (one.case.unit, one.case.due) == (fakes.unit("县交通运输局"), dt.date(2026, 12, 5))
    assert (other.person.name, other.visit.people, other.visit.collective) == (
        "不愿留名",
        6,
        True,
    )
    assert other.case is None
    [suggestion] = saved.suggestions
    assert (suggestion.channel, suggestion.date) == ("接访", trip.date)
    assert (len(saved.receptions), len(saved.onsites)) == (1, 1)


def test_reopened_it_is_the_same_and_clean(show, clerk: Clerk, stored) -> None:
    form = show()
    monday(clerk)
    saved = clerk.save(form)
    assert not form.is_dirty
    again = show(form.record_id)
    assert not again.is_dirty
    assert again.before == saved
    assert again.state() == form.state()
    assert again.value().lectures[0].speaker in ("", saved.activity.leader)
    before = stored(lambda ledger: ledger.counter)
    again.head["campaign"].editor.line.clear()
    again.save()
    assert stored(lambda ledger: ledger.counter) == before


def test_a_part_is_changed_another_crossed_out(show, clerk: Clerk) -> None:
    form = show()
    monday(clerk)
    clerk.save(form)
    again = show(form.record_id)
    again.sections[PROBLEM].rows[0].boxes["title"].editor.set_value("村口两盏路灯损坏")
    again.sections[LECTURE].rows[0].crossed.emit()
    row = again.sections[VISIT].rows[1]
    row.boxes["place"].editor.set_value(BACK)
    row._changed()
    saved = clerk.save(again)
    assert saved.problems[0].problem.title == "村口两盏路灯损坏"
    assert saved.lectures == ()
    assert again.sections[LECTURE].isHidden()
    assert {r.place for r in saved.receptions} == {FRONT, BACK}


def test_one_undo_step(show, clerk: Clerk, stored) -> None:
    form = show()
    monday(clerk)
    clerk.save(form)
    assert stored(lambda ledger: ledger.undo()) == "新建活动"
    found = stored(lambda ledger: trip_sheet.read(ledger, form.record_id))
    assert found.activity.removed
    assert stored(lambda ledger: ledger.search("路灯")) == []


def test_what_is_missing_is_said_and_numbers_may_stay_unknown(
    show, clerk: Clerk, qtbot: QtBot
) -> None:
    form = show()
    keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert {b.editor.field.name for b in form.boxes() if b.line.isVisibleTo(form)} == {
        "date",
        "leader",
        "places",
    }
    clerk.fill("j", "赵镇长")
    form.go_to(form.head["places"].editor.input())
    clerk.fill("qgc")
    clerk.part(1)
    clerk.fill("3")
    keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    asked = [b for b in form.boxes() if b.line.isVisibleTo(form)]
    assert [b.editor.field.name for b in asked] == ["form", "heads"]
    saved = clerk.save(form)
    assert (saved.lectures[0].heads, saved.activity.leader) == (None, "赵镇长")
    assert saved.activity.leader_rank == ""


def test_nothing_is_taken_for_granted_that_may_not_be(show, clerk: Clerk) -> None:
    form = show()
    for section in form.sections.values():
        row = form.start(section)
        for key in ("purpose", "satisfaction", "adoption", "rating", "outcome", "decision"):
            assert key not in row.boxes or row.boxes[key].editor.is_empty
    assert form.head["date"].editor.is_empty
    assert form.head["leader_rank"].editor.is_empty
    assert form.filled_fields() == []


def test_rank_follows_the_leader_and_day_until_somebody_writes_another(
    show, clerk: Clerk, operations: Operations, qtbot: QtBot
) -> None:
    form = show()
    rank = form.head["leader_rank"].editor
    clerk.fill("j", "wl")
    qtbot.waitUntil(lambda: rank.value() == "乡科级副职")
    form.head["date"].editor._set("2023-05-01")
    qtbot.waitUntil(lambda: rank.value() == "")
    form.head["date"].editor._set("2026-11-20")
    qtbot.waitUntil(lambda: rank.value() == "乡科级副职")
    rank.set_value("乡科级正职")
    form.head["date"].editor._set("2023-05-01")
    settle(operations, qtbot)
    assert rank.value() == "乡科级正职"


def test_with_one_place_there_is_no_place_to_choose(show, clerk: Clerk) -> None:
    form = show()
    clerk.fill("j", "lm", "", "qgc")
    row = form.start(form.sections[LECTURE])
    assert row.boxes["place"].isHidden()
    form.go_to(form.head["places"].editor.input())
    clerk.fill("hyc")
    assert not row.boxes["place"].isHidden()
    assert row.boxes["place"].editor.value() == FRONT


def test_a_second_row_keeps_place_and_theme(show, clerk: Clerk) -> None:
    form = show()
    clerk.fill("j", "lm", "", "qgc", "hyc")
    first = form.start(form.sections[LECTURE])
    first.boxes["place"].editor.set_value(BACK)
    first.boxes["theme"].editor.set_value("法律法规")
    second = form.start(form.sections[LECTURE])
    assert second.boxes["place"].editor.value() == BACK
    assert second.boxes["theme"].editor.value() == "法律法规"
    assert second.is_blank
    assert form.sections[LECTURE].counted() == [first]


def test_a_reception_nobody_came_to(show, clerk: Clerk) -> None:
    form = show()
    clerk.fill("j", "lm", "", "qgc")
    form.start(form.sections[VISIT])
    saved = clerk.save(form)
    assert [r.place for r in saved.receptions] == [FRONT]
    assert saved.visits == ()
    again = show(form.record_id)
    assert len(again.sections[VISIT].rows) == 1
    assert not again.is_dirty


def test_session_details_belong_to_their_place(show, clerk: Clerk) -> None:
    form = show()
    clerk.fill("j", "lm", "", "qgc", "hyc")
    section = form.sections[VISIT]
    for place in (FRONT, BACK):
        row = form.start(section)
        row.boxes["place"].editor.set_value(place)
        row.boxes["matter"].editor.set_value("诉求")
        row._changed()
    section.details[BACK].boxes["kind"].editor.set_value("带案下访")
    form.wrong_boxes()
    saved = clerk.save(form)
    assert {r.place: r.kind for r in saved.receptions} == {FRONT: "", BACK: "带案下访"}
    assert (
        show(form.record_id).sections[VISIT].details[BACK].boxes["kind"].editor.value()
        == "带案下访"
    )


def test_a_rule_of_a_row_speaks_at_the_row(show, clerk: Clerk) -> None:
    form = show()
    clerk.fill("j", "lm", "", "qgc")
    row = form.start(form.sections[LECTURE])
    for key, value in (("theme", "法律法规"), ("form", "座谈会"), ("heads", 5)):
        row.boxes[key].editor.set_value(value)
    row.boxes["party_heads"].editor.set_value(6)
    assert form.wrong_boxes() == [row.boxes["party_heads"]]


def test_a_draft_brings_the_whole_sheet_back(show, clerk: Clerk, stored) -> None:
    form = show()
    monday(clerk)
    form.keep_draft()
    [draft] = stored(drafts.listed)
    assert draft.title == "11-20 李明 前沟村、后塬村"
    again = show(draft.id)
    assert again.state() == form.state()
    assert again.is_new
    saved = clerk.save(again)
    assert len(saved.visits) == 2
    assert stored(drafts.listed) == []


def test_a_draft_of_changes_to_a_saved_trip(show, clerk: Clerk, stored) -> None:
    form = show()
    monday(clerk)
    clerk.save(form)
    form.sections[SUGGESTION].rows[0].boxes["content"].editor.set_value("建议周末也有班车")
    form.keep_draft()
    again = show(form.record_id)
    assert again.is_dirty
    assert not again.is_new
    saved = clerk.save(again)
    assert [s.content for s in saved.suggestions] == ["建议周末也有班车"]


def test_copy_last_brings_no_numbers(
    show, clerk: Clerk, operations: Operations, qtbot: QtBot
) -> None:
    form = show()
    monday(clerk)
    clerk.save(form)
    other = show()
    other.copy_button.click()
    qtbot.waitUntil(lambda: bool(other.sections[LECTURE].rows))
    settle(operations, qtbot)
    assert other.head["leader"].editor.value() == fakes.cadre("李明")
    assert other.head["places"].editor.value() == (FRONT, BACK)
    assert other.head["date"].editor.is_empty
    row = other.sections[LECTURE].rows[0]
    assert row.boxes["theme"].editor.value() == "防电信网络诈骗"
    assert row.boxes["heads"].editor.is_empty


def test_save_and_new_starts_an_empty_sheet(show, clerk: Clerk, qtbot: QtBot) -> None:
    form = show()
    monday(clerk)
    with qtbot.waitSignal(form.saved) as done:
        keys.press(keys.ENTER, Qt.KeyboardModifier.ControlModifier)
    assert form.is_new
    assert form.record_id != done.args[0]
    assert form.filled_fields() == []
    assert all(section.isHidden() for section in form.sections.values())
    assert form.head["date"].editor.input().hasFocus()


def test_ctrl_delete_crosses_a_row_out(show, clerk: Clerk) -> None:
    form = show()
    monday(clerk)
    form.go_to(form.sections[PROBLEM].rows[0].boxes["title"].editor.input())
    keys.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert len(form.sections[PROBLEM].rows) == 1
    assert form.sections[PROBLEM].isAncestorOf(keys.focused())


def test_tab_goes_from_top_to_bottom(show, clerk: Clerk) -> None:
    form = show()
    monday(clerk)
    form.go_to(form.sentence.line)
    wanted = [w for w in form.stops() if w.isVisibleTo(form)]
    seen = []
    for _ in wanted:
        seen.append(keys.focused())
        keys.press(Qt.Key.Key_Tab)
    assert seen == wanted


def test_a_visit_answered_after_all_keeps_its_day(show, clerk: Clerk) -> None:
    form = show()
    clerk.fill("11-20", "lm", "", "qgc", "")
    clerk.part(3)
    clerk.fill("王某", "", "低保", "3", "sl", "+15")
    row = form.sections[VISIT].rows[0]
    row.boxes["outcome"].editor.set_value("现场解决")
    row.take()
    [entry] = clerk.save(form).visits
    assert entry.case is None
    assert entry.visit.due == dt.date(2026, 12, 5)


def test_a_saved_trip_is_the_start_of_another(show, clerk: Clerk) -> None:
    form = show()
    monday(clerk)
    first = clerk.save(form).activity
    keys.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert form.is_new
    assert form.record_id != first.id
    assert form.head["leader"].editor.value() == first.leader
    assert form.head["date"].editor.is_empty
    [lecture] = form.sections[LECTURE].rows
    assert lecture.boxes["theme"].editor.value() == "防电信网络诈骗"
    assert lecture.boxes["heads"].editor.is_empty
    assert form.sections[PROBLEM].rows == []


def test_a_row_opens_the_record_that_it_is(show, clerk: Clerk) -> None:
    form = show()
    monday(clerk)
    saved = clerk.save(form)
    opened: list[tuple[str, str]] = []
    form.wanted_record.connect(lambda *which: opened.append(which))
    form.sections[VISIT].rows[0]._own.click()
    form.sections[PROBLEM].rows[1]._own.click()
    form.sections[SUGGESTION].rows[0]._own.click()
    assert opened == [
        ("case", saved.visits[0].case.id),
        ("problem", saved.problems[1].problem.id),
        ("suggestion", saved.suggestions[0].id),
    ]
    assert form.sections[LECTURE].rows[0]._own.isHidden()
    assert saved.visits[0].case.number in form.sections[VISIT].rows[0]._own.toolTip()


def test_what_is_unlikely_is_said_under_its_field(show, clerk: Clerk) -> None:
    form = show()
    clerk.fill("2026-12-24", "lm", "", "qgc", "")
    clerk.part(1)
    clerk.fill("fdx", "4", "2000")
    head, heads = form.head["date"], form.sections[LECTURE].rows[0].boxes["heads"]
    assert head.line.text() == "是以后的日期，请核对"
    assert heads.line.text() == "2,000太多，请核对"
    saved = clerk.save(form)
    assert saved.lectures[0].marks == {"heads": "2,000太多，请核对"}


def test_an_onsite_session_without_problems_is_saved_as_it_came(
    show, stored, operations: Operations, qtbot: QtBot
) -> None:
    """Imported trips have such sessions; the empty row that is offered asks for nothing."""

    def job(ledger):
        with ledger.write("导入") as rows:
            leader = fakes.cadre("李明")
            (trip,) = rows.save(Activity(date=TODAY, leader=leader, places=(FRONT,)))
            (session,) = rows.save(Onsite(activity=trip.id, place=FRONT))
        return trip.id, session.id

    trip_id, session_id = stored(job)
    form = show(trip_id)
    form.go_to(form.head["companions"].editor.input())
    keys.write("王某某")
    keys.press(keys.ENTER)
    with qtbot.waitSignal(form.saved):
        form.save()
    assert not form.is_dirty
    assert stored(lambda ledger: ledger.get(Onsite, session_id)).place == FRONT
