"""What may lie where, how long it may be, and what no file may say."""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path, PurePosixPath

import pytest

from tests.house.tree import ROOT, files, none_of, text

LONGEST = 700
TOP = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "build.spec",
    "desktop",
    "pyproject.toml",
    "requirements.lock",
    "resources",
    "tests",
}
SAYS_NOTHING = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}

# Names of XML vocabularies look like addresses, and the licence names its home.
NAMESPACES = {
    "ns.adobe.com",
    "purl.org",
    "schemas.microsoft.com",
    "schemas.openxmlformats.org",
    "www.aiim.org",
    "www.apache.org",
    "www.w3.org",
}
ADDRESS = re.compile(r"\b(?:https?|ftp|git|ssh)://(?:[^\s/@]*@)?([^\s/\"'<>)`:]*)")
REGISTRY = re.compile(
    r"\b(?:[\w-]+\.)*(?:pypi|pythonhosted|npmjs|debian|ubuntu|crates)\.(?:org|io|com)\b"
)
MACHINE = re.compile(r"(?:^|[\s\"'=:(,`\[])/(?:work|home|root|Users)/", re.MULTILINE)
LATER = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")

# Licences of fonts are quoted as they are.
QUOTED = PurePosixPath("resources/fonts/LICENSES")


def python_files() -> list[Path]:
    """All Python files."""
    return [p for p in files() if p.suffix == ".py"]


def our_texts() -> list[tuple[Path, str]]:
    """All texts that we wrote ourselves."""
    own = (p for p in files() if QUOTED not in PurePosixPath(p.as_posix()).parents)
    return [(p, content) for p in own if (content := text(p)) is not None]


def foreign_hosts(content: str) -> list[str]:
    """The network hosts that a text names."""
    hosts = [m[1].lower() for m in ADDRESS.finditer(content)]
    return [h for h in hosts if h not in NAMESPACES] + [m[0] for m in REGISTRY.finditer(content)]


def says_nothing(path: Path) -> bool:
    """Tell whether a module or folder is called by a word that could hold anything."""
    words = {w for part in path.with_suffix("").parts for w in (part, part.rpartition("_")[2])}
    return not words.isdisjoint(SAYS_NOTHING)


def test_top_level() -> None:
    none_of({p.parts[0] for p in files()} - TOP)


def test_no_python_file_is_too_long() -> None:
    none_of([str(p) for p in python_files() if len(text(p).splitlines()) > LONGEST])


def test_modules_are_called_by_what_they_are() -> None:
    none_of([str(p) for p in python_files() if says_nothing(p)])


def test_every_module_says_what_it_is() -> None:
    none_of([str(p) for p in python_files() if not ast.get_docstring(ast.parse(text(p)))])


def test_no_network_host_is_named() -> None:
    found = [(str(p), host) for p, content in our_texts() for host in foreign_hosts(content)]
    none_of(found)


def test_no_path_of_a_machine_is_named() -> None:
    none_of([(str(p), m[0]) for p, content in our_texts() for m in MACHINE.finditer(content)])


def test_nothing_is_put_off_in_a_comment() -> None:
    ours = [(p, c) for p, c in our_texts() if p.suffix in {".py", ".md", ".spec", ".toml", ""}]
    none_of([(str(p), m[0]) for p, content in ours for m in LATER.finditer(content)])


def test_fonts_are_those_of_the_checksums() -> None:
    folder = ROOT / "resources" / "fonts"
    listed = {}
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split(maxsplit=1)
        listed[name.lstrip("*")] = digest
    assert listed == {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in listed}
    fonts = {p.name for p in folder.iterdir() if p.suffix.lower() in {".ttf", ".otf", ".ttc"}}
    assert fonts <= set(listed)


def test_chinese_names_survive_git() -> None:
    """A file name must be the same on all systems: composed, no reserved sign, no trailing dot."""
    import unicodedata

    odd = re.compile(r"[<>:\"\\|?*\x00-\x1f]|[. ]$")
    for path in files():
        assert unicodedata.is_normalized("NFC", str(path)), path
        assert not any(odd.search(part) for part in path.parts), path


# --- the rules can fail ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "see https" + "://example.test/x",
        "--index" + "-url http" + "://u:p@mirror.test:3141/simple",
        "py" + "pi.org",
    ],
)
def test_a_host_is_found(content: str) -> None:
    assert foreign_hosts(content)


def test_a_vocabulary_is_no_host() -> None:
    assert foreign_hosts('xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"') == []


@pytest.mark.parametrize("content", ['open("' + "/ho" + 'me/someone/x")', "/ro" + "ot/.cache"])
def test_a_machine_path_is_found(content: str) -> None:
    assert MACHINE.search(content)


@pytest.mark.parametrize("content", ["desktop/work/deadlines.py", "from tests/work/", "~/work/x"])
def test_a_folder_of_ours_is_no_machine_path(content: str) -> None:
    assert not MACHINE.search(content)


@pytest.mark.parametrize(
    "name", ["gui/utils.py", "common/rows.py", "sheets/date_helpers.py", "core/base.py"]
)
def test_an_empty_name_is_found(name: str) -> None:
    assert says_nothing(Path(name))


@pytest.mark.parametrize("name", ["core/database.py", "records/check_in.py", "gui/record_list.py"])
def test_a_noun_is_not_found(name: str) -> None:
    assert not says_nothing(Path(name))
