"""统计与报告: every figure of a period, the rows behind each, and the summary that they make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypedDict

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import figures
from desktop.core.changes import Changes
from desktop.core.offices import COUNTY, Office, level_of
from desktop.figures import FIGURES, Result
from desktop.figures.series import Compared, by_office, compare, monthly
from desktop.figures.series import Period as Days
from desktop.figures.visited import Visited, visited
from desktop.gui import frames, theme
from desktop.gui.grid import Grid, GridRow
from desktop.gui.operations import Operations
from desktop.gui.period import Period, PeriodButton, year_of
from desktop.gui.screens.figure_rows import FigureRows
from desktop.gui.screens.figure_table import (
    FigureModel,
    FigureTable,
    lines_of,
    says_something,
    words_of,
)
from desktop.gui.screens.report_pane import ReportPane
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Campaign
from desktop.work.registers import offices
from desktop.work.trips import last_trip_day

FIGURE_LIST, MONTHS, OFFICES, VILLAGES = range(4)
_MOST_MONTHS = 36
_COUNTY, _TOWNSHIP = "县处级", "乡科级"


class _Narrow(TypedDict):
    """Which trips numbers are of."""

    campaign: str
    rank: str


class StatisticsScreen(QWidget):
    """Period and office above; numbers left, the rows behind one right; or the report itself."""

    wanted_record = Signal(str, str)

    def __init__(
        self,
        operations: Operations,
        office: Office,
        today: Callable[[], dt.date],
        *,
        county: bool,
    ) -> None:
        """Compute when shown."""
        super().__init__()
        self._operations = operations
        self._stale = True
        self._wanted = ""
        self._settled = False
        self._results: dict[str, Compared] = {}
        self._compared = False
        self._columns: list[tuple[dt.date, dt.date, str]] = []
        self._villages: dict[str, Visited] = {}
        self.period = PeriodButton(year_of(today()), today)
        self.period.picked.connect(lambda _p: self.refresh())
        self.office = self._choice((tr("全县") if county else office.name, ""))
        self.campaign = self._choice((tr("全部专项行动"), ""))
        self.rank = self._choice(
            (tr("全部领导"), ""), (tr(_COUNTY), _COUNTY), (tr(_TOWNSHIP), _TOWNSHIP)
        )
        self.everything = QCheckBox(tr("没有数据的也列出"))
        self.everything.toggled.connect(lambda _on: self._fill_figures())
        self.model = FigureModel()
        self.table = FigureTable(self.model)
        self.grid = Grid(width=6)
        self.rows = FigureRows(operations)
        self.report = ReportPane(operations)
        self._today, self._county = today, county
        self._lay_out()
        self.table.chosen.connect(self._show_rows)
        self.grid.chosen.connect(self._show_cell)
        self.rows.wanted_record.connect(self.wanted_record)
        self.report.closed.connect(lambda: self._pages.setCurrentIndex(0))
        operations.changed.connect(self._look_again)

    def _choice(self, *items: tuple[str, str]) -> QComboBox:
        made = QComboBox()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for words, value in items:
            made.addItem(words, value)
        made.currentIndexChanged.connect(lambda _i: self.refresh())
        return made

    def _lay_out(self) -> None:
        self._preview = frames.button(tr("工作总结：预览"), self._show_report)
        self._make = frames.button(tr("生成工作总结 PDF"), self._make_report, "primary")
        top = frames.row(frames.label(tr("统计与报告"), "head"), None, self._preview, self._make)
        top.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        narrowing = frames.row(self.period, self.office, self.campaign, self.rank, None)
        narrowing.setContentsMargins(theme.L, 0, theme.L, theme.XS)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._numbers())
        split.addWidget(self.rows)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self._pages = QStackedWidget()
        self._pages.addWidget(split)
        self._pages.addWidget(self.report)
        paper = QFrame()
        theme.set_kind(paper, "paper")
        inner = QVBoxLayout(paper)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(top)
        inner.addLayout(narrowing)
        inner.addWidget(frames.line())
        inner.addWidget(self._pages, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(paper)
        self.office.setVisible(self._county)
        self.campaign.hide()  # until there is one

    def _numbers(self) -> QWidget:
        """The views of the numbers, and the tabs that change between them."""
        self._views = QButtonGroup(self)
        tabs: list[QWidget] = []
        titles = (tr("本期"), tr("按月"), tr("按单位"), tr("到村情况"))
        for at, words in enumerate(titles):
            tab = QPushButton(words)
            tab.setCheckable(True)
            tab.setChecked(at == FIGURE_LIST)
            tab.setAutoDefault(False)
            if at == OFFICES and not self._county:
                tab.hide()
            theme.set_kind(tab, "tab")
            self._views.addButton(tab, at)
            tabs.append(tab)
        self._views.idClicked.connect(self._show_view)
        level = frames.row(*tabs, None, self.everything, spacing=theme.XS)
        level.setContentsMargins(theme.L, 0, theme.L, 0)
        self._words = frames.label("", "quiet", wrap=True)
        self._words.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        self._words.hide()
        self._tables = QStackedWidget()
        self._tables.addWidget(self.table)
        self._tables.addWidget(self.grid)
        left = QWidget()
        inner = frames.column(level, frames.line(), self._words, self._tables, spacing=0)
        inner.setStretch(3, 1)
        left.setLayout(inner)
        return left

    # ---- what the window calls -----------------------------------------------------------------

    def show_figure(self, figure: str, period: object) -> None:
        """Show a figure of a period and its rows."""
        self._wanted = figure
        self._settled = True
        self._pages.setCurrentIndex(0)
        self._mark(FIGURE_LIST)
        if isinstance(period, Period):
            self.period.pick(period)

    def escape(self) -> bool:
        """Leave the report."""
        if self._pages.currentIndex() == 1:
            self._pages.setCurrentIndex(0)
            return True
        return False

    def start(self) -> None:
        """Take the keyboard."""
        (self.table if self.view == FIGURE_LIST else self.grid).setFocus()

    @property
    def view(self) -> int:
        """Which view of the numbers is shown."""
        return self._views.checkedId()

    def refresh(self) -> None:
        """Compute anew; a report that is shown is made anew."""
        self._stale = False
        if self._pages.currentIndex() == 1:
            self._show_report()
        answer: Callable[[Any], None]
        job, answer = {
            FIGURE_LIST: self._figures_job,
            MONTHS: self._months_job,
            OFFICES: self._offices_job,
            VILLAGES: self._villages_job,
        }[self.view]()
        self._operations.study(
            tr("正在统计"), lambda ledger, _progress: job(ledger), answer, slot="figures"
        )

    # ---- the views -----------------------------------------------------------------------------

    def _figures_job(self) -> tuple[Callable[[Ledger], Any], Callable[[Any], None]]:
        """The period's own numbers first; what they are compared with follows."""
        period, office, narrow = self.period.period, self._office(), self._narrow()

        def job(ledger: Ledger) -> dict[str, Result]:
            return figures.compute(ledger, period.first, period.last, office, **narrow)

        def show(now: dict[str, Result]) -> None:
            self._results = {i: Compared(r, r, r, r) for i, r in now.items()}
            self._compared = False
            self._fill_figures()
            if not period.whole:
                self._operations.study(
                    tr("正在和以前比较"),
                    lambda ledger, _progress: compare(
                        ledger, period.first, period.last, office, now=now, **narrow
                    ),
                    lambda found: self._show_compared(now, found),
                    slot="figures before",
                )

        return job, show

    def _show_compared(self, now: dict[str, Result], found: dict[str, Compared]) -> None:
        """Unless other numbers have come in between."""
        shown = next(iter(self._results.values()), None)
        if self.view == FIGURE_LIST and shown and shown.now is next(iter(now.values())):
            self._results = found
            self._compared = True
            self._fill_figures()

    def _months_job(self) -> tuple[Callable[[Ledger], Any], Callable[[Any], None]]:
        period, office, narrow = self.period.period, self._office(), self._narrow()
        first = self._first_month(period)

        def job(ledger: Ledger) -> dict[Days, dict[str, Result]]:
            whole = figures.compute(ledger, first, period.last, office, _PLAIN, **narrow)
            months = monthly(ledger, first, period.last, office, _PLAIN, **narrow)
            return {(first, period.last): whole, **months}

        def show(found: dict[Days, dict[str, Result]]) -> None:
            (whole, results), *months = found.items()
            self._columns = [(*whole, office), *((*days, office) for days, _ in months)]
            years = {days[0].year for days, _ in months}
            titles = [tr("本期"), *(_month_words(d, len(years) > 1) for d, _ in months)]
            self._say(tr("本期一列按整段时间另算：同一人、同一村在几个月里都有时只算一个。"))
            self._fill_grid(titles, [results, *(r for _, r in months)])

        return job, show

    def _offices_job(self) -> tuple[Callable[[Ledger], Any], Callable[[Any], None]]:
        period, narrow = self.period.period, self._narrow()

        def job(ledger: Ledger) -> tuple[dict[str, str], list[dict[str, Result]]]:
            whole = figures.compute(ledger, period.first, period.last, "", _PLAIN, **narrow)
            found = by_office(ledger, period.first, period.last, _PLAIN, **narrow)
            names = offices(ledger)
            return {code: names.get(code, code) for code in found}, [whole, *found.values()]

        def show(answer: tuple[dict[str, str], list[dict[str, Result]]]) -> None:
            names, results = answer
            self._columns = [(period.first, period.last, code) for code in ("", *names)]
            titles = [tr("全县"), *(_own(code, name) for code, name in names.items())]
            self._say(tr("各单位按代码顺序排列，只算本单位自己的记录。"))
            self._fill_grid(titles, results)

        return job, show

    def _villages_job(self) -> tuple[Callable[[Ledger], Any], Callable[[Any], None]]:
        period, office = self.period.period, self._office()
        first = self._first_month(period)

        def job(ledger: Ledger) -> tuple[list[Days], list[Visited]]:
            return visited(ledger, first, period.last, office)

        return job, lambda found: self._show_villages(*found)

    def _first_month(self, period: Period) -> dt.date:
        """A long period is shown by its last months."""
        last = min(period.last, self._today())
        months = last.year * 12 + last.month - _MOST_MONTHS
        return max(period.first, dt.date(months // 12, months % 12 + 1, 1))

    def _show_villages(self, months: list[Days], villages: list[Visited]) -> None:
        self._villages = {one.village: one for one in villages}
        self._columns = [(*days, "") for days in months]
        missing = sum(not any(one.trips) for one in villages)
        reached = len(villages) - missing
        words = tr("{0} 个村（社区）中到过 {1} 个，{2} 个这段时间还没有去过。数是活动次数。")
        self._say(words.format(f"{len(villages):,}", f"{reached:,}", f"{missing:,}"))
        rows: list[GridRow] = []
        township = ""
        for one in villages:
            if one.township != township:
                township = one.township
                rows.append(GridRow(township))
            whole = len({trip for trips in one.trips for trip in trips})
            cells = (whole, *map(len, one.trips))
            shown = tuple(str(count) if count else "·" for count in cells)
            rows.append(GridRow(one.name, shown, one.village))
        years = {days[0].year for days in months}
        titles = [tr("本期"), *(_month_words(days, len(years) > 1) for days in months)]
        self.grid.show_grid(titles, rows)
        self.rows.forget()

    def _fill_grid(self, titles: list[str], columns: list[dict[str, Result]]) -> None:
        rows: list[GridRow] = []
        group = ""
        for name, one in columns[0].items():
            if not self.everything.isChecked() and not any(
                says_something(c[name]) for c in columns
            ):
                continue
            if one.figure.group != group:
                group = one.figure.group
                rows.append(GridRow(group))
            label = f"{one.figure.name}（{one.figure.unit}）"
            cells = tuple(words_of(c.get(name)) for c in columns)
            rows.append(GridRow(label, cells, name, f"{label}：{one.figure.rule}"))
        self.grid.show_grid(titles, rows)
        self.rows.forget()

    def _show_view(self, view: int) -> None:
        self._mark(view)
        self.rows.forget()
        self.refresh()

    def _mark(self, view: int) -> None:
        self._views.button(view).setChecked(True)
        self._tables.setCurrentIndex(int(view != FIGURE_LIST))
        self.everything.setVisible(view != VILLAGES)
        self.rank.setEnabled(view != VILLAGES)
        self.campaign.setEnabled(view != VILLAGES)
        self._say("")
        if view != FIGURE_LIST:
            self.grid.show_grid((), ())

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))

    # ---- how it is done ------------------------------------------------------------------------

    def showEvent(self, event: Any) -> None:
        """Compute when somebody looks."""
        super().showEvent(event)
        if not self._settled:
            self._settled = True
            self._operations.read(_where_to_begin, self._begin, slot="figures begin")
        elif self._stale:
            self.refresh()
        if self.campaign.count() == 1:
            self._operations.read(_campaigns, self._offer_campaigns, slot="figures campaigns")

    def _begin(self, answer: tuple[dt.date | None, dict[str, str]]) -> None:
        last, known = answer
        if self._county and self.office.count() == 1:
            self.office.blockSignals(True)
            for code, name in known.items():
                self.office.addItem(_own(code, name), code)
            self.office.blockSignals(False)
        if last is not None and last.year != self._today().year:
            # The newest year that holds anything, not an empty one.
            self.period.pick(year_of(last))
        else:
            self.refresh()

    def _offer_campaigns(self, campaigns: list[tuple[str, str]]) -> None:
        self.campaign.blockSignals(True)
        while self.campaign.count() > 1:
            self.campaign.removeItem(1)
        for one, name in campaigns:
            self.campaign.addItem(name, one)
        self.campaign.blockSignals(False)
        self.campaign.setVisible(bool(campaigns))

    def _office(self) -> str:
        return str(self.office.currentData() or "")

    def _narrow(self) -> _Narrow:
        """Which trips the numbers are of; figures that aren't of trips are then left out."""
        return {
            "campaign": str(self.campaign.currentData() or ""),
            "rank": str(self.rank.currentData() or ""),
        }

    def _look_again(self, changes: Changes) -> None:
        del changes
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _fill_figures(self) -> None:
        if self.view != FIGURE_LIST:
            self.refresh()
            return
        at = self.table.currentIndex()
        current = self.model.lines[at.row()] if at.isValid() else None
        figure = self._wanted or (current.figure if current else "")
        label = current.label if current and not self._wanted else ""
        self._wanted = ""
        lines = lines_of(
            self._results,
            everything=self.everything.isChecked(),
            wanted=figure,
            compared=self._compared,
        )
        self.model.show_lines(lines, {i: one.figure.rule for i, one in self._results.items()})
        row = next(
            (n for n, one in enumerate(lines) if (one.figure, one.label) == (figure, label)),
            self.model.row_of(figure) if figure else -1,
        )
        if figure and row >= 0 and row == self.table.currentIndex().row():
            return
        if figure and row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))
        else:
            self.rows.forget()

    def _show_rows(self, figure: str, label: str) -> None:
        period = self.period.period
        self.rows.show_figure(
            figure,
            period.first,
            period.last,
            self._office(),
            label=label,
            compared=not period.whole,
            **self._narrow(),
        )

    def _show_cell(self, key: str, column: int) -> None:
        if self.view != VILLAGES:
            first, last, office = self._columns[column]
            self.rows.show_figure(key, first, last, office, **self._narrow())
            return
        one = self._villages[key]
        chosen = one.trips if column == 0 else one.trips[column - 1 : column]
        trips = list(dict.fromkeys(trip for trips in chosen for trip in trips))
        when = self.grid.grid.titles[column]
        self.rows.show_records(
            tr("{0}：{1}").format(one.name, when),
            tr("{0} 次").format(f"{len(trips):,}"),
            [("activity", trip) for trip in trips],
        )

    def _show_report(self) -> None:
        self._pages.setCurrentIndex(1)
        self.report.preview(self.period.period, self._office(), self.office.currentText())

    def _make_report(self) -> None:
        self.report.make(self.period.period, self._office(), self.office.currentText())


_PLAIN = tuple(figure.id for figure in FIGURES if not figure.by)


def _month_words(days: Days, with_year: bool) -> str:
    first = days[0]
    if with_year:
        return tr("{0}年{1}月").format(first.year, first.month)
    return tr("{0}月").format(first.month)


def _own(code: str, name: str) -> str:
    """A county among its townships is the county's offices themselves."""
    return tr("{0}本级").format(name) if level_of(code) == COUNTY else name


def _where_to_begin(ledger: Ledger) -> tuple[dt.date | None, dict[str, str]]:
    return last_trip_day(ledger), offices(ledger)


def _campaigns(ledger: Ledger) -> list[tuple[str, str]]:
    """Campaigns by id and name, the newest first."""
    query = Query(Campaign.type, order=(("start", True),))
    return [(one.id, one.name) for one in ledger.find(query) if isinstance(one, Campaign)]
