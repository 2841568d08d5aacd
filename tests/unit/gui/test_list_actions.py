"""A list and what can be done with it: filters, columns, bulk changes, the bin, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from desktop.gui.bulk_dialog import BulkDialog
from desktop.gui.column_chooser import ColumnChooser
from desktop.gui.filters import Chosen
from desktop.gui.list_filter import ValuesDialog
from desktop.gui.list_source import source_of
from desktop.gui.messages import Notice
from desktop.gui.operations import Operations
from desktop.gui.record_list import RecordListView
from desktop.gui.void_dialog import VoidDialog
from desktop.ledger import preferences
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Attachment, Problem
from tests import fakes
from tests.unit.gui import keys

TODAY = dt.date(2026, 11, 20)
STATUSES = ("推进中", "推进中", "已完成", "")
CTRL = Qt.KeyboardModifier.ControlModifier


def problem(n: int) -> Problem:
    return fakes.make(
        Problem,
        title=f"第{n}处路灯",
        date=TODAY - dt.timedelta(n),
        status=STATUSES[n % 4],
        unit=fakes.unit("县水利局" if n % 2 else "县交通运输局"),
    )


@pytest.fixture
def view(ledger: Ledger, request: Any, qtbot: QtBot) -> RecordListView:
    with ledger.write("记") as rows:
        rows.save(*map(problem, range(8)))
    return opened(request.getfixturevalue("operations"), qtbot)


def opened(operations: Operations, qtbot: QtBot) -> RecordListView:
    shown = RecordListView(operations, source_of(Problem.type), today=lambda: TODAY)
    qtbot.addWidget(shown)
    shown.resize(1200, 600)
    shown.show()
    says(shown, qtbot, 8)
    return shown


def says(view: RecordListView, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: view.count.text() == f"{count} 条")
    qtbot.waitUntil(lambda: not view.model._wanted)


def dialog(view: RecordListView, qtbot: QtBot, kind: type) -> Any:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in view.findChildren(kind)))
    return next(d for d in view.findChildren(kind) if d.isVisible())


def asked(operations: Operations, qtbot: QtBot, job: Callable[[Ledger], Any]) -> Any:
    found: list[Any] = []
    operations.read(job, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def titles(view: RecordListView, qtbot: QtBot) -> list[str]:
    def read() -> list[str]:
        return [view.model.index(r, 0).data() for r in range(view.model.rowCount())]

    qtbot.waitUntil(lambda: all(read()))
    return read()


# ---- filters ----------------------------------------------------------------------------------


def test_values_are_ticked_by_keyboard(view: RecordListView, qtbot: QtBot) -> None:
    view.filter.button("status").ask()
    asking = dialog(view, qtbot, ValuesDialog)
    said = [asking.list.item(row).text() for row in range(asking.list.count())]
    assert said == ["推进中　4", "已完成　2", "没有填"]
    keys.press(Qt.Key.Key_Space, into=asking.list)
    asking.list.setCurrentRow(2)
    keys.press(Qt.Key.Key_Space, into=asking.list)
    asking.good.click()
    says(view, qtbot, 6)
    assert view.filter.button("status").text() == "完成情况：推进中、没有填"
    view.filter.button("status").ask()
    asking = dialog(view, qtbot, ValuesDialog)
    assert [v for v, _ in asking._ticked()] == ["推进中", None]
    asking._all()
    says(view, qtbot, 8)


def test_typed_letters_and_enter_pick_a_value(view: RecordListView, qtbot: QtBot) -> None:
    view.filter.button("unit").ask()
    asking = dialog(view, qtbot, ValuesDialog)
    asking.line.setText("slj")
    keys.press(keys.ENTER, into=asking.line)
    says(view, qtbot, 4)
    assert view.filter.button("unit").text() == "责任单位：县水利局"


def test_a_field_may_be_added_and_goes_when_all_is_shown(
    view: RecordListView, qtbot: QtBot
) -> None:
    before = len(view.filter.choices)
    paths = dict(view.filter.fields())
    assert paths["onsite.activity.leader"] == "带队领导（活动）"
    view.filter.button("measure").take(Chosen("measure", (None,), "没有填"))
    view.filter.button("status").pick((None, "没有填"))
    assert len(view.filter.choices) == before + 2
    says(view, qtbot, 2)
    view.clear_link.click()
    says(view, qtbot, 8)
    assert len(view.filter.choices) == before
    assert not view.clear_link.isVisible()


# ---- saved filters ----------------------------------------------------------------------------


def test_a_saved_filter_counts_as_records_change(
    view: RecordListView, operations: Operations, qtbot: QtBot
) -> None:
    view.filter.button("status").pick(("推进中", "推进中"))
    says(view, qtbot, 4)
    qtbot.waitUntil(view.saved.save_link.isVisible)
    view.saved.save("没办完的")
    qtbot.waitUntil(lambda: view.saved.counts == [4])
    assert view.saved._buttons[0].text() == "没办完的　4"
    assert view.saved._buttons[0].isChecked()
    view.filter.clear()
    says(view, qtbot, 8)
    assert not view.saved._buttons[0].isChecked()

    def job(ledger: Ledger, _progress: object) -> None:
        with ledger.write("记") as rows:
            rows.save(problem(9), problem(12))

    operations.write("记", job)
    qtbot.waitUntil(lambda: view.saved.counts == [6])
    view.saved._buttons[0].click()
    says(view, qtbot, 6)


def test_saved_filters_are_renamed_ordered_deleted_and_kept(
    view: RecordListView, operations: Operations, qtbot: QtBot
) -> None:
    for words in ("一", "二", "三"):
        view.filter.words.setText(words)
        view.saved.note(view.filter.filters())
        view.saved.save(words)
    view.saved.rename(0, "头一个")
    view.saved.shift(2, -1)
    view.saved.remove(0)
    # What is kept is written on a thread of its own.
    written: list[bool] = []
    operations.write("", lambda *_: None, lambda _none: written.append(True))
    qtbot.waitUntil(lambda: bool(written))
    other = RecordListView(operations, source_of(Problem.type), today=lambda: TODAY)
    qtbot.addWidget(other)
    other.show()
    qtbot.waitUntil(lambda: [one["name"] for one in other.saved.saved] == ["三", "二"])


def test_what_is_no_filter_is_not_shown(
    view: RecordListView, operations: Operations, qtbot: QtBot
) -> None:
    good = {"name": "好", "state": {"words": "路灯"}}
    view.saved.show_kept([1, {"name": 2, "state": {}}, {"name": "半"}, good, None])
    assert view.saved.saved == [good]
    view.saved.show_kept("x")
    assert view.saved.saved == []
    view.saved.show_kept([{"name": "旧", "state": {"chosen": [{"path": "gone"}]}}])
    qtbot.waitUntil(lambda: view.saved.counts == [view.model.rowCount()])


# ---- columns ----------------------------------------------------------------------------------


def test_columns_are_chosen_kept_and_reset(
    view: RecordListView, operations: Operations, qtbot: QtBot
) -> None:
    view.doing.choose_columns()
    chooser = dialog(view, qtbot, ColumnChooser)
    own = chooser.names()
    assert own == [c.name for c in view.usual.columns]
    items = {chooser.list.item(row).text(): row for row in range(chooser.list.count())}
    chooser.list.item(items["编号"]).setCheckState(Qt.CheckState.Checked)
    chooser.list.setCurrentRow(items["编号"])
    for _ in range(items["编号"]):
        chooser.move_current(-1)
    chooser._accept()
    assert [c.name for c in view.source.columns] == ["number", *own]
    says(view, qtbot, 8)
    other = opened(operations, qtbot)
    assert [c.name for c in other.source.columns] == ["number", *own]
    other.show_columns([])
    assert other.source.columns == other.usual.columns
    key = other._columns_key
    qtbot.waitUntil(lambda: asked(operations, qtbot, lambda le: preferences.read(le, key)) is None)


# ---- rows chosen ------------------------------------------------------------------------------


def test_a_bulk_change_is_shown_first_and_undone_as_one(
    view: RecordListView, operations: Operations, qtbot: QtBot
) -> None:
    titles(view, qtbot)
    view.table.selectAll()
    assert view.doing.bulk_button.isVisible()
    assert view.doing.chosen.text() == "已选 8 条"
    view.doing.bulk_button.click()
    asking: BulkDialog = dialog(view, qtbot, BulkDialog)
    assert not asking.good.isEnabled()
    asking.choose("status")
    asking.editor.set_value("已完成")  # type: ignore[union-attr]
    asking.look()
    qtbot.waitUntil(asking.good.isEnabled)
    assert asking.words.text() == "改 6 条，本来就是这样 2 条"
    assert asking.table._model.rows[0][1:] == ["推进中", "已完成", ""]
    asking.good.click()
    column = [c.name for c in view.source.columns].index("status")

    def seen() -> set[str]:
        return {view.model.index(r, column).data() for r in range(8)}

    qtbot.waitUntil(lambda: seen() == {"已完成"})
    operations.write("撤销", lambda ledger, _p: ledger.undo())
    qtbot.waitUntil(lambda: seen() == set(STATUSES))


def test_another_value_asks_for_another_look(view: RecordListView, qtbot: QtBot) -> None:
    titles(view, qtbot)
    view.table.selectRow(0)
    view.doing.change()
    asking: BulkDialog = dialog(view, qtbot, BulkDialog)
    asking.choose("title")
    asking.look()
    qtbot.waitUntil(lambda: asking.plan is not None)
    assert asking.words.text() == "改 0 条，不能改 1 条"
    assert asking.table._model.rows == [["第0处路灯", "第0处路灯", "", "问题还没有填"]]
    assert not asking.good.isEnabled()
    asking.choose("measure")
    assert asking.plan is None
    asking.reject()


def test_too_many_at_once_are_refused(
    view: RecordListView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.gui.list_actions.MOST_AT_ONCE", 7)
    titles(view, qtbot)
    view.table.selectAll()
    view.doing.void()
    notice: Notice = dialog(view, qtbot, Notice)
    assert notice.windowTitle() == "选得太多"
    notice.close()
    assert not view.findChildren(VoidDialog)


def test_void_with_a_reason_and_back_from_the_bin(view: RecordListView, qtbot: QtBot) -> None:
    first = titles(view, qtbot)[:2]
    view.table.selectRow(0)
    view.table.setFocus()
    keys.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, view.table)
    keys.press(Qt.Key.Key_Delete, into=view.table)
    asking: VoidDialog = dialog(view, qtbot, VoidDialog)
    qtbot.waitUntil(lambda: asking.what.text() == "没有连带的记录。")
    asking.good.click()
    assert asking.isVisible()  # a reason is wanted
    asking.reason.setText("重复录入")
    asking.good.click()
    says(view, qtbot, 6)
    view.show_bin(True)
    says(view, qtbot, 2)
    assert titles(view, qtbot) == first
    reason = [c.name for c in view.source.columns].index("removed")
    assert view.model.index(0, reason).data() == "重复录入"
    view.table.selectAll()
    assert not view.doing.void_button.isVisible()
    view.doing.restore_button.click()
    says(view, qtbot, 0)
    assert view._empty._sentence.text() == "没有作废的问题。"
    view.doing.back_button.click()
    says(view, qtbot, 8)


def test_photos_come_back_with_what_is_taken_back(
    view: RecordListView, operations: Operations, qtbot: QtBot
) -> None:
    def job(ledger: Ledger, _progress: object) -> None:
        with ledger.write("记") as rows:
            (one,) = rows.save(problem(9))
            sha256 = ledger.files().store(b"photo", "1.jpg")
            rows.save(Attachment(of=one.id, name="1.jpg", sha256=sha256))
        ledger.undo()

    operations.write("记", job)
    view.show_bin(True)
    says(view, qtbot, 1)
    view.table.selectAll()
    view.doing.restore_button.click()
    says(view, qtbot, 0)
    kept = asked(operations, qtbot, lambda ledger: ledger.find(Query(Attachment.type)))
    assert [one.name for one in kept] == ["1.jpg"]


# ---- files ------------------------------------------------------------------------------------


def write(view: RecordListView, qtbot: QtBot, key: Qt.Key) -> None:
    view.table.setFocus()
    keys.press(key, CTRL, view.table)
    made = dialog(view, qtbot, Notice)
    made.close()


def test_the_table_holds_what_is_shown(
    view: RecordListView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "问题.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.activateWindow()
    view.show_columns(["title", "status"])
    view.filter.button("status").pick(("推进中", "推进中"))
    says(view, qtbot, 4)
    shown = titles(view, qtbot)
    write(view, qtbot, Qt.Key.Key_E)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    head = rows.index(["问题", "完成情况"])
    assert rows[0][0] == "问题台账"
    assert ["范围：推进中", ""] in rows[:head]
    assert rows[head + 1 :] == [[title, "推进中"] for title in shown]


def test_the_print_holds_what_is_shown(
    view: RecordListView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "问题.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.activateWindow()
    view.filter.button("status").pick(("已完成", "已完成"))
    says(view, qtbot, 2)
    shown = titles(view, qtbot)
    write(view, qtbot, Qt.Key.Key_P)
    with pypdfium2.PdfDocument(path) as pdf:
        text = "".join("".join(p.get_textpage().get_text_bounded().split()) for p in pdf)
    assert "共2条" in text
    assert all(title in text for title in shown)
    assert "推进中" not in text
