"""Trips that may have been entered twice, side by side; a person says which counts, or both.

Nothing is deleted here. What was joined stands below and can be parted again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.core.progress import Progress
from desktop.gui import frames, theme
from desktop.gui.operations import Operations
from desktop.gui.screens.lists import day_and_weekday
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.work import double_trips
from desktop.work.double_trips import Pair, Trip
from desktop.work.registers import offices

MOST_SHOWN = 50


@dataclass(frozen=True)
class Side:
    """One trip of a pair in words: whose, when, who, where, and what was done."""

    trip: Trip
    office: str
    parts: tuple[tuple[str, bool], ...]  # words, whether the other trip has the same


@dataclass(frozen=True)
class Found:
    """What the ledger answered."""

    pairs: tuple[tuple[Pair, Side, Side], ...]
    joined: tuple[tuple[str, str, str], ...]  # id of the duplicate, its words, the main one's
    more: int


def find(ledger: Ledger) -> Found:
    """The pairs with what each trip holds, and the trips that were joined; on the reader thread."""
    pairs = double_trips.trip_pairs(ledger)
    names = offices(ledger)
    shown: list[tuple[Pair, Side, Side]] = []
    for pair in pairs[:MOST_SHOWN]:
        same = double_trips.agreeing_parts(ledger, pair.main.id, pair.duplicate.id)
        alike = {part.id for both in same for part in both}
        main = _side(ledger, names, pair.main, alike)
        shown.append((pair, main, _side(ledger, names, pair.duplicate, alike)))
    words = ledger.titles.words
    joined = tuple((d, words(d), words(m)) for d, m in double_trips.joined_trips(ledger))
    return Found(tuple(shown), joined, max(len(pairs) - MOST_SHOWN, 0))


def _side(ledger: Ledger, names: dict[str, str], trip: Trip, alike: set[str]) -> Side:
    parts = tuple(
        (f"{tr(p.type.label)}　{ledger.titles.words(p.id)}", p.id in alike)
        for p in double_trips.parts_of(ledger, trip.id)
    )
    return Side(trip, names.get(trip.office, trip.office), parts)


class DoubleTripsDialog(QDialog):
    """Pairs one below the other; each choice is one step that can be undone."""

    wanted_record = Signal(str, str)  # type, id

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        """Ask for the pairs."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("可能是同一次活动"))
        self.resize(theme.SHEET + theme.SIDE // 2, theme.SHEET - theme.RAIL)
        self._operations = operations
        self._head = frames.label(tr("正在查看…"), "quiet", wrap=True)
        self._pairs = QVBoxLayout()
        self._pairs.setSpacing(theme.L)
        inner = QWidget()
        theme.set_kind(inner, "ground")
        body = frames.column(self._pairs, None)
        body.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        inner.setLayout(body)
        close = frames.button(tr("关闭"), self.accept)
        foot = frames.row(None, close)
        foot.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        head = frames.column(frames.label(tr("可能是同一次活动"), "head"), self._head)
        head.setContentsMargins(theme.L, theme.L, theme.L, theme.S)
        column = frames.column(
            head, frames.line(), frames.scrolling(inner), frames.line(), foot, spacing=0
        )
        column.setStretch(2, 1)
        self.setLayout(column)
        operations.changed.connect(self._look_again)
        self.refresh()

    def refresh(self) -> None:
        """Ask anew."""
        self._operations.read(find, self._show, slot=f"doubles {id(self)}")

    def _look_again(self, _changes: Changes) -> None:
        self.refresh()

    def _show(self, found: Found) -> None:
        frames.empty(self._pairs)
        for pair, main, other in found.pairs:
            self._pairs.addWidget(self._pair(pair, main, other))
        words = tr("没有可能重复的活动。")
        if found.pairs:
            words = tr(
                "下面每两条的日期、领导、地点和内容都对得上，可能是县里和乡镇各记了一遍。"
                "选一条为准，数字就只算一次；另一条保留着，随时可以重新分开。"
                "＝ 是两边都有的，＋ 是只有这边有、会照样算进去的。"
            )
        if found.more:
            words += tr("还有 {0} 对，处理完这些再列出来。").format(found.more)
        self._head.setText(words)
        if found.joined:
            self._pairs.addWidget(self._joined(found.joined))

    def _pair(self, pair: Pair, main: Side, other: Side) -> QFrame:
        apart = frames.button(
            tr("不是同一次"), partial(self._apart, pair.main.id, pair.duplicate.id), "link"
        )
        sides = frames.row(
            self._column(main, partial(self._join, pair.main.id, pair.duplicate.id)),
            frames.line(upright=True),
            self._column(other, partial(self._join, pair.duplicate.id, pair.main.id)),
            spacing=theme.L,
        )
        sides.setStretch(0, 1)
        sides.setStretch(2, 1)
        reason = frames.label(pair.reason, "quiet", wrap=True)
        top = frames.row(reason, apart)
        top.setStretch(0, 1)
        return frames.sheet(frames.column(top, frames.line(), sides, spacing=theme.M))

    def _column(self, side: Side, choose: Callable[[], None]) -> QWidget:
        trip = side.trip
        lines: list[QWidget | int | None] = [
            frames.label(side.office, "title"),
            frames.label(f"{day_and_weekday(trip.date)}　{trip.leader}"),
            frames.label("、".join(sorted(trip.places)), "quiet", wrap=True),
            theme.XS,
        ]
        for words, same in side.parts:
            lines.append(frames.label(f"{'＝' if same else '＋'} {words}", wrap=True))
        keep = frames.button(tr("以这条为准"), choose)
        keep.setAccessibleDescription(f"{side.office} {trip.leader}")
        look = frames.button(
            tr("打开"), partial(self.wanted_record.emit, "activity", trip.id), "link"
        )
        made = QWidget()
        made.setLayout(
            frames.column(*lines, theme.S, None, frames.row(keep, look, None), spacing=theme.XS)
        )
        return made

    def _joined(self, joined: Sequence[tuple[str, str, str]]) -> QFrame:
        lines: list[QWidget] = [frames.label(tr("已经并为一次的"), "title")]
        for record_id, words, main in joined:
            text = frames.label(tr("{0}　并入　{1}").format(words, main), wrap=True)
            part = frames.button(tr("重新分开"), partial(self._part, record_id), "link")
            row = frames.row(text, part)
            row.setStretch(0, 1)
            line = QWidget()
            line.setLayout(row)
            lines.append(line)
        return frames.sheet(frames.column(*lines))

    # ---- what a person decides -----------------------------------------------------------------

    def _do(self, title: str, job: Callable[[Ledger], object]) -> None:
        def run(ledger: Ledger, progress: Progress) -> None:
            del progress
            job(ledger)

        self._operations.write(title, run)

    def _join(self, main: str, duplicate: str) -> None:
        self._do(
            tr("正在并为一次"), lambda ledger: double_trips.join_trips(ledger, main, duplicate)
        )

    def _apart(self, one: str, other: str) -> None:
        self._do(tr("正在记下"), lambda ledger: double_trips.keep_apart(ledger, one, other))

    def _part(self, duplicate: str) -> None:
        self._do(tr("正在分开"), lambda ledger: double_trips.part_trips(ledger, duplicate))
