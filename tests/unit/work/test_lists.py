"""What a list needs beside its query."""

from __future__ import annotations

import datetime as dt

from desktop.ledger.ledger import Ledger
from desktop.records import (
    Activity,
    Case,
    Lecture,
    Onsite,
    Petitioner,
    Place,
    Problem,
    Reception,
    Suggestion,
    Visit,
)
from desktop.work import lists
from tests import fakes

DAY = dt.date(2026, 11, 20)


def save(ledger: Ledger, *records: object) -> list:
    with ledger.write("记") as rows:
        return rows.save(*records)


def test_links_become_words_and_lost_ones_nothing(ledger: Ledger) -> None:
    lost = fakes.make(Suggestion, place="f" * 32, content="路灯")
    written = fakes.make(Suggestion, place="前沟村", content="班车")
    one, two = save(ledger, lost, written)
    fields = [Suggestion.type.field("place"), Suggestion.type.field("content")]
    found = lists.words_of(ledger, Suggestion.type, fields, [one.id, two.id])
    assert found == {one.id: ("", "路灯"), two.id: ("前沟村", "班车")}


def test_labels_in_use_the_frequent_ones_first(ledger: Ledger) -> None:
    save(
        ledger,
        *(fakes.make(Suggestion, channel=c) for c in ("座谈会", "接访", "座谈会", "")),
        *(fakes.make(Suggestion, anonymous=a) for a in (True, None)),
    )
    assert lists.labels_in_use(ledger, Suggestion.type, "channel") == [
        ("座谈会", "座谈会", 2),
        ("接访", "接访", 1),
    ]
    assert lists.labels_in_use(ledger, Suggestion.type, "anonymous") == [(True, "是", 1)]


def test_labels_of_a_field_that_takes_several(ledger: Ledger) -> None:
    save(
        ledger,
        fakes.make(Activity, places=("前沟村", "后塬村")),
        fakes.make(Activity, places=("前沟村",)),
    )
    assert lists.labels_in_use(ledger, Activity.type, "places") == [
        ("前沟村", "前沟村", 2),
        ("后塬村", "后塬村", 1),
    ]


def test_a_part_leads_to_its_whole(ledger: Ledger) -> None:
    (trip,) = save(ledger, fakes.make(Activity, date=DAY))
    (lecture,) = save(ledger, fakes.make(Lecture, activity=trip.id))
    assert lists.whole_of(ledger, Lecture.type, lecture.id) == (Activity.type, trip.id)
    assert lists.whole_of(ledger, Activity.type, trip.id) == (Activity.type, trip.id)


def test_a_citizen_leads_to_the_matter(ledger: Ledger) -> None:
    (matter,) = save(ledger, fakes.make(Suggestion, date=DAY))
    here, lost = save(
        ledger,
        fakes.make(Petitioner, name="王某", of=matter.id),
        fakes.make(Petitioner, name="李某", of="f" * 32),
    )
    assert lists.matter_of(ledger, here) == ("suggestion", matter.id)
    assert lists.matter_of(ledger, lost) is None


def test_titles_with_their_day(ledger: Ledger) -> None:
    (trip,) = save(ledger, fakes.make(Activity, date=DAY))
    (lecture,) = save(ledger, fakes.make(Lecture, activity=trip.id, theme="移风易俗"))
    assert lists.dated_titles(ledger, Lecture.type, [lecture.id]) == {
        lecture.id: ("2026-11-20", "移风易俗")
    }


def test_whose_the_records_are(ledger: Ledger) -> None:
    (one,) = save(ledger, fakes.make(Suggestion, date=DAY))
    assert lists.office_names(ledger, Suggestion.type, [one.id]) == {one.id: "柳河镇"}
    assert [(n, c) for _, n, c in lists.offices_in_use(ledger, Suggestion.type)] == [("柳河镇", 1)]


def test_a_township_stands_for_its_villages(ledger: Ledger) -> None:
    save(ledger, *fakes.register())
    other = Place(
        code="990822102201", name="石湾村", level="村（社区）", within=fakes.place("石门镇")
    )
    (village,) = save(ledger, other)
    save(
        ledger,
        fakes.make(Activity, places=(fakes.place("前沟村"), fakes.place("后塬村"))),
        fakes.make(Activity, places=(fakes.place("前沟村"),)),
        fakes.make(Activity, places=(village.id,)),
    )
    labels = [(w, n) for _, w, n in lists.labels_in_use(ledger, Activity.type, "places")]
    assert labels[:2] == [("柳河镇", 3), ("石门镇", 1)]
    assert labels[2] == ("前沟村", 2)
    below = lists.below(ledger, Activity.type, "places", (fakes.place("柳河镇"), None))
    assert below[0] is None
    assert {fakes.place(v) for v in ("柳河镇", *fakes.VILLAGES)} == set(below[1:])
    assert lists.below(ledger, Activity.type, "leader", ("李明",)) == ("李明",)


def test_labels_and_words_along_a_path(ledger: Ledger) -> None:
    save(ledger, *fakes.register())
    (trip,) = save(ledger, fakes.make(Activity, leader=fakes.cadre("李明"), places=("前沟村",)))
    (onsite,) = save(ledger, Onsite(activity=trip.id))
    (one,) = save(ledger, fakes.make(Problem, onsite=onsite.id, unit=fakes.unit("县水利局")))
    path = "onsite.activity.leader"
    assert lists.labels_in_use(ledger, Problem.type, path) == [(fakes.cadre("李明"), "李明", 1)]
    paths = ["office", "unit", path, "onsite.activity.places", "onsite.activity.date"]
    assert lists.words_along(ledger, Problem.type, paths, [one.id]) == {
        one.id: (ledger.office.name, "县水利局", "李明", "前沟村", "2026-11-20")
    }


def test_what_was_entered_on_a_trip_leads_back_to_it(ledger: Ledger) -> None:
    [trip] = save(ledger, fakes.make(Activity, places=("前沟村",)))
    [reception] = save(ledger, Reception(activity=trip.id))
    [visit] = save(ledger, fakes.make(Visit, reception=reception.id))
    case, here, alone = save(
        ledger,
        fakes.make(Case, origin=visit.id),
        fakes.make(Suggestion, source=trip.id),
        fakes.make(Suggestion),
    )
    for record in (visit, case, here):
        assert lists.came_from(ledger, record.type, record.id) == ("activity", trip.id)
    assert lists.came_from(ledger, Suggestion.type, alone.id) == ("", "")
    assert lists.came_from(ledger, Activity.type, trip.id) == ("", "")
