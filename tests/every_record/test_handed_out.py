"""Every type in Excel and on paper: text comes back as it was, citizens masked, no formulas."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from desktop.core import fields as f
from desktop.core.errors import PaperProblem
from desktop.core.names import mask_words
from desktop.core.record import RecordType
from desktop.jobs.show_records import masked_texts, write_pdf, write_xlsx
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import RECORD_TYPES
from desktop.reports.fonts import missing, normalise
from desktop.sheets.reading import read_workbook
from tests import fakes, naughty
from tests.unit.reports.reading import page_texts

TYPES = pytest.mark.parametrize("of", RECORD_TYPES.values(), ids=RECORD_TYPES)
CITIZEN = {f.PersonName: "欧阳明月", f.Phone: "13812341234", f.IdNumber: "990821198001010018"}
MASKED = {f.PersonName: "欧阳某某", f.Phone: "138****1234", f.IdNumber: "9908**********0018"}
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u1800-\u18af\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]")
PRINTED = 40


def citizens(of: RecordType) -> list[f.Field]:
    return [x for x in of.fields if type(x.kind) in CITIZEN]


@TYPES
def test_a_sheet_gives_back_what_went_out(ledger: Ledger, of: RecordType, tmp_path: Path) -> None:
    saved = naughty.save(ledger, of, naughty.records(of))
    query = Query(of)
    path = tmp_path / "导出.xlsx"
    assert write_xlsx(ledger, query, path) == len(saved)
    no_formula(path)
    (sheet,) = read_workbook(path).sheets
    rows = [list(row) for row in sheet.rows]
    head = rows.index([x.label for x in of.fields])
    for record, row in zip(ledger.find(query), rows[head + 1 :], strict=True):
        texts = masked_texts(ledger, record)
        for field, cell in zip(of.fields, row, strict=True):
            wanted: Any = texts[field.name]
            if isinstance(field.kind, f.Integer | f.Day):
                value = getattr(record, field.name)
                wanted = "" if value is None else value
            assert cell == wanted, (field.name, wanted)


def no_formula(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in archive.read(name)
                assert b"<hyperlink" not in archive.read(name)


@TYPES
def test_paper_holds_what_can_be_printed(ledger: Ledger, of: RecordType, tmp_path: Path) -> None:
    words = [x for x in naughty.word_fields(of) if x.in_list]
    made = [
        r
        for r in naughty.records(of, PRINTED)
        if not any(missing(getattr(r, x.name)) for x in naughty.word_fields(of))
    ]
    saved = naughty.save(ledger, of, made or [fakes.make(of.cls)])
    path = tmp_path / "清单.pdf"
    write_pdf(ledger, Query(of), path)
    printed = bare("".join(page_texts(path)))
    for record in saved:
        for field in words:
            text = getattr(record, field.name)
            if isinstance(field.kind, f.LongText):
                text = mask_words(text)  # an ID number in free text is a citizen's too
            if not RIGHT_TO_LEFT.search(text) and len(text) < 100:
                assert bare(normalise(text)) in printed, (field.name, text)


@pytest.mark.parametrize("text", ["👍", "𰻝𱁬 印不出 🇨🇳"])
def test_paper_names_what_cannot_be_printed(ledger: Ledger, tmp_path: Path, text: str) -> None:
    """Nothing is left out in silence: the character is named, and no file comes into being."""
    of = RECORD_TYPES["dispute"]
    naughty.save(ledger, of, [fakes.make(of.cls, summary=text)])
    path = tmp_path / "清单.pdf"
    with pytest.raises(PaperProblem) as problem:
        write_pdf(ledger, Query(of), path)
    assert f"U+{ord(missing(text)[0]):04X}" in str(problem.value)
    assert not path.exists()


@pytest.mark.parametrize(
    "of", [t for t in RECORD_TYPES.values() if citizens(t)], ids=lambda t: t.name
)
def test_citizens_are_masked_wherever_they_are_handed_out(
    ledger: Ledger, of: RecordType, tmp_path: Path
) -> None:
    values = {x.name: CITIZEN[type(x.kind)] for x in citizens(of)}
    naughty.save(ledger, of, [fakes.make(of.cls, **values)])
    sheet, paper = tmp_path / "导出.xlsx", tmp_path / "清单.pdf"
    write_xlsx(ledger, Query(of), sheet)
    write_pdf(ledger, Query(of), paper)
    (written,) = read_workbook(sheet).sheets
    told = {str(cell) for row in written.rows for cell in row}
    printed = bare("".join(page_texts(paper)))
    for field in citizens(of):
        kind = type(field.kind)
        assert MASKED[kind] in told
        assert not any(CITIZEN[kind] in cell for cell in told)
        assert CITIZEN[kind] not in printed
        assert MASKED[kind] in printed or not field.in_list


def bare(text: str) -> str:
    """Without blanks, line ends and what a PDF's reader leaves out."""
    return re.sub(r"[\s\u00ad\ufffe\x00-\x1f\x7f-\x9f]", "", text)
