"""Photos and scans as people bring them, made on the spot."""

from __future__ import annotations

import io
import time
from typing import Any

from PIL import Image

TAKEN = "2026:11:23 09:41:12"


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    """A picture as a file of that format."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def scene(size: tuple[int, int] = (60, 40), seed: int = 0) -> Image.Image:
    """Many colours, and the top left corner is red."""
    ramp = Image.linear_gradient("L").resize(size)
    turned = ramp.transpose(Image.Transpose.ROTATE_90).resize(size)
    image = Image.merge("RGB", (ramp, turned, Image.new("L", size, seed * 20 % 256)))
    image.paste((255, 0, 0), (0, 0, size[0] // 3, size[1] // 3))
    return image


def camera_notes(orientation: int = 1, taken: str = TAKEN) -> Image.Exif:
    """What a phone writes into a photo: time, place, device, and which way is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 40.0, 51.0), 3: "E", 4: (117.0, 1.0, 2.0)})
    return exif


def photo(
    size: tuple[int, int] = (60, 40), *, seed: int = 0, orientation: int = 1, taken: str = TAKEN
) -> bytes:
    """A JPEG off a phone."""
    notes = camera_notes(orientation, taken)
    return encoded(scene(size, seed), "JPEG", exif=notes, comment=b"by PhoneMaker")


def scan(pages: int = 1) -> bytes:
    """A PDF off a scanner; the same bytes whenever it is made."""
    sheets = [Image.new("L", (124, 175), 255 - at) for at in range(pages)]
    dates = {"creationDate": time.gmtime(0), "modDate": time.gmtime(0)}
    return encoded(sheets[0], "PDF", save_all=True, append_images=sheets[1:], **dates)
