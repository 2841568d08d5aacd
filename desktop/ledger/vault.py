"""Who may open a ledger: vault.json, which gives the data key to whoever knows a password.

    password -- Argon2id (RFC 9106) --> key -- ChaCha20-Poly1305 (RFC 8439) --> private half
    private half -- X25519 (RFC 7748), HKDF-SHA256 (RFC 5869), ChaCha20-Poly1305 --> data key

Each user, and the recovery key, has an X25519 pair; the data key is sealed to every public half
with an ephemeral pair, as age and HPKE (RFC 9180, base mode) do it.

The halves are there so that a data key can be given to somebody whose password isn't at hand. The
recovery key is 120 random bits on paper, so it needs no slow hash. Whoever could open the ledger
once may have kept the data key: taking a user out, or changing a password, stops that password,
and does not encrypt the ledger anew.

How the file itself is laid out, read and mended: vault_file.py.
"""

from __future__ import annotations

import hmac
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from argon2.exceptions import Argon2Error
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.core.errors import LedgerProblem, WrongPassword
from desktop.ledger import recovery_key, vault_file
from desktop.ledger.vault_file import (
    DAMAGED,
    FORMAT,
    RECOVERY,
    USER,
    Cost,
    Slot,
    Vault,
    canonical,
)

FEWEST_PASSES, MOST_PASSES = 3, 32


@dataclass(frozen=True)
class Unlocked:
    """An opened vault: as whom, and the key of the ledger's files."""

    user: str
    data_key: bytes = field(repr=False)
    by_recovery_key: bool = False


# ---- what the program calls -----------------------------------------------------------------


def create(
    folder: Path, user: str, password: str, *, cost: Cost | None = None
) -> tuple[bytes, str]:
    """Make the vault of a new ledger with one user.

    Args:
        folder: the ledger's folder; it exists and has no vault yet.
        user: name of the first user.
        password: that user's password.
        cost: of a guess; None measures this PC (`measured_cost`).

    Returns:
        The data key, and the recovery key as it is printed; it is stored nowhere.
    """
    if any((folder / name).exists() for name in (vault_file.NAME, vault_file.COPY)):
        raise LedgerProblem(f"“{folder.name}”里已经有台账，没有改动它。请换一个文件夹名。")
    data_key = secrets.token_bytes(32)
    vault_id = secrets.token_hex(16)
    printed = recovery_key.fresh()
    slots = (
        _user_slot(vault_id, user, password, data_key, cost),
        _new_slot(vault_id, RECOVERY, "", recovery_key.secret_of(printed), data_key, None),
    )
    vault_file.write(folder, Vault(vault_id, _proof(vault_id, data_key), slots))
    return data_key, printed


def unlock(folder: Path, user: str | None, password: str) -> Unlocked:
    """Open the vault as a user (None: the first one) with the password or the recovery key.

    Raises:
        WrongPassword: it opens nothing, the user is unknown, or the recovery key has a typing slip.
        LedgerProblem: the vault is missing, damaged or too new.
    """
    vault = vault_file.read(folder)
    slot = _slot_of(vault, user)
    slip: WrongPassword | None = None
    if recovery_key.looks_like(password):
        try:
            data_key = _open(vault, _recovery_slot(vault), recovery_key.secret_of(password))
        except WrongPassword as error:
            slip = error  # it may yet be a password that looks like one
        else:
            return Unlocked(slot.user, data_key, by_recovery_key=True)
    try:
        return Unlocked(slot.user, _open(vault, slot, _bytes(password)))
    except WrongPassword:
        if slip:
            raise slip from None
        raise


def change_password(
    folder: Path, user: str | None, old: str, new: str, *, cost: Cost | None = None
) -> None:
    """Give a user another password; `old` may be the recovery key. Old copies keep the old one."""
    unlocked = unlock(folder, user, old)
    _put_user(folder, unlocked.user, new, unlocked.data_key, cost)


def reset_password(
    folder: Path, printed_key: str, user: str, new: str, *, cost: Cost | None = None
) -> None:
    """Give a user who forgot the password another one, by the recovery key, which stays valid."""
    vault = vault_file.read(folder)
    slot = _slot_of(vault, user)
    data_key = _open(vault, _recovery_slot(vault), recovery_key.secret_of(printed_key))
    _put_user(folder, slot.user, new, data_key, cost)


def add_user(
    folder: Path, unlocked: Unlocked, user: str, password: str, *, cost: Cost | None = None
) -> None:
    """Let one more user in."""
    name = _name(user)
    if name in users(folder):
        raise LedgerProblem(f"已经有用户“{name}”，没有改动。请换一个名字，例如加上部门。")
    _put_user(folder, name, password, unlocked.data_key, cost)


def remove_user(folder: Path, unlocked: Unlocked, user: str) -> None:
    """Take a user out; the last one stays."""
    vault = _own(vault_file.read(folder), unlocked.data_key)
    gone = _slot_of(vault, user)
    if len(users(folder)) == 1:
        raise LedgerProblem(f"“{gone.user}”是唯一的用户，不能删除。请先添加另一个用户。")
    vault_file.write(
        folder, replace(vault, slots=tuple(slot for slot in vault.slots if slot != gone))
    )


def users(folder: Path) -> list[str]:
    """Names of the users, the first one first."""
    return [slot.user for slot in vault_file.read(folder).slots if slot.kind == USER]


def new_recovery_key(folder: Path, unlocked: Unlocked) -> str:
    """Make another recovery key, to be printed; the one before opens nothing any more."""
    vault = _own(vault_file.read(folder), unlocked.data_key)
    printed = recovery_key.fresh()
    secret = recovery_key.secret_of(printed)
    slot = _new_slot(vault.id, RECOVERY, "", secret, unlocked.data_key, None)
    kept = tuple(slot for slot in vault.slots if slot.kind == USER)
    vault_file.write(folder, replace(vault, slots=(*kept, slot)))
    return printed


def measured_cost(
    seconds: float = 0.5,
    clock: Callable[[], float] = time.perf_counter,
    memory_kib: int = 64 * 1024,
) -> Cost:
    """As many passes as take about `seconds` on this PC now, and never fewer than RFC 9106 asks.

    At most 32, so that the ledger still opens in seconds on a much slower PC.
    """
    trial = Cost(FEWEST_PASSES, memory_kib)
    start = clock()
    _argon2(b"trial", bytes(16), trial)
    one_pass = max(clock() - start, 1e-6) / trial.passes
    return replace(trial, passes=min(max(round(seconds / one_pass), FEWEST_PASSES), MOST_PASSES))


# ---- slots -------------------------------------------------------------------------------------


def _put_user(folder: Path, user: str, password: str, data_key: bytes, cost: Cost | None) -> None:
    vault = _own(vault_file.read(folder), data_key)
    slot = _user_slot(vault.id, user, password, data_key, cost)
    slots = [slot if (old.kind, old.user) == (USER, slot.user) else old for old in vault.slots]
    vault_file.write(
        folder, replace(vault, slots=tuple(slots if slot in slots else [*slots, slot]))
    )


def _user_slot(vault_id: str, user: str, password: str, data_key: bytes, cost: Cost | None) -> Slot:
    if not password:
        raise LedgerProblem("密码不能为空，没有改动。请输入密码。")
    cost = cost or measured_cost()
    return _new_slot(vault_id, USER, _name(user), _bytes(password), data_key, cost)


def _new_slot(
    vault_id: str, kind: str, user: str, secret: bytes, data_key: bytes, cost: Cost | None
) -> Slot:
    pair = X25519PrivateKey.generate()
    public = pair.public_key().public_bytes_raw()
    ephemeral = X25519PrivateKey.generate()
    ephemeral_public = ephemeral.public_key().public_bytes_raw()
    slot = Slot(
        kind=kind,
        user=user,
        salt=secrets.token_hex(16),
        cost=cost,
        public=public.hex(),
        private="",
        ephemeral=ephemeral_public.hex(),
        data_key="",
    )
    # Each key below encrypts one message only (fresh salt, fresh pairs), so the nonce may be 0.
    private = ChaCha20Poly1305(_wrapping_key(slot, secret)).encrypt(
        bytes(12), pair.private_bytes_raw(), _label(vault_id, "private", slot)
    )
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    sealed = ChaCha20Poly1305(_sealing_key(shared, slot)).encrypt(
        bytes(12), data_key, _label(vault_id, "data key", slot)
    )
    return replace(slot, private=private.hex(), data_key=sealed.hex())


def _open(vault: Vault, slot: Slot, secret: bytes) -> bytes:
    """The data key out of a slot."""
    try:
        private = ChaCha20Poly1305(_wrapping_key(slot, secret)).decrypt(
            bytes(12), bytes.fromhex(slot.private), _label(vault.id, "private", slot)
        )
    except InvalidTag:
        raise WrongPassword(
            "这个恢复密钥打不开本台账。请用本台账最后一次打印的恢复密钥；台账没有改动。"
            if slot.kind == RECOVERY
            else "密码不对。请检查大小写和输入法后再试一次；台账没有改动。"
        ) from None
    pair = X25519PrivateKey.from_private_bytes(private)
    try:
        ephemeral = X25519PublicKey.from_public_bytes(bytes.fromhex(slot.ephemeral))
        return ChaCha20Poly1305(_sealing_key(pair.exchange(ephemeral), slot)).decrypt(
            bytes(12), bytes.fromhex(slot.data_key), _label(vault.id, "data key", slot)
        )
    except (InvalidTag, ValueError):  # ValueError: a point of small order, RFC 7748 §6.1
        raise LedgerProblem(DAMAGED) from None


def _wrapping_key(slot: Slot, secret: bytes) -> bytes:
    salt = bytes.fromhex(slot.salt)
    if slot.cost is None:
        return HKDF(SHA256(), 32, salt, b"sixia vault 1 recovery key").derive(secret)
    return _argon2(secret, salt, slot.cost)


def _argon2(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    try:
        return hash_secret_raw(
            secret, salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
        )
    except (Argon2Error, MemoryError) as error:
        raise LedgerProblem("这台电脑的可用内存不够，台账没有打开。请关掉几个程序再试。") from error


def _sealing_key(shared: bytes, slot: Slot) -> bytes:
    both = bytes.fromhex(slot.ephemeral) + bytes.fromhex(slot.public)
    return HKDF(SHA256(), 32, both, b"sixia vault 1 data key").derive(shared)


def _label(vault_id: str, what: str, slot: Slot) -> bytes:
    """Associated data: a slot can't be moved to another vault or user, nor its cost be lowered."""
    cost = asdict(slot.cost) if slot.cost else None
    return canonical([FORMAT, vault_id, what, slot.kind, slot.user, slot.salt, cost, slot.public])


def _proof(vault_id: str, data_key: bytes) -> str:
    return hmac.digest(data_key, f"sixia vault 1 proof {vault_id}".encode(), "sha256").hex()


def _own(vault: Vault, data_key: bytes) -> Vault:
    if not hmac.compare_digest(vault.proof, _proof(vault.id, data_key)):
        raise LedgerProblem("这个文件夹里已换成另一个台账，没有改动它。请关闭后重新打开。")
    return vault


def _slot_of(vault: Vault, user: str | None) -> Slot:
    named = [slot for slot in vault.slots if slot.kind == USER]
    if user is None:
        return named[0]
    name = unicodedata.normalize("NFKC", user).strip()
    for slot in named:
        if slot.user == name:
            return slot
    raise WrongPassword(f"这个台账里没有用户“{name}”。请检查用户名后再试一次；台账没有改动。")


def _recovery_slot(vault: Vault) -> Slot:
    return next(slot for slot in vault.slots if slot.kind == RECOVERY)


def _name(user: str) -> str:
    name = unicodedata.normalize("NFKC", user).strip()
    if not name:
        raise LedgerProblem("用户名不能为空。请填写姓名。")
    return name


def _bytes(password: str) -> bytes:
    """NFKC, as full-width letters and composed accents depend on the input method (RFC 8265 §4)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
