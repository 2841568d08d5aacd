"""desktop/ledger/vault.py, vault_file.py, recovery_key.py: who opens a ledger, and who does not."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import LedgerProblem, WrongPassword
from desktop.ledger import atomic, recovery_key, vault, vault_file
from desktop.ledger.vault import Cost, Unlocked

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
FROZEN = Path(__file__).parents[2] / "data" / "vault_v1.json"
FROZEN_KEY = bytes.fromhex("5e718cf504c503e4de90c41d4d2716df30a3fe485782cca64b7a1a8ae9fe7d8e")
FROZEN_RECOVERY = "7SKJ-XF77-T4VE-3QPK-Z7A2-9H96-RGR8-80YC"


class Made(NamedTuple):
    folder: Path
    data_key: bytes
    recovery: str


@pytest.fixture
def made(tmp_path: Path) -> Made:
    folder = tmp_path / "柳河镇.ledger"
    folder.mkdir()
    return Made(folder, *vault.create(folder, "张三", "正确 horse", cost=CHEAP))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rewrite(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the file says and give it a right checksum again, as a forger would."""
    document = json.loads(file.read_bytes())
    del document["checksum"]
    change(document)
    document["checksum"] = vault_file._checksum(document)
    file.write_text(json.dumps(document))


# ---- opening ------------------------------------------------------------------------------------


def test_frozen_vault_opens_for_ever(tmp_path: Path) -> None:
    shutil.copy(FROZEN, tmp_path / "vault.json")
    assert vault.users(tmp_path) == ["张三", "𬭎丽"]
    assert vault.unlock(tmp_path, None, "台账口令 Ａ１").data_key == FROZEN_KEY
    assert vault.unlock(tmp_path, "𬭎丽", "second-é").data_key == FROZEN_KEY
    assert vault.unlock(tmp_path, "𬭎丽", FROZEN_RECOVERY).data_key == FROZEN_KEY
    with pytest.raises(WrongPassword):
        vault.unlock(tmp_path, "张三", "second-é")


def test_create_then_unlock(made: Made) -> None:
    assert len(made.data_key) == 32
    assert sorted(contents(made.folder)) == ["vault.json", "vault.json.copy"]
    for user in (None, "张三", " 张三 "):
        unlocked = vault.unlock(made.folder, user, "正确 horse")
        assert unlocked == Unlocked("张三", made.data_key)
    assert made.data_key.hex() not in repr(unlocked)
    assert repr(made.data_key) not in repr(unlocked)


def test_nothing_secret_in_the_file(made: Made) -> None:
    text = (made.folder / "vault.json").read_text("ascii")
    assert made.data_key.hex() not in text
    for word in ("正确", "horse", made.recovery, made.recovery.replace("-", "")):
        assert word not in text
        assert json.dumps(word)[1:-1] not in text


@pytest.mark.parametrize(
    "password", ["", "正确 Horse", "正确horse", "正确 horse ", "x" * 10_000, "\udcff"]
)
def test_wrong_password(made: Made, password: str) -> None:
    before = contents(made.folder)
    with pytest.raises(WrongPassword, match="密码不对"):
        vault.unlock(made.folder, None, password)
    assert contents(made.folder) == before


def test_unknown_user(made: Made) -> None:
    with pytest.raises(WrongPassword, match="没有用户“李四”"):
        vault.unlock(made.folder, "李四", "正确 horse")


@given(st.text(min_size=1, max_size=12))
def test_any_password(tmp_path_factory: pytest.TempPathFactory, password: str) -> None:
    """Also decomposed, as another input method may type it."""
    folder = tmp_path_factory.mktemp("vault")
    key, _ = vault.create(folder, "a", password, cost=CHEAP)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        typed = unicodedata.normalize(form, password)
        assert vault.unlock(folder, None, typed).data_key == key


def test_full_width_is_the_same_password(tmp_path: Path) -> None:
    key, _ = vault.create(tmp_path, "a", "Ａｂ１　２", cost=CHEAP)
    assert vault.unlock(tmp_path, None, "Ab1 2").data_key == key


def test_existing_vault_is_not_touched(made: Made) -> None:
    for gone in ("vault.json", "vault.json.copy"):
        before = contents(made.folder)
        with pytest.raises(LedgerProblem, match="已经有台账"):
            vault.create(made.folder, "李四", "x", cost=CHEAP)
        assert contents(made.folder) == before
        (made.folder / gone).unlink()


@pytest.mark.parametrize(("user", "password"), [("", "x"), (" ", "x"), ("a", "")])
def test_empty_words(tmp_path: Path, user: str, password: str) -> None:
    with pytest.raises(LedgerProblem, match="不能为空"):
        vault.create(tmp_path, user, password, cost=CHEAP)
    assert contents(tmp_path) == {}


# ---- users and passwords ------------------------------------------------------------------------


def test_change_password(made: Made) -> None:
    vault.change_password(made.folder, None, "正确 horse", "另一个", cost=CHEAP)
    assert vault.unlock(made.folder, "张三", "另一个").data_key == made.data_key
    for name in ("vault.json", "vault.json.copy"):
        with pytest.raises(WrongPassword):
            vault.unlock(made.folder, None, "正确 horse")
        (made.folder / name).unlink()


def test_change_needs_the_old_one(made: Made) -> None:
    before = contents(made.folder)
    with pytest.raises(WrongPassword):
        vault.change_password(made.folder, None, "错", "另一个", cost=CHEAP)
    with pytest.raises(LedgerProblem, match="不能为空"):
        vault.change_password(made.folder, None, "正确 horse", "", cost=CHEAP)
    assert contents(made.folder) == before


def test_reset_password(made: Made) -> None:
    vault.reset_password(made.folder, made.recovery, "张三", "另一个", cost=CHEAP)
    assert vault.unlock(made.folder, None, "另一个").data_key == made.data_key
    with pytest.raises(WrongPassword):
        vault.unlock(made.folder, None, "正确 horse")
    assert vault.unlock(made.folder, None, made.recovery).by_recovery_key


def test_reset_needs_user_and_key(made: Made) -> None:
    before = contents(made.folder)
    with pytest.raises(WrongPassword, match="没有用户"):
        vault.reset_password(made.folder, made.recovery, "李四", "x", cost=CHEAP)
    with pytest.raises(WrongPassword, match="恢复密钥应有 32 个字符"):
        vault.reset_password(made.folder, "正确 horse", "张三", "x", cost=CHEAP)
    with pytest.raises(WrongPassword, match="打不开本台账"):
        vault.reset_password(made.folder, recovery_key.fresh(), "张三", "x", cost=CHEAP)
    assert contents(made.folder) == before


def test_users(made: Made) -> None:
    unlocked = vault.unlock(made.folder, None, "正确 horse")
    vault.add_user(made.folder, unlocked, "李四", "二", cost=CHEAP)
    vault.add_user(made.folder, unlocked, "王五", "三", cost=CHEAP)
    assert vault.users(made.folder) == ["张三", "李四", "王五"]
    assert vault.unlock(made.folder, "李四", "二") == Unlocked("李四", made.data_key)
    with pytest.raises(WrongPassword):
        vault.unlock(made.folder, "李四", "三")
    with pytest.raises(WrongPassword):
        vault.unlock(made.folder, None, "二")
    vault.change_password(made.folder, "李四", "二", "四", cost=CHEAP)
    assert vault.users(made.folder) == ["张三", "李四", "王五"]
    vault.remove_user(made.folder, unlocked, "张三")
    assert vault.users(made.folder) == ["李四", "王五"]
    assert vault.unlock(made.folder, None, "四").user == "李四"
    with pytest.raises(WrongPassword, match="没有用户“张三”"):
        vault.unlock(made.folder, "张三", "正确 horse")


def test_user_names_are_unique(made: Made) -> None:
    unlocked = vault.unlock(made.folder, None, "正确 horse")
    with pytest.raises(LedgerProblem, match="已经有用户"):
        vault.add_user(made.folder, unlocked, "　张三", "x", cost=CHEAP)


def test_last_user_stays(made: Made) -> None:
    unlocked = vault.unlock(made.folder, None, "正确 horse")
    with pytest.raises(LedgerProblem, match="唯一的用户"):
        vault.remove_user(made.folder, unlocked, "张三")
    with pytest.raises(WrongPassword, match="没有用户"):
        vault.remove_user(made.folder, unlocked, "李四")


def test_key_of_another_ledger_changes_nothing(made: Made) -> None:
    before = contents(made.folder)
    stranger = Unlocked("张三", bytes(32))
    for act in (
        lambda: vault.add_user(made.folder, stranger, "李四", "x", cost=CHEAP),
        lambda: vault.remove_user(made.folder, stranger, "张三"),
        lambda: vault.new_recovery_key(made.folder, stranger),
    ):
        with pytest.raises(LedgerProblem, match="另一个台账"):
            act()
    assert contents(made.folder) == before


# ---- the recovery key ---------------------------------------------------------------------------


def test_recovery_key_opens(made: Made) -> None:
    typed = [
        made.recovery,
        made.recovery.lower(),
        made.recovery.replace("-", ""),
        made.recovery.replace("-", " "),
        f"  {made.recovery.replace('-', '—')}\n",
        made.recovery.replace("0", "O").replace("1", "l"),
        "".join(chr(ord(c) + 0xFEE0) for c in made.recovery),
    ]
    for text in typed:
        unlocked = vault.unlock(made.folder, None, text)
        assert unlocked == Unlocked("张三", made.data_key, by_recovery_key=True)


def test_new_recovery_key(made: Made) -> None:
    unlocked = vault.unlock(made.folder, None, made.recovery)
    second = vault.new_recovery_key(made.folder, unlocked)
    assert vault.unlock(made.folder, None, second).data_key == made.data_key
    with pytest.raises(WrongPassword, match="最后一次打印"):
        vault.unlock(made.folder, None, made.recovery)
    assert vault.unlock(made.folder, None, "正确 horse").data_key == made.data_key


def test_form_of_recovery_keys() -> None:
    keys = {recovery_key.fresh() for _ in range(50)}
    assert len(keys) == 50
    for key in keys:
        assert len(recovery_key.secret_of(key)) == 24
        assert [len(group) for group in key.split("-")] == [4] * 8
        assert set(key) <= {*recovery_key.ALPHABET, "-"}
    assert not {*"ILOU"} & {*recovery_key.ALPHABET}


@given(st.integers(0, 31), st.sampled_from([*recovery_key.ALPHABET, "U", "张"]))
def test_one_wrong_character_is_a_slip(at: int, char: str) -> None:
    right = FROZEN_RECOVERY.replace("-", "")
    typed = right[:at] + char + right[at + 1 :]
    if typed == right:
        assert recovery_key.secret_of(typed) == recovery_key.secret_of(FROZEN_RECOVERY)
    else:
        with pytest.raises(WrongPassword, match=f"第 {at // 4 + 1} 组输错了"):
            recovery_key.secret_of(typed)


@given(st.integers(0, 30))
def test_swapped_neighbours_are_a_slip(at: int) -> None:
    right = FROZEN_RECOVERY.replace("-", "")
    typed = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
    if typed != right and {right[at], right[at + 1]} != {"0", "Z"}:
        with pytest.raises(WrongPassword, match="组输错了"):
            recovery_key.secret_of(typed)


def test_swapped_groups_are_a_slip() -> None:
    groups = FROZEN_RECOVERY.split("-")
    groups[1], groups[2] = groups[2], groups[1]
    with pytest.raises(WrongPassword, match="第 2、3 组输错了"):
        recovery_key.secret_of("-".join(groups))


def test_slip_is_told_apart_from_wrong_key(made: Made) -> None:
    other = "Y" if made.recovery[2] != "Y" else "Z"
    slip = made.recovery[:2] + other + made.recovery[3:]
    with pytest.raises(WrongPassword, match="第 1 组输错了"):
        vault.unlock(made.folder, None, slip)
    with pytest.raises(WrongPassword, match="应有 32 个字符，这里是 31 个"):
        vault.unlock(made.folder, None, made.recovery[:-1])
    with pytest.raises(WrongPassword, match="打不开本台账"):
        vault.unlock(made.folder, None, recovery_key.fresh())


def test_password_that_looks_like_a_recovery_key(tmp_path: Path) -> None:
    for number, password in enumerate([recovery_key.fresh(), "A" * 32, "a1" * 16]):
        folder = tmp_path / str(number)
        folder.mkdir()
        key, _ = vault.create(folder, "a", password, cost=CHEAP)
        assert vault.unlock(folder, None, password) == Unlocked("a", key)


# ---- the two files ------------------------------------------------------------------------------

RUINS: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-40]),
    "zeros": lambda file: file.write_bytes(bytes(file.stat().st_size)),
    "one bit": lambda file: file.write_bytes(
        file.read_bytes().replace(b'"public": "', b'"public": "0', 1)
    ),
    "not JSON": lambda file: file.write_bytes(b"\xff\xfe{"),
    "a list": lambda file: file.write_bytes(b"[1]"),
    "deep": lambda file: file.write_bytes(b"[" * 200_000),
    "huge": lambda file: file.write_bytes(b" " * (vault_file.LARGEST + 1) + file.read_bytes()),
    "format as a word": lambda file: rewrite(file, lambda d: d.update(format="1")),
    "no slots": lambda file: rewrite(file, lambda d: d.update(slots=[])),
    "no recovery": lambda file: rewrite(file, lambda d: d["slots"].pop()),
    "no cost": lambda file: rewrite(file, lambda d: d["slots"][0].update(cost=None)),
    "cost for ever": lambda file: rewrite(
        file, lambda d: d["slots"][0]["cost"].update(passes=10**9)
    ),
    "all memory": lambda file: rewrite(
        file, lambda d: d["slots"][0]["cost"].update(memory_kib=2**31)
    ),
    "no lanes": lambda file: rewrite(file, lambda d: d["slots"][0]["cost"].update(lanes=0)),
    "true passes": lambda file: rewrite(file, lambda d: d["slots"][0]["cost"].update(passes=True)),
    "short key": lambda file: rewrite(file, lambda d: d["slots"][0].update(public="00")),
    "strange kind": lambda file: rewrite(file, lambda d: d["slots"][0].update(kind="root")),
    "user as a number": lambda file: rewrite(file, lambda d: d["slots"][0].update(user=5)),
}


@pytest.mark.parametrize("ruin", RUINS)
@pytest.mark.parametrize("name", ["vault.json", "vault.json.copy"])
def test_one_ruined_file_is_mended_by_the_next_write(made: Made, name: str, ruin: str) -> None:
    RUINS[ruin](made.folder / name)
    before = contents(made.folder)
    assert vault.unlock(made.folder, None, "正确 horse").data_key == made.data_key
    assert contents(made.folder) == before
    assert vault_file.unreadable(made.folder) == [name]
    vault.change_password(made.folder, None, "正确 horse", "另一个", cost=CHEAP)
    assert vault_file.unreadable(made.folder) == []
    after = contents(made.folder)
    assert after["vault.json"] == after["vault.json.copy"]
    assert vault.unlock(made.folder, None, "另一个").data_key == made.data_key


@pytest.mark.parametrize("ruin", RUINS.keys() - {"missing"})
def test_both_ruined(made: Made, ruin: str) -> None:
    for name in ("vault.json", "vault.json.copy"):
        RUINS[ruin](made.folder / name)
    with pytest.raises(LedgerProblem, match="从最近的备份里取回") as caught:
        vault.unlock(made.folder, None, "正确 horse")
    assert not isinstance(caught.value, WrongPassword)


def test_no_vault_at_all(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "不在"):
        with pytest.raises(LedgerProblem, match="里没有钥匙文件") as caught:
            vault.users(folder)
        assert folder.name in str(caught.value)
    assert vault_file.unreadable(tmp_path) == ["vault.json", "vault.json.copy"]


@pytest.mark.parametrize("names", [["vault.json"], ["vault.json", "vault.json.copy"]])
def test_newer_format(made: Made, names: list[str]) -> None:
    """Also while the copy is still of this format: it must not be put in place of the newer."""
    for name in names:
        rewrite(made.folder / name, lambda d: d.update(format=2, slots="something else"))
    before = contents(made.folder)
    with pytest.raises(LedgerProblem, match="安装新版程序"):
        vault.unlock(made.folder, None, "正确 horse")
    assert contents(made.folder) == before


def test_damaged_format_number_is_damage(made: Made) -> None:
    file = made.folder / "vault.json"
    file.write_bytes(file.read_bytes().replace(b'"format": 1', b'"format": 9'))
    assert vault.unlock(made.folder, None, "正确 horse").data_key == made.data_key


def test_unreadable_is_not_called_damaged(made: Made) -> None:
    for name in ("vault.json", "vault.json.copy"):
        (made.folder / name).unlink()
        (made.folder / name).mkdir()
    with pytest.raises(LedgerProblem, match="读不出来"):
        vault.users(made.folder)


def test_write_that_fails(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(made.folder)

    def refuse(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic, "write_bytes", refuse)
    with pytest.raises(LedgerProblem, match=r"没有写成（No space left on device）.*磁盘空间"):
        vault.change_password(made.folder, None, "正确 horse", "另一个", cost=CHEAP)
    monkeypatch.undo()
    assert contents(made.folder) == before


# ---- what the associated data hold together -----------------------------------------------------


def swap_slots(document: dict[str, Any]) -> None:
    first, second = document["slots"][0], document["slots"][2]
    first["user"], second["user"] = second["user"], first["user"]


def lower_cost(document: dict[str, Any]) -> None:
    document["slots"][0]["cost"]["memory_kib"] = 9


def other_vault(document: dict[str, Any]) -> None:
    document["vault"] = "0" * 32


@pytest.mark.parametrize("forge", [swap_slots, lower_cost, other_vault])
def test_forged_slots_open_nothing(made: Made, forge: Callable[[dict[str, Any]], None]) -> None:
    vault.add_user(
        made.folder, vault.unlock(made.folder, None, "正确 horse"), "李四", "正确 horse", cost=CHEAP
    )
    rewrite(made.folder / "vault.json", forge)
    with pytest.raises(WrongPassword):
        vault.unlock(made.folder, "张三", "正确 horse")


@pytest.mark.parametrize("ephemeral", ["00" * 32, "01" + "00" * 31, "ab" * 32])
def test_forged_seal_is_damage(made: Made, ephemeral: str) -> None:
    """Points of small order give no shared secret (RFC 7748 §6.1); others give the wrong one."""
    rewrite(made.folder / "vault.json", lambda d: d["slots"][0].update(ephemeral=ephemeral))
    with pytest.raises(LedgerProblem, match="损坏") as caught:
        vault.unlock(made.folder, None, "正确 horse")
    assert not isinstance(caught.value, WrongPassword)


def test_two_vaults_share_nothing(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        vault.create(tmp_path / name, "张三", "同", cost=CHEAP)
    first, second = (json.loads((tmp_path / name / "vault.json").read_bytes()) for name in "ab")
    assert first["vault"] != second["vault"]
    for mine, theirs in zip(first["slots"], second["slots"], strict=True):
        for part in ("salt", "public", "private", "ephemeral", "data_key"):
            assert mine[part] != theirs[part]


# ---- what a guess costs -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds_for_three", "passes"),
    [(0.15, 10), (0.3, 5), (0.5, 3), (6.0, 3), (0.001, 32), (0.0, 32)],
)
def test_passes_follow_the_pc(seconds_for_three: float, passes: int) -> None:
    times = iter([100.0, 100.0 + seconds_for_three])
    cost = vault.measured_cost(clock=lambda: next(times), memory_kib=32)
    assert cost == Cost(passes, memory_kib=32, lanes=4)


def test_cost_is_measured_and_kept_by_slot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    costs = iter([Cost(2, 8, 1), Cost(3, 16, 2)])
    monkeypatch.setattr(vault, "measured_cost", lambda: next(costs))
    vault.create(tmp_path, "张三", "一")
    vault.add_user(tmp_path, vault.unlock(tmp_path, None, "一"), "李四", "二")
    slots = json.loads((tmp_path / "vault.json").read_bytes())["slots"]
    assert [slot["cost"] for slot in slots] == [
        {"passes": 2, "memory_kib": 8, "lanes": 1},
        None,
        {"passes": 3, "memory_kib": 16, "lanes": 2},
    ]
    assert vault.unlock(tmp_path, "李四", "二").user == "李四"


def test_default_cost() -> None:
    assert Cost(passes=3) == Cost(3, memory_kib=65536, lanes=4)


def test_too_little_memory(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **words: Any) -> bytes:
        raise MemoryError

    monkeypatch.setattr(vault, "hash_secret_raw", refuse)
    with pytest.raises(LedgerProblem, match="内存不够"):
        vault.unlock(made.folder, None, "正确 horse")
