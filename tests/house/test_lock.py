"""The lock file holds exact versions and hashes of what pyproject.toml asks for, and no more."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.lowest import lowest
from tests.house.tree import ROOT

ENTRY = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[\w.]+)(?: ; (?P<marker>[^\\\n]+?))?"
    r"(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"
)


@pytest.fixture(scope="module")
def lock() -> str:
    """The lock file less the comments."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.lstrip().startswith("#"))


def numbers(version: str) -> tuple[int, ...]:
    """A version to compare by, without trailing zeros."""
    return tuple(int(n) for n in re.sub(r"(\.0)+$", "", version).split("."))


def plain(name: str) -> str:
    """The name of a distribution as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_is_names_versions_and_hashes_only(lock: str) -> None:
    assert ENTRY.sub("", lock) == ""


def test_the_lock_satisfies_pyproject(lock: str) -> None:
    locked: dict[str, list[str]] = {}
    for entry in ENTRY.finditer(lock):
        locked.setdefault(entry["name"], []).append(entry["version"])
    for line in lowest(ROOT / "pyproject.toml"):
        name, bound = line.split(";")[0].split("==")
        assert plain(name) in locked, f"{name}: run make lock"
        for version in locked[plain(name)]:
            assert numbers(version) >= numbers(bound), f"{name} {version} is older than {bound}"


def test_lowest_bounds(tmp_path) -> None:
    file = tmp_path / "pyproject.toml"
    project = {"dependencies": ["Pillow>=11.0"], "optional-dependencies": {"dev": ["ruff>=0.15"]}}
    file.write_text(
        f"[project]\ndependencies = {project['dependencies']}\n"
        f"[project.optional-dependencies]\ndev = {project['optional-dependencies']['dev']}\n"
    )
    assert tomllib.loads(file.read_text())["project"] == project
    assert lowest(file) == ["Pillow==11.0", "ruff==0.15"]
    narrow = "ruff>=0.15,<1; python_version < '3.12'"
    file.write_text(file.read_text().replace("'ruff>=0.15'", f'"{narrow}"'))
    assert lowest(file)[1] == "ruff==0.15; python_version < '3.12'"
    file.write_text(file.read_text().replace(narrow, "ruff"))
    with pytest.raises(SystemExit, match="name>=version"):
        lowest(file)
