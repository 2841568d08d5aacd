"""Colours that can be read, and icons in them."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication

from desktop.gui import icons, theme
from desktop.paths import resource

PALETTES = {"light": theme.LIGHT, "dark": theme.DARK}
WORDS = ("text", "quiet", "accent", "late", "soon", "done", "paused")
GROUNDS = ("ground", "sheet", "hover", "chosen")


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", WORDS)
def test_words_stand_out_from_their_ground(palette: theme.Colors, ground: str, words: str) -> None:
    assert contrast(getattr(palette, words), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_primary_button_can_be_read(palette: theme.Colors) -> None:
    assert contrast(palette.on_accent, palette.accent) >= 4.5
    assert contrast(palette.on_accent, palette.accent_hover) >= 4.5


@pytest.mark.parametrize("look", [theme.Look.LIGHT, theme.Look.DARK])
def test_the_style_sheet_has_no_open_slot(qapp: QApplication, look: theme.Look) -> None:
    theme.apply(qapp, look)
    assert "$" not in qapp.styleSheet()
    for url in re.findall(r"url\(([^)]*)\)", qapp.styleSheet()):
        assert resource("icons").joinpath(url.rsplit("/", 1)[1]).is_file()
    assert theme.colors().dark is (look is theme.Look.DARK)


@pytest.mark.parametrize("path", sorted(resource("icons").glob("*.svg")), ids=lambda p: p.stem)
def test_every_icon_can_be_drawn(qapp: QApplication, path: object) -> None:
    picture = icons.pixmap(path.stem, "text", theme.ICON, 1.5).toImage()
    drawn = (picture.pixelColor(x, y).alpha() for x in range(27) for y in range(27))
    assert any(drawn)


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
def test_every_rule_of_the_style_sheet_is_closed(look: theme.Colors) -> None:
    depth = 0
    for sign in re.findall(r"[{}]", theme._sheet(look)):
        depth += 1 if sign == "{" else -1
        assert depth in (0, 1), "a rule begins within another one"
    assert depth == 0
