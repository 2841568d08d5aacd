"""本机编号字母 in 设置: shown, changed, and what it says."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.gui.operations import Operations
from desktop.gui.screens.letter_row import LetterRow
from desktop.work.numbers import pc_letter


def test_a_free_letter_is_chosen_and_kept(operations: Operations, qtbot: QtBot) -> None:
    row = LetterRow(operations)
    qtbot.addWidget(row)
    qtbot.waitUntil(row.choice.isEnabled)
    assert row.choice.currentText() == "B"  # the fixture is a copy, so another PC
    assert [row.choice.itemText(at) for at in range(2)] == ["B", "C"]
    assert "可能会用上同一个字母" in row.told.text()
    row.choice.setCurrentText("K")
    row.choice.activated.emit(row.choice.currentIndex())
    qtbot.waitUntil(lambda: row.choice.isEnabled() and "-K-" in row.told.text())
    found: list[str] = []
    operations.read(pc_letter, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["K"]
    assert row.choice.currentText() == "K"
