"""Places and units over time: renamed, merged, abolished; names and successors as of a day.

A renamed place keeps its code and id; a `former_name` keeps the earlier name with its last day, and
the alias lets old ledgers match. A unit's id follows from its name, so a renamed unit goes on as a
new one, which is the old one's successor: offices that import the list with the new name then hold
the same record. `valid_to` is the first day on which something is out of use.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from desktop.core.errors import InvalidRecord
from desktop.core.fields import is_id
from desktop.core.ids import derived_id
from desktop.core.periods import day_words
from desktop.ledger.ledger import Ledger
from desktop.records.former_name import FormerName
from desktop.records.identity import unit_id
from desktop.records.place import Place
from desktop.records.unit import Unit

_BETWEEN = re.compile("[、,\uff0c;\uff1b]")
_DAY = dt.timedelta(days=1)

P = TypeVar("P", Place, Unit)


def alias_list(aliases: str) -> list[str]:
    """The names in a field of aliases."""
    return [one.strip() for one in _BETWEEN.split(aliases) if one.strip()]


def _with_alias(aliases: str, name: str) -> str:
    return "、".join(dict.fromkeys([*alias_list(aliases), name]))


# ---- as of a day -----------------------------------------------------------------------------


def name_on(ledger: Ledger, place: str, day: dt.date) -> str:
    """What a place was called on a day; for anything else what it is called, or the words."""
    return names_on(ledger, [(place, day)])[place, day]


def names_on(
    ledger: Ledger, wanted: Iterable[tuple[str, dt.date | None]]
) -> dict[tuple[str, dt.date | None], str]:
    """(place, day) -> its name on that day; without a day its name now. Words stay words."""
    pairs = list(dict.fromkeys(wanted))
    ids = [place for place, _ in pairs if is_id(place)]
    former: dict[str, list[tuple[str, str]]] = {}
    for place, until, name in ledger.rows(
        "SELECT place, until, name FROM former_name WHERE removed = '' AND until IS NOT NULL"
        " AND place IN (SELECT value FROM json_each(?)) ORDER BY until, id",
        [json.dumps(ids)],
    ):
        former.setdefault(place, []).append((until, name))
    titles = ledger.titles.of(ids)
    found = {}
    for place, day in pairs:
        now = titles.get(place, "" if is_id(place) else place)
        spans = former.get(place, ()) if day else ()
        on = day.isoformat() if day else ""
        found[place, day] = next((name for until, name in spans if on <= until), now)
    return found


def successor_on(ledger: Ledger, record_id: str, day: dt.date) -> str:
    """What a place or unit had become by a day: itself, or the end of its successors then.

    Two ledgers that were merged could hold a circle; then the first one stands for all.
    """
    chains = {**_successors(ledger, Place), **_successors(ledger, Unit)}
    seen = [record_id]
    while True:
        end, following = chains.get(seen[-1], ("", ""))
        if not following or not end or end > day.isoformat():
            return seen[-1]
        if following in seen:
            return record_id
        seen.append(following)


def _successors(ledger: Ledger, of: type[Place] | type[Unit]) -> dict[str, tuple[str, str]]:
    rows = ledger.rows(
        f"SELECT id, coalesce(valid_to, ''), successor FROM \"{of.type.name}\""
        " WHERE removed = '' AND successor <> ''"
    )
    return {one: (end, following) for one, end, following in rows}


def leads_back(ledger: Ledger, of: type[Place] | type[Unit], start: str, target: str) -> bool:
    """Whether the successors of `start`, whatever their days, come to `target`."""
    chains = _successors(ledger, of)
    seen: set[str] = set()
    while start and start not in seen:
        if start == target:
            return True
        seen.add(start)
        start = chains.get(start, ("", ""))[1]
    return start == target


def out_of_use(ledger: Ledger, ids: Iterable[str], day: dt.date) -> dict[str, str]:
    """Of places and units those that aren't valid on a day: id -> why, in words for a picker."""
    on = day.isoformat()
    found: dict[str, str] = {}
    wanted = json.dumps(list(ids))
    for name in (Place.type.name, Unit.type.name):
        for one, start, end, following, renamed in ledger.rows(
            f"SELECT t.id, coalesce(t.valid_from, ''), coalesce(t.valid_to, ''),"
            " coalesce(s.title, ''), instr(coalesce(n.aliases, ''), t.name)"
            f' FROM "{name}" t LEFT JOIN entry s ON s.id = t.successor'
            f' LEFT JOIN "{name}" n ON n.id = t.successor'
            " WHERE t.id IN (SELECT value FROM json_each(?))"
            " AND (t.valid_from > ? OR t.valid_to <= ?)",
            [wanted, on, on],
        ):
            if start > on:
                found[one] = f"{start}才启用"
            elif following:
                found[one] = f"已{'更名为' if renamed else '并入'}{following}"
            else:
                found[one] = f"{end}起停用"
    return found


# ---- changing --------------------------------------------------------------------------------


def rename_place(ledger: Ledger, place: str, name: str, day: dt.date | None) -> Place:
    """Give a place another name from a day on; code and id stay, the old name still finds it.

    Raises:
        InvalidRecord: names the field that won't do: `name` or `day`.
    """
    record = _fetched(ledger, Place, place)
    name = name.strip()
    problems = _naming_problems(ledger, record, name, day)
    if problems:
        raise InvalidRecord(problems)
    assert day is not None
    until = day - _DAY
    kept = FormerName(
        id=derived_id("former_name", place, record.name, until.isoformat()),
        office=record.office,
        place=place,
        name=record.name,
        until=until,
    )
    aliases = [a for a in alias_list(record.aliases) if a != name]  # a name may come back
    renamed = dataclasses.replace(
        record, name=name, aliases=_with_alias("、".join(aliases), record.name)
    )
    with ledger.write(f"{record.name}改名为{name}") as rows:
        rows.save(renamed, kept)
    return renamed


def _naming_problems(
    ledger: Ledger, record: Place | Unit, name: str, day: dt.date | None
) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not name:
        problems["name"] = "新名称还没有填"
    elif name == record.name:
        problems["name"] = "和现在的名称一样"
    if day is None:
        problems["day"] = "从哪天起还没有填"
    elif record.valid_to and day >= record.valid_to:
        problems["day"] = f"{record.name}从{day_words(record.valid_to)}起已经停用"
    elif record.valid_from and day <= record.valid_from:
        problems["day"] = f"{record.name}从{day_words(record.valid_from)}才启用"
    elif isinstance(record, Place):
        last = ledger.rows(
            "SELECT max(until) FROM former_name WHERE place = ? AND removed = ''", [record.id]
        )[0][0]
        if last and day.isoformat() <= (dt.date.fromisoformat(last) + _DAY).isoformat():
            begun = day_words(dt.date.fromisoformat(last) + _DAY)
            problems["day"] = f"现在的名称从{begun}起才用，改名要在这以后"
    return problems


def merge_places(ledger: Ledger, old: str, into: str, day: dt.date | None) -> Place:
    """Let a place be part of another from a day on; what was recorded stays with it.

    Raises:
        InvalidRecord: names the field that won't do: `into` or `day`.
    """
    return _merge(ledger, Place, old, into, day)


def rename_unit(ledger: Ledger, unit: str, name: str, day: dt.date | None) -> Unit:
    """Let a unit go on under another name from a day on, as a unit of its own; returns that.

    Raises:
        InvalidRecord: names the field that won't do: `name` or `day`.
    """
    record = _fetched(ledger, Unit, unit)
    name = name.strip()
    problems = _naming_problems(ledger, record, name, day)
    new_id = unit_id(record.office, name) if name else ""
    known = ledger.get(Unit, new_id) if new_id else None
    if known is not None and not known.removed and not problems:
        problems["name"] = f"单位表里已经有{name}，请用“并入”"
    if problems:
        raise InvalidRecord(problems)
    fresh = Unit(
        id=new_id,
        office=record.office,
        name=name,
        kind=record.kind,
        aliases=_with_alias("", record.name),
        valid_from=day,
    )
    if known is not None:  # it was made void once: the same unit comes back
        fresh = dataclasses.replace(fresh, marks=known.marks, number=known.number)
    ended = dataclasses.replace(record, valid_to=day, successor=new_id)
    with ledger.write(f"{record.name}更名为{name}") as rows:
        rows.save(fresh, ended)
    return fresh


def merge_units(ledger: Ledger, old: str, into: str, day: dt.date | None) -> Unit:
    """Abolish a unit; another one takes over from a day on.

    Raises:
        InvalidRecord: names the field that won't do: `into` or `day`.
    """
    return _merge(ledger, Unit, old, into, day)


def _merge(ledger: Ledger, of: type[P], old: str, into: str, day: dt.date | None) -> P:
    record = _fetched(ledger, of, old)
    problems = merging_problems(ledger, of, old, into, day)
    if problems:
        raise InvalidRecord(problems)
    ended = dataclasses.replace(record, valid_to=day, successor=into)
    with ledger.write(f"{record.name}并入{ledger.titles.words(into)}") as rows:
        rows.save(ended)
    return ended


def merging_problems(
    ledger: Ledger, of: type[P], old: str, into: str, day: dt.date | None
) -> dict[str, str]:
    """Why one can't become part of the other on that day: field -> sentence."""
    record = _fetched(ledger, of, old)
    target = ledger.get(of, into) if is_id(into) else None
    problems: dict[str, str] = {}
    if target is None or target.removed:
        problems["into"] = "请从列出的里面选"
    elif into == old:
        problems["into"] = "不能并入自己"
    elif record.successor:
        problems["into"] = f"{record.name}已经并入{ledger.titles.words(record.successor)}"
    elif leads_back(ledger, of, into, old):
        problems["into"] = f"{target.name}以前并入了{record.name}，不能再倒过来"
    elif isinstance(record, Place) and isinstance(target, Place) and record.level != target.level:
        problems["into"] = f"{record.name}是{record.level}，不能并入{target.level}"
    if day is None:
        problems["day"] = "从哪天起还没有填"
    elif record.valid_from and day <= record.valid_from:
        problems["day"] = f"{record.name}从{day_words(record.valid_from)}才启用"
    elif record.valid_to and day != record.valid_to:
        problems["day"] = f"{record.name}从{day_words(record.valid_to)}起已经停用"
    elif target is not None and target.valid_from and day < target.valid_from:
        problems["day"] = f"{target.name}从{day_words(target.valid_from)}才启用"
    elif target is not None and target.valid_to and day >= target.valid_to:
        problems["day"] = f"{target.name}从{day_words(target.valid_to)}起已经停用"
    return problems


def _fetched(ledger: Ledger, of: type[P], record_id: str) -> P:
    record = ledger.get(of, record_id)
    if record is None or record.removed:
        raise InvalidRecord({"name": f"这个{of.type.label}不在本台账里，或已经作废"})
    return record


# ---- what a change means ---------------------------------------------------------------------


@dataclass(frozen=True)
class Effect:
    """What hangs on a place or unit, before a day and from it on."""

    before: int  # activities there before the day: they keep the old name
    since: int  # activities there on or after the day
    others: int  # further records that name it: problems, cases, posts …
    like: tuple[str, ...] = ()  # others of the new name, valid then


def effect_of(ledger: Ledger, record_id: str, day: dt.date | None, name: str = "") -> Effect:
    """What a change of a place or unit from a day on would mean, for the person to read first."""
    on = (day or ledger.now().date()).isoformat()
    here = (
        "SELECT a.id, a.date FROM activity a, json_each(NULLIF(a.places, '')) v"
        " WHERE a.removed = '' AND v.value = ?"
    )
    trips = dict(ledger.rows(here, [record_id]))
    since = sum(1 for date in trips.values() if date and date >= on)
    return Effect(
        len(trips) - since, since, _named(ledger, record_id), _like(ledger, record_id, name)
    )


def _named(ledger: Ledger, record_id: str) -> int:
    """How many records beside trips name it in a field of their own."""
    columns: Mapping[str, tuple[str, ...]] = {
        "problem": ("place", "unit"),
        "case": ("place", "unit"),
        "suggestion": ("place", "unit"),
        "dispute": ("place",),
        "post": ("unit",),
        "check_in": ("unit",),
        "residential_area": ("community", "township"),
    }
    count = 0
    for table, names in columns.items():
        either = " OR ".join(f'"{name}" = ?' for name in names)
        rows = ledger.rows(
            f"SELECT count(*) FROM \"{table}\" WHERE removed = '' AND ({either})",
            [record_id] * len(names),
        )
        count += rows[0][0]
    return count


def _like(ledger: Ledger, record_id: str, name: str) -> tuple[str, ...]:
    """Others of that name beside it (in its township), which would then be hard to tell apart."""
    if not name:
        return ()
    rows = ledger.rows(
        "SELECT e.title || '（' || p.code || '）' FROM place p JOIN entry e ON e.id = p.id"
        " WHERE p.removed = '' AND p.name = ? AND p.id <> ?"
        " AND p.within = (SELECT within FROM place WHERE id = ?)",
        [name, record_id, record_id],
    )
    return tuple(row[0] for row in rows)
