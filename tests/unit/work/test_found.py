"""What a search shows: groups with counts, and the words around what was looked for, masked."""

from __future__ import annotations

from desktop.ledger.ledger import Ledger
from desktop.records import Petitioner, Problem, Suggestion
from desktop.work.found import EACH, find_all, find_first
from tests import fakes


def save(ledger: Ledger, *records: object) -> list:
    with ledger.write("记") as rows:
        return rows.save(*records)


def test_every_type_is_there_with_its_count_however_frequent_another_is(ledger: Ledger) -> None:
    save(ledger, fakes.make(Suggestion, content="前沟村的路"))
    save(ledger, *(fakes.make(Problem, title=f"前沟村路灯{n}") for n in range(60)))
    first = {g.type: (len(g.found), g.count) for g in find_first(ledger, "前沟")}
    assert first == {"problem": (EACH, -1)}
    found = {g.type: (len(g.found), g.count) for g in find_all(ledger, "前沟")}
    assert found == {"problem": (EACH, 60), "suggestion": (1, 1)}


def test_the_snippet_says_why_a_record_was_found(ledger: Ledger) -> None:
    save(ledger, fakes.make(Problem, title="路灯损坏", measure="联系供电所当天修复" * 5))
    (group,) = find_first(ledger, "供电所")
    assert group.found[0].snippet.startswith("解决措施：联系供电所当天修复")
    assert group.found[0].snippet.endswith("…")
    (group,) = find_first(ledger, "路灯")
    assert group.found[0].snippet == ""


def test_a_citizen_stays_masked(ledger: Ledger) -> None:
    save(ledger, fakes.make(Petitioner, name="欧阳明月", phone="13812341234"))
    for words in ("欧阳明月", "13812341234"):
        for group in find_first(ledger, words):
            for one in group.found:
                assert "明月" not in one.snippet + one.hit.title
                assert "13812341234" not in one.snippet + one.hit.title


def test_nothing_found_is_no_group(ledger: Ledger) -> None:
    assert find_first(ledger, "没有这样的词") == []
    assert find_all(ledger, "  ") == []


def test_numbers_of_citizens_in_long_texts_are_masked(ledger: Ledger) -> None:
    said = "身份证990822198001010018，电话13812341234"
    save(ledger, fakes.make(Suggestion, content=f"修路，{said}"))
    save(ledger, fakes.make(Problem, title="路灯", measure=said))
    found = [one for group in find_first(ledger, "身份证") for one in group.found]
    assert len(found) == 2
    for one in found:
        shown = one.snippet + one.hit.title
        assert "身份证9908" in shown
        assert "198001010018" not in shown
        assert "13812341234" not in shown
