"""The county's places, leaders and areas."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from tests.county_year import words
from tests.county_year.rows import (
    COUNTY,
    FIRST,
    MERGED_ON,
    TOWNSHIPS,
    Area,
    Person,
    Post,
    Team,
    Village,
)

if TYPE_CHECKING:
    from tests.county_year.make import Maker

# Communities and villages at the end of the year.
_SIZES = {
    "城关镇": (18, 12),
    "柳河镇": (3, 22),
    "石门镇": (2, 21),
    "炭坪镇": (2, 19),
    "桃源乡": (0, 17),
    "大岭乡": (0, 15),
}
_RECURRING = ("前沟村", "后塬村", "大庄村", "上坪村", "下河村", "李家庄村")
_APPOINTED = dt.date(2024, 3, 1)
_MOVED = (dt.date(2026, 5, 18), dt.date(2026, 7, 1), dt.date(2026, 8, 10))


def make_registers(maker: Maker) -> None:
    """Villages with one merger and one new name; leaders, eight of whom move; areas."""
    _make_villages(maker)
    _make_people(maker)
    _make_areas(maker)
    maker.year.teams = [
        Team("百姓宣讲团", 12, dt.date(2025, 3, 1)),
        Team("青年宣讲队", 8, dt.date(2026, 4, 20)),
    ]


def _make_villages(maker: Maker) -> None:
    villages = maker.year.villages
    communities = words.COMMUNITIES.split()
    made_up = [a + b + "村" for a in words.DIRECTIONS for b in words.LAND]
    made_up += [f"{a}家{b}村" for a in words.CLANS for b in words.YARDS]
    names = [n for n in made_up if n not in _RECURRING]
    maker.dice.shuffle(names)
    for number, (code, township) in enumerate(TOWNSHIPS.items()):
        urban, rural = _SIZES[township]
        for n in range(urban):
            name = communities.pop(0) + "社区"
            villages.append(Village(f"{code[:9]}{n + 1:03}", name, code))
        # Each name of six stands in this township and the next one that has villages.
        own = [n for i, n in enumerate(_RECURRING) if number in (i, (i + 1) % len(TOWNSHIPS))]
        own += [names.pop() for _ in range(rural - len(own))]
        for n, name in enumerate(own):
            villages.append(Village(f"{code[:9]}{200 + n:03}", name, code))
    liuhe = [v for v in villages if v.township == "990821101000" and v.code[9:] >= "200"]
    shimen = [v for v in villages if v.township == "990821102000" and v.code[9:] >= "200"]
    # The 132nd village goes into its neighbour in the middle of the year.
    villages.append(Village("990821101299", names.pop(), "990821101000", "", MERGED_ON, liuhe[5]))
    shimen[4].former_name, shimen[4].name = shimen[4].name, names.pop()


def _make_people(maker: Maker) -> None:
    people = maker.year.people
    own_names = [*words.RARE_NAMES, words.COMPOUND_NAME, words.DOTTED_NAME]
    taken = {*own_names, words.DOUBLE_NAME}

    def name() -> str:
        while True:
            if (made := maker.name()) not in taken:
                taken.add(made)
                return made

    posts: list[tuple[str, str, str]] = []
    for title in words.COUNTY_POSTS:
        head = title in words.HEADS_OF_COUNTY
        posts.append((COUNTY, title, "县处级正职" if head else "县处级副职"))
    for code in TOWNSHIPS:
        for n, title in enumerate(words.TOWNSHIP_POSTS):
            posts.append((code, title, "乡科级正职" if n < 3 else "乡科级副职"))
    units = list(words.UNITS)
    for n in range(79):
        unit = units[n % len(units)]
        chief = n < len(units)
        posts.append(
            (unit, "主要负责人" if chief else "副职", f"乡科级{'正' if chief else '副'}职")
        )
    for n, (unit, title, rank) in enumerate(posts, 1):
        said = own_names.pop() if n in (5, 17, 33, 45, 60, 72, 99) else name()
        people.append(Person(said, f"990821-{n:04}", [Post(unit, title, rank, _APPOINTED)]))
    # Two people of one name, told apart by their ranks.
    people[31 + 11].name = people[31 + 22 + 5].name = words.DOUBLE_NAME
    _move(people)
    maker.year.strangers = [Person(name(), rank_said="乡科级副职") for _ in range(3)]


def _move(people: list[Person]) -> None:
    """Eight change posts: three pairs change places, one rises in his township, one to the county.

    Who rose to the county has a place on the list of 31 that stood empty before; so there were
    30 and 146 before, and there are 31 and 145 after.
    """
    county = people[:31]
    members = {code: people[31 + 11 * i : 42 + 11 * i] for i, code in enumerate(TOWNSHIPS)}
    one, two, *_ = members.values()
    three, four = list(members.values())[2:4]
    for day, a, b in (
        (_MOVED[0], one[3], two[3]),
        (_MOVED[1], three[6], four[6]),
        (_MOVED[2], one[7], three[7]),
    ):
        post_a, post_b = a.posts[0], b.posts[0]
        _begin(a, Post(post_b.unit, post_b.title, post_b.rank, day))
        _begin(b, Post(post_a.unit, post_a.title, post_a.rank, day))
    own = two[9].posts[0]
    _begin(two[9], Post(own.unit, "人大主席", "乡科级正职", _MOVED[1]))
    # The last of the county's list was a township's first secretary until the 1st of July.
    risen = county[21]
    after = risen.posts[0]
    risen.posts = [
        Post("990821201000", "党委书记", "乡科级正职", _APPOINTED, _MOVED[1]),
        Post(after.unit, after.title, after.rank, _MOVED[1]),
    ]


def _begin(person: Person, post: Post) -> None:
    former = person.posts[-1]
    person.posts[-1] = Post(former.unit, former.title, former.rank, former.start, post.start)
    person.posts.append(post)


def _make_areas(maker: Maker) -> None:
    communities = [v for v in maker.year.villages if v.code[9:] < "200"]
    names = [a + b for b in words.AREA_KINDS for a in words.AREAS][:38]
    for n, name in enumerate(names):
        community = communities[n % len(communities)]
        station = FIRST + dt.timedelta(days=math.floor(27.5 * n)) if n < 13 else None
        maker.year.areas.append(
            Area(name, community.township, community, station, mechanism=n < 36)
        )
