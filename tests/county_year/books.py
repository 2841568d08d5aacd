"""Writes the year as ledgers, each office in its own style; says where every row stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.county_year.dirt import DIRT
from tests.county_year.rows import (
    COUNTY,
    COUNTY_NAME,
    FIRST,
    OFFICES,
    TOWNSHIPS,
    YEAR,
    CheckIn,
    CountyYear,
    Dispute,
    Lecture,
    Onsite,
    Problem,
    Row,
    Suggestion,
    Topic,
    Trip,
    Village,
    Visit,
)
from tests.unit.jobs.books import KINDS, grid, write

Cells = dict[str, Any]
LINES_ABOVE = 3  # title, 填报单位, header


@dataclass(frozen=True)
class Style:
    """How an office keeps its ledgers."""

    suffix: str = ".xlsx"
    day: Callable[[dt.date], Any] = lambda day: day
    encoding: str = "utf-8-sig"
    ranks: bool = True
    merged: bool = False
    sums: bool = False
    titles: dict[str, str] = field(default_factory=dict)


def _dotted(day: dt.date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _written(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


STYLES = {
    COUNTY: Style(),
    "990821100000": Style(merged=True),
    "990821101000": Style(day=_dotted, titles={"leader": "领导姓名", "place": "地点"}),
    "990821102000": Style(day=_written, sums=True),
    "990821103000": Style(suffix=".csv", day=_dotted, encoding="gb18030"),
    "990821200000": Style(suffix=".csv", day=_written, ranks=False),
    "990821201000": Style(titles={"place": "村居", "rank": "职务级别"}),
}


@dataclass
class Book:
    """One file, and the number of each row in it."""

    path: Path
    kind: str
    numbers: dict[int, int] = field(default_factory=dict)  # id(row) -> row number, from 1

    def holds(self, row: Row) -> bool:
        """Whether the row stands in this file."""
        return id(row) in self.numbers


def write_registers(year: CountyYear, folder: Path) -> list[Path]:
    """The county's lists as of the first of January: divisions, roster, areas."""
    divisions = [
        {
            "county": COUNTY_NAME,
            "township": TOWNSHIPS[v.township],
            "name": v.name_on(FIRST),
            "code": v.code,
        }
        for v in sorted(year.villages, key=lambda v: v.code)
    ]
    roster = [
        {
            "number": p.number,
            "name": p.name,
            "unit": OFFICES.get(p.posts[0].unit, p.posts[0].unit),
            "title": p.posts[0].title,
            "rank": p.posts[0].rank,
            "start": p.posts[0].start,
        }
        for p in year.people
    ]
    areas = [
        {
            "township": TOWNSHIPS[a.township],
            "community": a.community.name,
            "name": a.name,
            "station": "是" if a.station_on else "否",
            "station_on": a.station_on or "",
            "mechanism": "是" if a.mechanism else "否",
        }
        for a in year.areas
    ]
    lists = {"divisions": divisions, "roster": roster, "areas": areas}
    return [
        write(folder / f"{KINDS[k].label}.xlsx", grid(KINDS[k], rows, {}))
        for k, rows in lists.items()
    ]


def write_books(year: CountyYear, folder: Path) -> list[Book]:
    """All ledgers of all offices."""
    books = []
    for office in OFFICES:
        own: dict[str, Iterable[Row]] = {
            "lectures": year.lectures,
            "receptions": year.visits,
            "suggestions": year.suggestions,
            "disputes": year.disputes,
            "onsite": [line for o in year.onsites if o.office != COUNTY for line in _lines(o)],
            "unit_onsite": [o for o in year.onsites if o.office == COUNTY],
            "check_ins": year.check_ins,
            "topics": year.topics,
            "typical_cases": year.typical_cases,
            "role_models": year.role_models,
            "films": year.films,
            "mechanisms": year.mechanisms,
            "study_events": year.study_events,
        }
        for kind, rows in own.items():
            mine = sorted((r for r in rows if r.office == office), key=_order)
            if mine:
                books.append(_book(folder / OFFICES[office], office, kind, mine))
    return books


def _lines(row: Onsite) -> Sequence[Row]:
    """A session is one line for each problem, or one without."""
    return row.problems or [row]


def _order(row: Row) -> tuple[bool, dt.date, str]:
    trip = row.onsite if isinstance(row, Problem) else row
    leader = trip.leader.name if isinstance(trip, Trip) else ""
    return (row.date is None, row.date or FIRST, leader)


def _book(folder: Path, office: str, kind: str, rows: list[Any]) -> Book:
    style = STYLES[office]
    folder.mkdir(parents=True, exist_ok=True)
    label = KINDS[kind].label
    path = folder / f"{OFFICES[office]}{label}{style.suffix}"
    book = Book(path, kind)
    known = {c.key for c in KINDS[kind].columns}
    lines: list[Cells] = []
    above = [[f"{OFFICES[office]}{YEAR}年{label}"], [f"填报单位：{OFFICES[office]}"]]
    for n, row in enumerate(rows, 1):
        if style.sums and n > 1 and _month(row) != _month(rows[n - 2]):
            lines.append(
                {"serial": "合计", "heads": 1} if kind == "lectures" else {"serial": "合计"}
            )
        lines.append({"serial": n} | {k: v for k, v in _cells(row, style).items() if k in known})
        book.numbers[id(row)] = len(lines) + LINES_ABOVE
    cells = [*above, *grid(KINDS[kind], lines, _titles(kind, style))]
    if style.merged and style.suffix == ".xlsx":
        _write_merged(path, cells)
    else:
        write(path, cells, style.encoding)
    return book


def _month(row: Row) -> int:
    return row.date.month if row.date else 0


def _titles(kind: str, style: Style) -> dict[str, str]:
    return style.titles if kind in ("lectures", "onsite", "receptions") else {}


def _write_merged(path: Path, cells: list[list[Any]]) -> None:
    """Days and leaders that are equal in neighbouring rows stand in one merged cell each."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Sheet1")
    titles = cells[LINES_ABOVE - 1]
    together = [i for i, t in enumerate(titles) if t in ("日期", "领导", "来访日期", "接访领导")]
    for n, row in enumerate(cells):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(
                    n, column, dt.datetime(value.year, value.month, value.day), day
                )
            elif value not in (None, ""):
                sheet.write(n, column, value)
    start = LINES_ABOVE
    while start < len(cells):
        end = start
        key = [cells[start][i] for i in together]
        while end + 1 < len(cells) and all(key) and [cells[end + 1][i] for i in together] == key:
            end += 1
        if end > start:
            for column in together:
                value = cells[start][column]
                style = day if isinstance(value, dt.date) else None
                sheet.merge_range(start, column, end, column, value, style)
        start = end + 1
    book.close()


# ---- the cells of a row ------------------------------------------------------------------------


def _cells(row: Any, style: Style) -> Cells:
    """Column key -> cell; spoilt where the row says so, days as the office writes them."""
    trip = row.onsite if isinstance(row, Problem) and row.onsite else row
    cells: Cells = {"date": row.date or ""}
    if isinstance(trip, Trip):
        names = [trip.leader.name, *(p.name for p in trip.companions)]
        cells["leader"] = "、".join(names)
        if style.ranks:
            cells["rank"] = trip.rank
        cells["place"] = _place(trip.place, row.date)
        if row.office == COUNTY and isinstance(trip.place, Village):
            cells["place"] = TOWNSHIPS[trip.place.township] + cells["place"]
    cells |= _own_cells(row)
    spoilt = DIRT[row.dirt] if row.dirt else None
    if spoilt and row.dirt not in ("no_date", "due_soon"):
        cells[spoilt.key] = spoilt.spoil(cells[spoilt.key])
    elif row.dirt == "due_soon":
        cells["due"] = "尽快"
    return {k: style.day(v) if isinstance(v, dt.date) else v for k, v in cells.items()}


def _place(place: Village | str, day: dt.date | None) -> str:
    return place if isinstance(place, str) else place.name_on(day or FIRST)


def _own_cells(row: Any) -> Cells:
    if isinstance(row, Lecture):
        note = "结合矛盾纠纷排查化解" if row.screening else ""
        own = {"theme": row.theme, "form": row.form, "heads": row.heads, "note": note}
        own["materials"] = "" if row.materials is None else row.materials
        return own | ({"sessions": row.sessions} if row.sessions > 1 else {})
    if isinstance(row, Problem):
        decision = {"现场解决": "是"}.get(row.decision, row.decision)
        return {
            "title": row.title,
            "decision": decision,
            "unit": row.unit,
            "due": row.due or "",
            "status": row.status,
            "closed": row.closed or "",
        }
    if isinstance(row, Onsite):
        return {"title": ""} if row.office != COUNTY else {}
    if isinstance(row, Visit):
        same = ("people", "matter", "category", "outcome", "unit", "follow_up", "satisfaction")
        return {name: getattr(row, name) for name in (*same, "name", "phone", "identity")} | {
            "due": row.due or "",
            "closed": row.closed or "",
            "backlog": "是" if row.backlog else "否",
        }
    if isinstance(row, Dispute):
        same = ("kind", "summary", "parties", "mediator", "result")
        return {n: getattr(row, n) for n in same} | {
            "place": _place(row.place, row.date),
            "settled": row.settled or "",
        }
    if isinstance(row, Suggestion):
        same = ("content", "channel", "kind", "unit", "adoption", "name")
        return {n: getattr(row, n) for n in same} | {
            "place": _place(row.place, row.date),
            "replied": row.replied or "",
        }
    if isinstance(row, CheckIn):
        return {
            "person": row.person,
            "unit": row.unit,
            "area": row.area.name if row.area else "",
            "volunteering": "是" if row.volunteering else "否",
            "measures": row.measures,
        }
    if isinstance(row, Topic):
        return {
            "name": row.name,
            "leader": row.leader.name,
            "source": row.source,
            "start": row.date,
            "result": row.result,
        }
    day = {"finished": row.date, "issued": row.date}
    return {
        "name": row.name,
        "subject": row.name,
        "kind": row.kind,
        "polarity": row.kind,
        "township": TOWNSHIPS.get(row.township, ""),
        **day,
    }
