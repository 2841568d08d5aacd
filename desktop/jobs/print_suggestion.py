"""Print the papers of suggestions: 转办单, 答复函 and, over a period, the 公示."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.errors import PaperProblem, UserError, WrongUsage
from desktop.core.names import mask_words
from desktop.core.offices import Office, level_of
from desktop.core.periods import day_words, period_words
from desktop.core.progress import Progress
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Condition, Query
from desktop.records import Petitioner, Suggestion
from desktop.work import doubles, suggestions
from desktop.work.codes import code_lists
from desktop.work.registers import offices

if TYPE_CHECKING:
    from desktop.reports.document import Document
    from desktop.reports.pdf import PdfResult
    from desktop.reports.suggestion_papers import Sender

TRANSFER, REPLY, NOTICE = "意见建议转办单", "意见建议答复函", "意见建议办理情况公示"
PAPERS = (TRANSFER, REPLY)
"""The papers of one suggestion."""


def print_suggestion(
    ledger: Ledger, paper: str, suggestion_id: str, out: Path, *, named: bool = False
) -> PdfResult:
    """Print a paper of one suggestion; `named` tells the unit who made it, if it has to ask back.

    Raises:
        PaperProblem: what the paper must say isn't recorded yet; nothing was written.
    """
    from desktop.reports.pdf import write_pdf

    _refuse_name(out)
    one = ledger.get(Suggestion, suggestion_id)
    if one is None or one.removed:
        raise UserError("这条建议已经作废，没有打印。请先恢复它。")
    if paper == TRANSFER:
        return write_pdf(transfer(ledger, one, named=named), out)
    if paper == REPLY:
        return write_pdf(reply(ledger, one), out)
    raise WrongUsage(f"没有叫「{paper}」的文书。可以用：{'、'.join(PAPERS)}。")


def publish_suggestions(
    ledger: Ledger,
    first: dt.date,
    last: dt.date,
    office: str,
    out: Path,
    progress: Progress | None = None,
) -> PdfResult:
    """Print the 公示 of what was answered in a period, by an office ('' = all of the ledger).

    Raises:
        PaperProblem: nothing was answered in the period; nothing was written.
    """
    from desktop.reports.pdf import write_pdf

    _refuse_name(out)
    return write_pdf(notice(ledger, first, last, office), out, progress)


def transfer(ledger: Ledger, one: Suggestion, *, named: bool = False) -> Document:
    """The 转办单 of a suggestion."""
    from desktop.reports.suggestion_papers import Transfer, transfer_slip

    if not one.unit:
        raise PaperProblem("还没有填承办单位，没有打印转办单。请先填转给哪个单位。")
    words = ledger.texts(one)
    persons = _persons(ledger, [one.id])
    proposer = "、".join(
        "　".join(filter(None, (p.name, p.phone))) for p in persons if p.name and named
    )
    hidden = () if named else [p.name for p in _everybody(ledger, [one.id])]
    return transfer_slip(
        _sender(ledger, one.office, one.assigned),
        Transfer(
            number=one.number,
            date=_day(one.date),
            channel=one.channel,
            place=words["place"],
            content=one.content if named else mask_words(one.content, hidden),
            remedy=one.remedy if named else mask_words(one.remedy, hidden),
            unit=words["unit"],
            co_units=words["co_units"],
            due=_day(one.due),
            proposer=proposer,
        ),
    )


def reply(ledger: Ledger, one: Suggestion) -> Document:
    """The 答复函 of a suggestion: to who made it; who gave no name is addressed with all."""
    from desktop.reports.suggestion_papers import Reply, reply_letter

    adoption = suggestions.code_of(code_lists(ledger), "adoption", one.adoption)
    refused = adoption == suggestions.REFUSED
    # Paper ledgers have one column for 理由, 办理结果 and 答复内容; it is imported as the reason.
    said = (one.reply, one.result, "" if refused else one.reason)
    words = next((w.strip() for w in said if w.strip()), "")
    if refused and not one.reason.strip():
        raise PaperProblem("不采纳还没有写理由，没有打印答复函。请先写明理由。")
    if not words and not refused:
        raise PaperProblem("还没有写答复内容，没有打印答复函。请先填“答复内容”或“办理结果”。")
    names = [p.name for p in _persons(ledger, [one.id]) if p.name]
    return reply_letter(
        _sender(ledger, one.office, one.replied),
        Reply(
            name="" if one.anonymous else "、".join(names),
            date=_day(one.date),
            content=one.content,
            adoption=one.adoption,
            refused=refused,
            reason=one.reason,
            words=words,
        ),
    )


def notice(ledger: Ledger, first: dt.date, last: dt.date, office: str = "") -> Document:
    """The 公示 of what was answered in a period; what was joined stands there once."""
    from desktop.reports.suggestion_papers import PublicRow, public_notice

    answered = Query(
        Suggestion.type,
        (
            Condition("replied", ">=", first),
            Condition("replied", "<=", last),
            Condition("converted", "empty"),
        ),
        order=(("date", False), ("id", False)),
    ).of_office(office)
    found = ledger.fetch(Suggestion, ledger.ids(answered))
    period = period_words(first, last)
    if not found:
        raise PaperProblem(f"{period}没有答复过的意见建议，没有生成公示。请换一个时段。")
    joined = {one.id: doubles.duplicates_of(ledger, one.id) for one in found}
    everybody = [*joined, *(i for ids in joined.values() for i in ids)]
    names: dict[str, list[str]] = {}
    for person in _everybody(ledger, everybody):
        names.setdefault(person.of, []).append(person.name)
    rows, lists = [], code_lists(ledger)
    taken = (suggestions.ADOPTED, suggestions.PARTLY)
    for one in found:
        hidden = [n for i in (one.id, *joined[one.id]) for n in names.get(i, ())]
        rows.append(
            PublicRow(
                number=one.number,
                content=" ".join(mask_words(one.content, hidden).split()),
                unit=ledger.titles.words(one.unit),
                adoption=one.adoption,
                replied=one.replied.isoformat() if one.replied else "",
                adopted=suggestions.code_of(lists, "adoption", one.adoption) in taken,
            )
        )
    return public_notice(_sender(ledger, office, None), period, rows)


def _persons(ledger: Ledger, ids: Iterable[str]) -> list[Petitioner]:
    query = Query(Petitioner.type, (Condition("of", "in", tuple(ids)),))
    return ledger.fetch(Petitioner, ledger.ids(query))


def _everybody(ledger: Ledger, ids: list[str]) -> list[Petitioner]:
    """Who made them, with those whose names were taken back: the content may still say them."""
    gone = Query(Petitioner.type, (Condition("of", "in", tuple(ids)),), removed=True)
    return [*_persons(ledger, ids), *ledger.fetch(Petitioner, ledger.ids(gone))]


def _sender(ledger: Ledger, office: str, day: dt.date | None) -> Sender:
    from desktop.reports.suggestion_papers import Sender

    whose = ledger.office
    if office and office != whose.code:
        whose = Office(office, offices(ledger).get(office, whose.name), level_of(office))
    return Sender(whose.name, whose.word, day_words(day or ledger.now().date()))


def _day(day: dt.date | None) -> str:
    return day_words(day) if day else ""


def _refuse_name(out: Path) -> None:
    if out.suffix.lower() != ".pdf":
        raise WrongUsage(f"只能做成PDF：请把文件名 {out.name} 改成以 .pdf 结尾。")
