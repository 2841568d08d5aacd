"""Figures of trips as a whole, and of the places that they reached."""

from __future__ import annotations

from dataclasses import replace

from desktop.figures.declaring import (
    IN_VILLAGE,
    TOWNSHIP,
    TRIP_DAY,
    anywhere,
    dated,
    means,
    of_rank,
    rate,
)
from desktop.figures.figure import Figure, Has, Source, Term, distinct

_COUNTY = of_rank("leader_rank")
_TOWNSHIP = of_rank("leader_rank", TOWNSHIP)


def _trips(name: str, label: str, rule: str, *where: Term, by: str = "") -> Figure:
    return dated(name, label, "次", "活动", rule, "activity", "date", *where, by=by)


def _people(name: str, label: str, rule: str, leaders: tuple[Term, ...] = ()) -> Figure:
    """Those who led a trip or went along, each once."""
    along = (of_rank("rank"),) if leaders else ()
    return Figure(
        name,
        label,
        "名",
        "活动",
        rule,
        "activity",
        leaders,
        distinct("leader"),
        "date",
        also=(Source("participation", TRIP_DAY, along, "person"),),
    )


def _with(part: str, label: str) -> Figure:
    rule = f"有{label}的活动，一次活动算一次"
    made = _trips(f"trips_with_{part}", f"有{label}的活动", rule, Has(part, "activity"))
    return replace(made, base=(Has(part, "activity"),))


VILLAGE_PARTS = anywhere(
    "villages_covered",
    "到过的村（社区）",
    "个",
    "宣讲、调研、接访、现场办公到过的村（社区），同一村只算一个，已并入的算作并入后的村",
    IN_VILLAGE,
)

FIGURES: tuple[Figure, ...] = (
    _trips("trips_county_rank", "县处级领导带队活动", "带队领导当日为县处级的活动", _COUNTY),
    _trips("trips_township_rank", "乡科级领导带队活动", "带队领导当日为乡科级的活动", _TOWNSHIP),
    dated(
        "trip_leaders_county_rank",
        "带队下基层的县处级领导",
        "名",
        "活动",
        "当日为县处级的带队领导，同一人只算一名",
        "activity",
        "date",
        _COUNTY,
        count=distinct("leader"),
    ),
    dated(
        "trip_leaders_township_rank",
        "带队下基层的乡科级领导",
        "名",
        "活动",
        "当日为乡科级的带队领导，同一人只算一名",
        "activity",
        "date",
        _TOWNSHIP,
        count=distinct("leader"),
    ),
    _people("trip_participants", "参加下基层的干部", "带队和同行的干部，同一人只算一名"),
    _people(
        "trip_participants_county_rank",
        "参加下基层的县处级领导",
        "当日为县处级的带队、同行干部，同一人只算一名",
        (_COUNTY,),
    ),
    _with("lecture", "宣讲"),
    _with("fieldwork", "调研"),
    _with("reception", "接访"),
    _with("onsite", "现场办公"),
    _trips("trips_by_campaign", "活动（按专项行动）", "活动按专项行动分", by="campaign"),
    _trips("trips_by_rank", "活动（按职务层次）", "活动按带队领导当日职务层次分", by="leader_rank"),
    _trips("trips_by_township", "活动（按单位）", "活动按填报单位分", by="office"),
    VILLAGE_PARTS,
    anywhere(
        "villages_reached",
        "到过的在册村（社区）",
        "个",
        "到过的村（社区）中行政区划里有的，同一村只算一个；只写了名称、对不上的不算",
        IN_VILLAGE,
        how="villages",
    ),
    rate(
        "villages_covered_rate",
        "村（社区）覆盖率",
        "覆盖面",
        "到过的在册村（社区）÷期末村（社区）总数×100%",
        "villages_reached",
        "villages",
    ),
    anywhere(
        "townships_covered",
        "到过的乡镇",
        "个",
        "宣讲、调研、接访、现场办公的地点所在的乡镇，同一乡镇只算一个",
        how="townships",
    ),
    rate(
        "townships_covered_rate",
        "乡镇覆盖率",
        "覆盖面",
        "到过的乡镇÷期末乡镇总数×100%",
        "townships_covered",
        "townships",
    ),
    anywhere(
        "county_units_covered",
        "到过的县直单位",
        "个",
        "宣讲、调研、接访、现场办公到过的县直单位，同一单位只算一个",
        means("place_kind", "11"),
    ),
    anywhere(
        "enterprises_served",
        "走访服务的企业",
        "个",
        "宣讲、调研、接访、现场办公到过的企业，同一企业只算一个",
        means("place_kind", "04"),
    ),
)
