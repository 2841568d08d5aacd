"""desktop/ledger/health.py: what is wrong with a ledger is listed, and nothing is changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, LedgerProblem
from desktop.core.ids import new_id
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.records import Activity, Cadre, Case
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
