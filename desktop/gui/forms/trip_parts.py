"""What may be done on a trip, and how each kind of part is written on its sheet."""

from __future__ import annotations

from desktop.gui.forms.part_rows import Part
from desktop.records import (
    Fieldwork,
    Lecture,
    Onsite,
    Problem,
    Reception,
    Suggestion,
    Visit,
)

LECTURE = Part(
    Lecture,
    "宣讲",
    "＋再加一场",
    line=(("place", 2), ("theme", 4), ("form", 3), ("heads", 0)),
    wanted=frozenset({"form", "heads"}),
    more=(
        "sessions",
        "place_kind",
        "speaker",
        "speaker_kind",
        "team",
        "audience",
        "party_heads",
        "online_views",
        "materials",
        "answers",
        "screening",
        "party_class",
        "note",
    ),
)
FIELDWORK = Part(
    Fieldwork,
    "调研",
    "＋再加一处",
    line=(("place", 2), ("topic", 4), ("methods", 4), ("interviewees", 0)),
    more=("place_kind", "meetings", "findings"),
)
VISIT = Part(
    Visit,
    "接访",
    "＋来访",
    line=(
        ("place", 2),
        ("petitioner.name", 2),
        ("people", 0),
        ("matter", 6),
        ("outcome", 3),
    ),
    wanted=frozenset({"petitioner.name", "outcome"}),
    needed=("case.unit", "case.due"),
    needed_title="→ 信访事项",
    more=(
        "petitioner.phone",
        "petitioner.address",
        "petitioner.identity",
        "category",
        "purpose",
        "collective",
        "representatives",
        "backlog",
        "due",
        "closed",
        "follow_up",
        "satisfaction",
    ),
    session=("kind", "place_kind", "announced", "companions", "note"),
    session_of=Reception,
)
PROBLEM = Part(
    Problem,
    "现场办公",
    "＋问题",
    line=(("place", 2), ("title", 6), ("decision", 3)),
    wanted=frozenset({"decision"}),
    needed=("unit", "due"),
    more=(
        "field",
        "measure",
        "co_units",
        "person",
        "status",
        "closed",
        "satisfaction",
        "detail",
    ),
    session=("place_kind", "note"),
    session_of=Onsite,
)
SUGGESTION = Part(
    Suggestion,
    "意见建议",
    "＋建议",
    line=(("place", 2), ("content", 6), ("channel", 3)),
    more=(
        "kind",
        "unit",
        "due",
        "adoption",
        "reason",
        "replied",
        "anonymous",
        "proposer_kind",
        "co_units",
        "reply_form",
        "rating",
    ),
)
PARTS = (LECTURE, FIELDWORK, VISIT, PROBLEM, SUGGESTION)
