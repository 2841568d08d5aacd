"""One sentence becomes the fields of a trip: what is understood, what is guessed, what is left."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records import Cadre, Campaign, Place, Post
from desktop.records.identity import place_id
from desktop.work.known_names import Known, read_known
from desktop.work.sentence import PartGuess, Understood, understand
from tests import fakes

TODAY = dt.date(2026, 11, 23)  # a Monday
NAMES = {"problem": "问题", "visit": "来访", "lecture": "宣讲", "fieldwork": "调研",
         "suggestion": "建议", "onsite": "现场办公", "reception": "接访"}  # fmt: skip


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """What a real ledger knows, and another township with a village of the same name."""
    with fakes.new_ledger(tmp_path_factory.mktemp("known") / "柳河镇.ledger") as ledger:
        with ledger.write("补充") as rows:
            code = "990822102201"
            rows.save(
                Place(id=place_id(code), code=code, name="前沟村", level="村（社区）"),
                Campaign(name="冬季行动"),
                cadre := Cadre(id="ab" * 16, name="张建国"),
                Post(cadre=cadre.id, title="党委书记", unit=fakes.place("柳河镇")),
                former := Cadre(id="cd" * 16, name="李大海"),
                Post(
                    cadre=former.id,
                    title="镇长",
                    unit=fakes.place("柳河镇"),
                    end=dt.date(2024, 1, 1),
                ),
            )
        return read_known(ledger)


def told(found: Understood) -> str:
    """Everything that was understood, in one line."""
    label = lambda v: found.words.get(v, str(v))  # noqa: E731

    def words(key: str, value: object) -> str:
        plain = "、".join(map(label, value)) if isinstance(value, tuple) else label(value)
        return f"{key}={plain}"

    def part(one: PartGuess) -> str:
        values = [words(k, v) + ("?" if k in one.marks else "") for k, v in one.values.items()]
        return " ".join([NAMES[one.kind], *sorted(values)])

    head = [words(k, v) + ("?" if k in found.marks else "") for k, v in found.head.items()]
    return " | ".join([" ".join(sorted(head)), *sorted(part(p) for p in found.parts)])


@pytest.mark.parametrize(("sentence", "expected"), [
    ("11月20日，李镇长到前沟村、后塬村宣讲，58人，解决路灯1个",
     "date=2026-11-20 leader=李明? places=前沟村、后塬村 | 宣讲 heads=58 | 问题 decision=现场解决 title=路灯"),
    ("昨天张书记在前沟村接访，接待2批5人",
     "date=2026-11-22 leader=张建国? places=前沟村 | 来访 people=None? | 来访 people=None?"),
    ("周一李明、王丽到后塬村调研，走访群众12户",
     "companions=王丽 date=2026-11-23? leader=李明 places=后塬村 | 调研 interviewees=12? methods=入户走访"),
    ("11.20 王镇长在柳河社区宣讲反诈，120余人，发放资料200份",
     "date=2026-11-20 leader=王丽? places=柳河社区 | 宣讲 heads=120? materials=200 theme=防电信网络诈骗"),
    ("2026年11月3日上午9点到11点半李明到前沟村田埂讲学，宣讲乡村振兴，群众46人，其中党员12人",
     "date=2026-11-03 end=11:30:00 leader=李明 places=前沟村 start=09:00:00 | 宣讲 form=田埂讲学 heads=46 party_heads=12 theme=乡村振兴"),
    ("今天李镇长到前沟村现场办公，发现灌溉渠淤堵问题，交办水利局30日内解决",
     "date=2026-11-23 leader=李明? places=前沟村 | 问题 decision=限期解决 due=2026-12-23 title=灌溉渠淤堵 unit=县水利局"),
    ("李镇长赴后塬村接访，王某反映土地流转租金未付，交办县农业农村局，12月5日前答复",
     "leader=李明? places=后塬村 | 来访 case.due=2026-12-05 case.unit=县农业农村局 matter=土地流转租金未付 outcome=受理并交办 petitioner.name=王某"),
    ("前天李明带队，王副镇长陪同，到石门镇前沟村走访",
     "companions=王丽? date=2026-11-21 leader=李明 places=前沟村 | 调研 methods=入户走访"),
    ("12月30日李明到前沟村宣讲",
     "date=2026-12-30? leader=李明 places=前沟村 | 宣讲"),
    ("李县长到前沟村宣讲医保政策50多人，村民建议增加晚间班车",
     "leader=李县长? places=前沟村 | 宣讲 heads=50? theme=医保社保养老? | 建议 content=增加晚间班车"),
    ("李镇长到赵家湾村宣讲秸秆禁烧，30人",
     "leader=李明? places=赵家湾村? | 宣讲 heads=30 theme=秸秆禁烧?"),
    ("11月18日冬季行动，李明到前沟村、后塬村宣讲森林防火，前沟村40人、后塬村35人",
     "campaign=冬季行动 date=2026-11-18 leader=李明 places=前沟村、后塬村 | 宣讲 heads=35 place=后塬村 theme=安全生产、消防、防火防汛 | 宣讲 heads=40 place=前沟村 theme=安全生产、消防、防火防汛"),
    ("11月20日李镇长到前沟村现场办公，现场解决问题2个：路灯不亮、水管漏水",
     "date=2026-11-20 leader=李明? places=前沟村 | 问题 decision=现场解决 title=水管漏水 | 问题 decision=现场解决 title=路灯不亮"),
    ("收集意见建议3条",
     "summary=收集意见建议3条"),
    ("十一月二十日，张建国书记到后塬村讲党课，党员35人",
     "date=2026-11-20 leader=张建国 places=后塬村 | 宣讲 form=专题党课 heads=35? party_heads=35"),
    ("李镇长去了前沟看了看，天气不错",
     "leader=李明? places=前沟村 summary=看了看；天气不错"),
    ("本月5日李明到前沟村接待王某等6人来访反映道路硬化问题，现场答复",
     "date=2026-11-05 leader=李明 places=前沟村 | 来访 collective=True matter=道路硬化 outcome=现场解释答复 people=6 petitioner.name=王某"),
    ("上周五李镇长到前沟村、后塬村调研冬小麦，召开座谈会2次",
     "date=2026-11-20 leader=李明? places=前沟村、后塬村 summary=冬小麦 | 调研 meetings=2 methods=座谈"),
    ("11月9日李明同志到县水利局现场办公，发现泵站老化，列入明年计划",
     "date=2026-11-09 leader=李明 places=县水利局 | 问题 decision=提出思路和日程 title=泵站老化"),
    ("周建平局长到前沟村宣讲民法典，六十人",
     "leader=周建平局长? places=前沟村 | 宣讲 heads=60 theme=法律法规"),
    ("李镇长宣讲",
     "leader=李明? | 宣讲"),
    ("11月20日宣讲会2场，受众共计120人次，李明主讲",
     "date=2026-11-20 leader=李明 | 宣讲 heads=120 sessions=2"),
    ("20日李明入户走访慰问15户，收集建议3条，建议修通组路",
     "date=2026-11-20 leader=李明 summary=收集建议3条 | 建议 content=修通组路 | 调研 interviewees=15? methods=入户走访"),
    ("李明、王丽、张建国一行到前沟村、柳河社区调研并现场办公，发现排水沟堵塞、路灯不亮2个问题，由县交通运输局牵头，限12月10日前完成",
     "companions=王丽、张建国 leader=李明 places=前沟村、柳河社区 | 调研 | 问题 decision=限期解决 due=2026-12-10 title=排水沟堵塞 unit=县交通运输局 | 问题 decision=限期解决 due=2026-12-10 title=路灯不亮 unit=县交通运输局"),
    ("村民李某某反映宅基地纠纷，转送石门镇",
     " | 来访 matter=宅基地纠纷 outcome=转送 petitioner.name=李某某"),
    ("11月20日，李明在柳河社区召开院坝会，宣讲惠农政策，到场群众约60人，现场答疑8次",
     "date=2026-11-20 leader=李明 places=柳河社区 | 宣讲 answers=8 form=田埂讲学 heads=60? theme=惠农惠民政策"),
    ("11月20日在后塬村开展“党的二十大精神”宣讲，参加党员群众85人",
     "date=2026-11-20 places=后塬村 | 宣讲 heads=85 theme=党的二十大及历次全会精神"),
    ("镇长李明11月19日到前沟村接访1批6人，反映土地租金拖欠",
     "date=2026-11-19 leader=李明 places=前沟村 | 来访 collective=True matter=土地租金拖欠 people=6"),
    ("11月20日 李镇长 到 前沟村 解决路灯3个",
     "date=2026-11-20 leader=李明? places=前沟村 | 问题 decision=现场解决 title=路灯? | 问题 decision=现场解决 title=路灯? | 问题 decision=现场解决 title=路灯?"),
    ("张书记星期三下访到后塬村，接待群众4人",
     "date=2026-11-18? leader=张建国? places=后塬村 | 来访 people=4?"),
    ("今日李明在前沟村督导防汛",
     "date=2026-11-23 leader=李明 places=前沟村 summary=督导防汛"),
    ("去年12月30日李镇长到前沟村宣讲征兵政策，30名青年参加",
     "date=2025-12-30 leader=李明? places=前沟村 | 宣讲 heads=30 theme=征兵国防?"),
    ("11月20日李明到前沟村现场办公，协调解决饮水困难问题，提请县里协调变压器增容",
     "date=2026-11-20 leader=李明 places=前沟村 summary=提请县里协调变压器增容 | 问题 decision=现场解决 title=饮水困难"),
    ("李明到前沟村蹲点调研3天，召开座谈会1次，走访群众20人",
     "leader=李明 places=前沟村 summary=3天 | 调研 interviewees=20 meetings=1 methods=座谈、入户走访、蹲点"),
    ("王丽到前沟村、后塬村、柳河社区开展安全生产宣传，发放宣传手册300份，150余人参加",
     "leader=王丽 places=前沟村、后塬村、柳河社区 | 宣讲 heads=150? materials=300 theme=安全生产、消防、防火防汛"),
    ("11月22日李镇长到前沟村调研，四不两直，走访群众20余人",
     "date=2026-11-22 leader=李明? places=前沟村 | 调研 interviewees=20? methods=入户走访、四不两直"),
    ("李明、王丽到后塬村宣讲移风易俗和禁毒，48人",
     "companions=王丽 leader=李明 places=后塬村 summary=和禁毒 | 宣讲 heads=48 theme=移风易俗"),
    ("11月12日上午，李镇长到县水利局现场办公",
     "date=2026-11-12 leader=李明? places=县水利局 | 现场办公"),
    ("十一月五号张书记在后塬村上专题党课，党员28名",
     "date=2026-11-05 leader=张建国? places=后塬村 | 宣讲 form=专题党课 heads=28? party_heads=28"),
    ("11-18 李明 前沟村 宣讲 森林防火 62",
     "date=2026-11-18 leader=李明 places=前沟村 summary=62 | 宣讲 theme=安全生产、消防、防火防汛"),
    ("2026.11.18李明到前沟村开展反诈宣讲1场，受众62人次",
     "date=2026-11-18 leader=李明 places=前沟村 | 宣讲 heads=62 sessions=1 theme=防电信网络诈骗"),
    ("李明到前沟村接访，当场答复张某反映的低保问题",
     "leader=李明 places=前沟村 | 来访 matter=低保 outcome=现场解释答复 petitioner.name=张某"),
    ("王丽到柳河社区接待来访群众3批3人",
     "leader=王丽 places=柳河社区 | 来访 people=1? | 来访 people=1? | 来访 people=1?"),
    ("11月20日李镇长到前沟村解决饮水、路灯2个问题",
     "date=2026-11-20 leader=李明? places=前沟村 | 问题 decision=现场解决 title=路灯 | 问题 decision=现场解决 title=饮水"),
    ("李镇长到前沟村，建议把垃圾桶挪到路口；建议增设路灯",
     "leader=李明? places=前沟村 | 建议 content=增设路灯 | 建议 content=把垃圾桶挪到路口"),
])  # fmt: skip
def test_what_clerks_write(known: Known, sentence: str, expected: str) -> None:
    assert told(understand(sentence, known, TODAY)) == expected


def test_a_village_of_another_township_is_meant_only_with_its_township(known: Known) -> None:
    own = understand("到前沟村宣讲", known, TODAY).head["places"]
    other = understand("到石门镇前沟村宣讲", known, TODAY).head["places"]
    assert (own, other) == ((fakes.place("前沟村"),), (place_id("990822102201"),))


def test_a_title_means_whoever_held_the_post_on_that_day(known: Known) -> None:
    now = understand("11月20日李镇长到前沟村宣讲", known, TODAY)
    then = understand("2023年11月20日李镇长到前沟村宣讲", known, TODAY)
    assert now.head["leader"] == fakes.cadre("李明")
    assert then.head["leader"] == "cd" * 16
    assert "核对" in now.marks["leader"]


def test_what_was_not_understood_is_kept_and_said(known: Known) -> None:
    found = understand("11月20日李明到前沟村宣讲，天上下着雨，老支书很高兴", known, TODAY)
    assert found.left == ("天上下着雨", "老支书很高兴")
    assert found.head["summary"] == "天上下着雨；老支书很高兴"


def test_nothing_at_all_is_said_to_be_nothing(known: Known) -> None:
    found = understand("……", known, TODAY)
    assert found.is_empty
    assert found.left == ()


_PIECES = st.sampled_from(
    "11月20日 昨天 周一 13月45日 2月30日 李镇长 王镇长 李明 赵县长 前沟村 后塬村 石门镇 到 宣讲 调研 接访 接待2批5人"
    " 现场办公 解决路灯1个 发现 交办 水利局 30日内 58人 五十余人 ， 。 、 建议 反映 《民法典》 冬季行动 9点到8点 党员"
    " 解决问题 999999999999999999 0人 接待0批 99月 上上周日 99999日内 12月底前".split(" ")
)  # fmt: skip
_TEXTS = st.lists(_PIECES | st.text(max_size=6), max_size=14).map("".join)


@given(text=_TEXTS)
def test_any_text_gives_one_answer_and_nothing_made_up(known: Known, text: str) -> None:
    found = understand(text, known, TODAY)
    again = understand(text, known, TODAY)
    assert (found.head, found.marks, found.parts, found.left) == (
        again.head,
        again.marks,
        again.parts,
        again.left,
    )
    bare = "".join(text.split())
    registered = {one for ids in (*known.places.values(), *known.units.values()) for one in ids}
    people = {one for ids in known.cadres.values() for one in ids}
    for place in found.head.get("places", ()):
        assert place in registered or place in bare or place in _normal(text)
    for person in (found.head.get("leader", ""), *found.head.get("companions", ())):
        assert person in people or person in bare or person in _normal(text)
    for part in found.parts:
        title = part.values.get("title") or part.values.get("content") or ""
        assert title.replace(" ", "") in _normal(text).replace(" ", "")


def _normal(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", text)


@given(text=_TEXTS)
def test_every_sign_is_understood_or_left_or_a_little_word(known: Known, text: str) -> None:
    """What is left stands in the words as it was written, and in the summary."""
    found = understand(text, known, TODAY)
    for piece in found.left:
        assert piece in found.head["summary"]


def test_a_ledger_without_registers_still_reads(tmp_path: Path) -> None:
    from tests.ledgers import open_empty

    with open_empty(tmp_path / "空.ledger") as ledger:
        found = understand("昨天李镇长到前沟村宣讲反诈，58人", read_known(ledger), TODAY)
    assert found.head["leader"] == "李镇长"
    assert found.head["places"] == ("前沟村",)
    assert found.of("lecture")[0].values == {"theme": "防电信网络诈骗", "heads": 58}
