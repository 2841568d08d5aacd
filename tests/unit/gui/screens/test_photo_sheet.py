"""Settings: how photos are kept, how much room they take, clearing what nobody uses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from desktop.gui import memory, messages
from desktop.gui.operations import Operations
from desktop.gui.screens.photo_sheet import PhotoSheet
from desktop.ledger.ledger import Ledger
from desktop.records import Attachment
from desktop.work.pictures import Rules
from tests.unit.gui import keys


def shown(qtbot: QtBot, operations: Operations, words: str) -> PhotoSheet:
    sheet = PhotoSheet(operations)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(lambda: words in sheet.room.text())
    return sheet


def test_what_is_chosen_is_remembered(qtbot, operations) -> None:
    sheet = shown(qtbot, operations, "还没有照片")
    buttons = {b.accessibleName(): b for b in sheet.findChildren(QRadioButton)}
    assert buttons["长边不超过 2000 像素"].isChecked()
    for name in ("长边不超过 原图大小", "一张不超过 100 MB"):
        buttons[name].setFocus()
        keys.press(Qt.Key.Key_Space)
    sheet.original.setFocus()
    keys.press(Qt.Key.Key_Space)
    assert memory.photo_rules() == Rules(0, True, 100)
    assert not sheet.clear.isVisible()


def test_what_no_record_uses_is_cleared_when_somebody_says_so(
    qtbot, ledger: Ledger, operations, monkeypatch
) -> None:
    used = ledger.files().store(bytes(1 << 20), "用.jpg")
    ledger.files().store(b"spare", "剩.jpg")
    with ledger.write("添加照片") as rows:
        rows.save(Attachment(of="0" * 32, sha256=used))
    sheet = shown(qtbot, operations, "现有 2 个文件，共 1.0 MB")
    assert "其中 1 个没有记录用到" in sheet.room.text()
    asked: list[str] = []

    def answer(_parent: object, _title: str, sentence: str, *_: str) -> bool:
        asked.append(sentence)
        return len(asked) > 1

    monkeypatch.setattr(messages, "ask", answer)
    sheet.clear.click()
    sheet.clear.click()
    qtbot.waitUntil(lambda: "现有 1 个文件" in sheet.room.text())
    assert "剩.jpg" in asked[0]
    assert not sheet.clear.isVisible()


def test_a_missing_files_db_is_said_in_place(qtbot, ledger: Ledger, operations) -> None:
    (ledger.folder / "files.db").unlink()
    shown(qtbot, operations, "找不到台账文件")


def test_settings_that_somebody_edited_are_the_usual_ones() -> None:
    for name in ("side", "megabytes", "original"):
        memory._settings().setValue(f"photos/{name}", "很大")
    assert memory.photo_rules() == Rules()
