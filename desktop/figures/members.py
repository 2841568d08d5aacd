"""Further figures of party members in residential areas (双报到), areas and role models."""

from __future__ import annotations

from desktop.figures.declaring import dated, equals, means, rate, stock
from desktop.figures.figure import Figure, distinct, total
from desktop.ledger.query import Condition

_GROUP = "双报到"

FIGURES: tuple[Figure, ...] = (
    rate(
        "members_volunteering_rate",
        "报到党员参加服务率",
        _GROUP,
        "开展志愿服务、建言献策党员÷到小区报到党员×100%",
        "members_volunteering",
        "members_checked_in",
    ),
    dated(
        "volunteer_services",
        "志愿服务",
        "次",
        _GROUP,
        "服务日期在本期的志愿服务",
        "volunteer_service",
        "date",
    ),
    dated(
        "volunteer_hours",
        "志愿服务时长",
        "小时",
        _GROUP,
        "志愿服务的时长之和",
        "volunteer_service",
        "date",
        Condition("hours", "filled"),
        count=total("hours"),
    ),
    dated(
        "volunteer_services_by_kind",
        "志愿服务（按类型）",
        "次",
        _GROUP,
        "志愿服务按类型分",
        "volunteer_service",
        "date",
        by="kind",
    ),
    dated(
        "members_served",
        "参加志愿服务的党员",
        "名",
        _GROUP,
        "本期有志愿服务记录的党员，同一单位同一人只算一名",
        "volunteer_service",
        "date",
        count=distinct("check_in.person,check_in.unit"),
    ),
    stock(
        "areas",
        "小区",
        "个",
        "名册中的小区",
        "residential_area",
        own="township",
    ),
    stock(
        "service_stations",
        "建有党群服务站的小区",
        "个",
        "期末已建党群服务站的小区",
        "residential_area",
        equals("station", True),
        Condition("station_on", "begun"),
        own="township",
    ),
    dated(
        "role_models_by_kind",
        "身边榜样（按类别）",
        "个",
        _GROUP,
        "选树日期在本期的身边榜样，按类别分",
        "role_model",
        "date",
        by="kind",
        own="township",
    ),
    stock(
        "communities",
        "社区",
        "个",
        "期末有效的社区个数",
        "place",
        means("settlement", "1"),
        own="within",
        base=(means("level", "3"),),
    ),
)
