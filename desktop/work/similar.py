"""Suggestions that may be one and the same: found by their words, shown with the reason.

The program never joins them; a person does, or keeps them apart for good. Only what is suggested,
where and in which field is compared, never who made it. Candidates come from the search index (rare
pieces of words weigh more), so that a ledger of 100,000 rows answers while somebody types; those
few are then compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from desktop.core.fields import is_id
from desktop.core.progress import Progress, Silent
from desktop.ledger.ledger import Ledger
from desktop.ledger.search_text import fold
from desktop.records import Suggestion
from desktop.work import doubles

LEAST = 6  # characters: shorter words resemble too much
CANDIDATES = 40  # compared for each
PIECES = 40  # of two characters, asked for at most
ALIKE = 68  # of 100
SHORTER = 0.92  # what a shorter text counts that stands within a longer one
REORDERED = 0.85  # what the same characters count in another order: 赶集日增开班车, 增开赶集班车
HEAD = 5  # characters of a clause that says something
MOST_LONGER = 2  # times: within a clause longer than that, the same characters are chance
SAME_PLACE, SAME_FIELD, OTHER_PLACE = 8, 3, -12
_READ = 400  # characters of a text that words in common are sought in
SHOWN = 3  # words in common that are named

# What nearly every suggestion begins with; it says nothing about the matter.
_FILLERS = re.compile(
    "希望|建议|要求|请求|恳请|盼望|能否|能不能|可否|群众|村民|居民|反映|提出|尽快|及时|政府|有关部门"
    "|相关部门|我们|我村|本村|我镇|应该|应当|进一步|一下|一个|一条|方便|解决"
)
_NUMBERS = re.compile(r"\d{5}")  # telephone and other numbers are no words in common
_NO_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Alike:
    """A suggestion that may be the same as the one asked about, and why."""

    id: str
    title: str
    date: dt.date | None
    score: int
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return "，".join(self.reasons)


@dataclass(frozen=True)
class Pair:
    """Two suggestions that may be one: the newer one, and the one that was there before."""

    newer: Suggestion
    older: Suggestion
    score: int
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return "，".join(self.reasons)


def bare(content: str) -> str:
    """The words that matter: folded, without punctuation and what every suggestion begins with."""
    return _NO_WORDS.sub("", _FILLERS.sub(" ", fold(content)))


def similar(
    ledger: Ledger, one: Suggestion, *, limit: int = SHOWN, apart_from: Iterable[str] = ()
) -> list[Alike]:
    """The suggestions most like one that is being written, or is on record."""
    left_out = {one.id, *apart_from}
    found = [
        Alike(other.id, ledger.titles.words(other.id), other.date, score, reasons)
        for other, score, reasons in _compared(ledger, one, left_out)
    ]
    return found[:limit]


def similar_pairs(
    ledger: Ledger, ids: Iterable[str], progress: Progress | None = None
) -> list[Pair]:
    """Each new suggestion with the older (or other new) one that it is most like; the likest first.

    One pair for each: six people who say the same are five pairs, not fifteen.
    """
    progress = progress or Silent()
    new = ledger.fetch(Suggestion, ids)
    joined = doubles.mains(ledger, [one.id for one in new])
    best: dict[str, Pair] = {}
    for at, one in enumerate(new):
        progress.step(at, len(new), "正在找相近的建议")
        if one.removed or one.id in joined:
            continue
        for other, score, reasons in _compared(ledger, one, {one.id}):
            older, newer = sorted((one, other), key=_age)
            pair, former = Pair(newer, older, score, reasons), best.get(newer.id)
            if former is None or _rank(pair) < _rank(former):
                best[newer.id] = pair
    return sorted(best.values(), key=_rank)


def _age(one: Suggestion) -> tuple[dt.date, str]:
    return one.date or dt.date.max, one.id


def _rank(pair: Pair) -> tuple[int, tuple[dt.date, str], str]:
    return -pair.score, _age(pair.older), pair.newer.id


def _compared(
    ledger: Ledger, one: Suggestion, left_out: set[str]
) -> list[tuple[Suggestion, int, tuple[str, ...]]]:
    words = bare(one.content)
    if len(words) < LEAST:
        return []
    ids = [i for i in ledger.resembling(_pieces(words), Suggestion.type, CANDIDATES)
           if i not in left_out]  # fmt: skip
    joined = doubles.mains(ledger, ids)
    apart = frozenset[str]().union(*doubles.kept_apart(ledger, [one.id])) if one.id else ()
    found = []
    for other in ledger.fetch(Suggestion, [i for i in ids if i not in joined and i not in apart]):
        if other.removed or other.converted:
            continue
        score = _score(one, other, words, bare(other.content))
        if score >= ALIKE:
            found.append((other, score, _reasons(ledger, one, other)))
    return sorted(found, key=lambda f: (-f[1], f[0].id))


def _pieces(words: str) -> list[str]:
    pairs = list(dict.fromkeys(words[at : at + 2] for at in range(len(words) - 1)))
    step = max(len(pairs) / PIECES, 1.0)
    return [pairs[int(at * step)] for at in range(min(len(pairs), PIECES))]


def _score(one: Suggestion, other: Suggestion, a: str, b: str) -> int:
    """How alike two are, of 100; what one says more than the other doesn't make them different."""
    alike = fuzz.ratio(a, b)
    if min(len(a), len(b)) >= LEAST:
        alike = max(alike, SHORTER * fuzz.partial_ratio(a, b))
    alike = max(alike, REORDERED * _shared(_head(one.content), _head(other.content)))
    if one.place and other.place and is_id(one.place) == is_id(other.place):
        alike += SAME_PLACE if one.place == other.place else OTHER_PLACE
    if one.kind and one.kind == other.kind:
        alike += SAME_FIELD
    return min(round(alike), 100)


def _head(content: str) -> str:
    """The first clause: what is asked for; reasons and wishes come behind it."""
    clauses = (bare(clause) for clause in re.split(r"[，。；！？,;!?\n]", content))
    return next((clause for clause in clauses if len(clause) >= HEAD), "")


def _shared(a: str, b: str) -> float:
    """Of 100: how much of the shorter clause is in the longer, in whatever order."""
    short, long = sorted((a, b), key=len)
    if len(short) < HEAD or len(long) > MOST_LONGER * len(short):
        return 0.0
    return 100.0 * (Counter(short) & Counter(long)).total() / len(short)


def _reasons(ledger: Ledger, one: Suggestion, other: Suggestion) -> tuple[str, ...]:
    found = []
    if one.place and one.place == other.place:
        found.append(f"同在{ledger.titles.words(one.place)}")
    elif one.place and other.place:
        found.append(f"地点不同（{'、'.join(map(ledger.titles.words, (one.place, other.place)))}）")
    if one.kind and one.kind == other.kind:
        found.append(f"同属{one.kind}")
    if words := common_words(one.content, other.content):
        found.append(f"都说到{'、'.join(f'“{w}”' for w in words)}")
    return tuple(found)


def common_words(one: str, other: str) -> list[str]:
    """The longest words that both texts hold, in the order of the first: those that matter."""
    a, b = (_FILLERS.sub("\n", " ".join(text.split()))[:_READ] for text in (one, other))
    pieces: dict[str, None] = {}
    for clause in re.split(r"[\W_]+", a):
        at = 0
        while at < len(clause) - 1:
            end = at + 2
            while end <= len(clause) and clause[at:end] in b:
                end += 1
            piece = clause[at : end - 1]
            if len(piece) >= 2 and not _NUMBERS.search(piece):
                pieces[piece] = None
            at = max(end - 1, at + 1)
    longest = sorted(pieces, key=lambda w: -len(w))[:SHOWN]
    return [w for w in pieces if w in longest]
