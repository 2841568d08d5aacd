"""The rows of the year as they truly were: plain objects that know nothing of the program."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

YEAR = 2026
FIRST, LAST = dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31)
MERGED_ON = dt.date(YEAR, 7, 1)  # the first day on which the merged village is no village any more
RENAMED_ON = dt.date(YEAR, 9, 1)  # the first day of the new name
CAMPAIGN, CAMPAIGN_FROM = "“17＋3”冬季行动", dt.date(YEAR, 11, 15)
COUNTY, COUNTY_NAME = "990821000000", "清岚县"
TOWNSHIPS = {
    "990821100000": "城关镇",
    "990821101000": "柳河镇",
    "990821102000": "石门镇",
    "990821103000": "炭坪镇",
    "990821200000": "桃源乡",
    "990821201000": "大岭乡",
}
NO_RANKS = ("990821200000",)  # its ledgers have no column for ranks
OFFICES = {COUNTY: COUNTY_NAME, **TOWNSHIPS}


@dataclass(eq=False)
class Village:
    """A village or community; `gone` is the first day on which it isn't there."""

    code: str
    name: str
    township: str
    former_name: str = ""
    gone: dt.date | None = None
    successor: Village | None = None

    def name_on(self, day: dt.date) -> str:
        """What it was called on a day."""
        return self.former_name if self.former_name and day < RENAMED_ON else self.name

    def stands_on(self, day: dt.date) -> bool:
        """Whether it is there on a day."""
        return self.gone is None or day < self.gone


@dataclass(frozen=True)
class Post:
    """One post, from a day to the day on which another begins."""

    unit: str
    title: str
    rank: str
    start: dt.date
    end: dt.date | None = None


@dataclass(eq=False)
class Person:
    """A leader; somebody without a number isn't on the roster."""

    name: str
    number: str = ""
    posts: list[Post] = field(default_factory=list)
    rank_said: str = ""  # of somebody who isn't on the roster

    def post_on(self, day: dt.date) -> Post | None:
        """The post that the person holds on a day."""
        for post in self.posts:
            if post.start <= day and (post.end is None or day < post.end):
                return post
        return None

    def rank_on(self, day: dt.date) -> str:
        """The rank on a day."""
        post = self.post_on(day)
        return post.rank if post else self.rank_said


@dataclass(eq=False)
class Row:
    """What every row has.

    Attributes:
        office: code of the office whose ledger it stands in.
        date: its day; None if nobody wrote it down.
        dirt: how the cells were spoilt, a key of dirt.DIRT.
        double_of: the row that is the same thing, entered by another office or twice.
    """

    office: str
    date: dt.date | None
    dirt: str = ""
    double_of: Row | None = None


@dataclass(eq=False)
class Trip(Row):
    """What a row of a ledger of trips says of the trip itself."""

    leader: Person = field(default_factory=lambda: Person(""))
    rank: str = ""
    place: Village | str = ""
    companions: list[Person] = field(default_factory=list)

    @property
    def campaign(self) -> str:
        """The campaign that the trip belonged to, by its day."""
        return CAMPAIGN if self.date and self.date >= CAMPAIGN_FROM else ""


@dataclass(eq=False)
class Team:
    """A lecture group."""

    name: str
    members: int
    founded: dt.date


@dataclass(eq=False)
class Lecture(Trip):
    """One row of a 宣讲 ledger."""

    theme: str = ""
    form: str = ""
    heads: int = 0
    sessions: int = 1
    screening: bool = False
    materials: int | None = None
    party_heads: int | None = None
    online_views: int | None = None
    answers: int | None = None
    party_class: bool = False
    speaker: str = ""
    team: Team | None = None


@dataclass(eq=False)
class Fieldwork(Trip):
    """One visit for research."""

    topic: Topic | None = None
    interviewees: int | None = None
    meetings: int | None = None
    unannounced: bool = False


@dataclass(eq=False)
class RootCause(Row):
    """What several problems come from."""

    name: str = ""
    closed: dt.date | None = None


@dataclass(eq=False)
class Problem(Row):
    """One problem; `onsite` is None if it was reported otherwise."""

    onsite: Onsite | None = None
    title: str = ""
    decision: str = ""
    unit: str = ""
    due: dt.date | None = None
    status: str = ""
    closed: dt.date | None = None
    satisfaction: str = ""
    area: str = ""
    cause: RootCause | None = None
    source: Fieldwork | None = None
    notes: list[tuple[dt.date, str]] = field(default_factory=list)


@dataclass(eq=False)
class Onsite(Trip):
    """One session of on-site office work."""

    problems: list[Problem] = field(default_factory=list)


@dataclass(eq=False)
class Visit(Trip):
    """One row of a 接访 ledger."""

    people: int = 1
    matter: str = ""
    category: str = ""
    outcome: str = ""
    unit: str = ""
    due: dt.date | None = None
    closed: dt.date | None = None
    follow_up: str = ""
    satisfaction: str = ""
    backlog: bool = False
    name: str = ""
    phone: str = ""
    identity: str = ""
    co_lead: Person | None = None


@dataclass(eq=False)
class Case(Row):
    """A petition matter that came by letter, telephone or network, or from the county."""

    matter: str = ""
    form: str = ""
    people: int = 1
    due: dt.date | None = None
    closed: dt.date | None = None
    satisfaction: str = ""
    backlog: bool = False
    lead: Person | None = None
    lead_rank: str = ""
    co_lead: Person | None = None
    co_lead_rank: str = ""


@dataclass(eq=False)
class Dispute(Row):
    """One row of a 矛盾纠纷 ledger."""

    kind: str = ""
    place: Village | str = ""
    summary: str = ""
    parties: str = ""
    mediator: str = ""
    result: str = ""
    settled: dt.date | None = None


@dataclass(eq=False)
class Suggestion(Row):
    """One row of a 意见建议 ledger."""

    content: str = ""
    channel: str = ""
    kind: str = ""
    place: Village | str = ""
    unit: str = ""
    adoption: str = ""
    assigned: dt.date | None = None
    due: dt.date | None = None
    replied: dt.date | None = None
    rating: str = ""
    use: str = ""
    result_class: str = ""
    converted: dt.date | None = None
    became: Case | None = None
    main: Suggestion | None = None
    name: str = ""


@dataclass(eq=False)
class Topic(Row):
    """A research topic, dated by its start."""

    name: str = ""
    leader: Person = field(default_factory=lambda: Person(""))
    source: str = ""
    result: str = ""
    rank: str = ""
    state: str = ""
    reported: dt.date | None = None
    finished: dt.date | None = None
    uses: list[tuple[dt.date, str]] = field(default_factory=list)


@dataclass(eq=False)
class Area:
    """A residential area."""

    name: str
    township: str
    community: Village
    station_on: dt.date | None
    mechanism: bool


@dataclass(eq=False)
class CheckIn(Row):
    """A party member who reported to an area."""

    person: str = ""
    unit: str = ""
    area: Area | None = None
    volunteering: bool = False
    measures: int = 0
    services: list[tuple[dt.date, str, int]] = field(default_factory=list)


@dataclass(eq=False)
class Named(Row):
    """A line of a plain register: its name, its kind, whose it is."""

    name: str = ""
    kind: str = ""
    township: str = ""


@dataclass(eq=False)
class ZeroReport(Row):
    """Somebody said that nothing of a kind took place between two days; `date` is the last."""

    kind: str = ""
    first: dt.date = FIRST


@dataclass(eq=False)
class DeclaredCount(Row):
    """A total that somebody gave; `date` is the period's last day."""

    figure: str = ""
    first: dt.date = FIRST
    value: int = 0


@dataclass(eq=False)
class CountyYear:
    """All that happened in the county in one year."""

    villages: list[Village] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    strangers: list[Person] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    lectures: list[Lecture] = field(default_factory=list)
    fieldworks: list[Fieldwork] = field(default_factory=list)
    onsites: list[Onsite] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)  # of the sessions, and others
    causes: list[RootCause] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    typical_cases: list[Named] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    role_models: list[Named] = field(default_factory=list)
    films: list[Named] = field(default_factory=list)
    mechanisms: list[Named] = field(default_factory=list)
    study_events: list[Named] = field(default_factory=list)
    zero_reports: list[ZeroReport] = field(default_factory=list)
    declared: list[DeclaredCount] = field(default_factory=list)
