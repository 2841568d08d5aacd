"""What holds for all figures of any ledger: classes add up, rows agree, joining never adds."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from desktop import figures
from desktop.figures import FIGURES, series
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Lecture, Onsite, Problem, SameAs, Suggestion
from tests import fakes

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
DAYS = st.dates(FIRST, LAST)
LEADERS = st.sampled_from((fakes.cadre("李明"), fakes.cadre("王丽"), "李明", "赵某"))
PLACES = st.sampled_from((fakes.place("前沟村"), fakes.place("后塬村"), "前沟村", ""))
KINDS = st.sampled_from(("村（社区）", "企业", "县直单位", ""))
LABELS = st.sampled_from(("", "移风易俗", "另写的"))
ADOPTIONS = st.sampled_from(("", "采纳", "部分采纳", "不采纳", "研究中", "另写的"))
STATES = st.sampled_from(("", "办理中", "已销号", "已完成"))

TRIPS = st.lists(
    st.tuples(DAYS, LEADERS, st.lists(st.tuples(PLACES, KINDS, LABELS, st.integers(0, 99)))),
    min_size=1,
    max_size=6,
)
PROBLEMS = st.lists(st.tuples(DAYS, STATES, st.none() | DAYS, st.none() | DAYS), max_size=6)
SUGGESTIONS = st.lists(st.tuples(DAYS, ADOPTIONS, st.none() | DAYS), max_size=6)

# No shrinking: each example is a ledger on the disk.
few = settings(max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@contextmanager
def made(trips: Any, problems: Any, suggestions: Any) -> Iterator[Ledger]:
    with (
        tempfile.TemporaryDirectory() as scratch,
        fakes.new_ledger(Path(scratch) / "a.ledger") as ledger,
    ):
        with ledger.write("记录") as rows:
            for day, leader, parts in trips:
                (trip,) = rows.save(fakes.make(Activity, date=day, leader=leader))
                for place, kind, label, heads in parts:
                    at = {"activity": trip.id, "place": place, "place_kind": kind}
                    rows.save(fakes.make(Onsite, **at))
                    rows.save(fakes.make(Lecture, theme=label or "其他", heads=heads, **at))
            for day, state, due, closed in problems:
                rows.save(
                    fakes.make(Problem, onsite="", date=day, status=state, due=due, closed=closed)
                )
            for day, adoption, replied in suggestions:
                rows.save(fakes.make(Suggestion, date=day, adoption=adoption, replied=replied))
        yield ledger


@few
@given(TRIPS, PROBLEMS, SUGGESTIONS)
def test_number_rows_classes_and_months_agree(trips: Any, problems: Any, suggestions: Any) -> None:
    with made(trips, problems, suggestions) as ledger:
        found = figures.compute(ledger, FIRST, LAST)
        plain = {(f.of, f.where): f.id for f in FIGURES if f.count.how == "count" and not f.by}
        for name, result in found.items():
            figure, value = result.figure, result.value
            rows = figures.rows(ledger, name, FIRST, LAST)
            assert len(rows) == result.rows, name
            assert len(set(rows)) == len(rows), name
            if value is None:
                assert not rows, name
            elif isinstance(value, dict):
                classes = [figures.rows(ledger, name, FIRST, LAST, label=label) for label in value]
                assert sorted(row for some in classes for row in some) == sorted(rows), name
                whole = plain.get((figure.of, figure.where))
                if figure.count.how == "count":
                    assert sum(value.values()) == len(rows), name
                    assert whole is None or sum(value.values()) == found[whole].value, name
            elif figure.rate:
                above, below = (found[i].value for i in figure.rate)
                assert isinstance(above, int), name
                assert isinstance(below, int), name
                assert abs(value - above * 100 / below) <= 0.0501, name
            elif figure.count.how == "count":
                assert value == len(rows), name
            elif figure.count.how in ("distinct", "townships"):
                assert value <= len(rows), name

        sums = [f.id for f in FIGURES if f.dated and not (f.by or f.rate or "end" in repr(f.where))]
        sums = [i for i in sums if figures.figure_of(i).count.how in ("count", "sum")]
        months = series.monthly(ledger, FIRST, LAST, only=sums).values()
        for name in sums:
            if found[name].value is not None:
                parts = [month[name].value or 0 for month in months]
                assert sum(parts) == found[name].value, name  # type: ignore[arg-type]


@few
@given(TRIPS, PROBLEMS, SUGGESTIONS, st.data())
def test_joining_two_records_never_adds(
    trips: Any, problems: Any, suggestions: Any, data: st.DataObject
) -> None:
    with made(trips, problems, suggestions) as ledger:
        table = data.draw(st.sampled_from(("activity", "lecture", "onsite", "problem", "cadre")))
        ids = [row[0] for row in ledger.rows(f'SELECT id FROM "{table}" ORDER BY id')]
        before = figures.compute(ledger, FIRST, LAST)
        if len(ids) < 2:
            return
        pair = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
        with ledger.write("并为一条") as rows:
            rows.save(SameAs(duplicate=pair[0], main=pair[1]))
        after = figures.compute(ledger, FIRST, LAST)
        for name, result in before.items():
            if isinstance(result.value, int) and not result.figure.rate:
                now = after[name].value
                assert now is None or now <= result.value, name  # type: ignore[operator]
