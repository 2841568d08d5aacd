"""desktop/ledger/search_text.py: the index finds exactly what reading every field finds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.ledger import search_text
from desktop.ledger.search_text import document, fold, matches, phrase, spaced

INSERT = 'INSERT INTO search(rowid, "text", "initials") VALUES (?, ?, ?)'
SELECT = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid"


@pytest.fixture(scope="module")
def index() -> Iterator[Any]:
    connection = sqlcipher.connect(":memory:")
    connection.execute("PRAGMA key = 'x'")
    connection.execute(search_text.CREATE)
    yield connection
    connection.close()


def found(index: Any, records: list[tuple[list[str], list[str]]], query: str) -> list[int]:
    index.execute("DELETE FROM search")
    rows = [(n, *document(*record)) for n, record in enumerate(records, 1)]
    index.executemany(INSERT, rows)
    expression = phrase(query)
    return [n for (n,) in index.execute(SELECT, [expression])] if expression else []


def scanned(records: list[tuple[list[str], list[str]]], query: str) -> list[int]:
    return [n for n, record in enumerate(records, 1) if matches(query, *record)]


# Few characters, so that words meet; then everything that has a meaning somewhere on the way.
CLOSE = st.sampled_from(
    "镇河柳单𬭎𠮷〇 　\t*\"'-()^:{}+.,，。（）《》!&|~/\\aAbBzＡａ１12é🙂👍🏽ßΣσς①㎡ﬁ\u0301"
)
ODD = st.sampled_from(
    "\ue000\uf8ff\U000f0000\U0010fffd\x00\x1f\x7f\u00ad\u200b\u200d\ufe0f\U000e0101\ufeff\ufffe"
    "\U0001fffe\ufffd\ud800\udfff\u2028\u3000\u0345\u1e9e\uab70\u13a0\u0130\u2f00\U0002f800\U00030edd"
)
CHAR = st.one_of(CLOSE, CLOSE, CLOSE, ODD, st.characters())
TEXT = st.text(CHAR, max_size=8)
INITIALS = st.text(st.sampled_from("abdlhz123"), max_size=6)
RECORD = st.tuples(st.lists(TEXT, max_size=3), st.lists(INITIALS, max_size=3))
QUERY = st.one_of(
    st.lists(st.text(CHAR, min_size=1, max_size=3), max_size=3).map(" ".join),
    INITIALS,
    st.tuples(INITIALS, TEXT).map(" ".join),
    st.sampled_from(
        ["AND", "OR NOT", "NEAR(a b)", "text:a", "initials : z", 'a" OR "b', "a*", "^a"]
    ),
)


@given(records=st.lists(RECORD, max_size=4), query=QUERY)
@example(records=[(["𬭎丽", "a*"], ["hl"])], query="𬭎")
@example(records=[(["甲", "乙"], [])], query="甲乙")
@example(records=[(["甲乙"], [])], query="甲 乙")
@example(records=[([], ["lhz", "zz"])], query="zz")
@example(records=[([], ["lhz", "zz"])], query="zzz")
def test_index_equals_scan(
    index: Any, records: list[tuple[list[str], list[str]]], query: str
) -> None:
    assert found(index, records, query) == scanned(records, query)


@given(TEXT)
def test_whole_field_is_found(index: Any, field: str) -> None:
    """What a person copies from the screen finds it: the scan isn't empty by mistake."""
    if "".join(fold(field).split()):
        assert found(index, [([], []), (["x", field], [])], field) == [2]


@given(st.text(st.sampled_from("镇河柳𬭎𠮷〇*\"'-（。🙂aB1Ａ"), min_size=1), st.data())
def test_part_of_a_field_is_found(index: Any, field: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(field) - 1))
    stop = data.draw(st.integers(start + 1, len(field)))
    assert found(index, [([], []), (["x", field], [])], field[start:stop]) == [2]


def test_every_character_is_one_token_as_it_stands(index: Any) -> None:
    """FTS5 neither drops, joins nor folds what `fold` lets through; sampled where all is empty."""
    table = search_text.CREATE.replace('"search"', '"every"')
    index.execute(table)
    index.execute("CREATE VIRTUAL TABLE tokens USING fts5vocab(every, instance)")
    everywhere = [*range(0x32400), *range(0xE0000, 0xE0200), *range(0x32400, 0x110000, 61)]
    points = [p for p in everywhere if not 0xD800 <= p < 0xE000]
    folded = {p: "".join(fold(chr(p)).split()) for p in points}
    single = {p: text for p, text in folded.items() if len(text) == 1}
    index.executemany(
        'INSERT INTO every(rowid, "text", "initials") VALUES (?, ?, ?)',
        ((p, text, "") for p, text in single.items()),
    )
    tokens = dict(index.execute("SELECT doc, term FROM tokens"))
    count = index.execute("SELECT count(*) FROM tokens").fetchone()[0]
    assert tokens == single
    assert count == len(single)
    # What becomes of several characters (ligatures, squared words) is made of such single ones.
    alone = set(single.values())
    assert all(set(text) <= alone for text in folded.values())
    dropped = {unicodedata.category(chr(p)) for p, text in folded.items() if not text}
    assert dropped <= {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Cn", "Co"}
    index.execute("DROP TABLE tokens")
    index.execute("DROP TABLE every")


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("柳", True),
        ("河镇", True),
        ("柳河镇", True),
        ("镇柳", False),
        ("柳镇", False),
        ("镇 柳", True),
        ("lhz", True),
        ("LHZ", True),
        ("ｌｈｚ", True),
        ("hz", True),
        ("lhz 破损", True),
        ("lhz3z", True),
        ("3", True),
        ("33", False),
        ("zg", False),
        ("（2026）", True),
        ("(2026)", True),
        ("*", True),
        ("🙂", True),
        ("🙃", False),
        ("𬭎", True),
        ('"', True),
        ("镇3组张", False),
        ("张 三", True),
        ("张三", True),
        ("O'Brien", True),
        ("100%", True),
        ("", False),
        (" \u200b ", False),
    ],
)
def test_examples(index: Any, query: str, hits: bool) -> None:
    fields = [
        "柳河镇3组",
        "张　三",
        "路面破损（2026）* 🙂",
        '𬭎丽说"好"',
        "O’Brien's 100％ O'Brien",
    ]
    records = [(fields, ["lhz3z", "zs", "hl"])]
    assert found(index, records, query) == ([1] if hits else [])
    assert scanned(records, query) == ([1] if hits else [])


def test_row_can_be_replaced_and_taken_out(index: Any) -> None:
    """Contentless, but for deletion: that is what contentless_delete is for."""
    index.execute("DELETE FROM search")
    index.execute(INSERT, (1, *document(["旧"], [])))
    index.execute(INSERT.replace("INSERT", "REPLACE"), (1, *document(["新"], [])))
    assert [list(index.execute(SELECT, [phrase(word)])) for word in "旧新"] == [[], [(1,)]]
    index.execute("DELETE FROM search WHERE rowid = 1")
    assert list(index.execute(SELECT, [phrase("新")])) == []


def test_shapes() -> None:
    assert fold("ＡbＣ　㎡") == "abc m2"
    assert fold("a\ufe0f\u200db\x00") == "ab"
    assert fold("Σ ΑΣ") == "σ ας".replace("ς", "σ")
    assert spaced(" 柳 河\n镇 ") == "柳 河 镇"
    assert spaced("𬭎1") == "𬭎 1"
    assert document(["柳河", "a"], ["lh"]) == ("柳 河 \ue000 a", "l h")
    assert document([], []) == ("", "")
    assert phrase("柳河") == '(text : "柳 河")'
    assert phrase('a" b') == '(text : "a """) AND (text : "b" OR initials : "b")'
    assert phrase(" \t") == ""


@given(TEXT)
def test_fold_twice_is_fold(text: str) -> None:
    assert fold(fold(text)) == fold(text)
