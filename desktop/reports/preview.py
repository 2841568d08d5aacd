"""Pages of a PDF as pictures, for the preview in the window and for the printer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL.Image import Image

from desktop.core.errors import PaperProblem


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise PaperProblem(
            f"打不开“{path.name}”，文件可能已损坏或被移走。台账没有改动，请重新打印一份。"
        ) from error
    try:
        yield document
    finally:
        document.close()


def page_count(path: Path) -> int:
    """How many pages a PDF has."""
    with _opened(path) as document:
        return len(document)


def page_image(path: Path, index: int, scale: float = 1.0) -> Image:
    """A page (from 0) as a picture of its own; scale 1 is 72 dots an inch."""
    with _opened(path) as document:
        page = document[index]
        try:
            picture: Image = page.render(scale=scale).to_pil().copy()
        finally:
            page.close()
        return picture
