"""Photos and scans in a form: by drop, paste and dialog; saved with the record, taken off, seen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.record import Record
from desktop.gui import form_frame, memory
from desktop.gui.forms.attachment_strip import AttachmentStrip
from desktop.gui.forms.photo_viewer import PhotoViewer
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.ledger import drafts, files, health
from desktop.ledger.ledger import Ledger
from desktop.records import (
    Activity,
    Attachment,
    Cadre,
    Case,
    Petitioner,
    Problem,
    Reception,
    Suggestion,
    Visit,
)
from desktop.records.attachment import ILLUSTRATED
from desktop.work.attachments import attached
from desktop.work.pictures import Rules
from tests import fakes
from tests.pictures import photo, scan
from tests.unit.gui import keys
from tests.unit.gui.dropping import copy_files, copy_image, drop, files_of

DAY = dt.date(2026, 11, 20)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def show(qtbot: QtBot, operations: Operations):
    """A form that has been opened, with its strip."""

    def shown(cls: type[Record] = Suggestion, record_id: str = "") -> RecordForm:
        form = RecordForm(operations, cls.type, record_id)
        qtbot.addWidget(form)
        form.resize(900, 700)
        with qtbot.waitSignal(form.opened):
            form.show()
        form.activateWindow()
        form.focus_first()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None or bool(form.removed))
        return form

    return shown


@pytest.fixture
def stored(operations: Operations, qtbot: QtBot):
    """Ask the ledger something, as a test may."""

    def ask(job: Any) -> Any:
        found: list[Any] = []
        operations.write("", lambda ledger, *_: job(ledger), found.append)
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return ask


@pytest.fixture
def shots(tmp_path: Path) -> list[Path]:
    """Photos as they lie on a stick; the later one first."""
    found = []
    for number, taken in enumerate(("2026:11:23 15:02:00", "2026:11:23 09:41:12")):
        path = tmp_path / f"IMG_{number}.jpg"
        path.write_bytes(photo(seed=number, taken=taken))
        found.append(path)
    return found


def strip_of(form: QWidget) -> AttachmentStrip:
    [found] = form.findChildren(AttachmentStrip)
    return found


def names(strip: AttachmentStrip) -> list[str]:
    return [tile.attachment.name for tile in strip.tiles]


def wait(qtbot: QtBot, strip: AttachmentStrip) -> None:
    qtbot.waitUntil(lambda: not strip.is_busy, timeout=30_000)


def write_suggestion(form: RecordForm) -> None:
    form.editors["date"].set_value(DAY)
    form.editors["content"].set_value("村口的路灯坏了")
    form.touched()


def save(form: RecordForm, qtbot: QtBot) -> str:
    with qtbot.waitSignal(form.saved, timeout=30_000) as done:
        keys.press(Qt.Key.Key_S, CTRL, form)
    return str(done.args[0])


@pytest.mark.parametrize("name", ILLUSTRATED)
def test_records_that_may_have_photos_have_a_strip(show, name: str) -> None:
    from desktop.records import RECORD_TYPES

    strip = strip_of(show(RECORD_TYPES[name].cls))
    assert strip.tiles == []
    assert not strip.is_dirty


def test_others_have_none(show) -> None:
    assert show(Cadre).findChildren(AttachmentStrip) == []


def test_dropped_photos_are_saved_with_a_new_record(show, qtbot, stored, shots) -> None:
    form = show()
    strip = strip_of(form)
    write_suggestion(form)
    assert drop(form, files_of(*shots))
    wait(qtbot, strip)
    assert names(strip) == ["IMG_1.jpg", "IMG_0.jpg"], "by the time they were taken"
    assert not strip.tiles[0].button.icon().isNull()
    strip.tiles[0].caption.input().setFocus()
    keys.write("村口路灯")
    record_id = save(form, qtbot)
    assert not form.is_dirty

    def look(ledger: Ledger) -> list[tuple[Any, ...]]:
        assert health.check(ledger) == []
        operations = ledger.rows("SELECT title FROM operation WHERE title <> '名册'")
        assert [t for (t,) in operations] == ["添加照片", "新建意见建议"]
        return [(a.name, a.caption, a.taken_at) for a in attached(ledger, record_id)]

    assert stored(look) == [
        ("IMG_1.jpg", "村口路灯", dt.time(9, 41)),
        ("IMG_0.jpg", "", dt.time(15, 2)),
    ]
    assert stored(lambda ledger: ledger.undo()) == "新建意见建议"
    assert stored(lambda ledger: attached(ledger, record_id)) == []
    assert stored(lambda ledger: ledger.get(Suggestion, record_id)).removed


def test_photos_are_seen_again(show, qtbot, shots) -> None:
    form = show()
    write_suggestion(form)
    drop(form, files_of(*shots))
    wait(qtbot, strip_of(form))
    again = strip_of(show(Suggestion, save(form, qtbot)))
    qtbot.waitUntil(lambda: len(again.tiles) == 2)
    qtbot.waitUntil(lambda: all(not t.button.icon().isNull() for t in again.tiles))
    assert names(again) == ["IMG_1.jpg", "IMG_0.jpg"]
    assert not again.is_dirty


def test_a_screenshot_is_pasted_anywhere_but_into_words(show, qtbot) -> None:
    form = show()
    strip = strip_of(form)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    copy_image(image)
    form.editors["content"].input().setFocus()  # a text field: there are no words to paste
    keys.press(Qt.Key.Key_V, CTRL)
    wait(qtbot, strip)
    [tile] = strip.tiles
    assert tile.attachment.name.startswith("粘贴的图片")
    assert (tile.attachment.width, tile.attachment.height) == (40, 30)
    image.fill(QColor("red"))
    copy_image(image)
    strip.add_button.setFocus()
    keys.press(Qt.Key.Key_V, CTRL)
    wait(qtbot, strip)
    assert len(strip.tiles) == 2


def test_words_are_pasted_as_words(show, qtbot) -> None:
    form = show()
    QApplication.clipboard().setText("村口的路灯坏了")
    form.editors["content"].input().setFocus()
    keys.press(Qt.Key.Key_V, CTRL)
    assert form.editors["content"].value() == "村口的路灯坏了"
    assert not strip_of(form).is_busy


def test_files_are_pasted(show, qtbot, shots) -> None:
    form = show()
    copy_files(*shots)
    form.editors["content"].input().setFocus()
    keys.press(Qt.Key.Key_V, CTRL)
    wait(qtbot, strip_of(form))
    assert len(strip_of(form).tiles) == 2
    assert form.editors["content"].value() == ""


def test_files_are_chosen(show, qtbot, shots, monkeypatch) -> None:
    form = show()
    chosen = ([str(p) for p in shots], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: chosen)
    strip_of(form).add_button.setFocus()
    keys.press(Qt.Key.Key_Space)
    wait(qtbot, strip_of(form))
    assert len(strip_of(form).tiles) == 2


def test_a_ledger_that_is_dropped_is_left_to_the_window(show, tmp_path: Path) -> None:
    assert not drop(show(), files_of(tmp_path / "台账.xlsx"))


def test_what_is_refused_is_said_and_the_rest_comes_in(show, qtbot, shots, tmp_path) -> None:
    (tmp_path / "坏.jpg").write_bytes(photo()[:400])
    (tmp_path / "空.jpg").touch()
    strip = strip_of(show())
    drop(strip.parentWidget().window(), files_of(tmp_path / "坏.jpg", *shots, tmp_path / "空.jpg"))
    wait(qtbot, strip)
    assert len(strip.tiles) == 2
    said = strip._refused.text().splitlines()
    assert [s.split("」")[0] for s in said] == ["「坏.jpg", "「空.jpg"]
    assert strip._refused_row.isVisible()
    strip._heard.click()
    assert not strip._refused_row.isVisible()


def test_the_same_photo_twice_is_there_once(show, qtbot, shots) -> None:
    form = show()
    drop(form, files_of(shots[0]))
    wait(qtbot, strip_of(form))
    drop(form, files_of(shots[0]))
    wait(qtbot, strip_of(form))
    assert len(strip_of(form).tiles) == 1
    assert "已经有了" in strip_of(form)._refused.text()


def test_saving_waits_for_what_is_coming_in(show, qtbot, stored, shots) -> None:
    form = show()
    write_suggestion(form)
    drop(form, files_of(*shots))
    assert strip_of(form).is_busy
    record_id = save(form, qtbot)
    assert len(stored(lambda ledger: attached(ledger, record_id))) == 2


def test_cancel_keeps_what_is_in(show, qtbot, tmp_path) -> None:
    paths = [tmp_path / f"{n}.jpg" for n in range(8)]
    for number, path in enumerate(paths):
        path.write_bytes(photo((900, 600), seed=number))
    form = show()
    strip = strip_of(form)
    drop(form, files_of(*paths))
    assert "1/8" in strip._work.text()
    qtbot.waitUntil(lambda: len(strip.tiles) == 1, timeout=30_000)
    strip._cancel.click()
    assert not strip.is_busy
    assert not strip._work_row.isVisible()
    drop(form, files_of(paths[-1]))
    wait(qtbot, strip)
    assert names(strip)[-1] == "7.jpg"
    assert len(strip.tiles) < 8


def given(ledger: Ledger, **more: Any) -> tuple[str, str]:
    """A saved suggestion with one photo."""
    from desktop.jobs.take_pictures import keep
    from desktop.work.pictures import prepare

    with ledger.write("新建") as rows:
        record = rows.save(Suggestion(date=DAY, content="路灯", **more))[0]
    row = keep(ledger, prepare(photo(seed=9), "a.jpg", Rules()))
    with ledger.write("添加照片") as rows:
        one = rows.save(Attachment(**{**vars(row), "of": record.id, "caption": "路灯"}))[0]
    return record.id, one.id


def test_taken_off_put_back_and_taken_off_for_good(show, qtbot, ledger, stored) -> None:
    record_id, photo_id = given(ledger)
    form = show(Suggestion, record_id)
    strip = strip_of(form)
    qtbot.waitUntil(lambda: len(strip.tiles) == 1)
    strip.tiles[0].button.setFocus()
    keys.press(Qt.Key.Key_Delete)
    assert strip.tiles == []
    assert strip.add_button.hasFocus()
    assert form.is_dirty
    strip._back.click()
    assert len(strip.tiles) == 1
    assert not form.is_dirty
    strip.tiles[0].cross.click()
    save(form, qtbot)
    assert stored(lambda ledger: attached(ledger, record_id)) == []
    gone = stored(lambda ledger: ledger.get(Attachment, photo_id))
    assert gone.removed
    assert stored(files.orphans) == {}, "void, not lost"
    stored(lambda ledger: ledger.undo())
    qtbot.waitUntil(lambda: len(strip.tiles) == 1)
    assert not form.is_dirty


def test_a_caption_is_changed(show, qtbot, ledger, stored) -> None:
    record_id, photo_id = given(ledger)
    form = show(Suggestion, record_id)
    strip = strip_of(form)
    qtbot.waitUntil(lambda: len(strip.tiles) == 1)
    strip.tiles[0].caption.input().setFocus()
    keys.press(Qt.Key.Key_End)
    keys.write("修好以后")
    assert form.is_dirty
    save(form, qtbot)
    assert stored(lambda ledger: ledger.get(Attachment, photo_id)).caption == "路灯修好以后"


def test_photos_wait_in_the_draft(show, qtbot, stored, shots) -> None:
    form = show()
    write_suggestion(form)
    drop(form, files_of(*shots))
    wait(qtbot, strip_of(form))
    strip_of(form).tiles[0].caption.set_value("村口")
    form.keep_draft()
    assert stored(files.orphans) == {}, "a draft is no reason to clear a file away"
    again = show(Suggestion, form.record_id)
    strip = strip_of(again)
    assert names(strip) == ["IMG_1.jpg", "IMG_0.jpg"]
    assert strip.tiles[0].caption.value() == "村口"
    qtbot.waitUntil(lambda: all(not t.button.icon().isNull() for t in strip.tiles))
    record_id = save(again, qtbot)
    assert len(stored(lambda ledger: attached(ledger, record_id))) == 2
    assert stored(drafts.listed) == []


def test_an_offered_draft_brings_its_photos(show, qtbot, shots) -> None:
    form = show()
    write_suggestion(form)
    drop(form, files_of(*shots))
    wait(qtbot, strip_of(form))
    form.keep_draft()
    other = show()
    [link] = [b for b in other.findChildren(type(other.past_link)) if b.text() == "接着写"]
    link.click()
    assert names(strip_of(other)) == ["IMG_1.jpg", "IMG_0.jpg"]
    assert other.is_dirty
    other.drop_draft()
    assert strip_of(other).tiles == []


def test_leaving_asks_about_photos_too(show, qtbot, ledger, shots, monkeypatch) -> None:
    record_id, _ = given(ledger)
    form = show(Suggestion, record_id)
    qtbot.waitUntil(lambda: len(strip_of(form).tiles) == 1)
    assert form.can_close()
    drop(form, files_of(shots[0]))
    wait(qtbot, strip_of(form))
    monkeypatch.setattr(form_frame, "ask_leave", lambda _parent: form_frame.STAY)
    assert not form.can_close()
    monkeypatch.setattr(form_frame, "ask_leave", lambda _parent: form_frame.DROP)
    assert form.can_close()
    assert names(strip_of(form)) == ["a.jpg"]


def test_save_and_new_begins_without_photos(show, qtbot, shots) -> None:
    form = show()
    write_suggestion(form)
    drop(form, files_of(*shots))
    wait(qtbot, strip_of(form))
    with qtbot.waitSignal(form.saved):
        keys.press(Qt.Key.Key_Return, CTRL, form)
    assert strip_of(form).tiles == []
    assert not form.is_dirty


def test_what_another_window_added_stays(show, qtbot, ledger, stored, shots) -> None:
    record_id, _ = given(ledger)
    form = show(Suggestion, record_id)
    strip = strip_of(form)
    qtbot.waitUntil(lambda: len(strip.tiles) == 1)
    drop(form, files_of(shots[0]))
    wait(qtbot, strip)
    other = show(Suggestion, record_id)
    qtbot.waitUntil(lambda: len(strip_of(other).tiles) == 1)
    drop(other, files_of(shots[1]))
    wait(qtbot, strip_of(other))
    save(other, qtbot)
    qtbot.waitUntil(lambda: len(strip.tiles) == 3)
    assert form.is_dirty, "its own photo isn't saved"
    with qtbot.waitSignal(form.saved):
        form.save()
    assert len(stored(lambda ledger: attached(ledger, record_id))) == 3


def test_a_file_that_was_cleared_away_meanwhile_is_said(show, qtbot, stored, shots) -> None:
    form = show()
    write_suggestion(form)
    drop(form, files_of(shots[0]))
    wait(qtbot, strip_of(form))
    stored(lambda ledger: ledger.files().remove(files.orphans(ledger)))
    from desktop.gui import messages

    keys.press(Qt.Key.Key_S, CTRL, form)
    qtbot.waitUntil(lambda: bool(form.findChildren(messages.Notice)))
    form.findChildren(messages.Notice)[0].accept()
    assert stored(lambda ledger: ledger.rows("SELECT count(*) FROM suggestion")) == [(0,)]
    assert form.is_new
    assert len(strip_of(form).tiles) == 1


# ---- names --------------------------------------------------------------------------------------


def test_a_caption_with_the_petitioners_name_is_marked(show, qtbot, ledger) -> None:
    record_id, _ = given(ledger)
    with ledger.write("来访人") as rows:
        rows.save(Petitioner(of=record_id, name="王小明"))
    strip = strip_of(show(Suggestion, record_id))
    qtbot.waitUntil(lambda: bool(strip.tiles) and bool(strip.tiles[0].people))
    tile = strip.tiles[0]
    assert not tile.mark.isVisible()
    tile.caption.input().setFocus()
    keys.write("和王小明")
    assert tile.mark.isVisible()
    assert "群众姓名" in tile.mark.text()
    assert "不写群众姓名" in tile.caption.input().accessibleDescription()


def test_whose_names_a_caption_must_not_hold(ledger: Ledger) -> None:
    from desktop.work.attachments import name_in, people_of

    with ledger.write("新建") as rows:
        trip = rows.save(fakes.make(Activity))[0]
        reception = rows.save(fakes.make(Reception, activity=trip.id))[0]
        visit = rows.save(fakes.make(Visit, reception=reception.id))[0]
        case = rows.save(fakes.make(Case, origin=visit.id))[0]
        problem = rows.save(fakes.make(Problem))[0]
        rows.save(Petitioner(of=visit.id, name="欧阳 明月"), Petitioner(of=case.id, name="张"))
        rows.save(Petitioner(of=problem.id, name="李四"))
    for one in (trip, case):
        assert people_of(ledger, one.id) == ("欧阳明月",)
    assert people_of(ledger, problem.id) == ("李四",)
    assert name_in("和欧阳明月座谈", ("李四", "欧阳明月")) == "欧阳明月"
    assert name_in("座谈", ("李四",)) == ""


# ---- looking ------------------------------------------------------------------------------------


@pytest.fixture
def viewer(show, qtbot, ledger, tmp_path):
    """The viewer over a suggestion with a photo and a scan."""
    record_id, _ = given(ledger)
    (tmp_path / "意见.pdf").write_bytes(scan(2))
    form = show(Suggestion, record_id)
    qtbot.waitUntil(lambda: len(strip_of(form).tiles) == 1)
    drop(form, files_of(tmp_path / "意见.pdf"))
    wait(qtbot, strip_of(form))
    strip_of(form).tiles[0].button.setFocus()
    keys.press(keys.ENTER)
    found = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PhotoViewer))
    qtbot.waitUntil(lambda: found.view.has_image)
    yield found
    if shiboken6.isValid(found):
        found.close()


def test_the_viewer_turns_over_and_zooms_by_keys(viewer, qtbot) -> None:
    assert viewer.windowTitle() == "a.jpg"
    assert not viewer.back.isEnabled()
    keys.press(Qt.Key.Key_Right, into=viewer)
    assert viewer.windowTitle() == "意见.pdf"
    assert "第一页" in viewer._words.text()
    qtbot.waitUntil(lambda: viewer.view.has_image)
    keys.press(Qt.Key.Key_Right, into=viewer)
    assert viewer.at == 1
    before = viewer.view.transform().m11()
    keys.press(Qt.Key.Key_Plus, into=viewer)
    assert viewer.view.transform().m11() > before
    keys.press(Qt.Key.Key_0, into=viewer)
    assert viewer.view.transform().m11() == pytest.approx(before)
    keys.press(Qt.Key.Key_Left, into=viewer)
    assert viewer.windowTitle() == "a.jpg"


def test_the_viewer_saves_a_copy(viewer, qtbot, tmp_path, monkeypatch) -> None:
    out = tmp_path / "另存.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    keys.press(Qt.Key.Key_S, CTRL, viewer)
    qtbot.waitUntil(lambda: "已另存" in viewer._words.text())
    assert out.read_bytes().startswith(b"\xff\xd8")
    keys.press(Qt.Key.Key_Escape, into=viewer)
    qtbot.waitUntil(lambda: not any(w.isVisible() for w in _viewers()))


def _viewers() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, PhotoViewer)]


def test_everything_is_reached_by_tab(show, qtbot, ledger) -> None:
    record_id, _ = given(ledger)
    form = show(Suggestion, record_id)
    strip = strip_of(form)
    qtbot.waitUntil(lambda: len(strip.tiles) == 1)
    tile = strip.tiles[0]
    wanted = [tile.button, tile.caption.input(), tile.cross, strip.add_button]
    seen: list[QWidget] = []
    form.focus_first()
    for _ in range(40):
        keys.press(Qt.Key.Key_Tab)
        seen.append(keys.focused())
    places = [seen.index(widget) for widget in wanted]
    assert places == sorted(places)
    assert seen.index(form.save_button) > places[-1]


# ---- settings -----------------------------------------------------------------------------------


def test_the_rules_are_remembered(home: Path) -> None:
    assert memory.photo_rules() == Rules()
    memory.note_photo_rules(Rules(0, True, 20))
    assert memory.photo_rules() == Rules(0, True, 20)
    memory.note_photo_rules(Rules(5, False, 1_000_000))
    assert memory.photo_rules() == Rules()


def test_the_office_chooses_the_size(show, qtbot, tmp_path) -> None:
    memory.note_photo_rules(Rules(1600))
    (tmp_path / "a.jpg").write_bytes(photo((1800, 1200)))
    form = show()
    drop(form, files_of(tmp_path / "a.jpg"))
    wait(qtbot, strip_of(form))
    assert strip_of(form).tiles[0].attachment.width == 1600


def test_a_void_record_takes_no_photos(show, qtbot, ledger, shots) -> None:
    record_id, _ = given(ledger)
    with ledger.write("作废") as rows:
        rows.remove(Suggestion.type, record_id, "重复")
    form = show(Suggestion, record_id)
    drop(form, files_of(shots[0]))
    assert not strip_of(form).is_busy


def test_a_form_that_goes_takes_its_child_along(show, qtbot, operations, shots) -> None:
    form = RecordForm(operations, Suggestion.type)
    with qtbot.waitSignal(form.opened):
        form.show()
    strip = strip_of(form)
    takers = strip._intake._takers
    drop(form, files_of(*shots))
    qtbot.waitUntil(lambda: takers[0]._process is not None)
    child = takers[0]._process
    form.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(form))
    assert child.poll() is not None
