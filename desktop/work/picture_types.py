"""What a picture file is, told by its bytes, and how to take out what it says beside the picture.

A phone writes into each photo where it was taken and by which device; screenshots and scans carry
names of people and programs. None of that is kept. What can be done without decoding the picture
is done here: parts of the file are left out, its pixels stay byte for byte.
"""

from __future__ import annotations

import struct

JPEG, PNG, GIF, BMP = "image/jpeg", "image/png", "image/gif", "image/bmp"
WEBP, TIFF, PDF, HEIC = "image/webp", "image/tiff", "application/pdf", "image/heic"

SUFFIXES = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}
"""Of what is stored; everything else becomes one of these."""

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"}
_PNG_KEPT |= {b"pHYs", b"sBIT", b"bKGD"}


def media_of(data: bytes) -> str:
    """The kind of file, by content and never by name; '' if it is none of ours."""
    if data[:3] == b"\xff\xd8\xff":
        return JPEG
    if data[:8] == _PNG_START:
        return PNG
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return GIF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[:4] in (b"II*\0", b"MM\0*"):
        return TIFF
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return HEIC
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        return BMP
    return PDF if b"%PDF-" in data[:1024] else ""


def bare_jpeg(data: bytes, orientation: int = 1) -> bytes:
    """A JPEG with its pixels as they are and nothing else said; b'' if it is built strangely.

    Colour profile and orientation stay, since the picture would look different without them. What
    follows the picture (a second one, with its own notes) goes.
    """
    kept = [b"\xff\xd8"]
    if orientation > 1:
        kept.append(_orientation_segment(orientation))
    at = 2
    while True:
        while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] == b"\xff":
            at += 1
        if data[at : at + 1] != b"\xff" or at + 4 > len(data):
            return b""
        mark = data[at + 1]
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if end > len(data):
            return b""
        if _stays(mark, data[at + 4 : end]):
            kept.append(data[at:end])
        if mark == 0xDA:
            scan = _end_of_scan(data, end)
            if scan < 0:
                return b""
            kept.append(data[end:scan])
            if data[scan + 1] == 0xD9:
                kept.append(b"\xff\xd9")
                return b"".join(kept)
            end = scan
        at = end


def _stays(mark: int, body: bytes) -> bool:
    if mark == 0xE0:
        return body.startswith(b"JFIF\0")
    if mark == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    if mark == 0xEE:
        return body.startswith(b"Adobe")
    return not (0xE0 <= mark <= 0xEF or mark == 0xFE)


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands that ends the coded pixels, -1 if there is none."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return -1
        mark = data[at + 1]
        if mark == 0 or 0xD0 <= mark <= 0xD7:
            at += 2
        elif mark == 0xFF:
            at += 1
        else:
            return at


def _orientation_segment(orientation: int) -> bytes:
    exif = b"Exif\0\0MM\0*" + struct.pack(">LHHHLHHL", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def bare_png(data: bytes) -> bytes:
    """A PNG with its pixels and colours alone; b'' if it is built strangely."""
    kept, at = [_PNG_START], len(_PNG_START)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">L", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            return b""
        if name in _PNG_KEPT:
            kept.append(data[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    return b""
