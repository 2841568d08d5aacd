"""What holds for every test: no real home, no window system, no network, no unexpected log line.

Unexpected Python warnings, Qt messages and network calls fail by pyproject.toml; log lines at
WARNING or above fail here, unless the test says which ones it brings about:

    @pytest.mark.expected_logs("holiday table of 2027")
    def test_x(expected_logs): expected_logs("holiday table of 2027")       # or this

A line that was expected and did not come fails too. `need("pdftotext")` is the path of a tool: a
test whose tool is missing is skipped, and fails in `make test-long` (SIXIA_LONG=1).
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.ledger.ledger import Ledger

LONG = os.environ.get("SIXIA_LONG") == "1"

# Before Qt or Hypothesis are imported: a test never opens a window on somebody's screen, and never
# sees the input method, ledger or password of the person who runs it.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
if os.name == "posix":
    os.environ["LC_ALL"] = "C.UTF-8"
for _name in [n for n in os.environ if n.startswith("SIXIA_") and n != "SIXIA_LONG"]:
    del os.environ[_name]
for _name in ("QT_IM_MODULE", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "XMODIFIERS"):
    os.environ.pop(_name, None)

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

settings.register_profile(
    "quick",
    deadline=None,
    print_blob=True,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long", settings.get_profile("quick"), derandomize=False, max_examples=500
)
settings.load_profile("long" if LONG else "quick")


# --- a home of its own -------------------------------------------------------------------------


def _home_variables(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "AppData" / "Roaming"),
        "LOCALAPPDATA": str(home / "AppData" / "Local"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "SIXIA_HOME": str(home / "sixia"),
    }


PATIENCE = 30_000  # ms; a shared machine may stall for seconds, and what never comes still fails


def _wait_longer() -> None:
    """Let qtbot wait so long by default; its plugin has no setting for that."""
    from pytestqt.qtbot import QtBot

    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive):
        wait.__kwdefaults__["timeout"] = PATIENCE


def pytest_configure(config: pytest.Config) -> None:
    """Move home before any fixture of wider scope can look for it; watch the log."""
    _wait_longer()
    home = Path(tempfile.mkdtemp(prefix="sixia-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ.update(_home_variables(home))
    watch = _LogWatch()
    config.stash[_WATCH] = watch
    logging.getLogger().addHandler(watch)
    config.add_cleanup(lambda: logging.getLogger().removeHandler(watch))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home directory; HOME, SIXIA_HOME and their like point into it."""
    folder = tmp_path_factory.mktemp("home")
    for name, value in _home_variables(folder).items():
        monkeypatch.setenv(name, value)
    return folder


# --- unexpected log lines fail -----------------------------------------------------------------

# Says at WARNING that a module which only another system has was not found.
_OTHERS = ("pytest_archon",)


class _LogWatch(logging.Handler):
    """Keeps what was logged at WARNING or above since the test began."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(_OTHERS):
            self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def begin(self, item: pytest.Item) -> None:
        self.lines = []
        self.expected = [p for m in item.iter_markers("expected_logs") for p in m.args]

    def judge(self, *, complete: bool) -> None:
        """Fail for what nobody expected; if `complete`, also for what did not come."""
        odd = [x for x in self.lines if not any(re.search(p, x) for p in self.expected)]
        absent = [p for p in self.expected if not any(re.search(p, x) for x in self.lines)]
        if odd:
            self.lines = []
            pytest.fail("unexpected log lines:\n  " + "\n  ".join(odd), pytrace=False)
        if absent and complete:
            pytest.fail("expected log lines did not come:\n  " + "\n  ".join(absent), pytrace=False)


_WATCH = pytest.StashKey[_LogWatch]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    item.config.stash[_WATCH].begin(item)
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    yield
    item.config.stash[_WATCH].judge(complete=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    watch = item.config.stash[_WATCH]
    watch.lines = []  # those of the call have been judged
    with _no_questions():
        yield
    watch.judge(complete=False)


def _nobody_answers(*_: object) -> int:
    raise AssertionError("a window asked a question after the test: nobody is there to answer it")


@contextmanager
def _no_questions() -> Generator[None]:
    """A test that failed halfway may leave a window that asks on closing; it must not hang."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    former = widgets.QMessageBox.exec if widgets else None
    if widgets:
        widgets.QMessageBox.exec = _nobody_answers
    try:
        yield
    finally:
        if widgets:
            widgets.QMessageBox.exec = former


@pytest.fixture
def expected_logs(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Call it with the regular expressions of the log lines that are about to come."""
    return lambda *patterns: request.config.stash[_WATCH].expected.extend(patterns)


# --- a ledger --------------------------------------------------------------------------------


@pytest.fixture
def ledger(tmp_path: Path) -> Generator[Ledger]:
    """An empty ledger of 柳河镇, open for writing; see tests/ledgers.py."""
    from tests.ledgers import open_empty

    with open_empty(tmp_path / "柳河镇.ledger") as opened:
        yield opened


# --- tools of the system -----------------------------------------------------------------------


@pytest.fixture
def need() -> Callable[[str], str]:
    """The path of a tool; without it the test is skipped, or fails in `make test-long`."""

    def find(tool: str) -> str:
        if path := shutil.which(tool):
            return path
        (pytest.fail if LONG else pytest.skip)(f"needs {tool}, which is not installed")

    return find
