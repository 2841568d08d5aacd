"""How a kind of field looks in a list: alignment, width, and the masks of what names a citizen.

A list never shows a citizen's full name, phone or identity number (design §3, Silence and masks);
a link's words are titles, and titles are masked already.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt

from desktop.core.fields import (
    Choice,
    Choices,
    Clock,
    Day,
    Field,
    IdNumber,
    Integer,
    Kind,
    Link,
    LongText,
    Named,
    NamedList,
    PersonName,
    Phone,
    YesNo,
)
from desktop.core.names import mask_id, mask_name, mask_phone, mask_words
from desktop.core.record import Record
from desktop.ledger.ledger import Ledger


class Width(Enum):
    """How many Hanzi a column is wide, and whether it takes a share of the room that is left."""

    NARROW = (4, False)
    SHORT = (7, False)
    MEDIUM = (10, False)
    WIDE = (16, True)
    WIDEST = (24, True)

    @property
    def hanzi(self) -> int:
        """Width in Hanzi."""
        return self.value[0]

    @property
    def grows(self) -> bool:
        """Whether it takes a share of the room that is left."""
        return self.value[1]


_WIDTHS: dict[type[Kind], Width] = {
    Integer: Width.NARROW,
    YesNo: Width.NARROW,
    Clock: Width.NARROW,
    PersonName: Width.SHORT,
    Day: Width.SHORT,
    Choice: Width.MEDIUM,
    Phone: Width.MEDIUM,
    Named: Width.MEDIUM,
    Link: Width.MEDIUM,
    IdNumber: Width.WIDE,
    Choices: Width.WIDE,
    NamedList: Width.WIDE,
    LongText: Width.WIDEST,
}


def width(kind: Kind) -> Width:
    """The width of a column of that kind; measuring 20,000 rows would take seconds."""
    return next((_WIDTHS[c] for c in type(kind).__mro__ if c in _WIDTHS), Width.WIDE)


def alignment(kind: Kind) -> Qt.AlignmentFlag:
    """Numbers stand right, in columns; everything else left."""
    side = Qt.AlignmentFlag.AlignRight if isinstance(kind, Integer) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def masked(kind: Kind, text: str) -> str:
    """The words of a value as a list may show them, on one line."""
    if isinstance(kind, PersonName):
        return mask_name(text)
    if isinstance(kind, Phone):
        return mask_phone(text)
    if isinstance(kind, IdNumber):
        return mask_id(text)
    if isinstance(kind, LongText):
        text = mask_words(text)
    return " ".join(text.split())


def shown(field: Field, text: str) -> str:
    """The words of one field as a list may show them."""
    return masked(field.kind, text) if text else ""


def texts(ledger: Ledger, record: Record) -> dict[str, str]:
    """Field name -> words for a list; to be called where the ledger may be asked."""
    plain = ledger.texts(record)
    return {f.name: shown(f, plain[f.name]) for f in record.type.columns}
