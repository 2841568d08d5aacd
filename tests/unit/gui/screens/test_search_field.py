"""Search in the window: by type with counts, words marked, one opens, or all as a list."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.gui import theme
from desktop.gui.screens.hit_list import ALL, LABEL, SNIPPET, HitList, _pieces
from desktop.gui.screens.list_screen import ListScreen
from desktop.gui.screens.main_window import MainWindow
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Lecture, Problem, Suggestion
from desktop.work.found import Group, find_first
from tests import fakes
from tests.unit.gui import keys

TODAY = dt.date(2026, 11, 20)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(ledger: Ledger, qtbot: QtBot, qapp: QApplication):
    theme.apply(qapp, theme.Look.LIGHT)
    with ledger.write("记") as rows:
        (trip,) = rows.save(fakes.make(Activity, leader=fakes.cadre("李明")))
        rows.save(*(fakes.make(Lecture, activity=trip.id, note="讲路灯") for _ in range(7)))
        rows.save(*(fakes.make(Problem, title=f"第{n}处路灯损坏") for n in range(9)))
        rows.save(fakes.make(Problem, title="桥", measure="先装路灯"))
        rows.save(fakes.make(Suggestion, content="多装路灯"))
    ledger.is_handed_over = True
    shown = MainWindow(ledger, today=lambda: TODAY)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    shown.activateWindow()
    with qtbot.waitActive(shown):
        pass
    yield shown
    shown.close()


def look_for(window: MainWindow, qtbot: QtBot, words: str, rows: int) -> HitList:
    keys.press(Qt.Key.Key_F, CTRL, window)
    keys.write(words, window.search)
    hits = window.search.hits
    qtbot.waitUntil(lambda: hits.isVisible() and hits.count() == rows)
    return hits


def labels(hits: HitList) -> list[str]:
    return [one for row in range(hits.count()) if (one := hits.item(row).data(LABEL))]


def walk_to(hits: HitList, window: MainWindow, words: str) -> None:
    for _ in range(hits.count()):
        if hits.currentItem().text() == words:
            return
        keys.press(Qt.Key.Key_Down, into=window.search)
    raise AssertionError(words)


def test_types_with_counts_and_the_words_around(window: MainWindow, qtbot: QtBot) -> None:
    hits = look_for(window, qtbot, "路灯", 13)  # 1 + 5 and all + 5 and all
    assert labels(hits) == ["意见建议 1", "问题 10", "宣讲 7"]
    snippets = [hits.item(row).data(SNIPPET) for row in range(hits.count())]
    assert "解决措施：先装路灯" in snippets
    assert [one.text() for row in range(13) if (one := hits.item(row)).data(ALL)] == [
        "全部 10 条问题",
        "全部 7 条宣讲",
    ]


def test_all_of_a_type_are_shown_as_a_list(window: MainWindow, qtbot: QtBot) -> None:
    hits = look_for(window, qtbot, "路灯", 13)
    walk_to(hits, window, "全部 10 条问题")
    keys.press(keys.ENTER, into=window.search)
    screen = window.screen_now
    assert isinstance(screen, ListScreen)
    qtbot.waitUntil(lambda: screen.view.count.text() == "10 条")
    assert screen.view.source.of is Problem.type
    assert screen.view.filter.words.text() == "路灯"


def test_parts_are_shown_as_the_list_of_their_trips(window: MainWindow, qtbot: QtBot) -> None:
    hits = look_for(window, qtbot, "讲路灯", 6)
    walk_to(hits, window, "全部 7 条宣讲")
    keys.press(keys.ENTER, into=window.search)
    screen = window.screen_now
    assert isinstance(screen, ListScreen)
    qtbot.waitUntil(lambda: screen.view.count.text() == "1 条")
    assert screen.view.source.of is Activity.type


def test_the_choice_stays_when_the_counts_come(window: MainWindow, qtbot: QtBot) -> None:
    hits = look_for(window, qtbot, "路灯", 13)
    hits.setCurrentRow(4)
    chosen = hits._mark()
    found: list[list[Group]] = []
    window.operations.read(lambda ledger: find_first(ledger, "路灯"), found.append)
    qtbot.waitUntil(lambda: bool(found))
    hits.show_groups(found[0], "路灯", ())
    assert labels(hits) == ["意见建议", "问题", "宣讲"]
    assert hits._mark() == chosen


def test_the_full_answer_is_not_replaced_by_the_quick_one(window: MainWindow, qtbot: QtBot) -> None:
    hits = look_for(window, qtbot, "路灯", 13)
    window.search._show_first([])
    assert hits.count() == 13


@pytest.mark.parametrize(
    ("text", "wanted", "pieces"),
    [
        ("前沟村路灯", ["路灯"], [("前沟村", False), ("路灯", True)]),
        ("ABC路灯abc", ["abc"], [("ABC", True), ("路灯", False), ("abc", True)]),
        ("路灯路灯", ["灯路"], [("路", False), ("灯路", True), ("灯", False)]),
        ("㈱路灯", ["路灯"], [("㈱路灯", False)]),
        ("", ["路"], []),
    ],
)
def test_what_was_looked_for_is_marked(
    text: str, wanted: list[str], pieces: list[tuple[str, bool]]
) -> None:
    assert _pieces(text, wanted) == pieces
