"""The line above a list: period, what the list may be narrowed to, words, and the button 新建."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.fields import (
    Choice,
    Choices,
    Clock,
    Day,
    Field,
    Link,
    Marks,
    Named,
    YesNo,
)
from desktop.gui import frames, theme
from desktop.gui.chips import Flow
from desktop.gui.filters import ANY, DAYS, FILLED, Chosen, Filters, day_ranges
from desktop.gui.list_source import OFFICE, PARTS, ListSource, paths_of
from desktop.gui.operations import Operations
from desktop.gui.period import PeriodButton, everything
from desktop.gui.pickers import fits
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger
from desktop.work import lists

_ITEM = Qt.ItemDataRole.UserRole
_LABELLED = (Choice, Choices, YesNo, Named, Link)


class FilterLine(QWidget):
    """Filters on the left, the one button of the screen on the right."""

    changed = Signal()
    wanted_new = Signal()
    wanted_table = Signal()
    left = Signal()  # Enter or arrow down in the words: on to the rows

    def __init__(
        self,
        operations: Operations,
        source: ListSource,
        *,
        new: str,
        tabular: bool = False,
        today: Callable[[], dt.date],
    ) -> None:
        """Make the line for a list."""
        super().__init__()
        self._operations = operations
        self._source = source
        self._today = today
        self.period = PeriodButton(everything(), today)
        self.period.picked.connect(lambda _p: self.changed.emit())
        self.words = WordsField()
        self.words.setPlaceholderText(tr("在列表里找"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _t: self.changed.emit())
        self.words.left.connect(self.left)
        self.choices: list[ChoiceButton] = []
        self.more = QPushButton(tr("＋筛选"))
        theme.set_kind(self.more, "flat")
        self.more.setToolTip(tr("再加一个筛选条件"))
        self.more.clicked.connect(self._offer)
        self._flow_box = QWidget()
        self._flow = Flow(self._flow_box, theme.S)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.doubtful = QPushButton(tr("待核对"))
        theme.set_kind(self.doubtful, "toggle")
        self.doubtful.setCheckable(True)
        self.doubtful.setToolTip(tr("只看有 ？ 的：填得少见，或导入时没有对上"))
        self.doubtful.toggled.connect(self._doubt)
        for widget in (self.period, self.doubtful, self.more, self.words):
            self._flow.addWidget(widget)
        policy = self._flow_box.sizePolicy()
        policy.setHeightForWidth(True)
        self._flow_box.setSizePolicy(policy)
        self.period.setVisible(bool(source.of.dated_by))
        self._usual = (*source.filters, *((PARTS,) if source.parts else ()))
        for path in self._usual:
            self._add(path)
        self.words.setMinimumWidth(theme.SIDE // 2)
        self.words.setMaximumWidth(theme.SIDE)
        self.new = QPushButton(new)
        theme.set_kind(self.new, "primary")
        self.new.setToolTip("Ctrl+N")
        self.new.clicked.connect(self.wanted_new)
        self.table = frames.button(tr("表格录入"), self.wanted_table.emit)
        self.table.setToolTip("Ctrl+T")
        row = frames.row(self._flow_box, self.table, self.new)
        row.setStretch(0, 1)
        for button in (self.table, self.new):
            row.setAlignment(button, Qt.AlignmentFlag.AlignTop)
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        self.setLayout(row)
        # Only now: a widget that is shown before it lies in a window flashes up as one of its own.
        self.new.setVisible(bool(new))
        self.table.setVisible(tabular)
        self.doubtful.setVisible(source.doubts is not None)

    def filters(self) -> Filters:
        """What is set now."""
        chosen = tuple(b.chosen for b in self.choices if b.chosen is not None)
        words, doubtful = self.words.text().strip(), self.doubtful.isChecked()
        return Filters(self.period.period, self._today(), words, chosen, doubtful)

    def _doubt(self, on: bool) -> None:
        self.doubtful.setText(tr("✓ 待核对") if on else tr("待核对"))
        self.changed.emit()

    def take(self, filters: Filters) -> None:
        """Set all of it; tells once, in the end."""
        self.blockSignals(True)
        try:
            self._reset()
            self.words.setText(filters.words)
            self.period.pick(filters.period)
            self.doubtful.setChecked(filters.doubtful)
            for one in filters.chosen:
                self.button(one.path).take(one)
        finally:
            self.blockSignals(False)
        self.changed.emit()

    def clear(self) -> None:
        """Leave nothing out."""
        self.take(Filters(everything(), self._today()))

    def button(self, path: str) -> ChoiceButton:
        """The button of a field; made if it isn't there yet."""
        found = next((b for b in self.choices if b.name == path), None)
        return found or self._add(path)

    def fields(self) -> list[tuple[str, str]]:
        """(path, words) of everything that may be added as a filter."""
        return [
            (path, words)
            for path, f, words in paths_of(self._source.of)
            if not isinstance(f.kind, Marks | Clock)
        ]

    def _add(self, path: str) -> ChoiceButton:
        made = ChoiceButton(self._operations, self._source, path)
        made.changed.connect(self.changed)
        self._flow.insert(1 + len(self.choices), made)
        self.choices.append(made)
        made.show()
        former: QWidget = self.period
        for one in (*self.choices, self.doubtful, self.more, self.words):
            QWidget.setTabOrder(former, one)
            former = one
        return made

    def _reset(self) -> None:
        self.words.clear()
        for made in list(self.choices):
            if made.name in self._usual:
                made.take(None)
            else:
                self.choices.remove(made)
                self._flow.removeWidget(made)
                made.hide()
                made.deleteLater()

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = {b.name for b in self.choices}
        above: dict[str, QMenu] = {}
        for path, words in self.fields():
            if path in shown:
                continue
            into = menu
            if "." in path:
                # What lies in the trip and so on: a menu of its own each, or the list has no end.
                whole = words[words.rindex("（") + 1 : -1]
                if whole not in above:
                    above[whole] = QMenu(tr("{0}的…").format(whole), menu)
                into = above[whole]
                words = words[: words.rindex("（")]
            action = into.addAction(words)
            action.triggered.connect(lambda _c=False, p=path: self.button(p).ask())
        if above:
            menu.addSeparator()
            for inner in above.values():
                menu.addMenu(inner)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class WordsField(QLineEdit):
    """Words to look for; Enter and arrow down go on to the rows, Esc empties it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ChoiceButton(QPushButton):
    """Narrows a list to values that a field takes; asks which when it is pressed."""

    changed = Signal()

    def __init__(self, operations: Operations, source: ListSource, name: str) -> None:
        """Speak of one field, given by its path."""
        super().__init__()
        theme.set_kind(self, "filter")
        self.name = name
        self.chosen: Chosen | None = None
        self._source = source
        self._field: Field | None = None
        if name == PARTS:
            self._label = tr("类型")
        elif name == OFFICE:
            self._label = tr("单位")
        else:
            paths = {path: (f, words) for path, f, words in paths_of(source.of)}
            self._field, self._label = paths[name]
        self._operations = operations
        self.clicked.connect(self.ask)
        self.take(None, tell=False)

    def take(self, chosen: Chosen | None, *, tell: bool = True) -> None:
        """Narrow to what was chosen; None leaves nothing out."""
        self.chosen = chosen
        words = chosen.words if chosen else ""
        short = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
        self.setText(self._label if chosen is None else f"{self._label}：{short}")
        self.setToolTip(words if short != words else "")
        self.setProperty("on", chosen is not None)
        self.style().polish(self)
        self.updateGeometry()
        if tell:
            self.changed.emit()

    def pick(self, *picked: tuple[Any, str]) -> None:
        """Narrow to values, given with their words."""
        if not picked:
            self.take(None)
            return
        words = "、".join(w for _, w in picked)
        self.take(Chosen(self.name, tuple(v for v, _ in picked), words))

    def ask(self) -> None:
        """Ask for values: of days and texts by a menu, of everything else by a list of labels."""
        if self.name == PARTS:
            self._show([(name, words, -1) for name, words in self._source.parts])
        elif self._field is not None and not isinstance(self._field.kind, _LABELLED):
            self._show_menu(self._field)
        else:
            of, name = self._source.of, self.name

            def job(ledger: Ledger) -> list[tuple[Any, str, int]]:
                return lists.labels_in_use(ledger, of, name)

            self._operations.read(job, self._show, slot=f"labels of {id(self)}", late=True)

    def _show_menu(self, field: Field) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        options: list[tuple[str, Chosen | None]] = [(tr("全部"), None)]
        if isinstance(field.kind, Day):
            options += [(w, Chosen(self.name, (n,), w, DAYS)) for n, w in day_ranges()]
        options.append((tr("没有填"), Chosen(self.name, (None,), tr("没有填"))))
        options.append((tr("填了的"), Chosen(self.name, (), tr("填了的"), FILLED)))
        for words, chosen in options:
            menu.addAction(words).triggered.connect(lambda _c=False, one=chosen: self.take(one))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _show(self, labels: list[tuple[Any, str, int]]) -> None:
        chosen = self.chosen.values if self.chosen and self.chosen.op == ANY else ()
        dialog = ValuesDialog(self._label, labels, chosen, self.window(), empty=self.name != PARTS)
        dialog.picked.connect(lambda some: self.pick(*some))
        dialog.open()


class ValuesDialog(QDialog):
    """Several values to tick, with how many records have each; typing narrows them."""

    picked = Signal(object)  # [(value, words)]

    def __init__(
        self,
        label: str,
        labels: Sequence[tuple[Any, str, int]],
        chosen: Sequence[Any],
        parent: QWidget | None = None,
        *,
        empty: bool = True,
    ) -> None:
        """Tick what is chosen now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("筛选：{0}").format(label))
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("找一个值（汉字或拼音首字母）"))
        self.line.setAccessibleName(tr("找一个值"))
        self.line.textChanged.connect(self._narrow)
        self.list = QListWidget()
        theme.set_kind(self.list, "popup")
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(label)
        options = list(labels)
        if empty:
            options.append((None, tr("没有填"), -1))
        for value, words, count in options:
            item = QListWidgetItem(words if count < 0 else f"{words}　{count:,}")
            item.setData(_ITEM, (value, words))
            item.setSizeHint(QSize(0, theme.ROW - theme.XS))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = value in chosen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        if not labels:
            self.line.setPlaceholderText(tr("还没有填过"))
        self.list.itemActivated.connect(self._only)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.good = frames.button(tr("确定"), self._accept, "primary")
        self.good.setDefault(True)
        hint = frames.label(tr("空格勾选，可选几个；回车确定"), "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addLayout(
            frames.row(
                frames.button(tr("全部"), self._all, "link"),
                hint,
                None,
                frames.button(tr("取消"), self.reject),
                self.good,
            )
        )
        self.resize(theme.CARD, theme.ROW * min(self.list.count() + 6, 16))
        self.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow down goes from the line to the values."""
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _narrow(self, words: str) -> None:
        first = True
        for row in range(self.list.count()):
            item = self.list.item(row)
            seen = fits(item.data(_ITEM)[1], words)
            item.setHidden(not seen)
            if seen and first:
                self.list.setCurrentRow(row)
                first = False

    def _ticked(self) -> list[tuple[Any, str]]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [i.data(_ITEM) for i in items if i.checkState() == Qt.CheckState.Checked]

    def _accept(self) -> None:
        found = self._ticked()
        current = self.list.currentItem()
        if not found and current is not None and not current.isHidden() and self.line.text():
            found = [current.data(_ITEM)]  # typed and Enter: the first that fits
        self.accept()
        self.picked.emit(found)

    def _only(self, item: QListWidgetItem) -> None:
        # A double click or Enter on a row means this one, with what is ticked.
        item.setCheckState(Qt.CheckState.Checked)
        self._accept()

    def _all(self) -> None:
        self.accept()
        self.picked.emit([])


_LONGEST = 8  # characters of the values on the button
