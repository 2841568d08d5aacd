"""A clerk's first Monday, at the keyboard alone: an empty folder, a ledger, a trip, the summary.

The trip is that of the design: a leader in two villages with a lecture, on-site office work, two
visitors and a suggestion, in at most 30 filled fields.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import figures
from desktop.app import Program
from desktop.gui.forms.trip_form import TripForm
from desktop.gui.screens.main_window import MainWindow
from desktop.gui.screens.new_ledger import NewLedgerPage
from desktop.gui.screens.recovery import RecoveryPage
from desktop.gui.screens.report_pane import MadeDialog
from desktop.gui.screens.start import ChoicePage
from tests.unit.gui.keys import ENTER, press, write

PASSWORD = "qiancun-2026"
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
MOST = 30

# What the trip below adds up to, and nothing else moves.
MONDAY = {
    "trips": 1,
    "trip_leaders": 1,
    "lecture_sessions": 1,
    "lecture_heads": 58,
    "lecture_leaders": 1,
    "lecture_leaders_county_rank": 0,
    "lecture_leaders_township_rank": 0,
    "lecture_sessions_county_rank": 0,
    "lecture_sessions_township_rank": 0,
    "lecture_heads_county_rank": 0,
    "lecture_by_theme": {"防电信网络诈骗": 1},
    "lecture_by_form": {"田埂讲学": 1},
    "lecture_villages": 1,
    "law_lectures_with_dispute_screening": 0,
    "onsite_sessions": 1,
    "onsite_problems": 2,
    "onsite_solved_on_spot": 1,
    "onsite_scheduled": 1,
    "onsite_problems_done": 0,
    "onsite_villages": 1,
    "onsite_county_units": 0,
    "onsite_leaders": 1,
    "onsite_leaders_county_rank": 0,
    "onsite_leaders_township_rank": 0,
    "reception_sessions": 1,
    "reception_sessions_county_rank": 0,
    "reception_leaders": 1,
    "reception_visits": 2,
    "reception_visitors": 7,
    "reception_group_visits": 1,
    "reception_answered_on_spot": 1,
    "reception_assigned": 1,
    "reception_closed": 0,
    "reception_open": 2,
    "reception_closed_late": 0,
    "backlog_resolved": 0,
    "backlog_resolved_county_rank": 0,
    "backlog_resolved_township_rank": 0,
    "suggestions": 1,
    "suggestions_by_kind": {"未填": 1},
    "suggestions_by_adoption": {"未填": 1},
    "suggestions_adopted": 0,
}
MONDAY_TOO = {
    "trip_participants": 1,
    "trips_with_lecture": 1,
    "trips_with_reception": 1,
    "trips_with_onsite": 1,
    "trips_by_campaign": {"未填": 1},
    "trips_by_rank": {"未填": 1},
    "trips_by_township": {"柳河镇": 1},
    "villages_covered": 1,
    "lecture_by_official_theme": {"防电信网络诈骗": 1},
    "lecture_by_official_form": {"田埂讲学": 1},
    "lecture_by_rank": {"未填": 1},
    "lecture_by_campaign": {"未填": 1},
    "lecture_by_township": {"柳河镇": 1},
    "onsite_solved_on_spot_rate": 50.0,
    "onsite_by_campaign": {"未填": 1},
    "onsite_by_township": {"柳河镇": 1},
    "problems": 2,
    "problems_solved": 1,
    "problems_solved_rate": 50.0,
    "problems_open": 1,
    "problems_assigned": 1,
    "problems_overdue": 1,
    "problems_by_field": {"未填": 2},
    "problems_by_decision": {"现场解决": 1, "限期解决": 1},
    "problems_by_status": {"未填": 2},
    "problems_by_unit": {"未填": 1, "县水利局": 1},
    "problems_by_township": {"柳河镇": 2},
    "reception_villages": 1,
    "reception_by_kind": {"未填": 1},
    "reception_by_township": {"柳河镇": 1},
    "reception_by_outcome": {"现场解释答复": 1, "受理并交办": 1},
    "reception_by_category": {"未填": 2},
    "cases": 1,
    "cases_open": 1,
    "cases_by_category": {"未填": 1},
    "cases_by_form": {"来访": 1},
    "cases_by_township": {"柳河镇": 1},
    "suggestions_main": 1,
    "suggestions_by_official_kind": {"未填": 1},
    "suggestions_by_channel": {"接访": 1},
    "suggestions_by_township": {"柳河镇": 1},
}
"""Figures of the same records in other words; those that are 0 are left out."""


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    running = Program(qapp)
    running.start()
    yield running
    if running.window is not None:
        running.window.close()
    running.end()


class Clerk:
    """Somebody who only uses the keyboard, and waits until the window has caught up."""

    def __init__(self, bot: QtBot, program: Program) -> None:
        self.bot = bot
        self.program = program

    @property
    def window(self) -> Any:
        return self.program.window

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

    def tab_to(self, words: str) -> QPushButton:
        """Tab until the button of that name has the focus."""
        for _ in range(60):
            button = QApplication.focusWidget()
            if isinstance(button, QPushButton) and button.text() == words:
                return button
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {words} by Tab")

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

    def part(self, number: int) -> None:
        """Begin a part of the trip."""
        press(getattr(Qt.Key, f"Key_{number}"), ALT)

    def values(self) -> dict[str, Any]:
        """The figures of the year, as the ledger has them now."""
        found: list[dict[str, figures.Result]] = []
        self.window.operations.read(lambda ledger: figures.compute(ledger, *YEAR), found.append)
        self.wait_for(lambda: found)
        return {i: r.value for i, r in found[0].items()}


def first_start(clerk: Clerk) -> None:
    """From nothing to an open ledger: the office, the clerk, a password, the recovery sheet."""
    clerk.sees(ChoicePage)
    clerk.tab_to("新建台账")
    press(Qt.Key.Key_Space)
    page = clerk.sees(NewLedgerPage)
    for field, words in (
        (page.name, "柳河镇"),
        (page.code, "990821101"),
        (page.user, "李明"),
        (page.password, PASSWORD),
        (page.again, PASSWORD),
    ):
        while not field.hasFocus():
            press(Qt.Key.Key_Tab)
        write(words)
    clerk.tab_to("建立台账")
    press(Qt.Key.Key_Space)
    sheet = clerk.sees(RecoveryPage)
    while not sheet.kept.hasFocus():
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    clerk.tab_to("开始使用")
    press(Qt.Key.Key_Space)
    clerk.wait_for(lambda: isinstance(clerk.window, MainWindow))


def mondays_trip(clerk: Clerk) -> list[str]:
    """Enter the trip; returns the fields that were filled in."""
    press(Qt.Key.Key_N, CTRL, clerk.window)
    form = clerk.sees(TripForm)
    form.focus_first()
    clerk.fill("2026-11-23", "李镇长", "", "前沟村", "后塬村", "")
    clerk.part(1)
    clerk.fill("fdx", "4", "58")
    clerk.part(4)
    clerk.fill("村口路灯损坏", "1", "")
    clerk.fill("灌溉渠淤堵", "2", "县水利局", "30天")
    clerk.part(3)
    clerk.fill("王某", "", "土地流转租金未付", "3", "县农业农村局", "+15", "")
    clerk.fill("b", "6", "要求修通组路", "1")
    clerk.part(5)
    clerk.fill("建议增加晚间班车")
    with clerk.bot.waitSignal(form.saved):
        press(Qt.Key.Key_S, CTRL)
    return list(form.filled_fields())


def print_summary(clerk: Clerk, out: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make the summary's PDF from the window; returns its text."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    assert clerk.window.show_screen("figures")
    clerk.settle()
    button = clerk.tab_to("生成工作总结 PDF")
    clerk.wait_for(button.isEnabled)
    press(Qt.Key.Key_Space)
    clerk.wait_for(lambda: clerk.window.findChildren(MadeDialog))
    for dialog in clerk.window.findChildren(MadeDialog):
        dialog.close()
    with pypdfium2.PdfDocument(out) as pdf:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_an_empty_folder_becomes_a_printed_summary(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = Clerk(qtbot, program)
    first_start(clerk)
    before = clerk.values()
    fields = mondays_trip(clerk)
    assert len(fields) <= MOST
    after = clerk.values()
    changed = {i: v for i, v in after.items() if v != before[i]}
    assert {i: changed.get(i) for i in MONDAY} == MONDAY
    assert {i: v for i, v in changed.items() if v and i not in MONDAY} == MONDAY_TOO
    text = print_summary(clerk, tmp_path / "总结.pdf", monkeypatch)
    plain = "".join(text.split())
    assert "柳河镇" in plain
    for words in ("下基层活动1次", "宣讲1场次", "58人次", "2批次、7人次", "发现问题2个"):
        assert words in plain
