"""The lists of suggestions: where each stands, what was joined, what is owed; 查重 and 公示."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.core.names import mask_words
from desktop.core.progress import Progress
from desktop.gui import frames, theme
from desktop.gui.list_source import Column, ListSource, Sum, Words, source_of
from desktop.gui.operations import Operations
from desktop.gui.period import Period
from desktop.gui.record_list import RecordListView
from desktop.gui.saved_file import ask_path
from desktop.gui.screens.paper_made import PaperMade
from desktop.gui.translate import tr
from desktop.jobs.print_suggestion import NOTICE, publish_suggestions
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import SameAs, Suggestion
from desktop.records.codes import official
from desktop.work import doubles, lists, suggestions
from desktop.work.codes import code_lists

_OF = Suggestion.type
_FIELDS = ("date", "content", "channel", "kind", "place", "unit", "adoption")
_SHORT = 10  # characters of what one was joined to


def every_one() -> ListSource:
    """All suggestions, those too that were joined to another."""
    return _source()


def in_hand() -> ListSource:
    """What nobody has answered yet: neither answered, filed, joined nor turned into a matter."""
    return _source(*_open_ones())


def to_answer() -> ListSource:
    """What it is decided what becomes of it, but who made it hasn't been told."""
    known = official()["adoption"]
    decided = known.meaning(i.code for i in known.items if i.code != suggestions.STUDIED)
    return _source(*_open_ones(), Condition("adoption", "in", tuple(decided)))


def _open_ones() -> tuple[Condition, ...]:
    done = [suggestions.label("suggestion_status", c)
            for c in (suggestions.REPLIED, suggestions.FILED)]  # fmt: skip
    return (
        Condition("replied", "empty"),
        Condition("converted", "empty"),
        *(Condition("status", "!=", label) for label in done),
    )


def _source(*narrow: Condition) -> ListSource:
    plain = source_of(_OF)
    shown = {f.name: c for f, c in zip((f for f in _OF.fields if f.in_list), plain.columns,
                                       strict=True)}  # fmt: skip
    columns = [shown[name] for name in _FIELDS]
    standing = Column(tr("办到哪里"), 7, sort="due", name="standing")
    return dataclasses.replace(
        plain,
        columns=(columns[0], standing, *columns[1:]),
        words=_words,
        filters=("channel", "kind", "unit"),
        stale=frozenset((_OF.name, SameAs.type.name)),
        summary=_summary,
        where=Query(_OF, narrow, doubles=not narrow),
    )


def _words(ledger: Ledger, ids: list[str]) -> Words:
    fields = [_OF.field(name) for name in _FIELDS]
    plain = lists.words_of(ledger, _OF, fields, ids)
    mains = doubles.mains(ledger, ids)
    titles = ledger.titles.of(mains.values())
    known, today = code_lists(ledger), ledger.now().date()
    found = {}
    for one in ledger.fetch(Suggestion, ids):
        main = titles.get(mains.get(one.id, ""), "")[:_SHORT]
        words = plain[one.id]
        stands = suggestions.standing(one, today, main=main, lists=known)
        found[one.id] = (words[0], stands, " ".join(mask_words(words[1]).split()), *words[2:])
    return found


def _summary(ledger: Ledger, ids: list[str]) -> list[Sum]:
    total = suggestions.totals(ledger, ids, ledger.now().date(), code_lists(ledger))
    parts = []
    if total.mains != total.rows:
        parts.append(tr("归并后 {0} 件").format(f"{total.mains:,}"))
    if total.open:
        parts.append(tr("在办 {0} 件").format(f"{total.open:,}"))
    if total.late:
        parts.append(tr("超期 {0} 件").format(f"{total.late:,}"))
    if total.unanswered:
        parts.append(tr("待答复 {0} 件").format(f"{total.unanswered:,}"))
    return [(words, ()) for words in parts]


class SuggestionTools(QWidget):
    """查重 among the listed ones, and the 公示 of the period that the list shows."""

    def __init__(self, operations: Operations, view: RecordListView) -> None:
        """Speak of a list."""
        super().__init__()
        self._operations = operations
        self._view = view
        self.doubles = frames.button(tr("查重"), self.look_for_doubles, "link")
        self.doubles.setToolTip(tr("在列出的建议里找可能是同一件的，一对一对看"))
        self.notice = frames.button(tr("办理情况公示"), self.print_notice, "link")
        self.notice.setToolTip(tr("把所选时段里答复过的建议印成公示，不出现姓名和电话"))
        row = frames.row(self.doubles, self.notice, spacing=theme.XS)
        row.setContentsMargins(theme.M, 0, 0, 0)
        self.setLayout(row)

    def look_for_doubles(self) -> None:
        """Propose pairs among the listed ones and against all older ones."""
        from desktop.gui.screens.doubles import DoublesDialog  # only now: it is rarely wanted

        source, filters, order = self._view.shown_query()

        def listed(ledger: Ledger) -> list[str]:
            return ledger.ids(filters.query(ledger, source, order, -1))

        DoublesDialog(self._operations, listed, self.window()).open()

    def print_notice(self) -> None:
        """Ask where to, and print."""
        period = self._view.filter.filters().period
        out = ask_path(self.window(), tr(NOTICE), f"{tr(NOTICE)}-{period.words}")
        if out is not None:
            self._print(period, out)

    def _print(self, period: Period, out: Path) -> None:
        def job(ledger: Ledger, progress: Progress) -> int:
            first, last = _days(ledger, period)
            return publish_suggestions(ledger, first, last, "", out, progress).pages

        self._operations.study(tr("正在生成公示"), job, partial(self._made, out))

    def _made(self, out: Path, pages: int) -> None:
        PaperMade(tr(NOTICE), out, pages, self.window()).open()


def _days(ledger: Ledger, period: Period) -> tuple[dt.date, dt.date]:
    """The period's days; of all time, from the first answer to the last."""
    if not period.whole:
        return period.first, period.last
    row = ledger.rows("SELECT min(replied), max(replied) FROM suggestion WHERE removed = ''")[0]
    if row[0] is None:
        return period.first, period.last
    return dt.date.fromisoformat(row[0]), dt.date.fromisoformat(row[1])
