"""Is a ledger whole? File, pages, links, index and history are checked; nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.errors import LedgerProblem
from desktop.core.fields import Link, Named, NamedList, is_id
from desktop.core.findings import Finding
from desktop.core.progress import Progress, Silent
from desktop.core.record import RecordType
from desktop.ledger import files, history, vault_file
from desktop.ledger.connection import sorted_errors
from desktop.ledger.ledger import DB, FILES, Ledger


def check(ledger: Ledger, progress: Progress | None = None) -> list[Finding]:
    """Everything about the ledger that a person should look at; empty if it is whole."""
    progress = progress or Silent()
    steps = (
        ("检查文件", _file),
        ("检查密码库", _vault),
        ("检查记录之间的关系", _relations),
        ("检查检索", _index),
        ("检查历史记录", _history),
        ("检查照片和扫描件", lambda book: _files(book, progress)),
    )
    found: list[Finding] = []
    for done, (words, step) in enumerate(steps):
        progress.step(done, len(steps), words)
        try:
            with sorted_errors(ledger.folder / DB):
                texts = step(ledger)
        except LedgerProblem as error:  # damaged so that it can't even be read
            texts = [] if any(f.text == str(error) for f in found) else [str(error)]
        found += [Finding(file=ledger.folder.name, text=text) for text in texts]
    progress.step(len(steps), len(steps), "检查完成")
    return found


def _file(ledger: Ledger) -> list[str]:
    pages = [r[0] for r in ledger.rows("PRAGMA cipher_integrity_check")]
    if pages:  # nothing further can be read off such a file
        return [f"台账文件有损坏（{len(pages)}处，{pages[0]}）。请停止使用，用备份恢复。"]
    quick = [r[0] for r in ledger.rows("PRAGMA quick_check") if r[0] != "ok"]
    wrong = [f"台账文件有损坏：{line}。请停止使用，用备份恢复。" for line in quick]
    broken = ledger.rows("PRAGMA foreign_key_check")
    labels = {of.name: of.label for of in ledger.types.values()}
    return wrong + [f"「{labels.get(row[0], row[0])}」里有一条记录的上级不见了" for row in broken]


def _vault(ledger: Ledger) -> list[str]:
    return [
        f"密码库文件 {name} 读不出来；台账还能打开，修改一次密码会把它修好。"
        for name in vault_file.unreadable(ledger.folder)
    ]


def _relations(ledger: Ledger) -> list[str]:
    """Links whose target isn't in this ledger: a finding, not an error."""
    wrong: list[str] = []
    for of in ledger.types.values():
        for field in of.fields:
            if not isinstance(field.kind, Link | Named | NamedList):
                continue
            source, column = f'"{of.name}" t', f't."{field.name}"'
            if isinstance(field.kind, NamedList):
                source += f", json_each(NULLIF({column}, '')) v"
                column = "v.value"
            rows = ledger.rows(
                f"SELECT t.id, {column} FROM {source} LEFT JOIN entry e ON e.id = {column}"
                f" WHERE {column} <> '' AND e.id IS NULL"
            )
            titles = ledger.titles.of(r[0] for r in rows if is_id(r[1]))
            wrong += [
                f"{of.label}「{titles.get(one, one)}」的{field.label}指向的记录不在本台账里"
                for one, value in rows
                if is_id(value)
            ]
    return wrong


def _index(ledger: Ledger) -> list[str]:
    wrong: list[str] = []
    for of in ledger.types.values():
        lacking = ledger.rows(
            f'SELECT count(*) FROM "{of.name}" t LEFT JOIN entry e ON e.id = t.id'
            " WHERE e.id IS NULL"
        )[0][0]
        if lacking:
            wrong.append(f"有{lacking}条{of.label}不在检索里，查找时会找不到")
        left = ledger.rows(
            f'SELECT count(*) FROM entry e LEFT JOIN "{of.name}" t ON t.id = e.id'
            " WHERE e.type = ? AND t.id IS NULL",
            [of.name],
        )[0][0]
        if left:
            wrong.append(f"检索里有{left}条{of.label}已经不在台账里")
        # What counts has a document in the index, what is void has none.
        unlike = ledger.rows(
            f'SELECT count(*) FROM "{of.name}" t JOIN entry e ON e.id = t.id'
            " LEFT JOIN search_docsize d ON d.id = e.n"
            " WHERE (t.removed = '') <> (d.id IS NOT NULL)"
        )[0][0]
        if unlike:
            wrong.append(f"{of.label}的检索不完整，有{unlike}条对不上")
    return wrong


def _files(ledger: Ledger, progress: Progress) -> list[str]:
    """Photos and scans: bytes as they were, those that records name are here, none left over."""
    kept = ledger.files()
    if pages := kept.damage():
        return [
            f"照片文件 {FILES} 有损坏（{len(pages)}处，{pages[0]}）。请用备份恢复；记录不受影响。"
        ]
    here = kept.all()
    wrong = [
        f"照片（扫描件）{here[sha256]} 的内容和存入时不一样了。请用备份恢复。"
        for sha256 in kept.verify(progress)
    ]
    named = files.named(ledger)
    absent = [where for sha256, where in named.items() if sha256 not in here]
    titles = ledger.titles.of(one for where in absent for _, one in where)
    labels = {of.name: of.label for of in ledger.types.values()}
    wrong += [
        f"{labels[name]}「{titles.get(one, one)}」的文件不在本台账里"
        for where in absent
        for name, one in where
    ]
    return wrong + [
        f"照片（扫描件）{name} 没有记录用到它，可以在“设置”里清理"
        for name in files.orphans(ledger).values()
    ]


def _history(ledger: Ledger) -> list[str]:
    return history.verify(ledger.db, column_names(ledger.types))


def column_names(types: Mapping[str, RecordType]) -> dict[str, tuple[str, ...]]:
    """The stored fields of each type, as the history hashes them."""
    return {t.name: tuple(f.name for f in t.columns) for t in types.values()}
