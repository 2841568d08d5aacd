"""desktop/work/registers.py: places, units and cadres found by what people write and type."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from desktop.core.offices import make_office
from desktop.ledger.ledger import Ledger
from desktop.records import Cadre, FormerName, Place, Post, ResidentialArea, Unit
from desktop.records.identity import cadre_id, place_id, unit_id
from desktop.work.registers import Registers, office_place, offices, post_on, short, suggest
from tests.ledgers import COUNTY, TOWNSHIP

OTHER = "990801102000"
VILLAGES = {
    "990801101201": ("李家沟村", ""),
    "990801101202": ("前沟村", "老前沟、前沟自然村"),
    "990801101001": ("柳河社区", "街道一居，镇区"),
    "990801102201": ("李家沟村", ""),
    "990801102202": ("桃园村", "桃花园"),
    "990801101203": ("王家村", ""),
    "990801101002": ("王家社区", ""),
}
ROSTER = [
    ("1", "单雄", TOWNSHIP, "镇长", "乡科级正职"),
    ("2", "王丽", TOWNSHIP, "副镇长", "乡科级副职"),
    ("3", "王丽", OTHER, "书记", "乡科级正职"),
    ("4", "赵强", TOWNSHIP, "委员", "乡科级副职"),
    ("5", "赵强", TOWNSHIP, "干事", "乡科级副职"),
]


def cadre(number: str) -> str:
    return cadre_id(COUNTY, number, "", "")


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """A county with two townships, a few villages, units and cadres."""
    with ledger.write("名册") as rows:
        rows.save(
            office_place(make_office("清岚县", COUNTY)),
            office_place(make_office("柳河镇", TOWNSHIP)),
            office_place(make_office("石门镇", OTHER)),
            *(
                Place(
                    id=place_id(code),
                    code=code,
                    name=name,
                    aliases=aliases,
                    level="村（社区）",
                    within=place_id(code[:9] + "000"),
                )
                for code, (name, aliases) in VILLAGES.items()
            ),
            Unit(
                id=unit_id(COUNTY, "县住建局"), name="县住建局", aliases="住建局、县住房城乡建设局"
            ),
            Unit(id=unit_id(COUNTY, "县水利局"), name="县水利局"),
            ResidentialArea(id="a" * 32, name="幸福里"),
            ResidentialArea(id="b" * 32, name="同名苑"),
            ResidentialArea(id="c" * 32, name="同名苑"),
            *(
                Cadre(id=cadre(number), roster_number=number, name=name)
                for number, name, *_ in ROSTER
            ),
            *(
                Post(cadre=cadre(number), unit=place_id(unit), title=title, rank=rank)
                for number, _, unit, title, rank in ROSTER
            ),
        )
    return ledger


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("李家沟村委会", "李家沟"),
        ("李家沟村民委员会", "李家沟"),
        ("李家沟村", "李家沟"),
        ("柳河社区居委会", "柳河社区"),
        ("柳河社区居民委员会", "柳河"),
        ("柳河社区", "柳河"),
        ("王村", "王村"),
        ("村", "村"),
        ("县水利局", "县水利局"),
        ("", ""),
    ],
)
def test_short_names(name: str, plain: str) -> None:
    assert short(name) == plain


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("前沟村", "990801101202"),
        ("前沟", "990801101202"),
        ("前沟村委会", "990801101202"),
        ("前沟村民委员会", "990801101202"),
        ("老前沟", "990801101202"),
        ("前沟自然村", "990801101202"),
        ("李家沟村", "990801101201"),
        ("李家沟", "990801101201"),
        ("李家沟村委会", "990801101201"),
        ("柳河社区", "990801101001"),
        ("镇区", "990801101001"),
        ("街道一居", "990801101001"),
        ("王家村", "990801101203"),
        ("王家社区", "990801101002"),
        ("柳河镇", TOWNSHIP),
        ("石门镇", OTHER),
    ],
)
def test_a_township_means_its_own_villages(filled: Ledger, words: str, code: str) -> None:
    assert Registers(filled).place(words, TOWNSHIP) == place_id(code)


@pytest.mark.parametrize("words", ["桃园村", "王家", "无此村", "", "沟"])
def test_what_a_township_does_not_mean(filled: Ledger, words: str) -> None:
    """Villages of others, what may be two of its own, and what is none stay words."""
    assert Registers(filled).place(words, TOWNSHIP) == ""


def test_one_village_name_in_two_townships(filled: Ledger) -> None:
    known = Registers(filled)
    assert known.place("李家沟村委会", OTHER) == place_id("990801102201")
    assert known.place("李家沟村", COUNTY) == ""
    assert known.place("桃园", COUNTY) == place_id("990801102202")
    assert known.village_within("李家沟", "石门镇") == place_id("990801102201")
    assert known.village_within("李家沟", "柳河镇") == place_id("990801101201")
    assert known.village_within("李家沟", "无此镇") == ""


def test_units_by_name_and_alias(filled: Ledger) -> None:
    known = Registers(filled)
    for words in ("县住建局", "住建局", "县住房城乡建设局"):
        assert known.unit(words) == unit_id(COUNTY, "县住建局")
        assert known.place(words, TOWNSHIP) == unit_id(COUNTY, "县住建局")
    assert known.unit("水利局") == ""  # only what somebody declared as an alias
    assert known.area("幸福里") == "a" * 32
    assert known.area("同名苑") == known.area("无") == ""
    assert known.is_village(place_id("990801101201"))
    assert not known.is_village(place_id(TOWNSHIP))
    assert known.office("石门镇") == OTHER
    assert known.office("桃园村") == ""


def test_two_cadres_of_one_name(filled: Ledger) -> None:
    known = Registers(filled)
    assert known.cadre("单雄") == (cadre("1"), "")
    assert known.cadre("王丽", rank="乡科级正职") == (cadre("3"), "")
    assert known.cadre("王丽", rank="乡科级副职") == (cadre("2"), "")
    assert known.cadre("王丽", office=TOWNSHIP) == (cadre("2"), "")
    assert known.cadre("王丽", office=OTHER, rank="县处级副职") == (cadre("3"), "")
    for found in (known.cadre("王丽"), known.cadre("赵强", TOWNSHIP, "乡科级副职")):
        assert found[0] == ""
        assert "同名" in found[1]
    assert known.cadre("无此人") == ("", "名册里没有这个人")


def test_what_is_void_is_not_offered(filled: Ledger) -> None:
    with filled.write("作废") as rows:
        rows.remove(Cadre.type, cadre("3"), "调走")
        rows.remove(Place.type, place_id("990801101202"), "撤并")
    known = Registers(filled)
    assert known.cadre("王丽") == (cadre("2"), "")
    assert known.place("前沟", TOWNSHIP) == ""
    assert suggest(filled, ("place",), "前沟") == []


def test_offices_of_a_ledger(filled: Ledger) -> None:
    assert offices(filled) == {COUNTY: "清岚县", TOWNSHIP: "柳河镇", OTHER: "石门镇"}


def test_a_new_ledger_knows_its_own_office(ledger: Ledger) -> None:
    assert offices(ledger) == {TOWNSHIP: "柳河镇"}
    place = office_place(ledger.office)
    assert (place.id, place.office, place.within) == (place_id(TOWNSHIP), COUNTY, place_id(COUNTY))


# ---- posts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (dt.date(2020, 5, 31), "干事"),
        (dt.date(2020, 6, 1), "副镇长"),
        (dt.date(2022, 12, 31), "副镇长"),
        (dt.date(2023, 1, 1), ""),
        (dt.date(2024, 1, 1), "镇长"),
        (dt.date(2999, 1, 1), "镇长"),
        (None, "镇长"),
    ],
)
def test_the_post_on_a_day(ledger: Ledger, day: dt.date | None, title: str) -> None:
    with ledger.write("名册") as rows:
        (one,) = rows.save(Cadre(name="李明"))
        rows.save(
            Post(cadre=one.id, title="干事", end=dt.date(2020, 6, 1)),
            Post(
                cadre=one.id,
                title="副镇长",
                rank="乡科级副职",
                unit="柳河镇",
                start=dt.date(2020, 6, 1),
                end=dt.date(2023, 1, 1),
            ),
            Post(cadre=one.id, title="镇长", start=dt.date(2024, 1, 1)),
            Post(cadre=one.id, title="录错的", start=dt.date(2024, 1, 2), removed="录错"),
        )
    assert post_on(ledger, one.id, day)[0] == title
    assert Registers(ledger).post(one.id, day) == post_on(ledger, one.id, day)
    if title == "副镇长":
        assert post_on(ledger, one.id, day) == ("副镇长", "乡科级副职", "柳河镇")


def test_no_post_is_known(ledger: Ledger) -> None:
    assert post_on(ledger, "", None) == post_on(ledger, "王某", dt.date(2024, 1, 1)) == ("",) * 3


# ---- picking while typing -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("前沟", ["前沟村"]),
        ("qgc", ["前沟村"]),
        ("老前", ["前沟村"]),
        ("沟", ["前沟村", "李家沟村", "李家沟村"]),
        ("990801101202", ["前沟村"]),
        ("柳河", ["柳河镇", "柳河社区"]),
        ("社区", ["柳河社区", "王家社区"]),
        ("xx", []),
        ("  ", []),
        ("", []),
    ],
)
def test_suggestions_of_places(filled: Ledger, words: str, labels: list[str]) -> None:
    assert [s.label for s in suggest(filled, ("place",), words)] == labels


def test_suggestions_tell_their_likes_apart(filled: Ledger) -> None:
    places = suggest(filled, ("place",), "李家沟")
    assert {s.hint for s in places} == {"柳河镇", "石门镇"}
    people = suggest(filled, ("cadre",), "wl")
    assert {(s.id, s.hint) for s in people} == {
        (cadre("2"), "柳河镇 副镇长"),
        (cadre("3"), "石门镇 书记"),
    }


def test_suggestions_of_several_registers(filled: Ledger) -> None:
    found = suggest(filled, ("place", "unit"), "县")
    assert [s.label for s in found] == ["县住建局", "县水利局", "清岚县"]
    assert suggest(filled, ("cadre",), "sx")[0].label == "单雄"
    assert suggest(filled, ("cadre",), "dx")[0].label == "单雄"
    assert len(suggest(filled, ("place",), "沟", limit=2)) == 2


def test_a_name_that_begins_so_comes_first_among_many(ledger: Ledger) -> None:
    with ledger.write("名册") as rows:
        rows.save(Unit(name="河东站"))
        rows.save(*(Unit(name=f"第{n}河务所") for n in range(300)))
    assert suggest(ledger, ("unit",), "河")[0].label == "河东站"


def test_two_of_one_name_are_told_apart_by_unit_and_post(filled: Ledger) -> None:
    found = suggest(filled, ("cadre",), "王丽")
    assert {(s.id, s.hint) for s in found} == {
        (cadre("2"), "柳河镇 副镇长"),
        (cadre("3"), "石门镇 书记"),
    }
    assert not any(s.meant for s in found)


def test_a_post_that_is_over_comes_last_and_says_so(filled: Ledger) -> None:
    on = dt.date(2026, 7, 1)
    posts = filled.rows("SELECT id FROM post WHERE cadre = ?", [cadre("2")])
    with filled.write("免职") as rows:
        for post in filled.fetch(Post, [p for (p,) in posts]):
            rows.save(dataclasses.replace(post, end=on))
    hints = [s.hint for s in suggest(filled, ("cadre",), "王丽", on=on)]
    assert hints == ["石门镇 书记", "柳河镇 副镇长 已不在任"]
    before = [s.hint for s in suggest(filled, ("cadre",), "王丽", on=dt.date(2026, 6, 30))]
    assert sorted(before) == ["柳河镇 副镇长", "石门镇 书记"]


def test_a_finished_name_means_one(filled: Ledger) -> None:
    def meant(words: str) -> list[str]:
        return [s.id for s in suggest(filled, ("place", "unit"), words) if s.meant]

    # Of the villages of one name the office's own is meant; aliases and committees count.
    assert meant("李家沟村") == [place_id("990801101201")]
    assert meant("李家沟村委会") == [place_id("990801101201")]
    assert meant("老前沟") == [place_id("990801101202")]
    assert meant("住建局") == [unit_id(COUNTY, "县住建局")]
    assert meant("王家") == []  # a village and a community
    assert meant("沟") == []


def test_a_renamed_village_is_found_by_its_former_name(filled: Ledger) -> None:
    one = place_id("990801101202")
    with filled.write("改名") as rows:
        rows.save(FormerName(place=one, name="老沟村", until=dt.date(2026, 8, 31)))
    registers = Registers(filled)
    for words in ("老沟村", "老沟", "老沟村委会", "前沟村"):
        assert registers.place(words, TOWNSHIP) == one
    assert registers.place("老沟村", OTHER) == ""
