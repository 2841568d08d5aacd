"""The lists of problems, kinds, topics and examples in the window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.gui import theme
from desktop.gui.forms.group_dialog import GroupDialog
from desktop.gui.record_list import RecordListView
from desktop.gui.screens import research_lists
from desktop.gui.screens.examples import ExamplesPage
from desktop.gui.screens.list_screen import ListScreen, Page
from desktop.gui.screens.lists import registers_lists
from desktop.gui.screens.main_window import MainWindow
from desktop.ledger.ledger import Ledger
from desktop.records import Problem, Suggestion, Topic
from desktop.work import problems, root_causes
from tests import fakes
from tests.unit.gui import keys

TODAY = dt.date.today()
LATE = TODAY - dt.timedelta(3)


@pytest.fixture
def ids(ledger: Ledger) -> dict[str, str]:
    with ledger.write("登记") as rows:
        found = rows.save(
            Problem(title="甲", status="办理中", due=LATE, unit=fakes.unit("县水利局")),
            Problem(title="乙", status="已解决待核验", due=LATE),
            Problem(title="丙", decision="现场解决", due=LATE),
            Problem(title="丁", status="已销号"),
        )
        (topic,) = rows.save(Topic(name="农村养老", state="完成", start=TODAY))
        (idea,) = rows.save(
            Suggestion(date=TODAY, content="增开班车", example=True, example_before="没有车")
        )
    step = problems.Entry(date=TODAY, text="配件已订")
    problems.take(ledger, found[0].id, "progress", step)
    return {p.title: p.id for p in found} | {"topic": topic.id, "idea": idea.id}


@pytest.fixture
def window(ledger: Ledger, ids: dict[str, str], qtbot: QtBot, qapp: QApplication):
    theme.apply(qapp, theme.Look.LIGHT)
    ledger.is_handed_over = True
    shown = MainWindow(ledger)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    yield shown
    shown.close()


def lists(window: MainWindow, name: str) -> ListScreen:
    assert window.show_screen(name)
    screen = window.screen_now
    assert isinstance(screen, ListScreen)
    return screen


def view(screen: ListScreen) -> RecordListView:
    shown = screen.view
    assert isinstance(shown, RecordListView)
    return shown


@pytest.mark.parametrize(("tab", "titles"), [(0, "甲乙丙丁"), (1, "甲乙"), (2, "甲"), (3, "乙")])
def test_quick_lists(
    window: MainWindow, ids: dict[str, str], qtbot: QtBot, tab: int, titles: str
) -> None:
    screen = lists(window, "problems")
    screen.show_list(tab)
    wanted = {ids[t] for t in titles}
    qtbot.waitUntil(lambda: set(view(screen).model.ids) == wanted)


def test_the_line_above_says_what_they_add_up_to(
    window: MainWindow, ids: dict[str, str], qtbot: QtBot
) -> None:
    shown = view(lists(window, "problems"))
    words = " · 未销号 2 · ● 超期 1 · 待核验 1"
    qtbot.waitUntil(lambda: (shown.count.text(), shown.sums.text()) == ("4 条", words))


def test_a_line_of_the_log_leads_to_its_problem(
    window: MainWindow, ids: dict[str, str], qtbot: QtBot
) -> None:
    found: list[str] = []
    window.operations.read(
        lambda ledger: [h.id for h in ledger.search("配件", ["progress_note"])], found.extend
    )
    qtbot.waitUntil(lambda: bool(found))
    window.open_record("progress_note", found[0])
    screen = lists(window, "problems")
    qtbot.waitUntil(lambda: screen.pane.record == ("problem", ids["甲"]))


def test_a_problem_opened_on_a_tab_stays_on_it(
    window: MainWindow, ids: dict[str, str], qtbot: QtBot
) -> None:
    screen = lists(window, "problems")
    screen.show_list(2)
    qtbot.waitUntil(lambda: bool(view(screen).model.ids))
    window.open_record("problem", ids["甲"])
    assert screen.shows("problem") == 2
    assert screen.pane.record == ("problem", ids["甲"])


def test_words_of_the_rows(ledger: Ledger, ids: dict[str, str]) -> None:
    words = research_lists.problems_source(problems.ALL, lambda: TODAY).words(
        ledger, [ids["甲"], ids["丙"]]
    )
    assert words[ids["甲"]][2:] == (
        "县水利局", "办理中", "● 超期3天", f"{TODAY:%m-%d} 配件已订",
    )  # fmt: skip
    assert words[ids["丙"]][3:5] == ("✓ 现场解决", "")
    root = root_causes.group(ledger, [ids["甲"], ids["丙"]], name="同一类")
    assert research_lists.root_causes_source().words(ledger, [root.id])[root.id][:2] == (
        "同一类", "◐ 1/2",
    )  # fmt: skip
    topic = research_lists.topics_source(lambda: TODAY).words(ledger, [ids["topic"]])[ids["topic"]]
    assert topic[5:] == ("✓ 完成", "", "")


def test_chosen_rows_are_grouped(window: MainWindow, ids: dict[str, str], qtbot: QtBot) -> None:
    screen = lists(window, "problems")
    shown = view(screen)
    qtbot.waitUntil(lambda: len(shown.model.ids) == 4)
    button = next(b for b in shown.findChildren(QPushButton) if b.text() == "归为同类…")
    assert not button.isVisible()
    shown.table.selectAll()
    assert button.isVisible()
    button.click()
    qtbot.waitUntil(lambda: screen.findChild(GroupDialog) is not None)
    dialog = screen.findChild(GroupDialog)
    qtbot.waitUntil(lambda: "甲" in dialog.titles.text())
    with qtbot.waitSignal(dialog.grouped):
        keys.write("同一类", dialog.editor.input())
        keys.press(keys.ENTER, into=dialog.editor.input())
    screen.show_list(4)
    qtbot.waitUntil(lambda: len(view(screen).model.ids) == 1)


def test_examples_of_the_year(window: MainWindow, ids: dict[str, str], qtbot: QtBot) -> None:
    screen = lists(window, "registers")
    at = next(i for i, one in enumerate(registers_lists(lambda: TODAY)) if isinstance(one, Page))
    screen.show_list(at)
    page = screen.view
    assert isinstance(page, ExamplesPage)
    qtbot.waitUntil(lambda: bool(page.rows))
    assert page.count.text() == "1 个 · 1 个还要补"
    page.table.setFocus()
    keys.press(keys.ENTER, into=page.table)
    qtbot.waitUntil(lambda: window.screen_now is not screen)
    other = window.screen_now
    assert isinstance(other, ListScreen)
    assert other.pane.record == ("suggestion", ids["idea"])
    keys.press(Qt.Key.Key_Escape, into=other)
