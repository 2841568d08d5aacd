"""The program with a window: the one place that wires ledgers and windows together.

What is heavy (encryption, figures, paper) is imported after the first window has been painted, so
that an old PC shows something at once.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import logging
import logging.handlers
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from desktop import __version__
from desktop.gui import memory, messages, theme, translate

log = logging.getLogger("desktop")

_SWITCH = 0.0002  # seconds; a busy Python thread else turns an 18 ms repaint into 300-400 ms
_COLLECT = 2000  # milliseconds
_KEPT_LOGS = 3
_LOG_BYTES = 1_000_000


def run(ledger_path: str | None = None) -> int:
    """Show the window until it is closed.

    Args:
        ledger_path: the folder of a ledger whose password is asked for at once.

    Returns:
        The exit code of the process.
    """
    sys.setswitchinterval(_SWITCH)
    choose_input_method(os.environ)
    with _log_files(memory.home()):
        existing = QApplication.instance()
        app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
        app.setApplicationName("sixia")
        app.setApplicationVersion(__version__)
        app.setApplicationDisplayName("四下基层工作台账")
        program = Program(app)
        program.start(Path(ledger_path) if ledger_path else None)
        code = app.exec()
        program.end()
    return code


def self_test_window() -> None:
    """Open a window on a ledger of its own and look at each screen; raises if anything is wrong."""
    import tempfile

    from desktop.gui.screens.main_window import MainWindow, entries
    from desktop.jobs.init_ledger import init_ledger

    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    wrong: list[BaseException] = []
    home = os.environ.get("SIXIA_HOME")
    with tempfile.TemporaryDirectory(prefix="sixia-") as scratch:
        os.environ["SIXIA_HOME"] = scratch
        program = Program(app)
        sys.excepthook = lambda _kind, error, _trace: wrong.append(error)
        ledger, _ = init_ledger(
            Path(scratch) / "试.ledger", "试", "990821", "", "", "试", "self-test"
        )
        window = MainWindow(ledger)
        window.show()
        for entry in entries():
            window.show_screen(entry.name)
            app.processEvents()
            if window.grab().isNull():
                raise AssertionError(f"nothing drawn: {entry.name}")
        window.close()
        program.end()
        if home is None:
            del os.environ["SIXIA_HOME"]
        else:
            os.environ["SIXIA_HOME"] = home
    if wrong:
        raise wrong[0]


class Program(QObject):
    """The windows of one run: the first one, then a ledger's; and back."""

    def __init__(self, app: QApplication) -> None:
        """Dress the program."""
        super().__init__(app)
        self.window: QWidget | None = None
        theme.load_own_fonts(rare=False)
        translate.install(app)
        theme.apply(app, memory.look())
        app.styleHints().colorSchemeChanged.connect(lambda _s: theme.apply(app, memory.look()))
        sys.excepthook = _show_unexpected
        threading.excepthook = _log_unexpected
        self._collector = _collect_on_this_thread(self)

    def start(self, folder: Path | None = None) -> None:
        """Show the first window."""
        from desktop.gui.screens.start import StartWindow

        window = StartWindow(folder)
        window.opened.connect(self._show_ledger)
        self._show(window)
        QTimer.singleShot(0, self, lambda: theme.load_own_fonts(rare=True))
        QTimer.singleShot(0, self, _import_what_comes_next)

    def end(self) -> None:
        """Give Python's hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        self._collector.stop()
        gc.enable()

    def _show_ledger(self, ledger: object) -> None:
        from desktop.gui.screens.main_window import MainWindow
        from desktop.ledger.ledger import Ledger

        assert isinstance(ledger, Ledger)
        window = MainWindow(ledger)
        window.wanted_other.connect(lambda: self.start())
        self._show(window)

    def _show(self, window: QWidget) -> None:
        former, self.window = self.window, window
        kept = memory.geometry()
        if kept is None or not window.restoreGeometry(kept):
            available = window.screen().availableSize()
            width, height = theme.FIRST_SIZE
            window.resize(min(width, available.width()), min(height, available.height()))
        window.show()
        if former is not None:
            former.close()
            former.deleteLater()


def choose_input_method(environment: dict[str, str] | os._Environ[str]) -> None:
    """Let Chinese be typed under fcitx: Qt's wheel has no plug-in for it, but fcitx answers ibus.

    Must run before QApplication. Leaves a choice that somebody made alone.
    """
    if sys.platform in ("win32", "darwin") or environment.get("QT_IM_MODULE") == "ibus":
        return
    asked = environment.get("XMODIFIERS", "") + environment.get("QT_IM_MODULE", "")
    if "fcitx" in asked and not _has_fcitx(environment):
        environment["QT_IM_MODULE"] = "ibus"


def _has_fcitx(environment: Mapping[str, str]) -> bool:
    folders = [QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)]
    folders += environment.get("QT_PLUGIN_PATH", "").split(os.pathsep)
    return any(
        list(Path(folder, "platforminputcontexts").glob("*fcitx*")) for folder in folders if folder
    )


def _import_what_comes_next() -> None:
    # While the person reads the first window and types the password.
    def load() -> None:
        import desktop.gui.screens.main_window
        import desktop.ledger.ledger  # noqa: F401

    threading.Thread(target=load, name="imports", daemon=True).start()


def _collect_on_this_thread(parent: QObject) -> QTimer:
    """Collect garbage on the GUI thread only: on another one it would destroy widgets there."""
    gc.disable()
    timer = QTimer(parent, interval=_COLLECT)
    timer.timeout.connect(_collect)
    timer.start()
    return timer


def _collect() -> None:
    young, middle, _ = gc.get_count()
    limits = gc.get_threshold()
    if young > limits[0]:
        gc.collect(1 if middle > limits[1] else 0)


def _show_unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    messages.show(error.with_traceback(trace))


def _log_unexpected(args: threading.ExceptHookArgs) -> None:
    log.error("unexpected, on thread %s", args.thread, exc_info=args.exc_value)


@contextlib.contextmanager
def _log_files(home: Path) -> Iterator[None]:
    """Keep a log, and a trace of a crash that Python never sees, in the person's own folder."""
    folder = home / "log"
    handler: logging.Handler = logging.NullHandler()
    crash: IO[str] | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        crash = (folder / "crash.txt").open("a", encoding="utf-8")
        handler = logging.handlers.RotatingFileHandler(
            folder / "sixia.log", maxBytes=_LOG_BYTES, backupCount=_KEPT_LOGS, encoding="utf-8"
        )
    except OSError:
        pass  # a full or locked disk must not keep the ledger closed
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    if crash is not None:
        faulthandler.enable(crash, all_threads=True)
    qInstallMessageHandler(lambda _type, _context, words: log.info("Qt: %s", words))
    try:
        yield
    finally:
        qInstallMessageHandler(None)
        if crash is not None:
            faulthandler.disable()
            crash.close()
        log.removeHandler(handler)
        handler.close()
