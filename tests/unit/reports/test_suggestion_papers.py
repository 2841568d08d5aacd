"""The words of the papers of a suggestion."""

from __future__ import annotations

from desktop.reports.document import document_texts
from desktop.reports.suggestion_papers import (
    PublicRow,
    Reply,
    Sender,
    Transfer,
    public_notice,
    quoted,
    reply_letter,
    transfer_slip,
)

SENDER = Sender("桃源乡", "乡", "2026年12月1日")


def words(document: object) -> str:
    return "".join(text for text, _ in document_texts(document))  # type: ignore[arg-type]


def test_a_quotation_holds_no_marks_of_its_own_kind() -> None:
    assert quoted("公开集体“三资”账目。") == "公开集体‘三资’账目"
    long = quoted("很长的话，" * 40)
    assert long.endswith("……")
    assert len(long) <= 62


def test_nothing_blank_is_printed() -> None:
    slip = Transfer("", "", "", "", "修桥", "", "县水利局", "", "")
    said = words(transfer_slip(SENDER, slip))
    assert "反馈我乡" in said
    for absent in ("编　　号", "建 议 人", "会办单位", "会同", "None"):
        assert absent not in said


def test_the_letter_speaks_of_its_own_office() -> None:
    reply = Reply("", "", "修桥", "留作参考", False, "明年再议", "已列入计划。")
    said = words(reply_letter(SENDER, reply))
    assert "提出建议的群众：" in said
    assert "你们提出的“修桥”" in said
    assert "办理结论为：留作参考。明年再议。" in said
    assert "对我乡工作" in said


def test_a_notice_without_adopted_ones_says_nothing_of_them() -> None:
    rows = [PublicRow("", "修桥", "", "", "2026-12-01")]
    said = words(public_notice(SENDER, "2026年", rows))
    assert "意见建议1条。现将" in said
    assert "其中" not in said
