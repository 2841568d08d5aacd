"""Print the table; exit 1 if a ratio is below its floor."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        os.environ["SIXIA_HOME"] = str(scratch / "home")
        from tests.bench import encryption, figures, imports, lists, paper, photos, window

        print("| what | ours ms | theirs ms | ratio | floor |")
        print("|---|---:|---:|---:|---:|")
        low = False
        for compare in (
            imports.compare,
            paper.compare_summary,
            paper.compare_listing,
            window.compare,
            encryption.compare,
            *lists.COMPARISONS,
            photos.compare,
            figures.compare,
        ):
            line = compare(scratch)
            low = low or not line.fine
            print(
                f"| {line.what} | {line.ours * 1000:.1f} | {line.theirs * 1000:.1f}"
                f" | {line.ratio:.2f} | {line.floor:.2f} |",
                flush=True,
            )
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
