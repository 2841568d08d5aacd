"""Random histories of a ledger against a plain dict: rows, search, undo and history agree."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from desktop.core.errors import InvalidRecord
from desktop.core.ids import new_id
from desktop.core.record import Record
from desktop.ledger import health, search_text
from desktop.ledger.ledger import UNDONE
from desktop.ledger.query import Query
from desktop.records import Activity, Cadre, Lecture
from tests.ledgers import open_empty

DAY = dt.date(2026, 6, 9)
WORD = st.text("柳河镇单𬭎a", max_size=3)
NAME = st.text("柳河镇单𬭎a", min_size=1, max_size=3)
TYPES = {"cadre": Cadre, "activity": Activity, "lecture": Lecture}


class Ledgers(RuleBasedStateMachine):
    """A ledger beside a dict of its records; each step keeps the state before it, for undo."""

    made: Bundle[str] = Bundle("made")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sixia-model-"))
        self.ledger = open_empty(self.folder / "a.ledger")
        self.model: dict[str, Record] = {}
        # title, what was new, and {(record, field): (old, new)} of each step that can be undone
        self.steps: list[tuple[str, set[str], dict[tuple[str, str], tuple[Any, Any]]]] = []
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            assert health.check(self.ledger) == []
            self.ledger.close()
            shutil.rmtree(self.folder)

    def step(self, after: dict[str, Record]) -> None:
        """Note what a step did to the model."""
        fresh = after.keys() - self.model.keys()
        changed = {
            (one, name): (getattr(self.model[one], name), getattr(record, name))
            for one, record in after.items()
            if one not in fresh
            for name in (f.name for f in record.type.columns)
            if getattr(self.model[one], name) != getattr(record, name)
        }
        if fresh or changed:
            self.steps.append((self.title, set(fresh), changed))
        self.model = after

    @property
    def title(self) -> str:
        return f"第{self.number}步"

    def save(self, *records: Record) -> list[Record]:
        self.number += 1
        with self.ledger.write(self.title) as rows:
            saved = rows.save(*records)
        self.step(self.model | {r.id: r for r in saved})
        return saved

    # ---- what a clerk does ----------------------------------------------------------------------

    @rule(target=made, names=st.lists(NAME, min_size=1, max_size=3))
    def save_cadres(self, names: list[str]) -> Any:
        return multiple(*(r.id for r in self.save(*(Cadre(name=n) for n in names))))

    @rule(target=made, leader=made | NAME, summary=WORD, theme=NAME)
    def save_trip(self, leader: str, summary: str, theme: str) -> Any:
        record = self.model.get(leader)
        if record is not None and not isinstance(record, Cadre):
            leader = "某人"
        trip = Activity(id=new_id(), date=DAY, leader=leader, summary=summary)
        part = Lecture(id=new_id(), activity=trip.id, theme=theme)
        return multiple(*(r.id for r in self.save(part, trip)))

    @rule(one=made, words=NAME)
    def edit(self, one: str, words: str) -> None:
        field = {"cadre": "name", "activity": "summary", "lecture": "theme"}
        record = self.model[one]
        self.save(replace(record, **{field[record.type.name]: words}))

    @rule(one=made, other=made, words=WORD)
    def edit_two(self, one: str, other: str, words: str) -> None:
        both = {i: replace(self.model[i], number=words) for i in (one, other)}
        self.save(*both.values())

    @rule(one=made, words=WORD)
    def save_wrongly(self, one: str, words: str) -> None:
        self.number += 1
        changed = replace(self.model[one], number=words + "!")
        with pytest.raises(InvalidRecord):
            self.save_both(Cadre(name="全无"), changed, Cadre(name=""))

    def save_both(self, *records: Record) -> None:
        with self.ledger.write(self.title) as rows:
            for record in records:
                rows.save(record)

    def family(self, one: str) -> list[str]:
        parts = [i for i, r in self.model.items() if isinstance(r, Lecture) and r.activity == one]
        return [one, *parts]

    @rule(one=made, reason=st.sampled_from(["录错", "重复"]))
    def remove(self, one: str, reason: str) -> None:
        self.number += 1
        with self.ledger.write(self.title) as rows:
            rows.remove(self.model[one].type, one, reason)
        gone = {
            i: replace(self.model[i], removed=reason)
            for i in self.family(one)
            if not self.model[i].removed
        }
        self.step(self.model | gone)

    @rule(one=consumes(made))
    def remove_and_restore(self, one: str) -> None:
        """What went in together comes out together; what was in before stays in."""
        if self.model[one].removed:
            return
        before = dict(self.model)
        self.remove(one, "暂时")
        self.number += 1
        with self.ledger.write(self.title) as rows:
            rows.restore(self.model[one].type, one)
        self.step(before)

    @rule()
    def undo(self) -> None:
        title = self.ledger.undo()
        if not self.steps:
            assert title == ""
            return
        expected, fresh, changed = self.steps.pop()
        assert title == expected
        for one in fresh:
            if not self.model[one].removed:
                self.model[one] = replace(self.model[one], removed=UNDONE)
        for (one, name), (old, new) in changed.items():
            assert getattr(self.model[one], name) == new
            self.model[one] = replace(self.model[one], **{name: old})

    # ---- what must hold -------------------------------------------------------------------------

    def counts(self, record: Record) -> bool:
        above = self.model[record.activity] if isinstance(record, Lecture) else record
        return not record.removed and not above.removed

    @invariant()
    def rows_agree(self) -> None:
        for name, cls in TYPES.items():
            of = {i: r for i, r in self.model.items() if r.type.name == name}
            assert {r.id: r for r in self.ledger.fetch(cls, of)} == of
            counting = {i for i, r in of.items() if self.counts(r)}
            assert set(self.ledger.ids(Query(cls.type))) == counting
            void = {i for i, r in of.items() if r.removed}
            assert set(self.ledger.ids(Query(cls.type, removed=True))) == void

    @invariant()
    def search_agrees(self) -> None:
        for words in ("柳", "单", "𬭎", "柳河", "河镇单", "a", "全无", "柳 镇"):
            scanned = {
                i
                for i, r in self.model.items()
                if not r.removed and search_text.matches(words, self.texts(r), [])
            }
            found = {h.id for h in self.ledger.search(words, limit=10**6)}
            if words == "a":  # a letter may also be an initial
                assert scanned <= found
            else:
                assert found == scanned

    def texts(self, record: Record) -> list[str]:
        words = [getattr(record, f.name) for f in record.type.columns if f.searchable]
        named = [self.model[w].name if w in self.model else w for w in words if w]  # type: ignore[attr-defined,index,operator]
        return [w for w in named if isinstance(w, str)]


LONG = os.environ.get("SIXIA_LONG") == "1"
TestHistories = Ledgers.TestCase
TestHistories.settings = settings(
    max_examples=300 if LONG else 25,
    stateful_step_count=50 if LONG else 20,
    suppress_health_check=list(HealthCheck),
)
