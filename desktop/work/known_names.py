"""The names that a sentence may speak of, read once from the registers: places, people, campaigns.

A name is found where it stands in the words; nothing is ever made up. What two records share is
found only where something else tells them apart (the office's own township, a post on that day).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktop.core.names import COMPOUND_SURNAMES
from desktop.core.offices import county_of, township_of
from desktop.ledger.ledger import Ledger
from desktop.records.codes import CodeList, official
from desktop.work.codes import code_lists
from desktop.work.registers import VILLAGE_LABEL, short

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾"
    "丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
    "尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢骆岳齐"
    "梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘"
    "景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴闫辉党尚苟蒲"
)
TITLES = (
    "党委书记",
    "党委副书记",
    "人大主席",
    "政协主席",
    "纪委书记",
    "政法委员",
    "组织委员",
    "宣传委员",
    "统战委员",
    "党委委员",
    "武装部长",
    "副书记",
    "副县长",
    "副镇长",
    "副乡长",
    "副主任",
    "副主席",
    "副局长",
    "副部长",
    "书记",
    "县长",
    "镇长",
    "乡长",
    "主任",
    "主席",
    "局长",
    "部长",
    "常委",
    "委员",
    "所长",
    "站长",
    "队长",
    "政委",
)
_TITLE = "|".join(TITLES)
_WHO = re.compile(
    rf"(?P<name>(?:{'|'.join(sorted(COMPOUND_SURNAMES))}|[{SURNAMES}])[\u4e00-\u9fff]{{0,2}}?)"
    rf"(?P<title>{_TITLE})(?![\u4e00-\u9fff]*?信箱)"
)
_BEFORE_SHORT = "到了在赴去至往于入进访由、，, 和与及"


@dataclass(frozen=True)
class Post:
    """A post that somebody holds: in which unit, from when, until when ('' and '~' are open)."""

    title: str
    unit: str
    start: str = ""
    end: str = "~"


@dataclass(frozen=True)
class Found:
    """A name at a place in the words: its record's id, or the words themselves."""

    start: int
    end: int
    value: str
    label: str
    mark: str = ""  # why a person should look
    post: str = ""  # a title that the words give to somebody whom no register knows


@dataclass(frozen=True)
class Known:
    """Everything that a sentence is compared with."""

    office: str
    own_place: str = ""  # id of the office's own place
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # name -> ids
    short_places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cadres: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    posts: Mapping[str, tuple[Post, ...]] = field(default_factory=dict)  # cadre -> posts
    campaigns: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, CodeList] = field(default_factory=official)
    titles: Mapping[str, str] = field(default_factory=dict)  # id -> name

    def label(self, value: str) -> str:
        """What a record is called."""
        return self.titles.get(value, value)


def read_known(ledger: Ledger) -> Known:
    """Read the registers of a ledger."""
    office = ledger.office.code
    own, rest = township_of(office), county_of(office)
    titles: dict[str, str] = {}
    scoped: dict[str, dict[str, list[str]]] = {"place": {}, "short": {}, "unit": {}}
    own_place = ""
    townships: dict[str, str] = {}
    rows = ledger.rows("SELECT id, code, name, aliases, level FROM place WHERE removed = ''")
    codes = {row[0]: township_of(row[1]) for row in rows}
    for one, code, name, _, level in rows:
        titles[one] = name
        if level != VILLAGE_LABEL:
            townships[township_of(code)] = name
        if code == office:
            own_place = one
    # The office's own villages come first: a name that only another township shares is no doubt.
    for one, code, name, aliases, level in sorted(rows, key=lambda r: township_of(r[1]) != own):
        mine = township_of(code) == own or office == rest
        for word in (name, *filter(None, re.split(r"[、,，;；\s]", aliases))):
            if level == VILLAGE_LABEL:
                near = scoped["place"].setdefault(word, [])
                if mine or not any(codes[i] == own for i in near):
                    near.append(one)
                scoped["place"].setdefault(townships.get(township_of(code), "") + word, [one])
                if mine and len(short(word)) >= 2 and short(word) != word:
                    scoped["short"].setdefault(short(word), []).append(one)
            else:
                scoped["place"].setdefault(word, []).append(one)
    for one, name, aliases in ledger.rows("SELECT id, name, aliases FROM unit WHERE removed = ''"):
        titles[one] = name
        for word in (name, *filter(None, re.split(r"[、,，;；\s]", aliases))):
            scoped["unit"].setdefault(word, []).append(one)
    cadres: dict[str, list[str]] = {}
    for one, name in ledger.rows("SELECT id, name FROM cadre WHERE removed = '' ORDER BY id"):
        titles[one] = name
        cadres.setdefault(name, []).append(one)
    posts: dict[str, list[Post]] = {}
    for cadre, *post in ledger.rows(
        "SELECT cadre, title, unit, coalesce(start, ''), coalesce(\"end\", '~') FROM post"
        " WHERE removed = '' ORDER BY coalesce(start, '') DESC, id"
    ):
        posts.setdefault(cadre, []).append(Post(*post))
    campaigns = dict(ledger.rows("SELECT name, id FROM campaign WHERE removed = '' ORDER BY id"))
    titles |= {one: name for name, one in campaigns.items()}
    return Known(
        office,
        own_place,
        _tuples(scoped["place"]),
        _tuples(scoped["short"]),
        _tuples(scoped["unit"]),
        _tuples(cadres),
        _tuples(posts),
        campaigns,
        code_lists(ledger),
        titles,
    )


def _tuples(lists: Mapping[str, list[str]] | Mapping[str, list[Post]]) -> dict[str, tuple]:  # type: ignore[type-arg]
    return {key: tuple(dict.fromkeys(found)) for key, found in lists.items()}


def _spans(words: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + len(words))


# ---- places and units --------------------------------------------------------------------------


def find_places(known: Known, text: str) -> list[Found]:
    """The places and units in the words, in order; a longer name before one that lies in it."""
    names = [(n, ids, False) for n, ids in known.places.items()]
    names += [(n, ids, False) for n, ids in known.units.items()]
    names += [(n, ids, True) for n, ids in known.short_places.items() if n not in known.places]
    taken: list[Found] = []
    for name, ids, is_short in sorted(names, key=lambda n: (-len(n[0]), n[0])):
        if len(name) < 2:
            continue
        for start, end in _spans(name, text):
            if any(start < f.end and f.start < end for f in taken):
                continue
            if is_short and start and text[start - 1] not in _BEFORE_SHORT:
                continue
            sure = len(ids) == 1
            taken.append(
                Found(
                    start,
                    end,
                    ids[0] if sure else name,
                    known.label(ids[0]) if sure else name,
                    "" if sure else "有几个地方叫这个名字，请选一个",
                )
            )
    return sorted(taken, key=lambda f: f.start)


def find_unit(known: Known, text: str) -> Found | None:
    """The first unit in the words, with or without 县 in front of it."""
    found = [f for f in find_places(known, text) if f.value]
    ends: dict[str, set[str]] = {}
    for name, ids in known.units.items():
        for form in (name.removeprefix("县"), name.removeprefix("市")):
            ends.setdefault(form, set()).update(ids)
    for form, meant in sorted(ends.items(), key=lambda e: (-len(e[0]), e[0])):
        at = text.find(form)
        if len(form) >= 3 and at >= 0 and len(meant) == 1:
            one = next(iter(meant))
            found.append(Found(at, at + len(form), one, known.label(one)))
    return min(found, key=lambda f: (f.start, -f.end), default=None)


# ---- people ------------------------------------------------------------------------------------


def find_people(known: Known, text: str, day: dt.date | None) -> list[Found]:
    """The leaders in the words: whole names of the roster, then surname and title (李镇长)."""
    taken: list[Found] = []
    for name, ids in sorted(known.cadres.items(), key=lambda c: (-len(c[0]), c[0])):
        for start, end in _spans(name, text):
            if len(name) < 2 or any(start < f.end and f.start < end for f in taken):
                continue
            one = ids[0] if len(ids) == 1 else _mine(known, ids, day)
            end = _with_title(text, end)
            start = _from_title(text, start)
            mark = "" if one else "名册里有同名的人，请选一位"
            taken.append(Found(start, end, one or name, name, mark))
    for found in _WHO.finditer(text):
        start, end = found.span()
        if any(start < f.end and f.start < end for f in taken):
            continue
        taken.append(_titled(known, found, day))
    return sorted(taken, key=lambda f: f.start)


def _with_title(text: str, end: int) -> int:
    title = next((t for t in (*TITLES, "同志") if text.startswith(t, end)), "")
    return end + len(title)


def _from_title(text: str, start: int) -> int:
    before = text[:start]
    title = next((t for t in TITLES if before.endswith(t)), "")
    return start - len(title)


def _mine(known: Known, ids: tuple[str, ...], day: dt.date | None) -> str:
    """The one of several who holds a post in this office on that day; '' if none or several do."""
    own = [i for i in ids if any(p.unit == known.own_place for p in _held(known, i, day))]
    return own[0] if len(own) == 1 else ""


def _held(known: Known, cadre: str, day: dt.date | None) -> list[Post]:
    on = (day or dt.date.max).isoformat()
    return [p for p in known.posts.get(cadre, ()) if p.start <= on < p.end]


def _titled(known: Known, found: re.Match[str], day: dt.date | None) -> Found:
    """李镇长: who of that surname is called so on that day; a deputy is, by courtesy."""
    name, title = found["name"], found["title"]
    words = found[0]

    def is_called(post: str, *, courtesy: bool) -> bool:
        at = post.find(title)
        while at >= 0:
            if courtesy or not post[:at].endswith("副"):
                return True
            at = post.find(title, at + 1)
        return False

    people = [
        (one, whole) for whole, ids in known.cadres.items() if whole.startswith(name) for one in ids
    ]
    for courtesy in (False, True):
        fit = [
            one
            for one, _ in people
            if any(is_called(p.title, courtesy=courtesy) for p in _held(known, one, day))
        ]
        if len(fit) > 1:
            mine = _mine(known, tuple(fit), day)
            fit = [mine] if mine else fit
        if len(fit) == 1:
            label = known.label(fit[0])
            return Found(*found.span(), fit[0], label, f"按「{words}」找到的，请核对")
        if fit:
            return Found(*found.span(), words, words, "名册里有几位，分不清是哪一位，请选")
    return Found(*found.span(), words, words, "名册里没有找到，照写的保存")


def find_campaign(known: Known, text: str) -> Found | None:
    """The campaign whose name stands in the words."""
    for name, one in sorted(known.campaigns.items(), key=lambda c: (-len(c[0]), c[0])):
        at = text.find(name)
        if len(name) >= 2 and at >= 0:
            return Found(at, at + len(name), one, name)
    return None


# ---- labels of code lists ----------------------------------------------------------------------


def find_label(known: Known, codes: str, text: str) -> Found | None:
    """The label of a code list, or one that counts as it, that stands in the words; the longest."""
    found = known.lists.get(codes)
    if found is None:
        return None
    forms = [(form, item.label) for item in found.items for form in (item.label, *item.also)]
    forms += [(form, form) for form in found.added]
    for form, label in sorted(forms, key=lambda f: (-len(f[0]), f[0])):
        at = text.find(form)
        if at >= 0 and label != "其他":
            return Found(at, at + len(form), label, label)
    return None


def like_label(known: Known, codes: str, words: str) -> str:
    """The one official label whose letters the words leave out a few of: 电信诈骗, 医保; or ''."""
    found = known.lists.get(codes)
    if found is None or len(words) < 2:
        return ""
    fit = {
        item.label
        for item in found.items
        if any(_lies_in(words, form) for form in (item.label, *item.also))
    }
    return fit.pop() if len(fit) == 1 else ""


def _lies_in(words: str, form: str) -> bool:
    signs = iter(form)
    return all(sign in signs for sign in words)
