"""Imports run one way through the house, drivers have their rooms, and what is used is declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from pytest_archon import archrule
from pytest_archon.failure import pop_failures

from tests.house.tree import ROOT, none_of

# From the ground up. A layer imports those before it; modules of one layer do not know each other.
LAYERS = (
    ("core",),
    ("paths", "settings", "log"),
    ("records",),
    ("ledger",),
    ("work",),
    ("figures",),
    ("sheets", "handoff", "reports"),
    ("jobs",),
    ("gui",),
    ("app",),
    ("cli",),
    ("__main__",),
)

# Who may import what is dear to load, or would spread.
ROOMS = {
    "PySide6": ("gui", "app"),
    "shiboken6": ("gui", "app"),
    "sqlite3": ("ledger",),
    "sqlcipher3": ("ledger",),
    "sqlite_utils": ("ledger",),
    "reportlab": ("reports",),
}

# The program makes no network call, ever, so nothing in it needs one of these.
NETWORK = (
    "PySide6.QtNetwork",
    "ftplib",
    "http",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "xmlrpc",
)


def within(*names: str) -> list[str]:
    """Patterns of these modules and all that is in them."""
    return [pattern for name in names for pattern in (name, f"{name}.*")]


def rooms_of(package: str, folder: Path) -> list[str]:
    """The modules and packages at the top of `package`."""
    found = {p.stem for p in folder.glob("*.py")} | {
        p.parent.name for p in folder.glob("*/__init__.py")
    }
    return sorted(found - {"__init__"})


def check_directions(package: str, folder: Path) -> None:
    """No layer imports one above it, or a neighbour."""
    there = rooms_of(package, folder)
    for height, layer in enumerate(LAYERS):
        for room in layer:
            above = [r for upper in LAYERS[height:] for r in upper if r != room]
            if room in there and above:
                (
                    archrule(f"{room} imports only downwards")
                    .match(*within(f"{package}.{room}"))
                    .should_not_import(*within(*(f"{package}.{r}" for r in above)))
                    .check(package, only_direct_imports=True)
                )


def check_rooms(package: str, folder: Path) -> None:
    """Drivers stay in their rooms, and nobody has a driver for the network."""
    for driver, homes in ROOMS.items():
        rule = archrule(f"{driver} only in {', '.join(homes)}").match(*within(package))
        rule = rule.exclude(*within(*(f"{package}.{h}" for h in homes)))
        rule.should_not_import(*within(driver)).check(package, only_direct_imports=True)
    rule = archrule("no network").match(*within(package)).should_not_import(*within(*NETWORK))
    rule.check(package, only_direct_imports=True)


def check_ground(package: str, folder: Path) -> None:
    """Core stands on the standard library alone; the map of the house imports nothing."""

    def standard_library_only(module: str, direct: set[str], _all: object) -> bool:
        own = (package, f"{package}.core")
        return all(
            i.partition(".")[0] in sys.stdlib_module_names or i in own or i.startswith(own[1] + ".")
            for i in direct
        )

    (
        archrule("core imports the standard library only")
        .match(*within(f"{package}.core"))
        .should(standard_library_only)
        .check(package, only_direct_imports=True)
    )
    (
        archrule("the map of the house imports nothing of it")
        .match(package)
        .should_not_import(f"{package}.*")
        .check(package, only_direct_imports=True)
    )


def relative_imports(folder: Path) -> list[str]:
    """Imports that start with a dot: nobody can grep for them, and pytest-archon misreads some."""
    return [
        f"{path.name}:{node.lineno}"
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]


DESKTOP = ROOT / "desktop"


def test_imports_run_downwards() -> None:
    check_directions("desktop", DESKTOP)


def test_drivers_stay_in_their_rooms() -> None:
    check_rooms("desktop", DESKTOP)


def test_core_stands_on_the_standard_library() -> None:
    check_ground("desktop", DESKTOP)


def test_every_room_has_its_place_in_the_order() -> None:
    assert set(rooms_of("desktop", DESKTOP)) <= {room for layer in LAYERS for room in layer}


def test_no_relative_imports() -> None:
    none_of(relative_imports(DESKTOP))


# --- what is imported is declared, and the other way round -------------------------------------


def plain(name: str) -> str:
    """The name of a distribution as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    """The distributions that the program says it needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {plain(re.match(r"[\w.-]+", line)[0]) for line in project["dependencies"]}


def imported() -> set[str]:
    """The distributions that the program imports."""
    heads = set()
    for path in DESKTOP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                heads |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                heads.add(node.module.partition(".")[0])
    heads -= {"desktop", *sys.stdlib_module_names}
    of = packages_distributions()
    # shiboken6 comes with PySide6, at the same version.
    return {plain(of.get(head, [head])[0]) for head in heads} - {"shiboken6"}


def test_every_package_that_is_imported_is_declared() -> None:
    none_of(imported() - declared())


def test_every_package_that_is_declared_is_imported() -> None:
    none_of(declared() - imported())


# --- the rules can fail ------------------------------------------------------------------------


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes a package `tiny` of the files given and returns what a rule has against it."""

    def build(rule, **modules: str) -> list[str]:
        folder = tmp_path / "tiny"
        for name, code in {"__init__": "", "core/__init__": "", **modules}.items():
            path = folder / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(code, "utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        rule("tiny", folder)
        return [f.reason for f in pop_failures()]

    return build


@pytest.mark.parametrize(
    ("rule", "file", "code"),
    [
        (check_directions, "core/errors", "from tiny.ledger import rows"),
        (check_directions, "core/errors", "def late():\n    import tiny.gui.messages"),
        (check_directions, "sheets/reader", "from tiny.handoff.package import Package"),
        (check_directions, "gui/window", "from tiny import app"),
        (check_rooms, "work/deadlines", "from PySide6.QtCore import QDate"),
        (check_rooms, "gui/window", "import sqlite3"),
        (check_rooms, "handoff/package", "from sqlcipher3 import dbapi2"),
        (check_rooms, "sheets/writer", "from reportlab.pdfgen import canvas"),
        (check_rooms, "handoff/package", "from urllib.request import urlopen"),
        (check_rooms, "gui/window", "from PySide6.QtNetwork import QLocalServer"),
        (check_ground, "core/dates", "import chinese_calendar"),
        (check_ground, "__init__", "from tiny.core import errors"),
    ],
)
def test_a_wrong_import_is_found(tiny, rule, file: str, code: str) -> None:
    rooms = {"ledger/rows": "", "gui/messages": "", "handoff/package": "", "app": ""}
    files = {f"{room.split('/')[0]}/__init__": "" for room in [*rooms, file] if "/" in room}
    assert tiny(rule, **{**files, **rooms, file: code})


def test_a_right_import_is_not_found(tiny) -> None:
    house = {
        "ledger/__init__": "",
        "ledger/rows": "import sqlite3\nfrom urllib.parse import quote\nimport tiny.core.errors",
        "core/errors": "from datetime import date\nfrom tiny.core import dates",
        "core/dates": "",
        "gui/__init__": "",
        "gui/window": "from PySide6.QtCore import QDate\nfrom tiny.ledger.rows import quote",
    }
    for rule in (check_directions, check_rooms, check_ground):
        assert tiny(rule, **house) == []


def test_a_relative_import_is_found(tmp_path: Path) -> None:
    (tmp_path / "window.py").write_text("from . import messages\n", "utf-8")
    assert relative_imports(tmp_path) == ["window.py:1"]
