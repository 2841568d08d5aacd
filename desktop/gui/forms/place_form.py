"""A place or a unit: checked codes, earlier names, and 改名… and 并入… with what they mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from desktop.core.divisions import (
    TOWNSHIP_LEVEL,
    VILLAGE_LEVEL,
    code_problem,
    level_of_code,
    settlement_of_code,
)
from desktop.core.errors import InvalidRecord
from desktop.core.offices import Office, county_of, township_of
from desktop.core.periods import day_words
from desktop.core.record import Record
from desktop.gui import frames
from desktop.gui.forms.change_dialog import ChangeDialog, MergeDialog, RenameDialog
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import FormerName, Place, Unit
from desktop.records.identity import place_id, unit_id
from desktop.work.places import leads_back


class BodyForm(RecordForm):
    """What places and units have in common: they change their names, and become part of others."""

    cls: type[Place] | type[Unit]

    def __init__(self, operations: Operations, office: Office, record_id: str = "") -> None:
        """Open a place or unit, a draft, or an empty form."""
        self.office = office
        super().__init__(operations, self.cls.type, record_id)
        self.merge_link = self.link(tr("并入…"), self.merge)
        self.rename_link = self.link(tr("改名…"), self.rename)
        for link in (self.merge_link, self.rename_link):
            link.hide()
            self.add_left(link)

    def extend(self) -> None:
        """Earlier names, and what it has become."""
        self.past = frames.label("", "quiet", wrap=True)
        self.past.hide()
        self.fields.insertWidget(0, self.past)

    def show_record(self, record: Record) -> None:
        """Show it, and what was before and came after."""
        super().show_record(record)
        assert isinstance(record, Place | Unit)
        for link in (self.merge_link, self.rename_link):
            link.setVisible(not record.removed and not record.successor)
        one, successor = record.id, record.successor

        def ask(ledger: Ledger) -> tuple[list[Record], str]:
            named = Query(
                FormerName.type, (Condition("place", "=", one),), order=(("until", False),)
            )
            return ledger.find(named), ledger.titles.words(successor)

        self.operations.read(ask, self._show_past, slot=f"past {id(self)}")

    def _show_past(self, past: tuple[list[Record], str]) -> None:
        former, successor = past
        lines = []
        for one in former:
            assert isinstance(one, FormerName)
            until = day_words(one.until) if one.until else ""
            lines.append(tr("曾用名：{0}（用到{1}）").format(one.name, until))
        record = self.before
        assert isinstance(record, Place | Unit)
        if successor and record.valid_to:
            lines.append(tr("从{0}起并入{1}").format(day_words(record.valid_to), successor))
        self.past.setText("\n".join(lines))
        self.past.setVisible(bool(lines))

    def rename(self) -> None:
        """Ask for another name."""
        self._ask(RenameDialog)

    def merge(self) -> None:
        """Ask into which it goes."""
        self._ask(MergeDialog)

    def _ask(self, make: Callable[..., ChangeDialog]) -> None:
        if self.is_dirty or self.before is None:
            self.status.setText(tr("请先保存这里改的，再改名或并入"))
            return
        dialog = make(self.operations, self.before, self)
        dialog.done_with.connect(self._look_again)
        # What opened it may be hidden afterwards; the keyboard stays in the form.
        dialog.finished.connect(lambda _result: self.focus_first())
        dialog.open()

    def _look_again(self) -> None:
        def show(record: Any) -> None:
            if record is not None:
                self.settle(record)
                self.saved.emit(self.record_id)

        self.operations.read(self.read_record, show, slot=f"again {id(self)}")

    def new_id(self, record: Any) -> str:
        """The id that follows from the facts, for a new one."""
        raise NotImplementedError

    def writing(self) -> Callable[[Ledger], Record]:
        """Save it; a new one under the id that follows from its facts, and never in a circle."""
        if self.before is None:
            self.take_id(self.new_id(self.value()))
        write, record = super().writing(), cast("Place | Unit", self.value())
        is_new = self.before is None

        def checked(ledger: Ledger) -> Record:
            if is_new and (known := ledger.get(self.cls, record.id)) is not None:
                name = "code" if isinstance(record, Place) else "name"
                state = tr("已经作废，请到回收站恢复") if known.removed else tr("已经有了")
                raise InvalidRecord({name: f"{known.name}{state}"})
            if record.successor and leads_back(ledger, self.cls, record.successor, record.id):
                raise InvalidRecord({"successor": tr("绕了一圈又并回自己了，请改选")})
            return write(ledger)

        return checked


class PlaceForm(BodyForm):
    """A place; level and kind follow from its code."""

    cls = Place

    def extend(self) -> None:
        """Let the code tell what it tells."""
        super().extend()
        self.editors["code"].changed.connect(self._code_typed)

    def _code_typed(self) -> None:
        code = str(self.editors["code"].value()).strip()
        told = {"level": level_of_code(code), "settlement": settlement_of_code(code)}
        if told["level"]:
            for name, label in told.items():
                self.editors[name].set_value(label)

    def cross_problems(self) -> dict[str, str]:
        """The code, against the rules of GB/T 2260 and GB/T 10114."""
        found = super().cross_problems()
        record = cast(Place, self.value())
        changed = self.before is None or record != self.before
        if changed and record.code and (problem := code_problem(record.code, record.level)):
            found.setdefault("code", problem)
        return found

    def value(self) -> Record:
        """The place, of the county and within what its code says."""
        record = cast(Place, super().value())
        if self.before is None and not code_problem(record.code):
            level = level_of_code(record.code)
            above = {
                VILLAGE_LEVEL: township_of(record.code),
                TOWNSHIP_LEVEL: county_of(record.code),
            }
            within = record.within or (place_id(above[level]) if level in above else "")
            return replace(record, office=county_of(self.office.code), within=within)
        return record

    def new_id(self, record: Any) -> str:
        """From the code."""
        return place_id(record.code)


class UnitForm(BodyForm):
    """A unit."""

    cls = Unit

    def value(self) -> Record:
        """The unit, of the county."""
        record = super().value()
        if self.before is None:
            return replace(record, office=county_of(self.office.code))
        return record

    def new_id(self, record: Any) -> str:
        """From the county and the full name."""
        return unit_id(self.office.code, record.name.strip())
