"""The generated form of every record type: what goes in comes out again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core import fields as f
from desktop.core.record import Record, RecordType
from desktop.gui import folds, theme
from desktop.gui.desk import Desk
from desktop.gui.editors import EDITORS, make_editor
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.records import RECORD_TYPES
from tests import fakes

TYPES = pytest.mark.parametrize("of", RECORD_TYPES.values(), ids=RECORD_TYPES)


@pytest.fixture
def operations(tmp_path: Path, qapp: QApplication) -> Iterator[Operations]:
    theme.apply(qapp, theme.Look.LIGHT)
    running = Operations(fakes.new_ledger(tmp_path / "柳河镇.ledger"))
    folds.switch_id_numbers(True)
    yield running
    running.close()


@pytest.fixture
def form(of: RecordType, operations: Operations, qtbot: QtBot) -> RecordForm:
    made = RecordForm(operations, of)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.opened):
        made.show()
    return made


def shown_fields(form: RecordForm) -> set[str]:
    parent = form.of.parent
    return set(form.editors) | ({parent.name} if parent else set())


@TYPES
def test_every_field_has_a_place_on_the_form(of: RecordType, form: RecordForm) -> None:
    assert shown_fields(form) == {x.name for x in of.fields}
    assert len(form.stops()) >= len(of.fields)
    names = [b.editor.input().accessibleName() for b in form.boxes()]
    assert all(names)


@TYPES
def test_an_empty_form_is_clean_and_says_what_it_needs(of: RecordType, form: RecordForm) -> None:
    assert not form.is_dirty
    assert form.value() == dataclasses.replace(of.cls(), id=form.record_id)
    required = {x.name for x in of.fields if x.required}
    assert {b.editor.field.name for b in form.wrong_boxes()} == required


@TYPES
def test_values_come_out_as_they_went_in(of: RecordType, form: RecordForm) -> None:
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(fakes.records(of))
    def check(record: Record) -> None:
        for name, editor in form.editors.items():
            editor.set_value(getattr(record, name))
            assert not editor.problem(), (name, getattr(record, name))
        wanted = {name: getattr(record, name) for name in form.editors}
        assert {name: editor.value() for name, editor in form.editors.items()} == wanted
        state = form.state()
        form.set_state(state)
        assert {name: editor.value() for name, editor in form.editors.items()} == wanted
        assert form.state() == state

    check()


@TYPES
def test_through_the_ledger_and_back(of: RecordType, operations: Operations, qtbot: QtBot) -> None:
    record = fakes.make(of.cls)
    whole = of.parent
    if whole is not None:
        record = dataclasses.replace(record, **{whole.name: _made(operations, qtbot, whole)})
    form = RecordForm(operations, of, preset=record)
    qtbot.addWidget(form)
    with qtbot.waitSignal(form.opened):
        form.show()
    with qtbot.waitSignal(form.saved) as done:
        form.save()
    again = RecordForm(operations, of, done.args[0])
    qtbot.addWidget(again)
    with qtbot.waitSignal(again.opened):
        again.show()
    saved = again.value()
    assert not again.is_dirty
    assert {n: getattr(saved, n) for n in form.editors} == {
        n: e.value() for n, e in form.editors.items()
    }


def _made(operations: Operations, qtbot: QtBot, whole: f.Field) -> str:
    """A saved whole for a part, and the whole's whole."""
    assert isinstance(whole.kind, f.Link)
    of = RECORD_TYPES[whole.kind.target]
    record = fakes.make(of.cls)
    if of.parent is not None:
        above = _made(operations, qtbot, of.parent)
        record = dataclasses.replace(record, **{of.parent.name: above})
    found: list[str] = []

    def job(ledger, *_):
        with ledger.write("新建") as rows:
            return rows.save(record)[0].id

    operations.write("", job, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@pytest.mark.parametrize("kind", list(EDITORS), ids=lambda k: k.__name__)
def test_every_kind_round_trips_in_its_editor(
    kind: type[f.Kind], operations: Operations, qtbot: QtBot
) -> None:
    editor = make_editor(f.Field("标签", kind(), "some"), Desk(operations))
    qtbot.addWidget(editor)

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data: st.DataObject) -> None:
        value = data.draw(fakes.values(kind()))
        editor.set_value(value)
        assert editor.value() == value
        raw = editor.raw()
        editor.set_raw(raw)
        assert editor.value() == value

    check()
