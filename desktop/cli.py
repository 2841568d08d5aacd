"""Every job from the command line (click): a contract that other programs rely on.

`SIXIA_PASSWORD` (or a prompt) opens a ledger, as `SIXIA_USER`. With `--json` one JSON document goes
to stdout, always UTF-8; messages go to stderr. Exit codes: 0 done; 1 done, but findings are listed;
2 wrong usage; 3 the ledger or file can't be used; 4 wrong password.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop import __version__
from desktop.core.errors import UserError, WrongUsage

if TYPE_CHECKING:
    from desktop.core.findings import Finding
    from desktop.jobs.import_report import ImportReport
    from desktop.ledger.ledger import Ledger

FOUND = 1


class Group(click.Group):
    """The command group; a first word that is no command is the ledger to open in the window."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A folder's path in the place of a command means: open its window."""
        if args and args[0] not in self.commands and Path(args[0]).is_dir():
            return "window", self.commands["window"], args
        return super().resolve_command(ctx, args)


def _types(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from desktop.records import RECORD_TYPES

        for name, of in RECORD_TYPES.items():
            click.echo(f"{name}\t{of.label}")
        ctx.exit()


def _self_test(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("LC_ALL", "C.UTF-8")  # Qt warns under the empty environment's C
        from desktop.app import self_test_window
        from desktop.jobs.self_test import self_test

        self_test(click.echo)
        self_test_window()
        click.echo("自检通过")
        ctx.exit()


@click.group(cls=Group, invoke_without_command=True)
@click.version_option(__version__, prog_name="sixia")
@click.option(
    "--types", is_flag=True, is_eager=True, expose_value=False, callback=_types, help="列出记录类型"
)
@click.option(
    "--self-test",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_self_test,
    help="在临时文件夹里自检一遍",
)
@click.pass_context
def sixia(ctx: click.Context) -> None:
    """四下基层工作台账。不带命令时打开窗口。"""  # noqa: D415
    if ctx.invoked_subcommand is None:
        ctx.invoke(window)


@sixia.command(hidden=True)
@click.argument("ledger", required=False, type=click.Path(path_type=Path))
def window(ledger: Path | None = None) -> None:
    """打开窗口。"""  # noqa: D415
    from desktop.app import run as run_window

    sys.exit(run_window(str(ledger) if ledger else None))


@sixia.command()
@click.argument("out", default="demo-output", type=click.Path(path_type=Path))
def demo(out: Path) -> None:
    """演示：把样例年度从头到尾做一遍。"""  # noqa: D415
    from desktop.jobs.demo import PASSWORD
    from desktop.jobs.demo import demo as run_demo

    made = run_demo(out, Bar(), click.echo)
    click.echo("\n全县2023年的数字：")
    for result in made.figures.values():
        click.echo(f"  {result.figure.name}：{result.text()} {result.figure.unit}")
    click.echo("\n文件：")
    for report in made.reports:
        click.echo(f"  {report.path}\n  {report.checksheet}")
    click.echo(f"  台账：{made.ledger}（练习密码 {PASSWORD}）")
    click.echo(f"\n打开窗口：make run，或 sixia {made.ledger}")


@sixia.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option("--office", required=True, help="单位名称，如 柳河镇")
@click.option("--code", required=True, help="区划代码，6、9或12位")
@click.option("--parent", default="", help="上级单位的区划代码")
@click.option(
    "--level",
    default="",
    type=click.Choice(["", "township", "county"]),
    help="township 乡镇，county 县；不写则由代码看出",
)
def init(ledger: Path, office: str, code: str, parent: str, level: str) -> None:
    """建立新台账；恢复密钥只显示这一次。"""  # noqa: D415
    from desktop.jobs.init_ledger import init_ledger

    password = os.environ.get("SIXIA_PASSWORD") or _new_password()
    user = os.environ.get("SIXIA_USER") or "经办人"
    made, recovery = init_ledger(ledger, office, code, level, parent, user, password)
    made.close()
    click.echo(f"已建立 {office} 的台账：{ledger}")
    click.echo("恢复密钥（只显示这一次，请抄在恢复单上收好；忘记密码时用它打开台账）：")
    click.echo(recovery)


@sixia.command("import")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "kind", default="", help="台账种类（表头认不出时）")
@click.option("--office", default="", help="填报单位（标题、文件名认不出时）")
@click.option(
    "--year", type=click.IntRange(1949, 2200), help="没写年份的日期和没有日期的行属于哪一年"
)
@click.option("--dry-run", is_flag=True, help="只看，不写入")
@click.option("--update", is_flag=True, help="写入对以前导入内容的更正")
@click.option(
    "--errors", type=click.Path(path_type=Path, dir_okay=False), help="把没有导入的行写到这个 xlsx"
)
@click.option("--json", "as_json", is_flag=True)
def import_(
    ledger: Path,
    files: tuple[Path, ...],
    kind: str,
    office: str,
    year: int | None,
    dry_run: bool,
    update: bool,
    errors: Path | None,
    as_json: bool,
) -> None:
    """导入台账文件或文件夹（xlsx、xls、ods、csv）。"""  # noqa: D415
    from desktop.jobs.import_ledgers import import_ledgers

    with _open(ledger) as book:
        report = import_ledgers(
            book,
            files,
            kind=kind,
            office=office,
            year=year,
            dry_run=dry_run,
            update=update,
            errors=errors,
            progress=Bar(),
        )
    if as_json:
        _print_json(report.as_dict())
    else:
        _say_import(report, errors)
    sys.exit(FOUND if report.findings else 0)


def _say_import(report: ImportReport, errors: Path | None) -> None:
    for file in report.files:
        for table in file.tables:
            parts = [f"新增 {table.added}", f"已有 {table.known}"]
            parts += [f"恢复 {table.restored}"] * bool(table.restored)
            parts += [f"更正 {len(table.corrections)}"] * bool(table.corrections)
            parts += [f"不见 {len(table.vanished)}"] * bool(table.vanished)
            click.echo(
                f"{file.file}：{table.label}，{table.office_name}，{table.year}年，"
                f"{table.rows} 行：{'，'.join(parts)}"
            )
        for note in dict.fromkeys((*file.skipped, *file.notes)):
            click.echo(f"  {note}")
    _say_findings(report.findings)
    left = f"，{report.bad_count} 行没有导入" if report.bad_count else ""
    where = f"（见 {errors}）" if errors and report.bad_count else ""
    dry = "（试运行，没有写入）" if report.dry_run else ""
    if report.matched:
        click.echo(f"对上名称：{report.matched} 条以前的记录对上了名册、区划里的名称")
    click.echo(f"合计：新增 {report.added} 行，已有 {report.known} 行{left}{where}{dry}")


DAY = click.DateTime(["%Y-%m-%d"])


def _period(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, words in (("--to", "到哪天（含）"), ("--from", "从哪天")):
        command = click.option(
            name, "last" if name == "--to" else "first", type=DAY, required=True, help=words
        )(command)
    return command


@sixia.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@_period
@click.option("--office", default="", help="只算这个单位自己的记录")
@click.option("--json", "as_json", is_flag=True)
def figures(
    ledger: Path, first: dt.datetime, last: dt.datetime, office: str, as_json: bool
) -> None:
    """一段时间的全部数字。"""  # noqa: D415
    from desktop.figures import compute

    with _open(ledger, readonly=True) as book:
        results = compute(book, first.date(), last.date(), _office_code(book, office))
    if as_json:
        shown = {
            i: {"name": r.figure.name, "value": r.value, "unit": r.figure.unit, "rows": r.rows}
            for i, r in results.items()
        }
        _print_json({"figures": shown})
        return
    for i, r in results.items():
        click.echo(f"{r.figure.group}\t{r.figure.name}\t{r.text()}\t{r.figure.unit}\t{i}")


@sixia.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("figure")
@_period
@click.option("--office", default="", help="只算这个单位自己的记录")
@click.option("--json", "as_json", is_flag=True)
def rows(
    ledger: Path, figure: str, first: dt.datetime, last: dt.datetime, office: str, as_json: bool
) -> None:
    """一个数字背后的记录。"""  # noqa: D415
    from desktop.figures import figure_of
    from desktop.figures import rows as rows_behind
    from desktop.jobs.show_records import record_rows

    figure_of(figure)  # a wrong id is said before the password is asked for
    with _open(ledger, readonly=True) as book:
        code = _office_code(book, office)
        found = rows_behind(book, figure, first.date(), last.date(), code)
        shown = {
            row["id"]: row
            for of in dict.fromkeys(of for of, _ in found)
            for row in record_rows(book, book.types[of], [i for t, i in found if t == of])
        }
        _print_rows([shown[i] for _, i in found if i in shown], as_json)


@sixia.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("text")
@click.option("--type", "of", default="", help="只找这种记录")
@click.option("--limit", default=50, type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True)
def search(ledger: Path, text: str, of: str, limit: int, as_json: bool) -> None:
    """查找：任意几个字，或拼音首字母。"""  # noqa: D415
    from desktop.jobs.show_records import record_rows, type_named

    with _open(ledger, readonly=True) as book:
        types = [type_named(book, of).name] if of else []
        hits = book.search(text, types, limit)
        by_id = {
            row["id"]: row
            for name in dict.fromkeys(h.type for h in hits)
            for row in record_rows(book, book.types[name], [h.id for h in hits if h.type == name])
        }
        _print_rows([by_id[h.id] for h in hits if h.id in by_id], as_json)


@sixia.command("list")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("of", metavar="TYPE")
@click.option("--from", "first", type=DAY, help="从哪天")
@click.option("--to", "last", type=DAY, help="到哪天（含）")
@click.option("--where", multiple=True, metavar="FIELD=VALUE", help="条件，可多次")
@click.option("--json", "as_json", is_flag=True)
@click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="写成Excel")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="印成PDF")
def list_(
    ledger: Path,
    of: str,
    first: dt.datetime | None,
    last: dt.datetime | None,
    where: tuple[str, ...],
    as_json: bool,
    xlsx: Path | None,
    pdf: Path | None,
) -> None:
    """列出一种记录。"""  # noqa: D415
    from desktop.jobs import show_records

    with _open(ledger, readonly=True) as book:
        kind = show_records.type_named(book, of)
        period = None
        if first or last:
            start = first.date() if first else dt.date(1900, 1, 1)
            period = (start, last.date() if last else dt.date(2999, 12, 31))
        query = show_records.list_query(book, kind, where, period)
        if xlsx:
            count = show_records.write_xlsx(book, query, xlsx, Bar())
            click.echo(f"已写出 {count} 条：{xlsx}", err=as_json)
        if pdf:
            pages = show_records.write_pdf(book, query, pdf, Bar())
            click.echo(f"已印成 {pages} 页：{pdf}", err=as_json)
        if as_json or not (xlsx or pdf):
            _print_rows(show_records.record_rows(book, kind, book.ids(query)), as_json)


@sixia.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("template")
@_period
@click.option("--office", default="", help="哪个单位的")
@click.option("-o", "out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def report(
    ledger: Path, template: str, first: dt.datetime, last: dt.datetime, office: str, out: Path
) -> None:
    """做报告（summary 工作总结），旁边另附数据核对单。"""  # noqa: D415
    from desktop.jobs.make_report import make_report

    with _open(ledger, readonly=True) as book:
        code = _office_code(book, office)
        made = make_report(book, template, first.date(), last.date(), code, out, Bar())
    click.echo(f"{made.path}（{made.pages}页）\n{made.checksheet}")


@sixia.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def check(ledger: Path, as_json: bool) -> None:
    """检查台账是否完好。"""  # noqa: D415
    from desktop.ledger.health import check as check_ledger

    with _open(ledger, readonly=True) as book:
        findings = check_ledger(book, Bar())
    if as_json:
        _print_json({"findings": [f.as_dict() for f in findings]})
    else:
        _say_findings(findings)
        if not findings:
            click.echo("台账完好。")
    sys.exit(FOUND if findings else 0)


# ---- around the commands ----------------------------------------------------------------------


class Bar:
    """Progress on stderr, when it is a terminal."""

    def step(self, done: int, total: int, words: str = "") -> None:
        """Draw one line over the former one."""
        if sys.stderr.isatty():
            of = f"/{total}" if total else ""
            end = "\n" if total and done >= total else ""
            click.echo(f"\r\x1b[K{words} {done}{of}{end}", nl=False, err=True)


def _new_password() -> str:
    return str(click.prompt("新密码", hide_input=True, confirmation_prompt="再输一遍", err=True))


def _open(folder: Path, *, readonly: bool = False) -> Ledger:
    from desktop.ledger.ledger import DB, Ledger

    if not (folder / DB).is_file():  # say so before asking for a password
        return Ledger.open(folder, "")
    password = os.environ.get("SIXIA_PASSWORD")
    if password is None:
        password = str(click.prompt("密码", hide_input=True, err=True))
    return Ledger.open(folder, password, os.environ.get("SIXIA_USER") or None, readonly=readonly)


def _office_code(ledger: Ledger, name: str) -> str:
    if not name:
        return ""
    from desktop.work.registers import offices

    for code, known in offices(ledger).items():
        if name in (known, code):
            return code
    raise WrongUsage(f"台账里没有单位「{name}」。")


def _print_json(document: Any) -> None:
    sys.stdout.buffer.write(json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")
    sys.stdout.buffer.flush()


def _print_rows(found: Iterable[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        _print_json({"rows": list(found)})
        return
    for row in found:
        click.echo(f"{row['id']}\t{row['type']}\t{row['office']}\t{row['title']}")


def _say_findings(findings: list[Finding]) -> None:
    for one in findings:
        where = " ".join(
            part
            for part in (
                one.file,
                one.sheet,
                f"第{one.row}行" if one.row else "",
                f"「{one.column}」" if one.column else "",
                one.value,
            )
            if part
        )
        click.echo(f"{where}：{one.text}" if one.text != where else where, err=True)


def run(args: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8")
    try:
        sixia.main(args, prog_name="sixia", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("已取消。", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UserError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 0
    except Exception:
        logging.getLogger("desktop").exception("bug")
        raise
    return 0
