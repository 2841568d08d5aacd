"""Templates: what is blank falls away, what is open is refused, the rest reads like a sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import PaperProblem
from desktop.reports.document import Document, Heading, Paragraph, Run, runs_of, text_of
from desktop.reports.template import (
    Value,
    about,
    check,
    chinese,
    fill,
    heading_number,
    parse,
    used_figures,
)


def body(
    template: str, figures: dict[str, Value], words: dict[str, str] | None = None
) -> list[str]:
    blocks = fill(template, figures, words or {}).blocks
    return [b.text if isinstance(b, Heading) else text_of(b.content) for b in blocks if _written(b)]


def _written(block: object) -> bool:
    return isinstance(block, Heading | Paragraph)


def test_slots_keep_their_figures() -> None:
    document = fill("{office}宣讲{n}场次。", {"n": 420}, {"office": "城关镇"})
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert runs_of(paragraph.content) == (Run("城关镇宣讲"), Run("420", "n"), Run("场次。"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2477, "2477"), (90.9, "90.9"), (3.0, "3"), (0, "0"), ("约90", "约90"), (1e6, "1000000")],
)
def test_numbers(value: Value, shown: str) -> None:
    assert body("共{n}个。", {"n": value}) == [f"共{shown}个。"]


def test_classes() -> None:
    value: Value = {"民法典": 3, "防诈骗": 0, "医保": 2, "空": None}
    assert body("其中{t|场次}。", {"t": value}) == ["其中民法典3场次、医保2场次。"]
    assert body("宣讲[[，其中{t|场次}]]。", {"t": {"甲": 0}}) == ["宣讲。"]


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("甲，[[乙{x}，]]丙。", "甲，丙。"),
        ("甲[[，乙{x}]]，丙。", "甲，丙。"),
        ("甲，[[乙{x}]]，丙。", "甲，丙。"),
        ("甲。[[乙{x}。]]", "甲。"),
        ("甲，[[乙{x}。]]", "甲。"),
        ("甲：[[乙{x}]]。", "甲。"),
        ("甲：[[乙{x}，]][[丙{x}，]]丁{y}。", "甲：丁5。"),
        ("[[乙{x}]]，甲。", "甲。"),
        ("甲（[[乙{x}]]）丙。", "甲丙。"),
        ("甲（[[乙{x}，]]丁）丙。", "甲（丁）丙。"),
        ("甲（丁，[[乙{x}]]）丙。", "甲（丁）丙。"),
        ("甲[[，乙{y}[[，丙{x}]]，丁]]。", "甲，乙5，丁。"),
        ("甲[[，共[[乙{x}]][[丙{x}]]]]。", "甲。"),
        ("甲[[，乙{x}[[，丙{y}]]]]。", "甲。"),
        ("甲[[、乙{x}]]；[[丙{x}；]]丁。", "甲；丁。"),
        ("甲……[[乙{x}]]丙。。", "甲……丙。。"),  # an author's own marks stay
    ],
)
@pytest.mark.parametrize("nothing", [None, "", 0, {}, {"甲": 0}])
def test_passages_fall_away(template: str, wanted: str, nothing: Value) -> None:
    assert body(template, {"x": nothing, "y": 5}) == [wanted]


def test_empty_paragraphs_and_headings_go_and_numbers_close_up() -> None:
    template = """# 总结

## 一段
[[乙{x}。]]

### 小节
[[丙{x}。]]

## 二段
### 甲
有{y}件。
### 乙
[[无{x}。]]
### 丙
也有。

## 三段
"""
    document = fill(template, {"x": None, "y": 5}, {})
    assert document.title == "总结"
    assert body(template, {"x": None, "y": 5}) == [
        "一、二段",
        "（一）甲",
        "有5件。",
        "（二）丙",
        "也有。",
    ]


def test_lines_of_a_paragraph_are_joined_and_passages_span_paragraphs() -> None:
    template = "甲，\n乙。\n\n[[丙{y}。\n\n丁。]]\n\n戊。"
    assert body(template, {"y": 1}) == ["甲，乙。", "丙1。", "丁。", "戊。"]
    assert body(template, {"y": 0}) == ["甲，乙。", "戊。"]


def test_words_of_clerks_make_paragraphs_but_no_headings_or_slots() -> None:
    words = {"problems": "# 一是{x}不深入。\n\n二是[[不细致]]；"}
    assert body("## 问题\n{problems}\n\n完。", {}, words) == [
        "一、问题",
        "# 一是{x}不深入。",
        "二是[[不细致]]。",
        "完。",
    ]


@pytest.mark.parametrize("nothing", [None, "", {}, {"甲": 0}])
def test_an_open_slot_is_refused_by_name(nothing: Value) -> None:
    with pytest.raises(PaperProblem, match=r"\{lectures\}（第2行）"):
        fill("甲\n{lectures}场次", {"lectures": nothing}, {})
    with pytest.raises(PaperProblem, match=r"\{unknown\}"):
        fill("{unknown}", {}, {})


@pytest.mark.parametrize(
    "wrong", ["{a", "a}", "{}", "{a b}", "{a+}", "{名}", "[[a", "a]]", "{a|b|c}"]
)
def test_a_wrong_template_is_refused(wrong: str) -> None:
    with pytest.raises(PaperProblem, match="第1行"):
        fill(wrong, {"a": 1}, {})


def test_too_many_marks_or_titles_are_refused() -> None:
    with pytest.raises(PaperProblem, match="多于四个#"):
        fill("##### 甲", {}, {})
    with pytest.raises(PaperProblem, match="两个标题"):
        fill("# 甲\n# 乙", {}, {})


def test_used_figures_in_order() -> None:
    assert used_figures("{b}[[{a|件}[[{c}]]]]{b}") == ["b", "a", "c"]


def test_numbers_of_headings() -> None:
    assert [heading_number(level, 12) for level in (1, 2, 3, 4)] == [
        "十二、",
        "（十二）",
        "12.",
        "（12）",
    ]
    assert [chinese(n) for n in (1, 10, 11, 20, 99)] == ["一", "十", "十一", "二十", "九十九"]


clause = st.recursive(
    st.sampled_from(["甲事", "乙事{a}件", "丙事{b}人次", "丁事{c}场"]).map(lambda s: f"[[，{s}]]"),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda p: f"[[，戊事{{a}}个{''.join(p)}]]"
    ),
    max_leaves=8,
)


@given(
    st.lists(clause, max_size=6),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from([None, "", 0, 3, 12])),
)
def test_no_rest_of_what_fell(parts: list[str], figures: dict[str, Value]) -> None:
    (text,) = body("开头" + "".join(parts) + "。", figures)
    assert not re.search("None|[，、；：。]{2}|^[，。]|[{}]|\\[|\\]", text)
    assert not re.search("(?<![0-9])0", text)
    assert text.endswith("。")


def test_a_filled_template_is_a_document() -> None:
    assert isinstance(fill("", {}, {}), Document)


# --- what a slot may ask for besides the number --------------------------------------------------


@pytest.mark.parametrize(
    ("number", "shown"),
    [(93, "90余"), (90, "90"), (9, "9"), (11, "10余"), (2477, "2470余"), (0, "0")],
)
def test_about(number: int, shown: str) -> None:
    assert about(number) == shown
    assert body("{n:余}条。", {"n": number}) == [f"{shown}条。"]


def test_other_periods_of_a_figure() -> None:
    template = "{n}次，上期{n:上期}次，去年{n：上年同期：余}次[[，{n:环比}]]。"
    values: dict[str, Value] = {"n": 12, "n:上期": 10, "n:上年同期": 33, "n:环比": "比上期增长20%"}
    assert body(template, values) == ["12次，上期10次，去年30余次，比上期增长20%。"]
    assert used_figures(template) == ["n"]


def test_a_comparison_without_a_base_falls_away() -> None:
    assert body("{n}次[[，上期{n:上期}次]]。", {"n": 12, "n:上期": None}) == ["12次。"]


@pytest.mark.parametrize("slot", ["{n:上上期}", "{n:}{n:余余}", "{n:上期:上年同期}"])
def test_a_qualifier_that_nobody_knows_is_named_with_its_line(slot: str) -> None:
    with pytest.raises(PaperProblem, match="第2行"):
        parse(f"甲\n{slot}")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{heads}人", "人"),
        ("{heads:余}名", "名"),
        ("{heads:上期}人。", "人"),
        ("{heads|人}", "人"),
        ("{leaders}人次", "人次"),
        ("{heads}人次", ""),
        ("{heads}，人", ""),
        ("{leaders}名", ""),
        ("{office}人", ""),
    ],
)
def test_visits_are_no_people(text: str, wrong: str) -> None:
    units = {"heads": "人次", "leaders": "名"}
    if not wrong:
        check(f"甲\n{text}", units, ["office"])
        return
    with pytest.raises(PaperProblem, match=f"第2行.*后面不能写“{wrong}”"):
        check(f"甲\n{text}", units, ["office"])


def test_a_slot_that_nothing_fills_is_named_with_its_line() -> None:
    with pytest.raises(PaperProblem, match=re.escape("第2行的{hedas:余}不是指标")):
        check("甲\n[[{hedas:余}人次]]", {"heads": "人次"}, ["office"])
