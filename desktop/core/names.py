"""Names, phones and ID numbers of people: one written form, and the masked form of lists and paper.

Masks are those of the design: 张某某, 138****1234, 9908**********0018. ID numbers follow
GB 11643-1999 (18 characters, check character by ISO 7064 MOD 11-2); a wrong check character is
unlikely, not impossible (numbers were given out wrongly), so only a wrong length or letter is
refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from desktop.core.quantities import text_of_number

HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Compound surnames, of 百家姓 and still in use; two characters each.
_COMPOUND = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政
濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马
公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌
微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙
南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 完颜 叶赫 耶律 那拉
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u00ad]")
_DOTS = re.compile(
    rf"\s*[\u00b7\u2022\u2027\u2219\u22c5\u30fb\u0387\u16eb\u25cf]\s*"
    rf"|(?<=[{HANZI}])\s*\.\s*(?=[{HANZI}])"
)
_HANZI_GAP = re.compile(rf"(?<=[{HANZI}])\s+(?=[{HANZI}])")
_NOBODY_WORDS = """
匿名 群众 村民 居民 不详 无 未留名 不愿留名 本人 家属 群众代表 村民代表 居民代表 业主 业主代表
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_MASKED = re.compile(rf"[{HANZI}]{{1,2}}某{{1,2}}(?:[与和、,及][{HANZI}]{{1,2}}某{{1,2}})*等?$")
_SPLIT = re.compile(r"([、,，;；/\n]+)")
_PHONE_MARKS = re.compile(r"[\s\-()—–_.]+")
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_MOBILE_WITHIN = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID_WITHIN = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_LANDLINE = re.compile(r"(?:0\d{2,3})?[2-8]\d{6,7}$|(?:95|96|12|11)\d{1,3}$|[48]00\d{7}$")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"


class PhoneRead(NamedTuple):
    """A phone in its one written form; `problem` marks it as unlikely, or as `refused`."""

    phone: str
    problem: str = ""
    refused: bool = False


class IdCheck(NamedTuple):
    """What is wrong with an ID number; `refused` if it can't be one, else it is only unlikely."""

    problem: str = ""
    refused: bool = False


def normalise(text: str) -> str:
    """One written form of a name: NFKC, no invisible marks, 张 三 -> 张三, one kind of dot (·)."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    plain = _DOTS.sub("·", plain.strip())
    return re.sub(r"\s+", " ", _HANZI_GAP.sub("", plain))


def mask_name(name: str) -> str:
    """张三 -> 张某, 欧阳明月 -> 欧阳某某, 阿依古丽·买买提 -> 阿某某; 匿名 and what is masked stay.

    Words in brackets behind a name are dropped: they tend to hold another name or an address.
    """
    if _SPLIT.search(name.strip()):
        return "".join(
            part if index % 2 else mask_name(part)
            for index, part in enumerate(_SPLIT.split(name.strip()))
        )
    plain = normalise(name)
    if plain in _NOBODY or _MASKED.match(plain):
        return plain
    plain = re.split(r"[(（\[【]", plain)[0].strip()
    if not plain:
        return "某某" if name.strip() else ""
    if not re.match(f"[{HANZI}]", plain):
        return plain[0] + "***"
    length = len(plain.replace("·", ""))
    if "·" not in plain and length > 2 and plain[:2] in COMPOUND_SURNAMES:
        return plain[:2] + "某" * min(length - 2, 2)
    return plain[0] + "某" * min(max(length - 1, 1), 2)


def mask_phone(phone: str) -> str:
    """13812341234 -> 138****1234; every number of a cell that holds several."""
    plain = re.sub(r"(?<=\d)[\s\-—–]+(?=\d)", "", unicodedata.normalize("NFKC", phone))
    return re.sub(r"\d+", lambda found: _mask_digits(found[0]), plain)


def mask_id(number: str) -> str:
    """Keep the first and last four characters of an ID number."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", number))
    if len(plain) < 12:
        return "*" * len(plain)
    return plain[:4] + "*" * (len(plain) - 8) + plain[-4:]


def single_names(name: str) -> list[str]:
    """Each full name in what may hold several (张三、李四（组长）), as it may stand in a text.

    王某 and 王某某 are how a citizen ought to be written; one character alone is found everywhere.
    """
    found: dict[str, None] = {}
    for part in _SPLIT.split(name)[::2]:
        for written in (part.strip(), normalise(part)):
            plain = re.split(r"[(（\[【]", written)[0].strip()
            if len(plain) > 1 and mask_name(plain) != normalise(plain):
                found[plain] = None
    return list(found)


def mask_words(text: str, names: Iterable[str] = ()) -> str:
    """Free text for a paper that anybody may read: ID numbers, mobile numbers and names masked."""
    plain = _ID_WITHIN.sub(lambda found: mask_id(found[0]), text)
    plain = _MOBILE_WITHIN.sub(lambda found: mask_phone(found[0]), plain)
    for name in sorted({one for n in names for one in single_names(n)}, key=len, reverse=True):
        plain = plain.replace(name, mask_name(name))
    return plain


def parse_phone(value: object) -> PhoneRead:
    """Read a phone from text or a number cell; several in a cell are joined with 、."""
    if value is None or value == "":
        return PhoneRead("")
    if isinstance(value, int | float) and not isinstance(value, bool):
        digits = text_of_number(value)
        return PhoneRead("", digits.problem, True) if digits.problem else _phone(digits.text)
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", str(value))).strip().lstrip("'")
    if re.fullmatch(r"[-/\\—–无]*", plain):
        return PhoneRead("")
    reads = [_phone(part) for part in re.split(r"[、,;/\n]+", plain) if part.strip()]
    refused = next((read for read in reads if read.refused), None)
    if refused:
        return refused
    problem = next((read.problem for read in reads if read.problem), "")
    return PhoneRead("、".join(read.phone for read in reads), problem)


def check_id_number(text: str) -> IdCheck:
    """Check a resident ID number (GB 11643); blank has no problem.

    Old numbers of 15 digits are kept as unlikely; 17, 19 or any other length is refused.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))).upper()
    plain = plain.lstrip("'")
    if re.fullmatch(r"[-/\\—–无]*", plain):
        return IdCheck()
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", plain):
        return IdCheck("身份证号成了科学计数，末几位已经丢失，请以文本重新填写", refused=True)
    if len(plain) not in (15, 18):
        return IdCheck(f"身份证号应为18位，这里有{len(plain)}位", refused=True)
    if not re.fullmatch(r"\d{17}[\dX]|\d{15}", plain):
        return IdCheck("身份证号里有不该有的字符", refused=True)
    return IdCheck(_unlikely_id(plain))


def _unlikely_id(number: str) -> str:
    if len(number) == 15:
        return "身份证号是15位的旧号码，请核对"
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "身份证号中的出生日期不存在，请核对"
    if born.year < 1900:
        return "身份证号中的出生日期不对，请核对"
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return "" if _ID_CHECKS[total % 11] == number[17] else "身份证号的校验位不对，请核对"


def _mask_digits(digits: str) -> str:
    if len(digits) < 7:
        return "*" * len(digits) if len(digits) > 4 else digits
    if len(digits) < 11:
        return "****" + digits[-4:]
    return digits[:3] + "****" + digits[-4:]


def _phone(text: str) -> PhoneRead:
    words = text.strip()
    if re.fullmatch(r"\d(?:\.?\d+)?[eE]\+?\d+", words):
        return PhoneRead("", f"「{words}」成了科学计数，号码不全", refused=True)
    digits = _PHONE_MARKS.sub("", words).removeprefix("+86").removeprefix("0086")
    if not digits.isdigit() or not digits.isascii():
        return PhoneRead("", f"「{words[:20]}」不是电话号码", refused=True)
    if len(digits) == 11 and digits.startswith("1"):
        return PhoneRead(digits, "" if _MOBILE.match(digits) else "号段不存在，请核对")
    if _LANDLINE.match(digits):
        return PhoneRead(digits)
    return PhoneRead(digits, f"电话号码有{len(digits)}位，请核对")
