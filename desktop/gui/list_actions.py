"""What can be done with a list and with the rows chosen in it: buttons and one menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.progress import Progress
from desktop.gui import frames, list_output, messages, theme
from desktop.gui.bulk_dialog import BulkDialog
from desktop.gui.column_chooser import ColumnChooser
from desktop.gui.list_source import offered
from desktop.gui.saved_file import ask_path, open_path
from desktop.gui.translate import tr
from desktop.gui.void_dialog import VoidDialog
from desktop.ledger.ledger import Ledger
from desktop.work.attachments import restore_with

if TYPE_CHECKING:
    from desktop.gui.record_list import RecordListView

MOST_AT_ONCE = 20_000  # records that one step changes


class ListActions(QWidget):
    """The right end of the line under the filters."""

    def __init__(self, view: RecordListView) -> None:
        """Act on a list."""
        super().__init__(view)
        self._view = view
        self._folder = Path()
        self.chosen = frames.label("", "small")
        self.bulk_button = frames.button(tr("批量修改"), self.change, "link")
        self.void_button = frames.button(tr("作废"), self.void, "link")
        self.restore_button = frames.button(tr("恢复"), self.restore, "link")
        self.back_button = frames.button(tr("回到列表"), lambda: view.show_bin(False), "link")
        self.menu_button = frames.button(tr("更多"), self._open_menu, "filter")
        line = frames.row(
            self.chosen,
            self.bulk_button,
            self.void_button,
            self.restore_button,
            self.back_button,
            self.menu_button,
            spacing=theme.XS,
        )
        self.setLayout(line)
        for keys, act in (
            ("Ctrl+E", self.export),
            (QKeySequence.StandardKey.Print, self.print_out),
            (QKeySequence.StandardKey.Delete, self.void),
        ):
            # Delete in the table only: in a text field it takes away a letter.
            into = view.table if act == self.void else view
            shortcut = QShortcut(QKeySequence(keys), into)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.note_selection(0)

    def note_selection(self, count: int) -> None:
        """Offer what can be done with that many rows."""
        bin = self._view.bin
        self.chosen.setText(tr("已选 {0} 条").format(f"{count:,}"))
        self.chosen.setVisible(count > 1)
        self.bulk_button.setVisible(count > 0 and not bin)
        self.void_button.setVisible(count > 0 and not bin)
        self.restore_button.setVisible(count > 0 and bin)
        self.back_button.setVisible(bin)

    def dress(self) -> None:
        """The list shows something else."""
        self.note_selection(self._view.selected_count)

    def offer(self, at: QPoint) -> None:
        """The menu at a point."""
        self._fill().popup(at)

    # ---- the rows chosen -----------------------------------------------------------------------

    def change(self) -> None:
        """Change one field of the rows chosen."""

        def ask(ids: list[str]) -> None:
            view = self._view
            dialog = BulkDialog(view.operations, view.source.of, ids, view.window())
            self._open(dialog)

        self.with_ids(ask)

    def void(self) -> None:
        """Make the rows chosen void."""
        if self._view.bin:
            return

        def ask(ids: list[str]) -> None:
            view = self._view
            dialog = VoidDialog(view.operations, view.source.of, ids, view.window())
            dialog.agreed.connect(lambda reason: self._void(ids, reason))
            self._open(dialog)

        self.with_ids(ask)

    def restore(self) -> None:
        """Take the rows chosen back from the recycle bin."""
        of = self._view.source.of
        title = tr("恢复{0}").format(tr(of.label))

        def act(ids: list[str]) -> None:
            def job(ledger: Ledger, progress: Progress) -> None:
                with ledger.write(title) as rows:
                    for at, one in enumerate(ids):
                        progress.step(at, len(ids))
                        restore_with(ledger, rows, of, one)
                        rows.restore(of, one)

            self._view.operations.write(title, job)

        self.with_ids(act)

    def few_enough(self) -> bool:
        """Whether any rows are chosen, and not too many for one step; says so if they are."""
        count = self._view.selected_count
        if count > MOST_AT_ONCE:
            words = tr("一次最多处理 {0} 条，现在选了 {1} 条。请缩小范围后分几次做，台账没有改动。")
            said = words.format(f"{MOST_AT_ONCE:,}", f"{count:,}")
            messages.tell(tr("选得太多"), said, self.window())
        return 0 < count <= MOST_AT_ONCE

    def _void(self, ids: list[str], reason: str) -> None:
        of = self._view.source.of
        title = tr("作废{0}").format(tr(of.label))

        def job(ledger: Ledger, progress: Progress) -> None:
            with ledger.write(title) as rows:
                for at, one in enumerate(ids):
                    progress.step(at, len(ids))
                    rows.remove(of, one, reason)

        self._view.operations.write(title, job)

    def with_ids(self, then: Callable[[list[str]], None]) -> None:
        """Go on with the ids of the chosen rows, unless they are too many."""
        view = self._view
        if not self.few_enough():
            return
        of = view.source.of
        numbers = [k for k in view.selected() if isinstance(k, int)]

        def job(ledger: Ledger) -> list[str]:
            ids = ledger.ids_of_rows(of, numbers)
            return [ids[n] for n in numbers if n in ids]

        view.operations.read(job, then, slot=f"chosen of {id(self)}")

    # ---- the list ------------------------------------------------------------------------------

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        view = self._view
        shown = view.columns or [c.name for c in view.usual.columns]
        dialog = ColumnChooser(offered(view.usual), shown, view.window())
        dialog.chosen.connect(view.show_columns)
        self._open(dialog)

    def export(self) -> None:
        """Write what is shown as an Excel table."""
        self._write(list_output.write_xlsx, ".xlsx", tr("导出"))

    def print_out(self) -> None:
        """Make a PDF of what is shown; it is printed from there."""
        self._write(list_output.write_pdf, ".pdf", tr("打印"))

    def _write(self, write: Callable[..., int], ending: str, what: str) -> None:
        view = self._view
        name = tr("{0}台账").format(tr(view.source.of.label))
        path = ask_path(self.window(), what, name, ending=ending, folder=self._folder)
        if path is None:
            return
        self._folder = path.parent
        source, filters, order = view.shown_query()

        def job(ledger: Ledger, progress: Progress) -> int:
            return write(ledger, source, filters, order, path, progress)

        def say(count: int) -> None:
            words = tr("共 {0} 条：\n{1}") if ending == ".xlsx" else tr("共 {0} 页：\n{1}")
            done = messages.Notice(
                tr("已写好"), words.format(f"{count:,}", path), parent=self.window()
            )
            done.add_button(tr("打开文件"), lambda: open_path(path))
            done.add_button(tr("打开所在文件夹"), lambda: open_path(path.parent))
            done.open()

        view.operations.study(tr("正在{0}").format(what), job, say, slot="list output")

    def _open_menu(self) -> None:
        self.offer(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _fill(self) -> QMenu:
        view = self._view
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = view.selected_count
        actions: list[tuple[str, Callable[[], Any]] | None] = []
        if count and view.bin:
            actions += [(tr("恢复选中的 {0} 条").format(count), self.restore), None]
        elif count:
            actions += [
                (tr("批量修改选中的 {0} 条…").format(count), self.change),
                (tr("作废选中的 {0} 条…").format(count) + "\tDelete", self.void),
                (tr("复制") + "\tCtrl+C", view.copy),
                None,
            ]
        actions += [
            (tr("导出 Excel…") + "\tCtrl+E", self.export),
            (tr("打印（PDF）…") + "\tCtrl+P", self.print_out),
            None,
            (tr("选择列…"), self.choose_columns),
        ]
        if view.bin:
            actions.append((tr("回到列表"), lambda: view.show_bin(False)))
        else:
            actions.append((tr("看作废的"), lambda: view.show_bin(True)))
        for one in actions:
            if one is None:
                menu.addSeparator()
            else:
                menu.addAction(one[0]).triggered.connect(lambda _c=False, act=one[1]: act())
        return menu

    def _open(self, dialog: Any) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _r: self._view.table.setFocus())
        dialog.open()
