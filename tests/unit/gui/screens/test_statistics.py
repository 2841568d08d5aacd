"""Figures on screen, the rows behind them, and the summary."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.gui.period import month_of, year_of
from desktop.gui.screens.report_pane import MadeDialog
from desktop.gui.screens.statistics import MONTHS, VILLAGES, StatisticsScreen
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, DeclaredCount, Lecture
from tests import fakes
from tests.unit.gui import keys

DAY = dt.date(2023, 11, 20)
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def screen(ledger: Ledger, request, qtbot: QtBot) -> StatisticsScreen:
    with ledger.write("新建活动") as rows:
        (trip,) = rows.save(fakes.make(Activity, date=DAY, leader=fakes.cadre("李明")))
        rows.save(
            fakes.make(Lecture, activity=trip.id, theme="移风易俗", heads=58),
            fakes.make(Lecture, activity=trip.id, theme="惠农惠民政策", heads=30),
        )
    office = ledger.office
    operations = request.getfixturevalue("operations")
    shown = StatisticsScreen(operations, office, lambda: TODAY, county=False)
    qtbot.addWidget(shown)
    shown.resize(1200, 700)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(lambda: bool(shown.model.lines))
    return shown


def line(screen: StatisticsScreen, figure: str) -> tuple[str, ...]:
    return screen.model.lines[screen.model.row_of(figure)]


def choose(screen: StatisticsScreen, figure: str, qtbot: QtBot) -> None:
    screen.table.selectRow(screen.model.row_of(figure))
    name = line(screen, figure)[1]
    qtbot.waitUntil(lambda: screen.rows._name.text() == name)


def test_it_begins_with_the_newest_year_that_holds_anything(screen: StatisticsScreen) -> None:
    assert screen.period.period == year_of(DAY)
    assert line(screen, "lecture_heads")[2:4] == ("88", "人次")


def test_no_data_is_no_number(screen: StatisticsScreen) -> None:
    assert screen.model.row_of("disputes") < 0
    assert "项没有数据" in screen.model.lines[0].name
    screen.everything.setChecked(True)
    assert line(screen, "disputes")[2] == "——"


def test_classes_stand_below_their_figure(screen: StatisticsScreen) -> None:
    at = screen.model.row_of("lecture_by_theme")
    classes = [screen.model.lines[at + n][1].strip() for n in (1, 2)]
    assert sorted(classes) == ["惠农惠民政策", "移风易俗"]


def test_a_figure_leads_to_its_rows(screen: StatisticsScreen, qtbot: QtBot) -> None:
    choose(screen, "lecture_heads", qtbot)
    assert "来自 2 条宣讲记录" in screen.rows._count.text()
    table = screen.rows._table
    qtbot.waitUntil(lambda: table.model().index(0, 0).data() == "2023-11-20")
    table.selectRow(0)
    with qtbot.waitSignal(screen.wanted_record) as done:
        keys.press(keys.ENTER, into=table)
    assert done.args[0] == "lecture"


def test_a_heading_is_no_figure(screen: StatisticsScreen) -> None:
    assert screen.model.flags(screen.model.index(0, 0)) == Qt.ItemFlag.ItemNeverHasChildren


def test_keys_go_from_figure_to_figure_past_the_headings(
    screen: StatisticsScreen, qtbot: QtBot
) -> None:
    figures = [row for row, one in enumerate(screen.model.lines) if one.figure]
    headings = [row for row, one in enumerate(screen.model.lines) if not one.figure]
    assert headings[0] == 0
    assert any(figures[0] < row < figures[-1] for row in headings)
    screen.table.setFocus()
    seen = []
    for _ in figures:
        keys.press(Qt.Key.Key_Down)
        seen.append(screen.table.currentIndex().row())
    assert seen == figures
    first = screen.model.lines[figures[-2]].figure
    keys.press(Qt.Key.Key_Up)
    assert screen.model.lines[screen.table.currentIndex().row()].figure == first
    keys.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    name = screen.model.lines[figures[0]].name
    qtbot.waitUntil(lambda: screen.rows._name.text() == name)
    keys.press(Qt.Key.Key_Up)
    assert screen.table.currentIndex().row() == figures[0]


def test_another_period_computes_anew(screen: StatisticsScreen, qtbot: QtBot) -> None:
    screen.everything.setChecked(True)
    screen.period.pick(month_of(TODAY))
    qtbot.waitUntil(lambda: line(screen, "lecture_heads")[2] == "——")


def test_a_figure_of_another_screen_is_shown(screen: StatisticsScreen, qtbot: QtBot) -> None:
    screen.show_figure("lecture_sessions", month_of(DAY))
    qtbot.waitUntil(lambda: screen.rows._name.text() == "宣讲活动")
    assert screen.period.period == month_of(DAY)


def test_the_table_is_copied(screen: StatisticsScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: line(screen, "lecture_heads")[4] == "——")
    screen.table.setFocus()
    keys.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, screen.table)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "项目\t数\t单位\t上期\t上年同期"
    assert "受教育党员群众\t88\t人次\t——\t——" in lines


def test_the_summary_is_shown_as_it_prints(screen: StatisticsScreen, qtbot: QtBot) -> None:
    screen._show_report()
    pages = screen.report.pages
    qtbot.waitUntil(lambda: 0 in pages._drawn, timeout=20_000)
    assert not pages._labels[0].pixmap().isNull()
    screen.report._which.button(1).click()
    qtbot.waitUntil(lambda: 0 in pages._drawn, timeout=20_000)
    assert "核对单" in pages._file.name
    assert screen.escape()


def test_the_pdf_is_written_where_the_person_says(
    screen: StatisticsScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "总结.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    screen._make_report()
    qtbot.waitUntil(lambda: screen.window().findChild(MadeDialog) is not None, timeout=20_000)
    assert out.read_bytes().startswith(b"%PDF")
    screen.window().findChild(MadeDialog).close()


# --- other views of the numbers -----------------------------------------------------------------


def show(screen: StatisticsScreen, view: int, qtbot: QtBot) -> None:
    screen._views.button(view).click()
    qtbot.waitUntil(lambda: bool(screen.grid.grid.rows))


def grid_row(screen: StatisticsScreen, key: str) -> int:
    return next(n for n, row in enumerate(screen.grid.grid.rows) if row.key == key)


def test_numbers_month_by_month_lead_to_their_rows(screen: StatisticsScreen, qtbot: QtBot) -> None:
    show(screen, MONTHS, qtbot)
    at = grid_row(screen, "lecture_heads")
    assert screen.grid.grid.titles == ("本期", *(f"{n}月" for n in range(1, 13)))
    assert screen.grid.grid.rows[at].cells == ("88", *["——"] * 10, "88", "——")
    screen.grid.setCurrentIndex(screen.grid.grid.index(at, 11))
    qtbot.waitUntil(lambda: screen.rows._value.text() == "88 人次")
    assert "上期无数据" in screen.rows._differs.text()
    assert "来自 2 条宣讲记录" in screen.rows._count.text()


def test_a_village_that_nobody_visited_is_a_gap(
    ledger: Ledger, screen: StatisticsScreen, qtbot: QtBot
) -> None:
    village = fakes.place("前沟村")

    def visit(book: Ledger, _progress: object) -> None:
        with book.write("新建活动") as rows:
            (trip,) = rows.save(fakes.make(Activity, date=DAY, leader="赵某"))
            rows.save(fakes.make(Lecture, activity=trip.id, theme="移风易俗", place=village))

    show(screen, VILLAGES, qtbot)
    at = grid_row(screen, village)
    assert set(screen.grid.grid.rows[at].cells) == {"·"}
    assert "还没有去过" in screen._words.text()
    screen._operations.write("新建活动", visit)
    qtbot.waitUntil(lambda: screen.grid.grid.rows[at].cells[0] == "1")
    screen.grid.setCurrentIndex(screen.grid.grid.index(at, 11))
    qtbot.waitUntil(lambda: screen.rows._value.text() == "1 次")
    assert screen.rows._name.text() == "前沟村：11月"


def test_only_leaders_of_a_rank(screen: StatisticsScreen, qtbot: QtBot) -> None:
    screen.rank.setCurrentIndex(1)
    qtbot.waitUntil(lambda: screen.model.row_of("lecture_heads") < 0)
    screen.rank.setCurrentIndex(0)
    qtbot.waitUntil(lambda: screen.model.row_of("lecture_heads") >= 0)


def test_a_class_leads_to_its_own_rows(screen: StatisticsScreen, qtbot: QtBot) -> None:
    at = next(n for n, one in enumerate(screen.model.lines) if one.label == "移风易俗")
    screen.table.selectRow(at)
    qtbot.waitUntil(lambda: screen.rows._name.text() == "宣讲（按主题）：移风易俗")
    assert "来自 1 条" in screen.rows._count.text()


def test_reported_numbers_are_marked(screen: StatisticsScreen, qtbot: QtBot) -> None:
    number = fakes.make(
        DeclaredCount,
        figure="members_checked_in",
        value=2477,
        first=dt.date(2023, 1, 1),
        last=dt.date(2023, 12, 31),
        source="电话报送",
    )

    def state(book: Ledger, _progress: object) -> None:
        with book.write("填报数") as rows:
            rows.save(number)

    screen._operations.write("填报数", state)
    qtbot.waitUntil(lambda: screen.model.row_of("members_checked_in") >= 0)
    assert line(screen, "members_checked_in")[2] == "2,477"
    choose(screen, "members_checked_in", qtbot)
    assert screen.rows._count.text() == "其中填报数 1 条，没有逐条记录"
    table = screen.rows._table
    qtbot.waitUntil(lambda: table.model().index(0, 1).data() == "填报数 2,477（电话报送）")
