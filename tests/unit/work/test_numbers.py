"""Visible numbers: each PC counts under its own letter, and no number is given twice."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.record import Record
from desktop.gui import edits
from desktop.ledger import serials
from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records import Case, Suggestion
from desktop.work.numbers import choose_letter, free_letters, pc_letter
from tests import fakes

NOW = dt.datetime(2026, 11, 23, 9, 0)


def save(ledger: Ledger, record: Record) -> str:
    ledger.now = lambda: NOW
    with ledger.write("存") as rows:
        return edits.save(ledger, rows, [record])[0].number


def suggestion(**over: str) -> Suggestion:
    made: Suggestion = fakes.make(Suggestion, **over)
    return made


def test_a_number_says_office_kind_pc_year_and_serial(tmp_path: Path) -> None:
    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as ledger:
        assert save(ledger, suggestion()) == "柳河-建-A-2026-0001"
        assert save(ledger, suggestion()) == "柳河-建-A-2026-0002"
        assert save(ledger, fakes.make(Case)) == "柳河-信-A-2026-0001"
        hits = ledger.search("柳河-信-A-2026-0001")
    assert [h.type for h in hits] == ["case"]


def test_a_number_is_kept_and_never_given_again(tmp_path: Path) -> None:
    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as ledger:
        first = save(ledger, suggestion(content="第一条"))
        ledger.undo()
        second = save(ledger, suggestion(content="第二条"))
        with ledger.write("改") as rows:
            one = ledger.find(Query(Suggestion.type))
            again = edits.save(ledger, rows, one)
        assert (first, second) == ("柳河-建-A-2026-0001", "柳河-建-A-2026-0002")
        assert [r.number for r in again] == [second]


def test_a_write_that_fails_takes_the_counting_back(tmp_path: Path) -> None:
    class Broken(Exception):
        pass

    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as ledger:
        ledger.now = lambda: NOW

        def breaks() -> None:
            with ledger.write("坏了") as rows:
                edits.save(ledger, rows, [suggestion()])
                raise Broken

        with pytest.raises(Broken):
            breaks()
        assert save(ledger, suggestion()) == "柳河-建-A-2026-0001"


def test_an_imported_record_gets_no_number(tmp_path: Path) -> None:
    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as ledger:
        with ledger.write("导入") as rows:
            [saved] = rows.save(suggestion())
        assert saved.number == ""


def test_two_pcs_that_never_see_each_other_never_give_one_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fakes.new_ledger(tmp_path / "甲" / "柳河镇.ledger") as ledger:
        given = [save(ledger, suggestion()) for _ in range(2)]
        folder = ledger.folder
    shutil.copytree(folder, tmp_path / "乙" / "柳河镇.ledger")
    shutil.copytree(folder, tmp_path / "丙" / "柳河镇.ledger")
    letters = ["A"]
    for name in ("乙", "丙"):
        with Ledger.open(tmp_path / name / "柳河镇.ledger", fakes.PASSWORD) as copy:
            shown = pc_letter(copy)
            given += [save(copy, suggestion()) for _ in range(2)]
            assert pc_letter(copy) == shown
            letters.append(shown)
    with Ledger.open(folder, fakes.PASSWORD) as original:
        given.append(save(original, suggestion()))
        assert pc_letter(original) == "A"
    assert letters == ["A", "B", "C"]
    assert len(given) == len(set(given)) == 7


def test_another_machine_goes_on_with_the_next_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as ledger:
        assert save(ledger, suggestion()).split("-")[2] == "A"
    monkeypatch.setenv("SIXIA_HOME", str(tmp_path / "另一台电脑"))
    with Ledger.open(tmp_path / "柳河镇.ledger", fakes.PASSWORD) as moved:
        assert save(moved, suggestion()) == "柳河-建-B-2026-0001"
    with Ledger.open(tmp_path / "柳河镇.ledger", fakes.PASSWORD) as again:
        assert save(again, suggestion()) == "柳河-建-B-2026-0002"


def test_two_pcs_that_took_the_same_letter_are_told_apart_by_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as ledger:
        given = [save(ledger, suggestion())]
        folder = ledger.folder
    for name in ("甲", "乙"):
        shutil.copytree(folder, tmp_path / name / "柳河镇.ledger")
        monkeypatch.setenv("SIXIA_HOME", str(tmp_path / f"电脑{name}"))
        with Ledger.open(tmp_path / name / "柳河镇.ledger", fakes.PASSWORD) as copy:
            assert pc_letter(copy) == "B"  # neither can know of the other
            if name == "乙":
                assert choose_letter(copy, " ｋ") == "K"
            given.append(save(copy, suggestion()))
    assert given == ["柳河-建-A-2026-0001", "柳河-建-B-2026-0001", "柳河-建-K-2026-0001"]
    with Ledger.open(tmp_path / "乙" / "柳河镇.ledger", fakes.PASSWORD) as again:
        assert pc_letter(again) == "K"


def test_the_letter_of_another_pc_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fakes.new_ledger(tmp_path / "柳河镇.ledger") as ledger:
        save(ledger, suggestion())
    monkeypatch.setenv("SIXIA_HOME", str(tmp_path / "另一台电脑"))
    with Ledger.open(tmp_path / "柳河镇.ledger", fakes.PASSWORD) as moved:
        assert free_letters(moved)[:2] == ["B", "C"]
        with pytest.raises(UserError, match="另一台电脑"):
            choose_letter(moved, "A")
        for wrong in ("", "AB", "7", "甲"):
            with pytest.raises(UserError, match="A 到 Z"):
                choose_letter(moved, wrong)
        assert pc_letter(moved) == "B"


def test_behind_z_come_two_letters() -> None:
    taken = {str(n): chr(ord("A") + n) for n in range(26)}
    assert serials._free(taken) == "AA"
    assert serials._free(taken | {"x": "AZ"}) == "BA"
    assert serials._free({}) == "A"
