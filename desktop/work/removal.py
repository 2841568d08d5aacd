"""What goes with a record that is made void (作废), and what still points to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.fields import Link, Named, NamedList
from desktop.core.record import RecordType
from desktop.ledger.ledger import Ledger

REASONS = ("重复录入", "录错了", "不属于本单位", "合并到另一条")
"""Why records are made void most often; a person may write any other reason."""


@dataclass(frozen=True)
class Consequences:
    """How many parts go too, and how many records name it: (label of the type, how many)."""

    parts: tuple[tuple[str, int], ...] = ()
    links: tuple[tuple[str, int], ...] = ()

    @property
    def words(self) -> str:
        """Both in one sentence; '' if there are none."""
        said = []
        if self.parts:
            listed = "、".join(f"{label} {n} 条" for label, n in self.parts)
            said.append(f"一起作废：{listed}。")
        if self.links:
            listed = "、".join(f"{label} {n} 条" for label, n in self.links)
            said.append(f"还有记录写着它，照旧保留：{listed}。")
        return "".join(said)


def consequences(ledger: Ledger, of: RecordType, ids: Sequence[str]) -> Consequences:
    """What making these records void takes along, and what it leaves pointing to them."""
    parts: dict[str, int] = {}
    families = [(of, list(ids))]
    going = set(ids)
    for whole, some in families:  # grows while it is gone through
        for part in ledger.types.values():
            above = part.parent
            if above is None or not isinstance(above.kind, Link):
                continue
            if above.kind.targets != (whole.name,):
                continue
            found = _pointing(ledger, part, above.name, some)
            if found:
                parts[part.label] = parts.get(part.label, 0) + len(found)
                going.update(found)
                families.append((part, found))
    links: dict[str, int] = {}
    for other in ledger.types.values():
        naming: set[str] = set()
        for field in other.fields:
            kind = field.kind
            if not isinstance(kind, Link | Named | NamedList) or of.name not in kind.targets:
                continue
            if isinstance(kind, Link) and kind.parent:
                continue
            several = isinstance(kind, NamedList)
            naming.update(_pointing(ledger, other, field.name, ids, several=several))
        if naming - going:
            links[other.label] = len(naming - going)
    return Consequences(tuple(parts.items()), tuple(links.items()))


def _pointing(
    ledger: Ledger, of: RecordType, name: str, ids: Sequence[str], *, several: bool = False
) -> list[str]:
    each = f", json_each(NULLIF(t.\"{name}\", '')) v" if several else ""
    column = "v.value" if several else f't."{name}"'
    rows = ledger.rows(
        f'SELECT DISTINCT t.id FROM "{of.name}" t{each}'
        f" WHERE t.removed = '' AND {column} IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return [row[0] for row in rows]
