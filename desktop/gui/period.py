"""Periods: the days that a list or a figure is about, and the button that picks them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.days import parse_day
from desktop.core.periods import period_words
from desktop.gui import theme
from desktop.gui.translate import tr

_LAST = dt.date(2099, 12, 31)
_FIRST = dt.date(1949, 10, 1)


@dataclass(frozen=True)
class Period:
    """From a day to a day, both counted."""

    first: dt.date
    last: dt.date

    @property
    def words(self) -> str:
        """What the button and the status bar say."""
        return tr("全部时间") if self.whole else period_words(self.first, self.last)

    @property
    def whole(self) -> bool:
        """Whether it is all there is."""
        return (self.first, self.last) == (_FIRST, _LAST)


def everything() -> Period:
    """All that was ever recorded, undated rows too."""
    return Period(_FIRST, _LAST)


def month_of(day: dt.date) -> Period:
    """The month of a day."""
    first = day.replace(day=1)
    return Period(first, _month_end(first))


def quarter_of(day: dt.date) -> Period:
    """The quarter of a day."""
    first = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(first, _month_end(first.replace(month=first.month + 2)))


def year_of(day: dt.date) -> Period:
    """The year of a day."""
    return Period(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))


def _month_end(first: dt.date) -> dt.date:
    following = first.replace(day=28) + dt.timedelta(days=4)
    return following.replace(day=1) - dt.timedelta(days=1)


class PeriodButton(QPushButton):
    """Says the period and picks another one."""

    picked = Signal(object)  # Period

    def __init__(
        self, period: Period, today: Callable[[], dt.date], parent: QWidget | None = None
    ) -> None:
        """Show `period`; `today` says what 本月 means."""
        super().__init__(parent)
        theme.set_kind(self, "filter")
        self._today = today
        self.period = period
        # Not setMenu(): a button with a menu of its own loses the padding of the style sheet.
        self._menu = QMenu(self)
        self.clicked.connect(self._show_menu)
        self._say()

    def pick(self, period: Period) -> None:
        """Take a period and tell."""
        self.period = period
        self._say()
        self.picked.emit(period)

    def _say(self) -> None:
        self.setText(self.period.words)
        self.setProperty("on", not self.period.whole)
        self.style().polish(self)

    def _show_menu(self) -> None:
        self._fill()
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self) -> None:
        today = self._today()
        last_month = today.replace(day=1) - dt.timedelta(days=1)
        last_year = dt.date(today.year - 1, 12, 31)
        last_quarter = quarter_of(today).first - dt.timedelta(days=1)
        groups = (
            (
                (tr("本月"), month_of(today)),
                (tr("本季度"), quarter_of(today)),
                (tr("今年"), year_of(today)),
            ),
            (
                (tr("上月"), month_of(last_month)),
                (tr("上季度"), quarter_of(last_quarter)),
                (tr("去年"), year_of(last_year)),
                (tr("前年"), year_of(dt.date(today.year - 2, 12, 31))),
            ),
            ((tr("全部时间"), everything()),),
        )
        self._menu.clear()
        for group in groups:
            for words, period in group:
                hint = "" if period.whole else f"\t{period.words}"
                action = self._menu.addAction(words + hint)
                action.triggered.connect(lambda _checked=False, p=period: self.pick(p))
            self._menu.addSeparator()
        self._menu.addAction(tr("自选日期…")).triggered.connect(self._ask)

    def _ask(self) -> None:
        dialog = DaysDialog(self.period, self)
        dialog.picked.connect(self.pick)
        dialog.open()


class DaysDialog(QDialog):
    """Asks for the first and the last day, in any form that clerks write."""

    picked = Signal(object)  # Period

    def __init__(self, period: Period, parent: QWidget | None = None) -> None:
        """Start from a period."""
        super().__init__(parent)
        self.setWindowTitle(tr("自选日期"))
        self._first = QLineEdit("" if period.whole else period.first.isoformat())
        self._last = QLineEdit("" if period.whole else period.last.isoformat())
        self._wrong = QLabel()
        theme.set_kind(self._wrong, "late")
        self._wrong.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(theme.S)
        form.addRow(tr("从"), self._first)
        form.addRow(tr("到（含）"), self._last)
        good, away = QPushButton(tr("确定")), QPushButton(tr("取消"))
        theme.set_kind(good, "primary")
        good.setDefault(True)
        good.clicked.connect(self._accept)
        away.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(away)
        buttons.addWidget(good)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.addLayout(form)
        column.addWidget(self._wrong)
        column.addLayout(buttons)

    def _accept(self) -> None:
        first, last = parse_day(self._first.text()), parse_day(self._last.text())
        if first.day is None or last.day is None:
            problem = first.problem or last.problem
            self._wrong.setText(problem or tr("两个日期都要填，例如 2026-1-1"))
        elif first.day > last.day:
            self._wrong.setText(tr("开始日期在结束日期后面，请改一下"))
        else:
            self.accept()
            self.picked.emit(Period(first.day, last.day))
