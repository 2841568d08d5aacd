"""The papers of a suggestion: 转办单 to the unit, 答复函 to who made it, 公示 to everybody.

What a reader may see is decided by whom it goes to: the unit doesn't need to know who made it, who
made it reads his own full name, everybody else reads neither names nor numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.reports.document import (
    Align,
    Annex,
    Block,
    Column,
    Content,
    Document,
    Paragraph,
    Run,
    Signature,
    Style,
    Table,
)

PEOPLE = "提出建议的群众"
_QUOTED = 60  # characters of a suggestion within a sentence
_BLANK_LINES = "\n\n\n"


@dataclass(frozen=True)
class Sender:
    """The office that a paper goes out from, and the day, in words."""

    office: str
    word: str  # 镇, as in 我镇
    date: str


@dataclass(frozen=True)
class Transfer:
    """What a unit is told of a suggestion; who made it only if that was asked for."""

    number: str
    date: str
    channel: str
    place: str
    content: str
    remedy: str
    unit: str
    co_units: str
    due: str
    proposer: str = ""


@dataclass(frozen=True)
class Reply:
    """What who made a suggestion is told; without a name it goes to all who made it."""

    name: str
    date: str
    content: str
    adoption: str  # 采纳, 部分采纳, 不采纳 … as recorded
    refused: bool
    reason: str
    words: str  # the answer itself, or else the result


@dataclass(frozen=True)
class PublicRow:
    """A line of the 公示, masked already."""

    number: str
    content: str
    unit: str
    adoption: str
    replied: str
    adopted: bool = False  # adopted or partly adopted


def transfer_slip(sender: Sender, slip: Transfer) -> Document:
    """意见建议转办单, with a sheet for the unit's answer."""
    together = f"会同{slip.co_units}" if slip.co_units else ""
    until = f"于{slip.due}前" if slip.due else "及时"
    order = (
        f"现将群众提出的意见建议转去，请{slip.unit}主办，{together}认真研究办理，{until}将办理结果"
        f"反馈我{sender.word}。"
        if together
        else f"现将群众提出的意见建议转去，请认真研究办理，{until}将办理结果反馈我{sender.word}。"
    )
    facts = (
        ("编　　号", slip.number),
        ("来　　源", "　".join(filter(None, (slip.date, slip.channel)))),
        ("地　　点", slip.place),
        ("建 议 人", slip.proposer),
        ("内　　容", slip.content),
        ("对策建议", slip.remedy),
        ("主办单位", slip.unit),
        ("会办单位", slip.co_units),
    )
    answers: tuple[tuple[Content, ...], ...] = (
        ("办理结果", _BLANK_LINES * 2),
        ("是否采纳", "□采纳　□部分采纳　□不采纳　□留作参考"),
        ("理　　由", "\n\n"),
        ("承 办 人", ""),
        ("联系电话", ""),
        ("单位盖章", "\n\n年　　月　　日"),
    )
    return Document(
        title="意见建议转办单",
        addressee="、".join(filter(None, (slip.unit, slip.co_units))) + "：",
        blocks=(
            Paragraph(order),
            _sheet("转办内容", [(name, words) for name, words in facts if words]),
        ),
        annexes=(
            Annex(
                "意见建议办理情况反馈表",
                (
                    Paragraph(f"意见建议：{quoted(slip.content)}"),
                    Paragraph(
                        "采纳或者部分采纳的，请写明办法；不采纳的，请说明理由，以便答复群众。"
                    ),
                    _sheet("办理情况（由主办单位填写）", answers),
                ),
            ),
        ),
        signature=Signature((sender.office,), sender.date, sealed=True),
        note="联系人：　　　　　联系电话：",
        author=sender.office,
    )


def _sheet(words: str, rows: Sequence[tuple[Content, ...]]) -> Table:
    named = tuple((_black(row[0]), row[1]) for row in rows)
    return Table((Column("项　目", 1.2, Align.CENTER), Column(words, 5)), named)


def _black(words: Content) -> Content:
    return (Run(words, style=Style.HEITI),) if isinstance(words, str) else words


def reply_letter(sender: Sender, reply: Reply) -> Document:
    """答复函 to one person, in full name; or to all who made it."""
    you = "您" if reply.name else "你们"
    on = f"于{reply.date}" if reply.date else ""
    blocks: list[Block] = [
        Paragraph(
            f"{you}{on}提出的“{quoted(reply.content)}”的意见建议收悉。"
            f"感谢{you}对我{sender.word}工作的关心和支持。经研究，现答复如下："
        )
    ]
    blocks += [Paragraph(line.strip()) for line in reply.words.splitlines() if line.strip()]
    if reply.adoption:
        reason = reply.reason.strip().rstrip("。")
        if reply.refused:
            sentence = f"{you}的建议这次没有采纳，理由是：{reason}。请予理解。"
        else:
            sentence = f"{you}的建议办理结论为：{reply.adoption}。"
            sentence += f"{reason}。" if reason and reason not in reply.words else ""
        blocks.append(Paragraph(sentence))
    blocks.append(
        Paragraph(f"如对以上答复有意见，请与我{sender.word}联系。欢迎继续提出宝贵意见和建议。")
    )
    return Document(
        title="意见建议答复函",
        addressee=f"{reply.name}同志：" if reply.name else f"{PEOPLE}：",
        blocks=tuple(blocks),
        signature=Signature((sender.office,), sender.date, sealed=True),
        note="联系人：　　　　　联系电话：",
        author=sender.office,
    )


def public_notice(sender: Sender, period: str, rows: Sequence[PublicRow]) -> Document:
    """意见建议办理情况公示: a table without names and numbers."""
    adopted = sum(row.adopted for row in rows)
    taken = f"，其中采纳、部分采纳{adopted}条" if adopted else ""
    columns = (
        Column("序号", 1.2, Align.CENTER),
        Column("编号", 2, Align.CENTER),
        Column("内容", 5.2),
        Column("承办单位", 2.2),
        Column("采纳情况", 2.1, Align.CENTER),
        Column("答复日期", 2.2, Align.CENTER),
    )
    cells = tuple(
        (str(at), r.number or "——", r.content, r.unit or "——", r.adoption or "——", r.replied)
        for at, r in enumerate(rows, 1)
    )
    return Document(
        title="意见建议办理情况公示",
        subtitle=(sender.office, f"（{period}）"),
        blocks=(
            Paragraph(
                f"{period}，我{sender.word}办理并答复群众意见建议{len(rows)}条{taken}。"
                "现将办理情况公示如下，如有不同意见，请与我们联系。"
            ),
            Table(
                columns,
                cells,
                caption="意见建议办理情况表",
                unit_line=f"单位：{sender.office}　时段：{period}",
            ),
        ),
        signature=Signature((sender.office,), sender.date),
        author=sender.office,
    )


def quoted(content: str) -> str:
    """A suggestion within quotation marks: on one line, its own marks single, cut if it is long."""
    plain = " ".join(content.split()).replace("“", "‘").replace("”", "’").strip("。；，、 ")
    return plain if len(plain) <= _QUOTED else plain[:_QUOTED].rstrip("，。；、") + "……"
