"""Prints each dependency of pyproject.toml at its lower bound, one a line, for pip."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path


def lowest(pyproject: Path) -> list[str]:
    """The requirements `name==lower bound`; a dependency without a bound is an error."""
    project = tomllib.loads(pyproject.read_text("utf-8"))["project"]
    lines = []
    for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        match = re.fullmatch(r"([\w.-]+)>=([\d.]+)(?:,<[\d.]+)?(; .+)?", line)
        if not match:
            raise SystemExit(f"{pyproject}: write {line!r} as name>=version")
        name, bound, marker = match.groups()
        lines.append(f"{name}=={bound}{marker or ''}")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(lowest(Path(sys.argv[1]))) + "\n")
