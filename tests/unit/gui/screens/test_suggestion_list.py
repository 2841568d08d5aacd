"""意见建议: the three lists, their marks and sums; pairs proposed one by one; the notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.gui import theme
from desktop.gui.screens.doubles import DoublesDialog
from desktop.gui.screens.list_screen import ListScreen
from desktop.gui.screens.main_window import MainWindow
from desktop.gui.screens.paper_made import PaperMade
from desktop.gui.screens.suggestion_list import SuggestionTools
from desktop.ledger.ledger import Ledger
from desktop.records import Suggestion
from desktop.work import doubles
from tests import fakes
from tests.unit.reports.reading import page_texts

TODAY = dt.date(2026, 11, 24)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


@pytest.fixture
def ids(ledger: Ledger) -> dict[str, str]:
    ledger.now = lambda: dt.datetime(2026, 11, 24, 10, 0)
    made: list[Any] = [
        fakes.make(Suggestion, date=day(11, 1), content="增开柳河镇赶集班车", adoption="采纳"),
        fakes.make(Suggestion, date=day(11, 2), content="希望增开柳河镇的赶集班车"),
        fakes.make(Suggestion, date=day(11, 3), content="老旧小区加装扶手坡道", unit="县水利局"),
        fakes.make(Suggestion, date=day(11, 4), content="夜间开放村史馆", replied=day(11, 10),
                   adoption="不采纳", reason="没有值守人员"),
        fakes.make(Suggestion, date=day(11, 5), content="宅基地界址不清", converted=day(11, 6)),
        fakes.make(Suggestion, date=day(11, 6), content="修桥请快一点吧", status="归档",
                   adoption="留作参考"),
    ]  # fmt: skip
    names = ("main", "like", "open", "answered", "converted", "filed")
    with ledger.write("记建议") as rows:
        written = rows.save(*made)
    return {name: one.id for name, one in zip(names, written, strict=True)}


@pytest.fixture
def window(
    ledger: Ledger, ids: dict[str, str], qtbot: QtBot, qapp: QApplication
) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.Look.LIGHT)
    ledger.is_handed_over = True
    shown = MainWindow(ledger, today=lambda: TODAY)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    shown.show_screen("suggestions")
    yield shown
    shown.close()


def screen(window: MainWindow) -> ListScreen:
    found = window.screen_now
    assert isinstance(found, ListScreen)
    return found


def listed(window: MainWindow, qtbot: QtBot, tab: int) -> set[str]:
    screen(window).show_list(tab)
    view = screen(window).view
    qtbot.waitUntil(lambda: view._asked and not window.operations.busy)
    qtbot.waitUntil(lambda: "条" in view.count.text() and "…" not in view.count.text())
    qtbot.waitUntil(lambda: all(view.model.ids))
    return set(view.model.ids)


def test_each_tab_holds_what_it_says(window: MainWindow, qtbot: QtBot, ids: dict[str, str]) -> None:
    assert listed(window, qtbot, 0) == set(ids.values())
    assert listed(window, qtbot, 1) == {ids["main"], ids["like"], ids["open"]}
    assert listed(window, qtbot, 2) == {ids["main"]}


def test_joined_ones_stay_in_the_list_with_a_mark_and_count_once(
    window: MainWindow, qtbot: QtBot, ids: dict[str, str]
) -> None:
    listed(window, qtbot, 0)
    view = screen(window).view

    def join(ledger: Ledger, _progress: object) -> None:
        with ledger.write("并为一条") as rows:
            doubles.join(ledger, rows, Suggestion.type, ids["like"], ids["main"])

    window.operations.write("", join)
    qtbot.waitUntil(lambda: "归并后 5 件" in view.sums.text())
    assert view.count.text() == "6 条"
    assert view.sums.text() == " · 归并后 5 件 · 在办 2 件 · 待答复 1 件"
    row = view.model.ids.index(ids["like"])
    qtbot.waitUntil(lambda: str(view.model.index(row, 1).data()) == "已并入 增开柳河镇赶集班车")
    assert listed(window, qtbot, 1) == {ids["main"], ids["open"]}


def test_a_record_opens_beside_the_list_that_it_was_picked_from(
    window: MainWindow, qtbot: QtBot, ids: dict[str, str]
) -> None:
    listed(window, qtbot, 2)
    screen(window).open_record(Suggestion.type, ids["main"])
    assert screen(window)._at == 2
    assert screen(window).pane.record == ("suggestion", ids["main"])


def dialog_of(window: MainWindow, qtbot: QtBot) -> DoublesDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(DoublesDialog)))
    (dialog,) = window.findChildren(DoublesDialog)
    qtbot.waitUntil(lambda: "正在找" not in dialog._head.text())
    return dialog


def test_pairs_are_proposed_and_joined_by_a_person(
    window: MainWindow, qtbot: QtBot, ids: dict[str, str]
) -> None:
    listed(window, qtbot, 0)
    screen(window).view.findChildren(SuggestionTools)[0].doubles.click()
    dialog = dialog_of(window, qtbot)
    (pair,) = dialog.pairs
    assert (pair.newer.id, pair.older.id) == (ids["like"], ids["main"])
    assert dialog.skip.hasFocus()  # Enter alone joins nothing
    dialog.join.click()
    qtbot.waitUntil(lambda: dialog.joined == 1)
    assert dialog._head.text() == "✓ 看完了，并了 1 条"
    dialog.join.click()
    view = screen(window).view
    qtbot.waitUntil(lambda: "归并后 5 件" in view.sums.text())
    window.undo()
    qtbot.waitUntil(lambda: "归并后" not in view.sums.text())


def test_a_pair_that_is_two_things_is_left_alone(
    window: MainWindow, qtbot: QtBot, ids: dict[str, str]
) -> None:
    listed(window, qtbot, 0)
    screen(window).view.findChildren(SuggestionTools)[0].doubles.click()
    dialog = dialog_of(window, qtbot)
    dialog.skip.click()
    assert dialog._head.text() == "✓ 看完了，并了 0 条"
    dialog.join.click()
    found: list[Any] = []
    qtbot.waitUntil(lambda: not window.operations.busy)  # it is being remembered
    window.operations.read(lambda ledger: doubles.mains(ledger, ids.values()), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [{}]
    screen(window).view.findChildren(SuggestionTools)[0].doubles.click()
    qtbot.waitUntil(
        lambda: any("没有找到" in d._head.text() for d in window.findChildren(DoublesDialog))
    )


def test_the_notice_is_printed_for_the_answers_of_the_period(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "公示.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    listed(window, qtbot, 0)
    screen(window).view.findChildren(SuggestionTools)[0].notice.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(PaperMade)))
    for dialog in window.findChildren(PaperMade):
        dialog.close()
    words = "".join("".join(page_texts(out)).split())
    assert "2026年11月10日" in words
    assert "夜间开放村史馆" in words
    assert "扶手坡道" not in words
