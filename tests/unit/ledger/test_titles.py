"""desktop/ledger/titles.py: what a record is called, and what it is found by; masks included."""

from __future__ import annotations

import datetime as dt

from desktop.core.ids import new_id
from desktop.ledger import titles
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, Activity, Cadre, Case, Petitioner, Suggestion
from desktop.records.check_in import CheckIn

DAY = dt.date(2026, 6, 9)


def saved_titles(ledger: Ledger, *records: object) -> list[str]:
    with ledger.write("保存") as rows:
        saved = rows.save(*records)  # type: ignore[arg-type]
    stored = dict(ledger.rows("SELECT id, title FROM entry"))
    known = ledger.titles.of(s.id for s in saved)
    assert known == {s.id: stored[s.id] for s in saved}
    return [known[s.id] for s in saved]


def test_a_title_names_the_linked_records(ledger: Ledger) -> None:
    cadre = Cadre(id=new_id(), name="李明")
    trip = Activity(date=DAY, leader=cadre.id, places=("前沟村", "县水利局"))
    assert saved_titles(ledger, cadre, trip) == ["李明", "2026-06-09 李明 前沟村、县水利局"]


def test_what_is_not_here_leaves_no_gap(ledger: Ledger) -> None:
    trip = Activity(date=DAY, leader=new_id(), places=(new_id(), "前沟村", new_id()))
    assert saved_titles(ledger, trip) == ["2026-06-09 前沟村"]
    assert ledger.texts(trip)["places"] == "前沟村"


def test_citizens_are_masked(ledger: Ledger) -> None:
    person = Petitioner(name="欧阳明月", phone="13812341234", address="前沟村")
    (title,) = saved_titles(ledger, person)
    assert title == "欧阳某某"
    assert [h.title for h in ledger.search("欧阳明月")] == ["欧阳某某"]
    assert ledger.search("13812341234") == []
    assert ledger.search("前沟村") == []


def test_a_title_is_one_line_and_not_too_long(ledger: Ledger) -> None:
    (title,) = saved_titles(ledger, Suggestion(date=DAY, content="一\n二" + "长" * 5000))
    assert title.startswith("一 二长")
    assert len(title) == 120


def test_an_id_that_is_not_here_is_left_out(ledger: Ledger) -> None:
    assert ledger.titles.of(["", new_id(), "张三"]) == {}
    assert ledger.titles.words("张三") == "张三"
    assert ledger.titles.words(new_id()) == ""


def test_many_titles_at_once(ledger: Ledger) -> None:
    with ledger.write("名册") as rows:
        saved = rows.save(*(Cadre(name=f"甲{n}") for n in range(1300)))
    with ledger.reader() as reader:
        found = reader.titles.of(s.id for s in saved)
    assert found == {s.id: s.name for s in saved}  # type: ignore[attr-defined]


def test_a_reader_learns_new_names(ledger: Ledger) -> None:
    with ledger.write("新增") as rows:
        (cadre,) = rows.save(Cadre(name="张三"))
    with ledger.reader() as reader:
        assert reader.titles.words(cadre.id) == "张三"
        with ledger.write("改名") as rows:
            rows.save(Cadre(id=cadre.id, name="张三丰"))
        reader.titles.forget()
        assert reader.titles.words(cadre.id) == "张三丰"


def test_people_are_found_by_both_readings_of_their_name(ledger: Ledger) -> None:
    with ledger.write("新增") as rows:
        rows.save(
            Case(matter="单独一件", received=DAY, unit="县水利局"),
            CheckIn(person="单雄信"),
            Activity(date=DAY, leader="单雄信", summary="柳河镇"),
        )
    for letters in ("sxx", "dxx"):
        assert "activity" in {h.type for h in ledger.search(letters)}
    assert [h.type for h in ledger.search("xslj")] == ["case"]
    assert ledger.search("lhz") == []  # words over several lines have no initials


def test_titles_follow_from_registers_in_one_step() -> None:
    """No type is named by records that are named by it: a new name would never come to rest."""
    shows = {
        target: {of.name for of in RECORD_TYPES.values() if titles.showing(of, target)}
        for target in RECORD_TYPES
    }

    def reach(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, path
        for above in shows[name]:
            reach(above, (*path, name))

    for name in RECORD_TYPES:
        reach(name, ())
