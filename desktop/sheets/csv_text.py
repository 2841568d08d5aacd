"""Read CSV and plain text as offices save them: encoding, delimiter and quotes told by content.

WPS and Excel on Chinese Windows save CSV in GBK; the national systems give GB 18030 (with
four-byte characters in names) or UTF-8, now and then UTF-16. Runs in the reading child: standard
library only.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from desktop.sheets.file_type import refusal

MOST_BYTES = 128 << 20
_DELIMITERS = "\t,;；|"
_MOST_FIELD = 1 << 20
_PROTECTED = re.compile(r'="(.*)"$')
# Python's gb18030 maps these eight to private use as the 2000 edition did; GB 18030-2022 (and -2005
# with its amendment) gives them real characters, some of which stand in names.
_EIGHT = str.maketrans(
    "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)


def read_csv(path: Path) -> tuple[list[list[str]], list[str]]:
    """The records of the file, blank ones as [], and sentences on what had to be guessed.

    Raises:
        SheetProblem: too large, or no encoding fits.
    """
    if path.stat().st_size > MOST_BYTES:
        raise refusal(path.name, "太大", "请拆成几个文件后再导入")
    text = decoded(path.name, path.read_bytes())
    rows, notes = _records(text)
    return [_cells(row) for row in rows], notes


def decoded(name: str, content: bytes) -> str:
    """The text, by byte order mark, else UTF-8 if every byte fits, else GB 18030.

    Raises:
        SheetProblem: nothing fits, or the file was cut inside of a character.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                raise _unreadable(name) from None
    if b"\0" in content:
        raise _unreadable(name)
    try:
        text = content.decode("utf-8")
        # Some GBK words are UTF-8 by chance (联通), but Hanzi in UTF-8 take three bytes.
        if content.isascii() or any(letter >= "\u0800" for letter in text):
            return text
    except UnicodeDecodeError as error:
        # UTF-8 with Hanzi up to a last character that was cut short. GBK words that are UTF-8 by
        # chance give letters of two bytes, never Hanzi.
        before = content[: error.start].decode("utf-8")
        if error.reason == "unexpected end of data" and any(x >= "\u0800" for x in before):
            raise _unreadable(name) from None
    try:
        text = content.decode("gb18030").translate(_EIGHT)
    except UnicodeDecodeError:
        raise _unreadable(name) from None
    strange = sum(1 for letter in text if letter < " " and letter not in "\t\r\n\v\f")
    if strange > len(text) // 100:
        raise _unreadable(name)
    return text


def _unreadable(name: str) -> Exception:
    return refusal(
        name,
        "的文字编码认不出来，或者文件不完整",
        "请在WPS中打开，确认文字正常，另存为.xlsx后再导入",
    )


def _records(text: str) -> tuple[list[list[str]], list[str]]:
    csv.field_size_limit(_MOST_FIELD)
    delimiter = _delimiter(text)
    try:
        return _parsed(text, delimiter, strict=True), []
    except csv.Error as error:
        if "unexpected end" in str(error) or "limit" in str(error):
            # An opening quote that never ends would swallow the rest of the file.
            lines = io.StringIO(text, newline=None)
            rows = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
            csv.field_size_limit(len(text) + 1)
            return list(rows), ["引号不成对，已按没有引号读取，请核对"]
    return _parsed(text, delimiter, strict=False), ["有的引号用得不规范，请核对"]


def _parsed(text: str, delimiter: str, *, strict: bool) -> list[list[str]]:
    lines = io.StringIO(text, newline="")
    return list(csv.reader(lines, delimiter=delimiter, strict=strict, skipinitialspace=False))


def _delimiter(text: str) -> str:
    """The delimiter that gives the most records the same number of fields."""
    start = text[:65536]
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        if delimiter not in start:
            continue
        try:
            rows = _parsed(start, delimiter, strict=False)[:60]
        except csv.Error:
            continue
        widths = [len(row) for row in rows if len(row) > 1]
        usual = max(set(widths), key=widths.count, default=1)
        score = widths.count(usual) * (usual - 1)
        if score > most:
            best, most = delimiter, score
    return best


def _cells(row: list[str]) -> list[str]:
    """Undo the ="19900004865" with which systems keep Excel from eating digits."""
    if not any(row):
        return []
    return [
        found[1].replace('""', '"')
        if value[:2] == '="' and (found := _PROTECTED.match(value))
        else value
        for value in row
    ]
