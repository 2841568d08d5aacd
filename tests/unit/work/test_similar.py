"""Like suggestions: found by their words, with the reason, and nothing about people."""

from __future__ import annotations

import datetime as dt
import random

from desktop.ledger.ledger import Ledger
from desktop.records import Petitioner, Suggestion
from desktop.work import doubles
from desktop.work.similar import bare, common_words, similar, similar_pairs
from tests import fakes

DAY = dt.date(2026, 11, 20)


def save(ledger: Ledger, content: str, **over: object) -> Suggestion:
    with ledger.write("记建议") as rows:
        (made,) = rows.save(fakes.make(Suggestion, **{"date": DAY, "content": content} | over))
    assert isinstance(made, Suggestion)
    return made


def test_the_same_in_other_words_is_found_with_its_reasons(ledger: Ledger) -> None:
    old = save(ledger, "增开柳河镇赶集班车，现在每天两班", kind="交通出行", place="前沟村")
    save(ledger, "在柳河社区设老年助餐点", kind="养老托育", place="前沟村")
    asked = Suggestion(content="建议赶集日增开班车", kind="交通出行", place="前沟村")
    (found,) = similar(ledger, asked)
    assert found.id == old.id
    assert found.why == "同在前沟村，同属交通出行，都说到“赶集”、“增开”、“班车”"


def test_other_places_are_named_and_count_less(ledger: Ledger) -> None:
    save(ledger, "村口道路破损积水多年未修", place="前沟村")
    here = Suggestion(content="村口道路破损积水未修", place="前沟村")
    there = Suggestion(content="村口道路破损积水未修", place="后塬村")
    nearer, farther = similar(ledger, here)[0], similar(ledger, there)[0]
    assert nearer.score > farther.score
    assert "地点不同（后塬村、前沟村）" in farther.why


def test_what_every_suggestion_begins_with_makes_nothing_alike(ledger: Ledger) -> None:
    save(ledger, "希望政府尽快解决群众反映的饮水水压不足")
    assert similar(ledger, Suggestion(content="希望政府尽快解决群众反映的路灯不亮")) == []
    assert bare("建议：增开赶集班车。") == "增开赶集班车"


def test_who_made_it_says_nothing(ledger: Ledger) -> None:
    a, b = save(ledger, "增设电动车充电桩"), save(ledger, "请硬化通组道路三公里")
    with ledger.write("人") as rows:
        rows.save(*(fakes.make(Petitioner, of=x.id, name="王建国") for x in (a, b)))
    assert similar(ledger, b) == []
    assert similar_pairs(ledger, [a.id, b.id]) == []


def test_joined_converted_and_void_ones_are_not_proposed(ledger: Ledger) -> None:
    main = save(ledger, "增开柳河镇赶集班车")
    joined = save(ledger, "增开柳河镇的赶集班车")
    save(ledger, "增开柳河镇赶集的班车", converted=DAY)
    void = save(ledger, "增开柳河镇赶集班车吧")
    with ledger.write("并") as rows:
        doubles.join(ledger, rows, Suggestion.type, joined.id, main.id)
        rows.remove(Suggestion.type, void.id, "录重")
    found = similar(ledger, Suggestion(content="增开柳河镇赶集班车"))
    assert [x.id for x in found] == [main.id]


def test_what_a_person_kept_apart_or_parted_is_not_proposed_again(ledger: Ledger) -> None:
    old, apart, parted = (save(ledger, f"增开柳河镇赶集班车{n}") for n in ("", "吧", "啊"))
    of = Suggestion.type
    with ledger.write("看过") as rows:
        doubles.keep_apart(ledger, rows, of, apart.id, old.id)
        doubles.join(ledger, rows, of, parted.id, old.id)
    with ledger.write("拆开") as rows:
        doubles.part(ledger, rows, parted.id)
    assert similar(ledger, old) == []
    assert [x.id for x in similar(ledger, apart)] == [parted.id]
    (pair,) = similar_pairs(ledger, [old.id, apart.id, parted.id])
    assert {pair.newer.id, pair.older.id} == {apart.id, parted.id}


def test_short_words_are_left_alone(ledger: Ledger) -> None:
    save(ledger, "修路灯")
    assert similar(ledger, Suggestion(content="修路灯")) == []


def test_pairs_of_an_import_each_newer_one_once(ledger: Ledger) -> None:
    old = save(ledger, "增开柳河镇赶集班车", date=dt.date(2026, 1, 5))
    new = [save(ledger, "希望增开柳河镇赶集班车", date=dt.date(2026, 3, n)) for n in (1, 2)]
    save(ledger, "统一建设果品冷库")
    pairs = similar_pairs(ledger, [n.id for n in new])
    assert [p.newer.id for p in pairs] == [n.id for n in new]
    assert {p.older.id for p in pairs} == {old.id}
    assert all("赶集班车" in p.why for p in pairs)


def test_numbers_are_no_words_in_common() -> None:
    assert common_words("电话13812341234，修桥要快", "拨13812341234，修桥") == ["修桥"]


def test_an_old_one_is_found_among_many(ledger: Ledger) -> None:
    """Rare words weigh more than new rows: newest-first candidates would never reach it."""
    old = save(ledger, "恢复柳河渡口的摆渡船，方便对岸学生", date=dt.date(2020, 1, 1))
    chance = random.Random(7)
    words = ("增开赶集班车", "增设充电桩", "修缮村口道路", "公开集体账目", "简化证明办理")
    with ledger.write("很多") as rows:
        rows.save(
            *(
                fakes.make(Suggestion, date=DAY, content=f"{chance.choice(words)}，方便学生{n}")
                for n in range(2000)
            )
        )
    found = similar(ledger, Suggestion(content="柳河渡口的摆渡船停了，请恢复"))
    assert [x.id for x in found] == [old.id]
