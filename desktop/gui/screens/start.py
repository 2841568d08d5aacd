"""The first window: a ledger opened before, another one, or a new one; then the password.

Trying a password costs half a second of one core on purpose, so it happens off the GUI thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import frames, icons, memory, messages, theme
from desktop.gui.apart import Apart
from desktop.gui.translate import tr

if TYPE_CHECKING:
    from desktop.ledger.ledger import Ledger


class StartWindow(QWidget):
    """Gives the program an open ledger."""

    opened = Signal(object)  # Ledger

    def __init__(self, folder: Path | None = None) -> None:
        """Ask for the password of `folder` at once, if given."""
        super().__init__()
        self.setObjectName("start")
        self.setWindowTitle(tr("四下基层工作台账"))
        self.setMinimumSize(*theme.SMALLEST)
        self._apart = Apart(self)
        self._pages = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        if folder is not None:
            self.ask_password(folder)
        else:
            self.show_choice()

    # ---- pages ---------------------------------------------------------------------------------

    def show_choice(self) -> None:
        """The ledgers opened before, another one, a new one."""
        known = memory.recent()
        page = ChoicePage(known)
        page.picked.connect(self.ask_password)
        page.wanted_other.connect(self._ask_folder)
        page.wanted_new.connect(self.show_new)
        page.wanted_practice.connect(lambda: self._practise(page))
        self._show(page)

    def ask_password(self, folder: Path) -> None:
        """Ask for the password of a ledger."""
        page = PasswordPage(folder)
        page.left.connect(self.show_choice)
        page.entered.connect(lambda user, password: self._open(page, user, password))
        self._show(page)
        page.start()

    def show_new(self) -> None:
        """Ask what a new ledger needs."""
        from desktop.gui.screens.new_ledger import NewLedgerPage

        home = QStandardPaths.StandardLocation.DocumentsLocation
        page = NewLedgerPage(self._apart, Path(QStandardPaths.writableLocation(home)))
        page.left.connect(self.show_choice)
        page.made.connect(self._show_key)
        self._show(page)
        page.start()

    def _show_key(self, ledger: Ledger, key: str) -> None:
        from desktop.gui.screens.recovery import RecoveryPage

        page = RecoveryPage(ledger.office.name, ledger.user, key)
        page.done.connect(lambda: self._hand_over(ledger))
        self._kept: Ledger | None = ledger
        self._show(page)

    def _show(self, page: QWidget) -> None:
        former = self._pages.currentWidget()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if former is not None:
            self._pages.removeWidget(former)
            former.deleteLater()

    # ---- opening -------------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("选台账文件夹（名字以 .ledger 结尾）"))
        if name:
            self.ask_password(Path(name))

    def _open(self, page: PasswordPage, user: str, password: str) -> None:
        folder = page.folder
        page.wait(True)

        def fail(error: Exception) -> None:
            page.wait(False)
            page.say(error)

        self._apart.run(lambda: _opened(folder, password, user), self._hand_over, fail)

    def _practise(self, page: ChoicePage) -> None:
        page.wait(tr("正在准备练习用的台账……"))

        def fail(error: Exception) -> None:
            page.wait("")
            messages.show(error, self)

        self._apart.run(open_practice, self.opened.emit, fail)

    def _hand_over(self, ledger: Ledger) -> None:
        self._kept = None
        memory.note_opened(ledger.folder)
        self.opened.emit(ledger)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close a ledger that was made and never used."""
        self._apart.join()
        kept = getattr(self, "_kept", None)
        if kept is not None:
            kept.close()
        super().closeEvent(event)


class Card(QWidget):
    """A page: a name above, a sheet in the middle of the window."""

    def __init__(self) -> None:
        """Empty; subclasses fill `inner`."""
        super().__init__()
        self.inner = frames.column(spacing=theme.M)
        sheet = frames.sheet(self.inner, theme.XL)
        sheet.setFixedWidth(theme.CARD)
        name = frames.label(tr("四下基层工作台账"), "name")
        middle = frames.column(None, frames.row(None, name, None), sheet, None, spacing=theme.L)
        middle.setStretch(3, 1)
        whole = frames.row(None, frames.scrolling(_held(middle)), None, spacing=0)
        whole.setStretch(1, 1)
        whole.setStretch(0, 0)
        whole.setStretch(2, 0)
        whole.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        self.setLayout(whole)

    def fill(self, *items: object) -> None:
        """Put items on the sheet, as `frames.column` takes them."""
        frames.fill(self.inner, items)


def _held(inner: object) -> QWidget:
    made = QWidget()
    outer = frames.row(None, inner, None, spacing=0)  # type: ignore[arg-type]
    made.setLayout(outer)
    return made


class ChoicePage(Card):
    """Which ledger."""

    picked = Signal(Path)
    wanted_other = Signal()
    wanted_new = Signal()
    wanted_practice = Signal()

    def __init__(self, known: list[Path]) -> None:
        """Offer the ledgers opened before."""
        super().__init__()
        if known:
            rows = [self._row(path) for path in known]
            self.fill(frames.label(tr("打开台账"), "head"), frames.column(*rows, spacing=0))
            other = frames.button(tr("打开别处的台账"), self.wanted_other.emit)
            new = frames.button(tr("新建台账"), self.wanted_new.emit)
            self.fill(theme.S, frames.row(other, new, None, self._practice()))
            return
        words = tr(
            "一件事只录一次：清单、期限、统计、总结都由它得出。"
            "本程序不联网，台账加密存在这台电脑上。不得录入涉密内容。"
        )
        new = frames.button(tr("新建台账"), self.wanted_new.emit, "primary")
        other = frames.button(tr("打开已有的台账"), self.wanted_other.emit)
        self.fill(
            frames.label(tr("第一次使用"), "head"),
            frames.label(words, "quiet", wrap=True),
            theme.S,
            frames.row(new, other, None, self._practice()),
        )

    def wait(self, words: str) -> None:
        """The practice ledger is being made; '' when it is done."""
        self._try.setText(words or tr("先练习一下"))
        self.setEnabled(not words)

    def _practice(self) -> QWidget:
        self._try = frames.button("", self.wanted_practice.emit, "link")
        self._try.setToolTip(tr("用虚构的一个县、六个乡镇一年的台账练习，和您的台账分开存放"))
        self.wait("")
        return self._try

    def _row(self, path: Path) -> QWidget:
        row = LedgerRow(path)
        row.clicked.connect(lambda _checked=False: self.picked.emit(path))
        return row


class LedgerRow(QAbstractButton):
    """A ledger opened before: its name, and quietly where it is."""

    def __init__(self, path: Path) -> None:
        """Speak of a ledger."""
        super().__init__()
        self.setText(path.name.removesuffix(".ledger"))
        self._where = str(path.parent)
        self.setToolTip(str(path))
        self.setAccessibleName(self.text())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(theme.SIDE, 2 * theme.XL + theme.XS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, name, place, hairline; a ring if it has the keyboard."""
        del event
        c = theme.colors()
        painter = QPainter(self)
        inner = self.rect()
        if self.underMouse():
            painter.fillRect(inner, c.color("hover"))
        painter.setPen(c.color("line"))
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())
        size = theme.XL
        picture = icons.pixmap("ledger", "accent", size, self.devicePixelRatioF())
        painter.drawPixmap(theme.S, (inner.height() - size) // 2, picture)
        words = inner.adjusted(size + 2 * theme.S + theme.XS, theme.XS + 1, -theme.S, -theme.XS - 1)
        painter.setPen(c.color("text"))
        painter.setFont(theme.font(bold=True))
        painter.drawText(words, Qt.AlignmentFlag.AlignTop, self.text())
        painter.setPen(c.color("quiet"))
        painter.setFont(theme.font(theme.SMALL))
        where = painter.fontMetrics().elidedText(
            self._where, Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom, where)
        if self.hasFocus():
            painter.setPen(QPen(c.color("accent"), 2))
            painter.drawRect(inner.adjusted(1, 1, -1, -1))
        painter.end()


class PasswordPage(Card):
    """The password of one ledger."""

    entered = Signal(str, str)  # user, password
    left = Signal()

    def __init__(self, folder: Path) -> None:
        """Speak of a ledger."""
        super().__init__()
        self.folder = folder
        self._wrong = frames.label("", "late", wrap=True)
        self._wrong.hide()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(tr("密码，或恢复单上的恢复码"))
        self.password.returnPressed.connect(self._enter)
        self.user = QLineEdit()
        self.user.setPlaceholderText(tr("姓名（只有一个人用时不用填）"))
        self.user.returnPressed.connect(self._enter)
        self.user.hide()
        self._more = frames.button(tr("换个人登录"), self._ask_user, "link")
        self.good = frames.button(tr("打开"), self._enter, "primary")
        self.good.setDefault(True)
        self._away = frames.button(tr("返回"), self.left.emit)
        self.fill(
            frames.label(folder.name.removesuffix(".ledger"), "head"),
            frames.label(str(folder.parent), "quiet", wrap=True),
            theme.XS,
            self.user,
            self.password,
            self._wrong,
            theme.XS,
            frames.row(self._more, None, self._away, self.good),
        )

    def start(self) -> None:
        """Take the keyboard."""
        self.password.setFocus()

    def say(self, error: Exception) -> None:
        """Say why it didn't open, where one is looking."""
        from desktop.core.errors import UserError

        if not isinstance(error, UserError):
            messages.show(error, self.window())
            return
        self._wrong.setText(str(error))
        self._wrong.show()
        self.password.selectAll()
        self.password.setFocus()

    def wait(self, on: bool) -> None:
        """The password is being tried."""
        self.good.setText(tr("正在打开……") if on else tr("打开"))
        for widget in (self.good, self.password, self.user, self._more, self._away):
            widget.setEnabled(not on)
        self._wrong.setVisible(False)

    def _ask_user(self) -> None:
        self.user.setVisible(not self.user.isVisible())
        (self.user if self.user.isVisible() else self.password).setFocus()

    def _enter(self) -> None:
        if not self.password.text():
            self._wrong.setText(tr("请输入密码"))
            self._wrong.show()
            return
        user = self.user.text().strip() if self.user.isVisible() else ""
        self.entered.emit(user, self.password.text())


def _opened(folder: Path, password: str, user: str) -> Ledger:
    from desktop.ledger.ledger import Ledger

    return Ledger.open(folder, password, user or None)


def open_practice() -> Ledger:
    """The practice ledger: the sample year, made the first time, in the person's own folder."""
    from desktop.jobs.demo import COUNTY, PASSWORD, demo

    out = memory.home() / "practice"
    folder = out / f"{COUNTY}.ledger"
    if not (folder / "ledger.db").is_file():
        demo(out)
    return _opened(folder, PASSWORD, "")
