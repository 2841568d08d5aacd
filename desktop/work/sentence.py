"""One sentence, as a clerk says it, becomes the fields of a trip (一句话录入).

"11月20日，李镇长到前沟村、后塬村宣讲，58人，解决路灯1个": a pure function of the words, the names
that the ledger knows, and today. It guesses nothing that stands in neither; every guess bears a
mark, and what it doesn't understand is handed back, never dropped.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from desktop.core.quantities import parse_count
from desktop.records.codes import NO_ACCUSATION
from desktop.work.known_names import (
    SURNAMES,
    Found,
    Known,
    find_campaign,
    find_label,
    find_people,
    find_places,
    find_unit,
    like_label,
)
from desktop.work.sentence_days import DayFound, find_clock, find_day, find_due

COLLECTIVE_FROM = 5
_MOST_ALIKE = 10
_COUNT = r"(?:\d+|[一二三四五六七八九十两百千]+)"
_PEOPLE = re.compile(
    rf"(?P<before>其中)?(?:党员)?(?:参加|参与|受众|听众|受教育|共计|共|约|大约|近|超过|逾|达|惠及|覆盖|到场"
    rf"|参会)*(?:群众|人员|人数)?(?:为|约|近)?"
    rf"(?P<count>{_COUNT})(?P<vague>余|多|来|几)?(?:个|名|位)?"
    rf"(?P<who>人次|人|党员群众|干部群众|党员干部|党员|群众|村民|居民|职工|学生|师生|干部|老人|青年|妇女|农民|代表|业主|商户)(?:参加|参与|听讲|到场)?"
)
_PARTY = re.compile(
    rf"(?:其中)?(?:有)?(?:党员(?P<a>{_COUNT})(?:人|名|人次)|(?<=其中)(?P<b>{_COUNT})名党员)"
)
_MATERIALS = re.compile(
    rf"(?:发放|发|派发|送出)(?:了)?(?:[^，。；,;\d\x00]{{0,8}})?(?P<count>{_COUNT})余?(?:多)?份"
    r"(?:[^，。；,;\x00]{0,8}(?:资料|手册|传单|单页))?"
)
_SESSIONS = re.compile(rf"(?:宣讲|讲)?(?:了)?(?P<count>{_COUNT})场(?:次)?")
_ANSWERS = re.compile(
    rf"(?:现场)?(?:答疑|解答|解答疑问|解答问题)(?:了)?(?P<count>{_COUNT})(?:次|个|条|人次)(?:问题)?"
)
_HOUSEHOLDS = re.compile(
    rf"(?:入户|走访|慰问|看望)+(?:了)?(?:农户|群众|村民|居民|脱贫户|困难户|困难群众|住户|商户|企业|老党员)*"
    rf"(?P<count>{_COUNT})(?P<vague>余|多)?(?P<unit>户|家|人次|人|名)(?:农户|群众|村民|居民|企业)?"
)
_MEETINGS = re.compile(rf"(?:召开|开)(?:了)?座谈(?:会)?(?P<count>{_COUNT})(?:次|场|个)")
_BATCHES = re.compile(
    rf"(?:接待|接访)(?:了)?(?:来访|信访|上访)?(?:群众|村民|居民)?(?P<batches>{_COUNT})批(?:次)?"
    rf"(?:[、，,]?(?:共|计)?(?P<people>{_COUNT})(?:人次|人|名))?"
)
_VISITORS = re.compile(
    rf"(?:接待(?:了)?(?:来访|信访|上访)?(?:群众|村民|居民)?|来访(?:群众|村民)?)(?P<people>{_COUNT})(?:人次|人|名)"
)
_MATTER = re.compile(
    rf"(?:接待(?:了)?)?(?:来访|信访)?(?:村民|居民|群众|村里)?"
    rf"(?P<name>[{SURNAMES}]某{{1,2}}|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=等?\d|反映|来访))?(?:等)?"
    rf"(?:(?P<people>{_COUNT})(?:人|名)(?:群众|村民)?)?(?:来访)?(?:[，,：:])?"
    r"(?:反映|咨询|投诉)(?:的|了)?[：:]?(?P<matter>[^，。；;,！!\x00]{2,})"
)
_ACCUSATION = re.compile(  # what is said of the rules about it is none
    r"(?:接访|接待|来访|群众|村民|居民|有人|[名位个])[^，。；;！!《》\x00]{0,12}(?:实名|匿名)?(?:检举|控告)"
    r"(?!控告|类|工作|办理|处理|受理|规则|条例|制度|渠道|办法|知识|政策)[^。；;！!\x00]*"
)
_COUNTED_SUGGESTIONS = re.compile(
    rf"(?:收集|征求|听取|提出|收到)(?:到|了)?(?:群众)?(?:各类)?(?:意见建议|意见|建议)(?P<count>{_COUNT})(?:条|个|项)"
)
_SUGGESTION = re.compile(
    rf"(?:有)?(?:群众|村民|居民|党员|代表|村干部)*(?:提出)?(?:的)?(?:意见)?建议(?:是)?"
    rf"(?:{_COUNT}条)?[：:，,]?(?P<content>[^，。；;,！!\x00]{{2,}})"
)
_COUNTED_PROBLEMS = re.compile(
    rf"(?P<how>现场|当场)?(?:协调|帮助|推动)?(?P<verb>解决|发现|收集|梳理|交办)(?:了|到)?(?:各类|群众)?(?:实际|急难愁盼)?"
    rf"问题(?P<count>{_COUNT})(?:个|件|项|条)(?:[：:](?P<titles>[^。；;！!\x00]{{2,}}))?"
)
_SOLVED = re.compile(
    rf"(?P<how>现场|当场)?(?:协调|帮助|帮)?(?<!如何)(?<!怎样)(?<!研究)(?<!着力)解决(?:了)?"
    rf"(?P<title>[^，。；;,！!\x00]{{2,}}?)(?:(?P<count>{_COUNT})(?P<unit>个|件|处|项)|(?=[，。；;,！!]|$))(?:问题)?"
)
_FOUND = re.compile(
    rf"发现(?:了|的)?(?:问题)?[：:]?(?P<title>[^，。；;,！!\x00]{{2,}}?)(?:等)?"
    rf"(?:问题)?(?:(?P<count>{_COUNT})(?P<unit>个|件|处|项)(?:问题)?)?(?=[，。；;,！!]|$)"
)
_HANDED = re.compile(
    r"(?:已)?(?:当场|现场)?(?:交办|交由|转交|交给|责成|由)(?:给|至)?(?P<to>[^，。；;,！!\x00]{2,16})"
)
_UNIT_WORDS = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?:局|办公室|办|所|站|中心|公司|委员会|村委会|居委会|社区|镇|街道|队)"
)
_DECIDED = (
    (
        "problem_decision",
        "01",
        re.compile(r"(?:已)?(?:现场|当场)(?:就)?(?:解决|办结|处理好|协调解决)"),
    ),
    ("problem_decision", "04", re.compile(r"提请(?:县里|上级|县级|县)?(?:协调|解决|研究)")),
    (
        "problem_decision",
        "03",
        re.compile(r"(?:已)?(?:列入|纳入)[^，。；;,！!\x00]{0,8}(?:计划|项目|规划)"),
    ),
    ("problem_decision", "05", re.compile(r"(?:已)?(?:做好|作了|进行)?解释说明")),
)
_ANSWERED = (
    ("visit_outcome", "01", re.compile(r"(?:已)?(?:现场|当场)(?:解释)?(?:答复|解答|解释|回复)")),
    ("visit_outcome", "02", re.compile(r"(?:已)?(?:现场|当场)(?:就)?(?:解决|办结)")),
    ("visit_outcome", "04", re.compile(r"(?:已)?转送(?:[^，。；;,！!\x00]{0,10})")),
    (
        "visit_outcome",
        "05",
        re.compile(r"引导[^，。；;,！!\x00]{0,12}(?:诉讼|仲裁|复议|法定途径|法律途径)"),
    ),
    ("visit_outcome", "07", re.compile(r"(?:导入|引导|进入)[^，。；;,！!\x00]{0,4}人民调解")),
)
_KINDS = (
    (
        "lecture",
        re.compile(
            r"(?:政策|理论|法治|巡回|集中|入户|开展)?宣讲(?:会|活动)?|宣传|讲(?:专题)?党课|专题党课|讲课"
        ),
    ),
    ("reception", re.compile(r"接访(?:活动)?|下访|约访|接待(?:来访|信访)?(?:群众)?|信访接待")),
    ("onsite", re.compile(r"现场办公(?:会)?")),
    (
        "fieldwork",
        re.compile(r"调查研究|调研|蹲点|走访(?:慰问)?(?:群众)?|入户走访|暗访|随机抽查|座谈(?:会)?"),
    ),
)
_QUOTED = re.compile(r"[《“\"「](?P<theme>[^》”\"」]{2,40})[》”\"」]")
_SUBJECT = re.compile(
    r"(?:宣讲|宣传|讲解|学习)(?:了|关于|好)?(?P<theme>[\u4e00-\u9fff]{2,20}?)(?:知识|内容|政策|精神|工作)?(?=\d|[，。；;,！!、]|$|[一二三四五六七八九十百两]+[余多]?(?:人|场|名))"
)
_NO_SUBJECT = re.compile(r"^(?:会|活动|党课|了?一场|队|工作|政策|等|结束|形式|时)")
_FILLER = re.compile(
    r"带队|率队|带领|陪同|一行|一起|一同|参加|分别|深入|走进|前往|来到|到|赴|在|去|至|于|往|进|开展了?|进行了?|组织|举行|举办"
    r"|召开|活动|工作|并且|并|和|与|及|同|了|的|等地|等|下村|入村|下乡|下基层|会上|其间|期间|同时|还|又|也|现场|对|就|为|把|向"
    r"|今天|我|我们|一共|共|另外|另|然后|后|上午|下午|晚上|主题|主讲|同志|这|本|上"
)
_MARKS = re.compile(r"[\s，。、；：！？,.;:!?（）()《》“”\"「」\-—~·]+")


@dataclass
class PartGuess:
    """One part of the trip: which kind, the values by the keys of its row, and the marks."""

    kind: str
    values: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)


@dataclass
class Understood:
    """What a sentence says: fields of the trip, its parts, and what was left over."""

    head: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    parts: list[PartGuess] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # id -> what it is called
    said: list[str] = field(default_factory=list)  # what was understood, in words
    doubts: list[str] = field(default_factory=list)  # what a person should add or look at
    left: tuple[str, ...] = ()  # the pieces that nobody understood

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was understood."""
        return not self.parts and not (self.head.keys() - {"summary"})

    def of(self, kind: str) -> list[PartGuess]:
        """The parts of one kind."""
        return [p for p in self.parts if p.kind == kind]


def understand(text: str, known: Known, today: dt.date) -> Understood:
    """Read a sentence; any text at all gives an answer, the same text the same one."""
    return _Reading(text, known, today).read()


def number_of(words: str) -> int | None:
    """A count in digits or Hanzi."""
    return parse_count(words).number


class _Reading:
    """The words, and which of them somebody has understood already."""

    def __init__(self, text: str, known: Known, today: dt.date) -> None:
        plain = unicodedata.normalize("NFKC", text.replace("，", "\0").replace("；", "\1"))
        plain = plain.replace("\0", "，").replace("\1", "；").replace("\r", "\n")
        self.text = "".join(" " if unicodedata.category(c)[0] == "C" and c != "\n" else c
                            for c in plain).replace("\n", "。")  # fmt: skip
        self.open = [True] * len(self.text)
        self.known, self.today = known, today
        self.out = Understood()
        self.day: dt.date | None = None
        self.at: dict[int, int] = {}  # id of a part -> where it stands in the words

    # ---- bookkeeping ---------------------------------------------------------------------------

    @property
    def rest(self) -> str:
        """The words with what was understood blanked out, so that places stay the same."""
        return "".join(c if o else "\x00" for c, o in zip(self.text, self.open, strict=True))

    def take(self, start: int, end: int) -> None:
        """These words are understood."""
        self.open[start:end] = [False] * (end - start)

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The pattern in what is left, taken if it is there."""
        found = pattern.search(self.rest)
        if found and "\x00" not in found[0] and found[0]:
            self.take(*found.span())
            return found
        return None

    def each(self, pattern: re.Pattern[str]) -> Iterable[re.Match[str]]:
        """Every place where the pattern fits, taken one after the other."""
        while (found := self.search(pattern)) is not None:
            yield found

    def official(self, codes: str, code: str) -> str:
        """The label of an official item."""
        listed = self.known.lists.get(codes)
        return next((i.label for i in listed.items if i.code == code), "") if listed else ""

    def part(self, kind: str, at: int, **values: Any) -> PartGuess:
        """One more part; empty values are left out."""
        made = PartGuess(kind, {k: v for k, v in values.items() if v not in ("", None, ())})
        self.at[id(made)] = at
        self.out.parts.append(made)
        return made

    # ---- the way through -----------------------------------------------------------------------

    def read(self) -> Understood:
        self._accusations()
        self._campaign()
        self._date()
        self._matters()
        self._decisions()
        self._clock()
        self._people()
        self._places()
        self._activities()
        self._counts()
        self._arrange()
        self._leave()
        self._tell()
        return self.out

    def _note(self, found: Found) -> None:
        self.take(found.start, found.end)
        self.out.words[found.value] = found.label

    def _accusations(self) -> None:
        """An accusation is not kept, not even in the summary (条例第30条、第46条)."""
        if any(self.each(_ACCUSATION)):
            self.out.doubts.append(NO_ACCUSATION)

    def _campaign(self) -> None:
        if found := find_campaign(self.known, self.rest):
            self._note(found)
            self.out.head["campaign"] = found.value

    def _date(self) -> None:
        found: DayFound | None = find_day(self.rest, self.today)
        if found is None:
            return
        self.take(found.start, found.end)
        self.day = self.out.head["date"] = found.day
        if found.mark:
            self.out.marks["date"] = found.mark

    def _matters(self) -> None:
        """Problems, visits and suggestions: what they say of themselves belongs to nobody else."""
        for found in self.each(_COUNTED_SUGGESTIONS):
            self.out.doubts.append(f"「{found[0]}」没有写明内容，请一条一条补上")
            self._keep(found)
        for found in self.each(_BATCHES):
            self._batches(found)
        for found in self.each(_COUNTED_PROBLEMS):
            self._counted_problems(found)
        for found in self.each(_MATTER):
            self._visit(found)
        for found in self.each(_VISITORS):
            people = number_of(found["people"])
            visit = self.part("visit", found.start(), people=people)
            visit.marks["people"] = f"写的是「{found[0]}」，没有写明几批"
        for found in self.each(_SUGGESTION):
            self.part("suggestion", found.start(), content=found["content"].strip(" 、:："))
        for found in self.each(_FOUND):
            self._problem(found, "")
        for found in self.each(_SOLVED):
            self._problem(found, self.official("problem_decision", "01"))

    def _keep(self, found: re.Match[str]) -> None:
        """Understood, but there is no field for it: it stays in the summary."""
        kept = self.out.head.setdefault("summary", "")
        self.out.head["summary"] = f"{kept}；{found[0]}" if kept else found[0]

    def _batches(self, found: re.Match[str]) -> None:
        batches = number_of(found["batches"]) or 0
        people = number_of(found["people"]) if found["people"] else None
        if not 0 < batches <= _MOST_ALIKE:
            self.out.doubts.append(f"「{found[0]}」请在接访里一批一批填写")
            self._keep(found)
            return
        for _ in range(batches):
            visit = self.part("visit", found.start())
            if batches == 1 and people is not None:
                visit.values["people"] = people
            elif people is not None:
                visit.marks["people"] = f"写的是「{found[0]}」，请填每批几人"
                visit.values["people"] = 1 if people == batches else None
        if people is not None and batches > 1 and people != batches:
            self.out.doubts.append(f"「{found[0]}」没有写明每批几人")

    def _visit(self, found: re.Match[str]) -> None:
        people = number_of(found["people"]) if found["people"] else None
        name = found["name"] or ""
        if name in ("来访群众", "群众", "村民", "来访", "居民"):
            name = ""
        matter = re.sub(r"的?(?:问题|事项|情况|诉求)$", "", found["matter"]).strip()
        visits = [p for p in self.out.of("visit") if "matter" not in p.values]
        if visits and not name and people is None:  # 接待1批5人，反映…
            visits[0].values["matter"] = matter
            self.at[id(visits[0])] = found.start()
            return
        values = {"petitioner.name": name, "people": people, "matter": matter}
        self.part("visit", found.start(), **values)

    def _counted_problems(self, found: re.Match[str]) -> None:
        count = number_of(found["count"]) or 0
        solved = found["verb"] == "解决"
        decision = self.official("problem_decision", "01") if solved else ""
        titles = [t.strip() for t in re.split(r"[、，,]", found["titles"] or "") if t.strip()]
        for title in titles[: max(count, 1)]:
            self.part("problem", found.start(), title=title, decision=decision)
        over = titles[max(count, 1) :]
        if over:  # 解决问题1个：路灯，群众满意: the rest says something else
            end = found.start("titles") + found["titles"].rfind(over[0])
            self.open[end : found.end()] = [True] * (found.end() - end)
        if len(titles) < count:
            self.out.doubts.append(f"「{found[0]}」没有写明是什么问题，请补上")
            self._keep(found)

    def _problem(self, found: re.Match[str], decision: str) -> None:
        title = found["title"].strip(" 、:：的")
        title = re.sub(r"(?:的)?问题$", "", title) or title
        title = re.sub(r"(?:等)$", "", title) or title
        count = number_of(found["count"]) if found["count"] else 1
        titles = [t for t in title.split("、") if t]
        if count and len(titles) == count:
            for one in titles:
                self.part("problem", found.start(), title=one, decision=decision)
            return
        many = count if count and 1 < count <= _MOST_ALIKE else 1
        for _ in range(many):
            made = self.part("problem", found.start(), title=title, decision=decision)
            if count and count > 1:
                made.marks["title"] = f"写的是「{found[0]}」，请核对每个问题"

    def _decisions(self) -> None:
        """What was decided belongs to the last problem or visit before it."""
        for codes, kind, rules in (
            ("decision", "problem", _DECIDED),
            ("outcome", "visit", _ANSWERED),
        ):
            for name, code, pattern in rules:
                for found in list(pattern.finditer(self.rest)):
                    part = self._last(found.start()) or self._next(found.end())
                    if part is None or part.kind != kind or codes in part.values:
                        continue
                    part.values[codes] = self.official(name, code)
                    self.take(*found.span())
        while (handed := _HANDED.search(self.rest)) is not None:
            part = self._last(handed.start())
            if "\x00" in handed[0] or part is None or not self._hand(part, handed):
                break
        while (due := find_due(self.rest, self.day or self.today)) is not None:
            part = self._last(due.start)
            if part is None:
                break
            self.take(due.start, due.end)
            key = "due" if part.kind == "problem" else "case.due"
            part.values[key] = due.day
            if part.kind == "problem":
                part.values.setdefault("decision", self.official("problem_decision", "02"))
            else:
                part.values.setdefault("outcome", self.official("visit_outcome", "03"))

        self._share()

    def _share(self) -> None:
        """Problems that were named in one breath were decided in one breath."""
        shared = ("decision", "unit", "due")
        for part in self.out.of("problem"):
            for other in self.out.of("problem"):
                if self.at[id(part)] == self.at[id(other)] and part is not other:
                    for key in shared:
                        if key in other.values:
                            part.values.setdefault(key, other.values[key])

    def _hand(self, part: PartGuess, found: re.Match[str]) -> bool:
        words = re.split(r"(?:限期|限|于|在)?\d|负责|牵头|办理|处理|解决|整改|落实", found["to"])[0]
        unit = find_unit(self.known, words)
        end = found.start("to") + (unit.end if unit else 0)
        key = "unit" if part.kind == "problem" else "case.unit"
        if unit is not None:
            part.values[key] = unit.value
            self.out.words[unit.value] = unit.label
        else:
            written = _UNIT_WORDS.match(words)
            if written is None:
                return False
            part.values[key] = written[0]
            part.marks[key] = "登记表里没有这个单位，照写的记下"
            end = found.start("to") + written.end()
        tail = re.match(r"(?:负责|牵头|办理|处理|解决|整改|落实)+", self.text[end:])
        self.take(found.start(), end + (tail.end() if tail else 0))
        if part.kind == "problem":
            if part.values.get("decision", "") == "":
                part.values["decision"] = self.official("problem_decision", "02")
        else:
            part.values.setdefault("outcome", self.official("visit_outcome", "03"))
        return True

    def _last(self, at: int) -> PartGuess | None:
        before = [p for p in self.out.parts if p.kind in ("problem", "visit")
                  and self.at[id(p)] <= at]  # fmt: skip
        return max(before, key=lambda p: self.at[id(p)], default=None)

    def _next(self, at: int) -> PartGuess | None:
        """The problem or visit that follows at once: 当场答复张某反映的低保问题."""
        after = [p for p in self.out.parts if self.at[id(p)] == at]
        return after[0] if after else None

    def _clock(self) -> None:
        if found := find_clock(self.rest):
            self.take(found.start, found.end)
            self.out.head |= {"start": found.first} | ({"end": found.last} if found.last else {})

    def _people(self) -> None:
        found = list(find_people(self.known, self.rest, self.day))
        found = [f for n, f in enumerate(found) if f.value not in {g.value for g in found[:n]}]
        if not found:
            return
        led = [f for f in found if self.text.startswith(("带队", "率队", "牵头"), f.end)]
        leader = led[0] if led else found[0]
        for one in found:
            self._note(one)
        self.out.head["leader"] = leader.value
        if leader.mark:
            self.out.marks["leader"] = leader.mark
        others = tuple(f.value for f in found if f is not leader)
        if others:
            self.out.head["companions"] = others
            marks = [f.mark for f in found if f is not leader and f.mark]
            if marks:
                self.out.marks["companions"] = marks[0]

    def _places(self) -> None:
        found = [f for f in find_places(self.known, self.rest) if f.value != self.known.own_place]
        written = re.compile(
            r"(?<=[到在赴去、至入进])(?P<name>[\u4e00-\u9fff]{1,8}?(?:村|社区|小区|学校|小学|中学|合作社|工地|产业园|养老院|敬老院|公司|企业))"
            r"(?=[宣调接现开召走看解组，。、；,;和与及\s]|$)"
        )
        for one in found:
            self._note(one)
        for match in list(written.finditer(self.rest)):
            if "\x00" not in match[0]:
                mark = "登记表里没有这个地点，照写的记下"
                found.append(Found(*match.span(), match["name"], match["name"], mark))
                self._note(found[-1])
        found.sort(key=lambda f: f.start)
        places = tuple(dict.fromkeys(f.value for f in found))
        if places:
            self.out.head["places"] = places
            if mark := next((f.mark for f in found if f.mark), ""):
                self.out.marks["places"] = mark
        self.found_places = found

    # ---- what was done -------------------------------------------------------------------------

    def _activities(self) -> None:
        """Which kinds of work the words name; the place of a word tells what a count belongs to."""
        self.kinds: dict[str, int] = {}
        text = self.rest
        meeting = text.find("座谈")
        for kind, pattern in _KINDS:
            for found in pattern.finditer(text):
                if kind == "fieldwork" and found.start() == meeting and "lecture" in self.kinds:
                    continue  # a lecture in the form of a 座谈会
                self.kinds.setdefault(kind, found.start())
        if "lecture" in self.kinds:
            self._lecture(text)
        if "fieldwork" in self.kinds:
            self._fieldwork()
        label = (
            find_label(self.known, "reception_kind", text) if "reception" in self.kinds else None
        )
        self.reception_kind = label.value if label else ""
        for _, pattern in _KINDS:
            for found in pattern.finditer(self.rest):
                self.take(*found.span())

    def _lecture(self, text: str) -> None:
        lecture = self.part("lecture", self.kinds["lecture"])
        quoted = _QUOTED.search(text)
        theme = find_label(self.known, "lecture_theme", text)
        if theme and "\x00" not in text[theme.start : theme.end]:
            lecture.values["theme"] = theme.value
            self.take(theme.start, theme.end)
        elif quoted and "\x00" not in quoted[0]:
            like = like_label(self.known, "lecture_theme", quoted["theme"])
            lecture.values["theme"] = like or quoted["theme"]
            lecture.marks["theme"] = f"写的是「{quoted['theme']}」"
            self.take(*quoted.span())
        elif subject := self._subject(text):
            words = subject["theme"]
            like = like_label(self.known, "lecture_theme", words)
            lecture.values["theme"] = like or words
            lecture.marks["theme"] = f"写的是「{words}」" + (
                "" if like else "，选项里没有，照写的记下"
            )
            self.take(subject.start("theme"), subject.end())
        form = find_label(self.known, "lecture_form", self.rest)
        if form:
            lecture.values["form"] = form.value
            self.take(form.start, form.end)
        elif "党课" in text:
            lecture.values["form"] = self.official("lecture_form", "05")
        for key, pattern in (
            ("materials", _MATERIALS),
            ("answers", _ANSWERS),
            ("sessions", _SESSIONS),
        ):
            if found := self.search(pattern):
                count = number_of(found["count"])
                if count is not None:
                    lecture.values[key] = count

    def _subject(self, text: str) -> re.Match[str] | None:
        for found in _SUBJECT.finditer(text):
            words = found["theme"]
            if not _NO_SUBJECT.match(words) and "\x00" not in found[0]:
                return found
        return None

    def _fieldwork(self) -> None:
        work = self.part("fieldwork", self.kinds["fieldwork"])
        methods = []
        if found_meetings := self.search(_MEETINGS):
            work.values["meetings"] = number_of(found_meetings["count"])
            methods.append(self.official("research_method", "04"))
        for homes in self.each(_HOUSEHOLDS):
            self._households(work, homes)
            methods.append(self.official("research_method", "05"))
        while (found := find_label(self.known, "research_method", self.rest)) is not None:
            methods.append(found.value)
            self.take(found.start, found.end)
        if methods:
            work.values["methods"] = tuple(dict.fromkeys(filter(None, methods)))

    def _households(self, work: PartGuess, found: re.Match[str]) -> None:
        work.values.setdefault("interviewees", number_of(found["count"]))
        if found["unit"] in ("户", "家") or found["vague"]:
            work.marks["interviewees"] = f"写的是「{found[0]}」"

    def _counts(self) -> None:
        """Headcounts: of the lecture, else of the research, the visit, or the whole trip."""
        for found in self.each(_HOUSEHOLDS):
            works = self.out.of("fieldwork") or [self.part("fieldwork", found.start())]
            self._households(works[0], found)
        lectures = self.out.of("lecture")
        if lectures and (party := self.search(_PARTY)):
            lectures[0].values["party_heads"] = number_of(party["a"] or party["b"])
        heads = list(self.each(_PEOPLE))
        heads.sort(key=lambda h: h.start())
        if not heads:
            if lectures and (party := lectures[0].values.get("party_heads")) is not None:
                lectures[0].values.setdefault("heads", party)
                lectures[0].marks["heads"] = f"写的是党员{party}人"
            return
        if lectures and len(heads) > 1:
            near = [self._place_before(one.start()) for one in heads]
            if None not in near and len({p.value for p in near if p}) == len(heads):
                self._heads_by_place(lectures[0], heads, [p for p in near if p])
                return
        if lectures:
            self._count(lectures[0], "heads", heads[0])
        elif works := self.out.of("fieldwork"):
            self._count(works[0], "interviewees", heads[0])
        elif (visits := self.out.of("visit")) and "people" not in visits[-1].values:
            self._count(visits[-1], "people", heads[0])
        else:
            self.out.head["attendance"] = number_of(heads[0]["count"])
            if heads[0]["vague"]:
                self.out.marks["attendance"] = f"写的是「{heads[0][0]}」"
        for over in heads[1:]:  # nobody knows whom else it counts: said, and kept
            self.out.doubts.append(f"「{over[0]}」不知道算在哪里")
            self._keep(over)

    def _count(self, part: PartGuess, key: str, found: re.Match[str]) -> None:
        part.values.setdefault(key, number_of(found["count"]))
        if found["vague"] or re.search(r"约|近|逾|超过", found[0]):
            part.marks[key] = f"写的是「{found[0]}」"

    def _place_before(self, at: int) -> Found | None:
        """The place right in front of a count (前沟村40人)."""
        near = [f for f in self.found_places if f.end <= at and at - f.end <= 3]
        return near[-1] if near else None

    def _heads_by_place(
        self, lecture: PartGuess, heads: list[re.Match[str]], places: list[Found]
    ) -> None:
        at = next(n for n, p in enumerate(self.out.parts) if p is lecture)
        del self.out.parts[at]
        for n, (place, one) in enumerate(zip(places, heads, strict=True)):
            made = PartGuess("lecture", dict(lecture.values), dict(lecture.marks))
            made.values["place"] = place.value
            made.values.pop("sessions", None)
            self._count(made, "heads", one)
            self.out.parts.insert(at + n, made)

    # ---- at the end ----------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Kinds that were named but have nothing of their own yet are said, not made up."""
        places = self.out.head.get("places", ())
        for part in self.out.parts:
            words = part.values.get("title") or part.values.get("matter") or ""
            for one in places:
                label = self.out.words.get(one, one)
                if label and label in words:
                    part.values.setdefault("place", one)
        if "onsite" in self.kinds and not self.out.of("problem"):
            self.out.parts.append(PartGuess("onsite"))
        if "reception" in self.kinds and not self.out.of("visit"):
            self.out.parts.append(PartGuess("reception"))
        for visit in self.out.of("visit"):
            if (visit.values.get("people") or 0) >= COLLECTIVE_FROM:
                visit.values["collective"] = True

    def _leave(self) -> None:
        pieces = [p.strip() for p in self.rest.split("\x00")]
        left = []
        for piece in pieces:
            for words in _MARKS.split(piece):
                bare = _FILLER.sub("", words)
                if bare.strip():
                    left.append(words.strip())
        self.out.left = tuple(left)
        if left:
            kept = self.out.head.get("summary", "")
            self.out.head["summary"] = "；".join([*([kept] if kept else []), *left])

    def _tell(self) -> None:
        out, label = self.out, self._label
        head = out.head
        tells: list[tuple[str, Callable[[Any], str]]] = [
            ("date", lambda v: v.isoformat()),
            ("leader", label),
            ("companions", lambda v: "同行 " + "、".join(map(label, v))),
            ("places", lambda v: "、".join(map(label, v))),
            ("campaign", label),
        ]
        out.said = [tell(head[key]) for key, tell in tells if head.get(key)]
        names = {
            "lecture": "宣讲", "fieldwork": "调研", "visit": "来访", "problem": "问题",
            "suggestion": "建议", "onsite": "现场办公", "reception": "接访",
        }  # fmt: skip
        for kind, name in names.items():
            count = len(out.of(kind))
            if count:
                out.said.append(name if kind in ("onsite", "reception") else f"{name}{count}")

    def _label(self, value: str) -> str:
        return self.out.words.get(value, value)
