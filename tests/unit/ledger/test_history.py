"""desktop/ledger/history.py: the chain holds, and whatever was tampered with shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.ledger import health, history
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Cadre, Case, Lecture

DAY = dt.date(2026, 6, 9)


@pytest.fixture
def used(ledger: Ledger) -> Ledger:
    """A ledger with some work in it: two cases, a trip, edits, a removal, an undo."""
    ledger.now = lambda: dt.datetime(2026, 6, 9, 8, 30)
    with ledger.write("登记") as rows:
        one, two = rows.save(
            Case(id="a" * 32, matter="路灯不亮", received=DAY, people=3),
            Case(id="b" * 32, matter="水管漏水", received=DAY),
        )
    with ledger.write("办理") as rows:
        rows.save(replace(one, status="在办", unit="县水利局"), replace(two, status="在办"))
    with ledger.write("活动") as rows:
        (trip,) = rows.save(Activity(id="c" * 32, date=DAY, leader="李明"))
        rows.save(Lecture(id="d" * 32, activity=trip.id, theme="惠民政策"), Cadre(name="张三"))
    with ledger.write("作废") as rows:
        rows.remove(Activity.type, trip.id, "重复录入")
    with ledger.write("办结") as rows:
        rows.save(replace(one, status="办结", unit="县水利局"))
    ledger.undo()
    return ledger


def verify(ledger: Ledger) -> list[str]:
    return history.verify(ledger.db, health.column_names(ledger.types))


def test_an_honest_history_verifies(used: Ledger) -> None:
    assert verify(used) == []
    assert health.check(used) == []
    assert verify(used.reader()) == []


def test_an_empty_history_verifies(ledger: Ledger) -> None:
    assert verify(ledger) == []
    assert history.head(ledger.db) == history.START


TAMPERINGS = {
    "a value of a record": "UPDATE \"case\" SET matter = '路灯亮着' WHERE id LIKE 'aa%'",
    "a value edited before": "UPDATE \"case\" SET unit = '县住建局' WHERE id LIKE 'aa%'",
    "a number": 'UPDATE "case" SET people = 4',
    "a day": "UPDATE \"case\" SET received = '2026-06-10' WHERE id LIKE 'bb%'",
    "a value put where none was": "UPDATE \"case\" SET result = '已修' WHERE id LIKE 'bb%'",
    "a value taken away": 'UPDATE "case" SET received = NULL',
    "a record brought back": "UPDATE activity SET removed = ''",
    "whose record it is": "UPDATE \"case\" SET office = '990801000000'",
    "a part moved": "UPDATE lecture SET activity = NULL",
    "who": "UPDATE operation SET who = '李四' WHERE counter = 2",
    "when": "UPDATE operation SET at = '2026-06-08T08:30:00' WHERE counter = 2",
    "what": "UPDATE operation SET title = '登 记' WHERE counter = 1",
    "where": "UPDATE operation SET installation = 'x' WHERE counter = 6",
    "the step it belongs to": "UPDATE operation SET batch = 'x' WHERE counter = 3",
    "what it undoes": "UPDATE operation SET undoes = '' WHERE counter = 6",
    "a chain value": "UPDATE operation SET chain = replace(chain, 'a', 'b') WHERE counter = 3",
    "an old value in the history": "UPDATE history SET changes = replace(changes, '在办', '待办')"
    " WHERE n = (SELECT min(n) FROM history WHERE action = 'edit')",
    "all traces of a value": "UPDATE history SET changes ="
    " replace(changes, '县水利局', '县住建局')",
    "a field of an entry": "UPDATE history SET changes = replace(changes, 'unit', 'form')",
    "an entry emptied": "UPDATE history SET changes = '' WHERE action = 'edit' AND counter = 2",
    "a salt": "UPDATE history SET salt = zeroblob(16) WHERE n = 1",
    "a digest": "UPDATE history SET digest = zeroblob(32) WHERE n = 1",
    "an entry deleted": "DELETE FROM history WHERE n = 3",
    "the last entry deleted": "DELETE FROM history WHERE n = (SELECT max(n) FROM history)",
    "an operation deleted": "DELETE FROM operation WHERE counter = 4",
    "an entry with its operation": "DELETE FROM history WHERE counter = 5;"
    "DELETE FROM operation WHERE counter = 5",
    "the whole history": "DELETE FROM history; DELETE FROM operation",
    "two entries swapped": "UPDATE history SET n = -1 WHERE n = 1; UPDATE history SET n = 1"
    " WHERE n = 2; UPDATE history SET n = 2 WHERE n = -1",
    "whose entries they are": "UPDATE history SET record = CASE record WHEN printf('%.32c', 'a')"
    " THEN printf('%.32c', 'b') ELSE printf('%.32c', 'a') END WHERE type = 'case'",
    "the type of an entry": "UPDATE history SET type = 'film' WHERE n = 1",
    "a type that there isn't": "UPDATE history SET type = 'nobody' WHERE n = 1",
    "what an entry is": "UPDATE history SET action = 'edit' WHERE n = 1",
    "an edit called new": "UPDATE history SET action = 'new' WHERE counter = 2",
    "an entry added": "INSERT INTO history(counter, record, type, action, changes, salt, digest)"
    " SELECT counter, record, type, action, changes, salt, digest FROM history WHERE n = 1",
    "a record deleted": "DELETE FROM cadre",
    "a record deleted with its title": "DELETE FROM cadre;DELETE FROM entry WHERE type = 'cadre'",
    "a record put in": "INSERT INTO cadre(id, name, counter, installation)"
    " VALUES ('e', '王五', 1, '')",
    "a record exchanged": "UPDATE cadre SET id = printf('%.32c', 'e')",
}


@pytest.mark.parametrize("script", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_tampering_shows(used: Ledger, script: str) -> None:
    used.db.execute("PRAGMA foreign_keys = OFF")
    for statement in script.split(";"):
        assert used.db.conn.execute(statement).rowcount
    used.db.conn.commit()
    assert verify(used)
    assert health.check(used)


def test_later_columns_that_are_empty_do_not_count() -> None:
    salt = b"s" * 16
    before = history.digest(salt, {"name": "甲", "people": 3})
    assert history.digest(salt, {"people": 3, "new": "", "newer": None, "name": "甲"}) == before
    assert history.digest(salt, {"people": 3, "name": "甲", "new": 0}) != before
    assert history.digest(b"t" * 16, {"name": "甲", "people": 3}) != before
    assert len(before) == 32


def test_a_later_column_does_not_break_the_history(used: Ledger) -> None:
    used.db.execute('ALTER TABLE "case" ADD COLUMN "later" TEXT NOT NULL DEFAULT \'\'')
    names = health.column_names(used.types)
    assert history.verify(used.db, names | {"case": (*names["case"], "later")}) == []


def test_the_head_names_all_that_was_done(used: Ledger) -> None:
    head = history.head(used.db)
    assert len(head) == 64
    with used.write("新增") as rows:
        rows.save(Cadre(name="王五"))
    assert history.head(used.db) != head


def test_what_was_done_to_a_record_newest_first(used: Ledger) -> None:
    steps = list(history.of_record(used.db, "a" * 32))
    assert [o.title for o, _ in steps] == ["撤销：办结", "办结", "办理", "登记"]
    assert steps[1][1].changes == {"status": ["在办", "办结"]}
    assert steps[2][1].changes == {"status": ["", "在办"], "unit": ["", "县水利局"]}
    assert list(history.of_record(used.db, "nobody")) == []
    newest_first = [(e.counter, e.record[0]) for e in history.entries(used.db, [1, 2])]
    assert newest_first == [(2, "b"), (2, "a"), (1, "b"), (1, "a")]
