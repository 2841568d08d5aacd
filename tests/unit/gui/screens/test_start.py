"""The first window: open, make, practise; every refusal in words at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.gui import memory, theme
from desktop.gui.screens import new_ledger, start
from desktop.gui.screens.new_ledger import NewLedgerPage, strength
from desktop.gui.screens.recovery import RecoveryPage
from desktop.gui.screens.start import ChoicePage, LedgerRow, PasswordPage, StartWindow
from desktop.ledger.ledger import Ledger
from tests import fakes
from tests.unit.gui import keys


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication):
    theme.apply(qapp, theme.Look.LIGHT)
    opened: list[Ledger] = []

    def shown(folder: Path | None = None) -> StartWindow:
        made = StartWindow(folder)
        made.opened.connect(opened.append)
        made.ledgers = opened
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        return made

    yield shown
    for ledger in opened:
        ledger.close()


def page(window: StartWindow, kind: type):
    found = window._pages.currentWidget()
    assert isinstance(found, kind), found
    return found


def test_at_first_it_offers_a_new_ledger_and_practice(window) -> None:
    shown = page(window(), ChoicePage)
    assert not shown.findChildren(LedgerRow)


def test_a_ledger_opened_before_is_offered(window, made_ledger: Path, qtbot: QtBot) -> None:
    memory.note_opened(made_ledger)
    first = window()
    (row,) = page(first, ChoicePage).findChildren(LedgerRow)
    assert row.text() == "柳河镇"
    row.click()
    assert page(first, PasswordPage).folder == made_ledger


def test_the_right_password_opens_and_is_remembered(
    window, made_ledger: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    import shutil

    folder = tmp_path / "柳河镇.ledger"
    shutil.copytree(made_ledger, folder)
    shown = window(folder)
    field = page(shown, PasswordPage).password
    with qtbot.waitSignal(shown.opened):
        keys.write(fakes.PASSWORD, field)
        keys.press(keys.ENTER, into=field)
    assert shown.ledgers[0].office.name == "柳河镇"
    assert memory.recent() == [folder]


def test_a_wrong_password_is_said_and_can_be_typed_again(
    window, made_ledger: Path, qtbot: QtBot
) -> None:
    shown = window(made_ledger)
    asked = page(shown, PasswordPage)
    asked.password.setText("wrong")
    asked.good.click()
    assert not asked.password.isEnabled()
    qtbot.waitUntil(asked._wrong.isVisible)
    assert "密码不对" in asked._wrong.text()
    assert asked.password.isEnabled()
    assert asked.password.selectedText()


def test_an_empty_password_asks_nothing_of_the_ledger(window, made_ledger: Path) -> None:
    asked = page(window(made_ledger), PasswordPage)
    asked.good.click()
    assert asked._wrong.text() == "请输入密码"
    assert asked.password.isEnabled()


def test_a_folder_that_is_no_ledger_is_said(window, tmp_path: Path, qtbot: QtBot) -> None:
    asked = page(window(tmp_path), PasswordPage)
    asked.password.setText("x")
    asked.good.click()
    qtbot.waitUntil(asked._wrong.isVisible)
    assert "不是台账文件夹" in asked._wrong.text()


def test_a_ledger_in_use_is_said(window, ledger: Ledger, qtbot: QtBot) -> None:
    asked = page(window(ledger.folder), PasswordPage)
    asked.password.setText(fakes.PASSWORD)
    asked.good.click()
    qtbot.waitUntil(asked._wrong.isVisible)
    assert "正被另一个窗口或程序使用" in asked._wrong.text()


def fill(form: NewLedgerPage, folder: Path) -> None:
    form._where = folder
    form.name.setText("石门镇")
    form.code.setText("990822102")
    form.user.setText("王丽")
    form.password.setText("lianghui2026")
    form.again.setText("lianghui2026")


def test_a_new_ledger_shows_its_key_once_and_waits_for_the_tick(
    window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.jobs import init_ledger

    whole = init_ledger.init_ledger
    monkeypatch.setattr(
        init_ledger, "init_ledger", lambda *a: whole(*a, cost=fakes.CHEAP), raising=True
    )
    shown = window()
    shown.show_new()
    form = page(shown, NewLedgerPage)
    fill(form, tmp_path)
    form.good.click()
    qtbot.waitUntil(lambda: isinstance(shown._pages.currentWidget(), RecoveryPage))
    key = page(shown, RecoveryPage)
    assert not key.good.isEnabled()
    key.kept.setChecked(True)
    with qtbot.waitSignal(shown.opened):
        key.good.click()
    office = shown.ledgers[0].office
    assert (office.name, office.code, office.level) == ("石门镇", "990822102000", "township")
    recovery = key._facts[2]
    shown.ledgers.pop().close()
    with Ledger.open(tmp_path / "石门镇.ledger", recovery) as again:
        assert again.office.name == "石门镇"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", " ", "单位名称还没有填"),
        ("code", "12", "应为6位（县）、9位（乡镇）或12位数字"),
        ("user", "", "姓名还没有填"),
        ("password", "short", "密码太短"),
        ("again", "lianghui2027", "两次输入的密码不一样"),
    ],
)
def test_what_is_missing_is_said(window, tmp_path: Path, field: str, text: str, said: str) -> None:
    shown = window()
    shown.show_new()
    form = page(shown, NewLedgerPage)
    fill(form, tmp_path)
    getattr(form, field).setText(text)
    form.good.click()
    assert said in form._wrong.text()
    assert form._wrong.isVisible()
    assert isinstance(form.problem()[1], QLineEdit)


def test_a_folder_that_is_there_is_not_overwritten(window, tmp_path: Path) -> None:
    (tmp_path / "石门镇.ledger").mkdir()
    shown = window()
    shown.show_new()
    form = page(shown, NewLedgerPage)
    fill(form, tmp_path)
    assert "已经有叫“石门镇.ledger”的文件夹" in form.problem()[0]


def test_a_name_makes_no_impossible_folder(window, tmp_path: Path) -> None:
    shown = window()
    shown.show_new()
    form = page(shown, NewLedgerPage)
    form.name.setText("石门/镇: ")
    assert form.folder.name == "石门镇.ledger"


def test_the_code_tells_the_level(window) -> None:
    shown = window()
    shown.show_new()
    form = page(shown, NewLedgerPage)
    form.code.setText("990822")
    assert form.county.isChecked()
    form.code.setText("990822101")
    assert form.township.isChecked()


@pytest.mark.parametrize(
    ("password", "color"),
    [("", "quiet"), ("abc", "late"), ("12345678", "soon"), ("aaaaaaaaaa", "soon"),
     ("liuhe-zhen", "done"), ("Liuhe-2026", "done")],
)  # fmt: skip
def test_the_strength_of_a_password(password: str, color: str) -> None:
    assert strength(password)[0] == color
    assert new_ledger.LEAST == 8


def test_practice_opens_the_ledger_that_was_made_before(
    made_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from desktop.jobs import demo

    shutil.copytree(made_ledger, memory.home() / "practice" / f"{demo.COUNTY}.ledger")
    monkeypatch.setattr(demo, "PASSWORD", fakes.PASSWORD)
    monkeypatch.setattr(demo, "demo", lambda out: pytest.fail("made anew"))
    with start.open_practice() as ledger:
        assert ledger.office.name == "柳河镇"
