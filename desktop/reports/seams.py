"""Mends the punctuation where a passage fell out of a sentence, and only there.

An author's own marks elsewhere stay as they are. A seam is also set around words that clerks typed,
since they often end in a mark that the template has too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.reports.document import Run

STRENGTH = {"、": 1, "，": 2, "；": 3, "：": 4, "。": 5, "！": 6, "？": 6}
PAIRS = {"（": "）", "“": "”", "《": "》", "〔": "〕", "【": "】"}
CLOSING = frozenset(PAIRS.values())


@dataclass(frozen=True)
class Seam:
    """A place where something fell away or came in; or where a paragraph ends inside a word."""

    paragraph: bool = False


def mended(pieces: Iterable[Run | Seam], ending: str = "。") -> tuple[Run, ...]:
    """The runs of a paragraph with the marks on both sides of each seam made one.

    `ending` takes the place of a mark that the fall of the last passage left at the end.
    """
    left: list[Run] = []
    right = [piece for piece in pieces if isinstance(piece, Seam) or piece.text]
    while right:
        piece = right.pop(0)
        if isinstance(piece, Run):
            left.append(piece)
        else:
            _mend(left, right, ending)
    return _joined(left)


def _mend(left: list[Run], right: list[Run | Seam], ending: str) -> None:
    """Drop marks at the end of `left` and the start of `right` until they go together."""
    while True:
        before = left[-1].text[-1] if left else ""
        following = _first(right)
        after = following.text[0] if following else ""
        if not before:
            if after not in STRENGTH:
                return
            _drop_first(right)
        elif not after:
            if STRENGTH.get(before, 9) >= STRENGTH["。"]:
                return
            _drop_last(left)
            if ending:
                left.append(Run(ending))
            return
        elif before in STRENGTH and after in STRENGTH:
            # 。 ends the sentence whatever stood before it; else the stronger mark stays.
            if STRENGTH[after] > STRENGTH[before]:
                _drop_last(left)
            else:
                _drop_first(right)
        elif PAIRS.get(before) == after:
            _drop_last(left)
            _drop_first(right)
        elif before in PAIRS and after in STRENGTH:
            _drop_first(right)
        elif before in STRENGTH and after in CLOSING and STRENGTH[before] < STRENGTH["。"]:
            _drop_last(left)
        else:
            return


def _first(right: list[Run | Seam]) -> Run | None:
    return next((piece for piece in right if isinstance(piece, Run)), None)


def _drop_first(right: list[Run | Seam]) -> None:
    index = next(index for index, piece in enumerate(right) if isinstance(piece, Run))
    run = right[index]
    assert isinstance(run, Run)
    if len(run.text) > 1:
        right[index] = replace(run, text=run.text[1:])
    else:
        del right[index]


def _drop_last(left: list[Run]) -> None:
    run = left.pop()
    if len(run.text) > 1:
        left.append(replace(run, text=run.text[:-1]))


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbouring runs of plain text made one."""
    found: list[Run] = []
    for run in runs:
        if found and not run.figure and not found[-1].figure and run.style == found[-1].style:
            found[-1] = replace(run, text=found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)
