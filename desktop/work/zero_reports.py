"""Zero reports beside what is recorded: a declared zero, and rows that speak against it."""

from __future__ import annotations

import dataclasses
import datetime as dt

from desktop.ledger.ledger import Ledger
from desktop.ledger.query import Query
from desktop.records.codes import official
from desktop.records.zero_report import ZeroReport

SUBJECTS = {
    "01": "activity",
    "02": "lecture",
    "03": "fieldwork",
    "04": "visit",
    "05": "onsite",
    "06": "dispute",
    "07": "suggestion",
    "08": "check_in",
}
"""Official code of what is reported -> the record type that would have rows of it."""


def rows_against(
    ledger: Ledger, kind: str, first: dt.date | None, last: dt.date | None, office: str
) -> int:
    """How many records of an office a zero report overlooks; 0 if it is right, or says too little.

    A label that isn't official is the office's own: nothing tells what it counts.
    """
    item = official()["report_subject"].item(kind)
    if item is None or item.code not in SUBJECTS or first is None or last is None or last < first:
        return 0
    of = ledger.types[SUBJECTS[item.code]]
    return ledger.count(Query(of).of_office(office).dated(of.dated_by, first, last))


def contradiction(kind: str, count: int) -> str:
    """The sentence that marks a zero report which rows speak against; '' if none do."""
    return f"这段时间有{count}条{kind}记录，和零报告不一致，请核对" if count else ""


def marked(ledger: Ledger, record: ZeroReport) -> ZeroReport:
    """The report with the mark that it deserves now: it is kept either way, and never refused."""
    office = record.office or ledger.office.code
    count = rows_against(ledger, record.kind, record.first, record.last, office)
    marks = {k: v for k, v in record.marks.items() if k != "kind" or "零报告不一致" not in v}
    if sentence := contradiction(record.kind, count):
        marks["kind"] = sentence
    return dataclasses.replace(record, marks=marks) if marks != dict(record.marks) else record
