"""Trips entered twice, side by side: joined, kept apart and parted by buttons."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.gui.operations import Operations
from desktop.gui.screens.double_trips import DoubleTripsDialog
from desktop.gui.screens.home import HomeScreen
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Lecture
from desktop.work import doubles
from tests import fakes

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def twice(ledger: Ledger) -> tuple[str, str]:
    """A trip of the township, and the same as the county office keeps it."""
    place = fakes.place("前沟村")
    made = []
    with ledger.write("新建活动") as rows:
        for office, theme in ((fakes.TOWNSHIP, "移风易俗"), (fakes.COUNTY, "高额彩礼整治")):
            (trip,) = rows.save(
                fakes.make(
                    Activity, date=DAY, leader=fakes.cadre("李明"), places=(place,), office=office
                )
            )
            rows.save(fakes.make(Lecture, activity=trip.id, place=place, theme=theme, heads=30))
            made.append(trip.id)
    return made[0], made[1]


@pytest.fixture
def dialog(twice: tuple[str, str], operations: Operations, qtbot: QtBot) -> DoubleTripsDialog:
    shown = DoubleTripsDialog(operations)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: shown._pairs.count() > 0)
    return shown


def words(dialog: DoubleTripsDialog) -> str:
    return " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def buttons(dialog: DoubleTripsDialog, text: str) -> list[QPushButton]:
    found = dialog.findChildren(QPushButton)
    return [one for one in found if one.text() == text and one.isVisible()]


def test_both_trips_stand_side_by_side_with_what_they_share(dialog: DoubleTripsDialog) -> None:
    shown = words(dialog)
    assert "柳河镇" in shown
    assert "清岚县" in shown
    assert "同一天、同一领导、同在前沟村，都有宣讲" in shown
    assert "＝ 宣讲　移风易俗" in shown  # the one lecture there, in other words
    assert len(buttons(dialog, "以这条为准")) == 2


def test_the_chosen_one_counts_and_the_other_can_be_parted(
    dialog: DoubleTripsDialog, twice: tuple[str, str], operations: Operations, qtbot: QtBot
) -> None:
    buttons(dialog, "以这条为准")[0].click()
    qtbot.waitUntil(lambda: bool(buttons(dialog, "重新分开")))
    found: list[str] = []
    operations.read(lambda ledger: doubles.main_of(ledger, twice[1]), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [twice[0]]
    assert "没有可能重复的活动" in words(dialog)
    buttons(dialog, "重新分开")[0].click()
    qtbot.waitUntil(lambda: not buttons(dialog, "重新分开"))


def test_what_is_not_the_same_is_gone_from_the_list(
    dialog: DoubleTripsDialog, qtbot: QtBot
) -> None:
    buttons(dialog, "不是同一次")[0].click()
    qtbot.waitUntil(lambda: "没有可能重复的活动" in words(dialog))


def test_a_trip_is_opened(dialog: DoubleTripsDialog, twice: tuple[str, str], qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.wanted_record) as done:
        buttons(dialog, "打开")[0].click()
    assert done.args[0] == "activity"
    assert done.args[1] in twice


def test_the_first_screen_says_so(
    twice: tuple[str, str], operations: Operations, qtbot: QtBot
) -> None:
    screen = HomeScreen(operations, lambda: DAY)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(screen._twice.isVisible)
    with qtbot.waitSignal(screen.wanted_doubles):
        screen._doubles.click()
