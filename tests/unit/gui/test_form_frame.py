"""What every form has: Tab goes through it from top to bottom, and out of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.gui.form_frame import FormFrame
from desktop.gui.operations import Operations
from desktop.gui.screens.record_pane import FORMS, RecordPane
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from tests.unit.gui.keys import focused, press

WRITTEN = sorted({*FORMS, "case", "dispute", "study_event", "mechanism", "residential_area"})


@pytest.mark.parametrize("name", WRITTEN)
def test_tab_goes_through_an_empty_form_and_out(
    name: str, ledger: Ledger, operations: Operations, qtbot: QtBot
) -> None:
    pane = RecordPane(operations, ledger.office)
    qtbot.addWidget(pane)
    pane.resize(1000, 700)
    pane.show()
    pane.activateWindow()
    pane.show_record(RECORD_TYPES[name])
    form = pane.findChild(FormFrame)
    assert form is not None
    qtbot.waitUntil(lambda: form.is_open)
    wanted = [w for w in form.every_stop() if w.isVisibleTo(form) and w.isEnabled()]
    form.go_to(wanted[0])
    seen = []
    for _ in wanted:
        seen.append(focused())
        press(Qt.Key.Key_Tab)
    assert seen == wanted
    assert not form.isAncestorOf(focused())
    for stop in reversed(wanted):
        press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert focused() is stop
