"""The engine names no record type: what it does, it does for all of them, and for the next one."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, none_of


def engine_files(desktop: Path) -> list[Path]:
    """Core, ledger less its migrations, sheets, handoff, and what lies at the top of gui."""
    deep = [
        p
        for room in ("core", "ledger", "sheets", "handoff")
        for p in (desktop / room).rglob("*.py")
    ]
    frozen = re.compile(r"/(?:migrations?\b|step_\d+)")
    engine = [p for p in deep if not frozen.search(p.relative_to(desktop).as_posix())]
    return sorted([*engine, *(desktop / "gui").glob("*.py")])


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named_types(path: Path, types: Collection[str]) -> list[str]:
    """Where a file names a record type: as a literal, as a table in SQL, or by importing it."""
    found = []
    names = "|".join(map(re.escape, types))
    table = re.compile(rf"\b(?:FROM|INTO|JOIN|UPDATE|TABLE)\s+[\"\[`]?({names})\b")
    classes = {name.replace("_", "").lower() for name in types}
    tree = ast.parse(path.read_bytes())
    prose = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        literal = node.value if isinstance(node, ast.Constant) and id(node) not in prose else None
        if isinstance(literal, str) and (literal in types or table.search(literal)):
            found.append(f"{path.name}:{node.lineno}: {literal[:60]!r}")
        for module in _imported(node):
            head, _, rest = module.partition(".records.")
            if rest and head and any(x in types or x.lower() in classes for x in rest.split(".")):
                found.append(f"{path.name}:{node.lineno}: imports {module}")
    return found


def test_the_engine_names_no_record_type() -> None:
    from desktop.records import RECORD_TYPES

    files = engine_files(ROOT / "desktop")
    assert files
    found = [line for path in files for line in named_types(path, RECORD_TYPES)]
    none_of(found)


@pytest.mark.parametrize(
    "code",
    [
        'rows("activity")',
        'if record.type.name == "check_in": pass',
        'ledger.query("SELECT id FROM activity WHERE date > ?")',
        'ledger.query(f"INSERT INTO {x} SELECT 1 FROM check_in")',
        "from desktop.records.activity import Activity",
        "from desktop.records import check_in",
        "from desktop.records import CheckIn",
        "import desktop.records.activity",
    ],
)
def test_a_named_type_is_found(tmp_path: Path, code: str) -> None:
    file = tmp_path / "rows.py"
    file.write_text(f'"""Says activity in its docstring."""\n{code}\n', "utf-8")
    assert [line.split(":")[1] for line in named_types(file, ["activity", "check_in"])][:1] == ["2"]


@pytest.mark.parametrize(
    "code",
    [
        '"""activity"""',
        "# an activity",
        "activity = record.parent",
        "from desktop.records import RECORD_TYPES",
        "from desktop.records.ledgers import KINDS",
        'log.info("the activity of the disk")',
    ],
)
def test_what_is_no_name_is_not_found(tmp_path: Path, code: str) -> None:
    file = tmp_path / "rows.py"
    file.write_text(code, "utf-8")
    assert named_types(file, ["activity", "check_in"]) == []


def test_which_files_are_the_engine(tmp_path: Path) -> None:
    for name in (
        "core/a.py",
        "ledger/rows.py",
        "ledger/migrations.py",
        "ledger/migrations/m1.py",
        "ledger/step_001.py",
        "gui/cells.py",
        "gui/screens/today.py",
        "work/case_steps.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [p.name for p in engine_files(tmp_path)] == ["a.py", "cells.py", "rows.py"]
