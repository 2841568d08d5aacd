"""Filters: what they ask, and what is left of them in JSON."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from desktop.gui.filters import ANY, DAYS, FILLED, MANY_ROWS, Chosen, Filters, kept, restored
from desktop.gui.list_source import PARTS, source_of
from desktop.gui.period import Period, everything, month_of, quarter_of, year_of
from desktop.gui.screens.lists import trips_source
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Lecture, Onsite, Problem
from tests import fakes

TODAY = dt.date(2026, 11, 20)


def problem(title: str, due: dt.date | None, **over: object) -> Problem:
    return fakes.make(Problem, title=title, due=due, **over)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    with ledger.write("记") as rows:
        trips = rows.save(
            fakes.make(Activity, leader=fakes.cadre("李明"), places=(fakes.place("前沟村"),)),
            fakes.make(Activity, leader=fakes.cadre("王丽"), places=(fakes.place("石门镇"),)),
        )
        (onsite,) = rows.save(Onsite(activity=trips[0].id))
        rows.save(fakes.make(Lecture, activity=trips[1].id))
        rows.save(
            problem("昨天", TODAY - dt.timedelta(1), onsite=onsite.id, status="推进中"),
            problem("今天", TODAY, status="已完成"),
            problem("六天后", TODAY + dt.timedelta(6), unit=fakes.unit("县水利局")),
            problem("七天后", TODAY + dt.timedelta(7)),
            problem("没有期限", None),
        )
    return ledger


def titles(ledger: Ledger, *chosen: Chosen, today: dt.date = TODAY, words: str = "") -> set[str]:
    source = source_of(Problem.type)
    query = Filters(everything(), today, words, chosen).query(ledger, source, (), -1)
    return {p.title for p in ledger.find(query)}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Chosen("due", ("past",), "", DAYS), {"昨天"}),
        (Chosen("due", ("today",), "", DAYS), {"今天"}),
        (Chosen("due", ("week",), "", DAYS), {"今天", "六天后"}),
        (Chosen("due", ("month",), "", DAYS), {"昨天", "今天", "六天后", "七天后"}),
        (Chosen("due", (None,)), {"没有期限"}),
        (Chosen("due", (), "", FILLED), {"昨天", "今天", "六天后", "七天后"}),
        (Chosen("status", ("推进中", "已完成")), {"昨天", "今天"}),
        (Chosen("onsite.activity.leader", (fakes.cadre("李明"),)), {"昨天"}),
        (Chosen("onsite.activity.places", (fakes.place("柳河镇"),)), {"昨天"}),
        (Chosen("unit", (fakes.unit("县水利局"),)), {"六天后"}),
    ],
)
def test_what_a_filter_finds(filled: Ledger, chosen: Chosen, found: set[str]) -> None:
    assert titles(filled, chosen) == found


def test_days_are_counted_from_the_day_one_looks(filled: Ledger) -> None:
    past = Chosen("due", ("past",), "", DAYS)
    assert titles(filled, past, today=TODAY + dt.timedelta(1)) == {"昨天", "今天"}


def test_several_filters_and_words_narrow_together(filled: Ledger) -> None:
    one, other = Chosen("status", ("推进中", None)), Chosen("due", ("past",), "", DAYS)
    assert titles(filled, one, other) == {"昨天"}
    assert titles(filled, one, words="后") == {"六天后", "七天后"}
    assert titles(filled, words="没有这样的词") == set()


def test_kinds_of_a_trip(filled: Ledger) -> None:
    source = trips_source()

    def leaders(*kinds: str) -> set[str]:
        filters = Filters(everything(), TODAY, "", (Chosen(PARTS, kinds),))
        query = filters.query(filled, source, (), -1)
        return {filled.titles.words(t.leader) for t in filled.find(query)}

    assert leaders("onsite") == {"李明"}
    assert leaders("lecture") == {"王丽"}
    assert leaders("lecture", "onsite") == {"李明", "王丽"}
    assert leaders("fieldwork") == set()


@pytest.mark.parametrize(
    "period",
    [
        everything(),
        month_of(TODAY),
        quarter_of(TODAY),
        year_of(TODAY),
        Period(dt.date(2025, 2, 3), TODAY),
    ],
)
def test_what_is_kept_comes_back(period: Period) -> None:
    chosen = (
        Chosen("status", ("推进中", None), "推进中、没有填"),
        Chosen("due", ("past",), "今天以前", DAYS),
        Chosen("example", (True,), "是", ANY),
    )
    filters = Filters(period, TODAY, "路灯", chosen)
    assert restored(json.loads(json.dumps(kept(filters))), TODAY) == filters


def test_this_month_is_another_month_next_month() -> None:
    state = kept(Filters(month_of(TODAY), TODAY))
    later = dt.date(2026, 12, 3)
    assert restored(state, later).period == month_of(later)


def test_of_very_many_the_newest_entered_come_first(
    filled: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(Problem.type)
    usual = Filters(everything(), TODAY)
    assert usual.query(filled, source, (), 9).order == ((Problem.type.dated_by, True),)
    monkeypatch.setattr(filled, "extent", lambda _of: MANY_ROWS + 1)
    assert usual.query(filled, source, (), 9).order == ()
    chosen = (("due", False),)
    assert usual.query(filled, source, chosen, 9).order == chosen


@pytest.mark.parametrize(
    "chosen",
    [
        {"path": "gone", "values": ["甲"], "words": "", "op": ANY},  # a field of another version
        {"path": 'unit" OR 1; --', "values": ["甲"], "words": "", "op": ANY},
        {"path": "onsite.gone", "values": [], "words": "", "op": FILLED},
        {"path": "status.name", "values": ["甲"], "words": "", "op": ANY},
        {"path": "", "values": [], "words": "", "op": FILLED},
        {"path": "status|gone", "values": ["甲"], "words": "", "op": ANY},
        {"path": PARTS, "values": ["lecture"], "words": "", "op": ANY},  # no part of a problem
        {"path": PARTS, "values": ["nothing"], "words": "", "op": ANY},
        {"path": "due", "values": ["century"], "words": "", "op": DAYS},
        {"path": "due", "values": [], "words": "", "op": DAYS},
        {"path": "status", "values": [["甲"]], "words": "", "op": ANY},
        {"path": "status", "values": "甲", "words": "", "op": ANY},
        {"path": "status", "values": ["甲"], "words": "", "op": "drop"},
        {"path": "status", "values": ["甲"], "words": 1, "op": ANY},
        {"path": "status"},
        "status",
        None,
    ],
)
def test_what_can_not_be_read_leaves_nothing_out(filled: Ledger, chosen: object) -> None:
    source = source_of(Problem.type)
    good = {"path": "status", "values": ["推进中"], "words": "推进中", "op": ANY}
    found = restored({"chosen": [chosen, good]}, TODAY, source)
    assert [c.words for c in found.chosen] == ["推进中"]
    query = found.query(filled, source, (), -1)
    assert {p.title for p in filled.find(query)} == {"昨天"}


@pytest.mark.parametrize(
    "state",
    [
        {"period": ["2026-13-01", "2026-01-01"]},
        {"period": [1, 2]},
        {"period": {}},
        {"words": 5},
        {"chosen": None},
        {"chosen": "status"},
        {"chosen": 3},
        [],
        None,
    ],
)
def test_a_state_that_is_none_is_no_filter(state: object) -> None:
    assert not restored(state, TODAY, source_of(Problem.type)).narrow
