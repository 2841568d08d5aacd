"""CHANGELOG.md keeps the usual form, and its newest release is this version."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

import desktop
from tests.house.tree import ROOT, none_of

KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
RELEASE = re.compile(
    r"## \[(?P<version>Unreleased|\d+\.\d+\.\d+)\](?: - (?P<day>\d{4}-\d{2}-\d{2}))?"
)


def problems(page: str, version: str) -> list[str]:
    """What is wrong with a changelog of a program of this version."""
    found = []
    releases = []
    lines = page.splitlines()
    if not lines or lines[0] != "# Changelog":
        found.append("the first line is not '# Changelog'")
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            match = RELEASE.fullmatch(line)
            if not match or (match["version"] == "Unreleased") == bool(match["day"]):
                found.append(
                    f"{number}: a release is '## [1.2.3] - 2026-11-30' or '## [Unreleased]'"
                )
            else:
                releases.append(match)
        elif line.startswith("### ") and line[4:] not in KINDS:
            found.append(f"{number}: {line[4:]!r} is none of {sorted(KINDS)}")
        elif line.startswith("### ") and not releases:
            found.append(f"{number}: changes outside a release")
    if "Unreleased" in [r["version"] for r in releases[1:]]:
        found.append("Unreleased stands on top")
    dated = [r for r in releases if r["day"]]
    if dated and dated[0]["version"] != version and releases[0] is dated[0]:
        found.append(f"the newest release is {dated[0]['version']}, the program {version}")
    if not releases:
        found.append("no release")
    for newer, older in pairwise(dated):
        if [int(n) for n in newer["version"].split(".")] <= [
            int(n) for n in older["version"].split(".")
        ]:
            found.append(f"{newer['version']} stands above {older['version']}")
        if newer["day"] < older["day"]:
            found.append(f"{newer['version']} is older than {older['version']}")
    return found


def test_changelog() -> None:
    none_of(problems((ROOT / "CHANGELOG.md").read_text("utf-8"), desktop.__version__))


@pytest.mark.parametrize(
    "page",
    [
        "",
        "# Changelog\n",
        "# Changelog\n## 1.0.0\n",
        "# Changelog\n## [1.0.0]\n",
        "# Changelog\n## [Unreleased] - 2026-01-01\n",
        "# Changelog\n## [2.0.0] - 2026-01-01\n",
        "# Changelog\n## [1.0.0] - 2026-01-01\n## [Unreleased]\n",
        "# Changelog\n## [1.0.0] - 2026-01-01\n## [1.1.0] - 2025-01-01\n",
        "# Changelog\n## [1.0.0] - 2026-01-01\n### News\n",
    ],
)
def test_a_wrong_changelog_is_found(page: str) -> None:
    assert problems(page, "1.0.0")


@pytest.mark.parametrize(
    "page",
    [
        "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- All.\n",
        "# Changelog\n## [Unreleased]\n## [1.0.0] - 2026-01-01\n### Fixed\n",
        "# Changelog\n## [1.0.0] - 2026-01-01\n## [0.9.0] - 2025-01-01\n",
    ],
)
def test_a_right_changelog_is_not_found(page: str) -> None:
    assert problems(page, "1.0.0") == []
