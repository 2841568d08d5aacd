"""desktop/ledger/health.py: what is wrong with a ledger is listed, and nothing is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, LedgerProblem
from desktop.core.ids import new_id
from desktop.jobs import enter_table
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.ledger.rows import Rows
from desktop.records import (
    Activity,
    Attachment,
    Cadre,
    Case,
    Lecture,
    Petitioner,
    Problem,
    Suggestion,
)
from desktop.work import attachments, conversion, double_trips, doubles, problems
from tests.ledgers import PASSWORD, contents, open_empty

DAY = dt.date(2026, 6, 9)


def texts(ledger: Ledger) -> str:
    return "\n".join(f.text for f in health.check(ledger))


def test_a_whole_ledger_has_no_findings_and_is_not_touched(tmp_path: Path) -> None:
    with open_empty(tmp_path / "a.ledger") as ledger, ledger.write("新增") as rows:
        rows.save(Activity(date=DAY, leader="李明", places=("前沟村", "后塬村")))
    before = contents(ledger.folder)
    with Ledger.open(ledger.folder, PASSWORD, readonly=True) as reader:
        assert health.check(reader) == []
    assert contents(ledger.folder) | before == contents(ledger.folder)


def test_links_to_what_is_not_here_are_named(ledger: Ledger) -> None:
    with ledger.write("新增") as rows:
        rows.save(
            Activity(date=DAY, leader=new_id(), places=("前沟村", new_id())),
            Case(matter="路灯不亮", received=DAY, lead_cadre="李明", origin=new_id()),
        )
    found = texts(ledger)
    assert "的带队领导指向的记录不在本台账里" in found
    assert "的地点指向的记录不在本台账里" in found
    assert "信访事项「路灯不亮」的来自指向的记录不在本台账里" in found
    assert found.count("\n") == 2


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("DELETE FROM entry", "有1条干部不在检索里"),
        ("DELETE FROM cadre", "检索里有1条干部已经不在台账里"),
        ("DELETE FROM search", "检索不完整"),
    ],
)
def test_an_index_that_does_not_fit_is_named(ledger: Ledger, script: str, words: str) -> None:
    with ledger.write("新增") as rows:
        rows.save(Cadre(name="张三"))
    ledger.db.execute(script)
    assert words in texts(ledger)


def test_a_part_that_lost_its_whole_is_named(ledger: Ledger) -> None:
    ledger.db.execute("PRAGMA foreign_keys = OFF")
    ledger.db.execute(
        "INSERT INTO post(id, cadre, counter, installation) VALUES ('p', 'gone', 1, '')"
    )
    assert "「职务」里有一条记录的上级不见了" in texts(ledger)


def test_a_damaged_vault_is_named(ledger: Ledger) -> None:
    (ledger.folder / "vault.json").write_text("{")
    assert "密码库文件 vault.json 读不出来" in texts(ledger)


def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    with open_empty(tmp_path / "a.ledger") as ledger, ledger.write("新增") as rows:
        rows.save(*(Case(matter=f"第{n}件" * 20, received=DAY) for n in range(500)))
    path = ledger.folder / "ledger.db"
    content = bytearray(path.read_bytes())
    for page in range(3 * len(content) // 4 // 4096, len(content) // 4096, 3):
        content[page * 4096 + 2000] ^= 1
    path.write_bytes(content)
    with Ledger.open(ledger.folder, PASSWORD, readonly=True) as reader:
        assert "台账文件有损坏" in texts(reader)
        tables = ("case", "entry", "history", "search_data", "operation")
        every = " UNION ALL ".join(f'SELECT count(*) FROM "{t}" NOT INDEXED' for t in tables)
        with pytest.raises(LedgerProblem, match="已损坏"):
            reader.rows(every)
    assert path.read_bytes() == content


def test_a_check_can_be_cancelled(ledger: Ledger) -> None:
    class Impatient:
        def step(self, done: int, total: int, words: str = "") -> None:
            assert total == 6
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        health.check(ledger, Impatient())


def test_what_people_do_all_day_and_its_undoing_leave_a_ledger_whole(ledger: Ledger) -> None:
    def act(title: str, do: Callable[[Rows], object]) -> None:
        with ledger.write(title) as rows:
            do(rows)

    with ledger.write("记") as rows:
        one, other, moved = rows.save(
            *(Suggestion(date=DAY, content=f"修路{n}", anonymous=False) for n in range(3))
        )
        rows.save(Petitioner(of=moved.id, name="张三", phone="13812341234"))
        trips = rows.save(
            *(Activity(date=DAY, leader="李明", places=("前沟村",)) for _ in range(2))
        )
        rows.save(*(Lecture(activity=t.id, place="前沟村", theme="惠民政策") for t in trips))
        problem = rows.save(Problem(title="路灯不亮", unit="县水利局", date=DAY))[0]
    sha256 = ledger.files().store(b"photo", "1.jpg")
    photo = Attachment(name="1.jpg", sha256=sha256)
    steps: list[Callable[[], object]] = [
        lambda: attachments.save(ledger, "添加照片", problem.id, {}, [photo]),
        lambda: act(
            "转为信访事项",
            lambda rows: conversion.convert(ledger, rows, moved.id, Case.type, DAY),
        ),
        lambda: act("收回", lambda rows: conversion.take_back(ledger, rows, moved.id, "转错")),
        lambda: act(
            "并为一条",
            lambda rows: doubles.join(ledger, rows, Suggestion.type, one.id, other.id),
        ),
        lambda: double_trips.join_trips(ledger, trips[0].id, trips[1].id),
        lambda: problems.take(ledger, problem.id, "claim", problems.Entry(date=DAY)),
        lambda: enter_table.save_rows(
            ledger, "suggestion", [{"date": "2026-06-09", "content": "增开班车"}], DAY
        ),
        lambda: act("作废", lambda rows: rows.remove(Problem.type, problem.id, "录错了")),
    ]
    counts = {of.name: ledger.count(Query(of)) for of in ledger.types.values()}
    for step in steps:
        step()
        assert health.check(ledger) == []
    assert {of.name: ledger.count(Query(of)) for of in ledger.types.values()} != counts
    for _ in steps:  # each was one step
        assert ledger.undo()
        assert health.check(ledger) == []
    assert {of.name: ledger.count(Query(of)) for of in ledger.types.values()} == counts
    assert ledger.get(Suggestion, moved.id) == moved
    assert ledger.get(Problem, problem.id) == problem
