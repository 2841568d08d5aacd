"""The lists of problems, of their kinds, and of research topics, which are laid out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.gui.list_source import Column, ListSource, Sum, Words, source_of
from desktop.gui.operations import Operations
from desktop.gui.screens.list_screen import PageView
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from desktop.work import lists, problems, root_causes, topics
from desktop.work.codes import code_lists

Today = Callable[[], dt.date]


def problems_source(kind: str, today: Today) -> ListSource:
    """Problems: what, who is to do it by when, where it stands, what was done last."""
    of = RECORD_TYPES["problem"]
    plain = source_of(of)
    return ListSource(
        of=of,
        columns=(
            Column(tr("问题"), 16, grows=True, sort="title", name="title"),
            Column(tr("现场决定"), 6, sort="decision", name="decision"),
            Column(tr("责任单位"), 8, name="unit"),
            Column(tr("状态"), 7, sort="status", name="status"),
            Column(tr("时限"), 7, sort="due", name="deadline"),
            Column(tr("最近进展"), 14, grows=True, name="last"),
        ),
        words=lambda ledger, ids: _problem_words(ledger, ids, today()),
        order=(("due", False),) if kind in (problems.OPEN, problems.LATE) else plain.order,
        filters=plain.filters,
        stale=frozenset((of.name, "progress_note", "unit", "onsite")),
        holding=plain.holding,
        doubts=plain.doubts,
        summary=lambda ledger, ids: _problem_summary(ledger, ids, today()),
        narrow=lambda ledger: problems.only(kind, code_lists(ledger), today()),
    )


def _problem_summary(ledger: Ledger, ids: list[str], today: dt.date) -> list[Sum]:
    total = problems.problem_totals(ledger, ids, today)
    parts = []
    if total.open:
        parts.append(tr("未销号 {0}").format(total.open))
    if total.late:
        parts.append(tr("● 超期 {0}").format(total.late))
    if total.to_verify:
        parts.append(tr("待核验 {0}").format(total.to_verify))
    return [(words, ()) for words in parts]


def _problem_words(ledger: Ledger, ids: list[str], today: dt.date) -> Words:
    of = RECORD_TYPES["problem"]
    fields = [of.field(name) for name in ("title", "decision", "unit")]
    plain = lists.words_of(ledger, of, fields, ids)
    rows = problems.problem_rows(ledger, ids, today)
    return {
        one: (*words, rows[one].state, rows[one].deadline, rows[one].last)
        for one, words in plain.items()
    }


def group(operations: Operations, ids: list[str], over: QWidget) -> None:
    """Ask of which kind the chosen problems are."""
    from desktop.gui.forms.group_dialog import GroupDialog

    GroupDialog(operations, ids, over).open()


def root_causes_source() -> ListSource:
    """Kinds of problems: how many belong to each, how many of them are settled."""
    of = RECORD_TYPES["root_cause"]
    fields = [of.field(name) for name in ("name", "measure", "unit", "closed")]

    def words(ledger: Ledger, ids: list[str]) -> Words:
        plain = lists.words_of(ledger, of, fields, ids)
        rows = root_causes.group_rows(ledger, ids)
        return {
            one: (
                name,
                _settled(rows[one]),
                measure,
                unit,
                f"✓ {closed}" if closed else "",
            )
            for one, (name, measure, unit, closed) in plain.items()
        }

    return ListSource(
        of=of,
        columns=(
            Column(tr("同类问题"), 12, grows=True, sort="name", name="name"),
            Column(tr("已解决"), 5, name="settled"),
            Column(tr("治本措施"), 14, grows=True, name="measure"),
            Column(tr("牵头单位"), 8, name="unit"),
            Column(tr("解决日期"), 7, sort="closed", name="closed"),
        ),
        words=words,
        order=(("opened", True),),
        stale=frozenset((of.name, "problem", "unit")),
        holding=lambda ledger, found: lists.holding(ledger, of, found),
    )


def _settled(row: root_causes.GroupRow) -> str:
    if not row.problems:
        return ""
    mark = "✓" if row.settled == row.problems else "◐"
    return f"{mark} {row.settled}/{row.problems}"


def topics_source(today: Today) -> ListSource:
    """Topics: who leads, where each stands against its plan, how often somebody went."""
    of = RECORD_TYPES["topic"]
    plain = source_of(of)
    fields = [of.field(name) for name in ("name", "leader", "state", "start", "result")]

    def words(ledger: Ledger, ids: list[str]) -> Words:
        found = lists.words_of(ledger, of, fields, ids)
        rows = topics.topic_rows(ledger, ids, today())
        return {
            one: (
                *shown,
                rows[one].words,
                rows[one].next,
                tr("{0} 次").format(rows[one].trips) if rows[one].trips else "",
            )
            for one, shown in found.items()
        }

    return ListSource(
        of=of,
        columns=(
            Column(tr("课题名称"), 16, grows=True, sort="name", name="name"),
            Column(tr("牵头领导"), 6, name="leader"),
            Column(tr("状态"), 5, sort="state", name="state"),
            Column(tr("立项日期"), 7, sort="start", name="start"),
            Column(tr("成果转化"), 5, sort="result", name="result"),
            Column(tr("进度"), 10, sort="due", name="progress"),
            Column(tr("下一步"), 7, name="next"),
            Column(tr("调研"), 4, right=True, name="trips"),
        ),
        words=words,
        order=plain.order,
        filters=plain.filters,
        stale=frozenset((of.name, "fieldwork", "activity", "cadre")),
        holding=plain.holding,
        doubts=plain.doubts,
    )


def examples_page(operations: Operations, today: Today) -> PageView:
    """典型事例, of all types that may tell one."""
    from desktop.gui.screens.examples import ExamplesPage

    return ExamplesPage(operations, today)
