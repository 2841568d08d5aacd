"""Every type keeps the strings that break programs: in the file, the list and the search."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core import fields as f
from desktop.core.record import RecordType
from desktop.gui import cells, theme
from desktop.gui.desk import Desk
from desktop.gui.editors import EDITORS, make_editor
from desktop.gui.list_model import RecordListModel
from desktop.gui.list_source import source_of
from desktop.gui.operations import Operations
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.ledger.search_text import phrase
from desktop.records import RECORD_TYPES
from tests import fakes, naughty
from tests.ledgers import open_empty

TYPES = pytest.mark.parametrize("of", RECORD_TYPES.values(), ids=RECORD_TYPES)
LONGEST_SEARCHED = 400


@pytest.fixture
def operations(tmp_path: Path, qapp: QApplication) -> Iterator[Operations]:
    theme.apply(qapp, theme.Look.LIGHT)
    running = Operations(open_empty(tmp_path / "柳河镇.ledger"))
    yield running
    running.close()


def test_the_list_of_strings_is_long_and_sorted_out() -> None:
    kept = naughty.strings()
    assert len(kept) >= 120
    assert len(set(kept)) == len(kept)
    assert max(map(len, kept)) == 6000
    assert not any(f.LongText().problem(text) for text in kept)
    assert all(f.LongText().problem(text) for text in naughty.strings("refused"))


@TYPES
def test_strings_come_back_and_are_found(ledger: Ledger, of: RecordType) -> None:
    saved = naughty.save(ledger, of, naughty.records(of))
    assert ledger.fetch(of.cls, [r.id for r in saved]) == saved
    wrong = [x.text for x in health.check(ledger) if "不在本台账里" not in x.text]
    assert wrong == []
    searched = [x for x in naughty.word_fields(of) if x.searchable]
    found: dict[str, set[str]] = {}
    for record in saved:
        for field in searched:
            words = getattr(record, field.name)
            if len(words) > LONGEST_SEARCHED or not phrase(words):
                continue
            if words not in found:
                found[words] = {hit.id for hit in ledger.search(words, [of.name], len(saved))}
            assert record.id in found[words], (field.name, words)


@TYPES
def test_what_no_column_may_hold_is_refused_by_name(of: RecordType) -> None:
    whole = fakes.make(of.cls)
    for field in of.fields:
        if type(field.kind) in (*naughty.WORDS, f.PersonName, f.Phone, f.IdNumber):
            for text in naughty.strings("refused"):
                problems = of.problems(dataclasses.replace(whole, **{field.name: text}))
                assert problems[field.name].startswith(f"{field.label}：")


@TYPES
def test_a_list_shows_every_string(operations: Operations, qtbot: QtBot, of: RecordType) -> None:
    done: list[Any] = []
    operations.write(
        "", lambda ledger, *_: naughty.save(ledger, of, naughty.records(of)), done.append
    )
    qtbot.waitUntil(lambda: bool(done))
    saved = done[0]
    source = source_of(of)
    model = RecordListModel(operations, source)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.show_ids([r.id for r in saved])
    last = len(saved) - 1
    for row in (0, last):
        model.index(row, 0).data()
    qtbot.waitUntil(lambda: all(r.id in model._rows for r in (saved[0], saved[last])))
    listed = [x for x in of.fields if x.in_list] or [of.field(n) for n in of.headline]
    for row in (0, last):
        for column, field in enumerate(listed):
            if type(field.kind) in naughty.WORDS:
                shown = model.index(row, column).data(Qt.ItemDataRole.DisplayRole)
                assert shown == cells.shown(field, getattr(saved[row], field.name))
    model.show_ids([])
    assert tester.model() is model


@pytest.mark.parametrize("kind", [f.Text, f.LongText, f.Choice, f.Named], ids=lambda k: k.__name__)
def test_an_editor_gives_back_every_string(
    kind: type[f.Kind], operations: Operations, qtbot: QtBot
) -> None:
    field = f.Field("标签", kind(), "some")
    editor = make_editor(field, Desk(operations))
    qtbot.addWidget(editor)
    for text in naughty.strings():
        if field.kind.problem(text):
            continue
        editor.set_value(text)
        assert as_typed(editor.value()) == as_typed(text), text
        editor.set_raw(editor.raw())
        assert as_typed(editor.value()) == as_typed(text), text


def as_typed(text: str) -> str:
    """Without what nobody types and Qt's text widgets change: controls, BOM, kinds of line ends."""
    plain = text.replace("\u00a0", " ").replace("\ufeff", "")
    plain = re.sub("[\u2028\u2029]", "\n", plain)
    return f.Text().parse(plain).strip("\x85 \n")


# --- a new kind -----------------------------------------------------------------------------------


def every_kind(of: type[f.Kind] = f.Kind) -> list[type[f.Kind]]:
    """All kinds that there are, as declared in core/fields.py."""
    found = [k for sub in of.__subclasses__() for k in (sub, *every_kind(sub))]
    return [k for k in found if k.__module__ == f.__name__]


@pytest.mark.parametrize("kind", every_kind(), ids=lambda k: k.__name__)
def test_no_kind_is_forgotten(kind: type[f.Kind]) -> None:
    """A kind needs an editor, a width, a column of a sheet and of paper, and made-up values."""
    from desktop.jobs import show_records
    from desktop.sheets.write import WIDTHS
    from tests.every_record.test_rows import WIDER

    assert kind in fakes.STRATEGIES
    assert kind in WIDER
    assert kind in EDITORS or kind is f.Marks  # marks follow from what the other fields hold
    assert kind in cells._WIDTHS or kind in (f.Text, f.Marks)  # one line of words is the usual
    field = f.Field("标签", kind(), "some")
    assert show_records._sheet_kind(field) in WIDTHS
    assert show_records._weight(field) > 0
    assert any(isinstance(x.kind, kind) for of in RECORD_TYPES.values() for x in of.columns)


def test_every_record_is_listed(ledger: Ledger, tmp_path: Path) -> None:
    for of in RECORD_TYPES.values():
        assert source_of(of).columns
        assert ledger.count(Query(of)) == 0
