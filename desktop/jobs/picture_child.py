"""The process that decodes photos and scans and dies: `--pictures` on the command line.

A broken or hostile picture can take gigabytes, hang, or abort the whole process inside of a native
decoder; so it happens here, with limited memory, one picture after the other, and the window lives
on. Through stdin come, for each picture, one line of JSON and the bytes that it announces; the
answer goes through stdout in the same form. Nothing touches the disk.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import IO, Any

from desktop.core.errors import UserError
from desktop.sheets.child import limit_memory
from desktop.work.pictures import Picture, Rules, damaged, prepare


def main() -> int:
    """Answer until stdin ends."""
    limit_memory()
    with os.fdopen(os.dup(0), "rb") as source, os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # a decoder that talks must not talk into the answer
        while (asked := receive(source)) is not None:
            about, (data,) = asked
            _answer(out, about, data)
    return 0


def _answer(out: IO[bytes], about: dict[str, Any], data: bytes) -> None:
    name = about["name"]
    try:
        picture = prepare(data, name, Rules(**about["rules"]))
    except UserError as error:
        send(out, {"refused": str(error)})
    except RecursionError:
        send(out, {"refused": str(damaged(name))})
    else:
        send(out, _about(picture), picture.content, picture.original, *picture.small.values())


def _about(picture: Picture) -> dict[str, Any]:
    return {
        "name": picture.name,
        "media": picture.media,
        "width": picture.width,
        "height": picture.height,
        "taken": picture.taken and picture.taken.isoformat(),
        "taken_at": picture.taken_at and picture.taken_at.isoformat(),
        "sides": list(picture.small),
        "note": picture.note,
    }


def picture_of(about: dict[str, Any], parts: list[bytes]) -> Picture:
    """The answer as the picture that it speaks of."""
    return Picture(
        name=about["name"],
        media=about["media"],
        content=parts[0],
        width=about["width"],
        height=about["height"],
        taken=dt.date.fromisoformat(about["taken"]) if about["taken"] else None,
        taken_at=dt.time.fromisoformat(about["taken_at"]) if about["taken_at"] else None,
        small=dict(zip(about["sides"], parts[2:], strict=True)),
        original=parts[1],
        note=about["note"],
    )


# ---- what goes through the pipes ---------------------------------------------------------------


def send(out: IO[bytes], about: dict[str, Any], *parts: bytes) -> None:
    """One line that says what follows, and what follows."""
    line = json.dumps({"about": about, "sizes": [len(p) for p in parts]}, ensure_ascii=True)
    out.write(line.encode("ascii") + b"\n")
    for part in parts:
        out.write(part)
    out.flush()


def receive(source: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """What `send` sent; None at the end, or where it was cut short."""
    line = source.readline()
    if not line.endswith(b"\n"):
        return None
    said = json.loads(line)
    parts = [source.read(size) for size in said["sizes"]]
    whole = all(len(part) == size for part, size in zip(parts, said["sizes"], strict=True))
    return (said["about"], parts) if whole else None
