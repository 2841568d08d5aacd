"""A photo or scan (照片、扫描件) that belongs to a record; its bytes lie in files.db."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.core.fields import clock, day, integer, link, text
from desktop.core.record import Record, record_type

ILLUSTRATED = ("activity", "problem", "case", "dispute", "suggestion", "topic", "typical_case")


@record_type("attachment", "附件", headline=("name",))
@dataclass(frozen=True, kw_only=True)
class Attachment(Record):
    """Stored once by SHA-256 (64 hex digits); never compulsory, no place kept, no names said."""

    of: str = link("所属记录", *ILLUSTRATED, required=True, indexed=True)
    sha256: str = text("校验和", required=True, indexed=True, file=True)
    name: str = text("文件名", in_list=True)
    caption: str = text("说明", in_list=True, searchable=True, help="不写群众姓名")
    media: str = text("类型", in_list=True)
    size: int | None = integer("大小", unit="字节")
    width: int | None = integer("宽", unit="像素")
    height: int | None = integer("高", unit="像素")
    taken: dt.date | None = day("拍摄日期", in_list=True)
    taken_at: dt.time | None = clock("拍摄时间", in_list=True)
    original: str = text("原图校验和", more=True, file=True)
