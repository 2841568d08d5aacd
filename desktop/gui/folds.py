"""更多 ▸: what is rarely filled in is folded; how it was left is remembered per person."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.gui import theme
from desktop.gui.translate import tr
from desktop.ledger.installation import home

_ID_NUMBERS = "privacy/id_numbers"


def _settings() -> QSettings:
    return QSettings(str(home() / "forms.ini"), QSettings.Format.IniFormat)


def id_numbers_on() -> bool:
    """Whether identity numbers are asked for at all; off unless a person switched them on."""
    return bool(_settings().value(_ID_NUMBERS, False, bool))


def switch_id_numbers(on: bool) -> None:
    """Ask for identity numbers, or don't."""
    _settings().setValue(_ID_NUMBERS, on)


class Fold(QPushButton):
    """Folds a widget, or several; the name is what the ledger of habits knows it by."""

    def __init__(self, name: str, *folded: QWidget) -> None:
        super().__init__()
        theme.set_kind(self, "link")
        self.setAutoDefault(False)
        self._key = f"more/{name}"
        self._folded = list(folded)
        self.setCheckable(True)
        self.setChecked(bool(_settings().value(self._key, False, bool)))
        self.toggled.connect(self._turned)
        self._show()

    def add(self, folded: QWidget) -> None:
        """One more thing to fold."""
        self._folded.append(folded)
        self._show()

    def holds(self, widget: QWidget) -> bool:
        """Whether a widget is folded by this."""
        return any(f is widget or f.isAncestorOf(widget) for f in self._folded)

    def _turned(self, on: bool) -> None:
        _settings().setValue(self._key, on)
        self._show()

    def _show(self) -> None:
        on = self.isChecked()
        self.setText(tr("更多") + (" ▾" if on else " ▸"))
        for widget in self._folded:
            widget.setVisible(on)
