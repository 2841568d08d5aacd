"""A village is renamed and another merged, at the keyboard alone; what was before stays as it was.

Lists, pickers, an old ledger that still has the old name, and the names in reports of either half
of the year.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.figures.lists import top_places
from desktop.gui import theme
from desktop.gui.forms.change_dialog import MergeDialog, RenameDialog
from desktop.gui.forms.place_form import PlaceForm
from desktop.gui.forms.trip_form import TripForm
from desktop.gui.pickers import OfferList
from desktop.gui.screens.importing import PlanPage
from desktop.gui.screens.main_window import MainWindow
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Activity, Lecture, Onsite, Place
from desktop.work.places import name_on, successor_on
from tests import fakes
from tests.unit.gui.keys import ENTER, press, write
from tests.unit.jobs.books import book

TODAY = dt.date(2026, 11, 24)
JULY = dt.date(2026, 7, 1)
SPRING, AUTUMN = dt.date(2026, 3, 5), dt.date(2026, 9, 7)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
QIAN, HOU, SHE = (fakes.place(n) for n in ("前沟村", "后塬村", "柳河社区"))


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.Look.LIGHT)
    ledger = fakes.new_ledger(tmp_path / "柳河镇.ledger")
    with ledger.write("活动") as rows:
        for day, place in ((SPRING, QIAN), (AUTUMN, QIAN), (dt.date(2026, 2, 2), HOU)):
            (trip,) = rows.save(Activity(date=day, leader=fakes.cadre("李明"), places=(place,)))
            rows.save(Onsite(activity=trip.id, place=place, place_kind="村（社区）"))
    shown = MainWindow(ledger, today=lambda: TODAY)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    shown.activateWindow()
    with qtbot.waitActive(shown):
        pass
    yield shown
    shown.close()
    shutil.rmtree(tmp_path / "柳河镇.ledger")


class Clerk:
    """Somebody who only uses the keyboard, and waits until the window has caught up."""

    def __init__(self, bot: QtBot, window: MainWindow) -> None:
        self.bot = bot
        self.window = window

    def wait_for(self, fact: Callable[[], Any]) -> None:
        self.bot.waitUntil(lambda: bool(fact()), timeout=60_000)

    def sees(self, kind: type[QWidget]) -> Any:
        """The widget of that kind, once it is on the screen and something has the focus."""
        self.wait_for(
            lambda: (
                any(w.isVisible() for w in self.window.findChildren(kind))
                and QApplication.focusWidget()
            )
        )
        return next(w for w in self.window.findChildren(kind) if w.isVisible())

    def tab_to(self, words: str) -> None:
        """Tab until the button of that name has the focus, and press it."""
        for _ in range(60):
            button = QApplication.focusWidget()
            if isinstance(button, QPushButton) and button.text() == words:
                press(Qt.Key.Key_Space)
                return
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {words} by Tab")

    def goes_to_list(self, name: str) -> None:
        """Tab to the names of the lists, then down to one of them."""
        for _ in range(60):
            focused = QApplication.focusWidget()
            inside = self.window.screen_now.isAncestorOf(focused)
            if inside and isinstance(focused, QPushButton) and focused.isChecked():
                break
            press(Qt.Key.Key_Tab)
        for _ in range(30):
            button = QApplication.focusWidget()
            assert isinstance(button, QPushButton)
            if button.text() == name:
                break
            press(Qt.Key.Key_Down)
        assert button.text() == name
        press(Qt.Key.Key_Space)

    def leaves_record(self) -> None:
        """Back to the list, once the dialog over the record is gone."""
        self.window.activateWindow()
        self.wait_for(QApplication.focusWidget)
        press(Qt.Key.Key_Escape)
        self.wait_for(lambda: not self.window.screen_now.pane.isVisible())

    def settle(self) -> None:
        """Let the ledger answer what was asked while typing."""
        done: list[int] = []
        self.window.operations.read(lambda _ledger: 1, done.append)
        self.wait_for(lambda: done)

    def fill(self, *fields: str) -> None:
        """Type into one field after the other, Enter behind each."""
        for words in fields:
            if words:
                write(words)
            self.settle()
            press(ENTER)
            self.settle()

    def asks(self, job: Callable[[Ledger], Any]) -> Any:
        """What the ledger holds."""
        found: list[Any] = []
        self.window.operations.read(job, found.append)
        self.wait_for(lambda: found)
        return found[0]

    def rows(self) -> list[list[str]]:
        """The list that is shown, as it reads."""
        model = self.window.screen_now.view.table.model()
        self.wait_for(
            lambda: (
                model.rowCount() and all(model.index(r, 0).data() for r in range(model.rowCount()))
            )
        )
        return [
            [str(model.index(r, c).data() or "") for c in range(model.columnCount())]
            for r in range(model.rowCount())
        ]

    def opens_place(self, name: str) -> PlaceForm:
        """Find a place in the list of places, and open it."""
        press(Qt.Key.Key_6, CTRL, self.window)
        self.goes_to_list("地点")
        at = next(n for n, row in enumerate(self.rows()) if row[1] == name)
        table = self.window.screen_now.view.table
        while QApplication.focusWidget() is not table:
            press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Home, CTRL)
        for _ in range(at):
            press(Qt.Key.Key_Down)
        press(ENTER)
        form: PlaceForm = self.sees(PlaceForm)
        self.wait_for(lambda: form.editors["name"].value() == name and form.rename_link.isVisible())
        return form

    def offers(self, words: str) -> list[tuple[str, str]]:
        """What a picker offers for words: (label, hint)."""
        write(words)
        self.settle()
        shown = self.sees(OfferList)
        items = [shown.view.item(n) for n in range(shown.view.count())]
        found = [item.data(Qt.ItemDataRole.UserRole) for item in items]
        return [(offer.label, offer.hint) for offer in found]


def rename(clerk: Clerk) -> None:
    """前沟村 is called 前沟新村 from July on."""
    form = clerk.opens_place("前沟村")
    clerk.tab_to("改名…")
    dialog = clerk.sees(RenameDialog)
    clerk.wait_for(lambda: dialog.what.editor.input().hasFocus())
    clerk.fill("前沟新村", "2026-7-1")
    clerk.wait_for(lambda: "1 次活动仍叫“前沟村”" in dialog.preview.text())
    assert "1 次叫“前沟新村”" in dialog.preview.text()
    assert dialog.go.hasFocus()
    press(Qt.Key.Key_Space)
    clerk.wait_for(form.past.isVisible)
    assert form.past.text() == "曾用名：前沟村（用到2026年6月30日）"
    clerk.leaves_record()


def merge(clerk: Clerk) -> None:
    """后塬村 is part of 柳河社区 from July on."""
    form = clerk.opens_place("后塬村")
    clerk.tab_to("并入…")
    dialog = clerk.sees(MergeDialog)
    clerk.wait_for(lambda: dialog.what.editor.input().hasFocus())
    clerk.fill("lhsq", "2026-7-1")
    clerk.wait_for(lambda: "已并入柳河社区" in dialog.preview.text())
    press(Qt.Key.Key_Space)
    clerk.wait_for(form.past.isVisible)
    assert form.past.text() == "从2026年7月1日起并入柳河社区"
    clerk.leaves_record()


def old_ledger(clerk: Clerk, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger of the spring, with the old names in it, goes in as it is."""
    rows = [
        {"date": "2026-03-12", "leader": "王丽", "theme": "移风易俗", "heads": "30", "place": words}
        for words in ("前沟村", "前沟", "前沟村委会", "后塬村")
    ]
    book(path, "lectures", rows)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    press(Qt.Key.Key_I, CTRL, clerk.window)
    clerk.tab_to("选文件")
    page = clerk.sees(PlanPage)
    clerk.wait_for(lambda: QApplication.focusWidget() is page._go)
    press(Qt.Key.Key_Space)
    clerk.wait_for(page._done.isVisible)
    assert page.findings.isHidden()  # every name was known
    press(Qt.Key.Key_Space)


def test_a_village_is_renamed_and_one_merged(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = Clerk(qtbot, window)
    rename(clerk)
    merge(clerk)

    # The record is the same, whatever it is called; each day has its name.
    place = clerk.asks(lambda ledger: ledger.get(Place, QIAN))
    assert (place.code, place.name) == (fakes.VILLAGES["前沟村"], "前沟新村")
    days = (dt.date(2026, 6, 30), JULY)
    assert clerk.asks(lambda x: [name_on(x, QIAN, d) for d in days]) == ["前沟村", "前沟新村"]
    assert clerk.asks(lambda x: [successor_on(x, HOU, d) for d in days]) == [HOU, SHE]

    # The list of trips: who was there in spring was in 前沟村.
    press(Qt.Key.Key_2, CTRL, window)
    shown = {row[0][:10]: row[2] for row in clerk.rows()}
    assert shown == {"2026-03-05": "前沟村", "2026-09-07": "前沟新村", "2026-02-02": "后塬村"}

    # A trip of September: the merged village comes last and says what it is now.
    press(Qt.Key.Key_N, CTRL, window)
    form = clerk.sees(TripForm)
    form.focus_first()
    clerk.fill("2026-9-8", "李明", "")
    assert clerk.offers("后塬") == [("后塬村", "柳河镇 已并入柳河社区")]
    press(Qt.Key.Key_Escape)
    for _ in "后塬":
        press(Qt.Key.Key_Backspace)
    assert clerk.offers("前沟村") == [("前沟新村", "柳河镇")]  # the old name still finds it
    press(ENTER)
    clerk.fill("")
    press(Qt.Key.Key_1, ALT)
    clerk.fill("fdx", "4", "58")
    with qtbot.waitSignal(form.saved):
        press(Qt.Key.Key_S, CTRL)
    trip = clerk.asks(lambda ledger: ledger.get(Activity, form.record_id))
    assert trip.places == (QIAN,)
    press(Qt.Key.Key_Escape)

    # An old ledger: all its names are those of villages that there are.
    old_ledger(clerk, tmp_path / "宣讲台账.xlsx", monkeypatch)
    lectures = clerk.asks(lambda ledger: ledger.find(Query(Lecture.type)))
    assert sorted(x.place for x in lectures) == sorted([QIAN, QIAN, QIAN, QIAN, HOU])

    # Reports: the first half of the year has the names of then.
    half = (dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    year = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    own = fakes.TOWNSHIP
    assert clerk.asks(lambda x: set(top_places(x, *half, own).split("、"))) == {"前沟村", "后塬村"}
    assert clerk.asks(lambda x: top_places(x, *year, own).split("、")[0]) == "前沟新村"

    # One key takes back the last step, and the one before.
    for _ in range(2):
        press(Qt.Key.Key_Z, CTRL, window)
        clerk.settle()
    clerk.wait_for(lambda: clerk.asks(lambda x: x.count(Query(Lecture.type))) == 0)
    assert clerk.asks(lambda x: x.get(Place, QIAN).name) == "前沟新村"
