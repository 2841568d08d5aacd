"""The rules of tests/conftest.py can fail: tried on small suites in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT


@pytest.fixture
def run_suite(tmp_path: Path):
    """Runs the code as a test module under our conftest and settings; returns the output."""

    def run(code: str, **environment: str) -> str:
        (tmp_path / "tests").mkdir(exist_ok=True)
        (tmp_path / "tests" / "conftest.py").write_bytes(
            (ROOT / "tests" / "conftest.py").read_bytes()
        )
        (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
        (tmp_path / "tests" / "test_small.py").write_text(code, "utf-8")
        outside = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "SIXIA_"))}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
            cwd=tmp_path,
            env={**outside, **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        ).stdout

    return run


def test_an_unexpected_log_line_fails(run_suite) -> None:
    output = run_suite("""
import logging, pytest
def test_quiet():
    logging.getLogger("sixia").info("opened")
def test_loud():
    logging.getLogger("sixia").warning("disk is slow")
@pytest.mark.expected_logs("disk is (slow|full)")
def test_marked():
    logging.getLogger("sixia").error("disk is full")
def test_told(expected_logs):
    expected_logs("slow")
    logging.getLogger("sixia").warning("disk is slow")
def test_absent(expected_logs):
    expected_logs("never")
@pytest.fixture
def messy():
    yield
    logging.getLogger("sixia").warning("left a file open")
def test_messy(messy):
    pass
""")
    assert "2 failed, 4 passed, 1 error" in output
    assert "unexpected log lines:\n  WARNING sixia: disk is slow" in output.replace("E     ", "  ")
    assert "left a file open" in output
    assert "never" in output


def test_warnings_network_and_qt_messages_fail(run_suite) -> None:
    output = run_suite("""
import socket, warnings
from PySide6.QtCore import qWarning
def test_warning():
    warnings.warn("old")
def test_network():
    socket.socket(socket.AF_INET).connect(("127.0.0.1", 9))
def test_qt(qapp):
    qWarning("no such font")
""")
    assert "3 failed" in output


def test_a_missing_tool_is_a_named_skip_and_in_the_long_run_a_failure(run_suite) -> None:
    code = "def test_paper(need):\n    need('no-such-tool')\n"
    assert "1 skipped" in (output := run_suite(code))
    assert "needs no-such-tool" in output
    assert "1 failed" in run_suite(code, SIXIA_LONG="1")


def test_home_is_a_folder_of_the_test(home: Path, tmp_path: Path, pytestconfig) -> None:
    assert Path.home() == home
    assert Path(os.environ["SIXIA_HOME"]).is_relative_to(home)
    assert list(home.iterdir()) == []


def test_qt_has_no_screen(qapp) -> None:
    assert qapp.platformName() == "offscreen"
