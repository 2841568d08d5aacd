"""A grid of numbers: headings can't be chosen, blanks neither; it copies as a table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.gui import theme
from desktop.gui.grid import Grid, GridRow
from tests.unit.gui import keys

ROWS = (
    GridRow("宣讲"),
    GridRow("宣讲活动（场次）", ("18", "——", "7"), "lecture_sessions"),
    GridRow("受众（人次）", ("742", "", "300"), "lecture_heads"),
)


@pytest.fixture
def grid(qtbot: QtBot, qapp: QApplication) -> Grid:
    theme.apply(qapp, theme.Look.LIGHT)
    shown = Grid(width=6)
    qtbot.addWidget(shown)
    shown.resize(800, 400)
    shown.show_grid(("本期", "1月", "2月"), ROWS)
    shown.show()
    return shown


def test_a_number_is_chosen_by_the_keyboard(grid: Grid, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.grid.index(1, 0))
    with qtbot.waitSignal(grid.chosen) as done:
        keys.press(Qt.Key.Key_Right, into=grid)
    assert done.args == ["lecture_sessions", 1]


def test_keys_pass_over_the_headings(grid: Grid) -> None:
    rest = (GridRow("接访"), GridRow("接访活动（次）", ("3", "1", "2"), "reception_sessions"))
    grid.show_grid(("本期", "1月", "2月"), (*ROWS, *rest))
    grid.activateWindow()
    grid.setFocus()
    assert not grid.currentIndex().isValid()
    seen = []
    for key in (Qt.Key.Key_Down,) * 4 + (Qt.Key.Key_Up,) * 4:
        keys.press(key, into=grid)
        seen.append(grid.currentIndex().row())
    assert seen == [1, 2, 4, 4, 2, 1, 1, 1]


def test_headings_and_blanks_are_no_numbers(grid: Grid, qtbot: QtBot) -> None:
    assert grid.grid.flags(grid.grid.index(0, 0)) == Qt.ItemFlag.ItemNeverHasChildren
    with qtbot.assertNotEmitted(grid.chosen):
        grid.setCurrentIndex(grid.grid.index(2, 1))


def copied(grid: Grid) -> list[str]:
    keys.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, grid)
    return QGuiApplication.clipboard().text().split("\n")


def test_the_whole_table_is_copied(grid: Grid) -> None:
    assert copied(grid) == [
        "\t本期\t1月\t2月",
        "宣讲\t\t\t",
        "宣讲活动（场次）\t18\t——\t7",
        "受众（人次）\t742\t\t300",
    ]


def test_chosen_cells_are_copied_with_their_titles(grid: Grid) -> None:
    for row in (1, 2):
        grid.selectionModel().select(
            grid.grid.index(row, 2), QItemSelectionModel.SelectionFlag.Select
        )
    assert copied(grid) == ["\t2月", "宣讲活动（场次）\t7", "受众（人次）\t300"]
