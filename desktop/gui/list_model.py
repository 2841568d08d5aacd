"""RecordListModel: a list of any length: eight bytes a row, and the words of what one looks at.

Sorting and filtering are SQL's; there is no proxy model (20,000 rows: 2.1 s to sort through one,
1.0 s to filter). Rows are fetched in blocks on the reader thread when they come into view; until
then they are blank, and the window never waits. Of a record that is gone a disabled row stays until
the list looks again.

A row is known by its key: the row number in SQLite (an array of a million takes 8 MB; as many ids
took 100 MB and seconds), or, in the short lists that other screens put together, the record's id.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, TypeAlias

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
Key = int | str
Keys: TypeAlias = "Sequence[Key] | array[int]"
_ROOT = QModelIndex()


def read_rows(
    ledger: Ledger, source: ListSource, keys: Sequence[Key]
) -> dict[Key, tuple[str, Sequence[str]]]:
    """Key -> id and words of the rows; on a thread that reads."""
    numbers = [k for k in keys if isinstance(k, int)]
    ids: dict[Key, str] = {}
    ids.update(ledger.ids_of_rows(source.of, numbers).items())
    ids |= {k: k for k in keys if isinstance(k, str)}
    words = source.words(ledger, list(ids.values()))
    return {key: (one, words[one]) for key, one in ids.items() if one in words}


class RecordListModel(QAbstractTableModel):
    """Keys and a cache of rows; `show_ids` gives it what to list."""

    def __init__(
        self, operations: Operations, source: ListSource, parent: QObject | None = None
    ) -> None:
        """Start empty."""
        super().__init__(parent)
        self.source = source
        self.fetched = 0  # rows asked of the ledger so far; tests look at it
        self._operations = operations
        self._keys: Keys = []
        self._rows: dict[Key, tuple[str, Sequence[str]] | None] = {}
        self._former: dict[Key, tuple[str, Sequence[str]] | None] = {}  # until new words are here
        self._doubts: dict[str, str] = {}  # by id
        self._blocks: OrderedDict[int, None] = OrderedDict()
        self._wanted: dict[int, None] = {}  # in the order in which they came into view
        self._slot = f"rows of {id(self)}"
        # One question for all rows that a repaint asks for.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fetch)

    # ---- what the list holds -------------------------------------------------------------------

    @property
    def keys(self) -> Keys:
        """The keys in order; not to be changed."""
        return self._keys

    @property
    def ids(self) -> list[str]:
        """The ids in order, '' where a row wasn't looked at yet; for short lists."""
        return [self.id_at(row) for row in range(len(self._keys))]

    def id_at(self, row: int) -> str:
        """The id of a row; '' while it isn't known."""
        key = self._keys[row]
        if isinstance(key, str):
            return key
        known = self._rows.get(key) or self._former.get(key)
        return known[0] if known else ""

    def show_ids(self, ids: Keys, *, rest: bool = False) -> bool:
        """List these; returns whether anything else than the words of rows changed.

        `rest` says that the same question gave the first of them a moment ago.
        """
        if not rest:
            self._forget_rows()
        if ids == self._keys:
            if len(ids):
                last = self.index(len(ids) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return False
        former = len(self._keys)
        if former and ids[:former] == self._keys:
            # The rest after a first page: nothing that is on screen moves.
            self.beginInsertRows(_ROOT, former, len(ids) - 1)
            self._keys = ids
            self.endInsertRows()
            return True
        self.beginResetModel()
        self._keys = ids
        self.endResetModel()
        return True

    def show_source(self, source: ListSource) -> None:
        """Show other columns of the same type; what is listed has to be asked anew."""
        self.beginResetModel()
        self.source = source
        self._keys = []
        self._forget_rows()
        self._former = {}
        self.endResetModel()

    def row_of(self, key: Key) -> int:
        """The row of a key, or -1."""
        try:
            return self._keys.index(key)  # type: ignore[arg-type]  # either kind of sequence
        except (ValueError, TypeError):
            return -1

    def _forget_rows(self) -> None:
        self._former, self._rows = self._rows, {}
        self._blocks.clear()
        self._wanted.clear()

    # ---- Qt's questions ------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many records."""
        return 0 if parent.isValid() else len(self._keys)

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
        if not index.isValid() or index.row() >= len(self._keys):
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role == DOUBT_ROLE:
            return self._doubts.get(self.id_at(index.row()), "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        key = self._keys[index.row()]
        if key in self._rows:
            known = self._rows[key]
        else:
            self._want(index.row())
            known = self._former.get(key, ("", ("",) * self.columnCount()))
        if known is None:
            return tr("（这条已不在）") if index.column() == 0 else ""
        text = known[1][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            doubt = self._doubts.get(known[0], "") if index.column() == 0 else ""
            shown = [text] if len(text) > _SHORT else []
            return "\n".join([*shown, *([doubt] if doubt else [])]) or None
        return text.replace("\n", " ")

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows of records that are gone can't be chosen."""
        if not index.isValid() or index.row() >= len(self._keys):
            return Qt.ItemFlag.NoItemFlags
        if self._rows.get(self._keys[index.row()], ("", ())) is None:
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
        keys = [k for b in blocks for k in self._keys[b * BLOCK : (b + 1) * BLOCK]]
        if not keys:
            return
        self.fetched += len(keys)
        source = self.source

        def job(ledger: Ledger) -> Any:
            rows = read_rows(ledger, source, keys)
            ids = [one for one, _ in rows.values()]
            return keys, source, rows, source.doubts(ledger, ids) if source.doubts else {}

        self._operations.read(job, self._take, slot=self._slot)

    def _take(self, answer: Any) -> None:
        keys, source, rows, doubts = answer
        if source is not self.source:
            return
        for one, _ in rows.values():
            self._doubts.pop(one, None)
        self._doubts |= doubts
        self._rows.update((key, rows.get(key)) for key in keys)
        came = []
        for block in list(self._wanted):
            chunk = self._keys[block * BLOCK : (block + 1) * BLOCK]
            if all(k in self._rows for k in chunk):
                del self._wanted[block]
                self._blocks[block] = None
                came.append(block)
        while len(self._blocks) > BLOCKS_KEPT:
            old, _ = self._blocks.popitem(last=False)
            for key in self._keys[old * BLOCK : (old + 1) * BLOCK]:
                gone = self._rows.pop(key, None)
                self._doubts.pop(gone[0] if gone else "", None)
        for block in came:
            last = min((block + 1) * BLOCK, len(self._keys)) - 1
            self.dataChanged.emit(
                self.index(block * BLOCK, 0), self.index(last, self.columnCount() - 1)
            )


_SHORT = 12  # characters; longer words may be cut off, so the whole is shown on hovering
