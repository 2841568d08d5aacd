"""The form of a kind of problem (同类问题): cause, measure, its problems, and more like them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.core.offices import Office
from desktop.core.progress import Progress
from desktop.gui import frames
from desktop.gui.forms.belonging import BelongingList, Line
from desktop.gui.operations import Operations
from desktop.gui.record_form import RecordForm
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records.root_cause import RootCause
from desktop.work import root_causes

_PROBLEM = "problem"


@dataclass(frozen=True)
class GroupSheet:
    """A kind of problem, its problems, and those that look like them."""

    root: RootCause
    members: tuple[root_causes.Member, ...] = ()
    offered: tuple[root_causes.Member, ...] = ()


def read(ledger: Ledger, root_id: str) -> GroupSheet | None:
    """A kind of problem with what its form shows."""
    found = ledger.get(RootCause, root_id)
    if found is None:
        return None
    ledger.texts(found)  # so that titles are at hand when the editors ask
    members = root_causes.members_of(ledger, root_id)
    offered: dict[str, root_causes.Member] = {}
    for problem in root_causes.problems_of(ledger, root_id)[:3]:
        offered |= {m.id: m for m in root_causes.offered(ledger, problem)}
    some = list(offered.values())[: root_causes.MOST_OFFERED]
    return GroupSheet(found, tuple(members), tuple(some))


class RootCauseForm(RecordForm):
    """A kind of problem."""

    def __init__(self, operations: Operations, office: Office, record_id: str = "") -> None:
        """Open one, a draft, or an empty form."""
        del office
        super().__init__(operations, RootCause.type, record_id)
        self.sentence = frames.label(kind="quiet", wrap=True)
        self.members = BelongingList(
            tr("归入的问题"), tr("还没有归入。在问题清单里选中几条，再按“归为同类…”。")
        )
        self.offered = BelongingList(tr("也许是同类"), "")
        self.members.acted.connect(self._release)
        self.offered.acted.connect(self._take_in)
        for one in (self.members, self.offered):
            one.wanted_record.connect(self.wanted_record)
            self.fields.addWidget(one)
            one.hide()
        self.fields.insertWidget(0, self.sentence)
        self.sentence.hide()

    def read_record(self, ledger: Ledger) -> Any:
        """The kind and its problems."""
        return read(ledger, self.record_id)

    def show_record(self, record: Any) -> None:
        """Show all of it."""
        sheet: GroupSheet = record
        super().show_record(sheet.root)
        self.sentence.setText(root_causes.sentence(sheet.root, len(sheet.members)))
        self.sentence.show()
        self.members.show_lines(_line(m, "移出") for m in sheet.members)
        self.members.show()
        self.offered.show_lines(_line(m, "归入") for m in sheet.offered)
        self.offered.setVisible(bool(sheet.offered))

    def writing(self) -> Callable[[Ledger], Any]:
        """Save the kind."""
        write, root_id = super().writing(), self.record_id

        def whole(ledger: Ledger) -> Any:
            write(ledger)
            return read(ledger, root_id)

        return whole

    def renew(self) -> None:
        """An empty form."""
        for one in (self.sentence, self.members, self.offered):
            one.hide()
        super().renew()

    def _take_in(self, problem: str) -> None:
        root_id = self.record_id
        self._regroup(lambda ledger: root_causes.group(ledger, [problem], into=root_id))

    def _release(self, problem: str) -> None:
        self._regroup(lambda ledger: root_causes.release(ledger, problem))

    def _regroup(self, change: Callable[[Ledger], object]) -> None:
        root_id = self.record_id

        def job(ledger: Ledger, _progress: Progress) -> Any:
            change(ledger)
            return read(ledger, root_id)

        def show(sheet: GroupSheet | None) -> None:
            if sheet is not None:
                self.members.show_lines(_line(m, "移出") for m in sheet.members)
                self.offered.show_lines(_line(m, "归入") for m in sheet.offered)
                self.offered.setVisible(bool(sheet.offered))
                self.sentence.setText(root_causes.sentence(sheet.root, len(sheet.members)))
                self.saved.emit(root_id)

        self.operations.write(tr("归为同类问题"), job, show)


def _line(member: root_causes.Member, act: str) -> Line:
    words = "　".join(filter(None, (member.title, member.note)))
    return Line(_PROBLEM, member.id, words, member.state, act)
