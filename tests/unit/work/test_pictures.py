"""desktop/work/pictures.py, picture_types.py: any bytes become a clean picture, or a sentence."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import struct
import zlib

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.core.errors import UserError
from desktop.work import picture_types as types
from desktop.work import pictures
from desktop.work.pictures import PAGE, THUMBNAIL, Rules, prepare
from tests.pictures import camera_notes, encoded, photo, scan, scene

RED = (254, 0, 0)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def is_red(color: object) -> bool:
    assert isinstance(color, tuple)
    return all(abs(a - b) < 40 for a, b in zip(color, RED, strict=True))


def test_a_photo_tells_when_but_not_where() -> None:
    data = photo((120, 80))
    assert b"PhoneMaker" in data
    kept = prepare(data, "IMG_1.JPG", Rules())
    assert (kept.taken, kept.taken_at) == (dt.date(2026, 11, 23), dt.time(9, 41))
    assert (kept.name, kept.media, kept.width, kept.height) == ("IMG_1.jpg", types.JPEG, 120, 80)
    for part in (kept.content, *kept.small.values()):
        assert dict(opened(part).getexif()) == {}
        assert b"PhoneMaker" not in part
        assert b"Exif" not in part


def test_a_photo_that_fits_keeps_its_pixels() -> None:
    data = photo((120, 80))
    kept = prepare(data, "a.jpg", Rules())
    assert opened(kept.content).tobytes() == opened(data).tobytes()
    assert len(kept.content) < len(data)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation: int) -> None:
    raw = scene((90, 60))
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    shot = raw.transpose(turn[orientation]) if orientation > 1 else raw
    data = encoded(shot, "JPEG", exif=camera_notes(orientation), quality=95)
    kept = prepare(data, "a.jpg", Rules(keep_original=True))
    assert (kept.width, kept.height) == (90, 60)
    for drawn in (kept.content, kept.small[THUMBNAIL]):
        assert is_red(opened(drawn).convert("RGB").getpixel((3, 3)))
        assert not is_red(opened(drawn).convert("RGB").getpixel((80, 50)))
    if orientation > 1:  # the original has the camera's pixels, and says only which way is up
        assert dict(opened(kept.original).getexif()) == {0x0112: orientation}
        assert opened(kept.original).tobytes() == opened(data).tobytes()
        assert b"PhoneMaker" not in kept.original
    else:
        assert kept.original == b""


@pytest.mark.parametrize(("side", "wanted"), [(1600, (1600, 1067)), (0, (2400, 1600))])
def test_no_larger_than_wanted(side: int, wanted: tuple[int, int]) -> None:
    data = photo((2400, 1600))
    kept = prepare(data, "a.jpg", Rules(side=side, keep_original=True))
    assert opened(kept.content).size == wanted == (kept.width, kept.height)
    assert max(opened(kept.small[THUMBNAIL]).size) == THUMBNAIL
    if side:
        assert opened(kept.original).size == (2400, 1600)
    else:
        assert kept.original == b""


KINDS = {
    "JPEG": "1 L RGB CMYK YCbCr",
    "PNG": "1 L P RGB RGBA LA",
    "TIFF": "1 L P RGB RGBA LA CMYK YCbCr",
    "BMP": "1 L P RGB RGBA",
    "GIF": "1 L P RGB RGBA LA",
    "WEBP": "L P RGB RGBA",
}


@pytest.mark.parametrize(("form", "mode"), [(f, m) for f, ms in KINDS.items() for m in ms.split()])
def test_every_kind_of_picture(form: str, mode: str) -> None:
    data = encoded(Image.new("RGB", (40, 30), "red").convert(mode), form)
    kept = prepare(data, "图", Rules())
    assert kept.media in (types.JPEG, types.PNG)
    assert types.media_of(kept.content) == kept.media
    assert kept.name == "图" + types.SUFFIXES[kept.media]
    color = opened(kept.content).convert("RGB").getpixel((20, 15))
    expected = opened(data).convert("RGBA").convert("RGB").getpixel((20, 15))
    assert all(abs(a - b) < 12 for a, b in zip(color, expected, strict=True))  # type: ignore[arg-type]
    assert opened(kept.content).mode in ("1", "L", "P", "RGB")


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_a_colour_are_not_all_white(form: str) -> None:
    data = encoded(Image.new("I;16", (40, 30), 30_000), form)
    kept = prepare(data, "a", Rules())
    grey = opened(kept.content).convert("L").getpixel((5, 5))
    assert abs(grey - 30_000 // 257) < 3


def test_what_is_see_through_stands_on_white() -> None:
    clear = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    kept = prepare(encoded(clear, "PNG"), "a.png", Rules())
    assert opened(kept.content).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_screenshot_stays_sharp_and_says_nothing() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Somebody")
    plain = Image.new("RGB", (200, 100), "white")
    plain.paste("black", (20, 20, 80, 40))
    data = encoded(plain, "PNG", pnginfo=notes, exif=camera_notes())
    kept = prepare(data, "截图.png", Rules())
    assert kept.media == types.PNG
    assert b"Somebody" not in kept.content
    assert b"PhoneMaker" not in kept.content
    assert opened(kept.content).convert("RGB").tobytes() == plain.tobytes()


def test_a_photo_saved_as_png_becomes_a_jpeg() -> None:
    data = encoded(Image.effect_noise((200, 200), 90).convert("RGB"), "PNG")
    noisy = encoded(scene((400, 300)), "PNG")
    assert prepare(data, "a.png", Rules()).media == types.PNG  # few greys
    assert prepare(noisy, "a.png", Rules()).media == types.JPEG
    assert prepare(noisy, "a.png", Rules(side=0)).media == types.PNG


def test_a_moving_picture_stands_still_and_says_so() -> None:
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    kept = prepare(data, "a.gif", Rules(keep_original=True))
    assert kept.note == "3幅动图只留第一幅"
    assert getattr(opened(kept.content), "n_frames", 1) == 1
    assert types.media_of(kept.original) == types.PNG


def test_pages_of_a_fax_become_a_document() -> None:
    sheets = [Image.new("1", (100, 140), at % 2) for at in range(3)]
    data = encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    kept = prepare(data, "传真.tif", Rules())
    assert (kept.name, kept.media) == ("传真.pdf", types.PDF)
    assert kept.content == prepare(data, "传真.tif", Rules()).content
    with pypdfium2.PdfDocument(kept.content) as document:
        assert len(document) == 3


def test_too_many_pages() -> None:
    sheets = [Image.new("1", (8, 8))] * (pictures.MOST_PAGES + 1)
    data = encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    with pytest.raises(UserError, match="有31页"):
        prepare(data, "传真.tif", Rules())


def test_a_pdf_stays_as_it_is() -> None:
    data = scan(2)
    kept = prepare(data, "意见.pdf", Rules())
    assert (kept.content, kept.media, kept.width) == (data, types.PDF, None)
    assert max(opened(kept.small[PAGE]).size) == PAGE
    assert max(opened(kept.small[THUMBNAIL]).size) == THUMBNAIL


def test_content_counts_and_not_the_name() -> None:
    assert prepare(photo(), "a.txt", Rules()).name == "a.jpg"
    with pytest.raises(UserError, match="不是照片或扫描件"):
        prepare(b"MZ" + bytes(2000), "a.jpg", Rules())


def test_the_same_photo_twice_is_one_file() -> None:
    for data in (photo(), photo((2400, 1600)), photo(orientation=6), encoded(scene(), "BMP")):
        first, again = (prepare(data, name, Rules(keep_original=True)) for name in ("a", "b"))
        assert (first.content, first.small, first.original) == (
            again.content,
            again.small,
            again.original,
        )


def test_nothing_that_follows_the_picture_is_kept() -> None:
    """Phones put a second picture, with notes of its own, behind the first."""
    data = photo() + photo(seed=3)
    kept = prepare(data, "a.jpg", Rules())
    assert kept.content == prepare(photo(), "a.jpg", Rules()).content


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_is_bared_without_coding_it_anew(progressive: bool) -> None:
    data = encoded(
        scene((200, 120)), "JPEG", progressive=progressive, exif=camera_notes(), comment=b"x" * 50
    )
    bare = types.bare_jpeg(data)
    assert opened(bare).tobytes() == opened(data).tobytes()
    assert "exif" not in opened(bare).info
    assert "comment" not in opened(bare).info


# ---- what is refused --------------------------------------------------------------------------


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 30,000 pixels wide and high."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))
        )

    head = struct.pack(">LLBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空的（0字节）"),
        (b"\0" * (21 << 20), "有21MB，超过了20MB"),
        (b"hello", "不是照片或扫描件"),
        (photo((400, 300))[:4000], "不完整或已损坏"),
        (encoded(scene((400, 300)), "PNG")[:700], "不完整或已损坏"),
        (bomb(), "画面太大"),
        (scan()[:200], "不完整或已损坏"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "HEIC格式"),
    ],
    ids=["empty", "large", "other", "short jpeg", "short png", "bomb", "short pdf", "heic"],
)
def test_each_is_refused_with_its_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        prepare(data, "坏.jpg", Rules(megabytes=20))
    assert str(refused.value).startswith("「坏.jpg」")
    assert "没有添加，别的都没有变" in str(refused.value)


def test_a_pdf_with_a_password_is_refused() -> None:
    # Pages can't be read without it; what was encrypted by others is not ours to open.
    data = scan().replace(
        b"trailer\n<<",
        b"trailer\n<< /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
        b" /O (" + b"x" * 32 + b") /U (" + b"y" * 32 + b") >> /ID [(a) (a)]",
    )
    with pytest.raises(UserError, match="加了密码"):
        prepare(data, "密.pdf", Rules())


STARTS = [photo(), encoded(scene(), "PNG"), encoded(scene(), "GIF"), encoded(scene(), "BMP")]
STARTS += [encoded(scene(), "TIFF"), encoded(scene(), "WEBP"), scan()]


@given(st.binary(max_size=300), st.sampled_from([s[:16] for s in STARTS] + [b""]))
def test_any_bytes_give_a_picture_or_a_sentence(tail: bytes, head: bytes) -> None:
    with contextlib.suppress(UserError):
        assert prepare(head + tail, "a", Rules()).content


@given(st.sampled_from(STARTS), st.data())
def test_any_damage_gives_a_picture_or_a_sentence(whole: bytes, data: st.DataObject) -> None:
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = prepare(bytes(broken), "a", Rules(keep_original=True))
    except UserError:
        return
    assert kept.content
    assert b"PhoneMaker" not in kept.content + kept.original or kept.media == types.PDF


@given(st.binary(max_size=200))
def test_baring_never_fails(data: bytes) -> None:
    types.bare_jpeg(b"\xff\xd8" + data)
    types.bare_png(b"\x89PNG\r\n\x1a\n" + data)


@pytest.mark.parametrize("said", ["0000:00:00 00:00:00", "gestern", "1904:01:01 00:00:00", ""])
def test_an_impossible_time_is_no_time(said: str) -> None:
    kept = prepare(photo(taken=said), "a.jpg", Rules())
    assert (kept.taken, kept.taken_at) == (None, None)
