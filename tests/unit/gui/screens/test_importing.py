"""Import in the window: look first, then write; one step to undo."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.gui import messages
from desktop.gui.operations import Operations
from desktop.gui.screens.doubles import DoublesDialog
from desktop.gui.screens.importing import ImportScreen
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Suggestion

TITLES = "序号,收集日期,收集渠道,类别,意见建议内容,采纳情况"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A ledger as an office keeps it: two rows that can be read, one that can't."""
    rows = [
        "柳河镇2023年意见建议台账,,,,,",
        TITLES,
        "1,2023-03-04,座谈会,交通出行,增加班车,采纳",
        "2,2023-04-05,座谈会,基础设施,装路灯,采纳",
        "3,二月三十日,座谈会,基础设施,修桥,采纳",
    ]
    file = tmp_path / "柳河镇意见建议台账.csv"
    file.write_text("\n".join(rows), "utf-8")
    return file


@pytest.fixture
def screen(operations: Operations, qtbot: QtBot) -> ImportScreen:
    shown = ImportScreen(operations)
    qtbot.addWidget(shown)
    shown.resize(1100, 700)
    shown.show()
    return shown


def count(operations: Operations, qtbot: QtBot) -> int:
    found: list[int] = []
    operations.write("", lambda ledger, _p: ledger.count(Query(Suggestion.type)), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def check(screen: ImportScreen, qtbot: QtBot, *paths: Path) -> None:
    screen.check(list(paths))
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.plan, timeout=20_000)


def test_the_plan_is_shown_before_anything_is_written(
    screen: ImportScreen, operations: Operations, qtbot: QtBot, paper: Path
) -> None:
    check(screen, qtbot, paper)
    row = screen.plan.ledgers._model.rows[0]
    assert row[0] == paper.name
    assert row[2:6] == ["柳河镇", "2023", "3", "2"]
    assert "将新增 2 行" in screen.plan._sentence.text()
    assert any("二月三十日" in " ".join(r) for r in screen.plan.findings._model.rows)
    assert count(operations, qtbot) == 0


def test_importing_says_what_was_written_and_undo_takes_it_back(
    screen: ImportScreen, operations: Operations, qtbot: QtBot, paper: Path
) -> None:
    check(screen, qtbot, paper)
    screen.plan._go.click()
    qtbot.waitUntil(screen.plan._done.isVisible, timeout=20_000)
    assert screen.plan._head.text() == "✓ 已导入 2 行"
    assert count(operations, qtbot) == 2
    with qtbot.waitSignal(screen.wanted_undo):
        screen.plan._undo.click()
    operations.write("撤销", lambda ledger, _p: ledger.undo())
    assert count(operations, qtbot) == 0


def test_the_same_ledger_again_adds_nothing(
    screen: ImportScreen, operations: Operations, qtbot: QtBot, paper: Path
) -> None:
    check(screen, qtbot, paper)
    screen.plan._go.click()
    qtbot.waitUntil(screen.plan._done.isVisible, timeout=20_000)
    screen.escape()
    check(screen, qtbot, paper)
    assert "不会重复" in screen.plan._sentence.text()
    assert not screen.plan._go.isVisible()
    assert count(operations, qtbot) == 2


def test_a_correction_is_offered_not_forced(
    screen: ImportScreen, operations: Operations, qtbot: QtBot, paper: Path
) -> None:
    check(screen, qtbot, paper)
    screen.plan._go.click()
    qtbot.waitUntil(screen.plan._done.isVisible, timeout=20_000)
    screen.escape()
    paper.write_text(paper.read_text("utf-8").replace("装路灯,采纳", "装路灯,部分采纳"), "utf-8")
    check(screen, qtbot, paper)
    assert screen.plan._fix.isVisible()
    screen.plan._fix.click()
    qtbot.waitUntil(screen.plan._done.isVisible, timeout=20_000)

    found: list[str] = []

    def job(ledger: Ledger, _p: object) -> str:
        return "".join(sorted(r.adoption for r in ledger.find(Query(Suggestion.type))))

    operations.write("", job, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["部分采纳采纳"]


def test_a_file_that_is_no_ledger_is_said(
    screen: ImportScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(messages, "show", lambda error, _parent=None: shown.append(error))
    file = tmp_path / "通知.txt"
    file.write_text("关于召开会议的通知", "utf-8")
    screen.check([file])
    qtbot.waitUntil(
        lambda: bool(shown) or screen._pages.currentWidget() is screen.plan, timeout=20_000
    )
    assert screen.choose._files.isEnabled()
    assert shown or not screen.plan._go.isVisible()


def test_after_an_import_the_new_suggestions_can_be_compared(
    screen: ImportScreen, operations: Operations, qtbot: QtBot, paper: Path
) -> None:
    def older(ledger: Ledger, _progress: object) -> None:
        with ledger.write("记建议") as rows:
            rows.save(
                Suggestion(date=dt.date(2023, 1, 5), content="增开柳河镇赶集班车"),
                Suggestion(date=dt.date(2023, 1, 6), content="夜间开放柳河镇村史馆"),
            )

    operations.write("", older)
    row = "1,2023-03-04,座谈会,交通出行,希望增开柳河镇的赶集班车,采纳"
    paper.write_text(f"柳河镇2023年意见建议台账,,,,,\n{TITLES}\n{row}", "utf-8")
    check(screen, qtbot, paper)
    assert not screen.plan.doubles.isVisible()
    screen.plan._go.click()
    qtbot.waitUntil(screen.plan._done.isVisible, timeout=20_000)
    assert screen.plan.doubles.text() == "1 条建议里有没有重复的"
    screen.plan.doubles.click()
    qtbot.waitUntil(lambda: bool(screen.findChildren(DoublesDialog)))
    (dialog,) = screen.findChildren(DoublesDialog)
    qtbot.waitUntil(lambda: bool(dialog.pairs))
    (pair,) = dialog.pairs
    assert (pair.newer.content, pair.older.content) == (
        "希望增开柳河镇的赶集班车",
        "增开柳河镇赶集班车",
    )
    dialog.reject()
