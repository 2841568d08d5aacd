"""设置: how the window looks, where the ledger is, which program this is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop import __version__
from desktop.core.offices import COUNTY, Office
from desktop.gui import frames, memory, theme
from desktop.gui.operations import Operations
from desktop.gui.saved_file import open_path
from desktop.gui.screens.letter_row import LetterRow
from desktop.gui.screens.photo_sheet import PhotoSheet
from desktop.gui.screens.shortcuts import ShortcutsDialog
from desktop.gui.translate import tr


class SettingsScreen(QWidget):
    """A column of sheets."""

    wanted_import = Signal()
    wanted_other = Signal()

    def __init__(self, office: Office, folder: Path, user: str, operations: Operations) -> None:
        """Speak of an open ledger."""
        super().__init__()
        inner = QWidget()
        theme.set_kind(inner, "ground")
        column = frames.column(
            frames.label(tr("设置"), "head"),
            self._ledger(office, folder, user, LetterRow(operations)),
            self._look(),
            PhotoSheet(operations),
            self._program(),
            None,
            spacing=theme.L,
        )
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        inner.setMaximumWidth(theme.SHEET + 2 * theme.XL)
        inner.setLayout(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frames.scrolling(inner))

    def _ledger(self, office: Office, folder: Path, user: str, letter: QWidget) -> QWidget:
        level = tr("县") if office.level == COUNTY else tr("乡镇（街道）")
        facts = (
            (tr("单位"), f"{office.name}　{level}"),
            (tr("区划代码"), office.code),
            (tr("登录的人"), user),
            (tr("台账文件夹"), str(folder)),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.XL)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(1, 1)
        for at, (name, words) in enumerate(facts):
            grid.addWidget(frames.label(name, "quiet"), at, 0)
            value = frames.label(words, wrap=True)
            value.setTextInteractionFlags(value.textInteractionFlags().TextSelectableByMouse)
            grid.addWidget(value, at, 1)
        grid.addWidget(frames.label(tr("本机编号字母"), "quiet"), len(facts), 0)
        grid.addWidget(letter, len(facts), 1)
        buttons = frames.row(
            frames.button(tr("打开台账文件夹"), lambda: open_path(folder)),
            frames.button(tr("导入以前的台账"), self.wanted_import.emit),
            frames.button(tr("换一本台账"), self.wanted_other.emit),
            None,
        )
        return frames.sheet(
            frames.column(frames.label(tr("这本台账"), "title"), grid, buttons, spacing=theme.M)
        )

    def _look(self) -> QWidget:
        names = {
            theme.Look.SYSTEM: tr("跟随系统"),
            theme.Look.LIGHT: tr("浅色"),
            theme.Look.DARK: tr("深色"),
        }
        group = QButtonGroup(self)
        buttons = []
        for look, words in names.items():
            button = QRadioButton(words)
            button.setChecked(look is memory.look())
            button.toggled.connect(lambda on, one=look: self._choose(one) if on else None)
            group.addButton(button)
            buttons.append(button)
        choices = frames.row(*buttons, None, spacing=theme.XL)
        return frames.sheet(
            frames.column(frames.label(tr("外观"), "title"), choices, spacing=theme.M)
        )

    def _choose(self, look: theme.Look) -> None:
        memory.note_look(look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, look)

    def _program(self) -> QWidget:
        words = tr("四下基层工作台账　{0} 版").format(__version__)
        safe = tr(
            "本程序不联网。不得录入涉密内容。台账已加密，请保管好密码和恢复单：两样都丢了，谁也打不开。"
        )
        keys = frames.button(tr("快捷键  F1"), lambda: ShortcutsDialog(self.window()).open())
        return frames.sheet(
            frames.column(
                frames.label(tr("程序"), "title"),
                frames.label(words),
                frames.label(safe, "quiet", wrap=True),
                frames.row(keys, None),
                spacing=theme.M,
            )
        )
