"""desktop/records/identity.py: the same facts give the same id in every office."""

from __future__ import annotations

from desktop.core.fields import is_id
from desktop.records.identity import cadre_id, place_id, unit_id
from tests.ledgers import COUNTY, TOWNSHIP


def test_a_place_is_its_code() -> None:
    assert place_id(TOWNSHIP) == "3e3e06417bcb8417a7f5ca20867ec747"  # for ever
    assert place_id(TOWNSHIP) != place_id(COUNTY)


def test_a_unit_is_its_county_and_full_name() -> None:
    assert unit_id(TOWNSHIP, "县水利局") == unit_id(COUNTY, "县水利局")
    assert unit_id(COUNTY, "水利局") != unit_id(COUNTY, "县水利局")
    assert unit_id("990802000000", "县水利局") != unit_id(COUNTY, "县水利局")


def test_a_cadre_is_the_roster_number_else_name_and_first_unit() -> None:
    numbered = cadre_id(COUNTY, "7", "王丽", "柳河镇")
    assert numbered == cadre_id(TOWNSHIP, "7", "王莉", "石门镇")  # a move changes no id
    assert numbered != cadre_id(COUNTY, "8", "王丽", "柳河镇")
    bare = cadre_id(COUNTY, "", "王丽", "柳河镇")
    assert bare == cadre_id(TOWNSHIP, "", "王丽", "柳河镇")
    assert len({numbered, bare, cadre_id(COUNTY, "", "王丽", "石门镇")}) == 3


def test_ids_of_different_kinds_never_meet() -> None:
    ids = {place_id("1"), unit_id("1", "1"), cadre_id("1", "1", "", ""), cadre_id("1", "", "1", "")}
    assert len(ids) == 4
    assert all(map(is_id, ids))
