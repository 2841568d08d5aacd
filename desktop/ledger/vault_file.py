"""The files vault.json and vault.json.copy: their form, and how they are read and written.

    {"format": 1, "vault": id, "proof": hex, "checksum": SHA-256 of all the rest as canonical JSON,
     "slots": [{"kind": "user" | "recovery", "user", "salt", "cost", "public", "private",
                "ephemeral", "data_key"}]}

The checksum finds damage, not forgery (that is for the AEAD tags). It is computed alike in every
format there will be, so that a damaged file is never taken for a newer one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from desktop.core.errors import LedgerProblem
from desktop.ledger import atomic

FORMAT = 1
NAME = "vault.json"
COPY = "vault.json.copy"
RECOVERY = "recovery"
USER = "user"

# Far above any real vault; a foreign file of that name isn't read into memory.
LARGEST = 4 << 20

DAMAGED = (
    "台账的钥匙文件 vault.json 和它的副本都损坏了，台账暂时打不开，里面的资料没有改动。"
    "请不要删除这个文件夹：从最近的备份里取回 vault.json 放回原处，或用备份恢复台账。"
)
MISSING = (
    "“{name}”里没有钥匙文件 vault.json，打不开台账；里面的内容没有改动。"
    "请确认选对了文件夹；如果是复制过来的，请把整个文件夹重新复制一遍。"
)
TOO_NEW = "“{name}”由更新版本的程序建立或改过，这个版本打不开，没有改动它。请安装新版程序后再打开。"


@dataclass(frozen=True)
class Cost:
    """What one guess of a password costs; 64 MiB and 4 lanes are RFC 9106 §4, second choice."""

    passes: int
    memory_kib: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True)
class Slot:
    """One user, or the recovery key: how the secret is hashed, the key pair, the sealed data key.

    Bytes are lower-case hex. `cost` is None for the recovery key, which needs no slow hash.
    """

    kind: str
    user: str
    salt: str
    cost: Cost | None
    public: str
    private: str
    ephemeral: str
    data_key: str


@dataclass(frozen=True)
class Vault:
    """What vault.json holds; `proof` tells whether a data key belongs to it."""

    id: str
    proof: str
    slots: tuple[Slot, ...]


def read(folder: Path) -> Vault:
    """The vault of a ledger folder, from the copy if the first file is missing or damaged.

    Raises:
        LedgerProblem: both are missing or damaged, can't be read, or are of a newer format.
    """
    problems: list[Exception] = []
    for name in (NAME, COPY):
        try:
            return _load(folder / name)
        except _TooNew as error:
            # Not the other file then: the next write would put an old vault in place of a newer.
            raise LedgerProblem(TOO_NEW.format(name=folder.name)) from error
        except (OSError, _Damaged) as error:
            problems.append(error)
    for problem in problems:
        if isinstance(problem, OSError) and not isinstance(problem, FileNotFoundError):
            raise LedgerProblem(
                f"钥匙文件 vault.json 读不出来（{problem.strerror}），台账没有改动。"
                "请检查是否有权限读这个文件夹，或者关闭占用它的程序后再试。"
            ) from problem
    if all(isinstance(problem, FileNotFoundError) for problem in problems):
        raise LedgerProblem(MISSING.format(name=folder.name))
    raise LedgerProblem(DAMAGED)


def write(folder: Path, vault: Vault) -> None:
    """Write both files, each in one step; a damaged one is mended by that.

    Raises:
        LedgerProblem: no space, or no right to write.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "vault": vault.id,
        "proof": vault.proof,
        "slots": [asdict(slot) for slot in vault.slots],
    }
    document["checksum"] = _checksum(document)
    data = json.dumps(document, ensure_ascii=True, indent=1).encode("ascii") + b"\n"
    try:
        for name in (NAME, COPY):
            atomic.write_bytes(folder / name, data)
    except OSError as error:
        raise LedgerProblem(
            f"钥匙文件 vault.json 没有写成（{error.strerror}），台账里的资料没有改动。"
            "请检查磁盘空间和写权限，然后再做一次。"
        ) from error


def unreadable(folder: Path) -> list[str]:
    """Which of the two files can't be read now; the next write mends them."""
    bad = []
    for name in (NAME, COPY):
        try:
            _load(folder / name)
        except (OSError, _Damaged, _TooNew):
            bad.append(name)
    return bad


def canonical(value: Any) -> bytes:
    """JSON with one spelling only: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


class _Damaged(Exception):
    """The file is no vault any more."""


class _TooNew(Exception):
    """The file is whole, and of a format that this program doesn't know."""


def _load(file: Path) -> Vault:
    with file.open("rb") as stream:
        raw = stream.read(LARGEST + 1)
    try:
        if len(raw) > LARGEST:
            raise ValueError("too large")
        document = json.loads(raw)
        if document.pop("checksum") != _checksum(document):
            raise ValueError("checksum")
        if document["format"] > FORMAT:
            raise _TooNew(file.name)
        slots = tuple(_slot(entry) for entry in document["slots"])
        vault = Vault(_hex(document["vault"], 16), _hex(document["proof"], 32), slots)
        kinds = [slot.kind for slot in slots]
        if kinds.count(RECOVERY) != 1 or USER not in kinds:
            raise ValueError("slots")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _Damaged(file.name) from error
    return vault


def _slot(entry: dict[str, Any]) -> Slot:
    cost = None if entry["cost"] is None else Cost(**entry["cost"])
    kind, user = entry["kind"], entry["user"]
    if (
        kind not in (USER, RECOVERY)
        or not isinstance(user, str)
        or (kind == USER) != (cost is not None)
    ):
        raise ValueError("slot")
    if cost and not _is_payable(cost):
        raise ValueError("cost")
    lengths = {"salt": 16, "public": 32, "private": 48, "ephemeral": 32, "data_key": 48}
    texts = {name: _hex(entry[name], length) for name, length in lengths.items()}
    return Slot(kind=kind, user=user, cost=cost, **texts)


def _is_payable(cost: Cost) -> bool:
    """Whether Argon2 takes these numbers, and a PC survives them."""
    numbers = [getattr(cost, part.name) for part in fields(cost)]
    return (
        all(type(number) is int and number > 0 for number in numbers)
        and cost.passes <= 10_000
        and cost.lanes <= 64
        and 8 * cost.lanes <= cost.memory_kib <= 1 << 21
    )


def _hex(text: str, length: int) -> str:
    if len(bytes.fromhex(text)) != length or text != text.lower():
        raise ValueError("hex")
    return text


def _checksum(document: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(document)).hexdigest()
