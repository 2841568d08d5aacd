"""Threads of the ledger: what comes back, in which order, and what never crashes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.errors import Cancelled, LedgerProblem
from desktop.gui import messages
from desktop.gui.operations import Operations, is_alive
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Activity, Suggestion
from tests import fakes

DAY = dt.date(2026, 11, 20)
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"


def save_one(ledger: Ledger, _progress: object) -> str:
    with ledger.write("新建活动") as rows:
        (trip,) = rows.save(fakes.make(Activity, date=DAY))
    return trip.id


def test_a_write_tells_what_changed_once_and_then_gives_its_result(
    operations: Operations, qtbot: QtBot
) -> None:
    seen: list[object] = []
    operations.changed.connect(seen.append)
    operations.write("保存", save_one, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    changes, record = seen
    assert changes.types == {"activity"}
    assert changes.ids == {record}


def test_two_operations_of_one_job_are_one_change(operations: Operations, qtbot: QtBot) -> None:
    def both(ledger: Ledger, _progress: object) -> None:
        save_one(ledger, None)
        with ledger.write("记") as rows:
            rows.save(fakes.make(Suggestion, date=DAY))

    with qtbot.waitSignal(operations.changed) as done:
        operations.write("保存", both)
    assert done.args[0].types == {"activity", "suggestion"}


def test_what_was_written_before_a_failure_is_told(operations: Operations, qtbot: QtBot) -> None:
    def half(ledger: Ledger, _progress: object) -> None:
        save_one(ledger, None)
        raise LedgerProblem("磁盘已满")

    failures: list[Exception] = []
    with qtbot.waitSignal(operations.changed):
        operations.write("保存", half, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert str(failures[0]) == "磁盘已满"


def test_results_come_back_on_the_gui_thread_in_order(operations: Operations, qtbot: QtBot) -> None:
    came: list[tuple[int, bool]] = []
    here = threading.get_ident()
    for n in range(5):
        operations.write(
            "数", lambda *_, n=n: n, lambda n: came.append((n, threading.get_ident() == here))
        )
    qtbot.waitUntil(lambda: len(came) == 5)
    assert came == [(n, True) for n in range(5)]


def test_an_error_that_nobody_takes_is_shown(
    operations: Operations, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(messages, "show", shown.append)
    operations.read(lambda _ledger: 1 // 0, lambda _n: None)
    qtbot.waitUntil(lambda: bool(shown))
    assert isinstance(shown[0], ZeroDivisionError)
    assert "1 // 0" in messages.details_of(shown[0])


def test_a_newer_question_interrupts_the_older_one(operations: Operations, qtbot: QtBot) -> None:
    answers: list[object] = []
    began = threading.Event()

    def endless(ledger: Ledger) -> object:
        began.set()
        return ledger.rows(ENDLESS)

    operations.read(endless, answers.append, slot="list")
    assert began.wait(5)
    operations.read(lambda ledger: ledger.count(Query(Activity.type)), answers.append, slot="list")
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [0]


def test_a_question_that_is_still_queued_is_dropped(operations: Operations, qtbot: QtBot) -> None:
    go = threading.Event()
    answers: list[object] = []
    operations.read(lambda _ledger: go.wait(5), answers.append)
    for n in range(3):
        operations.read(lambda _ledger, n=n: n, answers.append, slot="list")
    go.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == [True, 2]


def test_cancel_stops_the_running_work(operations: Operations, qtbot: QtBot) -> None:
    began = threading.Event()
    failures: list[Exception] = []

    def long(_ledger: Ledger, progress: object) -> None:
        while True:
            progress.step(1, 2)
            began.set()

    operations.write("导入", long, failed=failures.append)
    assert began.wait(5)
    assert operations.busy == "导入"
    operations.cancel()
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], Cancelled)
    assert operations.busy == ""


def test_a_cancelled_job_leaves_nothing(operations: Operations, qtbot: QtBot) -> None:
    saved = threading.Event()

    def long(ledger: Ledger, progress: object) -> None:
        with ledger.write("导入") as rows:
            rows.save(fakes.make(Activity, date=DAY))
            saved.set()
            while True:
                progress.step(1, 2)

    operations.write("导入", long, failed=lambda _e: None)
    assert saved.wait(5)
    operations.cancel()
    answers: list[int] = []
    operations.write("数", lambda ledger, _p: ledger.count(Query(Activity.type)), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [0]


def test_progress_says_the_title_until_the_end(operations: Operations, qtbot: QtBot) -> None:
    said: list[tuple[str, int, int]] = []
    operations.progressed.connect(lambda *args: said.append(args))
    operations.write("正在导入", lambda _l, progress: progress.step(1, 2), lambda _n: None)
    qtbot.waitUntil(lambda: bool(said) and said[-1] == ("", 0, 0))
    assert said[0][0] == "正在导入"


def test_the_callback_of_a_widget_that_is_gone_is_not_called(
    operations: Operations, qtbot: QtBot
) -> None:
    class Screen(QWidget):
        def take(self, _n: int) -> None:
            raise AssertionError("called")

    screen = Screen()
    go = threading.Event()
    operations.read(lambda _l: go.wait(5), screen.take)
    operations.read(lambda _l: 1, lambda n: screen.take(n))

    def around(then: Callable[[int], None]) -> Callable[[int], None]:
        return lambda n: then(n)

    operations.read(lambda _l: 1, around(lambda n: screen.take(n)))
    import shiboken6

    shiboken6.delete(screen)
    assert not is_alive(screen.take)
    assert not is_alive(around(lambda n: screen.take(n)))
    go.set()
    done: list[int] = []
    operations.read(lambda _l: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))


def test_a_thread_never_holds_the_last_reference(operations: Operations, qtbot: QtBot) -> None:
    gone: list[int] = []

    class Held:
        def __del__(self) -> None:
            gone.append(threading.get_ident())

    held = Held()
    operations.read(lambda _l, held=held: None, lambda _n: None)
    operations.write("写", lambda _l, _p, held=held: None)
    del held
    qtbot.waitUntil(lambda: bool(gone))
    assert gone == [threading.get_ident()]


def test_the_reader_knows_the_new_titles(operations: Operations, qtbot: QtBot) -> None:
    made: list[str] = []

    def save(name: str):
        def job(ledger: Ledger, _p: object) -> str:
            with ledger.write("改") as rows:
                record = fakes.make(Suggestion, id=made[0] if made else "", date=DAY, content=name)
                (saved,) = rows.save(record)
            return saved.id

        return job

    titles: list[str] = []

    def ask() -> None:
        operations.read(lambda ledger: ledger.titles.words(made[0]), titles.append)

    operations.write("记", save("路灯"), made.append)
    qtbot.waitUntil(lambda: bool(made))
    ask()
    qtbot.waitUntil(lambda: len(titles) == 1)
    operations.write("改", save("班车"), lambda _i: ask())
    qtbot.waitUntil(lambda: len(titles) == 2)
    assert titles == ["路灯", "班车"]


def test_closing_finishes_what_is_queued(operations: Operations, ledger: Ledger) -> None:
    saved: list[str] = []
    for _ in range(3):
        operations.write("保存", save_one, saved.append)
    operations.close()
    assert len(set(saved)) == 3
    names = {t.name for t in threading.enumerate()}
    assert not names & {"writer", "reader", "student"}
    with Ledger.open(ledger.folder, fakes.PASSWORD) as again:
        assert again.count(Query(Activity.type)) == 3


def test_after_closing_nothing_is_asked(operations: Operations, qtbot: QtBot) -> None:
    operations.close()
    operations.read(lambda _l: pytest.fail("asked"), lambda _n: None)
    operations.write("写", lambda _l, _p: pytest.fail("written"))
    qtbot.wait(20)


def test_a_late_question_holds_up_no_other(operations: Operations, qtbot: QtBot) -> None:
    late: list[object] = []
    soon: list[object] = []
    operations.read(lambda ledger: ledger.rows(ENDLESS), late.append, slot="count", late=True)
    operations.read(lambda ledger: ledger.count(Query(Activity.type)), soon.append)
    qtbot.waitUntil(lambda: bool(soon))
    assert late == []
    operations.read(lambda _ledger: "newer", late.append, slot="count", late=True)
    qtbot.waitUntil(lambda: late == ["newer"])


def test_a_question_moves_between_the_threads(operations: Operations, qtbot: QtBot) -> None:
    found: list[object] = []
    operations.read(lambda ledger: ledger.rows(ENDLESS), found.append, slot="ids", late=True)
    operations.read(lambda _ledger: "page", found.append, slot="ids")
    qtbot.waitUntil(lambda: found == ["page"])


def test_what_is_dropped_never_answers(operations: Operations, qtbot: QtBot) -> None:
    found: list[object] = []
    operations.read(lambda ledger: ledger.rows(ENDLESS), found.append, slot="sum", late=True)
    operations.drop("sum")
    operations.drop("nothing of that name")
    operations.read(lambda _ledger: "next", found.append, late=True)
    qtbot.waitUntil(lambda: found == ["next"])


def test_words_of_progress_end_with_their_work(operations: Operations, qapp: QApplication) -> None:
    """Also where a question and a writing are done before the window looks at either."""
    said: list[str] = []
    answers: list[int] = []
    operations.progressed.connect(lambda words, *_: said.append(words))
    operations.read(lambda _ledger: 1, answers.append)
    while len(operations._results) < 1:
        pass
    operations.write("保存调研课题", lambda _ledger, _progress: 2)
    while len(operations._results) < 2:
        pass
    while operations._results:
        qapp.processEvents()
    qapp.processEvents()
    assert answers == [1]
    assert said == ["保存调研课题", ""]
