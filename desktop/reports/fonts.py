"""The faces of official paper: which file draws which character, and what nobody can draw.

Each style is a chain of fonts; a character comes from the first font of the chain that has it, so
that a rare name (㛃 䶮 𬭎) is printed and not replaced by an empty box. Fallback is by runs and
not by a merged font, because the GPL outlines of Fandol and the OFL ones may not share a file
(resources/fonts/LICENSES). Fonts are loaded when first needed: 4 to 24 ms each.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFace

from desktop.core.errors import PaperProblem
from desktop.paths import resource
from desktop.reports.document import Style

FILES = {
    "FangSong": "GW-FangSong.ttf",
    "KaiTi": "GW-KaiTi.ttf",
    "HeiTi": "GW-HeiTi.ttf",
    "XiaoBiaoSong": "GW-XiaoBiaoSong.ttf",
    "SongTi": "GW-SongTi.ttf",
    "RareKai": "GW-RareKai.ttf",
    "GBKSong": "GW-GBKSong.ttf",
    "Times": "LiberationSerif-Regular.ttf",
}

CHAINS = {
    Style.FANGSONG: ("FangSong", "RareKai", "SongTi", "GBKSong"),
    Style.KAITI: ("KaiTi", "RareKai", "SongTi", "GBKSong"),
    Style.HEITI: ("HeiTi", "SongTi", "GBKSong"),
    Style.XIAOBIAOSONG: ("XiaoBiaoSong", "SongTi", "GBKSong"),
    Style.SONGTI: ("SongTi", "GBKSong"),
}

# Digits and Latin of running text are Times (half an em a digit); the heavier styles and the page
# number keep their own, which match in weight.
TIMES_STYLES = frozenset({Style.FANGSONG, Style.KAITI})
ASCII_GRAPHIC = frozenset(map(chr, range(0x21, 0x7F)))

REPLACED = str.maketrans(
    {
        "\u2015": "\u2014",  # Python's gb2312 decodes A1AA as the horizontal bar
        "\u00a0": " ",
        "\ue863": "䶮",  # where old GBK fonts kept the character before it had a code
        "\t": " ",
        "\r": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
    }
)


def normalise(text: str) -> str:
    """The text as it is laid out: composed (NFC), without look-alikes and invisible characters."""
    if text.isascii():
        return text.translate(REPLACED) if "\t" in text or "\r" in text else text
    return unicodedata.normalize("NFC", text).translate(REPLACED)


_chosen: dict[str, Path] = {}


@cache
def face(name: str) -> TTFontFace:
    """Load and register one font."""
    path = _chosen.get(name) or resource("fonts") / FILES[name]
    font = TTFont(name, str(path), shapable=False)
    pdfmetrics.registerFont(font)
    return font.face


def use_font(style: Style, path: Path | None) -> None:
    """Print a style with the office's own font, or with ours again if `path` is None.

    Raises:
        PaperProblem: the file is no font, or has PostScript outlines, which can't be embedded.
    """
    name = CHAINS[style][0]
    if path is None:
        _chosen.pop(name, None)
    else:
        try:
            TTFontFace(str(path))
        except (TTFError, OSError) as error:
            raise PaperProblem(
                f"字体文件“{path.name}”不能用于打印，仍用程序自带的字体。"
                "请换一个 TrueType（.ttf）字体。"
            ) from error
        _chosen[name] = path
    face.cache_clear()
    pick.cache_clear()


@cache
def pick(style: Style, character: str) -> tuple[str, float] | None:
    """The font that draws a character in a style and the width in em, or None if no font can."""
    chain = CHAINS[style]
    if character in ASCII_GRAPHIC and style in TIMES_STYLES:
        chain = ("Times", *chain)
    code = ord(character)
    for name in chain:
        loaded = face(name)
        if code in loaded.charToGlyph:
            return name, loaded.charWidths.get(code, loaded.defaultWidth) / 1000
    return None


def width(style: Style, character: str) -> float:
    """The width of a character in em; 0 for a line feed, 1 for what no font has."""
    found = pick(style, character)
    return found[1] if found else 0.0 if character == "\n" else 1.0


def missing(text: str, style: Style = Style.FANGSONG) -> list[str]:
    """The characters of a text that no font of the style has, each once, in code order."""
    return sorted(
        character
        for character in set(normalise(text))
        if character != "\n" and pick(style, character) is None
    )


def split_fonts(text: str, style: Style) -> list[tuple[str, str]]:
    """The text cut into (font, text) runs, each drawn by one font.

    Raises:
        PaperProblem: a character that no font has.
    """
    found: list[tuple[str, str]] = []
    for character in text:
        chosen = pick(style, character)
        if chosen is None:
            raise PaperProblem(f"没有字体能印出{named(character)}。请换一个写法。")
        if found and found[-1][0] == chosen[0]:
            found[-1] = (chosen[0], found[-1][1] + character)
        else:
            found.append((chosen[0], character))
    return found


def named(character: str) -> str:
    """A character as a message names it: 「龘」(U+9F98)."""
    return f"「{character}」(U+{ord(character):04X})"
