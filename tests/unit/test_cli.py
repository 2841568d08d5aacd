"""The command line is a contract: exit codes, one JSON document, rows, findings, UTF-8."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import figures
from desktop.ledger.ledger import Ledger
from desktop.records import RECORD_TYPES, DeclaredCount
from tests import fakes
from tests.command_line import Sixia
from tests.sample_year import EXPECTED, PASSWORD, SAMPLE, USER
from tests.unit.jobs.books import LECTURE, VISIT, book

YEAR = ("--from", "2023-01-01", "--to", "2023-12-31")
PLACE_FOLDER = "柳河镇"


# --- exit codes --------------------------------------------------------------------------------

COMMANDS: dict[str, tuple[str, ...]] = {
    "import": (str(SAMPLE / "柳河镇"),),
    "figures": YEAR,
    "rows": ("trips", *YEAR),
    "search": ("康建玥",),
    "list": ("activity",),
    "report": ("summary", *YEAR, "-o", "x.pdf"),
    "check": (),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_ledger_there_is_3(sixia: Sixia, tmp_path: Path, command: str) -> None:
    said = sixia(command, tmp_path / "没有.ledger", *COMMANDS[command])
    assert (said.code, said.out) == (3, "")
    assert "不是台账文件夹" in said.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_password_is_4(
    sixia: Sixia, township_folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("SIXIA_PASSWORD", "not this one")
    said = sixia(command, township_folder, *COMMANDS[command])
    assert (said.code, said.out) == (4, "")
    assert said.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_truncated_ledger_is_3(sixia: Sixia, township_folder: Path, command: str) -> None:
    db = township_folder / "ledger.db"
    db.write_bytes(db.read_bytes()[:20_000])
    said = sixia(command, township_folder, *COMMANDS[command])
    assert (said.code, said.out) == (3, "")
    assert said.err.rstrip().endswith("。")
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "args",
    [
        ("nonsense",),
        ("figures", "L"),
        ("figures", "L", "--from", "2023年", "--to", "2023-12-31"),
        ("figures", "L", "--from", "2023-12-31", "--to", "2023-01-01"),
        ("figures", "L", *YEAR, "--office", "火星镇"),
        ("rows", "L", "no_figure", *YEAR),
        ("rows", "L", "trips", *YEAR, "--office", "火星镇"),
        ("search", "L", "字", "--type", "nothing"),
        ("list", "L", "nothing"),
        ("list", "L", "lecture", "--where", "nonsense"),
        ("list", "L", "lecture", "--where", "nothing=1"),
        ("list", "L", "lecture", "--where", "heads=很多"),
        ("report", "L", "nothing", *YEAR, "-o", "x.pdf"),
        ("report", "L", "summary", *YEAR, "-o", "x.txt"),
        ("report", "L", "summary", *YEAR, "--office", "火星镇", "-o", "x.pdf"),
        ("import", "L"),
        ("import", "L", "F", "--as", "nothing"),
        ("import", "L", "F", "--office", "火星镇"),
        ("import", "L", "F", "--year", "95"),
        ("init", "N.ledger", "--office", "柳河镇"),
        ("init", "N.ledger", "--office", "柳河镇", "--code", "12"),
        ("init", "N.ledger", "--office", "柳河镇", "--code", "990821101", "--level", "village"),
    ],
)
def test_wrong_usage_is_2(
    sixia: Sixia,
    township_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    path = book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE])
    named = {"L": township_folder, "F": path}
    said = sixia(*(named.get(a, a) for a in args))
    assert (said.code, said.out) == (2, "")
    assert said.err.strip()
    assert "Traceback" not in said.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["宣讲.xlsx", "柳河镇.ledger"]


def test_a_short_password_makes_no_ledger(
    sixia: Sixia, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIXIA_PASSWORD", "123")
    said = sixia("init", tmp_path / "N.ledger", "--office", "柳河镇", "--code", "990821101")
    assert said.code == 2
    assert list(tmp_path.iterdir()) == []


def test_init_over_something_is_3(sixia: Sixia, tmp_path: Path) -> None:
    (tmp_path / "有").mkdir()
    (tmp_path / "有" / "报表.txt").write_text("x")
    said = sixia("init", tmp_path / "有", "--office", "柳河镇", "--code", "990821101")
    assert (said.code, said.out) == (3, "")


def test_types(sixia: Sixia) -> None:
    said = sixia("--types")
    assert said.code == 0
    assert [line.split("\t")[0] for line in said.out.splitlines()] == list(RECORD_TYPES)


# --- import ------------------------------------------------------------------------------------


def test_import_json(sixia: Sixia, township_folder: Path, tmp_path: Path) -> None:
    rows = [LECTURE, {**LECTURE, "heads": "几十人"}]
    path = book(tmp_path / "宣讲.xlsx", "lectures", rows)
    said = sixia("import", township_folder, path, "--json")
    assert said.code == 1
    assert (said.json["added"], said.json["bad"]) == (1, 1)
    bad = [f for f in said.json["findings"] if f["row"] == 3]
    assert [set(f) for f in bad] == [{"file", "sheet", "row", "column", "value", "text"}]
    assert (bad[0]["file"], bad[0]["column"], bad[0]["value"]) == (
        "宣讲.xlsx",
        "受众人次",
        "几十人",
    )
    again = sixia("import", township_folder, path)
    assert again.code == 1
    assert "已有 1 行" in again.out
    assert "几十人" in again.err


def test_import_without_findings_is_0(sixia: Sixia, county_folder: Path) -> None:
    said = sixia("import", county_folder, SAMPLE / "柳河镇", "--json")
    assert (said.code, said.err, said.json["added"], said.json["known"]) == (0, "", 0, 150)


def test_a_trial_run_says_so(sixia: Sixia, township_folder: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE, {**LECTURE, "heads": "很多"}])
    errors = tmp_path / "问题行.xlsx"
    said = sixia("import", township_folder, path, "--dry-run", "--errors", errors)
    assert said.code == 1
    assert "没有写入" in said.out
    assert errors.exists()
    listed = sixia("list", township_folder, "lecture", "--json")
    assert listed.json == {"rows": []}


def test_an_unreadable_file_alone_is_3_and_among_others_1(
    sixia: Sixia, township_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "收件"
    folder.mkdir()
    bad = folder / "别的.xlsx"
    bad.write_text("日期,领导\n", "utf-8")
    said = sixia("import", township_folder, bad, "--json")
    assert (said.code, said.out) == (3, "")
    assert "「别的.xlsx」" in said.err
    shutil.copy(SAMPLE / "柳河镇" / "柳河镇宣讲活动台账.xlsx", folder)
    said = sixia("import", township_folder, folder, "--json")
    assert (said.code, said.json["added"]) == (1, 55)
    assert said.json["findings"][0]["file"] == "别的.xlsx"


# --- figures and rows --------------------------------------------------------------------------


def test_figures_json(sixia: Sixia, county_folder: Path) -> None:
    said = sixia("figures", county_folder, *YEAR, "--json")
    assert (said.code, said.err) == (0, "")
    found = said.json["figures"]
    assert found.keys() == {f.id for f in figures.FIGURES}
    assert all(set(f) == {"name", "value", "unit", "rows"} for f in found.values())
    assert {k: found[k]["value"] for k in EXPECTED["all"]} == EXPECTED["all"]
    one = sixia("figures", county_folder, *YEAR, "--office", PLACE_FOLDER, "--json").json["figures"]
    expected = EXPECTED["townships"][PLACE_FOLDER]
    assert {k: one[k]["value"] for k in expected} == expected


def test_no_data_is_null_and_nothing_done_is_0(
    sixia: Sixia, township_folder: Path, tmp_path: Path
) -> None:
    found = sixia("figures", township_folder, *YEAR, "--json").json["figures"]
    own = {"townships", "villages"}
    assert {k for k, f in found.items() if f["value"] is not None} <= own
    sixia("import", township_folder, book(tmp_path / "宣讲.xlsx", "lectures", [LECTURE]))
    found = sixia("figures", township_folder, *YEAR, "--json").json["figures"]
    assert found["lecture_sessions"]["value"] == 1
    assert found["lecture_sessions_county_rank"]["value"] == 0
    assert found["reception_visits"]["value"] is None
    said = sixia("figures", township_folder, *YEAR)
    assert "——" in said.out
    assert "None" not in said.out


def test_rows_behind_a_figure(sixia: Sixia, county_folder: Path) -> None:
    said = sixia("rows", county_folder, "backlog_resolved", *YEAR, "--json")
    rows = said.json["rows"]
    assert len(rows) == EXPECTED["all"]["backlog_resolved"]
    assert all(list(r)[:5] == ["id", "type", "office", "number", "title"] for r in rows)
    assert {r["type"] for r in rows} == {"visit"}
    one = sixia("rows", county_folder, "lecture_heads", *YEAR, "--office", PLACE_FOLDER, "--json")
    expected = EXPECTED["townships"][PLACE_FOLDER]["lecture_heads"]
    assert sum(r["heads"] for r in one.json["rows"]) == expected
    assert {r["office"] for r in one.json["rows"]} == {PLACE_FOLDER}


# --- list and search ---------------------------------------------------------------------------


def test_list_with_conditions(sixia: Sixia, county_folder: Path, tmp_path: Path) -> None:
    args = ("lecture", "--where", "theme=移风易俗", "--where", f"office={PLACE_FOLDER}", *YEAR)
    rows = sixia("list", county_folder, *args, "--json").json["rows"]
    assert len(rows) == 2
    assert {(r["theme"], r["office"]) for r in rows} == {("移风易俗", PLACE_FOLDER)}
    assert all(isinstance(r["heads"], int) for r in rows)
    xlsx, pdf = tmp_path / "宣讲.xlsx", tmp_path / "宣讲.pdf"
    said = sixia("list", county_folder, *args, "--xlsx", xlsx, "--pdf", pdf, "--json")
    assert said.json["rows"] == rows
    assert xlsx.stat().st_size > 1000
    assert pdf.read_bytes().startswith(b"%PDF")
    assert str(xlsx) in said.err
    quiet = sixia("list", county_folder, *args, "--xlsx", xlsx)
    assert "已写出 2 条" in quiet.out


def test_list_by_day_and_empty(sixia: Sixia, county_folder: Path) -> None:
    args = ("activity", "--from", "2023-11-01", "--to", "2023-11-30", "--json")
    rows = sixia("list", county_folder, *args).json["rows"]
    assert rows
    assert all(r["date"].startswith("2023-11-") for r in rows)
    none = sixia("list", county_folder, "activity", "--from", "2030-01-01", "--json")
    assert (none.code, none.json) == (0, {"rows": []})


def test_search(sixia: Sixia, county_folder: Path) -> None:
    rows = sixia("search", county_folder, "康建玥", "--limit", "5", "--json").json["rows"]
    assert 0 < len(rows) <= 5
    only = sixia("search", county_folder, "kjy", "--type", "cadre", "--json").json["rows"]
    assert [(r["type"], r["title"]) for r in only] == [("cadre", "康建玥")]
    none = sixia("search", county_folder, "绝无此词", "--json")
    assert (none.code, none.json) == (0, {"rows": []})


@pytest.mark.parametrize("command", ["list", "search", "rows"])
def test_citizens_are_masked(
    sixia: Sixia, township_folder: Path, tmp_path: Path, command: str
) -> None:
    path = book(tmp_path / "接访.xlsx", "receptions", [{**VISIT, "outcome": "交办"}])
    assert sixia("import", township_folder, path).code == 1
    args = {
        "list": ("petitioner",),
        "search": ("王大山",),
        "rows": ("reception_visits", *YEAR),
    }[command]
    for json_too in ((), ("--json",)):
        said = sixia(command, township_folder, *args, *json_too)
        assert said.code == 0
        assert said.out.strip()
        assert "王大山" not in said.out + said.err
        assert VISIT["phone"] not in said.out + said.err
    if command != "rows":
        (row,) = [r for r in said.json["rows"] if r["type"] == "petitioner"]
        assert (row["name"], row["phone"]) == ("王某某", "199****4865")


def test_findings_of_an_import_do_not_name_citizens(
    sixia: Sixia, township_folder: Path, tmp_path: Path
) -> None:
    rows = [{**VISIT, "serial": 1}]
    path = book(tmp_path / "接访.xlsx", "receptions", rows)
    sixia("import", township_folder, path)
    changed = [{**VISIT, "serial": 1, "name": "王小山", "matter": "别的"}]
    path = book(tmp_path / "接访.xlsx", "receptions", changed)
    for json_too in ((), ("--json",)):
        said = sixia("import", township_folder, path, *json_too)
        assert "王小山" not in said.out + said.err
        assert "王大山" not in said.out + said.err


def test_check(sixia: Sixia, county_folder: Path) -> None:
    said = sixia("check", county_folder, "--json")
    assert (said.code, said.json) == (0, {"findings": []})
    assert sixia("check", county_folder).out.strip() == "台账完好。"


# --- as a process ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "env", [{}, {"LC_ALL": "C", "LANG": "C"}, {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}]
)
def test_utf_8_whatever_the_locale(county_folder: Path, env: dict[str, str]) -> None:
    whole = {**os.environ, "SIXIA_PASSWORD": PASSWORD, "SIXIA_USER": USER, **env}

    def run(*args: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "desktop", *args]
        return subprocess.run(command, env=whole, capture_output=True, check=False)

    done = run("rows", str(county_folder), "films", *YEAR, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "山路十八弯" in [r["name"] for r in json.loads(done.stdout.decode("utf-8"))["rows"]]
    done = run("rows", str(county_folder), "films", *YEAR)
    assert "山路十八弯" in done.stdout.decode("utf-8")
    done = run("rows", str(county_folder), "没有", *YEAR)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "没有叫「没有」的数字" in done.stderr.decode("utf-8")


def test_reported_numbers_are_among_the_rows(
    sixia: Sixia, township_folder: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(township_folder, tmp_path / "b.ledger")
    with Ledger.open(folder, PASSWORD) as ledger, ledger.write("填报数") as rows:
        first, last = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
        made = {"first": first, "last": last, "source": "电话"}
        rows.save(fakes.make(DeclaredCount, figure="films", value=3, **made))
    found = sixia("figures", folder, *YEAR, "--json").json["figures"]["films"]
    assert found == {"name": "党员教育电视片", "value": 3, "unit": "部", "rows": 1}
    (row,) = sixia("rows", folder, "films", *YEAR, "--json").json["rows"]
    assert (row["type"], row["value"], row["source"]) == ("declared_count", 3, "电话")


def test_rates_are_numbers(sixia: Sixia, county_folder: Path) -> None:
    found = sixia("figures", county_folder, *YEAR, "--json").json["figures"]
    assert found["satisfaction_rate"]["value"] == 89.9
    assert found["satisfaction_rate"]["unit"] == "%"
    rows = sixia("rows", county_folder, "satisfaction_rate", *YEAR, "--json").json["rows"]
    assert len(rows) == found["satisfaction_rate"]["rows"] == 139
