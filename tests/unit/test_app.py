"""The program with a window: from the first window to a ledger's and back."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.gui import messages
from desktop.gui.screens.main_window import MainWindow
from desktop.gui.screens.start import StartWindow
from tests import ledgers


@pytest.fixture
def program(qapp: QApplication):
    made = app.Program(qapp)
    yield made
    if made.window is not None:
        made.window.close()
    made.end()
    made.deleteLater()


def test_a_ledger_named_on_the_command_line_is_asked_for(
    program: app.Program, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = ledgers.copy_empty(tmp_path / "柳河镇.ledger")
    program.start(folder)
    first = program.window
    assert isinstance(first, StartWindow)
    page = first._pages.currentWidget()
    page.password.setText(ledgers.PASSWORD)
    page.good.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=10_000)
    assert program.window.windowTitle() == "柳河镇 四下基层工作台账"


def test_another_ledger_may_be_chosen(program: app.Program, tmp_path: Path, qtbot: QtBot) -> None:
    program._show_ledger(ledgers.open_empty(tmp_path / "柳河镇.ledger"))
    window = program.window
    assert isinstance(window, MainWindow)
    window._leave()
    assert isinstance(program.window, StartWindow)
    with ledgers.Ledger.open(tmp_path / "柳河镇.ledger", ledgers.PASSWORD):
        pass  # it was closed


def test_a_bug_is_shown_and_the_program_goes_on(
    program: app.Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(messages, "show", shown.append)
    sys.excepthook(ValueError, ValueError("oops"), None)
    assert [str(e) for e in shown] == ["oops"]


def test_garbage_is_collected_on_the_gui_thread_only(program: app.Program) -> None:
    assert not gc.isenabled()
    program.end()
    assert gc.isenabled()


@pytest.mark.skipif(sys.platform == "win32", reason="input methods of Linux")
@pytest.mark.parametrize(
    ("before", "module"),
    [
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=ibus"}, None),
        ({}, None),
        ({"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "ibus"}, "ibus"),
    ],
)
def test_fcitx_without_its_plug_in_is_asked_by_way_of_ibus(
    before: dict[str, str], module: str | None
) -> None:
    app.choose_input_method(before)
    assert before.get("QT_IM_MODULE") == module


@pytest.mark.skipif(sys.platform == "win32", reason="input methods of Linux")
def test_fcitx_with_its_plug_in_is_left_alone(tmp_path: Path) -> None:
    plugin = tmp_path / "platforminputcontexts" / "libfcitx5platforminputcontextplugin.so"
    plugin.parent.mkdir()
    plugin.touch()
    environment = {"XMODIFIERS": "@im=fcitx", "QT_PLUGIN_PATH": str(tmp_path)}
    app.choose_input_method(environment)
    assert "QT_IM_MODULE" not in environment


def test_it_starts_and_ends_without_a_word(home: Path) -> None:
    code = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication;"
        "from desktop.app import run;"
        "a = QApplication([]); QTimer.singleShot(800, a.closeAllWindows); sys.exit(run())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], env=dict(os.environ), capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert (home / "sixia" / "log" / "sixia.log").is_file()


def test_what_is_heavy_is_not_imported_before_the_first_window() -> None:
    code = (
        "import sys, desktop.app, desktop.gui.screens.start;"
        "print([m for m in ('reportlab', 'pypdfium2', 'calamine', 'desktop.jobs.make_report',"
        " 'desktop.gui.screens.main_window') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout.strip() == b"[]"
