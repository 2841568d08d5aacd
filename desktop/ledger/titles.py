"""What a record is called in lists and links, and what it is found by.

A title is made of the type's headline fields with links resolved; citizens' names and numbers are
masked in it, because titles appear everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from desktop.core.fields import (
    Field,
    IdNumber,
    Link,
    LongText,
    Named,
    NamedList,
    PersonName,
    Phone,
    is_id,
)
from desktop.core.names import mask_id, mask_name, mask_phone, mask_words
from desktop.core.record import Record, RecordType
from desktop.ledger import pinyin, search_text

_CACHED = 200_000


def showing(of: RecordType, target: str) -> list[Field]:
    """The fields by which records of a type are found or named by the title of a `target`."""
    return [
        f
        for f in of.columns
        if isinstance(f.kind, Named | NamedList | Link)
        and target in f.kind.targets
        and (f.searchable or f.name in of.headline)
    ]


class Titles:
    """Titles by id, read when needed and remembered while the ledger is open."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, str] = {}
        self._initials: dict[tuple[str, bool], frozenset[str]] = {}

    def of(self, ids: Iterable[str]) -> dict[str, str]:
        """Id -> title; an id that isn't in this ledger is left out."""
        wanted = list(dict.fromkeys(i for i in ids if i))
        lacking = [i for i in wanted if i not in self._known]
        if len(self._known) > _CACHED:
            self._known.clear()
            lacking = wanted
        for at in range(0, len(lacking), 500):
            some = lacking[at : at + 500]
            marks = ",".join("?" * len(some))
            self._known.update(
                self._db.execute(f"SELECT id, title FROM entry WHERE id IN ({marks})", some)
            )
        return {i: self._known[i] for i in wanted if i in self._known}

    def forget(self) -> None:
        """Another connection has written: read again."""
        self._known.clear()

    def note(self, records: Iterable[Record]) -> None:
        """Learn the titles of records about to be written, so that they can name each other."""
        for record in records:
            self._known[record.id] = self._title(record)

    def words(self, value: str) -> str:
        """The words for a link: the target's title, or what was written."""
        if not is_id(value):
            return value
        return self.of([value]).get(value, "")

    def joined(self, values: Iterable[str]) -> str:
        """The words for several links."""
        return "、".join(filter(None, map(self.words, values)))

    def entry(self, record: Record) -> tuple[str, tuple[str, str]]:
        """Title of a record, and its search document (text, initials)."""
        texts: list[str] = []
        initials: list[str] = []
        for field in record.type.columns:
            value = getattr(record, field.name)
            if not field.searchable or value in ("", None, ()):
                continue
            kind = field.kind
            if isinstance(kind, Named | Link):
                words = [self.words(value)]
            elif isinstance(kind, NamedList):
                words = [self.words(v) for v in value]
            else:
                words = [kind.text(value)]
            texts += filter(None, words)
            named = isinstance(kind, Named | NamedList | PersonName)
            if named or field.name in record.type.headline:
                for word in words:
                    if word and len(word) <= 40:
                        initials += self._variants(word, named)
        title = self._known.get(record.id) or self._title(record)
        return title, search_text.document(texts, initials)

    def _variants(self, word: str, named: bool) -> frozenset[str]:
        key = (word, named)
        if key not in self._initials:
            if len(self._initials) > 20_000:
                self._initials.clear()
            plain = pinyin.variants(word)
            self._initials[key] = plain | pinyin.variants(word, person=True) if named else plain
        return self._initials[key]

    def _title(self, record: Record) -> str:
        parts: list[str] = []
        for name in record.type.headline:
            kind, value = record.type.field(name).kind, getattr(record, name)
            if isinstance(kind, Named | Link):
                parts.append(self.words(value))
            elif isinstance(kind, NamedList):
                parts.append(self.joined(value))
            elif isinstance(kind, PersonName):
                parts.append(mask_name(value))
            elif isinstance(kind, Phone):
                parts.append(mask_phone(value))
            elif isinstance(kind, IdNumber):
                parts.append(mask_id(value))
            elif isinstance(kind, LongText):
                parts.append(mask_words(value).replace("\n", " "))
            else:
                parts.append(kind.text(value).replace("\n", " "))
        return " ".join(p for p in parts if p)[:120]
