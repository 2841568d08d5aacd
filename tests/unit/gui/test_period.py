"""Periods, and the dialog that asks for days."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.gui import period


@pytest.mark.parametrize(
    ("of", "day", "first", "last", "words"),
    [
        (period.month_of, "2024-02-10", "2024-02-01", "2024-02-29", "2024年2月"),
        (period.month_of, "2026-12-31", "2026-12-01", "2026-12-31", "2026年12月"),
        (period.quarter_of, "2026-11-20", "2026-10-01", "2026-12-31", "2026年第四季度"),
        (period.quarter_of, "2026-01-01", "2026-01-01", "2026-03-31", "2026年第一季度"),
        (period.year_of, "2026-11-20", "2026-01-01", "2026-12-31", "2026年"),
    ],
)
def test_periods_of_a_day(of, day: str, first: str, last: str, words: str) -> None:
    found = of(dt.date.fromisoformat(day))
    assert (found.first.isoformat(), found.last.isoformat(), found.words) == (first, last, words)


def test_everything_is_no_filter() -> None:
    assert period.everything().whole
    assert not period.year_of(dt.date(2026, 1, 1)).whole


def test_days_are_typed_as_clerks_write_them(qtbot: QtBot) -> None:
    dialog = period.DaysDialog(period.everything())
    qtbot.addWidget(dialog)
    first, last = dialog.findChildren(QLineEdit)
    first.setText("2026年1月5日")
    last.setText("2026.3.2")
    with qtbot.waitSignal(dialog.picked) as done:
        dialog._accept()
    assert done.args[0].words == "2026年1月5日至3月2日"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "", "都要填"),
        ("2026-3-2", "2026-1-5", "在结束日期后面"),
        ("2026-2-30", "2026-3-1", "没有"),
    ],
)
def test_what_is_wrong_is_said_at_the_dialog(
    qtbot: QtBot, first: str, last: str, said: str
) -> None:
    dialog = period.DaysDialog(period.everything())
    qtbot.addWidget(dialog)
    for field, text in zip(dialog.findChildren(QLineEdit), (first, last), strict=True):
        field.setText(text)
    with qtbot.assertNotEmitted(dialog.picked):
        dialog._accept()
    assert said in dialog._wrong.text()
