"""Editors for days and times: typed in any form that clerks write, never preset.

A day without a year is the nearest such day (a due date: the first on or after the day it counts
from), so that 12-30 typed in January is last year's. 今 or j is today, 昨 or z yesterday.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout

from desktop.core.days import parse_day
from desktop.core.fields import Field
from desktop.core.periods import WEEK
from desktop.gui import theme
from desktop.gui.desk import Desk
from desktop.gui.editor import LineEditor
from desktop.gui.translate import tr

_WIDEST = "2026-10-20 周三"
_WORDS = {"今": 0, "今天": 0, "j": 0, "昨": -1, "昨天": -1, "z": -1, "前": -2, "前天": -2}
_WORDS |= {"明": 1, "明天": 1, "m": 1}


def weekday(day: date) -> str:
    """2026-11-20 -> 周五."""
    return tr("周{0}").format(WEEK[day.weekday()])


def read_day(text: str, today: date, since: date | None = None) -> date | None:
    """Read what a person types for a day.

    Args:
        text: the words.
        today: the day on which they are typed.
        since: the day from which a due date counts: 30天 and +30 count from it.

    Raises:
        ValueError: with a Chinese sentence.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain in _WORDS:
        return today + timedelta(_WORDS[plain])
    if found := re.fullmatch(r"\+(\d{1,4})|(\d{1,4})天(?:内|之内|以内)?", plain):
        return (since or today) + timedelta(int(found[1] or found[2]))
    if found := re.fullmatch(r"(\d{2})(\d{2})", plain):
        plain = f"{found[1]}-{found[2]}"
    if since is not None:
        read = parse_day(plain, on_or_after=since)
        if read.day is None and read.problem:
            raise ValueError(read.problem)
        return read.day
    reads = [parse_day(plain, year) for year in (today.year, today.year - 1, today.year + 1)]
    days = [read.day for read in reads if read.day is not None]
    if not days and reads[0].problem:
        raise ValueError(reads[0].problem)
    return min(days, key=lambda day: abs(day - today)) if days else None


class DayEditor(LineEditor):
    """A day as words; ↑ and ↓ go a day on or back, F4 opens a calendar."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self.since: date | None = None  # a due date counts from here
        self.past = False  # what happened: a day to come is unlikely
        self._calendar: QFrame | None = None
        self.line.set_prompt(tr("如 11-20"))
        self.wide(self.line, fixed=True, words=_WIDEST)
        self._button = self._small("▾", tr("日历 (F4)"))
        self._button.clicked.connect(self.open_calendar)
        self.row.setSpacing(0)
        self.row.addStretch()
        self.line.installEventFilter(self)

    def offer_quick(self) -> None:
        """Show 今 and 昨 behind the line."""
        for word in (tr("今"), tr("昨")):
            button = self._small(word, "")
            button.clicked.connect(lambda _on=False, word=word: self._set(word))

    def _small(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        theme.set_kind(button, "flat")
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip or text)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        last = self.row.count() - 1
        item = self.row.itemAt(last)
        stretched = last > 0 and item is not None and item.widget() is None
        self.row.insertWidget(last if stretched else last + 1, button)
        return button

    def _set(self, words: str) -> None:
        self.line.setText(words)
        self.tidy()
        self.changed.emit()

    def read(self, text: str) -> Any:
        """Any form that clerks write."""
        return read_day(text, self.desk.today(), self.since)

    def show_value(self, value: Any) -> str:
        """2026-11-20 周五."""
        return f"{value.isoformat()} {weekday(value)}" if value else ""

    def mark(self) -> str:
        """A day to come is unlikely for what has happened."""
        day = self.value()
        if self.past and day is not None and day > self.desk.today():
            return tr("是以后的日期，请核对")
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑, ↓ and F4."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
            if event.key() in steps and not event.modifiers():
                day = self.value()
                by = timedelta(steps[Qt.Key(event.key())])
                self._set(self.show_value(day + by if day else self.desk.today()))
                return True
            if event.key() == Qt.Key.Key_F4:
                self.open_calendar()
                return True
        return False

    def open_calendar(self) -> None:
        """A calendar under the field."""
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.set_kind(frame, "sheet")
        calendar = QCalendarWidget(frame)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        day = self.value() or self.since or self.desk.today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(lambda chosen: self._chosen(chosen, frame))
        calendar.clicked.connect(lambda chosen: self._chosen(chosen, frame))
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        inner.addWidget(calendar)
        frame.move(self.line.mapToGlobal(QPoint(0, self.line.height())))
        frame.show()
        calendar.setFocus()

    def _chosen(self, chosen: QDate, frame: QFrame) -> None:
        frame.close()
        self._set(self.show_value(date(chosen.year(), chosen.month(), chosen.day())))
        self.line.setFocus()


class ClockEditor(LineEditor):
    """A time of day as words."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self.line.set_prompt(tr("如 9:05"))
        self.wide(self.line, fixed=True)
        self.row.addStretch()
