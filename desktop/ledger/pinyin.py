"""Pinyin initials of Chinese text, so that lhz finds 柳河镇 and sx finds 单雄.

The reading of a single character comes from pypinyin's own data file, read without importing
pypinyin: the import takes 0.2 s, nearly all of it for a dictionary of phrases that initials
hardly need; the file takes a tenth of that, at the first character looked up. Where several
readings are in use, all are known (`variants`), and the first is what stands alone (`initials`).
"""

from __future__ import annotations

import functools
import importlib.util
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

# No more spellings of one text than this: each costs its length in the search index.
MOST = 8

# Characters of the 8105 通用规范汉字 whose readings begin with different letters, the usual one
# first, and those where 《通用规范汉字字典》 (Unihan 15.0, kTGHZ2013) differs from the first
# reading that pypinyin has. Rare readings of everyday characters are left out (石 as a measure).
READINGS = """
㴔j 䏲t 乐ly 乜mn 亟jq 仇cq 传cz 伺cs 伽qgj 佴n 侥jy 便bp 俟qs 傀k 兹zc 刨pb 券qx 刹sc 匙sc 卒zc
单dcs 卡kq 厖m 厦sx 参cs 叚x 句jg 叨dt 召zs 叶yx 吁yx 吓xh 吖a 吭kh 呇m 呒m 呷gx 咀jz 咖kg 咯gkl
咳kh 哕hy 哦oe 唝h 喋dz 喔w 喳zc 嗄s 嗌ay 嘘xs 嘬z 噱x 囤dt 圈qj 圜hy 圩wx 圫t 坋f 坬gw 坻d 垌dt
埔pb 埫t 堡bp 堨e 堲j 壳kq 夹jg 奇qj 妧y 婤z 婼r 嬛x 孅x 孖z 宓mf 宿sx 尉wy 尢w 屏pb 岨qj 峒dt
峙zs 峤jq 峿w 嶦s 巷xh 帱cd 幢cz 廆w 弄nl 弹dt 恶ew 戆gz 戌xq 戛jg 扁bp 扒bp 扛kg 扞h 折zs 拗an
掞y 搒bp 撮cz 攒zc 曝bp 曾cz 朝cz 杻cn 枞cz 枸gj 柁t 柜gj 查cz 柷z 栅zs 栎ly 校xj 桧gh 桲pb 梣cq
棽sc 椎z 楪d 楯s 楷kj 槛kj 欸ae 欹q 欻x 殖zs 氿j 沌dz 沓dt 泊pb 泌mb 泷ls 洓q 浒hx 浚jx 涌yc 涡wg
涴y 湫jq 溃kh 溚d 滧x 漴cs 澄cd 澹dt 瀑pb 炅jg 炔q 炮pb 烻s 焌jq 焘t 犍jq 犴ah 率ls 玚y 玢bf 瑱t
町d 畜cx 番fp 畬y 疟ny 癿b 盛sc 省sx 硊h 硍y 硔g 碈h 碡z 磅bp 磏q 祭jz 禅cs 种zc 秘mb 穜t 窨y 筠yj
粘zn 絜jx 繁fp 纤xq 纥h 纶lg 给gj 缉jq 翟dz 耏ne 耙bp 脯pf 腌ya 膀bp 膻sd 臭cx 艴b 芎x 芘b 芥jg
苣jq 茄jq 茈cz 茋d 茜qx 荑ty 荠jq 荥xy 荨xq 莘xs 莞gw 菹z 葚rs 葰sj 蔈p 蔓mw 蔚wy 蕃b 薁a 藏cz
虷hg 虹hj 蛤hg 蛸sx 蝤qy 行xh 袷q 裼tx 覃qt 解jx 调dt 豉c 贾jg 趄jq 蹊qx 轧yz 辗z 辟pb 郇hx 酂z
酢z 重zc 釐x 钭d 铅qy 铛dc 铤t 铫dy 镡ct 长cz 阇ds 阏y 阘t 阚k 阿ae 陂p 降jx 隗w 靓jl 鞘qs 颈jg
颉jx 饧x 饹lg 馇cz 驮td 骀dt 骠bp 鬲gl 鹄gh 鹘gh 麇jq 龈y 龟gjq 鿎td 𫐓r 𫭟oq 𬇙b 𬕂l 𬘭c 𬭬h 𬮿g
"""

# Words in which a character is read otherwise than alone: titles, work of an office, places.
WORDS = """
镇长zz 县长xz 乡长xz 村长cz 组长zz 局长jz 科长kz 股长gz 所长sz 队长dz 站长zz 校长xz 院长yz 部长bz
市长sz 州长zz 区长qz 处长cz 厅长tz 省长sz 社长sz 厂长cz 会长hz 班长bz 排长pz 连长lz 团长tz 师长sz
家长jz 户长hz 楼长lz 街长jz 路长lz 河长hz 林长lz 田长tz 格长gz 秘书长msz 委员长wyz 理事长lsz
董事长dsz 检察长jcz 审判长spz 庭长tz 首长sz 成长cz 增长zz 生长sz 助长zz 长者zz 长辈zb 长老zl
长子zz 重复cf 重新cx 重建cj 重阳cy 重修cx 重组cz 重访cf 重申cs 重启cq 重庆cq 调解tj 调处tc 调整tz
调节tj 调试ts 协调xt 调停tt 调剂tj 调价tj 银行yh 支行zh 分行fh 农商行nsh 行业hy 商行sh 行长hz
会计kj 会计师kjs 校对jd 校核jh 校准jz 率先sx 率队sd 率领sl 提防df 供给gj 给予jy 给水js 自给zj
人参rs 党参ds 弹性tx 弹簧th 音乐yy 乐器yq 乐队yd 投降tx 传记zj 朝气zq 朝夕zx 番茄fq 西藏xz 藏族zz
宝藏bz 粘土nt 曾祖zz 曾孙zs 乐清yq 番禺py 单县sx 解州xz 蔚县yx 莘县sx 浚县xx 秘鲁bl 东阿de 阿胶ej
大埔db 泌阳by 繁峙fs 铅山ys 尉犁yl 龟兹qc 栎阳yy 荥经yj 长子县zzx 会稽kj 十里堡slp 五里堡wlp
三里堡slp 七里堡qlp 八里堡blp
"""

# Surnames whose reading is not the character's usual one, which stays as a second spelling.
SURNAMES = """
单s 仇q 解x 曾z 区o 查z 乐y 召s 繁p 种c 秘b 折s 不f 翟z 祭z 郇x 句g 藏z 莘s 炅g 粘n 乜n 钭t 重c
省x
"""
# Second readings in use among bearers of the name itself.
SURNAMES_TOO = "谌s 隗k 翟d 费b 郗c 覃t 俞s"

# Surnames of two characters that are not the sum of their parts.
DOUBLE_SURNAMES = """
尉迟yc 长孙zs 万俟mq 单于cy 澹台tt 乐正yz
"""

Options = Sequence[tuple[str, int]]


def initials(text: str) -> str:
    """First letters of the usual reading: 柳河镇3组 gives lhz3z; punctuation is dropped."""
    return "".join(options[0][0] for options in _split(_plain(text), person=False))


def name_initials(name: str) -> str:
    """First letters of a person's name, the surname read as a surname: 单雄信 gives sxx."""
    return "".join(options[0][0] for options in _split(_plain(name), person=True))


def variants(text: str, person: bool = False) -> frozenset[str]:
    """The likeliest spellings, at most eight; that of `initials` or `name_initials` among them."""
    return _variants(_plain(text), person)


@functools.lru_cache(maxsize=4096)
def _variants(plain: str, person: bool) -> frozenset[str]:
    # Costs add up, so the best eight of the whole are among the best eight of each beginning.
    best: list[tuple[int, str]] = [(0, "")]
    for options in _split(plain, person):
        longer: dict[str, int] = {}
        for cost, start in best:
            for letters, more in options:
                spelling = start + letters
                longer[spelling] = min(cost + more, longer.get(spelling, cost + more))
        best = sorted((cost, spelling) for spelling, cost in longer.items())[:MOST]
    return frozenset(spelling for _, spelling in best if spelling)


def _plain(text: str) -> str:
    """What can be spelt: full-width and compatibility forms made plain, the rest dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if _letters(char))


def _split(plain: str, person: bool) -> Iterator[Options]:
    """Piece by piece, its spellings and what choosing each costs; the first is free."""
    at = 0
    if person:
        surname, at = _surname(plain)
        if at:
            yield surname
    while at < len(plain):
        word = "" if person else _word_at(plain, at)
        if word:
            usual = "".join(_letters(char)[0] for char in word)
            spelt = _words()[word]
            yield ((spelt, 0),) if spelt == usual else ((spelt, 0), (usual, 1))
            at += len(word)
        else:
            yield _options(plain[at])
            at += 1


@functools.cache
def _options(char: str) -> Options:
    return tuple((letter, min(cost, 1)) for cost, letter in enumerate(_letters(char)))


def _surname(name: str) -> tuple[Options, int]:
    """The spellings of the surname, and how many characters it has (0: nothing known about it)."""
    double = _table("double").get(name[:2])
    if double and len(name) > 2:
        return (((double, 0)),), 2
    first = name[:1]
    special, also = _table("surname").get(first, ""), _table("too").get(first, "")
    if not special and not also:
        return (), 0
    every = dict.fromkeys(special + _letters(first) + also)
    return tuple((letter, min(cost, 1)) for cost, letter in enumerate(every)), 1


def _word_at(plain: str, at: int) -> str:
    """The longest listed word that begins here."""
    words = _words()
    for length in (5, 4, 3, 2):
        if plain[at : at + length] in words and at + length <= len(plain):
            return plain[at : at + length]
    return ""


def _words() -> dict[str, str]:
    return _table("word")


@functools.cache
def _table(name: str) -> dict[str, str]:
    """A table of this file, from its compact text: Hanzi, then their letters."""
    texts = {
        "reading": READINGS,
        "word": WORDS,
        "surname": SURNAMES,
        "too": SURNAMES_TOO,
        "double": DOUBLE_SURNAMES,
    }
    return dict(re.findall(r"([^a-z\s]+)([a-z]+)", texts[name]))


@functools.cache
def _letters(char: str) -> str:
    """First letters of a character's readings, the usual one first; empty if it has no spelling."""
    base = unicodedata.normalize("NFD", char)[0]
    if base.isascii():
        return base if base.isalnum() else ""
    listed = _table("reading").get(char)
    if listed:
        return listed
    readings = _single_readings().get(str(ord(char)), "")
    return unicodedata.normalize("NFD", readings)[:1].lower()


@functools.cache
def _single_readings() -> dict[str, str]:
    """Readings by decimal code point: pypinyin's pinyin_dict.json (from Unihan and zdic.net)."""
    spec = importlib.util.find_spec("pypinyin")  # finds the folder, imports nothing
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(folder) / "pinyin_dict.json"
        if file.is_file():
            readings: dict[str, str] = json.loads(file.read_bytes())
            return readings
    # A packed program may keep the data elsewhere; then the package itself knows where.
    from pypinyin.pinyin_dict import pinyin_dict

    return {str(point): reading for point, reading in pinyin_dict.items()}
