"""desktop/ledger/pinyin.py: what a clerk types to find a place or a person."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger import pinyin

# The 196 characters of the 8105 通用规范汉字 that lie outside the basic plane.
BEYOND_BMP = (
    "𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨"
    "𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇"
    "𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞"
    "𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍"
    "𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("柳河镇", "lhz"),
        ("柳河镇3组", "lhz3z"),
        ("清岚县委组织部（老干部局）", "qlxwzzblgbj"),
        ("城关镇、大岭乡", "cgzdlx"),
        ("ＡＢ区１号", "abq1h"),
        ("Café 咖啡", "cafekf"),
        ("重庆", "cq"),
        ("重点工作", "zdgz"),
        ("镇长", "zz"),
        ("长岭村", "clc"),
        ("人民调解委员会", "rmtjwyh"),
        ("调研", "dy"),
        ("农业银行", "nyyh"),
        ("李家堡村", "ljbc"),
        ("十里堡", "slp"),
        ("十里铺", "slp"),
        ("峪口", "yk"),
        ("白塬乡", "byx"),
        ("六安", "la"),
        ("蔚县", "yx"),
        ("〇二", "le"),
        ("⼈民", "rm"),
        ("𬭎", "h"),
        ("", ""),
        ("—— ，。!? 🙂\n", ""),
        ("е", ""),  # Cyrillic
    ],
)
def test_initials(text: str, expected: str) -> None:
    assert pinyin.initials(text) == expected


SURNAMES = {
    **{"单": "s", "仇": "q", "解": "x", "曾": "z", "区": "o", "查": "z", "任": "r", "华": "h"},
    **{"朴": "p", "盖": "g", "缪": "m", "宓": "m", "冼": "x", "乐": "y", "覃": "q", "洗": "x"},
    **{"员": "y", "逄": "p", "佘": "s", "召": "s", "繁": "p", "种": "c", "秘": "b", "折": "s"},
    **{"不": "f", "黑": "h", "燕": "y", "应": "y", "阚": "k", "俞": "y", "於": "y", "牟": "m"},
    **{"翟": "z", "尉": "w", "石": "s", "车": "c", "贾": "j", "万": "w", "盛": "s", "葛": "g"},
    **{"尉迟": "yc", "长孙": "zs", "万俟": "mq", "单于": "cy", "澹台": "tt", "欧阳": "oy"},
    **{"诸葛": "zg", "司马": "sm", "令狐": "lh", "皇甫": "hf", "宇文": "yw", "拓跋": "tb"},
}


@pytest.mark.parametrize("surname", SURNAMES)
def test_surnames(surname: str) -> None:
    assert pinyin.name_initials(surname + "建国") == SURNAMES[surname] + "jg"
    assert SURNAMES[surname] + "jg" in pinyin.variants(surname + "建国", person=True)


def test_usual_reading_of_a_surname_finds_too() -> None:
    """Who doesn't know the surname types what the character usually is."""
    assert {"sjg", "djg"} <= pinyin.variants("单建国", person=True)
    assert {"qy", "ty"} <= pinyin.variants("覃勇", person=True)
    assert {"xjg", "jjg"} <= pinyin.variants("解建国", person=True)


def test_two_characters_are_no_double_surname() -> None:
    assert pinyin.name_initials("单于") == "sy"
    assert pinyin.name_initials("长孙") == "cs"


def test_names_of_minorities() -> None:
    assert pinyin.name_initials("阿依古丽·买买提") == "ayglmmt"


def test_variants() -> None:
    assert pinyin.variants("柳河镇") == {"lhz"}
    assert pinyin.variants("重庆银行") == {"cqyh", "cqyx", "zqyh", "zqyx"}
    assert pinyin.variants("李家堡村") == {"ljbc", "ljpc"}
    assert pinyin.variants("石门社区") == {"smsq"}
    assert pinyin.variants("。") == frozenset()


def test_variants_stay_few_and_hold_the_nearest() -> None:
    several = pinyin.variants("长重行乐曾单解调朝盛")
    assert len(several) == 8
    usual = pinyin.initials("长重行乐曾单解调朝盛")
    assert usual in several
    assert all(sum(a != b for a, b in zip(usual, v, strict=True)) <= 1 for v in several)


@given(st.text(max_size=30), st.booleans())
def test_variants_of_anything(text: str, person: bool) -> None:
    several = pinyin.variants(text, person=person)
    usual = pinyin.name_initials(text) if person else pinyin.initials(text)
    assert len(several) <= 8
    assert (usual in several) if usual else not several
    assert all(v.isascii() and v.isalnum() and v == v.lower() for v in several)
    if not person:
        assert len({len(v) for v in several}) <= 1


def test_every_usual_character_has_a_letter() -> None:
    """GB 2312 level 1 and 2, and what 通用规范汉字表 has beyond the basic plane."""
    gb2312 = [
        bytes([high, low]).decode("gb2312")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFA if high == 0xD7 else 0xFF)
    ]
    assert len(gb2312) == 6763
    assert len(BEYOND_BMP) == 196
    for char in [*gb2312, *BEYOND_BMP]:
        letter = pinyin.initials(char)
        assert len(letter) == 1, char
        assert letter.islower(), char
    # Every other ideograph of the basic block and Extension A has one or none, never two.
    assert all(len(pinyin.initials(chr(point))) <= 1 for point in range(0x3400, 0xA000))


def test_tables_say_something_new() -> None:
    """Each entry of the word and surname tables differs from what single characters give."""
    for table in ("word", "surname", "double"):
        for text, letters in pinyin._table(table).items():
            usual = "".join(pinyin._letters(char)[0] for char in text)
            assert usual != letters, text
            assert len(letters) == len(text), text


def test_phrases_are_not_loaded() -> None:
    program = (
        "import sys; from desktop.ledger import pinyin; pinyin.initials('柳河镇');"
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_data_kept_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way over pypinyin itself gives the same readings."""
    ours = pinyin._single_readings()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert pinyin._single_readings.__wrapped__() == ours
