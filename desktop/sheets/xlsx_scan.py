"""A quick look through the XML of an xlsx before and beside the real reader.

The reader (calamine) allots memory for the whole rectangle up to the farthest value (4.7 GB for one
value in XFD1048576), gives the same '' for error cells and for formulas without a stored result,
and does not speak of hidden rows. So the sheets are streamed once through a few regular expressions
with literal starts: 0.1 s for 50,000 rows, where a parser of XML would take seconds. Reading every
member to its end also checks its CRC, so a member that lies about its size is found here.

Format: ECMA-376 part 1, 18.3 (sheet XML). Cells: `<c r="B7" t="e"><f>…</f><v>…</v></c>`.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from desktop.core.errors import SheetProblem
from desktop.sheets.file_type import damaged, refusal

# A year of a county's largest ledger (200,000 rows of 18 columns) is 3.6 million cells.
MOST_CELLS = 8_000_000
MOST_INFLATED = 512 << 20
# Honest sheet XML packs 10:1 to 60:1; deflate can reach 1032:1 on nothing but repetition.
MOST_RATIO, RATIO_FROM = 250, 24 << 20
MOST_MEMBERS = 20_000
MOST_FINDINGS = 300

_CHUNK = 4 << 20
_ROW = re.compile(rb'row [^>]*?\br="(\d+)"')
_COLUMN = re.compile(rb' r="([A-Z]{1,3})\d')
_FAR_ROW = re.compile(rb' r="[A-Z]{1,3}(\d{6,})"')
_VALUED = re.compile(
    rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d+)"[^>/]*>'
    rb"(?:<(?:\w+:)?f[^>]*/>|<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>)?<(?:\w+:)?(?:v>|is>)"
)
_ERROR = re.compile(
    rb'<(?:\w+:)?c ([^>]*\bt="e"[^>]*)>(?:<(?:\w+:)?f[^>]*/>|<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>)?'
    rb"<(?:\w+:)?v>([^<]*)"
)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c( [^>]*)?>(?:<(?:\w+:)?f[^>]*/>|<(?:\w+:)?f[^>]*>([^<]*)</(?:\w+:)?f>)"
    rb"(?!<(?:\w+:)?v>[^<])(<(?:\w+:)?v)?"
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_HIDDEN_ROW = re.compile(rb'row [^>]*?\bhidden="(?:1|true)"[^>]*')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col [^>]*?\bhidden="(?:1|true)"[^>]*')
_PAGE_TEXT = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]+)")
_DRAWN_PARAGRAPH = re.compile(rb"<a:p\b.*?</a:p>", re.DOTALL)
_DRAWN_TEXT = re.compile(rb"<a:t[^>]*>([^<]*)")


class CellFinding(NamedTuple):
    """A thing to look at; `row` from 1, 0 for the whole sheet."""

    row: int
    column: str
    value: str
    text: str


class SheetScan:
    """What one sheet showed."""

    def __init__(self) -> None:
        self.findings: list[CellFinding] = []
        self.more = 0
        self.hidden_rows: list[int] = []
        self.rows = 0
        self.columns: set[bytes] = set()

    def add(self, row: int, column: str, value: str, text: str) -> None:
        """Keep a finding, or only count it once there are too many to read."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(CellFinding(row, column, value, text))
        else:
            self.more += 1


class WorkbookScan(NamedTuple):
    """What the whole file showed: findings by sheet name, words outside of cells."""

    sheets: dict[str, list[CellFinding]]
    texts: list[str]


def scan_xlsx(path: Path) -> WorkbookScan:
    """Look through all sheets.

    Raises:
        SheetProblem: damaged, a zip bomb, or a value far outside of any table.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_inflated(path.name, archive)
            return _scan(path.name, archive)
    except SheetProblem:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        EOFError,
        KeyError,
        OSError,
        RuntimeError,
        ValueError,
    ):
        raise damaged(path.name) from None


def check_inflated(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that swells beyond measure; pictures are never inflated and don't count."""
    members = archive.infolist()
    text = [item for item in members if item.filename.lower().endswith((".xml", ".rels", ".vml"))]
    size = sum(item.file_size for item in text)
    packed = sum(item.compress_size for item in text)
    swollen = size > RATIO_FROM and size > MOST_RATIO * max(packed, 1)
    if size > MOST_INFLATED or swollen or len(members) > MOST_MEMBERS:
        raise refusal(
            name,
            f"展开后有{size >> 20}兆，远远超出正常表格，像是损坏或恶意的文件",
            "请在WPS中打开，只把有内容的部分复制到新表格，另存后再导入",
        )


def _scan(name: str, archive: zipfile.ZipFile) -> WorkbookScan:
    texts: list[str] = []
    sheets: dict[str, list[CellFinding]] = {}
    scanned: set[str] = set()
    for title, member in _sheet_members(archive):
        scan = SheetScan()
        for chunk, last in _chunks(archive, member):
            _scan_chunk(chunk, scan)
            if last:
                texts += [_unescaped(text) for text in _PAGE_TEXT.findall(chunk)]
        scanned.add(member)
        _check_extent(name, title, archive, member, scan)
        sheets[title] = _finished(scan)
    for item in archive.infolist():
        if item.filename.startswith("xl/drawings/") and item.filename.endswith(".xml"):
            texts += _drawn(archive.read(item)) if item.file_size < _CHUNK else []
        elif item.filename.endswith(".xml") and item.filename not in scanned:
            _read_through(archive, item)
    return WorkbookScan(sheets, [text for text in texts if text.strip()])


def _sheet_members(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(name, member) of each worksheet in order; other kinds of sheets are left out."""
    targets: dict[str, str] = {}
    for item in _parsed(archive, "xl/_rels/workbook.xml.rels").iter():
        target = item.get("Target", "")
        if item.get("Type", "").endswith("/worksheet"):
            targets[item.get("Id", "")] = (
                target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
            )
    found = []
    for item in _parsed(archive, "xl/workbook.xml").iter():
        if item.tag.rpartition("}")[2] == "sheet":
            link = next((value for key, value in item.items() if key.endswith("}id")), "")
            if link in targets:
                found.append((item.get("name", ""), targets[link]))
    return found


def _parsed(archive: zipfile.ZipFile, member: str) -> ElementTree.Element:
    if archive.getinfo(member).file_size > _CHUNK:
        raise zipfile.BadZipFile(member)
    return ElementTree.fromstring(archive.read(member))


def _read_through(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> None:
    with archive.open(item) as stream:
        while stream.read(_CHUNK):
            pass


def _chunks(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[bytes, bool]]:
    """The sheet in pieces that end before a row, so that no cell is cut in two; True: the last."""
    rest, odd = b"", False
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            # Single quotes are legal XML that hardly any program writes; one look tells.
            odd = odd or (not rest and (b" r='" in piece or b" t='" in piece))
            chunk = rest + (piece.replace(b"'", b'"') if odd else piece)
            cut = max(chunk.rfind(b"<row "), chunk.rfind(b":row "))
            if cut <= 0:
                # No row in four megabytes: one endless row, or none at all. Cut behind a tag.
                cut = chunk.rfind(b">") + 1 or len(chunk)
            rest = chunk[cut:]
            yield chunk[:cut], False
    yield rest, True


def _scan_chunk(chunk: bytes, scan: SheetScan) -> None:
    rows = _ROW.findall(chunk)
    far = _FAR_ROW.findall(chunk)
    scan.rows = max(scan.rows, *map(int, rows[-1:] + far), 0) if rows or far else scan.rows
    if not rows:
        scan.rows += chunk.count(b"<row")
    scan.columns.update(_COLUMN.findall(chunk))
    if b't="e"' in chunk:
        for found in _ERROR.finditer(chunk):
            row, column = _where(found[1])
            value = found[2].decode("utf-8", "replace")
            scan.add(row, column, value, f"单元格出错（{value}），按空白读取，请改正")
    if b"<f" in chunk or b":f" in chunk:
        _scan_formulas(chunk, scan)
    if b'hidden="' in chunk:
        _scan_hidden(chunk, scan)


def _scan_formulas(chunk: bytes, scan: SheetScan) -> None:
    for found in _FORMULA.finditer(chunk):
        attributes = found[1] or b""
        if b't="e"' in attributes or (b't="str"' in attributes and found[3]):
            continue  # An error is listed above; text with an empty result is a result.
        row, column = _where(attributes)
        scan.add(
            row,
            column,
            "=" + _unescaped(found[2] or b"")[:60],
            "公式没有保存结果，按空白读取；请在WPS中打开并保存一次再导入，或直接填写结果",
        )


def _scan_hidden(chunk: bytes, scan: SheetScan) -> None:
    for found in _HIDDEN_ROW.finditer(chunk):
        if row := re.search(rb'\br="(\d+)"', found[0]):
            scan.hidden_rows.append(int(row[1]))
    for found in _HIDDEN_COLUMN.finditer(chunk):
        low, high = (re.search(rb'\b%s="(\d+)"' % key, found[0]) for key in (b"min", b"max"))
        if low and high and int(high[1]) - int(low[1]) < 200:
            letters = _letters(int(low[1])), _letters(int(high[1]))
            words = letters[0] if letters[0] == letters[1] else "–".join(letters)
            scan.add(0, words, "", f"{words}列是隐藏的，已照常读取")


def _where(attributes: bytes) -> tuple[int, str]:
    found = _REFERENCE.search(attributes)
    return (int(found[2]), found[1].decode()) if found else (0, "")


def _check_extent(
    name: str, title: str, archive: zipfile.ZipFile, member: str, scan: SheetScan
) -> None:
    """Refuse a value so far out that the rectangle up to it would not fit into memory.

    References alone prove nothing: WPS formats whole columns down to row 1048576, and cells without
    a value cost the reader nothing. Only when they reach far are the cells with a value looked at.
    """
    columns = max(map(_number, scan.columns), default=1)
    if scan.rows * columns <= MOST_CELLS:
        return
    rows = columns = 0
    farthest = ""
    for chunk, _ in _chunks(archive, member):
        for letters, row in _VALUED.findall(chunk):
            if int(row) > rows or _number(letters) > columns:
                rows, columns = max(rows, int(row)), max(columns, _number(letters))
                farthest = letters.decode() + row.decode()
    if rows * columns > MOST_CELLS:
        raise refusal(
            name,
            f"的工作表「{title}」在很远的单元格{farthest}里还有内容，表格大得无法读取",
            "请在WPS中删除该单元格（或表格以外的行和列），另存后再导入",
        )


def _finished(scan: SheetScan) -> list[CellFinding]:
    if scan.hidden_rows:
        first, last = min(scan.hidden_rows), max(scan.hidden_rows)
        where = f"第{first}行" if first == last else f"第{first}行至第{last}行之间"
        count = len(scan.hidden_rows)
        scan.findings.append(CellFinding(0, "", "", f"{where}有{count}行是隐藏的，已照常读取"))
    if scan.more:
        scan.findings.append(CellFinding(0, "", "", f"出错的单元格还有{scan.more}处，未逐一列出"))
    return scan.findings


def _drawn(xml: bytes) -> list[str]:
    """The paragraphs of text boxes; a stamp 机密★1年 is often one, split into several runs."""
    return [
        "".join(_unescaped(text) for text in _DRAWN_TEXT.findall(paragraph))
        for paragraph in _DRAWN_PARAGRAPH.findall(xml)
    ]


def _unescaped(text: bytes) -> str:
    words = text.decode("utf-8", "replace")
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        words = words.replace(entity, character)
    return words


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
