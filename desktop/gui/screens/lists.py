"""Which lists stand on which screen, and the list of trips, which is laid out by hand."""

from __future__ import annotations

import datetime as dt

from desktop.gui.list_source import Column, ListSource, Words, source_of
from desktop.gui.screens.list_screen import Listing
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from desktop.work import trips

_TABLES = frozenset({"problem", "visit", "suggestion", "dispute", "check_in"})
_WEEKDAYS = "一二三四五六日"
_SHORT = 6  # columns of a short list
_ABSENT = "　"  # as wide as a Hanzi, so that marks stand in columns


def day_words(day: dt.date | None) -> str:
    """A day with its weekday."""
    return f"{day.isoformat()} {_WEEKDAYS[day.weekday()]}" if day else ""


def trips_source(*, short: bool = False) -> ListSource:
    """The list of trips: when, who, where, what was done, and what came of it."""
    of = RECORD_TYPES["activity"]
    return ListSource(
        of=of,
        columns=(
            Column(tr("日期"), 7, sort="date"),
            Column(tr("带队"), 8),
            Column(tr("地点"), 10, grows=True),
            Column(tr("内容"), 5),
            Column(tr("主题、问题、诉求"), 14, grows=True),
            Column(tr("问题"), 4),
            Column(tr("受众"), 4, right=True),
            Column(tr("来访"), 6),
        )[: _SHORT if short else None],
        words=_trip_words,
        order=((of.dated_by, True),),
        filters=("places", "leader", "campaign"),
        stale=frozenset((of.name, *trips.PARTS, "place", "cadre")),
        holding=trips.trips_holding,
        summary=_trip_summary,
        doubts=trips.trip_doubts,
        doubtful=trips.doubtful_trips,
    )


def _trip_words(ledger: Ledger, ids: list[str]) -> Words:
    return {one: _trip(row) for one, row in trips.trip_rows(ledger, ids).items()}


def _trip(row: trips.TripRow) -> tuple[str, ...]:
    marks = ((tr("宣"), row.lectures), (tr("调"), row.fieldworks), (tr("办"), row.onsites),
             (tr("接"), row.receptions))  # fmt: skip
    return (
        day_words(row.date),
        row.leader,
        row.places,
        "".join(mark if count else _ABSENT for mark, count in marks).rstrip(_ABSENT),
        row.subjects,
        problem_words(row.problems, row.solved),
        f"{row.heads:,}" if row.heads else "",
        tr("{0} 批 {1} 人").format(row.visits, row.people) if row.visits else "",
    )


def problem_words(problems: int, solved: int) -> str:
    """How many problems, and how many of them are solved: a mark and numbers."""
    if not problems:
        return ""
    return f"{'✓' if solved == problems else '◐'} {solved}/{problems}"


def _trip_summary(ledger: Ledger, ids: list[str]) -> str:
    total = trips.trip_totals(ledger, ids)
    parts = []
    if total.lectures:
        parts.append(tr("宣讲 {0} 场次").format(f"{total.lectures:,}"))
    if total.heads is not None:
        parts.append(tr("受众 {0} 人次").format(f"{total.heads:,}"))
    if total.onsites:
        parts.append(tr("现场办公 {0} 场次").format(f"{total.onsites:,}"))
    if total.problems:
        parts.append(tr("问题 {0} 个，已解决 {1} 个").format(total.problems, total.solved))
    if total.visits:
        parts.append(tr("接访 {0} 批次 {1} 人次").format(total.visits, total.people))
    return " · ".join(parts)


def _plain(name: str, new: str = "", group: str = "", *, makes: str = "") -> Listing:
    of = RECORD_TYPES[name]
    return Listing(
        label=tr(of.label),
        source=lambda: source_of(of),
        of=of,
        makes=RECORD_TYPES[makes or name],
        new=new or tr("新建{0}").format(tr(of.label)),
        group=group,
        table=name if name in _TABLES else "",
    )


def trips_lists() -> tuple[Listing, ...]:
    """活动."""
    of = RECORD_TYPES["activity"]
    return (Listing(tr("活动"), trips_source, of, of, tr("新建活动"), table="lecture"),)


def matters_lists() -> tuple[Listing, ...]:
    """信访与纠纷: a visit is entered on the trip on which it took place."""
    return (
        _plain("case", tr("登记信访事项")),
        _plain("visit", tr("新建活动"), makes="activity"),
        _plain("dispute", tr("登记矛盾纠纷")),
    )


def problems_lists() -> tuple[Listing, ...]:
    """问题清单."""
    return (_plain("problem", tr("登记问题")),)


def suggestions_lists() -> tuple[Listing, ...]:
    """意见建议."""
    return (_plain("suggestion", tr("记一条建议")),)


def registers_lists() -> tuple[Listing, ...]:
    """调研与名册: everything that isn't a trip or a matter."""
    groups = (
        (tr("调研"), ("topic", "typical_case")),
        (tr("学习与制度"), ("study_event", "mechanism", "film", "campaign")),
        (tr("党员与小区"), ("residential_area", "check_in", "role_model")),
        (tr("名册"), ("cadre", "unit", "place")),
    )
    return tuple(_plain(name, group=group) for group, names in groups for name in names)
