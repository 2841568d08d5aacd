"""The program's way in: `sixia`, `python -m desktop`, and the frozen executable.

The child processes that read foreign files start here too, before anything heavy is imported.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; a frozen program's helper processes branch off first."""
    if len(sys.argv) > 1 and sys.argv[1] == "--read":
        from desktop.sheets.child import main as read

        sys.exit(read(sys.argv[1:]))
    if sys.argv[1:] == ["--pictures"]:
        from desktop.jobs.picture_child import main as draw

        sys.exit(draw())
    from multiprocessing import freeze_support

    freeze_support()
    from desktop.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
