"""本机编号字母 in 设置: shown, changed, and what it says."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.gui.operations import Operations
from desktop.gui.screens.letter_row import LetterRow
from desktop.work.numbers import pc_letter


def test_a_free_letter_is_chosen_and_kept(operations: Operations, qtbot: QtBot) -> None:
    row = LetterRow(operations)
    qtbot.addWidget(row)
    qtbot.waitUntil(row.change.isEnabled)
    assert row.letter.text() == "B"  # the fixture is a copy, so another PC
    offered = {action.text(): action for action in row.menu.actions()}
    assert "".join(offered) == "CDEFGHIJKLMNOPQRSTUVWXYZ"
    assert "可能会用上同一个字母" in row.told.text()
    offered["K"].trigger()
    qtbot.waitUntil(lambda: row.change.isEnabled() and "-K-" in row.told.text())
    found: list[str] = []
    operations.read(pc_letter, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["K"]
    assert row.letter.text() == "K"
