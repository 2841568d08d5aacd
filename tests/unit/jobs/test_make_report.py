"""The summary: each figure where it belongs, nothing blank, and the sheet that proves it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import figures
from desktop.core.errors import PaperProblem, WrongUsage
from desktop.jobs.import_ledgers import import_ledgers
from desktop.jobs.make_report import Made, compose, make_report
from desktop.ledger.ledger import Ledger
from desktop.paths import resource
from desktop.records import Mechanism
from desktop.reports.document import Document, Heading, Paragraph, text_of
from desktop.reports.template import fill, used_figures
from tests.sample_year import FIRST, LAST, PASSWORD, TOWNSHIPS, imported_county
from tests.unit.jobs.books import LECTURE, book
from tests.unit.reports.reading import page_texts

HEADLINES = {
    "": (
        "清岚县2023年“四下基层”工作总结",
        "全县6个乡镇、131个村（社区），共开展下基层活动484次",
        "组织学习与部署活动5次",
        "县处级领导31名、乡科级领导145名",
        "组织宣讲活动210场次，受教育党员群众8585人次",
        "27名县处级领导宣讲68场次，受众2946人次",
        "田埂讲学32场次",
        "习近平新时代中国特色社会主义思想21场次",
        "矛盾纠纷排查化解暨法律法规宣传活动18次",
        "确定调研课题28个",
        "正反面典型案例9个",
        "新建小区党群服务站13个",
        "36个小区建立联系群众机制",
        "2477名党员到小区报到，2251名党员开展志愿服务、建言献策",
        "改进工作办法措施421条",
        "身边榜样239个",
        "党员教育电视片3部",
        "下访接访活动105次，其中县处级领导49次",
        "接待来访150批次、241人次，其中集体访8批次",
        "现场解释答复59件，受理交办91件，已办结139件",
        "排查矛盾纠纷240件，化解218件",
        "化解信访积案12件，其中县处级领导化解6件、乡科级领导化解6件",
        "26名县处级领导深入",
        "开展现场办公224次，走进95个村（社区）、13个县直单位",
        "发现问题58个，其中现场解决9个，限期解决或列入计划49个",
        "截至2023年12月31日，已解决39个",
        "意见建议和社情民意93条",
        "采纳44条",
        "工作机制8项",
    ),
    "柳河镇": (
        "柳河镇2023年“四下基层”工作总结",
        "我镇",
        "共开展下基层活动81次",
        "宣讲55场次，受教育党员群众2123人次",
        "12名县处级领导到我镇宣讲14场次，受众433人次",
        "接访下访活动13次，其中县处级领导到我镇接访5次",
        "接待来访群众20批次、36人次，其中集体访2批次",
        "办结19件，未办结1件",
        "化解信访积案3件",
        "开展现场办公18次",
        "发现问题5个，现场解决1个，限期解决或列入计划4个",
        "意见建议和社情民意13条",
    ),
}
NEVER = ("None", "——", "{", "}", "[[", "]]", "未填", "nan")
ZERO = re.compile(r"(?<![0-9.])0(?:场次|人次|件次|批次|次|件|个|名|条|项|部)")
DANGLING = re.compile(r"[，、；：。][，、；：。]|^[，、；：。]|[，、；：]$|（）|《》|其中[。；]")


def printed(made: Made) -> str:
    """The text of all pages as it reads on, without the page marks between them."""
    return re.sub(r"—\d+—", "", "".join(page_texts(made.path)).replace(" ", ""))


def paragraphs(document: Document) -> list[str]:
    return [text_of(b.content) for b in document.blocks if isinstance(b, Paragraph)]


def sound(document: Document) -> None:
    """Nothing blank, nothing zero, no punctuation that hangs over; headings have a text."""
    for text in (document.title, *paragraphs(document)):
        assert not any(sign in text for sign in NEVER), text
        assert not ZERO.search(text), text
        assert not DANGLING.search(text), text
    levels = [b.level if isinstance(b, Heading) else 9 for b in document.blocks]
    for level, after in zip(levels, [*levels[1:], 0], strict=True):
        assert level == 9 or after > level


@pytest.mark.parametrize("name", HEADLINES)
def test_headline_figures_stand_where_they_belong(
    county: Ledger, tmp_path: Path, name: str
) -> None:
    made = make_report(
        county, "summary", FIRST, LAST, TOWNSHIPS.get(name, ""), tmp_path / "总结.pdf"
    )
    text = printed(made)
    assert [words for words in HEADLINES[name] if words not in text] == []
    assert not any(sign in text for sign in NEVER)
    assert not ZERO.search(text)
    assert made.pages == len(page_texts(made.path))


def test_the_words_of_a_tool_of_the_system_too(
    county: Ledger, tmp_path: Path, need: object
) -> None:
    import subprocess

    made = make_report(county, "summary", FIRST, LAST, "", tmp_path / "总结.pdf")
    command = [need("pdftotext"), str(made.path), "-"]  # type: ignore[operator]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "组织宣讲活动210场次" in re.sub(r"\s", "", said)


@pytest.mark.parametrize("name", ["", *TOWNSHIPS])
def test_every_summary_is_sound(county: Ledger, name: str) -> None:
    document, _ = compose(county, "summary", FIRST, LAST, TOWNSHIPS.get(name, ""))
    sound(document)
    text = "".join(paragraphs(document))
    ours = "我县" if not name else f"我{name[-1]}"
    assert ours in text
    assert {w for w in ("我县", "我镇", "我乡", "我街道") if w in text} == {ours}


def test_the_summary_of_a_quarter(county: Ledger) -> None:
    import datetime as dt

    last = dt.date(2023, 3, 31)
    document, _ = compose(county, "summary", FIRST, last, "")
    assert document.title == "清岚县2023年第一季度“四下基层”工作总结"
    sound(document)
    sessions = figures.compute(county, FIRST, last, only=["lecture_sessions"])
    assert f"宣讲活动{sessions['lecture_sessions'].value}场次" in "".join(paragraphs(document))


def test_an_empty_township_says_only_what_it_is(township: Ledger, tmp_path: Path) -> None:
    document, rows = compose(township, "summary", FIRST, LAST, "")
    sound(document)
    assert [b for b in document.blocks if isinstance(b, Heading)] == []
    assert {r.value for r in rows} <= {"——", "1"}
    assert make_report(township, "summary", FIRST, LAST, "", tmp_path / "总结.pdf").pages == 1


def test_an_empty_county_says_only_what_it_is(empty_county: Ledger) -> None:
    document, _ = compose(empty_county, "summary", FIRST, LAST, "")
    sound(document)
    assert [b for b in document.blocks if isinstance(b, Heading)] == []


def test_one_lecture_is_a_clean_document(registered: Ledger, tmp_path: Path) -> None:
    import_ledgers(registered, [book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE])])
    document, _ = compose(registered, "summary", FIRST, LAST, "")
    sound(document)
    text = "\n".join(paragraphs(document))
    assert "宣讲1场次，受教育党员群众30人次" in text
    assert "接访" not in text
    assert "现场办公" not in text.split("\n", 1)[1]
    headings = [b.text for b in document.blocks if isinstance(b, Heading)]
    assert headings[0] == "一、宣讲政策，凝聚人心"


def whole_year(template: str) -> tuple[str, dict[str, object], dict[str, str]]:
    """A template, and figures and words for all of its slots."""
    text = resource(f"templates/{template}.txt").read_text("utf-8")
    known = {f.id: f for f in figures.FIGURES}
    slots = used_figures(text)
    numbers: dict[str, object] = {
        s: {"甲": 2, "乙": 3} if known[s].by else 7 for s in slots if s in known
    }
    return text, numbers, {s: f"某{s}" for s in slots if s not in known}


@pytest.mark.parametrize("template", ["summary_county", "summary_township"])
@given(data=st.data())
def test_any_figures_may_be_blank(template: str, data: st.DataObject) -> None:
    """Whatever is blank or zero, what is left reads as text."""
    text, numbers, words = whole_year(template)
    words |= {"office": "柳河镇", "self": "我镇", "level_word": "镇", "period": "2023年"}
    gone = data.draw(st.sets(st.sampled_from(sorted(numbers))))
    zero = data.draw(st.sets(st.sampled_from(sorted(numbers))))
    left = {k: v for k, v in numbers.items() if k not in gone}
    for key in zero & left.keys():
        left[key] = {"甲": 0} if isinstance(left[key], dict) else 0
    for key in data.draw(
        st.sets(st.sampled_from(("top_places", "mechanism_names", "shortcomings")))
    ):
        words[key] = ""
    sound(fill(text, left, words))  # type: ignore[arg-type]


# --- the check sheet ---------------------------------------------------------------------------


def test_the_check_sheet_lists_each_figure(county: Ledger, tmp_path: Path) -> None:
    made = make_report(county, "summary", FIRST, LAST, "", tmp_path / "总结.pdf")
    assert made.checksheet == tmp_path / "总结-数据核对单.pdf"
    sheet = "".join(page_texts(made.checksheet)).replace(" ", "")
    _, rows = compose(county, "summary", FIRST, LAST, "")
    named = {f.id for f in figures.FIGURES}
    text = resource("templates/summary_county.txt").read_text("utf-8")
    assert [r.figure for r in rows] == [f for f in used_figures(text) if f in named]
    for row in rows:
        assert row.name.replace(" ", "") in sheet
        assert (row.unit in sheet, bool(row.rule)) == (True, True)
    assert "宣讲活动210场次宣讲记录的场次之和210" in sheet
    assert "内部使用" in sheet
    assert "内部使用" not in printed(made)
    assert (
        county.db.execute("SELECT chain FROM operation ORDER BY counter DESC").fetchone()[0]
        in sheet
    )


def test_figures_rows_and_sheet_agree(county: Ledger) -> None:
    _, rows = compose(county, "summary", FIRST, LAST, TOWNSHIPS["柳河镇"])
    for row in rows:
        behind = figures.rows(county, row.figure, FIRST, LAST, TOWNSHIPS["柳河镇"])
        assert row.rows == len(behind)


# --- what is refused ---------------------------------------------------------------------------


def test_a_sign_that_cannot_be_printed_is_named_before_printing(
    county: Ledger, tmp_path: Path
) -> None:
    with county.write("新建机制") as rows:
        rows.save(Mechanism(name="督查\U000f1234通报", issued=LAST))
    with pytest.raises(PaperProblem, match=r"U\+F1234"):
        make_report(county, "summary", FIRST, LAST, "", tmp_path / "总结.pdf")
    assert list(tmp_path.glob("总结*")) == []


@pytest.mark.parametrize(("template", "name"), [("没有", "x.pdf"), ("summary", "x.txt")])
def test_wrong_words(county: Ledger, tmp_path: Path, template: str, name: str) -> None:
    with pytest.raises(WrongUsage):
        make_report(county, template, FIRST, LAST, "", tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_reader_may_print(tmp_path: Path) -> None:
    with Ledger.open(imported_county(), PASSWORD, readonly=True) as ledger:
        made = make_report(ledger, "summary", FIRST, LAST, "", tmp_path / "总结.pdf")
    assert made.pages == 3
