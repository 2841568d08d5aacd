"""Editors that pick: labels of a code list, and records of a register.

They start empty, never on item 0. What isn't on the list is kept as it was written and says so,
except for a pure link, which must lead to a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from desktop.core.fields import Choice, Choices, Field, Link, Named, NamedList, is_id
from desktop.gui.chips import Chip, ChipField
from desktop.gui.desk import Desk
from desktop.gui.editor import Editor, LineEditor
from desktop.gui.pickers import Offer, Picking, Source, exactly, from_labels, from_register
from desktop.gui.translate import tr

_ARROW = "▾"
_BETWEEN = re.compile(r"[、,，;；]\s*")


class ChoiceEditor(LineEditor):
    """One label: by digit, initials or any part of it; another label is kept as written."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self.codes = field.kind.codes if isinstance(field.kind, Choice) else ""
        self.labels: Callable[[], list[str]] = lambda: desk.labels(self.codes)
        self.wide(self.line)
        self.line.set_prompt(tr("选或写"))
        self.line.set_hint(_ARROW)
        self.line.returnPressed.disconnect(self.passed)
        self._settling = False
        self.picking = Picking(self.line, from_labels(lambda: self.labels()))
        self.picking.opens_on_focus = True
        self.picking.picked.connect(self._picked)
        self.picking.passed.connect(self.passed)
        self.line.textEdited.connect(lambda _text: self.line.set_hint(_ARROW))

    def _picked(self, offer: Offer) -> None:
        moving = self.line.hasFocus()
        self.line.setText(offer.label)
        self.line.set_hint(_ARROW)
        self.changed.emit()
        if moving and not self._settling:
            self.passed.emit()

    def settle(self) -> None:
        """Take the offer under initials."""
        self._settling = True
        self.picking.take_spelt()
        self._settling = False

    def set_value(self, value: Any) -> None:
        """Show a label."""
        super().set_value(value)
        self._hint()

    def set_raw(self, raw: Any) -> None:
        """Words again."""
        super().set_raw(raw)
        self._hint()

    def tidy(self) -> None:
        """When the field is left: say if the label is one that the list doesn't have."""
        super().tidy()
        self._hint()

    def _hint(self) -> None:
        label = self.line.text().strip()
        known = not label or not self.codes or self.desk.knows(self.codes, label)
        self.line.set_hint(_ARROW if known else tr("新选项"))

    def read(self, text: str) -> Any:
        """A label, or the number of one."""
        plain = text.strip()
        labels = self.labels()
        if plain.isdecimal() and 0 < int(plain) <= len(labels):
            return labels[int(plain) - 1]
        return plain


class NamedEditor(LineEditor):
    """One record of a register, or its name as written (a link: only a record)."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        assert isinstance(field.kind, Named | Link)
        self.near: Callable[[], list[Offer]] = list
        self._id = self._label = ""
        self._wanted = ""
        self._settling = False
        self.wide(self.line)
        self.line.set_prompt(tr("拼音首字母或名称"))
        self.line.returnPressed.disconnect(self.passed)
        targets = field.kind.targets
        self._finished = exactly(desk, targets)
        self.picking = Picking(self.line, from_register(desk, targets, lambda: self.near()))
        self.picking.picked.connect(self._picked)
        self.picking.passed.connect(self.passed)
        self.line.textEdited.connect(self._edited)

    @property
    def _must_link(self) -> bool:
        return isinstance(self.field.kind, Link)

    def _picked(self, offer: Offer) -> None:
        moving = self.line.hasFocus()
        self._take(offer)
        self.changed.emit()
        if moving and not self._settling:
            self.passed.emit()

    def settle(self) -> None:
        """Take the offer under initials."""
        self._settling = True
        self.picking.take_spelt()
        self._settling = False

    def _take(self, offer: Offer) -> None:
        self._id, self._label, self._wanted = offer.value, offer.label, ""
        if is_id(offer.value):
            self.desk.words[offer.value] = offer.label
        self.line.setText(offer.label)
        self.line.setCursorPosition(0)
        self.line.set_hint(offer.hint if is_id(offer.value) else "")

    def _edited(self, text: str) -> None:
        if text != self._label:
            self._id = self._label = ""
        self.line.set_hint("")

    def tidy(self) -> None:
        """When the field is left: the full name, typed out, means the record of that name."""
        words = self.line.text().strip()
        if not words or self._id or self.picking.is_expecting:
            return
        self._wanted = words
        self.line.set_hint(tr("照写的保存") if not self._must_link else "")

        def answer(offers: list[Offer]) -> None:
            exact = [o for o in offers if o.meant]
            if self._wanted == words == self.line.text().strip() and len(exact) == 1:
                self._take(exact[0])
                self.changed.emit()

        self._finished(words, answer)

    def value(self) -> Any:
        """An id, or (unless a link is wanted) words."""
        words = self.line.text().strip()
        return self._id if self._id else "" if self._must_link else words

    def set_value(self, value: Any) -> None:
        """Show a record by its name, or words."""
        self._id, self._wanted = (value, "") if is_id(value) else ("", "")
        self._label = self.desk.words.get(value, "") if self._id else ""
        self.line.setText(self._label if self._id else value)
        self.line.setCursorPosition(0)
        self.line.set_hint("")
        if self._id and not self._label:
            self.desk.read_words([value], lambda: self._named(value))

    def _named(self, value: str) -> None:
        if self._id == value and not self.line.isModified():
            self._label = self.desk.words.get(value, tr("（不在本台账里）"))
            self.line.setText(self._label)

    def set_hint(self, hint: str) -> None:
        """Show what is known of the record, such as its post."""
        self.line.set_hint(hint)

    def problem(self) -> str:
        """A link must lead somewhere."""
        words = self.line.text().strip()
        return (
            tr("没有找到，请从列出的里面选") if self._must_link and words and not self._id else ""
        )

    def raw(self) -> Any:
        """The id, or the words; the name of an id may be told later, and changes nothing."""
        return self._id or self.line.text()

    def set_raw(self, raw: Any) -> None:
        """The id or the words again."""
        self.set_value(raw)


class ChipsEditor(Editor):
    """Several: each becomes a chip; Backspace in the empty line takes the last one back."""

    def __init__(self, field: Field, desk: Desk, source: Source, finished: Source) -> None:
        super().__init__(field, desk)
        self.chips = ChipField()
        self.adopt(self.chips.line)
        self.row.addWidget(self.chips)
        self.setSizePolicy(self.chips.sizePolicy())
        self._finished = finished
        self.picking = Picking(self.chips.line, source, frame=self.chips)
        self.picking.picked.connect(self._picked)
        self.picking.passed.connect(self._passed)
        self.picking.backspaced.connect(self._backspaced)
        self.chips.removed.connect(self.changed)
        self.chips.line.textEdited.connect(self._edited)
        self.chips.line.editingFinished.connect(self._left)

    def input(self) -> Any:
        """The line behind the chips."""
        return self.chips.line

    def set_wrong(self, wrong: bool) -> None:
        """The frame shows it."""
        self.chips.set_wrong(wrong)

    def known(self, value: str) -> bool:
        """Whether a register or list knows the value."""
        return is_id(value)

    def label(self, value: str) -> str:
        """What a value is called."""
        return self.desk.words.get(value, "") if is_id(value) else value

    def add(self, value: str, label: str = "", hint: str = "") -> None:
        """Add a chip unless it is there."""
        if not value or any(chip.value == value for chip in self.chips.chips):
            return
        words = label or self.label(value)
        self.chips.add(Chip(value, words, hint=hint, hollow=not self.known(value)))

    def _picked(self, offer: Offer) -> None:
        if is_id(offer.value):
            self.desk.words[offer.value] = offer.label
        self.chips.line.clear()
        self.add(offer.value, offer.label)
        self.changed.emit()

    def settle(self) -> None:
        """Take the offer under initials."""
        self.picking.take_spelt()

    def _passed(self) -> None:
        # Enter behind a word makes it a chip and stays, so that the next can follow.
        if self.chips.line.text().strip() and not self.picking.is_expecting:
            self._left()
        elif not self.chips.line.text().strip():
            self.passed.emit()

    def _edited(self, text: str) -> None:
        if _BETWEEN.search(text):
            *done, rest = _BETWEEN.split(text)
            self.picking.close()
            self.chips.line.setText(rest)
            for words in filter(None, (w.strip() for w in done)):
                self._write(words)
        self.changed.emit()

    def _left(self) -> None:
        if self.picking.is_expecting:
            return
        words = self.chips.line.text().strip()
        if words:
            self.chips.line.clear()
            self._write(words)
            self.changed.emit()

    def _write(self, words: str) -> None:
        """Keep words; the full name means the record of that name."""
        self.add(words)

        def answer(offers: list[Offer]) -> None:
            exact = [o for o in offers if o.meant]
            written = [chip for chip in self.chips.chips if chip.value == words]
            if len(exact) == 1 and written and not self.known(words):
                self._swap(written[0], exact[0])

        self._finished(words, answer)

    def _swap(self, chip: Chip, offer: Offer) -> None:
        chips = [(c.value, c.label, c.hint) for c in self.chips.chips]
        at = self.chips.chips.index(chip)
        chips[at] = (offer.value, offer.label, "")
        self.desk.words[offer.value] = offer.label
        self.chips.clear()
        for value, label, hint in chips:
            self.add(value, label, hint)
        self.changed.emit()

    def _backspaced(self) -> None:
        if self.chips.chips:
            self.chips.drop(self.chips.chips[-1])

    def value(self) -> Any:
        """All of them, with what is still in the line."""
        values = [chip.value for chip in self.chips.chips]
        values += [w.strip() for w in _BETWEEN.split(self.chips.line.text())]
        return tuple(dict.fromkeys(v for v in values if v))

    def set_value(self, value: Any) -> None:
        """Show them."""
        self.chips.clear()
        self.chips.line.clear()
        for one in value:
            self.add(one)
        unknown = [v for v in value if is_id(v) and v not in self.desk.words]
        if unknown:
            self.desk.read_words(unknown, lambda: self._named(value))

    def _named(self, value: Any) -> None:
        if self.value() == value:
            words = {v: self.label(v) or tr("（不在本台账里）") for v in value}
            self.chips.clear()
            for one in value:
                self.add(one, words[one])

    def raw(self) -> Any:
        """The values, and last what is in the line."""
        return [*(chip.value for chip in self.chips.chips), self.chips.line.text()]

    def set_raw(self, raw: Any) -> None:
        """The values and the line again."""
        self.set_value(tuple(raw[:-1]))
        self.chips.line.setText(raw[-1])


class ChoicesEditor(ChipsEditor):
    """Several labels of a code list."""

    def __init__(self, field: Field, desk: Desk) -> None:
        self.codes = field.kind.codes if isinstance(field.kind, Choices) else ""
        labels = from_labels(lambda: desk.labels(self.codes))
        super().__init__(field, desk, labels, labels)
        self.picking.opens_on_focus = True
        self.chips.line.set_prompt(tr("选或写，可以几个"))

    def known(self, value: str) -> bool:
        """Whether it is on the list."""
        return not self.codes or self.desk.knows(self.codes, value)


class NamedListEditor(ChipsEditor):
    """Several records of a register, or names as written."""

    def __init__(self, field: Field, desk: Desk) -> None:
        assert isinstance(field.kind, NamedList)
        self.near: Callable[[], list[Offer]] = list
        targets = field.kind.targets
        source = from_register(desk, targets, lambda: self.near())
        super().__init__(field, desk, source, exactly(desk, targets))
        self.chips.line.set_prompt(tr("拼音首字母或名称，可以几个"))
