"""The window on a real X server, not Qt's offscreen one: what plug-ins lack shows there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.mark.long
def test_every_screen_is_drawn_under_x(need: Callable[[str], str], tmp_path: Path) -> None:
    need("Xvfb")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(writing)
        with os.fdopen(reading) as number:
            display = number.readline().strip()
        environment = os.environ | {
            "DISPLAY": f":{display}",
            "QT_QPA_PLATFORM": "xcb",
            "SIXIA_HOME": str(tmp_path),
        }
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--self-test"],
            env=environment,
            capture_output=True,
            check=False,
        )
    finally:
        server.terminate()
        server.wait()
    assert done.stderr.decode() == ""
    assert done.returncode == 0
    assert "自检通过" in done.stdout.decode()
