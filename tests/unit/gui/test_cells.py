"""How kinds of fields look in a list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.core import fields as f
from desktop.gui import cells
from desktop.gui.editors import EDITORS
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Petitioner
from tests import fakes


@pytest.mark.parametrize("kind", [k() for k in EDITORS], ids=lambda k: type(k).__name__)
def test_every_kind_has_a_width_and_an_alignment(kind: f.Kind) -> None:
    assert cells.width(kind).hanzi > 0
    assert cells.alignment(kind) & Qt.AlignmentFlag.AlignVCenter


def test_numbers_stand_right_and_words_left() -> None:
    assert cells.alignment(f.Integer()) & Qt.AlignmentFlag.AlignRight
    assert cells.alignment(f.Text()) & Qt.AlignmentFlag.AlignLeft


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (f.PersonName(), "欧阳明月", "欧阳某某"),
        (f.Phone(), "13812341234", "138****1234"),
        (f.IdNumber(), "990812198001010018", "9908**********0018"),
        (f.LongText(), "第一行\n第二行", "第一行 第二行"),
        (f.LongText(), "电话13812341234", "电话138****1234"),
        (f.LongText(), "身份证990812198001010018", "身份证9908**********0018"),
        (f.Text(), "李明", "李明"),
    ],
)
def test_what_a_list_shows(kind: f.Kind, text: str, shown: str) -> None:
    assert cells.masked(kind, text) == shown


def test_texts_of_a_record_are_masked_and_links_are_words(ledger: Ledger) -> None:
    shown = cells.texts(ledger, Petitioner(name="王小明", phone="13812341234"))
    assert (shown["name"], shown["phone"], shown["address"]) == ("王某某", "138****1234", "")
    trip = Activity(leader=fakes.cadre("李明"), places=(fakes.place("前沟村"), "集市"))
    shown = cells.texts(ledger, trip)
    assert (shown["leader"], shown["places"], shown["date"]) == ("李明", "前沟村、集市", "")
