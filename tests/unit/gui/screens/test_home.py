"""The first screen: what was left unfinished, what the month adds up to."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.gui.period import month_of
from desktop.gui.screens.home import HomeScreen
from desktop.ledger import drafts
from desktop.ledger.drafts import Draft
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Lecture
from tests import fakes

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def show(ledger: Ledger, request, qtbot: QtBot):
    def shown() -> HomeScreen:
        screen = HomeScreen(request.getfixturevalue("operations"), lambda: TODAY)
        qtbot.addWidget(screen)
        screen.resize(1200, 700)
        screen.show()
        qtbot.waitUntil(lambda: screen._figures.count() > 0)
        return screen

    return shown


def trip(ledger: Ledger, day: dt.date) -> str:
    with ledger.write("新建活动") as rows:
        (made,) = rows.save(fakes.make(Activity, date=day))
        rows.save(fakes.make(Lecture, activity=made.id, heads=58))
    return made.id


def words(screen: HomeScreen) -> str:
    return " ".join(one.text() for one in screen.findChildren(QLabel) if one.isVisible())


def test_an_empty_ledger_says_how_to_begin(show) -> None:
    screen = show()
    assert "这本台账还是空的" in words(screen)
    assert not screen._numbers.isVisible()


def test_the_month_in_numbers(show, ledger: Ledger, qtbot: QtBot) -> None:
    trip(ledger, TODAY)
    screen = show()
    qtbot.waitUntil(lambda: "58" in words(screen))
    assert "这本台账还是空的" not in words(screen)


def test_without_a_trip_this_month_the_last_month_that_had_one(
    show, ledger: Ledger, qtbot: QtBot
) -> None:
    trip(ledger, dt.date(2026, 8, 3))
    screen = show()
    qtbot.waitUntil(lambda: screen.month.period == month_of(dt.date(2026, 8, 1)))


def test_a_number_leads_to_its_figure(show, ledger: Ledger, qtbot: QtBot) -> None:
    trip(ledger, TODAY)
    screen = show()
    qtbot.waitUntil(lambda: "58" in words(screen))
    button = next(b for b in screen.findChildren(QPushButton) if b.text() == "受教育党员群众")
    with qtbot.waitSignal(screen.wanted_figures) as done:
        button.click()
    assert done.args == ["lecture_heads", month_of(TODAY)]


def test_what_was_left_unfinished_is_offered(show, ledger: Ledger, qtbot: QtBot) -> None:
    drafts.save(ledger, Draft("d" * 32, "activity", "11-19 前沟村", {}))
    screen = show()
    qtbot.waitUntil(lambda: screen._unfinished.isVisible())
    button = next(b for b in screen.findChildren(QPushButton) if "前沟村" in b.text())
    with qtbot.waitSignal(screen.wanted_record) as done:
        button.click()
    assert done.args == ["activity", "d" * 32]
