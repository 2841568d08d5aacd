"""A photo or scan as somebody gives it -> as the ledger keeps it.

What is given is judged by its content. What is kept is upright, no larger than the office wants it,
and says nothing but the picture: day and time are read out into the record; place, device and
everything else a camera wrote are dropped. A PDF is a document, perhaps a signed one, and stays as
it is. The same file gives the same bytes, so a photo that is given twice is kept once.

Decoding foreign files belongs into a child process (jobs/take_pictures.py).
"""

from __future__ import annotations

import datetime as dt
import io
import time
import warnings
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from desktop.core.errors import UserError
from desktop.work.picture_types import (
    BMP,
    GIF,
    HEIC,
    JPEG,
    PDF,
    PNG,
    SUFFIXES,
    TIFF,
    bare_jpeg,
    bare_png,
    media_of,
)

if TYPE_CHECKING:
    from PIL import Image

SIDES = (1600, 2000, 3000, 0)  # 0: as large as it came
MEGABYTES = (20, 50, 100)
THUMBNAIL, PAGE = 320, 1600  # long sides of the small picture, and of a PDF's first page
MOST_PIXELS = 120_000_000
MOST_PAGES = 30
_QUALITY, _FINE_QUALITY = 85, 95
_FEW_COLORS = 4096  # more are a photo, which a PNG makes ten times as large
_TAKEN = (0x9003, 0x9004)  # DateTimeOriginal, DateTimeDigitized
_EXIF, _ORIENTATION = 0x8769, 0x0112
_LONG_AGO = time.gmtime(0)  # a PDF that we make is the same whenever it is made


@dataclass(frozen=True)
class Rules:
    """What the office wants of its photos."""

    side: int = 2000
    keep_original: bool = False
    megabytes: int = 50


@dataclass(frozen=True)
class Picture:
    """Ready to be kept."""

    name: str
    media: str
    content: bytes
    width: int | None = None
    height: int | None = None
    taken: dt.date | None = None
    taken_at: dt.time | None = None
    small: dict[int, bytes] = field(default_factory=dict)  # long side -> JPEG
    original: bytes = b""
    note: str = ""


def check_size(name: str, size: int, rules: Rules) -> None:
    """Refuse what is empty or too large, before it is read."""
    if not size:
        raise _refusal(name, "是空的（0字节），可能没有拷贝完", "请重新拷贝这张照片再添加")
    if size > rules.megabytes << 20:
        raise _refusal(
            name,
            f"有{size / (1 << 20):.0f}MB，超过了{rules.megabytes}MB",
            "请先压缩，或在“设置”里改大上限",
        )


def prepare(data: bytes, name: str, rules: Rules) -> Picture:
    """Make what was given ready to be kept.

    Raises:
        UserError: it can't be kept, and why; whatever the bytes are, nothing else is raised.
    """
    check_size(name, len(data), rules)
    media = media_of(data)
    if not media:
        raise _refusal(
            name, "不是照片或扫描件", "可以添加JPG、PNG、BMP、WebP、TIFF、GIF图片和PDF文件"
        )
    if media == HEIC and not _reads_heic():
        raise _refusal(
            name,
            "是苹果手机的HEIC格式，这台电脑上打不开",
            "请在手机“设置—相机—格式”里选“兼容性最佳”，或先转成JPG再添加",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes; we have a limit of our own
            return _document(data, name) if media == PDF else _photo(data, name, media, rules)
    except UserError:
        raise
    except MemoryError:
        raise too_large(name) from None
    except Exception:  # the readers of foreign formats raise whatever comes to them
        raise damaged(name) from None


def damaged(name: str) -> UserError:
    """The sentence for a file that can't be decoded."""
    return _refusal(name, "不完整或已损坏，打不开", "请重新拷贝，或打开后另存一份再添加")


def too_large(name: str) -> UserError:
    """The sentence for a picture that would take too much memory."""
    return _refusal(name, "的画面太大，打开时内存不够", "请先缩小尺寸再添加")


def _refusal(name: str, what: str, advice: str) -> UserError:
    return UserError(f"「{name}」{what}，没有添加，别的都没有变。{advice}。")


def _reads_heic() -> bool:
    # No part of the program (its codec is patented); whoever has it may use it.
    if find_spec("pillow_heif") is None:
        return False
    import_module("pillow_heif").register_heif_opener()
    return True


# ---- photos -----------------------------------------------------------------------------------


def _photo(data: bytes, name: str, media: str, rules: Rules) -> Picture:
    from PIL import Image

    image: Image.Image
    try:
        image = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError:
        raise too_large(name) from None
    with image:
        if image.width * image.height > MOST_PIXELS:
            raise too_large(name)
        exif = image.getexif()
        orientation = int(exif.get(_ORIENTATION, 1) or 1)
        taken, taken_at = _taken(exif)
        frames = int(getattr(image, "n_frames", 1))
        if media == TIFF and frames > 1:
            return _pages(image, frames, name, rules, (taken, taken_at))
        bare = _bare(data, media, orientation)
        fits = not rules.side or max(image.size) <= rules.side
        was = image.size
        if media == JPEG and not fits:
            image.draft(None, (rules.side, rules.side))  # decodes to no more than is wanted
        image.load()
        upright = _upright(image, orientation)
        content, kind = b"", media
        plain = image.mode in ("1", "L", "P", "RGB") and "transparency" not in image.info
        if fits and plain and orientation == 1 and (media == JPEG or _is_drawing(upright, rules)):
            content = bare  # not a pixel is coded anew
        shown = _scaled(upright, rules.side)
        if not content:
            content, kind = _coded(shown, media, rules)
        original = b""
        if rules.keep_original and not (fits and content == bare):
            original = bare or _lossless(image if image.size == was else _again(data), orientation)
        note = f"{frames}幅动图只留第一幅" if media in (GIF, PNG) and frames > 1 else ""
        return Picture(
            name=f"{PurePath(name).stem or name}{SUFFIXES[kind]}",
            media=kind,
            content=content,
            width=shown.width,
            height=shown.height,
            taken=taken,
            taken_at=taken_at,
            small={THUMBNAIL: _jpeg(_scaled(shown, THUMBNAIL), _QUALITY)},
            original=original,
            note=note,
        )


def _bare(data: bytes, media: str, orientation: int) -> bytes:
    """The file with its pixels untouched and nothing told; b'' where that can't be had."""
    if media == JPEG:
        return bare_jpeg(data, orientation)
    return bare_png(data) if media == PNG and orientation == 1 else b""


def _again(data: bytes) -> Image.Image:
    from PIL import Image

    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    """Eight bits a colour, on white paper, the right way up."""
    from PIL import ImageOps

    plain = _eight_bits(image)
    if orientation == 1:
        return plain
    plain.getexif()[_ORIENTATION] = orientation
    return ImageOps.exif_transpose(plain)


def _eight_bits(image: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode.startswith("I") or image.mode == "F":
        # Sixteen bits come as 0 to 65535; convert() alone would make all but the darkest white.
        flat = image.convert("F")
        brightest = flat.getextrema()[1]
        assert isinstance(brightest, float)
        scale = 255 / 65535 if brightest > 255 else 1.0 if brightest > 1 else 255.0
        return flat.point(lambda value: value * scale).convert("L")
    if "A" in image.mode or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    if image.mode in ("L", "RGB"):
        return _true_colors(image) if image.mode == "RGB" else image.copy()
    return image.convert("L" if image.mode == "1" else "RGB")


def _true_colors(image: Image.Image) -> Image.Image:
    """In sRGB, as every screen takes it: phones write wider colours with a profile."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile:
        return image.copy()
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(
            image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.copy()
    return made or image.copy()


def _is_drawing(image: Image.Image, rules: Rules) -> bool:
    """Few colours: a screenshot, a scan of a form; sharp as it is, and small as PNG."""
    return not rules.side or image.getcolors(_FEW_COLORS) is not None


def _scaled(image: Image.Image, side: int) -> Image.Image:
    from PIL import Image

    long = max(image.size)
    if not side or long <= side:
        return image
    size = tuple(max(1, round(one * side / long)) for one in image.size)
    return image.resize((size[0], size[1]), Image.Resampling.LANCZOS)


def _coded(image: Image.Image, media: str, rules: Rules) -> tuple[bytes, str]:
    if media in (PNG, GIF, BMP) and _is_drawing(image, rules):
        return _png(image), PNG
    return _jpeg(image, _QUALITY if rules.side else _FINE_QUALITY), JPEG


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.info.clear()  # or Pillow writes comment and profile again
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _lossless(image: Image.Image, orientation: int) -> bytes:
    return _png(_upright(image, orientation))


def _taken(exif: Image.Exif) -> tuple[dt.date | None, dt.time | None]:
    """When the shutter opened, if the camera says so and it can be true."""
    said = exif.get_ifd(_EXIF)
    for tag in _TAKEN:
        words = said.get(tag)
        if isinstance(words, bytes):
            words = words.decode("ascii", "replace")
        try:
            at = dt.datetime.strptime(str(words).strip("\0 "), "%Y:%m:%d %H:%M:%S")
        except ValueError:
            continue
        if 1990 <= at.year <= 2100:
            return at.date(), at.time().replace(second=0)
    return None, None


# ---- documents --------------------------------------------------------------------------------


def _pages(
    image: Image.Image,
    frames: int,
    name: str,
    rules: Rules,
    taken: tuple[dt.date | None, dt.time | None],
) -> Picture:
    """A TIFF of several pages, as fax machines and scanners write it, becomes a PDF."""
    if frames > MOST_PAGES:
        raise _refusal(name, f"有{frames}页，超过了{MOST_PAGES}页", "请拆成几份，或另存为PDF再添加")
    drawn = []
    for at in range(frames):
        image.seek(at)
        if image.width * image.height > MOST_PIXELS:
            raise too_large(name)
        page = _scaled(_upright(image, 1), rules.side)
        page.info.clear()
        drawn.append(page)
    out = io.BytesIO()
    options: Any = {"creationDate": _LONG_AGO, "modDate": _LONG_AGO, "resolution": 200.0}
    drawn[0].save(out, "PDF", save_all=True, append_images=drawn[1:], **options)
    return Picture(
        name=f"{PurePath(name).stem or name}{SUFFIXES[PDF]}",
        media=PDF,
        content=out.getvalue(),
        taken=taken[0],
        taken_at=taken[1],
        small=_looks(drawn[0]),
    )


def _document(data: bytes, name: str) -> Picture:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _refusal(name, "是加了密码的PDF，打不开", "请去掉密码再添加") from None
        raise damaged(name) from None
    try:
        if not len(document):
            raise damaged(name)
        page = document[0]
        try:
            long = max(page.get_size())
            if not long > 0:
                raise damaged(name)
            drawn = page.render(scale=PAGE / long).to_pil().convert("RGB")
        finally:
            page.close()
    finally:
        document.close()
    return Picture(name=name, media=PDF, content=data, small=_looks(drawn))


def _looks(page: Image.Image) -> dict[int, bytes]:
    large = _scaled(page, PAGE)
    return {THUMBNAIL: _jpeg(_scaled(large, THUMBNAIL), _QUALITY), PAGE: _jpeg(large, _QUALITY)}
