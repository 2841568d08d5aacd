"""desktop/ledger/search.py: the index of a large ledger finds what a slow scan finds."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import pinyin, search_text
from desktop.ledger.ledger import Ledger
from desktop.records import Cadre, Case, Suggestion
from tests.ledgers import open_empty

DAY = dt.date(2026, 6, 9)
HANZI = "柳河镇前沟村路灯不亮欠薪低保水管道路硬化土地流转补偿租金单雄曾乐𬭎𠮷"
LETTERS = "abcｘＹ０９1-（）*\"'%"
MANY = [5_000, pytest.param(200_000, marks=pytest.mark.long)]

Texts = tuple[str, str, list[str], list[str]]


def words(rng: random.Random, most: int) -> str:
    signs = HANZI if rng.random() < 0.9 else HANZI + LETTERS
    return "".join(rng.choices(signs, k=rng.randint(1, most)))


def made(rng: random.Random, n: int) -> Case | Suggestion | Cadre:
    if n % 10 == 0:
        return Cadre(name=words(rng, 4), roster_number=str(n))
    if n % 3 == 0:
        return Suggestion(date=DAY, content=words(rng, 30), unit=words(rng, 6))
    return Case(received=DAY, matter=words(rng, 30), result=words(rng, 12), national_number=str(n))


def texts_of(record: Case | Suggestion | Cadre) -> tuple[list[str], list[str]]:
    """What a record may be found by, written out once more by hand."""
    if isinstance(record, Cadre):
        return [record.name, record.roster_number], [*pinyin.variants(record.name)]
    if isinstance(record, Suggestion):
        spelt = [*pinyin.variants(record.unit), *pinyin.variants(record.unit, person=True)]
        spelt += pinyin.variants(record.content)
        return [record.content, record.unit], spelt
    spelt = [*pinyin.variants(record.matter)]
    return [record.matter, record.result, record.national_number], spelt


def queries(rng: random.Random, texts: list[str], count: int) -> Iterator[str]:
    for _ in range(count):
        text = rng.choice(texts)
        length = rng.choice((1, 2, 3))
        at = rng.randrange(max(1, len(text) - length + 1))
        yield text[at : at + length]
    for _ in range(count // 3):
        yield f"{rng.choice(HANZI)} {rng.choice(HANZI)}{rng.choice(HANZI)}"
        yield "".join(rng.choices("lhzqgcsdxbyk", k=rng.choice((2, 3))))
    yield from ("没有这样的词", "柳*", '"柳', "12", "%", "zzzzzz", "柳 lh")


@pytest.mark.parametrize("number", MANY)
def test_the_index_finds_what_a_scan_finds(tmp_path: Path, number: int) -> None:
    rng = random.Random(number)
    kept: dict[str, tuple[list[str], list[str]]] = {}
    with open_empty(tmp_path / "a.ledger") as ledger:
        for at in range(0, number, 20_000):
            batch = [made(rng, n) for n in range(at, min(at + 20_000, number))]
            with ledger.write("导入") as rows:
                saved = rows.save(*batch)
            kept |= {r.id: texts_of(r) for r in saved}  # type: ignore[arg-type]
        texts = [t for found, _ in kept.values() for t in found if t]
        sample = list(queries(rng, texts, 12 if number > 10_000 else 24))
        for query in sample:
            expected = {i for i, held in kept.items() if search_text.matches(query, *held)}
            hits = ledger.search(query, limit=10**6)
            assert {h.id for h in hits} == expected, query
            assert len(hits) == len(expected)
            first = ledger.search(query, limit=50)
            assert first == hits[:50]


def test_the_newest_come_first(ledger: Ledger) -> None:
    for n in range(5):
        with ledger.write("登记") as rows:
            rows.save(Case(received=DAY, matter=f"路灯{n}"))
    assert [h.title for h in ledger.search("路灯")] == [f"路灯{n}" for n in (4, 3, 2, 1, 0)]
    assert [h.title for h in ledger.search("路灯", limit=2)] == ["路灯4", "路灯3"]


def test_words_do_not_run_across_fields(ledger: Ledger) -> None:
    with ledger.write("登记") as rows:
        rows.save(Case(received=DAY, matter="柳河", unit="镇政府"))
    assert ledger.search("河镇") == []
    assert len(ledger.search("河 镇")) == 1
    assert [h.type for h in ledger.search("河 镇", ["case"])] == ["case"]


def test_resembling_ones_come_in_the_order_of_what_is_rare_in_them(ledger: Ledger) -> None:
    words = ("修路", "修路", "修路灯", "修渡口的摆渡船", "渡口")
    with ledger.write("登记") as rows:
        made = rows.save(*(Case(received=DAY, matter=w) for w in words))
    of = Case.type
    found = ledger.resembling(["修路", "渡口", "摆渡"], of)
    assert found[0] == made[3].id
    assert set(found) == {m.id for m in made}
    assert ledger.resembling(["渡口", "摆渡"], of, limit=1) == [made[3].id]
    assert ledger.resembling([], of) == []
    assert ledger.resembling(['"', "*"], of) == []
