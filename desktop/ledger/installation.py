"""Which installation an open ledger is: the name under which its edits are stamped.

A stamp is (counter, installation), so no two folders may ever write under the same installation.
A copied folder, a restored backup or a folder carried to another PC looks just like the original
from the inside; therefore each user's own data folder remembers, outside the ledger, where and
how far each installation of it has come, and a ledger that doesn't fit goes on under a new name.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import logging
import os
import platform
import sys
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.core.errors import LedgerProblem
from desktop.ledger import atomic

log = logging.getLogger(__name__)

FORMAT = 1


@dataclass(frozen=True)
class Settled:
    """The installation that the open ledger is from now on, and whether it was made just now."""

    installation: str
    is_new: bool


@dataclass(frozen=True)
class Remembered:
    """One installation of one ledger: where it lives and the highest counter that it gave out."""

    installation: str
    path: str
    machine: str
    counter: int


def settle(
    ledger_id: str,
    path: Path,
    installation_in_ledger: str | None,
    counter_in_ledger: int,
    *,
    knows: Mapping[str, int] | None = None,
    machine: str | None = None,
) -> Settled:
    """Decide, before the first edit, which installation this ledger is.

    The ledger goes on under its own name only if that name is remembered for this path on this PC
    and the ledger's counter has not fallen behind what is remembered. Everything else (copied,
    moved, restored, another PC or account, memory lost) makes a new installation: one name too many
    does no harm, one name used twice loses edits.

    Args:
        ledger_id: which ledger.
        path: its folder.
        installation_in_ledger: the name it last wrote under; None for a ledger just made.
        counter_in_ledger: the highest counter that this installation has in the ledger.
        knows: the highest counter of every installation in the ledger. With it, two accounts of one
            PC that open the same folder in turns each go on under their own name.
        machine: which PC; tests hand in their own.
    """
    here = (_plain(path), machine or machine_id())
    counters = dict(knows or {})
    last = installation_in_ledger or ""
    counters[last] = counter_in_ledger
    fitting = [
        entry
        for entry in _read(_file()).get(ledger_id, [])
        if (entry.path, entry.machine) == here
        and counters.get(entry.installation, -1) >= entry.counter
    ]
    # The name last written under first, else the one that came furthest.
    fitting.sort(key=lambda entry: (entry.installation == last, entry.counter))
    if fitting:
        return Settled(fitting[-1].installation, is_new=False)
    return Settled(uuid.uuid4().hex, is_new=True)


def remember(
    ledger_id: str, path: Path, installation: str, counter: int, *, machine: str | None = None
) -> None:
    """Note how far an installation has come; once when it is new, and after each close.

    Args:
        ledger_id: which ledger.
        path: its folder.
        installation: the name from `settle`.
        counter: the highest counter that it gave out; a lower one than before is not taken.
        machine: which PC; tests hand in their own.

    Raises:
        LedgerProblem: the user's data folder can't be written.
    """
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(file.parent / "installations.lock"):
            ledgers = _read(file)
            entries = ledgers.get(ledger_id, [])
            counter = max(
                [counter, *(e.counter for e in entries if e.installation == installation)]
            )
            kept = [entry for entry in entries if entry.installation != installation]
            kept.append(Remembered(installation, _plain(path), machine or machine_id(), counter))
            ledgers[ledger_id] = kept
            atomic.write_bytes(file, _as_json(ledgers))
    except OSError as error:
        raise LedgerProblem(
            f"程序的个人数据文件夹写不进去（{file.parent}：{error.strerror}）。"
            "台账已经保存好，没有丢失；请检查磁盘空间和该文件夹的写权限。"
        ) from error


def known_here(ledger_id: str) -> frozenset[str]:
    """All installations of a ledger that this user's data folder remembers, copies too."""
    return frozenset(entry.installation for entry in _read(_file()).get(ledger_id, []))


def home() -> Path:
    """The user's own data folder of this program, outside every ledger.

    SIXIA_HOME wins; else %APPDATA% on Windows, XDG_DATA_HOME elsewhere (XDG Base Directory
    Specification 0.8: a relative value is to be ignored).
    """
    own = os.environ.get("SIXIA_HOME")
    if own:
        return Path(own)
    given = os.environ.get("APPDATA" if sys.platform == "win32" else "XDG_DATA_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "sixia"
    if sys.platform == "win32":
        return Path.home() / "AppData" / "Roaming" / "sixia"
    return Path.home() / ".local" / "share" / "sixia"


def machine_id() -> str:
    """A name for this PC: a hash over the system's machine id and the host name.

    Hashed, because machine-id(5) asks that the id itself be kept off other files; with the host
    name, because PCs set up from one disk image share the id.
    """
    facts = f"sixia installation\0{_system_id()}\0{platform.node()}"
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _system_id() -> str:
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE,
                r"SOFTWARE\Microsoft\Cryptography",
                0,
                winreg.KEY_READ | winreg.KEY_WOW64_64KEY,
            ) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    for name in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        with contextlib.suppress(OSError, UnicodeError):
            return Path(name).read_text("ascii").strip()
    return ""


def _plain(path: Path) -> str:
    """A path as it is compared: absolute, links followed, case folded where the system does so."""
    return os.path.normcase(os.path.realpath(path))


def _file() -> Path:
    return home() / "installations.json"


def _read(file: Path) -> dict[str, list[Remembered]]:
    """What is remembered, by ledger; a damaged file is moved aside and counts as empty."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError:
        log.warning("installations.json can't be read; every ledger counts as moved", exc_info=True)
        return {}
    try:
        return _from_json(raw)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        aside = _free_name(file)
        log.warning("installations.json is damaged and was moved to %s", aside.name)
        with contextlib.suppress(OSError):
            os.replace(file, aside)
        return {}


def _from_json(raw: bytes) -> dict[str, list[Remembered]]:
    document = json.loads(raw)
    if document["format"] != FORMAT:
        raise ValueError("another format")
    ledgers: dict[str, list[Remembered]] = {}
    for ledger_id, entries in document["ledgers"].items():
        ledgers[ledger_id] = [Remembered(**entry) for entry in entries]
        for entry in ledgers[ledger_id]:
            words = (entry.installation, entry.path, entry.machine)
            if not all(isinstance(word, str) for word in words) or type(entry.counter) is not int:
                raise TypeError("not an entry")
    return ledgers


def _as_json(ledgers: Mapping[str, list[Remembered]]) -> bytes:
    entries = {name: [asdict(entry) for entry in kept] for name, kept in ledgers.items()}
    return json.dumps({"format": FORMAT, "ledgers": entries}, indent=1).encode("ascii")


def _free_name(file: Path) -> Path:
    names = (file.with_name(f"{file.name}.damaged-{number}") for number in itertools.count(1))
    return next(name for name in names if not name.exists())


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock file: two programs that close at once mustn't forget each other's counter."""
    with lock.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
            yield
