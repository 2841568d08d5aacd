"""The document model refuses what can't be laid out, and yields all of its text."""

from __future__ import annotations

import pytest

from desktop.reports.document import (
    Annex,
    Column,
    Document,
    Heading,
    Imprint,
    Paragraph,
    RedHead,
    Run,
    Signature,
    Table,
    document_texts,
    text_of,
)


def test_runs_read_as_one_text() -> None:
    assert text_of((Run("共"), Run("3", figure="x"), Run("次"))) == "共3次"
    assert Heading(1, (Run("做法"),), number="一、").text == "一、做法"


def test_wrong_shapes_are_bugs() -> None:
    with pytest.raises(ValueError, match="level"):
        Heading(5, "x")
    with pytest.raises(ValueError, match="cells"):
        Table((Column("a"),), (("1", "2"),))


def test_every_text_is_found() -> None:
    table = Table((Column("①"),), (("②",), ((Run("③"),),)), "④", "⑤", "⑥")
    document = Document(
        "⑦",
        (Heading(2, "⑧", "⑨"), Paragraph("⑩"), table),
        subtitle=("a",),
        addressee="b",
        signature=Signature(("c",), "d"),
        annexes=(Annex("e", (Paragraph("f"),)),),
        note="g",
        red_head=RedHead("h", "i", "j", "k", "l", "m"),
        imprint=Imprint("n", "o", "p"),
        marking="q",
    )
    text = "".join(text for text, _ in document_texts(document))
    assert set("①②③④⑤⑥⑦⑧⑨⑩abcdefghijklmnopq") <= set(text)
