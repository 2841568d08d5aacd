"""The fonts that ship are whole, cover what names need, and say what they can't draw."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.core.errors import PaperProblem
from desktop.paths import resource
from desktop.reports.document import Style
from desktop.reports.fonts import (
    CHAINS,
    FILES,
    face,
    missing,
    normalise,
    pick,
    split_fonts,
    use_font,
    width,
)

RARE = "龢㛃䶮𬭎堃喆犇昇玥祎翀旻赟珺彧甪浉鄠"
GB2312 = [
    bytes((high, low)).decode("gb2312")
    for high in range(0xB0, 0xF8)
    for low in range(0xA1, 0xFF)
    if not (high == 0xD7 and low > 0xF9)
]
# GB2312 rows 1 to 9 less what nobody prints in Chinese: kana, Greek and Cyrillic are there too.
MARKS = (
    "、。·ˉˇ¨〃—～‖…‘’“”〔〕〈〉《》「」『』〖〗【】±×÷∶∧∨∑∏∪∩∈"
    "∷√⊥∥∠⌒⊙∫∮≡≌≈∽∝≠≮≯≤≥∞∵∴♂♀°′″℃＄¤￠￡‰§№☆★○●◎◇◆□■△▲※→←↑↓〓"
)


def test_files_are_those_that_were_vendored() -> None:
    folder = resource("fonts")
    listed = dict(
        reversed(line.split()) for line in (folder / "SHA256SUMS").read_text("ascii").splitlines()
    )
    assert set(listed) == set(FILES.values())
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_licences_ship_with_the_fonts() -> None:
    names = {path.name for path in (resource("fonts") / "LICENSES").iterdir()}
    assert len(names) >= 5
    assert (resource("fonts") / "make_fonts.py").is_file()


@pytest.mark.parametrize("style", list(Style))
def test_gb2312_is_whole_in_the_first_font_of_a_style(style: Style) -> None:
    assert len(GB2312) == 6763
    own = face(CHAINS[style][0]).charToGlyph
    assert [c for c in GB2312 if ord(c) not in own] == []


@pytest.mark.parametrize("style", list(Style))
def test_gbk_and_rare_names_are_whole_in_the_chain(style: Style) -> None:
    gbk = "".join(map(chr, range(0x4E00, 0x9FA6)))
    assert len(gbk) == 20902
    assert missing(gbk + RARE + MARKS, style) == []


def test_counts_are_those_of_the_build() -> None:
    han = {
        name: sum(
            code >= 0x3400 and not 0xE000 <= code < 0x20000 for code in face(name).charToGlyph
        )
        for name in FILES
    }
    assert han["RareKai"] == 1467
    assert han["GBKSong"] == 12948


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("character", "中，。、；：“”‘’（）《》〔〕—…·　")
def test_hanzi_and_marks_are_one_em(style: Style, character: str) -> None:
    assert width(style, character) == 1.0


def test_digits_of_running_text_are_half_an_em() -> None:
    assert {width(Style.FANGSONG, digit) for digit in "0123456789"} == {0.5}
    assert pick(Style.FANGSONG, "8") == ("Times", 0.5)
    found = pick(Style.HEITI, "8")
    assert found is not None
    assert found[0] == "HeiTi"


def test_normalise() -> None:
    assert normalise("\u2015\u2015") == "——"
    assert normalise("a\u00a0b\tc\r\n") == "a b c\n"
    assert normalise("\ue863") == "䶮"
    assert normalise("张\u200b三\ufeff") == "张三"
    assert normalise("e\u0301") == "é"


def test_missing_names_each_once_and_nothing_else() -> None:
    assert missing("甲\U00020000乙\ue000\U00020000\n　 2") == ["\ue000", "\U00020000"]
    assert missing(RARE) == []


def test_split_by_fonts() -> None:
    assert split_fonts("李㛃2人", Style.FANGSONG) == [
        ("FangSong", "李"),
        ("RareKai", "㛃"),
        ("Times", "2"),
        ("FangSong", "人"),
    ]
    with pytest.raises(PaperProblem, match=r"「𠀀」\(U\+20000\)"):
        split_fonts("𠀀", Style.FANGSONG)


def test_an_own_font_is_used_and_a_bad_one_refused(tmp_path: Path) -> None:
    broken = tmp_path / "某字体.ttf"
    broken.write_bytes(b"OTTO" + bytes(200))
    with pytest.raises(PaperProblem, match="某字体"):
        use_font(Style.FANGSONG, broken)
    try:
        use_font(Style.FANGSONG, resource("fonts") / FILES["KaiTi"])
        assert face("FangSong").name == b"GWKaiTi"
    finally:
        use_font(Style.FANGSONG, None)
    assert face("FangSong").name == b"GWFangSong"
