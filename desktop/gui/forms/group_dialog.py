"""归为同类…: of which kind the chosen problems are; picks a known kind or makes a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.core.fields import Field, Named, is_id
from desktop.core.progress import Progress
from desktop.gui import frames, messages, theme
from desktop.gui.desk import Desk
from desktop.gui.field_box import FieldBox
from desktop.gui.operations import Operations
from desktop.gui.pickers import Offer
from desktop.gui.picking_editors import NamedEditor
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records.root_cause import RootCause
from desktop.work import root_causes
from desktop.work.registers import suggest

_KIND = Field("同类问题", Named(targets=("root_cause",)), "name", required=True)
_SHOWN = 6


class GroupDialog(QDialog):
    """Asks for a kind, and puts the problems under it in one operation."""

    grouped = Signal(str)  # id of the kind

    def __init__(
        self, operations: Operations, problems: list[str], parent: QWidget | None = None
    ) -> None:
        """For some problems."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("归为同类问题"))
        self.setMinimumWidth(theme.CARD)
        self._operations = operations
        self._problems = problems
        head = frames.label(tr("{0} 个问题归为哪一类？").format(len(problems)), "head")
        self.titles = frames.label(kind="quiet", wrap=True)
        self.editor = NamedEditor(_KIND, Desk(operations))
        self.editor.picking.opens_on_focus = True
        self.box = FieldBox(self.editor, labelled=True)
        hint = tr("选已有的一类，或写一个新名称，如：村内道路排水不畅")
        self.ok = frames.button(tr("归入"), self.confirm, "primary")
        drop = frames.button(tr("取消"), self.reject)
        self.editor.passed.connect(self.confirm)
        whole = frames.column(
            head,
            self.titles,
            self.box,
            frames.label(hint, "small", wrap=True),
            theme.S,
            frames.row(None, drop, self.ok),
            spacing=theme.M,
        )
        whole.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        self.setLayout(whole)
        operations.read(lambda ledger: ledger.titles.of(problems), self._show_titles)
        operations.read(_kinds, self._offer_kinds)
        self.editor.input().setFocus()

    def _offer_kinds(self, kinds: list[Offer]) -> None:
        # The newest are offered before anything is typed.
        self.editor.near = lambda: kinds

    def _show_titles(self, titles: dict[str, str]) -> None:
        shown = list(titles.values())[:_SHOWN]
        more = tr(" 等") if len(titles) > _SHOWN else ""
        self.titles.setText("；".join(shown) + more)
        self.adjustSize()  # the words may need a second line

    def confirm(self) -> None:
        """Do it."""
        self.editor.commit_ime()
        self.editor.settle()
        if self.box.insist() or not self.ok.isEnabled():
            return
        self.ok.setEnabled(False)
        words, problems = self.editor.value(), self._problems

        def job(ledger: Ledger, _progress: Progress) -> RootCause:
            known = words if is_id(words) else _known(ledger, words)
            return root_causes.group(ledger, problems, into=known, name=words)

        self._operations.write(tr("归为同类问题"), job, self._done, self._failed)

    def _done(self, root: RootCause) -> None:
        self.grouped.emit(root.id)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.ok.setEnabled(True)
        messages.show(error, self)


def _kinds(ledger: Ledger) -> list[Offer]:
    query = Query(RootCause.type, order=(("opened", True), ("id", True)), limit=_SHOWN)
    return [Offer(r.id, r.name) for r in ledger.fetch(RootCause, ledger.ids(query))]


def _known(ledger: Ledger, words: str) -> str:
    """The kind of exactly that name, or ''."""
    exact = [s.id for s in suggest(ledger, (RootCause.type.name,), words) if s.label == words]
    return exact[0] if len(exact) == 1 else ""
