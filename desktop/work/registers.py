"""Master data: places, units and cadres found by what people write, type or import."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from desktop.core.fields import is_id
from desktop.core.offices import COUNTY, Office, county_of, level_of, township_of
from desktop.ledger.ledger import Ledger
from desktop.records.cadre import Cadre
from desktop.records.identity import place_id
from desktop.records.ledgers import COUNTY_UNIT
from desktop.records.place import Place
from desktop.records.register_ledgers import VILLAGE
from desktop.records.residential_area import ResidentialArea
from desktop.records.unit import Unit
from desktop.work.places import alias_list, out_of_use

SUFFIXES = ("村民委员会", "社区居民委员会", "居民委员会", "村委会", "居委会", "社区", "村")
_LOOKED_AT = 2000  # more than a county's roster has of one character
COUNTY_LABEL, TOWNSHIP_LABEL, VILLAGE_LABEL = "县", "乡镇", "村（社区）"


def office_place(office: Office) -> Place:
    """The place record of an office itself."""
    county = office.level == COUNTY
    return Place(
        id=place_id(office.code),
        office=county_of(office.code),
        code=office.code,
        name=office.name,
        level=COUNTY_LABEL if county else TOWNSHIP_LABEL,
        within="" if county else place_id(county_of(office.code)),
    )


def offices(ledger: Ledger) -> dict[str, str]:
    """The offices that this ledger knows: code -> name, in code order."""
    rows = ledger.rows(
        "SELECT code, name FROM place WHERE removed = '' AND level IN (?, ?) ORDER BY code",
        [COUNTY_LABEL, TOWNSHIP_LABEL],
    )
    own = ledger.office
    return {own.code: own.name} | dict(rows) if rows else {own.code: own.name}


def short(name: str) -> str:
    """A place's name without the words for what it is: 李家沟村委会 -> 李家沟."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name[: -len(suffix)]
    return name


def _names(name: str, aliases: str) -> list[str]:
    return [name, *alias_list(aliases)]


class Registers:
    """Names to ids, read once; for an import that resolves thousands of names."""

    def __init__(self, ledger: Ledger) -> None:
        """Read places, units, areas and cadres with their posts."""
        self.offices = offices(ledger)
        self._places: dict[tuple[str, str], set[str]] = {}
        self._villages: set[str] = set()
        self._units: dict[str, set[str]] = {}
        self._areas: dict[str, set[str]] = {}
        self._cadres: dict[str, list[str]] = {}
        for one, code, name, aliases, level in ledger.rows(
            "SELECT id, code, name, aliases, level FROM place WHERE removed = ''"
        ):
            self.note_place(one, code, name, aliases, level)
        for one, code, name in ledger.rows(
            "SELECT p.id, p.code, f.name FROM former_name f JOIN place p ON p.id = f.place"
            " WHERE f.removed = '' AND p.removed = ''"
        ):
            self.note_place(one, code, name, "", VILLAGE_LABEL)
        for one, name, aliases in ledger.rows(
            "SELECT id, name, aliases FROM unit WHERE removed = ''"
        ):
            self.note_unit(one, name, aliases)
        for one, name in ledger.rows("SELECT id, name FROM residential_area WHERE removed = ''"):
            self._areas.setdefault(name, set()).add(one)
        self._posts: dict[str, list[_Post]] = {}
        for cadre, *post in ledger.rows(
            "SELECT cadre, title, rank, unit, coalesce(start, ''), coalesce(\"end\", '~')"
            " FROM post WHERE removed = '' ORDER BY coalesce(start, '') DESC"
        ):
            self._posts.setdefault(cadre, []).append(_Post(*post))
        for one, name in ledger.rows("SELECT id, name FROM cadre WHERE removed = ''"):
            self._cadres.setdefault(name, []).append(one)

    def note_place(self, one: str, code: str, name: str, aliases: str, level: str) -> None:
        """Learn a place."""
        if level != VILLAGE_LABEL:
            for word in _names(name, aliases):
                self._units.setdefault(word, set()).add(one)
            return
        self._villages.add(one)
        for word in _names(name, aliases):
            for form in {word, short(word)}:
                self._places.setdefault((township_of(code), form), set()).add(one)
                self._places.setdefault(("", form), set()).add(one)

    def note_unit(self, one: str, name: str, aliases: str) -> None:
        """Learn a unit; 县住建局 and 住建局 are taken for each other only as aliases."""
        for word in _names(name, aliases):
            self._units.setdefault(word, set()).add(one)

    def office(self, name: str) -> str:
        """The code of the office of that name, or ''."""
        return next((c for c, n in self.offices.items() if n == name), "")

    def place(self, words: str, office: str) -> str:
        """The id of a village or unit as written by that office, or '' if none or several."""
        scope = township_of(office) if level_of(office) != COUNTY else ""
        for form in (words, short(words)):
            found = self._places.get((scope, form), set())
            exact = found if scope or len(found) == 1 else set()
            if len(exact) == 1:
                return next(iter(exact))
        for code, name in self.offices.items():  # 柳河镇前沟村
            if words.startswith(name) and words != name and level_of(code) != COUNTY:
                return self.place(words.removeprefix(name), code)
        return self.unit(words)

    def village_within(self, words: str, township: str) -> str:
        """The id of a village of a township named in the same row, or ''."""
        code = self.office(township)
        return self.place(words, code) if code else ""

    def is_village(self, record_id: str) -> bool:
        """Whether the id is a village's or community's."""
        return record_id in self._villages

    def unit(self, words: str) -> str:
        """The id of a unit or township, or '' if none or several."""
        found = self._units.get(words, set())
        return next(iter(found)) if len(found) == 1 else ""

    def area(self, words: str) -> str:
        """The id of a residential area, or ''."""
        found = self._areas.get(words, set())
        return next(iter(found)) if len(found) == 1 else ""

    def cadre(self, name: str, office: str = "", rank: str = "") -> tuple[str, str]:
        """The id of a cadre, or '' with the reason; rank or unit tell two of one name apart."""
        found = self._cadres.get(name, [])
        if len(found) > 1 and rank:
            found = self._holding(found, "rank", rank)
        if len(found) > 1 and office:
            found = self._holding(found, "unit", place_id(office))
        if len(found) == 1:
            return found[0], ""
        return "", "名册里没有这个人" if not found else "名册里有同名的人，分不清是哪一位"

    def named(
        self, targets: tuple[str, ...], words: str, office: str, rank: str = ""
    ) -> tuple[str, str]:
        """The id of what a name means in a field of these targets, or '' with the reason."""
        if targets[0] == Cadre.type.name:
            return self.cadre(words, office, rank)
        if targets[0] == Place.type.name:
            return self.place(words, office), "行政区划里没有这个地点"
        if targets[0] == ResidentialArea.type.name:
            return self.area(words), "小区名单里没有这个小区"
        return self.unit(words), "登记表里没有这个单位"

    def _holding(self, cadres: list[str], what: str, value: str) -> list[str]:
        """Those who hold or held such a post; all of them if nobody did."""
        fit = [c for c in cadres if any(getattr(p, what) == value for p in self._posts.get(c, ()))]
        return fit or cadres

    def post(self, cadre: str, day: dt.date | None) -> tuple[str, str, str]:
        """Title, rank and unit of a cadre on a day, as `post_on`, from what was read."""
        on = (day or dt.date.max).isoformat()
        for post in self._posts.get(cadre, ()):
            if post.start <= on < post.end:
                return post.title, post.rank, post.unit
        return "", "", ""


class _Post(NamedTuple):
    title: str
    rank: str
    unit: str
    start: str
    end: str


# ---- picking while typing ----------------------------------------------------------------------


@dataclass(frozen=True)
class Suggestion:
    """One offer of a picker: the record, what it is called, and what tells it from its like.

    `meant` is true for at most one of several: the one that the words, as they stand, name.
    """

    id: str
    label: str
    hint: str
    meant: bool = False


def suggest(
    ledger: Ledger,
    targets: tuple[str, ...],
    words: str,
    limit: int = 12,
    on: dt.date | None = None,
) -> list[Suggestion]:
    """Records of the register types `targets` that fit words, a code, an alias or pinyin initials.

    What isn't valid on the day `on` (today by default) comes last and says so in its hint; before
    that, exact names come first, then those that begin with the words, then the office's own
    villages, then the shorter.
    """
    words = words.strip()
    if not words:
        return []
    hits = ledger.search(words, targets, _LOOKED_AT)
    if not hits and short(words) != words:  # 李家沟村委会, where only 李家沟村 is known
        hits = ledger.search(short(words), targets, _LOOKED_AT)
    day = on or ledger.now().date()
    ids = [h.id for h in hits]
    stale = out_of_use(ledger, ids, day) | _out_of_post(ledger, ids, day)
    known = _known_as(ledger, ids)
    own = ledger.office.code[:9] if ledger.office.level != COUNTY else ""
    near = {one for one, (code, _) in known.items() if own and code.startswith(own)}
    meant = _meant(words, [(h.id, h.title) for h in hits], known, near, stale)
    hits.sort(
        key=lambda h: (
            h.id in stale,
            h.title != words,
            not h.title.startswith(words),
            h.id not in near,
            len(h.title),
            h.title,
        )
    )
    chosen = hits[:limit]
    hints = _hints(ledger, [h.id for h in chosen], day)
    return [
        Suggestion(
            h.id,
            h.title,
            " ".join(filter(None, (hints.get(h.id, ""), stale.get(h.id, "")))),
            h.id == meant,
        )
        for h in chosen
    ]


def _known_as(ledger: Ledger, ids: list[str]) -> dict[str, tuple[str, list[str]]]:
    """Id -> the code of a place ('' for a unit), and the other names that a place or unit has."""
    listed = json.dumps(ids)
    here = "WHERE id IN (SELECT value FROM json_each(?))"
    places = ledger.rows(f"SELECT id, code, name, aliases FROM place {here}", [listed])
    units = ledger.rows(f"SELECT id, '', '', aliases FROM unit {here}", [listed])
    return {
        one: (code, [*alias_list(aliases), *filter(None, (short(name), name.rstrip("镇乡")))])
        for one, code, name, aliases in (*places, *units)
    }


def _meant(
    words: str,
    hits: list[tuple[str, str]],
    known: dict[str, tuple[str, list[str]]],
    near: set[str],
    stale: Mapping[str, str],
) -> str:
    """The one record that a finished name means, or '': by its name, else by another name."""
    named = [one for one, title in hits if title == words]
    if not named:
        forms = {words, short(words)}
        named = [one for one, _ in hits if not forms.isdisjoint(known.get(one, ("", []))[1])]
    for preferred in (near, {one for one in named if one not in stale}):
        # Village names recur in a county; and a merged village may have had the name before.
        if len(named) > 1 and (fewer := [one for one in named if one in preferred]):
            named = fewer
    return named[0] if len(named) == 1 else ""


def _hints(ledger: Ledger, ids: list[str], day: dt.date) -> dict[str, str]:
    marks = ",".join("?" * len(ids))
    above = ledger.rows(
        "SELECT p.id, e.title FROM place p JOIN entry e ON e.id = p.within"
        f" WHERE p.id IN ({marks})",
        ids,
    )
    hints = dict(above)
    # The newest post comes last and is what is shown; one that is held on the day rules.
    posts = ledger.rows(
        f"SELECT cadre, unit, title FROM post WHERE cadre IN ({marks}) AND removed = ''"
        " ORDER BY coalesce(start, '') <= ? AND coalesce(\"end\", '~') > ?, coalesce(start, '')",
        [*ids, day.isoformat(), day.isoformat()],
    )
    for cadre, unit, title in posts:
        hints[cadre] = f"{ledger.titles.words(unit)} {title}".strip()
    return hints


def _out_of_post(ledger: Ledger, ids: list[str], day: dt.date) -> dict[str, str]:
    """Cadres who have posts, but none on that day: id -> why, in words for a picker."""
    on = day.isoformat()
    rows = ledger.rows(
        "SELECT cadre, min(coalesce(start, '')), max(coalesce(\"end\", '~')) FROM post"
        " WHERE removed = '' AND cadre IN (SELECT value FROM json_each(?)) GROUP BY cadre"
        " HAVING max(coalesce(start, '') <= ? AND coalesce(\"end\", '~') > ?) = 0",
        [json.dumps(ids), on, on],
    )
    return {one: f"{start}才任职" if start > on else "已不在任" for one, start, _ in rows}


def members_of(ledger: Ledger, services: list[str]) -> dict[str, str]:
    """Id of a service -> who served, and where he has checked in."""
    rows = ledger.rows(
        "SELECT s.id, e.title FROM volunteer_service s JOIN entry e ON e.id = s.check_in"
        " WHERE s.id IN (SELECT value FROM json_each(?))",
        [json.dumps(services)],
    )
    return dict(rows)


def place_kind(ledger: Ledger, place: str) -> str:
    """村（社区） or 县直单位, as far as a place tells by itself; '' if it doesn't."""
    if not is_id(place):
        return VILLAGE if place.endswith(SUFFIXES) else ""
    found = ledger.rows("SELECT type FROM entry WHERE id = ?", [place])
    if found and found[0][0] == Unit.type.name:
        return COUNTY_UNIT
    village = ledger.rows("SELECT 1 FROM place WHERE id = ? AND level = ?", [place, VILLAGE_LABEL])
    return VILLAGE if village else ""


def post_on(ledger: Ledger, cadre: str, day: dt.date | None) -> tuple[str, str, str]:
    """Title, rank and unit of a cadre on a day; ('', '', '') if the roster says nothing."""
    on = (day or dt.date.max).isoformat()
    # '~' sorts after every day: a post without an end is still held.
    rows = ledger.rows(
        "SELECT title, rank, unit FROM post WHERE cadre = ? AND removed = ''"
        " AND coalesce(start, '') <= ? AND coalesce(\"end\", '~') > ?"
        " ORDER BY coalesce(start, '') DESC LIMIT 1",
        [cadre, on, on],
    )
    return rows[0] if rows else ("", "", "")
