"""转办单, 答复函, 公示: what each reader sees, and what he doesn't."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desktop.core.errors import PaperProblem, UserError, WrongUsage
from desktop.jobs.print_suggestion import (
    REPLY,
    TRANSFER,
    print_suggestion,
    publish_suggestions,
)
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Petitioner, Suggestion
from desktop.work import doubles
from tests import fakes
from tests.unit.reports.reading import A4, page_sizes, page_texts

NAME, PHONE, ID = "王建国", "13812341234", "990822198001010018"
CONTENT = f"增开柳河镇赶集班车，现在挤不上。联系人{NAME}，电话{PHONE}，身份证{ID}。"
QUARTER = (dt.date(2026, 10, 1), dt.date(2026, 12, 31))


def save(ledger: Ledger, *, name: str = "", **over: object) -> Suggestion:
    plain = {"date": dt.date(2026, 11, 20), "content": CONTENT, "place": "前沟村"}
    with ledger.write("记建议") as rows:
        (made,) = rows.save(fakes.make(Suggestion, **plain | over))
        if name:
            rows.save(fakes.make(Petitioner, of=made.id, name=name, phone=PHONE))
    assert isinstance(made, Suggestion)
    return made


def text(path: Path) -> str:
    return "".join("".join(page_texts(path)).split())


def printed(ledger: Ledger, paper: str, one: Suggestion, out: Path, *, named: bool = False) -> str:
    result = print_suggestion(ledger, paper, one.id, out, named=named)
    assert result.pages == len(page_sizes(out))
    assert page_sizes(out)[0] == pytest.approx(A4, abs=0.1)
    return text(out)


def test_the_unit_reads_what_was_suggested_and_by_when(ledger: Ledger, tmp_path: Path) -> None:
    one = save(
        ledger,
        name=NAME,
        number="建-0012",
        channel="座谈会",
        remedy="逢五逢十加开一班",
        unit="县交通运输局",
        co_units=("县农业农村局", "县公交公司"),
        assigned=dt.date(2026, 11, 21),
        due=dt.date(2026, 12, 5),
    )
    words = printed(ledger, TRANSFER, one, tmp_path / "转办单.pdf")
    for part in (
        "意见建议转办单",
        "县交通运输局、县农业农村局、县公交公司：",
        "请县交通运输局主办，会同县农业农村局、县公交公司认真研究办理",
        "于2026年12月5日前将办理结果反馈我镇",
        "建-0012",
        "2026年11月20日座谈会",
        "前沟村",
        "增开柳河镇赶集班车",
        "逢五逢十加开一班",
        "附件：意见建议办理情况反馈表",
        "柳河镇2026年11月21日",
        "□采纳□部分采纳□不采纳□留作参考",
    ):
        assert part in words
    for hidden in (NAME, PHONE, ID):
        assert hidden not in words
    assert "联系人王某某，电话138****1234" in words


def test_the_unit_is_told_who_made_it_only_if_that_was_asked_for(
    ledger: Ledger, tmp_path: Path
) -> None:
    one = save(ledger, name=NAME, unit="县交通运输局")
    words = printed(ledger, TRANSFER, one, tmp_path / "a.pdf", named=True)
    assert f"建议人{NAME}{PHONE}" in words
    assert "请认真研究办理，及时将办理结果反馈我镇" in words


def test_a_slip_stays_on_its_two_pages(ledger: Ledger, tmp_path: Path) -> None:
    one = save(ledger, unit="县交通运输局", co_units=("县农业农村局",), remedy="加一班", number="1")
    assert print_suggestion(ledger, TRANSFER, one.id, tmp_path / "a.pdf").pages == 2


def test_who_made_it_reads_his_full_name_and_the_answer(ledger: Ledger, tmp_path: Path) -> None:
    one = save(
        ledger,
        name=NAME,
        content="增开“赶集班车”，现在挤不上。",
        adoption="采纳",
        result="已协调",
        reply="自2026年12月1日起加开一班。\n赶集高峰再行研究。",
        replied=dt.date(2026, 12, 1),
    )
    words = printed(ledger, REPLY, one, tmp_path / "a.pdf")
    assert f"{NAME}同志：您于2026年11月20日提出的“增开‘赶集班车’，现在挤不上”" in words
    assert "自2026年12月1日起加开一班。赶集高峰再行研究。" in words
    assert "您的建议办理结论为：采纳。" in words
    assert "柳河镇2026年12月1日" in words
    assert "已协调" not in words


def test_an_imported_reason_is_the_answer_and_stands_there_once(
    ledger: Ledger, tmp_path: Path
) -> None:
    one = save(ledger, name=NAME, adoption="采纳", reason="已加开一班。", content="增开班车")
    words = printed(ledger, REPLY, one, tmp_path / "a.pdf")
    assert words.count("已加开一班") == 1


def test_a_refusal_gives_its_reason(ledger: Ledger, tmp_path: Path) -> None:
    one = save(ledger, name=NAME, adoption="不采纳", reason="夜间没有值守人员。")
    words = printed(ledger, REPLY, one, tmp_path / "a.pdf")
    assert "您的建议这次没有采纳，理由是：夜间没有值守人员。请予理解。" in words


def test_who_gave_no_name_is_addressed_with_all(ledger: Ledger, tmp_path: Path) -> None:
    one = save(ledger, name=NAME, anonymous=True, content="夜间开放村史馆", result="已开放")
    words = printed(ledger, REPLY, one, tmp_path / "a.pdf")
    assert "提出建议的群众：你们于" in words
    assert NAME not in words


def test_a_joined_ones_letter_names_only_its_own_person(ledger: Ledger, tmp_path: Path) -> None:
    main = save(ledger, name=NAME, content="增开班车", reply="已加开")
    second = save(ledger, name="李秀英", content="班车太少", reply="已加开")
    with ledger.write("并") as rows:
        doubles.join(ledger, rows, Suggestion.type, second.id, main.id)
    words = printed(ledger, REPLY, second, tmp_path / "a.pdf")
    assert "李秀英同志" in words
    assert NAME not in words


@pytest.mark.parametrize(
    ("paper", "over", "why"),
    [
        (TRANSFER, {}, "还没有填承办单位"),
        (REPLY, {}, "还没有写答复内容"),
        (REPLY, {"adoption": "不采纳"}, "不采纳还没有写理由"),
    ],
)
def test_a_paper_that_would_have_gaps_is_refused(
    ledger: Ledger, tmp_path: Path, paper: str, over: dict[str, object], why: str
) -> None:
    one, out = save(ledger, **over), tmp_path / "a.pdf"
    with pytest.raises(PaperProblem, match=why):
        print_suggestion(ledger, paper, one.id, out)
    assert not out.exists()


def test_void_ones_other_names_and_unknown_papers_are_refused(
    ledger: Ledger, tmp_path: Path
) -> None:
    one = save(ledger, unit="县水利局")
    with pytest.raises(WrongUsage, match="没有叫「收条」的文书"):
        print_suggestion(ledger, "收条", one.id, tmp_path / "a.pdf")
    with pytest.raises(WrongUsage, match=r"以 \.pdf 结尾"):
        print_suggestion(ledger, TRANSFER, one.id, tmp_path / "a.docx")
    with ledger.write("作废") as rows:
        rows.remove(Suggestion.type, one.id, "录错")
    with pytest.raises(UserError, match="已经作废"):
        print_suggestion(ledger, TRANSFER, one.id, tmp_path / "a.pdf")


def test_the_notice_shows_what_was_answered_and_nobodys_name(
    ledger: Ledger, tmp_path: Path
) -> None:
    replied = dt.date(2026, 12, 1)
    main = save(
        ledger, name=NAME, number="建-0012", unit="县交通运输局", adoption="采纳", replied=replied
    )
    second = save(ledger, name="李秀英", content="李秀英说班车太少", replied=replied)
    with ledger.write("并") as rows:
        doubles.join(ledger, rows, Suggestion.type, second.id, main.id)
    save(ledger, content="夜间开放村史馆", adoption="不采纳", replied=dt.date(2026, 11, 30))
    save(ledger, content="修桥", replied=dt.date(2026, 9, 30))
    save(ledger, content="修路")
    save(ledger, content="宅基地纠纷", replied=replied, converted=replied)
    out = tmp_path / "公示.pdf"
    publish_suggestions(ledger, *QUARTER, "", out)
    words = text(out)
    assert "意见建议办理情况公示柳河镇（2026年第四季度）" in words
    assert "办理并答复群众意见建议2条，其中采纳、部分采纳1条" in words
    for part in ("建-0012", "县交通运输局", "2026-12-01", "夜间开放村史馆——不采纳2026-11-30"):
        assert part in words
    for absent in (NAME, PHONE, ID, "李秀英", "修桥", "修路", "宅基地"):
        assert absent not in words
    assert "联系人王某某" in words


def test_a_period_without_answers_makes_no_notice(ledger: Ledger, tmp_path: Path) -> None:
    save(ledger)
    with pytest.raises(PaperProblem, match="2026年第四季度没有答复过"):
        publish_suggestions(ledger, *QUARTER, "", tmp_path / "a.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_long_notice_goes_on_over_pages(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.write("很多") as rows:
        rows.save(
            *(
                fakes.make(Suggestion, content=f"第{n}条建议" * 8, replied=dt.date(2026, 11, 30))
                for n in range(120)
            )
        )
    out = tmp_path / "a.pdf"
    result = publish_suggestions(ledger, *QUARTER, "", out)
    assert result.pages > 3
    assert all("承办单位" in "".join(page.split()) for page in page_texts(out)[:-1])
    assert "意见建议120条" in text(out)


def test_a_name_that_was_taken_back_is_not_published(ledger: Ledger, tmp_path: Path) -> None:
    said = {"unit": "县交通运输局", "adoption": "采纳", "reply": "已加开"}
    one = save(ledger, name=f"{NAME}、李四", replied=dt.date(2026, 11, 30), **said)
    person = ledger.find(Query(Petitioner.type))[0]
    with ledger.write("不愿留名") as rows:
        rows.remove(Petitioner.type, person.id, "不愿留名")
    publish_suggestions(ledger, *QUARTER, "", out := tmp_path / "公示.pdf")
    assert "赶集班车" in text(out)
    assert NAME not in text(out)
    assert NAME not in printed(ledger, TRANSFER, one, tmp_path / "转办单.pdf")
