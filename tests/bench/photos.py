"""Storing photos against the least that anybody must do: hash the bytes, insert one blob each."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

from desktop.ledger.connection import connect
from desktop.ledger.files import Files, make
from tests.bench.measure import Line, best

PHOTOS = 200
KEY = bytes(range(32))


def compare(scratch: Path) -> Line:
    """200 photos of 300 to 700 KB, each committed, with its small picture."""
    rng = random.Random(1)
    photos = [rng.randbytes(rng.randrange(300_000, 700_000)) for _ in range(PHOTOS)]
    small = rng.randbytes(15_000)
    runs: list[int] = []

    def ours() -> None:
        runs.append(1)
        path = scratch / f"files{len(runs)}.db"
        make(path, KEY)
        files = Files(path, KEY, readonly=False)
        for number, photo in enumerate(photos):
            files.store(photo, f"{number}.jpg", added="2026-11-23", pictures={320: small})
        files.close()

    def theirs() -> None:
        runs.append(1)
        db = connect(scratch / f"plain{len(runs)}.db", KEY, new=True)
        db.execute("CREATE TABLE file (sha256 TEXT PRIMARY KEY, small BLOB, content BLOB)")
        for photo in photos:
            sha256 = hashlib.sha256(photo).hexdigest()
            with db.atomic():
                db.conn.execute("INSERT INTO file VALUES (?, ?, ?)", [sha256, small, photo])
        db.close()

    our_time, their_time = best(ours, 2), best(theirs, 2)
    ratio = their_time / our_time
    return Line(f"{PHOTOS} photos / SHA-256 + insert", our_time, their_time, ratio, "×", 0.6)
