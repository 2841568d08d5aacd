"""Breaks a title over lines where the sense breaks (GB/T 9704-2012, 7.3.1).

The standard wants 词意完整、排列对称、长短适宜、间距恰当, as a trapezium or a lozenge. A list of
the words that titles of this trade are made of, and a price for each place between them, does that
without a dictionary: the cheapest lines win.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise

from desktop.reports.lines import ATOM, glued, may_break

COMMON_WORDS = """
关于 工作 总结 报告 汇报 情况 说明 通知 通报 意见 建议 请示 批复 方案 办法 规定 决定 计划 要点
台账 清单 一览表 统计表 四下基层 基层 宣传 宣讲 活动 政策 理论 主题 教育 调查 研究 调研 信访
接待 接访 下访 现场 办公 矛盾 纠纷 排查 化解 调解 积案 领导 干部 党员 群众 人民 政府 县委 党委
乡镇 街道 社区 农村 全县 全镇 全乡 机关 单位 委员会 办公室 党支部 县直 县处级 乡科级 制度 机制
建立 健全 完善 长效 推动 推进 开展 落实 贯彻 学习 实施 加强 深入 深化 做好 进一步 解决 问题 服务
发展 建设 管理 年度 半年 上半年 下半年 季度 第一季度 第二季度 第三季度 第四季度 月份 阶段性 阶段
专项 行动 重点 有关 事项 民情 民意 社情 乡村 振兴 产业 治理 安全 生产 环境 整治 数据 核对单 以来
经验 典型 案例 双报到 报到 志愿 传承 弘扬 优良 传统 习近平 新时代 领导干部 党员干部 党员群众
优良传统 主题教育 矛盾纠纷 现场办公 意见建议 社情民意 信访积案 接访下访 下访接访 调查研究
人民政府 实施方案 工作方案 工作总结 工作情况 工作汇报 总结汇报 总结报告 情况汇报 情况报告
基层治理 乡村振兴 中国 特色 社会主义 思想 精神 全会 二十届 十四五 十五五
"""
WORDS = frozenset(COMMON_WORDS.split())
LONGEST = max(map(len, WORDS))
ENDS_SENSE = frozenset("，。、；：！？ ")
ENDS_GROUP = frozenset("”’》）〕")
STARTS_GROUP = frozenset("“‘《（〔")
NEVER_FIRST = frozenset("的了等们之地得")
PERIODS = frozenset(
    ["上半年", "下半年", "第一季度", "第二季度", "第三季度", "第四季度", "年度", "以来"]
)
JOINS_NEXT = frozenset("和与及暨并以在对把为向从将")


def break_title(title: str, widths: Sequence[float], measure: float) -> list[str]:
    """The lines of a title; a line feed in it is kept as its author's own choice."""
    lines: list[str] = []
    start = 0
    for part in title.split("\n"):
        lines += _break_part(part, widths[start : start + len(part)], measure)
        start += len(part) + 1
    return lines


def _break_part(title: str, widths: Sequence[float], measure: float) -> list[str]:
    sums = [0.0, *accumulate(widths)]
    if sums[-1] <= measure:
        return [title]
    prices = break_prices(title)
    fewest = int(sums[-1] // measure) + 1
    for count in (fewest, fewest + 1, fewest + 2):
        cheap = sorted(prices, key=lambda place: prices[place])[: 60 if count < 4 else 24]
        choices = [
            (_shape_price(widths_of, measure) + sum(prices[place] for place in cuts), cuts)
            for cuts in combinations(sorted(cheap), count - 1)
            if max(widths_of := _line_widths(sums, cuts)) <= measure
        ]
        if choices:
            edges = [0, *min(choices)[1], len(title)]
            return [title[start:end].strip() for start, end in pairwise(edges)]
    return [title]


def break_prices(title: str) -> dict[int, float]:
    """What it costs to break before each place; places that may never be are left out."""
    bounds = _words(title)
    stops = glued(title)
    prices: dict[int, float] = {}
    depth = 0
    for (start, end, known), (_, next_end, next_known) in pairwise(bounds):
        word, following = title[start:end], title[end:next_end]
        depth += sum(character in STARTS_GROUP for character in word)
        depth -= sum(character in ENDS_GROUP for character in word)
        if end in stops or not may_break(title, end) or following[0] in NEVER_FIRST:
            continue
        if word[-1] in ENDS_SENSE or following == "关于":
            price = 0.0
        elif word == "的":
            price = 0.2
        elif following[0] in JOINS_NEXT:
            price = 0.8
        elif word[-1] in JOINS_NEXT or (word[-1] in "年月" and following in PERIODS):
            price = 4.0
        elif following[0] in STARTS_GROUP:
            price = 0.4
        elif word[-1] in ENDS_GROUP:
            price = 1.5
        elif known and next_known:
            price = 1.0
        else:
            price = 2.5 if known or next_known else 6.0
        prices[end] = price + (5.0 if depth > 0 else 0.0)
    return prices


def _words(title: str) -> list[tuple[int, int, bool]]:
    """The title cut into words by the longest match: start, end, and whether it is a known word."""
    numbers = {match.start(): match.end() for match in ATOM.finditer(title)}
    found: list[tuple[int, int, bool]] = []
    place = 0
    while place < len(title):
        end = numbers.get(place, 0)
        for length in range(LONGEST, 1, -1):
            if not end and title[place : place + length] in WORDS:
                end = place + length
        known = end > 0
        end = end or place + 1
        found.append((place, end, known))
        place = end
    return found


def _line_widths(sums: Sequence[float], cuts: tuple[int, ...]) -> list[float]:
    edges = [0, *cuts, len(sums) - 1]
    return [sums[end] - sums[start] for start, end in pairwise(edges)]


def _shape_price(lines: list[float], measure: float) -> float:
    """Even lines are cheap; an hourglass or a stub of a line is dear."""
    price = 4.0 * (max(lines) - min(lines)) / measure
    if min(lines) < 0.3 * max(lines):
        price += 3.0
    middle = lines[1:-1]
    if middle and min(middle) < min(lines[0], lines[-1]):
        price += 2.0
    return price
