"""Figures of made-up ledgers against a slow count; no data is not zero; classes; periods."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from desktop import figures
from desktop.core.errors import WrongUsage
from desktop.jobs.import_ledgers import import_ledgers
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Activity, CodeItem, Lecture
from tests.sample_year import FIRST, LAST, PASSWORD, copied, registered_township
from tests.unit.figures.oracle import Count
from tests.unit.jobs.books import LECTURE, ONSITE, VISIT, book

# --- made-up ledgers ---------------------------------------------------------------------------

DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2023, 1, 6))
LEADERS = st.sampled_from(
    (("康建玥", "乡科级正职"), ("张彩燕", "乡科级副职"), ("程晓峰", "县处级副职"))
)
PLACES = st.sampled_from(("小寨村", "马家坡村", "刘家坪村", ""))


def rows_of(kind: dict[str, Any], **cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    drawn = st.fixed_dictionaries({"date": DAYS, "leader": LEADERS, "place": PLACES, **cells})

    def finished(row: dict[str, Any]) -> dict[str, Any]:
        name, rank = row["leader"]
        day = f"{row['date'].year}年{row['date'].month}月{row['date'].day}日"
        made = {**kind, **row, "date": day, "leader": name, "rank": rank}
        if made.get("outcome") == "现场答复":
            made["due"] = ""  # what was answered on the spot has no deadline to miss
        return made

    return st.lists(drawn.map(finished), max_size=8)


LECTURES = rows_of(
    LECTURE,
    heads=st.integers(0, 300).map(str) | st.integers(1, 300).map("约{}人".format),
    theme=st.sampled_from(("移风易俗", "法律法规知识普及", "乡村振兴政策")),
    form=st.sampled_from(("座谈会", "田埂讲学", "")),
    note=st.sampled_from(("", "结合矛盾纠纷排查化解")),
)
PROBLEMS = rows_of(
    ONSITE,
    title=st.sampled_from(("手机信号弱", "班车少", "")),
    decision=st.sampled_from(("是", "否")),
    status=st.sampled_from(("已完成", "推进中")),
    due=st.just("2023-04-05"),
)
VISITS = rows_of(
    VISIT,
    people=st.integers(1, 9).map(str),
    outcome=st.sampled_from(("现场答复", "交办")),
    due=st.sampled_from(("", "2023-03-01")),
    closed=st.sampled_from(("", "2023-02-01", "2023-03-02", "2024-01-02")),
    follow_up=st.sampled_from(("", "电话回访", "入户回访")),
    satisfaction=st.sampled_from(("", "满意", "不满意")),
    backlog=st.sampled_from(("是", "否")),
)
TITLES = {
    "lectures": {"place": "村（社区）", "leader": "宣讲人", "note": "备注"},
    "onsite": {"leader": "带队领导", "place": "村（社区）"},
    "receptions": {"leader": "接访领导", "date": "来访日期", "people": "来访人数"},
}
NAMES = {"lectures": "宣讲", "onsite": "现场办公", "receptions": "接访"}


@settings(max_examples=12, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # no shrinking
@given(LECTURES, PROBLEMS, VISITS, st.sampled_from((".xlsx", ".csv")))
def test_made_up_ledgers_against_a_slow_count(
    lectures: Any, problems: Any, visits: Any, suffix: str
) -> None:
    count = Count()
    given_rows = {"lectures": lectures, "onsite": problems, "receptions": visits}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        paths = [
            book(folder / f"{NAMES[kind]}{suffix}", kind, rows, titles=TITLES[kind])
            for kind, rows in given_rows.items()
            if rows
        ]
        for path in paths:
            count.add("柳河镇", path.stem, path)
        with Ledger.open(copied(registered_township(), folder / "a.ledger"), PASSWORD) as ledger:
            if paths:
                assert import_ledgers(ledger, paths).bad_count == 0
            fast = {k: r.value for k, r in figures.compute(ledger, FIRST, LAST).items()}
    slow = {k: v for k, v in count.figures(LAST).items() if k not in OTHER}
    for key, counted in slow.items():
        # What nobody could have counted is no data; the slow count knows zero only.
        found = fast[key] or ({} if isinstance(counted, dict) else 0)
        if isinstance(found, dict):
            found = {label: n for label, n in found.items() if label != "未填"}
        assert found == counted, key


OTHER = ("suggestions", "suggestions_by_kind", "suggestions_by_adoption")
OTHER += ("disputes", "disputes_settled", "disputes_by_kind")


# --- no data, zero, periods, classes -----------------------------------------------------------


def one_lecture(ledger: Ledger, folder: Path, **cells: Any) -> None:
    import_ledgers(ledger, [book(folder / "宣讲.xlsx", "lectures", [{**LECTURE, **cells}])])


def value(ledger: Ledger, figure: str, first: dt.date = FIRST, last: dt.date = LAST) -> Any:
    return figures.compute(ledger, first, last, only=[figure])[figure].value


def test_nothing_recorded_is_no_data(township: Ledger) -> None:
    found = figures.compute(township, FIRST, LAST)
    assert {k for k, r in found.items() if r.value is not None} <= {"townships", "villages"}
    assert all(r.rows == 0 for k, r in found.items() if r.value is None)


def test_recorded_but_none_of_that_sort_is_zero(registered: Ledger, tmp_path: Path) -> None:
    one_lecture(registered, tmp_path)
    assert value(registered, "lecture_sessions_county_rank") == 0
    assert value(registered, "lecture_heads_county_rank") == 0
    assert value(registered, "law_lectures_with_dispute_screening") == 0
    assert value(registered, "reception_visits") is None


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [
        (dt.date(2023, 3, 5), dt.date(2023, 3, 5), True),
        (dt.date(2023, 3, 6), dt.date(2023, 12, 31), False),
        (dt.date(2023, 1, 1), dt.date(2023, 3, 4), False),
        (dt.date(2022, 1, 1), dt.date(2024, 1, 1), True),
    ],
)
def test_both_ends_of_a_period_belong_to_it(
    registered: Ledger, tmp_path: Path, first: dt.date, last: dt.date, inside: bool
) -> None:
    one_lecture(registered, tmp_path)
    assert value(registered, "lecture_sessions", first, last) == (1 if inside else None)
    assert len(figures.rows(registered, "lecture_sessions", first, last)) == inside


def test_closed_is_judged_on_the_last_day(registered: Ledger, tmp_path: Path) -> None:
    row = {**VISIT, "outcome": "交办", "due": "2023-05-05", "closed": "2023-05-20"}
    import_ledgers(registered, [book(tmp_path / "接访.xlsx", "receptions", [row])])
    for last, closed, late in ((19, 0, 0), (20, 1, 1)):
        day = dt.date(2023, 5, last)
        assert value(registered, "reception_closed", FIRST, day) == closed
        assert value(registered, "reception_open", FIRST, day) == 1 - closed
        assert value(registered, "reception_closed_late", FIRST, day) == late


def test_what_is_void_does_not_count(registered: Ledger, tmp_path: Path) -> None:
    one_lecture(registered, tmp_path)
    (lecture,) = registered.find(Query(Lecture.type))
    assert isinstance(lecture, Lecture)
    with registered.write("作废") as rows:
        rows.remove(Activity.type, lecture.activity, "重复")
    assert value(registered, "lecture_sessions") is None
    assert value(registered, "trips") is None


def test_a_class_that_nobody_recorded(registered: Ledger, tmp_path: Path) -> None:
    one_lecture(registered, tmp_path, form="")
    assert value(registered, "lecture_by_form") == {"未填": 1}


def test_a_label_that_means_an_official_one_counts_as_it(
    registered: Ledger, tmp_path: Path
) -> None:
    """普法宣传 is recorded as written and counts as law once an office says what it means."""
    one_lecture(registered, tmp_path, theme="法治夜校第三讲", note="结合矛盾纠纷排查")
    key = "law_lectures_with_dispute_screening"
    assert value(registered, key) == 0
    (item,) = registered.find(Query(CodeItem.type))
    with registered.write("对应") as rows:
        rows.save(replace(item, means="法律法规知识普及"))  # type: ignore[call-arg]
    assert value(registered, key) == 1
    assert value(registered, "lecture_by_theme") == {"法治夜校第三讲": 1}


def test_no_place_is_no_village(registered: Ledger, tmp_path: Path) -> None:
    rows = [
        {**ONSITE, "place": ""},
        {**ONSITE, "place": "火星村"},
        {**ONSITE, "date": "2023-03-06"},
    ]
    import_ledgers(registered, [book(tmp_path / "现场办公.xlsx", "onsite", rows)])
    assert value(registered, "onsite_villages") == 2
    assert value(registered, "onsite_sessions") == 3


def test_sessions_of_a_row_that_holds_several(registered: Ledger, tmp_path: Path) -> None:
    one_lecture(registered, tmp_path, sessions="3")
    assert value(registered, "lecture_sessions") == 3
    assert value(registered, "lecture_by_theme") == {"移风易俗": 3}
    assert figures.compute(registered, FIRST, LAST)["lecture_sessions"].rows == 1


def test_wrong_words(township: Ledger) -> None:
    with pytest.raises(WrongUsage, match="早于"):
        figures.compute(township, LAST, FIRST)
    with pytest.raises(WrongUsage, match="没有叫「没有」的数字"):
        figures.compute(township, FIRST, LAST, only=["没有"])
    with pytest.raises(WrongUsage, match="没有叫「没有」的数字"):
        figures.rows(township, "没有", FIRST, LAST)


@pytest.mark.parametrize("figure", figures.FIGURES, ids=lambda f: f.id)
def test_every_figure_says_what_it_is(figure: figures.Figure) -> None:
    assert figure.id.replace("_", "").isalpha()
    assert figure.id.islower()
    assert figure.name
    assert figure.unit
    assert len(figure.rule) > 3
    assert [f.id for f in figures.FIGURES].count(figure.id) == 1
