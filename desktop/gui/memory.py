"""What the window remembers between two days: ledgers, its size and look, how to keep photos."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop.gui.theme import Look
from desktop.ledger.installation import home
from desktop.work.pictures import MEGABYTES, SIDES, Rules

MOST_RECENT = 6

__all__ = [
    "forget",
    "geometry",
    "home",
    "look",
    "note_geometry",
    "note_look",
    "note_opened",
    "note_photo_rules",
    "photo_rules",
    "recent",
]


def _settings() -> QSettings:
    return QSettings(str(home() / "window.ini"), QSettings.Format.IniFormat)


def recent() -> list[Path]:
    """Ledgers opened before that are still there, the latest first."""
    kept = _settings().value("recent") or []
    paths = [kept] if isinstance(kept, str) else list(kept)
    return [path for path in map(Path, paths) if (path / "ledger.db").is_file()]


def note_opened(folder: Path) -> None:
    """Put a ledger at the head of the list."""
    others = [str(p) for p in recent() if p != folder]
    _settings().setValue("recent", [str(folder), *others][:MOST_RECENT])


def forget(folder: Path) -> None:
    """Take a ledger off the list; the ledger itself is not touched."""
    _settings().setValue("recent", [str(p) for p in recent() if p != folder])


def look() -> Look:
    """How the window looks."""
    kept = str(_settings().value("look") or "")
    return Look(kept) if kept in set(Look) else Look.SYSTEM


def note_look(chosen: Look) -> None:
    """Remember how the window looks."""
    _settings().setValue("look", str(chosen))


def geometry() -> QByteArray | None:
    """Where the window was."""
    kept = _settings().value("geometry")
    return kept if isinstance(kept, QByteArray) else None


def note_geometry(geometry_now: QByteArray) -> None:
    """Remember where the window is."""
    _settings().setValue("geometry", geometry_now)


def photo_rules() -> Rules:
    """How photos and scans are kept."""
    kept = _settings()
    plain = Rules()
    # A file that somebody edited may hold anything.
    sides, limits = ({str(one): one for one in offered} for offered in (SIDES, MEGABYTES))
    return Rules(
        sides.get(str(kept.value("photos/side")), plain.side),
        str(kept.value("photos/original")).lower() == "true",
        limits.get(str(kept.value("photos/megabytes")), plain.megabytes),
    )


def note_photo_rules(rules: Rules) -> None:
    """Remember how photos and scans are to be kept."""
    kept = _settings()
    kept.setValue("photos/side", rules.side)
    kept.setValue("photos/original", rules.keep_original)
    kept.setValue("photos/megabytes", rules.megabytes)
