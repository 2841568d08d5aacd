"""Names, phones and ID numbers: one form, and masks that show nothing they should not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.names import (
    check_id_number,
    mask_id,
    mask_name,
    mask_phone,
    mask_words,
    normalise,
    parse_phone,
    single_names,
)

hanzi = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张 三", "张三"),
        ("　王\u3000小 明 ", "王小明"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("张\u200b三\ufeff", "张三"),
        ("𫘧 明", "𫘧明"),
        ("John  Smith", "John Smith"),
        ("", ""),
    ],
)
def test_normalise(text, name):
    assert normalise(text) == name


@given(st.text())
def test_normalise_twice_is_once(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张某"),
        ("张三丰", "张某某"),
        ("欧阳锋", "欧阳某"),
        ("欧阳明月", "欧阳某某"),
        ("阿依古丽·买买提", "阿某某"),
        ("𫘧明月", "𫘧某某"),
        ("匿名", "匿名"),
        ("群众", "群众"),
        ("熊某与袁某", "熊某与袁某"),
        ("张某某", "张某某"),
        ("张三、李四光", "张某、李某某"),
        ("张三\n李四", "张某\n李某"),
        ("张三（李四之妻）", "张某"),
        ("John Smith", "J***"),
        ("", ""),
    ],
)
def test_mask_name(name, masked):
    assert mask_name(name) == masked


@given(hanzi, st.text(hanzi, min_size=2, max_size=3))
def test_mask_hides_the_given_name(surname, given_name):
    masked = mask_name(surname + given_name)
    assert "某" in given_name or given_name not in masked


def test_masks_of_numbers():
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("138 1234 1234") == "138****1234"
    assert mask_phone("13812341234/13912345678") == "138****1234/139****5678"
    assert mask_id("990821198001010018") == "9908**********0018"
    assert mask_id("123") == "***"


@pytest.mark.parametrize(
    ("value", "phone"),
    [
        (19900004865.0, "19900004865"),
        ("199 0000 4865", "19900004865"),
        ("+86 138-1234-1234", "13812341234"),
        ("１３８１２３４１２３４", "13812341234"),
        ("0351-7234567", "03517234567"),
        ("", ""),
        (None, ""),
        ("/", ""),
        ("13812341234、13912345678", "13812341234、13912345678"),
    ],
)
def test_phones(value, phone):
    assert parse_phone(value) == (phone, "", False)


def test_unlikely_phones_are_kept_and_unreadable_ones_refused():
    assert parse_phone("1990000486") == ("1990000486", "电话号码有10位，请核对", False)
    assert parse_phone("12812341234").problem
    for value in ("没有", 1e18, "1.99E+10"):
        read = parse_phone(value)
        assert (read.phone, read.refused) == ("", True)


def test_id_numbers():
    assert check_id_number("990821198001010018") == ("", False)
    assert check_id_number("99082119791015628x") == ("", False)
    assert check_id_number(" 990821 198001010018") == ("", False)
    assert check_id_number("") == ("", False)
    for unlikely in ("990821198001010019", "990821800101001", "990821198013010018"):
        assert check_id_number(unlikely).problem
        assert not check_id_number(unlikely).refused
    for refused in (
        "99082119800101001",
        "9908211980010100180",
        "9.90821E+17",
        "99082119800101001A",
    ):
        assert check_id_number(refused).refused


def test_free_text_shows_neither_numbers_nor_the_names_that_are_known() -> None:
    text = "联系王建国13812341234，身份证990821198001010018，路长1234米，见文件20261120"
    assert mask_words(text, ["王建国"]) == (
        "联系王某某138****1234，身份证9908**********0018，路长1234米，见文件20261120"
    )
    assert mask_words("欧阳明月和欧阳明", ["欧阳明", "欧阳明月"]) == "欧阳某某和欧阳某"
    assert mask_words("王村修路", ["王", ""]) == "王村修路"
    assert mask_words("张三和李四来过", ["张三、李四（组长）"]) == "张某和李某来过"
    assert mask_words("联系王建国", ["王 建国"]) == "联系王某某"
    assert mask_words("王某说路灯坏了", ["王某"]) == "王某说路灯坏了"


def test_several_names_in_one_field() -> None:
    assert single_names("张三、李 四（组长）/王某某;匿名") == ["张三", "李 四", "李四"]
    assert single_names("") == single_names("王") == []
