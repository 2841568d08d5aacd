"""A new ledger knows whose it is, opens with its password and its recovery key."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import UserError, WrongPassword, WrongUsage
from desktop.jobs.init_ledger import init_ledger
from desktop.ledger import health
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Place
from tests.sample_year import CHEAP, PASSWORD, USER


@pytest.mark.parametrize(
    ("name", "code", "level", "parent"),
    [
        ("清岚县", "990821", "county", ""),
        ("柳河镇", "990821101", "township", "990821000000"),
        ("柳河镇", "990821101000", "township", "990821000000"),
    ],
)
def test_the_code_tells_level_and_parent(
    tmp_path: Path, name: str, code: str, level: str, parent: str
) -> None:
    ledger, _ = init_ledger(tmp_path / "a", name, code, "", "", USER, PASSWORD, cost=CHEAP)
    with ledger:
        office = ledger.office
        assert (office.name, office.level, office.parent) == (name, level, parent)
        (place,) = ledger.find(Query(Place.type))
        assert isinstance(place, Place)
        assert (place.name, place.code) == (name, office.code)
        assert health.check(ledger) == []


def test_it_opens_again_with_password_and_recovery_key(tmp_path: Path) -> None:
    folder = tmp_path / "a.ledger"
    ledger, recovery = init_ledger(
        folder, "柳河镇", "990821101", "township", "", USER, PASSWORD, cost=CHEAP
    )
    ledger.close()
    for secret in (PASSWORD, recovery):
        with Ledger.open(folder, secret) as again:
            assert again.office.name == "柳河镇"
    with pytest.raises(WrongPassword):
        Ledger.open(folder, "another")


@pytest.mark.parametrize(
    ("name", "code", "level", "password"),
    [
        ("", "990821", "", PASSWORD),
        ("  ", "990821", "", PASSWORD),
        ("清岚县", "99", "", PASSWORD),
        ("清岚县", "99082a", "", PASSWORD),
        ("清岚县", "990821", "village", PASSWORD),
        ("清岚县", "990821", "", "12345"),
    ],
)
def test_what_will_not_do_makes_no_folder(
    tmp_path: Path, name: str, code: str, level: str, password: str
) -> None:
    with pytest.raises(WrongUsage):
        init_ledger(tmp_path / "a", name, code, level, "", USER, password, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "有.txt").write_text("x")
    with pytest.raises(UserError, match="没有改动它"):
        init_ledger(tmp_path / "a", "清岚县", "990821", "", "", USER, PASSWORD, cost=CHEAP)
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["有.txt"]
