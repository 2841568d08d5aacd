"""Serial numbers: counted up inside the operation that uses them, and never counted down.

They are no part of the history, so an undo doesn't give a number away a second time; a write that
fails takes the counting back with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from desktop.ledger import installation
from desktop.ledger.ledger import Ledger

LETTERS = "letters"  # in meta: installation -> its letter


def next_serial(ledger: Ledger, prefix: str) -> int:
    """The next number behind a prefix; call it inside `ledger.write`."""
    rows = ledger.rows(
        'INSERT INTO "serial"(prefix, last) VALUES (?, 1)'
        " ON CONFLICT(prefix) DO UPDATE SET last = last + 1 RETURNING last",
        [prefix],
    )
    return int(rows[0][0])


def known_letters(ledger: Ledger) -> dict[str, str]:
    """The letter of every other installation that has written, and of this one once it is kept."""
    kept: dict[str, str] = json.loads(ledger.meta(LETTERS) or "{}")
    seen = ledger.rows("SELECT installation FROM operation GROUP BY 1 ORDER BY min(counter)")
    own = ledger.meta("installation")
    for (one,) in seen:
        if one and one != own and one not in kept:
            kept[one] = _free(kept)
    return kept


def letter_of(ledger: Ledger) -> str:
    """The letter of this PC: the next free one for a new installation.

    Copies of the ledger that were made on this PC before have taken a letter that this copy can't
    know of; as many are left out.
    """
    own = ledger.meta("installation")
    letters = known_letters(ledger)
    if own in letters:
        return letters[own]
    others = installation.known_here(ledger.meta("ledger")) - letters.keys() - {own}
    for one in sorted(others):
        letters[one] = _free(letters)
    return _free(letters)


def keep_letter(ledger: Ledger, letter: str = "") -> str:
    """The letter of this PC, or the one chosen, remembered; call it inside `ledger.write`."""
    own, letter = ledger.meta("installation"), letter or letter_of(ledger)
    kept: dict[str, str] = json.loads(ledger.meta(LETTERS) or "{}")
    if kept.get(own) != letter:
        kept = known_letters(ledger) | {own: letter}
        ledger.rows(
            "INSERT INTO meta(key, value) VALUES (?, ?)"
            " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
            [LETTERS, json.dumps(kept, sort_keys=True)],
        )
    return letter


def _free(letters: Mapping[str, str]) -> str:
    """A … Z, then AA, AB …: the letter behind the last one that is taken."""
    taken = [_rank(letter) for letter in letters.values()]
    rank = max(taken, default=0) + 1
    words = ""
    while rank:
        rank, rest = divmod(rank - 1, 26)
        words = chr(ord("A") + rest) + words
    return words


def _rank(letter: str) -> int:
    rank = 0
    for sign in letter:
        rank = rank * 26 + ord(sign) - ord("A") + 1
    return rank
