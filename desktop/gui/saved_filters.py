"""Filters that a person named: small buttons over a list, each with how many records fit it now.

The counts come late, on a thread of their own, and are given up as soon as newer ones are wanted;
the list never waits for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.gui import frames, theme
from desktop.gui.chips import Flow
from desktop.gui.filters import Filters, kept, restored
from desktop.gui.list_source import ListSource
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger import preferences
from desktop.ledger.ledger import Ledger

MOST = 20
_LONGEST = 20  # characters of a name


class SavedFilters(QWidget):
    """The buttons; the link that saves what is set now stands where the list puts it."""

    picked = Signal(object)  # Filters

    def __init__(
        self, operations: Operations, source: ListSource, today: Callable[[], dt.date]
    ) -> None:
        """Empty and hidden until there is something to show."""
        super().__init__()
        self.key = f"filters of {source.of.name}"
        self.saved: list[dict[str, Any]] = []
        self.counts: list[int] = []
        self._operations = operations
        self._source = source
        self._today = today
        self._now = restored({}, today())
        self._flow = Flow(self, theme.XS)
        self._flow.setContentsMargins(theme.L, 0, theme.L, theme.XS)
        self._buttons: list[QPushButton] = []
        self.save_link = frames.button(tr("保存这个筛选"), self.ask_name, "link")
        self._rest = QWidget()  # the flow gives its last item what is left of the line
        self._flow.addWidget(self._rest)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._dress()

    def show_kept(self, saved: object) -> None:
        """Show what was kept; what is no filter (another version wrote it) isn't shown."""
        listed = saved if isinstance(saved, list) else []
        self.saved = [
            one
            for one in listed
            if isinstance(one, dict) and isinstance(one.get("name"), str) and "state" in one
        ]
        self.counts = []
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for at, one in enumerate(self.saved):
            button = QPushButton(one["name"])
            button.setCheckable(True)
            button.setAutoDefault(False)
            theme.set_kind(button, "name")
            button.clicked.connect(lambda _c=False, n=at: self._pick(n))
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            button.customContextMenuRequested.connect(lambda _p, n=at: self.offer(n))
            button.setToolTip(tr("点一下用它；右键或菜单键改名、删除、换位置"))
            self._flow.insert(at, button)
            self._buttons.append(button)
            button.show()
        self._dress()
        self.count()

    def note(self, filters: Filters) -> None:
        """Mark which of them is set now."""
        self._now = filters
        self._dress()

    def count(self) -> None:
        """Count anew; what was being counted is given up."""
        if not self.saved:
            return
        source, today = self._source, self._today()
        wanted = [restored(one["state"], today, source) for one in self.saved]

        def job(ledger: Ledger) -> list[int]:
            return [ledger.count(one.query(ledger, source, (), -1)) for one in wanted]

        self._operations.read(job, self._show_counts, slot=f"counts of {id(self)}", late=True)

    def save(self, name: str) -> None:
        """Keep what is set now under a name; one of that name is replaced."""
        state = {"name": name, "state": kept(self._now)}
        names = [one["name"] for one in self.saved]
        if name in names:
            self.saved[names.index(name)] = state
        else:
            self.saved.append(state)
        self._keep()

    def rename(self, at: int, name: str) -> None:
        """Give one another name."""
        self.saved[at] = self.saved[at] | {"name": name}
        self._keep()

    def remove(self, at: int) -> None:
        """Forget one; no record is touched."""
        del self.saved[at]
        self._keep()

    def shift(self, at: int, step: int) -> None:
        """Let one change places with its neighbour."""
        to = at + step
        if 0 <= to < len(self.saved):
            self.saved[at], self.saved[to] = self.saved[to], self.saved[at]
            self._keep()

    def ask_name(self) -> None:
        """Ask what the filter is to be called."""
        words = "、".join([*(c.words for c in self._now.chosen), *filter(None, [self._now.words])])
        dialog = NameDialog(words[:_LONGEST], self.window())
        dialog.named.connect(self.save)
        dialog.open()

    def offer(self, at: int) -> None:
        """The menu of one of them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("改名…")).triggered.connect(lambda: self._ask_rename(at))
        menu.addAction(tr("往前放")).triggered.connect(lambda: self.shift(at, -1))
        menu.addAction(tr("往后放")).triggered.connect(lambda: self.shift(at, 1))
        menu.addSeparator()
        menu.addAction(tr("删除这个筛选")).triggered.connect(lambda: self.remove(at))
        button = self._buttons[at]
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    # ---- how it is done ------------------------------------------------------------------------

    def _pick(self, at: int) -> None:
        state = self.saved[at]["state"]
        self.picked.emit(restored(state, self._today(), self._source))

    def _ask_rename(self, at: int) -> None:
        dialog = NameDialog(self.saved[at]["name"], self.window())
        dialog.named.connect(lambda name: self.rename(at, name))
        dialog.open()

    def _keep(self) -> None:
        key, value = self.key, list(self.saved)
        self._operations.write("", lambda ledger, *_: preferences.keep(ledger, key, value))
        self.show_kept(self.saved)

    def _show_counts(self, counts: list[int]) -> None:
        self.counts = counts
        for button, one, count in zip(self._buttons, self.saved, counts, strict=False):
            button.setText(f"{one['name']}　{count:,}")
            button.updateGeometry()

    def _dress(self) -> None:
        state = kept(self._now)
        same = [one["state"] == state for one in self.saved]
        for button, on in zip(self._buttons, same, strict=True):
            button.setChecked(on)
        offers = self._now.narrow and not any(same) and len(self.saved) < MOST
        self.save_link.setVisible(offers)
        self.setVisible(bool(self.saved))


class NameDialog(QDialog):
    """Asks for the name of a filter."""

    named = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start from a name."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("保存筛选"))
        self.line = QLineEdit(name)
        self.line.setMaxLength(_LONGEST)
        self.line.setAccessibleName(tr("名称"))
        self.line.selectAll()
        good = frames.button(tr("保存"), self._accept, "primary")
        good.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(frames.label(tr("给这个筛选起个名字，以后点一下就用，右边一直有条数")))
        column.addWidget(self.line)
        column.addLayout(frames.row(None, frames.button(tr("取消"), self.reject), good))
        self.line.setFocus()

    def _accept(self) -> None:
        name = " ".join(self.line.text().split())
        if name:
            self.accept()
            self.named.emit(name)
        else:
            self.line.setFocus()
