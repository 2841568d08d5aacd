"""The text side of the search: what the index holds, and what a query means.

FTS5's tokenizers take a run of Hanzi as one word, or need three characters; so the index holds
single characters, each a token, and a word is a phrase of them: any 1-, 2- or 3-character part of
a word is found, with punctuation, * and emoji too. U+E000 stands between fields, else phrases run
across.

What a query means, without any index: its words are separated by whitespace; a record is found if
each word occurs in one of its fields, or, a word of Latin letters and digits, in one of its pinyin
initials. `matches` is that sentence as code; tests hold the index against it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

BETWEEN = "\ue000"

# 'Co' is for U+E000 and for characters of private use in old documents. All that these categories
# leave out are spaces, controls and invisible format characters, which `fold` drops.
CREATE = """CREATE VIRTUAL TABLE "search" USING fts5(
    "text", "initials", content='', contentless_delete=1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* P* S* M* Co'"
)"""


def fold(text: str) -> str:
    """The form that is compared: NFKC, lower case, nothing invisible; whitespace stays.

    Casefold after Unicode 15 §3.13 (toNFKC_Casefold), because lower() turns Σ into σ or ς by its
    neighbours and FTS5 makes them one.
    """
    seen = text.translate(_SEEN)
    if seen.isascii():
        return seen.lower()
    plain = unicodedata.normalize("NFKC", seen)
    return unicodedata.normalize("NFKC", plain.casefold())


def spaced(text: str) -> str:
    """Every character of the folded text as a token of its own; whitespace collapses to nothing."""
    return " ".join("".join(fold(text).split()))


def document(fields: Iterable[str], initials: Iterable[str]) -> tuple[str, str]:
    """What is stored in the columns `text` and `initials` for one record."""
    between = f" {BETWEEN} "
    return between.join(map(spaced, fields)), between.join(map(spaced, initials))


def phrase(query: str) -> str:
    """The FTS5 MATCH expression for what a person typed; empty if nothing in it can be searched."""
    parts = []
    for word in fold(query).split():
        quoted = '"' + " ".join(word).replace('"', '""') + '"'
        part = f"text : {quoted}"
        parts.append(f"({part} OR initials : {quoted})" if _may_be_initials(word) else f"({part})")
    return " AND ".join(parts)


def any_of(pieces: Iterable[str]) -> str:
    """The FTS5 MATCH expression for text that holds any of the pieces."""
    folded = dict.fromkeys("".join(fold(one).split()) for one in pieces)
    quoted = ['"' + " ".join(one).replace('"', '""') + '"' for one in folded if one]
    return f"text : ({' OR '.join(quoted)})" if quoted else ""


def matches(query: str, fields: Iterable[str], initials: Iterable[str]) -> bool:
    """Whether the query finds a record, read off field by field; the reference for the index."""
    words = fold(query).split()
    texts = ["".join(fold(field).split()) for field in fields]
    spelt = ["".join(fold(spelling).split()) for spelling in initials]
    return bool(words) and all(
        any(word in text for text in texts)
        or (_may_be_initials(word) and any(word in letters for letters in spelt))
        for word in words
    )


def _may_be_initials(word: str) -> bool:
    """Latin letters, with digits among them or not: lhz, lhz3z."""
    return word.isascii() and word.isalnum() and not word.isdigit()


def _is_seen(char: str) -> bool:
    """Whether a character is searched for: not a control, format, separator or variation selector.

    Variation selectors only choose a glyph (Unicode 15 §23.4); typed text never has them.
    """
    if char == BETWEEN or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return False
    if char.isspace():
        return True
    if ord(char) & 0xFFFE == 0xFFFE:
        return False  # noncharacters: SQLite reads them as U+FFFD
    category = unicodedata.category(char)
    return category[0] != "Z" and category not in ("Cc", "Cf", "Cs")


class _Seen(dict[int, int | None]):
    """For str.translate: a character to itself or to nothing, worked out once for each."""

    def __missing__(self, point: int) -> int | None:
        kept = point if _is_seen(chr(point)) else None
        self[point] = kept
        return kept


_SEEN = _Seen()
