"""Picking from a list while typing: registers (lhz finds 柳河镇) and code lists.

The list is a child of the window, never a window of its own: it takes no focus, so the input method
stays with the line edit, which is a stock one without QCompleter (fcitx5-qt#71). Keys are looked at
only while nothing is being composed. Answers of the ledger come later than keys: an Enter that was
quicker than the answer takes the first offer when it comes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import theme
from desktop.gui.desk import Desk
from desktop.ledger import pinyin
from desktop.ledger.ledger import Ledger
from desktop.work.registers import suggest

_ROWS = 9  # as many as one digit can name
_slots = itertools.count()


@dataclass(frozen=True)
class Offer:
    """One line of the list: what it stands for, what it is called, what tells it from its like."""

    value: str
    label: str
    hint: str = ""
    meant: bool = False  # whether the words, as they stand, name this one


Answer = Callable[[list[Offer]], None]
Source = Callable[[str, Answer], None]


def from_register(
    desk: Desk, targets: tuple[str, ...], near: Callable[[], list[Offer]] | None = None
) -> Source:
    """Offers from the ledger's registers; `near` is offered while nothing is typed."""
    slot = f"pick-{next(_slots)}"  # one a field: the next field's question is no newer answer

    def ask(words: str, answer: Answer) -> None:
        close = near() if near else []
        if not words.strip():
            answer(close)
            return
        first = [o for o in close if fits(o.label, words)]

        day = desk.day()

        def find(ledger: Ledger) -> list[Offer]:
            known = {o.value for o in first}
            return first + [o for o in _found(ledger, targets, words, day) if o.value not in known]

        desk.operations.read(find, answer, slot=slot)

    return ask


def exactly(desk: Desk, targets: tuple[str, ...]) -> Source:
    """Offers for a name that is finished; unlike those while typing, none supersedes another."""

    def ask(words: str, answer: Answer) -> None:
        day = desk.day()
        desk.operations.read(lambda ledger: _found(ledger, targets, words, day), answer)

    return ask


def _found(ledger: Ledger, targets: tuple[str, ...], words: str, day: date | None) -> list[Offer]:
    found = suggest(ledger, targets, words, on=day)
    return [Offer(s.id, s.label, s.hint, s.meant) for s in found]


def from_labels(labels: Callable[[], list[str]]) -> Source:
    """Offers from a list of labels: by digits (their place in it), initials, or any part."""

    def ask(words: str, answer: Answer) -> None:
        numbered = [(str(n), label) for n, label in enumerate(labels(), 1)]
        words = words.strip()
        if words.isdecimal():
            plain = str(int(words))
            fitting = [(n, o) for n, o in numbered if n.startswith(plain) or words in o]
            fitting.sort(key=lambda item: item[0] != plain)
        else:
            fitting = [(n, o) for n, o in numbered if fits(o, words)]
            fitting.sort(key=lambda item: not item[1].startswith(words))
        answer([Offer(label, label, number) for number, label in fitting])

    return ask


def fits(label: str, words: str) -> bool:
    """Whether words are a part of a label, or of its pinyin initials."""
    words = words.strip().lower()
    if words in label.lower():
        return True
    return words.isascii() and any(words in spelt for spelt in pinyin.variants(label))


class OfferList(QFrame):
    """The list itself, under (or above) the field."""

    picked = QtSignal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window_of = window
        theme.set_kind(self, "sheet")
        self.view = QListWidget(self)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setItemDelegate(_OfferLine(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.itemClicked.connect(lambda item: self.picked.emit(_offer(item)))
        inner = QVBoxLayout(self)
        inner.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        inner.addWidget(self.view)
        self.hide()

    def offer(self, offers: list[Offer], field: QWidget, *, first: bool) -> None:
        """Show offers at a field; `first` makes the first one the one that Enter takes."""
        self.view.clear()
        for one in offers:
            item = QListWidgetItem(one.label)
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.view.addItem(item)
        self.view.setCurrentRow(0 if first else -1)
        self._place(field)
        self.show()
        self.raise_()

    def current(self) -> Offer | None:
        """The one that Enter takes."""
        item = self.view.currentItem()
        return _offer(item) if item else None

    def step(self, by: int) -> None:
        """Go up or down, round the end."""
        rows = self.view.count()
        if rows:
            at = self.view.currentRow()
            self.view.setCurrentRow((at + by) % rows if at >= 0 else (0 if by > 0 else rows - 1))

    def _place(self, field: QWidget) -> None:
        window = self.window_of
        rows = min(self.view.count(), _ROWS)
        metrics = self.view.fontMetrics()
        offers = [_offer(self.view.item(r)) for r in range(self.view.count())]
        words = max((metrics.horizontalAdvance(f"{o.label}　{o.hint}") for o in offers), default=0)
        scroll = theme.L if self.view.count() > rows else 0
        width = max(field.width(), words + theme.XL * 2 + scroll)
        size = QSize(min(width, window.width() - theme.S), rows * theme.ROW + theme.S + 2)
        at = field.mapTo(window, QPoint(0, field.height()))
        above = field.mapTo(window, QPoint(0, 0)).y() - size.height()
        if at.y() + size.height() > window.height() and above >= 0:
            at.setY(above)
        at.setX(max(0, min(at.x(), window.width() - size.width())))
        self.setGeometry(at.x(), at.y(), size.width(), size.height())


def _offer(item: QListWidgetItem) -> Offer:
    offer: Offer = item.data(Qt.ItemDataRole.UserRole)
    return offer


class _OfferLine(QStyledItemDelegate):
    """Label at the left, hint at the right, quiet."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme.ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        offer: Offer = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setPen(theme.colors().color("quiet"))
        inner = option.rect.adjusted(0, 0, -theme.S, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, right, offer.hint)
        painter.restore()


class Picking(QObject):
    """Lets a line edit offer what fits the words in it."""

    picked = QtSignal(object)  # Offer
    passed = QtSignal()  # Enter: nothing to pick, go on to the next field
    backspaced = QtSignal()  # in an empty line

    def __init__(self, line: QLineEdit, source: Source, *, frame: QWidget | None = None) -> None:
        super().__init__(line)
        self.source = source
        self.opens_on_focus = False
        self._line = line
        self._frame = frame or line
        self._list: OfferList | None = None
        self._composing = False
        self._asked = 0
        self._waiting = False
        self._take_first = False
        line.installEventFilter(self)
        line.textEdited.connect(self._typed)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    @property
    def is_expecting(self) -> bool:
        """Whether an Enter waits for the answer of the ledger."""
        return self._take_first

    def take_spelt(self) -> None:
        """Take the offer under letters or digits: nobody leaves those as they are on purpose."""
        current = self._shown().current() if self.is_open else None
        words = self._line.text().strip()
        if current is not None and words and words.isascii():
            self._picked(current)

    def close(self) -> None:
        """Put the list away and forget the question."""
        self._asked += 1
        self._waiting = self._take_first = False
        if self._list is not None:
            self._list.hide()

    def ask(self, words: str) -> None:
        """Offer what fits the words; all there is for none."""
        self._asked += 1
        self._waiting = True
        number = self._asked
        self.source(words, lambda offers: self._answer(number, words, offers))

    def _typed(self, words: str) -> None:
        if self._composing:
            return
        if words.strip() or self.opens_on_focus:
            self.ask(words)
        else:
            self.close()

    def _answer(self, number: int, words: str, offers: list[Offer]) -> None:
        if number != self._asked:
            return
        self._waiting = False
        if self._take_first:
            self._take_first = False
            if offers:
                self.picked.emit(offers[0])
            return
        if not offers or not self._line.hasFocus():
            self.close()
            return
        self._shown().offer(offers, self._frame, first=bool(words.strip()))

    def _shown(self) -> OfferList:
        window = self._line.window()
        if self._list is None or self._list.parentWidget() is not window:
            if self._list is not None:
                self._list.deleteLater()
            self._list = OfferList(window)
            self._list.picked.connect(self._picked)
            # The list stands in the window: when the sheet under it scrolls, it must go.
            above = self._line.parentWidget()
            while above is not None:
                if isinstance(above, QScrollArea):
                    above.verticalScrollBar().valueChanged.connect(self._list.hide)
                above = above.parentWidget()
            self._line.destroyed.connect(self._list.deleteLater)
        return self._list

    def _picked(self, offer: Offer) -> None:
        self.close()
        self.picked.emit(offer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what happens in the line edit."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif kind == QEvent.Type.FocusOut:
            # An Enter that waits for its answer goes on waiting.
            self.take_spelt()
            if self._list is not None:
                self._list.hide()
        elif kind == QEvent.Type.FocusIn:
            if self.opens_on_focus and not self._line.text():
                self.ask("")
        elif kind == QEvent.Type.MouseButtonPress:
            if not self.is_open and (self.opens_on_focus or not self._line.text()):
                self.ask("")
        elif self._composing or not isinstance(event, QKeyEvent):
            pass
        elif kind == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape and self.is_open:
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress:
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        control = modifiers & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not control:
            if self.is_open:
                self._shown().step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.ask("" if self.opens_on_focus else self._line.text())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._enter()
            return True
        if key == Qt.Key.Key_Escape and self.is_open:
            self.close()
            return True
        if key == Qt.Key.Key_Backspace and not self._line.text():
            self.backspaced.emit()
        return False

    def _enter(self) -> None:
        current = self._shown().current() if self.is_open else None
        if current is not None:
            self._picked(current)
        elif self._waiting and self._line.text().strip():
            self._take_first = True
            if self._list is not None:
                self._list.hide()
            self.passed.emit()
        else:
            self.close()
            self.passed.emit()
