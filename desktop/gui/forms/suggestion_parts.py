"""The pieces of a suggestion's sheet: steps on top, like ones below the words, joined ones last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPushButton, QWidget

from desktop.core.names import mask_words
from desktop.gui import frames, theme
from desktop.gui.field_box import FieldBox
from desktop.gui.forms.suggestion_sheet import Joined, SuggestionSheet
from desktop.gui.record_form import Grid
from desktop.gui.translate import tr
from desktop.work import suggestions
from desktop.work.similar import SHOWN, Alike

_WORDS = 28
_KINDS = {"●": "late", "◐": "soon", "✓": "done"}


def step_words() -> dict[str, str]:
    """What the button of each step says."""
    return {
        suggestions.ASSIGNED: tr("转办"),
        suggestions.WEIGHED: tr("研判"),
        suggestions.IN_HAND: tr("记办理结果"),
        suggestions.REPLIED: tr("答复"),
        suggestions.FILED: tr("归档"),
    }


def shortened(title: str) -> str:
    """The first words of a suggestion, without numbers that reach a person."""
    plain = mask_words(" ".join(title.split()))
    return plain if len(plain) <= _WORDS else plain[:_WORDS].rstrip("，。；、") + "…"


class Part(QWidget):
    """A titled group of fields that is shown once there is something in it."""

    def __init__(self, title: str, boxes: Sequence[FieldBox]) -> None:
        """Start hidden; the link brings it out."""
        super().__init__()
        self.title = title
        self.boxes = list(boxes)
        self.grid = Grid(self.boxes)
        line = QFrame()
        theme.set_kind(line, "line")
        head = frames.row(frames.label(title, "title"), line)
        head.setStretch(1, 1)
        inner = frames.column(head, self.grid, spacing=theme.M)
        self.setLayout(inner)
        self.link = frames.button(f"＋{title}", lambda: self.bring_out(focus=True), "link")
        self.hide()

    @property
    def is_filled(self) -> bool:
        """Whether any of its fields holds something."""
        return any(not box.editor.is_empty for box in self.boxes)

    def bring_out(self, *, focus: bool = False) -> None:
        """Show it, and begin to write in it."""
        self.show()
        self.link.hide()
        if focus:
            self.boxes[0].editor.input().setFocus()

    def put_away(self) -> None:
        """Hide it until it is wanted."""
        self.hide()
        self.link.show()


class StepBar(QWidget):
    """Where a suggestion stands, and what may be done next."""

    stepped = Signal(str)  # code of the step
    wanted_paper = Signal(str, bool)  # paper, whether it names who made the suggestion
    wanted_conversion = Signal(str)  # name of the record type

    def __init__(
        self, papers: Sequence[tuple[str, str, bool]], becomes: Sequence[tuple[str, str]]
    ) -> None:
        """Offer papers (words, paper, named) and types to become (name, label)."""
        super().__init__()
        self._standing = frames.label("", "title")
        self.steps = {
            code: frames.button(words, partial(self.stepped.emit, code))
            for code, words in step_words().items()
        }
        self.print = self._menu(
            tr("打印"), [(words, partial(self.wanted_paper.emit, p, n))
                         for words, p, n in papers]
        )  # fmt: skip
        self.convert = self._menu(
            tr("转为"), [(label, partial(self.wanted_conversion.emit, name))
                         for name, label in becomes]
        )  # fmt: skip
        row = frames.row(self._standing, None, *self.steps.values(), self.convert, self.print)
        self.setLayout(row)

    def _menu(self, words: str, actions: Sequence[tuple[str, Callable[[], object]]]) -> QPushButton:
        button = QPushButton(words + " ▾")
        button.setAutoDefault(False)
        menu = QMenu(button)
        for label, then in actions:
            menu.addAction(label).triggered.connect(lambda _c=False, then=then: then())
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        button.setProperty("menu", menu)
        return button

    def buttons(self) -> list[QWidget]:
        """What Tab halts at."""
        return [*self.steps.values(), self.convert, self.print]

    def show_steps(self, standing: str, following: Sequence[str], *, convertible: bool) -> None:
        """Say where it stands; the usual next step is the one in front."""
        self._standing.setText(standing)
        theme.set_kind(self._standing, _KINDS.get(standing[:1], "title"))
        for code, button in self.steps.items():
            button.setVisible(code in following)
        back = suggestions.IN_HAND in following and suggestions.FILED not in following
        filed = back and len(following) == 1 and standing.startswith("✓")
        words = tr("取消归档") if filed else tr("记办理结果")
        self.steps[suggestions.IN_HAND].setText(words)
        self.convert.setVisible(convertible)


class Fate(QWidget):
    """One line: that a suggestion was joined to another, or became something else."""

    wanted_record = Signal(str, str)  # type, id
    wanted_parting = Signal()
    wanted_back = Signal(str)  # the reason

    def __init__(self) -> None:
        """Nothing to say."""
        super().__init__()
        self._target = ("", "")
        self._words = frames.label("", "note", wrap=True)
        self.look = frames.button(
            tr("打开"), lambda: self.wanted_record.emit(*self._target), "link"
        )
        self.part = frames.button(tr("拆开"), self.wanted_parting.emit, "link")
        self.back = frames.button(tr("收回"), self._ask, "link")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("为什么收回，如：转错了"))
        self.reason.setAccessibleName(tr("收回原因"))
        self.reason.returnPressed.connect(self._agree)
        self._agreed = frames.button(tr("确认收回"), self._agree)
        top = frames.row(self._words, self.look, self.part, self.back)
        top.setStretch(0, 1)
        self._row = QWidget()
        self._row.setLayout(frames.row(self.reason, self._agreed))
        self.setLayout(frames.column(top, self._row))
        self.hide()

    def buttons(self) -> list[QWidget]:
        """What Tab halts at."""
        return [self.look, self.part, self.back, self.reason, self._agreed]

    def tell(self, sheet: SuggestionSheet) -> None:
        """Say what became of it, if anything did."""
        one, made = sheet.suggestion, sheet.became
        self._row.hide()
        self.reason.clear()
        self.setVisible(bool(sheet.main or one.converted))
        self.part.setVisible(bool(sheet.main) and not one.converted)
        self.back.setVisible(bool(one.converted))
        if one.converted:
            label = tr(made.type.label) if made else tr("别的记录（不在本台账）")
            words = tr("{0} 转为{1}：{2}").format(
                one.converted.isoformat(), label, shortened(sheet.became_title)
            )
            if made and made.removed:
                words += tr("（已作废：{0}）").format(made.removed)
            self._target = (made.type.name, made.id) if made else ("", "")
            self.look.setVisible(made is not None)
            self._words.setText(words)
        elif sheet.main:
            self._target = (one.type.name, sheet.main)
            self.look.show()
            self._words.setText(tr("已并入：{0}。答复在那一条上写，会一并记到这里。").format(
                shortened(sheet.main_title).rstrip("。…")))  # fmt: skip

    def _open(self) -> None:
        self.wanted_record.emit(*self._target)

    def _ask(self) -> None:
        self._row.show()
        self.reason.setFocus()

    def _agree(self) -> None:
        if self.reason.text().strip():
            self.wanted_back.emit(self.reason.text().strip())
        else:
            self.reason.setFocus()


class Line(QWidget):
    """Words with links behind them; lines are kept and used again, so that Tab keeps its way."""

    def __init__(self, *links: tuple[str, Callable[[str], object]]) -> None:
        """Each link is called with the id of the record that the line speaks of."""
        super().__init__()
        self.id = ""
        self._words = frames.label("", "quiet", wrap=True)
        self._mark = frames.label()
        self.links = [
            frames.button(words, lambda act=act: act(self.id), "link")  # type: ignore[misc]
            for words, act in links
        ]
        row = frames.row(self._words, self._mark, *self.links)
        row.setStretch(0, 1)
        self.setLayout(row)

    def tell(self, record_id: str, words: str, mark: str = "") -> None:
        """Speak of another record."""
        self.id = record_id
        self._words.setText(words)
        self._mark.setText(mark)
        theme.set_kind(self._mark, _KINDS.get(mark[:1], "quiet"))
        self.show()


class LikeOnes(QWidget):
    """A quiet line for each suggestion that may be the same; a person decides."""

    wanted_look = Signal(str)  # id
    wanted_join = Signal(str, str)  # id, reason
    wanted_apart = Signal(str)  # id

    def __init__(self) -> None:
        """None."""
        super().__init__()
        self.found: list[Alike] = []
        look, join = (tr("看看"), self.wanted_look.emit), (tr("并为一条"), self._join)
        apart = (tr("不是一件"), self.wanted_apart.emit)
        self._lines = [Line(look, join, apart) for _ in range(SHOWN)]
        self.links = [link for line in self._lines for link in line.links]
        self.setLayout(frames.column(*self._lines, spacing=theme.XS))
        self.hide()

    def show_alike(self, found: Sequence[Alike]) -> None:
        """Show other ones."""
        self.found = list(found[:SHOWN])
        for line in self._lines[len(self.found) :]:
            line.hide()
        for line, one in zip(self._lines, self.found, strict=False):
            day = one.date.isoformat() if one.date else ""
            words = tr("可能是同一件：{0} {1}（{2}）").format(day, shortened(one.title), one.why)
            line.tell(one.id, words)
        self.setVisible(bool(found))

    def _join(self, record_id: str) -> None:
        why = next((one.why for one in self.found if one.id == record_id), "")
        self.wanted_join.emit(record_id, why)


class JoinedOnes(QWidget):
    """The suggestions that were joined to this one: they stay, and get its answer."""

    wanted_record = Signal(str)  # id
    wanted_parting = Signal(str)  # id
    wanted_answer = Signal()

    def __init__(self) -> None:
        """None."""
        super().__init__()
        self._words = frames.label("", "title")
        self.answer = frames.button("", self.wanted_answer.emit, "link")
        rule = QFrame()
        theme.set_kind(rule, "line")
        head = frames.row(self._words, rule, self.answer)
        head.setStretch(1, 1)
        self._lines: list[Line] = []
        self._column = frames.column(head, spacing=theme.XS)
        self.setLayout(self._column)
        self.hide()

    @property
    def links(self) -> list[QPushButton]:
        """What Tab halts at."""
        return [self.answer, *(link for line in self._lines for link in line.links)]

    def show_joined(self, joined: Sequence[Joined], owed: int) -> None:
        """Show other ones; `owed` of them haven't got the answer yet."""
        words = tr("并在这里的 {0} 条（按件只算一件，答复一并记上）")
        self._words.setText(words.format(len(joined)))
        self.answer.setText(tr("把答复记到 {0} 条上").format(owed))
        self.answer.setVisible(owed > 0)
        while len(self._lines) < len(joined):
            line = Line(
                (tr("打开"), self.wanted_record.emit), (tr("拆开"), self.wanted_parting.emit)
            )
            self._lines.append(line)
            self._column.addWidget(line)
        for line in self._lines[len(joined) :]:
            line.hide()
        for line, one in zip(self._lines, joined, strict=False):
            line.tell(one.id, f"{one.day}　{shortened(one.title)}", one.standing)
        self.setVisible(bool(joined))
