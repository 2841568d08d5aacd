"""The forms of registers: posts and services inline, checked codes, zero reports, totals."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.offices import make_office
from desktop.gui.forms.cadre_form import CadreForm
from desktop.gui.forms.change_dialog import ChangeDialog, MergeDialog, RenameDialog
from desktop.gui.forms.check_in_form import CheckInForm
from desktop.gui.forms.declared_count_form import DeclaredCountForm
from desktop.gui.forms.join_dialog import JoinNamesDialog
from desktop.gui.forms.place_form import PlaceForm, UnitForm
from desktop.gui.forms.zero_report_form import ZeroReportForm
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.ledger.query import Query
from desktop.records import (
    Activity,
    Cadre,
    CheckIn,
    DeclaredCount,
    Place,
    Post,
    Unit,
    VolunteerService,
    ZeroReport,
)
from desktop.records.identity import cadre_id, place_id, unit_id
from desktop.work import places
from tests import fakes
from tests.unit.gui import keys

OFFICE = make_office("柳河镇", fakes.TOWNSHIP)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
QIAN, HOU = fakes.place("前沟村"), fakes.place("后塬村")
JULY = dt.date(2026, 7, 1)


@pytest.fixture
def show(qtbot: QtBot, operations: Operations):
    """A form that has been opened."""

    def shown(make: type[RecordForm], record_id: str = "") -> Any:
        form = make(operations, OFFICE, record_id)
        qtbot.addWidget(form)
        with qtbot.waitSignal(form.opened):
            form.show()
        form.activateWindow()
        form.desk.today = lambda: dt.date(2026, 11, 24)
        form.focus_first()
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
    done: list[int] = []
    operations.read(lambda _ledger: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))


def save(form: RecordForm, qtbot: QtBot) -> str:
    with qtbot.waitSignal(form.saved) as done:
        keys.press(Qt.Key.Key_S, CTRL, form)
    return done.args[0]


def fill(operations: Operations, qtbot: QtBot, *fields: str) -> None:
    """Type into one field after the other, Enter behind each."""
    for words in fields:
        if words:
            keys.write(words)
        settle(operations, qtbot)
        keys.press(keys.ENTER)
        settle(operations, qtbot)


# ---- cadres ----------------------------------------------------------------------------------


def test_a_post_ends_and_another_begins(show, stored, operations, qtbot: QtBot) -> None:
    form = show(CadreForm, fakes.cadre("李明"))
    (row,) = form.parts.rows
    row.boxes["end"].editor.input().setFocus()
    keys.write("2026-7-1")
    keys.press(Qt.Key.Key_1, ALT, form)
    fill(operations, qtbot, "石门镇", "党委书记", "乡科级正职", "2026-7-1")
    save(form, qtbot)
    posts = stored(lambda ledger: ledger.find(Query(Post.type, order=(("start", False),))))
    mine = [p for p in posts if p.cadre == fakes.cadre("李明")]
    assert [(p.unit, p.title, p.end) for p in mine] == [
        (fakes.place("柳河镇"), "党委副书记、镇长", JULY),
        (fakes.place("石门镇"), "党委书记", None),
    ]
    assert not form.is_dirty
    assert len(form.parts.rows) == 2
    title = stored(lambda ledger: ledger.undo())
    assert title == "修改干部"


def test_a_row_taken_off_is_void_after_saving(show, stored, qtbot: QtBot) -> None:
    form = show(CadreForm, fakes.cadre("李明"))
    form.parts.rows[0].crossed.emit()
    assert form.is_dirty
    save(form, qtbot)
    kept = stored(lambda ledger: [p.cadre for p in ledger.find(Query(Post.type))])
    assert kept == [fakes.cadre("王丽")]


def test_a_new_cadre_is_the_one_that_a_roster_would_bring(
    show, stored, operations, qtbot: QtBot
) -> None:
    form = show(CadreForm)
    form.editors["name"].set_value("赵强")
    keys.press(Qt.Key.Key_1, ALT, form)
    fill(operations, qtbot, "柳河镇", "组织委员")
    record_id = save(form, qtbot)
    assert record_id == cadre_id(fakes.COUNTY, "", "赵强", "柳河镇")
    cadre = stored(lambda ledger: ledger.get(Cadre, record_id))
    assert cadre.office == fakes.COUNTY
    again = show(CadreForm)
    again.editors["name"].set_value("赵强")
    keys.press(Qt.Key.Key_1, ALT, again)
    fill(operations, qtbot, "柳河镇", "组织委员")
    keys.press(Qt.Key.Key_S, CTRL, again)
    qtbot.waitUntil(lambda: not again.saving)
    box = next(b for b in again.boxes() if b.editor.field.name == "name")
    assert box.line.text() == "名册里赵强已经有了"


def test_a_draft_keeps_the_rows(show, operations, qtbot: QtBot) -> None:
    form = show(CadreForm, fakes.cadre("王丽"))
    state = form.state()
    keys.press(Qt.Key.Key_1, ALT, form)
    fill(operations, qtbot, "石门镇", "副书记")
    kept = form.state()
    form.set_state(state)
    assert not form.is_dirty
    form.set_state(kept)
    assert form.parts.values()[1].title == "副书记"
    form._clean = form.state()


def test_written_names_are_joined_from_the_cadres_form(
    show, stored, operations, qtbot: QtBot
) -> None:
    def trip(ledger):
        with ledger.write("活动") as rows:
            return rows.save(Activity(date=JULY, leader="王丽"))[0].id

    trip_id = stored(trip)
    form = show(CadreForm, fakes.cadre("王丽"))
    qtbot.waitUntil(lambda: form.join_link.isVisible())
    assert "1处" in form.join_link.text()
    form.join_link.click()
    (dialog,) = form.findChildren(JoinNamesDialog)
    item = dialog.list.item(0)
    assert "“王丽” → 王丽（柳河镇 党委委员、副镇长）" in item.text()
    item.setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.go.isEnabled()
    item.setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(dialog.joined):
        dialog.go.click()
    leader = stored(lambda ledger: ledger.get(Activity, trip_id).leader)
    assert leader == fakes.cadre("王丽")
    assert not form.join_link.isVisible()


# ---- check-ins -------------------------------------------------------------------------------


def test_a_check_in_with_its_services(show, stored, operations, qtbot: QtBot) -> None:
    form = show(CheckInForm)
    fill(operations, qtbot, "张伟", "县水利局", "滨河小区", "2026-4-1", "", "3")
    keys.press(Qt.Key.Key_1, ALT, form)
    fill(operations, qtbot, "2026-5-1", "1", "2", "清理楼道")
    record_id = save(form, qtbot)
    check_in = stored(lambda ledger: ledger.get(CheckIn, record_id))
    assert (check_in.unit, check_in.measures) == (fakes.unit("县水利局"), 3)
    assert check_in.volunteering is True  # the service says so
    (service,) = stored(lambda ledger: ledger.find(Query(VolunteerService.type)))
    assert (service.check_in, service.kind, service.hours) == (record_id, "环境整治", 2)
    assert (service.date, service.what) == (dt.date(2026, 5, 1), "清理楼道")


def test_a_service_needs_its_day(show, operations, qtbot: QtBot) -> None:
    form = show(CheckInForm)
    fill(operations, qtbot, "张伟")
    keys.press(Qt.Key.Key_1, ALT, form)
    fill(operations, qtbot, "", "1")
    keys.press(Qt.Key.Key_S, CTRL, form)
    assert form.status.text() == "还有1处要看，先留作草稿"
    assert form.parts.rows[0].boxes["date"].line.text() == "还没有填"
    form._clean = form.state()


# ---- zero reports ----------------------------------------------------------------------------


def test_nothing_this_month_takes_few_keys(show, stored, operations, qtbot: QtBot) -> None:
    form = show(ZeroReportForm)
    keys.press(Qt.Key.Key_1, ALT, form)
    assert form.editors["kind"].input().hasFocus()
    fill(operations, qtbot, "2")
    record_id = save(form, qtbot)
    report = stored(lambda ledger: ledger.get(ZeroReport, record_id))
    today = dt.date.today()
    assert (report.kind, report.first) == ("宣讲", today.replace(day=1))
    assert report.last.month == today.month
    assert (report.last + dt.timedelta(1)).day == 1
    assert report.marks == {}
    assert form.warning.isHidden()


def test_rows_in_the_period_are_said_and_marked(show, stored, operations, qtbot: QtBot) -> None:
    def trip(ledger):
        with ledger.write("活动") as rows:
            return rows.save(Activity(date=dt.date.today(), leader="王丽"))[0].id

    stored(trip)
    form = show(ZeroReportForm)
    form.editors["kind"].set_value("活动")
    keys.press(Qt.Key.Key_3, ALT, form)
    qtbot.waitUntil(lambda: not form.warning.isHidden())
    assert "有1条活动记录" in form.warning.text()
    record_id = save(form, qtbot)
    report = stored(lambda ledger: ledger.get(ZeroReport, record_id))
    assert "和零报告不一致" in report.marks["kind"]


# ---- declared counts -------------------------------------------------------------------------


def test_a_figure_is_chosen_by_its_name(show, stored, operations, qtbot: QtBot) -> None:
    form = show(DeclaredCountForm)
    keys.press(Qt.Key.Key_5, ALT, form)
    assert form.editors["figure"].input().hasFocus()
    fill(operations, qtbot, "dxqbd")
    assert form.editors["figure"].input().text() == "到小区报到党员"
    assert form.unit.text() == "名"
    form.go_to(form.editors["value"].input())
    keys.write("2477")
    form.go_to(form.editors["source"].input())
    keys.write("电话报送")
    record_id = save(form, qtbot)
    count = stored(lambda ledger: ledger.get(DeclaredCount, record_id))
    assert (count.figure, count.value) == ("members_checked_in", 2477)
    again = show(DeclaredCountForm, record_id)
    assert again.editors["figure"].input().text() == "到小区报到党员"
    assert again.unit.text() == "名"
    assert not again.is_dirty


def test_words_that_are_no_figure_are_refused(show) -> None:
    form = show(DeclaredCountForm)
    editor = form.editors["figure"]
    editor.set_raw("没有的数字")
    assert "没有这个数字" in editor.problem()
    assert editor.value() == ""
    editor.set_raw("宣讲活动")
    form._clean = form.state()


# ---- places and units ------------------------------------------------------------------------


def test_level_and_whole_follow_from_the_code(show, stored, qtbot: QtBot) -> None:
    form = show(PlaceForm)
    keys.write("990822101203")
    form.editors["name"].set_value("北沟村")
    record_id = save(form, qtbot)
    place = stored(lambda ledger: ledger.get(Place, record_id))
    assert record_id == place_id("990822101203")
    assert (place.level, place.settlement) == ("村（社区）", "村")
    assert (place.within, place.office) == (fakes.place("柳河镇"), fakes.COUNTY)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("99082210120", "应为12位"),
        ("990822101700", "第10至12位"),
        ("990822101201", "前沟村已经有了"),
    ],
)
def test_a_code_that_will_not_do(show, code: str, words: str, qtbot: QtBot) -> None:
    form = show(PlaceForm)
    keys.write(code)
    form.editors["name"].set_value("北沟村")
    form.editors["level"].set_value("村（社区）")
    keys.press(Qt.Key.Key_S, CTRL, form)
    qtbot.waitUntil(lambda: not form.saving)
    assert words in form._boxes["code"].line.text()
    form._clean = form.state()


def test_a_circle_of_successors_is_refused(show, stored, qtbot: QtBot) -> None:
    stored(lambda ledger: places.merge_places(ledger, QIAN, HOU, JULY))
    form = show(PlaceForm, HOU)
    form.editors["successor"].set_value(QIAN)
    keys.press(Qt.Key.Key_S, CTRL, form)
    qtbot.waitUntil(lambda: not form.saving)
    assert "绕了一圈" in form._boxes["successor"].line.text()
    form._clean = form.state()


def dialog_of(form: RecordForm, make: type[ChangeDialog], qtbot: QtBot) -> Any:
    (dialog,) = form.findChildren(make)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.what.editor.input())
    return dialog


def test_a_village_is_renamed_from_its_form(show, stored, operations, qtbot: QtBot) -> None:
    def trips(ledger):
        with ledger.write("活动") as rows:
            days = (dt.date(2026, 3, 5), dt.date(2026, 8, 5), dt.date(2026, 9, 5))
            return rows.save(*(Activity(date=d, leader="王丽", places=(QIAN,)) for d in days))

    stored(trips)
    form = show(PlaceForm, QIAN)
    form.rename_link.click()
    dialog = dialog_of(form, RenameDialog, qtbot)
    dialog.apply()
    assert dialog.what.line.text() == "还没有填"
    fill(operations, qtbot, "前沟新村", "2026-7-1")
    dialog.look()
    settle(operations, qtbot)
    said = dialog.preview.text()
    assert "2026年7月1日以前的 1 次活动仍叫“前沟村”，从2026年7月1日起的 2 次叫“前沟新村”" in said
    with qtbot.waitSignal(form.saved):
        dialog.go.click()
    qtbot.waitUntil(lambda: form.past.isVisible())
    assert form.past.text() == "曾用名：前沟村（用到2026年6月30日）"
    assert form.editors["name"].value() == "前沟新村"
    assert not form.is_dirty


def test_what_will_not_do_is_said_at_its_field(show, operations, qtbot: QtBot) -> None:
    form = show(PlaceForm, QIAN)
    form.merge_link.click()
    dialog = dialog_of(form, MergeDialog, qtbot)
    fill(operations, qtbot, "前沟村", "2026-7-1")
    dialog.apply()
    qtbot.waitUntil(lambda: bool(dialog.what.line.text()))
    assert dialog.what.line.text() == "不能并入自己"
    assert dialog.isVisible()
    dialog.reject()


def test_a_unit_is_abolished_from_its_form(show, stored, operations, qtbot: QtBot) -> None:
    form = show(UnitForm, fakes.unit("县水利局"))
    form.merge_link.click()
    dialog = dialog_of(form, MergeDialog, qtbot)
    fill(operations, qtbot, "县农业农村局", "2026-7-1")
    with qtbot.waitSignal(form.saved):
        dialog.go.click()
    qtbot.waitUntil(lambda: form.past.isVisible())
    assert form.past.text() == "从2026年7月1日起并入县农业农村局"
    assert not form.merge_link.isVisible()
    water = stored(lambda ledger: ledger.get(Unit, fakes.unit("县水利局")))
    assert water.successor == fakes.unit("县农业农村局")


def test_a_renamed_unit_goes_on_as_its_own(show, stored, operations, qtbot: QtBot) -> None:
    form = show(UnitForm, fakes.unit("县水利局"))
    form.rename_link.click()
    dialog = dialog_of(form, RenameDialog, qtbot)
    fill(operations, qtbot, "县水务局", "2026-7-1")
    with qtbot.waitSignal(form.saved):
        dialog.go.click()
    fresh = stored(lambda ledger: ledger.get(Unit, unit_id(fakes.COUNTY, "县水务局")))
    assert fresh.valid_from == JULY


def test_what_is_not_saved_comes_first(show) -> None:
    form = show(PlaceForm, QIAN)
    form.editors["aliases"].set_value("老前沟")
    form.rename()
    assert "先保存" in form.status.text()
    assert form.findChildren(RenameDialog) == []
    form._clean = form.state()
