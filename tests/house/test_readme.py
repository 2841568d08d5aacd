"""What the README tells people to type exists."""

from __future__ import annotations

import os
import re
import subprocess

import click
import pytest

from tests.house.tree import ROOT, none_of

README = (ROOT / "README.md").read_text("utf-8")


def code(markdown: str) -> str:
    """Fenced blocks and inline code of a page, one piece a line."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```[^\n]*\n.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", rest)])


def make_targets(makefile: str) -> set[str]:
    """The targets that a person may ask for."""
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def named_targets(markdown: str) -> set[str]:
    """The `make` targets that a page names."""
    calls = re.findall(
        r"^\s*(?:\$ )?(?:\w+=\S+ )*make((?: [A-Za-z][\w=./-]*)*)", code(markdown), re.MULTILINE
    )
    return {word for call in calls for word in call.split() if "=" not in word}


def named_commands(markdown: str) -> set[str]:
    """The `sixia` commands and options (of the group itself) that a page names."""
    return set(
        re.findall(
            r"^\s*(?:\$ )?(?:\w+=\S+ )*sixia (-{0,2}[a-z][a-z-]*)\b", code(markdown), re.MULTILINE
        )
    )


def test_every_make_target_exists() -> None:
    assert named_targets(README)
    none_of(named_targets(README) - make_targets((ROOT / "Makefile").read_text("utf-8")))


def test_every_make_target_is_explained(need) -> None:
    outside = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    helped = subprocess.run(
        [need("make"), "-s", "help"],
        cwd=ROOT,
        env=outside,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    listed = {line.split()[0] for line in helped.splitlines() if line.strip()}
    hidden = {"system"}
    assert make_targets((ROOT / "Makefile").read_text("utf-8")) - hidden == listed


def test_every_command_exists() -> None:
    from desktop.cli import sixia

    assert isinstance(sixia, click.Group)
    options = {o for p in sixia.params for o in p.opts}
    assert named_commands(README)
    none_of(named_commands(README) - set(sixia.commands) - options)


def test_every_command_is_in_the_readme() -> None:
    from desktop.cli import sixia

    shown = {name for name, command in sixia.commands.items() if not command.hidden}
    none_of(shown - named_commands(README))


def test_every_file_that_it_names_exists() -> None:
    links = re.findall(r"\]\(([^)#\s]+)", README)
    tops = r"(?:desktop|resources|tests|\.ci)/[\w./-]*\w|[\w-]+\.(?:spec|lock|toml)"
    named = [x for x in re.findall(r"`([^`\n]+)`", README) if re.fullmatch(tops, x)]
    none_of([x for x in [*links, *named] if not (ROOT / x).exists()])


# --- the rules can fail ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "targets"),
    [
        ("Type `make demo`.", {"demo"}),
        ("```\nmake lock UPGRADE=--upgrade\n$ make run\n```", {"lock", "run"}),
        ("This will make sense.", set()),
    ],
)
def test_targets_are_read(page: str, targets: set[str]) -> None:
    assert named_targets(page) == targets


def test_commands_are_read() -> None:
    page = (
        "`sixia demo`\n"
        "```sh\nsixia import LEDGER\nSIXIA_PASSWORD=x sixia due L\n"
        "sixia --types\nsixia LEDGER\n```\n"
    )
    assert named_commands(page) == {"demo", "import", "due", "--types"}
