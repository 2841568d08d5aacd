"""A zero report: what, and a period on one key; rows that speak against it are only said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.core.offices import Office
from desktop.core.record import Record
from desktop.gui import frames, theme
from desktop.gui.day_editor import DayEditor
from desktop.gui.editor import Editor
from desktop.gui.operations import Operations
from desktop.gui.period import Period, month_of, quarter_of, year_of
from desktop.gui.record_form import RecordForm
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import ZeroReport
from desktop.work import zero_reports


def usual_periods(today: dt.date) -> list[tuple[str, Period]]:
    """The periods that reports are asked for, the likely ones first."""
    last_month = today.replace(day=1) - dt.timedelta(days=1)
    last_quarter = quarter_of(today).first - dt.timedelta(days=1)
    return [
        (tr("本月"), month_of(today)),
        (tr("上月"), month_of(last_month)),
        (tr("本季度"), quarter_of(today)),
        (tr("上季度"), quarter_of(last_quarter)),
        (tr("今年"), year_of(today)),
    ]


class PeriodKeys(QWidget):
    """Buttons for the usual periods; Alt and a digit presses one."""

    def __init__(self, form: QWidget, today: dt.date, picked: Callable[[Period], None]) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        for number, (words, period) in enumerate(usual_periods(today), 1):
            button = frames.button(words, lambda p=period: picked(p))  # type: ignore[misc]
            button.setToolTip(f"{period.words}　Alt+{number}")
            self.buttons.append(button)
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), form)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        line = frames.row(frames.label(tr("期间"), "small"), *self.buttons, None, spacing=theme.XS)
        self.setLayout(line)


def may_end_later(editor: Editor) -> None:
    """A period is reported before its last day is over; that is nothing unlikely."""
    assert isinstance(editor, DayEditor)
    editor.past = False


class ZeroReportForm(RecordForm):
    """本月没有…: a zero report."""

    def __init__(self, operations: Operations, office: Office, record_id: str = "") -> None:
        """Open a report, a draft, or an empty form."""
        self.office = office
        super().__init__(operations, ZeroReport.type, record_id)

    def extend(self) -> None:
        """The usual periods, and a look at what is recorded."""
        self.periods = PeriodKeys(self, self.desk.today(), self.pick)
        self.warning = frames.label("", "soon", wrap=True)
        self.warning.hide()
        self.fields.insertWidget(0, self.periods)
        self.fields.addWidget(self.warning)
        may_end_later(self.editors["last"])
        for name in ("kind", "first", "last"):
            self.editors[name].changed.connect(self._look)

    def stops(self) -> list[QWidget]:
        """The keys for the period, then the fields."""
        return [*self.periods.buttons, *super().stops()]

    def pick(self, period: Period) -> None:
        """Fill in both days."""
        self.editors["first"].set_value(period.first)
        self.editors["last"].set_value(period.last)
        for name in ("first", "last"):
            self._boxes[name].look()
        self.touched()
        self._look()
        kind = self.editors["kind"]
        self.go_to(kind.input() if kind.is_empty else self.save_button)

    def _look(self) -> None:
        """Say at once if there are rows in the period."""
        record = cast(ZeroReport, self.value())
        office = record.office or self.office.code

        def ask(ledger: Ledger) -> int:
            return zero_reports.rows_against(ledger, record.kind, record.first, record.last, office)

        def show(count: int) -> None:
            words = zero_reports.contradiction(record.kind, count)
            self.warning.setText(f"● {words}" if words else "")
            self.warning.setVisible(bool(words))

        self.operations.read(ask, show, slot=f"against {id(self)}")

    def show_record(self, record: Record) -> None:
        """Show it, and whether rows speak against it by now."""
        super().show_record(record)
        self._look()

    def finished(self, ledger: Ledger, record: Record) -> Record:
        """With the mark that it deserves."""
        return zero_reports.marked(ledger, cast(ZeroReport, record))
