"""The person behind a visit, case, suggestion or dispute; stays unless the matter travels."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.fields import id_number, link, person_name, phone, text
from desktop.core.record import Record, record_type


@record_type("petitioner", "来访人", headline=("name",))
@dataclass(frozen=True, kw_only=True)
class Petitioner(Record):
    """A citizen: as little as the work needs (个人信息保护法 art. 6), no field of what travels."""

    of: str = link("所属事项", "visit", "case", "suggestion", "dispute", "problem", indexed=True)
    name: str = person_name("姓名", searchable=True)
    phone: str = phone("联系电话")
    identity: str = id_number("身份证号")
    address: str = text("住址", help="到村即可")
