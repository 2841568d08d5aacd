"""A ReportLab canvas that writes each page when it is done and forgets it.

ReportLab keeps every page until `save`: a ledger of a million rows would not fit in 4 GB. Here a
finished page is compressed, written and dropped; only its place in the file stays. What later pages
share (fonts, outline, the total number of pages) is written at the end, which PDF allows since
references go forward as well as back (ISO 32000-1, 7.3.10).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desktop.core.errors import PaperProblem
from desktop.reports.document import Style
from desktop.reports.embed import EmbeddedFont
from desktop.reports.fonts import face, named, pick

PRODUCER = "sixia"
FIRST_FONT = "SongTi"


class StreamedDocument(pdfdoc.PDFDocument):  # type: ignore[misc]  # ReportLab has no types
    """A PDF document that writes its pages to a file as they come."""

    def __init__(self, file: BinaryIO) -> None:
        """`file` stays open and belongs to the caller."""
        super().__init__(compression=1, invariant=1, lang="zh-CN")
        self._file = file
        self._offset = 0
        self._offsets: dict[int, int] = {}
        # The comment of four high bytes tells copy programs that the file is binary (7.5.2).
        self._write(b"%PDF-1.7\n%\xe5\x9b\x9b\xe4\xb8\x8b\n")

    def addPage(self, page: pdfdoc.PDFPage) -> None:
        """Write a finished page and what belongs to it alone, and forget them."""
        name = self.thisPageName()
        first = self.objectcounter + 1
        self.Reference(page, name)
        self.Pages.addPage(pdfdoc.PDFObjectReference(name))
        self.pageCounter += 1
        self.inObject = None
        number = first
        while number <= self.objectcounter:
            name = self.numberToId.get(number, "")
            if name and self.idToObject[name] is not self.Pages:
                self._write_object(number)
            number += 1

    def reserve_form(self, name: str) -> None:
        """Give a form its object number now, so that pages can name what is drawn at the end."""
        self.objectcounter += 1
        internal = self.getXObjectName(name)
        self.idToObjectNumberAndVersion[internal] = (self.objectcounter, 0)
        self.numberToId[self.objectcounter] = internal
        self.idToObject[internal] = None

    def addForm(self, name: str, form: pdfdoc.PDFFormXObject) -> None:
        """Put a form at the number that was reserved for it."""
        self.idToObject[self.getXObjectName(name)] = form
        self.inObject = None

    def SaveToFile(self, filename: object, canvas: Canvas) -> None:
        """Write what is shared, the cross-reference table and the trailer."""
        for font in self.delayedFonts:
            font.addObjects(self)
        self.info.invariant = self.invariant
        self.info.digest(self.signature)
        root = self.Reference(self.Catalog)
        info = self.Reference(self.info)
        self.Outlines.prepare(self, canvas)
        if self.Outlines.ready < 0:
            self.Catalog.Outlines = None
        number = 1
        while number <= self.objectcounter:  # formatting an object may make more of them
            if number in self.numberToId and number not in self._offsets:
                self._write_object(number)
            number += 1
        self._write_trailer(root, info)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._offset += len(data)

    def _write_object(self, number: int) -> None:
        name = self.numberToId[number]
        self._offsets[number] = self._offset
        self._write(pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self))
        self.idToObject[name] = None

    def _write_trailer(self, root: object, info: object) -> None:
        start = self._offset
        size = self.objectcounter + 1
        # Numbers that ReportLab counted but never used are free entries (7.5.4).
        rows = [b"0000000000 65535 f \n"] + [
            b"%010d 00000 n \n" % self._offsets[n]
            if n in self._offsets
            else b"0000000000 00000 f \n"
            for n in range(1, size)
        ]
        self._write(b"xref\n0 %d\n" % size + b"".join(rows))
        trailer = pdfdoc.PDFTrailer(startxref=start, Size=size, Root=root, Info=info, ID=self.ID())
        self._write(trailer.format(self))


class _Codes(dict[str, tuple[str, str]]):
    """Character -> (font resource, code in it) for one style; grows as characters are met."""

    def __init__(
        self, style: Style, fonts: dict[str, EmbeddedFont], document: StreamedDocument
    ) -> None:
        super().__init__()
        self._style = style
        self._fonts = fonts
        self._document = document

    def __missing__(self, character: str) -> tuple[str, str]:
        found = pick(self._style, character)
        if found is None:
            raise PaperProblem(f"没有字体能印出{named(character)}。请换一个写法。")
        font = self._fonts.get(found[0])
        if font is None:
            font = self._fonts[found[0]] = EmbeddedFont(found[0], len(self._fonts) + 1)
            self._document.delayedFonts.append(font)
        self[character] = (font.resource, font.code(character))
        return self[character]


class Sheet(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas with our fonts; coordinates are ReportLab's: points from the lower left corner."""

    def __init__(self, file: BinaryIO, *, title: str, author: str = "", subject: str = "") -> None:
        """Start a file with fixed metadata, so that the same paper gives the same bytes."""
        face(FIRST_FONT)  # registered, else ReportLab lists an unembedded Helvetica in every file
        super().__init__(file, initialFontName=FIRST_FONT, pageCompression=1, invariant=1)
        self._doc = StreamedDocument(file)
        self._embedded: dict[str, EmbeddedFont] = {}
        self._styles = {style: _Codes(style, self._embedded, self._doc) for style in Style}
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(subject)
        self.setCreator(PRODUCER)
        self.setProducer(PRODUCER)
        self._doc.Catalog.Metadata = pdfdoc.XMP(creator=lambda _: _xmp(title, author).encode())
        self.setViewerPreference("DisplayDocTitle", "true")

    def reserve_form(self, name: str) -> None:
        """Let pages show a form (`doForm`) that is drawn only after them (`beginForm`)."""
        self._doc.reserve_form(name)

    def show(self, x: float, y: float, text: str, style: Style, size: float) -> None:
        """Draw a text with its natural widths."""
        codes = self._styles[style]
        out = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        font = ""
        hexes: list[str] = []
        for character in text:
            resource, code = codes[character]
            if resource != font:
                if font:
                    out.append(f"/{font} {size:g} Tf <{''.join(hexes)}> Tj")
                font, hexes = resource, []
            hexes.append(code)
        if font:
            out.append(f"/{font} {size:g} Tf <{''.join(hexes)}> Tj")
        out.append("ET")
        self._code.append(" ".join(out))

    def place(
        self, x: float, y: float, text: str, style: Style, size: float, extras: Iterable[float]
    ) -> None:
        """Draw a text with a space (which may be negative) of its own after each character."""
        codes = self._styles[style]
        out = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        font, spacing = "", ""
        hexes: list[str] = []
        for character, extra in zip(text, extras, strict=True):
            resource, code = codes[character]
            wanted = f"{extra:.3f}"
            if hexes and (resource != font or wanted != spacing):
                out.append(f"<{''.join(hexes)}> Tj")
                hexes = []
            if resource != font:
                out.append(f"/{resource} {size:g} Tf")
            if wanted != spacing:
                out.append(f"{wanted} Tc")
            font, spacing = resource, wanted
            hexes.append(code)
        out.append(f"<{''.join(hexes)}> Tj 0 Tc ET")
        self._code.append(" ".join(out))


def _xmp(title: str, author: str) -> str:
    """The XMP packet (ISO 16684-1); it repeats title and author, and claims no conformance."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">'
        f"{escape(title)}</rdf:li></rdf:Alt></dc:title>"
        f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>"
        "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>"
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
