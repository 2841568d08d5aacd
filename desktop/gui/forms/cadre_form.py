"""A cadre with the posts that he holds and held; a move changes the posts, never the cadre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop.core.errors import InvalidRecord
from desktop.core.offices import Office, county_of
from desktop.core.record import Record
from desktop.gui.forms.join_dialog import JoinNamesDialog
from desktop.gui.forms.part_rows import Part
from desktop.gui.forms.whole_form import WholeForm
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.jobs.join_names import Join, find_joins
from desktop.ledger.ledger import Ledger
from desktop.records import Cadre, Post
from desktop.records.identity import cadre_id

POSTS = Part(
    Post,
    "任职经历",
    "＋新任职务",
    line=(("unit", 3), ("title", 4), ("rank", 3), ("start", 0), ("end", 0)),
)


def known_words(known: Cadre) -> str:
    """Why there can't be another one."""
    where = tr("已经作废，请到回收站恢复") if known.removed else tr("已经有了")
    return tr("名册里{0}{1}").format(known.name, where)


class CadreForm(WholeForm):
    """A cadre; posts end with a day and stay."""

    cls = Cadre
    part = POSTS
    order_by = "start"

    def __init__(self, operations: Operations, office: Office, record_id: str = "") -> None:
        """Open a cadre, a draft, or an empty form."""
        super().__init__(operations, office, record_id)
        self._joins: list[Join] = []
        self.join_link = self.link(tr("对上写的姓名…"), self.join)
        self.join_link.hide()
        self.add_left(self.join_link)

    def show_record(self, record: Any) -> None:
        """Show the cadre, and look whether his name stands somewhere as written words."""
        super().show_record(record)
        cadre = record.record.id
        if not record.removed:
            self.operations.read(
                lambda ledger: find_joins(ledger, cadre),
                self._offer_joins,
                slot=f"joins {id(self)}",
            )

    def completed(self, record: Record, parts: list[Record]) -> Record:
        """A new one belongs to the county, under the id that an import of the roster gives too."""
        assert isinstance(record, Cadre)
        return replace(record, office=county_of(self.office.code)) if self.is_new else record

    def writing(self) -> Callable[[Ledger], Any]:
        """Save cadre and posts; of one number, or name and unit, there is only one cadre."""
        if self.is_new:
            self.take_id(self._derived_id())
        write, record_id, is_new = super().writing(), self.record_id, self.is_new

        def checked(ledger: Ledger) -> Any:
            known = ledger.get(Cadre, record_id) if is_new else None
            if known is not None:
                raise InvalidRecord({"name": known_words(known)})
            return write(ledger)

        return checked

    def _derived_id(self) -> str:
        record = self.value()
        assert isinstance(record, Cadre)
        posts = self.parts.values()
        unit = posts[0].unit if posts and isinstance(posts[0], Post) else ""
        words = self.desk.words.get(unit, unit)
        return cadre_id(self.office.code, record.roster_number, record.name.strip(), words)

    def _offer_joins(self, joins: list[Join]) -> None:
        self._joins = joins
        self.join_link.setText(tr("有{0}处写着这个姓名，对上…").format(len(joins)))
        self.join_link.setVisible(bool(joins))

    def join(self) -> None:
        """Show the places, and join those that are meant."""
        dialog = JoinNamesDialog(self.operations, self._joins, self)
        dialog.joined.connect(lambda: self._offer_joins([]))
        dialog.open()
