"""One field of the chosen records changed at once: pick it, see what would happen, then do it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from desktop.core.fields import Field
from desktop.core.progress import Progress
from desktop.core.record import RecordType
from desktop.gui import cells, edits, frames, theme
from desktop.gui.desk import Desk
from desktop.gui.editor import Editor
from desktop.gui.editors import make_editor
from desktop.gui.operations import Operations
from desktop.gui.plain_table import PlainTable
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.work.bulk import BulkPlan, carry_out, editable, plan_change

MOST_SHOWN = 500


class BulkDialog(QDialog):
    """Field and value above, the plan below: old, new, and what is refused and why."""

    def __init__(
        self,
        operations: Operations,
        of: RecordType,
        ids: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """Offer the fields of a type."""
        super().__init__(parent)
        self._operations = operations
        self._of = of
        self._ids = list(ids)
        self._desk = Desk(operations)
        self._fields = editable(of)
        self.plan: BulkPlan | None = None
        self.setWindowTitle(tr("批量修改"))
        head = tr("修改选中的 {0} 条{1}").format(f"{len(self._ids):,}", tr(of.label))
        self.field = QComboBox()
        self.field.setAccessibleName(tr("改哪一项"))
        self.field.setPlaceholderText(tr("改哪一项"))
        for one in self._fields:
            self.field.addItem(tr(one.label))
        self.field.setCurrentIndex(-1)
        self.field.currentIndexChanged.connect(self._show_editor)
        self.editor: Editor | None = None
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self.words = frames.label("", "quiet", wrap=True)
        self.table = PlainTable(
            (tr("记录"), tr("原来"), tr("改成"), tr("不改的原因")), (12, 8, 8, 8)
        )
        self.preview = frames.button(tr("先看看会怎样"), self.look)
        self.good = frames.button(tr("修改"), self._accept, "primary")
        self.good.setEnabled(False)
        fields = frames.row(frames.label(tr("把")), self.field, frames.label(tr("改成")), self._box)
        fields.setStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(frames.label(head, "head"))
        column.addLayout(fields)
        column.addLayout(frames.row(self.preview, self.words, None))
        column.addWidget(self.table, 1)
        column.addLayout(frames.row(None, frames.button(tr("取消"), self.reject), self.good))
        self.resize(theme.PAGE, theme.ROW * 15)
        self.field.setFocus()

    @property
    def _chosen(self) -> Field | None:
        at = self.field.currentIndex()
        return self._fields[at] if at >= 0 else None

    def choose(self, name: str) -> None:
        """Pick a field by its name."""
        self.field.setCurrentIndex([f.name for f in self._fields].index(name))

    def look(self) -> None:
        """Make the plan; nothing is written."""
        field, editor = self._chosen, self.editor
        if field is None or editor is None:
            self.field.setFocus()
            return
        editor.commit_ime()
        editor.settle()
        if problem := editor.problem():
            self.words.setText(problem)
            editor.input().setFocus()
            return
        of, ids, value = self._of, self._ids, editor.value()

        def job(ledger: Ledger, progress: Progress) -> BulkPlan:
            # A name typed in full means the record of that name, as in every form.
            one = edits.settled(ledger, dataclasses.replace(of.cls(), **{field.name: value}))
            return plan_change(ledger, of, ids, field, getattr(one, field.name), progress)

        self._operations.study(tr("正在预览"), job, self._show, slot=f"plan of {id(self)}")

    # ---- how it is done ------------------------------------------------------------------------

    def _show_editor(self, _at: int) -> None:
        self._forget()
        while (item := self._box.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        field = self._chosen
        if field is not None:
            self.editor = make_editor(field, self._desk)
            self.editor.changed.connect(self._forget)
            self.editor.passed.connect(self.look)
            self._box.addWidget(self.editor)
            self.editor.show()  # at once: Qt would let it wait for its own turn
            QWidget.setTabOrder(self.field, self.editor.input())
            QWidget.setTabOrder(self.editor.input(), self.preview)
            QWidget.setTabOrder(self.preview, self.good)

    def _forget(self) -> None:
        self.plan = None
        self.words.clear()
        self.table.show_rows([])
        self.good.setEnabled(False)

    def _show(self, plan: BulkPlan) -> None:
        self.plan = plan
        fine, refused = plan.fine, plan.refused
        said = [tr("改 {0} 条").format(f"{len(fine):,}")]
        if refused:
            said.append(tr("不能改 {0} 条").format(f"{len(refused):,}"))
        if plan.same:
            said.append(tr("本来就是这样 {0} 条").format(f"{plan.same:,}"))
        # What is refused comes first: it needs a look.
        listed = [*refused, *fine]
        if len(listed) > MOST_SHOWN:
            said.append(tr("下面列出前 {0} 条").format(MOST_SHOWN))
        self.words.setText("，".join(said))
        kind = plan.field.kind
        self.table.show_rows(
            [
                [
                    c.title,
                    cells.masked(kind, c.old) or tr("（空）"),
                    "" if c.refused else cells.masked(kind, c.new) or tr("（空）"),
                    c.refused,
                ]
                for c in listed[:MOST_SHOWN]
            ]
        )
        self.good.setText(tr("修改 {0} 条").format(f"{len(fine):,}"))
        self.good.setEnabled(bool(fine))
        if fine:
            self.good.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept(self) -> None:
        plan = self.plan
        if plan is None:
            return
        title = tr("批量修改{0}：{1}").format(tr(plan.of.label), tr(plan.field.label))

        def job(ledger: Ledger, progress: Progress) -> int:
            return carry_out(
                ledger,
                plan,
                title,
                lambda rows, records: edits.save(ledger, rows, records),
                progress,
            )

        self._operations.write(title, job)
        self.accept()
