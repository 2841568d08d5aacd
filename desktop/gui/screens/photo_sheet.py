"""How photos and scans are kept, how much room they take, and clearing what no record uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QRadioButton, QWidget

from desktop.core.progress import Progress
from desktop.gui import frames, memory, messages, theme
from desktop.gui.operations import Operations
from desktop.gui.translate import tr
from desktop.ledger.files import orphans
from desktop.ledger.ledger import Ledger
from desktop.work.pictures import MEGABYTES, SIDES


@dataclass(frozen=True)
class _Room:
    """What files.db holds."""

    files: int
    size: int
    spare: dict[str, str]


class PhotoSheet(QFrame):
    """One sheet of the settings."""

    def __init__(self, operations: Operations) -> None:
        """Ask the ledger how much there is."""
        super().__init__()
        self._operations = operations
        rules = memory.photo_rules()
        sides = {s: tr("{0} 像素").format(s) if s else tr("原图大小") for s in SIDES}
        limits = {m: f"{m} MB" for m in MEGABYTES}
        self.original = QCheckBox(tr("另外留一份原图（占地方；拍摄地点照样去掉）"))
        self.original.setChecked(rules.keep_original)
        self.original.toggled.connect(lambda on: self._note(keep_original=on))
        self.room = frames.label("", "quiet", wrap=True)
        self.clear = frames.button(tr("清理没有记录用到的"), self._ask)
        self.clear.hide()
        self._spare: dict[str, str] = {}
        words = tr(
            "照片存进加密的台账，不另存在电脑里。拍摄地点和手机信息存入时就去掉，只留拍摄时间。"
        )
        theme.set_kind(self, "sheet")
        inner = frames.column(
            frames.label(tr("照片和扫描件"), "title"),
            self._choice(tr("长边不超过"), sides, rules.side, lambda side: self._note(side=side)),
            self._choice(
                tr("一张不超过"), limits, rules.megabytes, lambda m: self._note(megabytes=m)
            ),
            self.original,
            frames.label(words, "quiet", wrap=True),
            self.room,
            frames.row(self.clear, None),
            spacing=theme.M,
        )
        inner.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        self.setLayout(inner)
        self._read()

    def _choice(
        self, title: str, offers: dict[int, str], now: int, chosen: Callable[[int], object]
    ) -> QWidget:
        group = QButtonGroup(self)
        buttons: list[QWidget] = []
        for value, words in offers.items():
            button = QRadioButton(words)
            button.setAccessibleName(f"{title} {words}")
            button.setChecked(value == now)
            button.toggled.connect(lambda on, one=value: chosen(one) if on else None)
            group.addButton(button)
            buttons.append(button)
        held = QWidget()
        held.setLayout(frames.row(frames.label(title), *buttons, None, spacing=theme.L))
        return held

    def _note(self, **changed: Any) -> None:
        memory.note_photo_rules(replace(memory.photo_rules(), **changed))

    def _read(self) -> None:
        def job(ledger: Ledger) -> _Room:
            return _Room(*ledger.files().total(), orphans(ledger))

        self._operations.study(
            "", lambda ledger, _progress: job(ledger), self._show, self._fail, slot="photo room"
        )

    def _show(self, room: _Room) -> None:
        self._spare = room.spare
        words = tr("现有 {0} 个文件，共 {1} MB。").format(
            room.files, f"{room.size / (1 << 20):.1f}"
        )
        if room.spare:
            words += tr("其中 {0} 个没有记录用到（多半是没有保存的表里的）。").format(
                len(room.spare)
            )
        self.room.setText(words if room.files else tr("还没有照片。"))
        self.clear.setVisible(bool(room.spare))

    def _fail(self, error: Exception) -> None:
        self.room.setText(str(error))

    def _ask(self) -> None:
        names = _few(list(self._spare.values()))
        sentence = tr("这些文件没有记录用到，清理后不能找回：{0}").format(names)
        if not messages.ask(self, tr("清理照片"), sentence, tr("清理"), tr("先留着")):
            return
        wanted = set(self._spare)

        def job(ledger: Ledger, _progress: Progress) -> None:
            # Asked again: a record may have come to use one while the person read the question.
            ledger.files().remove(wanted & orphans(ledger).keys())

        self._operations.write(tr("清理照片"), job, lambda _none: self._read())


def _few(names: Sequence[str]) -> str:
    shown = "、".join(names[:5])
    return shown + (tr("等{0}个").format(len(names)) if len(names) > 5 else "")
