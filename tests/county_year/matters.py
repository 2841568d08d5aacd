"""What happened in the year: trips with their parts, matters, suggestions, registers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.county_year import words
from tests.county_year.rows import (
    COUNTY,
    LAST,
    NO_RANKS,
    TOWNSHIPS,
    Case,
    CheckIn,
    DeclaredCount,
    Dispute,
    Fieldwork,
    Lecture,
    Named,
    Onsite,
    Problem,
    RootCause,
    Suggestion,
    Topic,
    Visit,
    ZeroReport,
)

if TYPE_CHECKING:
    from tests.county_year.make import Maker
    from tests.county_year.rows import Person

_LONG_MATTER = 6000
_DECISIONS = {"现场解决": 18, "限期解决": 55, "列入计划": 15, "提请上级协调": 7, "解释说明": 5}
_OUTCOMES = {"现场答复": 38, "现场解决": 6, "交办": 46, "转送": 6, "引导走法定途径": 4}
_ADOPTIONS = {"采纳": 42, "部分采纳": 25, "不采纳": 9, "留作参考": 16, "研究中": 8}
_SATISFACTION = {"满意": 82, "基本满意": 13, "不满意": 5}
_FORMS = {"网上": 55, "来信": 19, "来电": 26}


def make_matters(maker: Maker) -> None:
    """Everything that has a day."""
    _make_causes(maker)
    _make_lectures(maker)
    _make_research(maker)
    _make_onsites(maker)
    _make_visits(maker)
    _make_cases(maker)
    _make_disputes(maker)
    _make_suggestions(maker)
    _make_check_ins(maker)
    _make_registers(maker)
    _make_declarations(maker)


def _trip(maker: Maker, office: str = "") -> dict[str, object]:
    day = maker.day()
    township = office or maker.township()
    leader = maker.leader(township, day)
    known = township not in NO_RANKS or not _is_stranger(maker, leader)
    place = "" if township == COUNTY or maker.chance(1) else maker.village(township, day)
    return {
        "office": township,
        "date": day,
        "leader": leader,
        "rank": leader.rank_on(day) if known else "",
        "place": place,
    }


def _make_lectures(maker: Maker) -> None:
    for _ in range(maker.some(420)):
        row = Lecture(
            **_trip(maker),  # type: ignore[arg-type]
            theme=maker.one(words.THEMES),
            form=maker.one(words.FORMS),
            heads=min(600, max(5, round(maker.dice.lognormvariate(3.64, 0.6)))),
            sessions=maker.dice.choice((1,) * 12 + (2, 3)),
        )
        row.screening = row.theme == words.LAW and maker.chance(50)
        _say_more(maker, row)
        if maker.chance(10):
            others = [p for p in maker.year.people[31:97] if p.name != words.DOUBLE_NAME]
            row.companions = [p for p in maker.dice.sample(others, 1) if p is not row.leader]
        maker.year.lectures.append(row)
    _enter_twice(maker)


def _say_more(maker: Maker, row: Lecture) -> None:
    """What the form asks under 更多."""
    if maker.chance(40):
        row.materials = maker.dice.randint(10, 80)
    if maker.chance(30):
        row.party_heads = maker.dice.randint(0, row.heads // 2)
    if maker.chance(10):
        row.online_views = maker.dice.randint(20, 900)
    if maker.chance(20):
        row.answers = maker.dice.randint(1, 9)
    row.party_class = row.rank.startswith("县处级") and maker.chance(20)
    if maker.chance(15):
        row.speaker, row.team = maker.name(), maker.one(maker.year.teams)


def _enter_twice(maker: Maker) -> None:
    """The county office entered some trips of its leaders that the townships entered too."""
    taken: set[tuple[object, object]] = set()
    lectures = maker.year.lectures
    for row in [r for r in lectures if r.rank.startswith("县处级") and r.place][: maker.some(24)]:
        same = [r for r in lectures if (r.office, r.date, r.leader) == _key(row)]
        if len(same) > 1 or (row.date, row.leader) in taken:
            continue
        taken.add((row.date, row.leader))
        lectures.append(
            Lecture(
                COUNTY,
                row.date,
                double_of=row,
                leader=row.leader,
                rank=row.rank,
                place=row.place,
                theme=row.theme,
                form=row.form,
                heads=row.heads,
                sessions=row.sessions,
                screening=row.screening,
            )
        )


def _key(row: Lecture) -> tuple[object, ...]:
    return (row.office, row.date, row.leader)


def _make_research(maker: Maker) -> None:
    leaders = maker.year.people
    for n in range(maker.some(91)):
        day = maker.day()
        chosen = leaders[n] if n < 31 else maker.one(leaders[31:])
        subject = words.SUBJECTS[n % len(words.SUBJECTS)]
        name = maker.fresh(lambda s=subject: f"{s}调研（第{maker.dice.randint(1, 400)}号）")  # type: ignore[misc]
        topic = Topic(
            COUNTY, day, name=name, leader=chosen, source=maker.one(("主题教育", "重点工作"))
        )
        topic.rank = chosen.rank_on(day)
        topic.state = maker.one(("调研中", "形成报告", "完成", ""))
        if topic.state == "完成" and maker.chance(70):
            topic.finished = maker.later(day, 200)
        topic.result = maker.weighted({"已转化": 30, "转化中": 30, "未转化": 30, "": 10})
        if maker.chance(60):
            topic.reported = maker.later(day, 120)
        if topic.result == "已转化":
            used = maker.later(day, 150)
            topic.uses = [(used, maker.one(("出台制度", "优化政策", "解决问题")))]
            if maker.chance(30):
                topic.uses.append((maker.later(used, 30), "形成机制"))
        maker.year.topics.append(topic)
    for _ in range(maker.some(540)):
        row = Fieldwork(**_trip(maker), topic=maker.one(maker.year.topics))  # type: ignore[arg-type]
        row.interviewees = maker.dice.choice((None, 3, 8, 12))
        row.meetings = maker.dice.choice((None, 1, 2))
        row.unannounced = maker.chance(30)
        if maker.chance(12):
            row.place = maker.one(words.ENTERPRISES)
        maker.year.fieldworks.append(row)
    for n in range(9):
        polarity = "正面" if n % 3 else "反面"
        maker.year.typical_cases.append(
            Named(COUNTY, maker.day(), name=f"{words.SUBJECTS[n]}典型案例", kind=polarity)
        )


def _make_causes(maker: Maker) -> None:
    for n in range(maker.some(24)):
        day = maker.day()
        closed = maker.later(day, 200) if maker.chance(50) else None
        maker.year.causes.append(
            RootCause(maker.township(), day, name=f"第{n + 1}类共性问题", closed=closed)
        )


def _make_onsites(maker: Maker) -> None:
    met: set[object] = set()
    for _ in range(maker.some(640)):
        trip = _trip(maker, COUNTY if maker.chance(8) else "")
        if trip["office"] == COUNTY:
            trip["place"] = maker.one(list(words.UNITS))
        key = (trip["office"], trip["date"], trip["leader"], trip["place"])
        if key in met:
            continue  # one session a day and place
        met.add(key)
        row = Onsite(**trip)  # type: ignore[arg-type]
        maker.year.onsites.append(row)
        if row.office != COUNTY and row.place:
            count = maker.dice.choices((0, 1, 2, 3), (30, 25, 25, 20))[0]
            row.problems = [_problem(maker, row) for _ in range(count)]
            maker.year.problems += row.problems
    for _ in range(maker.some(40)):  # reported otherwise, not found on site
        day, township = maker.day(), maker.township()
        place = maker.village(township, day)
        alone = Problem(township, day, title=maker.matter(maker.one(words.MATTERS), place, day))
        alone.source = maker.one(maker.year.fieldworks) if maker.chance(40) else None
        _handle(maker, alone)
        maker.year.problems.append(alone)


def _problem(maker: Maker, row: Onsite) -> Problem:
    assert row.date is not None
    assert not isinstance(row.place, str)
    title = maker.matter(maker.one(words.MATTERS), row.place, row.date)
    made = Problem(row.office, row.date, onsite=row, title=title)
    _handle(maker, made)
    return made


def _handle(maker: Maker, problem: Problem) -> None:
    day = problem.date
    assert day is not None
    problem.area = maker.one(words.FIELDS) if maker.chance(80) else ""
    problem.decision = maker.weighted(_DECISIONS)
    problem.unit = maker.one((*words.UNITS, *words.ENTERPRISES)) if maker.chance(92) else ""
    if problem.decision == "现场解决":
        problem.status, problem.closed = "已完成", day
    elif problem.decision == "解释说明":
        problem.status = "终止"
    else:
        problem.due = day + dt.timedelta(maker.dice.choice((15, 30, 60)))
        if maker.chance(70):
            problem.status, problem.closed = "已完成", maker.later(day, 75)
        elif maker.chance(10):
            problem.status = "已完成"  # nobody wrote down when
        else:
            problem.status = maker.one(("推进中", "待认领"))
    if problem.closed and maker.chance(60):
        problem.satisfaction = maker.weighted(_SATISFACTION)
    if maker.chance(15):
        problem.cause = maker.one(maker.year.causes)
    if maker.chance(20):
        problem.notes = [
            (maker.later(day, 20), "已联系责任单位"),
            (maker.later(day, 40), "方案已定"),
        ]


def _make_visits(maker: Maker) -> None:
    year, count = maker.year, maker.some(640)
    every = count // max(8, maker.some(24))
    while len(year.visits) < count:
        trip = _trip(maker)
        for _ in range(maker.dice.choice((1, 1, 2, 2, 3, 4))):
            year.visits.append(_visit(maker, trip, backlog=len(year.visits) % every == 1))
    year.visits[-1].matter += "，" + "情况反复" * ((_LONG_MATTER - 40) // 4)


def _visit(maker: Maker, trip: dict[str, object], *, backlog: bool) -> Visit:
    row = Visit(**trip)  # type: ignore[arg-type]
    day = row.date
    assert day is not None
    place = row.place if not isinstance(row.place, str) else maker.village(row.office, day)
    row.matter = maker.matter(maker.one(words.MATTERS), place, day)
    row.people = maker.dice.randint(5, 12) if maker.chance(8) else maker.dice.choice((1, 1, 1, 2))
    row.category = maker.one(words.CATEGORIES)
    row.outcome = "交办" if backlog else maker.weighted(_OUTCOMES)
    row.name = maker.name()
    row.phone = f"199{maker.dice.randint(0, 99_999_999):08}"
    row.identity = "990821198001010018" if maker.chance(5) else ""
    row.backlog = backlog
    if row.outcome in ("交办", "转送"):
        row.unit = maker.one(list(words.UNITS))
        row.due = day + dt.timedelta(60)
        if maker.chance(88):
            row.closed = maker.later(day, 64)
        if backlog and maker.chance(50) and not _is_stranger(maker, row.leader):
            row.co_lead = maker.one(maker.year.people[31:97])
    elif maker.chance(95):
        row.closed = day
    if row.closed:
        row.follow_up = maker.weighted({"电话回访": 60, "入户回访": 30, "": 10})
        row.satisfaction = maker.weighted(_SATISFACTION) if row.follow_up else ""
    return row


def _is_stranger(maker: Maker, person: Person) -> bool:
    return person in maker.year.strangers


def _make_cases(maker: Maker) -> None:
    for n in range(maker.some(1100)):
        day, township = maker.day(), maker.township()
        row = Case(
            township, day, form=maker.weighted(_FORMS), people=maker.dice.choice((1, 1, 2, 6))
        )
        place = maker.village(township, day)
        row.matter = maker.matter(maker.one(words.MATTERS), place, day)
        row.due = day + dt.timedelta(60)
        if maker.chance(85):
            row.closed = maker.later(day, 70)
            row.satisfaction = maker.weighted(_SATISFACTION) if maker.chance(70) else ""
        if n < max(8, maker.some(12)):
            row.backlog = True
            row.lead = maker.leader(township, day)
            row.lead_rank = row.lead.rank_on(day)
            if n % 2:
                other = maker.one(
                    maker.year.people[:20] if n % 4 == 1 else maker.year.people[31:97]
                )
                row.co_lead, row.co_lead_rank = other, other.rank_on(day)
        maker.year.cases.append(row)


def _make_disputes(maker: Maker) -> None:
    for _ in range(maker.some(1500)):
        day, township = maker.day(), maker.township()
        row = Dispute(township, day, place=maker.village(township, day))
        row.kind = maker.weighted(words.DISPUTES)
        reason = maker.one(words.REASONS)
        row.summary = maker.fresh(
            lambda r=reason: f"因{r}发生纠纷，涉及{maker.dice.randint(2, 9000)}元"  # type: ignore[misc]
        )
        row.parties = f"{maker.one(words.SURNAMES)}某与{maker.one(words.SURNAMES)}某"
        row.mediator = maker.name()
        if maker.chance(97):
            row.result, row.settled = "调解成功", maker.later(day, 30)
        else:
            row.result = maker.one(("调解中", "调解不成，已告知途径", ""))
        maker.year.disputes.append(row)


def _make_suggestions(maker: Maker) -> None:
    rows = maker.year.suggestions
    for _ in range(maker.some(900)):
        day, township = maker.day(), maker.township()
        place = maker.village(township, day)
        row = Suggestion(township, day, place=place, channel=maker.one(words.CHANNELS))
        row.content = maker.matter(maker.one(words.PROPOSALS), place, day)
        row.kind = maker.one(words.FIELDS)
        row.unit = maker.one(list(words.UNITS))
        row.name = maker.name() if maker.chance(60) else "群众"
        row.adoption = maker.weighted(_ADOPTIONS)
        if maker.chance(80):
            row.assigned = maker.later(day, 7)
            row.due = row.assigned + dt.timedelta(30)
            if maker.chance(75):
                row.replied = maker.later(row.assigned, 40)
                row.use = maker.one(("", "惠民举措", "改进工作"))
                row.result_class = maker.one(("", "A 已解决或采纳", "B 列入计划"))
                row.rating = maker.weighted(_SATISFACTION) if maker.chance(50) else ""
        rows.append(row)
    _merge_suggestions(maker)
    _convert_suggestions(maker)


def _merge_suggestions(maker: Maker) -> None:
    """Some say the same as an earlier one of their township; they point to it."""
    rows = maker.year.suggestions
    for row in rows[:: max(2, len(rows) // maker.some(60))]:
        others = [r for r in rows if r.office == row.office and r is not row and not r.main]
        if not any(r.main is row for r in rows) and others:
            row.main = min(others, key=lambda r: (r.date, r.content))
    for row in rows:
        if row.main is row or (row.main and row.main.main):
            row.main = None


def _convert_suggestions(maker: Maker) -> None:
    """Some turned out to be somebody's own claim, and left the suggestions for the petitions."""
    rows = [r for r in maker.year.suggestions if not r.main]
    mains = {r.main for r in maker.year.suggestions}
    for row in [r for r in rows if r not in mains][:: max(2, len(rows) // maker.some(16))]:
        assert row.date is not None
        row.converted = maker.later(row.date, 60)
        row.became = Case(row.office, row.converted, matter=row.content, form="来访")
        maker.year.cases.append(row.became)


def _make_check_ins(maker: Maker) -> None:
    kinds = ("环境整治", "政策宣传", "安全巡查", "文明劝导")
    rows = maker.year.check_ins
    for _ in range(maker.some(2477)):
        row = CheckIn(COUNTY, maker.day(), person=maker.name(), unit=maker.one(list(words.UNITS)))
        row.area = maker.one(maker.year.areas)
        row.volunteering = maker.chance(91)
        row.measures = maker.dice.choices((0, 1, 2), (85, 12, 3))[0]
        if row.volunteering and row.date and maker.chance(30):
            for _ in range(maker.dice.randint(1, 3)):
                day = min(maker.later(row.date, 60), LAST)
                row.services.append((day, maker.one(kinds), maker.dice.randint(1, 4)))
        rows.append(row)
    for row in rows[:5]:  # the same member at another area: two rows, one member
        second = CheckIn(COUNTY, maker.day(), person=row.person, unit=row.unit)
        second.area = next(a for a in maker.year.areas if a is not row.area)
        rows.append(second)


def _make_registers(maker: Maker) -> None:
    year = maker.year
    for _ in range(maker.some(239)):
        kind = maker.one(("好干部", "好党员", "好邻居", "致富带头人"))
        row = Named(COUNTY, maker.day(), name=maker.name(), kind=kind, township=maker.township())
        year.role_models.append(row)
    for name in ("山路十八弯", "板凳上的课堂", "一盏路灯"):
        year.films.append(Named(COUNTY, maker.day(), name=name))
    for n in range(8):
        year.mechanisms.append(Named(COUNTY, maker.day(), name=f"{words.SUBJECTS[n]}工作制度"))
    for n in range(6):
        kind = ("中心组学习", "读书班", "推进会议")[n % 3]
        year.study_events.append(Named(COUNTY, maker.day(), name=f"第{n + 1}次专题学习", kind=kind))


def _make_declarations(maker: Maker) -> None:
    for code in TOWNSHIPS:
        for month in range(1, 13):
            first = dt.date(2026, month, 1)
            last = (first + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
            rows = [r for r in maker.year.fieldworks if r.office == code and r.date]
            if not any(first <= r.date <= last for r in rows):  # type: ignore[operator]
                maker.year.zero_reports.append(ZeroReport(code, last, kind="调研", first=first))
    maker.year.declared += [
        # Of the same scope there are rows: it stands for nothing.
        DeclaredCount(COUNTY, LAST, figure="members_checked_in", value=2477),
        # Of this township there are none: it stands for them.
        DeclaredCount(
            "990821201000",
            dt.date(2026, 9, 30),
            figure="measures",
            first=dt.date(2026, 7, 1),
            value=12,
        ),
    ]
