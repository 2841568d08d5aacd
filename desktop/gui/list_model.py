"""RecordListModel: a list of any length that holds ids, and the words of the rows one looks at.

Sorting and filtering are SQL's; there is no proxy model (20,000 rows: 2.1 s to sort through one,
1.0 s to filter). Rows are fetched in blocks on the reader thread when they come into view; until
then they are blank, and the window never waits. Of a record that is gone a disabled row stays until
the list looks again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from desktop.gui.list_source import ListSource
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger

BLOCK = 64
BLOCKS_KEPT = 64
_BLOCKS_AT_ONCE = 4
ID_ROLE = Qt.ItemDataRole.UserRole
DOUBT_ROLE = Qt.ItemDataRole.UserRole + 1  # what a person should look at, or ''

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RecordListModel(QAbstractTableModel):
    """Ids and a cache of rows; `show_ids` gives it what to list."""

    def __init__(
        self, operations: Operations, source: ListSource, parent: QObject | None = None
    ) -> None:
        """Start empty."""
        super().__init__(parent)
        self.source = source
        self.fetched = 0  # rows asked of the ledger so far; tests look at it
        self._operations = operations
        self._ids: list[str] = []
        self._rows: dict[str, Sequence[str] | None] = {}
        self._doubts: dict[str, str] = {}
        self._former: dict[str, Sequence[str] | None] = {}  # shown until the new words are here
        self._blocks: OrderedDict[int, None] = OrderedDict()
        self._wanted: dict[int, None] = {}  # in the order in which they came into view
        self._slot = f"rows of {id(self)}"
        # One question for all rows that a repaint asks for.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fetch)

    # ---- what the list holds -------------------------------------------------------------------

    @property
    def ids(self) -> list[str]:
        """The ids in order; not to be changed."""
        return self._ids

    def show_ids(self, ids: list[str], *, rest: bool = False) -> bool:
        """List these ids; returns whether anything else than the words of rows changed.

        `rest` says that the same question gave the first of them a moment ago.
        """
        if not rest:
            self._forget_rows()
        if ids == self._ids:
            if ids:
                last = self.index(len(ids) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return False
        if self._ids and ids[: len(self._ids)] == self._ids:
            # The rest after a first page: nothing that is on screen moves.
            self.beginInsertRows(_ROOT, len(self._ids), len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
            return True
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()
        return True

    def row_of(self, record_id: str) -> int:
        """The row of a record, or -1."""
        try:
            return self._ids.index(record_id)
        except ValueError:
            return -1

    def _forget_rows(self) -> None:
        self._former, self._rows = self._rows, {}
        self._blocks.clear()
        self._wanted.clear()

    # ---- Qt's questions ------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many records."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.source.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.source.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.source.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; asks for the row if it isn't here yet."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == ID_ROLE:
            return self._ids[index.row()]
        if role == DOUBT_ROLE:
            return self._doubts.get(self._ids[index.row()], "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        record_id = self._ids[index.row()]
        if record_id in self._rows:
            words = self._rows[record_id]
        else:
            self._want(index.row())
            words = self._former.get(record_id, ("",) * self.columnCount())
        if words is None:
            return tr("（这条已不在）") if index.column() == 0 else ""
        text = words[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            doubt = self._doubts.get(record_id, "") if index.column() == 0 else ""
            shown = [text] if len(text) > _SHORT else []
            return "\n".join([*shown, *([doubt] if doubt else [])]) or None
        return text.replace("\n", " ")

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows of records that are gone can't be chosen."""
        if not index.isValid() or index.row() >= len(self._ids):
            return Qt.ItemFlag.NoItemFlags
        if self._rows.get(self._ids[index.row()], ()) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return (
            Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def _alignment(self, column: int) -> int:
        side = (
            Qt.AlignmentFlag.AlignRight
            if self.source.columns[column].right
            else (Qt.AlignmentFlag.AlignLeft)
        )
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    # ---- fetching ------------------------------------------------------------------------------

    def _want(self, row: int) -> None:
        block = row // BLOCK
        known = block in self._wanted
        self._wanted.pop(block, None)
        self._wanted[block] = None
        if not known:
            self._soon.start()

    def _fetch(self) -> None:
        # A newer question supersedes the former one, so it asks for what that one still owed, but
        # not for all that somebody scrolled past.
        blocks = list(self._wanted)[-_BLOCKS_AT_ONCE:]
        self._wanted = dict.fromkeys(blocks)
        ids = [i for b in blocks for i in self._ids[b * BLOCK : (b + 1) * BLOCK]]
        if not ids:
            return
        self.fetched += len(ids)
        words, doubts = self.source.words, self.source.doubts

        def job(ledger: Ledger) -> tuple[list[str], Any, dict[str, str]]:
            return ids, words(ledger, ids), doubts(ledger, ids) if doubts else {}

        self._operations.read(job, self._take, slot=self._slot)

    def _take(self, answer: tuple[list[str], Any, dict[str, str]]) -> None:
        ids, words, doubts = answer
        for record_id in ids:
            self._doubts.pop(record_id, None)
        self._doubts |= doubts
        self._rows.update((record_id, words.get(record_id)) for record_id in ids)
        came = []
        for block in list(self._wanted):
            chunk = self._ids[block * BLOCK : (block + 1) * BLOCK]
            if all(i in self._rows for i in chunk):
                del self._wanted[block]
                self._blocks[block] = None
                came.append(block)
        while len(self._blocks) > BLOCKS_KEPT:
            old, _ = self._blocks.popitem(last=False)
            for record_id in self._ids[old * BLOCK : (old + 1) * BLOCK]:
                self._rows.pop(record_id, None)
                self._doubts.pop(record_id, None)
        for block in came:
            last = min((block + 1) * BLOCK, len(self._ids)) - 1
            self.dataChanged.emit(
                self.index(block * BLOCK, 0), self.index(last, self.columnCount() - 1)
            )


_SHORT = 12  # characters; longer words may be cut off, so the whole is shown on hovering
