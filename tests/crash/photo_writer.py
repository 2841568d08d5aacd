"""Adds photos until it is killed: `python -m tests.crash.photo_writer FOLDER PASSWORD SEED`.

Each photo is stored, then its row is written; it says on stdout what it does next ("file N", then
"row N", then "done N"), so that whoever kills it knows between which steps.
"""

from __future__ import annotations

import random
import sys
from itertools import count
from pathlib import Path

from desktop.core.ids import new_id
from desktop.ledger.ledger import Ledger
from desktop.records import Attachment


def add_for_ever(folder: Path, password: str, seed: int) -> None:
    """Photo after photo; only a kill ends it."""
    rng = random.Random(seed)
    ledger = Ledger.open(folder, password)
    for number in count(1):
        print("file", number, flush=True)  # noqa: T201  the parent reads it
        content = rng.randbytes(rng.randrange(1, 3 << 20))
        sha256 = ledger.files().store(content, f"{number}.jpg", pictures={320: b"small"})
        print("row", number, flush=True)  # noqa: T201
        with ledger.write("添加照片") as rows:
            rows.save(Attachment(of=new_id(), sha256=sha256, name=f"{number}.jpg"))
        print("done", number, flush=True)  # noqa: T201


if __name__ == "__main__":
    add_for_ever(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
