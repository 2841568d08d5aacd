"""A party member who reported to an area, with the services that he did there."""

from __future__ import annotations

import dataclasses

from desktop.core.record import Record
from desktop.gui.forms.part_rows import Part
from desktop.gui.forms.whole_form import WholeForm
from desktop.records import CheckIn, VolunteerService

SERVICES = Part(
    VolunteerService,
    "志愿服务",
    "＋记一次服务",
    line=(("date", 0), ("kind", 3), ("hours", 0), ("what", 5)),
)


class CheckInForm(WholeForm):
    """A check-in; who has a service on record has served, whatever else was said."""

    cls = CheckIn
    part = SERVICES
    order_by = "date"

    def completed(self, record: Record, parts: list[Record]) -> Record:
        """A service says that he serves."""
        assert isinstance(record, CheckIn)
        if parts and record.volunteering is None:
            return dataclasses.replace(record, volunteering=True)
        return record
