"""Find the header of a ledger in a foreign sheet, and tell which kind of ledger it is.

A kind is judged WHOLE: how much of the header fits it, whether its required columns are there, and
which words stand in title, sheet name and file name. One word proves nothing: 宣讲日期 heads the
date of an on-site ledger, 姓名 is sometimes a leader. What fits two kinds equally well is refused
with both names. No kind of ledger is named here; they are handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.core.ledger_kinds import Column, LedgerKind
from desktop.sheets.cells import Row, SheetCells
from desktop.sheets.titles import filled, plain, title_lines, without_brackets, words

# Titles, notes and blank rows above a header; no ledger seen has more than ten.
_SEARCHED = 40
_SERIAL = {"序号", "编号", "序", "号", "No", "NO", "no", "次序"}
_LEAST_FIT = 0.6
_CLOSE = 0.12


class Header(NamedTuple):
    """A header that was found: its rows (from 0), the titles of all columns, what stands above."""

    top: int
    bottom: int
    titles: list[str]
    lines: list[str]


class Match(NamedTuple):
    """How one kind of ledger fits one header."""

    kind: LedgerKind
    header: Header
    columns: dict[str, int]
    score: float
    missing: list[Column]


class Verdict(NamedTuple):
    """The kind that a sheet is of, or why none can be named (`rivals`: what it might be)."""

    match: Match | None
    problem: str = ""
    rivals: tuple[LedgerKind, ...] = ()


def judge(
    sheet: SheetCells, file_name: str, kinds: Sequence[LedgerKind], as_kind: str | None = None
) -> Verdict:
    """Say which kind of ledger a sheet is.

    Args:
        sheet: the cells.
        file_name: name of the file; its words weigh like those of the sheet's name.
        kinds: all kinds that there are.
        as_kind: the name of the kind that the user says it is; then only its columns are asked.
    """
    candidates = [kind for kind in kinds if as_kind is None or kind.name == as_kind]
    matches = [found for kind in candidates if (found := _best_match(sheet, file_name, kind))]
    if not matches:
        return Verdict(None, "没有认出表头")
    matches.sort(key=lambda match: -match.score)
    best = matches[0]
    if as_kind is None:
        if best.score < _LEAST_FIT:
            return Verdict(None, "没有认出表头", (best.kind,))
        rivals = [match for match in matches if best.score - match.score < _CLOSE]
        # One that lacks a required column is no rival of one that has them all.
        rivals = [match for match in rivals if not match.missing] or rivals
        best = rivals[0]
        if len(rivals) > 1:
            names = "、".join(f"「{match.kind.label}」" for match in rivals[:3])
            return Verdict(
                None,
                f"分不清是哪一种台账，可能是{names}，请用 --as 指明",
                tuple(match.kind for match in rivals),
            )
    if best.missing:
        names = "、".join(f"「{column.titles[0]}」" for column in best.missing)
        return Verdict(None, f"像是{best.kind.label}，但缺少{names}列", (best.kind,))
    return Verdict(best)


def map_columns(titles: Sequence[Sequence[str]], columns: Sequence[Column]) -> dict[str, int]:
    """Say which column of the sheet is which: key -> index.

    Args:
        titles: for each column of the sheet its possible titles, the best first.
        columns: of a kind of ledger; each is given away once, exact titles before those that only
            fit without what stands in brackets.
    """
    return _mapped(titles, _known_titles(columns))


class _Known(NamedTuple):
    """Which columns a title may head: as it stands, and without what is in brackets."""

    exact: dict[str, list[str]]
    loose: dict[str, list[str]]


def _known_titles(columns: Sequence[Column]) -> _Known:
    known = _Known({}, {})
    for column in columns:
        for title in column.titles:
            known.exact.setdefault(plain(title), []).append(column.key)
            known.loose.setdefault(without_brackets(plain(title)), []).append(column.key)
    return known


def _mapped(titles: Sequence[Sequence[str]], known: _Known) -> dict[str, int]:
    found: dict[str, int] = {}
    taken: set[int] = set()
    depth = max((len(options) for options in titles), default=0)
    for loose in (False, True):
        for level in range(depth):
            for index, options in enumerate(titles):
                if index in taken or level >= len(options):
                    continue
                title = options[level]
                keys = known.loose.get(without_brackets(title)) if loose else known.exact.get(title)
                key = next((key for key in keys or () if key not in found), None)
                if key is not None:
                    found[key] = index
                    taken.add(index)
    return found


def _best_match(sheet: SheetCells, file_name: str, kind: LedgerKind) -> Match | None:
    best: Match | None = None
    known = _known_titles(kind.columns)
    for top in range(min(len(sheet.rows), _SEARCHED)):
        if not _may_be_header(sheet.rows[top]):
            continue
        for bottom in (top, top + 1):
            found = _match(sheet, file_name, kind, known, top, bottom)
            if found and (best is None or _worth(found) > _worth(best)):
                best = found
    return best


def _worth(match: Match) -> tuple[int, int]:
    """More columns are better; a second row must earn its place, it may be a note or data."""
    return len(match.columns), match.header.top - match.header.bottom


def _may_be_header(row: Row) -> bool:
    used = filled(row)
    texts = sum(isinstance(row[index], str) for index in used)
    return texts >= 2 and texts == len(used)


def _match(
    sheet: SheetCells, file_name: str, kind: LedgerKind, known: _Known, top: int, bottom: int
) -> Match | None:
    if bottom > top and not _is_second_row(sheet, top, bottom):
        return None
    options = _options(sheet, top, bottom)
    columns = _mapped(options, known)
    if len(columns) < 2:
        return None
    titles = [option[0] if option else "" for option in options]
    lines = title_lines(sheet.rows[:top])
    header = Header(top, bottom, titles, lines)
    missing = [item for item in kind.columns if item.required and item.key not in columns]
    named = [title for title in titles if title and title not in _SERIAL]
    matched = sum(titles[index] not in _SERIAL for index in columns.values())
    required = sum(item.required for item in kind.columns)
    score = matched / max(len(named), 1)
    # The kind's own columns that are absent count too, or a short kind would fit every ledger.
    score += 0.3 * len(columns) / max(len(kind.columns), 1)
    score += 0.4 * (1 - len(missing) / required) if required else 0.4
    score += _named(kind, lines, sheet.name, file_name)
    # 1.7 is a perfect fit without a word of title; the titles can add 1.3.
    return Match(kind, header, columns, score / 1.7, missing)


def _named(kind: LedgerKind, lines: Sequence[str], sheet_name: str, file_name: str) -> float:
    """How far title, sheet name and file name speak for a kind; more and longer words say more.

    县直单位现场办公 must speak louder for the kind of 县直 and 现场办公 than for that of 现场办公.
    """
    weight = 0.0
    for text, most in (("".join(lines), 0.5), (sheet_name, 0.4), (file_name, 0.4)):
        said = plain(text)
        length = sum(len(word) for word in map(plain, kind.title_words) if word in said)
        if length:
            weight += most * (0.5 + min(length, 8) / 16)
    return weight


def _is_second_row(sheet: SheetCells, top: int, bottom: int) -> bool:
    """Tell the lower row of a two-row header: only words, under groups or beside tall cells."""
    if bottom >= len(sheet.rows):
        return False
    upper, lower = sheet.rows[top], sheet.rows[bottom]
    if not _may_be_header(lower):
        return False
    spread = any(merge.top == top and merge.right > merge.left for merge in sheet.merged)
    tall = any(merge.top == top and merge.bottom == bottom for merge in sheet.merged)
    above, below = set(filled(upper)), set(filled(lower))
    return spread or tall or bool(above - below and below - above)


def _options(sheet: SheetCells, top: int, bottom: int) -> list[list[str]]:
    """For each column its possible titles: group and title joined, title, group."""
    upper = _spread(sheet, top)
    if bottom == top:
        return [[title] if title else [] for title in upper]
    lower = _spread(sheet, bottom)
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    result = []
    for group, title in zip(upper, lower, strict=True):
        if not title or group == title:
            result.append([group] if group else [])
        else:
            result.append([group + title, title] if group else [title])
    return result


def _spread(sheet: SheetCells, index: int) -> list[str]:
    """The words of a header row, group titles spread over the columns they are merged across."""
    row = [words(value) for value in sheet.rows[index]]
    for merge in sheet.merged:
        if merge.top <= index <= merge.bottom and merge.right > merge.left < len(row):
            row[merge.left + 1 : merge.right + 1] = [
                row[merge.left] for _ in row[merge.left + 1 : merge.right + 1]
            ]
    return row
