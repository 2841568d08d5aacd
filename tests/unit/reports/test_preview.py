"""Pages become pictures, and a file that is no PDF is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import PaperProblem
from desktop.reports.document import Document, PageBreak, Paragraph
from desktop.reports.pdf import write_pdf
from desktop.reports.preview import page_count, page_image


def test_pages_are_pictures(tmp_path: Path) -> None:
    document = Document("题", (Paragraph("甲"), PageBreak(), Paragraph("乙")))
    path = write_pdf(document, tmp_path / "a.pdf").path
    assert page_count(path) == 2
    picture = page_image(path, 1, scale=0.5)
    assert picture.size == (298, 421)
    assert picture.convert("L").getextrema()[0] < 128  # something is drawn
    path.unlink()  # no handle is left open


@pytest.mark.parametrize("content", [b"", b"no pdf"])
def test_a_broken_file_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(content)
    with pytest.raises(PaperProblem, match="坏"):
        page_count(path)
    with pytest.raises(PaperProblem, match="没有"):
        page_image(tmp_path / "没有.pdf", 0)
