"""What a search found, for a person to choose from: by type, with day, and why it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.fields import IdNumber, Link, LongText, Named, NamedList, PersonName, Phone
from desktop.core.names import mask_id, mask_name, mask_phone, mask_words
from desktop.core.record import Record
from desktop.ledger import pinyin, search_text
from desktop.ledger.ledger import Ledger
from desktop.ledger.search import Hit
from desktop.work.lists import dated_titles

MOST = 50
EACH = 5  # of one type
_AROUND = 12  # characters before the first word that was found
_LONG = 40


@dataclass(frozen=True)
class Found:
    """One record: the hit, its day, and the words around what was looked for ('' if in title)."""

    hit: Hit
    day: str = ""
    snippet: str = ""


@dataclass(frozen=True)
class Group:
    """The first records of one type; `count` is how many there are, -1 while that isn't known."""

    type: str
    found: tuple[Found, ...]
    count: int = -1


def find_first(ledger: Ledger, words: str) -> list[Group]:
    """The newest records that hold every word, in groups; fast at any size."""
    groups: dict[str, list[Hit]] = {}
    for hit in ledger.search(words, limit=MOST):
        groups.setdefault(hit.type, []).append(hit)
    return [Group(n, _told(ledger, words, hits[:EACH])) for n, hits in groups.items()]


def find_all(ledger: Ledger, words: str) -> list[Group]:
    """The same with counts, and with the types whose records aren't among the newest."""
    counts = ledger.search_counts(words)
    found = []
    seen = list(dict.fromkeys(hit.type for hit in ledger.search(words, limit=MOST)))
    for name in [*seen, *(n for n in counts if n not in seen)]:
        hits = ledger.search(words, [name], EACH)
        found.append(Group(name, _told(ledger, words, hits), counts.get(name, len(hits))))
    return found


def _told(ledger: Ledger, words: str, hits: Sequence[Hit]) -> tuple[Found, ...]:
    if not hits:
        return ()
    of = ledger.types[hits[0].type]
    ids = [h.id for h in hits]
    days: dict[str, str] = {}
    if of.dated_by:
        days = {one: told[0] for one, told in dated_titles(ledger, of, ids).items()}
    wanted = search_text.fold(words).split()
    records = {r.id: r for r in ledger.fetch(of.cls, ids)}
    return tuple(
        Found(h, days.get(h.id, ""), _snippet(ledger, records[h.id], h.title, wanted))
        for h in hits
        if h.id in records
    )


def _snippet(ledger: Ledger, record: Record, title: str, wanted: Sequence[str]) -> str:
    if all(word in search_text.fold(title) for word in wanted):
        return ""
    texts = ledger.texts(record)
    for field in record.type.columns:
        if not field.searchable or field.name in record.type.headline:
            continue
        text = " ".join(_masked(field.kind, texts[field.name]).split())
        folded = search_text.fold(text)
        places = [at for word in wanted if (at := folded.find(word)) >= 0]
        if places:
            first = max(min(places) - _AROUND, 0) if len(folded) == len(text) else 0
            piece = text[first : first + _LONG]
            cut = "…" if first + _LONG < len(text) else ""
            return f"{field.label}：{'…' if first else ''}{piece}{cut}"
    if any(_spells(title, word) for word in wanted):
        return ""
    for field in record.type.columns:  # found by initials: say the name that they stand for
        named = isinstance(field.kind, Named | NamedList | Link)
        text = texts[field.name]
        if field.searchable and named and any(_spells(text, word) for word in wanted):
            return f"{field.label}：{text[:_LONG]}"
    return ""


def _spells(text: str, word: str) -> bool:
    """Whether letters are initials of a part of a text."""
    return word.isascii() and any(
        word in spelt
        for part in text[:_LONG].replace("、", " ").split()
        for spelt in pinyin.variants(part) | pinyin.variants(part, person=True)
    )


def _masked(kind: object, text: str) -> str:
    if isinstance(kind, PersonName):
        return mask_name(text)
    if isinstance(kind, Phone):
        return mask_phone(text)
    if isinstance(kind, IdNumber):
        return mask_id(text)
    return mask_words(text) if isinstance(kind, LongText) else text
