"""Lists of records: any length, asked for in blocks, filtered and sorted by the ledger."""

from __future__ import annotations

import datetime as dt
from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.core.ids import derived_id
from desktop.gui import period
from desktop.gui.clipboard import as_table
from desktop.gui.list_model import BLOCK, BLOCKS_KEPT, RecordListModel
from desktop.gui.list_source import source_of, with_offices
from desktop.gui.operations import Operations
from desktop.gui.record_list import FIRST_PAGE, RecordListView
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, Suggestion
from tests import fakes
from tests.unit.gui import keys

FIRST_DAY = dt.date(2026, 1, 1)
DISPLAY = Qt.ItemDataRole.DisplayRole


def suggestion(n: int) -> Suggestion:
    return fakes.make(
        Suggestion,
        id=derived_id("suggestion", str(n)),
        date=FIRST_DAY + dt.timedelta(days=n % 300),
        content=f"第{n}条建议：{'修路' if n % 2 else '装路灯'}",
        channel="座谈会" if n % 3 else "接访",
        place=fakes.place("前沟村"),
    )


def fill(ledger: Ledger, count: int) -> None:
    with ledger.write("记") as rows:
        rows.save(*map(suggestion, range(count)))


@pytest.fixture
def count() -> int:
    return 30


@pytest.fixture
def view(ledger: Ledger, count: int, request, qtbot: QtBot) -> RecordListView:
    fill(ledger, count)
    operations: Operations = request.getfixturevalue("operations")
    shown = RecordListView(operations, source_of(Suggestion.type), new="记一条建议")
    qtbot.addWidget(shown)
    shown.resize(1000, 500)
    shown.show()
    qtbot.waitUntil(lambda: len(shown.model.ids) == count)
    qtbot.waitUntil(lambda: shown.count.text().startswith(f"{count:,}"))
    return shown


def cell(view: RecordListView, row: int, title: str) -> str:
    titles = [c.title for c in view.source.columns]
    return view.model.index(row, titles.index(title)).data()


def wait_rows(view: RecordListView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.model._wanted and view.model.index(0, 0).data() != "")


def test_the_newest_come_first_with_links_in_words(view: RecordListView, qtbot: QtBot) -> None:
    wait_rows(view, qtbot)
    assert cell(view, 0, "收集日期") == "2026-01-30"
    assert cell(view, 0, "地点") == "前沟村"
    assert cell(view, 29, "收集日期") == "2026-01-01"


@pytest.mark.parametrize("of", RECORD_TYPES.values(), ids=RECORD_TYPES)
def test_the_model_of_every_type_keeps_qts_rules(operations: Operations, qtbot: QtBot, of) -> None:
    model = RecordListModel(operations, source_of(of))
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.show_ids([derived_id("none", str(n)) for n in range(3)])
    qtbot.waitUntil(lambda: model.index(0, 0).data() == "（这条已不在）")
    model.show_ids([derived_id("none", str(n)) for n in range(200)])
    model.show_ids([derived_id("none", str(n)) for n in range(300)], rest=True)
    model.show_ids([])
    assert tester.model() is model


def test_a_row_that_is_gone_is_disabled(operations: Operations, qtbot: QtBot) -> None:
    model = RecordListModel(operations, source_of(Suggestion.type))
    model.show_ids([derived_id("none", "1")])
    qtbot.waitUntil(lambda: model.index(0, 0).data() == "（这条已不在）")
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEnabled


@pytest.mark.parametrize("count", [20_000])
def test_a_long_list_asks_for_what_one_sees(view: RecordListView, qtbot: QtBot) -> None:
    wait_rows(view, qtbot)
    seen = view.table.height() // view.table.rowHeight(0) + 2
    assert view.model.fetched <= 4 * BLOCK * (seen // BLOCK + 1)
    before = view.model.fetched
    view.table.scrollToBottom()
    qtbot.waitUntil(lambda: view.model.index(19_999, 0).data() != "")
    assert view.model.fetched - before <= 4 * BLOCK
    assert FIRST_PAGE < 20_000


@pytest.mark.parametrize("count", [20_000])
def test_dragging_the_scroll_bar_does_not_fetch_what_flew_by(
    view: RecordListView, qtbot: QtBot
) -> None:
    wait_rows(view, qtbot)
    before = view.model.fetched
    for row in range(0, 20_000, 500):
        view.table.scrollTo(view.model.index(row, 0))
        view.table.viewport().repaint()
    bottom = view.model.index(19_500, 0)
    qtbot.waitUntil(lambda: bottom.data() != "")
    assert view.model.fetched - before < 10 * BLOCK


def test_words_narrow_the_list(view: RecordListView, qtbot: QtBot) -> None:
    view.filter.words.setText("路灯")
    qtbot.waitUntil(lambda: view.count.text() == "15 条")
    wait_rows(view, qtbot)
    assert "路灯" in cell(view, 0, "内容")


def test_a_period_and_a_label_narrow_the_list(view: RecordListView, qtbot: QtBot) -> None:
    days = period.Period(dt.date(2026, 1, 1), dt.date(2026, 1, 10))
    view.filter.period.pick(days)
    qtbot.waitUntil(lambda: view.count.text() == "10 条")
    button = next(b for b in view.filter.choices if b.name == "channel")
    button.pick(("接访", "接访"))
    qtbot.waitUntil(lambda: view.count.text() == "4 条")
    assert button.text() == "收集渠道：接访"


def test_nothing_found_offers_the_way_back(view: RecordListView, qtbot: QtBot) -> None:
    view.filter.words.setText("没有这样的词")
    qtbot.waitUntil(lambda: view.count.text() == "0 条")
    assert view._empty._sentence.text() == "没有符合条件的意见建议。"
    view._empty._all.click()
    qtbot.waitUntil(lambda: view.count.text() == "30 条")


@pytest.mark.parametrize("count", [0])
def test_an_empty_list_says_what_to_do_first(view: RecordListView, qtbot: QtBot) -> None:
    assert view._empty._sentence.text() == "还没有意见建议。"
    with qtbot.waitSignal(view.wanted_new):
        view._empty._new.click()


def test_a_header_sorts_and_turns_round(view: RecordListView, qtbot: QtBot) -> None:
    column = [c.sort for c in view.source.columns].index("date")
    view._sort(column)
    qtbot.waitUntil(lambda: view.model.ids[0] == derived_id("suggestion", "0"))
    view._sort(column)
    qtbot.waitUntil(lambda: view.model.ids[0] == derived_id("suggestion", "29"))


def test_a_column_of_links_sorts_by_their_titles(
    view: RecordListView, operations: Operations, qtbot: QtBot
) -> None:
    places = ("石门镇", "后塬村", "一处没有登记的地方")

    def job(ledger: Ledger, _progress: object) -> None:
        with ledger.write("记") as rows:
            for n, name in enumerate(places):
                place = fakes.place(name) if name in fakes.PLACES else name
                rows.save(replace(suggestion(100 + n), place=place))

    operations.write("记", job)
    qtbot.waitUntil(lambda: view.count.text() == "33 条")
    view._sort([c.title for c in view.source.columns].index("地点"))
    qtbot.waitUntil(lambda: cell(view, 32, "地点") == "石门镇")
    seen = [cell(view, row, "地点") for row in range(33)]
    assert seen == sorted(["前沟村"] * 30 + list(places))


def test_rows_are_copied_as_a_table(view: RecordListView, qtbot: QtBot) -> None:
    wait_rows(view, qtbot)
    view.table.setFocus()
    view.table.selectAll()
    QGuiApplication.clipboard().clear()
    keys.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, view.table)
    qtbot.waitUntil(lambda: "\t" in QGuiApplication.clipboard().text())
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 31
    assert lines[0].split("\t")[0] == "收集日期"


def test_codes_keep_their_zeros_in_wps() -> None:
    data = as_table([["代码"], ["001\n2"]])
    assert data.text == "代码\n001 2"
    assert "mso-number-format" in data.html


def test_enter_opens_a_row(view: RecordListView, qtbot: QtBot) -> None:
    wait_rows(view, qtbot)
    view.table.selectRow(2)
    with qtbot.waitSignal(view.opened) as done:
        keys.press(keys.ENTER, into=view.table)
    assert done.args == [view.model.ids[2]]


def test_a_change_shows_and_the_cursor_stays(
    view: RecordListView, operations: Operations, qtbot: QtBot
) -> None:
    wait_rows(view, qtbot)
    view.table.selectRow(3)
    chosen = view.model.ids[3]

    def job(ledger: Ledger, _progress: object) -> None:
        with ledger.write("记") as rows:
            rows.save(fakes.make(Suggestion, date=dt.date(2026, 12, 1), content="新的"))

    operations.write("记", job)
    qtbot.waitUntil(lambda: view.count.text() == "31 条")
    assert [view.model.id_at(view.model.row_of(key)) for key in view.selected()] == [chosen]


def test_other_types_leave_the_list_alone(
    view: RecordListView, operations: Operations, qtbot: QtBot
) -> None:
    wait_rows(view, qtbot)
    asked = view.model.fetched

    def job(ledger: Ledger, _progress: object) -> None:
        with ledger.write("记") as rows:
            rows.save(fakes.make(RECORD_TYPES["dispute"].cls))

    with qtbot.waitSignal(operations.changed):
        operations.write("记", job)
    qtbot.wait(50)
    assert view.model.fetched == asked


def test_a_county_sees_whose_each_record_is(ledger: Ledger, request, qtbot: QtBot) -> None:
    fill(ledger, 3)
    operations: Operations = request.getfixturevalue("operations")
    view = RecordListView(operations, with_offices(source_of(Suggestion.type)))
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: len(view.model.ids) == 3)
    wait_rows(view, qtbot)
    assert cell(view, 0, "单位") == "柳河镇"
    assert view.filter.choices[0].text() == "单位"


def test_row_numbers_keep_qts_rules_too(
    ledger: Ledger, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    fill(ledger, 300)
    numbers = ledger.row_numbers(source_of(Suggestion.type).query)
    operations: Operations = request.getfixturevalue("operations")
    model = RecordListModel(operations, source_of(Suggestion.type))
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    assert model.show_ids(numbers[:200])
    qtbot.waitUntil(lambda: model.index(0, 0).data() != "")
    assert model.id_at(0) == derived_id("suggestion", "299")
    assert model.id_at(199) == ""
    before = model.fetched
    assert model.show_ids(numbers, rest=True)  # grows; what is on screen stays
    assert model.index(0, 0).data() == "2026-10-27"
    assert model.fetched == before
    assert not model.show_ids(numbers)
    qtbot.waitUntil(lambda: model.index(299, 0).data() != "")
    model.show_ids(array("q", [10**9]))
    qtbot.waitUntil(lambda: model.index(0, 0).data() == "（这条已不在）")
    assert tester.model() is model


def test_a_long_list_weighs_eight_bytes_a_row(operations: Operations, qtbot: QtBot) -> None:
    model = RecordListModel(operations, source_of(Suggestion.type))
    numbers = array("q", range(1, 1_000_001))
    model.show_ids(numbers)
    assert model.keys is numbers
    assert model.rowCount() == 1_000_000
    assert len(numbers.tobytes()) == 8_000_000
    for row in range(0, 1_000_000, 1000):
        model.index(row, 0).data()
    qtbot.waitUntil(lambda: not model._wanted)
    assert len(model._rows) <= BLOCK * BLOCKS_KEPT


def test_one_by_keyboard_finds_a_row_chosen(view: RecordListView, qtbot: QtBot) -> None:
    wait_rows(view, qtbot)
    view.filter.words.setFocus()
    keys.press(keys.ENTER, into=view.filter.words)
    assert view.selected() == [view.model.keys[0]]
