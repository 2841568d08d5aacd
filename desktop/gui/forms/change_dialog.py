"""改名… and 并入…: asks what and from which day on, and says beforehand what it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.core.errors import InvalidRecord
from desktop.core.fields import Day, Field, Link, Text, is_id
from desktop.core.periods import day_words
from desktop.core.progress import Progress
from desktop.gui import frames, messages, theme
from desktop.gui.day_editor import DayEditor
from desktop.gui.desk import Desk
from desktop.gui.editors import make_editor
from desktop.gui.field_box import FieldBox
from desktop.gui.operations import Operations
from desktop.gui.record_form import Grid
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.records import Place, Unit
from desktop.work import places
from desktop.work.places import Effect

_PAUSE = 200  # ms without a key before the preview asks the ledger


class ChangeDialog(QDialog):
    """Base: one field and a day, a preview, and the button that does it."""

    done_with = Signal()  # it was written

    def __init__(
        self, operations: Operations, record: Place | Unit, field: Field, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(theme.SIDE * 2)
        self.record = record
        self._operations = operations
        self._desk = Desk(operations)
        self.what = FieldBox(make_editor(field, self._desk))
        day = make_editor(Field("从哪天起", Day(), "day", required=True), self._desk)
        assert isinstance(day, DayEditor)
        day.offer_quick()
        self.day = FieldBox(day)
        self._desk.day = lambda: day.value()
        self.preview = frames.label("", "quiet", wrap=True)
        self.go = frames.button(self.verb(), self.apply, "primary")
        away = frames.button(tr("取消"), self.reject)
        grid = Grid([self.what, self.day])
        whole = frames.column(
            frames.label(self.headline(), "head"),
            grid,
            self.preview,
            theme.S,
            frames.row(None, away, self.go),
            spacing=theme.M,
        )
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self.setLayout(whole)
        self.setWindowTitle(self.headline())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.look)
        for box in (self.what, self.day):
            box.editor.changed.connect(self._later.start)
        self.what.editor.passed.connect(lambda: day.input().setFocus())
        day.passed.connect(lambda: self.go.setFocus())
        self.what.editor.input().setFocus(Qt.FocusReason.TabFocusReason)
        self.look()

    # ---- what subclasses say -------------------------------------------------------------------

    def verb(self) -> str:
        """What the button says."""
        raise NotImplementedError

    def headline(self) -> str:
        """What is to be done."""
        raise NotImplementedError

    def new_name(self) -> str:
        """The name that is typed, where one is."""
        return ""

    def sentences(self, effect: Effect) -> list[str]:
        """What it means."""
        raise NotImplementedError

    def job(self) -> Callable[[Ledger], object]:
        """What is written, taken off the fields now."""
        raise NotImplementedError

    # ---- how it is done ------------------------------------------------------------------------

    @property
    def since(self) -> dt.date | None:
        """The day from which it holds."""
        value: dt.date | None = self.day.editor.value()
        return value

    def look(self) -> None:
        """Ask what hangs on it, and say so."""
        record, day, name = self.record.id, self.since, self.new_name()
        self._operations.read(
            lambda ledger: places.effect_of(ledger, record, day, name),
            self._show,
            slot=f"effect {id(self)}",
        )

    def _show(self, effect: Effect) -> None:
        self.preview.setText("\n".join(self.sentences(effect)))

    def day_said(self) -> str:
        """The day in words, as far as it is known."""
        return day_words(self.since) if self.since else tr("这一天")

    def apply(self) -> None:
        """Do it; what won't do is said at its field."""
        for box in (self.what, self.day):
            box.editor.commit_ime()
            box.editor.settle()
        wrong = [box for box in (self.what, self.day) if box.insist()]
        if wrong:
            wrong[0].editor.input().setFocus()
            return
        write = self.job()

        def run(ledger: Ledger, _progress: Progress) -> object:
            return write(ledger)

        self.go.setEnabled(False)
        self._operations.write(self.headline(), run, self._done, self._failed)

    def _done(self, _result: object) -> None:
        self.done_with.emit()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        if not isinstance(error, InvalidRecord):
            messages.show(error, self)
            return
        day = error.problems.get("day", "")
        what = "；".join(s for name, s in error.problems.items() if name != "day")
        for box, sentence in ((self.day, day), (self.what, what)):
            if sentence:
                box.insist(sentence)
                box.editor.input().setFocus()


class RenameDialog(ChangeDialog):
    """Another name from a day on."""

    def __init__(self, operations: Operations, record: Place | Unit, parent: QWidget) -> None:
        """Ask for the name and the day."""
        field = Field("新名称", Text(), "name", required=True)
        super().__init__(operations, record, field, parent)

    def verb(self) -> str:
        """改名."""
        return tr("改名")

    def headline(self) -> str:
        """Whose name."""
        return tr("{0}改名").format(self.record.name)

    def new_name(self) -> str:
        """What is typed."""
        return str(self.what.editor.value())

    def sentences(self, effect: Effect) -> list[str]:
        """Who keeps the old name."""
        name, day, new = self.record.name, self.day_said(), self.new_name() or tr("新名称")
        found = []
        if isinstance(self.record, Place):
            found.append(
                tr("{0}以前的 {1} 次活动仍叫“{2}”，从{0}起的 {3} 次叫“{4}”。").format(
                    day, effect.before, name, effect.since, new
                )
            )
            found.append(tr("区划代码和记录都不变；台账里写“{0}”的，以后照样认得。").format(name))
        else:
            found.append(
                tr("以前的 {0} 次活动和 {1} 条记录仍属“{2}”；从{3}起选“{4}”。").format(
                    effect.before + effect.since, effect.others, name, day, new
                )
            )
        for like in effect.like:
            found.append(tr("● 已经有一个同名的：{0}，导入台账时会分不清。").format(like))
        return found

    def job(self) -> Callable[[Ledger], object]:
        """Rename it."""
        record, name, day = self.record.id, self.new_name(), self.since
        if isinstance(self.record, Place):
            return lambda ledger: places.rename_place(ledger, record, name, day)
        return lambda ledger: places.rename_unit(ledger, record, name, day)


class MergeDialog(ChangeDialog):
    """A part of another from a day on."""

    def __init__(self, operations: Operations, record: Place | Unit, parent: QWidget) -> None:
        """Ask into which, and the day."""
        field = Field("并入", Link(targets=(record.type.name,)), "into", required=True)
        super().__init__(operations, record, field, parent)

    def verb(self) -> str:
        """并入."""
        return tr("并入")

    def headline(self) -> str:
        """What goes."""
        return tr("{0}并入…").format(self.record.name)

    def sentences(self, effect: Effect) -> list[str]:
        """What stays with it."""
        into = self.what.editor.value()
        name, day = self.record.name, self.day_said()
        target = self._desk.words.get(into, "") if is_id(into) else ""
        found = [
            tr(
                "{0}以前的 {1} 次活动仍属“{2}”；从{0}起，它不再算现有的{3}，选择时排在最后。"
            ).format(
                day,
                effect.before,
                name,
                tr("村（社区）") if isinstance(self.record, Place) else tr("单位"),
            )
        ]
        if target:
            found.append(tr("选择时会提示“已并入{0}”。记录都不变，可以撤销。").format(target))
        if effect.since:
            found.append(
                tr("● 有 {0} 次活动的日期在{1}或以后，地点写的还是“{2}”，请核对。").format(
                    effect.since, day, name
                )
            )
        return found

    def job(self) -> Callable[[Ledger], object]:
        """Merge it."""
        record, into, day = self.record.id, self.what.editor.value(), self.since
        if isinstance(self.record, Place):
            return lambda ledger: places.merge_places(ledger, record, into, day)
        return lambda ledger: places.merge_units(ledger, record, into, day)
