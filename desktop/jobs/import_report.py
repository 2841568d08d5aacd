"""What an import did: by file, by ledger in it; every finding, bad row and correction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from desktop.core.findings import Finding
from desktop.sheets.tables import SheetTable


@dataclass
class TableReport:
    """What became of one ledger of a file."""

    label: str
    kind: str
    office: str
    year: int
    office_name: str = ""
    rows: int = 0
    added: int = 0
    known: int = 0
    restored: int = 0
    corrections: list[dict[str, Any]] = field(default_factory=list)
    vanished: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class FileReport:
    """What became of one file; `refused` is the sentence if nothing of it was taken."""

    file: str
    refused: str = ""
    tables: list[TableReport] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    bad: list[tuple[SheetTable, dict[int, str]]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def refuse(self, sentence: str) -> None:
        """Nothing of the file was taken."""
        self.refused = sentence
        self.tables.clear()
        self.bad.clear()
        self.findings = [Finding(file=self.file, text=sentence)]


@dataclass
class ImportReport:
    """What an import command did; the operations of `batch` are one undo step."""

    files: list[FileReport]
    dry_run: bool = False
    batch: str = ""
    matched: int = 0  # records whose names a register that came now could tell

    @property
    def tables(self) -> list[TableReport]:
        """All ledgers of all files."""
        return [t for f in self.files for t in f.tables]

    @property
    def added(self) -> int:
        """Rows that went in."""
        return sum(t.added for t in self.tables)

    @property
    def known(self) -> int:
        """Rows that were there already."""
        return sum(t.known for t in self.tables)

    @property
    def bad(self) -> list[tuple[SheetTable, dict[int, str]]]:
        """The rows that could not be imported: (sheet, {row number: what is wrong})."""
        return [b for f in self.files for b in f.bad]

    @property
    def bad_count(self) -> int:
        """How many rows could not be imported."""
        return sum(len(rows) for _, rows in self.bad)

    @property
    def findings(self) -> list[Finding]:
        """All findings, corrections and vanished rows included."""
        found = [x for f in self.files for x in f.findings]
        for file in self.files:
            for table in file.tables:
                found += [_correction(file.file, c) for c in table.corrections]
                found += [_vanished(file.file, v) for v in table.vanished]
        return found

    def as_dict(self) -> dict[str, Any]:
        """The form in which the command line prints it."""
        return {
            "dry_run": self.dry_run,
            "added": self.added,
            "known": self.known,
            "bad": self.bad_count,
            "matched": self.matched,
            "files": [
                {
                    "file": f.file,
                    "refused": f.refused,
                    "notes": list(dict.fromkeys(f.notes)),
                    "skipped": f.skipped,
                    "tables": [
                        {
                            "kind": t.kind,
                            "label": t.label,
                            "office": t.office_name,
                            "year": t.year,
                            "rows": t.rows,
                            "added": t.added,
                            "known": t.known,
                            "restored": t.restored,
                            "corrections": t.corrections,
                            "vanished": t.vanished,
                        }
                        for t in f.tables
                    ],
                }
                for f in self.files
            ],
            "findings": [f.as_dict() for f in self.findings],
        }


def _correction(file: str, one: dict[str, Any]) -> Finding:
    changed = "；".join(
        f"{c['column']}：原「{c['before']}」，现「{c['after']}」" for c in one["changed"]
    )
    todo = "已按新的改了" if one["written"] else "没有改；确认后用 --update 写入"
    return Finding(
        file=file,
        sheet=one["sheet"],
        row=one["row"],
        text=f"这一行和以前导入的一行（序号{one['serial'] or '—'}）不一样：{changed}。{todo}。",
    )


def _vanished(file: str, one: dict[str, Any]) -> Finding:
    return Finding(
        file=file,
        value=one["words"],
        text=f"以前导入过的一行（序号{one['serial'] or '—'}，来自 {one['file']}）"
        "这次的台账里没有了；没有删，如确实不要，请在程序里作废。",
    )
