"""Entering quickly, at the keyboard alone: one sentence, a pasted table, pinned fields.

What is saved moves exactly the figures that it should, and no other.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import figures
from desktop.gui import theme
from desktop.gui.forms.table_entry import TableEntry
from desktop.gui.forms.trip_form import TripForm
from desktop.gui.screens.main_window import MainWindow
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Activity, Lecture, Problem
from tests import fakes
from tests.unit.gui.keys import ENTER, press, write

TODAY = dt.date(2026, 11, 23)
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SENTENCE = "11月20日，李镇长到前沟村、后塬村宣讲反诈，58人，解决路灯1个，老支书很高兴"

# What the sentence adds up to; of the other figures none but those that now have a base move.
ONE_SENTENCE = {
    "trips": 1,
    "trip_leaders": 1,
    "lecture_sessions": 1,
    "lecture_heads": 58,
    "lecture_leaders": 1,
    "lecture_leaders_township_rank": 1,
    "lecture_sessions_township_rank": 1,
    "lecture_by_theme": {"防电信网络诈骗": 1},
    "lecture_by_form": {"田埂讲学": 1},
    "lecture_villages": 1,
    "lecture_heads_township_rank": 58,
    "lecture_by_official_theme": {"防电信网络诈骗": 1},
    "lecture_by_official_form": {"田埂讲学": 1},
    "lecture_by_rank": {"乡科级正职": 1},
    "lecture_by_campaign": {"未填": 1},
    "lecture_by_township": {"柳河镇": 1},
    "trips_township_rank": 1,
    "trip_leaders_township_rank": 1,
    "trip_participants": 1,
    "trips_with_lecture": 1,
    "trips_with_onsite": 1,
    "trips_by_campaign": {"未填": 1},
    "trips_by_rank": {"乡科级正职": 1},
    "trips_by_township": {"柳河镇": 1},
    "villages_covered": 1,
    "villages_reached": 1,
    "villages_covered_rate": 33.3,  # of the three of the register
    "townships_covered": 1,
    "townships_covered_rate": 50.0,
    "onsite_solved_on_spot_rate": 100.0,
    "onsite_sessions_township_rank": 1,
    "onsite_by_campaign": {"未填": 1},
    "onsite_by_township": {"柳河镇": 1},
    "problems": 1,
    "problems_solved": 1,
    "problems_solved_rate": 100.0,
    "problems_by_field": {"未填": 1},
    "problems_by_decision": {"现场解决": 1},
    "problems_by_status": {"未填": 1},
    "problems_by_unit": {"未填": 1},
    "problems_by_township": {"柳河镇": 1},
    "onsite_sessions": 1,
    "onsite_problems": 1,
    "onsite_solved_on_spot": 1,
    "onsite_villages": 1,
    "onsite_leaders": 1,
    "onsite_leaders_township_rank": 1,
}

TEN = "\n".join(
    [
        "序号\t日期\t领导\t村（社区）\t宣讲主题\t形式\t受众人次",
        "1\t2026.11.2\t李明\t前沟村\t反诈\t田埂讲学\t30",
        "2\t11月3日\t李镇长\t后塬村\t乡村振兴\t集中宣讲\t约40人",
        "3\t11-3\t李明\t前沟村\t民法典\t集中宣讲\t50人次",
        "4\t二〇二六年十一月五日\t王丽\t柳河社区\t反诈\t集中宣讲\t６０",
        "5\t2月30日\t王丽\t前沟村\t反诈\t集中宣讲\t10",  # mended below: 11-6
        "6\t2026/11/9\t王丽\t后塬村\t反诈\t集中宣讲\t几十人",  # mended below: 20
        "7\t2026-11-10\t赵大\t赵家湾村\t反诈\t集中宣讲\t15",
        "8\t2026-11-11\t李明\t前沟村\t反诈\t田埂讲学\t0",
        "9\t2026-11-12\t李明\t前沟村\t反诈\t田埂讲学\t25",
        "10\t2026-11-12\t李明\t前沟村\t反诈\t田埂讲学\t25",
    ]
)
TEN_LECTURES = {
    "trips": 8,
    "trip_leaders": 3,
    "lecture_sessions": 10,
    "lecture_heads": 30 + 40 + 50 + 60 + 10 + 20 + 15 + 0 + 25 + 25,
    "lecture_leaders": 3,
    "lecture_leaders_township_rank": 2,
    "lecture_sessions_township_rank": 9,
    "lecture_by_theme": {"反诈": 8, "乡村振兴": 1, "民法典": 1},
    "lecture_by_form": {"田埂讲学": 4, "集中宣讲": 6},
    "lecture_villages": 4,
    "lecture_heads_township_rank": 260,
    "lecture_by_official_theme": {"防电信网络诈骗": 8, "乡村振兴": 1, "法律法规": 1},
    "lecture_by_official_form": {"集中宣讲": 6, "田埂讲学": 4},
    "lecture_by_rank": {"乡科级正职": 6, "乡科级副职": 3, "未填": 1},
    "lecture_by_campaign": {"未填": 10},
    "lecture_by_township": {"柳河镇": 10},
    "trips_township_rank": 7,
    "trip_leaders_township_rank": 2,
    "trip_participants": 3,
    "trips_with_lecture": 8,
    "trips_by_campaign": {"未填": 8},
    "trips_by_rank": {"乡科级正职": 4, "乡科级副职": 3, "未填": 1},
    "trips_by_township": {"柳河镇": 8},
    "villages_covered": 4,
    "villages_reached": 3,  # no register knows 赵家湾村
    "villages_covered_rate": 100.0,
    "townships_covered": 1,
    "townships_covered_rate": 50.0,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "柳河镇.ledger"
    fakes.new_ledger(folder).close()
    return folder


@pytest.fixture
def window(made: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    folder = tmp_path / "柳河镇.ledger"
    shutil.copytree(made, folder)
    theme.apply(qapp, theme.Look.LIGHT)
    opened = MainWindow(Ledger.open(folder, fakes.PASSWORD), lambda: TODAY)
    opened.resize(1366, 768)
    opened.show()
    opened.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield opened
    for form in opened.findChildren(TripForm):
        form._clean = form.state()
    for table in opened.findChildren(TableEntry):
        table.grid.model_of.clear()
        table.close()
    opened.close()


class Clerk:
    """Somebody who only uses the keyboard, and waits until the window has caught up."""

    def __init__(self, bot: QtBot, window: MainWindow) -> None:
        self.bot, self.window = bot, window

    def wait_for(self, fact: Callable[[], Any]) -> None:
        self.bot.waitUntil(lambda: bool(fact()), timeout=20_000)

    def settle(self) -> None:
        done: list[int] = []
        self.window.operations.read(lambda _ledger: 1, done.append)
        self.wait_for(lambda: done)

    def ask(self, job: Callable[[Ledger], Any]) -> Any:
        found: list[Any] = []
        self.window.operations.write("", lambda ledger, *_: job(ledger), found.append)
        self.wait_for(lambda: found)
        return found[0]

    def values(self) -> dict[str, Any]:
        found = self.ask(lambda ledger: figures.compute(ledger, *YEAR))
        return {i: r.value for i, r in found.items()}

    def new_trip(self) -> TripForm:
        press(Qt.Key.Key_N, CTRL, self.window)
        self.wait_for(lambda: self.window.findChildren(TripForm))
        form = self.window.findChildren(TripForm)[-1]
        self.wait_for(lambda: form.isVisible() and form.is_open)
        form.desk.today = lambda: TODAY
        form.focus_first()
        self.settle()
        return form

    def fill(self, *fields: str) -> None:
        for words in fields:
            if words:
                write(words)
            self.settle()
            press(ENTER)
            self.settle()

    def say(self, form: TripForm, words: str) -> None:
        """Write a sentence into the line on top, and fill it in."""
        press(Qt.Key.Key_L, CTRL)
        write(words)
        press(ENTER)
        self.wait_for(form.sentence.told.text)
        self.settle()


@pytest.fixture
def clerk(qtbot: QtBot, window: MainWindow) -> Clerk:
    return Clerk(qtbot, window)


def moved(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What is another number now; a figure that only got a base, and is 0, stays out."""
    return {i: v for i, v in after.items() if v != before[i] and v}


def test_one_sentence_becomes_a_saved_trip(clerk: Clerk) -> None:
    before = clerk.values()
    form = clerk.new_trip()
    clerk.say(form, SENTENCE)
    assert "老支书很高兴" in form.sentence.told.text()
    assert form.head["leader"].line.text() == "按「李镇长」找到的，请核对"
    clerk.fill("4")  # the cursor stands in the gap: how the lecture was held
    with clerk.bot.waitSignal(form.saved):
        press(Qt.Key.Key_S, CTRL)
    assert moved(before, clerk.values()) == ONE_SENTENCE
    [trip] = clerk.ask(lambda ledger: ledger.find(Query(Activity.type)))
    assert trip.summary == "老支书很高兴"
    [problem] = clerk.ask(lambda ledger: ledger.find(Query(Problem.type)))
    assert problem.title == "路灯"
    # The test works on a copy of a ledger: another PC, so it counts under the next letter.
    assert re.fullmatch(r"柳河-问-B-\d{4}-0001", problem.number)


def test_one_key_takes_the_filling_back(clerk: Clerk) -> None:
    form = clerk.new_trip()
    empty = form.state()
    clerk.say(form, SENTENCE)
    press(Qt.Key.Key_F9)
    clerk.settle()
    assert form.head["leader"].editor.is_empty
    assert form.state()["parts"] == empty["parts"]
    assert form.sentence.line.text() == SENTENCE
    assert not form.is_dirty


def test_ten_lectures_are_pasted_mended_and_saved(clerk: Clerk) -> None:
    before = clerk.values()
    press(Qt.Key.Key_T, CTRL, clerk.window)
    clerk.wait_for(lambda: clerk.window.findChildren(TableEntry))
    [table] = clerk.window.findChildren(TableEntry)
    clerk.wait_for(lambda: table.isVisible() and QApplication.focusWidget() is table.grid)
    QApplication.clipboard().setText(TEN)
    press(Qt.Key.Key_V, CTRL)
    clerk.wait_for(lambda: table.checked is not None)
    for words, row, column in (("11-6", 4, 0), ("20", 5, 5)):
        press(Qt.Key.Key_S, CTRL, table)  # refused: it stands, and the cursor goes there
        current = table.grid.currentIndex()
        assert (current.row(), current.column()) == (row, column)
        press(Qt.Key.Key_F2)
        press(Qt.Key.Key_A, CTRL)
        write(words)
        press(Qt.Key.Key_Tab)
        clerk.wait_for(lambda: table.checked is not None)
    notes = [n.text for n in table.grid.model_of.notes.values()]
    assert "填了0，请核对" in notes
    assert "和第9行一样，可能重复" in notes
    with clerk.bot.waitSignal(table.saved):
        press(Qt.Key.Key_S, CTRL, table)
    assert moved(before, clerk.values()) == TEN_LECTURES
    lectures = clerk.ask(lambda ledger: ledger.find(Query(Lecture.type)))
    assert sorted(x.heads for x in lectures if "heads" in x.marks) == [0, 40]
    assert clerk.ask(lambda ledger: ledger.undo()) == "表格录入宣讲活动10行"
    assert clerk.values() == before


def test_pinned_fields_stay_for_the_next_record(clerk: Clerk) -> None:
    before = clerk.values()
    form = clerk.new_trip()
    clerk.fill("11-20", "lm")
    form.go_to(form.head["leader"].editor.input())
    press(Qt.Key.Key_F7)
    form.go_to(form.head["places"].editor.input())
    clerk.fill("前沟村", "")
    press(Qt.Key.Key_1, ALT)
    clerk.fill("fdx", "4", "58")
    with clerk.bot.waitSignal(form.saved):
        press(ENTER, CTRL)
    clerk.settle()
    assert form.is_new
    assert form.head["leader"].editor.value() == fakes.cadre("李明")
    assert form.head["places"].editor.is_empty
    assert "已钉住" in form.pins.pins["leader"].text()
    assert not form.is_dirty
    form.go_to(form.head["date"].editor.input())
    clerk.fill("11-21")
    form.go_to(form.head["places"].editor.input())
    clerk.fill("后塬村", "")
    press(Qt.Key.Key_1, ALT)
    clerk.fill("fdx", "4", "42")
    with clerk.bot.waitSignal(form.saved):
        press(Qt.Key.Key_S, CTRL)
    after = moved(before, clerk.values())
    assert (after["trips"], after["trip_leaders"], after["lecture_heads"]) == (2, 1, 100)
    assert "onsite_problems" not in after
