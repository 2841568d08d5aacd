"""导入以前的台账: choose or drop files, see what would happen, then let it happen.

Nothing is written before the person has seen the plan; afterwards the whole import is one step that
can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.errors import Cancelled
from desktop.core.progress import Progress
from desktop.gui import frames, icons, messages, theme
from desktop.gui.forms.join_dialog import JoinNamesDialog
from desktop.gui.operations import Operations
from desktop.gui.plain_table import PlainTable
from desktop.gui.screens.doubles import DoublesDialog
from desktop.gui.translate import tr
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.import_report import ImportReport
from desktop.jobs.join_names import Join, find_joins
from desktop.ledger.ledger import Ledger
from desktop.records.register_ledgers import ROSTER
from desktop.work.suggestions import suggestions_since

_SHEETS = "*.xlsx *.xls *.ods *.csv *.txt"


class ImportScreen(QWidget):
    """Three pages: choose, plan, done."""

    wanted_undo = Signal()
    left = Signal()

    def __init__(self, operations: Operations) -> None:
        """Start with choosing."""
        super().__init__()
        self._operations = operations
        self._paths: list[Path] = []
        self._suggestions: list[str] = []  # those of the last import
        self._joins: list[Join] = []
        self._pages = QStackedWidget()
        self.choose = ChoosePage()
        self.choose.chosen.connect(self.check)
        self.plan = PlanPage()
        self.plan.agreed.connect(self._import)
        self.plan.left.connect(self._again)
        for page in (self.choose, self.plan):
            self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.plan.wanted_undo.connect(self._undo)
        self.plan.finished.connect(self._finish)
        self.plan.wanted_doubles.connect(self._look_for_doubles)
        self.plan.wanted_join.connect(self._join)

    def check(self, paths: Sequence[Path]) -> None:
        """Read the files and say what would happen; writes nothing."""
        self._paths = list(paths)
        self.choose.say(tr("正在看这些文件，还没有写入任何内容……"), busy=True)
        self._pages.setCurrentWidget(self.choose)

        def job(ledger: Ledger, progress: Progress) -> ImportReport:
            return import_ledgers(ledger, paths, dry_run=True, progress=progress)

        self._operations.write(tr("正在读台账"), job, self._show_plan, self._fail)

    def escape(self) -> bool:
        """Back to choosing."""
        if self._pages.currentWidget() is self.plan and not self.plan.working:
            self._again()
            return True
        return False

    def dress(self) -> None:
        """The theme has changed."""
        self.choose.dress()

    def _show_plan(self, report: ImportReport) -> None:
        self.choose.say("")
        self.plan.show_plan(report)
        self._pages.setCurrentWidget(self.plan)

    def _import(self) -> None:
        paths, update = list(self._paths), self.plan.takes_corrections()
        self.plan.start_work()

        def job(ledger: Ledger, progress: Progress) -> tuple[ImportReport, list[str]]:
            before = ledger.counter
            report = import_ledgers(ledger, paths, update=update, progress=progress)
            return report, suggestions_since(ledger, before)

        self._operations.write(tr("正在导入台账"), job, self._show_done, self._fail)

    def _show_done(self, done: tuple[ImportReport, list[str]]) -> None:
        report, self._suggestions = done
        self.plan.show_done(report, len(self._suggestions))
        if any(table.kind == ROSTER.name for table in report.tables):
            # Whom somebody wrote by hand before there was a roster: shown, not changed unasked.
            self._operations.read(find_joins, self._offer_joins, slot=f"joins {id(self)}")

    def _look_for_doubles(self) -> None:
        DoublesDialog(self._operations, lambda _: self._suggestions, self.window()).open()

    def _offer_joins(self, joins: list[Join]) -> None:
        self._joins = joins
        self.plan.offer_joins(len(joins))

    def _join(self) -> None:
        dialog = JoinNamesDialog(self._operations, self._joins, self)
        dialog.joined.connect(lambda _count: self._offer_joins([]))
        dialog.open()

    def _fail(self, error: Exception) -> None:
        self.plan.end_work()
        words = tr("已取消。") if isinstance(error, Cancelled) else ""
        self.choose.say(words)
        messages.show(error, self.window())

    def _undo(self) -> None:
        self.wanted_undo.emit()
        self._again()

    def _finish(self) -> None:
        self._again()
        self.left.emit()

    def _again(self) -> None:
        self._pages.setCurrentWidget(self.choose)


class ChoosePage(QWidget):
    """A field to drop files on, and two buttons."""

    chosen = Signal(list)  # paths

    def __init__(self) -> None:
        """Wait."""
        super().__init__()
        self.setAcceptDrops(True)
        self._picture = frames.label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = frames.label(tr("把以前的台账拖到这里"), "head")
        what = frames.label(
            tr(
                "Excel（xlsx、xls）、WPS 另存的表格、ods、csv 都可以，文件夹也可以。"
                "不用改格式：程序按表头认台账。先看结果，确认以后才写入。"
            ),
            "quiet",
            wrap=True,
        )
        for label in (head, what):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._files = frames.button(tr("选文件"), self._ask_files, "primary")
        self._folder = frames.button(tr("选文件夹"), self._ask_folder)
        self._words = frames.label("", "quiet")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field = QFrame()
        theme.set_kind(self._field, "drop")
        inner = frames.column(
            None,
            self._picture,
            head,
            what,
            theme.S,
            frames.row(None, self._files, self._folder, None),
            self._words,
            None,
            spacing=theme.M,
        )
        inner.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        self._field.setLayout(inner)
        self._field.setMaximumWidth(theme.SHEET)
        self._field.setMinimumHeight(theme.SIDE - theme.RAIL_FOLDED)
        field = frames.row(self._field, None)
        field.setStretch(0, 8)
        whole = frames.column(
            frames.label(tr("导入以前的台账"), "head"),
            field,
            None,
            spacing=theme.L,
        )
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self.setLayout(whole)
        self.dress()

    def dress(self) -> None:
        """Draw the icon in the colour of the theme."""
        size = 2 * theme.XL
        self._picture.setPixmap(icons.pixmap("import", "quiet", size, self.devicePixelRatioF()))

    def say(self, words: str, *, busy: bool = False) -> None:
        """Say what is going on."""
        self._words.setText(words)
        self._files.setEnabled(not busy)
        self._folder.setEnabled(not busy)

    def _ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self.window(), tr("选台账文件"), "", tr("台账文件 ({0})").format(_SHEETS)
        )
        if names:
            self.chosen.emit([Path(n) for n in names])

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self.window(), tr("选台账所在的文件夹"))
        if name:
            self.chosen.emit([Path(name)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that this is the place."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not here after all."""
        super().dragLeaveEvent(event)
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self._mark(False)
        paths = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.chosen.emit(paths)

    def _mark(self, over: bool) -> None:
        self._field.setProperty("over", over)
        self._field.style().polish(self._field)


class PlanPage(QWidget):
    """What would happen, or what has happened: a table of ledgers and one of findings."""

    agreed = Signal()
    left = Signal()
    finished = Signal()
    wanted_undo = Signal()
    wanted_doubles = Signal()
    wanted_join = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.working = False
        self._head = frames.label("", "head")
        self._sentence = frames.label("", "quiet", wrap=True)
        self.ledgers = PlainTable(
            (tr("文件"), tr("台账"), tr("单位"), tr("年份"), tr("行数"), tr("新的"), tr("已有"),
             tr("和以前不同"), tr("读不了")),
            (10, 8, 5, 4, 3, 3, 3, 5, 4),
            right=(4, 5, 6, 7, 8),
        )  # fmt: skip
        self.findings = PlainTable(
            (tr("文件"), tr("表"), tr("行"), tr("列"), tr("内容"), tr("问题和办法")),
            (8, 5, 3, 5, 7, 20),
            right=(2,),
        )
        self._found = frames.label("", "title")
        self._go = frames.button(tr("导入"), self.agreed.emit, "primary")
        self._fix = frames.button(tr("导入，并改正以前的"), self._go_with_corrections)
        self._away = frames.button(tr("不导入"), self.left.emit)
        self._undo = frames.button(tr("撤销这次导入"), self.wanted_undo.emit)
        self.doubles = frames.button("", self.wanted_doubles.emit)
        self._done = frames.button(tr("看活动列表"), self.finished.emit, "primary")
        self._join = frames.button("", self.wanted_join.emit)
        self._join.hide()
        self._corrects = False
        buttons = frames.row(
            None,
            self._undo,
            self.doubles,
            self._join,
            self._away,
            self._fix,
            self._go,
            self._done,
            spacing=theme.S,
        )
        whole = frames.column(
            self._head, self._sentence, self.ledgers, self._found, self.findings, buttons,
            spacing=theme.M,
        )  # fmt: skip
        whole.setStretch(2, 3)
        whole.setStretch(4, 2)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self.setLayout(whole)

    def offer_joins(self, count: int) -> None:
        """Names written before that the roster knows now; none hides the offer."""
        self._join.setText(tr("有 {0} 处写着名册里的姓名，看一看…").format(count))
        self._join.setVisible(count > 0)

    def takes_corrections(self) -> bool:
        """Whether rows that differ from what was imported before are to be corrected."""
        return self._corrects

    def show_plan(self, report: ImportReport) -> None:
        """Before: nothing is written yet."""
        self.end_work()
        self._corrects = False
        corrections = sum(len(t.corrections) for t in report.tables)
        self._head.setText(tr("看一下再导入"))
        self._sentence.setText(_sentence(report))
        self._show(report)
        self._go.setText(tr("导入 {0} 行").format(f"{report.added:,}"))
        self._go.setVisible(report.added > 0)
        self._fix.setText(tr("导入，并改正以前的 {0} 行").format(corrections))
        self._fix.setVisible(corrections > 0)
        self._away.setText(tr("不导入") if report.added else tr("返回"))
        self._offer(before=True)
        (self._go if report.added else self._away).setFocus()

    def show_done(self, report: ImportReport, suggestions: int = 0) -> None:
        """Afterwards: what was written, new suggestions among it."""
        self.end_work()
        self._head.setText(tr("✓ 已导入 {0} 行").format(f"{report.added:,}"))
        words = tr("已经保存。整次导入是一步，可以撤销。")
        if report.bad_count:
            words += tr(
                "有 {0} 行没有导入，列在下面；改好原表再导入一次就行，已导入的不会重复。"
            ).format(report.bad_count)
        self._sentence.setText(words)
        self._show(report)
        self._offer(before=False)
        self.doubles.setText(tr("{0} 条建议里有没有重复的").format(suggestions))
        self.doubles.setVisible(suggestions > 0)
        self._done.setFocus()

    def start_work(self) -> None:
        """Something is going on."""
        self.working = True
        for button in (self._go, self._fix, self._away):
            button.setEnabled(False)
        self.ledgers.setFocus()
        self._sentence.setText(tr("正在导入，进度在窗口下方，可以取消。"))

    def end_work(self) -> None:
        """Nothing is going on."""
        self.working = False
        for button in (self._go, self._fix, self._away):
            button.setEnabled(True)

    def _go_with_corrections(self) -> None:
        self._corrects = True
        self.agreed.emit()

    def _offer(self, *, before: bool) -> None:
        self._join.hide()
        self._away.setVisible(before)
        self._go.setVisible(before and self._go.isVisibleTo(self))
        self._fix.setVisible(before and self._fix.isVisibleTo(self))
        self._undo.setVisible(not before)
        self.doubles.hide()
        self._done.setVisible(not before)

    def _show(self, report: ImportReport) -> None:
        self.ledgers.show_rows(ledger_rows(report))
        found = [
            [f.file, f.sheet, str(f.row or ""), f.column, f.value, f.text] for f in report.findings
        ]
        self.findings.show_rows(found)
        words = tr("要看一看的地方 {0} 处").format(f"{len(found):,}")
        self._found.setText(words if found else tr("✓ 没有发现问题"))
        self.findings.setVisible(bool(found))


def ledger_rows(report: ImportReport) -> list[list[Any]]:
    """The plan: a line for each ledger of each file, or the reason why a file was refused."""
    rows: list[list[Any]] = []
    for file in report.files:
        if file.refused or not file.tables:
            why = file.refused or tr("里面没有认得出的台账")
            rows.append([file.file, tr("● 没有读：{0}").format(why), *[""] * 7])
        for at, one in enumerate(file.tables):
            bad = sum(len(rows) for _, rows in file.bad) if at == 0 else 0
            counts = (one.rows, one.added, one.known, len(one.corrections), bad)
            rows.append(
                [file.file if at == 0 else "", one.label, one.office_name, str(one.year)]
                + [f"{n:,}" if n else "" for n in counts]
            )
    return rows


def _sentence(report: ImportReport) -> str:
    if not report.added and report.known:
        return tr("这些行以前都导入过了（{0} 行），再导入一次不会重复。").format(
            f"{report.known:,}"
        )
    if not report.added:
        return tr("没有可以导入的行。原因列在下面；台账没有改动。")
    words = tr("现在还没有写入任何内容。将新增 {0} 行").format(f"{report.added:,}")
    if report.known:
        words += tr("，{0} 行以前导入过，不会重复").format(f"{report.known:,}")
    if report.bad_count:
        words += tr("，{0} 行读不了，不会导入").format(report.bad_count)
    return words + tr("。")
