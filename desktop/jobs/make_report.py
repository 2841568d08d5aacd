"""Make a report: figures and words into a template, laid out as official paper.

Beside the report stands the 数据核对单: each figure with unit, rule and rows; it is internal and
never part of the document.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__, figures
from desktop.core.errors import WrongUsage
from desktop.core.offices import COUNTY, Office, level_of
from desktop.core.periods import day_words, period_words
from desktop.core.progress import Progress, Silent
from desktop.figures.compute import UNSAID
from desktop.figures.lists import example_lines, mechanism_names, top_places
from desktop.figures.series import change, previous, year_before, year_so_far
from desktop.ledger import history
from desktop.ledger.ledger import Ledger
from desktop.paths import resource
from desktop.work.registers import offices

if TYPE_CHECKING:
    from desktop.figures import Result
    from desktop.reports.checksheet import CheckRow, LedgerFacts
    from desktop.reports.document import Document
    from desktop.reports.template import Value

TEMPLATES = {"summary": "工作总结"}
CHECKSHEET = "数据核对单"


@dataclass(frozen=True)
class Made:
    """What was made: the document's file, the check sheet's file, and how many pages it has."""

    path: Path
    checksheet: Path
    pages: int


def make_report(
    ledger: Ledger,
    template: str,
    first: dt.date,
    last: dt.date,
    office: str,
    out: Path,
    progress: Progress | None = None,
) -> Made:
    """Print a report of an office ('' = all that the ledger holds) and its check sheet beside it.

    Raises:
        WrongUsage: unknown template, or a file name that is no PDF's.
        PaperProblem: a slot is open or a character can't be printed.
    """
    from desktop.reports.checksheet import checksheet
    from desktop.reports.pdf import write_pdf

    progress = progress or Silent()
    if out.suffix.lower() != ".pdf":
        raise WrongUsage(f"只能做成PDF：请把文件名 {out.name} 改成以 .pdf 结尾。")
    document, rows = compose(ledger, template, first, last, office)
    facts = _facts(ledger)
    result = write_pdf(document, out, progress)
    beside = out.with_name(f"{out.stem}-{CHECKSHEET}.pdf")
    whose = _whose(ledger, office)
    sheet = checksheet(document.title, period_words(first, last), whose.name, rows, facts)
    write_pdf(sheet, beside, progress)
    return Made(out, beside, result.pages)


def compose(
    ledger: Ledger, template: str, first: dt.date, last: dt.date, office: str
) -> tuple[Document, list[CheckRow]]:
    """The document of a report, and the rows of its check sheet."""
    from desktop.reports.checksheet import CheckRow
    from desktop.reports.template import check, fill, used_figures

    text = template_text(ledger, template, office)
    whose = _whose(ledger, office)
    scope = "" if whose.level == COUNTY else whose.code
    results = figures.compute(ledger, first, last, scope)
    words = _words(ledger, whose, scope, first, last)
    check(text, {f.id: f.unit for f in figures.FIGURES}, words)
    values: dict[str, Value] = {i: _printable(r) for i, r in results.items()}
    values |= _compared(ledger, text, results, first, last, scope)
    document = fill(text, values, words)
    made = ledger.now().date()
    document = replace(document, subtitle=(whose.name, f"（{day_words(made)}）"), author=whose.name)
    rows: list[CheckRow] = [
        CheckRow(i, r.figure.name, r.text(), r.figure.unit, r.figure.rule, r.rows)
        for i in used_figures(text)
        if (r := results.get(i))
    ]
    return document, rows


def _printable(result: Result) -> Value:
    """A figure as a report may say it: what nobody classed is no class."""
    if isinstance(result.value, dict):
        return {k: v for k, v in result.value.items() if k != UNSAID}
    return result.value


def _compared(
    ledger: Ledger,
    text: str,
    results: dict[str, Result],
    first: dt.date,
    last: dt.date,
    scope: str,
) -> dict[str, Value]:
    """The values of slots that ask for another period, or for the difference from one."""
    from desktop.reports import template

    periods = {
        template.BEFORE: previous(first, last),
        template.YEAR_BEFORE: year_before(first, last),
        template.YEAR_SO_FAR: year_so_far(last),
    }
    base = {
        template.AGAINST_BEFORE: template.BEFORE,
        template.AGAINST_YEAR_BEFORE: template.YEAR_BEFORE,
    }
    asked = [s for s in template.slots(text) if s.of and s.name in results]
    found: dict[str, Value] = {}
    for called, period in periods.items():
        names = {s.name for s in asked if base.get(s.of, s.of) == called}
        if not names:
            continue
        others = figures.compute(ledger, *period, scope, only=sorted(names))
        for slot in asked:
            if slot.of == called:
                found[slot.key] = _printable(others[slot.name])
            elif base.get(slot.of) == called:
                now, other = results[slot.name], others[slot.name]
                share = now.figure.rate is not None
                found[slot.key] = change(now.value, other.value, called, share=share)
    return found


def template_text(ledger: Ledger, template: str, office: str) -> str:
    """The text of a template; `summary` is the county's or a township's, by whose it is."""
    if template not in TEMPLATES:
        known = "、".join(f"{k}（{v}）" for k, v in TEMPLATES.items())
        raise WrongUsage(f"没有叫「{template}」的模板。可以用：{known}。")
    level = _whose(ledger, office).level
    return resource(f"templates/{template}_{level}.txt").read_text("utf-8")


def _whose(ledger: Ledger, office: str) -> Office:
    if not office:
        return ledger.office
    return Office(office, offices(ledger).get(office, office), level_of(office))


def _words(
    ledger: Ledger, whose: Office, scope: str, first: dt.date, last: dt.date
) -> dict[str, str]:
    return {
        "office": whose.name,
        "self": f"我{whose.word}",
        "level_word": whose.word,
        "period": period_words(first, last),
        "last_day": day_words(last),
        "top_places": top_places(ledger, first, last, scope),
        "mechanism_names": mechanism_names(ledger, first, last, scope),
        "examples": example_lines(ledger, first, last, scope),
        "shortcomings": ledger.meta("report_shortcomings"),
        "next_steps": ledger.meta("report_next_steps"),
    }


def _facts(ledger: Ledger) -> LedgerFacts:
    from desktop.reports.checksheet import LedgerFacts

    at = ledger.now().strftime("%Y-%m-%d %H:%M")
    return LedgerFacts(history.head(ledger.db), at, __version__)
