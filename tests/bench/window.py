"""From process start to the first painted window, against an empty PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.measure import Line, best

EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""

OURS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv)
from desktop.app import Program
program = Program(app)
program.start()
QTimer.singleShot(0, app.quit)
app.exec()
import os
os._exit(0)  # what is loaded ahead in the background is not part of the first window
"""


def compare(scratch: Path) -> Line:
    """How many times as long as an empty window the first window takes (less is better)."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "SIXIA_HOME": str(scratch)}

    def run(script: str) -> None:
        subprocess.run([sys.executable, "-c", script], env=environment, check=True)

    theirs = best(lambda: run(EMPTY), 5)
    ours = best(lambda: run(OURS), 5)
    return Line("first window / empty PySide6 window", ours, theirs, theirs / ours, "×", 0.4)
