"""How the program looks: colours, sizes and type, in one place; light and dark.

A well-kept office ledger: paper-white sheets on a quiet ground, one accent, hairlines for boxes.
All sizes are logical pixels on a 4 px grid (Qt scales them), and stand only here. Every text colour
has 4.5:1 or more on what it stands on; what is late, soon or done also carries a mark and a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from desktop.paths import resource

XS, S, M, L, XL = 4, 8, 12, 16, 24  # gaps
RADIUS = 4
ROW, INPUT, RAIL, RAIL_FOLDED, FILTER, STATUS = 32, 32, 152, 48, 40, 24
SUBRAIL = 132
ICON = 18
SMALL, BASE, HEAD, FIGURE = 12, 14, 18, 28  # type
WIDE, NARROW = 1500, 1100  # window widths: record beside the list; folded rail
SHEET = 720  # comfortable width of a single column
SIDE = 380  # side lists
CARD = 520  # the sheet of the first window
TILE = (168, 126)  # a photo in a form
PAGE = 760  # widest page of a preview
SMALLEST = (880, 480)
FIRST_SIZE = (1280, 720)

FAMILIES = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
OWN_FAMILY = "GongWen HeiTi"
RARE_FAMILIES = ("GongWen RareKai", "GongWen SongTi", "GongWen GBKSong")


class Look(StrEnum):
    """What a person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colors:
    """One palette."""

    ground: str
    sheet: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_hover: str
    hover: str
    chosen: str
    late: str
    soon: str
    done: str
    paused: str
    marked: str  # ground of a warning line
    dark: bool

    def color(self, name: str) -> QColor:
        """A colour of the palette for painting."""
        return QColor(getattr(self, name))


LIGHT = Colors(
    ground="#F4F5F7",
    sheet="#FFFFFF",
    line="#DFE2E6",
    text="#1F2328",
    quiet="#59636E",
    accent="#1F5FA8",
    on_accent="#FFFFFF",
    accent_hover="#184E8C",
    hover="#EEF1F5",
    chosen="#E3EDF8",
    late="#B42318",
    soon="#8A5A00",
    done="#177533",
    paused="#59636E",
    marked="#FBF3DF",
    dark=False,
)
DARK = Colors(
    ground="#1B1D21",
    sheet="#24272C",
    line="#3A3E45",
    text="#E6E8EB",
    quiet="#A3ABB5",
    accent="#6CA6E8",
    on_accent="#10161D",
    accent_hover="#8ABAF0",
    hover="#2C3036",
    chosen="#26364A",
    late="#FF8A7E",
    soon="#E0B25A",
    done="#6CCB85",
    paused="#A3ABB5",
    marked="#3A3323",
    dark=True,
)

_now = LIGHT


def colors() -> Colors:
    """The palette in force."""
    return _now


def apply(app: QApplication, look: Look = Look.SYSTEM) -> None:
    """Dress the whole program; called at the start and when a person or the system changes it."""
    global _now
    system_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    _now = DARK if look is Look.DARK or (look is Look.SYSTEM and system_dark) else LIGHT
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font())
    app.setPalette(_palette(_now))
    app.setStyleSheet(_sheet(_now))


def font(size: int = BASE, *, bold: bool = False) -> QFont:
    """The type of the program; digits of one width, so that numbers stand in columns."""
    made = QFont()
    made.setFamilies([*FAMILIES, OWN_FAMILY, *RARE_FAMILIES])
    made.setPixelSize(size)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def load_own_fonts(*, rare: bool) -> None:
    """Load shipped fonts: those of a system without Chinese type, or (`rare`) rare characters."""
    families = set(QFontDatabase.families())
    if rare:
        wanted = ["GW-RareKai.ttf", "GW-GBKSong.ttf"]
    else:
        wanted = [] if families.intersection(FAMILIES) else ["GW-HeiTi.ttf"]
    for name in wanted:
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}")))


def set_kind(widget: QWidget, kind: str) -> None:
    """Give a widget one of the looks of the style sheet: primary, link, head, quiet."""
    widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _palette(c: Colors) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for key, name in (
        (role.Window, c.ground),
        (role.WindowText, c.text),
        (role.Base, c.sheet),
        (role.AlternateBase, c.ground),
        (role.Text, c.text),
        (role.PlaceholderText, c.quiet),
        (role.Button, c.sheet),
        (role.ButtonText, c.text),
        (role.BrightText, c.late),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Accent, c.accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.ToolTipBase, c.sheet),
        (role.ToolTipText, c.text),
        (role.Light, c.line),
        (role.Midlight, c.line),
        (role.Mid, c.line),
        (role.Dark, c.line),
        (role.Shadow, c.line),
    ):
        made.setColor(key, QColor(name))
    off = QPalette.ColorGroup.Disabled
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(off, key, QColor(c.quiet))
    return made


def _sheet(c: Colors) -> str:
    values = vars(c)
    icons = resource("icons").as_posix()
    shade = "dark" if c.dark else "light"
    return Template(_QSS).substitute(
        values,
        icons=icons,
        shade=shade,
        base=BASE,
        small=SMALL,
        head=HEAD,
        figure=FIGURE,
        radius=RADIUS,
    )


# Margins of 1 px make room for the focus ring of 2 px, so that nothing shifts when it appears.
_QSS = """
QWidget { color: $text; }
QToolTip { background: $sheet; color: $text; border: 1px solid $line; padding: 4px 8px; }

QLabel[kind="head"] { font-size: ${head}px; font-weight: 600; }
QLabel[kind="name"] { font-size: ${head}px; color: $quiet; }
QLabel[kind="title"] { font-weight: 600; }
QLabel[kind="figure"] { font-size: ${figure}px; }
QLabel[kind="quiet"] { color: $quiet; }
QLabel[kind="small"] { color: $quiet; font-size: ${small}px; }
QLabel[kind="late"] { color: $late; }
QLabel[kind="soon"] { color: $soon; }
QLabel[kind="done"] { color: $done; }
QLabel[kind="key"] { font-size: ${head}px; font-weight: 600; background: $ground;
    border: 1px solid $line; border-radius: ${radius}px; padding: 12px 16px; }
QLabel[kind="note"] { background: $marked; border-radius: ${radius}px; padding: 8px 12px; }

QFrame[kind="sheet"], QWidget[kind="sheet"] { background: $sheet; border: 1px solid $line;
    border-radius: ${radius}px; }
QFrame[kind="paper"], QWidget[kind="paper"] { background: $sheet; }
QLabel[kind="page"] { background: #FFFFFF; border: 1px solid $line; }
QFrame[kind="line"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QFrame[kind="upright"] { background: $line; border: 0; max-width: 1px; min-width: 1px; }
QFrame[kind="drop"] { border: 1px dashed $quiet; border-radius: ${radius}px; background: $sheet; }
QFrame[kind="drop"][over="true"] { border: 2px solid $accent; background: $chosen; }

QPushButton, QToolButton[kind="button"] { background: $sheet; border: 1px solid $line;
    border-radius: ${radius}px; padding: 0 15px; min-height: 30px; }
QPushButton:hover, QToolButton[kind="button"]:hover { background: $hover; }
QPushButton:pressed, QToolButton[kind="button"]:pressed { background: $chosen; }
QPushButton:focus, QToolButton[kind="button"]:focus { border: 2px solid $accent; padding: 0 14px;
    min-height: 28px; }
QPushButton:disabled { color: $quiet; background: $ground; }
QPushButton[kind="primary"] { background: $accent; border: 1px solid $accent; color: $on_accent;
    font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $line; border-color: $line; color: $quiet; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent;
    padding: 0 4px; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0 3px; }
QPushButton[kind="flat"], QToolButton[kind="flat"] { background: transparent;
    border: 1px solid transparent; border-radius: ${radius}px; padding: 0 8px; min-height: 30px; }
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:focus, QToolButton[kind="flat"]:focus { border: 2px solid $accent;
    padding: 0 7px; min-height: 28px; }
QPushButton[kind="photo"] { background: $ground; border: 1px solid $line; padding: 1px;
    min-height: 0; }
QPushButton[kind="photo"]:hover { border-color: $quiet; }
QPushButton[kind="photo"]:focus { border: 2px solid $accent; padding: 0; }
QPushButton[kind="toggle"] { padding: 0 10px; min-height: 30px; }
QPushButton[kind="toggle"]:focus { padding: 0 9px; min-height: 28px; }
QPushButton[kind="toggle"]:checked { color: $accent; border-color: $accent; }
QToolButton[kind="pin"] { background: transparent; border: 0; color: $quiet;
  font-size: ${small}px; padding: 0 2px; margin: 0; }
QToolButton[kind="pin"]:hover { color: $accent; text-decoration: underline; }
QToolButton[kind="pin"]:checked { color: $accent; font-weight: 600; }
QPushButton[kind="filter"] { padding: 0 26px 0 10px; min-height: 30px; text-align: left;
    background: $sheet url($icons/down-$shade.svg) no-repeat right center; }
QPushButton[kind="filter"]:focus { padding: 0 25px 0 9px; min-height: 28px; }
QPushButton[kind="filter"][on="true"] { color: $accent; border-color: $accent;
    background-color: $chosen; }
QPushButton[kind="figure"] { background: transparent; border: 1px solid transparent;
    color: $accent; padding: 0; min-height: 20px; text-align: left; }
QPushButton[kind="figure"]:hover { text-decoration: underline; }
QPushButton[kind="figure"]:focus { border: 1px solid $accent; }
QPushButton[kind="status"] { background: transparent; border: 1px solid transparent; color: $accent;
    padding: 0 4px; min-height: 18px; font-size: ${small}px; }
QPushButton[kind="status"]:focus { border: 1px solid $accent; }
QListWidget[kind="popup"] { background: $sheet; border: 1px solid $line;
    border-radius: ${radius}px; padding: 4px 0; }
QPushButton[kind="tab"], QPushButton[kind="name"] { background: transparent;
    border: 1px solid transparent; border-radius: 0; padding: 0 11px; color: $quiet; }
QPushButton[kind="tab"] { border-bottom: 2px solid transparent; min-height: 28px; }
QPushButton[kind="name"] { text-align: left; padding: 0 7px; min-height: 26px;
    border-radius: ${radius}px; }
QPushButton[kind="tab"]:hover, QPushButton[kind="name"]:hover { color: $text; background: $hover; }
QPushButton[kind="tab"]:checked { color: $accent; border-bottom: 2px solid $accent;
    font-weight: 600; }
QPushButton[kind="name"]:checked { color: $accent; background: $chosen; font-weight: 600; }
QPushButton[kind="tab"]:focus { border: 2px solid $accent; padding: 0 10px; min-height: 27px; }
QPushButton[kind="name"]:focus { border: 2px solid $accent; padding: 0 6px; min-height: 24px; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[kind="row"] { background: transparent; border: 0; border-bottom: 1px solid $line;
    border-radius: 0; text-align: left; padding: 0 8px; min-height: 32px; }
QPushButton[kind="row"]:hover { background: $hover; }
QPushButton[kind="row"]:focus { border: 2px solid $accent; padding: 0 6px; min-height: 29px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: $sheet;
    border: 1px solid $line; border-radius: ${radius}px; padding: 0 7px; min-height: 30px;
    selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $quiet; }
QPlainTextEdit, QTextEdit { padding: 4px 5px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $accent;
    padding: 0 6px; min-height: 28px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 3px 4px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $ground;
    color: $quiet; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] {
    border-color: $soon; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url($icons/down-$shade.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $sheet; border: 1px solid $line; padding: 4px;
    selection-background-color: $chosen; selection-color: $text; outline: 0; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }

QCheckBox, QRadioButton { spacing: 6px; min-height: 24px; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; background: $sheet;
    border: 1px solid $quiet; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
    image: url($icons/check-$shade.svg); }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent;
    background: $on_accent; }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 12px; height: 12px; }
QRadioButton:focus, QCheckBox:focus { color: $accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }

QMenu { background: $sheet; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: ${radius}px; }
QMenu::item:selected { background: $chosen; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QAbstractItemView { background: $sheet; border: 0; outline: 0;
    selection-background-color: $chosen; selection-color: $text; }
QTableView[kind="boxed"] { border: 1px solid $line; border-radius: ${radius}px; }
QTableView { gridline-color: transparent; }
QHeaderView { background: $sheet; border: 0; }
QHeaderView::section { background: $sheet; color: $quiet; border: 0;
    border-bottom: 1px solid $line; padding: 0 8px; font-size: ${small}px; font-weight: 400; }
QHeaderView::section:first { padding-left: 16px; }
QHeaderView::section:vertical { color: $text; padding: 0 8px 0 16px; font-size: ${base}px; }
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow { image: url($icons/up-$shade.svg); width: 12px; height: 12px; }
QHeaderView::down-arrow { image: url($icons/down-$shade.svg); width: 12px; height: 12px; }
QTableCornerButton::section { background: $sheet; border: 0; }

QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollArea { border: 0; background: transparent; }
QWidget[kind="ground"] { background: $ground; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { border: 0; background: $line; border-radius: 2px; max-height: 4px;
    min-height: 4px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSplitter::handle { background: $line; }
QDialog { background: $ground; }
"""
