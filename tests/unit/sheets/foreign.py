"""Makes foreign files for the tests: good ones, broken ones and hostile ones."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

SAMPLE = Path(__file__).parents[3] / "resources" / "sample"

_SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)


def xlsx(
    path: Path,
    sheets: dict[str, Sequence[Sequence[Any]]],
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> Path:
    """Sheets of rows; `merged` ranges (top, left, bottom, right) go into each sheet."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for top, left, bottom, right in merged:
            sheet.merge_range(top, left, bottom, right, "")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif value not in (None, ""):
                    sheet.write(number, column, value)
    book.close()
    return path


def xlsx_of_xml(path: Path, body: str, **members: str) -> Path:
    """A workbook whose only sheet has this XML behind the root element's start tag."""
    xlsx(path, {"Sheet1": [["x"]]})
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    kept["xl/worksheets/sheet1.xml"] = f"{_SHEET}{body}</worksheet>".encode()
    kept |= {name.replace("__", "/"): text.encode() for name, text in members.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    return path


def ods(path: Path, rows: str, name: str = "表1") -> Path:
    """A workbook of one table with these rows of OpenDocument XML."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", mime)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def ods_cell(text: str = "", **attributes: int) -> str:
    """One cell of words; rows_spanned=2, columns_repeated=3 …"""
    given = "".join(
        f' table:number-{name.replace("_", "-")}="{value}"' for name, value in attributes.items()
    )
    if not text:
        return f"<table:table-cell{given}/>"
    given += ' office:value-type="string"'
    return f"<table:table-cell{given}><text:p>{text}</text:p></table:table-cell>"


def ole(path: Path, *streams: str) -> Path:
    """An OLE container's header and directory entries of these names, and nothing in them."""
    content = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    for name in ("Root Entry", *streams):
        content += (name.encode("utf-16-le") + b"\0\0").ljust(128, b"\0")
    path.write_bytes(content)
    return path
