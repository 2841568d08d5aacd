"""今日: what was left unfinished, where to write, what the month adds up to, the latest trips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.core.periods import WEEK, day_words
from desktop.figures import Result, compute
from desktop.gui import frames, theme
from desktop.gui.list_model import RecordListModel
from desktop.gui.operations import Operations
from desktop.gui.period import Period, PeriodButton, month_of
from desktop.gui.record_list import RecordTable
from desktop.gui.screens.lists import trips_source
from desktop.gui.translate import tr
from desktop.ledger import drafts
from desktop.ledger.drafts import Draft
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from desktop.work.double_trips import trip_pairs
from desktop.work.trips import last_trip_day, newest_trips

SHOWN = (
    "trips",
    "lecture_sessions",
    "lecture_heads",
    "onsite_sessions",
    "onsite_problems",
    "reception_visits",
    "disputes",
    "suggestions",
)
_RECENT = 8


class HomeScreen(QWidget):
    """The first thing that one sees in the morning."""

    wanted_record = Signal(str, str)  # type, id ("" = a new one)
    wanted_import = Signal()
    wanted_figures = Signal(str, object)  # figure, Period
    wanted_doubles = Signal()

    def __init__(self, operations: Operations, today: Callable[[], dt.date]) -> None:
        """Ask for everything when shown."""
        super().__init__()
        self._operations = operations
        self._today = today
        self._stale = True
        self._empty = False
        self._date = frames.label("", "head")
        self.month = PeriodButton(month_of(today()), today)
        self.month.picked.connect(lambda _p: self._ask_figures())
        self._drafts = QVBoxLayout()
        source = trips_source(short=True)
        self._model = RecordListModel(operations, source, self)
        self._recent = RecordTable(self._model)
        self._recent.opened.connect(lambda one: self.wanted_record.emit(source.of.name, one))
        self._recent.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recent.setFixedHeight((_RECENT + 1) * theme.ROW)
        self._figures = QGridLayout()
        self._drafts.setSpacing(0)
        self._figures.setHorizontalSpacing(theme.XL)
        self._figures.setVerticalSpacing(theme.M)
        self._lay_out()
        operations.changed.connect(self._look_again)

    def _lay_out(self) -> None:
        make = self.wanted_record.emit
        self._first = frames.button(tr("新建活动"), lambda: make("activity", ""), "primary")
        self._actions = QWidget()
        actions = frames.row(
            self._first,
            frames.button(tr("登记信访事项"), lambda: make("case", "")),
            frames.button(tr("登记矛盾纠纷"), lambda: make("dispute", "")),
            frames.button(tr("记一条建议"), lambda: make("suggestion", "")),
            None,
        )
        self._actions.setLayout(actions)
        self._welcome = frames.sheet(
            frames.column(
                frames.label(tr("这本台账还是空的"), "head"),
                frames.label(
                    tr(
                        "可以把以前的 Excel 台账原样导入：程序会认出是哪种台账，"
                        "先给您看结果，确认后才写入。也可以直接从一次活动记起。"
                    ),
                    "quiet",
                    wrap=True,
                ),
                theme.S,
                frames.row(
                    frames.button(tr("导入以前的台账"), self.wanted_import.emit, "primary"),
                    frames.button(tr("新建活动"), lambda: make("activity", "")),
                    None,
                ),
            ),
            theme.XL,
        )
        self._welcome.hide()
        self._unfinished = frames.sheet(
            frames.column(frames.label(tr("没写完的"), "title"), theme.XS, self._drafts, spacing=0)
        )
        self._unfinished.hide()
        self._doubles = frames.button("", self.wanted_doubles.emit, "row")
        self._twice = frames.sheet(
            frames.column(frames.label(tr("请看一看"), "title"), theme.XS, self._doubles, spacing=0)
        )
        self._twice.hide()
        inside = frames.column(spacing=0)
        heading = frames.row(frames.label(tr("最近的活动"), "title"), None)
        heading.setContentsMargins(theme.L, theme.M, theme.L, theme.XS)
        frames.fill(inside, (heading, self._recent, None))
        latest = frames.sheet(inside, 1)
        numbers = frames.sheet(
            frames.column(
                frames.row(frames.label(tr("做了多少"), "title"), None, self.month),
                theme.M,
                self._figures,
                None,
                spacing=0,
            )
        )
        self._latest, self._numbers = latest, numbers
        self._halves = frames.row(spacing=theme.L)
        self._halves.addWidget(latest, 3)
        self._halves.addWidget(numbers, 2)
        inner = QWidget()
        theme.set_kind(inner, "ground")
        whole = frames.column(
            self._date,
            self._actions,
            self._welcome,
            self._unfinished,
            self._twice,
            self._halves,
            None,
            spacing=theme.L,
        )
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        inner.setLayout(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frames.scrolling(inner))

    def start(self) -> None:
        """Take the keyboard."""
        self._first.setFocus()

    # ---- asking --------------------------------------------------------------------------------

    def showEvent(self, event: Any) -> None:
        """Look again if something was written meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Ask for everything."""
        self._stale = False
        today = self._today()
        weekday = tr("星期{0}").format(WEEK[today.weekday()])
        self._date.setText(f"{day_words(today)}  {weekday}")
        self._operations.read(_home_rows, self._show_rows, slot="home rows")
        self._operations.read(
            lambda ledger: len(trip_pairs(ledger)), self._show_doubles, slot="home doubles"
        )
        self._ask_figures()

    def _look_again(self, _changes: Changes) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _ask_figures(self) -> None:
        period = self.month.period
        self._operations.read(
            lambda ledger: compute(ledger, period.first, period.last, only=SHOWN),
            lambda results: self._show_figures(period, results),
            slot="home figures",
        )

    # ---- showing -------------------------------------------------------------------------------

    def _show_rows(self, found: tuple[list[Draft], list[str], dt.date | None]) -> None:
        unfinished, recent, last = found
        self._show_drafts(unfinished)
        self._model.show_ids(recent)
        self._welcome.setVisible(not recent)
        self._actions.setVisible(bool(recent))
        self._latest.setVisible(bool(recent))
        self._numbers.setVisible(bool(recent))
        if last is not None and not self._empty and month_of(last).last < self._today():
            # Nothing was recorded this month: show the last one in which something was.
            self._empty = True
            if self.month.period == month_of(self._today()):
                self.month.pick(month_of(last))

    def _show_doubles(self, pairs: int) -> None:
        self._doubles.setText(tr("有 {0} 对活动可能是同一次，数字会算两遍　›").format(pairs))
        self._twice.setVisible(bool(pairs))

    def _show_drafts(self, unfinished: list[Draft]) -> None:
        frames.empty(self._drafts)
        for draft in unfinished:
            kind = tr(RECORD_TYPES[draft.type].label) if draft.type in RECORD_TYPES else ""
            words = "　".join(filter(None, (kind, draft.title, _moment(draft.at))))
            self._drafts.addWidget(
                frames.button(words, partial(self.wanted_record.emit, draft.type, draft.id), "row")
            )
        self._unfinished.setVisible(bool(unfinished))

    def _show_figures(self, period: Period, results: dict[str, Result]) -> None:
        frames.empty_grid(self._figures)
        for at, name in enumerate(i for i in SHOWN if i in results):
            result = results[name]
            cell = _Figure(result)
            cell.clicked.connect(partial(self.wanted_figures.emit, name, period))
            self._figures.addWidget(cell, at // 2, at % 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two sheets side by side, or one below the other in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < theme.SHEET + theme.SIDE // 2
        self._halves.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )


class _Figure(QWidget):
    """A number with its unit, and what it counts; a click leads to its rows."""

    clicked = Signal()

    def __init__(self, result: Result) -> None:
        super().__init__()
        number = frames.label(_number(result), "figure")
        unit = frames.label(result.figure.unit if result.value is not None else "", "quiet")
        top = frames.row(number, unit, None, spacing=theme.XS)
        top.setAlignment(unit, Qt.AlignmentFlag.AlignBottom)
        name = frames.button(result.figure.name, self.clicked.emit, "figure")
        name.setToolTip(result.figure.rule)
        name.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setLayout(frames.column(top, frames.row(name, None), spacing=0))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: Any) -> None:
        super().mouseReleaseEvent(event)
        self.clicked.emit()


def _number(result: Result) -> str:
    return f"{result.value:,}" if isinstance(result.value, int) else result.text()


def _moment(at: str) -> str:
    return at.replace("T", " ")[5:16]


def _home_rows(ledger: Ledger) -> tuple[list[Draft], list[str], dt.date | None]:
    return drafts.listed(ledger), newest_trips(ledger, _RECENT), last_trip_day(ledger)
