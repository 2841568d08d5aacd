"""A new ledger: which office, who, and a password; every reason to refuse stands at its field."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from desktop.core.errors import UserError
from desktop.core.offices import COUNTY, TOWNSHIP, full_code, level_of
from desktop.gui import frames, messages, theme
from desktop.gui.apart import Apart
from desktop.gui.screens.start import Card
from desktop.gui.translate import tr
from desktop.ledger.ledger import Ledger

LEAST = 8
_FORBIDDEN = re.compile(r"[<>:\"\\/|?*\x00-\x1f]|[. ]$")


def strength(password: str) -> tuple[str, str]:
    """How hard a password is to guess: colour and words."""
    kinds = sum(bool(re.search(p, password)) for p in (r"\d", r"[a-z]", r"[A-Z]", r"[^\da-zA-Z]"))
    if not password:
        return "quiet", tr("至少 {0} 个字符，长一些比复杂更好").format(LEAST)
    if len(password) < LEAST:
        return "late", tr("● 太短，还差 {0} 个字符").format(LEAST - len(password))
    if len(set(password)) < 5 or password.isdigit():
        return "soon", tr("◐ 容易猜到：不要只用数字、生日或重复的字符")
    if len(password) >= 14 or (len(password) >= 10 and kinds >= 3):
        return "done", tr("✓ 很好")
    return "done", tr("✓ 可以")


class NewLedgerPage(Card):
    """The form."""

    made = Signal(object, str)  # Ledger, recovery key
    left = Signal()

    def __init__(self, apart: Apart, where: Path) -> None:
        """Ask; the ledger is made in a new folder under `where`."""
        super().__init__()
        self._apart = apart
        self._where = where
        self.name, self.code, self.user = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText(tr("例如：柳河镇"))
        self.code.setPlaceholderText(tr("6、9 或 12 位数字，例如 610999102"))
        self.user.setPlaceholderText(tr("用这本台账的人"))
        self.password, self.again = QLineEdit(), QLineEdit()
        for field in (self.password, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.again.setPlaceholderText(tr("再输一遍"))
        self.township, self.county = (
            QRadioButton(tr("乡镇、街道")),
            QRadioButton(tr("县（县专班）")),
        )
        self.township.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.township)
        group.addButton(self.county)
        self._strength = frames.label("", "quiet")
        self._folder = frames.label("", "small", wrap=True)
        self._elsewhere = frames.button(tr("换个地方"), self._ask_where, "link")
        self._wrong = frames.label("", "late", wrap=True)
        self._wrong.hide()
        self.good = frames.button(tr("建立台账"), self._make, "primary")
        self._away = frames.button(tr("返回"), self.left.emit)
        self._lay_out()
        self.password.textChanged.connect(self._judge)
        self.name.textChanged.connect(lambda _t: self._say_folder())
        self.code.textChanged.connect(self._guess_level)
        self._judge("")
        self._say_folder()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.L)
        form.setVerticalSpacing(theme.S)
        level = QWidget()
        level.setLayout(frames.row(self.township, self.county, None, spacing=theme.L))
        place = QWidget()
        where = frames.row(self._folder, self._elsewhere)
        where.setStretch(0, 1)
        place.setLayout(where)
        for words, field in (
            (tr("单位名称"), self.name),
            (tr("区划代码"), self.code),
            (tr("层级"), level),
            (tr("姓名"), self.user),
            (tr("密码"), self.password),
            ("", self._strength),
            (tr("确认密码"), self.again),
            (tr("存放在"), place),
        ):
            label = QLabel(words)
            label.setMinimumHeight(theme.INPUT if words else 0)
            form.addRow(label, field)
        self.fill(
            frames.label(tr("新建台账"), "head"),
            form,
            self._wrong,
            frames.row(None, self._away, self.good),
        )

    def start(self) -> None:
        """Take the keyboard."""
        self.name.setFocus()

    @property
    def folder(self) -> Path:
        """Where the ledger will be."""
        name = _FORBIDDEN.sub("", self.name.text().strip()) or tr("台账")
        return self._where / f"{name}.ledger"

    def problem(self) -> tuple[str, QLineEdit | None]:
        """Why it can't be made as it stands, and the field that is meant."""
        if not self.name.text().strip():
            return tr("单位名称还没有填"), self.name
        try:
            full_code(self.code.text())
        except UserError as error:
            return str(error), self.code
        if not self.user.text().strip():
            return tr("姓名还没有填"), self.user
        if len(self.password.text()) < LEAST:
            return tr("密码太短，至少 {0} 个字符").format(LEAST), self.password
        if self.password.text() != self.again.text():
            return tr("两次输入的密码不一样，请再输一遍"), self.again
        if self.folder.exists():
            return tr("已经有叫“{0}”的文件夹，请换个地方").format(self.folder.name), None
        return "", None

    def _make(self) -> None:
        QGuiApplication.inputMethod().commit()
        words, field = self.problem()
        self._say(words)
        if words:
            if field is not None:
                field.setFocus()
                field.selectAll()
            return
        from desktop.jobs.init_ledger import init_ledger

        folder, name, user = self.folder, self.name.text().strip(), self.user.text().strip()
        code, password = self.code.text().strip(), self.password.text()
        level = COUNTY if self.county.isChecked() else TOWNSHIP
        self._wait(True)
        self._apart.run(
            lambda: init_ledger(folder, name, code, level, "", user, password),
            self._take,
            self._fail,
        )

    def _take(self, made: tuple[Ledger, str]) -> None:
        self.made.emit(*made)

    def _fail(self, error: Exception) -> None:
        self._wait(False)
        if isinstance(error, UserError):
            self._say(str(error))
        else:
            messages.show(error, self.window())

    def _wait(self, on: bool) -> None:
        self.good.setText(tr("正在建立……") if on else tr("建立台账"))
        for widget in (self.good, self._away, self._elsewhere):
            widget.setEnabled(not on)

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _judge(self, password: str) -> None:
        color, words = strength(password)
        theme.set_kind(self._strength, color)
        self._strength.setText(words)

    def _guess_level(self, code: str) -> None:
        try:
            county = level_of(full_code(code)) == COUNTY
        except UserError:
            return
        (self.county if county else self.township).setChecked(True)

    def _say_folder(self) -> None:
        self._folder.setText(str(self.folder))

    def _ask_where(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self.window(), tr("台账放在哪个文件夹里"), str(self._where)
        )
        if name:
            self._where = Path(name)
            self._say_folder()
