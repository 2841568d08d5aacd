"""Made-up records and ledgers: values follow from the declarations, so no type is forgotten."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from desktop.core import fields as f
from desktop.core.ids import derived_id
from desktop.core.offices import make_office
from desktop.core.record import Record, RecordType
from desktop.ledger.ledger import Ledger
from desktop.ledger.vault_file import Cost
from desktop.records import Cadre, Place, Post, Unit
from desktop.records.identity import cadre_id, place_id, unit_id

TOWNSHIP, COUNTY = "990822101000", "990822000000"
PASSWORD, USER = "practice", "李明"
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)

# Hanzi, rare ones outside the basic plane too, digits of both widths, what Excel brings along.
_SIGNS = "柳河镇前沟村土地流转租金䶮𬭚𠅤abcXYZ0９％％（）《》“”—…·、，。？+-*/%&<>'\""
_LABELS = ("其他", "现场解决", "田埂讲学", "另写的选项")


def _words(least: int = 0, most: int = 30) -> st.SearchStrategy[str]:
    return st.text(_SIGNS, min_size=least, max_size=most).map(str.strip)


def _lines() -> st.SearchStrategy[str]:
    return st.lists(_words(), max_size=4).map(lambda lines: "\n".join(lines).strip())


def _names() -> st.SearchStrategy[str]:
    return st.text("李明王某前沟村后塬", min_size=0, max_size=6)


def _tuple(of: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(of.filter(bool), max_size=4, unique=True).map(tuple)


STRATEGIES: dict[type[f.Kind], Callable[[Any], st.SearchStrategy[Any]]] = {
    f.Text: lambda k: _words(),
    f.LongText: lambda k: _lines(),
    f.Integer: lambda k: st.none() | st.integers(k.low, 10_000),
    f.Day: lambda k: st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)),
    f.Clock: lambda k: st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    f.Choice: lambda k: st.sampled_from(("", *_LABELS)),
    f.Choices: lambda k: _tuple(st.sampled_from(_LABELS)),
    f.Link: lambda k: st.just("") | st.integers(1, 5).map(lambda n: derived_id("fake", str(n))),
    f.Named: lambda k: _names(),
    f.NamedList: lambda k: _tuple(_names()),
    f.Phone: lambda k: st.sampled_from(("", "13812341234", "09981234567", "13812341234、62345678")),
    f.IdNumber: lambda k: st.sampled_from(("", "11010519491231002X", "990822198001010018")),
    f.PersonName: lambda k: st.sampled_from(("", "王某", "欧阳明月", "阿依古丽·买买提")),
    f.YesNo: lambda k: st.none() | st.booleans(),
    f.Marks: lambda k: st.just({}),
}


def values(kind: f.Kind) -> st.SearchStrategy[Any]:
    """Any value of a kind, empty ones included."""
    return STRATEGIES[type(kind)](kind)


def records(of: RecordType) -> st.SearchStrategy[Record]:
    """Any record of a type that may be saved, apart from its links."""
    chosen = {
        field.name: (
            values(field.kind).filter(lambda v, e=field.kind.empty: v != e)
            if field.required and not (isinstance(field.kind, f.Link) and field.kind.parent)
            else values(field.kind)
        )
        for field in of.fields
    }
    return st.builds(of.cls, **chosen).filter(lambda record: not record.problems())


def make(cls: type[Record], **over: Any) -> Any:
    """A record with every required field filled in; `over` has the rest."""
    plain = {
        f.Day: dt.date(2026, 11, 20),
        f.Integer: 1,
        f.NamedList: ("前沟村",),
        f.Choices: ("其他",),
        f.Choice: "其他",
    }
    links = (derived_id("fake", str(n)) for n in itertools.count(1))
    filled = {
        field.name: next(links)
        if isinstance(field.kind, f.Link)
        else plain.get(type(field.kind), field.label)
        for field in cls.type.fields
        if field.required and field.name not in over
    }
    return dataclasses.replace(cls(), **filled, **over)


# --- a ledger with a register -----------------------------------------------------------------

VILLAGES = {"前沟村": "990822101201", "后塬村": "990822101202", "柳河社区": "990822101001"}
PLACES = {"清岚县": COUNTY, "柳河镇": TOWNSHIP, "石门镇": "990822102000"} | VILLAGES
UNITS = ("县水利局", "县交通运输局", "县农业农村局")
LEADER, DEPUTY = "李明", "王丽"


def place(name: str) -> str:
    """The id of a place of the register."""
    return place_id(PLACES[name])


def unit(name: str) -> str:
    """The id of a unit of the register."""
    return unit_id(COUNTY, name)


def cadre(name: str) -> str:
    """The id of a cadre of the register."""
    return cadre_id(COUNTY, "", name, "柳河镇")


def register() -> list[Record]:
    """Places, units, cadres with their posts."""
    found: list[Record] = []
    for name, code in PLACES.items():
        level = "县" if code == COUNTY else "乡镇" if code.endswith("000") else "村（社区）"
        above = "" if code == COUNTY else COUNTY if code.endswith("000") else TOWNSHIP
        within = place_id(above) if above else ""
        found.append(Place(id=place(name), code=code, name=name, level=level, within=within))
    found += [Unit(id=unit(name), name=name) for name in UNITS]
    for name, title, rank in (
        (LEADER, "党委副书记、镇长", "乡科级正职"),
        (DEPUTY, "党委委员、副镇长", "乡科级副职"),
    ):
        found.append(Cadre(id=cadre(name), name=name, on_roster=True))
        found.append(
            Post(
                id=cadre_id(COUNTY, "", f"post {name}", ""),
                cadre=cadre(name),
                unit=place("柳河镇"),
                title=title,
                rank=rank,
                start=dt.date(2024, 1, 1),
            )
        )
    return found


def new_ledger(folder: Path) -> Ledger:
    """A ledger of 柳河镇 with a register, opened by `PASSWORD`; cheap to unlock."""
    ledger, _ = Ledger.create(folder, make_office("柳河镇", TOWNSHIP), USER, PASSWORD, cost=CHEAP)
    with ledger.write("名册") as rows:
        rows.save(*register())
    return ledger
