"""Search over everything: hits while one types, by type, newest first; how many come later.

The field keeps the keyboard all the time (a popup window would take it, and half-typed Chinese with
it); while the input method composes, `textChanged` stays silent, so nothing is looked up yet.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from desktop.gui import icons, theme
from desktop.gui.operations import Operations
from desktop.gui.screens.hit_list import ALL, HIT, HitList
from desktop.gui.translate import tr
from desktop.ledger.search import Hit
from desktop.work.found import Group, find_all, find_first


class SearchField(QLineEdit):
    """The field at the top of the window, with its list of hits."""

    wanted_record = Signal(str, str)  # type, id
    wanted_list = Signal(str, str)  # type, words
    left = Signal()

    def __init__(
        self, operations: Operations, parent: QWidget, listed: Collection[str] = ()
    ) -> None:
        """Search with the threads; `parent` is the window that the hits lie over.

        `listed` are the types whose hits may be shown as a list.
        """
        super().__init__(parent)
        self._operations = operations
        self._listed = frozenset(listed)
        self._counted = False
        self._wait = QTimer(self, singleShot=True, interval=120)
        self._wait.timeout.connect(self._look)
        self.hits = HitList(parent)
        self.hits.itemClicked.connect(self._open)
        self.setPlaceholderText(tr("搜索（汉字或拼音首字母）  Ctrl+F"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(lambda _text: self._wait.start())
        self._sign = self.addAction(
            icons.icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition
        )

    def dress(self) -> None:
        """Draw the icon in the colour of the theme."""
        self._sign.setIcon(icons.icon("search", "quiet"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk through the hits, Enter opens one, Esc leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hits.isVisible():
            self.hits.walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._wait.stop()
            self._open(self.hits.currentItem() if self.hits.isVisible() else None)
        elif key == Qt.Key.Key_Escape:
            self.hits.hide()
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the hits away, unless a menu of the field took the keyboard."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.hits.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the hits of what stands there."""
        super().focusInEvent(event)
        if self.text().strip():
            self._look()

    def _look(self) -> None:
        words = self.text().strip()
        if not words:
            self.hits.hide()
            return
        read = self._operations.read
        self._operations.drop("search counts")
        self._counted = False
        read(lambda ledger: find_first(ledger, words), self._show_first, slot="search")
        # A frequent word takes long to count: beside what one looks at, and given up when the next
        # letter comes.
        read(
            lambda ledger: find_all(ledger, words), self._show_all, slot="search counts", late=True
        )

    def _show_first(self, groups: list[Group]) -> None:
        if not self._counted:  # the threads are two: either answer may be the first
            self._show(groups)

    def _show_all(self, groups: list[Group]) -> None:
        self._counted = True
        self._show(groups)

    def _show(self, groups: list[Group]) -> None:
        words = self.text().strip()
        if not words or not self.hasFocus():
            return
        corner = self.mapTo(self.window(), QPoint(0, self.height() + theme.XS))
        self.hits.show_groups(groups, words, self._listed)
        # Wider than the field: the words around a hit need room.
        wide = min(max(self.width(), theme.PAGE), self.window().width() - 2 * theme.L)
        left = min(corner.x(), self.window().width() - wide - theme.L)
        self.hits.setGeometry(left, corner.y(), wide, self.hits.wanted_height())
        self.hits.show()
        self.hits.raise_()

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        hit, whole, words = item.data(HIT), item.data(ALL), self.text().strip()
        if not isinstance(hit, Hit) and not whole:
            return
        self.hits.hide()
        self.clear()
        if isinstance(hit, Hit):
            self.wanted_record.emit(hit.type, hit.id)
        else:
            self.wanted_list.emit(str(whole), words)
