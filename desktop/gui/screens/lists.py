"""Which lists stand on which screen, and the list of trips, which is laid out by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from functools import partial

from desktop.core.periods import WEEK
from desktop.figures.naming import figure_unit, figure_words
from desktop.gui.list_source import Column, ListSource, Sum, Words, source_of
from desktop.gui.screens import research_lists, suggestion_list
from desktop.gui.screens.list_screen import Act, Listing, Page
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES
from desktop.work import problems, registers, trips

_TABLES = frozenset({"problem", "visit", "suggestion", "dispute", "check_in"})
_SHORT = 6  # columns of a short list
_ABSENT = "　"  # as wide as a Hanzi, so that marks stand in columns


def day_and_weekday(day: dt.date | None) -> str:
    """A day with its weekday."""
    return f"{day.isoformat()} {WEEK[day.weekday()]}" if day else ""


def trips_source(*, short: bool = False) -> ListSource:
    """The list of trips: when, who, where, what was done, and what came of it."""
    of = RECORD_TYPES["activity"]
    return ListSource(
        of=of,
        columns=(
            Column(tr("日期"), 7, sort="date", name="date"),
            Column(tr("带队"), 8, sort="leader", name="leader"),
            Column(tr("地点"), 10, grows=True, sort="places", name="places"),
            Column(tr("内容"), 5, name="kinds"),
            Column(tr("主题、问题、诉求"), 14, grows=True, name="subjects"),
            Column(tr("问题"), 4, name="problems"),
            Column(tr("受众"), 4, right=True, name="heads"),
            Column(tr("来访"), 6, name="visits"),
        )[: _SHORT if short else None],
        words=_trip_words,
        order=((of.dated_by, True),),
        filters=("places", "leader", "campaign"),
        parts=(
            ("lecture", tr("宣讲")),
            ("fieldwork", tr("调研")),
            ("onsite", tr("现场办公")),
            ("reception", tr("接访")),
        ),
        stale=frozenset((of.name, *trips.PARTS, "place", "former_name", "cadre")),
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
        day_and_weekday(row.date),
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


def _trip_summary(ledger: Ledger, ids: list[str]) -> list[Sum]:
    total = trips.trip_totals(ledger, ids)
    parts: list[Sum] = []
    if total.lectures:
        parts.append((tr("宣讲 {0} 场次").format(f"{total.lectures:,}"), ("lecture",)))
    if total.heads is not None:
        parts.append((tr("受众 {0} 人次").format(f"{total.heads:,}"), ("lecture",)))
    if total.onsites:
        parts.append((tr("现场办公 {0} 场次").format(f"{total.onsites:,}"), ("onsite",)))
    if total.problems:
        words = tr("问题 {0} 个，已解决 {1} 个").format(total.problems, total.solved)
        parts.append((words, ("onsite",)))
    if total.visits:
        words = tr("接访 {0} 批次 {1} 人次").format(total.visits, total.people)
        parts.append((words, ("reception",)))
    return parts


def _plain(
    name: str,
    new: str = "",
    group: str = "",
    *,
    makes: str = "",
    source: Callable[[], ListSource] | None = None,
) -> Listing:
    of = RECORD_TYPES[name]
    return Listing(
        label=tr(of.label),
        source=source or (lambda: source_of(of)),
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


def problems_lists(today: research_lists.Today) -> tuple[Listing, ...]:
    """问题清单: all, what is left to do of them, and the kinds that they belong to."""
    of = RECORD_TYPES["problem"]
    act = Act(tr("归为同类…"), research_lists.group)
    tabs = (
        (tr("全部"), problems.ALL),
        (tr("未销号"), problems.OPEN),
        (tr("超期"), problems.LATE),
        (tr("待核验"), problems.TO_VERIFY),
    )
    return (
        *(
            Listing(
                label,
                partial(research_lists.problems_source, kind, today),
                of,
                of,
                tr("登记问题"),
                acts=(act,),
                table=of.name,
            )
            for label, kind in tabs
        ),
        _plain("root_cause", tr("新建一类"), source=research_lists.root_causes_source),
    )


def suggestions_lists() -> tuple[Listing, ...]:
    """意见建议: all, and what is owed to somebody."""
    of = RECORD_TYPES["suggestion"]
    tabs = (
        (tr("全部"), suggestion_list.every_one),
        (tr("在办"), suggestion_list.in_hand),
        (tr("待答复"), suggestion_list.to_answer),
    )
    new = tr("记一条建议")
    return tuple(
        Listing(
            label,
            source,
            of,
            of,
            new,
            tools=suggestion_list.SuggestionTools,
            table=of.name,
        )
        for label, source in tabs
    )


def registers_lists(today: research_lists.Today) -> tuple[Listing | Page, ...]:
    """调研与名册: everything that isn't a trip or a matter."""
    groups = (
        (tr("调研"), ("topic", "typical_case")),
        (tr("学习与制度"), ("study_event", "mechanism", "film", "campaign", "speaker_team")),
        (tr("党员与小区"), ("residential_area", "check_in", "volunteer_service", "role_model")),
        (tr("名册"), ("cadre", "unit", "place")),
        (tr("上报口径"), ("zero_report", "declared_count")),
    )
    words = {
        "check_in": tr("登记党员报到"),
        "zero_report": tr("本月没有…"),
        "declared_count": tr("填一个数"),
    }
    made = {"volunteer_service": "check_in"}
    sources: dict[str, Callable[[], ListSource]] = {
        "declared_count": declared_source,
        "volunteer_service": services_source,
        "topic": partial(research_lists.topics_source, today),
    }
    found: list[Listing | Page] = [
        _plain(
            name,
            words.get(name) or (words[made[name]] if name in made else ""),
            group,
            makes=made.get(name, ""),
            source=sources.get(name),
        )
        for group, names in groups
        for name in names
    ]
    found.insert(2, Page(tr("典型事例"), research_lists.examples_page, groups[0][0]))
    return tuple(found)


def declared_source() -> ListSource:
    """Reported numbers, each with the name and the measure word of its figure."""
    plain = source_of(RECORD_TYPES["declared_count"])
    inner = plain.words
    shown = [f.name for f in plain.of.fields if f.in_list]
    figure, value = shown.index("figure"), shown.index("value")

    def words(ledger: Ledger, ids: list[str]) -> Words:
        found = inner(ledger, ids)
        named = {}
        for one, row in found.items():
            cells = list(row)
            cells[value] = f"{cells[value]} {figure_unit(cells[figure])}".strip()
            cells[figure] = figure_words(cells[figure])
            named[one] = tuple(cells)
        return named

    return dataclasses.replace(plain, words=words)


def services_source() -> ListSource:
    """Services, each with who served; a service is entered with the member's check-in."""
    plain = source_of(RECORD_TYPES["volunteer_service"])
    inner = plain.words

    def words(ledger: Ledger, ids: list[str]) -> Words:
        members = registers.members_of(ledger, ids)
        return {
            one: (row[0], members.get(one, ""), *row[1:]) for one, row in inner(ledger, ids).items()
        }

    first, *rest = plain.columns
    columns = (first, Column(tr("报到党员"), 12, grows=True, name="member"), *rest)
    return dataclasses.replace(
        plain, columns=columns, words=words, stale=plain.stale | {"check_in"}
    )
