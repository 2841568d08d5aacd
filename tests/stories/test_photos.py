"""Photos of a trip: two dropped, one pasted, saved, undone, brought back, seen after reopening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.gui import theme
from desktop.gui.forms.attachment_strip import AttachmentStrip
from desktop.gui.forms.trip_form import TripForm
from desktop.gui.screens.list_screen import ListScreen
from desktop.gui.screens.main_window import MainWindow
from desktop.ledger import files, health
from desktop.ledger.ledger import Ledger
from desktop.records import Activity
from desktop.work.attachments import attached
from tests import fakes
from tests.pictures import photo
from tests.unit.gui.dropping import copy_image, drop, files_of
from tests.unit.gui.keys import ENTER, press, write

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "柳河镇.ledger"
    fakes.new_ledger(made).close()
    yield made
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow):
            widget.close()


class Clerk:
    """Somebody at the window of a ledger, who waits until it has caught up."""

    def __init__(self, bot: QtBot, app: QApplication, folder: Path) -> None:
        theme.apply(app, theme.Look.LIGHT)
        self.bot = bot
        self.window = MainWindow(Ledger.open(folder, fakes.PASSWORD), today=lambda: TODAY)
        bot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        bot.waitUntil(lambda: QApplication.activeWindow() is self.window)

    def settle(self) -> None:
        """Let the ledger answer."""
        done: list[int] = []
        self.window.operations.read(lambda _ledger: 1, done.append)
        self.bot.waitUntil(lambda: bool(done))

    def form(self) -> TripForm:
        """The trip on the screen."""
        found = [w for w in self.window.findChildren(TripForm) if w.isVisible()]
        assert len(found) == 1
        return found[0]

    def strip(self) -> AttachmentStrip:
        """Its photos, none on its way."""
        [found] = self.form().findChildren(AttachmentStrip)
        self.bot.waitUntil(lambda: not found.is_busy, timeout=30_000)
        return found

    def open_trip(self, trip_id: str) -> None:
        """Open a trip from its list."""
        self.window.show_screen("trips")
        screen = next(s for s in self.window.findChildren(ListScreen) if s.isVisible())
        screen.open_record(Activity.type, trip_id)
        self.settle()
        self.settle()

    def fill(self, *fields: str) -> None:
        """Type into one field after the other, Enter behind each."""
        for words in fields:
            if words:
                write(words)
            self.settle()
            press(ENTER)
            self.settle()


def test_a_trip_with_photos(qapp: QApplication, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    clerk = Clerk(qtbot, qapp, folder)
    shots = [tmp_path / "IMG_1.jpg", tmp_path / "IMG_2.jpg"]
    for number, (path, taken) in enumerate(
        zip(shots, ("2026:11:23 14:05:00", "2026:11:23 09:41:12"), strict=True)
    ):
        path.write_bytes(photo(seed=number, taken=taken, orientation=6))
    press(Qt.Key.Key_N, CTRL, clerk.window)
    qtbot.waitUntil(lambda: bool(clerk.window.findChildren(TripForm)))
    form = clerk.form()
    clerk.settle()
    form.focus_first()
    clerk.fill("2026-11-23", "李镇长", "", "前沟村", "")

    assert drop(form, files_of(*shots))
    clerk.strip()
    screenshot = QImage(60, 40, QImage.Format.Format_RGB32)
    screenshot.fill(QColor("teal"))
    copy_image(screenshot)
    press(Qt.Key.Key_V, CTRL)
    strip = clerk.strip()
    assert [t.attachment.name for t in strip.tiles][:2] == ["IMG_2.jpg", "IMG_1.jpg"]
    strip.tiles[0].caption.input().setFocus()
    write("村委会座谈")
    with qtbot.waitSignal(form.saved, timeout=30_000):
        press(Qt.Key.Key_S, CTRL)
    trip_id = form.record_id
    assert not form.is_dirty

    strip.add_button.setFocus()
    with qtbot.waitSignal(clerk.window.operations.changed):  # one undo for trip and photos
        press(Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: strip.tiles == [])

    clerk.window.close()

    clerk = Clerk(qtbot, qapp, folder)  # the recycle bin gives the photos back with the trip
    clerk.open_trip(trip_id)
    [link] = [b for b in clerk.form().findChildren(QPushButton) if b.text() == "恢复"]
    with qtbot.waitSignal(clerk.form().saved):
        link.click()
    qtbot.waitUntil(lambda: len(clerk.strip().tiles) == 3)
    clerk.window.close()

    again = Clerk(qtbot, qapp, folder)
    again.open_trip(trip_id)
    strip = again.strip()
    qtbot.waitUntil(lambda: len(strip.tiles) == 3)
    qtbot.waitUntil(lambda: all(not t.button.icon().isNull() for t in strip.tiles))
    assert strip.tiles[0].caption.value() == "村委会座谈"
    assert strip.tiles[0].attachment.height == 60  # it was held upright
    again.window.close()

    with Ledger.open(folder, fakes.PASSWORD) as ledger:
        assert health.check(ledger) == []
        assert files.orphans(ledger) == {}
        assert len(attached(ledger, trip_id)) == 3
        for sha256 in ledger.files().all():
            assert b"PhoneMaker" not in ledger.files().read(sha256)
