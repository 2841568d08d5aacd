"""One sentence becomes the fields of a trip: what is understood, what is guessed, what is left."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records import Cadre, Campaign, Place, Post
from desktop.records.codes import NO_ACCUSATION
from desktop.records.identity import place_id
from desktop.work.known_names import Known, read_known
from desktop.work.sentence import PartGuess, Understood, understand
from tests import fakes

CASES = [
    line.split("\t")
    for line in (Path(__file__).parents[2] / "data" / "sentences.tsv")
    .read_text("utf-8")
    .splitlines()
]
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


@pytest.mark.parametrize(("sentence", "expected"), CASES)
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


_WORDS = """
11月20日 昨天 周一 13月45日 2月30日 李镇长 王镇长 李明 赵县长 前沟村 后塬村 石门镇 到 宣讲 调研 接访
接待2批5人 现场办公 解决路灯1个 发现 交办 水利局 30日内 58人 五十余人 ， 。 、 建议 反映 《民法典》
冬季行动 9点到8点 党员 解决问题 999999999999999999 0人 接待0批 99月 上上周日 99999日内 12月底前
"""
_PIECES = st.sampled_from(_WORDS.split())
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
        assert place in registered or place in bare or _normal(place) in _normal(text)
    for person in (found.head.get("leader", ""), *found.head.get("companions", ())):
        assert person in people or person in bare or _normal(person) in _normal(text)
    for part in found.parts:
        title = part.values.get("title") or part.values.get("content") or ""
        assert _normal(title) in _normal(text)


def _normal(text: str) -> str:
    """The signs as the reading sees them: one width, nothing invisible, no blanks."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "CZ")


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


@pytest.mark.parametrize(
    "said",
    [
        "接访群众检举控告村支书贪污低保款",
        "接待来访群众1人，村民张三控告村支书贪污，拿走低保款",
        "有人匿名检举：村支书贪污",
    ],
)
def test_an_accusation_is_not_kept(known: Known, said: str) -> None:
    found = understand(f"11月20日，李明到前沟村宣讲，{said}", known, TODAY)
    assert NO_ACCUSATION in found.doubts
    assert "贪污" not in repr(found).replace(NO_ACCUSATION, "")
    assert "低保" not in repr(found)
    assert found.of("lecture")


def test_a_lecture_about_accusations_is_a_lecture(known: Known) -> None:
    words = "11月20日，李明到前沟村宣讲《处理检举控告工作规则》，群众58人了解检举控告渠道"
    found = understand(words, known, TODAY)
    assert NO_ACCUSATION not in found.doubts
    assert found.of("lecture")
